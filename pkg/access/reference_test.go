package access_test

import (
	"container/heap"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// The reference answers as the language's page "What it means" reads, word by
// word: somebody walks the corridor, tries every step from every place passed
// since the last binding step, and remembers what is held. It shares no code
// with the engine, only the graph, and is meant for corridors of a few steps.

// outage is something that is not there for a time.
type outage struct{ kind, id string }

// file is a corridor as the reference reads it.
type file struct {
	journey *model.Journey
	graph   *corridor.Graph
	without []outage

	bit map[string]int // of every name that is asked for or given
}

func newFile(g *corridor.Graph, without []outage) *file {
	f := &file{journey: g.Journey, graph: g, without: without, bit: map[string]int{}}
	for _, t := range f.visited() {
		for _, c := range f.clauses(t) {
			for _, name := range c {
				f.intern(name)
			}
		}
		for _, name := range t.Gives {
			f.intern(name.Value)
		}
	}
	return f
}

func (f *file) intern(name string) uint64 {
	if _, ok := f.bit[name]; !ok {
		f.bit[name] = len(f.bit)
	}
	if f.bit[name] >= 64 {
		panic("the reference knows 64 names")
	}
	return 1 << f.bit[name]
}

// visited returns the touchpoints that have a step, in the order of the steps.
func (f *file) visited() []*model.Touchpoint {
	var all []*model.Touchpoint
	for _, s := range f.graph.Steps {
		if s.Touchpoint != nil && !slices.ContainsFunc(all, func(t *model.Touchpoint) bool { return t.ID.Value == s.Touchpoint.ID.Value }) {
			all = append(all, s.Touchpoint)
		}
	}
	return all
}

// clauses returns what a touchpoint requires, each as sorted names: its own,
// its channel's less what it waives, and what it asks for.
func (f *file) clauses(t *model.Touchpoint) [][]string {
	var all, waived [][]string
	for _, w := range t.Waives {
		waived = append(waived, sorted(w.AnyOf))
	}
	add := func(names []string) {
		if c := sorted(names); !containsList(all, c) {
			all = append(all, c)
		}
	}
	for _, r := range t.Requires {
		add(r.AnyOf)
	}
	if ch := f.journey.Channel(t.Channel.Value); ch != nil {
		for _, r := range ch.Requires {
			if !containsList(waived, sorted(r.AnyOf)) {
				add(r.AnyOf)
			}
		}
	}
	for _, a := range t.Asks {
		add([]string{a.Value})
	}
	return all
}

func sorted(names []string) []string {
	c := slices.Clone(names)
	slices.Sort(c)
	return slices.Compact(c)
}

func containsList(lists [][]string, l []string) bool {
	return slices.ContainsFunc(lists, func(o []string) bool { return slices.Equal(o, l) })
}

// isItem reports whether a name is held only from when somebody gives it.
func (f *file) isItem(name string) bool {
	if f.journey.Capability(name) != nil {
		return false
	}
	for _, t := range f.journey.Touchpoints {
		if named(t.Gives, name) {
			return true
		}
	}
	for _, c := range f.journey.Customers {
		if named(c.Has, name) {
			return true
		}
	}
	for _, n := range f.journey.Needs {
		if named(n.Has, name) {
			return true
		}
	}
	return false
}

func named(names []model.Name, name string) bool {
	return slices.ContainsFunc(names, func(n model.Name) bool { return n.Value == name })
}

// holds reports whether a customer holds a name when the need arises.
func (f *file) holds(c *model.Customer, n *model.Need, name string) bool {
	switch {
	case slices.Contains(f.without, outage{"capability", name}) && f.journey.Capability(name) != nil:
		return false
	case named(n.Has, name):
		return true
	case named(n.Lacks, name):
		return false
	case named(c.Has, name):
		return true
	case named(c.Lacks, name):
		return false
	}
	return !f.isItem(name)
}

// hours returns when a touchpoint is open; nil means always.
func (f *file) hours(t *model.Touchpoint) *model.Hours {
	if t.Hours != nil {
		return t.Hours
	}
	ch := f.journey.Channel(t.Channel.Value)
	owner := f.journey.Department(t.Owner.Value)
	if ch == nil || !ch.Staffed.Value || owner == nil {
		return nil
	}
	return owner.Hours
}

// hung returns a path and all paths that it hangs on.
func (f *file) hung(path int) []int {
	all := []int{path}
	for i := 0; i < len(all); i++ {
		for _, p := range f.graph.Paths[all[i]].HangsOn {
			if !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
	}
	return all
}

func (f *file) offered(path int, c *model.Customer, n *model.Need) bool {
	def := f.graph.Paths[path].Def
	if def == nil {
		return true
	}
	return (len(def.Customers) == 0 || named(def.Customers, c.ID.Value)) && (len(def.Needs) == 0 || named(def.Needs, n.ID.Value))
}

func understand(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool {
		return slices.ContainsFunc(b, func(y string) bool {
			x, y := strings.ToLower(x), strings.ToLower(y)
			return x == y || strings.HasPrefix(x, y+"-") || strings.HasPrefix(y, x+"-")
		})
	})
}

func tags(list []model.Name) []string {
	var all []string
	for _, l := range list {
		all = append(all, l.Value)
	}
	return all
}

// pair is a customer and a need of theirs.
type pair struct {
	customer *model.Customer
	need     *model.Need
}

func (f *file) pairs() []pair {
	var all []pair
	for _, c := range f.journey.Customers {
		for _, n := range f.journey.Needs {
			if named(n.Customers, c.ID.Value) || len(n.Customers) == 0 && len(c.Serves) == 0 {
				all = append(all, pair{c, n})
			}
		}
	}
	return all
}

// share returns the share of a customer, given or divided.
func (f *file) share(c *model.Customer) float64 {
	if c.Share != nil {
		return c.Share.Value
	}
	left, without := 1.0, 0
	for _, other := range f.journey.Customers {
		if other.Share == nil {
			without++
		} else {
			left -= other.Share.Value
		}
	}
	return math.Max(0, left) / float64(without)
}

// bar is something that must be met to take a step.
type bar struct {
	label string
	anyOf uint64 // names of which one meets it; 0: no name does
	lifts uint64 // changes of which one takes it away
}

type edge struct {
	step     int
	from, to int
	bars     []bar
	gives    uint64
	binding  bool
	at       *model.Touchpoint // nil: the empty way
}

// maze is the corridor of one customer and need, with changes that may be
// made to it: bit i of a choice stands for the i-th.
type maze struct {
	*file
	edges         []edge
	start, target int
	held          uint64
	handed        []uint64 // by change: what it hands out at the start
	chosen        uint64
}

func (f *file) maze(p pair, changes []change) *maze {
	m := &maze{file: f, start: f.graph.Start, target: f.graph.Satisfied}
	if p.need.From != nil {
		s, _ := f.graph.Resolve(*p.need.From)
		m.start = f.graph.Steps[s].From
	}
	if p.need.To != nil {
		s, _ := f.graph.Resolve(*p.need.To)
		m.target = f.graph.Steps[s].To
	}
	for name, bit := range f.bit {
		if f.holds(p.customer, p.need, name) {
			m.held |= 1 << bit
		}
	}
	for _, c := range changes {
		handed := uint64(0)
		if c.kind == giveItem {
			handed = f.intern(c.value)
		}
		m.handed = append(m.handed, handed)
	}
	for i := range f.graph.Steps {
		m.edges = append(m.edges, f.edge(i, p, changes))
	}
	return m
}

func (f *file) edge(step int, p pair, changes []change) edge {
	s := f.graph.Steps[step]
	e := edge{step: step, from: s.From, to: s.To, at: s.Touchpoint}
	lifting := func(match func(change) bool) (set uint64) {
		for i, c := range changes {
			if match(c) {
				set |= 1 << i
			}
		}
		return set
	}
	for _, path := range f.hung(s.Path) {
		if !f.offered(path, p.customer, p.need) {
			id := f.graph.Paths[path].ID
			e.bars = append(e.bars, bar{"path:" + id, 0, lifting(func(c change) bool { return c.kind == offerPath && c.value == id })})
		}
	}
	t := s.Touchpoint
	if t == nil {
		return e
	}
	e.binding = t.Binding.Value
	for _, name := range t.Gives {
		e.gives |= 1 << f.bit[name.Value]
	}
	for _, c := range f.clauses(t) {
		any, value := uint64(0), strings.Join(c, "|")
		for _, name := range c {
			any |= 1 << f.bit[name]
		}
		e.bars = append(e.bars, bar{value, any, lifting(func(c change) bool {
			return c.kind == dropRequirement && c.touchpoint == t.ID.Value && c.value == value
		})})
	}
	spoken, understood := tags(p.customer.Speaks), tags(t.Languages)
	if len(spoken) > 0 && len(understood) > 0 && !understand(spoken, understood) {
		e.bars = append(e.bars, bar{"language:" + strings.Join(spoken, "|"), 0, lifting(func(c change) bool {
			return c.kind == addLanguage && c.touchpoint == t.ID.Value && understand(spoken, []string{c.value})
		})})
	}
	if h := f.hours(t); h != nil && len(h.Spans) == 0 {
		e.bars = append(e.bars, bar{label: "hours"})
	}
	for _, o := range f.without {
		if o.kind == "touchpoint" && t.ID.Value == o.id || o.kind == "channel" && t.Channel.Value == o.id || o.kind == "department" && t.Owner.Value == o.id {
			e.bars = append(e.bars, bar{label: o.kind + ":" + o.id})
		}
	}
	return e
}

// with returns the maze with changes made to it.
func (m *maze) with(chosen uint64) *maze {
	c := *m
	c.chosen = chosen
	for i, handed := range m.handed {
		if chosen>>i&1 == 1 {
			c.held |= handed
		}
	}
	return &c
}

func (m *maze) passes(e *edge, held uint64) bool {
	for i := range e.bars {
		if b := &e.bars[i]; b.anyOf&held == 0 && b.lifts&m.chosen == 0 {
			return false
		}
	}
	return true
}

// state is a moment of a walk: the places to which one may go back, and what
// is held.
type state struct{ been, held uint64 }

// move is a step that is taken from a state.
type move struct {
	edge int
	to   int // state, or satisfied
}

const satisfied = -1

// walks are all walks: every state that can come to be, and what leads on.
// The first state is the start. Nil if there are more than a few thousand.
type walks struct {
	*maze
	states []state
	moves  [][]move
	open   bool
}

const mostStates = 4000

func (m *maze) walk() *walks {
	w := &walks{maze: m, open: m.start == m.target}
	if w.open {
		return w
	}
	index := map[state]int{}
	visit := func(s state) int {
		if _, ok := index[s]; !ok {
			index[s] = len(w.states)
			w.states = append(w.states, s)
		}
		return index[s]
	}
	visit(state{1 << m.start, m.held})
	for i := 0; i < len(w.states); i++ {
		if i > mostStates {
			return nil
		}
		s, next := w.states[i], []move(nil)
		for k := range m.edges {
			e := &m.edges[k]
			if s.been>>e.from&1 == 0 || !m.passes(e, s.held) {
				continue
			}
			if e.to == m.target {
				w.open = true
				next = append(next, move{k, satisfied})
				continue
			}
			been := s.been | 1<<e.to
			if e.binding {
				been = 1 << e.to
			}
			next = append(next, move{k, visit(state{been, s.held | e.gives})})
		}
		w.moves = append(w.moves, next)
	}
	return w
}

// door is a barred step and what is missing there.
type door struct {
	step    int
	missing []string
}

func (w *walks) doors() []door {
	reached := uint64(0)
	for _, s := range w.states {
		reached |= s.been
	}
	var all []door
	for k := range w.edges {
		e := &w.edges[k]
		if reached>>e.from&1 == 1 && w.leads(e.to, reached) {
			all = append(all, door{e.step, w.missing(e)})
		}
	}
	return all
}

// leads reports whether, were nothing barred, satisfaction follows from a
// place through none that is reached.
func (w *walks) leads(place int, reached uint64) bool {
	seen, todo := map[int]bool{}, []int{place}
	for len(todo) > 0 {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		switch {
		case p == w.target:
			return true
		case reached>>p&1 == 1 || seen[p]:
			continue
		}
		seen[p] = true
		for _, e := range w.edges {
			if e.from == p {
				todo = append(todo, e.to)
			}
		}
	}
	return false
}

// missing returns the smallest set of what is missing at a step, over the
// states in which its place is reached.
func (w *walks) missing(e *edge) []string {
	var best []string
	for _, s := range w.states {
		if s.been>>e.from&1 == 0 {
			continue
		}
		here := w.unmet(e, s.held)
		if best == nil || len(here) < len(best) || len(here) == len(best) && slices.Compare(here, best) < 0 {
			best = here
		}
	}
	return best
}

func (w *walks) unmet(e *edge, held uint64) []string {
	var all []bar
	single := uint64(0)
	for _, b := range e.bars {
		if b.anyOf&held != 0 {
			continue
		}
		all = append(all, b)
		if b.anyOf&(b.anyOf-1) == 0 {
			single |= b.anyOf
		}
	}
	labels := []string{}
	for _, b := range all {
		choice := b.anyOf&(b.anyOf-1) != 0
		if !choice || b.anyOf&single == 0 {
			labels = append(labels, b.label)
		}
	}
	return sorted(labels)
}

// region is what one explores between two bindings: all places that can be
// reached from where it begins, holding in the end all that can be had.
type region struct {
	entry  int
	places uint64
	held   uint64
	next   map[int]int // by binding edge that can be taken: region, or satisfied
	open   bool
}

func (m *maze) explore(entry int, held uint64) *region {
	r := &region{entry: entry, places: 1 << entry, held: held, next: map[int]int{}, open: entry == m.target}
	if r.open {
		return r
	}
	for again := true; again; {
		again = false
		for k := range m.edges {
			e := &m.edges[k]
			if e.binding || r.places>>e.from&1 == 0 || !m.passes(e, r.held) {
				continue
			}
			if e.to == m.target {
				r.open = true
				continue
			}
			again = again || r.places>>e.to&1 == 0 || e.gives&^r.held != 0
			r.places |= 1 << e.to
			r.held |= e.gives
		}
	}
	return r
}

// regions explores from binding to binding. The first is that of the start.
func (m *maze) regions() []*region {
	type key struct {
		entry int
		held  uint64
	}
	index := map[key]int{}
	var all []*region
	visit := func(entry int, held uint64) int {
		k := key{entry, held}
		if _, ok := index[k]; !ok {
			index[k] = len(all)
			all = append(all, m.explore(entry, held))
		}
		return index[k]
	}
	visit(m.start, m.held)
	for i := 0; i < len(all); i++ {
		r := all[i]
		for k := range m.edges {
			e := &m.edges[k]
			switch {
			case r.entry == m.target || !e.binding || r.places>>e.from&1 == 0 || !m.passes(e, r.held):
			case e.to == m.target:
				r.next[k], r.open = satisfied, true
			default:
				r.next[k] = visit(e.to, r.held|e.gives)
			}
		}
	}
	for again := true; again; {
		again = false
		for _, r := range all {
			for _, n := range r.next {
				if !r.open && all[n].open {
					r.open, again = true, true
				}
			}
		}
	}
	return all
}

// isOpen is whether some way leads to satisfaction, quicker than by walks.
func (m *maze) isOpen() bool { return m.regions()[0].open }

// turns returns the traps and the wrong turns, as edges.
func (m *maze) turns() (traps, wrong []int) {
	if m.start == m.target {
		return nil, nil // no step is taken
	}
	all := m.regions()
	isTrap, isWrong := map[int]bool{}, map[int]bool{}
	for _, r := range all {
		for k, n := range r.next {
			if r.open && n != satisfied && !all[n].open {
				isTrap[k] = true
			}
		}
	}
	forward := m.forward(all)
	ahead := func(r, place int) bool { return place == m.target || forward[r]>>place&1 == 1 }
	for i, r := range all {
		for k := range m.edges {
			e := &m.edges[k]
			if isTrap[k] || r.places>>e.from&1 == 0 || !m.passes(e, r.held) || !ahead(i, e.from) {
				continue
			}
			after := i
			if n, ok := r.next[k]; ok {
				after = n
			}
			if after != satisfied && !ahead(after, e.to) {
				isWrong[k] = true
			}
		}
	}
	for k := range m.edges {
		if isTrap[k] {
			traps = append(traps, k)
		}
		if isWrong[k] {
			wrong = append(wrong, k)
		}
	}
	return traps, wrong
}

// forward returns for each region the places from which satisfaction can be
// had without turning back, holding all that can be had in each region. What
// leads into a trap leads to no satisfaction, so traps need no word here.
func (m *maze) forward(all []*region) []uint64 {
	forward := make([]uint64, len(all))
	for again := true; again; {
		again = false
		for i, r := range all {
			for k := range m.edges {
				e := &m.edges[k]
				if r.places>>e.from&1 == 0 || forward[i]>>e.from&1 == 1 || !m.passes(e, r.held) {
					continue
				}
				after := i
				if n, ok := r.next[k]; ok {
					after = n
				}
				if e.to == m.target || forward[after]>>e.to&1 == 1 {
					forward[i] |= 1 << e.from
					again = true
				}
			}
		}
	}
	return forward
}

// singleWays returns the touchpoints whose outage blocks the maze.
func (f *file) singleWays(p pair) []string {
	var all []string
	for _, t := range f.visited() {
		out := *f
		out.without = append(slices.Clone(f.without), outage{"touchpoint", t.ID.Value})
		if !out.maze(p, nil).isOpen() {
			all = append(all, t.ID.Value)
		}
	}
	return all
}

// cost is what a way costs.
type cost struct {
	time   time.Duration
	effort float64
}

func (c cost) less(d cost) bool { return c.time < d.time || c.time == d.time && c.effort < d.effort }

func given(d *model.Duration) time.Duration {
	if d == nil {
		return 0
	}
	return d.Value
}

// plain adds what a step costs when everything is open.
func (e *edge) plain(c cost) cost {
	if e.at == nil {
		return c
	}
	c.time += given(e.at.Delay) + given(e.at.Waits) + given(e.at.Takes)
	if e.at.Effort != nil {
		c.effort += e.at.Effort.Value
	}
	return c
}

// timed lets a step begin at a moment, and returns when it is through.
func (m *maze) timed(e *edge, c cost) cost {
	if e.at == nil {
		return c
	}
	c.time = m.opens(e.at, c.time+given(e.at.Delay)) + given(e.at.Waits) + given(e.at.Takes)
	return c
}

// opens returns the first moment from t on at which a touchpoint is open.
func (m *maze) opens(at *model.Touchpoint, t time.Duration) time.Duration {
	h := m.hours(at)
	if h == nil {
		return t
	}
	const week = 7 * 24 * time.Hour
	monday := t / week * week
	for {
		for _, o := range h.Spans {
			from, to := monday+time.Duration(o.From)*time.Minute, monday+time.Duration(o.To)*time.Minute
			if t < to {
				return max(t, from)
			}
		}
		monday += week
	}
}

// least returns what the cheapest walk costs, from a beginning on; ok is
// false if there is none. It is Dijkstra's algorithm over the states: a step
// that begins later never ends earlier.
func (w *walks) least(begin cost, take func(*edge, cost) cost) (least cost, ok bool) {
	if w.start == w.target {
		return begin, true
	}
	settled := make([]bool, len(w.states))
	q := &queue{{0, begin}}
	for q.Len() > 0 {
		at := heap.Pop(q).(label)
		if at.state == satisfied {
			return at.cost, true
		}
		if settled[at.state] {
			continue
		}
		settled[at.state] = true
		for _, m := range w.moves[at.state] {
			if m.to == satisfied || !settled[m.to] {
				heap.Push(q, label{m.to, take(&w.edges[m.edge], at.cost)})
			}
		}
	}
	return cost{}, false
}

type label struct {
	state int
	cost  cost
}

type queue []label

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].cost.less(q[j].cost) }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(label)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// fastest returns what the fastest way costs when everything is open.
func (w *walks) fastest() cost {
	c, _ := w.least(cost{}, (*edge).plain)
	return c
}

