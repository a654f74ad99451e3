package graph

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// randomNet has few places, so that transitions meet, of all kinds.
func randomNet(r *rand.Rand) (*Net, []int32) {
	n := &Net{Places: make([]PlaceKind, 2+r.IntN(6))}
	for p := range n.Places {
		if r.IntN(3) == 0 {
			n.Places[p] = PlaceKind(r.IntN(3))
		}
	}
	some := func(most int) (places []int32) {
		for _, p := range r.Perm(len(n.Places))[:min(r.IntN(most+1), len(n.Places))] {
			places = append(places, int32(p))
		}
		return places
	}
	for range 1 + r.IntN(8) {
		t := Transition{In: some(2), Out: some(2)}
		if len(t.In) == 0 {
			t.In = []int32{0}
		}
		switch r.IntN(6) {
		case 0:
			t.None = some(1)
		case 1:
			t.Clear = some(2)
		case 2:
			t.Some = true
			for _, p := range some(3) {
				if !slices.Contains(t.In, p) {
					t.Awaits = append(t.Awaits, Await{p, []int32{int32(r.IntN(len(t.In)))}})
				}
			}
		}
		n.Transitions = append(n.Transitions, t)
	}
	return n, append(some(2), 0)[:1]
}

// naiveNext is the marking after a transition, by the definition: "" where it
// cannot happen, "!" where a safe place overflows.
func naiveNext(n *Net, t Transition, tokens string) string {
	take := map[int32]bool{}
	for _, p := range t.In {
		if tokens[p] > '0' {
			take[p] = true
		}
	}
	if len(take) == 0 || !t.Some && len(take) < len(t.In) {
		return ""
	}
	for _, p := range t.None {
		if tokens[p] > '0' {
			return ""
		}
	}
	for _, a := range t.Awaits {
		empty, full := false, false
		for _, i := range a.Leads {
			empty = empty || !take[t.In[i]]
			full = full || take[t.In[i]]
		}
		if t.Some && tokens[a.Place] > '0' && empty && !full {
			return ""
		}
	}
	counts := []byte(tokens)
	for p := range take {
		if counts[p] != '0'+Many {
			counts[p]--
		}
	}
	for _, p := range t.Clear {
		counts[p] = '0'
	}
	for _, p := range t.Out {
		if n.Places[p] == Safe && counts[p] > '0' {
			return "!"
		}
		most := byte('1')
		if n.Places[p] == Buffer {
			most = '0' + Many
		}
		counts[p] = min(counts[p]+1, most)
	}
	return string(counts)
}

// naiveMarkings are the distances of all markings from the first one, and
// what follows each.
func naiveMarkings(n *Net, first string) (distance map[string]int, next map[string][]string) {
	distance, next = map[string]int{first: 0}, map[string][]string{}
	for round := []string{first}; len(round) > 0; {
		var more []string
		for _, m := range round {
			for _, t := range n.Transitions {
				to := naiveNext(n, t, m)
				if to == "" {
					continue
				}
				next[m] = append(next[m], to)
				if _, ok := distance[to]; !ok && to != "!" {
					distance[to] = distance[m] + 1
					more = append(more, to)
				}
			}
		}
		round = more
	}
	return distance, next
}

// naiveAfter are all markings that follow one, with itself.
func naiveAfter(next map[string][]string, from string) map[string]bool {
	after := map[string]bool{from: true}
	for grown := true; grown; {
		grown = false
		for m := range after {
			for _, to := range next[m] {
				grown = grown || !after[to]
				after[to] = true
			}
		}
	}
	return after
}

func digits(tokens []byte) string {
	text := make([]byte, len(tokens))
	for p, c := range tokens {
		text[p] = '0' + c
	}
	return string(text)
}

