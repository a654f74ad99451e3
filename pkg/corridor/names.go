package corridor

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// step returns the step that a name means, or nil after reporting why it
// means none. Words are what may stand there beside a step.
func (b *builder) step(n model.StepName, subject string, words ...string) *place {
	all := b.occurrences[n.Touchpoint]
	if n.Path != "" {
		path, ok := b.byID[n.Path]
		if !ok {
			b.noPath(n, subject)
			return nil
		}
		all = on(all, path)
	}
	switch {
	case len(all) == 0:
		b.noStep(n, subject, words)
	case n.Nth > len(all):
		b.report("undefined-name", n.Span, subject, fmt.Sprintf("the path %s passes %s only %s", finding.Quote(n.Path), finding.Quote(n.Touchpoint), times(len(all))),
			fmt.Sprintf("Write `%s/%s#%d` or less.", n.Path, n.Touchpoint, len(all)))
	case n.Path != "": // its first time there, unless a number says otherwise
		return &all[max(1, n.Nth)-1]
	case len(all) > 1:
		b.ambiguous(n, all, subject)
	default:
		return &all[0]
	}
	return nil
}

// on returns the places that are on a path. Places are in the order of their
// paths.
func on(all []place, path int) []place {
	of := func(p place, path int) int { return p.path - path }
	first, _ := slices.BinarySearchFunc(all, path, of)
	end, _ := slices.BinarySearchFunc(all, path+1, of)
	return all[first:end]
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

func (b *builder) noPath(n model.StepName, subject string) {
	help, fix := b.correct(n, n.Path, b.pathIDs)
	switch {
	case help != "":
	case len(b.paths) > listed:
		help = "Name a path that stands under `paths`."
	default:
		help = "The paths are `" + strings.Join(b.pathIDs(), "`, `") + "`."
	}
	b.reportFixed(fix, n.Span, subject, "there is no path "+finding.Quote(n.Path), help)
}

// listed is how many names a message lists at most.
const listed = 12

func (b *builder) pathIDs() []string {
	ids := make([]string, len(b.paths))
	for i, d := range b.paths {
		ids[i] = d.ID
	}
	return ids
}

// correct compares a part of a step's name with others as long as that costs
// little.
func (b *builder) correct(n model.StepName, part string, candidates func() []string) (help string, fix *finding.Fix) {
	if b.compared > finding.MaxCompared {
		return "", nil
	}
	all := candidates()
	b.compared += len(all)
	return finding.Correct(n.Span, part, all)
}

// reportFixed reports an undefined name with its fix, if there is one.
func (b *builder) reportFixed(fix *finding.Fix, at source.Span, subject, message, help string) {
	b.found = finding.Append(b.found, finding.Finding{Rule: "undefined-name", Span: at, Subject: subject, Message: message, Help: help, Fix: fix})
}

// noStep reports a step that no path passes. Where a path names a touchpoint
// that is not defined, that may be the very one, and was reported there.
func (b *builder) noStep(n model.StepName, subject string, words []string) {
	defined := b.journey.Touchpoint(n.Touchpoint) != nil
	if defined && n.Path == "" && b.undefined {
		return
	}
	message := "no path passes " + finding.Quote(n.Touchpoint)
	if n.Path != "" {
		message = "the path " + finding.Quote(n.Path) + " does not pass " + finding.Quote(n.Touchpoint)
	}
	help, fix := b.correct(n, n.Touchpoint, func() []string { return append(b.passed(n.Path), words...) })
	if help == "" {
		help = "Name a step of a path, or add the touchpoint to one."
	}
	b.reportFixed(fix, n.Span, subject, message, help)
}

// passed lists the touchpoints of one path, or of all, each once.
func (b *builder) passed(path string) []string {
	var all []string
	seen := map[string]bool{}
	for _, d := range b.paths {
		if path != "" && path != d.ID {
			continue
		}
		for _, n := range d.names {
			if !seen[n.Value] {
				seen[n.Value] = true
				all = append(all, n.Value)
			}
		}
	}
	return all
}

func (b *builder) ambiguous(n model.StepName, all []place, subject string) {
	var names []string
	var related []finding.Related
	for i, p := range all[:min(len(all), listed)] {
		if p.path == b.asking && len(on(all, p.path)) < len(all) {
			continue // a path cannot hang on itself
		}
		d := b.paths[p.path]
		name := d.ID + "/" + n.Touchpoint
		if nth := i - slices.Index(all, on(all, p.path)[0]) + 1; nth > 1 {
			name += fmt.Sprintf("#%d", nth)
		}
		names = append(names, name)
		related = append(related, finding.Related{Span: d.names[p.index].Span, Message: finding.Quote(name)})
	}
	more := ""
	if len(all) > listed {
		more = ", and so on"
	}
	b.report("ambiguous-step", n.Span, subject, fmt.Sprintf("%s occurs %s, so this name does not say which step is meant", finding.Quote(n.Touchpoint), times(len(all))),
		"Write `"+strings.Join(names, "` or `")+"`"+more+".", related...)
}

// checkNames reports steps that needs and reactions name wrongly, and hangs
// nothing on them: the access and flow analyses look them up by Resolve.
func (b *builder) checkNames(g *Graph) {
	for _, n := range b.journey.Needs {
		if n.From != nil {
			b.step(*n.From, "needs."+n.ID.Value+".from")
		}
		if n.To != nil {
			b.step(*n.To, "needs."+n.ID.Value+".to")
		}
	}
	for _, t := range b.journey.Touchpoints {
		if len(g.occurrences[t.ID.Value]) == 0 && t.ID.Span.File != b.journey.Document.File {
			continue // imported, and not used in this journey
		}
		for _, e := range t.Exceptions {
			if r := e.Reaction; r != nil && r.Then != nil && !outcome(*r.Then) {
				b.step(*r.Then, "touchpoints."+t.ID.Value+".exceptions."+e.ID.Value+".reaction.then", model.Outcomes...)
			}
		}
	}
}

func outcome(n model.StepName) bool {
	return n.Path == "" && slices.Contains(model.Outcomes, n.Touchpoint)
}
