package rule_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/source"
)

var serviceCases = slices.Concat(silenceCases, goalCases, mishapCases, authorityCases, slowCases, reactionTrapCases, viewCases, marketCases)

// ward is the head of journeys on what departments pass on: the desk asks and
// hands over to the ward somewhere.
const ward = `corridor: 1
title: See a doctor
departments: {desk: , ward: , lab: , web: }
`

var silenceCases = []ruleCase{
	{"nobody has begun to hand over", ward[:len(ward)-len(", lab: , web: }\n")] + "}\ntouchpoints: {call: {channel: phone, owner: desk, asks: [age]}, attend: {channel: visit, owner: ward}}\npaths: {basic: [call, attend]}\n", nil},
	{"only an import hands over", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml]\ntouchpoints: {call: {channel: phone, owner: desk, asks: [age]}, attend: {channel: visit, owner: ward}}\npaths: {basic: [call, attend]}\n-- b.yaml --\ncorridor: 1\ntitle: b\ndepartments: {desk: , ward: }\ntouchpoints: {ask: {hands-over: {to: ward}}}\n", nil},
	{"it is handed over to another department", ward + "touchpoints: {call: {channel: phone, owner: desk, asks: [age], hands-over: {to: lab}}, attend: {channel: visit, owner: ward}, look: {channel: web, owner: web}}\npaths: {basic: [call, attend, look]}\n", []string{
		"silent-hand-off paths.basic"}},
	{"an imported touchpoint is silent", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml]\ntouchpoints: {attend: {channel: visit, owner: ward, hands-over: {to: desk}}}\npaths: {basic: [call, attend]}\n-- b.yaml --\ncorridor: 1\ntitle: b\ndepartments: {desk: , ward: }\ntouchpoints: {call: {channel: phone, owner: desk, asks: [age]}}\n", []string{
		"silent-hand-off paths.basic"}},
	{"a step before of the same owner has told them", ward + "touchpoints: {call: {channel: phone, owner: desk, asks: [age], hands-over: {to: ward}}, wait: {channel: visit, owner: desk, confirms: [age]}, attend: {channel: visit, owner: ward}, test: {channel: visit, owner: lab, requires: [slip]}, slip: {channel: web, owner: web, gives: [slip]}}\npaths: {basic: [call, wait, attend, slip, test]}\n", nil},
	{"who told them has had the customer no more since", ward + "touchpoints: {call: {channel: phone, owner: desk, asks: [age], hands-over: {to: ward}}, look: {channel: web, owner: web}, wait: {channel: visit, owner: desk, confirms: [age]}, attend: {channel: visit, owner: ward}, test: {channel: print, owner: lab}}\npaths: {basic: [call, look, wait, attend, test]}\n", []string{
		"silent-hand-off paths.basic"}},
	{"customers carry what was given two steps before", ward + "touchpoints: {call: {channel: phone, owner: desk, asks: [age], gives: [booking]}, prepare: {channel: visit, owner: web, asks: [weight], requires: [booking]}, attend: {channel: visit, owner: ward, requires: [booking], hands-over: {to: lab}}, test: {channel: visit, owner: lab}}\npaths: {basic: [call, prepare, attend, test]}\n", nil},
	{"customers help themselves", ward + "touchpoints: {call: {channel: phone, owner: desk, asks: [age], hands-over: {to: lab}}, look: {channel: web, owner: web, asks: [weight]}, test: {channel: visit, owner: lab, requires: [slip]}, attend: {channel: visit, owner: ward, gives: [slip], uses: [weight]}}\npaths: {basic: [call, look, attend, test]}\n", []string{
		"silent-hand-off paths.basic"}},
	{"a poster knows nobody, and neither does a person who asks nothing", ward + "touchpoints: {poster: {channel: sign, owner: web, gives: [number]}, ask: {channel: phone, owner: lab, requires: [phone]}, call: {channel: phone, owner: desk, requires: [number], asks: [age], hands-over: {to: ward}}, attend: {channel: visit, owner: ward}}\npaths: {basic: [poster, ask, call, attend]}\n", nil},
	{"where nothing is said of what is asked, a person knows", ward + "touchpoints: {look: {channel: web, owner: web}, call: {channel: phone, owner: desk}, attend: {channel: visit, owner: ward, hands-over: {to: lab}}, test: {channel: visit, owner: lab}}\npaths: {basic: [look, call, attend, test]}\n", []string{
		"silent-hand-off paths.basic"}},
	{"a step may be skipped", ward + `touchpoints: {call: {channel: phone, owner: desk, asks: [age], hands-over: {to: lab}}, test: {channel: visit, owner: lab, asks: [weight], hands-over: {to: ward}}, attend: {channel: visit, owner: ward}, look: {channel: web, owner: web}}
paths: {basic: [look, call, test, attend], alternative: {untested: {instead-of: test, steps: []}}}
`, []string{"silent-hand-off paths.basic"}},
	{"the ways that some may go", ward + `customers: {a: , b: }
touchpoints: {call: {channel: phone, owner: desk, asks: [age], hands-over: {to: ward}}, form: {channel: web, owner: web, asks: [age], hands-over: {to: lab}}, attend: {channel: visit, owner: ward}, test: {channel: visit, owner: lab}}
paths:
  basic: [call, attend]
  alternative:
    online: {instead-of: call, steps: [form], customers: [a]}
    tested: {instead-of: attend, steps: [test], customers: [b]}
`, []string{"silent-hand-off paths.basic", "silent-hand-off paths.alternative.online"}},
	{"options follow in no order", ward + `touchpoints: {call: {channel: phone, owner: desk, asks: [age], hands-over: {to: desk}}, attend: {channel: visit, owner: desk}, a: {channel: visit, owner: ward, asks: [weight], backstage: [{by: desk, does: x}]}, b: {channel: visit, owner: lab, asks: [size], backstage: [{by: desk, does: x}]}, look: {channel: web, owner: web}}
paths: {basic: [look, call, attend], optional: {one: {after: call, steps: [a]}, two: {after: call, steps: [b]}}}
`, nil},
	{"within an option", ward + `touchpoints: {call: {channel: phone, owner: desk, asks: [age], backstage: [{by: ward, does: x}]}, attend: {channel: visit, owner: desk}, a: {channel: visit, owner: ward, asks: [weight]}, b: {channel: visit, owner: lab, asks: [size], hands-over: {to: desk}}, look: {channel: web, owner: web}}
paths: {basic: [look, call, attend], optional: {one: {after: call, steps: [a, b]}}}
`, []string{"silent-hand-off paths.optional.one"}},
	{"the department knows the customer already", ward + "touchpoints: {call: {channel: phone, owner: desk, asks: [age], hands-over: {to: lab}}, test: {channel: visit, owner: lab, asks: [weight]}, attend: {channel: visit, owner: desk}, pick: {channel: web, owner: web}, go: {channel: print, owner: ward}}\npaths: {basic: [call, test, attend, pick, go]}\n", nil},
	{"it knows the customer, and not what it uses", ward + "touchpoints: {call: {channel: phone, owner: desk, asks: [age], hands-over: {to: lab}}, test: {channel: visit, owner: lab, asks: [weight]}, attend: {channel: visit, owner: desk, uses: [weight]}, pick: {channel: web, owner: web}, go: {channel: print, owner: ward}}\npaths: {basic: [call, test, attend, pick, go]}\n", []string{
		"silent-hand-off paths.basic"}},
	{"who answers for a step is not said", ward + "touchpoints: {call: {channel: phone, owner: desk, asks: [age]}, wait: visit, attend: {channel: visit, owner: ward, hands-over: {to: lab}}, test: {channel: visit, owner: lab}, look: {channel: web, owner: web}}\npaths: {basic: [look, call, wait, attend, test]}\n", nil},
	{"a step gives what opens the next one, or what its staff uses", ward + "touchpoints: {call: {channel: phone, owner: desk, asks: [age], gives: [account]}, attend: {channel: visit, owner: ward, requires: [account], asks: [weight], gives: [slip], hands-over: {to: desk}}, test: {channel: visit, owner: lab, uses: [slip]}, look: {channel: web, owner: web}}\npaths: {basic: [call, attend, test, look]}\n", nil},
	{"who had met only the department's poster is new to it", ward + "touchpoints: {poster: {channel: sign, owner: ward}, call: {channel: phone, owner: desk, asks: [age], hands-over: {to: lab}}, attend: {channel: visit, owner: ward}, test: {channel: print, owner: lab}, look: {channel: web, owner: web}}\npaths: {basic: [poster, call, attend, test, look]}\n", []string{
		"silent-hand-off paths.basic"}},
	{"who is known by what they bring", ward + "touchpoints: {form: {channel: web, owner: web, asks: [age], gives: [booking], hands-over: {to: desk}}, check-in: {channel: counter, owner: desk, requires: [booking]}, attend: {channel: visit, owner: ward}, test: {channel: print, owner: lab}}\npaths: {basic: [form, check-in, attend, test]}\n", []string{
		"silent-hand-off paths.basic"}},
	{"who is known by what they are given", ward + "touchpoints: {form: {channel: web, owner: web, asks: [age], hands-over: {to: desk}}, check-in: {channel: counter, owner: desk, gives: [number]}, attend: {channel: visit, owner: ward}, show: {channel: sign, owner: lab, requires: [number]}}\npaths: {basic: [form, check-in, attend, show]}\n", []string{
		"silent-hand-off paths.basic"}},
	{"a machine that uses what was told elsewhere", ward + "touchpoints: {call: {channel: phone, owner: desk, asks: [age], hands-over: {to: lab}}, print: {channel: web, owner: web, uses: [age]}, test: {channel: sign, owner: lab}, end: {channel: sign, owner: ward}}\npaths: {basic: [call, print, test, end]}\n", []string{
		"silent-hand-off paths.basic"}},
	{"a department keeps from another what it knows at many places", ward + `touchpoints: {call: {channel: phone, owner: desk, asks: [age]}, chat: {channel: chat, owner: desk, asks: [age]}, attend: {channel: visit, owner: ward, hands-over: {to: lab}}, home: {channel: home-visit, owner: ward}, test: {channel: print, owner: lab}, look: {channel: web, owner: web}}
paths: {basic: [look, call, attend, test], alternative: {o: {instead-of: call, steps: [chat]}, h: {instead-of: attend, steps: [home]}}}
`, []string{"silent-hand-off paths.basic"}},
}

