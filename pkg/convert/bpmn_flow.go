package convert

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// prepare finds out where a scope begins and stops, and whether several things
// go on in it at once.
func (s *bpmnScope) prepare() {
	starts, ends := false, false
	for _, i := range s.items {
		starts = starts || i.role == bpmnStart || i.instantiates()
		ends = ends || i.role == bpmnEnd
	}
	for _, i := range s.items {
		if i.inner != nil {
			i.inner.prepare()
			s.concurrentIn = s.concurrentIn || i.inner.concurrentIn
			s.parallelIn = s.parallelIn || i.inner.parallelIn && !i.eventSub()
		}
		if !starts && i.first() {
			s.begins = append(s.begins, i)
		}
		if !ends && i.last() {
			s.stops = append(s.stops, i)
		}
		s.concurrent = s.concurrent || i.forks()
		s.parallelIn = s.parallelIn || i.split() != one
	}
	if !starts && len(s.begins) == 0 && !s.eventSub() {
		s.begins = s.anywhere()
	}
	if len(s.begins) > 1 && !s.adHoc() {
		s.concurrent, s.parallelIn = true, true
	}
	s.concurrentIn = s.concurrentIn || s.concurrent
}

func (s *bpmnScope) adHoc() bool    { return s.owner != nil && s.owner.adHoc() }
func (s *bpmnScope) eventSub() bool { return s.owner != nil && s.owner.eventSub() }

// anywhere returns the first item of a scope that goes round in a circle.
func (s *bpmnScope) anywhere() []*bpmnItem {
	for n, i := range s.items {
		if i.role != bpmnBoundary && !i.aside && !i.eventSub() {
			return s.items[n : n+1]
		}
	}
	return nil
}

// first reports whether nothing leads to an item that something should lead to.
func (i *bpmnItem) first() bool {
	return len(i.in) == 0 && !i.cutIn && i.role != bpmnBoundary && i.role != bpmnStart && !i.eventSub() && !i.aside && !(i.role == bpmnCatch && i.has("link"))
}

// last reports whether nothing leads away from an item that is no end.
func (i *bpmnItem) last() bool {
	return len(i.out) == 0 && !i.cutOut && i.role != bpmnEnd && !i.eventSub() && !i.aside && !(i.role == bpmnThrow && i.has("link"))
}

// instantiates reports whether a process begins at an item that is no start
// event.
func (i *bpmnItem) instantiates() bool {
	return i.flag("instantiate") && len(i.in) == 0 && i.scope.owner == nil && (i.is("receiveTask") || i.is("eventBasedGateway"))
}

// forks reports whether several things go on at once after an item.
func (i *bpmnItem) forks() bool {
	switch {
	case i.role == bpmnBoundary:
		return !i.interrupts() || i.split() != one
	case i.eventSub():
		return !i.inner.interrupts()
	}
	return i.split() != one
}

// interrupts reports whether an event subprocess breaks off what is around it.
func (s *bpmnScope) interrupts() bool {
	for _, i := range s.items {
		if i.role == bpmnStart {
			return i.interrupts()
		}
	}
	return true
}

// split says how many of the ways from an item are walked. From all but
// gateways these are all that have no condition, and those whose condition
// holds.
func (i *bpmnItem) split() many {
	if len(i.out) < 2 {
		return one
	}
	if i.role == bpmnGateway {
		switch i.e.name {
		case "parallelGateway":
			return all
		case "inclusiveGateway", "complexGateway":
			return some
		case "eventBasedGateway":
			if i.e.attr("eventGatewayType").Value == "Parallel" {
				return all
			}
		}
		return one
	}
	conditional, always := 0, 0
	for _, w := range i.out {
		switch {
		case w == i.byDefault:
		case w.condition != nil:
			conditional++
		default:
			always++
		}
	}
	switch {
	case conditional == 0 && always > 0:
		return all
	case conditional == 1 && always == 0:
		return one
	}
	return some
}

// join says how many of the ways to an item are waited for.
func (i *bpmnItem) join() many {
	switch i.e.name {
	case "parallelGateway":
		return all
	case "inclusiveGateway", "complexGateway":
		return some
	}
	return one
}

// makeNodes makes the nodes of all pools.
func (r *bpmnReader) makeNodes() {
	r.flow.nodes = slices.Grow(r.flow.nodes, len(r.order)+2*len(r.pools)) // they are large
	for _, p := range r.pools {
		r.scopeNodes(p.scope)
	}
}

