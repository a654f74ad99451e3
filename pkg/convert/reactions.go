package convert

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// reaction lays a chain as a reaction where it is a mishap: it leads from
// after a step back to an earlier one that every way passes, so that it opens
// nothing new, and nothing else begins or ends on it.
// It reports whether it did.
func (l *layout) reaction(c chain) bool {
	if len(l.in[c.from]) != 1 || len(l.begins[c.to]) == 0 || !l.private(c) || !l.behind(c.to, c.from) {
		return false
	}
	before := l.in[c.from][0]
	if l.moves[before].node < 0 || len(l.ends[c.from]) == 0 {
		return false
	}
	t := l.touchpoint(before)
	then := l.name(l.begins[c.to][0])
	if l.moves[before].from == c.to {
		then = &model.StepName{Span: then.Span, Touchpoint: "retry"}
	}
	l.except(t, l.label(c), c, l.through(c), then)
	return true
}

// private reports whether a chain has no branches, and walks a step with each
// move or none at all.
func (l *layout) private(c chain) bool {
	for k, i := range c.moves {
		if l.moves[i].node < 0 && len(c.moves) > 1 {
			return false
		}
		if p := l.moves[i].to; k < len(c.moves)-1 && (len(l.in[p]) != 1 || len(l.out[p]) != 1) {
			return false
		}
	}
	return true
}

// through names the touchpoints that a chain leads through.
func (l *layout) through(c chain) []model.Name {
	var all []model.Name
	for _, i := range c.moves {
		if l.moves[i].node >= 0 {
			all = append(all, l.touchpoint(i).ID)
		}
	}
	return all
}

// except adds an exception with its reaction to a touchpoint.
func (l *layout) except(t *model.Touchpoint, label source.Spanned[string], c chain, steps []model.Name, then *model.StepName) {
	at := l.spanOf(c)
	if l.excepted[t] == nil {
		l.excepted[t] = ids{}
	}
	e := model.Exception{Definition: l.excepted[t].define(label, "exception", at)}
	e.Reaction = &model.Reaction{Span: at, Steps: steps, Then: then}
	t.Exceptions = append(t.Exceptions, e)
	l.know("exception", t.ID.Value+"."+e.ID.Value, l.keys[t]+">"+l.key(c))
}

// longestLoss is how many steps a way that ends badly is followed for.
const longestLoss = 50

// lost lays the ways that lead to no satisfaction: as exceptions, at the steps
// before them, whose reactions lead the customer through the rest and out.
func (l *layout) lost() {
	told := make([]bool, len(l.moves))
	bad := l.badWays()
	for i, m := range l.moves {
		if !m.gone && !l.useful[i] && l.known[m.from] {
			l.loss(i, bad, told)
		}
	}
	for i, m := range l.moves {
		if m.gone || l.useful[i] || told[i] || m.node < 0 || !l.reached[m.from] {
			continue
		}
		l.flow.lose(l.span(m), subjectOf(l.flow.nodes[m.node]),
			fmt.Sprintf("%s is on a branch of a way that leads to no satisfaction, and is not carried", l.flow.called(m.node)),
			"Add it by hand where it matters: as a step of a reaction.")
	}
}

// badWays lists the moves at each place that lead to no satisfaction.
func (l *layout) badWays() [][]int {
	out := make([][]int, l.places)
	for i, m := range l.moves {
		if !m.gone && !l.useful[i] {
			out[m.from] = append(out[m.from], i)
		}
	}
	return out
}

// loss lays one way that leads to no satisfaction.
func (l *layout) loss(i int, bad [][]int, told []bool) {
	c := chain{moves: []int{i}, from: l.moves[i].from}
	seen := map[int]bool{}
	for p := l.moves[i].to; len(bad[p]) > 0 && !seen[p] && len(c.moves) < longestLoss; p = l.moves[c.moves[len(c.moves)-1]].to {
		seen[p] = true
		c.moves = append(c.moves, bad[p][0])
	}
	from := l.entering(c.from)
	if len(from) == 0 {
		l.needs[start] = true
		return
	}
	for _, j := range c.moves {
		told[j] = true
	}
	steps, label := l.through(c), l.lossLabel(c)
	for _, j := range from {
		l.except(l.touchpoint(j), label, c, steps, &model.StepName{Span: l.spanOf(c), Touchpoint: "leave"})
	}
}

// entering lists the steps that lead to a place.
func (l *layout) entering(place int) []int {
	var all []int
	for _, i := range l.in[place] {
		if l.moves[i].node >= 0 {
			all = append(all, i)
		}
	}
	return all
}

// lossLabel is what an exception is called that loses the customer: by what
// was said of the way, else by its first step, else by the end.
func (l *layout) lossLabel(c chain) source.Spanned[string] {
	for _, i := range c.moves {
		if m := l.moves[i]; m.label.Value != "" {
			return m.label
		} else if m.node >= 0 {
			return l.flow.nodes[m.node].name
		} else if m.edge >= 0 {
			if to := l.flow.nodes[l.flow.edges[m.edge].to]; to.name.Value != "" {
				return to.name
			}
		}
	}
	return source.Spanned[string]{Value: "turned away", Span: l.spanOf(c)}
}
