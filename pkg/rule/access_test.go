package rule_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// desk is the head of journeys on who gets through: touchpoints that need
// hearing, a net, or nothing.
const desk = `corridor: 1
title: See a doctor
customers: {patient: , deaf: {lacks: [hearing, speech]}, offline: {lacks: [internet]}}
touchpoints: {call: phone, form: web, walk-in: counter, attend: visit}
`

var accessCases = slices.Concat(blockedCases, itemCases, wayCases, timeCases, tellingCases, peopleCases)

var blockedCases = []ruleCase{
	{"each customer who is stopped at all ways is named once", desk + "paths: {basic: [call, attend], alternative: {o: {instead-of: call, steps: [form], customers: [offline]}, p: {instead-of: call, steps: [walk-in], customers: [offline]}}}\n", []string{
		"blocked-customer paths.alternative.o"}},
	{"customers who are stopped alike are one finding", "corridor: 1\ntitle: x\ncustomers: {a: {lacks: [speech]}, b: {lacks: [speech]}, c: }\nneeds: {one: , two: }\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n", []string{
		"blocked-customer paths.basic"}},
	{"customers who are stopped for other reasons are two", "corridor: 1\ntitle: x\ncustomers: {a: {lacks: [speech]}, b: {lacks: [hearing]}}\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n", []string{
		"blocked-customer paths.basic", "blocked-customer paths.basic"}},
	{"several closed doors are one finding, at the one that lacks least", desk + `paths:
  basic: [call, attend]
  alternative: {online: {instead-of: call, steps: [form], customers: [patient]}, by-desk: {instead-of: call, steps: [walk-in], customers: [patient, offline]}}
`, []string{"blocked-customer paths.alternative.online"}},
	{"nobody is served in their language", "corridor: 1\ntitle: x\ncustomers: {a: {speaks: [ur, fa]}}\ntouchpoints: {call: {channel: phone, languages: [en]}}\npaths: {basic: [call]}\n", []string{"blocked-customer paths.basic"}},
	{"what never opens stops everybody", "corridor: 1\ntitle: x\ntouchpoints: {call: {channel: phone, hours: 'off'}}\npaths: {basic: [call]}\n", []string{"blocked-customer paths.basic"}},
	{"a file with errors tells nobody who gets through", "corridor: 1\ntitle: x\ncustomers: {a: {lacks: [speech]}}\ntouchpoints: {call: {channel: phone, ownr: x}}\npaths: {basic: [call]}\n", []string{"unknown-key touchpoints.call.ownr"}},
	{"a library has nobody to get through", "corridor: 1\ntitle: x\ncustomers: {a: {lacks: [speech]}}\ntouchpoints: {call: phone}\n", nil},
	{"a trap is no wrong turn", `corridor: 1
title: x
customers: {a: {lacks: [smartphone]}}
touchpoints: {sign: {channel: web, binding: true}, start: app, branch: counter}
paths: {basic: [sign, start], alternative: {other: {instead-of: [sign, start], steps: [branch]}}}
`, []string{"trap paths.basic"}},
	{"who can turn back is not trapped", `corridor: 1
title: x
customers: {a: {lacks: [smartphone]}}
touchpoints: {sign: web, start: app, branch: counter}
paths: {basic: [sign, start], alternative: {other: {instead-of: [sign, start], steps: [branch]}}}
`, []string{"wrong-turn paths.basic"}},
}

