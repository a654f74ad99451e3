package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var noAuthority = judgement("care", "no-authority", finding.Warning,
	"the front line that must react may not decide it", checkNoAuthority)

func checkNoAuthority(p *Pass) {
	var holders map[string][]string // authority → who has it
	p.mishaps(func(e model.Exception) bool { return e.Reaction != nil && e.Reaction.Authority.Given() }, func(m mishap) {
		d, needed := p.reactor(m), m.Reaction.Authority
		if d == nil || has(d.Authority, needed.Value) {
			return
		}
		if holders == nil {
			holders = p.authorities()
		}
		p.reportAuthority(m, d, holders[needed.Value])
	})
}

func (p *Pass) authorities() map[string][]string {
	all := map[string][]string{}
	for _, d := range p.Journey.Departments {
		for _, a := range d.Authority {
			all[a.Value] = append(all[a.Value], d.ID.Value)
		}
	}
	return all
}

func (p *Pass) reportAuthority(m mishap, d *model.Department, holders []string) {
	needed, who := finding.Quote(m.Reaction.Authority.Value), finding.Quote(d.ID.Value)
	f := p.inside(m.passing, m.Reaction.Authority.Span, exceptionKey(m.Exception)+".reaction.authority")
	f.Message = fmt.Sprintf("%s must react to %s, and may not decide %s", who, m.name(), needed)
	f.Help = fmt.Sprintf("Add %s to the `authority` of %s, or name under `by` who may decide it.", needed, who)
	if len(holders) > 0 {
		f.Help = fmt.Sprintf("Add %s to the `authority` of %s, or let %s react, who may decide it.", needed, who, list(quoted(holders), "or"))
	}
	f.Related = append(f.Related, finding.Related{Span: d.ID.Span, Message: "what it may decide is said here"})
	p.report(f)
}
