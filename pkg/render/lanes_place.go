package render

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

// newLaneGrid gives steps their columns and places their gaps. There is one
// grid for all lanes: which row a step stands in is told by its lane.
func newLaneGrid(g *corridor.Graph) *grid {
	gr := &grid{graph: g, rows: make([]row, len(g.Paths)), spots: make([]spot, g.Places), owner: make([]int, g.Places)}
	gr.own()
	gr.sort()
	for path := range gr.rows {
		gr.rows[path].side = above
	}
	gr.rows[0].side = onSpine
	gr.widen()
	for _, path := range gr.order {
		gr.seatInLanes(path)
	}
	return gr
}

// seatInLanes seats a path; a single step that comes back to a place stands
// right of it, at the end of the map left of it.
func (gr *grid) seatInLanes(path int) {
	r, p := &gr.rows[path], gr.graph.Paths[path]
	r.from, r.to = gr.spots[p.From], gr.spots[p.To]
	if path > 0 {
		r.first, r.back = gr.firstColumn(path)
		if gr.loop(path) && r.first >= total(gr.rows[0].widths) {
			r.first--
		}
	}
	gr.seatPlaces(path)
	r.reach = gr.reach(path)
	gr.gaps = max(gr.gaps, r.reach[1]+1)
}

// loop reports whether a path is a single step that comes and goes in one gap.
func (gr *grid) loop(path int) bool {
	p := gr.graph.Paths[path]
	return p.Count == 1 && gr.spots[p.From].gap == gr.spots[p.To].gap
}

// pack gives each box its row in its lane. The basic path has the first row
// of every lane; the others follow, parents and short ones first.
func (l *lanePlan) pack() {
	l.findBasicColumns()
	for i := range l.graph.Paths[0].Count {
		step := l.graph.Steps[i]
		l.cells[i].column = l.columns[i]
		l.take(i, 0, [2]int{l.spots[step.From].gap, l.spots[step.To].gap})
	}
	end := l.gaps - 1
	if last := total(l.rows[0].widths); last < end { // the ring stands there
		l.take(l.graph.Paths[0].Count-1, 0, [2]int{last, last + 1})
	}
	for _, path := range l.packing(above) {
		first, end := l.graph.StepsOf(path)
		for i := first; i < end; i++ {
			l.seatBox(i)
		}
	}
}

func (l *lanePlan) findBasicColumns() {
	l.columnOf = slices.Repeat([]int{-1}, l.gaps)
	at := 0
	for i, w := range l.rows[0].widths {
		for range w {
			l.columnOf[at] = i
			at++
		}
	}
}

func (l *lanePlan) take(box, row int, columns [2]int) {
	c := &l.cells[box]
	c.row = row
	key := [2]int{c.lane, row}
	l.taken[key] = append(l.taken[key], columns)
	l.lanes[c.lane].rows = max(l.lanes[c.lane].rows, row+1)
}

// seat is where a box may stand, and which columns its lines want beside it.
type seat struct {
	row, column int
	need        [2]int // the columns that it must have
	want        [2]int // with those through which its line runs straight
	cost        int
}

// seatBox puts a box where it costs least.
func (l *lanePlan) seatBox(box int) {
	best := seat{cost: 1 << 30}
	for rank, s := range l.seats(box) {
		for s.row = 0; s.row <= l.lanes[l.cells[box].lane].rows; s.row++ {
			if s.cost = l.weigh(box, s) + 2*rank; s.cost < best.cost {
				best = s
			}
		}
	}
	l.cells[box].column = best.column
	columns := best.need
	if !overlaps(l.taken[[2]int{l.cells[box].lane, best.row}], best.want) {
		columns = best.want
	}
	l.take(box, best.row, columns)
	if path := l.graph.Steps[box].Path; l.loop(path) {
		l.loops[[3]int{l.cells[box].lane, best.row, l.spots[l.graph.Paths[path].From].gap}] = true
	}
}

const never = 1 << 20

// weigh tells what a seat costs: a row further out, a new row, a line that
// has to run round what stands in its way, a bend between steps of one lane.
func (l *lanePlan) weigh(box int, s seat) int {
	at := l.cells[box].lane
	taken := l.taken[[2]int{at, s.row}]
	if overlaps(taken, s.need) || l.facesLoop(box, s) {
		return never
	}
	cost := 10 * s.row
	if s.row == l.lanes[at].rows {
		cost += 5
	}
	if overlaps(taken, s.want) {
		cost += 7
	}
	step := l.graph.Steps[box]
	if box > l.graph.Paths[step.Path].First && l.cells[box-1].lane == at && l.cells[box-1].row != s.row {
		cost += 4 + 10*max(s.row-l.cells[box-1].row, l.cells[box-1].row-s.row)
	}
	return cost
}

