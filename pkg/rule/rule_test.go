package rule_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/rule"
)

// batches are the harder cases of the rules: what must be reported, and above
// all what must not. A batch is not about some groups of rules.
var batches = []struct {
	cases []ruleCase
	skip  []string
}{
	{slices.Concat(languageCases, pathCases, repeatedStepCases, sameWayCases, stageBacktrackCases,
		emptyStageCases, unusedNameCases, bidiControlCases, sharesCases, accessCases), nil},
	{serviceCases, []string{"measures", "roles", "words"}},
	{measureCases, []string{"hand-over", "care", "view", "market"}},
}

// ruleCase is a journey and all that is found in it, each as rule and subject.
type ruleCase struct {
	name    string
	journey string // a file, or a txtar archive whose first file is checked
	want    []string
}

func TestCases(t *testing.T) {
	for _, b := range batches {
		for _, c := range b.cases {
			t.Run(c.name, func(t *testing.T) { testCase(t, c, b.skip) })
		}
	}
}

func testCase(t *testing.T, c ruleCase, skip []string) {
	var got []string
	found := run(c.journey, skip...).Findings
	for _, f := range found {
		got = append(got, strings.TrimSpace(f.Rule+" "+f.Subject))
	}
	if !slices.Equal(got, c.want) {
		t.Errorf("got  %q\nwant %q\n%s", got, c.want, concise(t, found))
	}
}

// clinic is the head of most journeys below: touchpoints in the order of the
// default stages, without a stage of their own.
const clinic = `corridor: 1
title: See a doctor
touchpoints: {look-up: web, call: phone, form: web, sms: sms, attend: visit}
`

// customers of the journeys in which offers differ.
const customers = "customers: {deaf: {lacks: [hearing]}, guest: }\nneeds: {consult: , acute: {urgency: urgent}}\n"

