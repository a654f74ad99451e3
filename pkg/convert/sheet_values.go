package convert

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// sheetLongest is the longest time that a journey may speak of.
const sheetLongest = 100 * 365 * sheetDay

// sheetDuration is what a cell says about a length of time.
type sheetDuration struct {
	length time.Duration
	vague  bool // the cell says less than the number: about, 3 to 5, a month
	bare   bool // no unit is named
	ok     bool
}

// sheetParseDuration reads a length of time as people write it: 10 min, 1h30,
// 0:45, 3-5 days, ٥ دقائق, نیم ساعت. A number without a unit is of the one
// given. Of a range it is the longer end.
func sheetParseDuration(text string, unit time.Duration) sheetDuration {
	p := sheetDurationParser{words: sheetTables(), unit: unit, number: -1}
	text = sheetPlain(text)
	if length, ok := sheetClock(text); ok {
		return sheetDuration{length: length, ok: true}
	}
	tokens := sheetLexemes(text)
	for i, token := range tokens {
		p.next = ""
		if i+1 < len(tokens) {
			p.next = tokens[i+1]
		}
		if !p.token(token) {
			return sheetDuration{}
		}
	}
	p.rest()
	if !p.said || !(p.total <= float64(sheetLongest)) {
		return sheetDuration{}
	}
	return sheetDuration{length: time.Duration(math.Round(p.total)), vague: p.vague, bare: p.bare, ok: true}
}

// sheetClock reads hours and minutes as spreadsheets write them: 1:30 or
// 01:30:00.
func sheetClock(text string) (time.Duration, bool) {
	parts := strings.Split(strings.TrimSpace(text), ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	total, unit := time.Duration(0), time.Hour
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || len(part) > 4 || i > 0 && n > 59 {
			return 0, false
		}
		total += time.Duration(n) * unit
		unit /= 60
	}
	return total, true
}

// sheetLexemes splits a plain text into numbers, words and signs.
func sheetLexemes(text string) []string {
	var tokens []string
	for i := 0; i < len(text); {
		n := sheetLexeme(text[i:])
		if token := text[i : i+n]; strings.TrimSpace(token) != "" {
			tokens = append(tokens, token)
		}
		i += n
	}
	return tokens
}

// sheetLexeme returns the length of the first token of a text.
func sheetLexeme(text string) int {
	class := 0
	for i, c := range text {
		now := 1
		switch {
		case c >= '0' && c <= '9' || (c == '.' || c == ',') && class == 2 && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9':
			now = 2
		case unicode.IsLetter(c):
			now = 3
		}
		if class != 0 && (now != class || class == 1) {
			return i
		}
		class = now
	}
	return len(text)
}

// sheetNumber reads a plain number, with a point or a comma.
func sheetNumber(token string) (float64, bool) {
	if token == "" || token[0] < '0' || token[0] > '9' {
		return 0, false
	}
	f, err := strconv.ParseFloat(strings.Replace(token, ",", ".", 1), 64)
	return f, err == nil && !math.IsInf(f, 0) && !math.IsNaN(f)
}

// sheetDurationParser adds up what the tokens of a text say.
type sheetDurationParser struct {
	words  *sheetLookup
	unit   time.Duration // of a number that has none
	next   string        // the token that follows
	number float64       // that waits for its unit; -1: none
	last   sheetUnit     // the unit before
	total  float64
	said   bool
	vague  bool
	bare   bool
}

// token takes a token in. It is false for what no duration has.
func (p *sheetDurationParser) token(token string) bool {
	if n, ok := sheetNumber(token); ok {
		return p.counted(n)
	}
	for _, word := range []string{token, strings.TrimPrefix(token, "و"), strings.TrimPrefix(token, "ال"), strings.TrimSuffix(token, "ی")} {
		if p.word(word) {
			return true
		}
	}
	p.vague = p.vague || strings.Contains("~≈<>≤≥+", token)
	return strings.Contains("~≈<>≤≥+().", token)
}

func (p *sheetDurationParser) word(word string) bool {
	unit, isUnit := p.words.units[word]
	number, isNumber := p.words.numbers[word]
	switch {
	case isUnit:
		p.measured(unit.means)
	case isNumber && number.means == 0:
		p.said = true
	case isNumber:
		return p.counted(number.means)
	case p.words.to[word] && p.number >= 0: // the longer end counts
		p.number, p.vague = -1, true
	case p.words.to[word] && p.said:
		p.total, p.said, p.vague = 0, false, true
	case p.words.beside[word]:
	case p.words.vague[word], p.words.to[word] && word != "-": // up to
		p.vague = true
	default:
		return false
	}
	return true
}

// counted takes a number in. Two in a row are no duration, but `half an hour`
// and `نیم یک ساعت` are.
func (p *sheetDurationParser) counted(n float64) bool {
	if p.number >= 0 && n != 1 {
		return false
	}
	if p.number < 0 {
		p.number = n
	}
	return true
}

