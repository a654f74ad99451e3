package access_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// TestAsides holds where customers are stuck who are led aside against the
// reference, on random corridors with random reactions.
func TestAsides(t *testing.T) {
	first, end := seeds(t, 4000)
	count := tally{}
	stop := time.Now().Add(budget() / 4)
	for seed := first; seed < end && time.Now().Before(stop) && !t.Failed(); seed++ {
		d := randomDraft(seed)
		r := analyse(d, false)
		if r == nil || len(r.Cells) == 0 {
			continue
		}
		random := rand.New(rand.NewPCG(seed, 7))
		j := r.Graph.Journey
		asides := access.NewAsides(r, j.Touchpoints, math.MaxInt)
		f := newFile(r.Graph, d.without)
		for _, touchpoint := range j.Touchpoints {
			f.internAll(touchpoint)
		}
		for i, p := range f.pairs() {
			m := f.maze(p, nil)
			for range 8 {
				way := randomAside(random, r)
				got, is := asides.Follow(i, way)
				want, stuck := m.aside(p, way)
				count.add(fmt.Sprint("stuck ", stuck, ", lost ", want.Lost, ", at the place ", stuck && want.Missing == nil), 1)
				if is != stuck || is && !reflect.DeepEqual(got, want) {
					t.Fatalf("cell %d, %v: got %v %v, want %v %v: seed %d:\n%s", i, way, got, is, want, stuck, seed, d)
				}
			}
		}
	}
	t.Logf("%v", count)
	for _, kind := range []string{"stuck true, lost true, at the place true", "stuck true, lost true, at the place false", "stuck true, lost false, at the place true"} {
		if count[kind] == 0 && end-first > 1 {
			t.Errorf("no case of %s was met", kind)
		}
	}
}

func randomAside(random *rand.Rand, r *access.Result) access.Aside {
	way := access.Aside{Step: random.IntN(len(r.Graph.Steps)), Place: random.IntN(r.Graph.Places+1) - 1}
	for range random.IntN(3) {
		way.Through = append(way.Through, r.Graph.Journey.Touchpoints[random.IntN(len(r.Graph.Journey.Touchpoints))])
	}
	return way
}

// internAll knows the names of a touchpoint that may have no step.
func (f *file) internAll(t *model.Touchpoint) {
	for _, c := range f.clauses(t) {
		for _, name := range c {
			f.intern(name)
		}
	}
	for _, name := range t.Gives {
		f.intern(name.Value)
	}
}

// aside is what Follow promises, said of the first of the reference's regions
// in which somebody is stuck.
func (m *maze) aside(p pair, way access.Aside) (access.Stuck, bool) {
	e := &m.edges[way.Step]
	for _, r := range m.regions() {
		if !r.open || r.entry == m.target || e.from == m.target || r.places>>e.from&1 == 0 || !m.passes(e, r.held) {
			continue
		}
		if stuck, is := m.ledAside(p, way, r.held|e.gives); is {
			return stuck, true
		}
	}
	return access.Stuck{}, false
}

func (m *maze) ledAside(p pair, way access.Aside, held uint64) (access.Stuck, bool) {
	bound := false
	for i, t := range way.Through {
		e := m.beside(t, p)
		if !m.passes(&e, held) {
			return access.Stuck{At: i, Missing: (&walks{maze: m}).unmet(&e, held), Lost: bound}, true
		}
		held |= e.gives
		bound = bound || e.binding
	}
	at := access.Stuck{At: len(way.Through), Lost: bound}
	if way.Place < 0 || way.Place == m.graph.Steps[way.Step].From && !bound || m.past()>>way.Place&1 == 1 {
		return at, false
	}
	after := *m
	after.start, after.held = way.Place, held
	return at, !after.isOpen()
}

// beside is the edge of a touchpoint as if it were on a path for everybody.
func (m *maze) beside(t *model.Touchpoint, p pair) edge {
	f := *m.file
	g := *f.graph
	g.Steps = append(slices.Clone(g.Steps), g.Steps[0])
	g.Steps[len(g.Steps)-1].Path, g.Steps[len(g.Steps)-1].Touchpoint = 0, t
	f.graph = &g
	return f.edge(len(g.Steps)-1, p, nil)
}

// past are the target and the places to which steps lead from there.
func (m *maze) past() uint64 {
	all := uint64(1) << m.target
	for range m.edges {
		for _, e := range m.edges {
			if all>>e.from&1 == 1 {
				all |= 1 << e.to
			}
		}
	}
	return all
}

// A touchpoint that is on no path asks for what nobody else does, and what a
// step gives counts for it alone.
func TestAsidesBesideThePaths(t *testing.T) {
	g := corridorOf(t, `
corridor: 1
title: Beside
customers: {a: {lacks: [cash]}, b: }
touchpoints:
  pay: {gives: [receipt]}
  use: {}
  desk: {requires: [receipt]}
  refund: {requires: [receipt, cash, voucher], hours: "off"}
  voucher: {gives: [voucher]}
paths:
  basic: [pay, use]
`)
	r, err := access.Analyse(context.Background(), g, access.Options{})
	if err != nil {
		t.Fatal(err)
	}
	through := func(ids string) (all []*model.Touchpoint) {
		for _, id := range strings.Fields(ids) {
			all = append(all, g.Journey.Touchpoint(id))
		}
		return all
	}
	for _, c := range []struct {
		cell, step int
		through    string
		want       string
	}{
		{0, 0, "desk", ""}, // what the step gives is had
		{0, 1, "desk", ""},
		{0, 1, "refund", "0 [cash hours voucher]"},
		{1, 1, "refund", "0 [hours voucher]"},
		{1, 1, "desk voucher refund", "2 [hours]"},
	} {
		a := access.NewAsides(r, through("desk refund voucher"), math.MaxInt)
		got := ""
		if stuck, is := a.Follow(c.cell, access.Aside{Step: c.step, Through: through(c.through), Place: -1}); is {
			got = strconv.Itoa(stuck.At) + " " + fmt.Sprint(stuck.Missing)
		}
		if got != c.want {
			t.Errorf("cell %d is stuck after step %d at %q, want %q", c.cell, c.step, got, c.want)
		}
	}
	if _, is := access.NewAsides(r, through("refund"), 0).Follow(0, access.Aside{Step: 1, Through: through("refund"), Place: -1}); is {
		t.Error("nothing may be tried, and somebody is stuck")
	}
}
