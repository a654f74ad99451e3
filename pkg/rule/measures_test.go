package rule_test

import (
	"slices"
	"strings"
	"testing"
)

// measureCases are those of the rules on how well a journey serves: measures
// and roles.
var measureCases = slices.Concat(unmeasuredCases, targetCases, efficiencyCases, ownerCases, promiseCases, contactCases,
	endCustomerCases, skillCases)

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

var ownerCases = []ruleCase{
	{"where nobody owns anything nobody is asked for", "corridor: 1\ntitle: x\ntouchpoints: {a: web, b: phone}\npaths: {basic: [a, b]}\n", nil},
	{"each that lacks one is told", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: web, b: {channel: phone, owner: d}, c: web, e: {owner: d}}\npaths: {basic: [a, b, c, e]}\n", []string{
		"no-owner touchpoints.a", "no-owner touchpoints.c"}},
	{"where most lack one it is told once", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: web, b: {channel: phone, owner: d}, c: web}\npaths: {basic: [a, b, c]}\n", []string{"no-owner touchpoints.a"}},
	{"some belong to nobody", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {advice: word-of-mouth, decide: {takes: 3d, gives: [plan], exceptions: {changes-mind: }}, sign: {channel: counter, owner: d}}\npaths: {basic: [advice, decide, sign]}\n", []string{
		"unused-item touchpoints.decide.gives"}},
	{"without a channel somebody may still act", "corridor: 1\ntitle: x\ndepartments: {d: {promise: Soon}}\ntouchpoints: {a: {asks: [age]}, b: {promise: At once}, c: {hands-over: {to: d}}, e: {owner: d}, f: {owner: d}, g: {owner: d}}\npaths: {basic: [a, b, c, e, f, g]}\n", []string{
		"no-owner touchpoints.a", "no-owner touchpoints.b", "no-owner touchpoints.c"}},
	{"a post of others belongs to nobody, one that promises does not", "corridor: 1\ntitle: x\ndepartments: {d: {promise: Soon}}\ntouchpoints: {a: social, b: {channel: social, promise: Now}, e: {owner: d}}\npaths: {basic: [a, b, e]}\n", []string{"no-owner touchpoints.b"}},
	{"a kind is no channel", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {kind: physical}, b: {owner: d}}\npaths: {basic: [a, b]}\n", nil},
	{"an imported one is told where it is passed", imports + "departments: {d: }\ntouchpoints: {b: {owner: d}}\npaths: {basic: [b, orphan]}\n" + office, []string{"no-owner paths.basic"}},
	{"a misspelt key is not told as an owner that lacks", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {channel: web, onwer: d}, b: {owner: d}}\npaths: {basic: [a, b]}\n", []string{"unknown-key touchpoints.a.onwer"}},
}

var promiseCases = []ruleCase{
	{"where nobody promises nobody is asked", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {owner: d}}\npaths: {basic: [a]}\n", nil},
	{"one promise is enough for a department", "corridor: 1\ntitle: x\ndepartments: {d: , e: {promise: Soon}, f: }\ntouchpoints: {a: {owner: d, promise: Now}, b: {owner: d}, c: {owner: e}, g: {owner: f}, h: {owner: f}}\npaths: {basic: [a, b, c, g, h]}\n", []string{
		"no-promise departments.f"}},
	{"the promise of a department is enough to begin with", "corridor: 1\ntitle: x\ndepartments: {d: {promise: Soon}, e: }\ntouchpoints: {a: {owner: d}, b: {owner: e}}\npaths: {basic: [a, b]}\n", []string{"no-promise departments.e"}},
	{"word of mouth promises nothing", "corridor: 1\ntitle: x\ndepartments: {d: {promise: Soon}, e: }\ntouchpoints: {a: {owner: d}, b: {channel: word-of-mouth, owner: e}}\npaths: {basic: [b, a]}\n", nil},
	{"who meets nobody promises nothing", "corridor: 1\ntitle: x\ndepartments: {d: {promise: Soon}, e: {serves: [d]}}\ntouchpoints: {a: {owner: d}}\npaths: {basic: [a]}\n", []string{"no-customer-contact departments.e"}},
	{"an imported department is told where its touchpoint is passed", imports + "departments: {d: {promise: Soon}}\ntouchpoints: {b: {owner: d}}\npaths: {basic: [b, desk, letter]}\n" + office, []string{"no-promise paths.basic"}},
	{"what an import promises obliges nobody", imports + "departments: {d: }\ntouchpoints: {b: {owner: d}}\npaths: {basic: [b, desk]}\n" + strings.Replace(office, "name: Office", "promise: Soon", 1), nil},
}

