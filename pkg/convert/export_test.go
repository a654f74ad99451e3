package convert_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/customer-corridor/corridor/pkg/convert"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// exported is a corridor as text; the test fails where it has errors.
func exportedGraph(t testing.TB, text string) *corridor.Graph {
	t.Helper()
	w := workspace.Workspace{FS: fstest.MapFS{"x.corridor.yaml": {Data: []byte(text)}}}
	j, found, err := w.Load("x.corridor.yaml")
	if err != nil {
		t.Fatal(err)
	}
	g, more := corridor.Build(j)
	for _, f := range append(found, more...) {
		if f.Severity == finding.Error {
			t.Fatalf("%s: %s\n%s", f.Rule, f.Message, text)
		}
	}
	if g == nil {
		t.Fatalf("there is no graph\n%s", text)
	}
	return g
}

func exportTo(t testing.TB, name string, g *corridor.Graph, language string) []byte {
	t.Helper()
	for _, e := range convert.Exports {
		if e.Name == name {
			var out bytes.Buffer
			if err := e.Write(&out, g, convert.ExportOptions{Language: language}); err != nil {
				t.Fatal(err)
			}
			return out.Bytes()
		}
	}
	t.Fatalf("there is no format %s", name)
	return nil
}

// TestExports compares each journey in testdata/export with what it is in every
// format.
func TestExports(t *testing.T) {
	golden.Run(t, "testdata/export/*.txtar", func(t *testing.T, a *golden.Archive) {
		text, _ := a.Input("journey.corridor.yaml")
		g := exportedGraph(t, string(text))
		for _, e := range convert.Exports {
			got := exportTo(t, e.Name, g, "")
			if !bytes.Equal(got, exportTo(t, e.Name, g, "")) {
				t.Errorf("%s is written differently a second time", e.Name)
			}
			// Archives hold neither the mark of UTF-8 nor line ends of two characters.
			got = bytes.ReplaceAll(bytes.TrimPrefix(got, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
			a.Equal(e.Name, got)
		}
	})
}

func TestExportsAreInOrder(t *testing.T) {
	var names []string
	for _, e := range convert.Exports {
		names = append(names, e.Name)
		if e.Title == "" || e.Write == nil {
			t.Errorf("%s is not described", e.Name)
		}
	}
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) < len(names) {
		t.Errorf("the names are %v", names)
	}
}

// examplesOf returns the corridors of the examples that are in order.
func exampleGraphs(t *testing.T) map[string]*corridor.Graph {
	t.Helper()
	all := map[string]*corridor.Graph{}
	w := workspace.Workspace{FS: os.DirFS("../../examples")}
	names, err := filepath.Glob("../../examples/*/*.corridor.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("there are no examples: %v", err)
	}
	for _, name := range names {
		name, _ = filepath.Rel("../../examples", name)
		j, _, err := w.Load(filepath.ToSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		if g, _ := corridor.Build(j); g != nil {
			all[filepath.Base(name)] = g
		}
	}
	return all
}

const exportHostile = `corridor: 1
title: "=1+1 <b>&amp; ]]> \" ' %% ; # :\ttab"
description: "two\nlines <!-- & -->"
departments:
  d: {name: "<script>alert(1)</script> & \"co\""}
customers:
  c: {name: "Ann, Bob: 5; #1"}
needs:
  n: {name: "<n> & n"}
touchpoints:
  a: {name: "=HYPERLINK(\"x\")", owner: d, channel: web, description: "-1"}
  b: {name: "title deed: shown; #1 ﬂ¶", owner: d, channel: visit, description: "@x"}
  c: {name: "+1", promise: "<&>", exceptions: {e: {name: "<e>&\"'", reaction: {does: "<d>", then: retry}}}}
  d: {name: "section", description: "first\nsecond"}
  e: {name: "\u202Eleft \uFFFD", channel: phone}
paths:
  basic: [a, b, c, d, e]
  alternative:
    x: {name: "<x> & \"y\"", instead-of: b, steps: []}
`

func TestSheetHasNoFormulas(t *testing.T) {
	for _, format := range []string{"csv", "tsv"} {
		data := exportTo(t, format, exportedGraph(t, exportHostile), "")
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
		if format == "tsv" {
			r.Comma = '\t'
		}
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != 7 {
			t.Errorf("%s has %d rows of 7", format, len(rows))
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
					t.Errorf("%s has the cell %q", format, cell)
				}
			}
		}
		if name := rows[1][7]; name != `'=HYPERLINK("x")` {
			t.Errorf("%s has the name %q", format, name)
		}
	}
}

