package diff

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// findings returns those that came and those that went. Where a version is
// broken not everything was looked for, so only its own are told: what a
// version that was mended has more is no news.
func (c *comparison) findings(before, after version, broken []Broken, renamed renamings) (opened, closed []Finding) {
	came, went := compared(before, after, broken, renamed)
	return after.placed(once(came, c.opened)), before.placed(once(went, c.closed))
}

func (v version) placed(all []finding.Finding) []Finding {
	var placed []Finding
	for _, f := range all {
		placed = append(placed, Finding{f, v.at(f)})
	}
	return placed
}

func compared(before, after version, broken []Broken, renamed renamings) (came, went []finding.Finding) {
	var was, is []finding.Finding
	if before.there() {
		was = before.Findings
	}
	if after.there() {
		is = after.Findings
	}
	then, now := prints(was, renamed), prints(is, nil)
	came, went = unknown(is, now, then), unknown(was, then, now)
	for _, b := range broken {
		if b.New {
			went = nil
		} else {
			came = nil
		}
	}
	return came, went
}

// print is what a finding is known by in another version of its file: itself,
// and those whom it concerns.
type print struct {
	whole   string
	members []string
}

// prints returns those of all findings, as if renamed things had their new ids
// already. The fingerprints of pkg/check do not do, since the path of the file
// is part of them, and a file that was moved is one here.
func prints(all []finding.Finding, renamed renamings) []print {
	alike := slices.Clone(all)
	for i := range alike {
		renamed.finding(&alike[i])
		alike[i].Span = source.Span{}
	}
	finding.Number(alike)
	list := make([]print, len(alike))
	for i := range alike {
		list[i] = print{alike[i].Fingerprint, alike[i].Members()}
	}
	return list
}

// unknown returns the findings that are not among others: neither they nor all
// those whom they concern.
func unknown(all []finding.Finding, own, others []print) []finding.Finding {
	known := map[string]bool{}
	for _, p := range others {
		known[p.whole] = true
		for _, m := range p.members {
			known[m] = true
		}
	}
	var left []finding.Finding
	for i, p := range own {
		strange := func(member string) bool { return !known[member] }
		if !known[p.whole] && (len(p.members) == 0 || slices.ContainsFunc(p.members, strange)) {
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