// measured takes a unit in. Arabic says two of a unit by the unit itself, and
// one by naming it.
func (p *sheetDurationParser) measured(u sheetUnit) {
	count := p.number
	switch {
	case u.count > 0 && count < 0:
		count = u.count
	case count < 0:
		count = 1
	}
	p.total += count * float64(u.length)
	p.number, p.last, p.said = -1, u, true
	p.vague = p.vague || u.vague
}

// rest takes in the number at the end that has no unit: a half of the last
// one, or as many of the next smaller one.
func (p *sheetDurationParser) rest() {
	switch {
	case p.number < 0:
		return
	case p.last.length == 0:
		p.total = p.number * float64(p.unit)
		p.bare = true
	case p.number < 1:
		p.total += p.number * float64(p.last.length)
	default:
		p.total += p.number * float64(p.last.smaller)
	}
	p.said = true
}

// sheetScore is what a cell says about how good something is, before the scale
// of its column is known.
type sheetScore struct {
	node  int // whose it is
	value float64
	of    float64 // the best there is, where the cell says so: 4/5; 0: not said
	final bool    // the value is from 1 to 5 already
	span  source.Span
}

// sheetParseScore reads a score: a number, one of several (4/5), stars, faces
// or words.
func sheetParseScore(text string, words map[string]sheetWords[float64]) (s sheetScore, ok bool) {
	if word, ok := words[sheetKey(text)]; ok {
		return sheetScore{value: word.means, final: true}, true
	}
	if stars := strings.Count(text, "★") + strings.Count(text, "⭐"); stars > 0 && stars <= 5 {
		return sheetScore{value: float64(stars), final: true}, true
	}
	for _, c := range text {
		for _, f := range sheetFaces {
			if strings.ContainsRune(f.words, c) {
				return sheetScore{value: f.means, final: true}, true
			}
		}
	}
	plain := strings.ReplaceAll(sheetPlain(text), " ", "")
	value, of, fraction := strings.Cut(plain, "/")
	value, percent := strings.CutSuffix(value, "%")
	value, negative := strings.CutPrefix(value, "-")
	s.value, ok = sheetWhole(strings.TrimPrefix(value, "+"))
	if negative {
		s.value = -s.value
	}
	if fraction && ok {
		s.of, ok = sheetWhole(of)
		ok = ok && s.of >= 1 && s.value <= s.of && s.value >= 0
	}
	if percent {
		s.of = 100
	}
	return s, ok
}

// sheetWhole reads a text that is a number and nothing else.
func sheetWhole(text string) (float64, bool) {
	if len(text) > 20 || strings.Trim(text, "0123456789.,") != "" {
		return 0, false
	}
	return sheetNumber(text)
}

// sheetScale is how the numbers of a column become scores from 1 to 5.
type sheetScale struct {
	low, high float64
	words     string // how people call it
}

// sheetScaleOf tells the scale by the numbers that stand in a column: the
// smallest usual one that holds them all.
func sheetScaleOf(scores []sheetScore) (sheetScale, bool) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range scores {
		if !s.final && s.of == 0 {
			low, high = min(low, s.value), max(high, s.value)
		}
	}
	for _, scale := range []sheetScale{{1, 5, "1 to 5"}, {0, 5, "0 to 5"}, {-2, 2, "-2 to 2"}, {-5, 5, "-5 to 5"}, {1, 10, "1 to 10"}, {0, 10, "0 to 10"}, {0, 100, "0 to 100"}, {-100, 100, "-100 to 100"}} {
		if low >= scale.low && high <= scale.high {
			return scale, low <= high
		}
	}
	return sheetScale{}, false
}

// score returns a number of the scale as a score from 1 to 5, with two digits.
func (s sheetScale) score(value float64) float64 {
	return math.Round(100*(1+4*(value-s.low)/(s.high-s.low))) / 100
}

// sheetShare reads a part of a whole: 60%, 0.6, 0,6; 60.
func sheetShare(text string) (float64, bool) {
	plain := strings.ReplaceAll(strings.ReplaceAll(sheetPlain(text), " ", ""), "٪", "%")
	digits, percent := strings.CutSuffix(plain, "%")
	if !percent {
		digits, percent = strings.CutPrefix(digits, "%")
	}
	f, ok := sheetWhole(digits)
	if percent || f > 1 {
		f /= 100
	}
	return f, ok && f <= 1
}

// sheetHours reads opening hours: those of the language, and what people write
// for them: Sun-Thu 8am-4pm, الأحد - الخميس ٨:٠٠ - ١٦:٠٠, شنبه تا چهارشنبه ۸ تا ۱۶.
func sheetHours(v source.Spanned[string]) (*model.Hours, bool) {
	for _, text := range []string{v.Value, sheetHoursText(v.Value)} {
		if spans, err := syntax.ParseHours(text); text != "" && err == nil {
			return &model.Hours{Span: v.Span, Spans: spans}, true
		}
	}
	return nil, false
}

