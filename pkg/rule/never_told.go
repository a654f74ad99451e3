package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var neverTold = accessibility("never-told", finding.Warning,
	"the staff has to know what nobody told on the way", checkNeverTold)

// untold is a step that uses what was not told before.
type untold struct {
	step  int
	names string // joined by spaces
}

// checkNeverTold looks, for each information that is used, at the ways on
// which no step tells it.
func checkNeverTold(p *Pass) {
	if p.Access == nil {
		return
	}
	used := p.used()
	if len(used) == 0 {
		return
	}
	gaps := gather(p, func(c *access.Cell) []untold { return p.untold(c, used) })
	for _, same := range alike(gaps, func(u untold) string { return u.names }) {
		p.reportUntold(same)
	}
}

func (p *Pass) reportUntold(same []gap[untold]) {
	first, cells := same[0].of, same[0].cells
	names := strings.Split(first.names, " ")
	var steps []string
	for _, g := range same {
		steps = append(steps, p.step(g.of.step))
	}
	f := p.place(first.step, cells, names...)
	f.Message = fmt.Sprintf("%s can come to %s without having told %s, which the staff there uses",
		whom(cells), list(steps, "or"), list(quoted(names), "or"))
	f.Help = "Ask for it at an earlier step of this way, hand it over, or ask for it here."
	f.Related = p.walked(p.reach(cells[0], tells(names[0])).Way(first.step))
	for _, g := range same {
		t := p.Graph.Steps[g.of.step].Touchpoint
		f.Related = append(f.Related, finding.Related{Span: named(t.Uses, names[0]), Message: finding.Quote(t.ID.Value) + " uses it"})
	}
	p.report(f)
}

// use is a name, and the steps whose staff uses it and does not ask for it.
type use struct {
	name  string
	steps []int
}

// used are the names that some step uses to which a way leads, whoever could
// go it, on which they are not told; in the order of the steps.
func (p *Pass) used() []use {
	var all []use
	known := map[string]int{}
	for i, s := range p.Graph.Steps {
		t := s.Touchpoint
		if t == nil {
			continue
		}
		for _, n := range t.Uses {
			if has(t.Asks, n.Value) || has(t.Confirms, n.Value) {
				continue
			}
			if _, ok := known[n.Value]; !ok {
				known[n.Value] = len(all)
				all = append(all, use{name: n.Value})
			}
			u := &all[known[n.Value]]
			u.steps = append(u.steps, i)
		}
	}
	return slices.DeleteFunc(all, func(u use) bool { return p.alwaysTold(u.name) })
}

// alwaysTold reports whether no step that uses a name can be reached but by
// those that tell it.
func (p *Pass) alwaysTold(name string) bool {
	g, told := p.Graph, tells(name)
	reached := make([]bool, g.Places)
	var places []int
	reach := func(place int) {
		if !reached[place] {
			reached[place] = true
			places = append(places, place)
		}
	}
	for _, n := range p.Journey.Needs {
		start, _ := access.Ends(g, n)
		reach(start)
	}
	for i := 0; i < len(places) && p.tried < maxWalked; i++ {
		for _, out := range g.Out(places[i]) {
			p.tried++
			t := g.Steps[out].Touchpoint
			if t != nil && has(t.Uses, name) && !has(t.Asks, name) && !has(t.Confirms, name) {
				return false
			}
			if t == nil || !told(t) {
				reach(g.Steps[out].To)
			}
		}
	}
	return true
}

func (p *Pass) untold(c *access.Cell, used []use) []untold {
	if !c.Open {
		return nil
	}
	missing := map[int][]string{}
	for _, u := range used {
		if p.tried >= maxWalked {
			break
		}
		if has(c.Need.Has, u.name) || has(c.Customer.Has, u.name) {
			continue
		}
		r := p.reach(c, tells(u.name))
		for _, s := range u.steps {
			if r.Takes(s) {
				missing[s] = append(missing[s], u.name)
			}
		}
	}
	var all []untold
	for s, names := range missing {
		all = append(all, untold{s, strings.Join(names, " ")})
	}
	slices.SortFunc(all, func(a, b untold) int { return a.step - b.step })
	return all
}

// tells returns what reports whether an information is known after a
// touchpoint: it was asked for or confirmed, given or handed over there.
func tells(name string) func(*model.Touchpoint) bool {
	return func(t *model.Touchpoint) bool {
		return has(t.Asks, name) || has(t.Gives, name) || has(t.Confirms, name) || t.HandsOver != nil && has(t.HandsOver.What, name)
	}
}
