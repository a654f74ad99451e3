package rule

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var missedDeadline = accessibility("missed-deadline", finding.Warning,
	"a need is not satisfied in time, always or at some hours", checkMissedDeadline)

// late is a deadline that is missed at the same hours, mostly at one step.
type late struct {
	need  *model.Need
	step  int
	hours string
}

func checkMissedDeadline(p *Pass) {
	for _, g := range gather(p, p.late) {
		f := p.place(g.of.step, g.cells, fmt.Sprintf("%.0f0%%", (1-g.cells[0].OpenShare)*10))
		f.Message = fmt.Sprintf("%s: %s; most time passes at %s", whom(g.cells), g.of.hours, p.step(g.of.step))
		f.Help = "Open longer or wait less there, offer a quicker way, or promise a longer time."
		f.Related = append(p.walked(before(g.cells[0].Way, g.of.step)),
			finding.Related{Span: g.of.need.Within.Span, Message: "the deadline is given here"})
		if urgent(g.cells) {
			p.reportAs(finding.Error, f)
		} else {
			p.report(f)
		}
	}
}

func (p *Pass) late(c *access.Cell) []late {
	if !c.Open || c.Need.Within == nil || c.OpenShare >= 1 || len(c.Way) == 0 || len(c.Late) == 0 {
		return nil
	}
	within := span(c.Need.Within.Value)
	if c.OpenShare == 0 {
		return []late{{c.Need, p.slowest(c), fmt.Sprintf("the deadline of %s is always missed, the quickest takes %s", within, span(c.Earliest))}}
	}
	missed := min(max(1, math.Round((1-c.OpenShare)*100)), 99)
	return []late{{c.Need, p.slowest(c), fmt.Sprintf("the deadline of %s is missed when the need arises %s (%.0f%% of the week)", within, weekTimes(c.Late), missed)}}
}

// weekTimes tells minutes of the week as people do: daily 16:00 to 08:00, Fr
// 16:00 to Mo 08:00.
func weekTimes(late []model.Opening) string {
	const day = 24 * 60
	var order []model.Opening            // the first of each that begins and ends at the same time of day
	days := map[model.Opening][]string{} // on which days, by time of day
	late = acrossMidnight(late)
	key := func(o model.Opening) model.Opening {
		if length := o.To - o.From; length < day {
			return model.Opening{From: o.From % day, To: o.From%day + length}
		}
		return o
	}
	for _, o := range late {
		if days[key(o)] == nil {
			order = append(order, o)
		}
		days[key(o)] = append(days[key(o)], weekday(o.From))
	}
	var all []string
	for _, o := range order {
		on := days[key(o)]
		switch times := clock(o.From) + " to " + clock(o.To); {
		case len(on) == 7:
			all = append(all, "daily "+times)
		case len(on) > 1 || o.From/day == o.To/day:
			all = append(all, strings.Join(on, ", ")+" "+times)
		default:
			all = append(all, on[0]+" "+clock(o.From)+" to "+weekday(o.To)+" "+clock(o.To))
		}
	}
	return list(all, "and")
}

// acrossMidnight joins what is late at the end of the week with what is late
// at its beginning.
func acrossMidnight(late []model.Opening) []model.Opening {
	end := len(late) - 1
	if end > 0 && late[0].From == 0 && late[end].To == model.WeekMinutes {
		return append(slices.Clone(late[1:end]), model.Opening{From: late[end].From, To: late[0].To + model.WeekMinutes})
	}
	return late
}

func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60%24, minute%60) }

func weekday(minute int) string {
	return [...]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}[minute/(24*60)%7]
}

// slowest returns the step of a way at which most time passes for those whose
// need arises when the deadline is missed: first, in the middle and last of
// each of these times.
func (p *Pass) slowest(c *access.Cell) int {
	passed, through := make([]time.Duration, len(c.Way)), make([]opened, len(c.Way))
	for i, s := range c.Way {
		through[i] = p.opened(s)
	}
	for _, o := range c.Late {
		for _, minute := range []int{o.From, (o.From + o.To) / 2, o.To - 1} {
			now := time.Duration(minute) * time.Minute
			for i := range through {
				d := through[i].from(now)
				passed[i] += d
				now += d
			}
		}
	}
	return c.Way[slices.Index(passed, slices.Max(passed))]
}

// opened is what a step costs, and when it is open.
type opened struct {
	delay, cost time.Duration
	hours       *model.Hours
}

func (p *Pass) opened(step int) opened {
	s := p.Graph.Steps[step]
	o := opened{cost: costOf(s).Time}
	if s.Touchpoint != nil {
		o.hours = access.Hours(p.Journey, s.Touchpoint)
		if d := s.Touchpoint.Delay; d != nil {
			o.delay = d.Value
		}
	}
	return o
}

// from returns how long the step takes from a moment of the week: its delay,
// the time until it is open, the queue and the step itself.
func (o opened) from(now time.Duration) time.Duration {
	return o.cost + untilOpen(o.hours, now+o.delay)
}

func untilOpen(h *model.Hours, now time.Duration) time.Duration {
	const week = model.WeekMinutes * time.Minute
	if h == nil || h.Never() {
		return 0
	}
	now %= week
	for _, o := range h.Spans {
		from, to := time.Duration(o.From)*time.Minute, time.Duration(o.To)*time.Minute
		if now < to {
			return max(0, from-now)
		}
	}
	return week - now + time.Duration(h.Spans[0].From)*time.Minute
}
