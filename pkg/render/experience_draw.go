package render

import "strconv"

var (
	customerLine = pen{customerInk, 3 * Px, false}
	companyLine  = pen{companyInk, 2 * Px, true}
	ownLine      = pen{customerInk, Px + Px/4, false}
)

// drawChart draws the chart from back to front; a group for each point comes
// last, so that points stand on lines.
func (p *plan) drawChart() []Group {
	c := p.chart
	if c == nil {
		return nil
	}
	groups := []Group{p.drawAbout()}
	if c.empty() {
		return groups
	}
	groups = append(groups, p.drawScale(), p.drawCurves())
	for i := range c.points {
		groups = append(groups, p.drawPoint(i))
	}
	return append(groups, p.drawRowTitles())
}

func (p *plan) drawAbout() Group {
	g := Group{ID: "experience", Shapes: []Shape{
		{Kind: Line, Points: []Point{{margin, p.chart.rule}, {p.width - margin, p.chart.rule}}, Stroke: softInk, Weight: Px}}}
	for i, line := range p.chart.about {
		s := p.text(line.words, line.face, line.color, Point{margin + chartInset, p.chart.rule + 26*Px + Length(i)*20*Px}, Start)
		s.RightToLeft = line.rightToLeft
		g.Shapes = append(g.Shapes, s)
	}
	return g
}

// drawScale draws a line for each score, the middle one stronger, a guide
// under each step, and what lies far apart.
func (p *plan) drawScale() Group {
	c, g := p.chart, Group{ID: "scale"}
	for i, words := range p.scaleWords() {
		y := p.chartY(10 * (i + 1))
		color, weight := gridInk, Px
		if i == 2 {
			color, weight = softInk, Px+Px/2
		}
		g.Shapes = append(g.Shapes,
			Shape{Kind: Line, Points: []Point{{c.left, y}, {p.width - margin - chartInset, y}}, Stroke: color, Weight: weight},
			p.text(words, scaleFace, softInk, Point{margin + chartInset, y + 4*Px}, Start))
	}
	for _, pt := range c.points {
		if pt.silent() {
			continue // words stand there
		}
		g.Shapes = append(g.Shapes, Shape{Kind: Line, Points: []Point{{pt.at, c.best}, {pt.at, p.chartY(10) + 36*Px}}, Stroke: gridInk, Weight: Px})
	}
	for _, pt := range c.points {
		if pt.apart() >= apartLeast {
			g.Shapes = append(g.Shapes, p.drawApart(pt))
		}
	}
	return g
}

// drawApart marks the company's view and those that are far from it, with
// their scores.
func (p *plan) drawApart(pt chartPoint) Shape {
	low, high, right, under := pt.company, pt.company, pt.at, 28*Px
	if pt.customer > 0 {
		low, high = pt.low(), pt.high()
	}
	for k, own := range pt.own {
		if pt.differ(own) >= apartLeast {
			if own < low {
				under = 16 * Px // no number stands there
			}
			low, high, right = min(low, own), max(high, own), pt.at+ownShift*Length(k+1)
		}
	}
	return apartMark(Point{pt.at, p.chartY(high) - 28*Px}, Point{right, p.chartY(low) + under})
}

func apartMark(from, to Point) Shape {
	return Shape{Kind: Rectangle, At: Point{from.X - 17*Px, from.Y}, Size: Point{to.X - from.X + 34*Px, to.Y - from.Y}, Radius: min(17*Px, (to.Y-from.Y)/2),
		Fill: apartFill, Stroke: alarmInk, Weight: Px + Px/4}
}

func (p *plan) drawCurves() Group {
	g := Group{ID: "curves"}
	for k := range p.chart.own {
		g.Shapes = append(g.Shapes, p.curve(ownLine, ownShift*Length(k+1), func(pt chartPoint) int { return pt.own[k] })...)
	}
	g.Shapes = append(g.Shapes, p.curve(companyLine, 0, func(pt chartPoint) int { return pt.company })...)
	return Group{g.ID, g.Label, append(g.Shapes, p.curve(customerLine, 0, func(pt chartPoint) int { return pt.customer })...)}
}

// curve joins the scores of steps that follow each other. Where a step has
// none the line has a gap.
func (p *plan) curve(with pen, shift Length, of func(chartPoint) int) []Shape {
	var shapes []Shape
	var run []Point
	end := func() {
		if len(run) > 1 {
			shapes = append(shapes, Shape{Kind: Line, Points: run, Stroke: with.color, Weight: with.weight, Dashed: with.dashed})
		}
		run = nil
	}
	for _, pt := range p.chart.points {
		if of(pt) == 0 {
			end()
			continue
		}
		run = append(run, Point{pt.at + shift, p.chartY(of(pt))})
	}
	end()
	return shapes
}