// goalsOf is the head of journeys on goals.
const goalsOf = "corridor: 1\ntitle: x\ndepartments: {desk: {goals: [speed, sales]}, ward: {goals: [health]}, lab: }\n"

var goalCases = []ruleCase{
	{"whichever comes first", goalsOf + "touchpoints: {a: {owner: desk, measures: {speed: , sales: }}, b: {owner: ward, measures: {health: }}, c: {owner: desk}, d: {owner: lab}}\npaths: {basic: [a, b, c, d]}\n", []string{
		"no-shared-goal paths.basic"}},
	{"one of several goals is shared", strings.Replace(goalsOf, "[health]", "[health, sales]", 1) + "touchpoints: {a: {owner: desk, measures: {speed: , sales: }}, b: {owner: ward, measures: {health: }}, c: {owner: lab}}\npaths: {basic: [a, b, c]}\n", nil},
	{"one has no goals", goalsOf + "touchpoints: {a: {owner: desk, measures: {speed: , sales: }}, b: {owner: lab}, c: {owner: ward, measures: {health: }}}\npaths: {basic: [a, b, c]}\n", nil},
	{"nobody takes over from what people tell each other", goalsOf + "touchpoints: {a: {channel: word-of-mouth, owner: desk}, b: {owner: ward, measures: {health: }}, c: {owner: lab}, d: {owner: desk, measures: {speed: , sales: }}}\npaths: {basic: [a, b, c, d]}\n", nil},
	{"nobody goes from the one to the other", goalsOf + `customers: {x: , y: }
touchpoints: {a: {owner: desk, measures: {speed: , sales: }}, b: {owner: ward, measures: {health: }}, c: {owner: lab}, d: {owner: lab}}
paths: {basic: [c, d], alternative: {o: {instead-of: c, steps: [a], customers: [x]}, p: {instead-of: d, steps: [b], customers: [y]}}}
`, nil},
}

