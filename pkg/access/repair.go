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

// open finds the smallest set of changes that opens classes.
func (p *plan) open(ctx context.Context, classes []*class) *Repair {
	changes := p.changes(classes)
	a := graph.MinimumHit(ctx, graph.HittingProblem{
		N: len(changes), Tests: len(classes),
		Opens: func(test int, chosen []bool) bool { return classes[test].with(changes, chosen).opens() },
	}, graph.Budget{})
	repair := &Repair{Possible: a.Possible, Exact: a.Exact, Bound: a.Bound}
	for _, i := range a.Chosen {
		repair.Changes = append(repair.Changes, changes[i].Change)
	}
	return repair
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
