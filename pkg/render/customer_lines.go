package render

import (
	"slices"
	"strconv"
)

// wayLine is the way; a repair's is dotted.
var wayLine = pen{wayInk, 5 * Px, false}

const wayDot = 2*Px + Px/2

// palePen is the line of a kind of path where nobody comes.
func palePen(with pen) pen { return pen{paleInk, Px, with.dashed} }

// drawMetLines draws the lines as the customer meets them: those where they
// do not come at the back, then those where they do, then the way.
func (b *bridger) drawMetLines() []Group {
	pale := Group{ID: "away"}
	for path := range b.graph.Paths {
		pale.Shapes = append(pale.Shapes, b.drawPaleLines(path)...)
	}
	groups := []Group{pale}
	for path := range b.graph.Paths {
		groups = append(groups, b.drawOpenLines(path))
	}
	return append(groups, b.drawWay())
}

// pass is a straight line between the boxes of a path, or to an end of the
// basic one, through a place.
type pass struct {
	line          []Point
	place         int
	before, after int // steps; -1 for the start and for satisfied
}

// passes lists those of a path.
func (p *plan) passes(path int) []pass {
	var all []pass
	first, end := p.graph.StepsOf(path)
	if path == 0 {
		all = append(all, pass{[]Point{p.startDot, {p.boxes[first].left(), p.startDot.Y}}, p.graph.Steps[first].From, -1, first})
	}
	for i := first; i+1 < end; i++ {
		all = append(all, pass{p.between(&p.boxes[i], &p.boxes[i+1]), p.graph.Steps[i].To, i, i + 1})
	}
	if path == 0 {
		all = append(all, pass{[]Point{{p.boxes[end-1].right(), p.endRing.Y}, {p.endRing.X - markRadius, p.endRing.Y}}, p.graph.Steps[end-1].To, end - 1, -1})
	}
	return all
}

func (b *bridger) drawPaleLines(path int) []Shape {
	with := palePen(penOf(b.graph.Paths[path].Kind))
	var shapes []Shape
	for _, s := range b.passes(path) {
		shapes = append(shapes, b.over(s.line, with)...)
		shapes = append(shapes, arrow(with, s.line)...)
	}
	for i := range b.edges {
		if e := &b.edges[i]; e.path == path && !b.goes(e) && !b.covered(i) {
			shapes = append(shapes, b.over(e.points, with)...)
			shapes = append(shapes, b.drawEdge(e, with)...)
		}
	}
	return shapes
}

func (b *bridger) drawOpenLines(path int) Group {
	g := Group{ID: "path-" + strconv.Itoa(path)}
	with := penOf(b.graph.Paths[path].Kind)
	for _, s := range b.passes(path) {
		g.Shapes = append(g.Shapes, b.drawPass(s, with)...)
	}
	for i := range b.edges {
		e := &b.edges[i]
		if e.path != path || !b.goes(e) || b.covered(i) {
			continue
		}
		if e.host >= 0 && !b.goes(&b.edges[e.host]) {
			g.Shapes = append(g.Shapes, b.drawTrunk(e, with)...)
		}
		g.Shapes = append(g.Shapes, b.over(e.points, with)...)
		g.Shapes = append(g.Shapes, b.drawEdge(e, with)...)
	}
	return g
}

// goes reports whether the customer goes along an edge: to a step that they
// come to, be it closed, or from one that they can take.
func (p *plan) goes(e *edge) bool {
	if e.entry {
		return p.leadsTo(p.end(e))
	}
	return p.overlay.steps[p.end(e)].state == open
}

// leadsTo reports whether the customer comes to a step.
func (p *plan) leadsTo(step int) bool {
	s := p.overlay.steps[step].state
	return s == open || (s == closed || s == out) && p.overlay.comes[p.graph.Steps[step].From]
}

// covered reports whether the way runs along the whole of an edge, whose
// arrow would look out from under it.
func (p *plan) covered(i int) bool {
	e := &p.edges[i]
	step := p.end(e)
	n := slices.Index(p.overlay.way, step)
	if n < 0 || e.host >= 0 || slices.ContainsFunc(p.edges, func(o edge) bool { return o.host == i }) {
		return false
	}
	to := p.graph.Steps[step].To
	return e.entry || n+1 < len(p.overlay.way) && p.graph.Steps[p.overlay.way[n+1]].From == to || to == p.graph.Satisfied && to == p.overlay.target
}

