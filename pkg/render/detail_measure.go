package render

import (
	"math"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// aim is how a measure stands to its target.
type aim int

const (
	unknownAim aim = iota // nobody says, or their units differ
	reached
	missed
)

// nearly makes up for numbers such as 4.1, which a computer knows nearly.
const nearly = 1e-9

// aimOf compares what was measured last with the target.
func aimOf(m model.Measure) aim {
	if m.Target == nil || m.Actual == nil || m.Target.Value.Quantity.Unit != m.Actual.Value.Unit {
		return unknownAim
	}
	over := m.Actual.Value.Number - m.Target.Value.Quantity.Number
	ok := math.Abs(over) <= nearly
	switch m.Target.Value.Op {
	case ">=":
		ok = ok || over > 0
	case "<=":
		ok = ok || over < 0
	case ">":
		ok = !ok && over > 0
	case "<":
		ok = !ok && over < 0
	}
	if ok {
		return reached
	}
	return missed
}

func (a aim) words(w words) string {
	return [...]string{w.Details.Plain, w.Details.Reached, w.Details.MissedTarget}[a]
}

// mark is a gauge: its needle is up where nothing is known, far right where
// the target is reached, and left where it is missed.
func (a aim) mark(at Point) []Shape {
	color := [...]Role{softInk, mishapInk, alarmInk}[a]
	tip := [...]Point{{0, -5}, {4, -2}, {-4, -2}}[a]
	scale := []Point{{-352, 192}, {-352, 64}, {-325, -71}, {-249, -185}, {-135, -261}, {0, -288}, {135, -261}, {249, -185}, {325, -71}, {352, 64}, {352, 192}}
	return []Shape{
		markDisc(at, color),
		{Kind: Line, Points: around(at, 1, scale), Stroke: color, Weight: Px},
		{Kind: Line, Points: []Point{{at.X, at.Y + 2*Px}, {at.X + tip.X*3*Px/4, at.Y + tip.Y*3*Px/4}}, Stroke: color, Weight: Px + Px/2},
		{Kind: Circle, At: Point{at.X, at.Y + 2*Px}, Radius: Px + Px/2, Fill: color},
	}
}

// aimItems explain the gauges that occur on the map.
func (p *plan) aimItems() []legendItem {
	var items []legendItem
	for _, a := range []aim{reached, missed, unknownAim} {
		if p.aims(a) {
			items = append(items, p.legendItem(a.words(p.words), func(at Point) []Shape {
				return a.mark(Point{at.X + sampleWidth/2, at.Y})
			}))
		}
	}
	return items
}

func (p *plan) aims(a aim) bool {
	for _, step := range p.graph.Steps {
		if !p.detailed || step.Touchpoint == nil {
			continue
		}
		measures := step.Touchpoint.Measures
		for _, m := range measures[:min(mostMeasures, len(measures))] {
			if aimOf(m) == a {
				return true
			}
		}
	}
	return false
}

// measureWords are the name of a measure, its target, what was measured last,
// and whether that misses the target.
func (p *plan) measureWords(m model.Measure) []string {
	w := p.words.Details
	says := []string{p.label(m.Definition)}
	if m.Target != nil {
		form := map[string]string{">=": w.AtLeast, ">": w.MoreThan, "<=": w.AtMost, "<": w.LessThan}[m.Target.Value.Op]
		if form == "" {
			form = "%s"
		}
		says = append(says, strings.Replace(form, "%s", p.words.quantity(m.Target.Value.Quantity), 1))
	}
	if m.Actual != nil {
		says = append(says, strings.Replace(w.Now, "%s", p.words.quantity(m.Actual.Value), 1))
	}
	if aimOf(m) == missed {
		says = append(says, w.Missed)
	}
	return says
}

// quantity writes a number with its unit as a language writes them.
func (w words) quantity(q model.Quantity) string {
	switch q.Unit {
	case "":
		return w.decimal(q.Number)
	case "%":
		return w.decimal(q.Number) + w.Percent
	case "s":
		return w.seconds(q.Number)
	}
	return w.decimal(q.Number) + " " + clean(q.Unit)
}

// decimal writes a number in the digits of the language.
func (w words) decimal(n float64) string {
	var b strings.Builder
	for _, r := range strconv.FormatFloat(n, 'f', -1, 64) {
		switch {
		case r == '.':
			b.WriteString(w.Point)
		case r >= '0' && r <= '9':
			b.WriteRune(rune(w.Zero) + r - '0')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
