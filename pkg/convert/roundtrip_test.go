package convert_test

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/customer-corridor/corridor/pkg/convert"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// importedDoc reads a file of another format; nil where there is nothing.
func importedDoc(name string, data []byte) *model.Document {
	format, ok := convert.Detect(name, data)
	if !ok {
		return nil
	}
	text, guessed := format.Decode(data)
	doc, _ := format.Import(source.New(name, text), convert.Options{Guessed: guessed})
	return doc
}

// loadedGraph is the graph of a corridor file.
func loadedGraph(t *testing.T, what string, text []byte) *corridor.Graph {
	t.Helper()
	w := workspace.Workspace{FS: fstest.MapFS{"x.corridor.yaml": {Data: text}}}
	j, _, err := w.Load("x.corridor.yaml")
	if err != nil {
		t.Fatal(err)
	}
	g, found := corridor.Build(j)
	if g == nil || len(found) > 0 {
		t.Fatalf("%s: no graph: %v\n%s", what, found, text)
	}
	return g
}

// TestPrintKeepsTheGraph holds that a file and the corridor file that is written
// of it have the same paths between the same places.
func TestPrintKeepsTheGraph(t *testing.T) {
	checked := 0
	try := func(name string, data []byte) {
		doc := importedDoc(name, data)
		if doc == nil {
			return
		}
		j := &model.Journey{Document: doc, Language: "en", Touchpoints: doc.Touchpoints, Paths: doc.Paths, Stages: []*model.Stage{{}}}
		j.Index()
		g, found := corridor.Build(j)
		if len(found) > 0 {
			t.Errorf("%s: %v", name, found)
			return
		}
		checked++
		said := *doc
		if said.Title.Empty() {
			said.Title = model.Text{Plain: name}
		}
		again := loadedGraph(t, name, syntax.Print(&said, ""))
		if a, b := graphText(g), graphText(again); a != b {
			t.Errorf("%s: imported\n%s\nprinted\n%s", name, a, b)
		}
	}
	archives, _ := filepath.Glob("testdata/*/*.txtar")
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			try(f.Name, f.Data)
		}
	}
	if checked < 20 {
		t.Errorf("only %d files were imported", checked)
	}
	corpus := corpusFiles(".")
	if len(corpus) == 0 {
		t.Log("the files of others are not here; CORRIDOR_CORPUS may say where")
	}
	for _, name := range corpus {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		try(filepath.Base(name), data)
	}
}

// corpusFiles are the files of others in a folder; none where they are not here.
func corpusFiles(folder string) (names []string) {
	root := filepath.Join(cmp.Or(os.Getenv("CORRIDOR_CORPUS"), "../../../shared/corpus"), folder)
	_ = filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, name)
		}
		return nil
	})
	return names
}