var languageCases = []ruleCase{
	{"a newer version gives one finding", "corridor: 2\nheading: x\npaths: nothing\n", []string{"unsupported-version corridor"}},
	{"one mistake hides no other", "corridor: 1\ntitel: x\ntouchpoints: {call: {channel: fon, takes: 6}}\npaths: {basic: [cal]}\n", []string{
		"unknown-key titel", "undefined-name touchpoints.call.channel", "invalid-value touchpoints.call.takes", "undefined-name paths.basic[0]"}},
	{"a section that cannot be read gives no undefined names", "corridor: 1\ntitle: x\ntouchpoints: [call]\npaths: {basic: [call]}\n", []string{"wrong-type touchpoints"}},
	{"a misspelt section gives no undefined names", "corridor: 1\ntitle: x\ntouchpionts: {call: phone}\npaths: {basic: [call]}\n", []string{"unknown-key touchpionts"}},
	{"what a library asks for may be given by others", "corridor: 1\ntitle: x\ntouchpoints: {attend: {channel: visit, requires: [booking]}}\n", nil},
	{"what a journey asks for must be given", "corridor: 1\ntitle: x\ntouchpoints: {attend: {channel: visit, requires: [booking]}}\npaths: {basic: [attend]}\n", []string{"undefined-name touchpoints.attend.requires[0]"}},
	{"an option and an alternative share one name space", clinic + "paths: {basic: [look-up, call, attend], optional: {quick: {after: call, steps: [sms]}}, alternative: {quick: {instead-of: call, steps: [form]}}}\n", []string{
		"name-conflict paths.alternative.quick"}},
	{"words of the language are no ids", "corridor: 1\ntitle: x\ntouchpoints: {leave: web}\npaths: {basic: [leave]}\n", []string{"name-conflict touchpoints.leave"}},
	{"equal definitions are no conflict", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml]\ntouchpoints: {call: {channel: phone, takes: 60s}}\npaths: {basic: [call]}\n-- b.yaml --\ncorridor: 1\ntitle: b\ntouchpoints:\n  call:\n    takes: 1m\n    channel: phone\n", nil},
	{"a library that two imports share is no circle", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml, c.yaml]\npaths: {basic: [call]}\n-- b.yaml --\ncorridor: 1\ntitle: b\nimports: [d.yaml]\n-- c.yaml --\ncorridor: 1\ntitle: c\nimports: [d.yaml]\n-- d.yaml --\ncorridor: 1\ntitle: d\ntouchpoints: {call: phone}\n", nil},
	{"a file that imports itself is a circle", clinic + "imports: [journey.corridor.yaml]\npaths: {basic: [look-up, call, form, sms, attend]}\n", []string{"import-cycle imports[0]"}},
	{"an address is no import, and its names may well be right", "corridor: 1\ntitle: x\nimports: ['https://example.org/lib.yaml', /etc/lib.yaml]\ntouchpoints: {call: {owner: desk}}\npaths: {basic: [call]}\n", []string{
		"import-outside imports[0]", "import-outside imports[1]"}},
	{"a way that leaves the folder and comes back stays inside", "-- a/journey.yaml --\ncorridor: 1\ntitle: x\nimports: [../b/lib.yaml]\npaths: {basic: [call]}\n-- b/lib.yaml --\ncorridor: 1\ntitle: b\ntouchpoints: {call: phone}\n", nil},
	{"an import that is not there has a near name", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [librery.yaml]\ntouchpoints: {call: phone}\npaths: {basic: [call, email]}\n-- library.yaml --\ncorridor: 1\ntitle: b\n", []string{"undefined-name imports[0]"}},
}

var pathCases = []ruleCase{
	{"a run in the wrong order is split", clinic + "paths: {basic: [look-up, call, form, attend], alternative: {by-sms: {instead-of: [form, call], steps: [sms]}}}\n", []string{"split-run paths.alternative.by-sms.instead-of"}},
	{"a run across two paths is split", clinic + "paths: {basic: [look-up, call, attend], alternative: {online: {instead-of: call, steps: [form]}, by-sms: {instead-of: [look-up, form], steps: [sms]}}}\n", []string{
		"split-run paths.alternative.by-sms.instead-of"}},
	{"a run may lie on an alternative", clinic + "paths: {basic: [look-up, attend], alternative: {online: {instead-of: look-up, steps: [call, form]}, by-sms: {instead-of: [call, form], steps: [sms]}}}\n", nil},
	{"a misspelt step splits no run", clinic + "paths: {basic: [look-up, call, form, attend], alternative: {by-sms: {instead-of: [call, from], steps: [sms]}}}\n", []string{"undefined-name paths.alternative.by-sms.instead-of"}},
	{"a step named in full is not ambiguous", clinic + "paths: {basic: [look-up, call, form, attend], alternative: {again: {instead-of: look-up, steps: [sms, call]}}, optional: {more: {after: again/call, steps: [form]}}}\n", nil},
	{"a need and a reaction name steps too", `corridor: 1
title: x
needs: {ask: {to: call}}
touchpoints:
  call: {channel: phone, exceptions: {busy: {reaction: {then: call}}}}
  attend: visit
paths: {basic: [call, attend], optional: {again: {after: attend, steps: [call]}}}
`, []string{"ambiguous-step needs.ask.to", "ambiguous-step touchpoints.call.exceptions.busy.reaction.then"}},
	{"a path hangs on itself", clinic + "paths: {basic: [look-up, call, attend], alternative: {online: {instead-of: form, steps: [sms, form]}}}\n", []string{"path-cycle paths.alternative.online"}},
	{"a circle of three is one finding", clinic + "paths: {basic: [look-up, attend], alternative: {a: {instead-of: form, steps: [call]}, b: {instead-of: call, steps: [sms]}, c: {instead-of: sms, steps: [form]}}}\n", []string{"path-cycle paths.alternative.a"}},
	{"a chain of paths is no circle", clinic + "paths: {basic: [look-up, attend], alternative: {b: {instead-of: form, steps: [sms]}, a: {instead-of: look-up, steps: [form, call]}}}\n", nil},
}

var repeatedStepCases = []ruleCase{
	{"a touchpoint that is not defined is not repeated", clinic + "paths: {basic: [look-up, cal, cal, form, sms, attend]}\n", []string{
		"undefined-name paths.basic[1]", "undefined-name paths.basic[2]"}},
	{"each return is reported", clinic + "paths: {basic: [look-up, call, form, call, sms, call, attend]}\n", []string{"repeated-step paths.basic", "repeated-step paths.basic"}},
	{"an alternative may repeat", clinic + "paths: {basic: [look-up, call, attend], alternative: {online: {instead-of: basic/call, steps: [form, sms, form]}}}\n", nil},
	{"an option may come back", clinic + "paths: {basic: [look-up, call, form, attend], optional: {ask-again: {after: form, steps: [call, sms]}}}\n", nil},
	{"an alternative may pass a basic step", clinic + "paths: {basic: [look-up, call, form, attend], alternative: {other: {instead-of: look-up, steps: [sms, call]}}}\n", nil},
}

var sameWayCases = []ruleCase{
	{"other customers are offered it", clinic + customers + `paths:
  basic: [look-up, call, sms, attend]
  alternative:
    a: {instead-of: call, steps: [form], customers: [deaf]}
    b: {instead-of: call, steps: [form], customers: [guest]}
    c: {instead-of: call, steps: [form], needs: [acute]}
`, []string{"single-way paths.alternative.a"}},
	{"the same customers are offered it", clinic + customers + `paths:
  basic: [look-up, call, sms, attend]
  alternative:
    a: {instead-of: call, steps: [form], customers: [deaf]}
    b: {instead-of: call, steps: [form], customers: [deaf], share: 10%}
`, []string{"single-way paths.basic", "single-way paths.alternative.a", "same-way paths.alternative.b"}},
	{"two writings of one place", clinic + `paths:
  basic: [look-up, call, sms, attend]
  alternative:
    a: {instead-of: call, steps: [form]}
    b: {after: look-up, before: sms, steps: [form]}
`, []string{"same-way paths.alternative.b"}},
	{"the steps of an alternative below", clinic + `paths:
  basic: [look-up, call, attend]
  alternative:
    a: {instead-of: call, steps: [form, sms]}
    b: {instead-of: [form, a/sms], steps: [form, sms]}
`, []string{"ambiguous-step paths.alternative.b.instead-of"}},
	{"the steps of an alternative below, named in full", clinic + `paths:
  basic: [look-up, call, attend]
  alternative:
    a: {instead-of: call, steps: [form, sms]}
    b: {instead-of: [a/form, a/sms], steps: [form, sms]}
`, []string{"same-way paths.alternative.b"}},
	{"another order is another way", clinic + `paths:
  basic: [look-up, call, attend]
  alternative:
    a: {instead-of: call, steps: [form, sms]}
    b: {instead-of: call, steps: [sms, form]}
`, nil},
	{"other places are another way", clinic + `paths:
  basic: [look-up, call, sms, attend]
  alternative:
    a: {instead-of: call, steps: [form]}
    b: {instead-of: [call, sms], steps: [form]}
`, nil},
	{"one run may be skipped once", clinic + `paths:
  basic: [look-up, call, form, sms, attend]
  alternative:
    a: {instead-of: call, steps: []}
    b: {instead-of: call, steps: []}
    c: {instead-of: sms, steps: []}
`, []string{"same-way paths.alternative.b"}},
	{"equal options are each taken or left", clinic + `paths:
  basic: [look-up, call, form, attend]
  optional: {a: {after: call, steps: [sms]}, b: {after: call, steps: [sms]}}
`, nil},
}

// staged is a journey whose basic path goes through the default stages.
const staged = `corridor: 1
title: See a doctor
touchpoints:
  advert: {stage: need, channel: print}
  compare: {stage: evaluation, channel: web}
  call: {stage: access, channel: phone}
  ask: phone
  attend: {stage: satisfaction, channel: visit}
`

var stageBacktrackCases = []ruleCase{
	{"an option may lead back", staged + "paths: {basic: [advert, ask, call, attend], optional: {again: {after: call, steps: [compare]}}}\n", nil},
	{"an option goes back within itself", staged + "paths: {basic: [advert, ask, attend], optional: {more: {after: ask, steps: [call, compare]}}}\n", []string{"stage-backtrack paths.optional.more"}},
	{"a touchpoint without a stage goes nowhere back", staged + "paths: {basic: [advert, compare, call, ask, attend]}\n", nil},
	{"a touchpoint without a stage hides no way back", staged + "paths: {basic: [advert, call, ask, compare, attend]}\n", []string{"stage-backtrack paths.basic"}},
	{"stages may be passed over", staged + "paths: {basic: [ask, advert, attend], optional: {a: {after: advert, steps: [compare, call]}}}\n", nil},
	{"an alternative takes over too early", staged + "paths: {basic: [compare, ask, call, attend], alternative: {by-ad: {instead-of: call, steps: [advert]}}}\n", []string{"stage-backtrack paths.alternative.by-ad"}},
	{"an alternative hands back too late", staged + "paths: {basic: [advert, compare, call, ask], alternative: {walk-in: {instead-of: compare, steps: [attend]}}}\n", []string{"stage-backtrack paths.alternative.walk-in"}},
	{"an alternative goes back within itself", staged + "paths: {basic: [advert, ask, attend], alternative: {by-phone: {instead-of: ask, steps: [call, compare]}}}\n", []string{"stage-backtrack paths.alternative.by-phone"}},
	{"an alternative in order", staged + "paths: {basic: [advert, ask, attend], alternative: {by-phone: {instead-of: ask, steps: [compare, call]}}}\n", nil},
	{"an alternative that skips", staged + "paths: {basic: [advert, compare, call, ask, attend], alternative: {straight: {instead-of: [compare, call], steps: []}}}\n", nil},
	{"a way between two places may lead back", staged + "paths: {basic: [advert, ask, call, attend], alternative: {back: {after: call, before: ask, steps: [compare]}}}\n", nil},
	{"the file has an order of its own", "stages: [access, satisfaction, evaluation, need]\n" + staged + "paths: {basic: [call, ask, attend, compare, advert]}\n", nil},
	{"a stage that is defined nowhere goes nowhere", "corridor: 1\ntitle: x\ntouchpoints: {call: {stage: access}, attend: {stage: reception}}\npaths: {basic: [call, attend]}\n", []string{"undefined-name touchpoints.attend.stage"}},
}

var emptyStageCases = []ruleCase{
	{"the default stages may be empty", clinic + "paths: {basic: [look-up, call, form, sms, attend]}\n", nil},
	{"the stages of an import may be empty", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml]\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n-- b.yaml --\ncorridor: 1\ntitle: b\nstages: [before, after]\n", nil},
	{"an option fills a stage, and so does an alternative", `corridor: 1
title: x
stages: [first, second, third]
touchpoints: {call: phone, sms: {stage: second, channel: sms}, chat: {stage: third, channel: chat}, attend: visit}
paths: {basic: [call, attend], optional: {more: {after: call, steps: [sms]}}, alternative: {a: {instead-of: attend, steps: [chat]}}}
`, nil},
	{"a touchpoint on no path fills no stage", "corridor: 1\ntitle: x\nstages: [first, second]\ntouchpoints: {call: phone, attend: {stage: second}}\npaths: {basic: [call]}\n", []string{"empty-stage stages.second", "unused-name touchpoints.attend"}},
	{"a library has no steps", "corridor: 1\ntitle: x\nstages: [first, second]\ntouchpoints: {call: phone}\n", nil},
}

var unusedNameCases = []ruleCase{
	{"a library defines for others", "corridor: 1\ntitle: x\ndepartments: {desk: }\nchannels: {fax: {kind: technological}}\ncapabilities: {fax: A fax}\ntouchpoints: {call: phone}\n", nil},
	{"what is imported may stay unused", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml]\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n-- b.yaml --\ncorridor: 1\ntitle: b\ndepartments: {desk: }\ntouchpoints: {sms: sms}\n", nil},
	{"one of each kind", "corridor: 1\ntitle: x\ncapabilities: {fax: A fax}\nchannels: {telefax: {kind: technological}}\ndepartments: {desk: }\ntouchpoints: {call: phone, sms: sms}\npaths: {basic: [call]}\n", []string{
		"unused-name capabilities.fax", "unused-name channels.telefax", "idle-department departments.desk", "unused-name touchpoints.sms"}},
	{"what is only misspelt elsewhere is not unused", "corridor: 1\ntitle: x\ndepartments: {front-desk: }\ntouchpoints: {call: {channel: phone, owner: front-dask}, attend: visit}\npaths: {basic: [call, atend]}\n", []string{
		"undefined-name touchpoints.call.owner", "undefined-name paths.basic[1]"}},
	{"a name that is far from any misspelt one is unused", "corridor: 1\ntitle: x\ncapabilities: {badge: }\ntouchpoints: {call: {channel: phone, requires: [tax-number]}}\npaths: {basic: [call]}\n", []string{
		"unused-name capabilities.badge", "undefined-name touchpoints.call.requires[0]"}},
	{"where a section is not read, its names may be used there", "corridor: 1\ntitle: x\ndepartments: {desk: }\ntouchpoints: [call]\npaths: {basic: [call]}\n", []string{"wrong-type touchpoints"}},
	{"capabilities are lacked, had, required, asked for, given and waived", `corridor: 1
title: x
capabilities: {badge: A badge, car: A car, tax-number: , fax: , token: , seal: , pram: }
channels: {telefax: {kind: technological, requires: [fax, seal]}}
customers: {guest: {lacks: [badge]}, staff: {like: guest, has: [badge]}, parent: {has: [pram]}}
touchpoints: {send: {channel: telefax, waives: [seal], requires: ["car|badge"], asks: [tax-number], gives: [token]}}
paths: {basic: [send]}
`, []string{"self-service-only paths.basic"}},
	{"a built-in channel that is overridden for nothing", "corridor: 1\ntitle: x\nchannels: {kiosk: {staffed: false}, phone: {staffed: false}}\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n", []string{"unused-name channels.kiosk"}},
	{"what only an alternative passes is used", clinic + "paths: {basic: [look-up, call, attend], alternative: {a: {instead-of: call, steps: [form, sms]}}}\n", nil},
}

const (
	override, popDirection = "\u202e", "\u202c"
	isolate                = "\u2067"
	nonJoiner, joiner      = "\u200c", "\u200d"
	leftMark, rightMark    = "\u200e", "\u200f"
	arabicMark             = "\u061c"
)

var bidiControlCases = []ruleCase{
	{"the joiners of Persian and of emoji are letters", "corridor: 1\ntitle: می" + nonJoiner + "خواهم کتاب بگیرم 👨" + joiner + "👩" + joiner + "👧\ntouchpoints: {search: {name: جست" + nonJoiner + "وجو}}\npaths: {basic: [search]}\n", nil},
	{"plain marks do no harm", "corridor: 1\ntitle: 'مرحبا" + rightMark + " OK" + leftMark + " ٣" + arabicMark + "'\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n", nil},
	{"each character at its place", "corridor: 1\ntitle: a" + override + "b" + popDirection + "c\ntouchpoints: {call: {channel: phone, promise: x" + isolate + "y}}\npaths: {basic: [call]}\n", []string{"bidi-control title", "bidi-control title", "bidi-control touchpoints.call.promise"}},
	{"in a block of lines", "corridor: 1\ntitle: x\ndescription: | # " + override + "\n  a\n  b" + override + "c" + override + "\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n", []string{"bidi-control description", "bidi-control description"}},
	{"a comment is no value", "corridor: 1 # " + override + "\ntitle: x\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n", nil},
	{"a library has them too", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml]\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n-- b.yaml --\ncorridor: 1\ntitle: b" + override + "\n", []string{"bidi-control title"}},
}

// shared is a choice of three ways in place of the call.
const shared = `corridor: 1
title: See a doctor
touchpoints: {look-up: web, call: phone, form: web, sms: sms, letter: post, attend: visit}
`

var sharesCases = []ruleCase{
	{"33.3 and 33.3 and 33.4 are 100", shared + "customers: {a: {share: 33.3%}, b: {share: 33.3%}, c: {share: 33.4%}}\npaths: {basic: [look-up, call, form, sms, letter, attend]}\n", nil},
	{"0.1 and 0.2 and 0.7 are 100", shared + "customers: {a: {share: 0.1}, b: {share: 0.2}, c: {share: 0.7}, d: }\npaths: {basic: [look-up, call, form, sms, letter, attend]}\n", nil},
	{"customers", shared + "customers: {a: {share: 60%}, b: {share: 60%}, c: {share: 1%}}\npaths: {basic: [look-up, call, form, sms, letter, attend]}\n", []string{"shares-over-100 customers.b.share"}},
	{"a customer inherits no share", shared + "customers: {a: {share: 60%}, b: {like: a}, c: {like: b}}\npaths: {basic: [look-up, call, form, sms, letter, attend]}\n", nil},
	{"alternatives at one place, however it is written", shared + `paths:
  basic: [look-up, call, attend]
  alternative:
    online: {instead-of: call, steps: [form], share: 40%}
    by-sms: {instead-of: [call, attend], steps: [sms], share: 40%}
    by-post: {after: look-up, before: attend, steps: [letter], share: 40%}
`, []string{"shares-over-100 paths.alternative.by-post.share"}},
	{"alternatives at one place that take everyone", shared + `paths:
  basic: [look-up, call, attend]
  alternative:
    online: {instead-of: call, steps: [form], share: 33.3%}
    by-sms: {instead-of: call, steps: [sms], share: 33.3%}
    by-post: {instead-of: call, steps: [letter], share: 33.4%}
`, nil},
	{"alternatives at two places", shared + `paths:
  basic: [look-up, call, attend]
  alternative:
    online: {instead-of: look-up, steps: [form], share: 60%}
    by-sms: {instead-of: call, steps: [sms], share: 60%}
    by-post: {instead-of: attend, steps: [letter], share: 60%}
`, nil},
	{"each option is taken or left", shared + `paths:
  basic: [look-up, call, attend]
  optional: {a: {after: call, steps: [form], share: 60%}, b: {after: call, steps: [sms], share: 60%}, c: {after: call, steps: [letter], share: 100%}}
`, nil},
}

// TestCharactersArePointedAt holds that a hidden character, which nobody can
// see, is shown at its very place.
func TestCharactersArePointedAt(t *testing.T) {
	found := run("corridor: 1\ntitle: نص" + override + "abc\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n").Findings
	if len(found) != 1 || found[0].Span.Text() != override {
		t.Errorf("found %s", concise(t, found))
	}
}

func TestDescriptors(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range rule.All {
		if seen[r.ID] || r.ID == "" || rule.Find(r.ID) != r {
			t.Errorf("%q is not the id of one rule", r.ID)
		}
		seen[r.ID] = true
		if !slices.Contains(rule.Groups, r.Group) {
			t.Errorf("%s is of the group %q, which is not listed", r.ID, r.Group)
		}
		if r.Summary == "" || strings.HasSuffix(r.Summary, ".") || strings.ToLower(r.Summary[:1]) != r.Summary[:1] {
			t.Errorf("%s: the summary %q is no sentence without capital and period", r.ID, r.Summary)
		}
		if r.Group == "language" && (r.Severity != finding.Error || r.Check != nil) {
			t.Errorf("%s: what is wrong with the language is an error, reported while reading", r.ID)
		}
	}
}
