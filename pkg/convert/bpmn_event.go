package convert

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// has reports whether an event is one of a kind, such as message.
func (i *bpmnItem) has(kind string) bool { return i.event(kind) != nil }

// event returns what an event is defined by, of a kind; nil where it is none.
func (i *bpmnItem) event(kind string) *xmlElement {
	for _, d := range i.events {
		if strings.TrimSuffix(d.name, "EventDefinition") == kind {
			return d
		}
	}
	return nil
}

// happens says what an event is to those who walk: a message or a time to wait
// is a step, all else only a place that they pass.
func (i *bpmnItem) happens() nodeKind {
	if i.has("message") || i.has("timer") && i.role != bpmnThrow && i.role != bpmnEnd {
		return step
	}
	return gateway
}

// eventNodes makes the nodes of an event.
func (r *bpmnReader) eventNodes(i *bpmnItem) {
	if i.name.Value == "" {
		i.name = r.eventName(i)
	}
	if len(i.events) > 1 {
		r.loseItem(bpmnLostMultiple, i)
	}
	switch i.role {
	case bpmnStart:
		r.startNodes(i)
	case bpmnEnd:
		r.endNodes(i)
	default:
		r.add(i, i.happens())
		r.setTimer(i)
		r.loseEvent(i)
	}
}

// eventName is what an event without a name is called: as its message, error
// or signal is.
func (r *bpmnReader) eventName(i *bpmnItem) source.Spanned[string] {
	for _, d := range i.events {
		kind := strings.TrimSuffix(d.name, "EventDefinition")
		if kind == "link" {
			return bpmnWords(d.attr("name"))
		}
		if name := r.globalName(d.attr(kind + "Ref").Value); name.Value != "" {
			return name
		}
	}
	return source.Spanned[string]{}
}

// startNodes makes the nodes of a start event. Only in a process itself a
// journey begins there.
func (r *bpmnReader) startNodes(i *bpmnItem) {
	switch {
	case i.scope.eventSub():
		r.add(i, i.happens())
		r.setTimer(i)
	case i.scope.owner != nil:
		r.add(i, gateway)
	case len(i.in) > 0: // which is not allowed, and reported
		r.add(i, gateway)
		n := r.flow.node(node{kind: start, pool: i.scope.pool.number, key: i.key + "/start", name: i.name, span: i.e.tag})
		r.join(n, i.entry, i.e.tag)
	default:
		r.add(i, start)
	}
	if i.scope.eventSub() || i.scope.owner != nil {
		return
	}
	if i.has("timer") {
		r.loseItem(bpmnLostTime, i)
	} else if i.has("signal") || i.has("conditional") {
		r.loseItem(bpmnLostEvent, i)
	}
}

// endNodes makes the nodes of an end event. In a subprocess it only leads out.
func (r *bpmnReader) endNodes(i *bpmnItem) {
	switch {
	case i.caught != nil || len(i.out) > 0 || i.scope.inside() && !i.fails():
		r.add(i, i.happens())
		if i.has("terminate") && i.scope.concurrentIn {
			r.loseItem(bpmnLostStop, i)
		}
	case i.has("message") && i.name.Value != "":
		r.add(i, step)
		i.exit = r.flow.node(node{kind: end, pool: i.scope.pool.number, key: i.key + "/end", span: i.e.tag, all: i.has("terminate") && i.scope.owner == nil})
		r.join(i.entry, i.exit, i.e.tag)
	default:
		r.add(i, end)
		n := &r.flow.nodes[i.entry]
		n.lost, n.all = i.fails() || i.has("escalation"), i.has("terminate") && i.scope.owner == nil
	}
	if i.has("compensate") {
		r.loseItem(bpmnLostUndo, i)
	}
}

// inside reports whether the ends of a scope lead on, to what is around it.
func (s *bpmnScope) inside() bool {
	for s.owner != nil && s.owner.eventSub() {
		s = s.owner.scope
	}
	return s.owner != nil
}

// fails reports whether an end is one that gives up.
func (i *bpmnItem) fails() bool { return i.has("error") || i.has("cancel") }

// loseEvent notes what an event stands for that a corridor cannot say.
func (r *bpmnReader) loseEvent(i *bpmnItem) {
	switch {
	case i.has("conditional"):
		r.loseItem(bpmnLostWhen, i)
	case i.has("compensate"):
		r.loseItem(bpmnLostUndo, i)
	case i.happens() == step || i.has("link") || i.caught != nil || i.role == bpmnBoundary:
	case len(i.events) > 0 || i.name.Value != "":
		r.loseItem(bpmnLostEvent, i)
	}
}

// setTimer makes the time of a timer the delay of its step.
func (r *bpmnReader) setTimer(i *bpmnItem) {
	d := i.event("timer")
	if d == nil {
		return
	}
	length := d.child("timeDuration")
	if length == nil {
		r.loseItem(bpmnLostTime, i)
		return
	}
	t, fixed, ok := bpmnDuration(length.text.Value)
	if !ok {
		r.loseItem(bpmnLostTime, i)
		return
	}
	if !fixed {
		r.loseItem(bpmnLostMonth, i)
	}
	r.flow.nodes[i.entry].touchpoint.Delay = &model.Duration{Value: t, Span: length.text.Span}
}

