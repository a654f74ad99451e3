package access

import (
	"cmp"
	"context"
	"math/big"
	"slices"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Measure says which of two ways is better.
type Measure int

// The measures. Where ways are equal by one, the other two decide in this
// order.
const (
	ByTime Measure = iota
	ByEffort
	BySteps
)

// Measures lists the measures by name; the first is the default.
var Measures = []string{"time", "effort", "steps"}

// MaxPlaces is how many places, counted once for every state, the ways of one
// cell are looked for in.
const MaxPlaces = 1_000_000

// Ways are the ways that one customer can go with one need. A way goes from
// the start to satisfied and passes no place twice; what is fetched on the
// side, and turned back from, is no part of it.
type Ways struct {
	Customer *model.Customer
	Need     *model.Need
	Count    *big.Int
	Best     []Way // the best first
	// Loops says that some step leads back to a place passed before: options,
	// and alternatives that go back. Ways that take them are left out.
	Loops bool
	// Bound says that a limit was reached, so there may be more ways.
	Bound bool
}

// Way is one way with what it costs when everything is open.
type Way struct {
	Steps []int
	Cost  Cost
}

// ListWays counts the ways of every customer with every need that they have,
// and lists the best of each, at most so many.
func ListWays(ctx context.Context, g *corridor.Graph, o Options, by Measure, most int) ([]Ways, error) {
	p := newPlan(g, o)
	cells := p.cells()
	all := make([]Ways, len(cells))
	for _, c := range p.classes(cells) {
		w, err := c.ways(ctx, by, most)
		if err != nil {
			return nil, err
		}
		for _, i := range c.cells {
			all[i] = w
			all[i].Customer, all[i].Need = cells[i].Customer, cells[i].Need
		}
	}
	return all, nil
}

func (c *class) ways(ctx context.Context, by Measure, most int) (Ways, error) {
	e := c.explore()
	s := newSkeleton(e)
	w := Ways{Count: new(big.Int), Loops: s.loops, Bound: e.bound || s.limited}
	if !e.isOpen() {
		w.Loops = false
		return w, ctx.Err()
	}
	w.Count = s.count()
	var err error
	w.Best, err = s.best(ctx, by, most)
	return w, err
}

// skeleton is what can be walked: a node is a place in a state, an edge a
// step that can be taken there with all that can be had. Edges that lead back
// to a node passed before are left out, so there is no loop.
type skeleton struct {
	*explorer
	nodes   map[node]int
	edges   [][]edge // of each node
	order   []int    // nodes, each after all that follow it
	end     int      // the node of the target
	loops   bool
	limited bool
}

type node struct{ state, place int }

type edge struct{ step, to int }

func newSkeleton(e *explorer) *skeleton {
	s := &skeleton{explorer: e, nodes: map[node]int{}}
	s.end = s.add(node{-1, e.target})
	s.order = append(s.order, s.end)
	s.walk(s.add(s.at(0, e.start)))
	return s
}

// at returns the node of a place in a state. Who is at the target has left,
// in whatever state.
func (s *skeleton) at(state, place int) node {
	if place == s.target {
		state = -1
	}
	return node{state, place}
}

func (s *skeleton) add(n node) int {
	i, known := s.nodes[n]
	if !known {
		i = len(s.edges)
		s.nodes[n] = i
		s.edges = append(s.edges, nil)
	}
	return i
}

// walk goes through the nodes depth first. An edge to a node that is still
// being walked closes a loop (R. E. Tarjan, "Depth-first search and linear
// graph algorithms", SIAM Journal on Computing 1(2), 1972).
func (s *skeleton) walk(first int) {
	type visit struct {
		node int
		rest []move
	}
	if first == s.end {
		return
	}
	const walking, done = 1, 2
	mark := map[int]int{s.end: done, first: walking}
	stack := []visit{{first, s.moves(node{0, s.start})}}
	for len(stack) > 0 {
		top := &stack[len(stack)-1]
		if len(top.rest) == 0 {
			mark[top.node] = done
			s.order = append(s.order, top.node)
			stack = stack[:len(stack)-1]
			continue
		}
		m := top.rest[0]
		top.rest = top.rest[1:]
		if _, known := s.nodes[m.to]; !known && len(s.nodes) >= MaxPlaces {
			s.limited = true
			continue
		}
		to := s.add(m.to)
		switch mark[to] {
		case walking:
			s.loops = true
			continue
		case 0:
			mark[to] = walking
			stack = append(stack, visit{to, s.moves(m.to)})
			top = &stack[len(stack)-2]
		}
		s.edges[top.node] = append(s.edges[top.node], edge{m.step, to})
	}
}

// move is a step that can be taken from a node.
type move struct {
	step int
	to   node
}

// moves returns the steps that can be taken from a node, in the order of the
// graph's steps.
func (s *skeleton) moves(from node) []move {
	var all []move
	state := s.states[from.state]
	for _, step := range s.graph.Out(from.place) {
		switch {
		case s.free(int(step), state):
			all = append(all, move{int(step), s.at(from.state, s.graph.Steps[step].To)})
		case s.binds(int(step)):
			for _, b := range state.bindings {
				if b.step == int(step) {
					all = append(all, move{b.step, s.at(b.to, s.graph.Steps[step].To)})
				}
			}
		}
	}
	return all
}

// count returns the number of ways: from each node as many as from those that
// follow it together.
func (s *skeleton) count() *big.Int {
	counts := make([]*big.Int, len(s.edges))
	for _, n := range s.order {
		counts[n] = new(big.Int)
		if n == s.end {
			counts[n].SetInt64(1)
		}
		for _, e := range s.edges[n] {
			counts[n].Add(counts[n], counts[e.to])
		}
	}
	return counts[s.first()]
}

func (s *skeleton) first() int { return s.nodes[s.at(0, s.start)] }

// price is what a way costs in all three measures.
type price struct {
	Cost
	steps int
}

func (p price) plus(o price) price {
	return price{Cost{min(p.Time+o.Time, horizon), p.Effort + o.Effort}, p.steps + o.steps}
}

func (p price) compare(o price, by Measure) int {
	time, effort, steps := cmp.Compare(p.Time, o.Time), cmp.Compare(p.Effort, o.Effort), cmp.Compare(p.steps, o.steps)
	switch by {
	case ByEffort:
		return cmp.Or(effort, time, steps)
	case BySteps:
		return cmp.Or(steps, time, effort)
	}
	return cmp.Or(time, effort, steps)
}

func (s *skeleton) price(step int) price {
	p := price{steps: 1}
	if pt := s.of[step]; pt >= 0 {
		p.Cost = s.points[pt].cost
	}
	return p
}

// MeasureNamed returns the measure of that name.
func MeasureNamed(name string) (Measure, bool) {
	i := slices.Index(Measures, name)
	return Measure(max(i, 0)), i >= 0
}
