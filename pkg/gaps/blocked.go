package gaps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// blocked tells where a cell is stopped, for want of what, who does get
// through, and what opens it.
func (t *teller) blocked(c access.Cell) (entry, bool) {
	if c.Open {
		return entry{}, false
	}
	text := []string{t.stopped(c)}
	if c.Bound {
		text = append(text, "There were too many situations to follow them all, so there may be a way.")
	}
	text = append(text, t.nearest(c))
	repair, paste := t.repairText(c.Repair, &c)
	return entry{text: strings.Join(append(text, repair...), " "), paste: paste}, true
}

// stopped names the doors; those that want the same are named together.
func (t *teller) stopped(c access.Cell) string {
	if len(c.Doors) == 0 {
		return "No step leads on to where this need ends."
	}
	var wants []string
	at := map[string][]string{}
	for _, d := range c.Doors {
		want := t.wanting(c, d)
		if at[want] == nil {
			wants = append(wants, want)
		}
		door := code(t.graph.StepName(d.Step))
		if len(c.Doors) <= 2 { // the names of many would hide what is missing
			door = t.stepLabel(t.graph.StepName(d.Step))
		}
		at[want] = append(at[want], door)
	}
	const most = 4
	var all []string
	for _, want := range wants {
		all = append(all, "at "+some(at[want], most, "place")+want)
	}
	return "Stopped " + some(all, most, "place") + "."
}

// wanting tells what is missing at a door.
func (t *teller) wanting(c access.Cell, d access.Door) string {
	var names []string
	without := ""
	for _, m := range d.Missing {
		kind, rest, _ := strings.Cut(m, ":")
		switch {
		case m == "hours":
			without += ", which never opens"
		case t.isOut(m):
			without += ", which is out (" + code(m) + ")"
		case kind == "language":
			names = append(names, t.languages(strings.Split(rest, "|"), d.Step))
		case kind == "path":
			names = append(names, t.offer(c, rest))
		default:
			names = append(names, t.thing(m, c))
		}
	}
	if len(names) > 0 {
		without += " for want of " + list(names, "and")
	}
	return without
}

func (t *teller) isOut(missing string) bool {
	return slices.ContainsFunc(t.Without, func(o access.Outage) bool { return missing == o.Kind+":"+o.ID })
}

func (t *teller) languages(speaks []string, step int) string {
	var served []string
	if p := t.graph.Steps[step].Touchpoint; p != nil {
		for _, l := range p.Languages {
			served = append(served, code(l.Value))
		}
	}
	return "a common language (they speak " + list(codes(speaks), "and") + ", served are " + list(served, "and") + ")"
}

// offer tells to whom and for what a path is offered.
func (t *teller) offer(c access.Cell, id string) string {
	s := "the path " + code(id)
	for _, p := range t.graph.Paths {
		if p.ID != id || p.Def == nil {
			continue
		}
		var only []string
		if n := p.Def.Customers; len(n) > 0 && !holds(n, c.Customer.ID.Value) {
			only = append(only, "to "+list(codes(values(n)), "and"))
		}
		if n := p.Def.Needs; len(n) > 0 && !holds(n, c.Need.ID.Value) {
			only = append(only, "for "+list(codes(values(n)), "and"))
		}
		if len(only) > 0 {
			s += " (offered only " + strings.Join(only, " and ") + ")"
		}
	}
	return s
}

func values(names []model.Name) []string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = n.Value
	}
	return all
}

func holds(names []model.Name, id string) bool { return slices.Contains(values(names), id) }

// thing is a requirement in words: a capability by its name, an item with the
// steps that give it.
func (t *teller) thing(requirement string, c access.Cell) string {
	var words []string
	for _, name := range strings.Split(requirement, "|") {
		words = append(words, t.word(name))
		if t.holder.Item(name) {
			words[len(words)-1] += t.source(name)
		}
	}
	return list(words, "or")
}

func (t *teller) word(name string) string {
	if k := t.journey.Capability(name); k != nil {
		label := k.Label(t.language)
		if k.Span.IsZero() { // built in: "reading, by whatever aid"
			label, _, _ = strings.Cut(label, ",")
		}
		return foreign(label)
	}
	return code(name)
}

// source tells which steps give an item.
func (t *teller) source(item string) string {
	var given []string
	for i, s := range t.graph.Steps {
		if s.Touchpoint != nil && holds(s.Touchpoint.Gives, item) {
			given = append(given, code(t.graph.StepName(i)))
		}
	}
	if len(given) == 0 {
		return " (given nowhere)"
	}
	return " (given at " + some(given, 3, "step") + ")"
}

// nearest tells the fastest way of another customer with the same need.
func (t *teller) nearest(c access.Cell) string {
	best := t.fastest[c.Need]
	if best == nil {
		return "Nobody gets through with this need."
	}
	if best.Bound && len(best.Way) == 0 {
		return fmt.Sprintf("%s gets through.", code(best.Customer.ID.Value))
	}
	return fmt.Sprintf("The nearest open way is that of %s: %s.", code(best.Customer.ID.Value), t.way(best.Way))
}

// longDetour is how many times as long as the best-served customer's a way is
// that is worth telling.
const longDetour = 2

// detour tells how much longer the fastest way of a cell is than that of the
// best-served customer with the same need.
func (t *teller) detour(c access.Cell) (entry, bool) {
	best := t.fastest[c.Need]
	if !c.Open || best == nil || best.Fastest.Time == 0 || c.Fastest.Time < longDetour*best.Fastest.Time {
		return entry{}, false
	}
	return entry{text: fmt.Sprintf("The fastest way takes %s, that of %s %s. It goes %s.",
		Duration(c.Fastest.Time), code(best.Customer.ID.Value), Duration(best.Fastest.Time), t.way(c.Way))}, true
}
