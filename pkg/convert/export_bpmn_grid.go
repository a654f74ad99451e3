package convert

import (
	"cmp"
	"slices"
)

// The diagram is a grid: columns by how far a shape is from the start, rows by
// paths, bands of rows by lanes. Shapes stand in cells, one in each. Flows run
// along free cells of a row, in the gaps between columns, and in channels above
// and below rows, where each has a track; so none crosses a shape.

// exportPlaced is where a shape stands: in the grid, then on the page.
type exportPlaced struct {
	col, row   int
	x, y, w, h int
	label      exportBox // of what is written outside the shape
}

// exportBox is a rectangle on the page.
type exportBox struct{ x, y, w, h int }

// exportGrid is the grid as far as it is filled.
type exportGrid struct {
	cols  int
	lines []exportGridRow
	gaps  []exportTracks // gap i is before column i
	// channels are above and below rows: that above row i is channels[2*i].
	channels []exportTracks
}

// exportGridRow is what is in a row: the columns of its shapes, in order, and
// the flows that run along it.
type exportGridRow struct {
	cols []int
	runs []exportRun
}

// exportRun is a flow along a row, between two columns.
type exportRun struct{ lo, hi, from, to int }

// lay gives every shape its bounds and every flow its waypoints.
func (p *exportProcess) lay() {
	p.size()
	p.columns()
	p.rows()
	p.route()
	p.paint()
}

// host returns the node in whose cell a node is.
func (p *exportProcess) host(n int) int {
	if h := p.nodes[n].host; h >= 0 {
		return h
	}
	return n
}

// columns puts each shape one column after the last that leads to it, ways
// that lead back not counted.
func (p *exportProcess) columns() {
	order, back := p.travel()
	for _, n := range order {
		col := p.nodes[n].col
		p.grid.cols = max(p.grid.cols, col+1)
		for _, f := range p.leaving(n) {
			if !back[f] {
				to := &p.nodes[p.flows[f].to]
				to.col = max(to.col, col+1)
				if len(p.nodes[n].out) > 1 && len(to.in) > 1 {
					to.col = max(to.col, col+2) // so that ways part in one gap and meet in another
				}
			}
		}
	}
	for i := range p.nodes {
		p.nodes[i].col = p.nodes[p.host(i)].col
	}
}

// leaving returns the flows that lead away from a shape, and from the events on
// it.
func (p *exportProcess) leaving(n int) []int {
	if p.nodes[n].slots == 0 {
		return p.nodes[n].out
	}
	return append(slices.Clone(p.nodes[n].out), p.nodes[n].events...)
}

// travel goes all ways from the start, depth first. It returns the shapes in an
// order in which ways lead on, but for those that lead back.
func (p *exportProcess) travel() (order []int, back []bool) {
	const (
		unseen = iota
		open
		done
	)
	state := make([]int, len(p.nodes))
	back = make([]bool, len(p.flows))
	var visit func(n int)
	visit = func(n int) {
		state[n] = open
		for _, f := range p.leaving(n) {
			switch to := p.flows[f].to; state[to] {
			case unseen:
				visit(to)
			case open:
				back[f] = true
			}
		}
		state[n] = done
		order = append(order, n)
	}
	visit(0)
	slices.Reverse(order)
	return order, back
}

// exportBand is shapes of one strand in one lane that stand in one row.
type exportBand struct {
	lane   int
	lo, hi int // columns that the row must have free
	row    int
}

// rows gives each band the first row of its lane that is free where it runs.
func (p *exportProcess) rows() {
	bands, of := p.bands()
	taken := make([][][]exportRun, len(p.lanes))
	for i := range bands {
		b := &bands[i]
		b.row = slices.IndexFunc(taken[b.lane], func(row []exportRun) bool { return exportFree(row, b.lo, b.hi) })
		if b.row < 0 {
			b.row = len(taken[b.lane])
			taken[b.lane] = append(taken[b.lane], nil)
		}
		taken[b.lane][b.row] = append(taken[b.lane][b.row], exportRun{lo: b.lo, hi: b.hi})
	}
	first := 0
	for i := range p.lanes {
		p.lanes[i].row, p.lanes[i].rows = first, len(taken[i])
		first += len(taken[i])
	}
	p.grid.lines = make([]exportGridRow, first)
	for i := range p.nodes {
		n := &p.nodes[i]
		n.row = p.lanes[n.lane].row + bands[of[i]].row
		if n.host < 0 {
			line := &p.grid.lines[n.row]
			line.cols = append(line.cols, n.col)
		}
	}
	for i := range p.grid.lines {
		slices.Sort(p.grid.lines[i].cols)
	}
}

// exportFree leaves a column between bands: flows leave the one and come to the
// other in the gaps beside them.
func exportFree(row []exportRun, lo, hi int) bool {
	return !slices.ContainsFunc(row, func(r exportRun) bool { return r.lo <= hi+1 && lo <= r.hi+1 })
}

// bands collects the shapes into bands, in the order of the strands, and tells
// of which each one is. Shapes beside each other that no flow joins are of two
// bands: between them the one's flow away and the other's flow to it would lie
// on one line.
func (p *exportProcess) bands() (bands []exportBand, of []int) {
	order := make([]int, 0, len(p.nodes))
	for i, n := range p.nodes {
		if n.host < 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := p.nodes[i], p.nodes[j]
		return cmp.Or(cmp.Compare(a.strand, b.strand), cmp.Compare(a.lane, b.lane), cmp.Compare(a.col, b.col))
	})
	of = make([]int, len(p.nodes))
	for k, i := range order {
		n := p.nodes[i]
		if k == 0 || !p.beside(order[k-1], i) {
			bands = append(bands, exportBand{lane: n.lane, lo: n.col, hi: n.col})
		}
		of[i] = len(bands) - 1
		bands[of[i]].hi = n.col
	}
	for i := range p.nodes {
		of[i] = of[p.host(i)]
	}
	p.stretch(bands, of)
	return bands, of
}

// beside reports whether a shape goes into the band of the one before it.
func (p *exportProcess) beside(before, after int) bool {
	a, b := p.nodes[before], p.nodes[after]
	if a.strand != b.strand || a.lane != b.lane {
		return false
	}
	return b.col > a.col+1 || b.col > a.col && slices.ContainsFunc(a.out, func(f int) bool { return p.flows[f].to == after })
}

// stretch lets bands reach as far as the flows that run along their rows.
func (p *exportProcess) stretch(bands []exportBand, of []int) {
	for _, f := range p.flows {
		from, to := p.nodes[f.from], p.nodes[f.to]
		switch {
		case from.host >= 0 || f.skips || to.col <= from.col || of[f.from] == of[f.to]:
		case from.strand == f.strand:
			bands[of[f.from]].hi = max(bands[of[f.from]].hi, to.col-1)
		case to.strand == f.strand:
			bands[of[f.to]].lo = min(bands[of[f.to]].lo, from.col+1)
		}
	}
}

// free reports whether a flow may run along a row through columns lo to hi.
func (g *exportGrid) free(row int, r exportRun) bool {
	line := g.lines[row]
	i, _ := slices.BinarySearch(line.cols, r.lo)
	if i < len(line.cols) && line.cols[i] <= r.hi {
		return false
	}
	return !slices.ContainsFunc(line.runs, func(o exportRun) bool {
		return o.lo <= r.hi+1 && r.lo <= o.hi+1 && o.from != r.from && o.to != r.to
	})
}

func (g *exportGrid) run(row int, r exportRun) {
	g.lines[row].runs = append(g.lines[row].runs, r)
}
