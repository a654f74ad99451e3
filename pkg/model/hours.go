package model

import "github.com/customer-corridor/corridor/pkg/source"

// WeekMinutes is the number of minutes of a week.
const WeekMinutes = 7 * 24 * 60

// Hours are the minutes of the week at which something is open. The week
// starts on Monday at 00:00 and repeats.
type Hours struct {
	Span  source.Span
	Spans []Opening // sorted, apart from each other
}

// Opening is the minutes [From, To) of the week, 0 <= From < To <= WeekMinutes.
type Opening struct{ From, To int }

// Always reports whether the hours never close.
func (h *Hours) Always() bool {
	return len(h.Spans) == 1 && h.Spans[0] == Opening{0, WeekMinutes}
}

// Never reports whether the hours never open.
func (h *Hours) Never() bool { return len(h.Spans) == 0 }
