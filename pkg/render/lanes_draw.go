package render

import (
	"strconv"
	"strings"
)

// scene draws the map, from back to front.
func (l *lanePlan) scene() *Scene {
	s := &Scene{
		Width: l.width, Theme: l.theme, Language: l.language, RightToLeft: l.mirrored(),
		Title: clean(l.titleText()), Description: l.describe(),
	}
	legend, bottom := l.drawLegend(l.bottom + 14*Px)
	s.Height = bottom + margin*3/4
	s.Groups = append(s.Groups, l.drawGround(s.Height), l.drawHead())
	for i := range l.lanes {
		s.Groups = append(s.Groups, l.drawLane(i))
	}
	s.Groups = append(s.Groups, l.drawChevrons())
	s.Groups = append(s.Groups, l.drawWires()...)
	s.Groups = append(s.Groups, l.drawTags(l.wirePieces()), l.drawMarks())
	for i := range l.graph.Steps {
		s.Groups = append(s.Groups, l.drawLaneStep(i))
	}
	for k := range l.acts {
		s.Groups = append(s.Groups, l.drawAct(k))
	}
	s.Groups = append(s.Groups, legend)
	return s
}

// laneFill is the colour of the i-th lane.
func laneFill(i int) Role { return stageFill(i) }

// drawLane draws the ground of a lane with its name, and the lines over it.
func (l *lanePlan) drawLane(i int) Group {
	at := &l.lanes[i]
	height := at.bottom - at.top
	g := Group{ID: "lane-" + strconv.Itoa(i), Label: l.words.Lanes.Lane + ": " + strings.Join(at.name, " ")}
	g.Shapes = append(g.Shapes,
		Shape{Kind: Rectangle, At: Point{l.side, at.top}, Size: Point{l.width - margin - l.side, height}, Fill: laneFill(i)},
		Shape{Kind: Rectangle, At: Point{margin, at.top}, Size: Point{l.labelWide, height}, Radius: 6 * Px, Fill: at.color})
	middle := Point{margin + l.labelWide/2, at.top + height/2}
	g.Shapes = append(g.Shapes, l.lines(at.name, laneFace, l.theme.wordsOn(at.color), middle, labelLine)...)
	y := at.top - laneGap/2 - Length(len(at.lines))*laneLine + laneLine/2
	for k, words := range at.lines {
		g.Shapes = append(g.Shapes, l.drawLaneLine(words, y+Length(k)*laneLine)...)
	}
	return g
}

// drawLaneLine draws one of the lines of a service blueprint, solid, since
// what is dashed is an option. Its name stands in the column of the lanes'
// names, where no line of the map runs.
func (l *lanePlan) drawLaneLine(words string, y Length) []Shape {
	shapes := []Shape{{Kind: Line, Points: []Point{{l.side, y}, {l.width - margin, y}}, Stroke: softInk, Weight: Px + Px/2}}
	return append(shapes, l.lines([]string{words}, lineFace, softInk, Point{margin + l.labelWide/2, y}, 0)...)
}

// drawChevrons draws the stages, and where one ends and the next begins.
func (l *lanePlan) drawChevrons() Group {
	g := Group{ID: "stages"}
	for i, s := range l.stages {
		if i > 0 {
			for k := range l.lanes {
				g.Shapes = append(g.Shapes, Shape{Kind: Rectangle, At: Point{s.left - Px, l.lanes[k].top},
					Size: Point{2 * Px, l.lanes[k].bottom - l.lanes[k].top}, Fill: paper})
			}
		}
		g.Shapes = append(g.Shapes, l.drawChevron(i)...)
	}
	return g
}

// groundAt is the colour behind the lines at a point.
func (l *lanePlan) groundAt(at Point) Role {
	for i := range l.lanes {
		if l.lanes[i].top <= at.Y && at.Y < l.lanes[i].bottom {
			return laneFill(i)
		}
	}
	return paper
}

// drawWires draws all lines, the basic path last, so that it is whole; then
// the dots where paths leave it.
func (l *lanePlan) drawWires() []Group {
	b := bridger{plan: l.plan, ground: l.groundAt}
	groups := make([]Group, len(l.graph.Paths)+1)
	for i := range l.acts {
		w := &l.wires[l.firstTie()+i]
		groups[0].Shapes = append(groups[0].Shapes, b.over(w.points, actPen)...)
		groups[0].Shapes = append(groups[0].Shapes, actLine(w.points)...)
	}
	groups[0].ID = "acts"
	ofPath := make([][]int, len(l.graph.Paths))
	for i := range l.wires {
		if path := l.wires[i].path; path >= 0 {
			ofPath[path] = append(ofPath[path], i)
		}
	}
	for path := len(l.graph.Paths) - 1; path >= 0; path-- {
		g := &groups[len(l.graph.Paths)-path]
		g.ID = "path-" + strconv.Itoa(path)
		g.Shapes = l.drawPath(&b, path, ofPath[path])
	}
	dots := Group{ID: "places"}
	for i := range l.wires {
		if w := &l.wires[i]; w.entry {
			dots.Shapes = append(dots.Shapes, Shape{Kind: Circle, At: w.points[0], Radius: 3 * Px, Fill: penOfWire(l, i).color})
		}
	}
	return append(groups, dots)
}

// firstTie is the first wire of an act.
func (l *lanePlan) firstTie() int { return len(l.wires) - len(l.acts) }

func (l *lanePlan) drawPath(b *bridger, path int, wires []int) []Shape {
	with := penOf(l.graph.Paths[path].Kind)
	var shapes []Shape
	for _, i := range wires {
		w := &l.wires[i]
		shapes = append(shapes, b.over(w.points, with)...)
		head := arrow(with, w.points)
		if w.entry && l.skips(path) {
			head = head[:1] // the words on the line are no stop
			head[0].Points = w.points
		}
		shapes = append(shapes, head...)
	}
	if path == 0 {
		for _, line := range l.endLines() {
			shapes = append(shapes, b.over(line, with)...)
			shapes = append(shapes, arrow(with, line)...)
		}
	}
	return shapes
}

// endLines lead from the start to the first step and from the last to the end.
func (l *lanePlan) endLines() [2][]Point {
	p := l.graph.Paths[0]
	first, last := &l.boxes[p.First], &l.boxes[p.First+p.Count-1]
	return [2][]Point{
		{l.startDot, {first.left(), l.startDot.Y}},
		{{last.right(), l.endRing.Y}, {l.endRing.X - markRadius, l.endRing.Y}},
	}
}

// wirePieces are all lines of the map, in pieces.
func (l *lanePlan) wirePieces() []piece {
	var list []piece
	for i := range l.wires {
		list = append(list, pieces(l.wires[i].points)...)
	}
	for _, line := range l.endLines() {
		list = append(list, pieces(line)...)
	}
	return list
}

// drawLaneStep draws a step with what it hands over, and says its lane.
func (l *lanePlan) drawLaneStep(i int) Group {
	g := l.drawStep(i)
	if l.graph.Steps[i].Touchpoint == nil {
		return g
	}
	at := l.lanes[l.cells[i].lane]
	g.Label += ". " + l.words.Lanes.Lane + ": " + strings.Join(at.name, " ")
	if n := l.handOverOf(i); n != nil {
		g.Shapes = append(g.Shapes, l.drawHandOver(n)...)
		g.Label += ". " + l.words.Lanes.HandOver + ": " + strings.Join(n.words, " ")
	}
	return g
}
