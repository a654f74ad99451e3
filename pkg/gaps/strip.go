package gaps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// strip is the week of some cells with one need, by day and hour.
type strip struct {
	head string
	days [7][24]int // how many minutes of the hour are late
}

// The marks of an hour: none, some and all of its minutes are late.
const (
	inTime  = "·"
	partly  = "▒"
	tooLong = "█"
)

// strips tells of each open cell with a deadline how the week goes; cells of
// one need with the same week share a strip.
func (t *teller) strips() []strip {
	var all []strip
	var of [][]access.Cell
	for _, n := range t.journey.Needs {
		first := len(all)
		for _, c := range t.Cells {
			if c.Need != n || n.Within == nil || !c.Open {
				continue
			}
			s := strip{days: hourly(c.Late)}
			i := slices.IndexFunc(all[first:], func(o strip) bool { return o.days == s.days })
			if i < 0 {
				i = len(all) - first
				all, of = append(all, s), append(of, nil)
			}
			of[first+i] = append(of[first+i], c)
		}
	}
	for i := range all {
		n := of[i][0].Need
		var who []string
		for _, c := range of[i] {
			who = append(who, code(c.Customer.ID.Value))
		}
		all[i].head = fmt.Sprintf("%s within %s: %s", named(n.Definition, t.language), Duration(n.Within.Value), list(who, "and"))
	}
	return all
}

// hourly counts the late minutes of each hour.
func hourly(late []model.Opening) (days [7][24]int) {
	for _, o := range late {
		for m := o.From; m < o.To; m++ {
			days[m/1440][m/60%24]++
		}
	}
	return days
}

// mark returns the mark of an hour with its colour.
func mark(late int) (text, color string) {
	switch late {
	case 0:
		return inTime, green
	case 60:
		return tooLong, red
	}
	return partly, yellow
}

// rows writes a strip, each hour as wide as one mark; paint colours.
func (s strip) rows(paint func(color, text string) string) []string {
	all := []string{"    0     6     12    18"}
	for d, hours := range s.days {
		var b strings.Builder
		b.WriteString(days[d] + "  ")
		for from := 0; from < len(hours); {
			text, color := mark(hours[from])
			to := from
			for ; to < len(hours); to++ {
				if same, _ := mark(hours[to]); same != text {
					break
				}
			}
			b.WriteString(paint(color, strings.Repeat(text, to-from)))
			from = to
		}
		all = append(all, b.String())
	}
	return all
}

const stripLegend = inTime + " in time, " + partly + " late in part of the hour, " + tooLong + " late; by the hour in which the need arises"
