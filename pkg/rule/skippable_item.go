package rule

import (
	"fmt"
	"maps"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var skippableItem = accessibility("skippable-item", finding.Warning,
	"an item that is needed later is given only on an option", checkSkippableItem)

// skippable is an item, the step of an option that gives it, and the first
// step after it that needs it.
type skippable struct {
	giver, needs int
	item         string
}

func checkSkippableItem(p *Pass) {
	if p.Access == nil {
		return
	}
	only := p.onlyOnOptions()
	if len(only) == 0 {
		return
	}
	for _, g := range gather(p, func(c *access.Cell) []skippable { return p.skippable(c, only) }) {
		f := p.place(g.of.giver, g.cells, g.of.item)
		f.Message = fmt.Sprintf("%s can leave out %s, which is an option, and %s without %s to %s, which needs it",
			whom(g.cells), p.step(g.of.giver), verb(g.cells, "comes", "come"), finding.Quote(g.of.item), p.step(g.of.needs))
		f.Help = "Make the step part of the path, or let a step that nobody can leave out give the item."
		f.Related = append(p.walked(before(g.cells[0].Way, g.of.giver)),
			finding.Related{Span: p.Graph.Steps[g.of.needs].Name.Span, Message: finding.Quote(g.of.item) + " is needed here"})
		p.report(f)
	}
}

// onlyOnOptions are the items that are given on options and nowhere else.
func (p *Pass) onlyOnOptions() map[string]bool {
	only := map[string]bool{}
	for _, s := range p.Graph.Steps {
		if s.Touchpoint == nil {
			continue
		}
		optional := p.Graph.Paths[s.Path].Kind == model.Optional
		for _, n := range s.Touchpoint.Gives {
			before, met := only[n.Value]
			only[n.Value] = optional && (before || !met) && p.item(n.Value)
		}
	}
	maps.DeleteFunc(only, func(_ string, yes bool) bool { return !yes })
	return only
}

// skippable looks for such items on a way; one that is needed only on the
// option that gives it is none.
func (p *Pass) skippable(c *access.Cell, only map[string]bool) []skippable {
	var all []skippable
	given := map[string]int{}
	for _, s := range c.Way {
		step := p.Graph.Steps[s]
		if step.Touchpoint == nil {
			continue
		}
		for _, name := range p.needed(step.Touchpoint) {
			if giver, ok := given[name]; ok && p.Graph.Steps[giver].Path != step.Path {
				all = append(all, skippable{giver, s, name})
				delete(given, name)
			}
		}
		for _, n := range step.Touchpoint.Gives {
			if _, again := given[n.Value]; only[n.Value] && !again && !has(c.Customer.Has, n.Value) && !has(c.Need.Has, n.Value) {
				given[n.Value] = s
			}
		}
	}
	return all
}

// needed are the names without which a touchpoint cannot be taken: what it
// asks for, and requirements that leave no choice.
func (p *Pass) needed(t *model.Touchpoint) []string {
	var all []string
	for _, anyOf := range access.Requirements(p.Graph, t) {
		if len(anyOf) == 1 {
			all = append(all, anyOf[0])
		}
	}
	return all
}