// mishapsOf is the head of journeys on which something goes wrong.
const mishapsOf = "corridor: 1\ntitle: x\ndepartments: {desk: {authority: [rebook]}, ward: {authority: [discharge]}}\n"

var mishapCases = []ruleCase{
	{"each exception by itself", "corridor: 1\ntitle: x\ntouchpoints: {call: {exceptions: {busy: , wrong-number: {chance: 1%}, deaf: {reaction: {then: leave}}}}}\npaths: {basic: [call]}\n", []string{
		"no-reaction touchpoints.call.exceptions.busy", "no-reaction touchpoints.call.exceptions.wrong-number"}},
	{"an imported touchpoint is shown where the file names it", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml]\ntouchpoints: {attend: visit, sms: sms}\npaths: {basic: [attend], optional: {o: {after: attend, steps: [sms, call]}}}\n-- b.yaml --\ncorridor: 1\ntitle: b\ntouchpoints: {call: {exceptions: {busy: }}, chat: {exceptions: {down: }}}\n", []string{
		"no-reaction paths.optional.o"}},
	{"a library is no journey", "corridor: 1\ntitle: x\ntouchpoints: {call: {exceptions: {busy: }}}\n", nil},
	{"where only a reaction leads", "corridor: 1\ntitle: x\ntouchpoints: {call: {exceptions: {busy: {reaction: {steps: [chat], then: leave}}}}, chat: {exceptions: {down: {reaction: {steps: [chat, mail], then: leave}}}}, mail: {exceptions: {lost: }}}\npaths: {basic: [call]}\n", []string{
		"no-reaction touchpoints.mail.exceptions.lost"}},
	{"where only a reaction leads into a library", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml]\ntouchpoints: {call: {exceptions: {busy: {reaction: {steps: [chat], then: leave}}}}}\npaths: {basic: [call]}\n-- b.yaml --\ncorridor: 1\ntitle: b\ntouchpoints: {chat: {exceptions: {down: {reaction: {steps: [mail], then: leave}}}}, mail: {exceptions: {lost: }}}\n", []string{
		"no-reaction touchpoints.call.exceptions.busy.reaction.steps"}},
	{"what nothing passes is only unused", "corridor: 1\ntitle: x\ntouchpoints: {call: , chat: {exceptions: {down: }}}\npaths: {basic: [call]}\n", []string{"unused-name touchpoints.chat"}},
	{"nobody has begun to learn", "corridor: 1\ntitle: x\ntouchpoints: {call: {exceptions: {busy: {reaction: {then: retry}}}}}\npaths: {basic: [call]}\n", nil},
	{"only a library has learned", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml]\ntouchpoints: {call: {exceptions: {busy: {reaction: {then: retry}}}}}\npaths: {basic: [call, chat]}\n-- b.yaml --\ncorridor: 1\ntitle: b\ntouchpoints: {chat: {exceptions: {down: {reaction: {then: retry}, preaction: {does: x}}}}}\n", nil},
	{"who does not react has taught nothing either, which is said once", "corridor: 1\ntitle: x\ntouchpoints: {call: {exceptions: {busy: , cut: {preaction: {does: x}}, slow: {reaction: {then: retry}}}}}\npaths: {basic: [call]}\n", []string{
		"no-reaction touchpoints.call.exceptions.busy", "no-reaction touchpoints.call.exceptions.cut", "open-cycle touchpoints.call.exceptions.slow"}},
	{"a mistake elsewhere hides none", "corridor: 1\ntitle: x\ntouchpoints: {call: {exceptions: {busy: }, ownr: x}}\npaths: {basic: [call]}\n", []string{
		"no-reaction touchpoints.call.exceptions.busy", "unknown-key touchpoints.call.ownr"}},
}

