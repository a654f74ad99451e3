package render

import "slices"

// A line from a box to another, or to the line on which a place lies, runs
// upright in gaps, where there are no boxes, and level along a row that was
// kept free for it, or in the channel between two rows. What runs upright in
// a gap is a riser, what runs in a channel a track; both are strands.

// wire is a line of the map.
type wire struct {
	path   int // whose; -1 for what hangs behind the scenes
	box    int // the box at which it begins, or, coming from a place, ends
	place  int // the place that it joins or leaves; -1 where it goes from box to box
	entry  bool
	turns  []turn // x and y by turns, from the box on
	points []Point
}

// turn is an x or a y at which a line turns.
type turn struct {
	kind  turnKind
	a, b  int
	shift Length
}

type turnKind int

const (
	sideX  turnKind = iota // of box a: its left side, or where b is 1 its right one
	rowY                   // the axis of row a
	placeY                 // of end b of the line on which place a lies
	riserX                 // of riser b in gap a
	trackY                 // of track b in channel a
)

// strand is a part of a line that has a slot among others.
type strand struct {
	wire   int
	ends   [2]strandEnd
	after  int // the strand beyond which it lies, before which it lies; -1 for none
	before int
	at     Length  // its slot, from the first one
	turns  [2]turn // of a track: the x of its ends
}

// strandEnd is where a strand ends, and on which side of it its line goes on:
// -1 before it, 1 beyond it, 0 neither.
type strandEnd struct {
	at   Length
	side int
}

func (s *strand) low() Length           { return min(s.ends[0].at, s.ends[1].at) }
func (s *strand) high() Length          { return max(s.ends[0].at, s.ends[1].at) }
func (s *strand) covers(at Length) bool { return s.low() <= at && at <= s.high() }
func (s *strand) meets(o *strand, slack Length) bool {
	return s.low() <= o.high()+slack && o.low() <= s.high()+slack
}

// carrier is the line on which a place lies.
type carrier struct {
	rows  [2]int // of its ends
	sides [2]int // on which side of the riser each end is
	riser int    // -1 where it is straight
	wire  int    // whose riser it is
}

// Before anything has a height, rows and channels are levels: channel i is at
// 20i, the axis of row i ten below it.
const rowLevel = 20

func rowAt(row int, shift Length) Length { return Length(row*rowLevel) + rowLevel/2 + shift/(10*Px) }

// portShift is how far apart lines end on one side of a box.
const portShift = 10 * Px

// findWires lists all lines and the strands that they need.
func (l *lanePlan) findWires() {
	l.carriers = make([]carrier, l.graph.Places)
	l.risers = make([][]strand, l.gaps)
	l.tracks = make([][]strand, len(l.rowsDown)+1)
	basic := l.graph.Paths[0]
	l.carriers[basic.From] = l.level(basic.First)
	l.carriers[basic.To] = l.level(basic.First + basic.Count - 1)
	for path, p := range l.graph.Paths {
		for i := p.First; i+1 < p.First+p.Count; i++ {
			l.chainWire(path, i)
		}
	}
	for _, path := range l.order {
		if path > 0 {
			l.placeWire(path, true)
			l.placeWire(path, false)
		}
	}
	l.hangWires()
}

// level is the straight line through a box.
func (l *lanePlan) level(box int) carrier {
	row := l.rowOf(box)
	return carrier{rows: [2]int{row, row}, riser: -1}
}

// port is the x and y at which a line meets a box.
func (l *lanePlan) port(box int, right bool, shift Length) []turn {
	side := 0
	if right {
		side = 1
	}
	return []turn{{sideX, box, side, 0}, {rowY, l.rowOf(box), 0, shift}}
}

// besides is -1 for the left of two sides, 1 for the right.
func besides(right bool) int {
	if right {
		return 1
	}
	return -1
}

