package render

// meetingMark is a mark at the corner of a box, and what it says.
type meetingMark struct {
	words string
	draw  func(Point) []Shape
}

// meetingMarks are the marks of a step for who is met there, from the corner
// inwards.
func (p *plan) meetingMarks(i int) []meetingMark {
	if p.overlay == nil {
		return nil
	}
	m := &p.overlay.steps[i]
	var all []meetingMark
	for _, k := range p.markKinds() {
		if k.has(m) {
			all = append(all, k.meetingMark)
		}
	}
	return all
}

// markKind is a kind of mark and where it stands.
type markKind struct {
	meetingMark
	has func(*meeting) bool
}

func (p *plan) markKinds() []markKind {
	w := &p.words.Customer
	return []markKind{
		{meetingMark{w.States.Closed, closedMark}, func(m *meeting) bool { return m.state == closed }},
		{meetingMark{w.States.Out, outMark}, func(m *meeting) bool { return m.state == out }},
		{meetingMark{w.Trap, trapMark}, func(m *meeting) bool { return m.trap }},
		{meetingMark{w.Wrong, wrongMark}, func(m *meeting) bool { return m.wrong }},
		{meetingMark{w.Single, p.singleMark}, func(m *meeting) bool { return m.single }},
		{meetingMark{w.Shut, p.clockMark}, func(m *meeting) bool { return m.opens != nil }},
		{meetingMark{w.Ends, endMark}, (*meeting).meets},
	}
}

func rimmedDisc(at Point, stroke Role) Shape {
	return Shape{Kind: Circle, At: at, Radius: 9 * Px, Fill: paper, Stroke: stroke, Weight: Px + Px/4}
}

func stroked(stroke Role, weight Length, points ...Point) Shape {
	return Shape{Kind: Line, Points: points, Stroke: stroke, Weight: weight}
}

// closedMark is a bar across the way.
func closedMark(at Point) []Shape {
	return []Shape{
		{Kind: Circle, At: at, Radius: 9*Px + Px/2, Fill: closedInk},
		{Kind: Rectangle, At: Point{at.X - 6*Px, at.Y - 2*Px}, Size: Point{12 * Px, 4 * Px}, Fill: inverse},
	}
}

// outMark is a cross.
func outMark(at Point) []Shape {
	const r = 4 * Px
	return []Shape{rimmedDisc(at, closedInk),
		stroked(closedInk, 2*Px, Point{at.X - r, at.Y - r}, Point{at.X + r, at.Y + r}),
		stroked(closedInk, 2*Px, Point{at.X - r, at.Y + r}, Point{at.X + r, at.Y - r})}
}

// trapMark is a sign of danger.
func trapMark(at Point) []Shape {
	return []Shape{
		{Kind: Polygon, Points: []Point{{at.X, at.Y - 10*Px}, {at.X + 11*Px, at.Y + 9*Px}, {at.X - 11*Px, at.Y + 9*Px}}, Fill: momentFill, Stroke: momentInk, Weight: Px + Px/2},
		{Kind: Rectangle, At: Point{at.X - Px, at.Y - 4*Px}, Size: Point{2 * Px, 7 * Px}, Fill: momentInk},
		{Kind: Circle, At: Point{at.X, at.Y + 5*Px + Px/2}, Radius: Px + Px/4, Fill: momentInk},
	}
}

// wrongMark is an arrow that turns back.
func wrongMark(at Point) []Shape {
	const r = 3*Px + Px/2
	bent := stroked(ink, Px+Px/2, Point{at.X + r, at.Y + 5*Px}, Point{at.X + r, at.Y - 4*Px}, Point{at.X - r, at.Y - 4*Px}, Point{at.X - r, at.Y + 2*Px})
	bent.Radius = r
	return []Shape{rimmedDisc(at, ink), bent,
		{Kind: Polygon, Points: []Point{{at.X - r, at.Y + 6*Px}, {at.X - r - 3*Px, at.Y + Px}, {at.X - r + 3*Px, at.Y + Px}}, Fill: ink}}
}

// singleMark is a one, in a diamond.
func (p *plan) singleMark(at Point) []Shape {
	const r = 11 * Px
	shapes := []Shape{{Kind: Polygon, Points: []Point{{at.X, at.Y - r}, {at.X + r, at.Y}, {at.X, at.Y + r}, {at.X - r, at.Y}}, Fill: paper, Stroke: ink, Weight: Px + Px/2}}
	return append(shapes, p.lines([]string{number(1, p.words.Zero)}, numberFace, ink, at, 0)...)
}

