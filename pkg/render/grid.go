package render

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// The map stands on a grid. Above the spine and on it, column c lies between
// gap c and gap c+1. A place of the corridor is always in a gap and a box
// always in a column, so a gap is free of boxes from top to bottom: lines
// rise there and meet none. Below the spine the grid is shifted by half a
// column: column c lies under gap c, so that an option hangs right under its
// place, and the free gaps (buses) are under the middles of the columns
// above; bus b is left of column b.

// side tells where a path runs.
type side int

const (
	above side = iota - 1
	onSpine
	below
)

// row is one path on the grid.
type row struct {
	side   side
	lane   int    // from 1 at the spine outwards; 0 for the spine
	back   bool   // it runs from right to left
	from   spot   // the place that it leaves
	to     spot   // the place that it comes back to
	first  int    // its leftmost column
	widths []int  // columns for each step, in the order of the steps
	reach  [2]int // the gaps or buses between which its lane is taken
}

// spot is a place on the grid.
type spot struct {
	row int // whose place it is
	gap int // in the gaps of the spine and above, or the buses below
}

// grid is all rows, one for each path of the graph.
type grid struct {
	graph *corridor.Graph
	rows  []row
	spots []spot // by place
	owner []int  // by place: the path that made it
	order []int  // paths, parents first
	gaps  int    // gaps are numbered from 0 to gaps-1
	lanes [3]int // the number of lanes by side+1
}

func newGrid(g *corridor.Graph) *grid {
	gr := &grid{graph: g, rows: make([]row, len(g.Paths)), spots: make([]spot, g.Places), owner: make([]int, g.Places)}
	gr.own()
	gr.sort()
	gr.choose()
	gr.widen()
	for _, path := range gr.order {
		gr.seat(path)
	}
	gr.pack()
	return gr
}

// own tells which path made each place: a path makes the places between its
// steps, the basic path also its two ends.
func (gr *grid) own() {
	for path := range gr.graph.Paths {
		for _, place := range gr.chain(path) {
			gr.owner[place] = path
		}
	}
	basic := gr.graph.Paths[0]
	gr.owner[basic.From], gr.owner[basic.To] = 0, 0
}

// chain returns the places between the steps of a path.
func (gr *grid) chain(path int) []int {
	p := gr.graph.Paths[path]
	var places []int
	for step := p.First; step < p.First+p.Count-1; step++ {
		places = append(places, gr.graph.Steps[step].To)
	}
	return places
}

// sort orders the paths so that each comes after those it hangs on.
func (gr *grid) sort() {
	done := make([]bool, len(gr.rows))
	var visit func(path int)
	visit = func(path int) {
		if done[path] {
			return
		}
		done[path] = true
		visit(gr.owner[gr.graph.Paths[path].From])
		visit(gr.owner[gr.graph.Paths[path].To])
		gr.order = append(gr.order, path)
	}
	visit(0)
	for path := range gr.rows {
		visit(path)
	}
}

// choose gives each path its side: options of the spine below it,
// alternatives above, the others where their parents are.
func (gr *grid) choose() {
	for _, path := range gr.order {
		p := gr.graph.Paths[path]
		from, to := gr.rows[gr.owner[p.From]].side, gr.rows[gr.owner[p.To]].side
		switch {
		case path == 0:
			gr.rows[path].side = onSpine
		case from == below || to == below:
			gr.rows[path].side = below
		case from == onSpine && to == onSpine && p.Kind == model.Optional:
			gr.rows[path].side = below
		default:
			gr.rows[path].side = above
		}
	}
}

// widen gives each step the columns that paths between its places need.
func (gr *grid) widen() {
	for path, p := range gr.graph.Paths {
		gr.rows[path].widths = slices.Repeat([]int{1}, p.Count)
	}
	for _, path := range slices.Backward(gr.order) {
		gr.widenParent(path)
	}
}

func (gr *grid) widenParent(path int) {
	p := gr.graph.Paths[path]
	if path == 0 || p.From == p.To {
		return
	}
	parent, i, j := gr.span(p.From, p.To)
	if parent < 0 || gr.rows[parent].side == onSpine && gr.rows[path].side == below {
		return
	}
	widths := gr.rows[parent].widths[i:j]
	for need := total(gr.rows[path].widths); total(widths) < need; {
		widths[slices.Index(widths, slices.Min(widths))]++
	}
}

// span returns a path on which both places lie, and the steps between them.
// It is -1 where the places lie on different paths.
func (gr *grid) span(a, b int) (path, first, end int) {
	for _, path := range []int{gr.owner[a], gr.owner[b]} {
		i, j := gr.position(path, a), gr.position(path, b)
		if i >= 0 && j >= 0 && i != j {
			return path, min(i, j), max(i, j)
		}
	}
	return -1, 0, 0
}

