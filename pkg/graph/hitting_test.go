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

// sets is a problem with a test for each cut, open when the cut is hit.
func setsProblem(n int, cuts [][]int) HittingProblem {
	return HittingProblem{N: n, Tests: len(cuts), Opens: func(test int, chosen []bool) bool {
		return slices.ContainsFunc(cuts[test], func(e int) bool { return chosen[e] })
	}, Cut: func(test int, _ []bool) []int { return cuts[test] }}
}

func randomCuts(r *rand.Rand) (n int, cuts [][]int) {
	n = 4 + r.IntN(27)
	size := 2 + r.IntN(3)
	for range r.IntN(2 * n) {
		var cut []int
		for range size + r.IntN(2) {
			cut = append(cut, r.IntN(n))
		}
		cuts = append(cuts, cut)
	}
	return n, cuts
}

// naiveHit decides element by element in order, smaller sizes first, so that
// the first set it finds is the answer.
func naiveHit(n int, cuts [][]int) []int {
	for size := 0; ; size++ {
		if chosen, ok := naiveStep(n, 0, size, cuts); ok {
			return chosen
		}
	}
}

func naiveStep(n, e, size int, cuts [][]int) ([]int, bool) {
	apart := map[int]bool{}
	need := 0
	for _, cut := range cuts {
		late := slices.DeleteFunc(slices.Clone(cut), func(x int) bool { return x < e })
		if len(late) == 0 {
			return nil, false
		}
		if !slices.ContainsFunc(late, func(x int) bool { return apart[x] }) {
			need++
			for _, x := range late {
				apart[x] = true
			}
		}
	}
	if need == 0 || need > size {
		return nil, need == 0
	}
	missed := slices.DeleteFunc(slices.Clone(cuts), func(c []int) bool { return slices.Contains(c, e) })
	if len(missed) < len(cuts) {
		if rest, ok := naiveStep(n, e+1, size-1, missed); ok {
			return append([]int{e}, rest...), true
		}
	}
	return naiveStep(n, e+1, size, cuts)
}

func TestMinimumHitOnCuts(t *testing.T) {
	for seed := range uint64(800) {
		n, cuts := randomCuts(rand.New(rand.NewPCG(seed, 4)))
		chosen := naiveHit(n, cuts)
		want := HittingAnswer{chosen, true, true, len(chosen)}
		checkAnswer(t, fmt.Sprintf("seed %d: %d, %v", seed, n, cuts), MinimumHit(context.Background(), setsProblem(n, cuts), Budget{}), want)
	}
}

// Blocks of their own changes are solved one by one, so brute force can do it
// for far more changes than it could try at once.
func TestMinimumHitOnChains(t *testing.T) {
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 5))
		s := shape{blocks: 1 + r.IntN(30), ways: 2 + r.IntN(2), steps: 2, tests: 1 + r.IntN(5), barred: 0.5}
		b := chain(s, seed)
		order := r.Perm(b.changes)
		b.rename(order)
		calls := 0
		for _, cuts := range []bool{true, false} {
			got := MinimumHit(context.Background(), b.problem(cuts, &calls), Budget{})
			want := chainAnswer(b, s, order)
			checkAnswer(t, fmt.Sprintf("seed %d: %+v", seed, s), got, HittingAnswer{want, true, true, len(want)})
		}
	}
}

// The answer is one, whatever cuts it was found by; where all steps share their
// changes it takes many.
func TestMinimumHitByOtherCuts(t *testing.T) {
	for seed := range uint64(3) {
		b := chain(shape{blocks: 16, ways: 5, steps: 10, tests: 8, barred: 0.13, shared: 120, sharing: 1}, seed)
		calls := 0
		want := MinimumHit(context.Background(), b.problem(true, &calls), Budget{})
		got := MinimumHit(context.Background(), b.problem(false, &calls), Budget{})
		checkAnswer(t, fmt.Sprintf("seed %d", seed), got, want)
		b.backwards()
		got = MinimumHit(context.Background(), b.problem(true, &calls), Budget{})
		checkAnswer(t, fmt.Sprintf("seed %d backwards", seed), got, want)
	}
}

// backwards turns blocks and ways around, which changes no answer.
func (b *blocks) backwards() {
	for _, test := range b.bars {
		slices.Reverse(test)
		for _, block := range test {
			for _, way := range block {
				slices.Reverse(way)
			}
		}
	}
	slices.Reverse(b.bars)
}

