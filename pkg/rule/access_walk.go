package rule

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// maxWalked is how many steps the rules of one journey try on ways that leave
// something out; beyond, they say nothing rather than take long.
const maxWalked = 20_000_000

// walk finds the steps that a customer can take while they leave out some
// touchpoints. It follows items, and turning back, as the analysis does, but
// takes binding steps as if they could be undone.
func (p *Pass) walk(c *access.Cell, without func(*model.Touchpoint) bool) *walk {
	w := &walk{Pass: p, cell: c, without: without, held: map[string]bool{}, taken: make([]bool, len(p.Graph.Steps)), reached: make([]bool, p.Graph.Places), entered: map[int]int{}}
	w.start, w.target = access.Ends(p.Graph, c.Need)
	w.reached[w.start] = true
	places := []int{w.start}
	for grown := true; grown && p.tried < maxWalked; {
		grown = false
		for i := 0; i < len(places); i++ {
			for _, step := range p.Graph.Out(places[i]) {
				p.tried++
				if places[i] == w.target || w.taken[step] || w.leavesOut(int(step)) || !w.takes(int(step)) {
					continue
				}
				w.taken[step] = true
				if to := p.Graph.Steps[step].To; !w.reached[to] {
					w.reached[to], w.entered[to] = true, int(step)
					places = append(places, to)
				}
				grown = w.take(p.Graph.Steps[step].Touchpoint) || grown
			}
		}
	}
	return w
}

// whole reports whether a walk was not cut short.
func (w *walk) whole() bool { return w.tried < maxWalked }

type walk struct {
	*Pass
	cell          *access.Cell
	without       func(*model.Touchpoint) bool
	start, target int
	held          map[string]bool // what was given on the way
	taken         []bool          // steps
	reached       []bool          // places
	entered       map[int]int     // place → the step by which it was reached
}

// take notes what a touchpoint gives and reports whether any of it is new.
func (w *walk) take(t *model.Touchpoint) bool {
	grown := false
	if t != nil {
		for _, n := range t.Gives {
			grown = grown || !w.held[n.Value]
			w.held[n.Value] = true
		}
	}
	return grown
}

func (w *walk) leavesOut(step int) bool {
	t := w.Graph.Steps[step].Touchpoint
	return t != nil && w.without(t)
}

// way returns the steps by which the place before a step was reached.
func (w *walk) way(step int) []int {
	var all []int
	for place := w.Graph.Steps[step].From; place != w.start; place = w.Graph.Steps[all[len(all)-1]].From {
		all = append(all, w.entered[place])
	}
	slices.Reverse(all)
	return all
}

// takes reports whether the customer can take a step, were it not left out.
func (w *walk) takes(step int) bool {
	s := w.Graph.Steps[step]
	t := s.Touchpoint
	if !w.offered(s.Path) || t != nil && !w.understands(t) {
		return false
	}
	return t == nil || w.open(t) && w.meets(t)
}

func (w *walk) open(t *model.Touchpoint) bool {
	h := access.Hours(w.Journey, t)
	return h == nil || !h.Never()
}

// meets reports whether the customer holds all that a touchpoint needs.
func (w *walk) meets(t *model.Touchpoint) bool {
	lacks := func(r model.Requirement) bool { return !slices.ContainsFunc(r.AnyOf, w.holds) }
	if slices.ContainsFunc(t.Requires, lacks) || slices.ContainsFunc(t.Asks, func(n model.Name) bool { return !w.holds(n.Value) }) {
		return false
	}
	channel := w.Journey.Channel(t.Channel.Value)
	return channel == nil || !slices.ContainsFunc(channel.Requires, func(r model.Requirement) bool {
		return lacks(r) && !slices.ContainsFunc(t.Waives, func(v model.Requirement) bool { return sameNames(v.AnyOf, r.AnyOf) })
	})
}

func sameNames(a, b []string) bool {
	return !slices.ContainsFunc(a, func(n string) bool { return !slices.Contains(b, n) }) &&
		!slices.ContainsFunc(b, func(n string) bool { return !slices.Contains(a, n) })
}

// holds reports whether a name is held: the need's word counts before the
// customer's.
func (w *walk) holds(name string) bool {
	n, c := w.cell.Need, w.cell.Customer
	switch {
	case w.held[name], has(n.Has, name):
		return true
	case has(n.Lacks, name):
		return false
	case has(c.Has, name):
		return true
	case has(c.Lacks, name):
		return false
	}
	return !w.item(name)
}

// understands reports whether customer and touchpoint have a language in
// common; who names none understands all.
func (w *walk) understands(t *model.Touchpoint) bool {
	speaks := w.cell.Customer.Speaks
	if len(speaks) == 0 || len(t.Languages) == 0 {
		return true
	}
	for _, a := range speaks {
		for _, b := range t.Languages {
			if model.Meets(a.Value, b.Value) {
				return true
			}
		}
	}
	return false
}

// offered reports whether a path, and every path below it, is offered.
func (w *walk) offered(path int) bool {
	offers := func(names []model.Name, id string) bool { return len(names) == 0 || has(names, id) }
	seen := []int{path}
	for i := 0; i < len(seen); i++ {
		p := w.Graph.Paths[seen[i]]
		if p.Def != nil && !(offers(p.Def.Customers, w.cell.Customer.ID.Value) && offers(p.Def.Needs, w.cell.Need.ID.Value)) {
			return false
		}
		for _, below := range p.HangsOn {
			if !slices.Contains(seen, below) {
				seen = append(seen, below)
			}
		}
	}
	return true
}

func nothing(*model.Touchpoint) bool { return false }