// position returns how many steps of a path lie before a place, or -1.
func (gr *grid) position(path, place int) int {
	p := gr.graph.Paths[path]
	if p.From == place {
		return 0
	}
	for i := range p.Count {
		if gr.graph.Steps[p.First+i].To == place {
			return i + 1
		}
	}
	return -1
}

func total(widths []int) int {
	sum := 0
	for _, w := range widths {
		sum += w
	}
	return sum
}

// seat gives a path its columns, and the places between its steps their gaps.
func (gr *grid) seat(path int) {
	r, p := &gr.rows[path], gr.graph.Paths[path]
	r.from, r.to = gr.spots[p.From], gr.spots[p.To]
	if path > 0 {
		r.first, r.back = gr.firstColumn(path)
	}
	gr.seatPlaces(path)
	r.reach = gr.reach(path)
	gr.gaps = max(gr.gaps, gr.lastGap(r)+1)
}

// lastGap is the rightmost gap that a row needs; bus b lies right of gap b-1.
func (gr *grid) lastGap(r *row) int {
	if r.side == below {
		return r.reach[1] - 1
	}
	return r.reach[1]
}

func (gr *grid) seatPlaces(path int) {
	r, p := &gr.rows[path], gr.graph.Paths[path]
	if path == 0 {
		gr.spots[p.From] = spot{path, 0}
		gr.spots[p.To] = spot{path, total(r.widths)}
	}
	for i, place := range gr.chain(path) {
		gap := r.first + total(r.widths[:i+1])
		if r.back {
			gap = r.first + total(r.widths[i+1:])
		}
		gr.spots[place] = spot{path, gap}
	}
}

// firstColumn puts a row in the middle of the columns between its ends, and
// where it has no room there, to the right of them.
func (gr *grid) firstColumn(path int) (first int, back bool) {
	r := &gr.rows[path]
	need := total(r.widths)
	from, to := r.from.gap, r.to.gap
	if r.side == below && gr.rows[r.from.row].side != below && from == to {
		return gr.underPlace(from, need), false
	}
	low, high := min(from, to), max(from, to)
	if r.side == below && from != to && gr.rows[r.from.row].side != below {
		low++ // the column under a place is not between the places
	}
	return low + max(0, high-low-need)/2, to < from
}

// underPlace returns the first of the columns for an option: the one under
// its place, or so far to the left that the row ends with the spine.
func (gr *grid) underPlace(gap, need int) int {
	last := total(gr.rows[0].widths)
	return max(0, min(gap, last-need+1))
}

// reach returns the gaps between which nothing else may stand in the lane.
func (gr *grid) reach(path int) [2]int {
	r := &gr.rows[path]
	low, high := r.first, r.first+total(r.widths)
	for _, end := range []spot{r.from, r.to} {
		if r.side == below && gr.rows[end.row].side != below {
			continue // reached through the channel under the spine
		}
		low, high = min(low, end.gap), max(high, end.gap)
	}
	return [2]int{low, high}
}

// pack gives each row the lane nearest to the spine that is free for its
// whole reach and further out than its parents. Short rows come first, so
// that long ones arch over them.
func (gr *grid) pack() {
	for _, s := range []side{above, below} {
		taken := [][][2]int{nil}
		for _, path := range gr.packing(s) {
			r := &gr.rows[path]
			lane := 1 + max(gr.rows[r.from.row].lane, gr.rows[r.to.row].lane)
			for lane < len(taken) && overlaps(taken[lane], r.reach) {
				lane++
			}
			for len(taken) <= lane {
				taken = append(taken, nil)
			}
			taken[lane] = append(taken[lane], r.reach)
			r.lane = lane
		}
		gr.lanes[s+1] = len(taken) - 1
	}
}

// packing orders the rows of a side: parents first, then short ones.
func (gr *grid) packing(s side) []int {
	var paths []int
	for _, path := range gr.order {
		if gr.rows[path].side == s {
			paths = append(paths, path)
		}
	}
	depth := gr.depths()
	slices.SortStableFunc(paths, func(a, b int) int {
		ra, rb := gr.rows[a].reach, gr.rows[b].reach
		return compare(depth[a]-depth[b], (ra[1]-ra[0])-(rb[1]-rb[0]), a-b)
	})
	return paths
}

// depths returns how many parents deep each path is.
func (gr *grid) depths() []int {
	depth := make([]int, len(gr.rows))
	for _, path := range gr.order {
		if path > 0 {
			p := gr.graph.Paths[path]
			depth[path] = 1 + max(depth[gr.owner[p.From]], depth[gr.owner[p.To]])
		}
	}
	return depth
}

func overlaps(taken [][2]int, reach [2]int) bool {
	for _, t := range taken {
		if t[0] < reach[1] && reach[0] < t[1] {
			return true
		}
	}
	return false
}

// compare returns the first number that is not nought.
func compare(numbers ...int) int {
	for _, n := range numbers {
		if n != 0 {
			return n
		}
	}
	return 0
}
