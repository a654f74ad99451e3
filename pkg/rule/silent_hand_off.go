package rule

import (
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var silentHandOff = judgement("hand-over", "silent-hand-off", finding.Warning,
	"another department takes over, and nothing is handed over to it", checkSilentHandOff)

// silence is two departments, and the touchpoints at which the one hands
// nothing over to the other.
type silence struct {
	to string
	at []handOff
}

// handOff is a step, and those of another department that can come next.
type handOff struct {
	step  int
	later []int
}

// checkSilentHandOff waits until the file hands something over. What one
// department keeps from another is one finding.
func checkSilentHandOff(p *Pass) {
	if p.Access == nil || !p.uses(func(t *model.Touchpoint) bool { return t.HandsOver != nil }) {
		return
	}
	t := p.talk()
	var all []silence
	known := map[[2]string]int{}
	p.meetings(func(earlier, later int) {
		if len(all) > finding.Limit || !t.silent(earlier, later) {
			return
		}
		pair := [2]string{p.owner(earlier), p.owner(later)}
		i, met := known[pair]
		if !met {
			i = len(all)
			known[pair] = i
			all = append(all, silence{to: p.owner(later)})
		}
		all[i].add(p, earlier, later)
	})
	for _, s := range all {
		p.reportSilence(s)
	}
}

// add notes a hand-off, by touchpoints: at which steps they are visited does
// not matter.
func (s *silence) add(p *Pass, earlier, later int) {
	i := slices.IndexFunc(s.at, func(h handOff) bool { return !p.other(h.step, earlier) })
	if i < 0 && len(s.at) > listed {
		return // more than are told of
	} else if i < 0 {
		i = len(s.at)
		s.at = append(s.at, handOff{step: earlier})
	}
	h := &s.at[i]
	if len(h.later) <= listed && !slices.ContainsFunc(h.later, func(o int) bool { return !p.other(o, later) }) {
		h.later = append(h.later, later)
	}
}

func (p *Pass) reportSilence(s silence) {
	names := []string{s.to}
	for _, h := range s.at {
		names = append(names, p.Graph.StepName(h.step))
	}
	first, f := s.at[0], p.place(s.at[0].step, nil, names...)
	here, next := finding.Quote(p.owner(first.step)), finding.Quote(s.to)
	var later, also []string
	for _, l := range first.later {
		later = append(later, p.step(l))
		f.Related = append(f.Related, finding.Related{Span: p.Graph.Steps[l].Name.Span, Message: next + " takes over here"})
	}
	for _, h := range s.at[1:] {
		also = append(also, p.step(h.step))
		f.Related = append(f.Related, finding.Related{Span: p.Graph.Steps[h.step].Name.Span, Message: "nothing is handed over here either"})
	}
	f.Message = fmt.Sprintf("after %s of %s customers come to %s of %s, and nothing is handed over", p.step(first.step), here, list(later, "or"), next)
	if also != nil {
		f.Message += "; nor is it after " + list(also, "or")
	}
	f.Help = fmt.Sprintf("Say under `hands-over` of %s what %s has to know, or give customers something there that the next step requires, such as a number.",
		finding.Quote(p.Graph.Steps[first.step].Touchpoint.ID.Value), next)
	p.report(f)
}
