package access_test

import (
	"context"
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// TestReach holds what can be come to against the analysis, on random
// corridors.
func TestReach(t *testing.T) {
	first, end := seeds(t, 4000)
	count := tally{}
	stop := time.Now().Add(budget() / 2)
	for seed := first; seed < end && time.Now().Before(stop) && !t.Failed(); seed++ {
		d := randomDraft(seed)
		r := analyse(d, false)
		if r == nil {
			continue
		}
		f := newFile(r.Graph, d.without)
		for i, p := range f.pairs() {
			if w := f.maze(p, nil).walk(); w != nil {
				c := &reached{T: t, cell: &r.Cells[i], graph: r.Graph, walks: w, count: count}
				c.check(strconv.FormatUint(seed, 10) + ":\n" + d.String())
			}
		}
	}
	t.Logf("%v", count)
}

// reached is a cell, and what the reference knows of it.
type reached struct {
	*testing.T
	cell  *access.Cell
	graph *corridor.Graph
	walks *walks
	count tally
}

func (r *reached) check(corridor string) {
	all := r.cell.Reach(nil, math.MaxInt)
	if all.Open() != r.cell.Open || all.Bound {
		r.Errorf("open %v, bound %v: seed %s", all.Open(), all.Bound, corridor)
	}
	for s := range r.graph.Steps {
		r.count.add("steps", 1)
		if all.Takes(s) != r.takes(s) {
			r.Errorf("%s is taken: %v: seed %s", r.graph.StepName(s), all.Takes(s), corridor)
		}
		missing, comes := all.Missing(s)
		if (comes && len(missing) == 0) != r.takes(s) || comes != r.comes(s) {
			r.Errorf("%s is come to: %v, for want of %v: seed %s", r.graph.StepName(s), comes, missing, corridor)
		}
		if all.Takes(s) && !r.leads(all.Way(s), s) {
			r.Errorf("%v does not lead to %s: seed %s", all.Way(s), r.graph.StepName(s), corridor)
		}
	}
	for _, d := range r.cell.Doors {
		r.count.add("doors", 1)
		if missing, _ := all.Missing(d.Step); !slices.Equal(missing, d.Missing) {
			r.Errorf("%v is missing at the door %s, not %v: seed %s", missing, r.graph.StepName(d.Step), d.Missing, corridor)
		}
	}
	for _, t := range r.graph.Journey.Touchpoints {
		r.leftOut(t, all, corridor)
	}
}

// leftOut leaves out one touchpoint.
func (r *reached) leftOut(t *model.Touchpoint, all *access.Reach, corridor string) {
	rest := r.cell.Reach(func(o *model.Touchpoint) bool { return o == t }, math.MaxInt)
	if want := r.cell.Open && !slices.Contains(r.cell.SingleWays, t.ID.Value); rest.Open() != want {
		r.Errorf("open without %s: %v: seed %s", t.ID.Value, rest.Open(), corridor)
	}
	r.count.add("left out", 1)
	for s, step := range r.graph.Steps {
		if !rest.Takes(s) {
			continue
		}
		visits := func(s int) bool { return r.graph.Steps[s].Touchpoint == t }
		if way := rest.Way(s); !all.Takes(s) || slices.ContainsFunc(way, visits) || !r.leads(way, s) {
			r.Errorf("%v does not lead to %s without %s: seed %s", way, r.graph.StepName(s), t.ID.Value, corridor)
		}
		if step.Touchpoint == t {
			r.count.add("steps left out that could be taken", 1)
		}
	}
}

// takes reports whether a step can be taken in a state of the reference.
func (r *reached) takes(step int) bool {
	w, e := r.walks, &r.walks.edges[step]
	return e.from != w.target && slices.ContainsFunc(w.states, func(s state) bool { return s.been>>e.from&1 != 0 && w.passes(e, s.held) })
}

// comes reports whether the place of a step is reached, by who is not there
// where they want to be.
func (r *reached) comes(step int) bool {
	w, e := r.walks, &r.walks.edges[step]
	return e.from != w.target && slices.ContainsFunc(w.states, func(s state) bool { return s.been>>e.from&1 != 0 })
}

// leads reports whether the steps of a way can be taken in turn, and then a
// further one.
func (r *reached) leads(way []int, step int) bool {
	w := r.walks
	s := state{1 << w.start, w.held}
	for _, step := range append(slices.Clone(way), step) {
		e := &w.edges[step]
		if s.been>>e.from&1 == 0 || e.from == w.target || !w.passes(e, s.held) {
			return false
		}
		s.been, s.held = s.been|1<<e.to, s.held|e.gives
		if e.binding {
			s.been = 1 << e.to
		}
	}
	return true
}

// Beyond the limit less is told, and that it is less.
func TestReachIsBound(t *testing.T) {
	g := corridorOf(t, `
corridor: 1
title: Bound
touchpoints:
  sign: {binding: true}
  pay: {}
paths:
  basic: [sign, pay]
`)
	r, err := access.Analyse(context.Background(), g, access.Options{})
	if err != nil {
		t.Fatal(err)
	}
	none := func(*model.Touchpoint) bool { return false }
	if cut := r.Cells[0].Reach(none, 1); cut.Open() || !cut.Bound || !cut.Takes(0) || cut.Takes(1) || cut.Way(1) != nil {
		t.Errorf("one step is tried: %v %v", cut.Open(), cut.Bound)
	}
	if all := r.Cells[0].Reach(none, 100); !all.Open() || all.Bound || !all.Takes(1) || !slices.Equal(all.Way(1), []int{0}) {
		t.Errorf("all is tried: %v %v", all.Open(), all.Bound)
	}
}
