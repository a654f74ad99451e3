package access_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// draft is a corridor file before it is written down: it can be changed and
// made smaller, and it is what a failing test shows.
type draft struct {
	capabilities []string
	channels     []*entry
	departments  []*entry
	customers    []*entry
	needs        []*entry
	touchpoints  []*entry
	basic        []string
	optional     []*entry
	alternative  []*entry
	without      []outage
}

// entry is one definition: an id with its keys.
type entry struct {
	id   string
	keys []key
}

// key is a key with its value: a word, or a list of words.
type key struct {
	name string
	word string
	list []string // not nil: a list
}

func (e *entry) set(name, word string)        { e.keys = append(e.keys, key{name: name, word: word}) }
func (e *entry) add(name string, l ...string) { e.keys = append(e.keys, key{name: name, list: l}) }

func (e *entry) find(name string) *key {
	for i := range e.keys {
		if e.keys[i].name == name {
			return &e.keys[i]
		}
	}
	return nil
}

func (e *entry) clone() *entry {
	c := &entry{id: e.id}
	for _, k := range e.keys {
		k.list = slices.Clone(k.list)
		c.keys = append(c.keys, k)
	}
	return c
}

func clones(list []*entry) []*entry {
	var all []*entry
	for _, e := range list {
		all = append(all, e.clone())
	}
	return all
}

func (d *draft) clone() *draft {
	return &draft{
		slices.Clone(d.capabilities), clones(d.channels), clones(d.departments), clones(d.customers), clones(d.needs),
		clones(d.touchpoints), slices.Clone(d.basic), clones(d.optional), clones(d.alternative), slices.Clone(d.without),
	}
}

// sections are the lists of definitions, by the key under which they stand.
func (d *draft) sections() []*[]*entry {
	return []*[]*entry{&d.channels, &d.departments, &d.customers, &d.needs, &d.touchpoints, &d.optional, &d.alternative}
}

// String writes the file.
func (d *draft) String() string {
	var b strings.Builder
	b.WriteString("corridor: 1\ntitle: Random\n")
	if len(d.capabilities) > 0 {
		b.WriteString("capabilities: {" + strings.Join(d.capabilities, ": {}, ") + ": {}}\n")
	}
	writeSection(&b, "", "channels", d.channels)
	writeSection(&b, "", "departments", d.departments)
	writeSection(&b, "", "customers", d.customers)
	writeSection(&b, "", "needs", d.needs)
	writeSection(&b, "", "touchpoints", d.touchpoints)
	b.WriteString("paths:\n  basic: [" + strings.Join(d.basic, ", ") + "]\n")
	writeSection(&b, "  ", "optional", d.optional)
	writeSection(&b, "  ", "alternative", d.alternative)
	for _, o := range d.without {
		fmt.Fprintf(&b, "# --without %s:%s\n", o.kind, o.id)
	}
	return b.String()
}

func writeSection(b *strings.Builder, indent, name string, list []*entry) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "%s%s:\n", indent, name)
	for _, e := range list {
		var keys []string
		for _, k := range e.keys {
			switch {
			case k.list != nil:
				keys = append(keys, k.name+": ["+strings.Join(k.list, ", ")+"]")
			default:
				keys = append(keys, k.name+": "+k.word)
			}
		}
		fmt.Fprintf(b, "%s  %s: {%s}\n", indent, e.id, strings.Join(keys, ", "))
	}
}

// graphOf loads a file; it is nil, with what is wrong, if there is a finding.
func graphOf(text string) (*corridor.Graph, string) {
	w := &workspace.Workspace{FS: fstest.MapFS{"random.corridor.yaml": {Data: []byte(text), Mode: 0o644}}}
	j, found, err := w.Load("random.corridor.yaml")
	if err != nil || j == nil || len(found) > 0 {
		return nil, fmt.Sprint(found, err)
	}
	g, found := corridor.Build(j)
	if len(found) > 0 {
		return nil, fmt.Sprint(found)
	}
	return g, ""
}

// focus is what a random file has more of than others: without it, most
// cells are blocked for so many reasons that nothing else is tried.
type focus int

