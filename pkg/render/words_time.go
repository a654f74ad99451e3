package render

import (
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
// It is empty for none.
func (w words) short(d time.Duration) string {
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