// chainWire leads from a step to the next one of its path.
func (l *lanePlan) chainWire(path, step int) {
	back := l.rows[path].back
	w := wire{path: path, box: step, place: -1, turns: l.port(step, !back, 0)}
	from, to := l.rowOf(step), l.rowOf(step+1)
	place := l.graph.Steps[step].To
	c := l.level(step)
	if from != to {
		c.rows[1], c.wire = to, len(l.wires)
		c.sides = [2]int{besides(back), besides(!back)}
		c.riser = l.addRiser(l.spots[place].gap, strand{wire: len(l.wires), after: -1, before: -1,
			ends: [2]strandEnd{{rowAt(from, 0), c.sides[0]}, {rowAt(to, 0), c.sides[1]}}})
		w.turns = append(w.turns, turn{riserX, l.spots[place].gap, c.riser, 0})
		end := l.port(step+1, back, 0)
		w.turns = append(w.turns, end[1], end[0])
	} else {
		w.turns = append(w.turns, l.port(step+1, back, 0)[0])
	}
	l.carriers[place] = c
	l.wires = append(l.wires, w)
}

func (l *lanePlan) addRiser(gap int, s strand) int {
	l.risers[gap] = append(l.risers[gap], s)
	return len(l.risers[gap]) - 1
}

// placeWire leads from a place to the first step of a path, or from its last
// one to a place.
func (l *lanePlan) placeWire(path int, entry bool) {
	p := l.graph.Paths[path]
	box, place := p.First, p.From
	if !entry {
		box, place = p.First+p.Count-1, p.To
	}
	right, shift := l.onRight(box, entry), Length(0)
	if l.loop(path) {
		shift = loopShift(entry)
	}
	w := wire{path: path, box: box, place: place, entry: entry, turns: l.port(box, right, shift)}
	gap, beside := l.spots[place].gap, l.cells[box].column
	if right {
		beside++
	}
	level, side := rowAt(l.rowOf(box), shift), besides(!right)
	switch {
	case gap == beside:
	case l.clear(box, gap, right):
	default:
		level, side = l.detour(&w, box, gap, beside, right, shift)
	}
	l.attach(&w, place, level, side)
	l.wires = append(l.wires, w)
}

// loopShift keeps the way to a box and the way back apart.
func loopShift(entry bool) Length {
	if entry {
		return -portShift
	}
	return portShift
}

// clear reports whether the row between a box and a gap was kept for its line.
func (l *lanePlan) clear(box, gap int, right bool) bool {
	c := l.cells[box]
	if right != (gap > c.column) {
		return false
	}
	for _, t := range l.taken[[2]int{c.lane, c.row}] {
		if t[0] <= c.column && c.column < t[1] {
			return t[0] <= min(gap, c.column) && t[1] >= gap
		}
	}
	return false
}

// detour leads a line from its box up or down to a channel and along it to a
// gap, and returns where it comes in there.
func (l *lanePlan) detour(w *wire, box, gap, beside int, right bool, shift Length) (level Length, side int) {
	row, c := l.rowOf(box), l.carriers[w.place]
	channel, towards := row, 1
	if min(c.rows[0], c.rows[1]) > row {
		channel, towards = row+1, -1
	}
	level = Length(channel * rowLevel)
	riser := l.addRiser(beside, strand{wire: len(l.wires), after: -1, before: -1, ends: [2]strandEnd{
		{rowAt(row, shift), besides(!right)}, {level, besides(gap > beside)}}})
	from := turn{riserX, beside, riser, 0}
	l.tracks[channel] = append(l.tracks[channel], strand{wire: len(l.wires), after: -1, before: -1,
		ends: [2]strandEnd{{side: towards}, {}}, turns: [2]turn{from}})
	w.turns = append(w.turns, from, turn{trackY, channel, len(l.tracks[channel]) - 1, 0})
	return level, besides(gap < beside)
}

// attach ends a line on the one on which a place lies. It comes in at a level
// from a side of the gap.
func (l *lanePlan) attach(w *wire, place int, level Length, side int) {
	gap, c := l.spots[place].gap, l.carriers[place]
	to, s := 0, strand{wire: len(l.wires), after: -1, before: -1}
	if c.riser >= 0 {
		stem := &l.risers[gap][c.riser]
		if stem.covers(level) {
			l.arrive(w, turn{riserX, gap, c.riser, 0}, 0)
			return
		}
		to = l.nearer(c, level)
		if c.sides[to] < 0 {
			s.before = c.riser
		} else {
			s.after = c.riser
		}
	}
	s.ends = [2]strandEnd{{level, side}, {rowAt(c.rows[to], 0), 0}}
	l.arrive(w, turn{riserX, gap, l.addRiser(gap, s), 0}, besides(rowAt(c.rows[to], 0) > level))
	w.turns = append(w.turns, turn{placeY, place, to, 0})
}

