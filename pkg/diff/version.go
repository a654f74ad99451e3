package diff

import (
	"fmt"
	"strings"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/gaps"
	"github.com/customer-corridor/corridor/pkg/model"
)

// version is a version of a file after reading; one that is not there has no
// outcome.
type version struct {
	*check.Outcome
	name string
}

func read(v *Version) version {
	if v == nil {
		return version{}
	}
	return version{v.Check(), v.Name}
}

func (v *Version) name() string {
	if v == nil {
		return ""
	}
	return v.Name
}

// there reports whether there is such a version.
func (v version) there() bool { return v.Outcome != nil }

// sound reports whether who gets through is known, of a journey, and what it
// defines, of a library.
func (v version) sound() bool {
	switch {
	case !v.there() || v.Err != nil || v.Journey == nil || !v.Complete():
		return false
	case v.Journey.Library():
		return !v.Failed()
	}
	return v.Access != nil
}

func (v version) score() *float64 {
	if v.Access == nil {
		return nil
	}
	return &v.Access.Score
}

// language is that of the names that are shown.
func (v version) language() string {
	if v.there() && v.Journey != nil {
		return v.Journey.Language
	}
	return ""
}

func title(v version) string {
	if !v.there() || v.Journey == nil {
		return ""
	}
	return v.Journey.Document.Title.In(v.Journey.Language)
}

// broken notes the versions that are there and not sound. An old version whose
// file was removed need not be: nothing is compared with it.
func (f *File) broken(before, after version) {
	if before.there() && after.there() && !before.sound() {
		f.Broken = append(f.Broken, Broken{Name: before.name, Reasons: before.reasons()})
	}
	if after.there() && !after.sound() {
		f.Broken = append(f.Broken, Broken{New: true, Name: after.name, Reasons: after.reasons()})
	}
}

// reasons says why a version is not sound.
func (v version) reasons() []string {
	if v.Err != nil {
		return strings.Split(v.Err.Error(), "\n")
	}
	const most = 3
	var all []string
	for _, f := range v.Findings {
		if f.Severity == finding.Error || f.Unchecked {
			all = append(all, v.at(f)+": "+f.Message)
		}
	}
	if left := len(all) - most; left > 0 {
		all = append(all[:most], gaps.Counted(left, "more error"))
	}
	if len(all) == 0 {
		all = []string{"the analysis did not come to its end"}
	}
	return all
}

// at is where a finding of a version is: "line 3", with the file where it is
// an imported one.
func (v version) at(f finding.Finding) string {
	switch {
	case f.Span.IsZero():
		return "the file"
	case f.Span.File.Name == v.name:
		return fmt.Sprintf("line %d", f.Span.From().Line)
	}
	return fmt.Sprintf("%s:%d", f.Span.File.Name, f.Span.From().Line)
}

// documents are those of a version: what it imports, and itself.
func (v version) documents() []*model.Document {
	if !v.there() || v.Journey == nil {
		return nil
	}
	return append(append([]*model.Document{}, v.Journey.Imported...), v.Journey.Document)
}