// graphText prints the paths of a graph with their places.
func graphText(g *corridor.Graph) string {
	var b strings.Builder
	for i, p := range g.Paths {
		fmt.Fprintf(&b, "%s %s %d-%d:", p.Kind, p.ID, p.From, p.To)
		first, end := g.StepsOf(i)
		for k := first; k < end; k++ {
			fmt.Fprintf(&b, " %s:%d-%d", g.StepName(k), g.Steps[k].From, g.Steps[k].To)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// tripped exports a corridor and imports that again.
func tripped(t *testing.T, what, format, ending string, g *corridor.Graph) *corridor.Graph {
	t.Helper()
	data := exportTo(t, format, g, "")
	doc := importedDoc("x"+ending, data)
	if doc == nil {
		t.Fatalf("%s: %s is not imported:\n%s", what, format, data)
	}
	return loadedGraph(t, what, syntax.Print(doc, ""))
}

// tripName tells a touchpoint in both graphs.
func tripName(g *corridor.Graph, t *model.Touchpoint) string {
	if t == nil {
		return ""
	}
	label := strings.ReplaceAll(t.Label(g.Journey.Language), "\u202e", "") // which would turn a line of Mermaid round
	return strings.Join(strings.Fields(label), " ")
}

func tripOwner(g *corridor.Graph, t *model.Touchpoint) string {
	if d := g.Journey.Department(t.Owner.Value); d != nil {
		return d.Label(g.Journey.Language)
	}
	return t.Owner.Value
}

// tripPasses reports whether a corridor is walked past the barred touchpoints,
// by reactions too where they count as ways.
func tripPasses(g *corridor.Graph, barred map[string]bool, reactions bool) bool {
	seen := make([]bool, g.Places)
	seen[g.Start] = true
	queue := []int{g.Start}
	reach := func(p int) {
		if p >= 0 && !seen[p] {
			seen[p] = true
			queue = append(queue, p)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, i := range g.Out(queue[0]) {
			s := g.Steps[i]
			if !barred[tripName(g, s.Touchpoint)] {
				reach(s.To)
			}
			if s.Touchpoint == nil || !reactions {
				continue
			}
			for _, e := range s.Touchpoint.Exceptions {
				if place, ok := tripReacts(g, s, e, barred); ok {
					reach(place)
				}
			}
		}
	}
	return seen[g.Satisfied]
}

// tripReacts returns the place to which a reaction leads past the barred.
func tripReacts(g *corridor.Graph, s corridor.Step, e model.Exception, barred map[string]bool) (int, bool) {
	r := e.Reaction
	if r == nil {
		return 0, false
	}
	for _, n := range r.Steps {
		if barred[tripName(g, g.Journey.Touchpoint(n.Value))] {
			return 0, false
		}
	}
	switch {
	case r.Then == nil || r.Then.String() == "continue":
		return s.To, true
	case r.Then.String() == "leave":
		return 0, false
	case r.Then.String() == "retry":
		return s.From, true
	}
	i, ok := g.Resolve(*r.Then)
	return g.Steps[i].From, ok
}

// sameWays holds that a way is left past barred touchpoints in one graph
// exactly when one is left in the other.
func sameWays(t *testing.T, what string, a, b *corridor.Graph, reactions bool) {
	t.Helper()
	names := map[string]bool{}
	for _, touchpoint := range a.Journey.Touchpoints {
		names[tripName(a, touchpoint)] = true
	}
	sorted := slices.Sorted(maps.Keys(names))
	r := rand.New(rand.NewPCG(1, 2))
	for k := range 200 {
		barred := map[string]bool{}
		for _, name := range sorted {
			barred[name] = r.IntN(2+k%8) == 0
		}
		if one, other := tripPasses(a, barred, reactions), tripPasses(b, barred, false); one != other {
			t.Errorf("%s: past %v a way before: %v, after: %v\nbefore\n%s\nafter\n%s", what, barred, one, other, graphText(a), graphText(b))
			return
		}
	}
}

// sameSteps holds that every visited touchpoint comes back with its owner, and
// that what comes on top has none.
func sameSteps(t *testing.T, what string, a, b *corridor.Graph) {
	t.Helper()
	owners := map[string]string{}
	for _, s := range a.Steps {
		if s.Touchpoint != nil {
			owners[tripName(a, s.Touchpoint)] = tripOwner(a, s.Touchpoint)
		}
	}
	again := map[string]bool{}
	for _, touchpoint := range b.Journey.Touchpoints {
		name := tripName(b, touchpoint)
		again[name] = true
		if owner, known := owners[name]; known && tripOwner(b, touchpoint) != owner {
			t.Errorf("%s: %q is owned by %q, and was by %q", what, name, tripOwner(b, touchpoint), owner)
		}
	}
	for name := range owners {
		if !again[name] {
			t.Errorf("%s: %q is lost\n%s", what, name, graphText(b))
		}
	}
}

// randomTrips are random corridors.
func randomTrips(t *testing.T, rounds int, try func(what string, g *corridor.Graph)) {
	t.Helper()
	for seed := range uint64(rounds) {
		try(fmt.Sprint("seed ", seed), exportedGraph(t, randomCorridor(rand.New(rand.NewPCG(seed, 3)))))
	}
}

func TestBPMNComesBack(t *testing.T) {
	try := func(what string, g *corridor.Graph) {
		again := tripped(t, what, "bpmn", ".bpmn", g)
		sameSteps(t, what, g, again)
		sameWays(t, what, g, again, true)
	}
	for what, g := range exampleGraphs(t) {
		try(what, g)
	}
	randomTrips(t, 200, try)
}

func TestSheetsComeBack(t *testing.T) {
	for _, format := range []string{"csv", "tsv"} {
		try := func(what string, g *corridor.Graph) {
			again := tripped(t, what+" "+format, format, "."+format, g)
			sameSteps(t, what, g, again)
			sameWays(t, what, g, again, false)
		}
		for what, g := range exampleGraphs(t) {
			try(what, g)
			samePaths(t, what, g, tripped(t, what, format, "."+format, g))
		}
		forward := 0
		randomTrips(t, 200, func(what string, g *corridor.Graph) {
			try(what, g)
			if leadsForward(g) {
				forward++
				samePaths(t, what, g, tripped(t, what, format, "."+format, g))
			}
		})
		if forward < 40 {
			t.Errorf("only %d random corridors lead forward", forward)
		}
	}
}

// leadsForward reports whether no alternative leads back, which is read as a
// mishap, or to where it begins, which is read as an option, and no two pass
// over the same, which are read as one.
func leadsForward(g *corridor.Graph) bool {
	over := map[[2]int]bool{}
	return !slices.ContainsFunc(g.Paths[1:], func(p corridor.Path) bool {
		if p.Kind != model.Alternative {
			return false
		}
		if ends := [2]int{p.From, p.To}; g.Steps[p.First].Touchpoint == nil {
			if over[ends] {
				return true
			}
			over[ends] = true
		}
		seen := map[int]bool{p.To: true}
		for queue := []int{p.To}; len(queue) > 0; queue = queue[1:] {
			for _, i := range g.Out(queue[0]) {
				if to := g.Steps[i].To; !seen[to] {
					seen[to] = true
					queue = append(queue, to)
				}
			}
		}
		return seen[p.From]
	})
}

// samePaths holds that the paths are the same by kind, id, steps and the places
// between which they lead, and that steps say the same.
func samePaths(t *testing.T, what string, a, b *corridor.Graph) {
	t.Helper()
	if len(a.Paths) != len(b.Paths) {
		t.Errorf("%s: %d paths, and there were %d\nbefore\n%s\nafter\n%s", what, len(b.Paths), len(a.Paths), graphText(a), graphText(b))
		return
	}
	byID := map[string]int{}
	for i, p := range b.Paths {
		byID[p.ID] = i
	}
	places := map[int]int{}
	same := func(from, to int) {
		if known, ok := places[from]; ok && known != to {
			t.Errorf("%s: the place %d is at two places\nbefore\n%s\nafter\n%s", what, from, graphText(a), graphText(b))
		}
		places[from] = to
	}
	for i, p := range a.Paths {
		k, ok := byID[p.ID]
		if !ok || b.Paths[k].Kind != p.Kind || b.Paths[k].Count != p.Count {
			t.Errorf("%s: the path %s is not the same\nbefore\n%s\nafter\n%s", what, p.ID, graphText(a), graphText(b))
			continue
		}
		same(p.From, b.Paths[k].From)
		same(p.To, b.Paths[k].To)
		first, end := a.StepsOf(i)
		for n := first; n < end; n++ {
			s, again := a.Steps[n], b.Steps[b.Paths[k].First+n-first]
			same(s.From, again.From)
			same(s.To, again.To)
			if one, other := stepSays(a, s), stepSays(b, again); one != other {
				t.Errorf("%s: a step said\n%s\nand says\n%s", what, one, other)
			}
		}
	}
	if taken := slices.Sorted(maps.Values(places)); len(slices.Compact(slices.Clone(taken))) != len(taken) {
		t.Errorf("%s: two places became one\nbefore\n%s\nafter\n%s", what, graphText(a), graphText(b))
	}
}

// stepSays is what a sheet says of a step.
func stepSays(g *corridor.Graph, s corridor.Step) string {
	touchpoint := s.Touchpoint
	if touchpoint == nil {
		return "nothing"
	}
	var list []string
	say := func(what string, of any) { list = append(list, fmt.Sprint(what, "=", of)) }
	say("name", tripName(g, touchpoint))
	say("stage", g.Journey.Stages[s.Stage].Label(g.Journey.Language))
	say("channel", touchpoint.Channel.Value)
	say("owner", tripOwner(g, touchpoint))
	for _, d := range []*model.Duration{touchpoint.Delay, touchpoint.Waits, touchpoint.Takes} {
		if d == nil {
			say("time", "none")
		} else {
			say("time", d.Value)
		}
	}
	for _, r := range touchpoint.Experience {
		if r.Who.Value == "customer" || r.Who.Value == "company" {
			say(r.Who.Value, r.Score.Value)
		}
	}
	for _, r := range touchpoint.Requires {
		say("requires", r.AnyOf)
	}
	for _, names := range [][]model.Name{touchpoint.Asks, touchpoint.Gives, touchpoint.Languages} {
		for _, n := range names {
			say("word", n.Value)
		}
	}
	say("binding", touchpoint.Binding.Value)
	say("promise", strings.TrimSpace(touchpoint.Promise.In(g.Journey.Language)))
	say("description", strings.TrimSpace(touchpoint.Description.In(g.Journey.Language)))
	// Words that people have for what is built in are read as that.
	return strings.NewReplacer("=postal-address", "=address", "=city-app", "=app").Replace(strings.Join(list, "\n"))
}

func TestMermaidComesBack(t *testing.T) {
	try := func(what string, g *corridor.Graph) {
		again := tripped(t, what, "mermaid-journey", ".mmd", g)
		if one, other := basicSays(g), basicSays(again); one != other {
			t.Errorf("%s: the basic path was\n%s\nand is\n%s", what, one, other)
		}
	}
	for what, g := range exampleGraphs(t) {
		try(what, g)
	}
	try("hostile", exportedGraph(t, exportHostile))
	randomTrips(t, 100, try)
}

// basicSays lists the steps of the basic path with sections and scores.
func basicSays(g *corridor.Graph) string {
	var b strings.Builder
	first, end := g.StepsOf(0)
	staged := slices.ContainsFunc(g.Steps, func(s corridor.Step) bool { return s.Touchpoint != nil && s.Touchpoint.Stage.Value != "" })
	for _, s := range g.Steps[first:end] {
		score := 3.0
		for _, r := range s.Touchpoint.Experience {
			if r.Who.Value == "customer" {
				score = r.Score.Value
			}
		}
		stage := ""
		if staged {
			stage = strings.Join(strings.Fields(g.Journey.Stages[s.Stage].Label(g.Journey.Language)), " ")
		}
		fmt.Fprintf(&b, "%s: %s %v\n", stage, tripName(g, s.Touchpoint), score)
	}
	return b.String()
}