var itemCases = []ruleCase{
	{"an item that is given too late", "corridor: 1\ntitle: x\ntouchpoints: {attend: {requires: [booking]}, call: {channel: phone, gives: [booking]}}\npaths: {basic: [attend, call]}\n", []string{
		"blocked-customer paths.basic", "missing-item paths.basic"}},
	{"a customer who has the item from the start", "corridor: 1\ntitle: x\ncustomers: {a: {has: [booking]}}\ntouchpoints: {attend: {requires: [booking]}}\npaths: {basic: [attend]}\n", nil},
	{"a need that brings the item", "corridor: 1\ntitle: x\nneeds: {refill: {has: [prescription]}}\ntouchpoints: {fetch: {channel: counter, requires: [prescription]}}\npaths: {basic: [fetch]}\n", nil},
	{"an item that only its own option needs", "corridor: 1\ntitle: x\ntouchpoints: {a: visit, b: {gives: [ticket]}, c: {requires: [ticket]}}\npaths: {basic: [a], optional: {o: {before: a, steps: [b, c]}}}\n", nil},
	{"an item that a path gives too", "corridor: 1\ntitle: x\ntouchpoints: {a: {channel: visit, gives: [ticket]}, b: {gives: [ticket]}, c: {requires: [ticket]}}\npaths: {basic: [a, c], optional: {o: {before: a, steps: [b]}}}\n", nil},
	{"an item in a choice may be left out", "corridor: 1\ntitle: x\ntouchpoints: {a: visit, b: {gives: [ticket]}, c: {requires: [ticket|cash]}}\npaths: {basic: [a, c], optional: {o: {before: a, steps: [b]}}}\n", nil},
	{"a capability on an option is for those who lack it", "corridor: 1\ntitle: x\ncustomers: {a: {lacks: [account]}}\ntouchpoints: {a: visit, b: {gives: [account]}, c: {requires: [account]}}\npaths: {basic: [a, c], optional: {o: {before: c, steps: [b]}}}\n", nil},
	{"an item that is handed over is used", "corridor: 1\ntitle: x\ndepartments: {desk: }\ntouchpoints: {a: {owner: desk, gives: [file], hands-over: {to: desk, what: [file]}}}\npaths: {basic: [a]}\n", nil},
	{"an item that two give and nobody needs is one finding", "corridor: 1\ntitle: x\ntouchpoints: {a: {gives: [leaflet]}, b: {gives: [leaflet]}}\npaths: {basic: [a, b]}\n", []string{"unused-item touchpoints.a.gives"}},
}

var wayCases = []ruleCase{
	{"what all have to pass is no single way", "corridor: 1\ntitle: x\nneeds: {acute: {urgency: urgent}}\ntouchpoints: {call: phone, attend: visit}\npaths: {basic: [call, attend]}\n", nil},
	{"touchpoints on which the same customers hang are one finding", `corridor: 1
title: x
customers: {a: , b: {lacks: [internet]}}
needs: {one: {urgency: basic}}
touchpoints: {form: web, pay: web, call: phone, desk: counter}
paths: {basic: [form, pay], alternative: {other: {instead-of: [form, pay], steps: [call, desk]}}}
`, []string{"single-way paths.alternative.other"}},
	{"a second way for all", `corridor: 1
title: x
customers: {a: , b: {lacks: [internet]}}
needs: {one: {urgency: urgent}}
touchpoints: {form: web, call: phone, desk: counter}
paths: {basic: [form], alternative: {by-phone: {instead-of: form, steps: [call]}, in-person: {instead-of: form, steps: [desk]}}}
`, nil},
	{"a person on an option can help", "corridor: 1\ntitle: x\ncustomers: {a: }\ntouchpoints: {form: web, chat: chat}\npaths: {basic: [form], optional: {ask: {before: form, steps: [chat]}}}\n", nil},
	{"a way without a machine", "corridor: 1\ntitle: x\ncustomers: {a: }\ntouchpoints: {form: web, letter: post}\npaths: {basic: [form], alternative: {o: {instead-of: form, steps: [letter]}}}\n", nil},
	{"a person whom this customer cannot ask", "corridor: 1\ntitle: x\ncustomers: {a: {lacks: [hearing]}}\ntouchpoints: {form: web, call: phone}\npaths: {basic: [form], optional: {ask: {before: form, steps: [call]}}}\n", []string{"self-service-only paths.basic"}},
	{"a long way that all have is no detour", "corridor: 1\ntitle: x\ncustomers: {a: , b: {lacks: [internet]}}\ntouchpoints: {call: {channel: phone, delay: 9d}}\npaths: {basic: [call]}\n", nil},
	{"a few minutes are no detour", "corridor: 1\ntitle: x\ncustomers: {a: , b: {lacks: [internet]}}\ntouchpoints: {form: {channel: web, takes: 1m}, call: {channel: phone, takes: 6m}}\npaths: {basic: [form], alternative: {by-phone: {instead-of: form, steps: [call]}}}\n", nil},
	{"where no times are given there is no detour", "corridor: 1\ntitle: x\ncustomers: {a: , b: {lacks: [internet]}}\ntouchpoints: {form: web, call: {channel: phone, takes: 2h}}\npaths: {basic: [form], alternative: {by-phone: {instead-of: form, steps: [call]}}}\n", nil},
}

