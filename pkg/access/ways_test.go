package access_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

func corridorOf(t *testing.T, text string) *corridor.Graph {
	t.Helper()
	w := workspace.Workspace{FS: fstest.MapFS{"x.yaml": {Data: []byte(text)}}}
	j, found, err := w.Load("x.yaml")
	if err != nil || len(found) > 0 {
		t.Fatalf("%v %v\n%s", err, found, text)
	}
	g, found := corridor.Build(j)
	if len(found) > 0 {
		t.Fatalf("%v\n%s", found, text)
	}
	return g
}

func waysThrough(t *testing.T, text string, by access.Measure, most int) (*corridor.Graph, []access.Ways) {
	t.Helper()
	g := corridorOf(t, text)
	ways, err := access.ListWays(context.Background(), g, access.Options{}, by, most)
	if err != nil {
		t.Fatal(err)
	}
	return g, ways
}

func wayNames(g *corridor.Graph, w access.Way) string {
	var names []string
	for _, s := range w.Steps {
		names = append(names, g.StepName(s))
	}
	return strings.Join(names, " ")
}

// An item that is fetched on an option makes a way possible, a binding step
// divides those behind it by what is held, and loops are left out.
func TestWaysFollowWhatIsHeld(t *testing.T) {
	g, ways := waysThrough(t, `
corridor: 1
title: Held
touchpoints:
  ask: {gives: [form], takes: 1m}
  sign: {binding: true, requires: [form], takes: 5m}
  swear: {binding: true, takes: 1m}
  hand-in: {requires: [form], takes: 1m}
  wait: {takes: 9m}
  end: {}
customers:
  all: {}
  none: {lacks: [form]}
paths:
  basic: [sign, hand-in, end]
  optional:
    side: {before: sign, steps: [ask]}
  alternative:
    other: {instead-of: sign, steps: [swear]}
    slow: {instead-of: hand-in, steps: [wait]}
    back: {after: hand-in, before: hand-in, steps: [wait]}
`, access.ByTime, 10)
	for _, w := range ways {
		if w.Count.String() != "4" || !w.Loops || w.Bound || len(w.Best) != 4 {
			t.Errorf("%s: %v ways, loops %v, %d listed", w.Customer.ID.Value, w.Count, w.Loops, len(w.Best))
		}
		if first := wayNames(g, w.Best[0]); first != "swear hand-in end" {
			t.Errorf("the best way is %s", first)
		}
	}
}

func TestNoWays(t *testing.T) {
	_, ways := waysThrough(t, "corridor: 1\ntitle: x\ntouchpoints: {call: phone}\ncustomers: {deaf: {lacks: [hearing]}}\npaths: {basic: [call]}\n", access.BySteps, 3)
	if w := ways[0]; w.Count.Sign() != 0 || len(w.Best) != 0 || w.Loops {
		t.Errorf("%+v", w)
	}
}

// A ladder of n choices between two has 2ⁿ ways, which no one has to walk.
func TestWaysAreCountedExactly(t *testing.T) {
	const n = 300
	var basic, other strings.Builder
	for i := range n {
		fmt.Fprintf(&basic, "a%d, ", i)
		fmt.Fprintf(&other, "    p%d: {instead-of: a%d, steps: []}\n", i, i)
	}
	points := strings.ReplaceAll(basic.String(), ",", ": {},")
	_, ways := waysThrough(t, "corridor: 1\ntitle: x\ntouchpoints: {"+strings.TrimSuffix(points, ", ")+"}\npaths:\n  basic: ["+strings.TrimSuffix(basic.String(), ", ")+"]\n  alternative:\n"+other.String(), access.BySteps, 5)
	if got := ways[0].Count.BitLen(); got != n+1 || ways[0].Count.TrailingZeroBits() != n || len(ways[0].Best) != 5 {
		t.Errorf("%v ways", ways[0].Count)
	}
}