// clockMark is a clock.
func (p *plan) clockMark(at Point) []Shape {
	return p.asItIs(at, []Shape{rimmedDisc(at, ink),
		stroked(ink, Px+Px/2, Point{at.X, at.Y - 6*Px}, Point{at.X, at.Y + Px/2}),
		stroked(ink, Px+Px/2, Point{at.X - Px/2, at.Y}, Point{at.X + 4*Px, at.Y})})
}

// asItIs turns the lines of a mark that everyone writes from left to right, so
// that a mirrored map shows them as they are.
func (p *plan) asItIs(at Point, shapes []Shape) []Shape {
	if p.mirrored() {
		for i := range shapes {
			for j := range shapes[i].Points {
				shapes[i].Points[j].X = 2*at.X - shapes[i].Points[j].X
			}
		}
	}
	return shapes
}

// meets reports whether the customer's need is met here, or would be.
func (m *meeting) meets() bool {
	return m.ends && (m.state == open || m.state == closed || len(m.order) > 0)
}

// verdictSign says the result without words: through, late or stopped.
func (p *plan) verdictSign(at Point) []Shape {
	switch {
	case !p.overlay.cell.Open:
		return []Shape{
			{Kind: Circle, At: at, Radius: 16 * Px, Fill: closedInk},
			{Kind: Rectangle, At: Point{at.X - 10*Px, at.Y - 3*Px}, Size: Point{20 * Px, 6 * Px}, Fill: inverse},
		}
	case p.overlay.late():
		return p.asItIs(at, []Shape{
			{Kind: Circle, At: at, Radius: 15 * Px, Fill: paper, Stroke: ink, Weight: 2*Px + Px/2},
			stroked(ink, 2*Px+Px/2, Point{at.X, at.Y - 10*Px}, Point{at.X, at.Y + Px}),
			stroked(ink, 2*Px+Px/2, Point{at.X - Px, at.Y}, Point{at.X + 7*Px, at.Y}),
		})
	}
	return p.asItIs(at, []Shape{
		{Kind: Circle, At: at, Radius: 16 * Px, Fill: wayInk},
		stroked(inverse, 3*Px+Px/2, Point{at.X - 8*Px, at.Y}, Point{at.X - 2*Px, at.Y + 6*Px}),
		stroked(inverse, 3*Px+Px/2, Point{at.X - 3*Px - Px/4, at.Y + 6*Px}, Point{at.X + 8*Px, at.Y - 6*Px}),
	})
}

// meetingItems explain what a map of one customer shows.
func (p *plan) meetingItems() []legendItem {
	if p.overlay == nil {
		return nil
	}
	w := &p.words.Customer
	var items []legendItem
	add := func(there bool, words string, sample func(Point) []Shape) {
		if there {
			items = append(items, p.legendItem(words, sample))
		}
	}
	way := p.overlay.way
	add(len(way) > 0 && !p.isNew(0) || len(way) == 0 && len(p.overlay.cell.Doors) > 0, w.Way, func(at Point) []Shape { return p.legSample(at, true) })
	add(p.overlay.firm < len(p.overlay.way), w.NewWay, func(at Point) []Shape { return p.legSample(at, false) })
	add(p.overlay.has(func(m *meeting) bool { return m.state == closed }), w.States.Closed, stateSample(closed))
	add(p.overlay.has(func(m *meeting) bool { return m.state == out }), w.States.Out, stateSample(out))
	add(p.overlay.has((*meeting).pale), w.Pale, stateSample(away))
	add(len(p.overlay.gives) > 0 || p.overlay.has(func(m *meeting) bool { return len(m.mends) > 0 }), w.Mended, mendedSample)
	for _, k := range p.markKinds()[2:] {
		add(p.overlay.has(k.has), k.words, func(at Point) []Shape { return k.draw(Point{at.X + sampleWidth/2, at.Y}) })
	}
	return items
}

func (v *overlay) has(is func(*meeting) bool) bool {
	for i := range v.steps {
		if is(&v.steps[i]) {
			return true
		}
	}
	return false
}

// mendedSample is a small box with the frame of what the repair changes.
func mendedSample(at Point) []Shape {
	return dottedFrame(&box{at: Point{at.X, at.Y - 9*Px}, size: Point{sampleWidth, 18 * Px}})
}

// stateSample is a small box in a state, with its mark.
func stateSample(state meets) func(Point) []Shape {
	return func(at Point) []Shape {
		b := &box{at: Point{at.X, at.Y - 9*Px}, size: Point{sampleWidth, 18 * Px}}
		frame := Shape{Kind: Rectangle, At: b.at, Size: b.size, Radius: 4 * Px, Fill: card}
		return dressed(b, frame, state)
	}
}
