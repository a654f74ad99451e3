package render

// What makes a route good: it meets no box but at its end, keeps a distance
// to other lines, and bends and crosses little.

const (
	boxClearance  = 5 * Px
	lineClearance = 6 * Px
)

// piece is a straight part of a line, along an axis.
type piece struct{ from, to Point }

func (s piece) low() Point  { return Point{min(s.from.X, s.to.X), min(s.from.Y, s.to.Y)} }
func (s piece) high() Point { return Point{max(s.from.X, s.to.X), max(s.from.Y, s.to.Y)} }

func (s piece) upright() bool { return s.from.X == s.to.X }

func pieces(points []Point) []piece {
	var list []piece
	for i := 1; i < len(points); i++ {
		list = append(list, piece{points[i-1], points[i]})
	}
	return list
}

// meetsBox reports whether a piece comes within a distance of a box.
func (s piece) meetsBox(b *box, distance Length) bool {
	low, high := s.low(), s.high()
	return high.X > b.left()-distance && low.X < b.right()+distance && high.Y > b.top()-distance && low.Y < b.bottom()+distance
}

// hugs reports whether two pieces run along each other, nearer than a distance.
func (s piece) hugs(o piece, distance Length) bool {
	a, b := s.low(), s.high()
	c, d := o.low(), o.high()
	if s.upright() != o.upright() {
		return false
	}
	if s.upright() {
		return abs(a.X-c.X) < distance && a.Y < d.Y && c.Y < b.Y
	}
	return abs(a.Y-c.Y) < distance && a.X < d.X && c.X < b.X
}

// crosses reports whether two pieces cross at right angles.
func (s piece) crosses(o piece) bool {
	if s.upright() == o.upright() {
		return false
	}
	if !s.upright() {
		s, o = o, s
	}
	a, b, c, d := s.low(), s.high(), o.low(), o.high()
	return c.X < a.X && a.X < d.X && a.Y < c.Y && c.Y < b.Y
}

// judge weighs the routes of one edge against all other lines of the map.
type judge struct {
	*plan
	edge   int
	others []stroke
}

// stroke is a piece of a line that is there already.
type stroke struct {
	piece
	keep Length // how far the judged line keeps from it
}

func (p *plan) judge(edge int) judge {
	j := judge{plan: p, edge: edge}
	for _, line := range p.rowLines() {
		j.others = append(j.others, stroke{line, lineClearance})
	}
	for i := range p.edges {
		if i == edge {
			continue
		}
		keep := lineClearance
		if p.optional(i) && p.optional(edge) {
			keep = optionPitch
		}
		for _, s := range pieces(p.edges[i].points) {
			j.others = append(j.others, stroke{s, keep})
		}
	}
	return j
}

// fits reports whether a route meets no box and hugs no line.
func (j judge) fits(route []Point) bool {
	end := j.end(&j.edges[j.edge])
	for _, s := range pieces(route) {
		for i := range j.boxes {
			if s.meetsBox(&j.boxes[i], clearance(i == end)) {
				return false
			}
		}
		for _, o := range j.others {
			if s.hugs(o.piece, o.keep) {
				return false
			}
		}
	}
	return true
}

// clearance is how far a line keeps from a box; it may touch the one at
// which it ends.
func clearance(ownEnd bool) Length {
	if ownEnd {
		return 0
	}
	return boxClearance
}

// cost weighs a route: a crossing is as bad as four bends, a bend as 40
// pixels of way.
func (j judge) cost(route []Point) Length {
	cost := Length(len(route)) * 40 * Px
	for _, s := range pieces(route) {
		cost += distance(s.from, s.to)
		for _, o := range j.others {
			if s.crosses(o.piece) {
				cost += 160 * Px
			}
		}
	}
	return cost
}

// rowLines are the straight lines between the boxes of all rows.
func (p *plan) rowLines() []piece {
	list := []piece{{p.startDot, p.endRing}}
	for path := 1; path < len(p.rows); path++ {
		first, end := p.graph.StepsOf(path)
		for i := first; i+1 < end; i++ {
			line := p.between(&p.boxes[i], &p.boxes[i+1])
			list = append(list, piece{line[0], line[1]})
		}
	}
	return list
}
