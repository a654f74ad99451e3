package convert

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// check reports what a scope leaves unclear, and how it is read. What is wrong
// with the ways through it as a whole is found in its flow.
func (r *bpmnReader) check(s *bpmnScope) {
	r.checkBegin(s)
	r.checkStops(s)
	r.checkStarts(s)
	r.checkLinks(s)
	r.checkTermination(s)
	r.checkDuplicates(s)
	back := s.backWays()
	for _, i := range s.items {
		switch i.role {
		case bpmnGateway:
			r.checkGateway(i)
		case bpmnActivity, bpmnFrame:
			r.checkMeeting(i, back)
		default:
			r.checkEvent(i)
			r.checkMeeting(i, back)
		}
		r.checkConditions(i)
		if i.inner != nil {
			r.check(i.inner)
		}
	}
}

// vague reports what is unclear about an item.
func (r *bpmnReader) vague(i *bpmnItem, message, help string, related ...finding.Related) {
	r.unclear(i.e.tag, "nodes."+i.key, message, help, related...)
}

// says is what a scope is called in a sentence.
func (s *bpmnScope) says() string {
	if s.owner != nil {
		return s.owner.says()
	}
	return "the process " + s.pool.says()
}

func (s *bpmnScope) key() string {
	if s.owner != nil {
		return "nodes." + s.owner.key
	}
	return "pools." + s.pool.key
}

// bpmnSay names the first few items, and shows where they are.
func bpmnSay(items []*bpmnItem, note string) (string, []finding.Related) {
	var names []string
	var related []finding.Related
	for _, i := range items {
		if names = append(names, i.says()); len(names) <= 5 {
			related = append(related, finding.Related{Span: i.e.tag, Message: note})
		}
	}
	return bpmnFew(names), related
}

// checkBegin reports where a scope begins that does not say so. A subprocess
// without a start event is clear as long as one thing only can be the first.
func (r *bpmnReader) checkBegin(s *bpmnScope) {
	n := len(s.begins)
	if n == 0 || s.adHoc() || s.owner != nil && n == 1 {
		return
	}
	names, related := bpmnSay(s.begins, "nothing leads here")
	if n == 1 && !s.begins[0].first() {
		r.unclear(s.e.tag, s.key()+".start", s.says()+" has no start event and goes round in a circle; it is read as beginning at "+names, "Draw a start event.", related...)
		return
	}
	if n > 1 {
		names += ", all of them at once"
	}
	r.unclear(s.e.tag, s.key()+".start", s.says()+" has no start event; it is read as beginning at "+names, "Draw a start event, and ways from it.", related...)
}

// checkStops reports where a process ends that does not say so.
func (r *bpmnReader) checkStops(s *bpmnScope) {
	if len(s.stops) == 0 || s.owner != nil {
		return
	}
	names, related := bpmnSay(s.stops, "nothing leads on from here")
	r.unclear(s.e.tag, s.key()+".end", s.says()+" has no end event; it is read as ending well after "+names, "Draw an end event, and ways to it.", related...)
}

// checkStarts reports start events that compete, or that cannot begin what
// they stand in.
func (r *bpmnReader) checkStarts(s *bpmnScope) {
	var blank *bpmnItem
	starts := 0
	for _, i := range s.items {
		if i.role != bpmnStart {
			continue
		}
		starts++
		switch {
		case s.adHoc():
			r.vague(i, i.says()+" stands in an ad-hoc subprocess, in which anything may be done first; it is read as an event that nothing leads to but the subprocess", "Take it out.")
		case s.eventSub() && len(i.events) == 0:
			r.vague(i, i.says()+" begins "+s.says()+", but no event does: nothing says when; it is read as happening at any time", "Say what it waits for: a message, a time, an error …")
		case s.owner != nil && !s.eventSub() && len(i.events) > 0:
			r.vague(i, i.says()+" waits for something, though the way into "+s.says()+" begins it; it is read as beginning at once", "Draw a start event without a symbol, or put an intermediate event after it.")
		case len(i.events) == 0 && blank != nil:
			r.vague(i, s.says()+" has several start events that say nothing of when they happen; customers are read as beginning at any one of them", "Keep one, or say what each waits for.",
				finding.Related{Span: blank.e.tag, Message: "another start event"})
		case len(i.events) == 0:
			blank = i
		}
		if len(i.in) > 0 {
			r.vague(i, "a way leads back to "+i.says()+", which only begins; it is read as going on after it", "Let the way lead to what comes after the start event.")
		}
	}
	if s.eventSub() && starts == 0 {
		r.unclear(s.e.tag, s.key()+".start", s.says()+" is begun by an event, but has no start event; it is read as never beginning", "Draw a start event that says what it waits for.")
	}
}

