package gaps

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/report"
)

// The marks around foreign text: what they enclose has a direction of its
// own. Writers take them out where there is no terminal that knows them.
const (
	isolate    = "\u2068"
	endIsolate = "\u2069"
)

// foreign is text of the file within a sentence of ours. Backquotes in it
// would seem to be ours.
func foreign(s string) string {
	return isolate + strings.ReplaceAll(report.Visible(s), "`", "'") + endIsolate
}

// code is a name as it stands in the file.
func code(s string) string { return "`" + foreign(s) + "`" }

func codes(names []string) []string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = code(n)
	}
	return all
}

// list joins words: a, b and c.
func list(words []string, last string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " " + last + " " + words[n-1]
	}
	return strings.Join(words, "")
}

// some joins at most so many words and counts the rest.
func some(words []string, most int, noun string) string {
	if left := len(words) - most; left > 0 {
		words = append(append([]string{}, words[:most]...), counted(left, "more "+noun))
	}
	return list(words, "and")
}

// counted is a number with its noun: 1 change, 2 changes.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// named is an id with the name that people read, where it has one.
func named(d model.Definition, language string) string {
	label := d.Label(language)
	if d.Name.Empty() || label == d.ID.Value {
		return code(d.ID.Value)
	}
	return code(d.ID.Value) + " (" + foreign(label) + ")"
}

// units are the units of durations in the language, but for weeks: analysts
// count 14 days.
var units = []struct {
	length time.Duration
	letter string
	word   string
}{{24 * time.Hour, "d", "day"}, {time.Hour, "h", "hour"}, {time.Minute, "m", "minute"}}

// Duration writes a length of time as the language does: 2h40m.
func Duration(d time.Duration) string {
	var b strings.Builder
	for _, u := range units {
		if n := d / u.length; n > 0 {
			fmt.Fprintf(&b, "%d%s", n, u.letter)
			d -= n * u.length
		}
	}
	if d > 0 {
		b.WriteString(strconv.FormatFloat(d.Seconds(), 'f', -1, 64) + "s")
	}
	if b.Len() == 0 {
		return "0m"
	}
	return b.String()
}

// spoken writes a length of time to be read aloud: 2 hours 40 minutes.
func spoken(d time.Duration) string {
	var words []string
	for _, u := range units {
		if n := d / u.length; n > 0 {
			words = append(words, counted(int(n), u.word))
			d -= n * u.length
		}
	}
	if s := d.Seconds(); s > 0 {
		words = append(words, strconv.FormatFloat(s, 'f', -1, 64)+" seconds")
	}
	if len(words) == 0 {
		return "no time"
	}
	return strings.Join(words, " ")
}

// days are those of the week, as opening hours name them.
var days = []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}

// Moment writes a minute of the week as opening hours do: Tu 22:30.
func Moment(minute int) string {
	minute = (minute%model.WeekMinutes + model.WeekMinutes) % model.WeekMinutes
	return fmt.Sprintf("%s %02d:%02d", days[minute/1440], minute/60%24, minute%60)
}

// ParseMoment reads what Moment writes, with small letters and short hours
// too.
func ParseMoment(s string) (minute int, ok bool) {
	words := strings.Fields(s)
	if len(words) != 2 {
		return 0, false
	}
	hour, minutes, found := strings.Cut(words[1], ":")
	h, okHour := number(hour, 23)
	m, okMinute := number(minutes, 59)
	for day, name := range days {
		if strings.EqualFold(name, words[0]) {
			return day*1440 + h*60 + m, found && okHour && okMinute && len(minutes) == 2
		}
	}
	return 0, false
}

func number(s string, most int) (int, bool) {
	n, err := strconv.ParseUint(s, 10, 8)
	return int(n), err == nil && len(s) <= 2 && int(n) <= most
}
