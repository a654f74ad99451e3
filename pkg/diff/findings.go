package diff

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// fingerprints returns, for each finding, what it is known by in another
// version of the same file. Those that pkg/check gave do not do, since the path
// of the file is part of them, and a file that was moved is one here.
func fingerprints(all []finding.Finding) []string {
	unplaced := slices.Clone(all)
	for i := range unplaced {
		unplaced[i].Span = source.Span{}
	}
	finding.Number(unplaced)
	prints := make([]string, len(unplaced))
	for i, f := range unplaced {
		prints[i] = f.Fingerprint
	}
	return prints
}

// findings returns those that came and those that went. Where a version is
// broken not everything was looked for, so only its own are told: what a
// version that was mended has more is no news.
func (c *comparison) findings(before, after version, broken []Broken) (opened, closed []Finding) {
	came, went := compared(before, after, broken)
	return after.placed(once(came, c.opened)), before.placed(once(went, c.closed))
}

func (v version) placed(all []finding.Finding) []Finding {
	var placed []Finding
	for _, f := range all {
		placed = append(placed, Finding{f, v.at(f)})
	}
	return placed
}

func compared(before, after version, broken []Broken) (came, went []finding.Finding) {
	var was, is []finding.Finding
	if before.there() {
		was = before.Findings
	}
	if after.there() {
		is = after.Findings
	}
	came, went = unknown(is, was), unknown(was, is)
	for _, b := range broken {
		if b.New {
			went = nil
		} else {
			came = nil
		}
	}
	return came, went
}

// unknown returns the findings that are not among others.
func unknown(all, others []finding.Finding) []finding.Finding {
	known := map[string]bool{}
	for _, p := range fingerprints(others) {
		known[p] = true
	}
	var left []finding.Finding
	for i, p := range fingerprints(all) {
		if !known[p] {
			left = append(left, all[i])
		}
	}
	return left
}

// place tells findings of a run apart; one in a library is found in each
// journey that imports it.
type place struct {
	rule, message, file string
	start, end          int
}

// once keeps the findings that were not told of another file.
func once(all []finding.Finding, told map[place]bool) []finding.Finding {
	var kept []finding.Finding
	for _, f := range all {
		p := place{rule: f.Rule, message: f.Message, start: f.Span.Start, end: f.Span.End}
		if !f.Span.IsZero() {
			p.file = f.Span.File.Name
		}
		if !told[p] {
			told[p] = true
			kept = append(kept, f)
		}
	}
	return kept
}
