package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
)

var idleDepartment = judgement("roles", "idle-department", finding.Warning,
	"a department has no part in the journey", checkIdleDepartment)

// checkIdleDepartment looks at the departments of the file itself, as
// unused-name does for all else: those of a library are for others too.
func checkIdleDepartment(p *Pass) {
	if p.Graph == nil || len(p.Journey.Document.Departments) == 0 || len(p.Journey.Document.Unread) > 0 {
		return
	}
	s := p.seats()
	for _, d := range p.Journey.Document.Departments {
		id := d.ID.Value
		if s.meets[id] || s.works[id] || s.walks[id] || p.full() || p.misspelt(id) {
			continue
		}
		p.report(finding.Finding{
			Span: d.ID.Span, Subject: "departments." + id,
			Message: fmt.Sprintf("%s has no part in this journey: it owns nothing, does nothing backstage, is handed nothing and serves nobody", finding.Quote(id)),
			Help:    "Name what it does, as the `owner` of a touchpoint, under `backstage`, `hands-over` or `serves`; otherwise remove it.",
		})
	}
}
