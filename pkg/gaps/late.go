package gaps

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
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
		t.when(c.Late), Duration(c.Need.Within.Value), finding.Percent(1-c.OpenShare), Moment(worst), Duration(took))
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
	return "When the need arises " + some(daily(spans), 3, "time") + ","
}

// daily writes spans; those at the same hours of several days are told once.
func daily(spans []model.Opening) []string {
	type hours struct{ from, length int }
	var order []hours
	on := map[hours][]int{}
	for _, o := range spans {
		h := hours{o.From % 1440, o.To - o.From}
		if on[h] == nil {
			order = append(order, h)
		}
		on[h] = append(on[h], o.From/1440)
	}
	var words []string
	for _, h := range order {
		from, to := Moment(h.from)[3:], Moment(h.from + h.length)[3:]
		switch which := on[h]; {
		case len(which) == 7:
			words = append(words, "every day "+from+" to "+to)
		case len(which) > 1 && h.length < 1440:
			words = append(words, theDays(which)+" "+from+" to "+to)
		default:
			for _, d := range which {
				words = append(words, Moment(d*1440+h.from)+" to "+Moment(d*1440+h.from+h.length))
			}
		}
	}
	return words
}

// theDays writes days as opening hours do: Mo-We, Sa.
func theDays(which []int) string {
	var parts []string
	for i := 0; i < len(which); {
		j := i
		for j+1 < len(which) && which[j+1] == which[j]+1 {
			j++
		}
		switch {
		case j > i+1:
			parts = append(parts, days[which[i]]+"-"+days[which[j]])
			i = j + 1
		default:
			parts = append(parts, days[which[i]])
			i++
		}
	}
	return strings.Join(parts, ", ")
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

// costs names the steps that cost most when the need arises at a minute, on
// the way that is then the fastest.
func (t *teller) costs(c access.Cell, minute int, took time.Duration) string {
	from := time.Duration(minute) * time.Minute
	for _, way := range t.waysOf(c) {
		visits := t.schedule(way, from)
		if sum(visits) == took {
			return "Most of it goes to " + list(t.dearest(visits, took), "and") + "."
		}
	}
	words := t.dearest(t.schedule(c.Way, from), took)
	return "On the way that is fastest when all is open, most of it would go to " + list(words, "and") + "."
}

func sum(visits []visit) (total time.Duration) {
	for _, v := range visits {
		total += v.total()
	}
	return total
}

// dearest tells the steps that take most of a time, the dearest first.
func (t *teller) dearest(visits []visit, took time.Duration) []string {
	slices.SortStableFunc(visits, func(a, b visit) int { return cmp.Compare(b.total(), a.total()) })
	var words []string
	for i, v := range visits[:min(3, len(visits))] {
		if i == 0 || v.total() > 0 && v.total() >= took/20 {
			words = append(words, t.cost(v))
		}
	}
	return words
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
