package convert

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// sheetWeb is what paths mean, as a graph: steps lead from place to place. Its
// vertices are the nodes of the flow and, after them, the places. A place at
// which options hang is a row of places: the options come one after the other,
// each between two of them and with a way past it.
type sheetWeb struct {
	*sheetReader
	first  int           // the first place
	span   []source.Span // by place: a row that names it
	inner  []int         // by path: the place after its first step
	begin  []int         // by path: the place where it begins, -1: not known yet
	finish []int         // by path: the place where it ends, likewise
	behind sheetNext     // by place: the one behind its last option
	arcs   []sheetArc
}

// sheetArc is an edge between vertices.
type sheetArc struct {
	edge
	past bool // it begins behind the options that hang at its place
}

// sheetNext leads from each number to another one, or to itself, where a way
// ends.
type sheetNext []int

// end follows a way to its end and shortens it, so that all of them together
// cost hardly more than reading them.
func (next sheetNext) end(v int) int {
	root := v
	for next[root] != root {
		root = next[root]
	}
	for next[v] != root {
		v, next[v] = next[v], root
	}
	return root
}

// weave makes the nodes and edges of paths that are settled.
func (r *sheetReader) weave() {
	w := &sheetWeb{sheetReader: r, inner: make([]int, len(r.paths)), begin: make([]int, len(r.paths)), finish: make([]int, len(r.paths))}
	steps := r.paths[0].steps
	from := r.node(node{kind: start, key: r.key("start"), span: r.nodes[steps[0]].span})
	to := r.node(node{kind: end, key: r.key("end"), span: r.nodes[steps[len(steps)-1]].span})
	skips := w.skips()
	w.first = len(r.nodes)
	w.place()
	for i, p := range r.paths {
		if p.kind == model.Optional && i > 0 {
			w.option(i)
		}
	}
	w.arc(from, w.begin[0], r.nodes[from].span)
	for i, p := range r.paths {
		for _, node := range p.steps {
			r.nodes[node].path = filePath{i + 1, i > 0 && p.kind == model.Optional}
		}
		nodes := p.steps
		if len(nodes) == 0 {
			nodes = skips[i : i+1]
		}
		w.chain(i, nodes)
	}
	w.arc(w.finish[0], to, r.nodes[to].span)
	w.arcs[len(w.arcs)-1].past = true
	w.edges()
}

// skips makes the nodes of paths without a step: nothing happens there.
func (w *sheetWeb) skips() []int {
	skips := make([]int, len(w.paths))
	for i, p := range w.paths {
		if len(p.steps) == 0 {
			skips[i] = w.node(node{kind: gateway, key: w.key(w.label(p)), name: p.name, span: p.span})
		}
	}
	return skips
}

// newPlace makes a place.
func (w *sheetWeb) newPlace(span source.Span) int {
	w.span = append(w.span, span)
	return w.first + len(w.span) - 1
}

// place makes the places of all paths: those between their steps, those where
// the basic path begins and ends, and those of options.
func (w *sheetWeb) place() {
	for i, p := range w.paths {
		w.begin[i], w.finish[i] = -1, -1
		if i == 0 || p.kind == model.Optional {
			w.begin[i] = w.newPlace(p.span)
		}
		w.inner[i] = w.first + len(w.span)
		for _, node := range p.steps[min(1, len(p.steps)):] {
			w.newPlace(w.nodes[node].span)
		}
		if i == 0 || p.kind == model.Optional {
			w.finish[i] = w.newPlace(p.span)
		}
	}
	w.behind = make(sheetNext, w.first+len(w.span))
	for v := range w.behind {
		w.behind[v] = v
	}
}

// at returns the place before or after a step.
func (w *sheetWeb) at(p sheetPoint) int {
	on := w.places[p.node]
	switch steps := w.paths[on.path].steps; {
	case p.after && on.index < len(steps)-1:
		return w.inner[on.path] + on.index
	case p.after:
		return w.ending(on.path)
	case on.index > 0:
		return w.inner[on.path] + on.index - 1
	}
	return w.beginning(on.path)
}

