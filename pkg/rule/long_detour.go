package rule

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var longDetour = accessibility("long-detour", finding.Warning,
	"a customer's quickest way is much longer than that of others", checkLongDetour).within(
	finding.Threshold{Name: "factor", Default: 3, Summary: "a way is long if it takes at least this many times as long as that of the best-served customer"},
	finding.Threshold{Name: "difference", Default: 10 * 60, Unit: finding.Seconds, Summary: "and at least so much longer"},
)

// detour is a way that costs some customers too much.
type detour struct {
	best *access.Cell
	time time.Duration
	step int
}

func checkLongDetour(p *Pass) {
	if p.Access == nil {
		return
	}
	best := p.bestServed()
	factor, least := p.threshold("factor"), time.Duration(p.threshold("difference"))*time.Second
	detours := gather(p, func(c *access.Cell) []detour {
		b := best[c.Need]
		if !c.Open || b.Fastest.Time == 0 || float64(c.Fastest.Time) < factor*float64(b.Fastest.Time) || c.Fastest.Time-b.Fastest.Time < least {
			return nil
		}
		return []detour{{b, c.Fastest.Time, p.longest(c.Way, b.Way)}}
	})
	for _, g := range detours {
		p.reportDetour(g.of, g.cells)
	}
}

func (p *Pass) reportDetour(d detour, cells []*access.Cell) {
	f := p.place(d.step, cells)
	times := strconv.FormatFloat(float64(d.time)/float64(d.best.Fastest.Time), 'f', 0, 64)
	f.Message = fmt.Sprintf("%s %s %s where %s needs %s, %s times as long; most of it passes at %s",
		whom(cells), verb(cells, "needs", "need"), span(d.time), finding.Quote(d.best.Customer.ID.Value), span(d.best.Fastest.Time), times, p.step(d.step))
	f.Help = "Open the quicker way to them too, or make this one shorter."
	f.Related = p.walked(before(cells[0].Way, d.step))
	p.report(f)
}

// bestServed returns, for each need, the first of the cells with the quickest
// way.
func (p *Pass) bestServed() map[*model.Need]*access.Cell {
	best := map[*model.Need]*access.Cell{}
	for i := range p.Access.Cells {
		c := &p.Access.Cells[i]
		if b := best[c.Need]; c.Open && (b == nil || c.Fastest.Time < b.Fastest.Time) {
			best[c.Need] = c
		}
	}
	return best
}

// longest returns the step of a way that takes longest, of those that are not
// on another one.
func (p *Pass) longest(way, other []int) int {
	longest, most := way[0], time.Duration(-1)
	for _, s := range way {
		if t := costOf(p.Graph.Steps[s]).Time; t > most && !slices.Contains(other, s) {
			longest, most = s, t
		}
	}
	return longest
}
