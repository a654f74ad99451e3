package rule

import (
	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// maxWalked is how many steps the rules of one journey try on ways that leave
// something out, as access.Reach counts them; beyond, they say nothing rather
// than take long.
const maxWalked = 20_000_000

// nothing leaves out no touchpoint.
var nothing func(*model.Touchpoint) bool

// reach returns where a customer can come to while they leave out some
// touchpoints.
func (p *Pass) reach(c *access.Cell, without func(*model.Touchpoint) bool) *access.Reach {
	r := c.Reach(without, maxWalked-p.tried)
	p.tried += r.Tried
	return r
}

// walk is what a customer can take while they leave out some touchpoints.
type walk struct {
	*Pass
	target int
	taken  []bool // steps; nil for all
	cut    bool

	// Of one look back: see look.
	looks  int32
	seen   []int32 // place → the last look that saw it
	places []int
}

// look begins to look back, with no place seen.
func (w *walk) look() {
	if w.seen == nil {
		w.seen = make([]int32, w.Graph.Places)
	}
	w.looks++
}

func (p *Pass) walk(c *access.Cell, without func(*model.Touchpoint) bool) *walk {
	r := p.reach(c, without)
	_, target := access.Ends(p.Graph, c.Need)
	w := &walk{Pass: p, target: target, taken: make([]bool, len(p.Graph.Steps)), cut: r.Bound}
	for s := range w.taken {
		w.taken[s] = r.Takes(s)
	}
	return w
}

// whole reports whether a walk was not cut short.
func (w *walk) whole() bool { return !w.cut }