// checkGateway reports a gateway of which it is not plain what it does.
func (r *bpmnReader) checkGateway(i *bpmnItem) {
	in, out := len(i.in), len(i.out)
	switch {
	case in > 1 && out > 1:
		r.vague(i, fmt.Sprintf("%s both brings %d ways together and parts %d; it is read as waiting for %s, then going on by %s", i.says(), in, out, bpmnMany[i.join()], bpmnMany[i.split()]),
			"Draw two gateways: one that brings ways together, and one that parts them.")
	case in == 1 && out == 1 && !i.cutIn && !i.cutOut:
		r.vague(i, i.says()+" has one way in and one way out, so that it decides nothing; it is read as if it were not there", "Draw the way that is missing, or take the gateway out.")
	}
	if i.is("eventBasedGateway") {
		r.checkWaiting(i)
	}
}

// backWays returns the ways by which one comes back to where one was, where
// several things may go on at once: nobody comes by one of them and by the way
// in at the same time.
func (s *bpmnScope) backWays() map[*bpmnWay]bool {
	back := map[*bpmnWay]bool{}
	if !s.concurrent {
		return back
	}
	next := map[*bpmnItem]int{} // which way is looked at next; beyond all once done
	for _, first := range [2]bool{true, false} {
		for _, i := range s.items {
			if _, met := next[i]; !met && (!first || len(i.in) == 0) {
				bpmnGoDown(i, next, back)
			}
		}
	}
	return back
}

// bpmnGoDown walks from an item as deep as it can, and notes the ways that lead
// back to an item that it came through.
func bpmnGoDown(i *bpmnItem, next map[*bpmnItem]int, back map[*bpmnWay]bool) {
	path, on := []*bpmnItem{i}, map[*bpmnItem]bool{i: true}
	next[i] = 0
	for len(path) > 0 {
		here := path[len(path)-1]
		n := next[here]
		next[here]++
		to, w := here.goesTo(n)
		if to == nil {
			path, on[here] = path[:len(path)-1], false
		} else if _, met := next[to]; !met {
			next[to], on[to] = 0, true
			path = append(path, to)
		} else if on[to] && w != nil {
			back[w] = true
		}
	}
}

// goesTo returns where the nth way from an item leads, by the ways that are
// drawn first, then by the events that break it off; nil: it has no more.
func (i *bpmnItem) goesTo(n int) (*bpmnItem, *bpmnWay) {
	if n < len(i.out) {
		return i.out[n].to, i.out[n]
	}
	if n -= len(i.out); n < len(i.guards) {
		return i.guards[n], nil
	}
	return nil, nil
}

var bpmnMany = map[many]string{one: "one of them", all: "all of them", some: "one or more of them"}

