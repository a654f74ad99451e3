package convert

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/graph"
)

// maxParallel is how many places at which several ways are walked are brought
// into an order; each looks through the whole flow.
const maxParallel = 500

// maxOrdering is how many ways are looked through for all these places.
const maxOrdering = 8_000_000

// sequence returns the flow with one thing after the other. A customer who
// must walk all of several branches gets through if each of them is open,
// whatever their order, so the branches between a split and where they meet
// again are walked in the order of the file. Of those of which some are
// walked, each can be passed over. What it did is told.
func (f *flow) sequence() *flow {
	s := *f
	s.nodes = append(make([]node, 0, len(f.nodes)+4), f.nodes...) // a few more are added, and they are large
	s.edges = append([]edge(nil), f.edges...)
	done, ways := 0, make([]int, len(f.nodes))
	for _, e := range f.edges {
		if !e.instead && !e.besides {
			ways[e.from]++
		}
	}
	for i := range f.nodes {
		if n := &s.nodes[i]; n.pool != f.journey || n.split == one || ways[i] < 2 {
			continue
		}
		if done++; done > maxParallel || done*len(f.edges) > maxOrdering {
			s.bound(f.nodes[i].span, subjectOf(f.nodes[i]), fmt.Sprintf("ways part to be walked together at more than %d places; from here on they are read as a choice", done-1),
				"Import the model in parts.")
			break
		}
		s.order(i)
	}
	return &s
}

// subjectOf is the subject of findings about a node.
func subjectOf(n node) string { return "nodes." + n.key }

// called is how a message calls a node.
func (f *flow) called(i int) string {
	n := f.nodes[i]
	if n.name.Value != "" {
		return finding.Quote(n.name.Value)
	}
	if n.kind == gateway { // its key is the business of a program
		return fmt.Sprintf("line %d", n.span.From().Line)
	}
	return finding.Quote(n.key)
}

// branches returns the edges by which the ways from a node part.
func (f *flow) branches(i int) []int {
	var all []int
	for k, e := range f.edges {
		if e.from == i && !e.instead && !e.besides {
			all = append(all, k)
		}
	}
	return all
}

// order brings the branches of one split into an order.
func (f *flow) order(split int) {
	branches := f.branches(split)
	meet := f.meeting(split)
	owner, clear := f.regions(split, meet, branches)
	if !clear {
		f.bound(f.nodes[split].span, subjectOf(f.nodes[split]),
			fmt.Sprintf("the ways that part at %s to be walked together run into each other before they meet; they are read as a choice", f.called(split)),
			"Who gets through may depend on it: let each split have a join of its own, or check the steps of these ways by hand.")
		f.nodes[split].split = one
		return
	}
	f.tellOrder(split, len(branches))
	gates := f.gates(split, branches)
	for k := range f.edges[:len(f.edges)] {
		e := &f.edges[k]
		branch, inside := owner[e.from]
		if e.from == split || !inside || !f.leavesBranch(e, meet) {
			continue
		}
		if branch+1 < len(branches) || meet >= 0 {
			e.to = gates[branch+1]
		}
	}
	f.link(split, meet, branches, gates)
}

// gates adds a gateway before each branch of a split and one after the last.
func (f *flow) gates(split int, branches []int) []int {
	gates := make([]int, len(branches)+1)
	for b := range gates {
		n := f.nodes[split]
		gates[b] = f.node(node{kind: gateway, pool: n.pool, key: n.key, name: n.name, span: n.span})
	}
	return gates
}

// link leads from a split through its gates, one branch after the other.
func (f *flow) link(split, meet int, branches, gates []int) {
	optional := f.nodes[split].split == some
	f.nodes[split].split = one
	for b, k := range branches {
		e := f.edges[k]
		f.edges[k] = edge{from: gates[b], to: e.to, span: e.span, label: e.label}
		if e.to == meet { // a branch on which nothing happens
			f.edges[k].to = gates[b+1]
		}
		if optional {
			f.edge(edge{from: gates[b], to: gates[b+1], span: e.span})
		}
	}
	f.edge(edge{from: split, to: gates[0], span: f.nodes[split].span})
	last := gates[len(branches)]
	if meet < 0 { // the branches end each by itself
		meet = f.node(node{kind: end, pool: f.nodes[split].pool, key: f.nodes[split].key, span: f.nodes[split].span})
	}
	f.nodes[meet].join = one
	f.edge(edge{from: last, to: meet, span: f.nodes[split].span})
}

// tellOrder says what an order means for the answers.
func (f *flow) tellOrder(split, branches int) {
	what := "are all walked, at once or in any order; they are read one after the other, so that times add up"
	if f.nodes[split].split == some {
		what = "are walked in part; each of them is read as one that may be passed over"
	}
	f.bound(f.nodes[split].span, subjectOf(f.nodes[split]),
		fmt.Sprintf("the %d ways that part at %s %s", branches, f.called(split), what),
		"Who gets through is the same as long as no step needs what another way gives; look at the order of these steps.")
}

// leavesBranch reports whether an edge leads out of a branch: to where the
// branches meet or, where each ends by itself, to a good end.
func (f *flow) leavesBranch(e *edge, meet int) bool {
	if meet >= 0 {
		return e.to == meet
	}
	return f.nodes[e.to].kind == end && !f.nodes[e.to].lost
}

// regions tells for each node behind a split on which of its branches it is.
// It is not clear where a node is on two.
func (f *flow) regions(split, meet int, branches []int) (owner map[int]int, clear bool) {
	next := f.following()
	owner = map[int]int{}
	for b, k := range branches {
		queue := []int{f.edges[k].to}
		for len(queue) > 0 {
			i := queue[0]
			queue = queue[1:]
			if at, seen := owner[i]; i == meet || i == split || seen && at == b {
				continue
			} else if seen && !(meet < 0 && f.nodes[i].kind == end) {
				return nil, false
			}
			owner[i] = b
			for _, e := range next[i] {
				queue = append(queue, f.edges[e].to)
			}
		}
	}
	return owner, true
}

// following lists the edges that leave each node.
func (f *flow) following() [][]int {
	next := make([][]int, len(f.nodes))
	for k, e := range f.edges {
		next[e.from] = append(next[e.from], k)
	}
	return next
}

// meeting returns the node at which all ways from a split meet again: its
// immediate postdominator, which is its immediate dominator from the end in
// the turned graph. It is -1 where they meet nowhere.
func (f *flow) meeting(split int) int {
	exit := int32(len(f.nodes))
	var from, to []int32
	leaves := make([]bool, len(f.nodes))
	for _, e := range f.edges {
		from, to = append(from, int32(e.to)), append(to, int32(e.from))
		leaves[e.from] = true
	}
	for i := range f.nodes {
		if !leaves[i] {
			from, to = append(from, exit), append(to, int32(i))
		}
	}
	at := graph.Dominators(graph.NewDigraph(len(f.nodes)+1, from, to), exit)[split]
	if at < 0 || at == exit {
		return -1
	}
	return int(at)
}
