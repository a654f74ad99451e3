package access

import (
	"context"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Analyse answers for all customers and needs of a corridor. It ends early,
// with the context's error, if the context does.
func Analyse(ctx context.Context, g *corridor.Graph, o Options) (*Result, error) {
	p := newPlan(g, o)
	r := &Result{Graph: g, Cells: p.cells()}
	classes := p.classes(r.Cells)
	known := p.structures(classes)
	p.keeps = p.few(classes)
	for i, c := range classes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		answer := c.answer(known[i])
		answer.class = c
		for _, i := range c.cells {
			r.Cells[i].take(answer)
		}
	}
	r.Score = score(r.Cells, g.Journey.Needs)
	if o.Repairs {
		p.repair(ctx, r, classes)
	}
	return r, ctx.Err()
}

// answer finds all that does not depend on a deadline. Where the structure is
// known, nothing is explored again.
func (c *class) answer(known *structure) Cell {
	if known != nil && !known.open {
		return Cell{Doors: known.doors, Way: c.wayToFirst(known.doors)}
	}
	e := c.exploring(known)
	if !e.isOpen() {
		a := Cell{Bound: e.bound, Doors: e.doors()}
		if len(a.Doors) > 0 {
			a.Way = e.walkToDoor(a.Doors[0].Step)
		}
		return a
	}
	a := Cell{Open: true, Bound: e.bound, OpenShare: 1}
	if known != nil {
		a.WrongTurns = known.wrongTurns
	} else {
		a.Traps, a.WrongTurns = e.turns()
	}
	fastest := newSearch[*trail](e, costs{c})
	if t := fastest.run(); t != nil {
		a.Way, a.Fastest = (*t).list(), (*t).cost
	} else {
		a.Way = e.walkToTarget()
	}
	arrival := newSearch[*Arrival](e, arrivals{c})
	if t := arrival.run(); t != nil {
		a.Arrival = (*t).copy()
	}
	c.arena.reset()
	a.Bound = a.Bound || fastest.limited || arrival.limited
	a.SingleWays = e.singleWays(a.Way)
	return a
}

// take fills a cell with the answer for its class, and holds it against the
// need's deadline.
func (c *Cell) take(a Cell) {
	a.Customer, a.Need, a.Share = c.Customer, c.Need, c.Share
	*c = a
	if c.Arrival == nil {
		return
	}
	c.Earliest = c.Arrival.Shortest()
	if c.Need.Within != nil {
		c.OpenShare, c.Late = c.Arrival.within(c.Need.Within.Value)
	}
}

// score is the mean over needs of the open share, weighed by the customers'
// shares. A need whose customers have no share does not count.
func score(cells []Cell, needs []*model.Need) float64 {
	total, counted := 0.0, 0
	for _, n := range needs {
		open, shares := 0.0, 0.0
		for _, c := range cells {
			if c.Need == n {
				open += c.Share * c.OpenShare
				shares += c.Share
			}
		}
		if shares > 0 {
			total += open / shares
			counted++
		}
	}
	if counted == 0 {
		return 1
	}
	return total / float64(counted)
}
