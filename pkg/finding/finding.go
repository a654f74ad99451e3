// Package finding defines what the tool says about a journey: a finding has a
// rule, a place and a sentence. A finding is a value; a Go error means that
// the tool could not do its work.
package finding

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/source"
)

// Severity says how much a finding matters. The order is that of weight.
type Severity int

// The three severities, under the names that SARIF gives them.
const (
	Note Severity = iota
	Warning
	Error
)

// Severities lists all severities from heavy to light.
var Severities = []Severity{Error, Warning, Note}

func (s Severity) String() string {
	return [...]string{"note", "warning", "error"}[s]
}

// ParseSeverity returns the severity of that name.
func ParseSeverity(name string) (Severity, bool) {
	for _, s := range Severities {
		if s.String() == name {
			return s, true
		}
	}
	return Note, false
}

// Descriptor says what a rule is: its id names the defect.
type Descriptor struct {
	ID       string
	Group    string // language, structure, …
	Severity Severity
	Summary  string // one sentence without a final period
	// Optional says that the rule is silent until a team's settings switch
	// it on.
	Optional bool
	// Always says that the rule cannot be switched off, lightened or
	// suppressed: a file with such a mistake does not say what it means.
	Always bool
	// Thresholds are the limits of the rule that settings may change.
	Thresholds []Threshold
}

// Threshold is a limit from which on a rule speaks.
type Threshold struct {
	Name    string
	Default float64
	Unit    Unit
	Summary string // one sentence without a final period
}

// Unit is what the number of a threshold counts.
type Unit int

// The units of thresholds.
const (
	Plain   Unit = iota
	Share        // 1 is the whole; written as 20% or 0.2
	Seconds      // written as a duration: 10m
)

// Finding is one thing that the tool found.
type Finding struct {
	Rule     string
	Severity Severity // set from the rule's descriptor by pkg/check
	Span     source.Span
	// Origin is where an import defines what the finding is about, for one that
	// is shown where the file names it.
	Origin  source.Span
	Message string // a sentence in the words of the domain
	Help    string // what to do next; may be empty
	Subject string // the path in the file, such as touchpoints.call.channel
	// Key tells the finding apart from others of its rule and subject, whatever
	// its words are: a name, a step. May be empty.
	Key string
	// Concerns are those whom it is about, each by itself, such as the customers
	// with a need (`deaf:consult`): about fewer of them it is nothing new.
	Concerns []string
	Related  []Related
	Fix      *Fix // what would put it right without a doubt; nil: nothing would
	// Unchecked says that because of it something was not looked at.
	Unchecked bool
	// Cut says that it stands for others that are not shown.
	Cut bool
	// Fingerprint is the same as long as rule, file, subject, key and concerns
	// are. It is set by Number; two findings of one run never share one.
	Fingerprint string
}

// Related is a second place that explains a finding.
type Related struct {
	Span    source.Span
	Message string
	Step    int // from 1 for a step of the way that a customer goes there; else 0
}

// Fix is a change of the text that puts a finding right.
type Fix struct {
	Title string // a verb phrase that says what is done: replace `chanel` by `channel`
	Edits []Edit // in one file or several; none overlaps another
}

// Edit replaces the bytes of a place by a text.
type Edit struct {
	Span source.Span
	Text string
}

// Limit is how many findings one stage of a check reports on one journey.
const Limit = 1_000

// Append adds a finding to those of a stage as long as there are not too
// many, and says so once there are.
func Append(findings []Finding, f Finding) []Finding { return AppendFrom(0, findings, f) }

// AppendFrom is Append for a stage whose findings begin at a position, after
// those of others.
func AppendFrom(first int, findings []Finding, f Finding) []Finding {
	switch n := len(findings) - first; {
	case n > Limit:
		return findings
	case n == Limit:
		f.Message = fmt.Sprintf("more than %d findings in this file; the rest is not shown", Limit)
		f.Help, f.Related, f.Fix, f.Cut = "Mend some of them and run the check again.", nil, nil, true
	}
	return append(findings, f)
}

// Sort puts findings in the order of their places: file, start, end, rule,
// message. Findings without a place come first.
func Sort(findings []Finding) {
	order := make([]*Finding, len(findings)) // moved instead of the findings, which are large
	for i := range findings {
		order[i] = &findings[i]
	}
	if slices.IsSortedFunc(order, compare) {
		return
	}
	slices.SortStableFunc(order, compare)
	sorted := make([]Finding, len(findings))
	for i, f := range order {
		sorted[i] = *f
	}
	copy(findings, sorted)
}

func compare(a, b *Finding) int {
	if a.Span.File != b.Span.File {
		if c := strings.Compare(fileName(a), fileName(b)); c != 0 {
			return c
		}
	}
	if c := cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End)); c != 0 {
		return c
	}
	return cmp.Or(strings.Compare(a.Rule, b.Rule), strings.Compare(a.Message, b.Message))
}

func fileName(f *Finding) string {
	if f.Span.IsZero() {
		return ""
	}
	return f.Span.File.Name
}

// Number gives each finding its fingerprint: a hash of rule, file, subject,
// key and concerns, without list positions, so that moved lines and reworded
// messages keep it. Findings that share all of them are told apart by their
// order.
func Number(findings []Finding) {
	seen := make(map[uint64]int, len(findings))
	h, buffer := fnv.New64a(), []byte(nil)
	for i := range findings {
		buffer = findings[i].appendIdentity(buffer[:0])
		for _, c := range findings[i].Concerns {
			buffer = append(append(buffer, 0), c...)
		}
		h.Reset()
		h.Write(buffer)
		seen[h.Sum64()]++
		h.Write(strconv.AppendInt(append(buffer[:0], 0), int64(seen[h.Sum64()]), 10))
		findings[i].Fingerprint = hex.EncodeToString(h.Sum(buffer[:0]))
	}
}

// Members returns, for each of those whom a finding concerns, a hash that is
// the same as long as rule, file, subject, key and this one are.
func (f *Finding) Members() []string {
	all := make([]string, len(f.Concerns))
	for i, c := range f.Concerns {
		h := fnv.New64a()
		h.Write(append(append(f.appendIdentity(nil), 0), c...))
		all[i] = hex.EncodeToString(h.Sum(nil))
	}
	return all
}

// appendIdentity appends what makes a finding the same in another version of
// its file.
func (f *Finding) appendIdentity(to []byte) []byte {
	to = append(append(to, f.Rule...), 0)
	if !f.Span.IsZero() {
		to = append(to, f.Span.File.Path...)
	}
	to = append(append(to, 0), withoutNumbers(f.Subject)...)
	if f.Key != "" {
		to = append(append(to, 0), f.Key...)
	}
	return to
}

// withoutNumbers takes the positions in lists out of a path: a[3].b is a[].b.
func withoutNumbers(subject string) string {
	if strings.IndexByte(subject, '[') < 0 {
		return subject
	}
	var b strings.Builder
	inside := false
	for _, c := range subject {
		if inside = inside && c != ']' || c == '['; !inside || c == '[' {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// Count tells how many findings there are of each severity.
func Count(findings []Finding) (errors, warnings, notes int) {
	for _, f := range findings {
		switch f.Severity {
		case Error:
			errors++
		case Warning:
			warnings++
		case Note:
			notes++
		}
	}
	return errors, warnings, notes
}
