package access

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Aside is how the organisation leads a customer on when something goes wrong
// at a step.
type Aside struct {
	Step    int                 // which the customer takes
	Through []*model.Touchpoint // passed in turn; they need not be on a path
	Place   int                 // where they go on; -1 where they leave
}

// Stuck is where a customer who is led aside cannot go on.
type Stuck struct {
	// At is the position in Through of what they cannot pass, or its length
	// where all is passed and no way leads on from the place.
	At      int
	Missing []string // what is missing there, as in Door; nil at the place
	// Lost says that something binding was passed, so that there is no turning
	// back either.
	Lost bool
}

// Asides follows customers who are led aside.
type Asides struct {
	// Tried is how many steps were tried so far, as Reach counts them.
	Tried int

	most      int
	plan      *plan
	point     map[*model.Touchpoint]int
	classes   []*class    // of each cell
	explorers []*explorer // of each cell; nil before it is asked for
	past      map[int]set // see isPast
}

// NewAsides prepares to follow the customers of a result through touchpoints.
// Once so many steps were tried, nobody is found stuck any more.
func NewAsides(r *Result, through []*model.Touchpoint, most int) *Asides {
	a := &Asides{most: most, point: map[*model.Touchpoint]int{}, past: map[int]set{}}
	a.classes, a.explorers = make([]*class, len(r.Cells)), make([]*explorer, len(r.Cells))
	if len(r.Cells) == 0 {
		return a
	}
	a.plan = newPlan(r.Graph, r.Cells[0].class.options, through...)
	for i := range a.plan.points {
		a.point[a.plan.points[i].touchpoint] = i
	}
	for _, c := range a.plan.classes(r.Cells) {
		for _, cell := range c.cells {
			a.classes[cell] = c
		}
	}
	return a
}

// Follow reports where the customer of a cell is stuck who is led aside,
// though satisfaction could be had before. They hold all that can be had
// before the step, and what the step gives. Whoever is led past what they came
// for is not stuck.
func (a *Asides) Follow(cell int, way Aside) (Stuck, bool) {
	if a.Tried >= a.most {
		return Stuck{}, false
	}
	e := a.explorer(cell)
	from := e.graph.Steps[way.Step].From
	for _, s := range e.states {
		a.Tried++
		if !s.good || from == e.target || !s.reached.has(from) || !e.open[way.Step] || !e.met(way.Step, s.held) {
			continue
		}
		if stuck, is := a.follow(e.class, s.held.clone(), way); is {
			return stuck, true
		}
	}
	return Stuck{}, false
}

// explorer returns what the customer of a cell can come to.
func (a *Asides) explorer(cell int) *explorer {
	if a.explorers[cell] == nil {
		c := a.classes[cell]
		r := c.reachable(c.open, a.most-a.Tried)
		r.explorer.judge()
		a.Tried += r.Tried
		for _, alike := range c.cells {
			a.explorers[alike] = r.explorer
		}
	}
	return a.explorers[cell]
}

// follow goes aside with what is held, which it adds to.
func (a *Asides) follow(c *class, held set, way Aside) (Stuck, bool) {
	if pt := c.of[way.Step]; pt >= 0 {
		held.addAll(c.points[pt].gives)
	}
	bound := false
	for i, t := range way.Through {
		pt := a.point[t]
		a.Tried++
		if missing := slices.Sorted(slices.Values(append(c.unmetAt(pt, held), c.bars[pt]...))); len(missing) > 0 {
			return Stuck{i, missing, bound}, true
		}
		held.addAll(c.points[pt].gives)
		bound = bound || c.points[pt].binding
	}
	return Stuck{At: len(way.Through), Lost: bound}, a.deadEnd(c, held, way, bound)
}

// deadEnd reports whether no way leads on from where one goes on.
func (a *Asides) deadEnd(c *class, held set, way Aside, bound bool) bool {
	again := way.Place == c.graph.Steps[way.Step].From
	if way.Place < 0 || again && !bound || a.isPast(c, way.Place) {
		return false
	}
	after := *c
	after.start, after.held = way.Place, held
	r := after.reachable(after.open, a.most-a.Tried)
	a.Tried += r.Tried
	return !r.Open() && !r.Bound
}

// isPast reports whether a place is the target of a class, or lies behind it.
func (a *Asides) isPast(c *class, place int) bool {
	past, known := a.past[c.target]
	if !known {
		past = behind(c.graph, c.target)
		a.past[c.target] = past
		a.Tried += len(c.of)
	}
	return past.has(place)
}

// behind returns a place and those to which steps lead from there, whoever
// could take them.
func behind(g *corridor.Graph, place int) set {
	all := newSet(g.Places)
	all.add(place)
	for places := []int{place}; len(places) > 0; {
		last := len(places) - 1
		place, places = places[last], places[:last]
		for _, step := range g.Out(place) {
			if to := g.Steps[step].To; !all.has(to) {
				all.add(to)
				places = append(places, to)
			}
		}
	}
	return all
}
