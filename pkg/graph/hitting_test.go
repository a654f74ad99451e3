package graph

import (
	"context"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// families is a problem given by the sets that open each test, one bit each.
type families struct {
	n    int
	sets [][]uint
}

func (f families) opens(test int, chosen uint) bool {
	return slices.ContainsFunc(f.sets[test], func(s uint) bool { return s&^chosen == 0 })
}

// doors is a problem given by a graph for each test: 0 is to be joined to the
// last node, and an edge is open when all of its changes are chosen.
type doors struct {
	n     int
	nodes int
	edges [][]door
}

type door struct {
	from, to int
	needs    uint
}

func (d doors) opens(test int, chosen uint) bool { return d.reach(test, chosen)[d.nodes-1] }

func (d doors) reach(test int, chosen uint) []bool {
	in := make([]bool, d.nodes)
	in[0] = true
	for more := true; more; {
		more = false
		for _, e := range d.edges[test] {
			if in[e.from] && !in[e.to] && e.needs&^chosen == 0 {
				in[e.to], more = true, true
			}
		}
	}
	return in
}

// cut returns what is missing at the doors that can be reached.
func (d doors) cut(test int, chosen uint) []int {
	in := d.reach(test, chosen)
	var cut []int
	for _, e := range d.edges[test] {
		if in[e.from] && !in[e.to] {
			cut = append(cut, bits.TrailingZeros(e.needs&^chosen))
		}
	}
	return cut
}

func asBits(chosen []bool) uint {
	var set uint
	for i, c := range chosen {
		if c {
			set |= 1 << i
		}
	}
	return set
}

// bruteForce tries all sets, small ones first, those of a size in order.
func bruteForce(n, tests int, opens func(int, uint) bool) HittingAnswer {
	best := HittingAnswer{Exact: true}
	for set := range uint(1) << n {
		all := true
		for test := 0; test < tests && all; test++ {
			all = opens(test, set)
		}
		var chosen []int
		for i := range n {
			if set>>i&1 != 0 {
				chosen = append(chosen, i)
			}
		}
		if all && (!best.Possible || len(chosen) < best.Bound || len(chosen) == best.Bound && slices.Compare(chosen, best.Chosen) < 0) {
			best = HittingAnswer{Chosen: chosen, Possible: true, Exact: true, Bound: len(chosen)}
		}
	}
	return best
}

func randomFamilies(r *rand.Rand) families {
	f := families{n: 1 + r.IntN(12), sets: make([][]uint, r.IntN(6))}
	for test := range f.sets {
		for range r.IntN(7) {
			f.sets[test] = append(f.sets[test], randomSet(r, f.n, 1+r.IntN(4)))
		}
		if r.IntN(4) > 0 { // mostly possible
			f.sets[test] = append(f.sets[test], randomSet(r, f.n, 1+r.IntN(6)))
		}
	}
	return f
}

func randomSet(r *rand.Rand, n, size int) uint {
	var set uint
	for range size {
		set |= 1 << r.IntN(n)
	}
	return set
}

func randomDoors(r *rand.Rand) doors {
	d := doors{n: 1 + r.IntN(12), nodes: 2 + r.IntN(7), edges: make([][]door, 1+r.IntN(4))}
	for test := range d.edges {
		for range 1 + r.IntN(3*d.nodes) {
			e := door{r.IntN(d.nodes), r.IntN(d.nodes), 0}
			if r.IntN(5) > 0 {
				e.needs = randomSet(r, d.n, 1+r.IntN(3))
			}
			d.edges[test] = append(d.edges[test], e)
		}
	}
	return d
}

func checkAnswer(t *testing.T, what string, got, want HittingAnswer) {
	t.Helper()
	if !slices.Equal(got.Chosen, want.Chosen) || got.Possible != want.Possible || got.Exact != want.Exact || got.Bound != want.Bound {
		t.Fatalf("%s: got %+v, want %+v", what, got, want)
	}
}

func TestMinimumHitOnFamilies(t *testing.T) {
	for seed := range uint64(6000) {
		f := randomFamilies(rand.New(rand.NewPCG(seed, 1)))
		want := bruteForce(f.n, len(f.sets), f.opens)
		got := MinimumHit(context.Background(), HittingProblem{
			N: f.n, Tests: len(f.sets), Opens: func(test int, chosen []bool) bool { return f.opens(test, asBits(chosen)) },
		}, Budget{})
		checkAnswer(t, fmt.Sprintf("seed %d: %v", seed, f), got, want)
	}
}

func TestMinimumHitOnDoors(t *testing.T) {
	for seed := range uint64(4000) {
		d := randomDoors(rand.New(rand.NewPCG(seed, 2)))
		want := bruteForce(d.n, len(d.edges), d.opens)
		p := HittingProblem{
			N: d.n, Tests: len(d.edges), Opens: func(test int, chosen []bool) bool { return d.opens(test, asBits(chosen)) },
		}
		checkAnswer(t, fmt.Sprintf("seed %d without cuts: %v", seed, d), MinimumHit(context.Background(), p, Budget{}), want)
		p.Cut = func(test int, chosen []bool) []int { return d.cut(test, asBits(chosen)) }
		checkAnswer(t, fmt.Sprintf("seed %d with cuts: %v", seed, d), MinimumHit(context.Background(), p, Budget{}), want)
	}
}

var _ = time.Now