// drawPoint draws what the chart has under one step.
func (p *plan) drawPoint(i int) Group {
	pt := p.chart.points[i]
	g := Group{ID: "score-" + strconv.Itoa(i), Label: p.speakPoint(i)}
	if pt.silent() {
		none := p.lines(p.wrap(p.words.Experience.None, scaleFace, p.boxWidth), scaleFace, softInk, Point{pt.at, p.chartY(30) - 12*Px}, 14*Px)
		g.Shapes = append(g.Shapes, none...)
	}
	for k, own := range pt.own {
		if own > 0 {
			g.Shapes = append(g.Shapes, ownMark(k, Point{pt.at + ownShift*Length(k+1), p.chartY(own)}))
		}
	}
	g.Shapes = append(g.Shapes, p.drawViews(pt)...)
	g.Shapes = append(g.Shapes, p.drawScores(pt)...)
	digits := number(i+1, p.words.Zero)
	g.Shapes = append(g.Shapes, p.pill(digits, Point{pt.at, p.chartY(10) + 46*Px})...)
	return Group{g.ID, g.Label, append(g.Shapes, p.drawPips(i)...)}
}

// drawViews draws the points of company and customers. Where they agree the
// one stands in the other.
func (p *plan) drawViews(pt chartPoint) []Shape {
	var shapes []Shape
	agree := pt.company == pt.customer
	if pt.company > 0 {
		half := 6 * Px
		if agree {
			half = 9 * Px
		}
		if pt.moment && (agree || pt.customer == 0) {
			half = 13 * Px
		}
		shapes = append(shapes, companyMark(Point{pt.at, p.chartY(pt.company)}, half))
	}
	if pt.customer > 0 && !pt.moment {
		shapes = append(shapes, customerMark(Point{pt.at, p.chartY(pt.customer)}))
	}
	if pt.moment && pt.lived() > 0 {
		shapes = append(shapes, momentMark(Point{pt.at, p.chartY(pt.lived())})...)
	}
	return shapes
}

func customerMark(at Point) Shape {
	return Shape{Kind: Circle, At: at, Radius: 5*Px + Px/2, Fill: customerInk}
}

func companyMark(at Point, half Length) Shape {
	return Shape{Kind: Rectangle, At: Point{at.X - half, at.Y - half}, Size: Point{2 * half, 2 * half}, Radius: Px,
		Fill: paper, Stroke: companyInk, Weight: 2 * Px}
}

// ownMark is the point of one customer: each of the few has another shape.
func ownMark(k int, at Point) Shape {
	shape := [ownShapes][]Point{
		{{0, -6}, {6, 0}, {0, 6}, {-6, 0}},
		{{0, -6}, {6, 5}, {-6, 5}},
		{{0, 6}, {6, -5}, {-6, -5}},
	}[k]
	var points []Point
	for _, pt := range shape {
		points = append(points, Point{at.X + pt.X*Px, at.Y + pt.Y*Px})
	}
	return Shape{Kind: Polygon, Points: points, Fill: paper, Stroke: customerInk, Weight: Px + Px/2}
}

// drawScores writes the higher score over its point and the lower one under
// its own; one number where customers and company agree.
func (p *plan) drawScores(pt chartPoint) []Shape {
	if pt.high() == 0 {
		return nil
	}
	over, under := customerInk, companyInk
	if pt.company > pt.customer {
		over, under = under, over
	}
	rise := 14 * Px
	if pt.moment {
		rise = 17 * Px
	}
	shapes := []Shape{p.text(p.words.tenths(pt.high()), scoreFace, over, Point{pt.at, p.chartY(pt.high()) - rise}, Middle)}
	if pt.low() != pt.high() {
		shapes = append(shapes, p.text(p.words.tenths(pt.low()), scoreFace, under, Point{pt.at, p.chartY(pt.low()) + rise + 7*Px}, Middle))
	}
	return shapes
}

// pill is a number as steps have it, around a point.
func (p *plan) pill(digits string, at Point) []Shape {
	width := max(20*Px, p.measurer.width(digits, numberFace)+8*Px)
	return append([]Shape{{Kind: Rectangle, At: Point{at.X - width/2, at.Y - 10*Px}, Size: Point{width, 20 * Px}, Radius: 10 * Px, Fill: ink}},
		p.lines([]string{digits}, numberFace, inverse, at, 0)...)
}

const (
	pipPitch  = 11 * Px
	pipsWide  = 5 * pipPitch
	scoreRoom = 24 * Px // for a number beside pips
)

