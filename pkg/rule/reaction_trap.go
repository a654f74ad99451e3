package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

var reactionTrap = judgement("care", "reaction-trap", finding.Error,
	"a reaction leads customers to where they cannot go on", checkReactionTrap)

// checkReactionTrap follows all customers through all reactions that lead
// somewhere else than back to the step or past it.
func checkReactionTrap(p *Pass) {
	if p.Access == nil {
		return
	}
	var all []mishap
	var through []*model.Touchpoint
	p.mishaps(leadsAway, func(m mishap) {
		all = append(all, m)
		through = append(through, p.through(m)...)
	})
	if len(all) == 0 {
		return
	}
	asides := access.NewAsides(p.Access, through, maxWalked-p.tried)
	for _, m := range all {
		if stuck := p.stuck(m, asides); len(stuck) > 0 {
			p.reportReactionTrap(m, stuck)
		}
	}
	p.tried += asides.Tried
}

func leadsAway(e model.Exception) bool {
	r := e.Reaction
	return r != nil && (len(r.Steps) > 0 || r.Then != nil && !outcome(*r.Then))
}

// outcome reports whether a reaction's `then` names no step.
func outcome(n model.StepName) bool {
	return n.Path == "" && slices.Contains(model.Outcomes, n.Touchpoint)
}

// through are the touchpoints through which a reaction leads.
func (p *Pass) through(m mishap) []*model.Touchpoint {
	var all []*model.Touchpoint
	for _, n := range m.Reaction.Steps {
		if t := p.Journey.Touchpoint(n.Value); t != nil {
			all = append(all, t)
		}
	}
	return all
}

// dead is an end that a reaction has for some customers.
type dead struct {
	access.Stuck
	step  int // at which it begins
	cells []*access.Cell
}

// stuck follows all customers through a reaction, and groups those who are
// stuck alike.
func (p *Pass) stuck(m mishap, asides *access.Asides) []dead {
	var all []dead
	known := map[string]int{}
	visits, through := p.Graph.Visits(m.Touchpoint.ID.Value), p.through(m)
	for i := range p.Access.Cells {
		for _, s := range visits {
			stuck, is := asides.Follow(i, access.Aside{Step: s, Through: through, Place: p.goesOn(m, s)})
			if !is {
				continue
			}
			key := fmt.Sprint(stuck)
			if _, ok := known[key]; !ok {
				known[key] = len(all)
				all = append(all, dead{Stuck: stuck, step: s})
			}
			d := &all[known[key]]
			d.cells = append(d.cells, &p.Access.Cells[i])
			break
		}
	}
	return all
}

// goesOn is the place at which a customer goes on after a reaction; -1 where
// they leave, or where it is not said.
func (p *Pass) goesOn(m mishap, step int) int {
	then := m.Reaction.Then
	switch {
	case then == nil:
		return -1
	case !outcome(*then):
		if s, ok := p.Graph.Resolve(*then); ok {
			return p.Graph.Steps[s].From
		}
		return -1
	}
	return map[string]int{"retry": p.Graph.Steps[step].From, "continue": p.Graph.Steps[step].To, "leave": -1}[then.Touchpoint]
}

// reportReactionTrap is an error only where somebody is lost for good: who is
// sent to a closed door can still turn back.
func (p *Pass) reportReactionTrap(m mishap, stuck []dead) {
	first := stuck[0]
	var where []string
	severity := finding.Warning
	for _, d := range stuck {
		where = append(where, p.where(m, d))
		if d.Lost {
			severity = p.rule.Severity
		}
	}
	f := p.inside(m.passing, m.endOf(first), exceptionKey(m.Exception)+".reaction")
	for _, d := range stuck {
		f.Concerns = append(f.Concerns, concerned(d.cells)...)
	}
	if len(where) > listed {
		where = append(where[:listed-1], fmt.Sprintf("and others to %d more ends", len(where)-listed+1))
	}
	f.Message = fmt.Sprintf("the reaction to %s leads %s", m.name(), strings.Join(where, "; "))
	f.Help = "Lead these customers another way, or ask nothing of them there that they lack."
	f.Related = append(f.Related, p.walked(p.wayTo(first.cells[0], first.step))...)
	if through := p.through(m); first.At < len(through) {
		f.Related = append(f.Related, p.origins(through[first.At], first.Missing, first.cells)...)
	}
	f.Related = append(f.Related, p.bindings(m, first)...)
	p.reportAs(severity, f)
}

// where says who is led to where, and why they cannot go on.
func (p *Pass) where(m mishap, d dead) string {
	var where string
	if through := p.through(m); d.At < len(through) {
		where = fmt.Sprintf("%s to %s, where %s", whom(d.cells), finding.Quote(through[d.At].ID.Value), why(d.Missing))
	} else {
		where = fmt.Sprintf("%s %s, from where they cannot get through", whom(d.cells), p.onTo(m, d.step))
	}
	if d.Lost {
		where += " (and they cannot turn back)"
	}
	return where
}

// onTo says where a reaction ends.
func (p *Pass) onTo(m mishap, step int) string {
	if then := *m.Reaction.Then; !outcome(then) {
		s, _ := p.Graph.Resolve(then)
		return "on to " + p.step(s)
	} else if then.Touchpoint == "retry" {
		return "back to " + p.step(step)
	}
	return "on past " + p.step(step)
}

// endOf is the place of the word that leads to a dead end.
func (m mishap) endOf(d dead) source.Span {
	if d.At < len(m.Reaction.Steps) {
		return m.Reaction.Steps[d.At].Span
	}
	return m.Reaction.Then.Span
}

// bindings are the touchpoints after which customers cannot turn back from a
// dead end.
func (p *Pass) bindings(m mishap, d dead) []finding.Related {
	if !d.Lost {
		return nil
	}
	var all []finding.Related
	for _, t := range p.through(m)[:d.At] {
		if t.Binding.Value && len(all) < listed {
			all = append(all, finding.Related{Span: t.Binding.Span, Message: finding.Quote(t.ID.Value) + " is binding"})
		}
	}
	return all
}
