package render

import (
	"math"
	"strconv"
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

// pageUnits are the units of durations, and their names among the words.
var pageUnits = []struct {
	name    string
	seconds int64
}{{"day", 86400}, {"hour", 3600}, {"minute", 60}, {"second", 1}}

// duration writes a length of time in whole seconds.
func (w words) duration(d time.Duration) string {
	seconds := int64(d / time.Second)
	var parts []string
	for _, u := range pageUnits {
		if n := seconds / u.seconds; n > 0 {
			parts = append(parts, say(w.Page.Units[u.name].of(int(n), w.language), w.digits(strconv.FormatInt(n, 10))))
			seconds %= u.seconds
		}
	}
	if len(parts) == 0 {
		return w.Page.NoTime
	}
	if last := len(parts) - 1; last > 0 {
		return strings.Join(parts[:last], w.Page.TimeList) + w.Page.And + parts[last]
	}
	return parts[0]
}

// clock writes the time of day of a minute.
func (w words) clock(minute int) string {
	return w.twoDigits(minute/60) + ":" + w.twoDigits(minute%60)
}

func (w words) twoDigits(n int) string {
	if n < 10 {
		return number(0, w.Zero) + number(n, w.Zero)
	}
	return number(n, w.Zero)
}