// wait returns how long it takes when the need arises at a minute of the week.
func (w *walks) wait(minute int) time.Duration {
	begin := time.Duration(minute) * time.Minute
	c, _ := w.least(cost{time: begin}, w.timed)
	return c.time - begin
}

// kind is the kind of a change, in their order.
type kind int

const (
	dropRequirement kind = iota
	addLanguage
	offerPath
	giveItem
)

func (k kind) String() string {
	return [...]string{"drop-requirement", "add-language", "offer-path", "give-item"}[k]
}

// change is a change to the file.
type change struct {
	kind       kind
	touchpoint string
	value      string
}

func (c change) String() string {
	return strings.Join(strings.Fields(c.kind.String()+" "+c.touchpoint+" "+c.value), " ")
}

// changes lists, in their order, all changes that make a difference to one of
// the blocked pairs: a smallest repair has no other. Languages are those of
// the speakers, who are blocked too.
func (f *file) changes(blocked, speakers []pair) []change {
	var all []change
	differs := func(different func(pair) bool) bool { return slices.ContainsFunc(blocked, different) }
	for _, t := range f.visited() {
		var values []string
		for _, c := range f.clauses(t) {
			unmet := func(p pair) bool {
				return !slices.ContainsFunc(c, func(name string) bool { return f.holds(p.customer, p.need, name) })
			}
			if differs(unmet) {
				values = append(values, strings.Join(c, "|"))
			}
		}
		for _, v := range sorted(values) {
			all = append(all, change{dropRequirement, t.ID.Value, v})
		}
	}
	for _, t := range f.visited() {
		var spoken []string
		for _, s := range speakers {
			for _, tag := range tags(s.customer.Speaks) {
				helps := func(p pair) bool {
					speaks := tags(p.customer.Speaks)
					return !understand(speaks, tags(t.Languages)) && understand(speaks, []string{tag})
				}
				if len(t.Languages) > 0 && differs(helps) {
					spoken = append(spoken, tag)
				}
			}
		}
		for _, tag := range sorted(spoken) {
			all = append(all, change{addLanguage, t.ID.Value, tag})
		}
	}
	for i, path := range f.graph.Paths {
		if differs(func(p pair) bool { return !f.offered(i, p.customer, p.need) }) {
			all = append(all, change{offerPath, "", path.ID})
		}
	}
	return append(all, f.items(differs)...)
}

