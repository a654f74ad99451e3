package corridor_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

func named(g *corridor.Graph) func(corridor.Run, []int) *model.Touchpoint {
	return func(r corridor.Run, inside []int) *model.Touchpoint {
		id := fmt.Sprintf("%s..%s", g.StepName(r.First), g.StepName(r.End-1))
		for _, path := range inside {
			id += "+" + g.Paths[path].ID
		}
		return &model.Touchpoint{Definition: model.Definition{ID: model.Name{Value: id}}}
	}
}

func TestFold(t *testing.T) {
	const paths = "basic: [a, b, c, d]"
	for name, test := range map[string]struct {
		paths string
		runs  []corridor.Run
		want  string
	}{
		"nothing":            {"{basic: [a, b]}", nil, "a:0-1 b:1-2"},
		"all":                {"{basic: [a, b]}", []corridor.Run{{First: 0, End: 2}}, "a..b:0-1"},
		"begin":              {"{" + paths + "}", []corridor.Run{{First: 0, End: 2}}, "a..b:0-1 c:1-2 d:2-3"},
		"two runs":           {"{" + paths + "}", []corridor.Run{{First: 0, End: 2}, {First: 2, End: 4}}, "a..b:0-1 c..d:1-2"},
		"a path":             {"{" + paths + ", alternative: {o: {instead-of: b, steps: [x, y]}}}", []corridor.Run{{First: 4, End: 6}}, "a:0-1 b:1-2 c:2-3 d:3-4 x..y:1-2"},
		"path inside":        {"{" + paths + ", alternative: {o: {instead-of: b, steps: [x, y]}}}", []corridor.Run{{First: 0, End: 3}}, "a..c+o:0-1 d:1-2"},
		"option inside":      {"{" + paths + ", optional: {o: {after: a, steps: [x]}}}", []corridor.Run{{First: 0, End: 2}}, "a..b+o:0-1 c:1-2 d:2-3"},
		"option at its end":  {"{" + paths + ", optional: {o: {after: b, steps: [x]}}}", []corridor.Run{{First: 0, End: 2}}, "a..b:0-1 c:1-2 d:2-3 x:1-1"},
		"instead of it":      {"{" + paths + ", alternative: {o: {instead-of: [a, b], steps: [x]}}}", []corridor.Run{{First: 0, End: 2}}, "a..b:0-1 c:1-2 d:2-3 x:0-1"},
		"inside what's in":   {"{" + paths + ", alternative: {o: {instead-of: b, steps: [x, y]}, p: {instead-of: y, steps: [z]}}}", []corridor.Run{{First: 0, End: 3}}, "a..c+o+p:0-1 d:1-2"},
		"out of it":          {"{" + paths + ", alternative: {o: {after: a, before: d, steps: [x]}}}", []corridor.Run{{First: 0, End: 2}}, "a..b:0-1 c:1-2 d:2-3 x:1-2"},
		"into it":            {"{" + paths + ", alternative: {o: {after: a, before: d, steps: [x]}}}", []corridor.Run{{First: 2, End: 4}}, "a:0-1 b:1-2 c..d:2-3 x:1-2"},
		"from one to next":   {"{" + paths + ", alternative: {o: {after: a, before: d, steps: [x]}}}", []corridor.Run{{First: 0, End: 2}, {First: 2, End: 4}}, "a..b:0-1 c..d:1-2 x:0-1"},
		"back":               {"{" + paths + ", alternative: {o: {after: c, before: b, steps: [x]}}}", []corridor.Run{{First: 0, End: 2}}, "a..b:0-1 c:1-2 d:2-3 x:2-1"},
		"hung on a folded":   {"{" + paths + ", alternative: {o: {instead-of: b, steps: [x, y]}, p: {after: x, before: d, steps: [z]}}}", []corridor.Run{{First: 4, End: 6}}, "a:0-1 b:1-2 c:2-3 d:3-4 x..y:1-2 z:2-3"},
		"on what is in it":   {"{" + paths + ", alternative: {o: {instead-of: b, steps: [x, y]}, p: {after: x, before: d, steps: [z]}}}", []corridor.Run{{First: 0, End: 2}}, "a..b+o:0-1 c:1-2 d:2-3 z:1-2"},
		"middle of an other": {"{" + paths + ", alternative: {o: {instead-of: b, steps: [x, y, z]}}}", []corridor.Run{{First: 4, End: 6}}, "a:0-1 b:1-2 c:2-3 d:3-4 x..y:1-5 z:5-2"},
	} {
		t.Run(name, func(t *testing.T) {
			g, _ := build(t, five+"paths: "+test.paths)
			if got := edges(g.Fold(test.runs, named(g))); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// What a step stands for is kept, and what a path replaces where it still does.
func TestFoldKeepsWhatItFolds(t *testing.T) {
	g, _ := build(t, five+"paths: {basic: [a, b, c], alternative: {o: {instead-of: [a, b], steps: [x]}, p: {instead-of: c, steps: [y]}}}")
	f := g.Fold([]corridor.Run{{First: 0, End: 2}}, named(g))
	if folds := f.Steps[0].Folds; len(folds) != 2 || folds[0].Touchpoint.ID.Value != "a" || folds[1].Touchpoint.ID.Value != "b" {
		t.Errorf("it stands for %v", folds)
	}
	if f.Paths[1].Replaces != [2]int{0, 1} || f.Paths[2].Replaces != [2]int{1, 2} {
		t.Errorf("they replace %v and %v", f.Paths[1].Replaces, f.Paths[2].Replaces)
	}
	if len(g.Steps) != 5 || g.Steps[0].Folds != nil {
		t.Error("the graph itself was changed")
	}
}

// Whatever is folded, the result is a corridor: its places are numbered as
// they should be, and all of them lie on the paths.
func TestFoldedGraphIsOne(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		g, _ := corridor.Build(randomJourney(r))
		var runs []corridor.Run
		for path := range g.Paths {
			first, end := g.StepsOf(path)
			for from := first; from+1 < end; {
				to := from + 2 + r.IntN(end-from-1)
				if g.Steps[from].Touchpoint != nil && r.IntN(2) == 0 {
					runs = append(runs, corridor.Run{First: from, End: min(to, end)})
				}
				from = to
			}
		}
		f := g.Fold(runs, named(g))
		check(t, seed, g, f)
	}
}

func check(t *testing.T, seed uint64, whole, g *corridor.Graph) {
	t.Helper()
	next := 0
	if g.Start != 0 || g.Satisfied != g.Paths[0].Count {
		t.Fatalf("seed %d: it starts at %d and ends at %d", seed, g.Start, g.Satisfied)
	}
	for i, p := range g.Paths {
		first, end := g.StepsOf(i)
		if first != next || p.Count < 1 || g.Steps[first].From != p.From || g.Steps[end-1].To != p.To {
			t.Fatalf("seed %d: path %d does not join its places\n%s", seed, i, edges(g))
		}
		next = end
		for s := first; s < end; s++ {
			if got, ok := g.StepFrom(i, g.Steps[s].From); !ok || got != s || g.Steps[s].Path != i {
				t.Fatalf("seed %d: step %d of path %d is not found\n%s", seed, s, i, edges(g))
			}
			if s > first && g.Steps[s].From != g.Steps[s-1].To || !slices.Contains(g.Out(g.Steps[s].From), int32(s)) || !slices.Contains(g.In(g.Steps[s].To), int32(s)) {
				t.Fatalf("seed %d: step %d hangs loose\n%s", seed, s, edges(g))
			}
		}
		was := whole.Paths[slices.IndexFunc(whole.Paths, func(old corridor.Path) bool { return old.ID == p.ID })]
		if (p.From == p.To) != (was.From == was.To) {
			t.Fatalf("seed %d: %s goes nowhere, or was a loop\n%s", seed, p.ID, edges(g))
		}
	}
	for place := range g.Places {
		if len(g.Out(place)) == 0 && place != g.Satisfied || len(g.In(place)) == 0 && place != g.Start {
			t.Fatalf("seed %d: place %d is on no way\n%s", seed, place, edges(g))
		}
	}
}
