package convert

import (
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// bpmnRole is what an element of a process is to those who walk through it.
type bpmnRole int

const (
	bpmnNothing bpmnRole = iota
	bpmnActivity
	bpmnFrame // an activity that others stand in
	bpmnGateway
	bpmnStart
	bpmnCatch
	bpmnThrow
	bpmnBoundary
	bpmnEnd
)

// bpmnKinds are the elements of a process that ways lead from and to: what
// each is, and what people call it.
var bpmnKinds = map[string]struct {
	role bpmnRole
	word string
}{
	"task": {bpmnActivity, "task"}, "userTask": {bpmnActivity, "user task"}, "serviceTask": {bpmnActivity, "service task"},
	"manualTask": {bpmnActivity, "manual task"}, "sendTask": {bpmnActivity, "send task"}, "receiveTask": {bpmnActivity, "receive task"},
	"scriptTask": {bpmnActivity, "script task"}, "businessRuleTask": {bpmnActivity, "business rule task"}, "callActivity": {bpmnActivity, "call activity"},
	"subProcess": {bpmnFrame, "subprocess"}, "transaction": {bpmnFrame, "transaction"}, "adHocSubProcess": {bpmnFrame, "ad-hoc subprocess"},
	"exclusiveGateway": {bpmnGateway, "exclusive gateway"}, "eventBasedGateway": {bpmnGateway, "event-based gateway"},
	"parallelGateway": {bpmnGateway, "parallel gateway"}, "inclusiveGateway": {bpmnGateway, "inclusive gateway"},
	"complexGateway": {bpmnGateway, "complex gateway"},
	"startEvent":     {bpmnStart, "start event"}, "intermediateCatchEvent": {bpmnCatch, "intermediate event"},
	"intermediateThrowEvent": {bpmnThrow, "intermediate event"}, "implicitThrowEvent": {bpmnThrow, "intermediate event"},
	"boundaryEvent": {bpmnBoundary, "boundary event"}, "endEvent": {bpmnEnd, "end event"},
}

// bpmnItem is an activity, a gateway or an event.
type bpmnItem struct {
	e     *xmlElement
	role  bpmnRole
	word  string // what people call its kind
	key   string // its id, or one made up; unique
	name  source.Spanned[string]
	scope *bpmnScope // where it stands
	inner *bpmnScope // what stands in it; nil: nothing

	in, out []*bpmnWay
	// cutIn and cutOut say that a way leads to it, or from it, of which the
	// other end is not there.
	cutIn, cutOut bool
	byDefault     *bpmnWay
	events        []*xmlElement // what it waits for or lets others know
	host          *bpmnItem     // of a boundary event: what it breaks off
	guards        []*bpmnItem   // the boundary events of an activity
	lane          *bpmnLane
	aside         bool // for compensation only: no way leads there

	// entry and exit are the nodes that ways to it lead to, and ways from it
	// come from; -1: it has none.
	entry, exit int
	thrown      bool      // an event that is thrown by another one, which leads to it
	caught      *bpmnItem // the event that catches what is thrown here
	link        *bpmnItem // the event that a link leads to
}

// bpmnWay is a sequence flow.
type bpmnWay struct {
	e         *xmlElement
	key       string
	name      source.Spanned[string]
	condition *xmlElement // nil: it has none
	from, to  *bpmnItem
	scope     *bpmnScope
}

// bpmnScope is what a process or a subprocess holds.
type bpmnScope struct {
	e     *xmlElement
	pool  *bpmnPool
	owner *bpmnItem // nil: it is a process
	items []*bpmnItem
	ways  []*bpmnWay
	lanes []*xmlElement // lane sets

	begins, stops []*bpmnItem // without a way in or out, where no event says so
	concurrent    bool        // several things may go on in it at once
	concurrentIn  bool        // the same, or in what stands in it
	parallelIn    bool        // its ways part and are walked at once, in it or in subprocesses in it
	begin         int         // the node where a process begins that has no start event; -1: none
	exit          int         // the node that its ends lead to; -1: none

	// starts are the start events of the event subprocesses in it.
	starts []*bpmnItem
	// catches and guards are the starts, and the boundary events of its owner,
	// by what they catch.
	catches, guards map[string]*bpmnItem
}

// bpmnLane is a part of a pool, such as a department.
type bpmnLane struct {
	name source.Spanned[string]
	key  string
	span source.Span
	ref  source.Span // where the item is named
}

// readScope reads what an element holds. Elements stand in each other less
// deep than XML allows, so that this ends.
func (r *bpmnReader) readScope(e *xmlElement, s *bpmnScope) {
	s.begin, s.exit = -1, -1
	for _, c := range e.children {
		if kind, ok := bpmnKinds[c.name]; ok {
			r.readItem(c, s, kind.role, kind.word)
			continue
		}
		switch c.name {
		case "sequenceFlow":
			r.readWay(c, s)
		case "laneSet":
			s.lanes = append(s.lanes, c)
		case "textAnnotation", "group", "association":
			r.notes = append(r.notes, c)
		}
	}
}

func (r *bpmnReader) readItem(e *xmlElement, s *bpmnScope, role bpmnRole, word string) {
	i := &bpmnItem{e: e, role: role, word: word, name: bpmnWords(e.attr("name")), scope: s, entry: -1, exit: -1}
	i.key = r.key(e)
	if r.items[i.key] == nil {
		r.items[i.key] = i
	}
	s.items, r.order = append(s.items, i), append(r.order, i)
	if role == bpmnActivity || role == bpmnFrame {
		s.pool.steps++
	}
	for _, c := range e.children {
		if strings.HasSuffix(c.name, "EventDefinition") {
			i.events = append(i.events, c)
		} else if c.name == "eventDefinitionRef" {
			if d := r.global(c.text.Value); d != nil {
				i.events = append(i.events, d)
			}
		}
	}
	if role == bpmnFrame {
		inner := &bpmnScope{e: e, pool: s.pool, owner: i}
		if r.readScope(e, inner); len(inner.items) > 0 {
			i.inner = inner
		}
		if i.eventSub() {
			for _, start := range inner.items {
				if start.role == bpmnStart {
					s.starts = append(s.starts, start)
				}
			}
		}
	}
}

func (r *bpmnReader) readWay(e *xmlElement, s *bpmnScope) {
	w := &bpmnWay{e: e, key: r.key(e), name: bpmnWords(e.attr("name")), condition: e.child("conditionExpression"), scope: s}
	if r.ways[w.key] == nil {
		r.ways[w.key] = w
	}
	s.ways, r.wayOrder = append(s.ways, w), append(r.wayOrder, w)
}

// key returns what the file calls an element, made unique.
func (r *bpmnReader) key(e *xmlElement) string {
	id := e.attr("id")
	if id.Value == "" {
		r.keys++
		return e.name + "/" + strconv.Itoa(r.keys) // no id holds a slash
	}
	r.takenIDs[id.Value]++
	if n := r.takenIDs[id.Value]; n > 1 {
		r.unclear(id.Span, "nodes."+id.Value, "the id "+finding.Quote(id.Value)+" is given more than once; ways to it are read as ways to the first",
			"Give each element an id of its own.")
		return id.Value + "/" + strconv.Itoa(n)
	}
	return id.Value
}

// bpmnWords puts words into one line: names are broken where the picture has
// no room.
func bpmnWords(s source.Spanned[string]) source.Spanned[string] {
	if strings.ContainsAny(s.Value, "\n\r\t") || strings.Contains(s.Value, "  ") || strings.TrimSpace(s.Value) != s.Value {
		s.Value = strings.Join(strings.Fields(s.Value), " ")
	}
	return s
}

// says is what an item is called in a sentence: the task `Pay`.
func (i *bpmnItem) says() string {
	if i.name.Value != "" {
		return "the " + i.word + " " + finding.Quote(i.name.Value)
	}
	if strings.Contains(i.key, "/") {
		return "a " + i.word + " without a name"
	}
	return "the " + i.word + " " + finding.Quote(i.key)
}

func (i *bpmnItem) is(kind string) bool { return i.e.name == kind }

// flag returns whether an attribute is `true`.
func (i *bpmnItem) flag(name string) bool { return bpmnTrue(i.e.attr(name).Value) }

func bpmnTrue(s string) bool { return s == "true" || s == "1" }

// eventSub reports whether it is a subprocess that an event begins.
func (i *bpmnItem) eventSub() bool { return i.inner != nil && i.flag("triggeredByEvent") }

func (i *bpmnItem) adHoc() bool { return i.inner != nil && i.is("adHocSubProcess") }

// interrupts reports whether a boundary event, or the start event of an event
// subprocess, breaks off what it stands at. It does where nothing is said.
func (i *bpmnItem) interrupts() bool {
	name := "isInterrupting"
	if i.role == bpmnBoundary {
		name = "cancelActivity"
	}
	v := i.e.attr(name)
	return !v.Given() || bpmnTrue(v.Value)
}

// says is what a way is called in a sentence.
func (w *bpmnWay) says() string {
	switch {
	case w.name.Value != "":
		return "the way " + finding.Quote(w.name.Value)
	case w.from != nil && w.to != nil:
		return "the way from " + w.from.says() + " to " + w.to.says()
	case strings.Contains(w.key, "/"):
		return "a way without a name"
	}
	return "the way " + finding.Quote(w.key)
}

// global returns an element that the whole file may refer to, such as a
// message; nil where there is none.
func (r *bpmnReader) global(id string) *xmlElement {
	if e := r.globals[id]; e != nil {
		return e
	}
	_, local := xmlName(id)
	return r.globals[local]
}

// resolve finds what references mean.
func (r *bpmnReader) resolve() {
	for _, w := range r.wayOrder {
		r.resolveWay(w)
	}
	for _, i := range r.order {
		r.resolveItem(i)
	}
	for _, p := range r.pools {
		if p.scope != nil {
			for _, set := range p.scope.lanes {
				r.readLanes(set)
			}
		}
	}
	for _, i := range r.order { // lanes may stand in subprocesses, too
		if i.inner != nil {
			for _, set := range i.inner.lanes {
				r.readLanes(set)
			}
		}
	}
}

func (r *bpmnReader) resolveWay(w *bpmnWay) {
	w.from = r.wayEnd(w, "sourceRef", "begins at")
	w.to = r.wayEnd(w, "targetRef", "leads to")
	switch {
	case w.from == nil || w.to == nil:
		if w.from != nil {
			w.from.cutOut = true
		}
		if w.to != nil {
			w.to.cutIn = true
		}
		return
	case w.from.scope.pool != w.to.scope.pool:
		r.unclear(w.e.tag, "flows."+w.key, w.says()+" leads from one pool into another, which only messages do; it is read as no way",
			"Draw a message flow between pools.")
		w.from.cutOut, w.to.cutIn = true, true
		w.from, w.to = nil, nil
		return
	case w.from.scope != w.to.scope:
		r.unclear(w.e.tag, "flows."+w.key, w.says()+" crosses the border of a subprocess; it is walked as it is drawn",
			"Let ways end at the border of the subprocess, or begin there.")
	}
	w.from.out, w.to.in = append(w.from.out, w), append(w.to.in, w)
}

// wayEnd returns the item that an end of a way names. What is wrong with the
// end of a way belongs to the item that it leads away from, if there is one:
// that the item leads nowhere is the same defect.
func (r *bpmnReader) wayEnd(w *bpmnWay, attr, verb string) *bpmnItem {
	ref := w.e.attr(attr)
	if i := r.item(ref.Value); ref.Value != "" && i != nil {
		return i
	}
	way, subject := "the way "+finding.Quote(w.key), "flows."+w.key+"."+attr
	if w.from != nil {
		way += " from " + w.from.says()
		subject = "nodes." + w.from.key + "." + subject
	}
	if ref.Value == "" {
		r.flow.report("dangling-target", w.e.tag, subject, way+" "+strings.Fields(verb)[0]+" nowhere: it has no `"+attr+"`",
			"Draw it from one step to another, or remove it.")
		return nil
	}
	r.dangling(ref, subject, way+" "+verb+" "+finding.Quote(ref.Value)+", which is not in this file")
	return nil
}

// item returns the item of an id, which may stand after a prefix.
func (r *bpmnReader) item(id string) *bpmnItem {
	if i := r.items[id]; i != nil {
		return i
	}
	_, local := xmlName(id)
	return r.items[local]
}

// dangling reports a reference to what is not there.
func (r *bpmnReader) dangling(ref source.Spanned[string], subject, message string) {
	help := "Draw it anew in the program that made the model, or remove it."
	if r.tried += len(r.order); r.tried <= finding.MaxCompared/10 {
		candidates := make([]string, len(r.order))
		for n, i := range r.order {
			candidates[n] = i.key
		}
		if near := finding.DidYouMean(ref.Value, candidates); near != "" {
			help = near
		}
	}
	r.flow.report("dangling-target", ref.Span, subject, message, help)
}

// unclear reports what a model leaves open, and how it was read.
func (r *bpmnReader) unclear(at source.Span, subject, message, help string, related ...finding.Related) {
	r.flow.report("unclear-flow", at, subject, message, help, related...)
}

func (r *bpmnReader) resolveItem(i *bpmnItem) {
	if ref := i.e.attr("default"); ref.Value != "" {
		r.resolveDefault(i, ref)
	}
	if i.role == bpmnBoundary {
		r.resolveHost(i)
	}
	for _, c := range i.e.children {
		if (c.name == "incoming" || c.name == "outgoing") && c.text.Value != "" && r.way(c.text.Value) == nil {
			r.flow.report("dangling-target", c.text.Span, "nodes."+i.key+"."+c.name, i.says()+" names the way "+finding.Quote(c.text.Value)+", which is not there",
				"Draw it anew in the program that made the model, or remove the line.")
		}
	}
	i.aside = len(i.in) == 0 && (i.flag("isForCompensation") || i.role == bpmnBoundary && len(i.events) == 1 && i.has("compensate"))
}

// way returns the way of an id, which may stand after a prefix.
func (r *bpmnReader) way(id string) *bpmnWay {
	if w := r.ways[id]; w != nil {
		return w
	}
	_, local := xmlName(id)
	return r.ways[local]
}

func (r *bpmnReader) resolveDefault(i *bpmnItem, ref source.Spanned[string]) {
	w := r.way(ref.Value)
	switch {
	case w == nil:
		r.flow.report("dangling-target", ref.Span, "nodes."+i.key+".default", i.says()+" goes by the way "+finding.Quote(ref.Value)+" where no other is walked, which is not there",
			"Choose one of its ways as the default in the program that made the model.")
	case w.from != nil && w.from != i:
		r.unclear(ref.Span, "nodes."+i.key+".default", w.says()+" is the default of "+i.says()+", but does not begin there; it is read as no default",
			"Choose one of its own ways as the default.")
	default:
		i.byDefault = w
	}
}

func (r *bpmnReader) resolveHost(i *bpmnItem) {
	ref := i.e.attr("attachedToRef")
	if ref.Value == "" {
		r.flow.report("dangling-target", i.e.tag, "nodes."+i.key+".attachedToRef", i.says()+" stands at the border of nothing: it has no `attachedToRef`", "Draw it at the border of a step.")
		return
	}
	host := r.item(ref.Value)
	switch {
	case host == nil:
		r.dangling(ref, "nodes."+i.key+".attachedToRef", i.says()+" stands at the border of "+finding.Quote(ref.Value)+", which is not there")
	case host.role != bpmnActivity && host.role != bpmnFrame || host.scope.pool != i.scope.pool:
		r.unclear(ref.Span, "nodes."+i.key+".attachedToRef", i.says()+" stands at "+host.says()+", which cannot be broken off; it is read as an event that nothing leads to",
			"Draw it at the border of a task or subprocess.")
	default:
		i.host = host
		host.guards = append(host.guards, i)
	}
}

// readLanes reads which lane each item stands in: the innermost, so that
// lanes inside a lane are read after what it holds itself.
func (r *bpmnReader) readLanes(set *xmlElement) {
	for _, e := range set.children {
		if e.name != "lane" {
			continue
		}
		lane := &bpmnLane{name: bpmnWords(e.attr("name")), key: "lane " + r.key(e), span: e.span}
		for _, c := range e.children {
			if c.name == "flowNodeRef" {
				r.readLaneItem(lane, c.text)
			}
		}
		for _, c := range e.children {
			if c.name == "childLaneSet" {
				r.readLanes(c)
			}
		}
	}
}

func (r *bpmnReader) readLaneItem(lane *bpmnLane, ref source.Spanned[string]) {
	if i := r.item(ref.Value); i != nil {
		own := *lane
		own.ref = ref.Span
		i.lane = &own
		return
	}
	if ref.Value != "" && !r.exists(ref.Value) { // some programs name data objects, too
		r.dangling(ref, strings.Replace(lane.key, " ", "s.", 1), "the lane "+finding.Quote(lane.name.Value)+" holds "+finding.Quote(ref.Value)+", which is not there")
	}
}

// exists reports whether any element of the file has an id.
func (r *bpmnReader) exists(id string) bool {
	if r.known == nil {
		r.known = map[string]bool{}
		var collect func(*xmlElement)
		collect = func(e *xmlElement) {
			r.known[e.attr("id").Value] = true
			for _, c := range e.children {
				collect(c)
			}
		}
		collect(r.root)
	}
	_, local := xmlName(id)
	return r.known[id] || r.known[local]
}

// laneOf returns the lane of an item, or that of the subprocess around it; nil
// where there is none.
func (i *bpmnItem) laneOf() *bpmnLane {
	for ; i != nil; i = i.scope.owner {
		switch {
		case i.lane != nil:
			return i.lane
		case i.host != nil && i.host.lane != nil: // an event belongs to what it stands at
			return i.host.lane
		}
	}
	return nil
}
