package render

import (
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// sentences tell the result.
func (p *plan) sentences() []string {
	v, w := p.overlay, &p.words.Customer
	var all []string
	if v.cell.Open {
		all = p.openSentences()
	} else {
		all = append(all, w.Stopped+": "+p.stops())
		if v.cell.Bound {
			all = append(all, w.Bound)
		}
		all = append(all, p.repairSentence())
	}
	if len(v.ask.Without) > 0 {
		var names []string
		for _, o := range v.ask.Without {
			names = append(names, p.outage(o))
		}
		all = append(all, with(w.Without, p.list(names)))
	}
	return all
}

func (p *plan) openSentences() []string {
	v, w := p.overlay, &p.words.Customer
	first := w.Open
	if v.cell.Fastest.Time > 0 {
		first += p.words.Comma + with(w.Fastest, p.words.duration(v.cell.Fastest.Time))
	}
	all := []string{first}
	within := v.cell.Need.Within
	if v.ask.Moment != nil && v.cell.Arrival != nil {
		took := v.cell.Arrival.Wait(*v.ask.Moment)
		met := *v.ask.Moment + int((took+time.Minute-1)/time.Minute)
		text := with(w.Arises, p.words.moment(*v.ask.Moment), p.words.moment(met), p.words.duration(took))
		switch {
		case within != nil && took > within.Value:
			text += ": " + with(w.TooLate, p.words.duration(within.Value))
		case within != nil:
			text += ": " + w.InTime
		}
		all = append(all, text)
	}
	switch {
	case within == nil:
	case len(v.cell.Late) == 0:
		all = append(all, with(w.Always, p.words.duration(within.Value)))
	default:
		all = append(all, with(w.Deadline, p.words.duration(within.Value), p.words.percent(min(v.cell.OpenShare, almostAll))))
	}
	return all
}

// almostAll is what is told of a share that is nearly, but not, all.
const almostAll = 0.999

// late reports whether the deadline is missed at the moment asked for.
func (v *overlay) late() bool {
	return v.cell.Open && v.ask.Moment != nil && v.cell.Arrival != nil && v.cell.Need.Within != nil &&
		v.cell.Arrival.Wait(*v.ask.Moment) > v.cell.Need.Within.Value
}

// mostDoors is how many doors the result names.
const mostDoors = 3

// stops names the doors at which the customer is stopped. What is not offered
// is told where there is nothing else.
func (p *plan) stops() string {
	w := &p.words.Customer
	var real, others []string
	for _, d := range p.overlay.cell.Doors {
		reasons := p.reasons(d.Step)
		if len(reasons) == 0 {
			reasons = []string{w.state(p.overlay.steps[d.Step].state)}
		}
		says := with(w.StoppedAt, p.stepLabel(d.Step), p.list(reasons))
		if p.overlay.steps[d.Step].state == refused {
			others = append(others, says)
		} else {
			real = append(real, says)
		}
	}
	if len(real) == 0 {
		real, others = others, nil
	}
	if len(real) == 0 {
		return w.Nowhere
	}
	if more := len(real) - mostDoors; more > 0 {
		real = append(real[:mostDoors:mostDoors], with(w.More, number(more, p.words.Zero)))
	}
	return strings.Join(real, w.Between)
}

func (p *plan) repairSentence() string {
	r, w := p.overlay.cell.Repair, &p.words.Customer
	if r == nil || !r.Possible || len(r.Changes) == 0 {
		return w.NoRepair
	}
	var words []string
	for _, c := range r.Changes {
		words = append(words, p.changeAt(c))
	}
	if !r.Exact {
		return with(w.RepairFound, strings.Join(words, w.Between))
	}
	return with(w.Repair, strings.Join(words, w.Between))
}

// changeAt says a change, with the thing that is changed.
func (p *plan) changeAt(c access.Change) string {
	w := &p.words.Customer
	switch c.Kind {
	case access.OfferPath:
		for _, path := range p.graph.Paths {
			if path.ID == c.Value && path.Def != nil {
				return with(w.Offer, p.pathLabel(path.Def))
			}
		}
		return with(w.Offer, clean(c.Value))
	case access.GiveItem:
		return with(w.Given, p.thing(c.Value))
	}
	at := clean(c.Touchpoint)
	if t := p.graph.Journey.Touchpoint(c.Touchpoint); t != nil {
		at = p.label(t.Definition)
	}
	return with(w.At, at, p.change(c))
}

// pathLabel names a path by its first step where it has no name of its own.
func (p *plan) pathLabel(def *model.Path) string {
	if def.Name.Empty() && len(def.Steps) > 0 {
		if t := p.graph.Journey.Touchpoint(def.Steps[0].Value); t != nil {
			return p.label(t.Definition)
		}
	}
	return p.label(def.Definition)
}

// whose names customer and need, as far as the file does.
func (p *plan) whose() string {
	customer, need := p.overlay.cell.Customer.Definition, p.overlay.cell.Need.Definition
	who := p.label(customer)
	if customer.Span.IsZero() {
		who = p.words.Customer.Anyone
	}
	if need.Span.IsZero() {
		return who
	}
	return who + " · " + p.label(need)
}

// verdictSays is the result as the description of the map begins with it.
func (p *plan) verdictSays() []string {
	if p.overlay == nil {
		return nil
	}
	return append([]string{p.whose()}, p.sentences()...)
}

// verdict is the result, told under the title.
type verdict struct {
	head        []string
	says        [][]string
	top, bottom Length
}

var (
	verdictFace = Typeface{16 * Px, true}
	saysFace    = Typeface{13 * Px, false}
)

const (
	verdictPadding = 13 * Px
	verdictMark    = 44 * Px // the room for its mark
	verdictLine    = 22 * Px
	saysLine       = 19 * Px
)

// placeVerdict wraps the result and returns where it ends.
func (p *plan) placeVerdict(y Length) Length {
	if p.overlay == nil {
		return y
	}
	v, wide := &p.verdict, p.width-2*margin-verdictMark-2*verdictPadding
	*v = verdict{head: p.wrap(p.whose(), verdictFace, wide), top: y}
	lines := 0
	for _, s := range p.sentences() {
		v.says = append(v.says, p.wrap(s+".", saysFace, wide))
		lines += len(v.says[len(v.says)-1])
	}
	v.bottom = y + 2*verdictPadding + Length(len(v.head))*verdictLine + Length(lines)*saysLine
	return v.bottom + 16*Px
}

// drawVerdict draws the result with its mark.
func (p *plan) drawVerdict() []Shape {
	if p.overlay == nil {
		return nil
	}
	v := &p.verdict
	at, size := Point{margin, v.top}, Point{p.width - 2*margin, v.bottom - v.top}
	shapes := []Shape{{Kind: Rectangle, At: at, Size: size, Radius: 10 * Px, Fill: columnFill, Stroke: paleInk, Weight: Px}}
	shapes = append(shapes, p.verdictSign(Point{at.X + verdictPadding + verdictMark/2 - 4*Px, at.Y + size.Y/2})...)
	x, y := at.X+verdictPadding+verdictMark, at.Y+verdictPadding
	write := func(lines []string, face Typeface, pitch Length) {
		for _, s := range p.paragraph(lines, face, ink) {
			s.At = Point{x, y + pitch*3/4}
			shapes = append(shapes, s)
			y += pitch
		}
	}
	write(v.head, verdictFace, verdictLine)
	for _, s := range v.says {
		write(s, saysFace, saysLine)
	}
	return shapes
}