var authorityCases = []ruleCase{
	{"who reacts may, the owner may not", mishapsOf + "touchpoints: {call: {owner: desk, exceptions: {sick: {reaction: {by: ward, authority: discharge, then: leave}}}}, attend: {owner: ward}}\npaths: {basic: [call, attend]}\n", nil},
	{"the owner may, who reacts may not", mishapsOf + "touchpoints: {call: {owner: desk, exceptions: {sick: {reaction: {by: ward, authority: rebook, then: leave}}}}, attend: {owner: ward}}\npaths: {basic: [call, attend]}\n", []string{
		"no-authority touchpoints.call.exceptions.sick.reaction.authority"}},
	{"nobody is said to react", mishapsOf + "touchpoints: {call: {exceptions: {sick: {reaction: {authority: rebook, then: leave}}}}, a: {owner: desk}, b: {owner: ward}}\npaths: {basic: [call, a, b]}\n", nil},
	{"nobody may", "corridor: 1\ntitle: x\ndepartments: {desk: }\ntouchpoints: {call: {owner: desk, exceptions: {sick: {reaction: {authority: rebook, then: leave}}}}}\npaths: {basic: [call]}\n", []string{
		"no-authority touchpoints.call.exceptions.sick.reaction.authority"}},
	{"who reacts is defined nowhere", "corridor: 1\ntitle: x\ndepartments: {desk: }\ntouchpoints: {call: {owner: desk, exceptions: {sick: {reaction: {by: dask, authority: rebook, then: leave}}}}}\npaths: {basic: [call]}\n", []string{
		"undefined-name touchpoints.call.exceptions.sick.reaction.by"}},
}

var slowCases = []ruleCase{
	{"just in time", "corridor: 1\ntitle: x\nneeds: {n: {within: 24h}}\ntouchpoints: {call: {exceptions: {busy: {reaction: {within: 1d, then: retry}}}}}\npaths: {basic: [call]}\n", nil},
	{"the hasty are satisfied before", "corridor: 1\ntitle: x\nneeds: {n: {within: 1h, to: a}, m: {within: 3d}}\ntouchpoints: {a: , b: {exceptions: {busy: {reaction: {within: 1d, then: retry}}}}}\npaths: {basic: [a, b]}\n", nil},
	{"the hasty do not get through at all", "corridor: 1\ntitle: x\ncustomers: {a: {lacks: [cash]}, b: }\nneeds: {n: {within: 1h, customers: [a]}, m: {within: 3d, customers: [b]}}\ntouchpoints: {a: {exceptions: {busy: {reaction: {within: 1d, then: retry}}}}, b: {requires: [cash]}}\npaths: {basic: [a, b]}\n", []string{
		"blocked-customer paths.basic"}},
	{"the most hasty of several needs", "corridor: 1\ntitle: x\nneeds: {n: {within: 3h}, m: {within: 1h}, o: {within: 2h}}\ntouchpoints: {call: {exceptions: {busy: {reaction: {within: 1d, then: retry}}}}}\npaths: {basic: [call]}\n", []string{
		"slow-reaction touchpoints.call.exceptions.busy.reaction.within"}},
	{"no need can be late", "corridor: 1\ntitle: x\ntouchpoints: {call: {exceptions: {busy: {reaction: {within: 52w, then: retry}}}}}\npaths: {basic: [call]}\n", nil},
}