var timeCases = []ruleCase{
	{"a deadline that is just kept", "corridor: 1\ntitle: x\nneeds: {a: {urgency: urgent, within: 1h}}\ntouchpoints: {call: {channel: phone, waits: 20m, takes: 40m}}\npaths: {basic: [call]}\n", nil},
	{"a deadline that is always missed", "corridor: 1\ntitle: x\nneeds: {a: {urgency: basic, within: 1h}}\ntouchpoints: {call: {channel: phone, waits: 20m, takes: 41m}}\npaths: {basic: [call]}\n", []string{"missed-deadline paths.basic"}},
	{"who is blocked is not late", "corridor: 1\ntitle: x\ncustomers: {a: {lacks: [hearing]}}\nneeds: {a: {within: 1h}}\ntouchpoints: {call: {channel: phone, takes: 2h}}\npaths: {basic: [call]}\n", []string{"blocked-customer paths.basic"}},
}

var tellingCases = []ruleCase{
	{"alternatives may ask the same", "corridor: 1\ntitle: x\ntouchpoints: {call: {asks: [name]}, form: {asks: [name]}, attend: visit}\npaths: {basic: [call, attend], alternative: {o: {instead-of: call, steps: [form]}}}\n", nil},
	{"a touchpoint that is visited again asks the same", "corridor: 1\ntitle: x\ntouchpoints: {call: {asks: [name]}, attend: visit}\npaths: {basic: [call, attend], optional: {o: {after: attend, steps: [call]}}}\n", nil},
	{"a step that confirms asks on purpose", "corridor: 1\ntitle: x\ntouchpoints: {call: {asks: [name]}, attend: {confirms: [name]}}\npaths: {basic: [call, attend]}\n", nil},
	{"all that is asked again at a step is one finding", "corridor: 1\ntitle: x\ntouchpoints: {call: {asks: [name, age]}, attend: {asks: [age, name]}}\npaths: {basic: [call, attend]}\n", []string{"asked-twice paths.basic"}},
	{"an option asks again", "corridor: 1\ntitle: x\ntouchpoints: {call: {asks: [name]}, sms: {asks: [name]}, attend: visit}\npaths: {basic: [call, attend], optional: {remind: {after: call, steps: [sms]}}}\n", []string{"asked-twice paths.optional.remind"}},
	{"an option before asks first", "corridor: 1\ntitle: x\ntouchpoints: {call: {asks: [name]}, sms: {asks: [name]}, attend: visit}\npaths: {basic: [call, attend], optional: {remind: {before: call, steps: [sms]}}}\n", []string{"asked-twice paths.basic"}},
	{"an option whose steps ask in turn", "corridor: 1\ntitle: x\ntouchpoints: {a: {asks: [name]}, b: {asks: [name]}, attend: visit}\npaths: {basic: [attend], optional: {o: {before: attend, steps: [a, b]}}}\n", []string{"asked-twice paths.optional.o"}},
	{"paths for different customers ask nobody twice", `corridor: 1
title: x
customers: {a: , b: }
touchpoints: {one: {asks: [name]}, two: {asks: [name]}, last: visit}
paths: {basic: [last], optional: {o: {before: last, steps: [one], customers: [a]}, p: {before: last, steps: [two], customers: [b]}}}
`, nil},
	{"what is handed over is told", "corridor: 1\ntitle: x\ndepartments: {ward: }\ntouchpoints: {call: {owner: ward, hands-over: {to: ward, what: [complaint]}}, attend: {owner: ward, uses: [complaint]}}\npaths: {basic: [call, attend]}\n", nil},
	{"who uses it cannot tell it", "corridor: 1\ntitle: x\ndepartments: {ward: }\ntouchpoints: {call: {owner: ward, asks: [complaint]}, form: {channel: web, owner: ward}, attend: {owner: ward, uses: [complaint], hands-over: {to: ward, what: [complaint]}}}\npaths: {basic: [call, attend], alternative: {online: {instead-of: call, steps: [form]}}}\n", []string{
		"never-told paths.basic"}},
	{"a way without the question that nobody can go", `corridor: 1
title: x
customers: {a: {lacks: [internet]}}
touchpoints: {call: {asks: [complaint]}, form: web, attend: {uses: [complaint]}}
paths: {basic: [call, attend], alternative: {online: {instead-of: call, steps: [form]}}}
`, nil},
	{"a way without the question and without the booking that it gives", `corridor: 1
title: x
touchpoints: {call: {asks: [complaint], gives: [booking]}, attend: {requires: [booking], uses: [complaint]}}
paths: {basic: [call, attend], alternative: {at-once: {instead-of: call, steps: []}}}
`, nil},
	{"an option that comes back to the same place", "corridor: 1\ntitle: x\ntouchpoints: {call: {asks: [complaint]}, attend: {uses: [complaint]}, more: visit}\npaths: {basic: [call, attend], optional: {o: {after: call, steps: [more]}}}\n", nil},
}