func TestExcelKnowsTheSheetIsUTF8(t *testing.T) {
	g := exportedGraph(t, exportHostile)
	if !bytes.HasPrefix(exportTo(t, "csv", g, ""), []byte("\xef\xbb\xbfpath,after,")) {
		t.Error("a csv does not begin with the mark")
	}
	if !bytes.HasPrefix(exportTo(t, "tsv", g, ""), []byte("path\tafter\t")) {
		t.Error("a tsv begins with something else than its header")
	}
}

// TestJourneyKeepsToTheGrammar holds each line to what Mermaid reads: a name
// without what separates, a score, and actors.
func TestJourneyKeepsToTheGrammar(t *testing.T) {
	text := string(exportTo(t, "mermaid-journey", exportedGraph(t, exportHostile), ""))
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		line = strings.TrimSpace(line)
		plain := exportCode.ReplaceAllString(line, "")
		switch {
		case i == 0 && line == "journey", strings.HasPrefix(line, "%% ") && !strings.ContainsAny(line[2:], "%{}"):
		case strings.HasPrefix(line, "title ") && !strings.ContainsAny(plain, "#;:<>\""):
		case exportTask.MatchString(plain):
		default:
			t.Errorf("Mermaid does not read %q", line)
		}
	}
	if strings.Contains(text, "8238") || !strings.Contains(text, "    left ") {
		t.Errorf("an override of the direction is still in\n%s", text)
	}
	for _, want := range []string{"\u2060title deed#58; shown#59; #35;1 ", "\u2060section: 3", ": Ann#44; Bob#58; 5#59; #35;1\n", "#64258;#182;"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}

// TestGraphIsDocumented looks for every key of the JSON in docs/graph.md.
func TestGraphIsDocumented(t *testing.T) {
	doc, err := os.ReadFile("docs/graph.md")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for name, g := range exampleGraphs(t) {
		var read any
		if err := json.Unmarshal(exportTo(t, "json", g, ""), &read); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		exportKeys(read, "", keys)
	}
	for key := range keys {
		if !bytes.Contains(doc, []byte("`"+key+"`")) {
			t.Errorf("docs/graph.md does not tell of %s", key)
		}
	}
	if len(keys) < 40 {
		t.Errorf("only %d keys were looked at", len(keys))
	}
}

// exportKeys collects the keys of objects; those of scores are ids.
func exportKeys(v any, within string, keys map[string]bool) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			exportKeys(item, within, keys)
		}
	case map[string]any:
		for key, item := range v {
			if within != "experience" && within != "importance" {
				keys[key] = true
			}
			exportKeys(item, key, keys)
		}
	}
}

// TestGraphIsWhole reads the JSON back and compares it with the corridor.
func TestGraphIsWhole(t *testing.T) {
	for name, g := range exampleGraphs(t) {
		var read struct {
			Version, Places, Start, Satisfied int
			Paths                             []struct{ ID, Kind string }
			Steps                             []struct {
				ID, Touchpoint, Path string
				From, To             int
			}
		}
		if err := json.Unmarshal(exportTo(t, "json", g, ""), &read); err != nil {
			t.Fatal(err)
		}
		if read.Version != 1 || read.Places != g.Places || read.Start != g.Start || read.Satisfied != g.Satisfied {
			t.Errorf("%s has other places", name)
		}
		for i, s := range read.Steps {
			want := g.Steps[i]
			if s.ID != g.StepName(i) || s.From != want.From || s.To != want.To || s.Path != g.Paths[want.Path].ID || (want.Touchpoint == nil) != (s.Touchpoint == "") {
				t.Errorf("%s has the step %v", name, s)
			}
		}
		if len(read.Steps) != len(g.Steps) || len(read.Paths) != len(g.Paths) {
			t.Errorf("%s has other steps and paths", name)
		}
	}
}

