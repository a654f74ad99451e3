package rule

import (
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var openCycle = judgement("care", "open-cycle", finding.Note,
	"a reaction has taught no pre-action: it will be needed again", checkOpenCycle)

// checkOpenCycle waits until the file has a pre-action.
func checkOpenCycle(p *Pass) {
	learned := func(e model.Exception) bool { return e.PreAction != nil }
	if !p.uses(func(t *model.Touchpoint) bool { return slices.ContainsFunc(t.Exceptions, learned) }) {
		return
	}
	open := func(e model.Exception) bool { return e.Reaction != nil && !learned(e) }
	p.mishaps(open, func(m mishap) {
		f := p.inside(m.passing, m.Exception.ID.Span, exceptionKey(m.Exception))
		f.Message = fmt.Sprintf("the reaction to %s has taught no pre-action", m.name())
		f.Help = "Say under `preaction` what keeps it from happening again, and who does that."
		p.report(f)
	})
}
