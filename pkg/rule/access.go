package rule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// gap is one defect with all the cells that have it.
type gap[K comparable] struct {
	of    K
	cells []*access.Cell
}

// gather groups cells by their defects, in the order in which they are met.
// Of a journey that was not analysed there is none.
func gather[K comparable](p *Pass, defects func(*access.Cell) []K) []gap[K] {
	if p.Access == nil {
		return nil
	}
	var all []gap[K]
	known := map[K]int{}
	for i := range p.Access.Cells {
		c := &p.Access.Cells[i]
		for _, d := range defects(c) {
			if _, ok := known[d]; !ok {
				known[d] = len(all)
				all = append(all, gap[K]{of: d})
			}
			g := &all[known[d]]
			g.cells = append(g.cells, c)
		}
	}
	return all
}

// alike joins defects that the very same cells have: each group of them has
// one finding.
func alike[K comparable](gaps []gap[K], more func(K) string) [][]gap[K] {
	var all [][]gap[K]
	known := map[string]int{}
	for _, g := range gaps {
		key := more(g.of)
		for _, c := range g.cells {
			key += fmt.Sprintf(" %p", c)
		}
		i, ok := known[key]
		if !ok {
			i = len(all)
			known[key] = i
			all = append(all, nil)
		}
		all[i] = append(all[i], g)
	}
	return all
}

// listed is how many names a message lists at most.
const listed = 6

// list joins words as a sentence does: a, b and c.
func list(words []string, last string) string {
	if len(words) > listed {
		words = append(slices.Clone(words[:listed-1]), fmt.Sprintf("%d more", len(words)-listed+1))
		last = "and"
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}

// listOf is list for n words of a file, of which it asks only for those that
// are shown.
func listOf(n int, word func(int) string, last string) string {
	words := make([]string, min(n, listed))
	for i := range words {
		words[i] = finding.Quote(word(i))
	}
	if n > listed {
		words[listed-1] = fmt.Sprintf("%d more", n-listed+1)
		last = "and"
	}
	return list(words, last)
}

func quoted(ids []string) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = finding.Quote(id)
	}
	return all
}

// whom names the customers of some cells, and the needs that they have there:
// "`deaf` and `senior`, for `consult`". Cells are in the order of the file.
func whom(cells []*access.Cell) string {
	var needs, sentence []string // needs: those of each group of customers
	groups := map[string][]string{}
	for i := 0; i < len(cells); {
		var theirs []string
		customer := cells[i].Customer
		for ; i < len(cells) && cells[i].Customer == customer; i++ {
			if cells[i].Need.ID.Given() { // the file names its needs
				theirs = append(theirs, finding.Quote(cells[i].Need.ID.Value))
			}
		}
		key := list(theirs, "and")
		if groups[key] == nil {
			needs = append(needs, key)
		}
		groups[key] = append(groups[key], finding.Quote(customer.ID.Value))
	}
	for _, n := range needs {
		who := list(groups[n], "and")
		if n != "" {
			who += " (for " + n + ")"
		}
		sentence = append(sentence, who)
	}
	return list(sentence, "and")
}

// place begins a finding at a step that concerns some cells. Names tell it
// apart from others that do.
func (p *Pass) place(step int, cells []*access.Cell, names ...string) finding.Finding {
	s := p.Graph.Steps[step]
	names = append(names, p.Graph.StepName(step))
	return finding.Finding{Span: s.Name.Span, Subject: pathSubject(p.Graph.Paths[s.Path]), Key: strings.Join(names, " "), Concerns: concerned(cells)}
}

// concerned names the customers of some cells with their needs.
func concerned(cells []*access.Cell) []string {
	all := make([]string, len(cells))
	for i, c := range cells {
		all[i] = c.Customer.ID.Value + ":" + c.Need.ID.Value
	}
	return all
}

func (p *Pass) step(step int) string { return finding.Quote(p.Graph.StepName(step)) }

// mostWalked is how many steps of a way a finding shows: the last ones.
const mostWalked = 50