// drawPass draws the part of a straight line between the outermost lines that
// the customer comes by or leaves by.
func (b *bridger) drawPass(s pass, with pen) []Shape {
	var at []Length
	from, to := s.line[0], s.line[1]
	if s.before >= 0 && b.overlay.steps[s.before].state == open || s.before < 0 && b.overlay.start == b.graph.Start {
		at = append(at, from.X)
	}
	ends := s.after >= 0 && b.leadsTo(s.after) || s.after < 0 && b.overlay.comes[b.graph.Satisfied]
	if ends {
		at = append(at, to.X)
	}
	for i := range b.edges {
		if e := &b.edges[i]; b.meets(e) == s.place && e.host < 0 && b.carries(i) {
			at = append(at, b.spotX(e))
		}
	}
	if len(at) < 2 {
		return nil
	}
	low, high := slices.Min(at), slices.Max(at)
	if from.X > to.X {
		low, high = high, low
	}
	part := []Point{{low, from.Y}, {high, from.Y}}
	if ends {
		return append(b.over(part, with), arrow(with, part)...)
	}
	return append(b.over(part, with), Shape{Kind: Line, Points: part, Stroke: with.color, Weight: with.weight})
}

// meets is the place that an edge leaves or comes back to.
func (p *plan) meets(e *edge) int {
	if e.entry {
		return p.graph.Paths[e.path].From
	}
	return p.graph.Paths[e.path].To
}

// carries reports whether the customer goes along an edge, or along one that
// hangs on it.
func (p *plan) carries(edge int) bool {
	if p.goes(&p.edges[edge]) {
		return true
	}
	for i := range p.edges {
		if p.edges[i].host == edge && p.carries(i) {
			return true
		}
	}
	return false
}

// drawTrunk draws the part of another path's line that leads to an edge, or
// away from it.
func (b *bridger) drawTrunk(e *edge, with pen) []Shape {
	course := b.course(e)
	own := len(e.points)
	part := course[:max(2, len(course)-own+1)]
	if !e.entry {
		part = course[min(own-1, len(course)-2):]
	}
	if part = simplify(part); len(part) < 2 {
		return nil
	}
	return []Shape{{Kind: Line, Points: part, Stroke: with.color, Weight: with.weight, Dashed: with.dashed, Radius: 6 * Px}}
}

// course is an edge from its place to its box, or back, with what it shares
// with its host.
func (p *plan) course(e *edge) []Point {
	points := slices.Clone(e.points)
	place := p.placeY(e.spot)
	if e.host < 0 {
		if !e.entry {
			points = append(points, Point{points[len(points)-1].X, place})
		}
		return points
	}
	host := p.course(&p.edges[e.host])
	if e.entry {
		before, _ := cut(host, points[0])
		return append(before, points...)
	}
	_, after := cut(host, points[len(points)-1])
	return append(points, after...)
}

// cut cuts a line along the axes at the point of it that is nearest to
// another.
func cut(points []Point, at Point) (before, after []Point) {
	best, least := 0, Length(-1)
	var where Point
	for i, s := range pieces(points) {
		low, high := s.low(), s.high()
		on := Point{max(low.X, min(high.X, at.X)), max(low.Y, min(high.Y, at.Y))}
		if far := distance(on, at); least < 0 || far < least {
			best, least, where = i, far, on
		}
	}
	before = append(slices.Clone(points[:best+1]), where)
	after = append([]Point{where}, points[best+1:]...)
	return before, after
}

// leg is a part of the way: from one step to the next, or to an end of it.
type leg struct {
	points []Point
	new    bool // only the repair opens it
}

