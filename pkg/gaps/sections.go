package gaps

import (
	"iter"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

// section is a part of what is told, with a title.
type section struct {
	title   string
	note    string // a sentence on all entries; "" for none
	entries []entry
}

// entry is one gap: whose it is, what is to be said, and what can be pasted
// into the file.
type entry struct {
	head  string
	text  string // sentences; "" where the head says it all
	paste []string
}

// teller tells of one report.
type teller struct {
	Report
	graph    *corridor.Graph
	journey  *model.Journey
	holder   *access.Holder
	language string
	fastest  map[*model.Need]*access.Cell // the open cell with the fastest way
}

func newTeller(r Report) *teller {
	g := r.Result.Graph
	t := &teller{
		Report: r, graph: g, journey: g.Journey, holder: access.NewHolder(g, r.Without),
		language: g.Journey.Language, fastest: map[*model.Need]*access.Cell{},
	}
	for i := range r.Result.Cells {
		c := &r.Result.Cells[i]
		if best := t.fastest[c.Need]; c.Open && (best == nil || compareCost(c.Fastest, best.Fastest) < 0) {
			t.fastest[c.Need] = c
		}
	}
	return t
}

// title is the first line: what was looked at, and the score.
func (t *teller) title() (name, score string) {
	return foreign(t.journey.Document.Title.In(t.language)), "access score " + finding.Percent(t.Result.Score) + t.bounded()
}

// bounded marks answers that an import could not carry all for.
func (t *teller) bounded() string {
	if len(t.journey.Document.Bounds) == 0 {
		return ""
	}
	return " (a bound)"
}

// sections tells all gaps, the heaviest first; none that is empty.
func (t *teller) sections() []section {
	all := []section{
		{title: "Newly locked out", entries: t.outage()},
		{title: "Blocked", entries: t.cells(t.blocked)},
		{"Traps", trapText + ".", t.steps(func(c access.Cell) []string { return t.stepNames(c.Traps) })},
		t.lateness(),
		{title: "Detours", entries: t.cells(t.detour)},
		{"Wrong turns", turnText + ".", t.steps(func(c access.Cell) []string { return t.stepNames(c.WrongTurns) })},
		{"Single ways", singleText + ".", t.steps(func(c access.Cell) []string { return c.SingleWays })},
		{title: "Smallest repair for all", entries: t.joint()},
		{"Bounds", "The imported file says more than was carried over, so these answers may be off.", t.bounds()},
	}
	return slices.DeleteFunc(all, func(s section) bool { return len(s.entries) == 0 })
}

// bounds tells what an import could not carry and what may change answers.
func (t *teller) bounds() []entry {
	var all []entry
	for _, b := range t.journey.Document.Bounds {
		all = append(all, entry{head: foreign(strings.ToUpper(b.Value[:1]) + b.Value[1:] + ".")})
	}
	return all
}

// lateness tells of the moment asked for, else of the week.
func (t *teller) lateness() section {
	if t.At >= 0 {
		return section{title: "When the need arises " + Moment(t.At), entries: t.cells(t.moment)}
	}
	return section{title: "Late", entries: t.cells(t.late)}
}

const (
	trapText   = "It cannot be undone, and behind it there is no way to satisfaction"
	turnText   = "Behind it there is no way on; one finds out and turns back"
	singleText = "There is no way without it"
)

// cells tells about cells one by one; those of which the same is to be said
// share an entry.
func (t *teller) cells(tell func(access.Cell) (entry, bool)) []entry {
	var all []entry
	var of [][]access.Cell
	index := map[string]int{}
	for _, c := range t.Cells {
		e, ok := tell(c)
		if !ok {
			continue
		}
		said := e.text + "\n" + strings.Join(e.paste, "\n")
		i, known := index[said]
		if !known {
			i = len(all)
			index[said] = i
			all, of = append(all, e), append(of, nil)
		}
		of[i] = append(of[i], c)
	}
	for i := range all {
		all[i].head = t.who(of[i])
	}
	return all
}

// byCustomer yields the customers of cells, each with the names of its needs.
func byCustomer(cells []access.Cell) iter.Seq2[*model.Customer, []string] {
	return func(yield func(*model.Customer, []string) bool) {
		for i := 0; i < len(cells); {
			customer := cells[i].Customer
			var needs []string
			for ; i < len(cells) && cells[i].Customer == customer; i++ {
				needs = append(needs, code(cells[i].Need.ID.Value))
			}
			if !yield(customer, needs) {
				return
			}
		}
	}
}

// who names cells, customer by customer.
func (t *teller) who(cells []access.Cell) string {
	var all []string
	for customer, needs := range byCustomer(cells) {
		all = append(all, named(customer.Definition, t.language)+": "+list(needs, "and"))
	}
	return strings.Join(all, "; ")
}

// steps tells about steps or touchpoints, with the cells that each concerns.
func (t *teller) steps(of func(access.Cell) []string) []entry {
	var names []string
	concerns := map[string][]access.Cell{}
	open := 0
	for _, c := range t.Cells {
		if c.Open {
			open++
		}
		for _, name := range of(c) {
			if concerns[name] == nil {
				names = append(names, name)
			}
			concerns[name] = append(concerns[name], c)
		}
	}
	t.inOrder(names)
	var all []entry
	for _, name := range names {
		whom := "all who get through"
		if cells := concerns[name]; len(cells) < open {
			whom = t.briefly(cells)
		}
		all = append(all, entry{head: t.stepLabel(name) + ": " + whom})
	}
	return all
}

// briefly names cells by their ids; needs are named where there are several.
func (t *teller) briefly(cells []access.Cell) string {
	var all []string
	for customer, needs := range byCustomer(cells) {
		who := code(customer.ID.Value)
		if len(t.journey.Needs) > 1 {
			who += " (" + strings.Join(needs, ", ") + ")"
		}
		all = append(all, who)
	}
	return list(all, "and")
}

// inOrder sorts the names of steps and touchpoints as they come in the graph.
func (t *teller) inOrder(names []string) {
	position := map[string]int{}
	for i := len(t.graph.Steps) - 1; i >= 0; i-- {
		position[t.graph.StepName(i)] = i
		if p := t.graph.Steps[i].Touchpoint; p != nil {
			position[p.ID.Value] = i
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return position[a] - position[b] })
}

func (t *teller) stepNames(steps []int) []string {
	all := make([]string, len(steps))
	for i, s := range steps {
		all[i] = t.graph.StepName(s)
	}
	return all
}

// stepLabel is the name of a step with what people call its touchpoint.
func (t *teller) stepLabel(name string) string {
	id := name[strings.LastIndex(name, "/")+1:]
	id, _, _ = strings.Cut(id, "#")
	if p := t.journey.Touchpoint(id); p != nil && !p.Name.Empty() {
		return code(name) + " (" + foreign(p.Label(t.language)) + ")"
	}
	return code(name)
}

// way writes a way; the middle of a long one is left out.
func (t *teller) way(steps []int) string {
	const most = 14
	names := codes(t.stepNames(steps))
	if len(names) > most {
		left := counted(len(names)-most, "step")
		names = slices.Concat(names[:most/2], []string{"… " + left + " …"}, names[len(names)-most/2:])
	}
	return strings.Join(names, " → ")
}

// outage tells who is newly locked out.
func (t *teller) outage() []entry {
	if t.Usual == nil {
		return nil
	}
	var out []string
	for _, o := range t.Without {
		out = append(out, code(o.Kind+":"+o.ID))
	}
	text := "Nobody is newly locked out."
	if locked := t.NewlyLockedOut(); len(locked) > 0 {
		text = "Locked out, though they get through otherwise: " + t.briefly(locked) + "."
	}
	before, after := finding.Percent(t.Usual.Score), finding.Percent(t.Result.Score)
	if before == after {
		return []entry{{head: "Without " + list(out, "and"), text: text + " The access score stays at " + after + "."}}
	}
	return []entry{{head: "Without " + list(out, "and"), text: text + " The access score goes from " + before + " to " + after + "."}}
}
