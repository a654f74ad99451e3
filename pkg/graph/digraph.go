package graph

// Digraph is a directed graph in compressed rows. Nodes and edges are numbered
// from 0; there may be several edges between two nodes, and loops.
type Digraph struct {
	From, To []int32 // of each edge
	out, in  rows
}

// rows lists the edges at each node: those of node n are edges[start[n]:start[n+1]].
type rows struct{ start, edges []int32 }

// NewDigraph returns the graph of those edges. It keeps the slices.
func NewDigraph(nodes int, from, to []int32) *Digraph {
	return &Digraph{From: from, To: to, out: newRows(nodes, from), in: newRows(nodes, to)}
}

// newRows sorts edges by a node each; counting keeps their order.
func newRows(nodes int, at []int32) rows {
	r := rows{make([]int32, nodes+1), make([]int32, len(at))}
	for _, n := range at {
		r.start[n+1]++
	}
	for n := range nodes {
		r.start[n+1] += r.start[n]
	}
	next := append([]int32(nil), r.start[:nodes]...)
	for e, n := range at {
		r.edges[next[n]] = int32(e)
		next[n]++
	}
	return r
}

// Nodes returns the number of nodes.
func (g *Digraph) Nodes() int { return len(g.out.start) - 1 }

// Out returns the edges that leave a node, in ascending order. The caller
// must not change them.
func (g *Digraph) Out(node int32) []int32 { return g.out.of(node) }

// In returns the edges that lead to a node, in ascending order. The caller
// must not change them.
func (g *Digraph) In(node int32) []int32 { return g.in.of(node) }

func (r rows) of(node int32) []int32 { return r.edges[r.start[node]:r.start[node+1]] }
