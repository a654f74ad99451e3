package graph

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"
)

// blocks is a corridor-like problem: a chain of blocks, each with a few ways
// side by side. Each test is a customer, for whom some steps of the ways need a
// change.
type blocks struct {
	changes int
	bars    [][][][]int // of each test, block and way the changes that it needs
}

// The shape of a chain of blocks.
type shape struct {
	blocks, ways, steps int     // ways of one block, steps of one way
	tests               int     // customers
	barred              float64 // how likely a step is barred for a customer
	shared              int     // changes that steps anywhere may need instead of their own
	sharing             float64 // how likely they do
}

func chain(s shape, seed uint64) *blocks {
	r := rand.New(rand.NewPCG(seed, 3))
	b := &blocks{changes: s.shared + s.blocks*s.ways*s.steps}
	need := make([]int, s.blocks*s.ways*s.steps)
	for i := range need {
		need[i] = s.shared + i
		if s.shared > 0 && r.Float64() < s.sharing {
			need[i] = r.IntN(s.shared)
		}
	}
	for range s.tests {
		test := make([][][]int, s.blocks)
		for i := range test {
			test[i] = make([][]int, s.ways)
			for way := range test[i] {
				first := (i*s.ways + way) * s.steps
				for _, change := range need[first : first+s.steps] {
					if r.Float64() < s.barred {
						test[i][way] = append(test[i][way], change)
					}
				}
			}
		}
		b.bars = append(b.bars, test)
	}
	return b
}

// missing returns the first change that a way lacks, -1 if it is open.
func missing(way []int, chosen []bool) int {
	for _, change := range way {
		if !chosen[change] {
			return change
		}
	}
	return -1
}

func (b *blocks) opens(test int, chosen []bool) bool {
	return b.cut(test, chosen) == nil
}

func (b *blocks) cut(test int, chosen []bool) []int {
	for _, block := range b.bars[test] {
		var cut []int
		for _, way := range block {
			change := missing(way, chosen)
			if change < 0 {
				cut = nil
				break
			}
			cut = append(cut, change)
		}
		if cut != nil {
			return cut
		}
	}
	return nil
}

func (b *blocks) problem(cuts bool, calls *int) HittingProblem {
	p := HittingProblem{N: b.changes, Tests: len(b.bars), Opens: func(test int, chosen []bool) bool {
		*calls++
		return b.opens(test, chosen)
	}}
	if cuts {
		p.Cut = func(test int, chosen []bool) []int { *calls++; return b.cut(test, chosen) }
	}
	return p
}

func benchHits(b *testing.B, s shape, cuts bool) {
	p := chain(s, 1)
	var a HittingAnswer
	calls := 0
	for range b.N {
		calls = 0
		ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
		a = MinimumHit(ctx, p.problem(cuts, &calls), Budget{})
		cancel()
	}
	b.ReportAllocs()
	b.ReportMetric(float64(calls), "calls")
	b.ReportMetric(float64(len(a.Chosen)), "changes")
	b.ReportMetric(float64(a.Bound), "bound")
}

func BenchmarkHitCell(b *testing.B) {
	s := shape{blocks: 3, ways: 2, steps: 16, tests: 1, barred: 0.15, shared: 4, sharing: 0.1}
	b.Run("opens", func(b *testing.B) { benchHits(b, s, false) })
	b.Run("cuts", func(b *testing.B) { benchHits(b, s, true) })
}

// Chains of 1,000 steps.
func BenchmarkHitChain(b *testing.B) {
	own := shape{blocks: 20, ways: 5, steps: 10, tests: 10, barred: 0.11}
	b.Run("own/opens", func(b *testing.B) { benchHits(b, own, false) })
	b.Run("own/cuts", func(b *testing.B) { benchHits(b, own, true) })
	shared := shape{blocks: 20, ways: 5, steps: 10, tests: 20, barred: 0.08, shared: 40, sharing: 0.2}
	b.Run("shared/opens", func(b *testing.B) { benchHits(b, shared, false) })
	b.Run("shared/cuts", func(b *testing.B) { benchHits(b, shared, true) })
	mixed := shape{blocks: 20, ways: 5, steps: 10, tests: 20, barred: 0.1, shared: 200, sharing: 1}
	b.Run("mixed/cuts", func(b *testing.B) { benchHits(b, mixed, true) })
}

// wrecked is a chain in which few changes are shared by all steps, so that
// nothing falls apart: it is not solved within the time, but stops.
var wrecked = shape{blocks: 20, ways: 5, steps: 10, tests: 20, barred: 0.2, shared: 60, sharing: 1}

func BenchmarkHitWrecked(b *testing.B) { benchHits(b, wrecked, true) }
