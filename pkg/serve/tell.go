package serve

import (
	"hash/fnv"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/gaps"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/source"
)

// findingView is a finding as a page tells it.
type findingView struct {
	Severity, Word string
	Place          string
	Message, Help  string
	Rule           string
	Line           *lineView // nil where there is none to show
	Related        []relatedView
}

// relatedView is a second place that explains a finding.
type relatedView struct{ Place, Message string }

// lineView is a line of a file, with the part that a finding is about.
type lineView struct {
	Number              int
	Before, Mark, After string
}

// count is how many findings there are of a severity.
type count struct{ Severity, Text string }

// Number writes a number in the digits of the language.
func (w words) Number(n int) string { return w.digits(strconv.Itoa(n)) }

// findings tells findings, as a check does.
func (w words) findings(all []finding.Finding) []findingView {
	views := make([]findingView, len(all))
	for i, f := range all {
		views[i] = findingView{
			Severity: f.Severity.String(), Word: w.Severity[f.Severity.String()],
			Place: report.Place(f.Span), Message: f.Message, Help: f.Help, Rule: f.Rule, Line: lineOf(f.Span),
		}
		for _, r := range f.Related {
			views[i].Related = append(views[i].Related, relatedView{report.Place(r.Span), r.Message})
		}
	}
	return views
}

func (w words) counts(all []finding.Finding) (list []count) {
	errors, warnings, notes := finding.Count(all)
	for i, n := range []int{errors, warnings, notes} {
		if n > 0 {
			severity := finding.Severities[i].String()
			list = append(list, count{severity, w.Severities[severity] + ": " + w.Number(n)})
		}
	}
	return list
}

// widest is how much of a long line is shown, in characters.
const widest = 100

// lineOf shows the line that a place begins in.
func lineOf(span source.Span) *lineView {
	if span.IsZero() {
		return nil
	}
	from, to := span.From(), span.To()
	line := []rune(strings.TrimRight(span.File.Line(from.Line), "\r\n"))
	start, end := min(from.Column-1, len(line)), len(line)
	if to.Line == from.Line {
		end = min(to.Column-1, len(line))
	}
	skip := max(0, start-widest/2)
	end = min(end, skip+widest)
	return &lineView{
		Number: from.Line,
		Before: report.Visible(string(line[skip:start])),
		Mark:   report.Visible(string(line[start:max(start, end)])),
		After:  report.Visible(string(line[max(start, end):min(len(line), max(start, skip+widest))])),
	}
}

// seen are the outcomes of a journey from which its name and language can be
// known, the latest first.
func (j *journey) seen() (all []*check.Outcome) {
	for _, o := range []*check.Outcome{j.now, j.good} {
		if o != nil {
			all = append(all, o)
		}
	}
	return all
}

// mark changes with the picture, so that a page asks for a new one.
func (h *sheet) mark() string {
	sum := fnv.New64a()
	_, _ = sum.Write(h.picture) // it never fails
	return strconv.FormatUint(sum.Sum64(), 36)
}

// gapsView is who gets through.
type gapsView struct {
	Score, Usual string
	Rows         []gapRow
	InFull       string // as the command gaps tells it
}

// gapRow is one customer with one need.
type gapRow struct {
	Customer, Need string
	State, Word    string
	Detail         string
}

// gaps tells who gets through; nil where that is not known.
func (w words) gaps(h *sheet, a asked) *gapsView {
	if h.gaps == nil {
		return nil
	}
	r := h.gaps
	v := &gapsView{Score: w.share(r.Result.Score)}
	if r.Usual != nil {
		v.Usual = w.Usual + " " + w.share(r.Usual.Score)
	}
	for _, c := range r.Cells {
		row := gapRow{Customer: label(c.Customer.Definition, w.Code), Need: label(c.Need.Definition, w.Code)}
		row.State, row.Detail = stateOf(r.Result, c, a.moment)
		row.Word = w.States[row.State]
		v.Rows = append(v.Rows, row)
	}
	var full strings.Builder
	if err := gaps.Formats[0].Write(&full, *r, gaps.Style{}); err != nil {
		panic(err) // memory does not fail
	}
	v.InFull = full.String()
	return v
}

// stateOf says how a customer fares with a need, and in words why.
func stateOf(r *access.Result, c access.Cell, moment *int) (state, detail string) {
	if !c.Open {
		return "blocked", gaps.Unmarked(gaps.Stopped(r, c))
	}
	late := gaps.Unmarked(gaps.Late(r, c))
	switch {
	case moment != nil && isLate(c, *moment):
		return "now-late", late
	case moment != nil || len(c.Late) == 0:
		return "open", ""
	}
	return "late", late
}

func isLate(c access.Cell, minute int) bool {
	for _, span := range c.Late {
		if span.From <= minute && minute < span.To {
			return true
		}
	}
	return false
}
