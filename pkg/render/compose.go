package render

import (
	"slices"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// pen is how a line of a kind of path is drawn. Kinds differ in weight and
// dashes, not in colour alone.
type pen struct {
	color  Role
	weight Length
	dashed bool
}

var (
	basicLine  = pen{ink, 2*Px + Px/2, false}
	altLine    = pen{altInk, Px + Px/2, false}
	optionLine = pen{optionInk, Px + Px/4, true}
)

func penOf(kind model.Kind) pen { return [...]pen{basicLine, optionLine, altLine}[kind] }

// scene draws the plan, from back to front.
func (p *plan) scene() *Scene {
	s := &Scene{
		Width: p.width, Theme: p.theme, Language: p.language, RightToLeft: p.mirrored(),
		Title: clean(p.titleText()), Description: p.describe(),
	}
	legend, bottom := p.drawLegend(p.bottom + 14*Px)
	s.Height = bottom + margin*3/4
	s.Groups = append(s.Groups, p.drawGround(s.Height), p.drawHead(), p.drawStages(), p.drawBand())
	s.Groups = append(s.Groups, p.drawAllLines()...)
	s.Groups = append(s.Groups, p.drawTags(p.allLines()), p.drawMarks())
	for i := range p.boxes {
		s.Groups = append(s.Groups, p.drawStep(i))
	}
	s.Groups = append(s.Groups, p.drawChart()...)
	s.Groups = append(s.Groups, legend)
	return s
}

func (p *plan) drawAllLines() []Group {
	b := bridger{plan: p, ground: p.groundAt}
	if p.overlay != nil {
		return b.drawMetLines()
	}
	var groups []Group
	for path := range p.graph.Paths {
		groups = append(groups, b.drawLines(path))
	}
	return groups
}

func (p *plan) text(words string, face Typeface, color Role, at Point, anchor Anchor) Shape {
	return Shape{Kind: Label, Text: words, Face: face, Fill: color, At: at, Anchor: anchor,
		TextWide: p.measurer.width(words, face), RightToLeft: rightToLeft(words, p.mirrored())}
}

// mirrored reports whether the map runs from right to left.
func (p *plan) mirrored() bool { return model.RightToLeft(p.language) }

func (p *plan) drawGround(height Length) Group {
	return Group{Shapes: []Shape{{Kind: Rectangle, Size: Point{p.width, height}, Fill: paper}}}
}

func (p *plan) drawHead() Group {
	g := Group{ID: "title"}
	y := margin
	for i, line := range p.paragraph(p.title, titleFace, ink) {
		line.At = Point{margin, y + 22*Px + Length(i)*titleLine}
		g.Shapes = append(g.Shapes, line)
	}
	y += Length(len(p.title)) * titleLine
	for i, line := range p.paragraph(p.subtitle, subtitleFace, softInk) {
		line.At = Point{margin, y + 13*Px + Length(i)*18*Px}
		g.Shapes = append(g.Shapes, line)
	}
	g.Shapes = append(g.Shapes, p.drawVerdict()...)
	return p.drawLogo(g)
}

func (p *plan) drawStages() Group {
	g := Group{ID: "stages"}
	for i, s := range p.stages {
		g.Shapes = append(g.Shapes, Shape{Kind: Rectangle, At: Point{s.left + 2*Px, p.chevrons[1]},
			Size: Point{s.right - s.left - 4*Px, p.field[1] - p.field[0]}, Fill: stageFill(i)})
		g.Shapes = append(g.Shapes, p.drawChevron(i)...)
	}
	return g
}

func (p *plan) drawChevron(i int) []Shape {
	s := p.stages[i]
	left, right, top, bottom := s.left+2*Px, s.right-2*Px, p.chevrons[0], p.chevrons[1]
	middle, notch := (top+bottom)/2, left
	if i > 0 {
		left -= chevronPoint - 4*Px
		notch = left + chevronPoint
	}
	points := []Point{{left, top}, {right - chevronPoint, top}, {right, middle}, {right - chevronPoint, bottom}, {left, bottom}, {notch, middle}}
	if i+1 < len(p.stages) {
		for _, at := range []int{1, 3} {
			points[at].X = right - chevronPoint/2
		}
		points[2].X = right + chevronPoint/2
	}
	shapes := []Shape{{Kind: Polygon, Points: points, Fill: chevron(i, len(p.stages))}}
	return append(shapes, p.lines(s.name, chevronFace, chevronText, Point{(s.left + s.right) / 2, middle}, 17*Px)...)
}

// paragraph makes labels of the lines of one text, all in its direction.
func (p *plan) paragraph(words []string, face Typeface, color Role) []Shape {
	rtl := rightToLeft(strings.Join(words, " "), p.mirrored())
	var shapes []Shape
	for _, line := range words {
		s := p.text(line, face, color, Point{}, Start)
		s.RightToLeft = rtl
		shapes = append(shapes, s)
	}
	return shapes
}

// lines centres the lines of one text on a point.
func (p *plan) lines(words []string, face Typeface, color Role, middle Point, pitch Length) []Shape {
	shapes := p.paragraph(words, face, color)
	top := middle.Y - Length(len(words)-1)*pitch/2 + face.Size*11/32
	for i := range shapes {
		shapes[i].At, shapes[i].Anchor = Point{middle.X, top + Length(i)*pitch}, Middle
	}
	return shapes
}

func (p *plan) drawBand() Group {
	left := p.startDot.X - markRadius - bandInset
	right := p.endRing.X + markRadius + bandInset
	return Group{ID: "band", Shapes: []Shape{{Kind: Rectangle, At: Point{left, p.band[0]},
		Size: Point{right - left, p.band[1] - p.band[0]}, Radius: 16 * Px, Fill: bandFill}}}
}

// drawLines draws the lines of one path: between its boxes, and to the
// places that it leaves and comes back to.
func (b *bridger) drawLines(path int) Group {
	g := Group{ID: "path-" + strconv.Itoa(path)}
	with := penOf(b.graph.Paths[path].Kind)
	first, end := b.graph.StepsOf(path)
	for i := first; i+1 < end; i++ {
		line := b.between(&b.boxes[i], &b.boxes[i+1])
		g.Shapes = append(g.Shapes, b.over(line, with)...)
		g.Shapes = append(g.Shapes, arrow(with, line)...)
	}
	if path == 0 {
		g.Shapes = append(g.Shapes, arrow(with, []Point{b.startDot, {b.boxes[first].left(), b.startDot.Y}})...)
		g.Shapes = append(g.Shapes, arrow(with, []Point{{b.boxes[end-1].right(), b.endRing.Y}, {b.endRing.X - markRadius, b.endRing.Y}})...)
	}
	for i := range b.edges {
		if e := &b.edges[i]; e.path == path {
			g.Shapes = append(g.Shapes, b.over(e.points, with)...)
			g.Shapes = append(g.Shapes, b.drawEdge(e, with)...)
		}
	}
	return g
}

// between is the straight line from one box of a row to the next.
func (p *plan) between(a, b *box) []Point {
	y := a.middle().Y
	if a.at.X < b.at.X {
		return []Point{{a.right(), y}, {b.left(), y}}
	}
	return []Point{{a.left(), y}, {b.right(), y}}
}

func (p *plan) drawEdge(e *edge, with pen) []Shape {
	shapes := arrow(with, e.points)
	if e.entry && p.skips(e.path) {
		shapes = shapes[:1] // the words on the line are no stop
		shapes[0].Points = e.points
	}
	if e.entry {
		shapes = append(shapes, Shape{Kind: Circle, At: e.points[0], Radius: 3 * Px, Fill: with.color})
	}
	return shapes
}

const (
	tipLength = 8 * Px
	tipHalf   = 4 * Px
)

// arrow draws a line with a head on its last point, exactly on its axis.
func arrow(with pen, points []Point) []Shape {
	tip, before := points[len(points)-1], points[len(points)-2]
	base, wing := tip, Point{}
	switch {
	case before.X < tip.X:
		base.X, wing.Y = tip.X-tipLength, tipHalf
	case before.X > tip.X:
		base.X, wing.Y = tip.X+tipLength, tipHalf
	case before.Y < tip.Y:
		base.Y, wing.X = tip.Y-tipLength, tipHalf
	default:
		base.Y, wing.X = tip.Y+tipLength, tipHalf
	}
	line := append([]Point(nil), points...)
	line[len(line)-1] = base
	return []Shape{
		{Kind: Line, Points: line, Stroke: with.color, Weight: with.weight, Dashed: with.dashed, Radius: 6 * Px},
		{Kind: Polygon, Points: []Point{tip, {base.X + wing.X, base.Y + wing.Y}, {base.X - wing.X, base.Y - wing.Y}}, Fill: with.color},
	}
}

func lineSample(with pen) func(Point) []Shape {
	return func(at Point) []Shape { return arrow(with, []Point{at, {at.X + sampleWidth, at.Y}}) }
}

func (p *plan) drawMarks() Group {
	return Group{ID: "ends", Shapes: slices.Concat(startMark(p.startDot), endMark(p.endRing), p.drawGift())}
}

func startMark(at Point) []Shape {
	return []Shape{{Kind: Circle, At: at, Radius: markRadius - Px, Fill: ink}}
}

func endMark(at Point) []Shape {
	return []Shape{
		{Kind: Circle, At: at, Radius: markRadius - Px, Fill: paper, Stroke: ink, Weight: 2 * Px},
		{Kind: Circle, At: at, Radius: 3*Px + Px/2, Fill: ink},
	}
}

// momentMark is a star, for a moment of truth.
func momentMark(at Point) []Shape {
	star := []Point{{0, -64}, {15, -21}, {61, -20}, {25, 8}, {38, 52}, {0, 26}, {-38, 52}, {-25, 8}, {-61, -20}, {-15, -21}}
	for i, pt := range star {
		star[i] = Point{at.X + pt.X*6, at.Y + pt.Y*6}
	}
	return []Shape{
		{Kind: Circle, At: at, Radius: 9 * Px, Fill: momentFill, Stroke: momentInk, Weight: Px + Px/4},
		{Kind: Polygon, Points: star, Fill: momentInk},
	}
}

// bindingMark is a closed lock, for a step that cannot be undone.
func bindingMark(at Point) []Shape {
	return []Shape{
		{Kind: Circle, At: at, Radius: 9 * Px, Fill: paper, Stroke: bindingInk, Weight: Px + Px/4},
		{Kind: Line, Points: []Point{{at.X - 2*Px - Px/2, at.Y}, {at.X - 2*Px - Px/2, at.Y - 4*Px - Px/2}, {at.X + 2*Px + Px/2, at.Y - 4*Px - Px/2}, {at.X + 2*Px + Px/2, at.Y}},
			Stroke: bindingInk, Weight: Px + Px/2, Radius: 2 * Px},
		{Kind: Rectangle, At: Point{at.X - 4*Px, at.Y - Px}, Size: Point{8 * Px, 6 * Px}, Radius: Px, Fill: bindingInk},
	}
}
