package graph

import (
	"math/bits"
	"slices"
)

// Sweep is a graph prepared for questions about many ways at once: a row of
// bits for each node, one lane a question, swept through the graph in
// topological order; only loops are gone through until nothing changes. The
// idea is that of Then et al. (The More the Merrier: Efficient Multi-Source
// Graph Traversal, VLDB 2014). It costs (nodes + edges) · lanes / 64, times
// the passes within loops.
//
// Nodes are known here by their position in that order.
type Sweep struct {
	position []int32 // of each node
	in, out  []spoke // by position
	inOf     []int32 // those of position p are in[inOf[p]:inOf[p+1]]
	outOf    []int32
	loops    []loop
	// slot is, of each position, the row that it has while the sweep backward
	// needs it: until the first of those before it has its own. Few rows are
	// needed at a time, and those stay in the cache.
	slot  []int32
	slots int
}

// spoke is an edge as one of its ends sees it.
type spoke struct{ other, edge int32 }

// loop is a component of several nodes: positions [first, end), with the
// edges that lead backward in it.
type loop struct {
	first, end int32
	back       []backEdge
}

type backEdge struct{ from, to, edge int32 }

// Lanes are questions about one graph: lane l asks for the ways from
// Sources[l] to Targets[l] by the edges that are passable in it.
type Lanes struct {
	Sources, Targets []int32
	// Mask tells for each edge which of Masks says in which lanes it is
	// passable. Masks have a bit for each lane.
	Mask  []int32
	Masks [][]uint64
}

// Finding is the answer for one lane: whether the target is reached, and the
// edges that matter, in ascending order.
//
// Of a lane that reaches it, they are the edges which can be passed from a
// reached node with a way to the target to one without. Of one that does not,
// they are the edges from a reached node after which, were all edges passable,
// the target would follow through nodes that are not reached.
type Finding struct {
	Reaches bool
	Edges   []int32
}

// NewSweep prepares a graph. Most lanes should begin at the root, or after it.
func NewSweep(g *Digraph, root int32) *Sweep {
	c := CondenseFrom(g, root)
	s := &Sweep{position: make([]int32, g.Nodes())}
	for i, n := range c.Order {
		s.position[n] = int32(i)
	}
	s.in, s.inOf = s.spokes(g, c, g.In, g.From)
	s.out, s.outOf = s.spokes(g, c, g.Out, g.To)
	for i, first := range c.Start[:len(c.Start)-1] {
		if end := c.Start[i+1]; end-first > 1 {
			s.loops = append(s.loops, loop{first, end, s.backEdges(first, end)})
		}
	}
	s.assign()
	return s
}

// assign gives rows to positions, from the last one to the first.
func (s *Sweep) assign() {
	n := len(s.position)
	s.slot = make([]int32, n)
	ends, after, last := make([]int32, n), make([]int32, n), s.lastUses()
	for p := range ends {
		ends[p] = -1
	}
	for p, at := range last {
		after[p], ends[at] = ends[at], int32(p)
	}
	var free []int32
	for p := n - 1; p >= 0; p-- {
		if len(free) == 0 {
			free = append(free, int32(s.slots))
			s.slots++
		}
		s.slot[p] = free[len(free)-1]
		free = free[:len(free)-1]
		for q := ends[p]; q >= 0; q = after[q] {
			free = append(free, s.slot[q])
		}
	}
}

// lastUses returns, of each position, the last one in the sweep backward that
// needs its row. In a loop all rows are needed until its end.
func (s *Sweep) lastUses() []int32 {
	first := make([]int32, len(s.position)) // of the component of each position
	for p := range first {
		first[p] = int32(p)
	}
	for _, l := range s.loops {
		for p := l.first; p < l.end; p++ {
			first[p] = l.first
		}
	}
	last := append([]int32(nil), first...)
	for p := range last {
		for _, i := range s.in[s.inOf[p]:s.inOf[p+1]] {
			last[p] = min(last[p], first[i.other])
		}
	}
	return last
}

// spokes lists edges by the position of one end. An edge from a node to
// itself leads nowhere and is left out.
func (s *Sweep) spokes(g *Digraph, c Components, at func(int32) []int32, other []int32) (all []spoke, start []int32) {
	all, start = make([]spoke, 0, len(other)), make([]int32, 1, len(c.Order)+1)
	for _, n := range c.Order {
		for _, e := range at(n) {
			if other[e] != n {
				all = append(all, spoke{s.position[other[e]], e})
			}
		}
		start = append(start, int32(len(all)))
	}
	return all, start
}

