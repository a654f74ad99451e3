package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/graphviz"
	"github.com/customer-corridor/corridor/pkg/render"
	"github.com/customer-corridor/corridor/pkg/version"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// program returns the path of a program that tests compare with, and skips
// the test where there is none.
func program(t *testing.T, name string) string {
	t.Helper()
	if without := "CORRIDOR_WITHOUT_BROWSER"; os.Getenv(without) != "" {
		t.Skip(without + " is set: pictures are looked at in another run")
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("there is no %s on this machine", name)
	}
	return path
}

// exampleGraphs are the corridors of all examples that can be drawn, by file.
func exampleGraphs(t *testing.T) (names []string, graphs map[string]*corridor.Graph) {
	t.Helper()
	graphs = map[string]*corridor.Graph{}
	w := &workspace.Workspace{FS: os.DirFS(project)}
	for _, file := range corridorsIn(t, filepath.Join(project, "examples")) {
		name, err := filepath.Rel(project, file)
		if err != nil {
			t.Fatal(err)
		}
		name = filepath.ToSlash(name)
		if o := check.File(w, name, check.Settings{}); o.Graph != nil && !unsound(o) {
			names, graphs[name] = append(names, name), o.Graph
		}
	}
	if len(names) < 5 {
		t.Fatalf("only %d examples can be drawn: %q", len(names), names)
	}
	return names, graphs
}

