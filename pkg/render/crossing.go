package render

// Where a line crosses an earlier one, that one is broken, as if the later
// ran over it on a bridge: a crossing is no junction.

const (
	bridgeHalf = 4 * Px    // along the later line
	bridgeRoom = Px + Px/2 // beside the later line, on each side
)

// bridger draws lines one after the other and knows those drawn before, apart
// by their direction: only lines of different ones cross.
type bridger struct {
	*plan
	ground         func(Point) Role // the colour behind the lines
	upright, level []piece
}

// over returns what breaks the lines drawn so far where a new one crosses
// them, and remembers the new one.
func (b *bridger) over(points []Point, with pen) []Shape {
	var shapes []Shape
	added := pieces(points)
	for _, s := range added {
		others := b.upright
		if s.upright() {
			others = b.level
		}
		for _, o := range others {
			if s.crosses(o) {
				shapes = append(shapes, b.bridge(s, o, with))
			}
		}
	}
	for _, s := range added {
		if s.upright() {
			b.upright = append(b.upright, s)
		} else {
			b.level = append(b.level, s)
		}
	}
	return shapes
}

func (b *bridger) bridge(s, o piece, with pen) Shape {
	at, along := Point{s.from.X, o.from.Y}, Point{0, bridgeHalf}
	if !s.upright() {
		at, along = Point{o.from.X, s.from.Y}, Point{bridgeHalf, 0}
	}
	return Shape{Kind: Line, Points: []Point{{at.X - along.X, at.Y - along.Y}, {at.X + along.X, at.Y + along.Y}},
		Stroke: b.ground(at), Weight: with.weight + 2*bridgeRoom}
}

// groundAt is the colour behind the lines at a point.
func (p *plan) groundAt(at Point) Role {
	if p.band[0] < at.Y && at.Y < p.band[1] {
		return bandFill
	}
	for i, s := range p.stages {
		if s.left <= at.X && at.X < s.right {
			return stageFill(i)
		}
	}
	return paper
}

// stageFill is the colour of the column under the i-th stage.
func stageFill(i int) Role {
	if i%2 == 1 {
		return columnShade
	}
	return columnFill
}
