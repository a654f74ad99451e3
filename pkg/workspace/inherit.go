package workspace

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

// maxInherited is how many names the customers of a journey may inherit
// together: without a limit, a long list and many heirs fill any memory.
const maxInherited = 1_000_000

// inherit applies `like` to all customers. A customer in a circle of `like`
// inherits nothing.
func (l *loader) inherit(customers []*model.Customer) []*model.Customer {
	h := heirs{
		loader:   l,
		written:  make(map[string]*model.Customer, len(customers)),
		resolved: make(map[string]*model.Customer, len(customers)),
		position: map[*model.Customer]int{},
	}
	for _, c := range customers {
		h.written[c.ID.Value] = c
	}
	all := make([]*model.Customer, len(customers))
	for i, c := range customers {
		all[i] = h.resolve(c)
	}
	return all
}

// heirs is customers as they are written, by id, and with what they inherit.
type heirs struct {
	*loader
	written, resolved map[string]*model.Customer
	inherited         int // names, so far

	chain    []*model.Customer       // those that are being resolved, from heir to parent
	position map[*model.Customer]int // in the chain
}

// resolve returns a customer with all that it inherits.
func (h *heirs) resolve(c *model.Customer) *model.Customer {
	if r, ok := h.resolved[c.ID.Value]; ok {
		return r
	}
	parent := h.written[c.Like.Value]
	if at, circle := h.position[c]; circle {
		h.likeCycle(h.chain[at:])
		parent = nil
	}
	r := own(c)
	if parent != nil {
		h.position[c], h.chain = len(h.chain), append(h.chain, c)
		r = h.like(r, h.resolve(parent))
		h.chain = h.chain[:len(h.chain)-1]
		delete(h.position, c)
	}
	if first, ok := h.resolved[c.ID.Value]; ok { // a circle came back to it
		return first
	}
	h.resolved[c.ID.Value] = r
	return r
}

func (l *loader) likeCycle(circle []*model.Customer) {
	var names []string
	var related []finding.Related
	const most = 12 // customers to name
	for i, c := range circle[:min(len(circle), most)] {
		names = append(names, finding.Quote(c.ID.Value))
		if i > 0 {
			related = append(related, finding.Related{Span: c.Like.Span, Message: finding.Quote(c.ID.Value) + " is like " + finding.Quote(c.Like.Value)})
		}
	}
	if len(circle) > most {
		names = append(names, "…")
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
func (h *heirs) like(c, parent *model.Customer) *model.Customer {
	before := h.inherited
	if h.inherited += len(parent.Lacks) + len(parent.Has) + len(parent.Serves); h.inherited > maxInherited {
		if before <= maxInherited {
			h.report("invalid-value", c.Like.Span, "customers."+c.ID.Value+".like",
				fmt.Sprintf("the customers up to here inherit more than %d names together", maxInherited), "Let fewer customers be `like` one with so long a list.")
		}
		return c
	}
	lacks, has := c.Lacks, c.Has
	c.Lacks, c.Has = added(without(parent.Lacks, has), lacks), added(without(parent.Has, lacks), has)
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

// added returns a list of names with others after those that are not among
// them.
func added(list, others []model.Name) []model.Name {
	if len(others) == 0 {
		return list
	}
	return slices.Concat(without(list, others), others)
}

// without returns the names that are not among others, as a new list where
// one is; nil stays nil, since it says that the key is not there.
func without(list, others []model.Name) []model.Name {
	if len(list) == 0 || len(others) == 0 {
		return list
	}
	among := make(map[string]bool, len(others))
	for _, o := range others {
		among[o.Value] = true
	}
	kept := make([]model.Name, 0, len(list))
	for _, n := range list {
		if !among[n.Value] {
			kept = append(kept, n)
		}
	}
	return kept
}