// facesLoop reports whether a step that comes and goes in one gap would stand
// across from another, or on the line on which its own place lies.
func (l *lanePlan) facesLoop(box int, s seat) bool {
	path := l.graph.Steps[box].Path
	if !l.loop(path) {
		return false
	}
	p := l.graph.Paths[path]
	if l.loops[[3]int{l.cells[box].lane, s.row, l.spots[p.From].gap}] {
		return true
	}
	for _, place := range []int{p.From, p.To} {
		for _, beside := range l.besidePlace(place) {
			if c := l.cells[beside]; c.lane == l.cells[box].lane && c.row == s.row {
				return true
			}
		}
	}
	return false
}

// besidePlace returns the steps of a place's own path before and after it.
func (l *lanePlan) besidePlace(place int) []int {
	owner := l.owner[place]
	path, n := l.graph.Paths[owner], l.position(owner, place)
	var steps []int
	if n > 0 {
		steps = append(steps, path.First+n-1)
	}
	if n < path.Count {
		steps = append(steps, path.First+n)
	}
	return steps
}

// seats lists the columns in which a box may stand, the best first.
func (l *lanePlan) seats(box int) []seat {
	step := l.graph.Steps[box]
	path := l.graph.Paths[step.Path]
	if path.Count > 1 {
		return []seat{l.chained(box)}
	}
	from, to := l.spots[path.From].gap, l.spots[path.To].gap
	low, high := min(from, to), max(from, to)
	var list []seat
	for _, c := range l.singleColumns(box, low, high) {
		need := [2]int{c, c + 1}
		list = append(list, seat{column: c, need: need, want: [2]int{min(low, c), max(high, c+1)}})
	}
	return list
}

// singleColumns are the columns between two gaps from the middle outwards;
// where both are one, that on its right and that on its left, and first the
// one whose stage is the step's.
func (l *lanePlan) singleColumns(box, low, high int) []int {
	if low < high {
		middle := l.columns[box]
		var list []int
		for d := range high - low {
			for _, c := range []int{middle + d, middle - d} {
				if low <= c && c < high && !slices.Contains(list, c) {
					list = append(list, c)
				}
			}
		}
		return list
	}
	var list []int
	if low < l.gaps-1 {
		list = append(list, low)
	}
	if low > 0 {
		list = append(list, low-1)
	}
	stage := l.graph.Steps[box].Stage
	slices.SortStableFunc(list, func(a, b int) int { return l.strange(a, stage) - l.strange(b, stage) })
	return list
}

// strange is 0 for a column of a stage, 1 for any other.
func (l *lanePlan) strange(column, stage int) int {
	if i := l.columnOf[column]; i >= 0 && l.graph.Steps[i].Stage == stage {
		return 0
	}
	return 1
}

// chained is the seat of one of several steps of a path: its line to the
// places before and after it runs straight.
func (l *lanePlan) chained(box int) seat {
	step := l.graph.Steps[box]
	path := l.graph.Paths[step.Path]
	c := l.columns[box]
	s := seat{column: c, need: [2]int{c, c + 1}, want: [2]int{c, c + 1}}
	before, after := l.spots[step.From].gap, l.spots[step.To].gap
	if box > path.First {
		s.need = cover(s.need, before)
	}
	if box < path.First+path.Count-1 {
		s.need = cover(s.need, after)
	}
	s.want = s.need
	if box == path.First && l.straightTo(box, before, true) {
		s.want = cover(s.want, before)
	}
	if box == path.First+path.Count-1 && l.straightTo(box, after, false) {
		s.want = cover(s.want, after)
	}
	return s
}

func cover(columns [2]int, gap int) [2]int {
	return [2]int{min(columns[0], gap), max(columns[1], gap)}
}

// straightTo reports whether a gap is on the side of a box where its line
// comes in, or goes out.
func (l *lanePlan) straightTo(box, gap int, in bool) bool {
	if l.onRight(box, in) {
		return gap > l.columns[box]
	}
	return gap <= l.columns[box]
}

// onRight reports whether the line into a box, or out of it, is on its right.
func (l *lanePlan) onRight(box int, in bool) bool {
	path := l.graph.Steps[box].Path
	if l.loop(path) {
		return l.spots[l.graph.Paths[path].From].gap > l.cells[box].column
	}
	return l.rows[path].back == in
}
