package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
)

var trap = accessibility("trap", finding.Error,
	"a step that cannot be undone leads customers to where they are lost", checkTrap)

func checkTrap(p *Pass) {
	for _, g := range gather(p, func(c *access.Cell) []int { return c.Traps }) {
		f := p.place(g.of, g.cells)
		f.Message = fmt.Sprintf("%s can take %s, which cannot be undone, and %s lost after it", whom(g.cells), p.step(g.of), verb(g.cells, "is", "are"))
		f.Help = "Ask before this step for what is needed after it, open a way on from there, or let it be undone."
		f.Related = append(p.walked(p.wayTo(g.cells[0], g.of)), p.closedAfter(g.cells[0], g.of)...)
		f.Related = append(f.Related, finding.Related{Span: p.Graph.Steps[g.of].Touchpoint.Binding.Span, Message: "it is binding"})
		p.report(f)
	}
}
