package main

import (
	"fmt"
	"time"

	gonum "gonum.org/v1/gonum/graph"
	"gonum.org/v1/gonum/graph/flow"
	"gonum.org/v1/gonum/graph/simple"
	"gonum.org/v1/gonum/graph/topo"
	"gonum.org/v1/gonum/graph/traverse"

	"github.com/customer-corridor/corridor/pkg/graph"
)

// ofGonum returns some edges of a graph as gonum's, without double ones and
// those from a node to itself, which it does not know.
func ofGonum(from, to []int32, keep func(int) bool) *simple.DirectedGraph {
	o := simple.NewDirectedGraph()
	for n := range nodes {
		o.AddNode(simple.Node(n))
	}
	for e := range from {
		if a, b := int64(from[e]), int64(to[e]); a != b && keep(e) {
			o.SetEdge(simple.Edge{F: simple.Node(a), T: simple.Node(b)})
		}
	}
	return o
}

// byGonum does the work with gonum, holds its answers against ours, and
// returns its seconds.
func byGonum(g *graph.Digraph, l graph.Lanes, found []graph.Finding, components int, dominators []int32) (map[string]float64, error) {
	whole := ofGonum(g.From, g.To, func(int) bool { return true })
	var count int
	var tree flow.DominatorTree
	figures := map[string]float64{
		"components": once(func() { count = len(topo.TarjanSCC(whole)) }),
		"dominators": once(func() { tree = flow.Dominators(simple.Node(0), whole) }),
	}
	if count != components {
		return nil, fmt.Errorf("gonum finds %d components, not %d", count, components)
	}
	for n, d := range dominators {
		if t := tree.DominatorOf(int64(n)); n > 0 && (t == nil) != (d < 0) || t != nil && n > 0 && t.ID() != int64(d) {
			return nil, fmt.Errorf("gonum has another dominator of %d than %d", n, d)
		}
	}
	for lane := range compared {
		seconds, err := laneByGonum(g, l, lane, found[lane])
		if err != nil {
			return nil, err
		}
		figures["lanes"] += seconds / compared * lanes
	}
	return figures, nil
}

// laneByGonum answers for one lane as graph.Sweep does.
func laneByGonum(g *graph.Digraph, l graph.Lanes, lane int, want graph.Finding) (float64, error) {
	allowed := func(e int) bool { return l.Masks[l.Mask[e]][lane>>6]>>(lane&63)&1 != 0 }
	var reached, onward []bool
	ways := ofGonum(g.From, g.To, allowed)
	seconds := once(func() { reached = reach(ways, 0) })
	through := reached[nodes-1]
	kept := func(e int) bool {
		if through {
			return allowed(e) && reached[g.From[e]]
		}
		return !reached[g.From[e]] && !reached[g.To[e]]
	}
	back := ofGonum(g.To, g.From, kept)
	seconds += once(func() { onward = reach(back, nodes-1) })
	matter := 0
	for e := range g.From {
		a, b := g.From[e], g.To[e]
		if through && allowed(e) && reached[a] && onward[a] && !onward[b] || !through && reached[a] && !reached[b] && onward[b] {
			matter++
		}
	}
	if through != want.Reaches || matter != len(want.Edges) {
		return 0, fmt.Errorf("gonum answers lane %d otherwise", lane)
	}
	return seconds, nil
}

func reach(g gonum.Directed, from int64) []bool {
	seen := make([]bool, nodes)
	search := traverse.BreadthFirst{Visit: func(n gonum.Node) { seen[n.ID()] = true }}
	search.Walk(g, simple.Node(from), nil)
	return seen
}

func once(f func()) float64 {
	begin := time.Now()
	f()
	return time.Since(begin).Seconds()
}
