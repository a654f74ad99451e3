package convert

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

var exportBPMN = Export{
	Name: "bpmn", Title: "a BPMN 2.0 process with its diagram", Endings: []string{".bpmn", ".bpmn2", ".bpmn20.xml"},
	Write: func(w io.Writer, g *corridor.Graph, o ExportOptions) error {
		if len(g.Steps) > exportMostSteps {
			return fmt.Errorf("its paths have %d steps together, and a diagram of BPMN is laid out for %d at most", len(g.Steps), exportMostSteps)
		}
		p := newExportProcess(g, o)
		p.lay()
		var out bytes.Buffer
		p.write(&out)
		_, err := w.Write(out.Bytes())
		return err
	},
}

// exportMostSteps keeps the time for laying out within seconds. Nobody reads a
// diagram of so many steps.
const exportMostSteps = 10_000

// exportProcess is a corridor as BPMN has it. A place has no shape of its own
// there: where ways part or meet it becomes gateways, else it is a mere flow.
type exportProcess struct {
	exportNames
	graph  *corridor.Graph
	ids    map[string]bool
	nodes  []exportNode
	flows  []exportFlow
	lanes  []exportLane
	errors []exportError
	// places are the gateways of each place of the graph.
	places []exportGateways
	tasks  []int // by step: its node, or -1
	end    int   // the node at which customers are satisfied; they start at node 0
	// strands is how many rows of steps belong together: the paths, then the
	// reactions.
	strands int
	lane    map[string]int // by department
	grid    exportGrid
	page    exportPage
}

// exportKind is an element of BPMN.
type exportKind int

const (
	exportStart exportKind = iota
	exportEnd
	exportLost // an end at which the customer leaves
	exportTaskPlain
	exportTaskUser   // done with a program
	exportTaskManual // done without one
	exportGateway
	exportBoundary
)

// exportNode is a shape of the diagram.
type exportNode struct {
	kind      exportKind
	id, name  string
	doc       string
	lane      int // position in lanes
	strand    int
	host      int   // of a boundary event: its task; else -1
	slot      int   // of a boundary event: the how manieth of its task
	slots     int   // of a task: how many boundary events it has …
	events    []int // … and the flows from them
	exception int   // of a boundary event and a lost end: position in errors; else -1
	in, out   []int
	exportPlaced
}

// exportFlow is a way from one node to the next.
type exportFlow struct {
	id, name, doc string
	from, to      int
	strand        int
	skips         bool // it is the whole of a path that passes nothing
	exportRoute
}

// exportLane is a department.
type exportLane struct {
	id, name  string // no name: nobody owns these steps
	row, rows int    // its rows of the grid
	top, high int    // on the page
}

// exportError is something that goes wrong, as boundary events refer to it.
type exportError struct{ id, name string }

// exportGateways are what a place becomes. -1 stands for none.
type exportGateways struct {
	merge   int
	options []exportOption
	split   int
	in, out int // how many ways lead here, and away
	strand  int // the path whose place it is
	enter   int // the gateway to which ways lead
	leave   int // the gateway from which ways lead away
}

// exportOption is a path that begins and ends at one place: it can be taken or
// passed by.
type exportOption struct{ path, split, join int }

func newExportProcess(g *corridor.Graph, o ExportOptions) *exportProcess {
	p := &exportProcess{
		exportNames: newExportNames(g, o), graph: g, ids: map[string]bool{}, strands: len(g.Paths),
		places: make([]exportGateways, g.Places), tasks: make([]int, len(g.Steps)), lane: map[string]int{},
	}
	p.count()
	p.addNodes()
	p.addFlows()
	p.addReactions()
	for i, f := range p.flows {
		p.nodes[f.from].out = append(p.nodes[f.from].out, i)
		p.nodes[f.to].in = append(p.nodes[f.to].in, i)
	}
	return p
}

// loops reports whether a path comes back to where it begins.
func (p *exportProcess) loops(path int) bool {
	return p.graph.Paths[path].From == p.graph.Paths[path].To
}

// empty reports whether a path passes nothing.
func (p *exportProcess) empty(path int) bool {
	return p.graph.Steps[p.graph.Paths[path].First].Touchpoint == nil
}

