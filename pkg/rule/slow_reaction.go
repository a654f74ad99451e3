package rule

import (
	"fmt"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var slowReaction = judgement("care", "slow-reaction", finding.Warning,
	"the reaction takes longer than the need can wait", checkSlowReaction)

// checkSlowReaction holds a reaction against the whole deadline of a need:
// how much of it is left at the touchpoint depends on the way and the hour.
func checkSlowReaction(p *Pass) {
	shortest := p.shortestDeadline()
	if p.Access == nil || shortest == 0 {
		return
	}
	slow := func(e model.Exception) bool {
		return e.Reaction != nil && e.Reaction.Within != nil && e.Reaction.Within.Value > shortest
	}
	p.mishaps(slow, func(m mishap) {
		if cells := p.hasty(m); len(cells) > 0 {
			p.reportSlow(m, cells)
		}
	})
}

// shortestDeadline is that of the most hasty need; 0 where none has one.
func (p *Pass) shortestDeadline() time.Duration {
	var shortest time.Duration
	for _, n := range p.Journey.Needs {
		if n.Within != nil && (shortest == 0 || n.Within.Value < shortest) {
			shortest = n.Within.Value
		}
	}
	return shortest
}

// hasty returns, of the cells that can wait less long than the reaction takes
// and come to its touchpoint, those with the shortest deadline.
func (p *Pass) hasty(m mishap) []*access.Cell {
	var all []*access.Cell
	most := m.Reaction.Within.Value - 1
	for i := range p.Access.Cells {
		c := &p.Access.Cells[i]
		if !c.Open || c.Need.Within == nil || c.Need.Within.Value > most || !p.comes(c, m.Touchpoint) {
			continue
		}
		if within := c.Need.Within.Value; within < most || len(all) == 0 {
			most, all = within, nil
		}
		all = append(all, c)
	}
	return all
}

// comes reports whether a customer can come to a touchpoint and take it.
func (p *Pass) comes(c *access.Cell, t *model.Touchpoint) bool {
	if p.tried >= maxWalked {
		return false
	}
	r := p.reach(c, nothing)
	for _, s := range p.Graph.Visits(t.ID.Value) {
		p.tried++
		if r.Takes(s) {
			return true
		}
	}
	return false
}

func (p *Pass) reportSlow(m mishap, cells []*access.Cell) {
	within := cells[0].Need.Within
	f := p.inside(m.passing, m.Reaction.Within.Span, exceptionKey(m.Exception)+".reaction.within")
	f.Concerns = concerned(cells)
	f.Message = fmt.Sprintf("the reaction to %s may take %s, and %s can wait no longer than %s",
		m.name(), span(m.Reaction.Within.Value), whom(cells), span(within.Value))
	f.Help = "React sooner, or promise a longer time under `within` of the need."
	f.Related = append(f.Related, finding.Related{Span: within.Span, Message: "the deadline is given here"})
	p.report(f)
}