func (r *bpmnReader) scopeNodes(s *bpmnScope) {
	if s.owner == nil && len(s.begins) > 0 {
		n := r.extra(s, start, "/start")
		if len(s.begins) > 1 {
			r.flow.nodes[n].split = all
		}
		s.begin = n
	}
	for _, i := range s.items {
		r.itemNodes(i)
	}
	if !s.inside() && len(s.stops) > 0 {
		s.exit = r.extra(s, end, "/end")
	}
}

// extra adds a node that the file does not have to a scope.
func (r *bpmnReader) extra(s *bpmnScope, kind nodeKind, suffix string) int {
	key := s.pool.key
	if s.owner != nil {
		key = s.owner.key
	}
	return r.flow.node(node{kind: kind, pool: s.pool.number, key: key + suffix, span: s.e.tag})
}

func (r *bpmnReader) itemNodes(i *bpmnItem) {
	r.loseParts(i)
	switch {
	case i.aside:
		r.loseItem(bpmnLostUndo, i)
	case i.role == bpmnFrame && i.inner != nil:
		r.frameNodes(i)
	case i.role == bpmnActivity || i.role == bpmnFrame:
		r.add(i, step)
		if i.is("callActivity") {
			r.loseItem(bpmnLostCall, i)
		}
	case i.role == bpmnGateway:
		r.add(i, gateway)
		r.loseGateway(i)
	default:
		r.eventNodes(i)
	}
	if i.instantiates() {
		n := r.flow.node(node{kind: start, pool: i.scope.pool.number, key: i.key + "/start", span: i.e.tag})
		r.join(n, i.entry, i.e.tag)
	}
}

// frameNodes puts what stands in a subprocess where the subprocess stands.
func (r *bpmnReader) frameNodes(i *bpmnItem) {
	if i.eventSub() {
		r.scopeNodes(i.inner)
		return
	}
	r.add(i, gateway)
	if len(i.inner.begins) > 1 && !i.adHoc() {
		r.flow.nodes[i.entry].split = all
	} else {
		r.flow.nodes[i.entry].split = one
	}
	r.scopeNodes(i.inner)
	i.exit = r.extra(i.inner, gateway, "/exit")
	i.inner.exit = i.exit
	r.flow.nodes[i.exit].split = i.split()
	if i.inner.concurrentIn {
		r.flow.nodes[i.exit].join = some
	}
	if i.adHoc() {
		r.loseItem(bpmnLostOrder, i)
	} else if i.name.Value != "" {
		r.loseItem(bpmnLostFrame, i)
	}
}

// add adds the node of an item.
func (r *bpmnReader) add(i *bpmnItem, kind nodeKind) {
	n := node{kind: kind, pool: i.scope.pool.number, key: i.key, name: i.name, span: i.e.span, join: i.join(), split: i.split(), cutIn: i.cutIn, cutOut: i.cutOut, event: i.is("eventBasedGateway") && i.split() == one}
	if kind == step {
		n.touchpoint = model.Touchpoint{Definition: model.Definition{Span: i.e.span, Description: bpmnDocumentation(i.e)}}
		if i.scope.pool == r.journey {
			n.touchpoint.Owner = r.owner(i)
		}
	}
	i.entry = r.flow.node(n)
	i.exit = i.entry
}

// owner returns who does a step: the lane that it stands in, else the one who
// is named as doing it.
func (r *bpmnReader) owner(i *bpmnItem) model.Name {
	unit := r.unitOfLane(i.laneOf())
	for _, c := range i.e.children {
		if c.name != "performer" && c.name != "humanPerformer" && c.name != "potentialOwner" {
			continue
		}
		ref := c.child("resourceRef")
		if ref != nil && unit.Value == "" {
			if name := r.globalName(ref.text.Value); name.Value != "" && !bpmnCustomer(name.Value) {
				unit = r.unit("resource "+ref.text.Value, name, "", r.global(ref.text.Value).span)
				unit.Span = ref.text.Span
				continue
			}
		}
		r.loseItem(bpmnLostWho, i)
	}
	return unit
}

func (r *bpmnReader) loseGateway(i *bpmnItem) {
	forks, joins := len(i.out) > 1, len(i.in) > 1
	switch {
	case i.is("complexGateway") && (forks || joins):
		r.loseItem(bpmnLostComplex, i)
	case i.is("inclusiveGateway") && forks:
		r.loseItem(bpmnLostChoice, i)
	case i.is("eventBasedGateway") && i.split() == all:
		r.loseItem(bpmnLostEvents, i)
	}
}

