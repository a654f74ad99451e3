package rule_test

import (
	"slices"
	"strings"
	"testing"
)

// measureCases are those of the rules on how well a journey serves: its
// measures.
var measureCases = slices.Concat(unmeasuredCases, targetCases, efficiencyCases)

// office is a library: a department with three touchpoints, one of them a
// moment of truth and one that misses its target, and one that nobody owns.
const office = `-- office.yaml --
corridor: 1
title: b
departments: {office: {name: Office}, cellar: }
customers: {owner: , tenant: }
touchpoints:
  desk: {channel: counter, owner: office, moment-of-truth: true}
  letter: {channel: post, owner: office, skills: [stamps]}
  unpassed: {channel: web, owner: office, measures: {m: {kind: efficiency, target: "> 1", actual: 0}}}
  orphan: web
`

// imports is the head of a journey that imports the office.
const imports = "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [office.yaml]\n"

var unmeasuredCases = []ruleCase{
	{"where nothing is measured nothing is asked for", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {owner: d, moment-of-truth: true}}\npaths: {basic: [a]}\n", nil},
	{"a moment of truth is told once", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {owner: d, measures: {m: }}, b: {owner: d, moment-of-truth: true}, c: {owner: d}}\npaths: {basic: [a, b, c]}\n", []string{
		"unmeasured-moment touchpoints.b", "unmeasured-touchpoint touchpoints.c"}},
	{"a moment of truth that is none", "corridor: 1\ntitle: x\ntouchpoints: {a: {measures: {m: }}, b: {moment-of-truth: false}}\npaths: {basic: [a, b]}\n", nil},
	{"who owns many is asked once", "corridor: 1\ntitle: x\ndepartments: {d: , e: }\ntouchpoints: {a: {owner: d}, b: {owner: e}, c: {owner: d}, m: {owner: e, measures: {m: }}}\npaths: {basic: [a, b, c, m]}\n", []string{
		"unmeasured-touchpoint touchpoints.a", "unmeasured-touchpoint touchpoints.b"}},
	{"word of mouth is not measured", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {channel: word-of-mouth, owner: d}, m: {owner: d, measures: {m: }}}\npaths: {basic: [a, m]}\n", nil},
	{"a touchpoint that is passed twice is one", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {owner: d, moment-of-truth: true}, m: {owner: d, measures: {m: }}}\npaths: {basic: [a, m], optional: {again: {after: m, steps: [a]}}}\n", []string{
		"unmeasured-moment touchpoints.a"}},
	{"a touchpoint on no path is not passed", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {owner: d, moment-of-truth: true}, b: {owner: d}, m: {owner: d, measures: {m: }}}\npaths: {basic: [m]}\n", []string{
		"unused-name touchpoints.a", "unused-name touchpoints.b"}},
	{"what is imported is told where it is passed", imports + "departments: {d: }\ntouchpoints: {m: {channel: web, owner: d, measures: {m: }}}\npaths: {basic: [m, letter], alternative: {o: {instead-of: letter, steps: [desk]}}}\n" + office, []string{
		"unmeasured-touchpoint paths.basic", "unmeasured-moment paths.alternative.o"}},
	{"what an import measures obliges nobody", imports + "touchpoints: {m: }\npaths: {basic: [m, letter, desk]}\n" + strings.Replace(office, "stamps]", "stamps], measures: {m: {kind: satisfaction}}", 1), nil},
	{"a library is not asked", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {owner: d, moment-of-truth: true}, b: , m: {owner: d, measures: {m: {kind: efficiency}}}}\n", nil},
	{"a file with errors is not asked", "corridor: 1\ntitle: x\ntouchpoints: {a: {moment-of-truth: true, measure: {m: }}, m: {measures: {m: }}}\npaths: {basic: [a, m]}\n", []string{"unknown-key touchpoints.a.measure"}},
}

// measuring is a journey with one measure, written as given.
func measuring(measure string) string {
	return "corridor: 1\ntitle: x\ntouchpoints: {a: {measures: {m: {" + measure + "}}}}\npaths: {basic: [a]}\n"
}

var missed = []string{"missed-target touchpoints.a.measures.m"}

