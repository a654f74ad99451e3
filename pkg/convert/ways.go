package convert

import (
	"container/heap"
	"maps"
	"math"
	"slices"

	"github.com/customer-corridor/corridor/pkg/graph"
)

// chain is a run of moves between two places that become a path.
type chain struct {
	moves    []int
	from, to int
}

// ways are the chains that a net is made of: the basic path, and around it all
// else that can be walked. Each chain hangs on places of earlier ones.
type ways struct {
	*net
	out, in [][]int // moves at each place that lead from the start to satisfaction
	useful  []bool  // of each move: it does
	reached []bool  // of each place: from the start
	chains  []chain // the basic path first
	known   []bool  // of each place: it is on a chain
	idom    []int32 // of each place: the last that every way from the start to it passes
	covered []bool  // of each move
	ready   order   // moves from known places that walk a step
	waiting []int   // those that walk none
	looked  int     // how many places were looked at to find options
	// byTravel says that the flow tells how many customers go each way, so that
	// the basic path is the most travelled one.
	byTravel bool
}

// decompose finds the chains of a net: first the basic path, then, as in an
// ear decomposition (Whitney 1932), one chain after the other that begins and
// ends on those before. Paths that the file itself names stay what they are. It
// returns nil where no way leads to satisfaction.
func decompose(n *net) *ways {
	w := &ways{net: n}
	w.look()
	if !w.reached[w.at(w.satisfied)] {
		return nil
	}
	w.mergeOptions()
	w.dominate()
	named := w.named()
	basic, ok := w.whole(named[1])
	if !ok || basic.from != w.at(w.start) || basic.to != w.at(w.satisfied) {
		basic = chain{w.best(w.at(w.start), func(p int) bool { return p == w.at(w.satisfied) }), w.at(w.start), w.at(w.satisfied)}
		named = nil
	}
	w.known, w.covered = make([]bool, w.places), make([]bool, len(w.moves))
	w.know(w.at(w.start))
	w.add(basic)
	w.take(named)
	w.ears()
	return w
}

// named returns the moves of each path that the file names, by its number.
func (w *ways) named() map[int][]int {
	all := map[int][]int{}
	for i, m := range w.moves {
		if m.node >= 0 && w.useful[i] {
			if n := w.flow.nodes[m.node].path.number; n > 0 {
				all[n] = append(all[n], i)
			}
		}
	}
	for _, moves := range all {
		slices.SortFunc(moves, func(a, b int) int { return w.moves[a].node - w.moves[b].node })
	}
	return all
}

// whole makes a chain of moves that follow one another.
func (w *ways) whole(moves []int) (chain, bool) {
	if len(moves) == 0 {
		return chain{}, false
	}
	for k, i := range moves {
		if m := w.moves[i]; len(moves) > 1 && m.from == m.to || k > 0 && w.moves[moves[k-1]].to != m.from {
			return chain{}, false
		}
	}
	return chain{moves, w.moves[moves[0]].from, w.moves[moves[len(moves)-1]].to}, true
}

// maxNamed is how often the paths of a file are looked through for those that
// hang on known places: paths rarely hang on others so deep.
const maxNamed = 50

// take takes in the paths that the file names as they stand there, each after
// those on which it hangs.
func (w *ways) take(named map[int][]int) {
	numbers := slices.Sorted(maps.Keys(named))
	for range maxNamed {
		left := numbers[:0:0]
		for _, n := range numbers {
			c, ok := w.whole(named[n])
			switch {
			case !ok || w.covered[c.moves[0]]:
			case w.known[c.from] && w.known[c.to]:
				w.add(c)
			default:
				left = append(left, n)
			}
		}
		if len(left) == 0 || len(left) == len(numbers) {
			return
		}
		numbers = left
	}
}

// dominate finds the places that every way to a place passes.
func (w *ways) dominate() {
	var from, to []int32
	for i, m := range w.moves {
		if w.useful[i] && !m.gone {
			from, to = append(from, int32(m.from)), append(to, int32(m.to))
		}
	}
	w.idom = graph.Dominators(graph.NewDigraph(w.places, from, to), int32(w.at(w.start)))
}

// behind reports whether every way to a place passes another one first.
func (w *ways) behind(first, place int) bool {
	for p := int32(place); p >= 0; p = w.idom[p] {
		if p == int32(first) {
			return true
		}
	}
	return false
}

// look finds the moves that lead from the start to satisfaction.
func (w *ways) look() {
	w.settle()
	all := func(move) bool { return true }
	w.list(all)
	w.reached = w.spread(w.at(w.start), w.out, func(m move) int { return m.to })
	arrives := w.spread(w.at(w.satisfied), w.in, func(m move) int { return m.from })
	w.useful = make([]bool, len(w.moves))
	for i, m := range w.moves {
		w.useful[i] = !m.gone && w.reached[m.from] && arrives[m.to]
		w.byTravel = w.byTravel || m.share > 0
	}
	w.list(nil)
}