const (
	onAll focus = iota
	onItems
	onHours
	focuses
)

// maker makes random files.
type maker struct {
	*rand.Rand
	*draft
	focus    focus
	steps    int      // that may still be made
	spots    []string // the steps so far, as `path/step#2`
	runs     [][]string
	names    []string // what may be lacked and required
	items    []string
	unplaced []string // touchpoints that no path has yet
}

func (m *maker) one(of ...string) string   { return of[m.IntN(len(of))] }
func (m *maker) in(n int) bool             { return m.IntN(n) == 0 }
func (m *maker) some(of []string) []string { return m.upTo(2, of) }

// upTo returns one to n different words.
func (m *maker) upTo(n int, of []string) []string {
	c := slices.Clone(of)
	m.Shuffle(len(c), func(i, k int) { c[i], c[k] = c[k], c[i] })
	return c[:1+m.IntN(min(n, len(c)))]
}

var (
	someItems = []string{"booking", "ticket", "badge", "form-no"}
	someCan   = []string{"hearing", "speech", "reading", "internet", "travel", "phone"}
	someHours = []string{
		`"Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00"`, `"24/7"`, `"off"`, `"Mo-Su 22:00-02:00"`, `"Su-Th 08:00-16:00"`,
		`"We 10:00-11:00"`, `"Mo-Su 00:00-24:00; We off"`, `"Su 23:00-03:00; Mo 01:00-02:00"`, `"Fr-Mo 12:00-24:00"`, `"Mo-Fr 08:00-12:00; We 10:00-18:00"`,
	}
	someTimes = []string{"0m", "5m", "20m", "90s", "1h", "1h30m", "6h", "1d", "2d", "1w", "10d"}
	someTags  = []string{"en", "en-GB", "ar", "ar-EG", "fa", "EN-us"}
)

// randomDraft makes a file of at most nine steps.
func randomDraft(seed uint64) *draft { return randomMaker(seed).draft }

// randomMaker makes a file and can still add to it.
func randomMaker(seed uint64) *maker {
	m := &maker{Rand: rand.New(rand.NewPCG(seed, 7)), draft: &draft{}, focus: focus(seed) % focuses}
	m.names = slices.Clone(someCan)
	m.items = someItems[:1+m.IntN(len(someItems))]
	if m.in(3) {
		m.capabilities = []string{"signature"}
		m.names = append(m.names, "signature")
	}
	if m.in(6) {
		m.channels = []*entry{{id: "branch"}}
		m.channels[0].add("requires", m.one("hearing", "reading", "internet|phone"), "travel")
		m.channels[0].set("staffed", m.one("true", "false"))
	}
	if m.focus != onItems && m.in(2) {
		m.departments = []*entry{{id: "desk"}, {id: "team"}}
		m.departments[m.IntN(2)].set("hours", m.one(someHours...))
	}
	m.makeTouchpoints()
	m.makePaths()
	m.makeCustomers()
	m.makeNeeds()
	m.offers()
	m.outages()
	return m
}

func (m *maker) makeTouchpoints() {
	speaking := m.focus == onAll && m.in(2)
	timed, hours := m.focus != onItems && m.in(2), 3
	binding := 2 + m.IntN(6)
	if m.focus == onHours {
		timed, hours = true, 2
	}
	for i := range 2 + m.IntN(6) {
		e := &entry{id: fmt.Sprint("t", i+1)}
		m.touchpoints = append(m.touchpoints, e)
		if m.focus == onAll && m.in(2) {
			channels := []string{"phone", "web", "sms", "visit", "video", "word-of-mouth"}
			if len(m.channels) > 0 {
				channels = append(channels, "branch", "branch")
			}
			e.set("channel", m.one(channels...))
			m.waive(e)
		}
		if len(m.departments) > 0 && m.in(2) {
			e.set("owner", m.one("desk", "team"))
		}
		if timed && m.in(hours) {
			e.set("hours", m.one(someHours...))
		}
		m.demand(e)
		if m.in(3) {
			e.add("gives", m.some(append(slices.Clone(m.items), m.one(m.names...)))...)
		}
		if speaking && m.in(2) {
			e.add("languages", m.some(someTags)...)
		}
		for _, k := range []string{"delay", "waits", "takes"} {
			if m.in(3) {
				e.set(k, m.one(someTimes...))
			}
		}
		if m.in(binding) {
			e.set("binding", "true")
		}
		if m.in(3) {
			e.set("effort", m.one("1", "2", "3.5", "5"))
		}
	}
	m.giveAll()
}

