package access

import (
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Requirements returns what must be met at a touchpoint: its own requirements,
// its channel's less what it waives, and each name that it asks for. Each is
// met by any one of its names, which are sorted.
func Requirements(g *corridor.Graph, t *model.Touchpoint) [][]string {
	return (&plan{graph: g}).requirements(t)
}

// Holder tells what customers hold at the start.
type Holder struct{ plan plan }

// NewHolder returns the holder of a corridor, with what is out for a time.
func NewHolder(g *corridor.Graph, without []Outage) *Holder {
	return &Holder{plan{graph: g, options: Options{Without: without}, items: itemsOf(g.Journey)}}
}

// Item reports whether a name is held only once it was given.
func (h *Holder) Item(name string) bool { return h.plan.items[name] }

// Holds reports whether a customer with a need holds a name at the start.
func (h *Holder) Holds(customer *model.Customer, need *model.Need, name string) bool {
	return h.plan.holds(customer, need, name)
}