// walked are the steps of a way as related places.
func (p *Pass) walked(way []int) []finding.Related {
	all := make([]finding.Related, 0, min(len(way), mostWalked)+2) // most findings add what they are about
	for i := max(0, len(way)-mostWalked); i < len(way); i++ {
		all = append(all, finding.Related{Span: p.Graph.Steps[way[i]].Name.Span, Message: "step " + strconv.Itoa(i+1) + " of the way", Step: i + 1})
	}
	return all
}

// wayTo returns how a customer who gets through comes to a step: their way as
// far as it serves, then along the step's own path.
func (p *Pass) wayTo(c *access.Cell, step int) []int {
	g := p.Graph
	first, _ := g.StepsOf(g.Steps[step].Path)
	start, _ := access.Ends(g, c.Need)
	for s := step; s >= first; s-- {
		from := g.Steps[s].From
		along := make([]int, 0, step-s)
		for k := s; k < step; k++ {
			along = append(along, k)
		}
		if from == start {
			return along
		}
		for i, w := range c.Way {
			if g.Steps[w].To == from {
				return append(slices.Clone(c.Way[:i+1]), along...)
			}
		}
	}
	return nil
}

// before returns the part of a way before a step.
func before(way []int, step int) []int {
	return way[:max(0, slices.Index(way, step))]
}

// first returns the step by which a way first visits a touchpoint.
func (p *Pass) first(way []int, touchpoint string) int {
	i := slices.IndexFunc(way, func(s int) bool { return p.visits(s, touchpoint) })
	if i < 0 {
		return p.Graph.Visits(touchpoint)[0]
	}
	return way[i]
}

func (p *Pass) visits(step int, touchpoint string) bool {
	t := p.Graph.Steps[step].Touchpoint
	return t != nil && t.ID.Value == touchpoint
}

func urgent(cells []*access.Cell) bool {
	return slices.ContainsFunc(cells, func(c *access.Cell) bool { return c.Need.Urgency.Value == "urgent" })
}

// costOf returns what a step costs when it is open.
func costOf(s corridor.Step) access.Cost {
	var c access.Cost
	if s.Touchpoint == nil {
		return c
	}
	for _, d := range []*model.Duration{s.Touchpoint.Delay, s.Touchpoint.Waits, s.Touchpoint.Takes} {
		if d != nil {
			c.Time += d.Value
		}
	}
	if e := s.Touchpoint.Effort; e != nil {
		c.Effort = e.Value
	}
	return c
}

// span writes a time as people say it: 2d 4h, 1h 30m.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	var parts []string
	for _, u := range []struct {
		length time.Duration
		sign   string
	}{{day, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}} {
		if n := d / u.length; n > 0 && len(parts) < 2 {
			parts = append(parts, fmt.Sprintf("%d%s", n, u.sign))
		}
		d %= u.length
	}
	if parts == nil {
		return "no time"
	}
	return strings.Join(parts, " ")
}

// item reports whether a name is held only once it was given.
func (p *Pass) item(name string) bool {
	if p.items == nil {
		p.items = itemsOf(p.Journey)
	}
	return p.items[name]
}

func itemsOf(j *model.Journey) map[string]bool {
	items := map[string]bool{}
	for _, t := range j.Touchpoints {
		mark(items, t.Gives...)
	}
	for _, c := range j.Customers {
		mark(items, c.Has...)
	}
	for _, n := range j.Needs {
		mark(items, n.Has...)
	}
	for _, c := range j.Capabilities {
		delete(items, c.ID.Value)
	}
	return items
}

// named returns the place of a name in a list; zero if it is not there.
func named(list []model.Name, id string) source.Span {
	for _, n := range list {
		if n.Value == id {
			return n.Span
		}
	}
	return source.Span{}
}

func has(list []model.Name, id string) bool {
	return slices.ContainsFunc(list, func(n model.Name) bool { return n.Value == id })
}

// verb is the form of a verb that fits the customers of some cells.
func verb(cells []*access.Cell, one, several string) string {
	if cells[0].Customer == cells[len(cells)-1].Customer {
		return one
	}
	return several
}