// arrive adds the last upright of a line, and tells it to the track before it.
func (l *lanePlan) arrive(w *wire, at turn, side int) {
	if last := w.turns[len(w.turns)-1]; last.kind == trackY {
		track := &l.tracks[last.a][last.b]
		track.turns[1], track.ends[1].side = at, side
	}
	w.turns = append(w.turns, at)
}

// nearer returns the end of a carrier that is nearer to a level.
func (l *lanePlan) nearer(c carrier, level Length) int {
	if abs(rowAt(c.rows[1], 0)-level) < abs(rowAt(c.rows[0], 0)-level) {
		return 1
	}
	return 0
}

// keep is the least distance of two parallel lines.
func (l *lanePlan) keep(a, b int) Length {
	first, second := penOfWire(l, a), penOfWire(l, b)
	switch {
	case first.dashed && second.dashed:
		return optionPitch
	case first != second:
		return strangerPitch
	}
	return slotPitch
}

func penOfWire(l *lanePlan, wire int) pen {
	if path := l.wires[wire].path; path >= 0 {
		return penOf(l.graph.Paths[path].Kind)
	}
	return actPen
}

// lay gives the strands of a gap or channel slots in which they cross little,
// and returns how much room they take.
func (l *lanePlan) lay(strands []strand, slack Length) Length {
	var order []int
	for i := range strands {
		order = slices.Insert(order, bestSlot(strands, order, i, slack), i)
	}
	most := Length(0)
	for i, a := range order {
		for _, b := range order[:i] {
			if strands[a].meets(&strands[b], slack) {
				strands[a].at = max(strands[a].at, strands[b].at+l.keep(strands[a].wire, strands[b].wire))
			}
		}
		most = max(most, strands[a].at)
	}
	return most
}

// bestSlot returns where in the order a strand crosses fewest of the others.
func bestSlot(strands []strand, order []int, i int, slack Length) int {
	s := &strands[i]
	first, end, cost := 0, len(order), 0
	for at, j := range order {
		if j == s.after {
			first = at + 1
		}
		if j == s.before {
			end = at
		}
		cost += strandCrossings(s, &strands[j], slack)
	}
	best, position := 1<<30, first
	for at := 0; at <= end; at++ {
		if at >= first && cost < best {
			best, position = cost, at
		}
		if at < len(order) {
			o := &strands[order[at]]
			cost += strandCrossings(o, s, slack) - strandCrossings(s, o, slack)
		}
	}
	return position
}

// strandCrossings is how often the lines of two strands cross when a comes
// first.
func strandCrossings(a, b *strand, slack Length) int {
	if !a.meets(b, slack) {
		return 0
	}
	n := 0
	for k := range 2 {
		if a.ends[k].side > 0 && b.covers(a.ends[k].at) {
			n++
		}
		if b.ends[k].side < 0 && a.covers(b.ends[k].at) {
			n++
		}
	}
	return n
}

// placeTracks gives the tracks of all channels their slots; the risers have
// their x by now.
func (l *lanePlan) placeTracks() {
	l.trackRoom = make([]Length, len(l.tracks))
	for channel := range l.tracks {
		for i := range l.tracks[channel] {
			t := &l.tracks[channel][i]
			t.ends[0].at, t.ends[1].at = l.value(t.turns[0]), l.value(t.turns[1])
		}
		l.trackRoom[channel] = l.lay(l.tracks[channel], slotPitch+Px)
	}
}

// value is the x or y of a turn.
func (l *lanePlan) value(t turn) Length {
	switch t.kind {
	case sideX:
		return l.boxes[t.a].left() + Length(t.b)*l.boxes[t.a].size.X
	case rowY:
		return l.rowsDown[t.a].axis + t.shift
	case placeY:
		return l.carrierY(t.a, t.b)
	case riserX:
		return l.slotX[t.a] + l.risers[t.a][t.b].at
	}
	return l.trackTop[t.a] + l.tracks[t.a][t.b].at
}