// items lists the items that a blocked customer has to get, by the first step
// that gives them; those that no step gives come last.
func (f *file) items(differs func(func(pair) bool) bool) []change {
	type item struct {
		first int
		name  string
	}
	var found []item
	for name := range f.bit {
		if !f.isItem(name) || !differs(func(p pair) bool { return !f.holds(p.customer, p.need, name) }) {
			continue
		}
		first := slices.IndexFunc(f.graph.Steps, func(s corridor.Step) bool { return s.Touchpoint != nil && named(s.Touchpoint.Gives, name) })
		if first < 0 {
			first = len(f.graph.Steps)
		}
		found = append(found, item{first, name})
	}
	slices.SortFunc(found, func(a, b item) int {
		if a.first != b.first {
			return a.first - b.first
		}
		return strings.Compare(a.name, b.name)
	})
	var all []change
	for _, i := range found {
		all = append(all, change{giveItem, "", i.name})
	}
	return all
}

// fix is the smallest repair of some pairs.
type fix struct {
	possible bool
	found    bool // within the sizes that were tried
	tried    int  // no smaller set than this does
	changes  []change
}

// mostTries bounds the sets of changes that are tried for one repair.
const mostTries = 20_000

// repair tries all sets of no, one, two and three changes in their order. Ok
// is false where there are more changes than the reference can choose from.
func (f *file) repair(blocked, speakers []pair) (r fix, ok bool) {
	changes := f.changes(blocked, speakers)
	if len(changes) > 63 {
		return fix{}, false
	}
	var mazes []*maze
	for _, p := range blocked {
		mazes = append(mazes, f.maze(p, changes))
	}
	opens := func(chosen uint64) bool {
		return !slices.ContainsFunc(mazes, func(m *maze) bool { return !m.with(chosen).isOpen() })
	}
	if !opens(1<<len(changes) - 1) {
		return fix{}, true // more changes close nothing
	}
	tries := 0
	var choose func(chosen uint64, next, left int) (uint64, bool)
	choose = func(chosen uint64, next, left int) (uint64, bool) {
		if left == 0 {
			tries++
			return chosen, opens(chosen)
		}
		for i := next; i <= len(changes)-left && tries < mostTries; i++ {
			if c, ok := choose(chosen|1<<i, i+1, left-1); ok {
				return c, true
			}
		}
		return 0, false
	}
	r.possible = true
	for r.tried = 0; r.tried <= 3; r.tried++ {
		chosen, found := choose(0, 0, r.tried)
		if found {
			r.found = true
			for i, c := range changes {
				if chosen>>i&1 == 1 {
					r.changes = append(r.changes, c)
				}
			}
			return r, true
		}
		if tries >= mostTries {
			break
		}
	}
	return r, true
}