func (s *Sweep) backEdges(first, end int32) []backEdge {
	var back []backEdge
	for p := first; p < end; p++ {
		for _, o := range s.out[s.outOf[p]:s.outOf[p+1]] {
			if o.other >= first && o.other < p {
				back = append(back, backEdge{p, o.other, o.edge})
			}
		}
	}
	return back
}

// quad is what the inner loops work on: rows are whole quads, so that their
// bounds need no check.
type quad = [4]uint64

// passage is one sweep with its rows.
type passage struct {
	*Sweep
	Lanes
	width   int     // quads in a row
	masks   []quad  // as Lanes.Masks
	reached []quad  // row by row
	onward  []quad  // by slot; of lanes that reach their target: whether it follows; of others: whether it would
	ending  []int32 // the lanes in ascending order of their targets' positions, those not met yet
	open    []quad  // the lanes that reach their target
	barred  []quad  // the others
	hits    hits
}

// Answer sweeps forward from the sources, then backward from the targets.
func (s *Sweep) Answer(l Lanes) []Finding {
	r := &passage{Sweep: s, Lanes: l, width: (len(l.Sources) + 255) / 256}
	r.masks = make([]quad, len(l.Masks)*r.width)
	for i, m := range l.Masks {
		for k, w := range m {
			r.masks[i*r.width+k/4][k%4] = w
		}
	}
	r.forward()
	r.divide()
	r.backward()
	return r.findings()
}

func (r *passage) row(rows []quad, i int32) []quad {
	return rows[int(i)*r.width:][:r.width:r.width]
}

func (r *passage) ahead(p int32) []quad { return r.row(r.onward, r.slot[p]) }

func (r *passage) mask(edge int32) []quad { return r.row(r.masks, r.Mask[edge]) }

func (r *passage) forward() {
	r.reached = make([]quad, len(r.position)*r.width)
	for lane, n := range r.Sources {
		r.row(r.reached, r.position[n])[lane>>8][lane>>6&3] |= 1 << (lane & 63)
	}
	p := int32(0)
	for _, l := range r.loops {
		r.pull(p, l.first)
		for again := true; again; again = r.leaks(l.back) {
			r.pull(l.first, l.end)
		}
		p = l.end
	}
	r.pull(p, int32(len(r.position)))
}

// pull computes the rows of the positions [from, to) from those before.
func (r *passage) pull(from, to int32) {
	for p := from; p < to; p++ {
		row := r.row(r.reached, p)
		for _, i := range r.in[r.inOf[p]:r.inOf[p+1]] {
			orAnd(row, r.row(r.reached, i.other), r.mask(i.edge))
		}
	}
}

// leaks reports whether an edge that leads backward brings something new.
func (r *passage) leaks(back []backEdge) bool {
	for _, b := range back {
		from, to, mask := r.row(r.reached, b.from), r.row(r.reached, b.to), r.mask(b.edge)
		for i := range from {
			for k := range from[i] {
				if from[i][k]&mask[i][k]&^to[i][k] != 0 {
					return true
				}
			}
		}
	}
	return false
}

// orAnd adds to a row what of another one a mask lets through.
func orAnd(row, other, mask []quad) {
	other, mask = other[:len(row)], mask[:len(row)]
	for i := range row {
		a, b, m := &row[i], &other[i], &mask[i]
		a[0] |= b[0] & m[0]
		a[1] |= b[1] & m[1]
		a[2] |= b[2] & m[2]
		a[3] |= b[3] & m[3]
	}
}

// divide tells the lanes that reach their target from the others.
func (r *passage) divide() {
	r.open, r.barred = make([]quad, r.width), make([]quad, r.width)
	for lane, n := range r.Targets {
		word, bit := &r.barred[lane>>8][lane>>6&3], uint64(1)<<(lane&63)
		if r.row(r.reached, r.position[n])[lane>>8][lane>>6&3]&bit != 0 {
			word = &r.open[lane>>8][lane>>6&3]
		}
		*word |= bit
	}
}

