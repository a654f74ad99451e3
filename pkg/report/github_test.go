package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// numbered is a report of as many findings of each severity.
func numbered(errors, warnings, notes int) Report {
	r := Report{Files: 1, Complete: true, Names: []string{"a.yaml"}}
	file := source.New("a.yaml", []byte("title: x\n"))
	for i, n := range []int{notes, warnings, errors} { // heavy ones last
		for j := range n {
			r.Findings = append(r.Findings, finding.Finding{
				Rule: "r", Severity: finding.Severity(i), Message: fmt.Sprintf("%v %d.", finding.Severity(i), j),
				Span: source.Span{File: file, Start: 0, End: 5},
			})
		}
	}
	finding.Number(r.Findings)
	return r
}

// TestAnnotations counts the annotations that GitHub would show, of which it
// takes ten of a kind.
func TestAnnotations(t *testing.T) {
	for _, c := range []struct {
		errors, warnings, notes, problems int
		want                              string // error, warning, notice
		closing                           string
	}{
		{1, 2, 3, 0, "1 2 3", ""},
		{10, 10, 10, 0, "10 10 10", ""},
		{11, 0, 0, 0, "10 0 1", "1 more finding is not"},
		{0, 0, 11, 0, "0 0 10", "2 more findings are not"},
		{25, 12, 10, 0, "10 10 10", "18 more findings are not"},
		{10, 0, 0, 1, "10 0 1", "1 more finding is not"},
		{9, 0, 10, 2, "10 0 10", ""},
		{0, 0, 0, 1, "1 0 0", ""},
	} {
		r := numbered(c.errors, c.warnings, c.notes)
		for i := range c.problems {
			r.Problems = append(r.Problems, fmt.Sprintf("problem %d", i))
		}
		out := written(t, githubFormat, r, Style{})
		got := fmt.Sprintf("%d %d %d", strings.Count("\n"+out, "\n::error "),
			strings.Count("\n"+out, "\n::warning "), strings.Count("\n"+out, "\n::notice "))
		if got != c.want {
			t.Errorf("%+v gives %s:\n%s", c, got, out)
		}
		if c.closing == "" && strings.Contains(out, "not annotated") || !strings.Contains(out, c.closing) {
			t.Errorf("%+v does not end so:\n%s", c, out)
		}
		if first := strings.Index(out, "::notice"); first >= 0 && strings.Contains(out[first:], "::error") {
			t.Errorf("errors are not first:\n%s", out)
		}
		for _, f := range r.Findings {
			if !strings.Contains(out, "\na.yaml:1:1: "+f.Severity.String()+"[r]: "+f.Message+"\n") {
				t.Errorf("%s is not in the log", f.Message)
			}
		}
		if !strings.HasSuffix(out, "\n"+r.Verdict()+"\n") {
			t.Errorf("the verdict is not last:\n%s", out)
		}
	}
}

func TestNoCommand(t *testing.T) {
	for text, want := range map[string]string{
		"a::error::b": "a::error::b", "::error::b": ": :error::b", " \t::error::b": ": :error::b", "\u3000::x": ": :x",
		"a ##[error]b": "a # #[error]b", "###[error]": "## #[error]", ":::": ": ::",
	} {
		if got := noCommand(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
