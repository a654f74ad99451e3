package report

import (
	"regexp"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// TestMarkdownIsLimited checks that a comment stays short and shows the heavy
// findings.
func TestMarkdownIsLimited(t *testing.T) {
	r := numbered(3, 0, 2000)
	out := written(t, markdownFormat, r, Style{})
	holds(t, markdownFormat, out)
	if n := strings.Count(out, "\n- "); n != mostInMarkdown {
		t.Errorf("%d findings are shown", n)
	}
	if strings.Count(out, "**error**") != 3 || !strings.Contains(out, "… and 1943 more findings;") {
		t.Errorf("errors are left out, or not said what is left out:\n%s", out)
	}
	long := strings.Repeat("@#:", 10_000)
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Message, f.Help, f.Rule = long, long, long
		f.Related = append(f.Related, finding.Related{Message: long}, finding.Related{Message: long})
	}
	for range 1000 {
		r.Problems = append(r.Problems, long)
	}
	holds(t, markdownFormat, written(t, markdownFormat, r, Style{}))
}

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"there is no touchpoint `الاستقبال`", "there is no touchpoint `الاستقبال`"},
		{"*a* _b_ ~~c~~ [d](e) <f> &amp; g|h \\", `\*a\* \_b\_ \~\~&#8203;c\~\~ \[d\](e) &lt;f&gt; &amp;&#8203;amp; g\|h \\`},
		{"@ops #12 org/repo#3 !4 GH-5 a@b.c :+1:", `@&#8203;ops \#&#8203;12 org/repo\#&#8203;3 !&#8203;4 GH-&#8203;5 a@&#8203;b.c :&#8203;+1:`},
		{"from 8:30 to 12:00, :100: 1:a", "from 8:30 to 12:00, :&#8203;100: 1:&#8203;a"},
		{"see https://x.y www.x.y", "see https:&#8203;//x.y www&#8203;.x.y"},
		{"# x", `\# x`},
		{"- x", `\- x`}, {"1. x", `1\. x`}, {"12) x", `12\) x`}, {"+ x", `\+ x`}, {"=== x", `\=== x`}, {"/close", `\/close`}, {"> x", "&gt; x"},
		{"1 - x", "1 - x"}, {"a - x", "a - x"},
		{"    code", "code"},
		{"an odd ` one", "an odd \\` one"},
		{"`a|b` and `` and ` x `", "<code>a\\|b</code> and <code></code> and <code> x </code>"},
		{"`<b>@x #1 www.a.b`", "`<b>@x #1 www.a.b`"},
		{"a\nb\u202ec", "a␊b⟨U+202E⟩c"},
		{"", ""},
	} {
		if got := Markdown(c.text); got != c.want {
			t.Errorf("%q becomes\n%s, want\n%s", c.text, got, c.want)
		}
		inert(t, c.text)
	}
}

// reads are the parts of Markdown that show what they are: code, escapes, and
// the elements that Markdown writes itself.
var reads = regexp.MustCompile("`[^`|]+`|\\\\[!-/:-@\\[-`{-~]|&(#8203|amp|lt|gt);|</?code>")

// active is what could be markup in the rest: its signs, and what GitHub links
// by itself.
var active = regexp.MustCompile("[\\\\`*_~$\\[\\]|<>&]|#|[@!%][\\pL\\pN\"_/+-]|:[0-9]*[\\pL\"_/+-]|:[0-9]+:|(?i:www\\.)|(?i:gh-)[0-9]|^ *([-+=/]|[0-9]+[.)])|^ {4}")

// inert checks that no part of a text is markup.
func inert(t *testing.T, text string) {
	t.Helper()
	out := Markdown(text)
	if rest := reads.ReplaceAllString(out, "\x00"); active.MatchString(rest) || strings.Contains(out, "\n") {
		t.Errorf("%q becomes %q, in which %q may be markup", text, out, active.FindString(rest))
	}
}