// bpmnDuration reads a length of time as ISO 8601 writes it: P2DT12H. It is
// not fixed where it has months or years.
func bpmnDuration(s string) (t time.Duration, fixed, ok bool) {
	const day = 24 * time.Hour
	rest, found := strings.CutPrefix(s, "P")
	if !found || rest == "" || strings.HasSuffix(rest, "T") {
		return 0, false, false
	}
	fixed = true
	date, clock, _ := strings.Cut(rest, "T")
	for _, part := range []struct {
		text  string
		units string
		sizes []time.Duration
	}{{date, "YMWD", []time.Duration{365 * day, 30 * day, 7 * day, day}}, {clock, "HMS", []time.Duration{time.Hour, time.Minute, time.Second}}} {
		last := -1
		for text := part.text; text != ""; {
			n := strings.IndexAny(text, "YMWDHS")
			if n <= 0 {
				return 0, false, false
			}
			unit := strings.IndexByte(part.units, text[n])
			number, err := strconv.ParseFloat(strings.Replace(text[:n], ",", ".", 1), 64)
			if unit <= last || err != nil || !bpmnDigits(text[:n]) || number*float64(part.sizes[unit]) > float64(100*365*day) {
				return 0, false, false
			}
			fixed = fixed && part.sizes[unit] != 30*day && part.sizes[unit] != 365*day
			t += time.Duration(number * float64(part.sizes[unit]))
			last, text = unit, text[n+1:]
		}
	}
	return t, fixed, t <= 100*365*day
}

// bpmnDigits reports whether a number is written with digits and a point only.
func bpmnDigits(s string) bool {
	return strings.Trim(s, "0123456789.,") == "" && s[0] >= '0' && s[0] <= '9'
}

// bpmnThrown are the kinds of events that look for one that catches them
// around the place where they are thrown.
var bpmnThrown = []string{"error", "escalation", "cancel"}

// findCatchers finds the event that each such event leads to.
func (r *bpmnReader) findCatchers() {
	for _, i := range r.order {
		if i.role != bpmnEnd && i.role != bpmnThrow {
			continue
		}
		for _, kind := range bpmnThrown {
			if d := i.event(kind); d != nil && i.caught == nil {
				i.caught = i.scope.catcher(kind, d.attr(kind+"Ref").Value)
			}
		}
		if i.caught != nil {
			i.caught.thrown = true
		}
	}
}

// catcher returns the nearest event around a scope that catches what is thrown
// there.
func (s *bpmnScope) catcher(kind, ref string) *bpmnItem {
	s.index()
	if i := bpmnCaught(s.catches, kind, ref); i != nil {
		return i
	}
	return s.outward(kind, ref)
}

// index makes the lookups of what is caught in a scope and at its border.
func (s *bpmnScope) index() {
	if s.catches != nil {
		return
	}
	s.catches, s.guards = bpmnCatching(s.starts), map[string]*bpmnItem{}
	if s.owner != nil {
		s.guards = bpmnCatching(s.owner.guards)
	}
}

// outward is catcher without the events in the scope itself: what is thrown in
// an event subprocess is not caught by it, nor by one beside it.
func (s *bpmnScope) outward(kind, ref string) *bpmnItem {
	s.index()
	switch i := bpmnCaught(s.guards, kind, ref); {
	case i != nil || s.owner == nil:
		return i
	case s.eventSub():
		return s.owner.scope.outward(kind, ref)
	}
	return s.owner.scope.catcher(kind, ref)
}

// bpmnCatching returns events by what they catch: the first of each kind, of
// each kind and reference, and the first without a reference.
func bpmnCatching(events []*bpmnItem) map[string]*bpmnItem {
	by := map[string]*bpmnItem{}
	note := func(key string, i *bpmnItem) {
		if by[key] == nil {
			by[key] = i
		}
	}
	for _, i := range events {
		for _, kind := range bpmnThrown {
			if d := i.event(kind); d != nil {
				note(kind, i)
				note(kind+" "+d.attr(kind+"Ref").Value, i)
			}
		}
	}
	return by
}

func bpmnCaught(by map[string]*bpmnItem, kind, ref string) *bpmnItem {
	if ref == "" {
		return by[kind]
	}
	if i := by[kind+" "+ref]; i != nil {
		return i
	}
	return by[kind+" "]
}

// eventEdges leads from an event, or to it, where no way is drawn.
func (r *bpmnReader) eventEdges(i *bpmnItem) {
	switch {
	case i.role == bpmnBoundary:
		if i.host != nil && !i.thrown && !i.aside && (i.host.inner == nil || !i.interrupts()) {
			r.aside(i.host.entry, i)
		}
	case i.caught != nil && (i.role == bpmnThrow || !i.caught.interrupts()):
		r.aside(i.exit, i.caught)
	case i.caught != nil:
		r.join(i.exit, i.caught.entry, i.e.tag)
	}
	if i.link != nil {
		r.join(i.exit, i.link.entry, i.e.tag)
	}
	if i.role == bpmnEnd && len(i.out) == 0 && !i.scope.adHoc() && r.goesOn(i) {
		r.join(i.exit, i.scope.leads(), i.e.tag)
	}
}

