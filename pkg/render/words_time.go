package render

import (
	"math"
	"strings"
	"time"
)

// shortUnits are the units of time where room is scarce; %s is a number.
type shortUnits struct {
	Days    string `json:"days"`
	Hours   string `json:"hours"`
	Minutes string `json:"minutes"`
	Seconds string `json:"seconds"`
}

// short writes a length of time in whole seconds with short units: 1 d 2 h.
// In a language without such units it is in full. It is empty for none.
func (w words) short(d time.Duration) string {
	switch {
	case d < time.Second:
		return ""
	case w.Short == nil:
		return w.duration(d)
	}
	var parts []string
	for _, unit := range []struct {
		size time.Duration
		form string
	}{{24 * time.Hour, w.Short.Days}, {time.Hour, w.Short.Hours}, {time.Minute, w.Short.Minutes}, {time.Second, w.Short.Seconds}} {
		if n := d / unit.size; n > 0 {
			parts = append(parts, strings.Replace(unit.form, "%s", number(int(n), w.Zero), 1))
			d -= n * unit.size
		}
	}
	return strings.Join(parts, " ")
}

// seconds writes a number of seconds that need not be whole.
func (w words) seconds(n float64) string {
	const most = 1e9 // thirty years
	switch {
	case n == math.Trunc(n) && n > 0 && n <= most:
		return w.short(time.Duration(n) * time.Second)
	case w.Short == nil:
		return strings.Replace(w.Page.Units["second"].of(0, w.language), "%s", w.decimal(n), 1)
	}
	return strings.Replace(w.Short.Seconds, "%s", w.decimal(n), 1)
}
