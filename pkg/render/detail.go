package render

import (
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// detail is one thing that a box tells when it is asked to tell more: a mark,
// and words beside it.
type detail struct {
	mark  func(Point) []Shape // nil for none
	lines []detailLine
}

type detailLine struct {
	words       string
	color       Role
	rightToLeft bool
}

const (
	mostMeasures = 3
	mostMishaps  = 2
	detailIndent = 25 * Px // of the words, right of the mark
	detailLeast  = 20 * Px // for a mark
	detailSpace  = 6 * Px
	detailPitch  = 14 * Px
)

var detailFace = Typeface{10*Px + Px/2, false}

// height is that of a detail with the space over it.
func (d detail) height() Length {
	return detailSpace + max(detailLeast, Length(len(d.lines))*detailPitch)
}

// detailsOf are the measures of a touchpoint, and its mishaps with what is
// done about them; of long lists only the first, and how many there are more.
func (p *plan) detailsOf(t *model.Touchpoint) []detail {
	var all []detail
	for _, m := range t.Measures[:min(mostMeasures, len(t.Measures))] {
		says := p.measureWords(m)
		if joined := strings.Join(says[1:], p.words.Comma); p.measurer.width(joined, detailFace) <= p.detailWide() {
			says = []string{says[0], joined}
		} else if len(says) > 3 {
			says = []string{says[0], says[1], strings.Join(says[2:], p.words.Comma)}
		}
		all = append(all, p.detail(aimOf(m).mark, says...))
	}
	all = append(all, p.further(len(t.Measures)-mostMeasures)...)
	for _, e := range t.Exceptions[:min(mostMishaps, len(t.Exceptions))] {
		all = append(all, p.detail(careOf(e).mark, p.mishapWords(e)...))
	}
	return append(all, p.further(len(t.Exceptions)-mostMishaps)...)
}

// further says how many of a list are left out.
func (p *plan) further(n int) []detail {
	if n <= 0 {
		return nil
	}
	return []detail{p.detail(nil, "", strings.Replace(p.words.Details.More, "%s", number(n, p.words.Zero), 1))}
}

// detail wraps a name, and what is said of it.
func (p *plan) detail(mark func(Point) []Shape, texts ...string) detail {
	d, color := detail{mark: mark}, ink
	for _, text := range texts {
		if text != "" {
			rtl := rightToLeft(text, p.mirrored())
			for _, line := range p.wrap(text, detailFace, p.detailWide()) {
				d.lines = append(d.lines, detailLine{line, color, rtl})
			}
		}
		color = softInk
	}
	return d
}

func (p *plan) detailWide() Length { return p.boxWidth - 2*boxPadding - detailIndent }

// hasDetails reports whether a box of the map has more to tell.
func (p *plan) hasDetails() bool {
	for _, step := range p.graph.Steps {
		if t := step.Touchpoint; t != nil && len(t.Measures)+len(t.Exceptions) > 0 {
			return p.detailed
		}
	}
	return false
}

// annotate adds to a box what stands in it under its words, and makes room
// for that.
func (p *plan) annotate(i int) {
	b, t := &p.boxes[i], p.graph.Steps[i].Touchpoint
	if p.chart != nil && p.graph.Steps[i].Path > 0 {
		b.scores = scoresOf(t)
	}
	if p.detailed {
		b.details = p.detailsOf(t)
	}
	b.size.Y = b.need()
}

// notes is the height of what stands in a box under its words.
func (b *box) notes() Length {
	high := Length(0)
	for _, d := range b.details {
		high += d.height()
	}
	if high > 0 {
		high += detailSpace
	}
	if len(b.scores) > 0 {
		high += scoresBelow
	}
	return high
}

// drawNotes draws what stands in a box between its words and its owner.
func (p *plan) drawNotes(b *box) []Shape {
	bottom := b.bottom() - boxPadding
	if len(b.owner) > 0 {
		bottom = b.bottom() - stripInset - b.strip()
	}
	var shapes []Shape
	y := bottom - b.notes()
	if len(b.details) > 0 {
		shapes = append(shapes, Shape{Kind: Line, Points: []Point{{b.left() + boxPadding, y + Px}, {b.right() - boxPadding, y + Px}}, Stroke: gridInk, Weight: Px})
	}
	for _, d := range b.details {
		shapes = append(shapes, p.drawDetail(d, Point{b.left() + boxPadding, y + detailSpace})...)
		y += d.height()
	}
	return append(shapes, p.drawScoresIn(b, bottom)...)
}

// drawDetail draws a detail below and right of a point.
func (p *plan) drawDetail(d detail, at Point) []Shape {
	var shapes []Shape
	if d.mark != nil {
		shapes = d.mark(Point{at.X + 10*Px, at.Y + detailLeast/2})
	}
	top := at.Y + max(0, detailLeast-Length(len(d.lines))*detailPitch)/2
	for i, line := range d.lines {
		s := p.text(line.words, detailFace, line.color, Point{at.X + detailIndent, top + 11*Px + Length(i)*detailPitch}, Start)
		s.RightToLeft = line.rightToLeft
		shapes = append(shapes, s)
	}
	return shapes
}

// speakMeasures tells the measures of a touchpoint where the map shows them.
func (p *plan) speakMeasures(t *model.Touchpoint) []string {
	var says []string
	if p.detailed {
		for _, m := range t.Measures {
			says = append(says, p.words.Details.Plain+": "+strings.Join(p.measureWords(m), p.words.Comma))
		}
	}
	return says
}
