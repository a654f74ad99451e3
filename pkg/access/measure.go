package access

import "cmp"

// costs measures ways by time, then effort, then the number of steps.
type costs struct{ *class }

// trail is a way with its cost. Ways are joined often and read once, so a
// joined way is a pair.
type trail struct {
	cost        Cost
	steps       int
	step        int // of a way of one step
	first, next *trail
}

func (costs) stay() *trail { return &trail{} }

func (c costs) step(step int) *trail {
	t := &trail{steps: 1, step: step}
	if pt := c.of[step]; pt >= 0 {
		t.cost = c.points[pt].cost
	}
	return t
}

func (costs) then(first, next *trail) *trail {
	switch {
	case first.steps == 0:
		return next
	case next.steps == 0:
		return first
	}
	return &trail{
		cost:  Cost{min(first.cost.Time+next.cost.Time, horizon), first.cost.Effort + next.cost.Effort},
		steps: first.steps + next.steps, first: first, next: next,
	}
}

func (costs) better(a, b *trail) (*trail, bool) {
	if cmp.Or(cmp.Compare(b.cost.Time, a.cost.Time), cmp.Compare(b.cost.Effort, a.cost.Effort), cmp.Compare(b.steps, a.steps)) < 0 {
		return b, true
	}
	return a, false
}

// list returns the steps of a way in their order.
func (t *trail) list() []int {
	all := make([]int, 0, t.steps)
	rest := []*trail{t}
	for len(rest) > 0 {
		t = rest[len(rest)-1]
		rest = rest[:len(rest)-1]
		switch {
		case t.first != nil:
			rest = append(rest, t.next, t.first)
		case t.steps == 1:
			all = append(all, t.step)
		}
	}
	return all
}

// arrivals measures ways by when they arrive, for every moment of the week. They
// last until the plan's arena is reset.
type arrivals struct{ *class }

func (arrivals) stay() *Arrival { return stay() }

func (m arrivals) step(step int) *Arrival {
	if pt := m.of[step]; pt >= 0 {
		return m.points[pt].arrival
	}
	return stay()
}

func (m arrivals) then(first, next *Arrival) *Arrival { return m.arena.then(first, next) }

func (m arrivals) better(a, b *Arrival) (*Arrival, bool) {
	c := m.arena.earlier(a, b)
	return c, c != a // earlier returns a itself where b is nowhere earlier
}
