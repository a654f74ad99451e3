package graph

// Components is the condensation of a graph: its strongly connected components
// in an order in which edges lead only from earlier ones to later ones.
type Components struct {
	// Order lists the nodes component by component, and within one in reverse
	// postorder, so that few edges lead backward.
	Order []int32
	// Start are the components: Order[Start[i]:Start[i+1]] is the i-th.
	Start []int32
}

// CondenseFrom finds the strongly connected components (Tarjan, Depth-first
// search and linear graph algorithms, 1972) in time linear in the size of the
// graph. The search begins at a root, and at each node not reached before.
func CondenseFrom(g *Digraph, root int32) Components {
	t := tarjan{
		g: g, index: make([]int32, g.Nodes()), low: make([]int32, g.Nodes()),
		component: make([]int32, g.Nodes()), next: append([]int32(nil), g.out.start[:g.Nodes()]...),
	}
	t.search(root)
	for n := range int32(g.Nodes()) {
		if t.index[n] == 0 {
			t.search(n)
		}
	}
	return t.sort()
}

// tarjan is the state of the search. Indices count from 1; 0 is unseen.
type tarjan struct {
	g          *Digraph
	index, low []int32
	component  []int32 // 0: not known yet
	next       []int32 // of each node: the position of its next out edge
	path       []int32 // the nodes being searched
	open       []int32 // the nodes whose component is not known
	finished   []int32 // in postorder
	count      int32   // components
	seen       int32
}

// search goes through all that is reached from a node, without recursion, for
// a corridor may be a hundred thousand steps deep.
func (t *tarjan) search(root int32) {
	t.enter(root)
	for len(t.path) > 0 {
		n := t.path[len(t.path)-1]
		if t.next[n] == t.g.out.start[n+1] {
			t.leave(n)
			continue
		}
		to := t.g.To[t.g.out.edges[t.next[n]]]
		t.next[n]++
		switch {
		case t.index[to] == 0:
			t.enter(to)
		case t.component[to] == 0:
			t.low[n] = min(t.low[n], t.index[to])
		}
	}
}

func (t *tarjan) enter(n int32) {
	t.seen++
	t.index[n], t.low[n] = t.seen, t.seen
	t.path = append(t.path, n)
	t.open = append(t.open, n)
}

func (t *tarjan) leave(n int32) {
	t.path = t.path[:len(t.path)-1]
	t.finished = append(t.finished, n)
	if len(t.path) > 0 {
		before := t.path[len(t.path)-1]
		t.low[before] = min(t.low[before], t.low[n])
	}
	if t.low[n] != t.index[n] {
		return
	}
	t.count++
	for {
		m := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		t.component[m] = t.count
		if m == n {
			return
		}
	}
}

// sort puts the components, which are found last one first, in their order.
func (t *tarjan) sort() Components {
	c := Components{Order: make([]int32, len(t.finished)), Start: make([]int32, t.count+1)}
	for _, k := range t.component {
		c.Start[t.count-k+1]++
	}
	for i := range t.count {
		c.Start[i+1] += c.Start[i]
	}
	next := append([]int32(nil), c.Start[:t.count]...)
	for i := len(t.finished) - 1; i >= 0; i-- {
		n := t.finished[i]
		k := t.count - t.component[n]
		c.Order[next[k]] = n
		next[k]++
	}
	return c
}