// repairs reports whether changes open all pairs.
func (f *file) repairs(blocked []pair, changes []change) bool {
	return !slices.ContainsFunc(blocked, func(p pair) bool { return !f.maze(p, changes).with(1<<len(changes) - 1).isOpen() })
}

// describe writes the reference's answers for one cell on a line.
func (f *file) describe(p pair) string {
	m := f.maze(p, nil)
	w := m.walk()
	var b strings.Builder
	names := func(steps []int) {
		for _, s := range steps {
			b.WriteString(" " + f.graph.StepName(s))
		}
	}
	b.WriteString(p.customer.ID.Value + " " + p.need.ID.Value + ":")
	if w.open {
		traps, wrong := m.turns()
		b.WriteString(" open " + w.fastest().time.String() + "; traps")
		names(traps)
		b.WriteString("; wrong turns")
		names(wrong)
		b.WriteString("; single ways " + strings.Join(f.singleWays(p), " "))
		return strings.TrimSpace(b.String())
	}
	b.WriteString(" blocked")
	for _, d := range w.doors() {
		b.WriteString("; " + f.graph.StepName(d.step) + fmt.Sprint(d.missing))
	}
	r, _ := f.repair([]pair{p}, []pair{p})
	b.WriteString("; repair " + r.String())
	return b.String()
}

