package render

import (
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// handOver is a note under the box of a step whose owner hands over: to whom,
// and what is told.
type handOver struct {
	step  int
	words []string
	color Role // of the department that takes over
}

const (
	handOverLine  = 14 * Px
	handOverGap   = 3 * Px  // between a box and its note
	handOverInset = 8 * Px  // from the sides of the box
	handOverRoom  = 20 * Px // for the mark before the words
)

var handOverFace = Typeface{10*Px + Px/2, false}

// height is what a note takes under its box.
func (n *handOver) height() Length {
	return handOverGap + Length(len(n.words))*handOverLine + 2*handOverPadding
}

// findHandOvers writes the notes of all steps that hand over.
func (l *lanePlan) findHandOvers() {
	for i, step := range l.graph.Steps {
		if step.Touchpoint == nil || step.Touchpoint.HandsOver == nil {
			continue
		}
		h := step.Touchpoint.HandsOver
		n := handOver{step: i, color: plainLane}
		says := clean(strings.ReplaceAll(h.To.Value, "-", " "))
		if d := l.graph.Journey.Department(h.To.Value); d != nil {
			says, n.color = l.label(d.Definition), l.colorOf(d)
		}
		if told := l.told(h.What); told != "" {
			says += ": " + told
		}
		n.words = l.wrap(says, handOverFace, l.boxWidth-2*handOverInset-handOverRoom-2*handOverPadding)
		l.handOvers = append(l.handOvers, n)
	}
}

// told lists what is handed over, in words.
func (l *lanePlan) told(what []model.Name) string {
	var list []string
	for _, name := range what {
		words := clean(strings.ReplaceAll(name.Value, "-", " "))
		if c := l.graph.Journey.Capability(name.Value); c != nil && !c.Name.Empty() {
			words = l.label(c.Definition)
		}
		list = append(list, words)
	}
	return strings.Join(list, l.words.Comma)
}

// handOverOf returns the note of a step, nil where it has none.
func (l *lanePlan) handOverOf(box int) *handOver {
	i, there := slices.BinarySearchFunc(l.handOvers, box, func(n handOver, box int) int { return n.step - box })
	if !there {
		return nil
	}
	return &l.handOvers[i]
}

// drawHandOver hangs a note under its box.
func (l *lanePlan) drawHandOver(n *handOver) []Shape {
	b := &l.boxes[n.step]
	at := Point{b.left() + handOverInset, b.bottom() + handOverGap}
	size := Point{b.size.X - 2*handOverInset, n.height() - handOverGap}
	shapes := []Shape{{Kind: Rectangle, At: at, Size: size, Radius: 7 * Px, Fill: card, Stroke: softInk, Weight: Px * 3 / 4}}
	middle := Point{at.X + handOverRoom + (size.X-handOverRoom)/2 - handOverPadding/2, at.Y + size.Y/2}
	shapes = append(shapes, handOverMark(Point{at.X + handOverPadding + 7*Px, middle.Y}, n.color, l.theme.wordsOn(n.color))...)
	return append(shapes, l.lines(n.words, handOverFace, ink, middle, handOverLine)...)
}

// handOverMark is an arrow from hand to hand, in the colour of who takes over.
func handOverMark(at Point, color, arrowInk Role) []Shape {
	arrow := []Point{{-4, -1}, {0, -1}, {0, -4}, {4, 0}, {0, 4}, {0, 1}, {-4, 1}}
	for i, pt := range arrow {
		arrow[i] = Point{at.X + pt.X*Px, at.Y + pt.Y*Px}
	}
	return []Shape{
		{Kind: Circle, At: at, Radius: 7 * Px, Fill: color},
		{Kind: Polygon, Points: arrow, Fill: arrowInk},
	}
}
