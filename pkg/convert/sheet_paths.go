package convert

import (
	"slices"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// sheetWay is what a row says of the path that it is on.
type sheetWay struct {
	path, after, before, instead, share source.Spanned[string]
	optional                            bool
}

// sheetPath is a path of a sheet. The first one is the basic path.
type sheetPath struct {
	name      source.Spanned[string] // "": the sheet gives it none
	kind      model.Kind
	kindGiven bool
	steps     []int // nodes; none: the run that it stands in for may be skipped
	way       sheetWay
	span      source.Span // of its first row
	above     int         // rows of the basic path above its first row

	from, to sheetPoint // the places that it leads between
	state    int        // 0: not settled; 1: being settled; 2: settled
}

// sheetPlace says where a node stands.
type sheetPlace struct{ path, index int }

// sheetPoint is the place just before or just after a step.
type sheetPoint struct {
	node  int
	after bool
}

// sheetPathWords are the words for kinds of paths.
var sheetPathWords = []sheetWords[model.Kind]{
	{model.Basic, "basic, main, all, common, core, default, standard, normal, happy path, main path, basic path, mandatory, required, always, أساسي, الأساسي, المسار الأساسي, رئيسي, المسار الرئيسي, إلزامي, مشترك, الكل, الجميع, دائما, عادي, اصلی, مسیر اصلی, پایه, اساسی, الزامی, اجباری, مشترک, همه, همیشه"},
	{model.Optional, "optional, option, extra, add-on, addon, additional, if needed, may be skipped, اختياري, اختيارية, خيار, إضافي, إضافية, عند الحاجة, اختیاری, گزینه, اضافی, انتخابی, در صورت نیاز"},
	{model.Alternative, "alternative, alternate, alternative path, alt, or, else, variant, بديل, بديلة, البديل, مسار بديل, أو, جایگزین, مسیر جایگزین, بدیل, یا"},
}

// sheetInstead are words that stand before the step that an alternative stands
// in for.
var sheetInstead = []string{"instead of", "alternative to", "in place of", "بدلا من", "بديل عن", "عوضا عن", "به جای", "بجای"}

// pathOf reads the cell of a path: a kind, a name or both.
func (r *sheetReader) pathOf(w *sheetWay) (kind model.Kind, given bool, name source.Spanned[string]) {
	v := w.path
	if v.Value == "" {
		switch {
		case w.optional:
			return model.Optional, true, v
		case w.instead.Value != "": // what stands in for something is no step that all take
			return model.Alternative, true, v
		}
		return model.Basic, true, v
	}
	if word, ok := r.words.paths[sheetKey(v.Value)]; ok {
		return word.means, true, source.Spanned[string]{}
	}
	if step, ok := sheetInsteadOf(v); ok {
		if !w.instead.Given() {
			w.instead = step
		}
		return model.Alternative, true, source.Spanned[string]{}
	}
	for _, between := range []string{":", "：", " - ", " – ", " — ", "("} {
		first, second, ok := strings.Cut(v.Value, between)
		if !ok {
			continue
		}
		second = strings.TrimSuffix(strings.TrimSpace(second), ")")
		if word, ok := r.words.paths[sheetKey(first)]; ok && word.means != model.Basic && second != "" {
			return word.means, true, sheetPart(v, second)
		}
		if word, ok := r.words.paths[sheetKey(second)]; ok && word.means != model.Basic && strings.TrimSpace(first) != "" {
			return word.means, true, sheetPart(v, strings.TrimSpace(first))
		}
	}
	return model.Alternative, false, v
}

// sheetPart returns a part of a cell with its place.
func sheetPart(v source.Spanned[string], part string) source.Spanned[string] {
	at := strings.LastIndex(v.Value, part)
	if strings.HasPrefix(v.Value, part) {
		at = 0
	}
	if at >= 0 && v.Span.Text() == v.Value {
		v.Span.Start += at
		v.Span.End = v.Span.Start + len(part)
	}
	v.Value = part
	return v
}

// sheetInsteadOf cuts `instead of` from the front of a cell.
func sheetInsteadOf(v source.Spanned[string]) (source.Spanned[string], bool) {
	words := strings.Fields(v.Value)
	for _, lead := range sheetInstead {
		if n := len(strings.Fields(lead)); len(words) > n && sheetKey(strings.Join(words[:n], " ")) == sheetKey(lead) {
			at := strings.Index(v.Value, words[n-1]) + len(words[n-1])
			if rest := strings.TrimLeft(v.Value[at:], ": "); rest != "" {
				return sheetPart(v, rest), true
			}
		}
	}
	return v, false
}

// walk puts a row on its path. A row of a path without a name is a path of its
// own, so that each optional step may be skipped by itself.
func (r *sheetReader) walk(row *sheetRow, way sheetWay) {
	kind, given, name := r.pathOf(&way)
	at := 0
	if kind != model.Basic {
		key, known := sheetKey(name.Value), false
		if at, known = r.pathNamed[key]; !known || name.Value == "" {
			at = len(r.paths)
			r.paths = append(r.paths, &sheetPath{name: name, kind: kind, kindGiven: given, span: row.span, above: len(r.paths[0].steps), way: way})
			r.pathNamed[key] = at
		}
	}
	p := r.paths[at]
	if p.span.IsZero() {
		p.span = row.span
	}
	if row.node >= 0 {
		p.steps = append(p.steps, row.node)
		r.places = append(r.places, sheetPlace{at, len(p.steps) - 1})
	}
	if at == 0 {
		r.onBasic = append(r.onBasic, way)
		return
	}
	if given && !p.kindGiven {
		p.kind, p.kindGiven = kind, true
	}
	for _, anchor := range [][2]*source.Spanned[string]{{&p.way.after, &way.after}, {&p.way.before, &way.before}, {&p.way.instead, &way.instead}, {&p.way.share, &way.share}} {
		r.sayOnce(p, anchor[0], *anchor[1])
	}
}

// sayOnce takes in what a row says of its path, unless another row said
// something else.
func (r *sheetReader) sayOnce(p *sheetPath, known *source.Spanned[string], said source.Spanned[string]) {
	switch {
	case !said.Given():
	case !known.Given():
		*known = said
	case sheetKey(known.Value) != sheetKey(said.Value):
		r.lose(said.Span, "paths."+r.label(p)+"."+said.Value, "the path "+finding.Quote(r.label(p))+" says "+finding.Quote(known.Value)+" further up, so "+finding.Quote(said.Value)+" is left out",
			"Say it at the first row of the path only.")
	}
}

// label is how findings call a path.
func (r *sheetReader) label(p *sheetPath) string {
	switch {
	case p.name.Value != "":
		return p.name.Value
	case len(p.steps) > 0:
		return r.nodes[p.steps[0]].key
	}
	return p.kind.String()
}

// connect makes the ways of the flow.
func (r *sheetReader) connect() {
	r.checkBasic()
	r.chooseBasic()
	for i := range r.paths[1:] {
		r.chooseKind(r.paths[i+1])
		r.anchor(i + 1)
	}
	for i := range r.paths[1:] {
		r.settle(i + 1)
	}
	r.weave()
}

// checkBasic notes what rows of the basic path say of their place on it, where
// that is not how they stand in the sheet.
func (r *sheetReader) checkBasic() {
	basic := r.paths[0].steps
	for i, way := range r.onBasic {
		for _, said := range []struct {
			cell source.Spanned[string]
			next int
		}{{way.after, i - 1}, {way.before, i + 1}} {
			if said.cell.Given() && !(said.next >= 0 && said.next < len(basic) && r.means(said.cell.Value, basic[said.next])) {
				r.bound(said.cell.Span, "nodes."+r.nodes[basic[i]].key+"."+said.cell.Value, finding.Quote(r.nodes[basic[i]].key)+" is not where "+finding.Quote(said.cell.Value)+" puts it: rows of the basic path follow one another as in the sheet",
					"Move the row, or give the ways that part here a name in a column `path`.")
			}
		}
		for _, cell := range []source.Spanned[string]{way.instead, way.share} {
			if cell.Given() {
				r.lose(cell.Span, "nodes."+r.nodes[basic[i]].key+"."+cell.Value, finding.Quote(cell.Value)+" is left out, as "+finding.Quote(r.nodes[basic[i]].key)+" is on the basic path, which all customers take",
					"Write `alternative: NAME` or `optional: NAME` into a column `path` of the row.")
			}
		}
	}
}

// means reports whether a text names a step.
func (r *sheetReader) means(text string, node int) bool {
	n, ok := r.number[sheetKey(text)]
	return ok && n == node || sheetKey(text) == sheetKey(r.nodes[node].name.Value)
}

// chooseBasic takes the first path for the basic one where no row is on that.
func (r *sheetReader) chooseBasic() {
	if len(r.paths[0].steps) > 0 {
		return
	}
	for i, p := range r.paths {
		if len(p.steps) == 0 {
			continue
		}
		r.paths[0].steps, r.paths[0].span = p.steps, p.span
		r.paths = append(r.paths[:i], r.paths[i+1:]...)
		for node := range r.places {
			switch at := &r.places[node].path; {
			case *at == i:
				*at = 0
			case *at > i:
				*at--
			}
		}
		for _, other := range r.paths[1:] {
			if len(other.steps) > 0 {
				other.above, _ = slices.BinarySearch(p.steps, other.steps[0])
			}
		}
		at := p.name.Span
		if !p.name.Given() {
			at = p.span
		}
		r.lose(at, "paths.basic", "no row is on the basic path, which all customers have in common; the path "+finding.Quote(r.label(p))+" is taken for it", "Leave the path empty, or write `basic`, at the rows that all go.")
		return
	}
}

// chooseKind tells by its anchor what a path is that has a name only.
func (r *sheetReader) chooseKind(p *sheetPath) {
	if !p.kindGiven && !p.way.instead.Given() && p.way.after.Given() != p.way.before.Given() {
		p.kind = model.Optional
	}
	if len(p.steps) == 0 {
		p.kind = model.Alternative
	}
}

// anchor finds the places between which a path leads.
func (r *sheetReader) anchor(i int) {
	p := r.paths[i]
	first, last, instead := r.run(p, i)
	after, isAfter := r.find(p, i, p.way.after)
	before, isBefore := r.find(p, i, p.way.before)
	r.unused(p, instead, isAfter, isBefore && !(isAfter && p.kind == model.Optional && r.neighbour(after, 1) == before))
	switch {
	case p.kind == model.Optional && isAfter:
		p.from = sheetPoint{after, true}
	case p.kind == model.Optional && isBefore:
		p.from = sheetPoint{before, false}
	case p.kind == model.Optional && instead:
		p.from = sheetPoint{first, false}
	case p.kind == model.Optional:
		p.from = r.above(p)
	case instead:
		p.from, p.to = sheetPoint{first, false}, sheetPoint{last, true}
	case isAfter && isBefore:
		p.from, p.to = sheetPoint{after, true}, sheetPoint{before, false}
	case isAfter:
		r.standIn(p, r.neighbour(after, 1))
	case isBefore:
		r.standIn(p, r.neighbour(before, -1))
	default:
		r.standIn(p, r.beside(p))
	}
	if p.kind == model.Optional {
		p.to = p.from
	}
}

// unused notes anchors that others make needless.
func (r *sheetReader) unused(p *sheetPath, instead, after, before bool) {
	var extra source.Spanned[string]
	switch {
	case p.kind == model.Alternative && instead && after, p.kind == model.Optional && !after && before && instead:
		extra = p.way.after
		if !after {
			extra = p.way.instead
		}
	case p.kind == model.Alternative && instead && before, p.kind == model.Optional && after && before:
		extra = p.way.before
	case p.kind == model.Optional && after && instead:
		extra = p.way.instead
	default:
		return
	}
	r.lose(extra.Span, "paths."+r.label(p)+"."+extra.Value, finding.Quote(extra.Value)+" is left out: the place of "+finding.Quote(r.label(p))+" is said already",
		"An option hangs `after` or `before` a step and comes back there; an alternative stands `instead of` steps, or leads from `after` to `before`.")
}

// above is the place after the basic row above a path.
func (r *sheetReader) above(p *sheetPath) sheetPoint {
	basic := r.paths[0].steps
	if p.above == 0 {
		return sheetPoint{basic[0], false}
	}
	return sheetPoint{basic[min(p.above, len(basic))-1], true}
}

// beside is the basic row above a path, or the first one below.
func (r *sheetReader) beside(p *sheetPath) int {
	basic := r.paths[0].steps
	return basic[max(0, min(p.above, len(basic))-1)]
}

// neighbour is the step after or before a step on its path, or the step itself
// where there is none.
func (r *sheetReader) neighbour(node, way int) int {
	at := r.places[node]
	steps := r.paths[at.path].steps
	return steps[max(0, min(at.index+way, len(steps)-1))]
}

// standIn lets an alternative stand in for a step, which the sheet does not say.
func (r *sheetReader) standIn(p *sheetPath, node int) {
	p.from, p.to = sheetPoint{node, false}, sheetPoint{node, true}
	at := p.name.Span
	if !p.name.Given() {
		at = p.span
	}
	r.lose(at, "paths."+r.label(p)+".instead-of", "the sheet does not say what "+finding.Quote(r.label(p))+" is an alternative to; it is taken to stand in for "+finding.Quote(r.nodes[node].name.Value),
		"Name the step, or the first and the last of several, in a column `instead of`.")
}

// run finds the steps that an alternative stands in for.
func (r *sheetReader) run(p *sheetPath, i int) (first, last int, ok bool) {
	v := p.way.instead
	if !v.Given() {
		return 0, 0, false
	}
	if node, ok := r.lookUp(i, v.Value); ok {
		return node, node, true
	}
	list := sheetList(v)
	if len(list) < 2 {
		node, ok := r.find(p, i, v)
		return node, node, ok
	}
	for n, item := range list {
		node, found := r.find(p, i, item)
		switch {
		case !found:
			continue
		case !ok:
			first, last, ok = node, node, true
		case r.places[node].path != r.places[first].path:
			r.lose(item.Span, "paths."+r.label(p)+".instead-of."+strconv.Itoa(n), finding.Quote(item.Value)+" is on another path than "+finding.Quote(list[0].Value)+", so "+finding.Quote(r.label(p))+" does not stand in for it",
				"An alternative stands in for steps that follow one another on one path; else use `after` and `before`.")
		case r.places[node].index < r.places[first].index:
			first = node
		case r.places[node].index > r.places[last].index:
			last = node
		}
	}
	return first, last, ok
}

// find returns the step that a cell names, and reports one that is not there.
func (r *sheetReader) find(p *sheetPath, i int, v source.Spanned[string]) (int, bool) {
	if !v.Given() {
		return 0, false
	}
	node, ok := r.lookUp(i, v.Value)
	if !ok {
		r.report("dangling-target", v.Span, "paths."+r.label(p)+"."+v.Value, "the path "+finding.Quote(r.label(p))+" hangs on a step "+finding.Quote(v.Value)+", which no other row of the sheet names", r.near(v.Value))
	}
	return node, ok
}

// near suggests a step.
func (r *sheetReader) near(name string) string {
	if r.looked += len(r.named); r.looked < finding.MaxCompared {
		var names []string
		for _, n := range r.nodes {
			names = append(names, n.name.Value)
		}
		if help := finding.DidYouMean(name, names); help != "" {
			return help
		}
	}
	return "Write the name or the number of a step of the sheet."
}

// lookUp finds a step of another path by its number or its name, as the
// language writes it: `call`, `call#2`, `basic/call`. Of several it is the
// nearest above, else the first.
func (r *sheetReader) lookUp(path int, name string) (int, bool) {
	if nodes := r.named[sheetKey(name)]; len(nodes) > 0 {
		return r.nearest(path, nodes)
	}
	if node, ok := r.number[sheetKey(name)]; ok && r.places[node].path != path {
		return node, true
	}
	if stem, nth, ok := strings.Cut(name, "#"); ok {
		nodes := r.named[sheetKey(stem)]
		if n, err := strconv.Atoi(strings.TrimSpace(nth)); err == nil && n >= 1 && n <= len(nodes) {
			return nodes[n-1], r.places[nodes[n-1]].path != path
		}
	}
	if of, step, ok := strings.Cut(name, "/"); ok {
		return r.lookUpOn(path, strings.TrimSpace(of), step)
	}
	return 0, false
}

// lookUpOn finds a step on a path that is named.
func (r *sheetReader) lookUpOn(path int, of, step string) (int, bool) {
	if r.looked > 10*sheetRows {
		return 0, false
	}
	for _, node := range r.named[sheetKey(step)] {
		r.looked++
		on := r.places[node].path
		if on != path && (sheetKey(r.paths[on].name.Value) == sheetKey(of) || on == 0 && r.words.paths[sheetKey(of)].words != "" && r.words.paths[sheetKey(of)].means == model.Basic) {
			return node, true
		}
	}
	return 0, false
}

// nearest returns the last of some nodes above a path, else the first below.
func (r *sheetReader) nearest(path int, nodes []int) (int, bool) {
	best, ok := 0, false
	start := len(r.nodes)
	if steps := r.paths[path].steps; len(steps) > 0 {
		start = steps[0]
	}
	for _, node := range nodes[:min(len(nodes), 1000)] {
		if r.places[node].path != path && (!ok || node < start) {
			best, ok = node, true
		}
	}
	return best, ok
}

// settle goes from a path to those that it hangs on. Where that leads back to
// it, it hangs on nothing that holds, and on the basic path instead.
func (r *sheetReader) settle(i int) {
	p := r.paths[i]
	if p.state != 0 || i == 0 {
		return
	}
	p.state = 1
	for _, point := range []sheetPoint{p.from, p.to} {
		on := r.places[point.node].path
		if r.paths[on].state == 1 && on != 0 {
			at := p.way.instead
			for _, other := range []source.Spanned[string]{p.way.after, p.way.before, p.name} {
				if !at.Given() {
					at = other
				}
			}
			r.bound(at.Span, "paths."+r.label(p)+".circle", "the paths "+finding.Quote(r.label(p))+" and "+finding.Quote(r.label(r.paths[on]))+" hang on each other in a circle; "+finding.Quote(r.label(p))+" is hung on the basic row above it",
				"Let one of them hang on a step of the basic path.")
			p.from = r.above(p)
			if p.to = p.from; p.kind == model.Alternative {
				node := r.beside(p)
				p.from, p.to = sheetPoint{node, false}, sheetPoint{node, true}
			}
			break
		}
		r.settle(on)
	}
	p.state = 2
}
