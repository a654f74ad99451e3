package render

import "slices"

// tipGap keeps an arrow's tip at the edge of the line that it joins.
const tipGap = 2 * Px

// routeStraight runs every edge along the gaps and channels that the grid
// keeps free. No such route meets a foreign box.
func (p *plan) routeStraight() {
	for i := range p.edges {
		p.edges[i].points = p.straight(&p.edges[i])
	}
}

// straight returns the way of one edge in the direction of its arrow.
func (p *plan) straight(e *edge) []Point {
	b := &p.boxes[p.end(e)]
	x, y := p.spotX(e), p.placeY(e.spot)
	side := Point{b.left(), b.middle().Y}
	if e.leftOf {
		side.X = b.right()
	}
	var points []Point
	switch e.shape {
	case corner:
		points = []Point{{x, y}, {x, side.Y}, side}
	case detour:
		beside, track := p.besideX(e), p.trackY(e)
		points = []Point{{x, y}, {x, track}, {beside, track}, {beside, side.Y}, side}
		if e.host >= 0 {
			points = points[1:]
		}
	case branch:
		points = []Point{{p.besideX(e), side.Y}, side}
	case drop:
		points = []Point{{x, y}, {x, b.top()}}
		if p.column(e) != e.spot.gap {
			track, down := p.trackY(e), p.besideX(e)
			points = []Point{{x, y}, {x, track}, {down, track}, {down, b.top()}}
		}
	}
	if !e.entry {
		slices.Reverse(points)
		shorten(points)
	}
	return simplify(points)
}

// shorten ends the arrow at the edge of the line that it joins.
func shorten(points []Point) {
	last, before := &points[len(points)-1], points[len(points)-2]
	switch {
	case before.Y < last.Y:
		last.Y -= tipGap
	case before.Y > last.Y:
		last.Y += tipGap
	case before.X < last.X:
		last.X -= tipGap
	default:
		last.X += tipGap
	}
}

// simplify drops points that lie on the line between their neighbours.
func simplify(points []Point) []Point {
	kept := points[:1:1]
	for _, pt := range points[1:] {
		last := kept[len(kept)-1]
		if pt == last {
			continue
		}
		if n := len(kept); n > 1 && onLine(kept[n-2], last, pt) {
			kept[n-1] = pt
			continue
		}
		kept = append(kept, pt)
	}
	return kept
}

func onLine(a, b, c Point) bool {
	return a.X == b.X && b.X == c.X || a.Y == b.Y && b.Y == c.Y
}
