package render

// groundOf is what a mark stands on.
func groundOf(m mark) Role {
	return [countMarks]Role{"", accessNone, accessClosed, accessDoor, accessOpen, accessOpen, accessOpen, accessWarn, accessWarn}[m]
}

// markSize is the square in which every mark has room.
const markSize = 18 * Px

// drawMark draws a mark around its middle. Each has a shape of its own, so
// that none hangs on its colour.
func drawMark(m mark, at Point) []Shape {
	switch m {
	case unreached:
		return []Shape{{Kind: Line, Points: []Point{{at.X - 4*Px, at.Y}, {at.X + 4*Px, at.Y}}, Stroke: accessNoneInk, Weight: Px + Px/2}}
	case barred:
		return cross(at, 4*Px, Px, accessClosedInk)
	case door:
		return cross(at, 6*Px, 2*Px, accessDoorInk)
	case openStep:
		return []Shape{{Kind: Circle, At: at, Radius: 5 * Px, Fill: accessOpen, Stroke: accessOpenInk, Weight: Px + Px/2}}
	case onWay:
		return []Shape{{Kind: Circle, At: at, Radius: 6 * Px, Fill: accessOpenInk}}
	case singleWay:
		return []Shape{diamond(at, 9*Px, accessOpenInk), diamond(at, 3*Px, accessOpen)}
	case wrongTurn:
		return turnBack(at)
	case trap:
		return warning(at)
	}
	return nil
}

// cross is two bars from corner to corner, reaching so far from the middle.
func cross(at Point, reach, thick Length, color Role) []Shape {
	bar := func(down Length) Shape {
		s := Shape{Kind: Polygon, Fill: color}
		for _, pt := range []Point{{-reach, -reach + thick}, {-reach + thick, -reach}, {reach, reach - thick}, {reach - thick, reach}} {
			s.Points = append(s.Points, Point{at.X + pt.X, at.Y + down*pt.Y})
		}
		return s
	}
	return []Shape{bar(1), bar(-1)}
}

func diamond(at Point, reach Length, color Role) Shape {
	return Shape{Kind: Polygon, Fill: color, Points: []Point{{at.X - reach, at.Y}, {at.X, at.Y - reach}, {at.X + reach, at.Y}, {at.X, at.Y + reach}}}
}

// turnBack is an arrow that goes on and comes back.
func turnBack(at Point) []Shape {
	left, right, top, bottom := at.X-6*Px, at.X+6*Px, at.Y-4*Px, at.Y+4*Px
	return []Shape{
		{Kind: Line, Points: []Point{{left, top}, {right, top}, {right, bottom}, {left + 5*Px, bottom}}, Stroke: accessWarnInk, Weight: 2 * Px, Radius: 4 * Px},
		{Kind: Polygon, Points: []Point{{left - 2*Px, bottom}, {left + 5*Px, bottom - 4*Px}, {left + 5*Px, bottom + 4*Px}}, Fill: accessWarnInk},
	}
}

// warning is a triangle with an exclamation mark.
func warning(at Point) []Shape {
	return []Shape{
		{Kind: Polygon, Points: []Point{{at.X, at.Y - 9*Px}, {at.X + 9*Px, at.Y + 7*Px}, {at.X - 9*Px, at.Y + 7*Px}}, Fill: accessWarnInk},
		{Kind: Rectangle, At: Point{at.X - Px, at.Y - 4*Px}, Size: Point{2 * Px, 6 * Px}, Fill: accessWarn},
		{Kind: Circle, At: Point{at.X, at.Y + 4*Px + Px/2}, Radius: Px + Px/4, Fill: accessWarn},
	}
}