// list lists the moves at each place: those that are kept, or useful ones.
func (w *ways) list(keep func(move) bool) {
	w.out, w.in = make([][]int, w.places), make([][]int, w.places)
	for i, m := range w.moves {
		if !m.gone && (keep != nil && keep(m) || keep == nil && w.useful[i]) {
			w.out[m.from] = append(w.out[m.from], i)
			w.in[m.to] = append(w.in[m.to], i)
		}
	}
}

// spread returns the places that are reached from one.
func (w *ways) spread(from int, at [][]int, next func(move) int) []bool {
	seen := make([]bool, w.places)
	seen[from] = true
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		for _, i := range at[queue[0]] {
			if p := next(w.moves[i]); !seen[p] {
				seen[p] = true
				queue = append(queue, p)
			}
		}
	}
	return seen
}

const (
	// maxOption is how many places an option is looked for in.
	maxOption = 2_000
	// maxOptions is how many places are looked at to find all options. What is
	// passed over elsewhere is an alternative that walks nothing, which says the
	// same in more words.
	maxOptions = 3_000_000
)

// mergeOptions makes one place of the ends of an empty move where all else
// that leaves the one leads to the other: that may be passed over, so it is an
// option there, unless the file calls it something else.
func (w *ways) mergeOptions() {
	w.mergeOffered()
	w.dominate()
	before := slices.Clone(w.moves) // the places that idom is of
	for i := range w.moves {
		m := w.moves[i]
		if m.gone || m.node >= 0 || !w.useful[i] {
			continue
		}
		u, v := w.at(m.from), w.at(m.to)
		if u == v || u == w.at(w.satisfied) || v == w.at(w.start) || u == w.at(w.start) && v == w.at(w.satisfied) {
			continue
		}
		if !w.behind(before[i].from, before[i].to) || !w.between(u, v) {
			continue
		}
		w.fuse(i)
	}
	w.settle()
}

// fuse merges the ends of an empty move, and the moves at them.
func (w *ways) fuse(i int) {
	u, v := w.at(w.moves[i].from), w.at(w.moves[i].to)
	w.merge(i)
	keep := w.at(u)
	out, in := slices.Concat(w.out[u], w.out[v]), slices.Concat(w.in[u], w.in[v])
	for _, k := range out {
		w.moves[k].from = keep
	}
	for _, k := range in {
		w.moves[k].to = keep
	}
	says := func(k int) bool {
		m := &w.moves[k]
		m.gone = m.gone || m.node < 0 && m.from == m.to
		return m.gone
	}
	w.out[keep], w.in[keep] = slices.DeleteFunc(out, says), slices.DeleteFunc(in, says)
	w.reached[keep] = true
}

// mergeOffered makes one place of the ends of what the file itself calls an
// option, where an empty move leads past it. All at once, as a sheet may have
// thousands.
func (w *ways) mergeOffered() {
	past := map[[2]int]int{}
	for i, m := range w.moves {
		if m.node < 0 && !m.gone && w.useful[i] {
			past[[2]int{m.from, m.to}] = i
		}
	}
	named, merged := w.named(), false
	for _, n := range slices.Sorted(maps.Keys(named)) {
		first, last := w.moves[named[n][0]], w.moves[named[n][len(named[n])-1]]
		i, ok := past[[2]int{first.from, last.to}]
		if !ok || !w.flow.nodes[first.node].path.option || w.at(first.from) == w.at(last.to) {
			continue
		}
		w.merge(i)
		merged = true
	}
	if merged {
		w.look()
	}
}

// between reports whether all ways from one place lead to the other, and all
// ways to that lead from the one.
func (w *ways) between(u, v int) bool {
	if w.looked > maxOptions {
		return false
	}
	inside := map[int]bool{u: true}
	defer func() { w.looked += len(inside) }()
	for queue := []int{u}; len(queue) > 0; queue = queue[1:] {
		for _, i := range w.out[queue[0]] {
			if w.firm(i) {
				return false
			}
			p := w.moves[i].to
			if p == v || inside[p] {
				continue
			}
			if p == w.at(w.satisfied) || len(inside) > maxOption {
				return false
			}
			inside[p] = true
			queue = append(queue, p)
		}
	}
	enters := func(i int) bool { return !inside[w.moves[i].from] }
	for p := range inside {
		if p != u && slices.ContainsFunc(w.in[p], enters) {
			return false
		}
	}
	return !slices.ContainsFunc(w.in[v], enters)
}

