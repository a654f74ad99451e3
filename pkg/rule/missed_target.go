package rule

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

var missedTarget = judgement("measures", "missed-target", finding.Warning,
	"what was measured misses its target", checkMissedTarget)

// checkMissedTarget looks at the touchpoints that a journey passes. Numbers of
// different units are not compared.
func checkMissedTarget(p *Pass) {
	if p.Graph == nil {
		return
	}
	for _, t := range p.onPaths() {
		for i := range t.Measures {
			if m := &t.Measures[i]; misses(m) {
				p.reportMissed(t, m)
			}
		}
	}
}

// misses reports whether a measure has a target and an actual number that can
// be compared, and does not reach it.
func misses(m *model.Measure) bool {
	if m.Target == nil || m.Actual == nil || m.Target.Value.Quantity.Unit != m.Actual.Value.Unit {
		return false
	}
	side := cmp.Compare(m.Actual.Value.Number, m.Target.Value.Quantity.Number)
	switch m.Target.Value.Op {
	case "<":
		return side >= 0
	case "<=":
		return side > 0
	case ">=":
		return side < 0
	case ">":
		return side <= 0
	}
	return side != 0
}

func (p *Pass) reportMissed(t passing, m *model.Measure) {
	f := p.inside(t, m.Actual.Span, "measures."+m.ID.Value)
	actual, target := m.Actual.Value, m.Target.Value
	f.Message = fmt.Sprintf("%s at %s is %s, %s its target %s", finding.Quote(m.ID.Value), finding.Quote(t.ID.Value),
		written(m.Actual.Span, number(actual)), off(actual.Number-target.Quantity.Number, actual.Unit),
		written(m.Target.Span, target.Op+" "+number(target.Quantity)))
	f.Help = "Ask when and for whom it is missed, and what would change that; a target that nobody means to reach is better corrected."
	p.report(f)
}

// off says by how much a number is off its target.
func off(by float64, unit string) string {
	side := " above"
	if by < 0 {
		side = " below"
	}
	by = min(math.Abs(by), math.MaxFloat64)
	switch {
	case by == 0:
		return "which just misses" // `> 90%` shuts 90% out
	case unit == "%" && by == 1:
		return "1 point" + side
	case unit == "%":
		return decimal(by) + " points" + side
	case unit == "s" && by >= 1:
		return span(time.Duration(by*float64(time.Second))) + side
	case unit == "s":
		return decimal(by) + "s" + side
	}
	return decimal(by) + side
}

// written returns a value as the file writes it, on one line; where that
// would not be readable, as it is understood.
func written(at source.Span, understood string) string {
	text := strings.Trim(at.Text(), `"' `)
	if text == "" || strings.ContainsAny(text, "\n\\") {
		text = understood
	}
	return finding.Quote(oneLine(text))
}

// oneLine makes words of a file fit between backquotes.
func oneLine(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "`", "'")
}

func number(q model.Quantity) string { return decimal(q.Number) + q.Unit }

// decimal writes a number as people do, without the last digits that only
// come of subtracting.
func decimal(f float64) string {
	const digits = 9
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', digits, 64), 64)
	if err != nil || math.Abs(rounded) >= 1e15 {
		return strconv.FormatFloat(f, 'g', digits, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
