package graphviz

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// studioFolder holds the real program until the tests are over.
var studioFolder string

// buildStudio builds the real program, once for all tests.
var buildStudio = sync.OnceValues(func() (string, error) {
	// Reading its sources makes them part of what a cached test result hangs on.
	sources, _ := filepath.Glob("../../cmd/corridor-studio/*.go")
	for _, path := range append(sources, "../../go.mod") {
		os.ReadFile(path)
	}
	var err error
	if studioFolder, err = os.MkdirTemp("", "corridor-studio-"); err != nil {
		return "", err
	}
	program := filepath.Join(studioFolder, fakePath(programName))
	stamp := "-X github.com/customer-corridor/corridor/pkg/version.release=" + testVersion
	output, err := exec.Command("go", "build", "-ldflags", stamp, "-o", program, "../../cmd/corridor-studio").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, output)
	}
	return program, err
})

func studio(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and starts the real Graphviz, which takes seconds")
	}
	program, err := buildStudio()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// placed is a graph of n boxes on a grid, each joined to the next and to the
// tenth after it.
func placed(n int) Request {
	var dot strings.Builder
	dot.WriteString("digraph { layout=nop notranslate=true splines=ortho node [shape=box fixedsize=true width=1.5 height=0.75 label=\" \"]\n")
	for i := range n {
		fmt.Fprintf(&dot, "n%d [pos=\"%d,%d\"]\n", i, i%10*200, i/10*150)
	}
	for i := range n {
		for _, j := range []int{i + 1, i + 10} {
			if j < n {
				fmt.Fprintf(&dot, "n%d -> n%d\n", i, j)
			}
		}
	}
	dot.WriteString("}\n")
	return Request{EngineNop, FormatJSON, []byte(dot.String())}
}

func TestStudioRoutesPlacedNodes(t *testing.T) {
	client := started(t, options(t, studio(t)))
	var answer struct {
		Objects []struct{ Name, Pos string }
		Edges   []struct{ Pos string }
	}
	if err := json.Unmarshal([]byte(mustRun(t, client, placed(30))), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Objects) != 30 || len(answer.Edges) != 49 {
		t.Fatalf("%d nodes and %d edges, want 30 and 49", len(answer.Objects), len(answer.Edges))
	}
	for i, node := range answer.Objects {
		if want := fmt.Sprintf("%d,%d", i%10*200, i/10*150); node.Pos != want {
			t.Errorf("node %s has moved to %s from %s", node.Name, node.Pos, want)
		}
	}
	for i, edge := range answer.Edges {
		if points := strings.Fields(edge.Pos); len(points) < 5 || !strings.HasPrefix(points[0], "e,") {
			t.Errorf("edge %d has the way %q, want an arrow tip and four points", i, edge.Pos)
		}
	}
}

func TestStudioDrawsManyPicturesOnOnePipe(t *testing.T) {
	client := started(t, options(t, studio(t)))
	want := mustRun(t, client, placed(12))
	process := client.child
	for range 19 {
		if mustRun(t, client, placed(12)) != want {
			t.Fatal("the same graph gave another picture")
		}
	}
	if client.child != process {
		t.Fatal("the process was replaced in between")
	}
}

func TestStudioFormats(t *testing.T) {
	client := started(t, options(t, studio(t)))
	for format, want := range map[string]string{FormatJSON: `"objects"`, FormatDOT: "digraph", FormatSVG: "<svg"} {
		for _, engine := range engines {
			request := Request{engine, format, []byte(`digraph { a [pos="0,0" label="ممر العميل"]; b [pos="200,0"]; a -> b }`)}
			if got := mustRun(t, client, request); !strings.Contains(got, want) || !strings.Contains(got, "ممر العميل") {
				t.Errorf("%s as %s: %q", engine, format, got)
			}
		}
	}
}