// checkWaiting reports what an event-based gateway cannot wait for.
func (r *bpmnReader) checkWaiting(i *bpmnItem) {
	if len(i.out) < 2 && !i.cutOut {
		r.vague(i, fmt.Sprintf("%s has %d ways out, so that there is nothing to choose between; it is read as a plain way", i.says(), len(i.out)), "Draw at least two ways, each to an event.")
	}
	for _, w := range i.out {
		if w.condition != nil {
			r.unclear(w.e.tag, "flows."+w.key, w.says()+" has a condition, but after "+i.says()+" events decide; the condition is not looked at", "Take the condition out.")
		}
		if w.to.role != bpmnCatch && !w.to.is("receiveTask") {
			r.unclear(w.e.tag, "flows."+w.key, w.says()+" leads from "+i.says()+" to "+w.to.says()+", which waits for nothing; it is read as one of the choices", "Let it lead to an event or a receive task.")
		}
	}
}

// checkMeeting reports ways that meet or part at an activity or event in a
// manner that people often mean otherwise.
func (r *bpmnReader) checkMeeting(i *bpmnItem, back map[*bpmnWay]bool) {
	n := 0
	for _, w := range i.in {
		if !back[w] {
			n++
		}
	}
	if n > 1 && i.scope.concurrent && i.role != bpmnEnd {
		r.vague(i, fmt.Sprintf("%d ways lead to %s, and customers may come by several at once; it is read as done anew for each", n, i.says()),
			"Put a gateway before it: a parallel one where it waits for all, an exclusive one where it does not.")
	}
	if i.split() == all {
		r.vague(i, fmt.Sprintf("%d ways lead away from %s without a condition; all of them are read as walked at once", len(i.out), i.says()),
			"Put a gateway after it: an exclusive one where customers choose, a parallel one where they walk all.")
	}
}

// checkConditions reports ways that do not say when they are walked, beside
// others that do.
func (r *bpmnReader) checkConditions(i *bpmnItem) {
	says := i.byDefault != nil
	for _, w := range i.out {
		says = says || w.condition != nil
	}
	if !says || i.is("eventBasedGateway") {
		return
	}
	for _, w := range i.out {
		switch {
		case i.is("parallelGateway") && w.condition != nil:
			r.unclear(w.e.tag, "flows."+w.key, w.says()+" has a condition, but after "+i.says()+" all ways are walked; the condition is not looked at", "Take the condition out, or draw an inclusive gateway.")
		case i.is("parallelGateway") || w.condition != nil || w == i.byDefault:
		case w.name.Value != "" && !i.scope.executable(): // people read the name as the condition
		case i.role == bpmnGateway:
			r.unclear(w.e.tag, "flows."+w.key, w.says()+" does not say when it is walked, though others at "+i.says()+" do; customers are read as free to walk it", "Give it a condition, or make it the default.")
		default:
			r.unclear(w.e.tag, "flows."+w.key, w.says()+" has no condition, though others at "+i.says()+" have; it is read as always walked, beside them", "Give it a condition, or make it the default.")
		}
	}
}

// executable reports whether a program runs the process: one that only people
// read may say in names what programs need to be told.
func (s *bpmnScope) executable() bool {
	return bpmnTrue(s.pool.process.attr("isExecutable").Value)
}

// checkEvent reports what is unclear about an event by itself.
func (r *bpmnReader) checkEvent(i *bpmnItem) {
	if d := i.event("conditional"); d != nil && (i.name.Value == "" || i.scope.executable()) {
		if c := d.child("condition"); c == nil || c.text.Value == "" && len(c.children) == 0 {
			r.vague(i, i.says()+" waits for a condition that is not written down; it is read as happening or not", "Write down the condition.")
		}
	}
	switch {
	case i.role == bpmnEnd && i.scope.adHoc():
		r.vague(i, i.says()+" stands in an ad-hoc subprocess, which ends when enough is done; it is read as the end of one part", "Take it out.")
	case i.role == bpmnEnd && len(i.out) > 0:
		r.vague(i, "a way leads on from "+i.says()+"; it is read as an event on the way", "Take the way out, or draw an intermediate event.")
	case i.role == bpmnBoundary && len(i.in) > 0:
		r.vague(i, "a way leads to "+i.says()+", which happens by itself; it is walked as it is drawn", "Let the way lead to what comes after the event.")
	}
}

