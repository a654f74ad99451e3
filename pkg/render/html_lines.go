package render

import "slices"

// linesOf draws ways on a spine. It keeps what it drew, so that ways share
// their lines.
type linesOf struct {
	*plan
	draw  func([]Point) string
	drawn []string
	at    map[string]int
	entry []*edge // by path; nil for the basic one
	exit  []*edge
}

func newLinesOf(p *plan, draw func([]Point) string) *linesOf {
	l := &linesOf{plan: p, draw: draw, at: map[string]int{}, entry: make([]*edge, len(p.graph.Paths)), exit: make([]*edge, len(p.graph.Paths))}
	for i := range p.edges {
		if e := &p.edges[i]; e.entry {
			l.entry[e.path] = e
		} else {
			l.exit[e.path] = e
		}
	}
	return l
}

// along returns the lines by which a way goes. Where it turns back from what
// it fetched on the side, it has none.
func (l *linesOf) along(way []int) []int {
	all := []int{}
	for i := -1; i < len(way); i++ {
		for _, points := range l.lead(way, i) {
			if line := l.add(points); !slices.Contains(all, line) {
				all = append(all, line)
			}
		}
	}
	return all
}

func (l *linesOf) add(points []Point) int {
	d := l.draw(points)
	i, known := l.at[d]
	if !known {
		i = len(l.drawn)
		l.at[d] = i
		l.drawn = append(l.drawn, d)
	}
	return i
}

// lead returns the lines from the i-th step of a way to the next one: from
// the start for -1, and to satisfied from the last step.
func (l *linesOf) lead(way []int, i int) [][]Point {
	var all [][]Point
	at, to := l.startDot, l.endRing
	to.X -= markRadius
	if i >= 0 {
		b := &l.boxes[way[i]]
		at = Point{b.right(), b.middle().Y}
		if e := l.exit[l.pathOf(way[i])]; e != nil && l.isLast(way[i]) {
			all, at = append(all, e.points), e.points[len(e.points)-1]
		}
	} else if l.graph.Steps[way[0]].From != l.graph.Start {
		return nil
	}
	if i+1 < len(way) {
		b := &l.boxes[way[i+1]]
		to = Point{b.left(), b.middle().Y}
		if e := l.entry[l.pathOf(way[i+1])]; e != nil && l.isFirst(way[i+1]) {
			all, to = append(all, e.points), e.points[0]
		}
	} else if l.graph.Steps[way[i]].To != l.graph.Satisfied {
		return all
	}
	if l.isClear(at, to) {
		all = append(all, []Point{{at.X, to.Y}, to})
	}
	return all
}

func (l *linesOf) pathOf(step int) int { return l.graph.Steps[step].Path }

func (l *linesOf) isFirst(step int) bool { return l.graph.Paths[l.pathOf(step)].First == step }

func (l *linesOf) isLast(step int) bool {
	p := l.graph.Paths[l.pathOf(step)]
	return p.First+p.Count-1 == step
}

// isClear reports whether two points lie on one level, with no box between.
func (l *linesOf) isClear(a, b Point) bool {
	if abs(a.Y-b.Y) > 8*Px || a.X == b.X {
		return false
	}
	low, high := min(a.X, b.X), max(a.X, b.X)
	return !slices.ContainsFunc(l.boxes, func(o box) bool {
		return o.top() < b.Y && b.Y < o.bottom() && o.left() < high && low < o.right()
	})
}

// way is a way with its lines, where the map has any.
func (m *pageMaker) way(steps []int) pageWay {
	w := pageWay{append([]int{}, steps...), []int{}}
	if m.lines != nil && len(steps) > 0 {
		w.Lines = m.lines.along(steps)
	}
	return w
}
