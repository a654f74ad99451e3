package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/finding"
)

var lowScore = accessibility(config.LowScore, finding.Error,
	"fewer customers get through than the team has set as its least", checkLowScore).within(
	finding.Threshold{Name: config.Least, Default: 0, Unit: finding.Share, Summary: "the least access score; `min-score` sets it too"},
)

func checkLowScore(p *Pass) {
	least := p.threshold(config.Least)
	if p.Access == nil || p.Access.Score >= least-1e-9 {
		return
	}
	p.report(finding.Finding{
		Span: p.Journey.Document.Title.Span, Subject: "title", Key: finding.Percent(p.Access.Score),
		Message: fmt.Sprintf("the access score is %s, below %s", finding.Percent(p.Access.Score), finding.Percent(least)),
		Help:    "`corridor gaps` tells who is stopped or late, and the smallest change that helps.",
	})
}