// shop is the head of journeys on what reactions lead to: who lacks cash can
// sit down, and has to order in the app.
const shop = `corridor: 1
title: x
customers: {a: , b: {lacks: [cash]}}
`

var reactionTrapCases = []ruleCase{
	{"who cannot come to it is not led anywhere", shop + "touchpoints: {pay: {requires: [cash], exceptions: {fails: {reaction: {steps: [bank], then: retry}}}}, bank: {requires: [cash]}, card: , end: }\npaths: {basic: [pay, end], alternative: {o: {instead-of: pay, steps: [card]}}}\n", nil},
	{"led through what they cannot pass", shop + "touchpoints: {order: {exceptions: {fails: {reaction: {steps: [bank], then: leave}}}}, bank: {requires: [cash]}}\npaths: {basic: [order]}\n", []string{
		"reaction-trap touchpoints.order.exceptions.fails.reaction"}},
	{"a step of the reaction gives what the next one asks for", shop + "touchpoints: {order: {exceptions: {fails: {reaction: {steps: [machine, bank], then: leave}}}}, machine: {gives: [cash, slip]}, bank: {requires: [cash, slip]}}\npaths: {basic: [order]}\n", nil},
	{"nobody speaks their language there", "corridor: 1\ntitle: x\ncustomers: {a: {speaks: [ar]}}\ntouchpoints: {order: {exceptions: {fails: {reaction: {steps: [bank], then: retry}}}}, bank: {channel: phone, languages: [en]}}\npaths: {basic: [order]}\n", []string{
		"reaction-trap touchpoints.order.exceptions.fails.reaction"}},
	{"an item that only another way gives", "corridor: 1\ntitle: x\ncustomers: {a: , b: {lacks: [cash]}}\ntouchpoints: {order: {exceptions: {fails: {reaction: {steps: [desk], then: retry}}}}, buy: {requires: [cash], gives: [ticket]}, desk: {requires: [ticket]}}\npaths: {basic: [order], optional: {o: {before: order, steps: [buy]}}}\n", []string{
		"reaction-trap touchpoints.order.exceptions.fails.reaction"}},
	{"what the step itself gives is had", "corridor: 1\ntitle: x\ntouchpoints: {order: {gives: [receipt], exceptions: {fails: {reaction: {then: fetch}}}}, wait: , fetch: {requires: [receipt]}}\npaths: {basic: [order, wait, fetch]}\n", nil},
	{"sent to a closed door", shop + "touchpoints: {order: {exceptions: {fails: {reaction: {then: pay}}}}, wait: {requires: [cash]}, pay: {requires: [cash]}, card: , end: }\npaths: {basic: [order, wait, pay, end], alternative: {o: {instead-of: [wait, pay], steps: [card]}}}\n", []string{
		"reaction-trap touchpoints.order.exceptions.fails.reaction"}},
	{"sent to where another way begins", shop + "touchpoints: {order: {exceptions: {fails: {reaction: {then: pay}}}}, pay: {requires: [cash]}, card: , end: }\npaths: {basic: [order, pay, end], alternative: {o: {instead-of: pay, steps: [card]}}}\n", nil},
	{"sent past what they came for", shop + "needs: {n: {to: order}}\ntouchpoints: {order: {exceptions: {fails: {reaction: {then: pay}}}}, wait: , pay: {requires: [cash]}}\npaths: {basic: [order, wait, pay]}\n", nil},
	{"who gets nowhere anyway is not led astray", shop + "touchpoints: {order: {exceptions: {fails: {reaction: {then: pay}}}}, pay: {requires: [cash]}}\npaths: {basic: [order, pay]}\n", []string{"blocked-customer paths.basic"}},
	{"customers who are stuck for several reasons are one finding", "corridor: 1\ntitle: x\ncustomers: {a: {lacks: [hearing]}, b: {lacks: [cash]}, c: {lacks: [cash, hearing]}}\ntouchpoints: {order: {exceptions: {fails: {reaction: {steps: [bank], then: retry}}}}, bank: {requires: [cash, hearing]}}\npaths: {basic: [order]}\n", []string{
		"reaction-trap touchpoints.order.exceptions.fails.reaction"}},
	{"an imported touchpoint leads astray", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml]\ncustomers: {a: {lacks: [cash]}}\npaths: {basic: [order]}\n-- b.yaml --\ncorridor: 1\ntitle: b\ntouchpoints: {order: {exceptions: {fails: {reaction: {steps: [bank], then: retry}}}}, bank: {requires: [cash]}}\n", []string{
		"reaction-trap paths.basic"}},
	{"back to the step, and bound", shop + "touchpoints: {enter: , order: {exceptions: {fails: {reaction: {steps: [bank], then: retry}}}}, bank: {binding: true}, wait: {requires: [cash]}, desk: , end: }\npaths: {basic: [enter, order, wait, end], alternative: {o: {instead-of: [enter, order, wait], steps: [desk]}}}\n", []string{
		"reaction-trap touchpoints.order.exceptions.fails.reaction", "wrong-turn paths.basic"}},
	{"past the step, and bound", shop + "touchpoints: {enter: , order: {exceptions: {fails: {reaction: {steps: [bank], then: continue}}}}, bank: {binding: true}, wait: {requires: [cash]}, desk: , end: }\npaths: {basic: [enter, order, wait, end], alternative: {o: {instead-of: [enter, order, wait], steps: [desk]}}}\n", []string{
		"reaction-trap touchpoints.order.exceptions.fails.reaction", "wrong-turn paths.basic"}},
	{"a file with errors leads nobody anywhere", shop + "touchpoints: {order: {exceptions: {fails: {reaction: {steps: [bank], then: leave}}}}, bank: {requires: [cash], ownr: x}}\npaths: {basic: [order]}\n", []string{
		"unknown-key touchpoints.bank.ownr"}},
}

