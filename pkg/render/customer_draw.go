package render

import (
	"github.com/customer-corridor/corridor/pkg/model"
)

// pale reports whether a step is drawn as one that is not come to.
func (m *meeting) pale() bool { return m.state == refused || m.state == away || m.state == elsewhere }

// drawMeeting draws the box of a step as the customer meets it. States differ
// in hatching, frames and marks, not in colour alone.
func (p *plan) drawMeeting(i int) []Shape {
	b, m, kind := &p.boxes[i], &p.overlay.steps[i], p.graph.Paths[p.graph.Steps[i].Path].Kind
	if b.skip {
		return p.drawMetSkip(b, m, kind)
	}
	shapes := dressed(b, p.frame(b, kind), m.state)
	if len(m.mends) > 0 {
		shapes[0].Stroke = ""
		shapes = append(shapes, dottedFrame(b)...)
	}
	words := p.metWords(b, m)
	switch m.state {
	case closed:
		shapes = append(shapes, plates(words, shapes[0].Fill)...)
	case out:
		shapes = append(shapes, union(plates(words, shapes[0].Fill))...)
	}
	shapes = append(shapes, words...)
	if len(b.owner) > 0 {
		shapes = append(shapes, p.metStrip(b, m)...)
	}
	shapes = append(shapes, p.drawOrder(Point{b.left() + 2*Px, b.top() + 2*Px}, m)...)
	return append(shapes, p.drawCorner(i)...)
}

// dressed returns a frame as a state has it, and what lies on its ground.
func dressed(b *box, frame Shape, state meets) []Shape {
	switch state {
	case closed:
		frame.Stroke, frame.Weight, frame.Dashed = closedInk, 2*Px, false
		return append([]Shape{frame}, hatching(b)...)
	case out:
		frame.Stroke, frame.Weight, frame.Dashed = closedInk, 2*Px, true
		return append([]Shape{frame}, crossing(b)...)
	case refused, away, elsewhere:
		frame.Fill, frame.Stroke, frame.Weight = paper, paleInk, Px
	}
	return []Shape{frame}
}

const (
	hatchPitch = 8 * Px
	hatchInset = 2 * Px
	hatchApart = 8 * Px // how far the outermost lines are from the corners
)

// hatching is slanted lines across a box, cut at its edges.
func hatching(b *box) []Shape {
	left, right := b.left()+hatchInset, b.right()-hatchInset
	top, bottom := b.top()+hatchInset, b.bottom()-hatchInset
	var shapes []Shape
	for c := left + top + hatchApart; c <= right+bottom-hatchApart; c += hatchPitch {
		// The line on which x + y is c.
		from := Point{max(left, c-bottom), 0}
		from.Y = c - from.X
		to := Point{min(right, c-top), 0}
		to.Y = c - to.X
		shapes = append(shapes, stroked(hatchInk, Px+Px/2, from, to))
	}
	return shapes
}

// crossing is the two diagonals of a box.
func crossing(b *box) []Shape {
	const inset = 4 * Px
	left, right, top, bottom := b.left()+inset, b.right()-inset, b.top()+inset, b.bottom()-inset
	return []Shape{
		stroked(closedInk, Px+Px/2, Point{left, top}, Point{right, bottom}),
		stroked(closedInk, Px+Px/2, Point{left, bottom}, Point{right, top}),
	}
}

// union is the least rectangle around others: lines that cross in the middle
// would else peep out between words.
func union(plates []Shape) []Shape {
	for i := 1; i < len(plates); i++ {
		all, s := &plates[0], plates[i]
		left, right := min(all.At.X, s.At.X), max(all.At.X+all.Size.X, s.At.X+s.Size.X)
		all.Size.Y = s.At.Y + s.Size.Y - all.At.Y
		all.At.X, all.Size.X = left, right-left
	}
	return plates[:min(1, len(plates))]
}

// plates are the grounds of words on a hatched or crossed box.
func plates(words []Shape, fill Role) []Shape {
	var shapes []Shape
	for _, s := range words {
		wide := s.TextWide + 8*Px
		shapes = append(shapes, Shape{Kind: Rectangle, At: Point{s.At.X - wide/2, s.At.Y - s.Face.Size - Px}, Size: Point{wide, s.Face.Size*4/3 + 2*Px}, Radius: 4 * Px, Fill: fill})
	}
	return shapes
}

