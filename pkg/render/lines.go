package render

import (
	"cmp"
	"slices"
)

// edge is a line between a path and a place that it leaves or comes back to.
type edge struct {
	path   int
	entry  bool // from the place to the path; else from the path to the place
	shape  bend
	spot   spot    // the place
	beside int     // the gap or bus next to the end of the row, where it bends
	leftOf bool    // the row lies left of beside
	points []Point // from its start to its tip

	spotSlot, besideSlot Length // from the middle of the gap or bus
	track                int    // in the channel
}

// bend tells how an edge runs.
type bend int

const (
	corner bend = iota // up the gap of its place, then along the row
	detour             // up the gap, along a channel, up beside the row, along it
	drop               // from the place down to the top of a box right under the spine
)

// findEdges lists the lines of all paths but the basic one, which is
// straight.
func (p *plan) findEdges() {
	for path := range p.graph.Paths {
		if path > 0 {
			p.edges = append(p.edges, p.newEdge(path, true), p.newEdge(path, false))
		}
	}
}

func (p *plan) newEdge(path int, entry bool) edge {
	r := &p.rows[path]
	e := edge{path: path, entry: entry, spot: r.to, beside: r.first, leftOf: entry == r.back}
	if entry {
		e.spot = r.from
	}
	if e.leftOf {
		e.beside = r.first + total(r.widths)
	}
	e.shape = p.bendOf(e, r)
	return e
}

func (p *plan) bendOf(e edge, r *row) bend {
	switch foreign := r.side == below && p.rows[e.spot.row].side != below; {
	case foreign && r.lane == 1 && !p.skips(e.path):
		return drop
	case foreign:
		return detour
	case e.leftOf && e.spot.gap >= e.beside, !e.leftOf && e.spot.gap <= e.beside:
		return corner
	}
	return detour
}

func (p *plan) skips(path int) bool {
	return p.graph.Steps[p.graph.Paths[path].First].Touchpoint == nil
}

// end returns the step of a path at which an edge ends.
func (p *plan) end(e *edge) int {
	path := p.graph.Paths[e.path]
	if e.entry {
		return path.First
	}
	return path.First + path.Count - 1
}

// A gap or bus has a slot for each line that runs in it.
type slot struct {
	edge   int
	beside bool // the slot beside the row, else that of the place
	key    int  // slots are in ascending order from left to right
}

// lineup is the slots of all gaps and buses.
type lineup struct {
	over  [][]slot // by gap: lines above the spine
	under [][]slot // by gap: lines below the spine
	buses [][]slot // by bus
}

const slotPitch = 9 * Px

func (p *plan) lineUp() {
	p.lineup = lineup{make([][]slot, p.gaps), make([][]slot, p.gaps), make([][]slot, p.gaps+1)}
	for i := range p.edges {
		p.claim(i)
	}
	for gap := range p.gaps {
		if p.passedThrough(gap) {
			p.spread(slices.Concat(p.lineup.over[gap], p.lineup.under[gap]))
			continue
		}
		p.spread(p.lineup.over[gap])
		p.spread(p.lineup.under[gap])
	}
	for _, slots := range p.lineup.buses {
		p.spread(slots)
	}
}

// passedThrough reports whether a line goes through the spine at a gap: then
// all lines there need slots of their own.
func (p *plan) passedThrough(gap int) bool {
	return slices.ContainsFunc(p.lineup.under[gap], func(s slot) bool {
		return p.rows[p.edges[s.edge].spot.row].side == above
	})
}

// crowd is the number of slots of a gap that stand side by side.
func (p *plan) crowd(gap int) int {
	over, under := len(p.lineup.over[gap]), len(p.lineup.under[gap])
	if p.passedThrough(gap) {
		return over + under
	}
	return max(over, under)
}

// claim asks for the slots of an edge.
func (p *plan) claim(i int) {
	e := &p.edges[i]
	r, parent := &p.rows[e.path], &p.rows[e.spot.row]
	if r.side != below || parent.side == below {
		line := p.line(r.side, e.spot.gap)
		*line = append(*line, slot{i, false, nested(e.spotLeft(), e.depth(r))})
	} else {
		under := &p.lineup.under[e.spot.gap]
		*under = append(*under, slot{i, false, p.fanned(e)})
	}
	if e.shape == drop && p.column(e) != e.spot.gap {
		under := &p.lineup.under[p.column(e)]
		*under = append(*under, slot{i, true, 0})
	}
	if e.shape != detour {
		return
	}
	line := p.line(r.side, e.beside)
	*line = append(*line, slot{i, true, nested(e.leftOf, 2*r.lane)})
}

// line returns the slots of a gap above the spine or of a bus below it.
func (p *plan) line(s side, number int) *[]slot {
	if s == below {
		return &p.lineup.buses[number]
	}
	return &p.lineup.over[number]
}

// spotLeft reports whether a line turns left when it leaves the gap of its
// place.
func (e *edge) spotLeft() bool {
	if e.shape == detour {
		return e.beside < e.spot.gap || e.beside == e.spot.gap && e.leftOf
	}
	return e.leftOf
}

// depth orders the horizontal parts: a channel lies just before its lane.
func (e *edge) depth(r *row) int {
	if e.shape == detour {
		return 2*r.lane - 1
	}
	return 2 * r.lane
}

const far = 1 << 20

// nested orders lines that turn off at different depths so that none
// crosses another: to the left the deepest turns off last, to the right first.
func nested(left bool, depth int) int {
	if left {
		return depth - far
	}
	return far - depth
}

// fanned orders the lines that go down from a gap of the spine: the deepest
// are outermost, because they run closest to the spine.
func (p *plan) fanned(e *edge) int {
	lane := p.rows[e.path].lane
	turn := p.column(e) - e.spot.gap
	if e.shape == detour {
		turn = 2*(e.beside-e.spot.gap) - 1 // bus b lies left of gap b
	}
	switch {
	case turn == 0 && e.entry:
		return -1
	case turn == 0:
		return 1
	case turn < 0:
		return -far - lane
	}
	return far + lane
}

// column returns the column in which the box at the end of an edge stands.
func (p *plan) column(e *edge) int { return p.columns[p.end(e)] }

// spread gives the slots of one gap or bus their distances from its middle.
func (p *plan) spread(slots []slot) {
	slices.SortStableFunc(slots, func(a, b slot) int { return cmp.Compare(a.key, b.key) })
	for i, s := range slots {
		offset := (Length(2*i) - Length(len(slots)-1)) * slotPitch / 2
		if s.beside {
			p.edges[s.edge].besideSlot = offset
		} else {
			p.edges[s.edge].spotSlot = offset
		}
	}
}