var peopleCases = []ruleCase{
	{"who serves others has no default need", "corridor: 1\ntitle: x\ncustomers: {a: , b: {serves: [a]}}\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n", nil},
	{"nobody's need is theirs", "corridor: 1\ntitle: x\ncustomers: {a: , b: }\nneeds: {n: {customers: [a]}}\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n", []string{"idle-customer customers.b"}},
	{"a library's customers may have other journeys", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml]\nneeds: {n: {customers: [a]}}\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n-- b.yaml --\ncorridor: 1\ntitle: b\ncustomers: {a: , b: }\n", nil},
}

// TestSeverityFollowsTheNeed holds the rules that are graver at times to what
// their documents say.
func TestSeverityFollowsTheNeed(t *testing.T) {
	const late = "corridor: 1\ntitle: x\nneeds: {a: {urgency: basic, within: 1h}}\ntouchpoints: {call: {channel: phone, takes: 2h}}\npaths: {basic: [call]}\n"
	const single = "corridor: 1\ntitle: x\ncustomers: {a: , b: {lacks: [internet]}}\nneeds: {n: {urgency: basic}}\ntouchpoints: {form: web, call: phone}\npaths: {basic: [call], alternative: {o: {instead-of: call, steps: [form]}}}\n"
	const turn = "corridor: 1\ntitle: x\ncustomers: {a: {lacks: [cash]}}\ntouchpoints: {queue: {waits: 30m}, pay: {requires: [cash]}, form: visit}\npaths: {basic: [queue, pay], alternative: {o: {instead-of: [queue, pay], steps: [form]}}}\n"
	for _, c := range []struct {
		rule, journey string
		want          finding.Severity
	}{
		{"missed-deadline", late, finding.Warning},
		{"missed-deadline", strings.Replace(late, "basic, w", "urgent, w", 1), finding.Error},
		{"single-way", single, finding.Note},
		{"single-way", strings.Replace(single, "urgency: basic", "urgency: urgent", 1), finding.Warning},
		{"wrong-turn", turn, finding.Note},
		{"wrong-turn", strings.Replace(turn, "30m", "31m", 1), finding.Warning},
		{"wrong-turn", strings.Replace(turn, "30m", "1m, effort: 3", 1), finding.Warning},
	} {
		found := run(c.journey).Findings
		if len(found) != 1 || found[0].Rule != c.rule || found[0].Severity != c.want {
			t.Errorf("want a %s of %s, got\n%s", c.want, c.rule, concise(t, found))
		}
	}
}