func (r *passage) backward() {
	r.onward = make([]quad, r.slots*r.width)
	r.ending = r.byTarget()
	r.hits = hits{of: make([]int32, len(r.Mask)), width: r.width}
	pass, would := make([]quad, r.width), make([]quad, r.width)
	p := int32(len(r.position))
	for i := len(r.loops) - 1; i >= 0; i-- {
		l := r.loops[i]
		r.push(l.end, p, pass, would)
		r.pushLoop(l, pass, would)
		p = l.first
	}
	r.push(0, p, pass, would)
}

// byTarget sorts the lanes by the positions of their targets.
func (r *passage) byTarget() []int32 {
	all := make([]int32, len(r.Targets))
	for lane := range all {
		all[lane] = int32(lane)
	}
	slices.SortFunc(all, func(a, b int32) int {
		return int(r.position[r.Targets[a]]) - int(r.position[r.Targets[b]])
	})
	return all
}

// push computes the rows of the positions [from, to) from those after, the
// last one first, and finds their edges that matter.
func (r *passage) push(from, to int32, pass, would []quad) {
	for p := to - 1; p >= from; p-- {
		seeded := r.begin(p)
		if out := r.out[r.outOf[p]:r.outOf[p+1]]; len(out) == 1 && !seeded {
			r.pass(p, out[0])
			continue
		}
		r.gather(p, pass, would)
		r.find(p, pass)
	}
}

// pass does at once what gather and find do, at a position where one edge
// leaves and no lane ends: it matters in lanes that stop there.
func (r *passage) pass(p int32, o spoke) {
	row, to, mask, reached := r.ahead(p), r.ahead(o.other), r.mask(o.edge), r.row(r.reached, p)
	to, mask, reached, open, barred := to[:len(row)], mask[:len(row)], reached[:len(row)], r.open[:len(row)], r.barred[:len(row)]
	stops := uint64(0)
	for i := range row {
		a, t, m, f, x, b := &row[i], &to[i], &mask[i], &reached[i], &open[i], &barred[i]
		a[0], stops = t[0]&(f[0]&x[0]&m[0]|b[0]&^f[0]), stops|f[0]&b[0]&t[0]
		a[1], stops = t[1]&(f[1]&x[1]&m[1]|b[1]&^f[1]), stops|f[1]&b[1]&t[1]
		a[2], stops = t[2]&(f[2]&x[2]&m[2]|b[2]&^f[2]), stops|f[2]&b[2]&t[2]
		a[3], stops = t[3]&(f[3]&x[3]&m[3]|b[3]&^f[3]), stops|f[3]&b[3]&t[3]
	}
	if stops == 0 {
		return
	}
	hit := r.hits.add(o.edge)
	for i := range hit {
		for k := range hit[i] {
			hit[i][k] = reached[i][k] & barred[i][k] & to[i][k]
		}
	}
}

// pushLoop does so in a loop, where rows need several turns.
func (r *passage) pushLoop(l loop, pass, would []quad) {
	for p := l.end - 1; p >= l.first; p-- {
		r.begin(p)
	}
	for again := true; again; again = r.leaksBack(l.back, pass, would) {
		for p := l.end - 1; p >= l.first; p-- {
			r.gather(p, pass, would)
		}
	}
	for p := l.end - 1; p >= l.first; p-- {
		r.split(p, pass, would)
		r.find(p, pass)
	}
}

// begin clears the row of a position but for the lanes that end there, and
// reports whether any does.
func (r *passage) begin(p int32) (seeded bool) {
	row := r.ahead(p)
	clear(row)
	for n := len(r.ending) - 1; n >= 0; n-- {
		lane := r.ending[n]
		if r.position[r.Targets[lane]] != p {
			break
		}
		row[lane>>8][lane>>6&3] |= 1 << (lane & 63)
		r.ending = r.ending[:n]
		seeded = true
	}
	return seeded
}

// gather computes the row of a position. A way leads on by what can be
// passed in lanes that reach their target, and by anything, from a node that
// is not reached, in the others.
func (r *passage) gather(p int32, pass, would []quad) {
	r.split(p, pass, would)
	row := r.ahead(p)
	for _, o := range r.out[r.outOf[p]:r.outOf[p+1]] {
		to, mask := r.ahead(o.other), r.mask(o.edge)
		to, mask, pass, would := to[:len(row)], mask[:len(row)], pass[:len(row)], would[:len(row)]
		for i := range row {
			a, t, m, x, y := &row[i], &to[i], &mask[i], &pass[i], &would[i]
			a[0] |= t[0] & (x[0]&m[0] | y[0])
			a[1] |= t[1] & (x[1]&m[1] | y[1])
			a[2] |= t[2] & (x[2]&m[2] | y[2])
			a[3] |= t[3] & (x[3]&m[3] | y[3])
		}
	}
}