// firm reports whether a move is on a path that the file does not call an
// option.
func (w *ways) firm(i int) bool {
	m := w.moves[i]
	return m.node >= 0 && w.flow.nodes[m.node].path.number > 0 && !w.flow.nodes[m.node].path.option
}

// add takes a chain in.
func (w *ways) add(c chain) {
	for _, i := range c.moves {
		w.covered[i] = true
		w.know(w.moves[i].to)
	}
	w.chains = append(w.chains, c)
}

// ears adds chains that begin and end on known places until all is covered, in
// the order of the file. A way that begins with nothing waits for one that
// walks a step to where it leads.
func (w *ways) ears() {
	for {
		i, ok := w.next()
		if !ok {
			return
		}
		m := w.moves[i]
		c := chain{moves: []int{i}, from: m.from}
		if !w.known[m.to] {
			c.moves = append(c.moves, w.best(m.to, func(p int) bool { return w.known[p] })...)
		}
		c.to = w.moves[c.moves[len(c.moves)-1]].to
		w.add(c)
	}
}

// next returns the move that the next chain begins with.
func (w *ways) next() (int, bool) {
	for w.ready.Len() > 0 {
		if i := heap.Pop(&w.ready).(int); !w.covered[i] {
			return i, true
		}
	}
	w.waiting = slices.DeleteFunc(w.waiting, func(i int) bool { return w.covered[i] })
	if len(w.waiting) == 0 {
		return 0, false
	}
	k := max(0, slices.IndexFunc(w.waiting, func(i int) bool { return w.known[w.moves[i].to] }))
	return w.waiting[k], true
}

// know takes in a place on a chain, and the moves that leave it.
func (w *ways) know(p int) {
	if w.known[p] {
		return
	}
	w.known[p] = true
	for _, i := range w.out[p] {
		if w.moves[i].node >= 0 {
			heap.Push(&w.ready, i)
		} else {
			w.waiting = append(w.waiting, i)
		}
	}
}

// order is a heap of moves: the first in the file comes first.
type order []int

func (o order) Len() int           { return len(o) }
func (o order) Less(i, j int) bool { return o[i] < o[j] }
func (o order) Swap(i, j int)      { o[i], o[j] = o[j], o[i] }
func (o *order) Push(x any)        { *o = append(*o, x.(int)) }
func (o *order) Pop() any {
	last := (*o)[len(*o)-1]
	*o = (*o)[:len(*o)-1]
	return last
}

// best returns the moves of the best way from a place to the nearest that is
// a goal: with the fewest moves that walk no step, since a path cannot have
// them; then the most travelled, where that is known; then with the fewest
// steps; then the first in the file (Dijkstra 1959).
func (w *ways) best(from int, goal func(int) bool) []int {
	cost, by := map[int]float64{from: 0}, map[int]int{}
	done := map[int]bool{}
	queue := &front{{place: from}}
	for queue.Len() > 0 {
		at := heap.Pop(queue).(reach)
		if done[at.place] {
			continue
		}
		done[at.place] = true
		if goal(at.place) {
			return w.back(from, at.place, by)
		}
		for _, i := range w.out[at.place] {
			m := w.moves[i]
			c := cost[at.place] + w.weight(m, len(w.out[at.place]))
			if old, seen := cost[m.to]; !seen || c < old {
				cost[m.to], by[m.to] = c, i
				heap.Push(queue, reach{m.to, c, i})
			}
		}
	}
	return nil
}

// weight is what a move costs a way; see best.
func (w *ways) weight(m move, choices int) float64 {
	c := 1.0
	if m.node < 0 {
		c = 1e6
	}
	if w.byTravel {
		share := m.share
		if share == 0 {
			share = 1 / float64(choices)
		}
		c -= 1e3 * math.Log(math.Min(1, math.Max(share, 1e-9)))
	}
	return c
}

// back lists the moves of a way from its end to its beginning, turned.
func (w *ways) back(from, to int, by map[int]int) []int {
	var all []int
	for p := to; p != from; {
		i := by[p]
		all = append(all, i)
		p = w.moves[i].from
	}
	slices.Reverse(all)
	return all
}

// reach is a place at the front of a search.
type reach struct {
	place int
	cost  float64
	move  int
}

// front orders places by what it costs to reach them; equal ones by the order
// of the file.
type front []reach

func (f front) Len() int      { return len(f) }
func (f front) Swap(i, j int) { f[i], f[j] = f[j], f[i] }
func (f front) Less(i, j int) bool {
	if f[i].cost != f[j].cost {
		return f[i].cost < f[j].cost
	}
	return f[i].move < f[j].move
}
func (f *front) Push(x any) { *f = append(*f, x.(reach)) }
func (f *front) Pop() any {
	last := (*f)[len(*f)-1]
	*f = (*f)[:len(*f)-1]
	return last
}
