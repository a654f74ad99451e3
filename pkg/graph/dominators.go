package graph

// Dominators returns the immediate dominator of each node: the last of the
// nodes that every way from the root to it passes. It is -1 for the root and
// for what is not reached.
//
// The algorithm is Semi-NCA (Georgiadis, Linear-Time Algorithms for Dominators
// and Related Problems, 2005): semidominators as Lengauer and Tarjan find them
// with path compression, then the nearest common ancestor of the semidominator
// and the parent. It takes the square of the nodes at worst, and near linear
// time in practice.
func Dominators(g *Digraph, root int32) []int32 {
	s := newSemiNCA(g, root)
	s.semidominators()
	s.ancestors()
	idom := make([]int32, g.Nodes())
	for n := range idom {
		idom[n] = -1
	}
	for v := 1; v < len(s.node); v++ {
		idom[s.node[v]] = s.node[s.idom[v]]
	}
	return idom
}

// semiNCA works on numbers in the order of a depth-first search, the root 0.
type semiNCA struct {
	g      *Digraph
	number []int32 // of each node; -1: not reached
	node   []int32 // of each number
	parent []int32 // in the tree of the search
	semi   []int32
	label  []int32 // the number of least semi on the compressed path
	// ancestor is the tree of the search, its paths shortened; parent is kept.
	ancestor []int32
	idom     []int32
	path     []int32
}

func newSemiNCA(g *Digraph, root int32) *semiNCA {
	s := &semiNCA{g: g, number: make([]int32, g.Nodes())}
	for n := range s.number {
		s.number[n] = -1
	}
	s.search(root)
	n := len(s.node)
	s.semi, s.label = make([]int32, n), make([]int32, n)
	for v := range s.semi {
		s.semi[v], s.label[v] = int32(v), int32(v)
	}
	s.ancestor = append([]int32(nil), s.parent...)
	s.idom = append([]int32(nil), s.parent...)
	return s
}

// search numbers the nodes that are reached, in preorder.
func (s *semiNCA) search(root int32) {
	next := append([]int32(nil), s.g.out.start...)
	s.visit(root, 0)
	path := []int32{root}
	for len(path) > 0 {
		n := path[len(path)-1]
		if next[n] == s.g.out.start[n+1] {
			path = path[:len(path)-1]
			continue
		}
		to := s.g.To[s.g.out.edges[next[n]]]
		next[n]++
		if s.number[to] < 0 {
			s.visit(to, s.number[n])
			path = append(path, to)
		}
	}
}

func (s *semiNCA) visit(n, parent int32) {
	s.number[n] = int32(len(s.node))
	s.node = append(s.node, n)
	s.parent = append(s.parent, parent)
}

func (s *semiNCA) semidominators() {
	for w := int32(len(s.node)) - 1; w > 0; w-- {
		for _, e := range s.g.In(s.node[w]) {
			v := s.number[s.g.From[e]]
			if v < 0 {
				continue
			}
			s.semi[w] = min(s.semi[w], s.semi[s.least(v, w)])
		}
		s.label[w] = w
	}
}

// least returns, of the numbers after w on the path to v, the one of least
// semidominator; v itself where it lies before.
func (s *semiNCA) least(v, w int32) int32 {
	if v <= w {
		return v
	}
	if s.ancestor[v] > w {
		s.compress(v, w)
	}
	return s.label[v]
}

// compress lets all on the path to v point to its beginning after w.
func (s *semiNCA) compress(v, w int32) {
	s.path = s.path[:0]
	for ; s.ancestor[v] > w; v = s.ancestor[v] {
		s.path = append(s.path, v)
	}
	for i := len(s.path) - 1; i >= 0; i-- {
		u, above := s.path[i], v
		if s.semi[s.label[above]] < s.semi[s.label[u]] {
			s.label[u] = s.label[above]
		}
		s.ancestor[u] = s.ancestor[above]
		v = u
	}
}

// ancestors finds the immediate dominators: going up from the parent, the
// first that does not come after the semidominator.
func (s *semiNCA) ancestors() {
	for w := int32(1); w < int32(len(s.node)); w++ {
		d := s.parent[w]
		for d > s.semi[w] {
			d = s.idom[d]
		}
		s.idom[w] = d
	}
}