// count finds how many ways lead to and from each place, and whose it is.
func (p *exportProcess) count() {
	for path, way := range p.graph.Paths {
		first, end := p.graph.StepsOf(path)
		for _, s := range p.graph.Steps[first : end-1] {
			p.places[s.To].strand = path
			p.places[s.To].in++
			p.places[s.To].out++
		}
		switch {
		case !p.loops(path):
			p.places[way.From].out++
			p.places[way.To].in++
		case !p.empty(path):
			p.places[way.From].options = append(p.places[way.From].options, exportOption{path: path})
		}
	}
	p.places[p.graph.Start].in++
	p.places[p.graph.Satisfied].out++
	for _, s := range p.graph.Steps {
		for _, e := range exportExceptions(s) {
			if to := p.outcome(s, e); to >= 0 && !p.passed(s, e) {
				p.places[to].in++
			}
		}
	}
}

func exportExceptions(s corridor.Step) []model.Exception {
	if s.Touchpoint == nil {
		return nil
	}
	return s.Touchpoint.Exceptions
}

// outcome returns the place at which a customer goes on after an exception of
// a step; -1 for one who leaves.
func (p *exportProcess) outcome(s corridor.Step, e model.Exception) int {
	switch r := e.Reaction; {
	case r == nil:
		return -1
	case r.Then == nil:
		return s.To
	default:
		return p.place(s, *r.Then)
	}
}

// passed reports whether a customer goes on behind the last step of an option:
// they have passed the option and need not choose again.
func (p *exportProcess) passed(s corridor.Step, e model.Exception) bool {
	r := e.Reaction
	if r == nil || !p.loops(s.Path) || s.To != p.graph.Paths[s.Path].To {
		return false
	}
	return r.Then == nil || r.Then.Path == "" && r.Then.Touchpoint == "continue"
}

func (p *exportProcess) place(s corridor.Step, then model.StepName) int {
	if then.Path == "" {
		switch then.Touchpoint {
		case "leave":
			return -1
		case "retry":
			return s.From
		case "continue":
			return s.To
		}
	}
	if i, ok := p.graph.Resolve(then); ok {
		return p.graph.Steps[i].From
	}
	return s.To
}

// add adds a node with an id of its own.
func (p *exportProcess) add(id string, n exportNode) int {
	n.id = p.id(id)
	p.nodes = append(p.nodes, n)
	return len(p.nodes) - 1
}

// id makes an id that every program takes: letters and digits of ASCII.
func (p *exportProcess) id(stem string) string {
	id := stem
	for n := 2; p.ids[id]; n++ {
		id = stem + "_" + strconv.Itoa(n)
	}
	p.ids[id] = true
	return id
}

// exportStem returns a name as part of an id, or a number where it has letters
// that not every program takes.
func exportStem(name string, number int) string {
	stem := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_':
			return r
		case r == '/' || r == '#':
			return '.'
		}
		return -1
	}, name)
	if len(stem) < len(name) {
		return strconv.Itoa(number)
	}
	return stem
}

// addNodes adds the shapes in the order in which paths pass them.
func (p *exportProcess) addNodes() {
	first := p.laneOf(p.graph.Steps[0].Touchpoint)
	p.add("Start", exportNode{kind: exportStart, name: p.needs(), lane: first, host: -1, exception: -1})
	p.addGateways(p.graph.Start, first)
	for path := range p.graph.Paths {
		begin, end := p.graph.StepsOf(path)
		for i := begin; i < end; i++ {
			s := p.graph.Steps[i]
			p.tasks[i] = -1
			if s.Touchpoint == nil {
				continue
			}
			p.tasks[i] = p.addTask(i)
			if path == 0 || i < end-1 {
				p.addGateways(s.To, p.nodes[p.tasks[i]].lane)
			}
		}
	}
	last := p.graph.Steps[p.graph.Paths[0].Count-1]
	p.end = p.add("End", exportNode{kind: exportEnd, name: p.word(exportSatisfied), lane: p.laneOf(last.Touchpoint), host: -1, exception: -1})
}

// needs names what begins a journey.
func (p *exportProcess) needs() string {
	var names []string
	for _, n := range p.journey.Needs {
		names = append(names, p.of(n.Definition))
	}
	return strings.Join(names, " / ")
}

func (p *exportProcess) addTask(step int) int {
	s := p.graph.Steps[step]
	return p.add("Step_"+exportStem(p.graph.StepName(step), step+1), p.task(s.Touchpoint, s.Path))
}

