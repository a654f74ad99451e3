package render

import (
	"cmp"
	"slices"

	"github.com/customer-corridor/corridor/pkg/model"
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
	host   int     // the edge whose line it leaves or joins, its own place's; -1 for none
	fixed  bool    // others hang on its line, or it on another's: no router moves it

	spotSlot, besideSlot Length // from the middle of the gap or bus
	track                int    // in the channel
}

// bend tells how an edge runs.
type bend int

const (
	corner bend = iota // up the gap of its place, then along the row
	detour             // up the gap, along a channel, up beside the row, along it
	drop               // from the place down to the top of a box right under the spine
	branch             // from its host's line beside the row straight to the box
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
	e := edge{path: path, entry: entry, host: -1, spot: r.to, beside: r.first, leftOf: entry == r.back}
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
	direct bool // its line ends on the top of a box right under it
	key    int  // slots are in ascending order from left to right
}

// lineup is the slots of all gaps and buses.
type lineup struct {
	over  [][]slot // by gap: lines above the spine
	under [][]slot // by gap: lines below the spine
	buses [][]slot // by bus

	gapHalf, busHalf []Length // how far the outermost slot is from the middle
}

// How far neighbouring lines keep from each other. Dashed lines that run
// close together cannot be told apart, so options keep more.
const (
	slotPitch     = 9 * Px
	strangerPitch = 13 * Px // between an option and an alternative
	optionPitch   = 20 * Px
)

func (p *plan) lineUp() {
	p.lineup = lineup{
		make([][]slot, p.gaps), make([][]slot, p.gaps), make([][]slot, p.gaps+1),
		make([]Length, p.gaps), make([]Length, p.gaps+1),
	}
	for i := range p.edges {
		p.claim(i)
	}
	for gap := range p.gaps {
		p.lineup.gapHalf[gap] = p.spread(mixed(p.lineup.over[gap], p.lineup.under[gap]))
	}
	for bus, slots := range p.lineup.buses {
		byKey(slots)
		p.lineup.busHalf[bus] = p.spread(slots)
	}
}

func byKey(slots []slot) {
	slices.SortStableFunc(slots, func(a, b slot) int { return cmp.Compare(a.key, b.key) })
}

// betweenPorts is how many lines may rise between those that go straight down
// to a box, so that both still meet it.
const betweenPorts = 5

// mixed orders the slots of one gap. Lines above and below the spine never
// share a slot, or one would seem to lead on into the other. Those above
// stand in the middle, between the way to an option and the way back.
func mixed(over, under []slot) []slot {
	byKey(over)
	byKey(under)
	first, end := len(under), 0
	for i, s := range under {
		if s.direct {
			first, end = min(first, i), i+1
		}
	}
	if end == 0 {
		split, _ := slices.BinarySearchFunc(under, 0, func(s slot, key int) int { return cmp.Compare(s.key, key) })
		return slices.Concat(under[:split], over, under[split:])
	}
	half := (first + end + 1) / 2
	aside := max(0, len(over)-betweenPorts) / 2
	inner := over[aside : aside+min(len(over), betweenPorts)]
	return slices.Concat(under[:first], over[:aside], under[first:half], inner, under[half:end], over[aside+len(inner):], under[end:])
}

// claim asks for the slots of an edge. What it shares with its host it does
// not need.
func (p *plan) claim(i int) {
	e := &p.edges[i]
	r := &p.rows[e.path]
	if e.host < 0 {
		p.claimSpot(i, r)
	}
	if e.shape == drop && p.column(e) != e.spot.gap {
		under := &p.lineup.under[p.column(e)]
		*under = append(*under, slot{i, true, true, 0})
	}
	if e.shape == detour {
		line := p.line(r.side, e.beside)
		*line = append(*line, slot{i, true, false, nested(e.leftOf, 2*r.lane)})
	}
}

func (p *plan) claimSpot(i int, r *row) {
	e := &p.edges[i]
	if r.side != below || p.rows[e.spot.row].side == below {
		line := p.line(r.side, e.spot.gap)
		*line = append(*line, slot{i, false, false, nested(e.spotLeft(), e.depth(r))})
		return
	}
	under := &p.lineup.under[e.spot.gap]
	*under = append(*under, slot{i, false, p.plumb(e), p.fanned(e)})
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

// plumb reports whether an edge goes straight down to a box.
func (p *plan) plumb(e *edge) bool { return e.shape == drop && p.column(e) == e.spot.gap }

func (p *plan) optional(edge int) bool {
	return p.graph.Paths[p.edges[edge].path].Kind == model.Optional
}

// pitch is the least distance of the lines of two edges.
func (p *plan) pitch(a, b int) Length {
	switch first, second := p.optional(a), p.optional(b); {
	case first && second:
		return optionPitch
	case first != second:
		return strangerPitch
	}
	return slotPitch
}

// spread gives the slots of one gap or bus, which are in order, their
// distances from its middle and returns the greatest of them.
func (p *plan) spread(slots []slot) Length {
	at := make([]Length, len(slots))
	for i := 1; i < len(slots); i++ {
		at[i] = at[i-1] + p.pitch(slots[i-1].edge, slots[i].edge)
	}
	shift, half := p.shift(slots, at), Length(0)
	for i, s := range slots {
		offset := at[i] + shift
		half = max(half, abs(offset))
		if s.beside {
			p.edges[s.edge].besideSlot = offset
		} else {
			p.edges[s.edge].spotSlot = offset
		}
	}
	return half
}

// portInset keeps a line that ends on the top of a box from its corners.
const portInset = 20 * Px

// shift moves slots to the middle, as far as direct ones still meet their box.
func (p *plan) shift(slots []slot, at []Length) Length {
	if len(slots) == 0 {
		return 0
	}
	shift := -at[len(at)-1] / 2
	for i, s := range slots {
		if port := p.boxWidth/2 - portInset; s.direct {
			shift = max(-port, min(port, at[i]+shift)) - at[i]
		}
	}
	return shift
}
