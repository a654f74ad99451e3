package workspace

import (
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

// inherit applies `like` to all customers. A customer in a circle of `like`
// inherits nothing.
func (l *loader) inherit(j *model.Journey) {
	resolved := make(map[string]*model.Customer, len(j.Customers))
	all := make([]*model.Customer, len(j.Customers))
	for i, c := range j.Customers {
		all[i] = l.resolve(j, c, resolved, nil)
	}
	j.Customers = all
	j.Index()
}

// resolve returns a customer with all that it inherits. Chain is the
// customers that are being resolved.
func (l *loader) resolve(j *model.Journey, c *model.Customer, resolved map[string]*model.Customer, chain []*model.Customer) *model.Customer {
	if r, ok := resolved[c.ID.Value]; ok {
		return r
	}
	parent := j.Customer(c.Like.Value)
	if at := slices.Index(chain, c); at >= 0 {
		l.likeCycle(chain[at:])
		parent = nil
	}
	var r *model.Customer
	if parent == nil {
		r = own(c)
	} else {
		r = like(own(c), l.resolve(j, parent, resolved, append(chain, c)))
	}
	if first, ok := resolved[c.ID.Value]; ok { // a circle came back to it
		return first
	}
	resolved[c.ID.Value] = r
	return r
}

func (l *loader) likeCycle(circle []*model.Customer) {
	var names []string
	var related []finding.Related
	for i, c := range circle {
		names = append(names, finding.Quote(c.ID.Value))
		if i > 0 {
			related = append(related, finding.Related{Span: c.Like.Span, Message: finding.Quote(c.ID.Value) + " is like " + finding.Quote(c.Like.Value)})
		}
	}
	c := circle[0]
	names = append(names, finding.Quote(c.ID.Value))
	l.report("invalid-value", c.Like.Span, "customers."+c.ID.Value+".like",
		"these customers are like each other in a circle: "+strings.Join(names, " → "), "Let one of them say all it lacks by itself, without `like`.", related...)
}

// own returns a copy of a customer in which `has` has won over `lacks`.
func own(c *model.Customer) *model.Customer {
	copied := *c
	copied.Lacks = without(c.Lacks, c.Has)
	return &copied
}

// like adds to a customer what it inherits from its resolved parent.
func like(c, parent *model.Customer) *model.Customer {
	c.Lacks, c.Has = append(without(without(parent.Lacks, c.Has), c.Lacks), c.Lacks...), append(without(without(parent.Has, c.Lacks), c.Has), c.Has...)
	if !c.Level.Given() {
		c.Level = parent.Level
	}
	if c.Description.Empty() {
		c.Description = parent.Description
	}
	if c.Speaks == nil {
		c.Speaks = parent.Speaks
	}
	if c.Serves == nil {
		c.Serves = parent.Serves
	}
	if c.Segment == nil {
		c.Segment = parent.Segment
	}
	return c
}

// without returns the names that are not among others, as a new list; nil
// stays nil, since it says that the key is not there.
func without(list, others []model.Name) []model.Name {
	if list == nil {
		return nil
	}
	kept := make([]model.Name, 0, len(list))
	for _, n := range list {
		if !slices.ContainsFunc(others, func(o model.Name) bool { return o.Value == n.Value }) {
			kept = append(kept, n)
		}
	}
	return kept
}
