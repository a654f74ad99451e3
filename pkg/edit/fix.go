package edit

import (
	"cmp"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// Fix makes the fixes of findings in one file and returns its text with
// them, and how many were made. A fix that is not wholly in this file, or that
// touches what another one changes, is left out: after a new check there may
// be room for it.
func Fix(file *source.File, findings []finding.Finding) (text []byte, made int) {
	var edits []finding.Edit
	for _, f := range findings {
		if f.Fix == nil || !fits(f.Fix, file, edits) {
			continue
		}
		edits = append(edits, f.Fix.Edits...)
		made++
	}
	return apply(file.Text, edits), made
}

// fits reports whether a fix is in the file and apart from other edits.
func fits(fix *finding.Fix, file *source.File, edits []finding.Edit) bool {
	for _, e := range fix.Edits {
		if e.Span.File == nil || e.Span.File.Name != file.Name {
			return false
		}
		if slices.ContainsFunc(edits, func(o finding.Edit) bool { return e.Span.Start <= o.Span.End && o.Span.Start <= e.Span.End }) {
			return false
		}
	}
	return true
}

// apply returns a text with edits made that are apart from each other.
func apply(text []byte, edits []finding.Edit) []byte {
	slices.SortFunc(edits, func(a, b finding.Edit) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	var out []byte
	at := 0
	for _, e := range edits {
		out = append(append(out, text[at:e.Span.Start]...), e.Text...)
		at = e.Span.End
	}
	return append(out, text[at:]...)
}
