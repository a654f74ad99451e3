package rule_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// measureCases are those of the rules on how well a journey serves: measures,
// roles and words.
var measureCases = slices.Concat(unmeasuredCases, targetCases, efficiencyCases, ownerCases, promiseCases, contactCases,
	endCustomerCases, skillCases, sharedNameCases, translationCases)

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
	{"a moment of truth is told once", "corridor: 1\ntitle: x\ndepartments: {d: , e: }\ntouchpoints: {a: {owner: d, measures: {m: }}, b: {owner: e, moment-of-truth: true}, c: {owner: e}}\npaths: {basic: [a, b, c]}\n", []string{
		"unmeasured-moment touchpoints.b", "unmeasured-touchpoint touchpoints.c"}},
	{"a moment of truth that is none", "corridor: 1\ntitle: x\ntouchpoints: {a: {measures: {m: }}, b: {moment-of-truth: false}}\npaths: {basic: [a, b]}\n", nil},
	{"who owns many is asked once", "corridor: 1\ntitle: x\ndepartments: {d: , e: }\ntouchpoints: {a: {owner: d}, b: {owner: e}, c: {owner: d}, m: {owner: e, measures: {m: }}}\npaths: {basic: [a, b, c, m]}\n", []string{
		"unmeasured-touchpoint touchpoints.a"}},
	{"who knows of less than a quarter is asked", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {owner: d}, b: {owner: d}, c: {owner: d}, e: {owner: d}, m: {owner: d, measures: {m: }}}\npaths: {basic: [a, b, c, e, m]}\n", []string{
		"unmeasured-touchpoint touchpoints.a"}},
	{"who knows of a quarter is not", "corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {owner: d}, b: {owner: d}, c: {owner: d}, m: {owner: d, measures: {m: }}}\npaths: {basic: [a, b, c, m]}\n", nil},
	{"a team may want to know of all", "-- journey.corridor.yaml --\ncorridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: {owner: d}, m: {owner: d, measures: {m: }}}\npaths: {basic: [a, m]}\n-- .corridor.yaml --\nrules: {unmeasured-touchpoint: {least: 100%}}\n", []string{
		"unmeasured-touchpoint touchpoints.a"}},
	{"customers who gave a score let a department know, its own score does not", "corridor: 1\ntitle: x\ndepartments: {d: , e: , f: }\ntouchpoints: {a: {owner: d, experience: {customer: 4}}, b: {owner: e, experience: {company: 4}}, m: {owner: f, measures: {m: }}}\npaths: {basic: [a, b, m]}\n", []string{
		"unmeasured-touchpoint touchpoints.b"}},
	{"what is bad at a moment of truth does not excuse the rest", "corridor: 1\ntitle: x\ndepartments: {d: , e: }\ntouchpoints: {a: {owner: d}, b: {owner: d, moment-of-truth: true}, m: {owner: e, measures: {m: }}}\npaths: {basic: [a, b, m]}\n", []string{
		"unmeasured-touchpoint touchpoints.a", "unmeasured-moment touchpoints.b"}},
	{"word of mouth is not measured", "corridor: 1\ntitle: x\ndepartments: {d: , e: }\ntouchpoints: {a: {channel: word-of-mouth, moment-of-truth: true, owner: d}, b: {channel: word-of-mouth, owner: d}, m: {owner: e, measures: {m: }}}\npaths: {basic: [a, b, m]}\n", nil},
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
	{"an advertisement serves nobody yet, a desk on social media does", "corridor: 1\ntitle: x\ntouchpoints: {ad: {channel: social, measures: {m: {kind: efficiency}}}, poster: {channel: sign, measures: {m: {kind: efficiency}}}, ask: {channel: social, asks: [name], measures: {m: {kind: efficiency}}}, n: {measures: {m: {kind: satisfaction}}}}\npaths: {basic: [ad, poster, ask, n]}\n", []string{
		"efficiency-only touchpoints.ask"}},
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

// called is a journey through touchpoints of these names, in flow style.
func called(names ...string) string {
	var touchpoints, path strings.Builder
	for i, n := range names {
		fmt.Fprintf(&touchpoints, "  %c: {name: %s}\n", 'a'+i, n)
		fmt.Fprintf(&path, "%c, ", 'a'+i)
	}
	return "corridor: 1\ntitle: x\ndescription: y\ntouchpoints:\n" + touchpoints.String() + "paths: {basic: [" + path.String() + "]}\n"
}

