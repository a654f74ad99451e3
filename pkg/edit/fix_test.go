package edit_test

import (
	"testing"

	"github.com/customer-corridor/corridor/pkg/edit"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// TestFix holds that fixes are made wholly or not at all, and that of two that
// touch each other the first is made.
func TestFix(t *testing.T) {
	file, other := source.New("a", []byte("one two three")), source.New("b", []byte("one"))
	at := func(start, end int, text string) finding.Edit {
		return finding.Edit{Span: source.Span{File: file, Start: start, End: end}, Text: text}
	}
	fix := func(edits ...finding.Edit) finding.Finding { return finding.Finding{Fix: &finding.Fix{Edits: edits}} }
	for _, c := range []struct {
		name     string
		findings []finding.Finding
		want     string
		made     int
	}{
		{"none", []finding.Finding{{}}, "one two three", 0},
		{"two, in any order", []finding.Finding{fix(at(8, 13, "drei")), fix(at(0, 3, "eins"))}, "eins two drei", 2},
		{"several edits", []finding.Finding{fix(at(0, 4, ""), at(7, 13, ""))}, "two", 1},
		{"one in the other", []finding.Finding{fix(at(0, 7, "x")), fix(at(4, 7, "y"))}, "x three", 1},
		{"side by side", []finding.Finding{fix(at(0, 3, "x")), fix(at(3, 4, "y"))}, "x two three", 1},
		{"twice the same", []finding.Finding{fix(at(0, 3, "x")), fix(at(0, 3, "x"))}, "x two three", 1},
		{"partly in another file", []finding.Finding{fix(at(0, 3, "x"), finding.Edit{Span: source.Span{File: other, End: 3}})}, "one two three", 0},
		{"the same file, read again", []finding.Finding{fix(finding.Edit{Span: source.Span{File: source.New("a", file.Text), End: 3}, Text: "x"})}, "x two three", 1},
	} {
		text, made := edit.Fix(file, c.findings)
		if string(text) != c.want || made != c.made {
			t.Errorf("%s: got %q, %d made; want %q, %d", c.name, text, made, c.want, c.made)
		}
	}
}
