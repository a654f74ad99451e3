package rule

import (
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var noPromise = judgement("roles", "no-promise", finding.Note,
	"a department that customers meet promises nothing", checkNoPromise)

// checkNoPromise asks each department for one promise: its own, or that of any
// of its touchpoints.
func checkNoPromise(p *Pass) {
	departments := p.Journey.Document.Departments
	if !p.begun(promises) && (p.Access == nil || !slices.ContainsFunc(departments, func(d *model.Department) bool { return !d.Promise.Empty() })) {
		return
	}
	promised := map[string]bool{}
	for _, t := range p.Journey.Touchpoints {
		if promises(t) {
			promised[t.Owner.Value] = true
		}
	}
	for _, o := range p.byOwner(func(t *model.Touchpoint) bool { return !hearsay(t) }) {
		if o.by.Promise.Empty() && !promised[o.by.ID.Value] {
			p.reportPromiseless(o)
		}
	}
}

func promises(t *model.Touchpoint) bool { return !t.Promise.Empty() }

func (p *Pass) reportPromiseless(o owned) {
	f := p.on(o.at[0])
	if p.ours(o.by.ID) {
		f = finding.Finding{Span: o.by.ID.Span, Subject: "departments." + o.by.ID.Value}
	}
	f.Message = fmt.Sprintf("%s promises customers nothing, neither as a department nor at %s",
		finding.Quote(o.by.ID.Value), touchpoints(o.at, "or"))
	f.Help = "Write what customers can count on as the `promise` of the department, or of the touchpoint where it matters most."
	p.report(f)
}
