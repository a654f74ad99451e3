package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

var missingItem = accessibility("missing-item", finding.Error,
	"the way ends for want of an item that no step before hands out", checkMissingItem)

// want is a step with the items that customers come without.
type want struct {
	step  int
	items string // as in access.Door, joined by spaces
}

// checkMissingItem says of the customers that are stopped for want of an item
// where that item is to be had.
func checkMissingItem(p *Pass) {
	for _, g := range gather(p, p.wants) {
		items := strings.Split(g.of.items, " ")
		var words, names []string
		for _, i := range items {
			names = append(names, strings.Split(i, "|")...)
			words = append(words, list(quoted(strings.Split(i, "|")), "or"))
		}
		givers, it := p.givers(names), "it"
		if len(items) > 1 {
			it = "them"
		}
		f := p.place(g.of.step, g.cells, names...)
		f.Message = fmt.Sprintf("%s %s without %s to %s, which needs %s: %s", whom(g.cells), verb(g.cells, "comes", "come"), list(words, "and"), p.step(g.of.step), it, p.whereGiven(givers))
		f.Help = "Let a step before it on the way give it, or do not need it there; `corridor gaps FILE` shows the smallest repair."
		f.Related = p.walked(g.cells[0].Way)
		for _, t := range givers[:min(len(givers), listed)] {
			f.Related = append(f.Related, finding.Related{Span: gift(t, names), Message: finding.Quote(t.ID.Value) + " gives it"})
		}
		p.report(f)
	}
}

func (p *Pass) wants(c *access.Cell) []want {
	if c.Open || c.Bound || len(c.Doors) == 0 {
		return nil
	}
	d := p.door(c)
	if items := p.itemsIn(d.Missing); len(items) > 0 {
		return []want{{d.Step, strings.Join(items, " ")}}
	}
	return nil
}

// itemsIn returns what is missing that can be handed out.
func (p *Pass) itemsIn(missing []string) []string {
	var all []string
	for _, m := range missing {
		for name := range strings.SplitSeq(m, "|") {
			if p.item(name) {
				all = append(all, m)
				break
			}
		}
	}
	return all
}

// givers are the touchpoints on some path that give one of some names.
func (p *Pass) givers(names []string) []*model.Touchpoint {
	var all []*model.Touchpoint
	for _, t := range p.Journey.Touchpoints {
		if len(p.Graph.Visits(t.ID.Value)) > 0 && slices.ContainsFunc(names, func(n string) bool { return has(t.Gives, n) }) {
			all = append(all, t)
		}
	}
	return all
}

func (p *Pass) whereGiven(givers []*model.Touchpoint) string {
	if len(givers) == 0 {
		return "no step gives it"
	}
	var ids []string
	for _, t := range givers {
		ids = append(ids, t.ID.Value)
	}
	return "only " + list(quoted(ids), "and") + " would give it, and they cannot go there first"
}

// gift is the place at which a touchpoint gives one of some names.
func gift(t *model.Touchpoint, names []string) source.Span {
	for _, n := range t.Gives {
		if slices.Contains(names, n.Value) {
			return n.Span
		}
	}
	return t.ID.Span
}
