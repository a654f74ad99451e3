package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var singleWay = accessibility("single-way", finding.Note,
	"a customer hangs on one touchpoint where others can choose", checkSingleWay)

// hung is a touchpoint without which a need stays open.
type hung struct {
	need       *model.Need
	touchpoint string
}

// checkSingleWay speaks where others with the same need have a second way.
// What everybody has to pass is the core of the journey: the doctor whom one
// wants to see. What has no channel cannot be down. It waits until the file says
// how urgent a need is: before, nobody has asked how much may hang on what.
func checkSingleWay(p *Pass) {
	if p.Access == nil {
		return
	}
	through, hanging := p.hanging()
	singles := gather(p, func(c *access.Cell) []string {
		if !c.Need.Urgency.Given() {
			return nil
		}
		var all []string
		for _, t := range c.SingleWays {
			if hanging[hung{c.Need, t}] < through[c.Need] && p.Journey.Touchpoint(t).Channel.Given() {
				all = append(all, t)
			}
		}
		return all
	})
	for _, same := range alike(singles, func(string) string { return "" }) {
		p.reportSingleWays(same)
	}
}

// hanging counts who gets through with a need, and how many of them hang on
// each touchpoint.
func (p *Pass) hanging() (through map[*model.Need]int, hanging map[hung]int) {
	through, hanging = map[*model.Need]int{}, map[hung]int{}
	for _, c := range p.Access.Cells {
		if c.Open {
			through[c.Need]++
		}
		for _, t := range c.SingleWays {
			hanging[hung{c.Need, t}]++
		}
	}
	return through, hanging
}

func (p *Pass) reportSingleWays(same []gap[string]) {
	cells := same[0].cells
	way := cells[0].Way
	var ids []string
	var steps []int
	for _, g := range same {
		ids = append(ids, g.of)
		steps = append(steps, p.first(way, g.of))
	}
	f := p.place(steps[0], cells, ids...)
	f.Message = fmt.Sprintf("%s %s no other way than %s, where others can choose", whom(cells), verb(cells, "has", "have"), list(quoted(ids), "and"))
	f.Help = "Open a second way to them: on a day on which this one is down, nothing else is left."
	f.Related = p.walked(before(way, steps[0]))
	for i, s := range steps[1:] {
		f.Related = append(f.Related, finding.Related{Span: p.Graph.Steps[s].Name.Span, Message: "no other way than " + finding.Quote(ids[i+1])})
	}
	if urgent(cells) {
		p.reportAs(finding.Warning, f)
	} else {
		p.report(f)
	}
}