// messages are what analysts read, with the names of a finding in it.
var messages = []struct{ journey, want string }{
	{"corridor: 1\ntitle: x\ncustomers: {a: {lacks: [speech]}, b: {lacks: [speech]}}\nneeds: {one: , two: }\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n",
		"`a` and `b` (for `one` and `two`) cannot get through: stopped at `call`, where they lack `speech`"},
	{"corridor: 1\ntitle: x\ncustomers: {موظف: {speaks: [ar]}}\nneeds: {حساب: }\ntouchpoints: {اتصال: {channel: phone, languages: [en]}}\npaths: {basic: [اتصال]}\n",
		"`موظف` (for `حساب`) cannot get through: stopped at `اتصال`, where nobody is served in `ar`"},
	{"corridor: 1\ntitle: x\ncustomers: {a: , b: }\ntouchpoints: {call: phone}\npaths: {basic: [call], alternative: {o: {instead-of: call, steps: []}}}\nneeds: {n: {lacks: [hearing], customers: [a]}, m: {customers: [b]}}\n", ""},
	{"corridor: 1\ntitle: x\nneeds: {n: {within: 4h}}\ntouchpoints: {call: {channel: phone, hours: 'Mo-Fr 08:00-18:00'}}\npaths: {basic: [call]}\n",
		"`anyone` (for `n`): the deadline of 4h is missed when the need arises Mo, Tu, We, Th 18:00 to 04:00 and Fr 18:00 to Mo 04:00 (58% of the week); most time passes at `call`"},
	{"corridor: 1\ntitle: x\nneeds: {n: {within: 4h}}\ntouchpoints: {call: {channel: phone, hours: '08:00-18:00'}}\npaths: {basic: [call]}\n",
		"`anyone` (for `n`): the deadline of 4h is missed when the need arises daily 18:00 to 04:00 (42% of the week); most time passes at `call`"},
	{"corridor: 1\ntitle: x\nneeds: {n: {within: 4h}}\ntouchpoints: {call: {channel: phone, hours: 'Tu-Su 00:00-24:00'}}\npaths: {basic: [call]}\n",
		"`anyone` (for `n`): the deadline of 4h is missed when the need arises Mo 00:00 to 20:00 (12% of the week); most time passes at `call`"},
}

func TestMessages(t *testing.T) {
	for _, m := range messages {
		got := ""
		for _, f := range run(m.journey).Findings {
			got += f.Message
		}
		if got != m.want {
			t.Errorf("%s\ngot  %s\nwant %s", m.journey, got, m.want)
		}
	}
}

// TestWayIsToldInOrder looks at the places that a report, and later a code
// flow, shows with a finding.
func TestWayIsToldInOrder(t *testing.T) {
	found := run("corridor: 1\ntitle: x\ncustomers: {a: {lacks: [hearing]}}\ntouchpoints: {web: web, visit: visit, call: phone}\npaths: {basic: [web, visit, call]}\n").Findings
	if len(found) != 1 {
		t.Fatal(concise(t, found))
	}
	var got []string
	for _, r := range found[0].Related {
		got = append(got, r.Span.Text()+": "+r.Message)
	}
	want := []string{"web: step 1 of the way", "visit: step 2 of the way", "hearing: `hearing` is lacked"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
