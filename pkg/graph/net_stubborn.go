package graph

import "slices"

// ExploreStuck is Explore for those who only look for markings in which nothing
// can happen: all of these are reached, but of transitions that do not hinder
// each other only some orders are gone through, so that n ways side by side
// cost their sum and not their product (stubborn sets; Valmari, Stubborn Sets
// for Reduced State Space Generation, 1991). What it says of Fired, Overflows
// and components with moves is not the whole of it.
func (n *Net) ExploreStuck(initial []int32, limit int) *Markings {
	return n.explore(initial, limit, newStubborn(n))
}

// stubborn finds, in a marking, enough of the enabled transitions: a set that
// nothing outside of it can enable, disable or follow otherwise.
type stubborn struct {
	net   *Net
	takes [][]int32 // of each place: the transitions that take a token from it or empty it
	puts  [][]int32 // of each place: those that put one there
	bars  [][]int32 // of each place: those that wait while it has one
	in    []int     // of each transition: the last set that it is in
	set   int
	work  []int32
}

func newStubborn(n *Net) *stubborn {
	s := &stubborn{net: n, takes: make([][]int32, len(n.Places)), puts: make([][]int32, len(n.Places)), bars: make([][]int32, len(n.Places)), in: make([]int, len(n.Transitions))}
	for i, t := range n.Transitions {
		for _, p := range slices.Concat(t.In, t.Clear) {
			s.takes[p] = append(s.takes[p], int32(i))
		}
		for _, p := range t.Out {
			s.puts[p] = append(s.puts[p], int32(i))
		}
		for _, p := range t.None {
			s.bars[p] = append(s.bars[p], int32(i))
		}
	}
	return s
}

// mostSeeds is how many enabled transitions are tried to begin a set with.
const mostSeeds = 8

// choose returns those of the enabled transitions that are to be fired.
func (s *stubborn) choose(tokens []byte, enabled []int32) []int32 {
	best := enabled
	for _, seed := range enabled[:min(mostSeeds, len(enabled))] {
		if len(best) == 1 {
			break
		}
		if !s.close(tokens, seed, enabled) {
			continue
		}
		var some []int32
		for _, t := range enabled {
			if s.in[t] == s.set {
				some = append(some, t)
			}
		}
		if len(some) < len(best) {
			best = some
		}
	}
	return best
}

// close makes the set that a transition is in. It reports false where that must
// be all.
func (s *stubborn) close(tokens []byte, seed int32, enabled []int32) bool {
	s.set++
	s.work = s.work[:0]
	s.add(seed)
	for len(s.work) > 0 {
		i := s.work[len(s.work)-1]
		s.work = s.work[:len(s.work)-1]
		t := &s.net.Transitions[i]
		if t.Some || len(t.Clear) > 0 {
			return false
		}
		if slices.Contains(enabled, i) {
			s.depends(t)
		} else if !s.wakes(t, tokens) {
			return false
		}
	}
	return true
}

func (s *stubborn) add(all ...int32) {
	for _, t := range all {
		if s.in[t] != s.set {
			s.in[t] = s.set
			s.work = append(s.work, t)
		}
	}
}

// depends adds what an enabled transition may hinder, or be hindered by.
func (s *stubborn) depends(t *Transition) {
	for _, p := range t.In {
		s.add(s.takes[p]...)
	}
	for _, p := range t.None {
		s.add(s.puts[p]...)
	}
	for _, p := range t.Out { // a second token there changes what happens
		s.add(s.puts[p]...)
	}
	for _, p := range t.Out { // it may bar these
		s.add(s.bars[p]...)
	}
}

// wakes adds what must happen before a transition that is not enabled can be.
func (s *stubborn) wakes(t *Transition, tokens []byte) bool {
	for _, p := range t.In {
		if tokens[p] == 0 {
			s.add(s.puts[p]...)
			return true
		}
	}
	for _, p := range t.None {
		if tokens[p] != 0 {
			s.add(s.takes[p]...)
			return true
		}
	}
	return false
}
