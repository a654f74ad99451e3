package access

// turns returns the traps and the wrong turns of an open class.
func (e *explorer) turns() (traps, wrong []int) {
	trap, turn := newSet(len(e.of)), newSet(len(e.of))
	for _, s := range e.states {
		if !s.good {
			continue
		}
		for _, b := range s.bindings {
			if !e.states[b.to].good {
				trap.add(b.step)
			}
		}
		e.wrongTurns(s, turn)
	}
	trap.each(func(i int) { traps = append(traps, i) })
	turn.each(func(i int) { wrong = append(wrong, i) })
	return traps, wrong
}

// wrongTurns adds the steps of a region that lead from a place with a way
// forward to one without.
func (e *explorer) wrongTurns(s *state, turn set) {
	forward := newSet(e.graph.Places)
	var places []int
	reach := func(place int) {
		if !forward.has(place) {
			forward.add(place)
			places = append(places, place)
		}
	}
	if s.satisfied {
		reach(e.target)
	}
	for _, b := range s.bindings {
		if e.states[b.to].good {
			reach(e.graph.Steps[b.step].From)
		}
	}
	for len(places) > 0 {
		place := places[len(places)-1]
		places = places[:len(places)-1]
		for _, step := range e.graph.In(place) {
			if from := e.graph.Steps[step].From; s.reached.has(from) && e.free(int(step), s) {
				reach(from)
			}
		}
	}
	s.reached.each(func(place int) {
		if !forward.has(place) {
			return
		}
		for _, step := range e.graph.Out(place) {
			if !forward.has(e.graph.Steps[step].To) && e.free(int(step), s) {
				turn.add(int(step))
			}
		}
	})
}

// free reports whether a step can be taken and taken back in a region. From
// the target none is.
func (e *explorer) free(step int, s *state) bool {
	return e.graph.Steps[step].From != e.target && !e.binds(step) && e.open[step] && e.met(step, s.held)
}
