package convert

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/source"
)

// net is a flow as a state machine: one customer, at one place at a time.
// A move is an edge between two places; it walks a step or nothing.
//
// Every node has a place before it and one after it, which are the same for
// all but steps; an edge of the flow is a move without a step between them.
// Most of these say nothing: where a way cannot part, or cannot meet another,
// its two ends are one place ([net.join]).
type net struct {
	flow      *flow
	moves     []move
	places    int
	start     int // where journeys begin
	satisfied int // where they end well
	root      []int
	before    []int // of each node; -1 where it is not part of the journey
	after     []int
	leaving   [][]int // the moves from each place
}

// move leads from one place to another. Node is the step that it walks, or
// -1; edge is that of the flow which it came from, or -1.
type move struct {
	node, edge int
	from, to   int
	gone       bool // it says nothing any more
	label      source.Spanned[string]
	share      float64 // 0 where nothing is said
}

// newNet makes the net of the journey's pool, in which nothing goes on beside
// anything else any more ([flow.sequence]).
func newNet(f *flow) *net {
	n := &net{flow: f, places: 2, start: 0, satisfied: 1}
	n.before, n.after = make([]int, len(f.nodes)), make([]int, len(f.nodes))
	for i := range f.nodes {
		n.place(i)
	}
	for i, e := range f.edges {
		n.edge(i, e)
	}
	n.arrange()
	n.root, n.leaving = make([]int, n.places), make([][]int, n.places)
	for p := range n.root {
		n.root[p] = p
	}
	for i, m := range n.moves {
		n.leaving[m.from] = append(n.leaving[m.from], i)
	}
	n.join()
	return n
}

// place gives a node its places, and a step its move.
func (n *net) place(i int) {
	node := &n.flow.nodes[i]
	n.before[i], n.after[i] = -1, -1
	switch {
	case node.pool != n.flow.journey:
		return
	case node.kind == start:
		n.before[i], n.after[i] = n.start, n.start
		return
	case node.kind == end && !node.lost:
		n.before[i], n.after[i] = n.satisfied, n.satisfied
		return
	}
	n.before[i], n.after[i] = n.places, n.places
	n.places++
	if node.kind == step {
		n.after[i] = n.places
		n.places++
		n.moves = append(n.moves, move{node: i, edge: -1, from: n.before[i], to: n.after[i]})
	}
}

// edge makes a move of an edge between two nodes of the journey. What runs
// beside a step is no way of the customer.
func (n *net) edge(i int, e edge) {
	if e.besides || n.before[e.from] < 0 || n.before[e.to] < 0 {
		return
	}
	m := move{node: -1, edge: i, from: n.after[e.from], to: n.before[e.to], label: n.flow.answer(e)}
	if e.instead {
		m.from = n.before[e.from]
	}
	if e.share != nil {
		m.share = e.share.Value
	}
	n.moves = append(n.moves, m)
}

// answer is the label of an edge together with the question that a gateway
// asks: a corridor has no gateways, and a mere `yes` says nothing there.
func (f *flow) answer(e edge) source.Spanned[string] {
	label, question := e.label, f.nodes[e.from].name.Value
	if f.nodes[e.from].kind != gateway || label.Value == "" || question == "" {
		return label
	}
	if last, _ := utf8.DecodeLastRuneInString(question); !strings.ContainsRune("?؟:", last) {
		question += ":"
	}
	label.Value = question + " " + label.Value
	return label
}

// arrange puts the moves in the order in which one comes to them from the start,
// so that the paths do not hang on where a program happened to write a step.
func (n *net) arrange() {
	rank := n.flow.ranks()
	order := func(m move) (int, int) {
		if m.node >= 0 {
			return rank[m.node], -1
		}
		return rank[n.flow.edges[m.edge].from], m.edge
	}
	slices.SortStableFunc(n.moves, func(a, b move) int {
		ra, ea := order(a)
		rb, eb := order(b)
		return cmp.Or(cmp.Compare(ra, rb), cmp.Compare(ea, eb))
	})
}

// ranks numbers the nodes as they are come to from the starts, breadth first;
// those that are not come after all others, in the order of the file.
func (f *flow) ranks() []int {
	next, rank := f.following(), make([]int, len(f.nodes))
	for i := range rank {
		rank[i] = len(f.nodes) + i
	}
	var queue []int
	for i, n := range f.nodes {
		if n.kind == start && n.pool == f.journey {
			rank[i] = len(queue)
			queue = append(queue, i)
		}
	}
	for k := 0; k < len(queue); k++ {
		for _, e := range next[queue[k]] {
			if to := f.edges[e].to; rank[to] >= len(f.nodes) {
				rank[to] = len(queue)
				queue = append(queue, to)
			}
		}
	}
	return rank
}

// at returns the place that a place was joined into.
func (n *net) at(p int) int {
	for n.root[p] != p {
		n.root[p] = n.root[n.root[p]]
		p = n.root[p]
	}
	return p
}

// join makes one place of the ends of each empty move that is the only way on
// from its beginning, or the only way to its end: it parts and meets with
// nothing, so that no walk is won or lost.
func (n *net) join() {
	for joined := true; joined; {
		joined = false
		n.settle()
		in, out := n.degrees()
		for i := range n.moves {
			m := &n.moves[i]
			u, v := n.at(m.from), n.at(m.to)
			if m.gone || m.node >= 0 || u == v {
				continue
			}
			if in[v] == 1 && v != n.start {
				n.pass(*m, v)
			} else if out[u] != 1 || u == n.satisfied {
				continue
			}
			n.merge(i)
			w := n.at(u)
			in[w], out[w] = in[u]+in[v]-1, out[u]+out[v]-1
			joined = true
		}
	}
}

// merge makes one place of both ends of an empty move.
func (n *net) merge(i int) {
	keep, other := n.at(n.moves[i].from), n.at(n.moves[i].to)
	if other == n.start || other == n.satisfied && keep != n.start {
		keep, other = other, keep
	}
	n.root[other] = keep
	n.leaving[keep] = append(n.leaving[keep], n.leaving[other]...)
	n.moves[i].gone = true
}

// pass hands what an edge says on to the only move that follows it.
func (n *net) pass(m move, place int) {
	only := -1
	for _, i := range n.leaving[place] {
		if n.moves[i].gone {
			continue
		}
		if only >= 0 {
			return
		}
		only = i
	}
	if only < 0 {
		return
	}
	next := &n.moves[only]
	if next.label.Value == "" {
		next.label = m.label
	}
	if next.share == 0 {
		next.share = m.share
	}
}

// settle drops empty moves that lead nowhere else, or do what another does.
func (n *net) settle() {
	type ends struct{ from, to int }
	first := map[ends]*move{}
	for i := range n.moves {
		m := &n.moves[i]
		m.from, m.to = n.at(m.from), n.at(m.to)
		if m.node >= 0 || m.gone {
			continue
		}
		e := ends{m.from, m.to}
		other := first[e]
		m.gone = m.from == m.to || other != nil
		if other == nil {
			first[e] = m
		} else if m.label.Value != "" && other.label.Value != "" && m.label.Value != other.label.Value {
			other.label.Value += " / " + m.label.Value
		}
	}
}

// degrees counts the moves that lead to and from each place.
func (n *net) degrees() (in, out []int) {
	in, out = make([]int, n.places), make([]int, n.places)
	for _, m := range n.moves {
		if !m.gone {
			out[m.from]++
			in[m.to]++
		}
	}
	return in, out
}
