package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var askedTwice = accessibility("asked-twice", finding.Warning,
	"customers are asked again for what they told at an earlier step", checkAskedTwice)

// question is a step that asks for what an earlier one asked for.
type question struct {
	step, earlier int
	names         string // joined by spaces
}

// checkAskedTwice looks at all ways that a customer can go forward. A
// touchpoint that is visited twice may well ask the same.
func checkAskedTwice(p *Pass) {
	if p.Access == nil {
		return
	}
	askers := p.askers()
	again := p.again(askers)
	if len(again) == 0 {
		return
	}
	for _, g := range gather(p, func(c *access.Cell) []question { return p.questions(c, askers, again) }) {
		names := strings.Split(g.of.names, " ")
		f := p.place(g.of.step, g.cells, g.of.names)
		f.Message = fmt.Sprintf("%s %s asked for %s at %s again, after %s",
			whom(g.cells), verb(g.cells, "is", "are"), list(quoted(names), "and"), p.step(g.of.step), p.step(g.of.earlier))
		f.Help = "Hand over what was told; if it is asked again on purpose, list it under `confirms` instead of `asks`."
		f.Related = append(p.walked(p.wayTo(g.cells[0], g.of.earlier)),
			finding.Related{Span: p.Graph.Steps[g.of.earlier].Name.Span, Message: "asked first here"},
			finding.Related{Span: named(p.Graph.Steps[g.of.step].Touchpoint.Asks, names[0]), Message: "asked again by this"})
		p.report(f)
	}
}

// askers are the steps that ask for what another touchpoint asks for too, in
// the order of the steps; by what they ask for.
func (p *Pass) askers() map[string][]int {
	all := map[string][]int{}
	for i, s := range p.Graph.Steps {
		if s.Touchpoint == nil {
			continue
		}
		for _, n := range s.Touchpoint.Asks {
			if !has(s.Touchpoint.Confirms, n.Value) {
				all[n.Value] = append(all[n.Value], i)
			}
		}
	}
	for name, steps := range all {
		if !slices.ContainsFunc(steps, func(s int) bool { return p.other(s, steps[0]) }) {
			delete(all, name)
		}
	}
	return all
}

// other reports whether two steps visit different touchpoints.
func (p *Pass) other(a, b int) bool {
	return p.Graph.Steps[a].Touchpoint != p.Graph.Steps[b].Touchpoint
}

// again are the steps that ask for something that a step before them asked
// for, on some way, whoever could go it.
func (p *Pass) again(askers map[string][]int) []int {
	anyone := &walk{Pass: p, target: -1}
	var all []int
	for s, step := range p.Graph.Steps {
		if step.Touchpoint == nil {
			continue
		}
		if slices.ContainsFunc(step.Touchpoint.Asks, func(n model.Name) bool {
			_, again := anyone.askedBefore(s, n.Value, askers)
			return again
		}) {
			all = append(all, s)
		}
	}
	return all
}

// questions are what a customer can be asked again, of the given steps.
func (p *Pass) questions(c *access.Cell, askers map[string][]int, again []int) []question {
	if !c.Open {
		return nil
	}
	w := p.walk(c, nothing)
	var all []question
	for _, s := range again {
		if !w.taken[s] {
			continue
		}
		from := len(all)
		for _, n := range p.Graph.Steps[s].Touchpoint.Asks {
			if earlier, again := w.askedBefore(s, n.Value, askers); again {
				all = join(all, from, question{s, earlier, n.Value})
			}
		}
	}
	return all
}

// join adds a question to those that begin somewhere in a list, or its name to
// one of the same two steps.
func join(all []question, from int, q question) []question {
	for i := from; i < len(all); i++ {
		if all[i].earlier == q.earlier {
			all[i].names += " " + q.names
			return all
		}
	}
	return append(all, q)
}

// askedBefore looks back from a step, along the ways that lead to it without
// turning back, for the nearest one that asks for the same.
func (w *walk) askedBefore(step int, name string, all map[string][]int) (int, bool) {
	askers := all[name]
	if _, asks := slices.BinarySearch(askers, step); !asks {
		return 0, false
	}
	w.look()
	w.seen[w.Graph.Steps[step].From] = w.looks
	places := append(w.places[:0], w.Graph.Steps[step].From)
	defer func() { w.places = places }()
	for i := 0; i < len(places) && w.tried < maxWalked; i++ {
		for _, in := range w.Graph.In(places[i]) {
			w.tried++
			s := int(in)
			if w.taken != nil && !w.taken[s] || w.sameOption(s, step) && s >= step {
				continue
			}
			if _, asks := slices.BinarySearch(askers, s); asks && w.other(s, step) {
				return s, true
			}
			if from := w.Graph.Steps[s].From; w.seen[from] != w.looks && from != w.target {
				w.seen[from] = w.looks
				places = append(places, from)
			}
		}
	}
	return 0, false
}

// sameOption reports whether two steps are on one option, which is taken once.
func (w *walk) sameOption(a, b int) bool {
	path := w.Graph.Steps[a].Path
	return path == w.Graph.Steps[b].Path && w.Graph.Paths[path].Kind == model.Optional
}