func (r fix) String() string {
	if !r.possible {
		return "none"
	}
	return fmt.Sprint(r.changes)
}

// TestReference holds the reference to what the language says of corridors
// that can be followed by hand.
func TestReference(t *testing.T) {
	for _, c := range byHand {
		t.Run(c.name, func(t *testing.T) {
			g, why := graphOf("corridor: 1\ntitle: By hand\n" + c.text)
			if g == nil {
				t.Fatal(why)
			}
			f := newFile(g, c.without)
			var got []string
			var blocked []pair
			for _, p := range f.pairs() {
				got = append(got, f.describe(p))
				if !f.maze(p, nil).walk().open {
					blocked = append(blocked, p)
				}
			}
			all, _ := f.repair(blocked, blocked)
			got = append(got, "all: repair "+all.String())
			if want := strings.TrimSpace(c.want); strings.Join(got, "\n") != want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
			}
		})
	}
}

var byHand = []struct {
	name    string
	text    string
	without []outage
	want    string
}{
	{name: "the dentist", text: `
touchpoints: {look-up: web, call: phone, treatment: visit}
customers: {patient: {}, deaf: {lacks: [hearing, speech]}}
paths: {basic: [look-up, call, treatment]}
`, want: `
patient need: open 0s; traps; wrong turns; single ways look-up call treatment
deaf need: blocked; call[hearing speech]; repair [drop-requirement call hearing drop-requirement call speech]
all: repair [drop-requirement call hearing drop-requirement call speech]
`},
	{name: "a whole file", text: `
departments:
  front-desk: {hours: "Su-Th 08:00-16:00"}
  clinic: {hours: "Su-Th 08:00-20:00"}
  digital: {}
customers:
  patient: {level: person, share: 70%, speaks: [ar, en]}
  deaf: {like: patient, lacks: [hearing, speech], share: 4%}
  labourer: {like: patient, speaks: [ur, en], lacks: [internet], share: 20%}
  insurer: {level: company, serves: [patient]}
needs:
  consult: {urgency: basic, within: 14d}
  acute: {urgency: urgent, within: 8h, lacks: [travel]}
touchpoints:
  notice: {channel: word-of-mouth, owner: clinic, gives: [phone-number]}
  compare: {channel: web, owner: digital}
  call: {channel: phone, owner: front-desk, requires: [phone-number], languages: [ar, en], takes: 6m, waits: 4m, asks: [birth-date], gives: [booking]}
  form: {channel: web, owner: digital, asks: [birth-date], gives: [booking], languages: [ar, en]}
  sms: {channel: sms, owner: digital}
  attend: {channel: visit, owner: clinic, requires: [booking], delay: 2d, takes: 20m, waits: 25m}
paths:
  basic: [notice, compare, call, attend]
  optional:
    reminder: {after: call, steps: [sms], share: 60%}
  alternative:
    online: {instead-of: call, steps: [form], share: 55%}
    straight: {instead-of: compare, steps: []}
`, want: `
patient consult: open 48h45m0s; traps; wrong turns; single ways notice attend
patient acute: blocked; attend[travel]; repair [drop-requirement attend travel]
deaf consult: open 48h45m0s; traps; wrong turns; single ways notice attend form
deaf acute: blocked; attend[travel]; repair [drop-requirement attend travel]
labourer consult: open 48h55m0s; traps; wrong turns; single ways notice call attend
labourer acute: blocked; attend[travel]; repair [drop-requirement attend travel]
all: repair [drop-requirement attend travel]
`},
	{name: "a trap, and a wrong turn where nothing binds", text: `
touchpoints:
  look: {}
  pay: {binding: true}
  try: {}
  use: {requires: [ticket]}
  come: {}
  elsewhere: {gives: [ticket]}
paths:
  basic: [look, pay, use]
  alternative:
    before: {instead-of: pay, steps: [try]}
    walk-in: {instead-of: [pay, use], steps: [come]}
`, want: `
anyone need: open 0s; traps pay; wrong turns try; single ways look come
all: repair []
`},
	{name: "a ticket that could be had before", text: `
touchpoints:
  shop: {gives: [ticket]}
  pay: {binding: true}
  use: {requires: [ticket]}
  come: {}
paths:
  basic: [pay, use]
  optional: {fetch: {before: pay, steps: [shop]}}
  alternative: {walk-in: {instead-of: [pay, use], steps: [come]}}
`, want: `
anyone need: open 0s; traps; wrong turns; single ways
all: repair []
`},
	{name: "a ticket behind a binding step", text: `
touchpoints:
  pay: {binding: true}
  shop: {gives: [ticket]}
  use: {requires: [ticket]}
paths:
  basic: [use, pay]
  optional: {fetch: {after: pay, steps: [shop]}}
`, want: `
anyone need: blocked; use[ticket]; repair [drop-requirement use ticket]
all: repair [drop-requirement use ticket]
`},
	{name: "what two steps ask for is handed out", text: `
touchpoints:
  ask: {requires: [card-no]}
  use: {requires: [card-no]}
  shop: {gives: [card-no]}
paths: {basic: [ask, use, shop]}
`, want: `
anyone need: blocked; ask[card-no]; repair [give-item card-no]
all: repair [give-item card-no]
`},
	{name: "a choice beside its single name, languages and offers", text: `
customers:
  a: {lacks: [hearing, reading], speaks: [ur, en-GB]}
  b: {speaks: [EN]}
touchpoints:
  talk: {requires: [reading|hearing, hearing], languages: [fa]}
  meet: {languages: [ar, en]}
paths:
  basic: [talk]
  alternative: {other: {instead-of: talk, steps: [meet], customers: [b]}}
`, want: `
a need: blocked; talk[hearing language:ur|en-GB]; meet[path:other]; repair [offer-path other]
b need: open 0s; traps; wrong turns; single ways meet
all: repair [offer-path other]
`},
	{name: "an outage has no repair", text: `
touchpoints: {call: phone, form: web}
paths:
  basic: [call]
  alternative: {online: {instead-of: call, steps: [form]}}
`, without: []outage{{"channel", "phone"}, {"capability", "internet"}}, want: `
anyone need: blocked; call[channel:phone]; form[internet]; repair [drop-requirement form internet]
all: repair [drop-requirement form internet]
`},
	{name: "never open", text: `
touchpoints: {call: {channel: phone, hours: "off", waives: [hearing]}}
customers: {anna: {lacks: [speech, hearing]}}
paths: {basic: [call]}
`, want: `
anna need: blocked; call[hours speech]; repair none
all: repair none
`},
	{name: "who is there has left", text: `
needs:
  short: {to: first}
  rest: {from: second}
  nothing: {from: second, to: first}
touchpoints:
  first: {gives: [ticket]}
  again: {requires: [ticket]}
  second: {requires: [ticket]}
  gift: {gives: [ticket]}
paths:
  basic: [first, second]
  optional: {more: {after: first, steps: [gift]}}
  alternative: {round: {after: first, before: first, steps: [again]}}
`, want: `
anyone short: open 0s; traps; wrong turns; single ways first
anyone rest: open 0s; traps; wrong turns; single ways second gift
anyone nothing: open 0s; traps; wrong turns; single ways
all: repair []
`},
}

