package access

import (
	"cmp"
	"context"
	"slices"

	"github.com/customer-corridor/corridor/pkg/graph"
)

// repair finds the smallest changes that open each blocked cell, and all of
// them together.
func (p *plan) repair(ctx context.Context, r *Result, classes []*class) {
	var blocked []*class
	for _, c := range classes {
		if !r.Cells[c.cells[0]].Open {
			blocked = append(blocked, c)
		}
	}
	for _, c := range blocked {
		repair := p.open(ctx, []*class{c})
		for _, i := range c.cells {
			r.Cells[i].Repair = repair
		}
	}
	r.Repair = p.open(ctx, blocked)
}

// effort bounds the search for one repair, so that it ends and, unlike a time
// limit, always with the same answer.
const effort = 200_000

// open finds the smallest set of changes that opens classes.
func (p *plan) open(ctx context.Context, classes []*class) *Repair {
	changes := p.changes(classes)
	m := &mender{classes: classes, changes: changes, number: make(map[Change]int, len(changes))}
	for i, c := range changes {
		m.number[c.Change] = i
	}
	a := graph.MinimumHit(ctx, graph.HittingProblem{N: len(changes), Tests: len(classes), Opens: m.opens, Cut: m.cut}, graph.Budget{Nodes: effort})
	repair := &Repair{Possible: a.Possible, Exact: a.Exact && !m.bound, Bound: a.Bound}
	for _, i := range a.Chosen {
		repair.Changes = append(repair.Changes, changes[i].Change)
	}
	return repair
}

// mender tries changes on classes.
type mender struct {
	classes []*class
	changes []change
	number  map[Change]int // positions in changes
	bound   bool           // a class was too large to be followed to its end
}

// opens reports whether a class is open after the chosen changes.
func (m *mender) opens(test int, chosen []bool) bool {
	open, bound := m.classes[test].with(m.changes, chosen).opens()
	m.bound = m.bound || bound
	return open
}

// cut returns changes of which one more is needed for a class to open. To get
// any further, one of the steps must be taken that are barred where the class
// comes to; so of each, one bar must go.
func (m *mender) cut(test int, chosen []bool) []int {
	e := m.classes[test].with(m.changes, chosen).explore()
	needed := make([]bool, len(m.changes))
	for _, s := range e.states {
		s.reached.each(func(place int) {
			for _, step := range e.graph.Out(place) {
				if place != e.target && !(e.open[step] && e.met(int(step), s.held)) {
					for _, i := range m.lightest(e, s, int(step)) {
						needed[i] = true
					}
				}
			}
		})
	}
	var all []int
	for i, n := range needed {
		if n {
			all = append(all, i)
		}
	}
	return all
}

// lightest returns, for the bar of a step that fewest changes can lift, these
// changes; nothing where one of its bars stays for ever.
func (m *mender) lightest(e *explorer, s *state, step int) []int {
	var best []int
	bars := m.bars(e, s, step)
	for i, bar := range bars {
		if len(bar) == 0 {
			return nil
		}
		if i == 0 || len(bar) < len(best) {
			best = bar
		}
	}
	return best
}

// bars returns, for each bar of a step, the changes that lift it.
func (m *mender) bars(e *explorer, s *state, step int) [][]int {
	var all [][]int
	for _, path := range e.hangs[e.graph.Steps[step].Path] {
		if !e.offered[path] {
			all = append(all, m.find(nil, Change{Kind: OfferPath, Value: e.graph.Paths[path].ID}))
		}
	}
	pt := e.of[step]
	if pt < 0 {
		return all
	}
	id := e.points[pt].touchpoint.ID.Value
	for range e.points[pt].bars {
		all = append(all, nil)
	}
	if len(e.bars[pt]) > len(e.points[pt].bars) {
		all = append(all, m.languages(e.class, id))
	}
	for _, c := range e.needs[pt] {
		if !c.anyOf.meets(s.held) {
			lift := m.find(nil, Change{DropRequirement, id, c.text})
			c.anyOf.each(func(n int) { lift = m.find(lift, Change{Kind: GiveItem, Value: e.names[n]}) })
			all = append(all, lift)
		}
	}
	return all
}

// find adds the number of a change, if it is one that could help.
func (m *mender) find(list []int, c Change) []int {
	if i, ok := m.number[c]; ok {
		return append(list, i)
	}
	return list
}

// languages returns the changes by which a class and a touchpoint get a
// language in common.
func (m *mender) languages(c *class, touchpoint string) []int {
	var all []int
	for i, ch := range m.changes {
		if ch.Kind == AddLanguage && ch.Touchpoint == touchpoint && common(c.speaks, []string{ch.Value}) {
			all = append(all, i)
		}
	}
	return all
}

// change is a change with its position in the corridor.
type change struct {
	Change
	position int
}

// changes lists the changes that could help a class of some, in the order
// that decides between equally small repairs.
func (p *plan) changes(classes []*class) []change {
	var all []change
	var languages []string // that one of the blocked customers speaks
	for _, c := range classes {
		languages = append(languages, c.speaks...)
	}
	slices.Sort(languages)
	languages = slices.Compact(languages)
	for _, c := range classes {
		for pt := range p.points {
			all = append(all, c.atPoint(pt, languages)...)
		}
		for path, offered := range c.offered {
			if !offered {
				all = append(all, change{Change{Kind: OfferPath, Value: p.graph.Paths[path].ID}, path})
			}
		}
		for n, name := range p.names {
			if p.items[name] && !c.held.has(n) {
				all = append(all, change{Change{Kind: GiveItem, Value: name}, p.firstGift(n)})
			}
		}
	}
	order := func(a, b change) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.position, b.position), cmp.Compare(a.Value, b.Value))
	}
	slices.SortFunc(all, order)
	return slices.CompactFunc(all, func(a, b change) bool { return a.Change == b.Change })
}

// atPoint lists the changes at one touchpoint that could help a class: to drop
// requirements that are not met at the start, and to add languages.
func (c *class) atPoint(pt int, languages []string) []change {
	var all []change
	id := c.points[pt].touchpoint.ID.Value
	for _, clause := range c.needs[pt] {
		if !clause.anyOf.meets(c.held) {
			all = append(all, change{Change{DropRequirement, id, clause.text}, pt})
		}
	}
	if len(c.bars[pt]) > len(c.points[pt].bars) { // a language is missing
		for _, l := range languages {
			all = append(all, change{Change{AddLanguage, id, l}, pt})
		}
	}
	return all
}

// firstGift returns the first step that gives a name; beyond all steps where
// none does.
func (p *plan) firstGift(name int) int {
	for s, pt := range p.of {
		if pt >= 0 && p.points[pt].gives.has(name) {
			return s
		}
	}
	return len(p.of)
}

// with returns the class as it is after some changes.
func (c *class) with(changes []change, chosen []bool) *class {
	n := *c
	n.needs, n.bars, n.offered, n.held = slices.Clone(c.needs), slices.Clone(c.bars), slices.Clone(c.offered), c.held.clone()
	for i, ch := range changes {
		if !chosen[i] {
			continue
		}
		switch ch.Kind {
		case DropRequirement:
			n.needs[ch.position] = slices.DeleteFunc(slices.Clone(n.needs[ch.position]), func(o clause) bool { return o.text == ch.Value })
		case AddLanguage:
			if common(c.speaks, []string{ch.Value}) {
				n.bars[ch.position] = n.points[ch.position].bars
			}
		case OfferPath:
			n.offered[ch.position] = true
		case GiveItem:
			n.held.add(n.number[ch.Value])
		}
	}
	n.unbar()
	return &n
}
