package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var unmeasuredTouchpoint = judgement("measures", "unmeasured-touchpoint", finding.Note,
	"a department answers for touchpoints that nothing measures", checkUnmeasuredTouchpoint)

// checkUnmeasuredTouchpoint asks those who could measure: each owner once,
// however many touchpoints it has. What nobody owns is for no-owner to tell, and
// a moment of truth for unmeasured-moment.
func checkUnmeasuredTouchpoint(p *Pass) {
	if !p.begun(measured) {
		return
	}
	unmeasured := func(t *model.Touchpoint) bool { return !measured(t) && !hearsay(t) && !t.MomentOfTruth.Value }
	for _, o := range p.byOwner(unmeasured) {
		works := "works"
		if len(o.at) > 1 {
			works = "work"
		}
		f := p.on(o.at[0])
		f.Message = fmt.Sprintf("nothing measures whether %s %s, for which %s answers",
			touchpoints(o.at, "and"), works, finding.Quote(o.by.ID.Value))
		f.Help = "Say under `measures` what the department looks at to know that it works: a target, and what was measured last."
		p.report(f)
	}
}

func measured(t *model.Touchpoint) bool { return len(t.Measures) > 0 }