// split tells the lanes that reach a position and their target from those
// that reach neither.
func (r *passage) split(p int32, pass, would []quad) {
	reached, open, barred := r.row(r.reached, p), r.open[:len(pass)], r.barred[:len(pass)]
	would = would[:len(pass)]
	for i := range pass {
		for k := range pass[i] {
			pass[i][k] = reached[i][k] & open[i][k]
			would[i][k] = barred[i][k] &^ reached[i][k]
		}
	}
}

// leaksBack reports whether an edge that leads backward brings something new
// to where it begins.
func (r *passage) leaksBack(back []backEdge, pass, would []quad) bool {
	for _, b := range back {
		r.split(b.from, pass, would)
		from, to, mask := r.ahead(b.from), r.ahead(b.to), r.mask(b.edge)
		for i := range from {
			for k := range from[i] {
				if to[i][k]&(pass[i][k]&mask[i][k]|would[i][k])&^from[i][k] != 0 {
					return true
				}
			}
		}
	}
	return false
}

// find keeps the edges of a position that matter in some lane. In lanes that
// do not reach their target, it would follow only from what is not reached.
func (r *passage) find(p int32, pass []quad) {
	row, reached := r.ahead(p), r.row(r.reached, p)
	for _, o := range r.out[r.outOf[p]:r.outOf[p+1]] {
		to, mask := r.ahead(o.other), r.mask(o.edge)
		to, mask, reached, pass, barred := to[:len(row)], mask[:len(row)], reached[:len(row)], pass[:len(row)], r.barred[:len(row)]
		any := uint64(0)
		for i := range row {
			a, t, m, f, x, b := &row[i], &to[i], &mask[i], &reached[i], &pass[i], &barred[i]
			any |= f[0]&b[0]&t[0] | x[0]&m[0]&a[0]&^t[0]
			any |= f[1]&b[1]&t[1] | x[1]&m[1]&a[1]&^t[1]
			any |= f[2]&b[2]&t[2] | x[2]&m[2]&a[2]&^t[2]
			any |= f[3]&b[3]&t[3] | x[3]&m[3]&a[3]&^t[3]
		}
		if any == 0 {
			continue
		}
		hit := r.hits.add(o.edge)
		for i := range row {
			for k := range row[i] {
				hit[i][k] = reached[i][k]&barred[i][k]&to[i][k] | pass[i][k]&mask[i][k]&row[i][k]&^to[i][k]
			}
		}
	}
}

// hits are the rows of the edges that matter.
type hits struct {
	of    []int32 // of each edge: its row, from 1; 0 for none
	rows  []quad
	width int
}

// add returns the row of an edge, to be filled.
func (h *hits) add(edge int32) []quad {
	n := len(h.rows)
	if cap(h.rows)-n < h.width {
		h.rows = slices.Grow(h.rows, max(n, 64*h.width)) // twice as many, for there may be many
	}
	h.rows = h.rows[:n+h.width]
	h.of[edge] = int32(n/h.width) + 1
	return h.rows[n:]
}

// each calls f with each edge and lane that matters, in order of the edges.
func (h *hits) each(f func(edge int32, lane int)) {
	for e, n := range h.of {
		if n == 0 {
			continue
		}
		for i, q := range h.rows[int(n-1)*h.width:][:h.width] {
			for k, w := range q {
				for ; w != 0; w &= w - 1 {
					f(int32(e), i<<8|k<<6|bits.TrailingZeros64(w))
				}
			}
		}
	}
}

// findings turns rows into lists, lane by lane.
func (r *passage) findings() []Finding {
	all := make([]Finding, len(r.Sources))
	sizes, total := make([]int, len(all)), 0
	r.hits.each(func(_ int32, lane int) { sizes[lane]++; total++ })
	edges := make([]int32, total)
	for lane, n := range sizes {
		all[lane] = Finding{Reaches: r.open[lane>>8][lane>>6&3]>>(lane&63)&1 != 0, Edges: edges[:0:n]}
		edges = edges[n:]
	}
	r.hits.each(func(edge int32, lane int) { all[lane].Edges = append(all[lane].Edges, edge) })
	return all
}