// TestWaysAgainstWalking compares with all walks through random corridors.
func TestWaysAgainstWalking(t *testing.T) {
	for seed := range int64(300) {
		r := rand.New(rand.NewSource(seed))
		text := randomLadder(r)
		for by := range access.Measures {
			g, ways := waysThrough(t, text, access.Measure(by), 40)
			all := allWalks(g)
			slices.SortStableFunc(all, func(a, b access.Way) int { return compareWays(a, b, access.Measure(by)) })
			w := ways[0]
			if w.Count.Int64() != int64(len(all)) || len(w.Best) != min(40, len(all)) {
				t.Fatalf("seed %d: %v ways, walking finds %d\n%s", seed, w.Count, len(all), text)
			}
			seen := map[string]bool{}
			for i, way := range w.Best {
				if compareWays(way, all[i], access.Measure(by)) != 0 || seen[wayNames(g, way)] {
					t.Fatalf("seed %d: way %d is %s %v, walking finds %v\n%s", seed, i, wayNames(g, way), way.Cost, all[i].Cost, text)
				}
				seen[wayNames(g, way)] = true
			}
		}
	}
}

// randomLadder makes a corridor of a basic path with alternatives to its runs,
// and to those of the alternatives.
func randomLadder(r *rand.Rand) string {
	var points, paths strings.Builder
	touchpoint := func(id string) string {
		fmt.Fprintf(&points, "  %s: {takes: %dm, effort: %d, binding: %v}\n", id, r.Intn(4), 1+r.Intn(5), r.Intn(4) == 0)
		return id
	}
	lists := [][]string{{}}
	for i := range 2 + r.Intn(4) {
		lists[0] = append(lists[0], touchpoint(fmt.Sprintf("s%d", i)))
	}
	for p := range r.Intn(6) {
		below := lists[r.Intn(len(lists))]
		if len(below) == 0 {
			continue
		}
		from := r.Intn(len(below))
		to := from + 1 + r.Intn(len(below)-from)
		var steps []string
		for i := range r.Intn(3) {
			steps = append(steps, touchpoint(fmt.Sprintf("p%d-%d", p, i)))
		}
		lists = append(lists, steps)
		fmt.Fprintf(&paths, "    p%d: {instead-of: [%s], steps: [%s]}\n", p, strings.Join(below[from:to], ", "), strings.Join(steps, ", "))
	}
	alternative := ""
	if paths.Len() > 0 {
		alternative = "  alternative:\n" + paths.String()
	}
	return "corridor: 1\ntitle: Random\ntouchpoints:\n" + points.String() + "paths:\n  basic: [" + strings.Join(lists[0], ", ") + "]\n" + alternative
}

// allWalks returns every walk from the start to satisfied.
func allWalks(g *corridor.Graph) (all []access.Way) {
	var walk func(place int, way access.Way)
	walk = func(place int, way access.Way) {
		if place == g.Satisfied {
			all = append(all, access.Way{Steps: slices.Clone(way.Steps), Cost: way.Cost})
			return
		}
		for _, s := range g.Out(place) {
			next := access.Way{Steps: append(slices.Clone(way.Steps), int(s)), Cost: way.Cost}
			if p := g.Steps[s].Touchpoint; p != nil {
				next.Cost.Time += p.Takes.Value
				next.Cost.Effort += p.Effort.Value
			}
			walk(g.Steps[s].To, next)
		}
	}
	walk(g.Start, access.Way{})
	return all
}

func compareWays(a, b access.Way, by access.Measure) int {
	time, effort, steps := cmp.Compare(a.Cost.Time, b.Cost.Time), cmp.Compare(a.Cost.Effort, b.Cost.Effort), cmp.Compare(len(a.Steps), len(b.Steps))
	switch by {
	case access.ByEffort:
		return cmp.Or(effort, time, steps)
	case access.BySteps:
		return cmp.Or(steps, time, effort)
	}
	return cmp.Or(time, effort, steps)
}
