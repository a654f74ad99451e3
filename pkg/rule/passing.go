package rule

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// passing is a touchpoint that customers of this journey pass, on a path or
// because a reaction leads them there.
type passing struct {
	*model.Touchpoint
	at      source.Span // where the file itself names it first
	subject string      // of that place
	key     string      // what tells it apart there
}

// passings returns the touchpoints that the journey passes: those on its paths
// in the order of the steps, then those to which only reactions lead. What an
// import defines beside them is another journey's affair, and so is a library
// by itself.
func (p *Pass) passings() []passing {
	if p.Graph == nil || p.passed != nil {
		return p.passed
	}
	p.passed = make([]passing, 0, len(p.Journey.Touchpoints))
	for i, s := range p.Graph.Steps {
		if t := s.Touchpoint; t != nil && p.Graph.Visits(t.ID.Value)[0] == i {
			p.passed = append(p.passed, passing{t, s.Name.Span, pathSubject(p.Graph.Paths[s.Path]), p.Graph.StepName(i)})
		}
	}
	p.onPath = len(p.passed)
	seen := map[string]bool{}
	for i := 0; i < len(p.passed); i++ {
		p.passReactions(p.passed[i], seen)
	}
	return p.passed
}

// onPaths returns those that stand on a path.
func (p *Pass) onPaths() []passing { return p.passings()[:p.onPath] }

// passing calls f with the touchpoints of a kind that the journey passes.
func (p *Pass) passing(kind func(*model.Touchpoint) bool, f func(passing)) {
	if !slices.ContainsFunc(p.Journey.Touchpoints, kind) {
		return
	}
	for _, t := range p.passings() {
		if kind(t.Touchpoint) {
			f(t)
		}
	}
}

// passReactions adds the touchpoints to which the reactions at another lead.
func (p *Pass) passReactions(from passing, seen map[string]bool) {
	for _, e := range from.Exceptions {
		if e.Reaction == nil {
			continue
		}
		for _, n := range e.Reaction.Steps {
			t := p.Journey.Touchpoint(n.Value)
			if t == nil || seen[n.Value] || len(p.Graph.Visits(n.Value)) > 0 {
				continue
			}
			seen[n.Value] = true
			f := p.inside(from, n.Span, exceptionKey(e)+".reaction.steps")
			p.passed = append(p.passed, passing{t, f.Span, f.Subject, n.Value})
		}
	}
}

// on begins a finding on a touchpoint as a whole.
func (p *Pass) on(t passing) finding.Finding {
	if p.ours(t.ID) {
		return finding.Finding{Span: t.ID.Span, Subject: "touchpoints." + t.ID.Value}
	}
	return t.imported(t.key, t.ID.Span)
}

// inside begins a finding at a place in the definition of a touchpoint.
func (p *Pass) inside(t passing, at source.Span, key string) finding.Finding {
	if at.File == p.Journey.Document.File {
		return finding.Finding{Span: at, Subject: "touchpoints." + t.ID.Value + "." + key}
	}
	return t.imported(t.ID.Value+"."+key, at)
}

// imported begins a finding on something that an import defines: it is shown
// where the file itself names the touchpoint.
func (t passing) imported(key string, at source.Span) finding.Finding {
	return finding.Finding{Span: t.at, Origin: at, Subject: t.subject, Key: key, Related: []finding.Related{{Span: at, Message: "defined here"}}}
}

// ours reports whether a name stands in the file that is checked, not in an
// import.
func (p *Pass) ours(n model.Name) bool { return n.Span.File == p.Journey.Document.File }

// uses reports whether the file itself, not only an import, has begun to use a
// key of touchpoints.
func (p *Pass) uses(key func(*model.Touchpoint) bool) bool {
	return slices.ContainsFunc(p.Journey.Document.Touchpoints, key)
}

// begun reports whether a file without errors has begun to use a key. Before, a
// rule on that key has nothing to ask for.
func (p *Pass) begun(key func(*model.Touchpoint) bool) bool { return p.Access != nil && p.uses(key) }

// owned are touchpoints that one department answers for.
type owned struct {
	by *model.Department
	at []passing
}

// byOwner groups the touchpoints on the paths that a test picks by their
// owners, in the order of the steps.
func (p *Pass) byOwner(picks func(*model.Touchpoint) bool) []owned {
	var all []owned
	known := map[*model.Department]int{}
	for _, t := range p.onPaths() {
		d := p.Journey.Department(t.Owner.Value)
		if d == nil || !picks(t.Touchpoint) {
			continue
		}
		i, ok := known[d]
		if !ok {
			i = len(all)
			known[d] = i
			all = append(all, owned{by: d})
		}
		all[i].at = append(all[i].at, t)
	}
	return all
}

// hearsay reports whether a touchpoint is what people tell each other. It
// belongs to nobody in the organisation.
func hearsay(t *model.Touchpoint) bool { return t.Channel.Value == "word-of-mouth" }

// touchpoints lists touchpoints as a message does.
func touchpoints(all []passing, last string) string {
	return listOf(len(all), func(i int) string { return all[i].ID.Value }, last)
}
