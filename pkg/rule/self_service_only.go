package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var selfServiceOnly = accessibility("self-service-only", finding.Warning,
	"a customer meets machines only, and nobody who could help", checkSelfServiceOnly)

// checkSelfServiceOnly reports who gets through, has no step on any way where
// a person serves, and cannot but use a machine. It waits until the file says who comes.
func checkSelfServiceOnly(p *Pass) {
	machines := func(c *access.Cell) []int {
		if !c.Open || !c.Customer.ID.Given() || p.served(c.Way) {
			return nil
		}
		all := p.reach(c, nothing)
		for s := range p.Graph.Steps {
			if p.person(s) && all.Takes(s) {
				return nil
			}
		}
		if without := p.reach(c, p.machine); without.Open() || without.Bound {
			return nil
		}
		for _, s := range c.Way {
			if t := p.Graph.Steps[s].Touchpoint; t != nil && p.machine(t) {
				return []int{s}
			}
		}
		return nil
	}
	for _, g := range gather(p, machines) {
		f := p.place(g.of, g.cells)
		f.Message = fmt.Sprintf("%s can only serve themselves, from %s on: no person is on any of their ways", whom(g.cells), p.step(g.of))
		f.Help = "Offer a way on which a person can help: a phone number, a chat, a desk."
		f.Related = p.walked(before(g.cells[0].Way, g.of))
		p.report(f)
	}
}

func (p *Pass) served(way []int) bool {
	for _, s := range way {
		if p.person(s) {
			return true
		}
	}
	return false
}

// person reports whether a person may be met at a step. A touchpoint without
// a channel does not say.
func (p *Pass) person(step int) bool {
	t := p.Graph.Steps[step].Touchpoint
	if t == nil {
		return false
	}
	c := p.Journey.Channel(t.Channel.Value)
	return c == nil || c.Staffed.Value
}

// machine reports whether a touchpoint is technological and nobody serves.
func (p *Pass) machine(t *model.Touchpoint) bool {
	c := p.Journey.Channel(t.Channel.Value)
	return c != nil && !c.Staffed.Value && c.Kind.Value == "technological"
}
