package render

import (
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// drawStep draws one box with its words and marks.
func (p *plan) drawStep(i int) Group {
	b, kind := &p.boxes[i], p.graph.Paths[p.graph.Steps[i].Path].Kind
	g := Group{ID: "step-" + strconv.Itoa(i), Label: p.speak(i)}
	if p.overlay != nil {
		g.Shapes = p.drawMeeting(i)
		return g
	}
	if b.skip {
		g.Shapes = p.drawSkip(b, kind)
		return g
	}
	if b.folds {
		g.Shapes = append(g.Shapes, p.below(b, kind))
	}
	g.Shapes = append(g.Shapes, p.frame(b, kind))
	g.Shapes = append(g.Shapes, p.drawWords(b)...)
	g.Shapes = append(g.Shapes, p.drawNotes(b)...)
	if len(b.owner) > 0 {
		g.Shapes = append(g.Shapes, p.drawStrip(b)...)
	}
	if kind == model.Basic {
		g.Shapes = append(g.Shapes, p.drawNumber(b, i+1)...)
	}
	g.Shapes = append(g.Shapes, p.drawCorner(i)...)
	return g
}

func (p *plan) frame(b *box, kind model.Kind) Shape {
	s := Shape{Kind: Rectangle, At: b.at, Size: b.size, Radius: 9 * Px, Fill: card, Stroke: ink, Weight: Px + Px/2}
	switch kind {
	case model.Alternative:
		s.Fill, s.Stroke = cardAlt, altInk
	case model.Optional:
		s.Stroke, s.Dashed = optionInk, true
	}
	return s
}

// drawWords centres name and channel in what the strip leaves of the box.
func (p *plan) drawWords(b *box) []Shape {
	room := b.size.Y
	if len(b.owner) > 0 {
		room -= b.strip() + stripInset - boxPadding/3
	}
	room -= b.notes()
	name, channel := Length(len(b.name))*nameLine, Length(len(b.channel))*channelLine
	top := b.top() + (room-name-channel)/2
	x := b.middle().X
	shapes := p.lines(b.name, nameFace, ink, Point{x, top + name/2}, nameLine)
	return append(shapes, p.lines(b.channel, channelFace, softInk, Point{x, top + name + channel/2}, channelLine)...)
}

func (p *plan) drawStrip(b *box) []Shape {
	at := Point{b.left() + stripInset, b.bottom() - stripInset - b.strip()}
	size := Point{b.size.X - 2*stripInset, b.strip()}
	shapes := []Shape{{Kind: Rectangle, At: at, Size: size, Radius: 6 * Px, Fill: b.color}}
	return append(shapes, p.lines(b.owner, ownerFace, p.theme.wordsOn(b.color), Point{at.X + size.X/2, at.Y + size.Y/2}, ownerLine)...)
}

var numberFace = Typeface{10*Px + Px/2, true}

func (p *plan) drawNumber(b *box, n int) []Shape {
	digits := number(n, p.words.Zero)
	at := Point{b.left() + 2*Px, b.top() + 2*Px}
	width := max(20*Px, p.measurer.width(digits, numberFace)+8*Px)
	shapes := []Shape{{Kind: Rectangle, At: Point{at.X - 10*Px, at.Y - 10*Px}, Size: Point{width, 20 * Px}, Radius: 10 * Px, Fill: ink}}
	return append(shapes, p.lines([]string{digits}, numberFace, inverse, Point{at.X - 10*Px + width/2, at.Y}, 0)...)
}

// drawCorner puts the marks on the corner across from the number.
func (p *plan) drawCorner(i int) []Shape {
	b, places := &p.boxes[i], p.corner(i)
	var shapes []Shape
	put := func(mark func(Point) []Shape) {
		shapes = append(shapes, mark(places[0])...)
		places = places[1:]
	}
	for _, m := range p.meetingMarks(i) {
		put(m.draw)
	}
	if b.moment {
		put(momentMark)
	}
	if b.binding {
		put(bindingMark)
	}
	if b.care != noMishap {
		put(b.care.mark)
	}
	return shapes
}

// drawSkip writes on the line of an empty way.
func (p *plan) drawSkip(b *box, kind model.Kind) []Shape {
	with := penOf(kind)
	shapes := []Shape{{Kind: Rectangle, At: b.at, Size: b.size, Radius: b.size.Y / 2, Fill: card, Stroke: with.color, Weight: Px, Dashed: with.dashed}}
	return append(shapes, p.lines(b.name, skipFace, with.color, b.middle(), 15*Px)...)
}

// speak says a step in words, for a screen reader.
func (p *plan) speak(i int) string {
	step := p.graph.Steps[i]
	path := p.graph.Paths[step.Path]
	kind := [...]string{p.words.Basic, p.words.Optional, p.words.Alternative}[path.Kind]
	if step.Touchpoint == nil {
		return strings.Join(append([]string{kind + ": " + strings.Join(p.boxes[i].name, " ")}, p.speakMeeting(i)...), ". ")
	}
	t := step.Touchpoint
	says := []string{kind + ": " + p.label(t.Definition)}
	if path.Kind == model.Basic && p.overlay == nil { // else numbers are those of the way
		says[0] = p.words.Step + " " + number(i+1, p.words.Zero) + ": " + p.label(t.Definition)
	}
	if len(p.stages) > 0 && step.Stage >= 0 && step.Stage < len(p.graph.Journey.Stages) {
		says = append(says, p.words.Stage+": "+clean(p.words.stage(p.graph.Journey.Stages[step.Stage], p.language)))
	}
	if b := p.boxes[i]; len(b.channel) > 0 {
		says = append(says, p.words.Channel+": "+strings.Join(b.channel, " "))
	}
	if b := p.boxes[i]; len(b.owner) > 0 {
		says = append(says, p.words.Owner+": "+strings.Join(b.owner, " "))
	}
	if t.MomentOfTruth.Value {
		says = append(says, p.words.Moment)
	}
	if t.Binding.Value {
		says = append(says, p.words.Binding)
	}
	says = append(says, p.speakMishaps(t)...)
	says = append(says, p.speakMeasures(t)...)
	says = append(says, p.speakScores(i)...)
	says = append(says, p.speakMeeting(i)...)
	return strings.Join(says, ". ")
}
