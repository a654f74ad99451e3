package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
)

var repeatedStep = structure("repeated-step", finding.Warning,
	"the basic path passes a touchpoint twice", checkRepeatedStep)

func checkRepeatedStep(p *Pass) {
	if p.Graph == nil {
		return
	}
	first, end := p.Graph.StepsOf(0)
	visited := make(map[string]int, end-first)
	for i, s := range p.Graph.Steps[first:end] {
		id := s.Name.Value
		if p.Journey.Touchpoint(id) == nil {
			continue // not defined, and reported as that
		}
		if before, again := visited[id]; again {
			p.report(finding.Finding{
				Span: s.Name.Span, Subject: "paths.basic", Key: id,
				Message: fmt.Sprintf("the basic path passes %s twice", finding.Quote(id)),
				Help:    "If only some come back to it, make the second visit an option; if it is another interaction, give it an id of its own.",
				Related: []finding.Related{{Span: p.Graph.Steps[first+before].Name.Span, Message: "passed here first"}},
			})
			continue
		}
		visited[id] = i
	}
}