// task makes the shape of a visit of a touchpoint.
func (p *exportProcess) task(t *model.Touchpoint, strand int) exportNode {
	kind := exportTaskPlain
	switch p.kind(t) {
	case "technological":
		kind = exportTaskUser
	case "physical":
		kind = exportTaskManual
	}
	doc := exportParagraphs(t.Description.In(p.language), t.Promise.In(p.language))
	return exportNode{kind: kind, name: p.of(t.Definition), doc: doc, lane: p.laneOf(t), strand: strand, host: -1, exception: -1}
}

func exportParagraphs(all ...string) string {
	var some []string
	for _, text := range all {
		if text = strings.TrimSpace(text); text != "" {
			some = append(some, text)
		}
	}
	return strings.Join(some, "\n\n")
}

// laneOf returns the lane of a touchpoint's owner. Lanes are in the order in
// which they are met.
func (p *exportProcess) laneOf(t *model.Touchpoint) int {
	owner := ""
	if t != nil {
		owner = t.Owner.Value
	}
	i, known := p.lane[owner]
	if !known {
		i = len(p.lanes)
		p.lane[owner] = i
		stem := exportStem(owner, i+1)
		if owner == "" {
			stem = "none"
		}
		p.lanes = append(p.lanes, exportLane{id: p.id("Lane_" + stem), name: p.department(owner)})
	}
	return i
}

// addGateways adds what a place becomes: where ways meet, then the options one
// after the other, then where ways part.
func (p *exportProcess) addGateways(place, lane int) {
	at := &p.places[place]
	at.merge, at.split, at.enter, at.leave = -1, -1, -1, -1
	gateway := func(stem string) int {
		n := p.add(stem, exportNode{kind: exportGateway, lane: lane, strand: at.strand, host: -1, exception: -1})
		if at.enter < 0 {
			at.enter = n
		}
		at.leave = n
		return n
	}
	if at.in > 1 {
		at.merge = gateway(fmt.Sprintf("Meet_%d", place))
	}
	for i, o := range at.options {
		stem := exportStem(p.graph.Paths[o.path].ID, o.path)
		at.options[i].split = gateway("Option_" + stem)
		at.options[i].join = gateway("Option_" + stem + "_end")
	}
	if at.out > 1 {
		at.split = gateway(fmt.Sprintf("Part_%d", place))
	}
}

// addFlows joins the shapes, path by path.
func (p *exportProcess) addFlows() {
	p.walk(0, p.through(0, p.graph.Start, 0), p.end)
	for path := range p.graph.Paths[1:] {
		path++
		if from, to, ok := p.between(path); ok {
			p.walk(path, from, to)
		}
	}
}

// between returns the gateways between which a path runs. One that leads back
// to where it begins, and passes nothing, says nothing.
func (p *exportProcess) between(path int) (from, to int, ok bool) {
	way := p.graph.Paths[path]
	if !p.loops(path) {
		return p.places[way.From].leave, p.places[way.To].enter, true
	}
	for _, o := range p.places[way.From].options {
		if o.path == path {
			return o.split, o.join, true
		}
	}
	return -1, -1, false
}

// walk adds the flows of a path from a node to another.
func (p *exportProcess) walk(path, from, to int) {
	first, end := p.graph.StepsOf(path)
	if p.tasks[first] < 0 {
		f := p.flow(from, to, path)
		p.label(f, path)
		p.flows[f].skips = true
		return
	}
	for i := first; i < end; i++ {
		f := p.flow(from, p.tasks[i], path)
		if i == first {
			p.label(f, path)
		}
		from = p.tasks[i]
		if path == 0 || i < end-1 {
			from = p.through(from, p.graph.Steps[i].To, path)
		}
	}
	p.flow(from, to, path)
}

// through adds the flows through the gateways of a place, and returns the last
// of them; the node itself where the place has none.
func (p *exportProcess) through(from, place, path int) int {
	at := p.places[place]
	next := func(to int) {
		p.flow(from, to, path)
		from = to
	}
	if at.merge >= 0 {
		next(at.merge)
	}
	for _, o := range at.options {
		next(o.split)
		next(o.join)
	}
	if at.split >= 0 {
		next(at.split)
	}
	return from
}

func (p *exportProcess) flow(from, to, strand int) int {
	f := exportFlow{id: p.id("Flow_" + p.nodes[from].id + "-" + p.nodes[to].id), from: from, to: to, strand: strand}
	p.flows = append(p.flows, f)
	return len(p.flows) - 1
}

