package access

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/graph"
)

// singleWays returns the touchpoints whose outage blocks an open class. Only
// those on a way that leads to satisfaction can be. Those that all ways pass
// are; what else is on this way may be, for what it gives or for its other
// steps, and is left out in turn.
func (e *explorer) singleWays(way []int) []string {
	single := e.unavoidable()
	tried := newSet(len(e.points))
	tried.addAll(single)
	for _, step := range way {
		pt := e.of[step]
		if pt < 0 || tried.has(int(pt)) {
			continue
		}
		tried.add(int(pt))
		if !e.settled(int(pt)) && !e.without(pt).explore().isOpen() {
			single.add(int(pt))
		}
	}
	var all []string
	single.each(func(pt int) { all = append(all, e.points[pt].touchpoint.ID.Value) })
	return all
}

// unavoidable returns the points of the steps that dominate the target, among
// all steps that can be taken at some time: places are nodes, and so are
// steps.
func (e *explorer) unavoidable() set {
	held := e.held.clone()
	for _, s := range e.states {
		held.addAll(s.held)
	}
	places := int32(e.graph.Places)
	var from, to []int32
	for i, s := range e.graph.Steps {
		if e.open[i] && s.From != e.target && e.met(i, held) {
			step := places + int32(i)
			from, to = append(from, int32(s.From), step), append(to, step, int32(s.To))
		}
	}
	points := newSet(len(e.points))
	above := graph.Dominators(graph.NewDigraph(e.graph.Places+len(e.of), from, to), int32(e.start))
	for n := above[e.target]; n >= 0; n = above[n] {
		if n >= places && e.of[n-places] >= 0 {
			points.add(int(e.of[n-places]))
		}
	}
	return points
}

// settled reports whether a point with one step cannot matter but as a step
// that all ways pass, since nothing is given and nothing binds.
func (e *explorer) settled(pt int) bool {
	return len(e.states) == 1 && e.held.contains(e.states[0].held) && len(e.graph.Visits(e.points[pt].touchpoint.ID.Value)) == 1
}

// without returns the class after the outage of a point.
func (e *explorer) without(pt int32) *class {
	c := *e.class
	c.open = slices.Clone(e.open)
	for s, of := range e.of {
		if of == pt {
			c.open[s] = false
		}
	}
	return &c
}
