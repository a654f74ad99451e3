package graph

import (
	"bytes"
	"hash/maphash"
	"slices"
)

// Net is a place/transition net (Petri, Kommunikation mit Automaten, 1962):
// tokens lie in places, and transitions take some and put others. Whether a
// workflow of such a kind can always be completed, and all of it can happen, is
// the soundness of van der Aalst (Verification of Workflow Nets, 1997); with
// the inhibitors, resets and waiting joins that are used here no shortcut
// through the structure is known, so that the markings are gone through.
type Net struct {
	Places      []PlaceKind
	Transitions []Transition
}

// PlaceKind says what becomes of a second token in a place.
type PlaceKind uint8

// The kinds of places.
const (
	Safe    PlaceKind = iota // a second token is an [Overflow]
	Merging                  // a second token becomes one with the first
	Buffer                   // tokens are counted up to Many; Many are never used up
)

// Many is the number of tokens in a buffer that stands for that number and all
// greater ones.
const Many = 3

// Transition takes a token from each place of In and then puts one into each
// of Out. There is at least one place in In, and none twice.
type Transition struct {
	In, Out []int32
	None    []int32 // it waits as long as one of them has a token (inhibitor arcs)
	Clear   []int32 // it empties them, before it puts anything (reset arcs)
	// Some says that it takes a token from those of In that have one, at least
	// one, and waits while others may still get theirs: the inclusive join of
	// BPMN 2.0.2, 13.4.3.
	Some bool
	// Awaits are, for a transition with Some, the places outside of In from
	// which tokens can come to those of In.
	Awaits []Await
}

// Await says to which of a transition's In, by their positions, tokens can
// come from a place.
type Await struct {
	Place int32
	Leads []int32
}

// Markings are what can be reached from one marking, in the order of breadth:
// marking 0 is the initial one.
type Markings struct {
	net *Net
	// Complete says that all were gone through: the limit was not met.
	Complete bool
	// Fired tells of each transition whether it can happen.
	Fired []bool
	// Overflows are the first ways to put a second token into a safe place,
	// one for each place, the nearest first. Nothing behind them is followed.
	Overflows []Overflow

	tokens   []byte // marking by marking
	arcs     []arc
	parent   []int32 // of each marking: the arc that found it; -1 for the first
	open     []bool  // of each marking: not all that follows it is known
	known    []int32 // a hash table of the markings, open addressing; 0 is free, else a number from 1
	seed     maphash.Seed
	some     *stubborn // finds which transitions are enough; nil: all are fired
	enabled  []int32   // room for those that are enabled in a marking
	overflow []bool    // of each place
	starts   [][]int32 // of each place: the transitions to try when it has a token
}

// Overflow is a transition that, in a marking, would put a second token into
// a safe place.
type Overflow struct{ Marking, Transition, Place int32 }

// arc is a transition that leads from one marking to another.
type arc struct{ from, to, transition int32 }

// Explore goes through the markings that can be reached from one with a token
// in each of some places, breadth first, until there are more than limit. It
// costs, for each marking, the places and the transitions that begin at those
// with tokens.
func (n *Net) Explore(initial []int32, limit int) *Markings {
	return n.explore(initial, limit, nil)
}

func (n *Net) explore(initial []int32, limit int, some *stubborn) *Markings {
	m := &Markings{
		some: some,
		net:  n, Complete: true, Fired: make([]bool, len(n.Transitions)),
		overflow: make([]bool, len(n.Places)), known: make([]int32, 64), seed: maphash.MakeSeed(),
	}
	m.index()
	first := make([]byte, len(n.Places))
	for _, p := range initial {
		first[p] = 1
	}
	m.add(first, -1)
	next := make([]byte, len(n.Places))
	for at := int32(0); int(at) < m.Len(); at++ {
		if m.Len() > limit {
			m.Complete, m.open[at] = false, true
			continue
		}
		m.expand(at, next)
	}
	return m
}

// index lists the transitions at a place where each may begin.
func (m *Markings) index() {
	m.starts = make([][]int32, len(m.net.Places))
	for i, t := range m.net.Transitions {
		at := t.In[:1]
		if t.Some {
			at = t.In
		}
		for _, p := range at {
			m.starts[p] = append(m.starts[p], int32(i))
		}
	}
}

// add returns the number of a marking, which may be new. Markings are many and
// alike, so they are looked up where they lie, without a copy of each as the key
// of a map: that halves the time of Explore.
func (m *Markings) add(tokens []byte, by int32) int32 {
	slot := m.slot(tokens)
	if i := m.known[slot]; i > 0 {
		return i - 1
	}
	i := int32(m.Len())
	m.known[slot] = i + 1
	m.tokens = append(m.tokens, tokens...)
	m.parent = append(m.parent, by)
	m.open = append(m.open, false)
	if 2*m.Len() > len(m.known) {
		m.rehash()
	}
	return i
}

// slot returns where a marking is in the table, or would be.
func (m *Markings) slot(tokens []byte) int {
	mask := len(m.known) - 1
	at := int(maphash.Bytes(m.seed, tokens)) & mask
	for m.known[at] > 0 && !bytes.Equal(m.Tokens(m.known[at]-1), tokens) {
		at = (at + 1) & mask
	}
	return at
}

// rehash doubles the table.
func (m *Markings) rehash() {
	m.known = make([]int32, 2*len(m.known))
	for i := range int32(m.Len()) {
		m.known[m.slot(m.Tokens(i))] = i + 1
	}
}