var sharedNameCases = []ruleCase{
	{"ids are read where there is no name", "corridor: 1\ntitle: x\ntouchpoints: {front-desk: , FrontDesk: , other: {name: front desk}}\npaths: {basic: [front-desk, FrontDesk, other]}\n", []string{
		"shared-name touchpoints.FrontDesk", "shared-name touchpoints.other"}},
	{"an id that is not read is no name", "corridor: 1\ntitle: x\ntouchpoints: {desk: {name: Reception}, b: {name: Desk}}\npaths: {basic: [desk, b]}\n", nil},
	{"things of two kinds may share a name", "corridor: 1\ntitle: x\ndepartments: {pharmacy: }\ncustomers: {the-pharmacy: {name: Pharmacy}}\ntouchpoints: {b: {name: Pharmacy, owner: pharmacy}}\npaths: {basic: [b]}\n", nil},
	{"customers and departments", "corridor: 1\ntitle: x\ndepartments: {d: {name: Desk}, e: {name: DESK}}\ncustomers: {c: {name: Deaf customer}, f: {name: Deaf-customer}}\ntouchpoints: {b: {owner: d}, g: {owner: e}}\npaths: {basic: [b, g]}\n", []string{
		"shared-name departments.e", "shared-name customers.f"}},
	{"false friends are read in two languages", called("{en: Gift, de: Geschenk}", "{en: Poison, de: Gift}"), nil},
	{"one language is enough", called("{en: Pay, ar: دفع}", "{en: Buy, ar: دفع}"), []string{"shared-name touchpoints.b"}},
	{"the same in two languages is one finding", called("{en: Pay, ar: دفع}", "{en: Pay, ar: دفع}"), []string{"shared-name touchpoints.b"}},
	{"a region reads the language", called("{en: Lift, fr: Ascenseur}", "{en-GB: Lift, fr: Monte-charge}"), []string{"shared-name touchpoints.b"}},
	{"who translates only one of the two", called("Pay", "{en: Pay}"), []string{"shared-name touchpoints.b"}},
	{"one thing may be called the same in all languages", called("{en: SMS, ar: SMS, fa: SMS}", "Call"), nil},
	{"the third is told too", called("Pay", "pay", "Pay!"), []string{"shared-name touchpoints.b", "shared-name touchpoints.c"}},
	{"an import and the file", imports + "touchpoints: {counter: {name: Desk}}\npaths: {basic: [counter, desk]}\n" + office, []string{"shared-name touchpoints.counter"}},
	{"an import that is not passed is not read", imports + "touchpoints: {counter: {name: Desk}}\npaths: {basic: [counter]}\n" + office, nil},
	{"what one import has twice is told there", imports + "paths: {basic: [desk, counter]}\n" + office + "  counter: {name: Desk}\n", nil},
	{"a library is read when it is checked", "corridor: 1\ntitle: x\ntouchpoints: {a: {name: Desk}, b: {name: desk}}\n", []string{"shared-name touchpoints.b"}},
	{"two imports are told where both are passed", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [office.yaml, c.yaml]\npaths: {basic: [desk, counter]}\n" + office + "-- c.yaml --\ncorridor: 1\ntitle: c\ntouchpoints: {counter: {name: Desk}}\n", []string{"shared-name paths.basic"}},
	{"departments of two imports have no place here", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [office.yaml, c.yaml]\npaths: {basic: [desk]}\n" + office + "-- c.yaml --\ncorridor: 1\ntitle: c\ndepartments: {bureau: {name: Office}}\n", nil},
	{"what is defined twice alike is one thing", imports + "touchpoints: {desk: {channel: counter, owner: office, moment-of-truth: true}}\npaths: {basic: [desk]}\n" + office, nil},
}

var translationCases = []ruleCase{
	{"nothing is translated", clinic + "description: y\npaths: {basic: [look-up, call, form, sms, attend]}\n", nil},
	{"all is translated", "corridor: 1\ntitle: {en: x, ar: س}\ntouchpoints: {a: {name: {ar: ا, en: a}}}\npaths: {basic: [a]}\n", nil},
	{"where most texts are one string they are meant so", "corridor: 1\ntitle: {en: x, ar: س}\ndescription: y\ntouchpoints: {a: {name: Here}}\npaths: {basic: [a]}\n", nil},
	{"as many as not are not most", "corridor: 1\ntitle: {en: x, ar: س}\ndescription: y\ntouchpoints: {a: }\npaths: {basic: [a]}\n", nil},
	{"a translated text that lacks one is told all the same", "corridor: 1\ntitle: {en: x, ar: س}\ndescription: y\ntouchpoints: {a: {name: Here, promise: {en: Now}}}\npaths: {basic: [a]}\n", []string{"missing-translation touchpoints.a.promise.ar"}},
	{"each language is told once", "corridor: 1\ntitle: {en: x, ar: س, fa: ش}\ntouchpoints: {a: {name: {en: a}}, b: {name: {en: b, ar: ب}}}\npaths: {basic: [a, b]}\n", []string{
		"missing-translation touchpoints.a.name.fa", "missing-translation touchpoints.a.name.ar"}},
	{"a string is in the language of the file", "corridor: 1\ntitle: {en: x, ar: س}\nlanguage: ar\ntouchpoints: {a: {name: {en: a, ar: ا}, promise: فورا}}\npaths: {basic: [a]}\n", []string{"missing-translation touchpoints.a.promise.en"}},
	{"one language and a string in another are two", "corridor: 1\ntitle: {ar: س}\nlanguage: en\ntouchpoints: {a: {name: {ar: ا}, promise: At once}}\npaths: {basic: [a]}\n", []string{
		"missing-translation title.en", "missing-translation touchpoints.a.promise.ar"}},
	{"one language and strings in the same are one", "corridor: 1\ntitle: {ar: س}\nlanguage: ar-EG\ntouchpoints: {a: {name: {ar: ا}, promise: فورا}}\npaths: {basic: [a]}\n", nil},
	{"a region will do", "corridor: 1\ntitle: {en: x, ar: س}\ntouchpoints: {a: {name: {en-GB: a, ar-EG: ا}}}\npaths: {basic: [a]}\n", nil},
	{"the first in the file counts, not in the language", "corridor: 1\ntouchpoints: {a: {name: {en: a}}}\npaths: {basic: [a]}\ntitle: {en: x}\nlanguage: ar\ndescription: {en: x, ar: س}\n", []string{"missing-translation touchpoints.a.name.ar"}},
	{"all that people read is read", `corridor: 1
title: {en: x, ar: س}
stages: [first: {en: First}]
departments: {d: {promise: {en: Now}}}
touchpoints:
  a:
    owner: d
    backstage: [{by: d, does: {en: Look, ar: ا}}, {by: d, does: {en: Look}}]
    measures: {m: {kind: satisfaction, name: {en: Liked}}}
    exceptions: {late: {description: {en: Late}, reaction: {does: {en: Call}}, preaction: {does: {en: Warn}}}}
    differentiator: {en: Quick}
paths: {basic: [a], alternative: {o: {instead-of: a, steps: [], name: {en: Skip}}}}
`, []string{"missing-translation stages.first.ar"}},
	{"what an import says is not read", imports + "language: en\nstages: [one: {en: One, ar: واحد}]\ntouchpoints: {a: {stage: one, name: {en: a, ar: ا}}}\npaths: {basic: [a, desk]}\n" + strings.Replace(office, "title: b", "title: {en: b}", 1), []string{
		"missing-translation title.ar"}},
	{"a library is not asked for them", "corridor: 1\ntitle: {en: x, ar: س}\ntouchpoints: {a: {name: {en: a}}}\n", nil},
}

// TestNamesReadAlike holds which names people take for the same.
func TestNamesReadAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Front desk", "front-desk", true},
		{"Front desk", "Front desks", false},
		{"Desk #1", "desk 1", true},
		{"Desk 1-2", "Desk 12", false},
		{"Desk 1.2", "desk 1 2", true},
		{"Form A+", "Form A", false},
		{"Straße", "STRASSE", true},
		{"CAFÉ", "café", true},
		{"Café", "Cafe", false},
		{"Café", "Cafe\u0301", true},
		{"ΟΔΟΣ", "οδος", true},
		{"İptal", "iptal", true},
		{"Ｄｅｓｋ", "Desk", true},
		{"oﬃce", "Office", true},
		{"الأستقبال", "الاستقبال", true},
		{"إلى آخره", "الى اخره", true},
		{"مدرسة", "مدرسه", true},
		{"مُدَرِّسة", "مدرسة", true},
		{"مـــدرسة", "مدرسة", true},
		{"مستشفى", "مستشفي", true},
		{"كتاب", "کتاب", true},
		{"می" + nonJoiner + "خواهم", "می خواهم", true},
		{"می" + nonJoiner + "خواهم", "ميخواهم", true},
		{"خانهٔ من", "خانه من", true},
		{"خانۀ من", "خانه من", true},
		{"نافذة ٣", "نافذة 3", true},
		{"باجهٔ ۳", "باجه ٣", true},
		{"نافذة ١-٢", "نافذة ١٢", false},
		{"ﻻ أحد", "لا احد", true},
		{"الدفع، نقدًا", "الدفع نقدا", true},
		{"قلب", "كلب", false},
		{"مؤمن", "مومن", false},
		{"Call" + rightMark, "Call", true},
		{"☎️ Call", "☎ Call", true},
		{"☎ Call", "Call", false},
		{"第１窓口", "第1窓口", true},
	} {
		found := run(called(strconv.Quote(c.a), strconv.Quote(c.b))).Findings
		if same := len(found) == 1 && found[0].Rule == "shared-name"; same != c.same || len(found) > 1 {
			t.Errorf("%q and %q: read the same is %v, want %v\n%s", c.a, c.b, same, c.same, concise(t, found))
		}
	}
	if found := run(called("'…'", "'—'", "'?'")).Findings; len(found) > 0 {
		t.Errorf("names without a letter are taken for the same:\n%s", concise(t, found))
	}
}

