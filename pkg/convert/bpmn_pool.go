package convert

import (
	"path"
	"strings"
	"unicode"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// bpmnPool is a participant, or a process that belongs to none.
type bpmnPool struct {
	key     string
	name    source.Spanned[string]
	tag     source.Span
	span    source.Span
	process *xmlElement
	scope   *bpmnScope // nil: nobody can look into it
	steps   int
	number  int  // in the flow; of a pool that one can look into
	called  bool // a step of another process stands for it
}

// says is what a pool is called in a sentence.
func (p *bpmnPool) says() string {
	if p.name.Value != "" {
		return finding.Quote(p.name.Value)
	}
	return finding.Quote(p.key)
}

// readPools reads the processes, the participants that they belong to, and
// what the whole file may refer to.
func (r *bpmnReader) readPools() {
	owners := map[string]*xmlElement{} // the participant of each process
	for _, e := range r.root.children {
		if id := e.attr("id").Value; id != "" && e.name != "process" && e.name != "collaboration" {
			r.globals[id] = e
		}
		for _, c := range e.children {
			if e.name == "collaboration" && c.name == "participant" {
				if _, ref := xmlName(c.attr("processRef").Value); ref != "" && owners[ref] == nil {
					owners[ref] = c
				}
			}
		}
	}
	for _, e := range r.root.children {
		if e.name == "process" {
			r.readProcess(e, owners[e.attr("id").Value])
		}
	}
	for _, e := range r.root.children {
		if e.name == "collaboration" {
			r.readPartners(e, owners)
		}
	}
}

func (r *bpmnReader) readProcess(e, participant *xmlElement) {
	p := &bpmnPool{key: r.key(e), name: bpmnWords(e.attr("name")), tag: e.tag, span: e.span, process: e, number: len(r.pools)}
	if participant != nil {
		if name := bpmnWords(participant.attr("name")); name.Value != "" {
			p.name = name
		}
		p.tag, p.span = participant.tag, participant.span
		r.partners[participant.attr("id").Value] = p
	}
	s := &bpmnScope{e: e, pool: p}
	if r.readScope(e, s); len(s.items) == 0 {
		return // as if nobody could look into it
	}
	p.scope = s
	r.partners[e.attr("id").Value] = p
	r.pools = append(r.pools, p)
	r.flow.pools = append(r.flow.pools, pool{name: p.name})
}

// readPartners reads the participants that nobody can look into.
func (r *bpmnReader) readPartners(collaboration *xmlElement, owners map[string]*xmlElement) {
	for _, c := range collaboration.children {
		switch {
		case c.name == "textAnnotation" || c.name == "group" || c.name == "association":
			r.notes = append(r.notes, c)
		case c.name == "participant" && r.partners[c.attr("id").Value] == nil:
			ref := c.attr("processRef")
			if ref.Value != "" && !r.exists(ref.Value) {
				r.flow.report("dangling-target", ref.Span, "pools."+c.attr("id").Value, "the pool "+finding.Quote(bpmnWords(c.attr("name")).Value)+" shows the process "+finding.Quote(ref.Value)+", which is not there",
					"Export the model again, with all its processes.")
			}
			r.partners[c.attr("id").Value] = &bpmnPool{key: c.attr("id").Value, name: bpmnWords(c.attr("name")), tag: c.tag, span: c.span}
		}
	}
}

// partner returns the pool that a reference names; nil where it names none.
func (r *bpmnReader) partner(id string) *bpmnPool {
	if p := r.partners[id]; p != nil {
		return p
	}
	_, local := xmlName(id)
	return r.partners[local]
}

// chooseJourney finds the pool whose journey it is. It reports whether there
// is one.
func (r *bpmnReader) chooseJourney() bool {
	if len(r.pools) == 0 {
		r.flow.report(invalidFile, r.root.tag, "", "there is no process with steps in the file", "Corridor reads processes and collaborations of BPMN; export the model with its processes.")
		return false
	}
	r.markCalled()
	if r.options.Pool != "" {
		if !r.takePool(r.options.Pool) {
			return false
		}
	} else {
		r.guessPool()
	}
	r.flow.journey = r.journey.number
	if len(r.pools) > 1 {
		r.flow.lose(r.journey.tag, "pools."+r.journey.key, "the journey is that of "+r.journey.says()+"; of "+r.others()+" only messages are imported",
			"`corridor import --pool NAME` takes another.")
	}
	return true
}

// guessPool takes the pool that looks most like the customer's; of equals the
// first.
func (r *bpmnReader) guessPool() {
	best, most := -1, 0
	for n, p := range r.pools {
		weight := r.weigh(p)
		if best < 0 || weight > most {
			best, most = n, weight
		}
	}
	r.journey = r.pools[best]
}

// weigh says how much a pool looks like that of the customer: by its name, and
// else by how many steps it has.
func (r *bpmnReader) weigh(p *bpmnPool) int {
	weight := p.steps
	switch {
	case bpmnCustomer(p.name.Value) && !p.called:
		weight += 2 << 30
	case !p.called:
		weight += 1 << 30
	}
	return weight
}

// markCalled finds the processes that steps of others stand for: none of them
// is a journey of its own.
func (r *bpmnReader) markCalled() {
	for _, i := range r.order {
		if p := r.partner(i.e.attr("calledElement").Value); i.is("callActivity") && p != nil && p != i.scope.pool {
			p.called = true
		}
	}
}

// others names the pools beside that of the journey.
func (r *bpmnReader) others() string {
	var names []string
	for _, p := range r.pools {
		if p != r.journey {
			names = append(names, p.says())
		}
	}
	return bpmnFew(names)
}

// bpmnFew lists the first few of many names.
func bpmnFew(names []string) string {
	const few = 4
	switch n := len(names); {
	case n == 1:
		return names[0]
	case n > few:
		return strings.Join(names[:few-1], ", ") + " …"
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// takePool takes the pool of a name or id for that of the journey.
func (r *bpmnReader) takePool(name string) bool {
	var names []string
	for _, p := range r.pools {
		if p.name.Value == name || p.key == name || r.partners[name] == p || strings.EqualFold(p.name.Value, name) {
			r.journey = p
			return true
		}
		names = append(names, p.says())
	}
	r.flow.report(invalidFile, r.root.tag, "", "there is no pool "+finding.Quote(name)+" with a process in the file", "Take one of: "+strings.Join(names[:min(len(names), 20)], ", ")+".")
	return false
}

// bpmnCustomers are words for those whose journey it is. In the languages that
// put it last, it is the last word of a name (adult patient, but not patient
// service), in Arabic and Persian the first.
var (
	bpmnCustomersLast = strings.Fields("customer client patient citizen applicant passenger user buyer consumer student guest tenant member visitor " +
		"traveller traveler claimant subscriber shopper purchaser resident taxpayer policyholder borrower learner pupil donor kunde kundin klant cliente")
	bpmnCustomersFirst = strings.Fields("العميل عميل الزبون زبون المريض مريض المواطن مواطن المشتري مشتري المستخدم مستخدم الطالب طالب المسافر مسافر الزائر زائر " +
		"المستهلك مستهلك المراجع المستفيد مشتری بیمار شهروند کاربر متقاضی مسافر دانشجو مهمان مراجع مصرف‌کننده")
)

// bpmnCustomer reports whether a name is that of a customer.
func bpmnCustomer(name string) bool {
	name, _, _ = strings.Cut(name, "(")
	words := strings.FieldsFunc(strings.ToLower(name), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsMark(c) && c != '\u200c'
	})
	if len(words) == 0 || len(words) > 3 { // more is what somebody does
		return false
	}
	last := words[len(words)-1]
	for _, w := range bpmnCustomersLast {
		if last == w || last == w+"s" {
			return true
		}
	}
	for _, w := range bpmnCustomersFirst {
		if words[0] == w {
			return true
		}
	}
	return false
}

// readMessages reads what pools send each other.
func (r *bpmnReader) readMessages() {
	for _, e := range r.root.children {
		for _, c := range e.children {
			if e.name == "collaboration" && c.name == "messageFlow" {
				r.readMessage(c)
			}
		}
	}
}

// bpmnEndOf is an end of a message: an item, or a pool as a whole.
type bpmnEndOf struct {
	item *bpmnItem
	pool *bpmnPool
}

func (r *bpmnReader) readMessage(e *xmlElement) {
	key := r.key(e)
	from, ok := r.messageEnd(e, key, "sourceRef")
	to, also := r.messageEnd(e, key, "targetRef")
	if !ok || !also {
		return
	}
	name := bpmnWords(e.attr("name"))
	if name.Value == "" {
		name = r.globalName(e.attr("messageRef").Value)
	}
	if from.pool == to.pool {
		says := name.Value
		if says == "" {
			says = key
		}
		r.unclear(e.tag, "flows."+key, "the message "+finding.Quote(says)+" stays in the pool "+from.pool.says()+"; it is read as no message",
			"Inside a pool, draw a way or a signal.")
		return
	}
	r.meet(from, to)
	r.meet(to, from)
	if from.item == nil || to.item == nil || from.item.exit < 0 || from.item.inner != nil || !to.item.waits() {
		return // nobody knows when it is sent, or it is not waited for
	}
	r.flow.messages = append(r.flow.messages, message{from: from.item.entry, to: to.item.entry, name: name, span: e.span})
}

func (r *bpmnReader) messageEnd(e *xmlElement, key, attr string) (bpmnEndOf, bool) {
	ref := e.attr(attr)
	if ref.Value == "" {
		r.flow.report("dangling-target", e.tag, "flows."+key+"."+attr, "the message "+finding.Quote(key)+" has no `"+attr+"`", "Draw it from one pool to another, or remove it.")
		return bpmnEndOf{}, false
	}
	if i := r.item(ref.Value); i != nil {
		return bpmnEndOf{i, i.scope.pool}, true
	}
	if p := r.partner(ref.Value); p != nil {
		return bpmnEndOf{nil, p}, true
	}
	r.dangling(ref, "flows."+key+"."+attr, "the message "+finding.Quote(key)+" is sent from or to "+finding.Quote(ref.Value)+", which is not there")
	return bpmnEndOf{}, false
}

// waits reports whether an item does not happen before its message comes. A
// task that merely talks with others goes on without.
func (i *bpmnItem) waits() bool {
	if i.entry < 0 {
		return false
	}
	switch i.role {
	case bpmnStart, bpmnCatch, bpmnBoundary:
		return i.has("message") || len(i.events) == 0
	}
	return i.is("receiveTask")
}

// meet notes at a step of the journey whom it has to do with, and what those
// do for it.
func (r *bpmnReader) meet(here, there bpmnEndOf) {
	if here.item == nil || here.pool != r.journey || bpmnCustomer(there.pool.name.Value) {
		return
	}
	n := r.touchpoint(here.item)
	if n == nil {
		return
	}
	unit := r.unitOf(there)
	if n.touchpoint.Owner.Value == "" {
		n.touchpoint.Owner = r.unitOfPool(there.pool)
	}
	if there.item == nil || there.item.name.Value == "" || unit.Value == "" {
		return
	}
	does := model.Text{Span: there.item.name.Span, Plain: there.item.name.Value}
	once := n.key + "\x00" + unit.Value + "\x00" + does.Plain
	if r.backstage[once] {
		return
	}
	r.backstage[once] = true
	n.touchpoint.Backstage = append(n.touchpoint.Backstage, model.Backstage{Span: there.item.e.tag, By: unit, Does: does})
}

// touchpoint returns the step of an item; nil where it has none.
func (r *bpmnReader) touchpoint(i *bpmnItem) *node {
	if i.entry < 0 || r.flow.nodes[i.entry].kind != step {
		return nil
	}
	return &r.flow.nodes[i.entry]
}

// unitOf returns the department that an end of a message belongs to: that of
// its lane, else that of its pool.
func (r *bpmnReader) unitOf(end bpmnEndOf) model.Name {
	if end.item != nil {
		if u := r.unitOfLane(end.item.laneOf()); u.Value != "" {
			return u
		}
	}
	return r.unitOfPool(end.pool)
}

func (r *bpmnReader) unitOfPool(p *bpmnPool) model.Name {
	return r.unit("pool "+p.key, p.name, p.key, p.span)
}

// unitOfLane returns the department of a lane; none where it has no name, or
// is the customer's own.
func (r *bpmnReader) unitOfLane(l *bpmnLane) model.Name {
	if l == nil || l.name.Value == "" || bpmnCustomer(l.name.Value) {
		return model.Name{}
	}
	u := r.unit(l.key, l.name, "", l.span)
	u.Span = l.ref
	return u
}

// unit returns the department of a key, which is defined where it is met first.
// Lanes, pools and people of one name are one.
func (r *bpmnReader) unit(key string, name source.Spanned[string], fallback string, span source.Span) model.Name {
	if stem := slug(name.Value); stem != "" {
		key = stem
	}
	if id, ok := r.units[key]; ok {
		return id
	}
	d := &model.Department{Definition: r.unitIDs.define(name, fallback, span)}
	if !d.ID.Given() {
		d.ID.Span = span
	}
	r.flow.doc.Departments = append(r.flow.doc.Departments, d)
	r.units[key] = d.ID
	return d.ID
}

// globalName returns the name of what an event or message refers to.
func (r *bpmnReader) globalName(id string) source.Spanned[string] {
	if e := r.global(id); e != nil {
		return bpmnWords(e.attr("name"))
	}
	return source.Spanned[string]{}
}

// describe says what the file says of the whole journey.
func (r *bpmnReader) describe() {
	doc := r.flow.doc
	title := r.title()
	doc.Title = model.Text{Span: title.Span, Plain: title.Value}
	for _, a := range r.root.attrs {
		if a.prefix == "xml" && a.name == "lang" {
			doc.Language = a.value
		}
	}
	doc.Description = bpmnDocumentation(r.journey.process)
	r.describeCustomers()
	r.describeNeed()
	r.describeNotes()
}

// title is what the journey is called: the nearest name that is not that of
// the customer, else the name of the file.
func (r *bpmnReader) title() source.Spanned[string] {
	names := []source.Spanned[string]{r.journey.process.attr("name"), r.root.attr("name"), r.journey.name}
	for _, e := range r.root.children {
		if e.name == "collaboration" {
			names = append(names, e.attr("name"))
		}
	}
	for _, name := range names {
		if name = bpmnWords(name); name.Value != "" && !bpmnCustomer(name.Value) {
			return name
		}
	}
	base := path.Base(r.flow.file.Name)
	base, _, _ = strings.Cut(base, ".bpmn")
	return source.Spanned[string]{Value: base, Span: r.root.tag}
}

// describeCustomers defines the customers that pools are named after. One that
// is just called customer needs no definition.
func (r *bpmnReader) describeCustomers() {
	taken := ids{}
	for _, e := range r.root.children {
		for _, c := range e.children {
			name := bpmnWords(c.attr("name"))
			if e.name != "collaboration" || c.name != "participant" || !bpmnCustomer(name.Value) || strings.EqualFold(name.Value, "customer") {
				continue
			}
			if bpmnCustomer(r.journey.name.Value) && r.journey.span != c.span {
				continue // another's journey
			}
			r.flow.doc.Customers = append(r.flow.doc.Customers, &model.Customer{Definition: taken.define(name, "", c.span)})
		}
	}
}

// describeNeed names the need after what the journey begins with, where that
// is one thing.
func (r *bpmnReader) describeNeed() {
	var first *bpmnItem
	for _, i := range r.journey.scope.items {
		if i.role != bpmnStart {
			continue
		}
		if first != nil {
			return
		}
		first = i
	}
	if first != nil && first.name.Value != "" {
		r.flow.doc.Needs = append(r.flow.doc.Needs, &model.Need{Definition: ids{}.define(first.name, "", first.e.span)})
	}
}

// bpmnDocumentation returns what people wrote about an element.
func bpmnDocumentation(e *xmlElement) (text model.Text) {
	var all []string
	for _, c := range e.children {
		if c.name == "documentation" {
			if words := c.words(); words.Value != "" {
				if all = append(all, words.Value); len(all) == 1 {
					text.Span = words.Span
				}
			}
		}
	}
	text.Plain = strings.Join(all, " ")
	return text
}