var sheetDays = []sheetWords[string]{
	{"Mo", "mo, mon, monday, الاثنين, الإثنين, اثنين, دوشنبه"}, {"Tu", "tu, tue, tues, tuesday, الثلاثاء, ثلاثاء, سه‌شنبه, سهشنبه"},
	{"We", "we, wed, wednesday, الأربعاء, أربعاء, چهارشنبه"}, {"Th", "th, thu, thur, thurs, thursday, الخميس, خميس, پنج‌شنبه, پنجشنبه"},
	{"Fr", "fr, fri, friday, الجمعة, جمعة, جمعه"}, {"Sa", "sa, sat, saturday, السبت, سبت, شنبه"}, {"Su", "su, sun, sunday, الأحد, أحد, یکشنبه, یک‌شنبه"},
	{"24/7", "always, 24 hours, 24h, round the clock, دائما, على مدار الساعة, 24 ساعة, شبانه‌روزی, شبانه روزی, همیشه, ۲۴ ساعته"},
	{"Mo-Su", "daily, every day, يوميا, كل يوم, هر روز, روزانه"},
	{"off", "closed, مغلق, بسته, تعطیل"},
}

// sheetHoursText writes opening hours as the language does; "" where they are
// none.
func sheetHoursText(text string) string {
	days := sheetTables().days
	if day, ok := days[sheetKey(text)]; ok {
		return day.means
	}
	plain := strings.NewReplacer("سه شنبه", "سهشنبه", "پنج شنبه", "پنجشنبه", "چهار شنبه", "چهارشنبه", "یک شنبه", "یکشنبه", "دو شنبه", "دوشنبه").Replace(sheetPlain(text))
	var parts []string
	for _, token := range sheetLexemes(strings.ReplaceAll(plain, ":", ".")) {
		part, ok := sheetHoursToken(token, parts)
		switch n := len(parts); {
		case !ok:
			return ""
		case part == "pm" || part == "am":
			if n == 0 || !sheetHalfDay(parts, part) {
				return ""
			}
		case part != "":
			parts = append(parts, part)
		}
	}
	return sheetJoinHours(parts)
}

// sheetHoursToken returns what a token says: a day, a time, a sign, or which
// half of the day the time before it is in.
func sheetHoursToken(token string, before []string) (string, bool) {
	words := sheetTables()
	if day, ok := words.days[sheetKey(token)]; ok {
		return day.means, true
	}
	if n, ok := sheetNumber(token); ok {
		hour, minute, _ := strings.Cut(strings.ReplaceAll(token, ",", "."), ".")
		if n > 24 || len(hour) > 2 || minute != "" && len(minute) != 2 {
			return "", false
		}
		return strings.Repeat("0", 2-len(hour)) + hour + ":" + (minute + "00")[:2], true
	}
	switch {
	case words.to[token]:
		return "-", true
	case token == "am" || token == "a" || token == "ص" || token == "صباحا" || token == "صبح":
		return "am", true
	case token == "pm" || token == "p" || token == "م" || token == "مساء" || token == "عصر" || token == "بعدازظهر":
		return "pm", true
	case token == "," || token == ";":
		return token, true
	case token == "،" || token == "&" || token == "و":
		return ",", true
	case token == "؛":
		return ";", true
	}
	return "", slices.Contains([]string{"from", "at", "من", "از", "ساعت", "الساعه", "h", ".", "(", ")", "and"}, token)
}

// sheetHalfDay puts the last time into its half of the day.
func sheetHalfDay(parts []string, half string) bool {
	last := &parts[len(parts)-1]
	hour, err := strconv.Atoi((*last)[:min(2, len(*last))])
	if err != nil || hour > 12 || (*last)[2:3] != ":" {
		return err == nil
	}
	hour %= 12
	if half == "pm" {
		hour += 12
	}
	*last = sheetTwo(hour) + (*last)[2:]
	return true
}

func sheetTwo(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// sheetJoinHours writes the parts of opening hours in a row, with a space
// between days and times.
func sheetJoinHours(parts []string) string {
	var b strings.Builder
	for i, part := range parts {
		time := strings.Contains(part, ":")
		if i > 0 && time && !strings.ContainsAny(parts[i-1], "-,:") || i > 0 && time && strings.Contains(parts[i-1], "Mo-Su") {
			b.WriteByte(' ')
		}
		b.WriteString(part)
	}
	return b.String()
}

// sheetAnswer reads yes and no.
func sheetAnswer(text string) (yes, ok bool) {
	answer, ok := sheetTables().answers[sheetKey(text)]
	return answer.means, ok
}

// sheetNothing reports whether a cell says that there is nothing to say.
func sheetNothing(text string) bool {
	switch strings.ToLower(text) {
	case "", "-", "–", "—", "--", "n/a", "#n/a", "?", "…", "...", ".":
		return true
	}
	return false
}

// sheetTime writes a duration as the language does.
func sheetTime(d time.Duration) string { return finding.Seconds.Format(d.Seconds()) }
