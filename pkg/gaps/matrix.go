package gaps

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

// sign is what stands in a cell: a mark and a word, so that nothing hangs on
// colour, and what it means.
type sign struct {
	text  string
	color string // as an ANSI attribute
}

// meaning explains a mark in the legend.
type meaning struct{ mark, text string }

// The marks that a word beside them does not explain, in the order of the
// legend.
var meanings = []meaning{
	{"✓", "in time: satisfied after that time"},
	{"◐", "late: the deadline is missed in that part of the week"},
	{"!", "trap: a step that cannot be undone and leads nowhere"},
	{"↩", "wrong turn: one finds out and turns back"},
	{"?", "a limit was reached; there may be more"},
	{"–", "not a need of theirs"},
}

const (
	green  = "32"
	red    = "1;31"
	yellow = "33"
	dim    = "2"
)

// matrix is the table of customers and needs, with the marks that occur.
type matrix struct {
	needs  []string // ids
	rows   []row
	legend []meaning
}

type row struct {
	customer string // id
	signs    []sign
}

func (t *teller) matrix() matrix {
	var m matrix
	var needs []*model.Need
	var customers []*model.Customer
	cells := map[[2]string]access.Cell{}
	for _, c := range t.Cells {
		if !slices.Contains(needs, c.Need) {
			needs = append(needs, c.Need)
		}
		if n := len(customers); n == 0 || customers[n-1] != c.Customer {
			customers = append(customers, c.Customer)
		}
		cells[key(c)] = c
	}
	needs = slices.DeleteFunc(slices.Clone(t.journey.Needs), func(n *model.Need) bool { return !slices.Contains(needs, n) })
	for _, n := range needs {
		m.needs = append(m.needs, n.ID.Value)
	}
	used := map[string]bool{}
	for _, c := range customers {
		r := row{customer: c.ID.Value}
		for _, n := range m.needs {
			cell, theirs := cells[[2]string{c.ID.Value, n}]
			r.signs = append(r.signs, t.sign(cell, theirs, used))
		}
		m.rows = append(m.rows, r)
	}
	used["✓"] = used["✓"] && t.At >= 0
	m.legend = slices.DeleteFunc(slices.Clone(meanings), func(l meaning) bool { return !used[l.mark] })
	for i, l := range m.legend {
		if l.mark == "◐" && t.At >= 0 {
			m.legend[i].text = "late: satisfied only after that time"
		}
	}
	return m
}

// sign makes the sign of a cell and notes the marks that it uses.
func (t *teller) sign(c access.Cell, theirs bool, used map[string]bool) sign {
	use := func(mark, word string) string {
		used[mark] = true
		if word == "" {
			return mark
		}
		return mark + " " + word
	}
	if !theirs {
		return sign{use("–", ""), dim}
	}
	s := sign{use("✓", "open"), green}
	switch late, lateBy := t.isLate(c); {
	case !c.Open:
		s = sign{use("✗", "blocked"), red}
	case t.At >= 0 && late:
		s = sign{use("◐", "late "+lateBy), yellow}
	case t.At >= 0 && c.Arrival != nil:
		s = sign{use("✓", Duration(c.Arrival.Wait(t.At))), green}
	case late:
		s = sign{use("◐", "late "+lateBy), yellow}
	}
	if len(c.Traps) > 0 {
		s.text += " " + use("!", "")
		s.color = red
	}
	if len(c.WrongTurns) > 0 {
		s.text += " " + use("↩", "")
	}
	if c.Bound {
		s.text += " " + use("?", "")
	}
	return s
}

// isLate tells whether a cell misses its deadline, at the moment asked for or
// in some part of the week, with how late or in how much of it.
func (t *teller) isLate(c access.Cell) (late bool, by string) {
	switch {
	case c.Arrival == nil || c.Need.Within == nil:
		return false, ""
	case t.At >= 0:
		took := c.Arrival.Wait(t.At)
		return took > c.Need.Within.Value, Duration(took)
	}
	return len(c.Late) > 0, finding.Percent(1 - c.OpenShare)
}
