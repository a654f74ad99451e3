package syntax

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// printHours writes opening hours in as few rules as there are different days.
func printHours(spans []model.Opening) string {
	h := model.Hours{Spans: spans}
	switch {
	case h.Never():
		return "off"
	case h.Always():
		return "24/7"
	}
	var w week
	for _, s := range overSunday(spans) {
		w.add(s)
	}
	return w.String()
}

// overSunday joins what ends with the week to what begins with it.
func overSunday(spans []model.Opening) []model.Opening {
	first, last := spans[0], len(spans)-1
	if last == 0 || first.From > 0 || spans[last].To < model.WeekMinutes {
		return spans
	}
	spans = slices.Clone(spans[1:])
	spans[last-1].To += first.To
	return spans
}

// add lays a span on the days that it covers. One of less than a day stays
// whole: it is a night.
func (w *week) add(s model.Opening) {
	for s.From < s.To {
		start := s.From % dayMinutes
		end := start + s.To - s.From
		if end-start >= dayMinutes || start == 0 {
			end = min(end, dayMinutes)
		}
		d := s.From / dayMinutes % len(w)
		w[d] = append(w[d], model.Opening{From: start, To: end})
		s.From += end - start
	}
}

// String returns the rules that make a week.
func (w *week) String() string {
	var rules []string
	var done [7]bool
	for d := range w {
		slices.SortFunc(w[d], func(a, b model.Opening) int { return a.From - b.From })
	}
	for d, spans := range w {
		if done[d] || len(spans) == 0 {
			continue
		}
		var on [7]bool
		for other := range w {
			on[other] = slices.Equal(w[other], spans)
			done[other] = done[other] || on[other]
		}
		rules = append(rules, strings.TrimSpace(printDays(on)+" "+printTimes(spans)))
	}
	return strings.Join(rules, "; ")
}

// printDays writes days as ranges, which may go round the end of the week; ""
// for all of them.
func printDays(on [7]bool) string {
	var ranges []string
	for d := range on {
		if !on[d] || on[(d+6)%7] {
			continue // no range begins here
		}
		last := d
		for on[(last+1)%7] {
			last = (last + 1) % 7
		}
		if last == d {
			ranges = append(ranges, days[d])
		} else {
			ranges = append(ranges, days[d]+"-"+days[last])
		}
	}
	return strings.Join(ranges, ",")
}

func printTimes(spans []model.Opening) string {
	times := make([]string, len(spans))
	for i, s := range spans {
		end := s.To
		if end > dayMinutes {
			end -= dayMinutes
		}
		times[i] = fmt.Sprintf("%02d:%02d-%02d:%02d", s.From/60, s.From%60, end/60, end%60)
	}
	return strings.Join(times, ",")
}
