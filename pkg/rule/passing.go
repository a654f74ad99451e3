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
	for i, t := range p.met() {
		s := p.Graph.Steps[i]
		p.passed = append(p.passed, passing{t, s.Name.Span, pathSubject(p.Graph.Paths[s.Path])})
	}
	seen := map[string]bool{}
	for i := 0; i < len(p.passed); i++ {
		p.passReactions(p.passed[i], seen)
	}
	return p.passed
}

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
			p.passed = append(p.passed, passing{t, f.Span, f.Subject})
		}
	}
}

// inside begins a finding at a place in the definition of a touchpoint. One
// that is imported is shown where the file itself names it.
func (p *Pass) inside(t passing, at source.Span, key string) finding.Finding {
	if at.File == p.Journey.Document.File {
		return finding.Finding{Span: at, Subject: "touchpoints." + t.ID.Value + "." + key}
	}
	return finding.Finding{Span: t.at, Subject: t.subject, Key: t.ID.Value + "." + key, Related: []finding.Related{{Span: at, Message: "defined here"}}}
}

// uses reports whether the file itself, not only an import, has begun to use a
// key of touchpoints.
func (p *Pass) uses(key func(*model.Touchpoint) bool) bool {
	return slices.ContainsFunc(p.Journey.Document.Touchpoints, key)
}
