package render

import (
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// care is what happens at a step when something goes wrong.
type care int

const (
	noMishap   care = iota
	answered        // every exception has a reaction
	unanswered      // some exception loses the customer
)

// careAt tells how a touchpoint is prepared for its exceptions.
func careAt(t *model.Touchpoint) care {
	if len(t.Exceptions) == 0 {
		return noMishap
	}
	for _, e := range t.Exceptions {
		if careOf(e) == unanswered {
			return unanswered
		}
	}
	return answered
}

func careOf(e model.Exception) care {
	if e.Reaction == nil {
		return unanswered
	}
	return answered
}

// words names a kind of care; it has none where nothing goes wrong.
func (c care) words(w words) string {
	return [...]string{"", w.Details.Answered, w.Details.Unanswered}[c]
}

// mark is the sign of a kind of care at a point.
func (c care) mark(at Point) []Shape {
	switch c {
	case answered:
		return cycleMark(at)
	case unanswered:
		return alarmMark(at)
	}
	return nil
}

// cycleMark is two arrows that run after each other: a reaction, and the
// pre-action that it teaches.
func cycleMark(at Point) []Shape {
	arc := []Point{{-288, 30}, {-266, -110}, {-204, -204}, {-110, -266}, {0, -288}, {110, -266}, {204, -204}, {266, -110}}
	head := []Point{{300, 70}, {404, -142}, {110, -110}}
	shapes := []Shape{markDisc(at, mishapInk)}
	for _, turn := range []Length{1, -1} {
		shapes = append(shapes,
			Shape{Kind: Line, Points: around(at, turn, arc), Stroke: mishapInk, Weight: Px + Px/2},
			Shape{Kind: Polygon, Points: around(at, turn, head), Fill: mishapInk})
	}
	return shapes
}

// around moves points to a middle, turned by half a turn where turn is -1.
func around(middle Point, turn Length, points []Point) []Point {
	moved := make([]Point, len(points))
	for i, pt := range points {
		moved[i] = Point{middle.X + turn*pt.X, middle.Y + turn*pt.Y}
	}
	return moved
}

// alarmMark is an exclamation mark, for a mishap that nobody reacts to.
func alarmMark(at Point) []Shape {
	return []Shape{
		markDisc(at, alarmInk),
		{Kind: Rectangle, At: Point{at.X - Px, at.Y - 5*Px}, Size: Point{2 * Px, 6 * Px}, Radius: Px, Fill: alarmInk},
		{Kind: Circle, At: Point{at.X, at.Y + 4*Px}, Radius: Px + Px/4, Fill: alarmInk},
	}
}

func markDisc(at Point, color Role) Shape {
	return Shape{Kind: Circle, At: at, Radius: 9 * Px, Fill: paper, Stroke: color, Weight: Px + Px/4}
}

// mishapItems explain the signs that occur on the map.
func (p *plan) mishapItems() []legendItem {
	var items []legendItem
	for _, c := range []care{answered, unanswered} {
		for i := range p.boxes {
			if p.boxes[i].care == c {
				items = append(items, p.legendItem(c.words(p.words), func(at Point) []Shape {
					return c.mark(Point{at.X + sampleWidth/2, at.Y})
				}))
				break
			}
		}
	}
	return items
}

// speakMishaps tells what goes wrong at a touchpoint and who does what then,
// one sentence for each exception.
func (p *plan) speakMishaps(t *model.Touchpoint) []string {
	var says []string
	for _, e := range t.Exceptions {
		says = append(says, p.words.Details.Mishap+": "+strings.Join(p.mishapWords(e), p.words.Comma))
	}
	return says
}

// mishapWords are the name and chance of an exception, its reaction and its
// pre-action.
func (p *plan) mishapWords(e model.Exception) []string {
	w := p.words.Details
	name := p.label(e.Definition)
	if e.Chance != nil {
		name += " (" + p.words.percent(e.Chance.Value) + ")"
	}
	says := []string{name}
	switch {
	case e.Reaction == nil:
		says = append(says, w.NoReaction)
	case !e.Reaction.Does.Empty():
		says = append(says, w.Reaction+": "+clean(e.Reaction.Does.In(p.language)))
	}
	if e.PreAction != nil && !e.PreAction.Does.Empty() {
		says = append(says, w.PreAction+": "+clean(e.PreAction.Does.In(p.language)))
	}
	return says
}

const (
	cornerStep  = 22 * Px // between the middles of marks
	cornerClear = 11 * Px // between the middle of a mark and a line
)

// corner are the places for the marks of a box, from its right corner to the
// left, beside the lines that come to the box from above. A box too narrow
// for that has them side by side, on the lines.
func (p *plan) corner(i int) []Point {
	b := &p.boxes[i]
	if b.marks() == 0 {
		return nil
	}
	places := b.corner(p.linesFromAbove(i))
	if places[len(places)-1].X < b.left()+numberWide {
		return b.corner(nil)
	}
	return places
}

func (b *box) corner(lines []Length) []Point {
	var places []Point
	at := Point{b.right() - 6*Px, b.top()}
	for range b.marks() {
		for n := 0; n < len(lines); n++ {
			if abs(lines[n]-at.X) < cornerClear {
				at.X, n = lines[n]-cornerClear, -1
			}
		}
		places = append(places, at)
		at.X -= cornerStep
	}
	return places
}

// linesFromAbove are the x at which lines meet the top of a box.
func (p *plan) linesFromAbove(i int) []Length {
	var lines []Length
	for e := range p.edges {
		if len(p.edges[e].points) == 0 || p.end(&p.edges[e]) != i {
			continue
		}
		for _, end := range []Point{p.edges[e].points[0], p.edges[e].points[len(p.edges[e].points)-1]} {
			if end.Y == p.boxes[i].top() {
				lines = append(lines, end.X)
			}
		}
	}
	return lines
}

// numberWide is how much of the top of a box its number may take.
const numberWide = 34 * Px

// marks is how many marks a box has.
func (b *box) marks() int {
	n := b.met
	for _, marked := range []bool{b.moment, b.binding, b.care != noMishap} {
		if marked {
			n++
		}
	}
	return n
}
