package corridor

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

// step returns the step that a name means, or nil after reporting why it
// means none.
func (b *builder) step(n model.StepName, subject string) *place {
	all := b.occurrences[n.Touchpoint]
	if n.Path != "" {
		path, ok := b.byID[n.Path]
		if !ok {
			b.noPath(n, subject)
			return nil
		}
		all = slices.DeleteFunc(slices.Clone(all), func(p place) bool { return p.path != path })
	}
	switch {
	case len(all) == 0:
		b.noStep(n, subject)
	case n.Nth > len(all):
		b.report("undefined-name", n.Span, subject, fmt.Sprintf("the path %s passes %s only %s", finding.Quote(n.Path), finding.Quote(n.Touchpoint), times(len(all))),
			fmt.Sprintf("Write `%s/%s#%d` or less.", n.Path, n.Touchpoint, len(all)))
	case n.Nth > 0:
		return &all[n.Nth-1]
	case len(all) > 1:
		b.ambiguous(n, all, subject)
	default:
		return &all[0]
	}
	return nil
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
	var ids []string
	for _, d := range b.paths {
		ids = append(ids, d.ID)
	}
	help := finding.DidYouMean(n.Path, ids)
	if help == "" {
		help = "The paths are `" + strings.Join(ids, "`, `") + "`."
	}
	b.report("undefined-name", n.Span, subject, "there is no path "+finding.Quote(n.Path), help)
}

// noStep reports a step that no path passes. Where a path names a touchpoint
// that is not defined, that may be the very one, and was reported there.
func (b *builder) noStep(n model.StepName, subject string) {
	defined := b.journey.Touchpoint(n.Touchpoint) != nil
	if defined && n.Path == "" && b.namesUndefined() {
		return
	}
	message := "no path passes " + finding.Quote(n.Touchpoint)
	if n.Path != "" {
		message = "the path " + finding.Quote(n.Path) + " does not pass " + finding.Quote(n.Touchpoint)
	}
	help := finding.DidYouMean(n.Touchpoint, b.passed(n.Path))
	if help == "" {
		help = "Name a step of a path, or add the touchpoint to one."
	}
	b.report("undefined-name", n.Span, subject, message, help)
}

func (b *builder) namesUndefined() bool {
	for _, d := range b.paths {
		if slices.ContainsFunc(d.names, func(n model.Name) bool { return b.journey.Touchpoint(n.Value) == nil }) {
			return true
		}
	}
	return false
}

// passed lists the touchpoints of one path, or of all, each once.
func (b *builder) passed(path string) []string {
	var all []string
	for _, d := range b.paths {
		for _, n := range d.names {
			if (path == "" || path == d.ID) && !slices.Contains(all, n.Value) {
				all = append(all, n.Value)
			}
		}
	}
	return all
}

func (b *builder) ambiguous(n model.StepName, all []place, subject string) {
	var names []string
	var related []finding.Related
	nth := map[int]int{}
	for _, p := range all {
		nth[p.path]++
		d := b.paths[p.path]
		name := d.ID + "/" + n.Touchpoint
		if len(all) > 1 && b.countOn(all, p.path) > 1 {
			name += fmt.Sprintf("#%d", nth[p.path])
		}
		names = append(names, name)
		related = append(related, finding.Related{Span: d.names[p.index].Span, Message: finding.Quote(name)})
	}
	b.report("ambiguous-step", n.Span, subject, fmt.Sprintf("%s occurs %s, so this name does not say which step is meant", finding.Quote(n.Touchpoint), times(len(all))),
		"Write `"+strings.Join(names, "` or `")+"`.", related...)
}

func (b *builder) countOn(all []place, path int) int {
	n := 0
	for _, p := range all {
		if p.path == path {
			n++
		}
	}
	return n
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
				b.step(*r.Then, "touchpoints."+t.ID.Value+".exceptions."+e.ID.Value+".reaction.then")
			}
		}
	}
}

func outcome(n model.StepName) bool {
	return n.Path == "" && slices.Contains(model.Outcomes, n.Touchpoint)
}