var targetCases = []ruleCase{
	{"a share that is reached", measuring("target: '>= 90%', actual: 90.0%"), nil},
	{"a share that is not", measuring("target: '>= 90%', actual: 89.9%"), missed},
	{"as a share and as a number there is nothing to compare", measuring("target: '>= 90%', actual: 0.82"), nil},
	{"an hour is sixty minutes", measuring("target: '<= 1h', actual: 60m"), nil},
	{"a number of days in hours", measuring("target: '< 1d', actual: 24h"), missed},
	{"a word of the file is a unit", measuring("target: '<= 3 calls', actual: 4 calls"), missed},
	{"two words are two units", measuring("target: '<= 3 calls', actual: 4 visits"), nil},
	{"exactly that", measuring("target: 4.50, actual: 4.5"), nil},
	{"not exactly that", measuring("target: '= 4.5', actual: 4.6"), missed},
	{"a sign that is one character", measuring("target: '≥ 90%', actual: 82%"), missed},
	{"below zero", measuring("target: '> -5', actual: -4"), nil},
	{"nothing was measured yet", measuring("target: '>= 90%'"), nil},
	{"nothing is aimed at", measuring("actual: 82%"), nil},
	{"two measures of one touchpoint are two findings", "corridor: 1\ntitle: x\ntouchpoints: {a: {measures: {m: {target: '> 1', actual: 0}, n: {target: '> 1', actual: 1}}}}\npaths: {basic: [a]}\n", []string{
		"missed-target touchpoints.a.measures.m", "missed-target touchpoints.a.measures.n"}},
	{"an imported touchpoint that is not passed misses nothing here", imports + "paths: {basic: [letter]}\n" + office, nil},
	{"an imported touchpoint misses it where it is passed", imports + "paths: {basic: [desk, unpassed]}\n" + office, []string{"missed-target paths.basic"}},
	{"a library passes nothing", measuring("target: '> 1', actual: 0")[:strings.Index(measuring("target: '> 1', actual: 0"), "paths")], nil},
	{"it is missed whatever else is wrong", strings.Replace(measuring("target: '> 1', actual: 0"), "{a:", "{b: {chanel: web}, a:", 1), []string{
		"unused-name touchpoints.b", "unknown-key touchpoints.b.chanel", "missed-target touchpoints.a.measures.m"}},
}

var efficiencyCases = []ruleCase{
	{"where no satisfaction is known that is told once", "corridor: 1\ntitle: x\ntouchpoints: {a: {measures: {m: {kind: efficiency}}}, b: {measures: {n: {kind: efficiency}}}}\npaths: {basic: [a, b]}\n", []string{
		"efficiency-only touchpoints.a"}},
	{"where some is, each is told", "corridor: 1\ntitle: x\ntouchpoints: {a: {measures: {m: {kind: efficiency}}}, b: {measures: {n: {kind: efficiency}}}, c: {measures: {o: {kind: satisfaction}}}}\npaths: {basic: [a, b, c]}\n", []string{
		"efficiency-only touchpoints.a", "efficiency-only touchpoints.b"}},
	{"a score of customers tells of their satisfaction", "corridor: 1\ntitle: x\ncustomers: {c: }\ntouchpoints: {a: {experience: 4, measures: {m: {kind: efficiency}}}, b: {experience: {c: 2}, measures: {n: {kind: efficiency}}}}\npaths: {basic: [a, b]}\n", nil},
	{"the company's own score does not", "corridor: 1\ntitle: x\ntouchpoints: {a: {experience: {company: 5}, measures: {m: {kind: efficiency}}}}\npaths: {basic: [a]}\n", []string{"efficiency-only touchpoints.a"}},
	{"a measure without a kind may be of satisfaction", "corridor: 1\ntitle: x\ntouchpoints: {a: {measures: {m: {kind: efficiency}, n: }}}\npaths: {basic: [a]}\n", nil},
	{"satisfaction alone is enough", measuring("kind: satisfaction"), nil},
	{"an import that is efficient is told where a file measures efficiency", imports + "touchpoints: {m: {measures: {n: {kind: efficiency}, o: {kind: satisfaction}}}}\npaths: {basic: [m, unpassed]}\n" + strings.Replace(office, "actual: 0", "actual: 2", 1), []string{
		"efficiency-only paths.basic"}},
}

// TestMeasureMessages reads what the rules on measures say.
func TestMeasureMessages(t *testing.T) {
	for _, c := range []struct{ journey, want string }{
		{measuring("target: '>= 90%', actual: 82%"), "`m` at `a` is `82%`, 8 points below its target `>= 90%`"},
		{measuring("target: '≤ 2%', actual: 3%"), "`m` at `a` is `3%`, 1 point above its target `≤ 2%`"},
		{measuring("target: '>= 4.5', actual: 4.2"), "`m` at `a` is `4.2`, 0.3 below its target `>= 4.5`"},
		{measuring("target: '<= 60m', actual: 1h30m"), "`m` at `a` is `1h30m`, 30m above its target `<= 60m`"},
		{measuring("target: '<= 0.5s', actual: 0.75s"), "`m` at `a` is `0.75s`, 0.25s above its target `<= 0.5s`"},
		{measuring("target: '< 5', actual: 5"), "`m` at `a` is `5`, which just misses its target `< 5`"},
		{measuring("target: '<= 100', actual: 1234567"), "`m` at `a` is `1234567`, 1234467 above its target `<= 100`"},
		{measuring("target: \"\\u003e= 90%\", actual: 82%"), "`m` at `a` is `82%`, 8 points below its target `>= 90%`"},
		{measuring("target: '<= 3 `x`', actual: 4 `x`"), "`m` at `a` is `4 'x'`, 1 above its target `<= 3 'x'`"},
		{"corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {owner: d}, b: {owner: d, measures: {m: }}}\npaths: {basic: [a, b]}\n", "nothing measures whether `a` works, for which `d` answers"},
	} {
		got := ""
		for _, f := range run(c.journey).Findings {
			got += f.Message
		}
		if got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.journey, got, c.want)
		}
	}
}