// drawPips draws the rows under one step.
func (p *plan) drawPips(i int) []Shape {
	var shapes []Shape
	for _, row := range p.chart.rows {
		for n, line := range row.lines {
			score := line.scores[i]
			if score == 0 {
				continue
			}
			at := Point{p.chart.points[i].at - pipsWide/2 - scoreRoom/2, row.at + Length(n)*lineOfRow}
			for k := range 5 {
				shapes = append(shapes, line.pip(Point{at.X + pipPitch*Length(k) + pipPitch/2, at.Y}, k, score >= 10*k+5))
				last := &shapes[len(shapes)-1]
				last.Stroke, last.Weight = line.color, Px
				if last.Fill != "" {
					last.Fill = line.color
				}
			}
			shapes = append(shapes, p.text(p.words.tenths(score), scaleFace, ink, Point{at.X + pipsWide + 6*Px, at.Y + 4*Px}, Start))
		}
	}
	return shapes
}

// discPip, squarePip and barPip draw one of five pips.
func discPip(at Point, _ int, filled bool) Shape {
	return pip(Shape{Kind: Circle, At: at, Radius: 3*Px + Px/2}, filled)
}

func squarePip(at Point, _ int, filled bool) Shape {
	return pip(Shape{Kind: Rectangle, At: Point{at.X - 3*Px, at.Y - 3*Px}, Size: Point{6 * Px, 6 * Px}}, filled)
}

func barPip(at Point, nth int, filled bool) Shape {
	tall := Length(nth+1)*2*Px + Px
	return pip(Shape{Kind: Rectangle, At: Point{at.X - 3*Px, at.Y + 5*Px - tall}, Size: Point{6 * Px, tall}}, filled)
}

// pip fills a shape, or not; the row gives it its colour.
func pip(s Shape, filled bool) Shape {
	if filled {
		s.Fill = ink
	}
	return s
}

func (p *plan) drawRowTitles() Group {
	g := Group{ID: "rows"}
	for _, row := range p.chart.rows {
		for i, line := range p.paragraph(row.title, rowFace, ink) {
			line.At = Point{margin + chartInset, row.at + 4*Px + Length(i)*lineOfRow}
			g.Shapes = append(g.Shapes, line)
		}
	}
	return g
}

// chartItems explain the lines and points that occur on the chart.
func (p *plan) chartItems() []legendItem {
	c := p.chart
	if c == nil {
		return nil
	}
	var items []legendItem
	add := func(words string, with pen, mark func(Point) Shape) {
		items = append(items, p.legendItem(words, func(at Point) []Shape {
			line := Shape{Kind: Line, Points: []Point{at, {at.X + sampleWidth, at.Y}}, Stroke: with.color, Weight: with.weight, Dashed: with.dashed}
			return []Shape{line, mark(Point{at.X + sampleWidth/2, at.Y})}
		}))
	}
	if p.tells("customer") {
		add(p.words.Experience.CustomerLine, customerLine, customerMark)
	}
	if p.tells("company") {
		add(p.words.Experience.CompanyLine, companyLine, func(at Point) Shape { return companyMark(at, 6*Px) })
	}
	for k, customer := range c.own {
		add(p.label(customer.Definition), ownLine, func(at Point) Shape { return ownMark(k, at) })
	}
	if i := c.most(); i >= 0 && c.points[i].apart() >= apartLeast {
		items = append(items, p.legendItem(p.words.Experience.Apart, func(at Point) []Shape {
			return []Shape{apartMark(Point{at.X + sampleWidth/2, at.Y - 10*Px}, Point{at.X + sampleWidth/2, at.Y + 10*Px})}
		}))
	}
	return items
}

// tells reports whether a point or a box of the map shows someone's score.
func (p *plan) tells(who string) bool {
	for i := range p.boxes {
		if t := p.graph.Steps[i].Touchpoint; t != nil && tenthsOf(t.Experience, who) > 0 {
			return true
		}
	}
	return false
}

// drawScoresIn writes the scores in a box, at the bottom of what its owner
// leaves.
func (p *plan) drawScoresIn(b *box, bottom Length) []Shape {
	const each = 36 * Px
	at := Point{b.middle().X - each*Length(len(b.scores))/2, bottom - scoresBelow/2 - Px}
	var shapes []Shape
	for _, s := range b.scores {
		mark, color := customerMark(Point{at.X + 10*Px, at.Y}), customerInk
		if s.who == "company" {
			mark, color = companyMark(Point{at.X + 10*Px, at.Y}, 5*Px), companyInk
		}
		shapes = append(shapes, mark, p.text(p.words.tenths(s.tenths), scoreFace, color, Point{at.X + 19*Px, at.Y + 4*Px}, Start))
		at.X += each
	}
	return shapes
}