// label says on a flow which path begins there, how many take it, and to whom
// it is offered.
func (p *exportProcess) label(flow, path int) {
	def := p.graph.Paths[path].Def
	if def == nil {
		return
	}
	var customers, needs []string
	for _, n := range def.Customers {
		if c := p.journey.Customer(n.Value); c != nil {
			customers = append(customers, p.of(c.Definition))
		}
	}
	for _, n := range def.Needs {
		if need := p.journey.Need(n.Value); need != nil {
			needs = append(needs, p.of(need.Definition))
		}
	}
	p.flows[flow].name = p.path(p.graph.Paths[path])
	p.flows[flow].doc = exportParagraphs(def.Description.In(p.language), exportShare(def.Share), strings.Join(customers, ", "), strings.Join(needs, ", "))
}

// addReactions adds what can go wrong at each step: an event on its task, from
// which the steps of the reaction lead to where the customer goes on.
func (p *exportProcess) addReactions() {
	for i, s := range p.graph.Steps {
		for k, e := range exportExceptions(s) {
			p.addReaction(i, k, e)
		}
	}
}

func (p *exportProcess) addReaction(step, k int, e model.Exception) {
	s, host := p.graph.Steps[step], p.tasks[step]
	stem := exportStem(p.graph.StepName(step), step+1) + "_" + exportStem(e.ID.Value, k+1)
	strand := p.strands
	p.strands++
	p.errors = append(p.errors, exportError{p.id("Error_" + stem), p.of(e.Definition)})
	at := exportNode{
		kind: exportBoundary, name: p.of(e.Definition), doc: p.reactionWords(e), lane: p.nodes[host].lane,
		strand: strand, host: host, slot: p.nodes[host].slots, exception: len(p.errors) - 1,
	}
	p.nodes[host].slots++
	from := p.add("Event_"+stem, at)
	if r := e.Reaction; r != nil {
		for n, name := range r.Steps {
			to := p.add(fmt.Sprintf("Step_%s_%d", stem, n+1), p.task(p.touchpoint(name), strand))
			p.flow(from, to, strand)
			from = to
		}
	}
	p.flow(from, p.goesOn(s, e, stem, p.nodes[from]), strand)
}

// touchpoint returns the touchpoint of that name, or one that asks nothing.
func (p *exportProcess) touchpoint(n model.Name) *model.Touchpoint {
	if t := p.journey.Touchpoint(n.Value); t != nil {
		return t
	}
	return &model.Touchpoint{Definition: model.Definition{ID: n}}
}

// goesOn returns the node at which a customer goes on after a reaction.
func (p *exportProcess) goesOn(s corridor.Step, e model.Exception, stem string, last exportNode) int {
	place := p.outcome(s, e)
	if place < 0 {
		return p.add("Leave_"+stem, exportNode{kind: exportLost, name: p.word(exportLeaves), lane: last.lane, strand: last.strand, host: -1, exception: len(p.errors) - 1})
	}
	if p.passed(s, e) {
		_, join, _ := p.between(s.Path)
		return join
	}
	return p.places[place].enter
}

// reactionWords say what an exception is and what is done.
func (p *exportProcess) reactionWords(e model.Exception) string {
	does := ""
	if e.Reaction != nil {
		does = e.Reaction.Does.In(p.language)
	}
	return exportParagraphs(e.Description.In(p.language), does)
}

// exportWord is something that a diagram says and no file does.
type exportWord [3]string

var (
	exportSatisfied = exportWord{"Satisfied", "تمت تلبية الحاجة", "نیاز برآورده شد"}
	exportLeaves    = exportWord{"Customer leaves", "يغادر العميل", "مشتری می‌رود"}
)

// word returns a word in the language of the export, or in English.
func (n exportNames) word(w exportWord) string {
	for i, language := range []string{"en", "ar", "fa"} {
		if model.Meets(language, n.language) {
			return w[i]
		}
	}
	return w[0]
}

// kind returns whether a touchpoint is physical or technological, by its
// channel; "" where nothing says so.
func (n exportNames) kind(t *model.Touchpoint) string {
	if t.Kind.Value != "" {
		return t.Kind.Value
	}
	if c := n.journey.Channel(t.Channel.Value); c != nil {
		return c.Kind.Value
	}
	return ""
}