var viewCases = []ruleCase{
	{"customers like it better than the company", "corridor: 1\ntitle: x\ntouchpoints: {call: {experience: {company: 2, customer: 4}, importance: {customer: 5, company: 1}}}\npaths: {basic: [call]}\n", []string{
		"diverging-view touchpoints.call.experience", "diverging-view touchpoints.call.importance"}},
	{"the company has no view, or only it has", "corridor: 1\ntitle: x\ncustomers: {a: , b: }\ntouchpoints: {call: {experience: {a: 1, b: 5}, importance: {company: 1}}}\npaths: {basic: [call]}\n", nil},
	{"all but two apart", "corridor: 1\ntitle: x\ntouchpoints: {call: {experience: {company: 4, customer: 2.01}}}\npaths: {basic: [call]}\n", nil},
	{"4.1 and 2.1 are two apart", "corridor: 1\ntitle: x\ntouchpoints: {call: {experience: {company: 4.1, customer: 2.1}}}\npaths: {basic: [call]}\n", []string{"diverging-view touchpoints.call.experience"}},
	{"an imported touchpoint that is passed, and one that is not", "-- a.yaml --\ncorridor: 1\ntitle: x\nimports: [b.yaml]\ntouchpoints: {attend: }\npaths: {basic: [attend, call]}\n-- b.yaml --\ncorridor: 1\ntitle: b\ntouchpoints: {call: {experience: {company: 5, customer: 1}, moment-of-truth: true}, chat: {experience: {company: 5, customer: 1}, moment-of-truth: true}}\n", []string{
		"diverging-view paths.basic", "weak-moment paths.basic"}},
	{"a moment that is not quite bad, and a bad one that is none of truth", "corridor: 1\ntitle: x\ntouchpoints: {call: {experience: 2.1, moment-of-truth: true}, attend: {experience: 1}, end: {experience: 1, moment-of-truth: false}}\npaths: {basic: [call, attend, end]}\n", nil},
	{"only the company finds it bad", "corridor: 1\ntitle: x\ntouchpoints: {call: {experience: {company: 1}, moment-of-truth: true}}\npaths: {basic: [call]}\n", nil},
	{"all who find it bad are one finding", "corridor: 1\ntitle: x\ncustomers: {a: , b: }\ntouchpoints: {call: {experience: {customer: 2, a: 1, b: 3}, moment-of-truth: true}}\npaths: {basic: [call]}\n", []string{"weak-moment touchpoints.call.experience"}},
}