// legs cuts the way.
func (p *plan) legs() []leg {
	v, g := p.overlay, p.graph
	var all []leg
	place, from := v.start, []Point(nil)
	if v.start == g.Start {
		from = []Point{p.startDot}
	}
	for n, step := range v.way {
		if g.Steps[step].From != place {
			from = nil // one turns back
		}
		all = append(all, leg{simplify(append(from, p.entering(step)...)), p.isNew(n)})
		place, from = g.Steps[step].To, p.leaving(step)
	}
	switch {
	case len(v.way) > 0 && place == v.target && v.target == g.Satisfied:
		all = append(all, leg{simplify(append(from, Point{p.endRing.X - markRadius, p.endRing.Y})), v.firm < len(v.way)})
	case !v.cell.Open && len(v.cell.Doors) > 0: // there is no repair
		door := v.cell.Doors[0].Step
		if p.leadsTo(door) && g.Steps[door].From == place {
			all = append(all, leg{simplify(append(from, p.entering(door)...)), false})
		}
	}
	return slices.DeleteFunc(all, func(l leg) bool { return len(l.points) < 2 })
}

// isNew reports whether only the repair opens the leg to a step of the way.
// They come as far as to the first that they cannot take, unless its path is
// not offered.
func (p *plan) isNew(n int) bool {
	return n > p.overlay.firm || n == p.overlay.firm && !p.leadsTo(p.overlay.way[n])
}

// at is a place on the map.
func (p *plan) at(place int) Point {
	s := p.spots[place]
	if p.rows[s.row].side == below {
		return Point{p.busX[s.gap], p.placeY(s)}
	}
	return Point{p.gapX[s.gap], p.placeY(s)}
}

// entering is the line from a step's place to its box.
func (p *plan) entering(step int) []Point {
	for i := range p.edges {
		if e := &p.edges[i]; e.entry && p.end(e) == step {
			return p.course(e)
		}
	}
	if first, _ := p.graph.StepsOf(p.graph.Steps[step].Path); step > first {
		line, middle := p.joint(step)
		return []Point{middle, line[1]}
	}
	b, at := &p.boxes[step], p.at(p.graph.Steps[step].From)
	if at.X > b.middle().X {
		return []Point{at, {b.right(), at.Y}}
	}
	return []Point{at, {b.left(), at.Y}}
}

// leaving is the line from a step's box to the place after it.
func (p *plan) leaving(step int) []Point {
	for i := range p.edges {
		if e := &p.edges[i]; !e.entry && p.end(e) == step {
			return p.course(e)
		}
	}
	if _, end := p.graph.StepsOf(p.graph.Steps[step].Path); step+1 < end {
		line, middle := p.joint(step + 1)
		return []Point{line[0], middle}
	}
	b, at := &p.boxes[step], p.at(p.graph.Steps[step].To)
	if at.X < b.middle().X {
		return []Point{{b.left(), at.Y}, at}
	}
	return []Point{{b.right(), at.Y}, at}
}

// joint is the line from the box before a step on its path to its own, and the
// middle of it: a row may have been moved beside the place that it stands for.
func (p *plan) joint(step int) (line []Point, middle Point) {
	line = p.between(&p.boxes[step-1], &p.boxes[step])
	return line, Point{(line[0].X + line[1].X) / 2, line[0].Y}
}

func (b *bridger) drawWay() Group {
	g := Group{ID: "way"}
	for _, l := range b.legs() {
		g.Shapes = append(g.Shapes, drawLeg(l)...)
	}
	return g
}

// drawLeg draws a part of the way, dotted where only the repair opens it.
func drawLeg(l leg) []Shape {
	with := wayLine
	if l.new {
		with.color = repairInk
	}
	shapes := bigArrow(with, l.points)
	if l.new {
		return append(dots(bends(shapes[0].Points, 6*Px), wayDot), shapes[1:]...)
	}
	return shapes
}

// bigArrow is an arrow twice as large as others.
func bigArrow(with pen, points []Point) []Shape {
	shapes := arrow(with, points)
	head := shapes[1].Points
	for i, pt := range head[1:] {
		head[i+1] = Point{head[0].X + (pt.X-head[0].X)*7/4, head[0].Y + (pt.Y-head[0].Y)*7/4}
	}
	last := &shapes[0].Points[len(shapes[0].Points)-1]
	last.X, last.Y = head[0].X+(last.X-head[0].X)*3/2, head[0].Y+(last.Y-head[0].Y)*3/2
	return shapes
}

// legSample is a piece of the way, for the legend.
func (p *plan) legSample(at Point, firm bool) []Shape {
	return drawLeg(leg{[]Point{at, {at.X + sampleWidth, at.Y}}, !firm})
}
