// Package rule holds the rules: for each a descriptor and a document, and for
// those that read a journey a check, one file each. Rules that speak of the
// text or of the paths themselves are reported where they are found, by
// pkg/syntax, pkg/workspace and pkg/corridor.
package rule

import (
	"embed"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Rule is one thing that is checked. Its id names the defect.
type Rule struct {
	finding.Descriptor
	// Check reports what is wrong with a journey. It is nil for a rule that
	// is reported while reading or building.
	Check func(*Pass)
}

// Pass is what a rule sees of one journey.
type Pass struct {
	Journey *model.Journey
	Graph   *corridor.Graph   // nil for a library, or where there is no basic path
	Access  *access.Result    // nil where the file is broken: then nobody can say who gets through
	Earlier []finding.Finding // what reading and building found
	Rules   config.Rules      // what a team has set
	// Room is where Run may put what it returns; nil: it makes room itself.
	Room []finding.Finding

	rule     *Rule
	findings []finding.Finding
	from     int             // position of the first finding of the rule
	compared int             // names with misspelt ones, so far
	tried    int             // steps on ways that leave something out, so far
	items    map[string]bool // see item; nil before it is asked
	passed   []passing       // see passings; nil before it is asked
	onPath   int             // how many of them are on a path
	parts    *seats          // see seats; nil before it is asked
}

// report adds a finding of the rule, of the severity that is usual for it.
func (p *Pass) report(f finding.Finding) { p.reportAs(p.rule.Severity, f) }

// reportAs adds a finding that is graver or lighter than is usual for the rule.
func (p *Pass) reportAs(s finding.Severity, f finding.Finding) {
	f.Rule, f.Severity = p.rule.ID, p.Rules.Severity(p.rule.ID, s)
	p.findings = finding.AppendFrom(p.from, p.findings, f)
}

// full reports whether the rule has found all that is reported of it.
func (p *Pass) full() bool { return len(p.findings)-p.from > finding.Limit }

// threshold returns a threshold of the rule as it is set.
func (p *Pass) threshold(name string) float64 { return p.Rules.Threshold(p.rule.Descriptor, name) }

// Run runs the rules that are on over a journey and returns what they find,
// rule by rule.
func Run(p Pass) []finding.Finding {
	p.findings = p.Room[:0]
	for _, r := range All {
		if r.Check != nil && p.Rules.On(r.Descriptor) {
			p.rule, p.from = r, len(p.findings)
			r.Check(&p)
		}
	}
	return p.findings
}

// Find returns the rule of that id, or nil.
func Find(id string) *Rule { return byID[id] }

var byID = func() map[string]*Rule {
	m := make(map[string]*Rule, len(All))
	for _, r := range All {
		m[r.ID] = r
	}
	return m
}()

//go:embed docs
var docs embed.FS

// Document returns the document of a rule as Markdown: what is wrong, an
// example with its findings, and how it is put right.
func (r *Rule) Document() string {
	text, err := docs.ReadFile("docs/" + r.ID + ".md")
	if err != nil {
		panic("rule without a document: " + r.ID) // a test holds that each has one
	}
	return string(text)
}
