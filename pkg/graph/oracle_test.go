package graph

import (
	"math/rand/v2"
	"testing"

	gonum "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/flow"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
)

// ofGonum is the same graph for gonum, which knows neither double edges nor
// edges from a node to itself; neither changes what is asked.
func ofGonum(g *Digraph) *simple.DirectedGraph {
	o := simple.NewDirectedGraph()
	for n := range g.Nodes() {
		o.AddNode(simple.Node(n))
	}
	for e := range g.From {
		if a, b := g.From[e], g.To[e]; a != b && !o.HasEdgeFromTo(int64(a), int64(b)) {
			o.SetEdge(simple.Edge{F: simple.Node(a), T: simple.Node(b)})
		}
	}
	return o
}

// TestAgainstGonum holds the textbook algorithms to those of another library,
// on graphs too large for the naive ones.
func TestAgainstGonum(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 7))
		nodes := 200 + r.IntN(800)
		g := randomGraph(r, nodes, 2*nodes, float64(seed%4)*0.1)
		o := ofGonum(g)
		tree := flow.Dominators(simple.Node(0), o)
		for n, d := range Dominators(g, 0) {
			want := int64(-1)
			if dominator := tree.DominatorOf(int64(n)); dominator != nil {
				want = dominator.ID()
			}
			if n != 0 && int64(d) != want {
				t.Fatalf("seed %d: the dominator of %d is %d, by gonum %d", seed, n, d, want)
			}
		}
		sameComponents(t, seed, CondenseFrom(g, 0), topo.TarjanSCC(o))
	}
}

func sameComponents(t *testing.T, seed uint64, c Components, want [][]gonum.Node) {
	t.Helper()
	of := make([]int, len(c.Order))
	for i := range c.Start[1:] {
		for _, n := range c.Order[c.Start[i]:c.Start[i+1]] {
			of[n] = i
		}
	}
	if got := len(c.Start) - 1; got != len(want) {
		t.Fatalf("seed %d: %d components, by gonum %d", seed, got, len(want))
	}
	for _, nodes := range want {
		for _, n := range nodes {
			if of[n.ID()] != of[nodes[0].ID()] {
				t.Fatalf("seed %d: %d and %d are of one component by gonum", seed, n.ID(), nodes[0].ID())
			}
		}
	}
}
