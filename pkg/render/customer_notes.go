package render

import (
	"slices"
	"strings"
)

// noteLine is a line of what is noted in the box of a step.
type noteLine struct {
	text  string
	color Role
}

var noteFace = Typeface{10*Px + Px/2, true}

const (
	noteLead     = 3 * Px // above the notes
	noteLeading  = 14 * Px
	closedMargin = 7 * Px // more height for a box that is hatched or crossed
)

func (b *box) toldHeight() Length {
	if len(b.told) == 0 {
		return 0
	}
	return noteLead + Length(len(b.told))*noteLeading
}

// addNotes writes into the boxes what the customer meets there.
func (p *plan) addNotes() {
	if p.overlay == nil {
		return
	}
	for i := range p.boxes {
		b, m := &p.boxes[i], &p.overlay.steps[i]
		for _, n := range p.notes(i) {
			for _, line := range p.wrap(n.text, noteFace, p.boxWidth-2*boxPadding) {
				b.told = append(b.told, noteLine{line, n.color})
			}
		}
		if b.skip {
			p.noteSkip(b)
			continue
		}
		b.met = len(p.meetingMarks(i))
		if len(m.order) > 0 {
			b.numbered = p.orderWide(m) - 12*Px
		}
		b.size.Y = b.need()
		if m.state == closed || m.state == out {
			b.size.Y += 2 * closedMargin
		}
	}
}

// noteSkip makes room in the box of an empty way.
func (p *plan) noteSkip(b *box) {
	for _, n := range b.told {
		b.size.X = max(b.size.X, p.measurer.width(n.text, noteFace)+2*skipPadding)
	}
	if len(b.told) > 0 {
		b.size.Y += b.toldHeight() + 2*noteLead
	}
}

// notes are what is noted at a step, each in its colour.
func (p *plan) notes(i int) []noteLine {
	m, w := &p.overlay.steps[i], &p.words.Customer
	var all []noteLine
	if m.state == out && len(p.reasons(i)) == 0 {
		all = append(all, noteLine{w.States.Out, closedInk})
	}
	color := closedInk
	if m.state == refused {
		color = softInk
	}
	for _, reason := range p.reasons(i) {
		all = append(all, noteLine{reason, color})
	}
	for _, c := range m.mends {
		all = append(all, noteLine{w.Mended + ": " + p.change(c), repairInk})
	}
	if m.begins && m.state == open {
		all = append(all, noteLine{w.Begins, softInk})
	}
	if m.meets() {
		all = append(all, noteLine{w.Ends, softInk})
	}
	if m.opens != nil {
		all = append(all, noteLine{with(w.Opens, p.words.moment(*m.opens)), softInk})
	}
	return all
}

// speakMeeting says what the customer meets at a step, for a screen reader.
func (p *plan) speakMeeting(i int) []string {
	if p.overlay == nil {
		return nil
	}
	m, w := &p.overlay.steps[i], &p.words.Customer
	says := []string{w.state(m.state)}
	reasons := p.reasons(i)
	if m.state == out && len(reasons) > 0 {
		reasons = p.outages(m.missing) // that it is out was said
	}
	if len(reasons) > 0 {
		says[0] += ": " + p.list(reasons)
	}
	if m.stopped && m.state != refused {
		says = append(says, w.StoppedHere)
	}
	if len(m.order) > 0 {
		says = append(says, with(w.Numbered, p.numbers(m.order)))
	}
	for _, mark := range p.meetingMarks(i) {
		if mark.words != says[0] && mark.words != w.States.Closed && mark.words != w.States.Out {
			says = append(says, mark.words)
		}
	}
	for _, n := range p.notes(i) {
		if n.color != closedInk && m.state != refused && !slices.Contains(says, n.text) {
			says = append(says, n.text)
		}
	}
	return says
}

// numbers writes when a step is taken on the way.
func (p *plan) numbers(order []int) string {
	var all []string
	for _, n := range order {
		all = append(all, number(n, p.words.Zero))
	}
	return strings.Join(all, "·")
}