// TestExplore holds the markings, ways, overflows and traps of random nets to
// their definitions.
func TestExplore(t *testing.T) {
	traps, livelocks, overflows := 0, 0, 0
	for seed := range uint64(3000) {
		n, initial := randomNet(rand.New(rand.NewPCG(seed, 3)))
		m := n.Explore(initial, 100_000)
		distance, next := naiveMarkings(n, digits(m.Tokens(0)))
		if !m.Complete || m.Len() != len(distance) {
			t.Fatalf("seed %d: %d markings, want %d", seed, m.Len(), len(distance))
		}
		for i := range int32(m.Len()) {
			way := m.Way(i)
			if want, ok := distance[digits(m.Tokens(i))]; !ok || len(way) != want || walk(t, n, m, way) != digits(m.Tokens(i)) {
				t.Fatalf("seed %d: the way to marking %s is %v, which has not %d steps", seed, digits(m.Tokens(i)), way, want)
			}
		}
		done := func(tokens []byte) bool { return tokens[0] == 0 }
		want := map[string]bool{}
		for marking := range distance {
			if naiveTrap(next, marking) {
				want[marking] = true
			}
		}
		for _, trap := range m.Traps(done) {
			traps++
			livelocks += min(1, len(trap.Moves))
			for _, i := range trap.Markings {
				if !want[digits(m.Tokens(i))] {
					t.Fatalf("seed %d: %s is in no trap", seed, digits(m.Tokens(i)))
				}
				delete(want, digits(m.Tokens(i)))
			}
		}
		if len(want) > 0 {
			t.Fatalf("seed %d: %v are in traps", seed, want)
		}
		for _, o := range m.Overflows {
			overflows++
			if naiveNext(n, n.Transitions[o.Transition], digits(m.Tokens(o.Marking))) != "!" {
				t.Fatalf("seed %d: %v is no overflow", seed, o)
			}
		}
		if some := naiveAfter(next, digits(m.Tokens(0)))["!"]; some != (len(m.Overflows) > 0) {
			t.Fatalf("seed %d: overflows %v, want some: %v", seed, m.Overflows, some)
		}
	}
	if traps < 50 || livelocks < 50 || overflows < 50 {
		t.Errorf("too few of %d traps, %d of them livelocks, and %d overflows", traps, livelocks, overflows)
	}
}

// naiveTrap reports whether nothing but markings from which it is reached again
// follows a marking, and none of them is done or leads to an overflow.
func naiveTrap(next map[string][]string, marking string) bool {
	for m := range naiveAfter(next, marking) {
		if m == "!" || m[0] == '0' || !naiveAfter(next, m)[marking] {
			return false
		}
	}
	return true
}

// walk returns the marking after a way, each step of which must be possible.
func walk(t *testing.T, n *Net, m *Markings, way []int32) string {
	t.Helper()
	at := digits(m.Tokens(0))
	for _, i := range way {
		if at = naiveNext(n, n.Transitions[i], at); at == "" || at == "!" {
			t.Fatalf("transition %d is not possible on the way %v", i, way)
		}
	}
	return at
}

// TestExploreLimit holds that a search that is cut off says so, and takes for
// traps only what it has seen all of.
func TestExploreLimit(t *testing.T) {
	n := &Net{}
	var initial []int32
	for i := range int32(20) { // independent switches: 2^20 markings, and one trap at the end
		n.Places = append(n.Places, Safe, Safe)
		n.Transitions = append(n.Transitions, Transition{In: []int32{2 * i}, Out: []int32{2*i + 1}})
		initial = append(initial, 2*i)
	}
	m := n.Explore(initial, 1000)
	if m.Complete || m.Len() < 1000 || m.Len() > 1100 {
		t.Errorf("complete %v after %d markings of at most about 1000", m.Complete, m.Len())
	}
	if traps := m.Traps(func([]byte) bool { return false }); len(traps) != 0 {
		t.Errorf("traps %v among markings whose followers are unknown", traps)
	}
}

// BenchmarkExplore goes through three rings of ten places at once.
func BenchmarkExplore(b *testing.B) {
	n := &Net{Places: make([]PlaceKind, 30)}
	for ring := range int32(3) {
		for i := range int32(10) {
			n.Transitions = append(n.Transitions, Transition{In: []int32{10*ring + i}, Out: []int32{10*ring + (i+1)%10}})
		}
	}
	for b.Loop() {
		if m := n.Explore([]int32{0, 10, 20}, 20_000); m.Len() != 1000 || !m.Complete {
			b.Fatal(fmt.Sprint(m.Len(), " markings"))
		}
	}
}

// TestExploreStuck holds that all markings in which nothing can happen are
// found, whatever is left out.
func TestExploreStuck(t *testing.T) {
	fewer := 0
	for seed := range uint64(20_000) {
		n, initial := randomNet(rand.New(rand.NewPCG(seed, 3)))
		all, some := n.Explore(initial, 10_000), n.ExploreStuck(initial, 10_000)
		if want, got := stuck(all), stuck(some); len(all.Overflows) == 0 && !slices.Equal(want, got) {
			t.Fatalf("seed %d: %v from %v is stuck in %q, of which %q are found", seed, n, initial, want, got)
		}
		if some.Len() < all.Len() {
			fewer++
		}
	}
	if fewer < 100 {
		t.Errorf("only %d nets had fewer markings", fewer)
	}
}

// stuck are the markings that nothing leads on from, in order.
func stuck(m *Markings) (all []string) {
	for _, trap := range m.Traps(func([]byte) bool { return false }) {
		if len(trap.Moves) == 0 && len(trap.Markings) == 1 {
			all = append(all, digits(m.Tokens(trap.Markings[0])))
		}
	}
	slices.Sort(all)
	return all
}