var marketCases = []ruleCase{
	{"nothing is said of the market", "corridor: 1\ntitle: x\ntouchpoints: {call: }\npaths: {basic: [call]}\n", nil},
	{"an alternative makes the difference", "corridor: 1\ntitle: x\nmarket: flat\ntouchpoints: {call: , chat: {differentiator: At night}}\npaths: {basic: [call], alternative: {o: {instead-of: call, steps: [chat]}}}\n", nil},
	{"an imported touchpoint makes the difference", "-- a.yaml --\ncorridor: 1\ntitle: x\nmarket: flat\nimports: [b.yaml]\npaths: {basic: [call]}\n-- b.yaml --\ncorridor: 1\ntitle: b\ntouchpoints: {call: {differentiator: At night}}\n", nil},
	{"a touchpoint makes it that this journey does not pass", "-- a.yaml --\ncorridor: 1\ntitle: x\nmarket: flat\nimports: [b.yaml]\ntouchpoints: {call: }\npaths: {basic: [call]}\n-- b.yaml --\ncorridor: 1\ntitle: b\ntouchpoints: {chat: {differentiator: At night}}\n", []string{"no-difference market"}},
	{"a touchpoint on no path may make it, once it is on one", "corridor: 1\ntitle: x\nmarket: flat\ntouchpoints: {call: , chat: {differentiator: At night}}\npaths: {basic: [call]}\n", []string{"unused-name touchpoints.chat"}},
	{"a library is in every market", "corridor: 1\ntitle: x\nmarket: flat\ntouchpoints: {call: }\n", nil},
	{"where the touchpoints are not read, one may make it", "corridor: 1\ntitle: x\nmarket: flat\ntouchpoints: [call]\npaths: {basic: [call]}\n", []string{"wrong-type touchpoints"}},
}

// led is a journey whose reaction leads through a step and on to another.
const led = `corridor: 1
title: x
customers: {a: , b: {lacks: [smartphone]}, c: {lacks: [smartphone]}}
touchpoints:
  order: {exceptions: {fails: {reaction: {steps: [bank, card], then: THEN}}}}
  bank: {binding: BINDS}
  card: {}
  wait: app
  pay: app
  end: {}
  desk: {}
paths: {basic: [order, wait, pay, end], alternative: {o: {instead-of: [wait, pay], steps: [desk]}}}
`

// TestReactionTraps tells those who can turn back from those who are lost.
func TestReactionTraps(t *testing.T) {
	for _, c := range []struct {
		then, binds, lacks string
		want               string
	}{
		{"pay", "false", "smartphone", "warning[reaction-trap]: the reaction to `fails` at `order` leads `b` and `c` on to `pay`, from where they cannot get through"},
		{"pay", "true", "smartphone", "error[reaction-trap]: the reaction to `fails` at `order` leads `b` and `c` on to `pay`, from where they cannot get through (and they cannot turn back)"},
		{"pay", "true", "cognition", "error[reaction-trap]: the reaction to `fails` at `order` leads `b` on to `pay`, from where they cannot get through (and they cannot turn back); `c` to `card`, where they lack `cognition` (and they cannot turn back)"},
		{"leave", "true", "cognition", "error[reaction-trap]: the reaction to `fails` at `order` leads `c` to `card`, where they lack `cognition` (and they cannot turn back)"},
		{"leave", "true", "smartphone", ""},
		{"desk", "true", "smartphone", ""},
		{"retry", "true", "smartphone", ""},
		{"continue", "true", "smartphone", ""},
	} {
		journey := strings.NewReplacer("THEN", c.then, "BINDS", c.binds, "c: {lacks: [smartphone]}", "c: {lacks: ["+c.lacks+"]}", "card: {}", "card: {requires: [cognition]}").Replace(led)
		got := concise(t, run(journey).Findings)
		if _, got, _ = strings.Cut(strings.TrimSuffix(got, "\n"), " "); got != c.want {
			t.Errorf("%s, binding %s, without %s:\ngot  %s\nwant %s", c.then, c.binds, c.lacks, got, c.want)
		}
	}
}

// TestReactionEnds looks at how the end of a reaction is told that names no
// step.
func TestReactionEnds(t *testing.T) {
	const journey = shop + `touchpoints: {enter: , order: {exceptions: {fails: {reaction: {steps: [bank]THEN}}}}, bank: {binding: true}, wait: {requires: [cash]}, desk: , end: }
paths: {basic: [enter, order, wait, end], alternative: {o: {instead-of: [enter, order, wait], steps: [desk]}}}
`
	for then, want := range map[string]string{
		", then: retry":    "leads `b` back to `order`, from where they cannot get through",
		", then: continue": "leads `b` on past `order`, from where they cannot get through",
		", then: leave":    "",
		"":                 "",
	} {
		got := concise(t, run(strings.Replace(journey, "THEN", then, 1)).Findings)
		if !strings.Contains(got, want) || strings.Contains(got, "reaction-trap") != (want != "") {
			t.Errorf("%q: want %q, got\n%s", then, want, got)
		}
	}
}

