package gaps

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// late tells when a need must not arise, and which steps cost most then.
func (t *teller) late(c access.Cell) (entry, bool) {
	if len(c.Late) == 0 || c.Arrival == nil {
		return entry{}, false
	}
	worst := worstMinute(c)
	took := c.Arrival.Wait(worst)
	text := fmt.Sprintf("%s the deadline of %s is missed (%s of the week); at worst, from %s on, it takes %s.",
		t.when(c.Late), Duration(c.Need.Within.Value), Percent(1-c.OpenShare), Moment(worst), Duration(took))
	return entry{text: text + " " + t.costs(c, worst, took)}, true
}

// moment tells how it goes when the need arises at the moment asked for.
func (t *teller) moment(c access.Cell) (entry, bool) {
	if c.Arrival == nil {
		return entry{}, false
	}
	took := c.Arrival.Wait(t.At)
	text := fmt.Sprintf("Satisfied after %s, %s", Duration(took), satisfied(t.At, took))
	late, _ := t.isLate(c)
	switch {
	case late:
		return entry{text: fmt.Sprintf("%s: too late, the deadline is %s. %s", text, Duration(c.Need.Within.Value), t.costs(c, t.At, took))}, true
	case c.Need.Within != nil:
		text += fmt.Sprintf(": in time, the deadline is %s", Duration(c.Need.Within.Value))
	}
	return entry{text: text + "."}, true
}

func worstMinute(c access.Cell) int {
	worst, most := 0, time.Duration(-1)
	for _, o := range c.Late {
		for m := o.From; m < o.To; m++ {
			if d := c.Arrival.Wait(m); d > most {
				worst, most = m, d
			}
		}
	}
	return worst
}

// when names spans of the week, that over Sunday midnight as one.
func (t *teller) when(late []model.Opening) string {
	spans := joined(late)
	if len(spans) == 1 && spans[0].To-spans[0].From >= model.WeekMinutes {
		return "Whenever the need arises,"
	}
	var words []string
	for _, o := range spans {
		words = append(words, Moment(o.From)+" to "+Moment(o.To))
	}
	return "When the need arises " + some(words, 3, "more times") + ","
}

// joined joins the last span to the first where they touch over midnight.
func joined(spans []model.Opening) []model.Opening {
	n := len(spans)
	if n < 2 || spans[0].From != 0 || spans[n-1].To != model.WeekMinutes {
		return spans
	}
	all := slices.Clone(spans[1:])
	all[n-2].To += spans[0].To
	return all
}

// visit is what one step of a way costs at its time.
type visit struct {
	step                        int
	begins                      time.Duration // since a Monday at 00:00
	delay, closed, waits, takes time.Duration
	hours                       *model.Hours // nil: always open
}

func (v visit) total() time.Duration { return v.delay + v.closed + v.waits + v.takes }

// schedule walks a way from a moment on, as the language says: the delay
// passes, one waits until it is open, then in the queue, then it takes.
func (t *teller) schedule(way []int, from time.Duration) []visit {
	var all []visit
	now := from
	for _, s := range way {
		v := visit{step: s, begins: now}
		if p := t.graph.Steps[s].Touchpoint; p != nil {
			v.delay, v.waits, v.takes = length(p.Delay), length(p.Waits), length(p.Takes)
			v.hours = access.Hours(t.journey, p)
			v.closed = untilOpen(v.hours, now+v.delay)
		}
		now += v.total()
		all = append(all, v)
	}
	return all
}

func length(d *model.Duration) time.Duration {
	if d == nil {
		return 0
	}
	return d.Value
}

// untilOpen returns how long something stays closed from a moment on; nothing
// for what never opens.
func untilOpen(h *model.Hours, at time.Duration) time.Duration {
	if h == nil || h.Always() || h.Never() {
		return 0
	}
	const week = model.WeekMinutes * time.Minute
	at %= week
	for _, o := range h.Spans {
		if at < time.Duration(o.To)*time.Minute {
			return max(0, time.Duration(o.From)*time.Minute-at)
		}
	}
	return week + time.Duration(h.Spans[0].From)*time.Minute - at
}

// costs names the steps that cost most when the need arises at a minute.
func (t *teller) costs(c access.Cell, minute int, took time.Duration) string {
	from := time.Duration(minute) * time.Minute
	visits := t.schedule(c.Way, from)
	slices.SortStableFunc(visits, func(a, b visit) int { return cmp.Compare(b.total(), a.total()) })
	sum := time.Duration(0)
	for _, v := range visits {
		sum += v.total()
	}
	var words []string
	for _, v := range visits[:min(3, len(visits))] {
		if v.total() > 0 && v.total() >= took/20 {
			words = append(words, t.cost(v))
		}
	}
	if len(words) == 0 {
		return ""
	}
	if sum > took {
		return "On the way that is fastest when all is open, most of it goes to " + list(words, "and") + "; by another way it is less."
	}
	return "Most of it goes to " + list(words, "and") + "."
}

// cost tells what a visit costs, part by part.
func (t *teller) cost(v visit) string {
	var parts []string
	add := func(d time.Duration, format string) {
		if d > 0 {
			parts = append(parts, fmt.Sprintf(format, Duration(d)))
		}
	}
	add(v.delay, "%s delay")
	add(v.closed, "%s until it opens")
	add(v.waits, "%s in the queue")
	add(v.takes, "%s itself")
	return code(t.graph.StepName(v.step)) + " (" + strings.Join(parts, ", ") + ")"
}
