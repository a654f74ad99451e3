package graph

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// randomGraph has edges mostly to near nodes, some of them backward, double or
// from a node to itself, as a corridor has.
func randomGraph(r *rand.Rand, nodes, edges int, backward float64) *Digraph {
	from, to := make([]int32, edges), make([]int32, edges)
	for e := range from {
		a, b := r.IntN(nodes), 0
		if r.Float64() < backward {
			b = r.IntN(a + 1)
		} else {
			b = min(nodes-1, a+1+r.IntN(8))
		}
		from[e], to[e] = int32(a), int32(b)
	}
	return NewDigraph(nodes, from, to)
}

// reach returns what is reached from a node through edges and nodes that are
// allowed.
func reach(g *Digraph, root int32, edge func(int) bool, node func(int32) bool) []bool {
	seen := make([]bool, g.Nodes())
	seen[root] = true
	for grown := true; grown; {
		grown = false
		for e := range g.From {
			if a, b := g.From[e], g.To[e]; seen[a] && !seen[b] && edge(e) && node(b) {
				seen[b], grown = true, true
			}
		}
	}
	return seen
}

func anyEdge(int) bool   { return true }
func anyNode(int32) bool { return true }

func randomGraphs(t *testing.T, try func(*testing.T, *rand.Rand, *Digraph)) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		nodes := 1 + r.IntN(14)
		g := randomGraph(r, nodes, r.IntN(3*nodes), float64(seed%4)*0.15)
		t.Run(fmt.Sprint(seed), func(t *testing.T) { try(t, r, g) })
	}
}

func TestCondenseFrom(t *testing.T) {
	randomGraphs(t, func(t *testing.T, r *rand.Rand, g *Digraph) {
		c := CondenseFrom(g, int32(r.IntN(g.Nodes())))
		if got := slices.Sorted(slices.Values(c.Order)); len(got) != g.Nodes() || !slices.IsSorted(got) || len(slices.Compact(got)) != g.Nodes() {
			t.Fatalf("order %v is not one of all nodes", c.Order)
		}
		of := make([]int, g.Nodes())
		for i := range c.Start[1:] {
			for _, n := range c.Order[c.Start[i]:c.Start[i+1]] {
				of[n] = i
			}
		}
		for a := range int32(g.Nodes()) {
			from := reach(g, a, anyEdge, anyNode)
			for b := range int32(g.Nodes()) {
				both := from[b] && reach(g, b, anyEdge, anyNode)[a]
				if both != (of[a] == of[b]) || from[b] && of[a] > of[b] {
					t.Fatalf("nodes %d and %d are in components %d and %d of %v", a, b, of[a], of[b], g)
				}
			}
		}
	})
}

func TestDominators(t *testing.T) {
	randomGraphs(t, func(t *testing.T, r *rand.Rand, g *Digraph) {
		root := int32(r.IntN(g.Nodes()))
		got := Dominators(g, root)
		if want := naiveDominators(g, root); !slices.Equal(got, want) {
			t.Fatalf("%v from %d: got %v, want %v", g, root, got, want)
		}
	})
}

// naiveDominators leaves out each node in turn. The immediate dominator is
// the one that all other dominators dominate.
func naiveDominators(g *Digraph, root int32) []int32 {
	reached := reach(g, root, anyEdge, anyNode)
	dominates := make([][]bool, g.Nodes())
	for d := range int32(g.Nodes()) {
		without := make([]bool, g.Nodes())
		if d != root {
			without = reach(g, root, anyEdge, func(n int32) bool { return n != d })
		}
		dominates[d] = make([]bool, g.Nodes())
		for n := range reached {
			dominates[d][n] = reached[n] && int32(n) != d && !without[n]
		}
	}
	idom := make([]int32, g.Nodes())
	for n := range idom {
		idom[n] = -1
		for d := range dominates {
			if dominates[d][n] && (idom[n] < 0 || dominates[idom[n]][d]) {
				idom[n] = int32(d)
			}
		}
	}
	return idom
}

func TestSweep(t *testing.T) {
	randomGraphs(t, func(t *testing.T, r *rand.Rand, g *Digraph) {
		l := randomLanes(r, g, 1+r.IntN(300))
		got := NewSweep(g, int32(r.IntN(g.Nodes()))).Answer(l)
		for lane := range l.Sources {
			if want := naiveFinding(g, l, lane); got[lane].Reaches != want.Reaches || !slices.Equal(got[lane].Edges, want.Edges) {
				t.Fatalf("lane %d from %d to %d: got %v, want %v", lane, l.Sources[lane], l.Targets[lane], got[lane], want)
			}
		}
	})
}