var contactCases = []ruleCase{
	{"departments have more than one part", `corridor: 1
title: x
departments: {owner: , behind: , next: , reacts: , prevents: , serves: {serves: [served]}, served: , customer-too: }
customers: {anyone: , customer-too: {level: department}}
touchpoints:
  call:
    channel: phone
    owner: owner
    backstage: [{by: behind, does: Look it up}, {by: customer-too}]
    hands-over: {to: next}
    exceptions: {busy: {reaction: {by: reacts, steps: [sms], then: retry}, preaction: {by: prevents}}}
  sms: sms
paths: {basic: [call]}
`, []string{"no-customer-contact departments.behind", "no-customer-contact departments.next", "no-customer-contact departments.prevents",
		"no-customer-contact departments.serves", "idle-department departments.served"}},
	{"to meet customers anywhere is enough", "corridor: 1\ntitle: x\ndepartments: {d: , e: }\ntouchpoints: {a: {owner: d, backstage: [{by: e}]}, b: {owner: e}}\npaths: {basic: [a], optional: {o: {after: a, steps: [b]}}}\n", nil},
	{"whose touchpoint is on no path has that to mend first", "corridor: 1\ntitle: x\ndepartments: {d: , e: }\ntouchpoints: {a: {owner: d, backstage: [{by: e}]}, b: {owner: e}}\npaths: {basic: [a]}\n", []string{"unused-name touchpoints.b"}},
	{"who owns nothing but another touchpoint's reaction meets customers", "corridor: 1\ntitle: x\ndepartments: {d: , e: }\ntouchpoints: {a: {owner: d, exceptions: {late: {reaction: {by: e}}}}}\npaths: {basic: [a]}\n", nil},
	{"those of an import may meet customers elsewhere", imports + "departments: {d: }\ntouchpoints: {a: {owner: d, hands-over: {to: cellar}}}\npaths: {basic: [a]}\n" + office, nil},
	{"who is only misspelt elsewhere is not idle", "corridor: 1\ntitle: x\ndepartments: {front-desk: , archive: }\ntouchpoints: {a: {owner: front-dask}}\npaths: {basic: [a]}\n", []string{
		"idle-department departments.archive", "undefined-name touchpoints.a.owner"}},
	{"where a section is not read nobody is idle", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: }\ncustomers: [d]\npaths: {basic: [a]}\n", []string{"wrong-type customers"}},
}

var endCustomerCases = []ruleCase{
	{"each is told once, however many serve them", "corridor: 1\ntitle: x\ncustomers: {a: , b: {serves: [a]}, c: {serves: [a]}}\nneeds: {n: {customers: [b, c]}}\ntouchpoints: {t: }\npaths: {basic: [t]}\n", []string{"unserved-end-customer customers.a"}},
	{"a need of all is theirs too", "corridor: 1\ntitle: x\ncustomers: {a: , b: {serves: [a]}}\nneeds: {n: , m: {customers: [b]}}\ntouchpoints: {t: }\npaths: {basic: [t]}\n", nil},
	{"those in the middle are not the end", "corridor: 1\ntitle: x\ncustomers: {a: , b: {serves: [a]}, c: {serves: [b]}}\nneeds: {n: {customers: [a, c]}}\ntouchpoints: {t: }\npaths: {basic: [t]}\n", []string{"idle-customer customers.b"}},
	{"the end of a chain", "corridor: 1\ntitle: x\ncustomers: {a: , b: {serves: [a]}, c: {serves: [b]}}\nneeds: {n: {customers: [b, c]}}\ntouchpoints: {t: }\npaths: {basic: [t]}\n", []string{"unserved-end-customer customers.a"}},
	{"who serve each other are no end", "corridor: 1\ntitle: x\ncustomers: {a: {serves: [b]}, b: {serves: [a]}, c: }\nneeds: {n: {customers: [a, c]}}\ntouchpoints: {t: }\npaths: {basic: [t]}\n", []string{"idle-customer customers.b"}},
	{"whom a department serves is idle only", "corridor: 1\ntitle: x\ndepartments: {d: {serves: [a]}}\ncustomers: {a: , b: }\nneeds: {n: {customers: [b]}}\ntouchpoints: {t: {owner: d}}\npaths: {basic: [t]}\n", []string{"idle-customer customers.a"}},
	{"whom one inherits to serve is served", "corridor: 1\ntitle: x\ncustomers: {a: , b: {serves: [a]}, c: {like: b, lacks: [hearing]}}\nneeds: {n: {customers: [c]}}\ntouchpoints: {t: }\npaths: {basic: [t]}\n", []string{"unserved-end-customer customers.a", "idle-customer customers.b"}},
	{"an imported one is told at who serves them", imports + "customers: {agent: {serves: [tenant, owner]}}\nneeds: {n: {customers: [agent, owner]}}\npaths: {basic: [desk]}\n" + office, []string{"unserved-end-customer customers.agent.serves"}},
	{"where both are imported nothing is told", imports + "needs: {n: {customers: [owner]}}\npaths: {basic: [desk]}\n" + strings.Replace(office, "owner: ,", "owner: , agent: {serves: [tenant]},", 1), nil},
}

