package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var unusedItem = accessibility("unused-item", finding.Note,
	"an item is given that nothing needs", checkUnusedItem)

// checkUnusedItem looks at what the file itself gives; what a library gives
// is for others to use.
func checkUnusedItem(p *Pass) {
	if p.Access == nil {
		return
	}
	used := itemUses(p.Journey)
	for _, t := range p.Journey.Document.Touchpoints {
		visits := p.Graph.Visits(t.ID.Value)
		for _, n := range t.Gives {
			if used[n.Value] || !p.item(n.Value) || len(visits) == 0 {
				continue
			}
			p.report(finding.Finding{
				Span: n.Span, Subject: "touchpoints." + t.ID.Value + ".gives", Key: n.Value,
				Message: fmt.Sprintf("%s gives %s, and no step needs it", finding.Quote(t.ID.Value), finding.Quote(n.Value)),
				Help:    "Let a later step require it, or remove it.",
				Related: []finding.Related{{Span: p.Graph.Steps[visits[0]].Name.Span, Message: "it is given on this step"}},
			})
			used[n.Value] = true // one finding for each item
		}
	}
}

// itemUses are the names that touchpoints need, ask for, use or pass on.
func itemUses(j *model.Journey) map[string]bool {
	u := uses{capabilities: make(map[string]bool, len(j.Capabilities))}
	for _, c := range j.Channels {
		u.require(c.Requires)
	}
	for _, t := range j.Touchpoints {
		u.require(t.Requires)
		u.name(t.Asks, t.Confirms, t.Uses)
		if t.HandsOver != nil {
			mark(u.capabilities, t.HandsOver.What...)
		}
	}
	return u.capabilities
}
