package gen

import (
	"fmt"
	"strings"

	"github.com/customer-corridor/corridor/pkg/syntax"
)

// Trap is a file on which an algorithm that costs the square of its input
// would take minutes.
type Trap struct {
	Name string // with the extension of the file
	Data []byte
}

// Traps returns files as large as are read, each long in another way.
func Traps() []Trap {
	const (
		head  = "corridor: 1\ntitle: t\n"
		small = "touchpoints: {a: web, b: web, c: web}\npaths:\n  basic: [a, b]\n"
	)
	points := func(n int) string { return "touchpoints:\n" + repeat(n, "  t%d: web\n") }
	oneLine := `{"corridor": 1, "title": "رحلة", "touchpoints": {` + fill(`"t%d": {"channel": "web"}, `) + `"a": {}}, "paths": {"basic": ["a"]}}`
	oneLineWrong := strings.ReplaceAll(oneLine, "channel", "chanels")
	return []Trap{
		trap("one line.yaml", oneLine),
		trap("one line.json", oneLine),
		trap("one line, 1,000 findings.yaml", oneLineWrong),
		trap("one line, 1,000 findings.json", oneLineWrong),
		trap("200,000 touchpoints.yaml", head+points(200_000)+"paths: {basic: [t1]}\n"),
		trap("100,000 steps.yaml", head+points(100_000)+"paths:\n  basic:\n"+repeat(100_000, "  - t%d\n")),
		trap("100,000 undefined steps.yaml", head+points(100_000)+"paths:\n  basic:\n"+repeat(100_000, "  - u%d\n")),
		trap("50,000 alternatives at one place.yaml", head+small+"  alternative:\n"+repeat(50_000, "    x%d: {instead-of: a, steps: [b], share: 1%%}\n")),
		trap("30,000 alternatives along a path.yaml", head+points(30_001)+"paths:\n  basic:\n"+repeat(30_000, "  - t%d\n")+"  alternative:\n"+repeat(30_000, "    x%[1]d: {instead-of: t%[1]d, steps: [t30000]}\n")),
		trap("50,000 options.yaml", head+small+"  optional:\n"+repeat(50_000, "    x%d: {after: a, steps: [c]}\n")),
		trap("40,000 options in a circle.yaml", head+points(40_000)+"paths:\n  basic: [t0]\n  optional:\n"+circle(40_000, "    x%[1]d: {after: x%[2]d/t%[2]d, steps: [t%[1]d]}\n")),
		trap("40,000 ambiguous names.yaml", head+"touchpoints: {a: web, b: web}\npaths:\n  basic:\n"+repeat(40_000, "  - a # %d\n")+"  optional:\n"+repeat(40_000, "    x%d: {after: a, steps: [b]}\n")),
		trap("40,000 customers in a circle.yaml", head+"customers:\n"+circle(20_000, "  c%[2]d: {like: d%[1]d, lacks: [k%[1]d]}\n  d%[1]d: {like: c%[1]d}\n")+small),
		trap("60,000 heirs of 60,000 names.yaml", head+"customers:\n  r: {lacks: ["+repeat(60_000, "k%d, ")+"]}\n"+repeat(60_000, "  c%d: {like: r, lacks: [hearing]}\n")+small),
		trap("50,000 touchpoints of one name.yaml", head+"touchpoints:\n"+repeat(50_000, "  t%d: {name: {en: Desk, ar: مكتب}}\n")+"paths: {basic: [t1]}\n"),
		trap("30,000 languages of one text, 30,000 texts.yaml", head+"touchpoints:\n  t: {promise: {"+repeat(30_000, "ab-x%d: a, ")+"}}\n"+repeat(30_000, "  t%d: {name: {en: a%[1]d, ar: b%[1]d}}\n")+"paths: {basic: [t]}\n"),
		trap("20,000 departments of 20,000 touchpoints.yaml", head+"departments:\n"+repeat(20_000, "  d%d: {skills: [s]}\n")+"touchpoints:\n  m: {owner: d1, promise: a, measures: {m: {kind: efficiency}}}\n"+
			repeat(20_000, "  t%[1]d: {owner: d%[1]d, skills: [s%[1]d], measures: {m%[1]d: {kind: efficiency, target: '> 1', actual: 1}}}\n")+"paths:\n  basic:\n"+repeat(20_000, "  - t%d\n")),
		trap("error on the last line.yaml", head+"touchpoints:\n"+fill("  t%d: web\n")+"paths: {basic: [t1, t2\n"),
		trap("open quote on the first line.yaml", "corridor: \"1\n"+fill("  t%d: web\n")),
	}
}

func trap(name, text string) Trap { return Trap{name, []byte(text)} }

func repeat(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// circle gives each number with the one before it, and the first with the last.
func circle(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i, (i+n-1)%n)
	}
	return b.String()
}

// fill repeats a line until a file is nearly as large as may be.
func fill(format string) string {
	var b strings.Builder
	for i := 0; b.Len() < syntax.MaxFileSize-1000; i++ {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}