// makeEdges makes the edges of all pools, in the order of the file.
func (r *bpmnReader) makeEdges() {
	for _, p := range r.pools {
		r.scopeEdges(p.scope)
		r.breakOff(p.scope, -1)
	}
	for _, w := range r.wayOrder {
		r.wayEdge(w)
	}
	slices.SortStableFunc(r.flow.edges, func(a, b edge) int { return cmp.Compare(a.span.Start, b.span.Start) })
}

// join adds an edge that the file does not draw.
func (r *bpmnReader) join(from, to int, at source.Span) {
	if from >= 0 && to >= 0 {
		r.flow.edge(edge{from: from, to: to, span: at})
	}
}

func (r *bpmnReader) wayEdge(w *bpmnWay) {
	if w.from == nil || w.to == nil || w.from.exit < 0 || w.to.entry < 0 {
		return
	}
	label := w.name
	if w.condition != nil {
		if label.Value == "" {
			label = bpmnWords(w.condition.text)
		}
		if w.scope.pool == r.journey && w.from.split() != all {
			r.lose(bpmnLostCondition, w.condition.tag, "flows."+w.key, w.says())
		}
	}
	r.flow.edge(edge{from: w.from.exit, to: w.to.entry, span: w.e.span, label: label})
}

// scopeEdges leads into what a scope holds, and out of it.
func (r *bpmnReader) scopeEdges(s *bpmnScope) {
	switch {
	case s.adHoc():
		r.adHocEdges(s)
	case s.owner == nil:
		for _, i := range s.begins {
			r.join(s.begin, i.entry, i.e.tag)
		}
	case !s.owner.eventSub():
		for _, i := range s.items {
			if i.role == bpmnStart {
				r.join(s.owner.entry, i.entry, i.e.tag)
			}
		}
		for _, i := range s.begins {
			r.join(s.owner.entry, i.entry, i.e.tag)
		}
	}
	if !s.adHoc() {
		for _, i := range s.stops {
			r.join(i.exit, s.leads(), i.e.tag)
		}
	}
	for _, i := range s.items {
		r.eventEdges(i)
		if i.inner != nil {
			r.scopeEdges(i.inner)
		}
	}
}

// leads returns the node that the ends of a scope lead to; -1: they end the
// journey. The ends of what an event begins are those of what is around it.
func (s *bpmnScope) leads() int {
	for s.exit < 0 && s.eventSub() {
		if s = s.owner.scope; s.owner == nil {
			return -1
		}
	}
	return s.exit
}

// adHocEdges strings the parts of an ad-hoc subprocess that hang together, each
// of which may be left out.
func (r *bpmnReader) adHocEdges(s *bpmnScope) {
	parts := s.parts()
	here := s.owner.entry
	for n, part := range parts {
		next := s.owner.exit
		if n+1 < len(parts) {
			next = r.extra(s, gateway, "/"+strconv.Itoa(n+1))
		}
		first := part[:1]
		if begins := slices.DeleteFunc(slices.Clone(part), func(i *bpmnItem) bool { return !i.first() && i.role != bpmnStart }); len(begins) > 0 {
			first = begins
		}
		for _, i := range first {
			r.join(here, i.entry, i.e.tag)
		}
		for _, i := range part {
			if i.last() || i.role == bpmnEnd {
				r.join(i.exit, next, i.e.tag)
			}
		}
		r.join(here, next, part[0].e.tag)
		here = next
	}
}

// parts returns the items of a scope that hang together, in the order of the
// file.
func (s *bpmnScope) parts() (parts [][]*bpmnItem) {
	part := map[*bpmnItem]int{}
	for _, i := range s.items {
		if _, met := part[i]; met || i.entry < 0 {
			continue
		}
		queue := []*bpmnItem{i}
		part[i] = len(parts)
		for n := 0; n < len(queue); n++ {
			for _, near := range queue[n].neighbours() {
				if _, met := part[near]; !met && near.scope == s {
					part[near] = len(parts)
					queue = append(queue, near)
				}
			}
		}
		parts = append(parts, nil)
	}
	for _, i := range s.items {
		if n, ok := part[i]; ok && i.entry >= 0 {
			parts[n] = append(parts[n], i)
		}
	}
	return parts
}

func (i *bpmnItem) neighbours() (near []*bpmnItem) {
	for _, w := range i.in {
		near = append(near, w.from)
	}
	for _, w := range i.out {
		near = append(near, w.to)
	}
	if i.host != nil {
		near = append(near, i.host)
	}
	return append(near, i.guards...)
}
