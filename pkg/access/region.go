package access

// Turning back costs nothing and keeps what is held, so between binding steps
// a customer explores: the places reached and the names held grow to one
// fixpoint. Only binding steps make states: a place with what is held there.

// state is a region: what is reached from a place without a binding step.
type state struct {
	entry     int
	from      int // the state before, -1 for the first
	by        int // the binding step that led here
	before    set // held on entering
	held      set // held once all is explored
	reached   set // places
	order     []int32
	satisfied bool
	bindings  []binding
	good      bool // satisfaction can be had from here
}

// binding is a step that cannot be undone, and the state to which it leads.
type binding struct{ step, to int }

// explorer finds the states of a class.
type explorer struct {
	*class
	states []*state
	byKey  map[string]int
	bound  bool // the limit was reached
	hasty  bool // a region is left once satisfaction is reached
	tried  int  // steps, by filling regions
}

// explore returns the states of a class, the first one first.
func (c *class) explore() *explorer {
	e := &explorer{class: c, byKey: map[string]int{}}
	e.state(c.start, c.held, -1, -1)
	for i := 0; i < len(e.states); i++ {
		e.fill(e.states[i])
		e.bind(i)
	}
	e.judge()
	return e
}

// opens reports whether satisfaction can be had at all, and looks no further;
// bound says that the limit on states was reached.
func (c *class) opens() (open, bound bool) {
	e := &explorer{class: c, byKey: map[string]int{}, hasty: true}
	e.state(c.start, c.held, -1, -1)
	for i := 0; i < len(e.states); i++ {
		if e.fill(e.states[i]); e.states[i].satisfied {
			return true, e.bound
		}
		e.bind(i)
	}
	return false, e.bound
}

// state returns the number of the state of that place and holdings, a new one
// unless the limit is reached; then -1.
func (e *explorer) state(entry int, held set, from, by int) int {
	k := string(held.key([]byte{byte(entry), byte(entry >> 8), byte(entry >> 16), byte(entry >> 24)}))
	if i, known := e.byKey[k]; known {
		return i
	}
	limit := e.options.States
	if limit == 0 {
		limit = DefaultStates
	}
	if len(e.states) >= limit {
		e.bound = true
		return -1
	}
	e.byKey[k] = len(e.states)
	e.states = append(e.states, &state{entry: entry, from: from, by: by, before: held, held: held.clone(), reached: newSet(e.graph.Places)})
	return len(e.states) - 1
}

// met reports whether what is held meets all clauses of a step.
func (c *class) met(step int, held set) bool {
	pt := c.of[step]
	if pt < 0 {
		return true
	}
	for _, clause := range c.needs[pt] {
		if !clause.anyOf.meets(held) {
			return false
		}
	}
	return true
}

func (c *class) binds(step int) bool { return c.of[step] >= 0 && c.points[c.of[step]].binding }

// fill explores a region: as long as something new is held, the steps that
// were barred before are tried again.
func (e *explorer) fill(s *state) {
	s.reached.add(s.entry)
	if s.entry == e.target {
		s.satisfied = true
		return
	}
	places := []int{s.entry}
	for grown := true; grown; {
		grown = false
		for i := 0; i < len(places); i++ {
			out := e.graph.Out(places[i])
			e.tried += len(out)
			for _, step := range out {
				to := e.graph.Steps[step].To
				if e.binds(int(step)) || !e.open[step] || !e.useful(s, int(step)) || !e.met(int(step), s.held) {
					continue
				}
				s.order = append(s.order, step)
				if to == e.target {
					if s.satisfied = true; e.hasty {
						return
					}
					continue
				}
				if !s.reached.has(to) {
					s.reached.add(to)
					places = append(places, to)
				}
				if pt := e.of[step]; pt >= 0 && s.held.addAll(e.points[pt].gives) {
					grown = true
				}
			}
		}
	}
}

// useful reports whether a step leads to a new place or gives a new name.
func (e *explorer) useful(s *state, step int) bool {
	to, pt := e.graph.Steps[step].To, e.of[step]
	if to == e.target {
		return !s.satisfied
	}
	return !s.reached.has(to) || pt >= 0 && !s.held.contains(e.points[pt].gives)
}

// bind takes each binding step that can be taken in a region, holding all
// that can be had.
func (e *explorer) bind(i int) {
	s := e.states[i]
	s.reached.each(func(place int) {
		if place == e.target {
			return
		}
		for _, step := range e.graph.Out(place) {
			if !e.binds(int(step)) || !e.open[step] || !e.met(int(step), s.held) {
				continue
			}
			to := e.graph.Steps[step].To
			held := s.held
			if to != e.target { // who is satisfied needs nothing more
				held = s.held.clone()
				held.addAll(e.points[e.of[step]].gives)
			}
			if next := e.state(to, held, i, int(step)); next >= 0 {
				s.bindings = append(s.bindings, binding{int(step), next})
			}
		}
	})
}

// judge finds the states from which satisfaction can be had.
func (e *explorer) judge() {
	before := make([][]int, len(e.states))
	var good []int
	for i, s := range e.states {
		for _, b := range s.bindings {
			before[b.to] = append(before[b.to], i)
		}
		if s.satisfied {
			s.good = true
			good = append(good, i)
		}
	}
	for len(good) > 0 {
		i := good[len(good)-1]
		good = good[:len(good)-1]
		for _, b := range before[i] {
			if !e.states[b].good {
				e.states[b].good = true
				good = append(good, b)
			}
		}
	}
}

// isOpen reports whether satisfaction can be had at all.
func (e *explorer) isOpen() bool { return e.states[0].good }