// randomLanes has a few sets of lanes in which edges can be passed.
func randomLanes(r *rand.Rand, g *Digraph, lanes int) Lanes {
	var l Lanes
	for range lanes {
		l.Sources = append(l.Sources, int32(r.IntN(g.Nodes())))
		l.Targets = append(l.Targets, int32(r.IntN(g.Nodes())))
	}
	for range 5 {
		mask := make([]uint64, (lanes+63)/64)
		for lane := range lanes {
			if r.IntN(4) > 0 {
				mask[lane>>6] |= 1 << (lane & 63)
			}
		}
		l.Masks = append(l.Masks, mask)
	}
	for range g.From {
		l.Mask = append(l.Mask, int32(r.IntN(len(l.Masks))))
	}
	return l
}

func naiveFinding(g *Digraph, l Lanes, lane int) Finding {
	passable := func(e int) bool { return l.Masks[l.Mask[e]][lane>>6]>>(lane&63)&1 != 0 }
	reached := reach(g, l.Sources[lane], passable, anyNode)
	target := l.Targets[lane]
	f := Finding{Reaches: reached[target]}
	leads := func(n int32) bool {
		return reach(g, n, func(e int) bool { return !f.Reaches || passable(e) }, func(n int32) bool { return f.Reaches || !reached[n] })[target]
	}
	for e := range g.From {
		a, b := g.From[e], g.To[e]
		switch {
		case !reached[a]:
		case f.Reaches && passable(e) && leads(a) && !leads(b), !f.Reaches && !reached[b] && leads(b):
			f.Edges = append(f.Edges, int32(e))
		}
	}
	return f
}

// bigGraph is as those of research: layers with an edge on from each node,
// and some back.
func bigGraph(nodes, edges int, backward float64) *Digraph {
	r := rand.New(rand.NewPCG(1, 1))
	from, to := make([]int32, edges), make([]int32, edges)
	for e := range from {
		a := e % nodes
		b := min(nodes-1, a+1+r.IntN(20))
		if e >= nodes && r.Float64() < backward {
			b = max(0, a-r.IntN(20))
		}
		if e < nodes-1 && e%3 == 0 {
			b = e + 1
		}
		from[e], to[e] = int32(a), int32(b)
	}
	return NewDigraph(nodes, from, to)
}

func BenchmarkDominators(b *testing.B) {
	g := bigGraph(100_000, 250_000, 0.02)
	for b.Loop() {
		Dominators(g, 0)
	}
}

func BenchmarkNewSweep(b *testing.B) {
	g := bigGraph(100_000, 250_000, 0.02)
	for b.Loop() {
		NewSweep(g, 0)
	}
}

// BenchmarkSweep asks for 1,000 lanes in which one edge signature of eighty
// is barred here and there.
func BenchmarkSweep(b *testing.B) {
	for _, size := range []struct{ nodes, edges int }{{100_000, 100_000}, {100_000, 250_000}, {1_000_000, 1_000_000}} {
		b.Run(fmt.Sprintf("%d-%d", size.nodes, size.edges), func(b *testing.B) {
			g := bigGraph(size.nodes, size.edges, 0.02)
			l := bigLanes(g, 1000)
			s := NewSweep(g, 0)
			reaches, edges := 0, 0
			for b.Loop() {
				reaches, edges = 0, 0
				for _, f := range s.Answer(l) {
					edges += len(f.Edges)
					if f.Reaches {
						reaches++
					}
				}
			}
			b.ReportMetric(float64(reaches), "reach")
			b.ReportMetric(float64(edges), "edges")
		})
	}
}

func bigLanes(g *Digraph, lanes int) Lanes {
	r := rand.New(rand.NewPCG(2, 2))
	l := Lanes{Sources: make([]int32, lanes), Targets: make([]int32, lanes)}
	for lane := range l.Targets {
		l.Targets[lane] = int32(g.Nodes() - 1)
	}
	for m := range 80 {
		mask := make([]uint64, (lanes+63)/64)
		for lane := range lanes {
			if m == 0 || r.IntN(1000) > 0 {
				mask[lane>>6] |= 1 << (lane & 63)
			}
		}
		l.Masks = append(l.Masks, mask)
	}
	for range g.From {
		m := 0
		if r.IntN(5) == 0 {
			m = r.IntN(80)
		}
		l.Mask = append(l.Mask, int32(m))
	}
	return l
}
