package rule

import (
	"fmt"
	"iter"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

// met yields the touchpoints that a journey passes, each with the first step
// that visits it, in the order of the steps.
func (p *Pass) met() iter.Seq2[int, *model.Touchpoint] {
	if p.visited == nil {
		p.visited = firstVisits(p.Graph)
	}
	return func(yield func(int, *model.Touchpoint) bool) {
		for _, s := range p.visited {
			if !yield(s, p.Graph.Steps[s].Touchpoint) {
				return
			}
		}
	}
}

func firstVisits(g *corridor.Graph) []int {
	first := make([]int, 0, len(g.Steps))
	for i, s := range g.Steps {
		if s.Touchpoint != nil && g.Visits(s.Touchpoint.ID.Value)[0] == i {
			first = append(first, i)
		}
	}
	return first
}

// begun reports whether a file without errors has a touchpoint of its own
// that uses a key. Before, a rule on that key has nothing to ask for.
func (p *Pass) begun(uses func(*model.Touchpoint) bool) bool {
	return p.Access != nil && p.uses(uses)
}

// ours reports whether a name stands in the file that is checked, not in an
// import.
func (p *Pass) ours(n model.Name) bool { return n.Span.File == p.Journey.Document.File }

// placeMet begins a finding on the touchpoint of a step: where the file
// defines it, else where a path of the file names it.
func (p *Pass) placeMet(step int) finding.Finding {
	t := p.Graph.Steps[step].Touchpoint
	if p.ours(t.ID) {
		return finding.Finding{Span: t.ID.Span, Subject: "touchpoints." + t.ID.Value}
	}
	f := p.place(step, nil)
	f.Related = []finding.Related{{Span: t.ID.Span, Message: finding.Quote(t.ID.Value) + " is defined here"}}
	return f
}

// touchpoints lists the touchpoints of some steps, as a message does.
func (p *Pass) touchpoints(steps []int, last string) string {
	return listOf(len(steps), func(i int) string { return p.Graph.Steps[steps[i]].Touchpoint.ID.Value }, last)
}

// listOf is list for n words of a file, of which it asks only for those that
// are shown.
func listOf(n int, word func(int) string, last string) string {
	words := make([]string, min(n, listed))
	for i := range words {
		words[i] = finding.Quote(word(i))
	}
	if n > listed {
		words[listed-1] = fmt.Sprintf("%d more", n-listed+1)
		last = "and"
	}
	return list(words, last)
}

// hearsay reports whether a touchpoint is what people tell each other. It
// belongs to nobody in the organisation.
func hearsay(t *model.Touchpoint) bool { return t.Channel.Value == "word-of-mouth" }

// owned are the steps of touchpoints that one department answers for.
type owned struct {
	by    *model.Department
	steps []int
}

// byOwner groups the touchpoints that a journey passes and that a test picks
// by their owners, in the order of the steps.
func (p *Pass) byOwner(picks func(*model.Touchpoint) bool) []owned {
	var all []owned
	known := map[*model.Department]int{}
	for step, t := range p.met() {
		d := p.Journey.Department(t.Owner.Value)
		if d == nil || !picks(t) {
			continue
		}
		i, ok := known[d]
		if !ok {
			i = len(all)
			known[d] = i
			all = append(all, owned{by: d})
		}
		all[i].steps = append(all[i].steps, step)
	}
	return all
}