// metWords centres name, channel and notes in what the strip leaves of a box.
func (p *plan) metWords(b *box, m *meeting) []Shape {
	room := b.size.Y
	if len(b.owner) > 0 {
		room -= b.strip() + stripInset - boxPadding/3
	}
	name, channel := Length(len(b.name))*nameLine, Length(len(b.channel))*channelLine
	y := b.top() + (room-name-channel-b.toldHeight())/2
	x, color := b.middle().X, ink
	if m.pale() {
		color = softInk
	}
	shapes := p.lines(b.name, nameFace, color, Point{x, y + name/2}, nameLine)
	y += name
	shapes = append(shapes, p.lines(b.channel, channelFace, softInk, Point{x, y + channel/2}, channelLine)...)
	return append(shapes, p.metNotes(b, y+channel+noteLead)...)
}

func (p *plan) metNotes(b *box, y Length) []Shape {
	var shapes []Shape
	for _, n := range b.told {
		shapes = append(shapes, p.lines([]string{n.text}, noteFace, n.color, Point{b.middle().X, y + noteLeading/2}, 0)...)
		y += noteLeading
	}
	return shapes
}

// metStrip is the owner's strip, hollow where the box is pale.
func (p *plan) metStrip(b *box, m *meeting) []Shape {
	shapes := p.drawStrip(b)
	if !m.pale() {
		return shapes
	}
	shapes[0].Fill, shapes[0].Stroke, shapes[0].Weight = paper, paleInk, Px
	for i := range shapes[1:] {
		shapes[i+1].Fill = softInk
	}
	return shapes
}

// drawOrder numbers a step of the way, in a hollow mark where only the repair
// opens it.
func (p *plan) drawOrder(at Point, m *meeting) []Shape {
	order := m.order
	if len(order) == 0 {
		return nil
	}
	digits := p.numbers(order)
	width := p.orderWide(m)
	ground := Shape{Kind: Rectangle, At: Point{at.X - 11*Px, at.Y - 11*Px}, Size: Point{width, 22 * Px}, Radius: 11 * Px, Fill: wayInk}
	color := inverse
	if order[0] > p.overlay.firm {
		ground.Fill, ground.Stroke, ground.Weight, color = paper, repairInk, 2*Px, repairInk
	}
	return append([]Shape{ground}, p.lines([]string{digits}, numberFace, color, Point{at.X - 11*Px + width/2, at.Y}, 0)...)
}

// orderWide is how wide the number of a step of the way is.
func (p *plan) orderWide(m *meeting) Length {
	return max(22*Px, p.measurer.width(p.numbers(m.order), numberFace)+10*Px)
}

func (p *plan) drawMetSkip(b *box, m *meeting, kind model.Kind) []Shape {
	shapes := p.drawSkip(&box{at: b.at, size: b.size, skip: true}, kind)[:1]
	shapes[0].Radius = min(shapes[0].Radius, 10*Px) // words of several lines reach into the corners of a rounder one
	color := penOf(kind).color
	if m.pale() {
		shapes[0].Stroke, color = paleInk, softInk
	}
	y := b.top() + (b.size.Y-b.toldHeight())/2
	shapes = append(shapes, p.lines(b.name, skipFace, color, Point{b.middle().X, y}, 15*Px)...)
	shapes = append(shapes, p.metNotes(b, y+Length(len(b.name))*15*Px/2+noteLead)...)
	if len(m.mends) > 0 {
		shapes[0].Stroke = ""
		shapes = append(shapes, dottedFrame(b)...)
	}
	return append(shapes, p.drawOrder(Point{b.left() - 9*Px, b.middle().Y}, m)...)
}

// dottedFrame is what the repair changes.
func dottedFrame(b *box) []Shape {
	edge := rounded(b.at, b.size, min(9*Px, b.size.Y/2))
	return dots(append(edge, edge[0]), Px+Px*3/4)
}

// drawGift rings the start where the repair hands something out there.
func (p *plan) drawGift() []Shape {
	if p.overlay == nil || len(p.overlay.gives) == 0 {
		return nil
	}
	at, radius := p.at(p.overlay.start), markRadius+4*Px
	if p.overlay.start == p.graph.Start {
		at = p.startDot
	}
	edge := disc(at, radius)
	return dots(append(edge, edge[0]), Px+Px*3/4)
}

const dotPitch = 6 * Px

// dots are along a line.
func dots(points []Point, radius Length) []Shape {
	var shapes []Shape
	left := Length(0)
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		long := length(a, b)
		for ; left < long; left += dotPitch {
			at := Point{a.X + divide((b.X-a.X)*left, long), a.Y + divide((b.Y-a.Y)*left, long)}
			shapes = append(shapes, Shape{Kind: Circle, At: at, Radius: radius, Fill: repairInk})
		}
		left -= long
	}
	return shapes
}
