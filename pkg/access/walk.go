package access

// walk returns the steps by which a state's place is reached, in an order in
// which they can be taken, with those that fetch what others ask for.
func (e *explorer) walk(state, place int) []int {
	w := &walker{explorer: e}
	return w.walk(state, []int{}, place, newSet(len(e.names)))
}

// walkToDoor returns the walk to the place of a step.
func (e *explorer) walkToDoor(step int) []int {
	for i, s := range e.states {
		if s.reached.has(e.graph.Steps[step].From) {
			return e.walk(i, e.graph.Steps[step].From)
		}
	}
	return nil
}

// walkToTarget returns a walk to satisfaction.
func (e *explorer) walkToTarget() []int {
	for i, s := range e.states {
		if s.satisfied {
			return e.walk(i, e.target)
		}
	}
	return nil
}

// walker collects the steps of one walk, region by region.
type walker struct{ *explorer }

// walk returns the steps that are taken up to the end of a region: to reach
// a place, to be able to take the given steps, and to hold names.
func (w *walker) walk(state int, steps []int, place int, names set) []int {
	s := w.states[state]
	r := newRoute(w.explorer, s)
	r.reach(place)
	for _, step := range steps {
		r.prepare(step)
	}
	names.each(r.obtain)
	var before []int
	if s.from >= 0 {
		gives := w.points[w.of[s.by]].gives
		gives.each(func(n int) { r.earlier.remove(n) })
		before = append(w.walk(s.from, []int{s.by}, w.graph.Steps[s.by].From, r.earlier), s.by)
	}
	for _, step := range s.order {
		if r.taken[step] {
			before = append(before, int(step))
		}
	}
	return before
}

// route is what is taken in one region.
type route struct {
	*explorer
	s       *state
	enter   map[int]int32 // place → the step by which it is reached first
	giver   map[int]int32 // name → the step that gives it first
	taken   map[int32]bool
	earlier set // names that must be held on entering
}

func newRoute(e *explorer, s *state) *route {
	r := &route{explorer: e, s: s, enter: map[int]int32{}, giver: map[int]int32{}, taken: map[int32]bool{}, earlier: newSet(len(e.names))}
	for _, step := range s.order {
		if to := e.graph.Steps[step].To; to != s.entry {
			if _, reached := r.enter[to]; !reached {
				r.enter[to] = step
			}
		}
		if pt := e.of[step]; pt >= 0 {
			e.points[pt].gives.each(func(n int) {
				if _, given := r.giver[n]; !given {
					r.giver[n] = step
				}
			})
		}
	}
	return r
}

func (r *route) reach(place int) {
	if step, ok := r.enter[place]; ok {
		r.take(step)
	}
}

func (r *route) take(step int32) {
	if !r.taken[step] {
		r.taken[step] = true
		r.prepare(int(step))
	}
}

// prepare takes what must be taken before a step.
func (r *route) prepare(step int) {
	r.reach(r.graph.Steps[step].From)
	pt := r.of[step]
	if pt < 0 {
		return
	}
	for _, c := range r.needs[pt] {
		if !c.anyOf.meets(r.held) {
			r.obtain(r.choose(c))
		}
	}
}

// choose returns the name by which a clause is met: one that is held on
// entering, else the one that is given first.
func (r *route) choose(c clause) int {
	if n := c.anyOf.first(r.s.before); n >= 0 {
		return n
	}
	for _, step := range r.s.order {
		if pt := r.of[step]; pt >= 0 {
			if n := c.anyOf.first(r.points[pt].gives); n >= 0 {
				return n
			}
		}
	}
	return -1
}

// obtain takes what gives a name, here or in an earlier region.
func (r *route) obtain(name int) {
	switch {
	case name < 0 || r.held.has(name):
	case r.s.before.has(name):
		r.earlier.add(name)
	default:
		if step, ok := r.giver[name]; ok {
			r.take(step)
		}
	}
}
