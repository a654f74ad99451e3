package access

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/model"
)

// Reach is what a customer with a need can come to when some touchpoints are
// left out: their steps are not taken, and what they give is not had.
type Reach struct {
	// Tried is how many steps were tried for this answer. The states after
	// binding steps, which take time too, count as steps by their size.
	Tried int
	// Bound says that a limit was reached: there may be more than is told.
	Bound bool

	explorer *explorer
	open     []bool // each step, as if nothing were left out
	takes    []bool // see Takes; nil before it is asked for
}

// Reach returns what can be come to without some touchpoints; nil leaves out
// none, and the answer is kept for all cells that are alike. It looks no
// further once it has tried so many steps. The cell is one of a result of
// Analyse, of which one goroutine at a time may ask.
func (c *Cell) Reach(without func(*model.Touchpoint) bool, most int) *Reach {
	if without != nil {
		return c.class.leaving(without).reachable(c.class.open, most)
	}
	if c.class.reach == nil {
		c.class.reach = c.class.whole(most)
	}
	return c.class.reach
}

// whole explores with nothing left out, unless that was done for the answer.
func (c *class) whole(most int) *Reach {
	if e := c.explored; e != nil {
		if tried := e.triedInAll(); tried < most {
			return &Reach{Tried: tried, Bound: e.bound, explorer: e, open: c.open}
		}
	}
	return c.reachable(c.open, most)
}

// triedInAll is what reachable counts for all states.
func (e *explorer) triedInAll() int {
	tried := e.tried
	for _, s := range e.states[1:] {
		tried += e.size(s)
	}
	return tried
}

// size is for how many steps a state after a binding step counts.
func (e *explorer) size(s *state) int { return len(e.held) + len(s.reached) }

// leaving returns the class for which some touchpoints are left out.
func (c *class) leaving(without func(*model.Touchpoint) bool) *class {
	left := make([]bool, len(c.points))
	for i := range c.points {
		left[i] = without(c.points[i].touchpoint)
	}
	rest := *c
	rest.open = slices.Clone(c.open)
	for s, pt := range c.of {
		rest.open[s] = rest.open[s] && (pt < 0 || !left[pt])
	}
	return &rest
}

// reachable explores as long as fewer than so many steps were tried.
func (c *class) reachable(open []bool, most int) *Reach {
	e := &explorer{class: c, byKey: map[string]int{}}
	e.state(c.start, c.held, -1, -1)
	i := 0
	for ; i < len(e.states) && e.tried < most; i++ {
		e.fill(e.states[i])
		e.bind(i)
		if i > 0 { // else no binding step was taken
			e.tried += e.size(e.states[i])
		}
	}
	return &Reach{Tried: e.tried, Bound: e.bound || i < len(e.states), explorer: e, open: open}
}

// Open reports whether satisfaction can be had.
func (r *Reach) Open() bool {
	return slices.ContainsFunc(r.explorer.states, func(s *state) bool { return s.satisfied })
}

// Takes reports whether a step can be taken, or could be were it not left
// out: its place is reached holding what it asks for, and nothing bars it.
func (r *Reach) Takes(step int) bool {
	if r.takes == nil {
		r.takes = make([]bool, len(r.open))
		for _, s := range r.explorer.states {
			r.take(s)
		}
	}
	return r.takes[step]
}

// take notes the steps that can be taken in a state.
func (r *Reach) take(s *state) {
	e := r.explorer
	s.reached.each(func(place int) {
		if place == e.target {
			return
		}
		for _, step := range e.graph.Out(place) {
			r.takes[step] = r.takes[step] || r.open[step] && e.met(int(step), s.held)
		}
	})
}

// Way returns steps by which one comes to a step that can be taken, in an
// order in which they can be, with those that fetch what it asks for.
func (r *Reach) Way(step int) []int {
	w := &walker{explorer: r.explorer}
	from := w.graph.Steps[step].From
	for i, s := range w.states {
		if s.reached.has(from) && w.met(step, s.held) {
			return w.walk(i, []int{step}, from, newSet(len(w.names)))
		}
	}
	return nil
}

// Missing returns what bars a step at whose place one can be: the smallest
// set, as of a [Door], empty where the step can be taken. Who is satisfied
// has left, so no step from there is come to.
func (r *Reach) Missing(step int) (missing []string, reached bool) {
	from := r.explorer.graph.Steps[step].From
	if !r.Comes(from) || from == r.explorer.target {
		return nil, false
	}
	if r.Takes(step) {
		return nil, true
	}
	return r.explorer.missing(step), true
}

// Comes reports whether a place is come to.
func (r *Reach) Comes(place int) bool {
	return slices.ContainsFunc(r.explorer.states, func(s *state) bool { return s.reached.has(place) })
}