// checkDuplicates reports ways that are drawn twice.
func (r *bpmnReader) checkDuplicates(s *bpmnScope) {
	type route struct {
		from, to  *bpmnItem
		condition string
	}
	met := map[route]*bpmnWay{}
	for _, w := range s.ways {
		if w.from == nil || w.to == nil {
			continue
		}
		way := route{from: w.from, to: w.to}
		if w.condition != nil {
			way.condition = w.condition.text.Value
		}
		if first := met[way]; first != nil {
			r.unclear(w.e.tag, "flows."+w.key, "two ways lead from "+w.from.says()+" to "+w.to.says()+"; both are kept", "Keep one of them, or give each a condition.",
				finding.Related{Span: first.e.tag, Message: "the other way"})
			continue
		}
		met[way] = w
	}
}

// checkTermination reports an end event that ends all else where nothing else
// goes on.
func (r *bpmnReader) checkTermination(s *bpmnScope) {
	var terminates *bpmnItem
	for _, i := range s.items {
		switch {
		case len(i.out) > 0 || i.cutOut || i.aside:
		case i.eventSub() && i.inner.interrupts():
		case terminates == nil && i.role == bpmnEnd && i.has("terminate"):
			terminates = i
		default:
			return // another way to end
		}
	}
	if terminates != nil && !s.concurrent {
		r.vague(terminates, terminates.says()+" ends all that still goes on in "+s.says()+", but nothing else does; it ends as a plain end does", "Draw a plain end event.")
	}
}

// checkLinks finds where links lead, and reports those that lead nowhere.
func (r *bpmnReader) checkLinks(s *bpmnScope) {
	catches, throws := map[string]*bpmnItem{}, map[string]bool{}
	for _, i := range s.items {
		if i.role != bpmnCatch || !i.has("link") {
			continue
		}
		name := i.linkName()
		switch first := catches[name.Value]; {
		case name.Value == "":
			r.vague(i, i.says()+" is a link without a name; nothing leads to it", "Give it the name of the link that leads here.")
		case first != nil:
			r.vague(i, "the link "+finding.Quote(name.Value)+" comes out at several events; it is read as coming out at the first", "Give each a name of its own.", finding.Related{Span: first.e.tag, Message: "the first"})
		default:
			catches[name.Value] = i
		}
	}
	for _, i := range s.items {
		if i.role == bpmnThrow && i.has("link") {
			name := i.linkName()
			throws[name.Value] = true
			r.followLink(i, name, catches)
		}
	}
	for _, i := range s.items {
		if name := i.linkName(); i.role == bpmnCatch && catches[name.Value] == i && !throws[name.Value] && len(i.in) == 0 {
			i.cutIn = true
			r.vague(i, "no link "+finding.Quote(name.Value)+" leads to "+i.says()+"; nobody is read as coming here", "Draw an event with that link in the same process, or take this one out.")
		}
	}
}

func (r *bpmnReader) followLink(i *bpmnItem, name source.Spanned[string], catches map[string]*bpmnItem) {
	if i.link = catches[name.Value]; i.link != nil || len(i.out) > 0 {
		return
	}
	i.cutOut = true
	at := name.Span
	if name.Value == "" || at.IsZero() {
		at = i.e.tag
	}
	message := "the link " + finding.Quote(name.Value) + " leads to no event of that name in " + i.scope.says()
	if name.Value == "" {
		message = i.says() + " is a link without a name and leads nowhere"
	}
	r.flow.report("dangling-target", at, "nodes."+i.key+".link", message, "Draw an event that catches the link in the same process or subprocess, and give both the same name.")
}

// linkName is what a link is called: by its definition, else by its event.
func (i *bpmnItem) linkName() source.Spanned[string] {
	if d := i.event("link"); d != nil {
		if name := bpmnWords(d.attr("name")); name.Value != "" {
			return name
		}
	}
	return i.name
}