// demand lets a touchpoint require and ask.
func (m *maker) demand(e *entry) {
	var clauses []string
	if m.focus == onHours && !m.in(3) {
		return
	}
	if m.focus == onItems {
		if m.in(2) {
			e.add("requires", m.some(m.items)...)
		}
		return
	}
	for range m.IntN(3) {
		c := m.one(append(slices.Clone(m.items), m.names...)...)
		if m.in(3) {
			d := m.one(append(slices.Clone(m.items), m.names...)...)
			if d != c {
				c += "|" + d
			}
		}
		if !slices.Contains(clauses, c) {
			clauses = append(clauses, c)
		}
	}
	if len(clauses) > 0 && m.in(2) {
		e.add("requires", clauses...)
	}
	if m.in(4) {
		e.add("asks", m.some([]string{"birth-date", "pin", m.one(m.items...), "phone"})...)
	}
}

func (m *maker) waive(e *entry) {
	waivable := map[string][]string{
		"phone": {"hearing", "speech", "phone"}, "web": {"internet"}, "sms": {"reading"},
		"visit": {"travel", "reading|hearing"}, "video": {"computer|smartphone", "speech"},
	}[e.find("channel").word]
	if len(waivable) > 0 && m.in(4) {
		e.add("waives", m.some(waivable)...)
	}
}

// giveAll makes sure that some touchpoint gives each item; some are given by
// a touchpoint that no path has.
func (m *maker) giveAll() {
	for _, item := range m.items {
		given := slices.ContainsFunc(m.touchpoints, func(e *entry) bool {
			k := e.find("gives")
			return k != nil && slices.Contains(k.list, item)
		})
		if given {
			continue
		}
		if m.in(6) {
			m.touchpoints = append(m.touchpoints, &entry{id: "from-elsewhere-" + item, keys: []key{{name: "gives", list: []string{item}}}})
			continue
		}
		e := m.touchpoints[m.IntN(len(m.touchpoints))]
		if k := e.find("gives"); k != nil {
			k.list = append(k.list, item)
		} else {
			e.add("gives", item)
		}
	}
}

// chain returns n touchpoints for a path, mostly new ones.
func (m *maker) chain(path string, n int) []string {
	var steps []string
	for range n {
		id := m.touchpoints[m.IntN(len(m.touchpoints))].id
		if len(m.unplaced) > 0 && !m.in(5) {
			id, m.unplaced = m.unplaced[0], m.unplaced[1:]
		}
		steps = append(steps, id)
	}
	var spots []string
	for i, id := range steps {
		name := path + "/" + id
		before, all := 0, 0
		for k, other := range steps {
			if other == id {
				all++
				if k <= i {
					before++
				}
			}
		}
		if all > 1 {
			name += fmt.Sprint("#", before)
		}
		spots = append(spots, name)
	}
	m.spots = append(m.spots, spots...)
	if len(spots) > 0 {
		m.runs = append(m.runs, spots)
	}
	m.steps -= max(1, n)
	return steps
}

func (m *maker) makePaths() {
	m.steps = 9
	for _, e := range m.touchpoints {
		if !strings.HasPrefix(e.id, "from-") {
			m.unplaced = append(m.unplaced, e.id)
		}
	}
	m.basic = m.chain("basic", 1+m.IntN(4))
	for i := 1; m.steps > 0 && i <= 6 && !m.in(6); i++ {
		if m.in(3) {
			m.makeOption(fmt.Sprint("o", i))
		} else {
			m.makeAlternative(fmt.Sprint("a", i))
		}
	}
}

