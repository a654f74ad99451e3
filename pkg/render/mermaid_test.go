package render

import (
	"regexp"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

func flowchart(t testing.TB, g *corridor.Graph) string {
	t.Helper()
	var b strings.Builder
	if err := Mermaid(&b, g, Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// mermaidLines is all that a flowchart may hold. A text is letters and what
// means nothing, or codes; no character of ASCII gets in that is not named.
var mermaidLines = func() []*regexp.Regexp {
	const (
		text  = `(?:[^\x00-\x1f!-&*+/:-@\[-` + "`" + `{-\x9f\x{202a}-\x{202e}\x{2066}-\x{2069}]|#\d+;)*`
		label = `"` + text + `(?:<br>` + text + `)?"`
		node  = `(?:start|satisfied|n\d+)`
	)
	var all []*regexp.Regexp
	for _, line := range []string{
		`---`, `title: "(?:[^\x00-\x1f!-&*+/:-@\[-` + "`" + `{-\x9f]|\\U[0-9A-F]{8})*"`, `flowchart (LR|RL)`, `  accTitle: ` + text, `  accDescr: ` + text,
		`  start\(\[` + label + `\]\)`, `  satisfied\(\(\(` + label + `\)\)\)`, `  classDef (basic|alternative|optional) [a-z-]+:[#a-z0-9 ]+`,
		`  subgraph s\d+\[` + label + `\]`, `  end`, ` {2,4}n\d+(\[|\(\[)` + label + `(\]|\]\)):::(basic|alternative|optional)`,
		`  ` + node + ` (==>|-->|-\.->)(\|` + label + `\|)? ` + node,
	} {
		all = append(all, regexp.MustCompile(`^`+line+`$`))
	}
	return all
}()

// plainFlowchart holds a flowchart to its lines.
func plainFlowchart(t testing.TB, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		known := false
		for _, r := range mermaidLines {
			known = known || r.MatchString(line)
		}
		if !known {
			t.Errorf("a flowchart has no line such as %q", line)
		}
	}
}

func TestMermaidHoldsNothingThatActs(t *testing.T) {
	for _, text := range []string{
		`"] --> evil["x`, "`**bold**`", "\"`md`\"", `<img src=x onerror=alert(1)>`, `%%{init: {"theme":"dark"}}%%`, "%% comment", `click n0 "javascript:alert(1)"`,
		"a\nclick n0 call f()", "#quot;#35;#lt;", "ﬂ°°60¶ßb¶ß", "1. one", "1) one", "- one", "www.example.com", "https://example.com", "a@b.c", "$$x^2$$",
		"fa:fa-ban", "style x:#1;", "classDef a:#1;", "---\nconfig:\n  htmlLabels: true\n---", "end", "subgraph", "&#60;b&gt;", "\\U0000003Cb\\n", "موقع (v2.1) \"x\"", "\u202e\u2066\u200f\ufeff",
	} {
		s := newSketch("en", text)
		s.stage(text)
		s.basic(s.touch(text, "web", text), s.touch("Next", "", ""))
		s.path(model.Alternative, "a", 0, 1, s.touch("b"+text, "", ""))
		s.path(model.Optional, "o", 1, 1, s.touch("c", "", text))
		s.tag(1, 0.5, text)
		plainFlowchart(t, flowchart(t, s.done()))
	}
}

func TestMermaidDrawsEveryCorridor(t *testing.T) {
	for _, g := range corridors() {
		text := flowchart(t, g)
		plainFlowchart(t, text)
		boxes := 0
		for _, s := range g.Steps {
			if s.Touchpoint != nil {
				boxes++
			}
		}
		links := len(g.Steps) + len(g.Paths)
		for _, p := range g.Paths {
			if g.Steps[p.First].Touchpoint == nil {
				links-- // the empty way is one link
			}
		}
		if got := strings.Count(text, ":::"); got != boxes {
			t.Errorf("%d boxes, want %d", got, boxes)
		}
		if got := strings.Count(text, "==>") + strings.Count(text, "-->") + strings.Count(text, "-.->"); got != links {
			t.Errorf("%d links, want %d", got, links)
		}
	}
}

func TestMermaidKeepsPlainWordsPlain(t *testing.T) {
	for text, want := range map[string]string{
		"Call":                   "Call",
		"Pays e.g. by card":      "Pays e#46;g. by card",
		"Self-service, (kiosk)":  "Self-service, (kiosk)",
		"The customer's choice.": "The customer's choice.",
		"زيارة الموقع":           "زيارة الموقع",
		"می‌توان":                "می‌توان",
		"50%":                    "50#37;",
		"2. (v2)":                "2#46; (v2#41;",
		`"x"`:                    "#34;x#34;",
		"fa:fa-ban: x":           "fa#58;#8288;fa-ban#58; x",
		"$$x$$":                  "#36;#8288;#36;#8288;x#36;#8288;#36;#8288;",
		"ﬂ°°60¶ß":                "#64258;#8288;°°60#182;#8288;ß",
	} {
		if got := escaped(text, mermaidCode); got != want {
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
	}
}
