package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var unmeasuredTouchpoint = judgement("measures", "unmeasured-touchpoint", finding.Note,
	"a department answers for touchpoints that nothing measures", checkUnmeasuredTouchpoint).within(
	finding.Threshold{Name: "least", Default: 0.25, Unit: finding.Share, Summary: "the least share of a department's touchpoints of which it should know whether they work"},
)

// checkUnmeasuredTouchpoint asks those who could measure, and measure little:
// each owner once, however many touchpoints it has. What nobody owns is for
// no-owner to tell, and a moment of truth for unmeasured-moment.
func checkUnmeasuredTouchpoint(p *Pass) {
	if !p.begun(measured) {
		return
	}
	least := p.threshold("least")
	for _, o := range p.byOwner(func(t *model.Touchpoint) bool { return !hearsay(t) }) {
		var unknown, told []passing
		for _, t := range o.at {
			if !measured(t.Touchpoint) && !scored(t.Touchpoint) {
				unknown = append(unknown, t)
				if !t.MomentOfTruth.Value {
					told = append(told, t)
				}
			}
		}
		known := float64(len(o.at) - len(unknown))
		if len(told) > 0 && known < least*float64(len(o.at))-tiny {
			p.reportUnmeasured(o.by, told)
		}
	}
}

func (p *Pass) reportUnmeasured(by *model.Department, at []passing) {
	works := "it works"
	if len(at) > 1 {
		works = "they work"
	}
	f := p.on(at[0])
	f.Message = fmt.Sprintf("%s answers for %s, and nothing measures whether %s", finding.Quote(by.ID.Value), touchpoints(at, "and"), works)
	f.Help = "Write under `measures` what the department goes by: a target, and what was measured last; or the score of customers under `experience`."
	p.report(f)
}

func measured(t *model.Touchpoint) bool { return len(t.Measures) > 0 }