// TestExportSpeaksTheLanguageAskedFor looks for a name that the example has in
// two languages.
func TestExportSpeaksTheLanguageAskedFor(t *testing.T) {
	g := exampleGraphs(t)["current-account.corridor.yaml"]
	for language, want := range map[string]string{"": "الفرع", "ar": "الفرع", "en": "Branch"} {
		for _, format := range []string{"bpmn", "csv", "json"} {
			if got := exportTo(t, format, g, language); !bytes.Contains(got, []byte(want)) {
				t.Errorf("%s in %q does not have %s", format, language, want)
			}
		}
	}
}

// randomCorridor writes a journey whose paths run anywhere: on and back, over
// one another, from inside one to inside another, with what can go wrong.
func randomCorridor(r *rand.Rand) string {
	var b strings.Builder
	b.WriteString("corridor: 1\ntitle: Random\ndepartments: {x: , y: , z: }\ntouchpoints:\n")
	n := 0
	var all []string // on a path, so that others can hang on them
	touch := func() string {
		id := fmt.Sprintf("t%d", n)
		n++
		fmt.Fprintf(&b, "  %s: {name: %q", id, strings.Repeat("word ", 1+r.IntN(9))+id)
		if owner := r.IntN(4); owner < 3 {
			fmt.Fprintf(&b, ", owner: %c", "xyz"[owner])
		}
		fmt.Fprintf(&b, ", channel: %s", []string{"web", "visit", "word-of-mouth", "phone"}[r.IntN(4)])
		if r.IntN(3) == 0 && len(all) > 0 {
			then := []string{"retry", "continue", "leave", all[r.IntN(len(all))]}[r.IntN(4)]
			fmt.Fprintf(&b, ", exceptions: {e: {name: Some thing goes wrong, reaction: {does: x, steps: [%s], then: %s}}, f: }", []string{"", all[r.IntN(len(all))]}[r.IntN(2)], then)
		}
		b.WriteString("}\n")
		return id
	}
	steps := func(least int) (ids []string) {
		for range least + r.IntN(4) {
			ids = append(ids, touch())
		}
		return ids
	}
	basic := steps(2)
	all = append(all, basic...)
	var optional, alternative []string
	for i := range r.IntN(8) {
		at, other := all[r.IntN(len(all))], all[r.IntN(len(all))]
		ids := steps(1)
		switch list := strings.Join(ids, ", "); r.IntN(5) {
		case 0:
			optional = append(optional, fmt.Sprintf("p%d: {%s: %s, steps: [%s]}", i, []string{"after", "before"}[r.IntN(2)], at, list))
		case 1:
			k := r.IntN(len(basic))
			alternative = append(alternative, fmt.Sprintf("p%d: {instead-of: [%s], steps: [%s]}", i, strings.Join(basic[k:k+1+r.IntN(len(basic)-k)], ", "), list))
		case 2:
			alternative = append(alternative, fmt.Sprintf("p%d: {instead-of: %s, steps: []}", i, at))
			continue
		case 3:
			alternative = append(alternative, fmt.Sprintf("p%d: {after: %s, before: %s, steps: []}", i, at, other))
			continue
		default:
			alternative = append(alternative, fmt.Sprintf("p%d: {after: %s, before: %s, steps: [%s]}", i, at, other, list))
		}
		all = append(all, ids...)
	}
	fmt.Fprintf(&b, "paths:\n  basic: [%s]\n", strings.Join(basic, ", "))
	fmt.Fprintf(&b, "  optional: {%s}\n  alternative: {%s}\n", strings.Join(optional, ", "), strings.Join(alternative, ", "))
	return b.String()
}

// TestNoExportFails writes random corridors in every format.
func TestNoExportFails(t *testing.T) {
	for seed := range uint64(100) {
		g := exportedGraph(t, randomCorridor(rand.New(rand.NewPCG(seed, 1))))
		for _, e := range convert.Exports {
			a, b := exportTo(t, e.Name, g, "fa"), exportTo(t, e.Name, g, "fa")
			if len(a) == 0 || !reflect.DeepEqual(a, b) {
				t.Errorf("seed %d: %s is empty or different", seed, e.Name)
			}
		}
	}
}