func TestStudioRefuses(t *testing.T) {
	client := started(t, options(t, studio(t)))
	for _, test := range []struct{ name, dot, want string }{
		{"syntax error", "digraph { a -> }", "syntax error in line 1 near '}'"},
		{"not DOT", "corridor: 1", "syntax error"},
		{"NUL", "digraph { a [label=\"\x00\"] }", "not UTF-8 text"},
		{"not UTF-8", "digraph { a [label=\"\xff\xfe\"] }", "not UTF-8 text"},
		{"comment", "// nothing", "not DOT"},
		{"nested clusters", "digraph { layout=dot " + nested(1000) + "}", "too large or too deeply nested"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := client.Run(t.Context(), Request{EngineNop, FormatJSON, []byte(test.dot)})
			needs(t, err, "Graphviz could not draw the map: ", test.want)
			mustRun(t, client, placed(2))
		})
	}
}

// Ortho routing of some 1,900 nodes runs over Graphviz's stack, and then anything
// may come out of it; it must never come out of here.
func TestStudioGivesNoBrokenPicture(t *testing.T) {
	client := started(t, options(t, studio(t)))
	for n := 1700; n <= 2300; n += 150 {
		picture, err := client.Run(t.Context(), placed(n))
		if err != nil {
			needs(t, err, "too large")
			continue
		}
		if !json.Valid(picture) {
			t.Errorf("%d nodes: %.100q is not JSON", n, picture)
		}
	}
}

func nested(depth int) string {
	var open strings.Builder
	for i := range depth {
		fmt.Fprintf(&open, "subgraph cluster_%d { ", i)
	}
	return open.String() + "a" + strings.Repeat("}", depth)
}

func TestStudioTimeLimit(t *testing.T) {
	o := options(t, studio(t))
	o.Timeout = time.Second
	client := started(t, o)
	var dot strings.Builder
	dot.WriteString("digraph {")
	for i := range 60 * 60 {
		fmt.Fprintf(&dot, "n%d -> n%d;", i/60, i%60)
	}
	dot.WriteString("}")
	_, err := client.Run(t.Context(), Request{EngineDot, FormatJSON, []byte(dot.String())})
	needs(t, err, "not finished within 1s")
	mustRun(t, client, placed(2))
}

func TestStudioSurvivesADamagedCache(t *testing.T) {
	o := options(t, studio(t))
	started(t, o).Close()
	damaged := 0
	filepath.WalkDir(o.CacheDir, func(path string, entry os.DirEntry, _ error) error {
		if entry.Type().IsRegular() {
			damaged++
			return os.Truncate(path, 1000)
		}
		return nil
	})
	if damaged == 0 {
		t.Fatal("the real program keeps no cache where it was told to")
	}
	mustRun(t, started(t, o), placed(2))
}

func TestStudioWithoutACache(t *testing.T) {
	client := started(t, options(t, studio(t)))
	client.dismiss()
	if _, err := client.start(t.Context(), cache{}); err != nil {
		t.Fatal(err)
	}
	mustRun(t, client, placed(2))
}

func TestStudioSaysItsVersion(t *testing.T) {
	got, err := exec.Command(studio(t), "version").Output()
	if want := "corridor-studio " + testVersion + "\n"; string(got) != want || err != nil {
		t.Fatalf("got %q, %v; want %q", got, err, want)
	}
}

func BenchmarkStartWarm(b *testing.B) {
	o := options(b, studio(b))
	started(b, o).Close()
	for b.Loop() {
		started(b, o).Close()
	}
}

func BenchmarkStartCold(b *testing.B) {
	program := studio(b)
	for b.Loop() {
		started(b, options(b, program)).Close()
	}
}

func BenchmarkRoute(b *testing.B) {
	for _, n := range []int{30, 100, 300} {
		b.Run(fmt.Sprintf("nodes=%d", n), func(b *testing.B) {
			client, request := started(b, options(b, studio(b))), placed(n)
			mustRun(b, client, request)
			for b.Loop() {
				mustRun(b, client, request)
			}
		})
	}
}

// BenchmarkRender is what one map costs: a warm start and one picture.
func BenchmarkRender(b *testing.B) {
	o, request := options(b, studio(b)), placed(30)
	started(b, o).Close()
	for b.Loop() {
		client := started(b, o)
		mustRun(b, client, request)
		client.Close()
	}
}
