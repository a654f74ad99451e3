package rule

import (
	"fmt"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
)

var wrongTurn = accessibility("wrong-turn", finding.Note,
	"a step leads customers to where they have to turn back", checkWrongTurn).within(
	finding.Threshold{Name: "time", Default: 30 * 60, Unit: finding.Seconds, Summary: "a wrong turn that costs more is a warning"},
	finding.Threshold{Name: "effort", Default: 3, Summary: "so is one that costs at least this much effort"},
)

func checkWrongTurn(p *Pass) {
	for _, g := range gather(p, func(c *access.Cell) []int { return c.WrongTurns }) {
		f := p.place(g.of, g.cells)
		cost := costOf(p.Graph.Steps[g.of])
		dear := p.dear(cost)
		f.Message = fmt.Sprintf("%s can take %s and %s to turn back after it%s", whom(g.cells), p.step(g.of), verb(g.cells, "has", "have"), dear)
		f.Help = "Tell them before this step that it is not for them, or open the way on from there."
		f.Related = append(p.walked(p.wayTo(g.cells[0], g.of)), p.closedAfter(g.cells[0], g.of)...)
		if dear != "" {
			p.reportAs(finding.Warning, f)
		} else {
			p.report(f)
		}
	}
}

// dear says what a wrong turn costs where that is much, else nothing.
func (p *Pass) dear(c access.Cost) string {
	switch {
	case c.Time > time.Duration(p.threshold("time"))*time.Second:
		return ", which costs them " + span(c.Time)
	case c.Effort >= p.threshold("effort"):
		return ", which costs them much effort"
	}
	return ""
}

// closedAfter is the next step of a path that a customer cannot take once
// they have taken this one.
func (p *Pass) closedAfter(c *access.Cell, step int) []finding.Related {
	w := p.walk(c, nothing)
	if !w.whole() {
		return nil
	}
	_, end := p.Graph.StepsOf(p.Graph.Steps[step].Path)
	s := step + 1
	for s < end && w.taken[s] {
		s++
	}
	if s < end {
		return []finding.Related{{Span: p.Graph.Steps[s].Name.Span, Message: "closed to " + finding.Quote(c.Customer.ID.Value)}}
	}
	for _, out := range p.Graph.Out(p.Graph.Steps[end-1].To) {
		if !w.taken[out] {
			return []finding.Related{{Span: p.Graph.Steps[out].Name.Span, Message: "closed to " + finding.Quote(c.Customer.ID.Value)}}
		}
	}
	return nil
}
