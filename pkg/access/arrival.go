package access

import (
	"slices"
	"sort"
	"time"

	"github.com/customer-corridor/corridor/pkg/model"
)

// week is the period of all arrivals: what is open now is open a week later.
const week = model.WeekMinutes * time.Minute

// horizon is the longest time that an arrival tells, some 134 years; what
// takes longer is told as this long. So two of them can be added.
const horizon = 7000 * week

// Arrival tells when one is through: it maps a moment, the time since a
// Monday at 00:00, to the earliest moment of arrival. It never tells a moment
// before the one that it is given, a later start never arrives earlier, and it
// repeats: what starts a week later arrives a week later.
//
// An Arrival is not changed once it is made, so it may be shared. Where an
// Arrival can be nil, nil means that one never arrives.
type Arrival struct {
	// pieces cover [0, week), each from its start to that of the next. They
	// are as few as can be, so equal functions have equal pieces.
	pieces []piece
}

// piece is a part of an arrival: a slope takes equally long from every moment,
// a level arrives at one moment whenever one starts.
type piece struct {
	from  time.Duration
	value time.Duration // of a slope how long it takes, of a level when it arrives
	level bool
}

func (p piece) at(t time.Duration) time.Duration {
	if p.level {
		return p.value
	}
	return t + p.value
}

// stay arrives at once.
func stay() *Arrival { return atOnce }

var atOnce = after(0)

// after arrives a fixed time later.
func after(d time.Duration) *Arrival {
	return &Arrival{[]piece{{value: min(d, horizon)}}}
}

// stepArrival tells when one is through a step: delay passes, then one waits
// until it is open, then waits and takes pass, be it open or not. The openings
// are sorted and apart from each other, as those of model.Hours; always says
// that it never closes, whatever they are. It is nil for what never opens.
func stepArrival(open []model.Opening, always bool, delay, waits, takes time.Duration) *Arrival {
	service := min(waits+takes, horizon)
	if always {
		return after(delay + service)
	}
	if len(open) == 0 {
		return nil
	}
	if delay == 0 { // as most: then would return the same
		return opening(open, service)
	}
	return then(after(delay), opening(open, service))
}

// opening waits until it is open; from then on it takes d.
func opening(open []model.Opening, d time.Duration) *Arrival {
	pieces := make([]piece, 0, 2*len(open)+1)
	closed := time.Duration(0)
	for _, o := range open {
		from := minutes(o.From)
		if closed < from {
			pieces = join(pieces, piece{closed, from + d, true})
		}
		pieces = join(pieces, piece{from, d, false})
		closed = minutes(o.To)
	}
	if closed < week {
		pieces = join(pieces, piece{closed, week + minutes(open[0].From) + d, true})
	}
	return &Arrival{pieces}
}

// join appends a piece, or lets the last one go on where it is the same.
func join(pieces []piece, p piece) []piece {
	if n := len(pieces); n > 0 && pieces[n-1].value == p.value && pieces[n-1].level == p.level {
		return pieces
	}
	return append(pieces, p)
}

// same reports whether both arrive at the same moments.
func same(a, b *Arrival) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a == b || slices.Equal(a.pieces, b.pieces)
}

// end returns where the i-th piece ends.
func (a *Arrival) end(i int) time.Duration {
	if i+1 < len(a.pieces) {
		return a.pieces[i+1].from
	}
	return week
}

// constant reports whether it takes equally long at all times.
func (a *Arrival) constant() bool { return len(a.pieces) == 1 && !a.pieces[0].level }

// At returns the moment of arrival of who starts at t, which is not negative.
func (a *Arrival) At(t time.Duration) time.Duration {
	monday := t - t%week
	t -= monday
	i := sort.Search(len(a.pieces), func(i int) bool { return a.pieces[i].from > t }) - 1
	return monday + a.pieces[i].at(t)
}

// Wait returns how long it takes from a minute, counted from a Monday at 00:00.
func (a *Arrival) Wait(minute int) time.Duration {
	return a.At(minutes(minute)) - minutes(minute)
}

// Shortest returns the shortest Wait of all minutes of the week.
func (a *Arrival) Shortest() time.Duration {
	shortest := horizon
	for i, p := range a.pieces {
		first, end := firstMinute(p.from), firstMinute(a.end(i))
		if first < end {
			last := minutes(end - 1)
			shortest = min(shortest, p.at(last)-last)
		}
	}
	return shortest
}

// within returns the share of the minutes of the week from which it takes no
// longer than a limit, and the minutes from which it takes longer: sorted and
// apart from each other, save that a span over Sunday midnight is two.
func (a *Arrival) within(limit time.Duration) (share float64, late []model.Opening) {
	kept := model.WeekMinutes
	for i, p := range a.pieces {
		o := model.Opening{From: firstMinute(p.from), To: firstMinute(a.end(i))}
		if p.level {
			o.To = min(o.To, firstMinute(p.value-limit))
		} else if p.value <= limit {
			continue
		}
		if o.From < o.To {
			kept -= o.To - o.From
			late = appendOpening(late, o)
		}
	}
	return float64(kept) / model.WeekMinutes, late
}

// appendOpening appends a span, or lets the last one go on where they touch.
func appendOpening(spans []model.Opening, o model.Opening) []model.Opening {
	if n := len(spans); n > 0 && spans[n-1].To == o.From {
		spans[n-1].To = o.To
		return spans
	}
	return append(spans, o)
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// firstMinute returns the first whole minute from t on; for a t before Monday
// at 00:00 some minute up to 0.
func firstMinute(t time.Duration) int { return int((t + time.Minute - 1) / time.Minute) }