// TestLimitsOfViews holds the limits of the rules on views to what a team sets.
func TestLimitsOfViews(t *testing.T) {
	o := run("corridor: 1\ntitle: x\ntouchpoints: {call: {experience: {company: 4, customer: 3}, moment-of-truth: true}}\npaths: {basic: [call]}\n")
	for _, c := range []struct {
		rule, limit string
		value       float64
		want        int
	}{
		{"diverging-view", "apart", 2, 0},
		{"diverging-view", "apart", 1, 1},
		{"weak-moment", "score", 2.9, 0},
		{"weak-moment", "score", 3, 1},
	} {
		set := config.Rules{c.rule: {Thresholds: map[string]source.Spanned[float64]{c.limit: {Value: c.value}}}}
		if found := rule.Run(rule.Pass{Journey: o.Journey, Graph: o.Graph, Access: o.Access, Rules: set}); len(found) != c.want {
			t.Errorf("%s of %v: got %s", c.limit, c.value, concise(t, found))
		}
	}
}

// TestHelpNamesWhoMay looks at the words that depend on what else the file
// says, and at the places that explain a finding.
func TestHelpNamesWhoMay(t *testing.T) {
	const journey = mishapsOf + "touchpoints: {call: {owner: desk, exceptions: {sick: {reaction: {authority: discharge, then: leave}}}}, attend: {owner: ward}}\npaths: {basic: [call, attend]}\n"
	found := run(journey).Findings
	if len(found) != 1 || found[0].Help != "Add `discharge` to the `authority` of `desk`, or let `ward` react, who may decide it." {
		t.Errorf("got %+v", found)
	}
	found = run(strings.Replace(journey, "authority: discharge, t", "authority: refund, t", 1)).Findings
	if len(found) != 1 || found[0].Help != "Add `refund` to the `authority` of `desk`, or name under `by` who may decide it." {
		t.Errorf("got %+v", found)
	}
}

// TestTheMostHastyAreNamed holds the deadline that is told to the shortest one
// that the reaction misses.
func TestTheMostHastyAreNamed(t *testing.T) {
	found := run("corridor: 1\ntitle: x\ncustomers: {a: , b: }\nneeds: {n: {within: 3h}, m: {within: 1h}, o: {within: 60m, customers: [b]}, p: {within: 30m, customers: [a], to: first}}\ntouchpoints: {first: , call: {exceptions: {busy: {reaction: {within: 1d, then: retry}}}}}\npaths: {basic: [first, call]}\n").Findings
	const want = "the reaction to `busy` at `call` may take 1d, and `a` (for `m`) and `b` (for `m` and `o`) can wait no longer than 1h"
	if len(found) != 1 || found[0].Message != want {
		t.Errorf("want %s, got\n%s", want, concise(t, found))
	}
}

// TestMeetingsAreShown looks at the places that a finding on two departments
// shows beside its own: each once.
func TestMeetingsAreShown(t *testing.T) {
	for _, c := range []struct {
		paths string
		want  []string
	}{
		{"basic: [a, b, c, d, g, f]", []string{"a: `desk` comes before it", "speed: the goals of `desk`", "health: the goals of `ward`", "c: they meet here too, after `b`", "f: they meet here too, after `g`"}},
		{"basic: [a, b, d, c, f], alternative: {o: {instead-of: c, steps: [g]}}", []string{"a: `desk` comes before it", "speed: the goals of `desk`", "health: the goals of `ward`",
			"f: they meet here too, after `c` or `g`"}},
	} {
		found := run(goalsOf+"touchpoints: {a: {owner: desk, measures: {speed: , sales: }}, b: {owner: ward, measures: {health: }}, c: {owner: desk}, d: {owner: lab}, f: {owner: ward}, g: {owner: desk, involves: none}}\npaths: {"+c.paths+"}\n", "measures").Findings
		if len(found) != 1 {
			t.Error(concise(t, found))
			continue
		}
		var got []string
		for _, r := range found[0].Related {
			got = append(got, r.Span.Text()+": "+r.Message)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// TestHowCustomersRate reads what is said of the scores of several customers.
func TestHowCustomersRate(t *testing.T) {
	for experience, want := range map[string]string{
		"company: 5, customer: 3, a: 1": "the company rates the experience of `call` at 5, but customers rate it at 3 and `a` at 1",
		"a: 1.5, customer: 3":           "`call` is a moment of truth, and `a` rates it at 1.5",
		"b: 2, a: 1, customer: 2":       "`call` is a moment of truth, and `b` rates it at 2, `a` at 1 and customers at 2",
	} {
		found := run("corridor: 1\ntitle: x\ncustomers: {a: , b: }\ntouchpoints: {call: {experience: {" + experience + "}, moment-of-truth: true}}\npaths: {basic: [call]}\n").Findings
		if len(found) == 0 || found[0].Message != want {
			t.Errorf("%s: want %s, got\n%s", experience, want, concise(t, found))
		}
	}
}
