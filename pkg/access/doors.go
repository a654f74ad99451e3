package access

import (
	"cmp"
	"slices"
)

// doors returns the barred steps of a blocked class from a place that is
// reached, after which, were nothing else barred, satisfaction follows
// through no place that is already reached.
func (e *explorer) doors() []Door {
	reached := newSet(e.graph.Places)
	for _, s := range e.states {
		reached.addAll(s.reached)
	}
	beyond := e.leadsTo(reached)
	var all []Door
	for i, step := range e.graph.Steps {
		if reached.has(step.From) && !reached.has(step.To) && beyond.has(step.To) {
			all = append(all, Door{Step: i, Missing: e.missing(i)})
		}
	}
	return all
}

// leadsTo returns the places from which satisfaction follows through places
// that are not reached, were nothing barred.
func (e *explorer) leadsTo(reached set) set {
	beyond := newSet(e.graph.Places)
	beyond.add(e.target)
	places := []int{e.target}
	for len(places) > 0 {
		place := places[len(places)-1]
		places = places[:len(places)-1]
		for _, step := range e.graph.In(place) {
			from := e.graph.Steps[step].From
			if !reached.has(from) && !beyond.has(from) {
				beyond.add(from)
				places = append(places, from)
			}
		}
	}
	return beyond
}

// missing returns what would open a step: of the states that reach its
// place, the smallest set.
func (e *explorer) missing(step int) []string {
	var best []string
	for _, s := range e.states {
		if !s.reached.has(e.graph.Steps[step].From) {
			continue
		}
		m := append(e.unmet(step, s.held), e.bar(step)...)
		slices.Sort(m)
		if best == nil || cmp.Or(cmp.Compare(len(m), len(best)), slices.Compare(m, best)) < 0 {
			best = m
		}
	}
	return best
}

// unmet returns the clauses of a step that what is held does not meet,
// without those that another one implies.
func (c *class) unmet(step int, held set) []string {
	if pt := c.of[step]; pt >= 0 {
		return c.unmetAt(int(pt), held)
	}
	return nil
}

// unmetAt is unmet of a point.
func (c *class) unmetAt(pt int, held set) []string {
	var unmet []clause
	for _, n := range c.needs[pt] {
		if !n.anyOf.meets(held) {
			unmet = append(unmet, n)
		}
	}
	var texts []string
	for i, n := range unmet {
		implied := slices.ContainsFunc(unmet, func(o clause) bool {
			return o.text != n.text && n.anyOf.contains(o.anyOf)
		})
		if !implied {
			texts = append(texts, unmet[i].text)
		}
	}
	return texts
}

// bar returns what bars a step whatever is held: what its point lacks, and
// the paths that are not offered.
func (c *class) bar(step int) []string {
	var all []string
	if pt := c.of[step]; pt >= 0 {
		all = append(all, c.bars[pt]...)
	}
	for _, path := range c.hangs[c.graph.Steps[step].Path] {
		if !c.offered[path] {
			all = append(all, "path:"+c.graph.Paths[path].ID)
		}
	}
	return all
}