// expand fires what is enabled in a marking: all, or enough of it.
func (m *Markings) expand(at int32, next []byte) {
	enabled := m.enabled[:0]
	for p := range m.net.Places {
		if m.Tokens(at)[p] == 0 {
			continue
		}
		for _, t := range m.starts[p] {
			if m.net.Transitions[t].enabled(m.Tokens(at), int32(p)) {
				enabled = append(enabled, t)
			}
		}
	}
	m.enabled = enabled
	if m.some != nil {
		enabled = m.some.choose(m.Tokens(at), enabled)
	}
	for _, t := range enabled {
		copy(next, m.Tokens(at))
		m.fire(at, t, next)
	}
}

// enabled reports whether a transition can happen, if p is the first place
// that it takes a token from.
func (t *Transition) enabled(tokens []byte, p int32) bool {
	empty := func(q int32) bool { return tokens[q] == 0 }
	if slices.ContainsFunc(t.None, func(q int32) bool { return !empty(q) }) {
		return false
	}
	if !t.Some {
		return !slices.ContainsFunc(t.In, empty)
	}
	for _, q := range t.In {
		if !empty(q) {
			return q == p && !t.waits(tokens)
		}
	}
	return false
}

// waits reports whether a token can still come to a place of In that has
// none, and has no way to one that has.
func (t *Transition) waits(tokens []byte) bool {
	return slices.ContainsFunc(t.Awaits, func(a Await) bool {
		full := func(i int32) bool { return tokens[t.In[i]] != 0 }
		return tokens[a.Place] != 0 && len(a.Leads) > 0 && !slices.ContainsFunc(a.Leads, full)
	})
}

// fire makes the marking after a transition and adds the arc to it.
func (m *Markings) fire(at, t int32, next []byte) {
	m.Fired[t] = true
	if over := m.net.apply(t, next); over >= 0 {
		m.open[at] = true
		if !m.overflow[over] {
			m.overflow[over] = true
			m.Overflows = append(m.Overflows, Overflow{at, t, over})
		}
		return
	}
	m.arcs = append(m.arcs, arc{at, m.add(next, int32(len(m.arcs))), t})
}

// apply changes a marking as a transition does. It returns the first safe
// place that would get a second token, or -1.
func (n *Net) apply(transition int32, tokens []byte) int32 {
	t := &n.Transitions[transition]
	for _, p := range t.In {
		if tokens[p] > 0 && tokens[p] < Many {
			tokens[p]--
		}
	}
	for _, p := range t.Clear {
		tokens[p] = 0
	}
	for _, p := range t.Out {
		switch {
		case tokens[p] == 0 || n.Places[p] == Buffer && tokens[p] < Many:
			tokens[p]++
		case n.Places[p] == Safe:
			return p
		}
	}
	return -1
}

// Len returns how many markings there are.
func (m *Markings) Len() int { return len(m.parent) }

// Tokens returns how many tokens lie in each place. The caller must not change
// them.
func (m *Markings) Tokens(marking int32) []byte {
	n := len(m.net.Places)
	return m.tokens[int(marking)*n:][:n:n]
}

// Way returns a shortest sequence of transitions that leads to a marking.
func (m *Markings) Way(marking int32) []int32 {
	var way []int32
	for m.parent[marking] >= 0 {
		a := m.arcs[m.parent[marking]]
		way = append(way, a.transition)
		marking = a.from
	}
	slices.Reverse(way)
	return way
}

// Trap is a set of markings that nothing leads out of, though none of them is
// an end: a deadlock where there is one that nothing follows, else a livelock.
type Trap struct {
	Markings []int32 // in ascending order, so the nearest first
	Moves    []int32 // the transitions that happen in it; none in a deadlock
}

// Traps returns the bottom components of the markings in which no marking is
// done and what follows all of them is known, the nearest first.
func (m *Markings) Traps(done func(tokens []byte) bool) []Trap {
	c := m.condense()
	traps := make([]Trap, len(c.Start)-1)
	of, out := make([]int32, m.Len()), make([]bool, len(traps))
	for i := range traps {
		traps[i].Markings = slices.Clone(c.Order[c.Start[i]:c.Start[i+1]])
		slices.Sort(traps[i].Markings)
		for _, marking := range traps[i].Markings {
			of[marking] = int32(i)
			out[i] = out[i] || m.open[marking] || done(m.Tokens(marking))
		}
	}
	for _, a := range m.arcs {
		out[of[a.from]] = out[of[a.from]] || of[a.to] != of[a.from]
	}
	for _, a := range m.arcs {
		if t := &traps[of[a.from]]; !out[of[a.from]] && !slices.Contains(t.Moves, a.transition) {
			t.Moves = append(t.Moves, a.transition)
		}
	}
	var kept []Trap
	for i, trap := range traps {
		if !out[i] {
			kept = append(kept, trap)
		}
	}
	slices.SortFunc(kept, func(a, b Trap) int { return int(a.Markings[0] - b.Markings[0]) })
	return kept
}

func (m *Markings) condense() Components {
	from, to := make([]int32, len(m.arcs)), make([]int32, len(m.arcs))
	for i, a := range m.arcs {
		from[i], to[i] = a.from, a.to
	}
	return CondenseFrom(NewDigraph(m.Len(), from, to), 0)
}