// TestReferenceTimes holds the reference's clock to cases by hand.
func TestReferenceTimes(t *testing.T) {
	g, why := graphOf(`
corridor: 1
title: Times
touchpoints:
  call: {delay: 10m, waits: 5m, takes: 20m, hours: "Mo-Fr 08:00-12:00; We off"}
paths: {basic: [call]}
`)
	if g == nil {
		t.Fatal(why)
	}
	f := newFile(g, nil)
	w := f.maze(f.pairs()[0], nil).walk()
	for minute, want := range map[int]time.Duration{
		0:                  8*time.Hour + 25*time.Minute,  // Monday, until it opens
		8 * 60:             35 * time.Minute,              // open after the delay
		11*60 + 49:         35 * time.Minute,              // the last minute: what began may end after closing
		11*60 + 50:         20*time.Hour + 35*time.Minute, // until Tuesday
		1440 + 12*60:       44*time.Hour + 25*time.Minute, // Tuesday noon, until Thursday
		4*1440 + 12*60:     68*time.Hour + 25*time.Minute, // Friday noon, until Monday
		7*1440 - 1:         8*time.Hour + 26*time.Minute,
		7*1440 - 16*60 - 1: 24*time.Hour + 26*time.Minute,
	} {
		if got := w.wait(minute); got != want {
			t.Errorf("from minute %d: %v, want %v", minute, got, want)
		}
	}
}
