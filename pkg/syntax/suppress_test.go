package syntax_test

import (
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

const head = "corridor: 1\ntitle: x\n"

// scopeCases are files with one comment, and the text of the element that it
// speaks of; "*" is the whole file, "" no comment at all.
var scopeCases = []struct{ name, text, want string }{
	{"above a definition", "touchpoints:\n  # corridor: ignore[trap]\n  call:\n    channel: phone\n    takes: 5m\n  sms: sms\n", "call:\n    channel: phone\n    takes: 5m"},
	{"beside a definition", "touchpoints:\n  call: # corridor: ignore[trap]\n    channel: phone\n  sms: sms\n", "call: # corridor: ignore[trap]\n    channel: phone"},
	{"beside a value", "touchpoints:\n  call:\n    channel: phone # corridor: ignore[trap]\n    takes: 5m\n", "channel: phone"},
	{"above other comments", "touchpoints:\n  # corridor: ignore[trap]\n  # more\n  call: phone\n  sms: sms\n", "call: phone"},
	{"above a blank line", "touchpoints:\n  call: phone\n  # corridor: ignore[trap]\n\npaths:\n  basic: [call]\n", "nothing"},
	{"behind a closing bracket", "touchpoints: {\n  call: phone\n} # corridor: ignore[trap]\npaths:\n  basic: [call]\n", "nothing"},
	{"line breaks of CR alone", "touchpoints:\r  # corridor: ignore[trap]\r  call: phone\r  sms: sms\r", "call: phone"},
	{"in a block with an indicator", "description: |1\n   deeper first\n # corridor: file-ignore[trap]\ntouchpoints: {}\n", ""},
	{"commented out", "touchpoints:\n  # # corridor: ignore[trap]\n  call: phone\n", ""},
	{"a flow map on one line", "touchpoints:\n  call: {channel: phone, takes: 5m} # corridor: ignore[trap]\n  sms: sms\n", "call: {channel: phone, takes: 5m}"},
	{"a list entry", "touchpoints: {call: phone, sms: sms}\npaths:\n  basic:\n    - call # corridor: ignore[trap]\n    - sms\n", "call"},
	{"above a list entry", "touchpoints: {call: phone, sms: sms}\npaths:\n  basic:\n    - call\n    # corridor: ignore[trap]\n    - sms\n", "sms"},
	{"a part of a long flow list", "touchpoints: {call: phone, sms: sms}\npaths:\n  basic: [call,\n    sms, # corridor: ignore[trap]\n    call]\n", "sms"},
	{"above a section", "# corridor: ignore[trap]\ntouchpoints:\n  call: phone\n", "touchpoints:\n  call: phone"},
	{"the whole file", "touchpoints:\n  call: phone # corridor: file-ignore[trap]\n", "*"},
	{"behind the last element", "touchpoints:\n  call: phone\n# corridor: ignore[trap]\n", "nothing"},
	{"in a quoted text", "description: \"a # corridor: ignore[trap] b\"\n", ""},
	{"in a block", "description: |\n  a\n  # corridor: ignore[trap]\n  b\ntouchpoints: {}\n", ""},
	{"behind a block", "description: |\n  a\n# corridor: ignore[trap]\ntouchpoints: {}\n", "touchpoints: {}"},
	{"a corridor that was commented out", "# corridor: 1\n# title: old\n", ""},
	{"someone else's word", "# corridor: see the map\n", ""},
	{"CRLF", "touchpoints:\r\n  # corridor: ignore[trap]\r\n  call: phone\r\n  sms: sms\r\n", "call: phone"},
	{"Arabic", "touchpoints:\n  # corridor: ignore[trap] السبب معروف\n  اتصال: phone\n  sms: sms\n", "اتصال: phone"},
}

func TestScopeOfSuppressions(t *testing.T) {
	for _, c := range scopeCases {
		file := source.New("a.corridor.yaml", []byte(head+c.text))
		doc, _ := syntax.Parse(file)
		got := ""
		switch n := len(doc.Suppressions); {
		case n > 1:
			got = "more than one"
		case n == 1 && doc.Suppressions[0].Scope.IsZero():
			got = "*"
		case n == 1:
			if got = doc.Suppressions[0].Scope.Text(); got == "" {
				got = "nothing"
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWordsOfSuppressions(t *testing.T) {
	for _, c := range []struct{ comment, want string }{
		{"# corridor: ignore[trap]", "trap||"},
		{"#corridor:ignore[trap, care ,long-detour]  the lift  opens in May", "trap care long-detour|the lift opens in May|"},
		{"# corridor: ignore[trap] why until=2027-01-31", "trap|why|2027-01-31"},
		{"# corridor: ignore[trap] until=2027-01-31 why", "trap|why|2027-01-31"},
		{"# corridor: ignore[trap] until=31.1.2027", "invalid-value"},
		{"# corridor: ignore[trap] until=2027-02-30", "invalid-value"},
		{"# corridor: ignore[trap] until = 2027-01-31", "invalid-value"},
		{"# corridor: ignore[trap] until:2027-01-31", "invalid-value"},
		{"# corridor: ignore[trap] (Until=2027-01-31)", "invalid-value"},
		{"# corridor: ignore[trap] until=2027-01-31 until=2028-01-31", "invalid-value"},
		{"# corridor: ignore[trap] until the lift opens", "trap|until the lift opens|"},
		{"# corridor: ignore", "invalid-value"},
		{"# corridor: ignore[]", "invalid-value"},
		{"# corridor: ignore[ , ]", "invalid-value"},
		{"# corridor: ignore[trap", "invalid-value"},
		{"# corridor: ignroe[trap]", "invalid-value"},
		{"# corridor: file_ignore[trap]", "invalid-value"},
		{"# note: # corridor: ignore[trap] why", ""},
		{"#corridor", ""},
	} {
		doc, found := syntax.Parse(source.New("a.corridor.yaml", []byte(head+c.comment+"\ndescription: x\n")))
		got := ""
		for _, f := range found {
			got += f.Rule
		}
		for _, s := range doc.Suppressions {
			var names []string
			for _, n := range s.Rules {
				names = append(names, n.Value)
				if n.Span.Text() != n.Value {
					t.Errorf("%s: the place of %s is %q", c.comment, n.Value, n.Span.Text())
				}
			}
			got += strings.Join(names, " ") + "|" + s.Reason + "|"
			if s.Until != nil {
				got += s.Until.Value.Format("2006-01-02")
			}
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.comment, got, c.want)
		}
	}
}
