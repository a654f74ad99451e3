package corridor_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// build returns the graph of a corridor file, with the findings of building
// it alone.
func build(t testing.TB, text string) (*corridor.Graph, []finding.Finding) {
	t.Helper()
	w := workspace.Workspace{FS: fstest.MapFS{"x.corridor.yaml": {Data: []byte(text)}}}
	j, found, err := w.Load("x.corridor.yaml")
	if err != nil || len(found) > 0 {
		t.Fatalf("the test's file is wrong: %v %v\n%s", found, err, text)
	}
	return corridor.Build(j)
}

const five = `corridor: 1
title: t
touchpoints: {a: , b: , c: , d: , e: , x: , y: , z: }
`

func TestBuild(t *testing.T) {
	for name, test := range map[string]struct{ paths, want string }{
		"basic":               {"{basic: [a, b]}", "a:0-1 b:1-2"},
		"one step":            {"{basic: [a]}", "a:0-1"},
		"option after":        {"{basic: [a, b], optional: {o: {after: a, steps: [x, y]}}}", "a:0-1 b:1-2 x:1-3 y:3-1"},
		"option before":       {"{basic: [a, b], optional: {o: {before: a, steps: [x]}}}", "a:0-1 b:1-2 x:0-0"},
		"alternative":         {"{basic: [a, b, c], alternative: {o: {instead-of: b, steps: [x, y]}}}", "a:0-1 b:1-2 c:2-3 x:1-4 y:4-2"},
		"run":                 {"{basic: [a, b, c], alternative: {o: {instead-of: [a, b], steps: [x]}}}", "a:0-1 b:1-2 c:2-3 x:0-2"},
		"whole path":          {"{basic: [a, b], alternative: {o: {instead-of: [a, b], steps: [x]}}}", "a:0-1 b:1-2 x:0-2"},
		"skip":                {"{basic: [a, b], alternative: {o: {instead-of: b, steps: []}}}", "a:0-1 b:1-2 path:o:1-2"},
		"after and before":    {"{basic: [a, b, c], alternative: {o: {after: a, before: c, steps: [x]}}}", "a:0-1 b:1-2 c:2-3 x:1-2"},
		"back":                {"{basic: [a, b, c], alternative: {o: {after: c, before: a, steps: [x]}}}", "a:0-1 b:1-2 c:2-3 x:3-0"},
		"on an alternative":   {"{basic: [a, b], alternative: {o: {instead-of: p/y, steps: [z]}, p: {instead-of: b, steps: [x, y]}}}", "a:0-1 b:1-2 z:3-2 x:1-3 y:3-2"},
		"across alternatives": {"{basic: [a, b], alternative: {o: {instead-of: a, steps: [x, y]}, p: {after: x, before: b, steps: [z]}}}", "a:0-1 b:1-2 x:0-3 y:3-1 z:3-1"},
		"second time":         {"{basic: [a, b, a], alternative: {o: {instead-of: basic/a#2, steps: [x]}}}", "basic/a:0-1 b:1-2 basic/a#2:2-3 x:2-3"},
		"option on an option": {"{basic: [a, b], optional: {o: {after: a, steps: [x, y]}, p: {after: x, steps: [z]}}}", "a:0-1 b:1-2 x:1-3 y:3-1 z:3-3"},
	} {
		t.Run(name, func(t *testing.T) {
			g, found := build(t, five+"paths: "+test.paths)
			if len(found) > 0 {
				t.Fatalf("unexpected finding: %v", found[0].Message)
			}
			if got := edges(g); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// edges writes the graph as its steps with their places.
func edges(g *corridor.Graph) string {
	var all []string
	for i, s := range g.Steps {
		all = append(all, fmt.Sprintf("%s:%d-%d", g.StepName(i), s.From, s.To))
	}
	return strings.Join(all, " ")
}

func TestBrokenPaths(t *testing.T) {
	for name, test := range map[string]struct{ paths, want string }{
		"two paths":        {"{basic: [a, b], alternative: {o: {instead-of: b, steps: [x]}, p: {instead-of: [a, x], steps: [y]}}}", "split-run: `a` is on the path `basic` and `x` on the path `o`; an alternative stands in for a run of one path"},
		"torn":             {"{basic: [a, b, c], alternative: {o: {instead-of: [a, c], steps: [x]}}}", "split-run: the run is torn: `b` comes between `a` and `c`"},
		"backwards":        {"{basic: [a, b], alternative: {o: {instead-of: [b, a], steps: [x]}}}", "split-run: `a` does not come after `b` on the path `basic`"},
		"twice the same":   {"{basic: [a, b], alternative: {o: {instead-of: [a, a], steps: [x]}}}", "split-run: `a` does not come after `a` on the path `basic`"},
		"ambiguous":        {"{basic: [a, b, a], alternative: {o: {instead-of: a, steps: [x]}}}", "ambiguous-step: `a` occurs twice, so this name does not say which step is meant"},
		"ambiguous itself": {"{basic: [a, b], alternative: {o: {instead-of: a, steps: [a]}}}", "ambiguous-step: `a` occurs twice, so this name does not say which step is meant"},
		"circle of one":    {"{basic: [a], alternative: {o: {instead-of: x, steps: [x]}}}", "path-cycle: the path `o` hangs on a step of its own"},
		"circle of two":    {"{basic: [a], alternative: {o: {instead-of: y, steps: [x]}, p: {instead-of: x, steps: [y]}}}", "path-cycle: these paths hang on each other in a circle: `o` → `p` → `o`"},
		"no such path":     {"{basic: [a], alternative: {oo: {instead-of: basc/a, steps: [x]}}}", "undefined-name: there is no path `basc`"},
		"not on the path":  {"{basic: [a, b], alternative: {o: {instead-of: basic/x, steps: [x]}}}", "undefined-name: the path `basic` does not pass `x`"},
		"on no path":       {"{basic: [a, b], alternative: {o: {instead-of: d, steps: [x]}}}", "undefined-name: no path passes `d`"},
		"not so often":     {"{basic: [a, b], alternative: {o: {instead-of: basic/a#2, steps: [x]}}}", "undefined-name: the path `basic` passes `a` only once"},
	} {
		t.Run(name, func(t *testing.T) {
			g, found := build(t, five+"paths: "+test.paths)
			var got []string
			for _, f := range found {
				got = append(got, f.Rule+": "+f.Message)
			}
			if strings.Join(got, "\n") != test.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, "\n"), test.want)
			}
			if g == nil || g.Paths[0].Count != g.Satisfied {
				t.Error("the basic path must stay, whatever hangs on it")
			}
		})
	}
}

// TestMisspeltOutcome looks for what a reaction may say beside a step.
func TestMisspeltOutcome(t *testing.T) {
	_, found := build(t, "corridor: 1\ntitle: t\ntouchpoints: {a: {exceptions: {busy: {reaction: {then: retri}}}}}\npaths: {basic: [a]}\n")
	if len(found) != 1 || found[0].Help != "did you mean `retry`?" {
		t.Errorf("got %v", found)
	}
}

// TestBuildAgainstDefinition builds random corridors and compares each with
// the definition of the places, followed by recursion.
func TestBuildAgainstDefinition(t *testing.T) {
	for seed := range uint64(3000) {
		j := randomJourney(rand.New(rand.NewPCG(seed, 0)))
		g, found := corridor.Build(j)
		if len(found) > 0 {
			t.Fatalf("seed %d: %v", seed, found[0].Message)
		}
		compare(t, seed, g, definition{j})
	}
}

// randomJourney returns a journey whose paths hang on earlier and later
// ones, never in a circle. Each touchpoint occurs once, so names are clear.
func randomJourney(r *rand.Rand) *model.Journey {
	n := 0
	steps := func(least int) (names []model.Name) {
		for range least + r.IntN(3) {
			names = append(names, model.Name{Value: fmt.Sprint("t", n)})
			n++
		}
		return names
	}
	p := &model.Paths{Basic: steps(1)}
	all := [][]model.Name{p.Basic}
	step := func() *model.StepName {
		names := all[r.IntN(len(all))]
		return &model.StepName{Touchpoint: names[r.IntN(len(names))].Value}
	}
	for i := range r.IntN(8) {
		path := &model.Path{Definition: model.Definition{ID: model.Name{Value: fmt.Sprint("p", i)}}}
		switch r.IntN(4) {
		case 0:
			path.Kind, path.After, path.Steps = model.Optional, step(), steps(1)
		case 1:
			path.Kind, path.Before, path.Steps = model.Optional, step(), steps(1)
		case 2:
			path.Kind, path.After, path.Before, path.Steps = model.Alternative, step(), step(), steps(0)
		case 3:
			path.Kind = model.Alternative
			run := all[r.IntN(len(all))]
			from := r.IntN(len(run))
			for _, name := range run[from : from+1+r.IntN(len(run)-from)] {
				path.InsteadOf = append(path.InsteadOf, model.StepName{Touchpoint: name.Value})
			}
			path.Steps = steps(0)
		}
		if len(path.Steps) > 0 {
			all = append(all, path.Steps)
		}
		if path.Kind == model.Optional {
			p.Optional = append(p.Optional, path)
		} else {
			p.Alternative = append(p.Alternative, path)
		}
	}
	// The order of definition is free: those that hang come first.
	slices.Reverse(p.Optional)
	slices.Reverse(p.Alternative)
	j := &model.Journey{Document: &model.Document{}, Paths: p}
	for i := range n {
		j.Touchpoints = append(j.Touchpoints, &model.Touchpoint{Definition: model.Definition{ID: model.Name{Value: fmt.Sprint("t", i)}}})
	}
	j.Index()
	return j
}

// definition names places as the language defines them: the place after the
// i-th step of a path, unless that is where the path ends.
type definition struct{ j *model.Journey }

func (d definition) paths() []*model.Path {
	return slices.Concat(d.j.Paths.Optional, d.j.Paths.Alternative)
}

// around returns the places before and after the step of a touchpoint.
func (d definition) around(touchpoint string) (before, after string) {
	for i, n := range d.j.Paths.Basic {
		if n.Value == touchpoint {
			return fmt.Sprint("basic ", i), fmt.Sprint("basic ", i+1)
		}
	}
	for _, p := range d.paths() {
		for i, n := range p.Steps {
			if n.Value == touchpoint {
				return d.place(p, i), d.place(p, i+1)
			}
		}
	}
	panic("no such step")
}

func (d definition) place(p *model.Path, i int) string {
	first := func(s model.StepName) string { before, _ := d.around(s.Touchpoint); return before }
	last := func(s model.StepName) string { _, after := d.around(s.Touchpoint); return after }
	switch {
	case i > 0 && i < len(p.Steps):
		return fmt.Sprint(p.ID.Value, " ", i)
	case len(p.InsteadOf) > 0 && i == 0:
		return first(p.InsteadOf[0])
	case len(p.InsteadOf) > 0:
		return last(p.InsteadOf[len(p.InsteadOf)-1])
	case p.After != nil && (i == 0 || p.Before == nil):
		return last(*p.After)
	}
	return first(*p.Before)
}

func compare(t *testing.T, seed uint64, g *corridor.Graph, d definition) {
	t.Helper()
	names := map[int]string{}
	same := func(place int, name string) {
		if old, ok := names[place]; ok && old != name {
			t.Fatalf("seed %d: place %d is both %q and %q\n%s", seed, place, old, name, edges(g))
		}
		names[place] = name
	}
	for _, s := range g.Steps {
		var before, after string
		if s.Touchpoint != nil {
			before, after = d.around(s.Touchpoint.ID.Value)
		} else {
			before, after = d.place(g.Paths[s.Path].Def, 0), d.place(g.Paths[s.Path].Def, 1)
		}
		same(s.From, before)
		same(s.To, after)
	}
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] {
			t.Fatalf("seed %d: %q has two places\n%s", seed, name, edges(g))
		}
		seen[name] = true
	}
	for place := range g.Places {
		for _, s := range g.Out(place) {
			if g.Steps[s].From != place {
				t.Fatalf("seed %d: Out(%d) has step %d", seed, place, s)
			}
		}
		for _, s := range g.In(place) {
			if g.Steps[s].To != place {
				t.Fatalf("seed %d: In(%d) has step %d", seed, place, s)
			}
		}
	}
}