func (m *maker) makeOption(id string) {
	e := &entry{id: id}
	e.set(m.one("after", "before"), m.one(m.spots...))
	e.add("steps", m.chain(id, 1+m.IntN(min(2, m.steps)))...)
	m.optional = append(m.optional, e)
}

func (m *maker) makeAlternative(id string) {
	e := &entry{id: id}
	if m.in(3) {
		e.set("after", m.one(m.spots...))
		e.set("before", m.one(m.spots...))
	} else {
		run := m.runs[m.IntN(len(m.runs))]
		first := m.IntN(len(run))
		last := first + m.IntN(min(3, len(run)-first))
		e.add("instead-of", run[first:last+1]...)
	}
	n := 1 + m.IntN(min(3, m.steps))
	if m.in(5) {
		n = 0
	}
	steps := m.chain(id, n)
	e.keys = append(e.keys, key{name: "steps", list: append([]string{}, steps...)})
	m.alternative = append(m.alternative, e)
}

func (m *maker) asked() []string {
	var all []string
	for _, t := range m.touchpoints {
		if k := t.find("asks"); k != nil {
			all = append(all, k.list...)
		}
	}
	return all
}

func (m *maker) makeCustomers() {
	lackable := append(slices.Clone(m.names), m.asked()...)
	holdable := append(slices.Clone(m.items), m.names...)
	for i := range m.IntN(4) {
		e := &entry{id: fmt.Sprint("c", i+1)}
		if i > 0 && m.in(3) {
			e.set("like", fmt.Sprint("c", 1+m.IntN(i)))
		}
		if m.focus == onAll && !m.in(3) || m.in(4) {
			e.add("lacks", sorted(m.upTo(3, lackable))...)
		}
		if m.in(4) {
			e.add("has", sorted(m.some(holdable))...)
		}
		if m.in(2) {
			e.add("speaks", m.some(someTags)...)
		}
		if m.in(3) {
			e.set("share", m.one("10%", "20%", "30%", "0%"))
		}
		if i > 0 && m.in(6) {
			e.add("serves", "c1")
		}
		m.customers = append(m.customers, e)
	}
}

func (m *maker) makeNeeds() {
	lackable := append(slices.Clone(m.names), m.asked()...)
	holdable := append(slices.Clone(m.items), m.names...)
	for i := range m.IntN(3) {
		e := &entry{id: fmt.Sprint("n", i+1)}
		if m.in(2) {
			e.set("within", m.one("10m", "2h", "8h", "1d", "3d", "8d", "14d"))
		}
		if m.in(4) {
			e.add("lacks", m.one(lackable...))
		}
		if m.in(6) {
			e.add("has", m.one(holdable...))
		}
		if m.in(5) {
			e.set("from", m.one(m.spots...))
		}
		if m.in(4) {
			e.set("to", m.one(m.spots...))
		}
		if len(m.customers) > 0 && m.in(4) {
			e.add("customers", m.some(ids(m.customers))...)
		}
		m.needs = append(m.needs, e)
	}
}

func ids(list []*entry) []string {
	var all []string
	for _, e := range list {
		all = append(all, e.id)
	}
	return all
}

// offers limits who is offered some of the paths.
func (m *maker) offers() {
	for _, e := range append(slices.Clone(m.optional), m.alternative...) {
		if len(m.customers) > 0 && m.in(5) {
			e.add("customers", m.some(ids(m.customers))...)
		}
		if len(m.needs) > 0 && m.in(6) {
			e.add("needs", m.one(ids(m.needs)...))
		}
	}
}

func (m *maker) outages() {
	if !m.in(4) {
		return
	}
	kinds := map[string][]string{
		"touchpoint": ids(m.touchpoints), "channel": {"web", "phone", "visit"}, "department": {"desk", "team"}, "capability": someCan,
	}
	for range 1 + m.IntN(2) {
		kind := m.one("touchpoint", "channel", "department", "capability")
		if kind != "department" || len(m.departments) > 0 {
			m.without = append(m.without, outage{kind, m.one(kinds[kind]...)})
		}
	}
}
