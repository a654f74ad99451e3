package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
)

var unmeasuredMoment = judgement("measures", "unmeasured-moment", finding.Warning,
	"a moment of truth has no measure", checkUnmeasuredMoment)

func checkUnmeasuredMoment(p *Pass) {
	if !p.begun(measured) {
		return
	}
	for _, t := range p.onPaths() {
		if !t.MomentOfTruth.Value || measured(t.Touchpoint) || hearsay(t.Touchpoint) {
			continue
		}
		f := p.on(t)
		f.Message = fmt.Sprintf("%s is a moment of truth, and nothing measures whether it works", finding.Quote(t.ID.Value))
		f.Help = "Measure what customers decide by there, best their satisfaction, under `measures`; or remove `moment-of-truth` if they decide elsewhere."
		p.report(f)
	}
}
