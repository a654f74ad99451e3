package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var noDifference = judgement("market", "no-difference", finding.Note,
	"the offers of the market are alike, and nothing here is different", checkNoDifference)

// checkNoDifference counts what the file itself defines too: a touchpoint on
// no path is another rule's.
func checkNoDifference(p *Pass) {
	d := p.Journey.Document
	differs := func(t *model.Touchpoint) bool { return !t.Differentiator.Empty() }
	if p.Graph == nil || !d.Market.Given() || len(d.Unread) > 0 || p.uses(differs) {
		return
	}
	found := false
	p.passing(differs, func(passing) { found = true })
	if found {
		return
	}
	p.report(finding.Finding{
		Span: d.Market.Span, Subject: "market",
		Message: fmt.Sprintf("the market is %s, and no touchpoint makes a difference", d.Market.Value),
		Help:    "Say under `differentiator` of a touchpoint how it beats the competition, or build one that does.",
	})
}
