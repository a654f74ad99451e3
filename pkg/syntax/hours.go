package syntax

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

const dayMinutes = 24 * 60

var days = []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}

// hours is opening hours in the part of the OSM opening_hours form that
// schema.org shares: `Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00`.
var hours = value[*model.Hours]{
	as(stringSchema),
	func(r *reader, n *yaml.Node) (*model.Hours, bool) {
		s, ok := hoursText.read(r, n)
		if !ok {
			return nil, false
		}
		return &model.Hours{Span: s.Span, Spans: s.Value}, true
	},
	func(h *model.Hours) *yaml.Node {
		if h == nil {
			return nil
		}
		n := hoursText.write(spanned[[]model.Opening]{Value: h.Spans})
		n.Style = yaml.DoubleQuotedStyle // as the reference wants it: a second span adds a comma
		return n
	},
}

var hoursText = scalar(textTags, "opening hours", "Mo-Fr 08:00-17:00", nil, ParseHours, printHours)

// week is the spans that begin on each day. A span may end on the next day,
// so its end may be beyond the day's 24 hours.
type week [7][]model.Opening

// ParseHours reads opening hours as the language writes them.
func ParseHours(s string) ([]model.Opening, error) {
	var w week
	for _, rule := range strings.Split(s, ";") {
		if err := w.apply(strings.Fields(rule)); err != nil {
			return nil, err
		}
	}
	return w.flatten(), nil
}

// apply lets a rule replace the spans that begin on its days.
func (w *week) apply(words []string) error {
	if len(words) == 0 {
		return hoursProblem("a rule is missing between the semicolons")
	}
	on, times, err := cutDays(words)
	if err != nil {
		return err
	}
	spans, err := parseTimes(times)
	if err != nil {
		return err
	}
	for d := range w {
		if on[d] {
			w[d] = spans
		}
	}
	return nil
}

func hoursProblem(format string, args ...any) error {
	return problem{fmt.Sprintf(format, args...), "Write hours as `Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00`, `24/7` or `off`."}
}

// cutDays takes the days from the front of a rule; a rule without days is
// for all of them.
func cutDays(words []string) (on [7]bool, times string, err error) {
	first := words[0]
	if c := first[0]; c >= '0' && c <= '9' || first == "off" || first == "closed" {
		return [7]bool{true, true, true, true, true, true, true}, strings.Join(words, ""), nil
	}
	end := 1 // `Mo, We 08:00`: a comma continues the days
	for end < len(words) && (strings.HasSuffix(words[end-1], ",") || strings.HasPrefix(words[end], ",")) {
		end++
	}
	on, err = parseDays(strings.Join(words[:end], ""))
	return on, strings.Join(words[end:], ""), err
}

func parseDays(s string) (on [7]bool, err error) {
	for _, part := range strings.Split(s, ",") {
		from, to, ranged := strings.Cut(strings.ReplaceAll(part, "–", "-"), "-")
		first, err := day(from)
		if err != nil {
			return on, err
		}
		last := first
		if ranged {
			if last, err = day(to); err != nil {
				return on, err
			}
		}
		for d := first; ; d = (d + 1) % 7 { // Su-Th wraps round the week
			on[d] = true
			if d == last {
				break
			}
		}
	}
	return on, nil
}

func day(s string) (int, error) {
	if d := slices.Index(days, s); d >= 0 {
		return d, nil
	}
	if s == "PH" || s == "SH" {
		return 0, problem{"holidays (`" + s + "`) cannot be told yet", "Leave the holidays out; the hours are those of a usual week."}
	}
	if near := dayNear(s); near != "" {
		return 0, problem{finding.Quote(s) + " is not a day", "did you mean `" + near + "`?"}
	}
	return 0, hoursProblem("%s is not a day: the days are Mo, Tu, We, Th, Fr, Sa and Su", finding.Quote(s))
}

// dayNear guesses the day that someone wrote in full or in small letters.
func dayNear(s string) string {
	if len(s) >= 2 {
		for _, d := range days {
			if strings.EqualFold(s[:2], d) {
				return d
			}
		}
	}
	return finding.Nearest(s, days)
}

// parseTimes reads `08:00-12:00,13:00-17:00`, `24/7`, `off` or nothing,
// which is the whole day.
func parseTimes(s string) ([]model.Opening, error) {
	switch s {
	case "", "24/7":
		return []model.Opening{{From: 0, To: dayMinutes}}, nil
	case "off", "closed":
		return nil, nil
	}
	var spans []model.Opening
	for _, part := range strings.Split(s, ",") {
		span, err := parseSpan(part)
		if err != nil {
			return nil, err
		}
		spans = append(spans, span)
	}
	return spans, nil
}

// parseSpan reads `08:00-12:00`. An end that is not after the start is on
// the next day.
func parseSpan(s string) (model.Opening, error) {
	from, to, ok := strings.Cut(strings.ReplaceAll(s, "–", "-"), "-")
	start, okStart := clock(from)
	end, okEnd := clock(to)
	switch {
	case strings.IndexFunc(s, unicode.IsLetter) >= 0:
		return model.Opening{}, problem{"days stand where hours are expected: " + finding.Quote(s), "Put a `;` before the next days: `Mo-Tu 08:00-12:00; We 09:00-10:00`."}
	case !ok || !okStart || !okEnd || start == dayMinutes:
		return model.Opening{}, hoursProblem("%s is not a span of hours", finding.Quote(s))
	case start == end:
		return model.Opening{}, problem{"the span " + finding.Quote(s) + " has no length", "Write `00:00-24:00` for a whole day."}
	case end < start:
		end += dayMinutes
	}
	return model.Opening{From: start, To: end}, nil
}

// clock reads hours and minutes as minutes of the day, 00:00 to 24:00.
func clock(s string) (int, bool) {
	h, m, ok := strings.Cut(s, ":")
	hour, okHour := twoDigits(h)
	minute, okMinute := twoDigits(m)
	at := hour*60 + minute
	return at, ok && okHour && okMinute && len(m) == 2 && minute < 60 && at <= dayMinutes
}

func twoDigits(s string) (int, bool) {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(s) == 1 || len(s) == 2
}

// flatten lays the days into one week and joins spans that touch. What runs
// past Sunday midnight goes on on Monday.
func (w *week) flatten() []model.Opening {
	var all []model.Opening
	for d, spans := range w {
		for _, s := range spans {
			from, to := d*dayMinutes+s.From, d*dayMinutes+s.To
			all = append(all, model.Opening{From: from, To: min(to, model.WeekMinutes)})
			if to > model.WeekMinutes {
				all = append(all, model.Opening{From: 0, To: to - model.WeekMinutes})
			}
		}
	}
	slices.SortFunc(all, func(a, b model.Opening) int { return a.From - b.From })
	joined := all[:0]
	for _, s := range all {
		if n := len(joined); n > 0 && s.From <= joined[n-1].To {
			joined[n-1].To = max(joined[n-1].To, s.To)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}