// carrierY is the y of an end of the line on which a place lies.
func (l *lanePlan) carrierY(place, end int) Length {
	c := l.carriers[place]
	if c.riser < 0 {
		return l.rowsDown[c.rows[end]].axis
	}
	return l.value(l.wires[c.wire].turns[1+2*end])
}

// stub is the level part of a line between a riser and a box on one side.
type stub struct {
	wire, turn int // where its y is
	x          Length
}

// partStubs moves lines apart that would run over each other: in one gap and
// row, one from the left that goes on beyond where one to the right begins.
func (l *lanePlan) partStubs() {
	left := map[[2]int][]stub{}
	l.eachStub(-1, func(key [2]int, s stub) { left[key] = append(left[key], s) })
	l.eachStub(1, func(key [2]int, right stub) {
		for _, s := range left[key] {
			if *l.shiftOf(s) == *l.shiftOf(right) && s.x > right.x {
				l.part(s, right)
			}
		}
	})
}

// part moves the more humble of two stubs; a narrow box leaves its line no
// room to move far.
func (l *lanePlan) part(a, b stub) {
	first, second := l.humble(a), l.humble(b)
	switch {
	case first == 0 && second == 0:
		by := l.away(b) * skipShift / portShift
		*l.shiftOf(b) += by
		*l.shiftOf(a) -= by
	case first > second:
		*l.shiftOf(a) += l.away(a)
	default:
		*l.shiftOf(b) += l.away(b)
	}
}

// skipShift is how far a line at the words of an empty way may move.
const skipShift = 6 * Px

// humble tells which of two lines moves: one to a place rather than one
// between boxes, and the basic path last, but never one at an empty way.
func (l *lanePlan) humble(s stub) int {
	switch w := &l.wires[s.wire]; {
	case w.path >= 0 && l.skips(w.path):
		return 0
	case w.path == 0:
		return 1
	case w.place < 0:
		return 2
	}
	return 3
}

func (l *lanePlan) shiftOf(s stub) *Length { return &l.wires[s.wire].turns[s.turn].shift }

// eachStub hands over the stubs on one side of their risers.
func (l *lanePlan) eachStub(side int, do func(key [2]int, s stub)) {
	for i := range l.wires {
		turns := l.wires[i].turns
		for j := 1; j+1 < len(turns); j++ {
			y, riser, box := turns[j], turns[j+1], turns[j-1]
			if riser.kind != riserX {
				riser, box = box, riser
			}
			if y.kind != rowY || riser.kind != riserX || box.kind != sideX {
				continue
			}
			if x := l.value(riser); l.value(box) > x == (side > 0) {
				do([2]int{y.a, riser.a}, stub{i, j, x})
			}
		}
	}
}

// away returns by how much a stub moves: towards where its riser goes.
func (l *lanePlan) away(s stub) Length {
	turns := l.wires[s.wire].turns
	riser := turns[s.turn+1]
	if riser.kind != riserX {
		riser = turns[s.turn-1]
	}
	strand, level := &l.risers[riser.a][riser.b], rowAt(turns[s.turn].a, 0)
	if strand.high()-level > level-strand.low() {
		return portShift
	}
	return -portShift
}

// traceWires tells the points of all lines, in the direction of their arrows.
func (l *lanePlan) traceWires() {
	for i := range l.wires {
		w := &l.wires[i]
		if w.turns == nil {
			w.points = l.plumbLine(w.box, len(l.graph.Steps)+i-l.firstTie())
			continue
		}
		w.points = l.trace(w.turns)
		if w.entry {
			slices.Reverse(w.points)
		} else if w.place >= 0 {
			shorten(w.points)
		}
	}
}

// trace returns the points of a line that begins with an x.
func (l *lanePlan) trace(turns []turn) []Point {
	var points []Point
	for j := 1; j < len(turns); j++ {
		pt := Point{l.value(turns[j-1]), l.value(turns[j])}
		if j%2 == 0 {
			pt.X, pt.Y = pt.Y, pt.X
		}
		points = append(points, pt)
	}
	return simplify(points)
}
