package access

import (
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// class is what makes cells equal: those of one class have the same way
// through, whoever they are.
type class struct {
	*plan
	start, target int
	held          set      // at the start, of the plan's names
	speaks        []string // what a blocked customer could be served in
	offered       []bool   // each path by itself
	// bars are, of each point, why this class cannot take it whatever it
	// holds: outages, hours, a missing language.
	bars  [][]string
	needs [][]clause // of each point: its clauses
	cells []int      // positions in the result

	open []bool // each step: neither its path nor its point bars it

	explored *explorer // for the answer; nil where classes and steps are many
	reach    *Reach    // with nothing left out; nil before it is asked for
}

// cells lists the cells of a corridor.
func (p *plan) cells() []Cell {
	j := p.graph.Journey
	shares, n := Shares(j), 0
	for _, c := range j.Customers {
		for _, need := range j.Needs {
			if HasNeed(c, need) {
				n++
			}
		}
	}
	all := make([]Cell, 0, n)
	for i, c := range j.Customers {
		for _, n := range j.Needs {
			if HasNeed(c, n) {
				all = append(all, Cell{Customer: c, Need: n, Share: shares[i]})
			}
		}
	}
	return all
}

// HasNeed reports whether a need is a customer's: the need names them, or
// names nobody and they serve nobody further.
func HasNeed(c *model.Customer, n *model.Need) bool {
	if len(n.Customers) == 0 {
		return len(c.Serves) == 0
	}
	return contains(n.Customers, c.ID.Value)
}

func contains(names []model.Name, id string) bool {
	return slices.ContainsFunc(names, func(n model.Name) bool { return n.Value == id })
}

// Shares returns each customer's share. Those that are not given divide
// equally what the others leave.
func Shares(j *model.Journey) []float64 {
	given, rest := 0.0, 0
	for _, c := range j.Customers {
		if c.Share != nil {
			given += c.Share.Value
		} else {
			rest++
		}
	}
	all := make([]float64, len(j.Customers))
	for i, c := range j.Customers {
		if c.Share != nil {
			all[i] = c.Share.Value
		} else {
			all[i] = max(0, 1-given) / float64(rest)
		}
	}
	return all
}

// classes groups cells that have the same way through.
func (p *plan) classes(cells []Cell) []*class {
	var all []*class
	byKey := map[string]*class{}
	for i, cell := range cells {
		c := p.newClass(cell.Customer, cell.Need)
		k := c.key()
		if _, known := byKey[k]; !known {
			c.unbar()
			byKey[k] = c
			all = append(all, c)
		}
		byKey[k].cells = append(byKey[k].cells, i)
	}
	return all
}

func (p *plan) newClass(customer *model.Customer, need *model.Need) *class {
	c := &class{plan: p, held: newSet(len(p.names)), needs: p.needs, offered: slices.Clone(p.offered)}
	c.start, c.target = Ends(p.graph, need)
	for i, name := range p.names {
		if p.holds(customer, need, name) {
			c.held.add(i)
		}
	}
	for _, l := range customer.Speaks {
		c.speaks = append(c.speaks, l.Value)
	}
	c.bars = p.barsOf(c.speaks)
	for _, i := range p.limited {
		path := p.graph.Paths[i].Def
		c.offered[i] = offers(path.Customers, customer.ID.Value) && offers(path.Needs, need.ID.Value)
	}
	return c
}

// barsOf returns for each point why those who speak that cannot take it. The
// lists are made once for all who do, and not changed.
func (p *plan) barsOf(speaks []string) [][]string {
	text := strings.Join(speaks, "|")
	if known, ok := p.bars[text]; ok {
		return known
	}
	bars := make([][]string, len(p.points))
	for i := range p.points {
		bars[i] = p.points[i].bars
		if !common(speaks, p.points[i].languages) {
			bars[i] = append(slices.Clone(bars[i]), "language:"+text)
		}
	}
	p.bars[text] = bars
	return bars
}

// unbar finds the steps that neither their path nor their point bars.
func (c *class) unbar() {
	barred := make([]bool, len(c.offered))
	for path, hangs := range c.hangs {
		barred[path] = slices.ContainsFunc(hangs, func(below int) bool { return !c.offered[below] })
	}
	c.open = make([]bool, len(c.of))
	for s, pt := range c.of {
		c.open[s] = (pt < 0 || len(c.bars[pt]) == 0) && !barred[c.graph.Steps[s].Path]
	}
}

func offers(names []model.Name, id string) bool { return len(names) == 0 || contains(names, id) }

// common reports whether two lists of languages have one in common; an empty
// list says nothing.
func common(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, x := range a {
		for _, y := range b {
			if model.Meets(x, y) {
				return true
			}
		}
	}
	return false
}

// holds reports whether a name is held at the start. The need's word wins
// over the customer's; else capabilities and what customers know are held,
// and items are not.
func (p *plan) holds(customer *model.Customer, need *model.Need, name string) bool {
	for _, o := range p.options.Without {
		if o.Kind == "capability" && o.ID == name {
			return false
		}
	}
	switch {
	case contains(need.Has, name):
		return true
	case contains(need.Lacks, name):
		return false
	case contains(customer.Has, name):
		return true
	case contains(customer.Lacks, name):
		return false
	}
	return !p.items[name]
}

// Ends returns the places between which the way of a need runs.
func Ends(g *corridor.Graph, need *model.Need) (start, target int) {
	start, target = g.Start, g.Satisfied
	if need.From != nil {
		if s, ok := g.Resolve(*need.From); ok {
			start = g.Steps[s].From
		}
	}
	if need.To != nil {
		if s, ok := g.Resolve(*need.To); ok {
			target = g.Steps[s].To
		}
	}
	return start, target
}

// key is equal for classes that are one.
func (c *class) key() string {
	b := []byte{byte(c.start), byte(c.start >> 8), byte(c.start >> 16), byte(c.start >> 24), byte(c.target), byte(c.target >> 8), byte(c.target >> 16), byte(c.target >> 24)}
	b = c.held.key(b)
	for _, path := range c.limited {
		if c.offered[path] {
			b = append(b, '+')
		} else {
			b = append(b, '-')
		}
	}
	return string(append(b, c.barred()...))
}

// barred returns the reasons by which a customer's languages bar points: who
// is barred nowhere is like those who speak another language.
func (c *class) barred() string {
	for pt, bars := range c.bars {
		if len(bars) > len(c.points[pt].bars) {
			return bars[len(bars)-1]
		}
	}
	return ""
}
