package syntax

import (
	"fmt"
	"strconv"
	"time"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// units are the units of durations, from long to short, as they must follow
// each other.
var units = []struct {
	letter byte
	length time.Duration
}{{'w', 7 * 24 * time.Hour}, {'d', 24 * time.Hour}, {'h', time.Hour}, {'m', time.Minute}, {'s', time.Second}}

// maxDuration is the longest time that a journey may speak of.
const maxDuration = 100 * 365 * 24 * time.Hour

// duration reads a length of time: 90s, 6m, 1h30m, 14d, 2w.
var duration = scalar(nameTags+" !!float", "a duration", "1h30m",
	schema{"type": "string", "pattern": `^(\d+\.?\d*w)?(\d+\.?\d*d)?(\d+\.?\d*h)?(\d+\.?\d*m)?(\d+\.?\d*s)?$`, "minLength": 2}, parseDuration, printDuration)

func parseDuration(s string) (time.Duration, error) {
	if _, err := parseDecimal(s); err == nil {
		return 0, problem{finding.Quote(s) + " has no unit", "did you mean `" + s + "m` (minutes) or `" + s + "h` (hours)?"}
	}
	total, rest := time.Duration(0), s
	for _, u := range units {
		number, after, found := cutUnit(rest, u.letter)
		if !found {
			continue
		}
		n, err := strconv.ParseFloat(number, 64)
		if err != nil || n*float64(u.length) > float64(maxDuration) {
			return 0, noDuration(s)
		}
		total += time.Duration(n * float64(u.length))
		rest = after
	}
	if rest != "" || s == "" || total > maxDuration {
		return 0, noDuration(s)
	}
	return total, nil
}

func noDuration(s string) error {
	return problem{finding.Quote(s) + " is not a duration", "Write weeks, days, hours, minutes and seconds as `2w`, `14d`, `1h30m`, `6m` or `90s`."}
}

// cutUnit cuts digits and a unit from the front.
func cutUnit(s string, unit byte) (number, rest string, found bool) {
	i := 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.') {
		i++
	}
	if i == 0 || i == len(s) || s[i] != unit || s[0] == '.' {
		return "", s, false
	}
	return s[:i], s[i+1:], true
}

// printDuration writes a duration as one number of one unit where that is
// small or whole weeks or days, else from long to short: 90m, 2w, 10d, 2h5m.
func printDuration(d time.Duration) string {
	if w := units[0]; d > 0 && d%w.length == 0 {
		return strconv.Itoa(int(d/w.length)) + "w"
	}
	for _, u := range units[1:] {
		if n := d / u.length; d%u.length == 0 && d > 0 && (n < 100 || u.letter == 'd') {
			return strconv.Itoa(int(n)) + string(u.letter)
		}
	}
	text := ""
	for _, u := range units[1:] {
		n := d / u.length
		d -= n * u.length
		switch {
		case u.letter == 's' && (d > 0 || text == "" && n == 0):
			text += printSeconds(n*u.length + d)
		case n > 0:
			text += strconv.Itoa(int(n)) + string(u.letter)
		}
	}
	return text
}

// printSeconds writes seconds with their fraction. What is read is cut to whole
// nanoseconds, so one that would come out too small gets a half of one more.
func printSeconds(d time.Duration) string {
	if d == 0 {
		return "0m"
	}
	text := strconv.FormatFloat(d.Seconds(), 'f', -1, 64) + "s"
	if back, err := parseDuration(text); err == nil && back == d {
		return text
	}
	return fmt.Sprintf("%d.%09d5s", d/time.Second, d%time.Second)
}
