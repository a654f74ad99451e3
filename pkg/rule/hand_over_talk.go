package rule

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// talk is what departments tell each other, and what they know.
type talk struct {
	*Pass
	says    bool // whether the journey says what is asked of customers
	told    tellings
	reaches map[reaching]*access.Reach
}

// reaching is a cell that meets nobody of a department who could know of it.
type reaching struct {
	cell  *access.Cell
	owner string
}

func (p *Pass) talk() *talk {
	asks := func(t *model.Touchpoint) bool { return len(t.Asks)+len(t.Confirms)+len(t.Uses) > 0 }
	return &talk{p, slices.ContainsFunc(p.Journey.Touchpoints, asks), p.told(), map[reaching]*access.Reach{}}
}

// silent reports whether a step says nothing to the next one of another owner,
// and should: the customer is known at the one and must be at the other, and
// somebody comes there whom its department does not know yet.
func (t *talk) silent(earlier, later int) bool {
	a, b := t.Graph.Steps[earlier].Touchpoint, t.Graph.Steps[later].Touchpoint
	return t.knows(a) && (t.attended(b) || len(b.Uses) > 0) &&
		!t.told.by(earlier, b.Owner.Value) && !t.carried(a, b) && !worksBehind(a, b.Owner) && !worksBehind(b, a.Owner) &&
		t.arrives(earlier, later)
}

// knows reports whether at a touchpoint somebody, or a form, learns something
// of the customer. Where the journey says nothing of what is asked, every
// person does.
func (t *talk) knows(at *model.Touchpoint) bool {
	return len(at.Asks)+len(at.Confirms)+len(at.Uses) > 0 ||
		t.attended(at) && (!t.says || len(at.Gives) > 0 || slices.ContainsFunc(at.Requires, t.given))
}

// attended reports whether a person may be met at a touchpoint. One without a
// channel does not say.
func (t *talk) attended(at *model.Touchpoint) bool {
	c := t.Journey.Channel(at.Channel.Value)
	return c == nil || c.Staffed.Value
}

// given reports whether some step has to hand out what meets a requirement.
func (t *talk) given(r model.Requirement) bool { return slices.ContainsFunc(r.AnyOf, t.item) }

// carried reports whether customers bring along what connects two touchpoints:
// what the earlier one gives, or something that a step before handed out.
func (t *talk) carried(a, b *model.Touchpoint) bool {
	gives := func(name string) bool { return has(a.Gives, name) }
	return slices.ContainsFunc(b.Uses, func(n model.Name) bool { return gives(n.Value) }) ||
		slices.ContainsFunc(b.Requires, func(r model.Requirement) bool { return t.given(r) || slices.ContainsFunc(r.AnyOf, gives) })
}

func worksBehind(t *model.Touchpoint, department model.Name) bool {
	return slices.ContainsFunc(t.Backstage, func(b model.Backstage) bool { return b.By.Value == department.Value })
}

// arrives reports whether some customer can take two steps that follow each
// other, and is new to the later one's department, or told the earlier one what
// it uses.
func (t *talk) arrives(earlier, later int) bool {
	a, b := t.Graph.Steps[earlier].Touchpoint, t.Graph.Steps[later].Touchpoint
	owner := b.Owner.Value
	if slices.ContainsFunc(b.Uses, func(n model.Name) bool { return has(a.Asks, n.Value) || has(a.Confirms, n.Value) }) {
		owner = ""
	}
	for i := range t.Access.Cells {
		if t.tried >= maxWalked {
			return false
		}
		if r := t.meeting(&t.Access.Cells[i], owner); r.Takes(earlier) && r.Takes(later) {
			return true
		}
	}
	return false
}

// meeting returns where a customer can come to before a department knows of
// them; "" is none.
func (t *talk) meeting(c *access.Cell, owner string) *access.Reach {
	if owner == "" {
		return t.reach(c, nothing)
	}
	r, ok := t.reaches[reaching{c, owner}]
	if !ok {
		r = t.reach(c, func(at *model.Touchpoint) bool { return at.Owner.Value == owner && t.knows(at) })
		t.reaches[reaching{c, owner}] = r
	}
	t.tried++
	return r
}

// tellings are what departments hand over while they have a customer.
type tellings struct {
	begins []int           // of each step: the first of those before it on its path with the same owner
	first  map[telling]int // the first step of those that hands over
}

type telling struct {
	begin int
	to    string
}

// told collects what is handed over, stretch by stretch of steps of one owner.
func (p *Pass) told() tellings {
	t := tellings{make([]int, len(p.Graph.Steps)), map[telling]int{}}
	for i, s := range p.Graph.Steps {
		t.begins[i] = i
		if i > 0 && p.Graph.Steps[i-1].Path == s.Path && p.owner(i-1) == p.owner(i) {
			t.begins[i] = t.begins[i-1]
		}
		if s.Touchpoint == nil || s.Touchpoint.HandsOver == nil {
			continue
		}
		key := telling{t.begins[i], s.Touchpoint.HandsOver.To.Value}
		if _, ok := t.first[key]; !ok {
			t.first[key] = i
		}
	}
	return t
}

// by reports whether a department was told by the end of a step.
func (t tellings) by(step int, department string) bool {
	first, ok := t.first[telling{t.begins[step], department}]
	return ok && first <= step
}
