// Package baseline keeps the findings that a team has set aside for now, so
// that a check tells only what is new. A finding is known by its fingerprint,
// which outlives moved lines, other words and translations; where it concerns
// several customers, by each of them.
package baseline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// FileName is the usual name of a baseline, beside the settings.
const FileName = ".corridor-baseline.json"

// version is that of the file's form.
const version = 1

// Baseline is a set of findings.
type Baseline struct {
	Version int `json:"version"`
	// Findings are sorted by file, rule, subject and fingerprint.
	Findings []Entry `json:"findings"`
}

// Entry is one finding. All but fingerprint, members and severity is for those
// who read the file.
type Entry struct {
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	Severity    string `json:"severity"`
	File        string `json:"file"` // relative to the workspace
	Subject     string `json:"subject"`
	Message     string `json:"message"` // as it was when it was set aside
	// Members stand for those whom the finding concerns, see [finding.Finding.Members].
	Members []string `json:"members,omitempty"`
}

// Of returns the baseline of findings, which must be numbered.
func Of(findings []finding.Finding) *Baseline {
	b := &Baseline{Version: version, Findings: []Entry{}}
	for _, f := range findings {
		e := Entry{Fingerprint: f.Fingerprint, Rule: f.Rule, Severity: f.Severity.String(), Subject: f.Subject, Message: f.Message, Members: f.Members()}
		if !f.Span.IsZero() {
			e.File = f.Span.File.Path
		}
		b.Findings = append(b.Findings, e)
	}
	slices.SortFunc(b.Findings, func(x, y Entry) int {
		return cmp.Or(strings.Compare(x.File, y.File), strings.Compare(x.Rule, y.Rule), strings.Compare(x.Subject, y.Subject), strings.Compare(x.Fingerprint, y.Fingerprint))
	})
	return b
}

// Parse reads the file of a baseline, strictly: one that is misread would
// hide what it should not.
func Parse(data []byte) (*Baseline, error) {
	b := &Baseline{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(b); err != nil {
		return nil, errors.New("it is no baseline; `corridor baseline write` makes one")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something stands behind its end; `corridor baseline write` makes it anew")
	}
	if b.Version != version {
		return nil, fmt.Errorf("it is of version %d, which this program does not know", b.Version)
	}
	if b.Findings == nil {
		return nil, errors.New("it has no list of findings; `corridor baseline write` makes it anew")
	}
	for _, e := range b.Findings {
		if _, ok := finding.ParseSeverity(e.Severity); e.Fingerprint == "" || !ok {
			return nil, errors.New("an entry of it has no fingerprint or severity; `corridor baseline write` makes it anew")
		}
	}
	return b, nil
}

// Text is the baseline as a file.
func (b *Baseline) Text() []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(b); err != nil {
		panic(err) // it holds nothing but strings and a number
	}
	return out.Bytes()
}

// Split returns the findings that are not in the baseline or have become
// graver, and the entries of the baseline of which there is no finding any
// more. Those that firm reports are never set aside.
func (b *Baseline) Split(findings []finding.Finding, firm func(finding.Finding) bool) (fresh []finding.Finding, gone []Entry) {
	known := b.known()
	met := prints(findings)
	for _, f := range findings {
		if !known.has(f) || firm(f) {
			fresh = append(fresh, f)
		}
	}
	for _, e := range b.Findings {
		if !e.isMet(met) {
			gone = append(gone, e)
		}
	}
	return fresh, gone
}

// set says how grave what is set aside was.
type set map[string]finding.Severity

func (b *Baseline) known() set {
	known := make(set, len(b.Findings))
	for _, e := range b.Findings {
		severity, _ := finding.ParseSeverity(e.Severity)
		known[e.Fingerprint] = severity
		for _, m := range e.Members {
			known[m] = max(severity, known[m])
		}
	}
	return known
}

// has reports whether a finding is set aside: itself, or each of those whom it
// concerns.
func (s set) has(f finding.Finding) bool {
	covers := func(print string) bool {
		severity, ok := s[print]
		return ok && f.Severity <= severity
	}
	if covers(f.Fingerprint) {
		return true
	}
	members := f.Members()
	return len(members) > 0 && !slices.ContainsFunc(members, func(m string) bool { return !covers(m) })
}

// prints are all by which findings are known.
func prints(findings []finding.Finding) map[string]bool {
	met := make(map[string]bool, len(findings))
	for _, f := range findings {
		met[f.Fingerprint] = true
		for _, m := range f.Members() {
			met[m] = true
		}
	}
	return met
}

// isMet reports whether something of an entry is still found.
func (e Entry) isMet(met map[string]bool) bool {
	return met[e.Fingerprint] || slices.ContainsFunc(e.Members, func(m string) bool { return met[m] })
}

// Without returns the baseline without some entries, and without those members
// of the others that the findings do not concern any more.
func (b *Baseline) Without(gone []Entry, findings []finding.Finding) *Baseline {
	out := make(map[string]bool, len(gone))
	for _, e := range gone {
		out[e.Fingerprint] = true
	}
	met := prints(findings)
	kept := &Baseline{Version: b.Version, Findings: []Entry{}}
	for _, e := range b.Findings {
		if !out[e.Fingerprint] {
			if e.isMet(met) {
				e.Members = slices.DeleteFunc(slices.Clone(e.Members), func(m string) bool { return !met[m] })
			}
			kept.Findings = append(kept.Findings, e)
		}
	}
	return kept
}