var skillCases = []ruleCase{
	{"where no department says its skills nobody lacks one", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {owner: d, skills: [s]}}\npaths: {basic: [a]}\n", nil},
	{"all that are missing at a touchpoint are one finding", "corridor: 1\ntitle: x\ndepartments: {d: {skills: [s]}}\ntouchpoints: {a: {owner: d, skills: [r, s, t]}, b: {owner: d, skills: [s]}}\npaths: {basic: [a, b]}\n", []string{"missing-skill touchpoints.a.skills"}},
	{"who says none where others do has none", "corridor: 1\ntitle: x\ndepartments: {d: {skills: [s]}, e: }\ntouchpoints: {a: {owner: d}, b: {owner: e, skills: [s]}}\npaths: {basic: [a, b]}\n", []string{"missing-skill touchpoints.b.skills"}},
	{"without an owner nobody lacks it", "corridor: 1\ntitle: x\ndepartments: {d: {skills: [s]}}\ntouchpoints: {a: {owner: d}, b: {skills: [t]}}\npaths: {basic: [a, b]}\n", []string{"no-owner touchpoints.b"}},
	{"on no path nothing is called for", "corridor: 1\ntitle: x\ndepartments: {d: {skills: [s]}}\ntouchpoints: {a: {owner: d}, b: {owner: d, skills: [t]}}\npaths: {basic: [a]}\n", []string{"unused-name touchpoints.b"}},
	{"an imported one is told where it is passed", imports + "departments: {d: {skills: [s]}}\ntouchpoints: {a: {owner: d}}\npaths: {basic: [a, letter]}\n" + office, []string{"missing-skill paths.basic"}},
	{"the owner of an import that says its skills", imports + "touchpoints: {a: {owner: office, skills: [sign-language]}}\npaths: {basic: [a, letter]}\n" + strings.Replace(office, "name: Office", "skills: [sums]", 1), []string{"missing-skill touchpoints.a.skills"}},
	{"what is wrong within an import is not told here", imports + "paths: {basic: [desk, letter]}\n" + strings.Replace(office, "name: Office", "skills: [sums]", 1), nil},
}

// TestMeasureMessages reads what the rules on measures and roles say.
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
		{"corridor: 1\ntitle: x\ncustomers: {a: , b: {serves: [a]}}\nneeds: {n: {customers: [b]}}\ntouchpoints: {t: }\npaths: {basic: [t]}\n", "`b` serves `a` in turn, and no need of this corridor is theirs"},
		{"corridor: 1\ntitle: x\ndepartments: {d: {skills: [s]}}\ntouchpoints: {a: {owner: d, skills: [r, s, t]}}\npaths: {basic: [a]}\n", "`a` calls for `r` and `t`, which its owner `d` does not have"},
		{"corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: web, b: {owner: d}, c: web}\npaths: {basic: [a, b, c]}\n", "nobody answers for `a` and `c`, which have no `owner`"},
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
