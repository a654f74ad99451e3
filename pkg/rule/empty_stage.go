package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
)

var emptyStage = structure("empty-stage", finding.Note,
	"a stage has no step", checkEmptyStage)

// checkEmptyStage looks at the stages that the file itself orders.
func checkEmptyStage(p *Pass) {
	if p.Graph == nil || len(p.Journey.Document.Unread) > 0 {
		return
	}
	filled := make([]bool, len(p.Journey.Stages))
	for _, s := range p.Graph.Steps {
		if s.Touchpoint != nil {
			filled[s.Stage] = true
		}
	}
	for _, stage := range p.Journey.Document.Stages {
		if i := p.Journey.Stage(stage.ID.Value); i >= 0 && p.Journey.Stages[i] == stage && !filled[i] && !p.misspelt(stage.ID.Value) {
			p.report(finding.Finding{
				Span: stage.ID.Span, Subject: "stages." + stage.ID.Value,
				Message: fmt.Sprintf("no path has a step in the stage %s", finding.Quote(stage.ID.Value)),
				Help:    "Give a touchpoint this stage, or remove it: a stage where nothing happens is a stage that customers pass without us.",
			})
		}
	}
}
