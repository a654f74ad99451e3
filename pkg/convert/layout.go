package convert

import (
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/graph"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// layout writes the chains of a flow as the paths of a document: each between
// steps of paths before it.
type layout struct {
	*ways
	flow     *flow
	laid     [][]laidStep // of each path that has steps, the basic one first
	begins   map[int][]at // the steps that leave a place
	ends     map[int][]at // those that lead to it
	steps    map[int]*model.Touchpoint
	ids      ids // of touchpoints
	pathIDs  ids
	keys     map[*model.Touchpoint]string
	gateways map[int]source.Spanned[string] // the names of gateways, by place
	excepted map[*model.Touchpoint]ids      // of exceptions
	needs    map[nodeKind]bool              // whether a path lacks a step at the start or at the end
}

// laidStep is a step on a path.
type laidStep struct {
	touchpoint *model.Touchpoint
	from, to   int
}

// at is the position of a step in laid.
type at struct{ path, index int }

// longestRun is how many steps an alternative names of which it is instead;
// longer runs are told by where they begin and end.
const longestRun = 3

func newLayout(f *flow, w *ways) *layout {
	return &layout{ways: w, flow: f, begins: map[int][]at{}, ends: map[int][]at{}, steps: map[int]*model.Touchpoint{}, ids: ids{}, pathIDs: ids{},
		keys: map[*model.Touchpoint]string{}, excepted: map[*model.Touchpoint]ids{}, needs: map[nodeKind]bool{}}
}

// insert puts a step at the start or at the end of the flow, where a path needs
// it to hang on.
func (l *layout) insert() {
	if l.needs[start] {
		l.flow.stepAt(start, "start")
	}
	if l.needs[end] {
		l.flow.stepAt(end, "end")
	}
}

// write fills in the touchpoints and paths of the document.
func (l *layout) write() {
	doc := l.flow.doc
	doc.Touchpoints, doc.Keys, doc.Paths = nil, nil, &model.Paths{Span: source.Span{File: l.flow.file}, BasicSpan: source.Span{File: l.flow.file}}
	for i, c := range l.chains {
		if i == 0 {
			l.basic(c)
			continue
		}
		l.chain(c)
	}
	l.lost()
	doc.Basis = l.basis()
}

// basic lays the basic path.
func (l *layout) basic(c chain) {
	names := l.lay(c)
	if len(names) == 0 {
		l.needs[start] = true
		return
	}
	p := l.flow.doc.Paths
	p.Basic, p.BasicSpan = names, names[0].Span
	if p.BasicSpan.IsZero() {
		p.BasicSpan = source.Span{File: l.flow.file}
	}
	p.Span = p.BasicSpan
}

// chain lays a chain as what it is: an option, a reaction or an alternative.
func (l *layout) chain(c chain) {
	if c.from != c.to && l.reaction(c) {
		return
	}
	p := &model.Path{Kind: model.Alternative}
	if c.from == c.to {
		p.Kind = model.Optional
		l.hangOption(p, c)
	} else if !l.hangAlternative(p, c) {
		l.flow.bound(l.spanOf(c), "paths", "a way begins or ends where no step stands, so it is not carried", "Add it by hand: as an alternative with `after` and `before`.")
		return
	}
	label := l.label(c)
	if len(c.moves) > 1 || l.moves[c.moves[0]].node >= 0 {
		p.Steps = l.lay(c)
	}
	p.Definition = l.pathIDs.define(label, "way", l.spanOf(c))
	if p.Name.Plain == p.ID.Value { // the file calls it by an id
		p.Name = model.Text{}
	}
	p.StepsSpan = p.Span
	if m := l.moves[c.moves[0]]; m.share > 0 {
		p.Share = &source.Spanned[float64]{Value: m.share, Span: p.Span}
	}
	paths := &l.flow.doc.Paths.Alternative
	if p.Kind == model.Optional {
		paths = &l.flow.doc.Paths.Optional
	}
	*paths = append(*paths, p)
	l.know("path", p.ID.Value, l.key(c))
}

// know notes by what a thing is known again in another version of the file.
func (l *layout) know(kind, id, key string) {
	l.flow.doc.Keys = append(l.flow.doc.Keys, model.Key{Kind: kind, ID: id, Key: key})
}

// key tells a chain by the nodes between which its first move leads.
func (l *layout) key(c chain) string {
	m := l.moves[c.moves[0]]
	if m.node >= 0 {
		return l.flow.nodes[m.node].key
	}
	e := l.flow.edges[m.edge]
	return l.flow.nodes[e.from].key + ">" + l.flow.nodes[e.to].key
}

// hangOption names the step that an option is offered after or before.
func (l *layout) hangOption(p *model.Path, c chain) {
	if after := l.ends[c.from]; len(after) > 0 {
		p.After = l.name(after[0])
		return
	}
	if before := l.begins[c.from]; len(before) > 0 {
		p.Before = l.name(before[0])
		return
	}
	l.needs[start] = true
}

// hangAlternative names the steps that an alternative is walked instead of,
// or between. It reports whether there are any.
func (l *layout) hangAlternative(p *model.Path, c chain) bool {
	run := l.run(c)
	after, before := l.ends[c.from], l.begins[c.to]
	if len(run) > 0 && (len(run) <= longestRun || len(after) == 0 || len(before) == 0) {
		for _, s := range run {
			p.InsteadOf = append(p.InsteadOf, *l.name(s))
		}
		p.RunSpan = l.spanOf(c)
		return true
	}
	if len(after) == 0 {
		l.needs[start] = true
	}
	if len(before) == 0 {
		l.needs[end] = true
	}
	if len(after) == 0 || len(before) == 0 {
		return false
	}
	p.After, p.Before = l.name(after[0]), l.name(before[0])
	return true
}

// run returns the steps of one path between the ends of a chain.
func (l *layout) run(c chain) []at {
	for _, first := range l.begins[c.from] {
		for _, last := range l.ends[c.to] {
			if last.path == first.path && last.index >= first.index {
				var all []at
				for i := first.index; i <= last.index; i++ {
					all = append(all, at{first.path, i})
				}
				return all
			}
		}
	}
	return nil
}

// name is how the document names a step.
func (l *layout) name(s at) *model.StepName {
	t := l.laid[s.path][s.index].touchpoint
	return &model.StepName{Span: t.ID.Span, Touchpoint: t.ID.Value}
}

// lay makes a path of a chain and returns the names of its touchpoints.
func (l *layout) lay(c chain) []model.Name {
	var steps []laidStep
	var names []model.Name
	for _, i := range c.moves {
		m, t := l.moves[i], l.touchpoint(i)
		s := at{len(l.laid), len(steps)}
		l.begins[m.from], l.ends[m.to] = append(l.begins[m.from], s), append(l.ends[m.to], s)
		steps = append(steps, laidStep{t, m.from, m.to})
		names = append(names, t.ID)
	}
	l.laid = append(l.laid, steps)
	return names
}

// touchpoint returns what a move walks. A move that walks nothing, where a path
// cannot do without a step, becomes one at which nothing is asked.
func (l *layout) touchpoint(i int) *model.Touchpoint {
	if t := l.steps[i]; t != nil {
		return t
	}
	m := l.moves[i]
	var t *model.Touchpoint
	if m.node >= 0 {
		n := l.flow.nodes[m.node]
		copied := n.touchpoint
		t = &copied
		words := n.name
		if words.Value == "" && !t.Name.Empty() {
			words = source.Spanned[string]{Value: t.Name.In(l.flow.doc.Language.Value), Span: t.Name.Span}
		}
		d := l.ids.define(words, n.key, n.span)
		if !t.Name.Empty() && len(t.Name.Translations) > 0 {
			d.Name = t.Name
		}
		d.Description = t.Description
		if d.ID.Span.IsZero() {
			d.ID.Span = n.span
		}
		t.Definition = d
		l.keys[t] = n.key
	} else {
		t = &model.Touchpoint{Definition: l.ids.define(l.decision(m), "go-on", l.span(m))}
	}
	if l.keys[t] == "" {
		l.keys[t] = l.key(chain{moves: []int{i}})
	}
	l.know("touchpoint", t.ID.Value, l.keys[t])
	l.steps[i] = t
	l.flow.doc.Touchpoints = append(l.flow.doc.Touchpoints, t)
	return t
}

// decision is what a move without a step is called: by its label, else by the
// gateway that it leads to or comes from.
func (l *layout) decision(m move) source.Spanned[string] {
	if m.label.Value != "" {
		return m.label
	}
	if l.gateways == nil {
		l.gateways = map[int]source.Spanned[string]{}
		for i, n := range slices.Backward(l.flow.nodes) {
			if n.kind != step && n.name.Value != "" && l.before[i] >= 0 {
				l.gateways[l.at(l.before[i])] = n.name
			}
		}
	}
	for _, place := range []int{m.to, m.from} {
		if name, ok := l.gateways[place]; ok {
			return name
		}
	}
	return source.Spanned[string]{Span: l.span(m)}
}

// label is what the path of a chain is called: by what was said of its first
// way, else by its first step, else by what it leads to.
func (l *layout) label(c chain) source.Spanned[string] {
	m := l.moves[c.moves[0]]
	if m.label.Value != "" {
		return m.label
	}
	if m.node >= 0 {
		return l.flow.nodes[m.node].name
	}
	words := source.Spanned[string]{Value: "skip", Span: l.span(m)}
	if run := l.run(c); len(run) > 0 {
		words.Value += " " + l.words(run[0])
	} else if to := l.begins[c.to]; len(to) > 0 {
		words.Value = "to " + l.words(to[0])
	}
	return words
}

// words are what people call a step.
func (l *layout) words(s at) string {
	return l.laid[s.path][s.index].touchpoint.Label(l.flow.doc.Language.Value)
}

// span is the place of a move in the file.
func (l *layout) span(m move) source.Span {
	switch {
	case m.node >= 0:
		return l.flow.nodes[m.node].span
	case m.edge >= 0:
		return l.flow.edges[m.edge].span
	}
	return source.Span{File: l.flow.file}
}

func (l *layout) spanOf(c chain) source.Span { return l.span(l.moves[c.moves[0]]) }

// basis says in a sentence how the basic path was found.
func (l *layout) basis() string {
	walked, everyone := 0, l.unavoidable()
	for _, i := range l.chains[0].moves {
		if l.moves[i].node >= 0 && everyone[i] {
			walked++
		}
	}
	total := len(l.chains[0].moves)
	switch {
	case total == 1:
		return "Every way passes the one step of the basic path."
	case walked == total:
		return fmt.Sprintf("Every way passes all %d steps of the basic path.", total)
	}
	by := "shortest"
	if l.byTravel {
		by = "most travelled"
	}
	return fmt.Sprintf("Every way passes %d of the %d steps of the basic path; between them it is the %s way.", walked, total, by)
}

// unavoidable tells of each move whether every way to satisfaction makes it:
// it dominates that in the graph in which each move is a node too.
func (l *layout) unavoidable() map[int]bool {
	var from, to []int32
	for i, m := range l.moves {
		if l.useful[i] {
			from, to = append(from, int32(m.from), int32(l.places+i)), append(to, int32(l.places+i), int32(m.to))
		}
	}
	idom := graph.Dominators(graph.NewDigraph(l.places+len(l.moves), from, to), int32(l.at(l.start)))
	all := map[int]bool{}
	for at := idom[l.at(l.satisfied)]; at >= 0; at = idom[at] {
		if i := int(at) - l.places; i >= 0 {
			all[i] = true
		}
	}
	return all
}
