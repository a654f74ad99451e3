package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var stageBacktrack = structure("stage-backtrack", finding.Warning,
	"a path goes back to an earlier stage", checkStageBacktrack)

// checkStageBacktrack looks at steps that follow each other: on a path, and
// where an alternative takes over from the path whose run it replaces and
// where it hands back. An option may well lead back, and so may a way that
// joins two places by `after` and `before`.
func checkStageBacktrack(p *Pass) {
	g := p.Graph
	if g == nil {
		return
	}
	for _, path := range g.Paths {
		end := path.First + path.Count
		for s := path.First + 1; s < end; s++ {
			p.backtrack(g.Steps[s-1], g.Steps[s], g.Steps[s], path)
		}
		if run := path.Replaces; run[1] > run[0] {
			below := g.Paths[g.Steps[run[0]].Path]
			if run[0] > below.First {
				p.backtrack(g.Steps[run[0]-1], g.Steps[path.First], g.Steps[path.First], path)
			}
			if run[1] < below.First+below.Count {
				p.backtrack(g.Steps[end-1], g.Steps[run[1]], g.Steps[end-1], path)
			}
		}
	}
}

// backtrack reports two steps that follow each other against the order of
// the stages, at one of them. A step without a stage of its own has that of
// the one before.
func (p *Pass) backtrack(before, after, at corridor.Step, path corridor.Path) {
	if before.Touchpoint == nil || after.Touchpoint == nil || !after.Touchpoint.Stage.Given() || after.Stage >= before.Stage {
		return
	}
	stage := func(s corridor.Step) string { return finding.Quote(p.Journey.Stages[s.Stage].ID.Value) }
	p.report(finding.Finding{
		Span: at.Name.Span, Subject: pathSubject(path), Key: at.Name.Value,
		Message: fmt.Sprintf("the path goes back a stage: %s (%s) comes after %s (%s)",
			finding.Quote(after.Name.Value), stage(after), finding.Quote(before.Name.Value), stage(before)),
		Help:    "Move the step, correct its stage, or change the order under `stages`.",
		Related: []finding.Related{{Span: after.Touchpoint.Stage.Span, Message: "its stage is given here"}},
	})
}

// pathSubject is the place of a path in the file: paths.optional.reminder.
func pathSubject(p corridor.Path) string {
	if p.Kind == model.Basic {
		return "paths.basic"
	}
	return "paths." + p.Kind.String() + "." + p.ID
}
