package render

import "math/bits"

// Paths as lists of points, in whole numbers: for writers that have no
// curves, dashes and strokes of their own.

// outline is a shape's edge: a closed line through its points. What lies in
// several outlines of one direction is filled once.
type outline []Point

// flatness is how far a curve's points may be apart from it at the most.
const flatness = Px / 16

// curve appends a cubic curve to a line that ends where the curve begins.
func curve(line []Point, b, c, d Point) []Point {
	a := line[len(line)-1]
	bent := max(abs(a.X-2*b.X+c.X), abs(a.Y-2*b.Y+c.Y), abs(b.X-2*c.X+d.X), abs(b.Y-2*c.Y+d.Y))
	n := root(bent*3/(4*flatness)) + 1
	for i := Length(1); i < n; i++ {
		u := n - i
		at := func(a, b, c, d Length) Length {
			return divide(u*u*u*a+3*u*u*i*b+3*u*i*i*c+i*i*i*d, n*n*n)
		}
		line = append(line, Point{at(a.X, b.X, c.X, d.X), at(a.Y, b.Y, c.Y, d.Y)})
	}
	return append(line, d)
}

// bow appends a quadratic curve.
func bow(line []Point, b, c Point) []Point {
	a := line[len(line)-1]
	n := root(max(abs(a.X-2*b.X+c.X), abs(a.Y-2*b.Y+c.Y))/(4*flatness)) + 1
	for i := Length(1); i < n; i++ {
		u := n - i
		at := func(a, b, c Length) Length { return divide(u*u*a+2*u*i*b+i*i*c, n*n) }
		line = append(line, Point{at(a.X, b.X, c.X), at(a.Y, b.Y, c.Y)})
	}
	return append(line, c)
}

// divide rounds to the nearest whole number.
func divide(a, b Length) Length {
	if (a < 0) != (b < 0) {
		return -((abs(a) + abs(b)/2) / abs(b))
	}
	return (abs(a) + abs(b)/2) / abs(b)
}

// root is the whole part of a square root.
func root(n Length) Length {
	if n <= 0 {
		return 0
	}
	r := Length(1) << ((bits.Len64(uint64(n)) + 1) / 2)
	for {
		next := (r + n/r) / 2
		if next >= r {
			return r
		}
		r = next
	}
}

// handle is how far the handles of a curve are from the ends of the quarter
// of a circle that it stands for.
func handle(radius Length) Length { return divide(radius*5523, 10000) }

// rounded is a rectangle with round corners, from the left end of its top,
// clockwise, as SVG begins it.
func rounded(at, size Point, radius Length) outline {
	r := min(radius, size.X/2, size.Y/2)
	x0, y0, x1, y1 := at.X, at.Y, at.X+size.X, at.Y+size.Y
	if r <= 0 {
		return outline{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
	}
	h := r - handle(r)
	line := []Point{{x0 + r, y0}, {x1 - r, y0}}
	line = curve(line, Point{x1 - h, y0}, Point{x1, y0 + h}, Point{x1, y0 + r})
	line = curve(append(line, Point{x1, y1 - r}), Point{x1, y1 - h}, Point{x1 - h, y1}, Point{x1 - r, y1})
	line = curve(append(line, Point{x0 + r, y1}), Point{x0 + h, y1}, Point{x0, y1 - h}, Point{x0, y1 - r})
	return curve(append(line, Point{x0, y0 + r}), Point{x0, y0 + h}, Point{x0 + h, y0}, Point{x0 + r, y0})
}

// disc is a circle, as a rectangle that is all corners.
func disc(middle Point, radius Length) outline {
	return rounded(Point{middle.X - radius, middle.Y - radius}, Point{2 * radius, 2 * radius}, radius)
}

// bends is a line along the axes with its bends rounded.
func bends(points []Point, radius Length) []Point {
	line := points[:1:1]
	for i := 1; i < len(points)-1; i++ {
		a, b, c := points[i-1], points[i], points[i+1]
		r := min(radius, distance(a, b)/2, distance(b, c)/2)
		line = bow(append(line, towards(b, a, r)), b, towards(b, c, r))
	}
	return append(line, points[len(points)-1])
}

// ribbon returns the edge of a line that is so wide, with square ends and
// mitred corners; that of a closed line is two outlines.
func ribbon(line []Point, wide Length, closed bool) []outline {
	line = apart(line, closed)
	if len(line) < 2 {
		return nil
	}
	left, right := beside(line, wide, closed), beside(backwards(line), wide, closed)
	if closed {
		return []outline{left, right}
	}
	return []outline{append(left, right...)}
}

// apart leaves out points that are where the one before is.
func apart(line []Point, closed bool) []Point {
	var list []Point
	for _, pt := range line {
		if n := len(list); n == 0 || pt != list[n-1] {
			list = append(list, pt)
		}
	}
	for closed && len(list) > 1 && list[0] == list[len(list)-1] {
		list = list[:len(list)-1]
	}
	return list
}

func backwards(line []Point) []Point {
	list := make([]Point, len(line))
	for i, pt := range line {
		list[len(line)-1-i] = pt
	}
	return list
}

// unit is the length of a direction, in whole numbers.
const unit = 1 << 14

// heading returns which way it goes from a to b.
func heading(a, b Point) Point {
	dx, dy := (b.X-a.X)*256, (b.Y-a.Y)*256
	long := max(root(dx*dx+dy*dy), 1)
	return Point{divide(dx*unit, long), divide(dy*unit, long)}
}

// beside returns the line that runs along another at half its width.
func beside(line []Point, wide Length, closed bool) outline {
	n := len(line)
	var list outline
	for i, pt := range line {
		before, after := heading(line[(i+n-1)%n], pt), heading(pt, line[(i+1)%n])
		switch {
		case !closed && i == 0:
			before = after
		case !closed && i == n-1:
			after = before
		}
		list = append(list, corners(pt, before, after, wide)...)
	}
	return list
}

// corners returns where the edge of a line turns: at one point, or at two
// where the turn is so sharp that one would be far away.
func corners(pt, before, after Point, wide Length) []Point {
	shift := func(x, y, of Length) Point {
		return Point{pt.X + divide(y*wide, 2*of), pt.Y - divide(x*wide, 2*of)}
	}
	straight := unit + (before.X*after.X+before.Y*after.Y)/unit
	if straight < unit/8 {
		return []Point{shift(before.X, before.Y, unit), shift(after.X, after.Y, unit)}
	}
	return []Point{shift(before.X+after.X, before.Y+after.Y, straight)}
}

// dashes cuts a line into dashes with gaps between them.
func dashes(line []Point, dash, gap Length) [][]Point {
	var list [][]Point
	now := line[:1:1]
	left, drawn := dash, true
	for i := 1; i < len(line); i++ {
		at := line[i-1]
		for {
			rest := length(at, line[i])
			if rest <= left {
				left -= rest
				break
			}
			at = Point{at.X + divide((line[i].X-at.X)*left, rest), at.Y + divide((line[i].Y-at.Y)*left, rest)}
			if drawn {
				list = append(list, append(now, at))
			}
			drawn = !drawn
			if left = gap; drawn {
				left = dash
			}
			now = []Point{at}
		}
		now = append(now, line[i])
	}
	if drawn {
		list = append(list, now)
	}
	return list
}

// length is the distance of any two points.
func length(a, b Point) Length {
	dx, dy := b.X-a.X, b.Y-a.Y
	return root(dx*dx + dy*dy)
}