// goesOn reports whether the node that an end event became does not end there.
func (r *bpmnReader) goesOn(i *bpmnItem) bool {
	return i.exit >= 0 && r.flow.nodes[i.exit].kind != end && (i.caught == nil || !i.caught.interrupts())
}

// aside leads from a node to an event that breaks it off, or happens besides.
func (r *bpmnReader) aside(from int, i *bpmnItem) {
	if from >= 0 && i.entry >= 0 {
		r.flow.edge(edge{from: from, to: i.entry, span: i.e.tag, label: i.name, instead: i.interrupts(), besides: !i.interrupts()})
	}
}

// breakOff leads from what goes on in a scope to the events that break it off:
// those at the border of its owner, and those that begin event subprocesses.
// Around is where one goes who is broken off by what is farther out; -1: nothing
// is.
//
// Where one thing at a time goes on, each step may be broken off. Else all of
// them would have to be at once, which a flow cannot say, so that it happens
// before the first.
func (r *bpmnReader) breakOff(s *bpmnScope, around int) {
	outer := around
	targets := s.breakers()
	r.beside(s)
	if len(targets) > 0 {
		around = r.offTo(s, targets, around)
	}
	if around >= 0 && (s.parallelIn || !r.breakSteps(s, around)) {
		for _, i := range targets {
			if s.parallelIn {
				r.loseItem(bpmnLostMoment, i)
			}
		}
		for _, from := range s.entries() {
			r.flow.edge(edge{from: from, to: around, span: s.e.tag, label: r.flow.nodes[around].name, instead: true})
		}
		around = -1
	}
	for _, i := range s.items {
		switch {
		case i.inner == nil:
		case i.eventSub():
			r.breakOff(i.inner, outer)
		default:
			r.breakOff(i.inner, around)
		}
	}
}

// breakers returns the events that break off what goes on in a scope.
func (s *bpmnScope) breakers() (events []*bpmnItem) {
	all := s.starts
	if s.owner != nil && !s.eventSub() {
		all = append(slices.Clone(all), s.owner.guards...)
	}
	for _, i := range all {
		if i.interrupts() && !i.thrown && i.entry >= 0 {
			events = append(events, i)
		}
	}
	return events
}

// entries returns the nodes at which a scope begins.
func (s *bpmnScope) entries() (nodes []int) {
	if s.owner != nil && !s.eventSub() {
		return []int{s.owner.entry}
	}
	if s.begin >= 0 {
		nodes = append(nodes, s.begin)
	}
	for _, i := range s.items {
		if (i.role == bpmnStart || i.instantiates()) && i.entry >= 0 {
			nodes = append(nodes, i.entry)
		}
	}
	return nodes
}

// beside leads from where a scope begins to what may happen besides.
func (r *bpmnReader) beside(s *bpmnScope) {
	from := s.entries()
	events := slices.DeleteFunc(slices.Clone(s.starts), func(i *bpmnItem) bool { return i.interrupts() || i.thrown || i.entry < 0 })
	if len(from) > 1 && len(events) > 1 { // rather than from each to each
		hub := r.extra(s, gateway, "/besides")
		r.flow.nodes[hub].split = some
		for _, n := range from {
			r.flow.edge(edge{from: n, to: hub, span: s.e.tag, besides: true})
		}
		for _, i := range events {
			r.flow.edge(edge{from: hub, to: i.entry, span: i.e.tag, label: i.name})
		}
		return
	}
	for _, i := range events {
		for _, n := range from {
			r.aside(n, i)
		}
	}
}

// offTo returns the node from which the events that break a scope off begin,
// and what breaks off what is around it.
func (r *bpmnReader) offTo(s *bpmnScope, events []*bpmnItem, around int) int {
	if len(events) == 1 && around < 0 {
		return events[0].entry
	}
	hub := r.extra(s, gateway, "/off")
	for _, i := range events {
		r.flow.edge(edge{from: hub, to: i.entry, span: i.e.tag, label: i.name})
	}
	r.join(hub, around, s.e.tag)
	return hub
}

// breakSteps leads from each step of a scope to where those go who are broken
// off. It reports whether there is one, or what holds some.
func (r *bpmnReader) breakSteps(s *bpmnScope, to int) (found bool) {
	for _, i := range s.items {
		if i.inner != nil {
			found = found || !i.eventSub()
		} else if i.entry >= 0 && r.flow.nodes[i.entry].kind == step {
			found = true
			r.flow.edge(edge{from: i.entry, to: to, span: i.e.tag, label: r.flow.nodes[to].name, instead: true})
		}
	}
	return found
}