// rename gives change i the name names[i].
func (b *blocks) rename(names []int) {
	for _, test := range b.bars {
		for _, block := range test {
			for _, way := range block {
				for i, change := range way {
					way[i] = names[change]
				}
			}
		}
	}
}

// chainAnswer solves a chain without shared changes block by block; names[i] is
// the name of change i.
func chainAnswer(b *blocks, s shape, names []int) []int {
	var all []int
	size := s.ways * s.steps
	for i := range s.blocks {
		own := slices.Sorted(slices.Values(names[i*size : (i+1)*size]))
		best := bruteForce(size, s.tests, func(test int, set uint) bool {
			chosen := make([]bool, b.changes)
			for j, change := range own {
				chosen[change] = set>>j&1 != 0
			}
			return slices.ContainsFunc(b.bars[test][i], func(way []int) bool { return missing(way, chosen) < 0 })
		})
		for _, j := range best.Chosen {
			all = append(all, own[j])
		}
	}
	slices.Sort(all)
	return all
}

// A search that is cut short tells nothing false, and the same each time.
func TestMinimumHitWithinBudget(t *testing.T) {
	for seed := range uint64(800) {
		r := rand.New(rand.NewPCG(seed, 6))
		n, cuts := randomCuts(r)
		p, least := setsProblem(n, cuts), len(naiveHit(n, cuts))
		budget := Budget{Nodes: 1 + r.IntN(60)}
		got := MinimumHit(context.Background(), p, budget)
		if again := MinimumHit(context.Background(), p, budget); !slices.Equal(got.Chosen, again.Chosen) || got.Bound != again.Bound {
			t.Fatalf("seed %d: %+v, then %+v", seed, got, again)
		}
		checkHonest(t, fmt.Sprintf("seed %d, %d nodes", seed, budget.Nodes), p, got, least)
	}
}

// checkHonest holds an answer that need not be exact to what is true.
func checkHonest(t *testing.T, what string, p HittingProblem, got HittingAnswer, least int) {
	t.Helper()
	if !got.Possible {
		if got.Exact || got.Chosen != nil || got.Bound != 0 {
			t.Fatalf("%s: %+v for a possible problem", what, got)
		}
		return
	}
	chosen := make([]bool, p.N)
	for _, e := range got.Chosen {
		chosen[e] = true
	}
	for test := range p.Tests {
		if !p.Opens(test, chosen) {
			t.Fatalf("%s: %v does not open test %d", what, got.Chosen, test)
		}
	}
	if got.Bound > least || len(got.Chosen) < least || got.Exact && (got.Bound != least || len(got.Chosen) != least) {
		t.Fatalf("%s: %+v, but %d are needed", what, got, least)
	}
}

func TestMinimumHitIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	calls := 0
	got := MinimumHit(ctx, chain(wrecked, 1).problem(true, &calls), Budget{})
	checkAnswer(t, "cancelled", got, HittingAnswer{})
	if calls > 0 {
		t.Errorf("%d calls after the context was cancelled", calls)
	}
}

func TestMinimumHitStopsAtDeadline(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	calls := 0
	p := chain(wrecked, 1).problem(true, &calls)
	start := time.Now()
	got := MinimumHit(ctx, p, Budget{})
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
	if !got.Possible || got.Exact || got.Bound < 10 || got.Bound > len(got.Chosen) || len(got.Chosen) > p.N/2 {
		t.Errorf("got %+v", got)
	}
	checkHonest(t, "deadline", p, got, min(got.Bound, len(got.Chosen)))
}

func TestMinimumHitOfNothing(t *testing.T) {
	opens := func(int, []bool) bool { return true }
	checkAnswer(t, "no test", MinimumHit(context.Background(), HittingProblem{N: 3}, Budget{}), HittingAnswer{nil, true, true, 0})
	checkAnswer(t, "no change", MinimumHit(context.Background(), HittingProblem{Tests: 2, Opens: opens}, Budget{}), HittingAnswer{nil, true, true, 0})
	never := func(int, []bool) bool { return false }
	checkAnswer(t, "no hope", MinimumHit(context.Background(), HittingProblem{Tests: 2, Opens: never}, Budget{}), HittingAnswer{Exact: true})
}