// TestMeasureMessages reads what the rules on measures, roles and words say.
func TestMeasureMessages(t *testing.T) {
	long := make([]string, 9)
	for i := range long {
		long[i] = fmt.Sprintf("{en: Step %d}", i+1)
	}
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
		{called("'`Pay`\u2003now'", "'`Pay`, now'"), "the touchpoints `a` and `b` have names that read the same, `'Pay' now` and `'Pay', now`"},
		{called("{en: Pay, ar: دفع}", "{en: Buy, ar: دَفع}"), "the touchpoints `a` and `b` have names that read the same, `دفع` and `دَفع`, in `ar`"},
		{called("pay-here", "pay-here"), "the touchpoints `a` and `b` are both called `pay-here`"},
		{strings.Replace(called(long...), "title: x", "title: {en: x, fa: ش}", 1), "10 texts are missing in `fa`, in which others can be read: " +
			"`description`, `touchpoints.a.name`, `touchpoints.b.name`, `touchpoints.c.name`, `touchpoints.d.name` and 5 more"},
		{"corridor: 1\ntitle: x\ncustomers: {a: , b: {serves: [a]}}\nneeds: {n: {customers: [b]}}\ntouchpoints: {t: }\npaths: {basic: [t]}\n", "`b` serves `a` in turn, and no need of this corridor is theirs"},
		{"corridor: 1\ntitle: x\ndepartments: {d: {skills: [s]}}\ntouchpoints: {a: {owner: d, skills: [r, s, t]}}\npaths: {basic: [a]}\n", "`a` calls for `r` and `t`, which its owner `d` does not have"},
		{"corridor: 1\ntitle: x\ndepartments: {d: }\ntouchpoints: {a: web, b: {owner: d}, c: web}\npaths: {basic: [a, b, c]}\n", "nobody answers for `a` and `c`, which have no `owner`"},
		{"corridor: 1\ntitle: x\ndepartments: {d: , e: }\ntouchpoints: {a: {owner: d}, b: {owner: e, measures: {m: }}}\npaths: {basic: [a, b]}\n", "`d` answers for `a`, and nothing measures whether it works"},
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

// TestMissingTextsAreShown holds that a language that texts are missing in is
// shown, with the places of the texts that the finding names, and of no more.
func TestMissingTextsAreShown(t *testing.T) {
	names := make([]string, 9)
	for i := range names {
		names[i] = fmt.Sprintf("{en: Step %d}", i)
	}
	found := run(strings.Replace(called(names...), "title: x", "title: {en: x, fa: ش}", 1)).Findings
	if len(found) != 1 {
		t.Fatal(concise(t, found))
	}
	var got []string
	for _, r := range found[0].Related {
		got = append(got, r.Span.Text())
	}
	if want := []string{"ش", "{en: Step 0}", "{en: Step 1}", "{en: Step 2}", "{en: Step 3}", "{en: Step 4}"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestManyOfOneName holds that thousands of equal names end in as many
// findings as are shown.
func TestManyOfOneName(t *testing.T) {
	var touchpoints strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&touchpoints, "  t%d: {name: {en: Desk, ar: مكتب}}\n", i)
	}
	found := run("corridor: 1\ntitle: x\ntouchpoints:\n" + touchpoints.String()).Findings
	if len(found) != finding.Limit+1 || found[0].Rule != "shared-name" {
		t.Errorf("got %d findings", len(found))
	}
}