// beginning returns the place where a path begins: that of an alternative is
// one of the paths that it hangs on.
func (w *sheetWeb) beginning(path int) int {
	if w.begin[path] < 0 {
		w.begin[path] = w.at(w.paths[path].from)
	}
	return w.begin[path]
}

// ending returns the place where a path ends.
func (w *sheetWeb) ending(path int) int {
	if w.finish[path] < 0 {
		w.finish[path] = w.at(w.paths[path].to)
	}
	return w.finish[path]
}

// option hangs an option at its place, behind those that hang there already.
func (w *sheetWeb) option(path int) {
	p := w.paths[path]
	at := w.at(p.from)
	last := w.behind[at]
	w.arc(last, w.begin[path], p.span)
	w.arcs[len(w.arcs)-1].past = last != at
	w.arc(w.begin[path], w.finish[path], p.span)
	w.arcs[len(w.arcs)-1].past = true
	w.behind[at] = w.finish[path]
}

func (w *sheetWeb) arc(from, to int, span source.Span) {
	w.arcs = append(w.arcs, sheetArc{edge: edge{from: from, to: to, span: span}})
}

// chain makes the ways from step to step of a path. The first says what the
// path is called, and how many take it.
func (w *sheetWeb) chain(path int, nodes []int) {
	p := w.paths[path]
	at := w.beginning(path)
	for i, node := range nodes {
		w.arc(at, node, w.nodes[node].span)
		a := &w.arcs[len(w.arcs)-1]
		a.past = true
		if i == 0 && path > 0 {
			a.label, a.share = p.name, w.shareOf(p)
		}
		if at = w.inner[path] + i; i == len(nodes)-1 {
			at = w.ending(path)
		}
		w.arc(node, at, w.nodes[node].span)
	}
}

// shareOf reads how many take a path.
func (w *sheetWeb) shareOf(p *sheetPath) *source.Spanned[float64] {
	v := p.way.share
	if !v.Given() {
		return nil
	}
	share, ok := sheetShare(v.Value)
	if !ok {
		w.lose(v.Span, "paths."+w.label(p)+".share", finding.Quote(v.Value)+" is not understood as the share of "+finding.Quote(w.label(p))+", so it is left out", "Write it as `60%`.")
		return nil
	}
	return &source.Spanned[float64]{Value: share, Span: v.Span}
}

// edges makes edges of the arcs. A place to which one way leads is a part of
// what is before it, one from which one way leads a part of what is after it;
// all others are gateways.
func (w *sheetWeb) edges() {
	for i := range w.arcs {
		if a := &w.arcs[i]; a.past && a.from >= w.first {
			a.from = w.behind.end(a.from)
		}
	}
	w.join(func(a sheetArc) int { return a.to }, func(a *sheetArc) (int, *int) { return a.from, &a.from })
	w.join(func(a sheetArc) int { return a.from }, func(a *sheetArc) (int, *int) { return a.to, &a.to })
	gateways := make([]int, len(w.span))
	made := func(v int) int {
		if v < w.first {
			return v
		}
		if g := &gateways[v-w.first]; *g == 0 {
			*g = w.node(node{kind: gateway, key: w.key("ways part"), span: w.span[v-w.first]})
		}
		return gateways[v-w.first]
	}
	for _, a := range w.arcs {
		a.edge.from, a.edge.to = made(a.from), made(a.to)
		w.edge(a.edge)
	}
}

// join takes out the places with one arc on a side: its other arcs begin, or
// end, where that one does.
func (w *sheetWeb) join(side func(sheetArc) int, other func(*sheetArc) (int, *int)) {
	count := make([]int, w.first+len(w.span))
	for _, a := range w.arcs {
		count[side(a)]++
	}
	next := make(sheetNext, len(count))
	for v := range next {
		next[v] = v
	}
	alone := func(a sheetArc) bool { return side(a) >= w.first && count[side(a)] == 1 }
	for i := range w.arcs {
		if alone(w.arcs[i]) {
			next[side(w.arcs[i])], _ = other(&w.arcs[i])
		}
	}
	w.arcs = slices.DeleteFunc(w.arcs, alone)
	for i := range w.arcs {
		v, end := other(&w.arcs[i])
		*end = next.end(v)
	}
}