// routerOf is corridor-studio as the program uses it.
func routerOf(t *testing.T) render.Router {
	t.Helper()
	home := programs(t)
	client, err := graphviz.Start(t.Context(), graphviz.Options{
		Program: filepath.Join(home, "corridor-studio"), Version: version.String(), CacheDir: filepath.Join(home, "cache", "corridor", "graphviz"),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return (&studio{client: client}).route
}

// svgOf draws a corridor as an SVG.
func svgOf(t *testing.T, g *corridor.Graph, o render.Options, route render.Router) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := render.Formats[0].Write(context.Background(), &b, g, o, route); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// album is a page of maps.
type album struct {
	body  strings.Builder
	fonts map[string]bool
	head  strings.Builder // each font once, or the page were hundreds of times as long
	maps  int
}

var (
	styleElement = regexp.MustCompile(`(?s)<style>\n(.*?)</style>\n`)
	prolog       = regexp.MustCompile(`^<\?xml[^>]*\?>\s*`)
)

func (a *album) add(name string, svg []byte) {
	for _, style := range styleElement.FindAllSubmatch(svg, -1) {
		for font := range strings.Lines(string(style[1])) {
			if a.fonts == nil {
				a.fonts = map[string]bool{}
			}
			if !a.fonts[font] {
				a.fonts[font] = true
				a.head.WriteString(font)
			}
		}
	}
	svg = prolog.ReplaceAll(styleElement.ReplaceAll(svg, nil), nil)
	fmt.Fprintf(&a.body, "<svg data-map=%q %s\n", name, bytes.TrimPrefix(svg, []byte("<svg")))
	a.maps++
}

// measured opens the page in a browser and returns what measure.js finds in
// it: how much it looked at, and what is wrong.
func (a *album) measured(t *testing.T, chromium string) (seen map[string]int, wrong []string) {
	t.Helper()
	script, err := os.ReadFile("testdata/measure.js")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	page := filepath.Join(folder, "maps.html")
	text := "<!DOCTYPE html><meta charset=utf-8><style>svg{display:block}\n" + a.head.String() + "</style>\n" + a.body.String() + "<script>" + string(script) + "</script>"
	if err := os.WriteFile(page, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+folder,
		"--virtual-time-budget=60000", "--dump-dom", "file://"+page)
	out, err := c.Output()
	_, result, _ := strings.Cut(string(out), "RESULT ")
	result, _, ok := strings.Cut(result, " END")
	if err != nil || !ok {
		t.Fatalf("the browser measured nothing: %v, %d bytes", err, len(out))
	}
	if result, err = url.PathUnescape(result); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(result, "\n")
	if err := json.Unmarshal([]byte(lines[0]), &seen); err != nil {
		t.Fatal(lines[0])
	}
	return seen, lines[1:]
}

// A browser finds every text within its box and the picture, no step on
// another, no line through a step and every arrow on its line: in each view of
// each example, in its own language and in others, routed either way.
func TestBrowserFindsMapsInOrder(t *testing.T) {
	chromium := program(t, "chromium")
	names, graphs := exampleGraphs(t)
	route := routerOf(t)
	var maps album
	for _, view := range render.Views {
		for _, name := range names {
			g := graphs[name]
			for _, language := range []string{"", "en", "ar", "fa"} {
				if language != "" && language == g.Journey.Language {
					continue
				}
				o := render.Options{View: view.Name, Language: language, Theme: render.Themes[maps.maps%len(render.Themes)]}
				if view.Name == "customer" {
					o.Ask = questionOf(t, g, maps.maps)
				}
				label := fmt.Sprintf("%s, view %s, language %s, theme %s", name, view.Name, cmp.Or(language, "its own"), o.Theme.Name)
				maps.add(label, svgOf(t, g, o, nil))
				if language == "" {
					maps.add(label+", routed by Graphviz", svgOf(t, g, o, route))
				}
			}
		}
	}
	seen, wrong := maps.measured(t, chromium)
	t.Logf("%d maps: %v", maps.maps, seen)
	for _, line := range wrong {
		t.Error(line)
	}
	if seen["texts"] < 30*maps.maps || seen["steps"] == 0 || seen["lines"] == 0 || seen["arrows"] == 0 {
		t.Errorf("the browser saw too little of %d maps: %v", maps.maps, seen)
	}
}

// What is wrong with a map is found: else the test above would hold nothing.
func TestBrowserFindsFaults(t *testing.T) {
	chromium := program(t, "chromium")
	faults := []struct{ name, shapes, want string }{
		{"none", `<rect x="10" y="10" width="90" height="30"/><text x="55" y="30" font-size="13" text-anchor="middle">Name</text>`, ""},
		{"wide text", `<rect x="180" y="10" width="40" height="30"/><text x="200" y="30" font-size="13" text-anchor="middle">Too long a name</text>`, "leaves its box"},
		{"low text", `<rect x="10" y="10" width="200" height="10"/><text x="30" y="19" font-size="13">Name</text>`, "leaves its box"},
		{"text outside", `<text x="380" y="30" font-size="13">Over the edge</text>`, "leaves the picture"},
		{"text on text", `<text x="20" y="30" font-size="13">One text</text><text x="30" y="34" font-size="13">Another</text>`, "lie on each other"},
		{"box on box", `<g id="step-0"><rect x="10" y="10" width="90" height="30"/></g><g id="step-1"><rect x="90" y="30" width="90" height="30"/></g>`, "overlap"},
		{"line in box", `<g id="step-0"><rect x="50" y="10" width="90" height="30"/></g><g id="path-0"><path d="M10 25L190 25" stroke="#000"/></g>`, "runs through step-0"},
		{"crooked arrow", `<g id="path-0"><path d="M10 25L90 25" stroke="#000"/><polygon points="98,27 90,29 90,21"/></g>`, "off its line"},
		{"arrow aside", `<g id="path-0"><path d="M10 25L90 25" stroke="#000"/><polygon points="98,35 90,39 90,31"/></g>`, "off its line"},
	}
	var maps album
	for _, f := range faults {
		maps.add(f.name, []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100" viewBox="0 0 400 100"><rect width="400" height="100" fill="none"/>`+f.shapes+"</svg>"))
	}
	_, wrong := maps.measured(t, chromium)
	for _, f := range faults {
		var found []string
		for _, line := range wrong {
			if what, ok := strings.CutPrefix(line, f.name+": "); ok {
				found = append(found, what)
			}
		}
		switch {
		case f.want == "" && len(found) > 0:
			t.Errorf("%s: it finds %q", f.name, found)
		case f.want != "" && (len(found) != 1 || !strings.Contains(found[0], f.want)):
			t.Errorf("%s: it finds %q, want one that says %q", f.name, found, f.want)
		}
	}
}

// questionOf asks for one after the other of those whom a map may be about.
func questionOf(t *testing.T, g *corridor.Graph, nth int) render.Question {
	t.Helper()
	var all []render.Question
	for _, c := range g.Journey.Customers {
		for _, n := range g.Journey.Needs {
			if access.HasNeed(c, n) {
				all = append(all, render.Question{Customer: c.ID.Value, Need: n.ID.Value})
			}
		}
	}
	if len(all) == 0 {
		t.Fatal("nobody needs anything")
	}
	return all[nth%len(all)]
}
