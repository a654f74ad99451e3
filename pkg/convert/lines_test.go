package convert

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// linesFormats are the formats of these tests, by the folder of their archives.
var linesFormats = []Format{mermaid, govuk, ojf, cjml}

// TestLines reads the archives of each format: the section that is named like
// a file is read, and `read` is what came of it.
func TestLines(t *testing.T) {
	for _, format := range linesFormats {
		golden.Run(t, "testdata/"+format.Name+"/*.txtar", func(t *testing.T, a *golden.Archive) {
			name := a.Files[0].Name
			data, _ := a.Input(name)
			if found, ok := Detect(name, data); !ok || found.Name != format.Name {
				t.Errorf("%s is taken for %q", name, found.Name)
			}
			file := linesFile(format, name, data)
			f, findings := format.read(file, Options{})
			a.Equal("read", linesPrint(f, findings))
			linesHold(t, file, f, findings)
			if doc, _ := format.Import(file, Options{}); doc != nil {
				a.Equal("paths", linesPrintPaths(doc.Paths))
			}
		})
	}
}

// linesFile makes a file of a text as it was saved.
func linesFile(format Format, name string, data []byte) *source.File {
	text, _ := format.Decode(data)
	return source.New(name, text)
}

// linesPrint prints all that was read.
func linesPrint(f *flow, findings []finding.Finding) []byte {
	var b bytes.Buffer
	if f != nil {
		linesPrintDocument(&b, f.doc)
		for i, n := range f.nodes {
			linesPrintNode(&b, f, i, n)
		}
		findings = append(slices.Clone(findings), f.findings...)
	}
	for _, found := range findings {
		fmt.Fprintf(&b, "%s %s %s: %s\n", linesPlace(found.Span), found.Rule, found.Subject, found.Message)
		if found.Help != "" {
			fmt.Fprintf(&b, "  = %s\n", found.Help)
		}
		for _, r := range found.Related {
			fmt.Fprintf(&b, "  %s %s\n", linesPlace(r.Span), r.Message)
		}
	}
	return b.Bytes()
}

func linesPlace(at source.Span) string {
	if at.IsZero() {
		return "nowhere"
	}
	return fmt.Sprintf("%d:%d %q", at.From().Line, at.From().Column, at.Text()[:min(len(at.Text()), 40)])
}

func linesPrintDocument(b *bytes.Buffer, doc *model.Document) {
	fmt.Fprintf(b, "title %q description %q language %q\n", doc.Title.Plain, doc.Description.Plain, doc.Language.Value)
	for _, s := range doc.Stages {
		fmt.Fprintf(b, "stage %s %q\n", s.ID.Value, s.Label(""))
	}
	for _, c := range doc.Customers {
		fmt.Fprintf(b, "customer %s %q %s\n", c.ID.Value, c.Label(""), c.Description.Plain)
	}
	for _, d := range doc.Departments {
		fmt.Fprintf(b, "department %s %q\n", d.ID.Value, d.Label(""))
	}
	for _, bound := range doc.Bounds {
		fmt.Fprintf(b, "bound %s\n", bound.Value)
	}
}

func linesPrintPaths(p *model.Paths) []byte {
	var b bytes.Buffer
	steps := func(names []model.Name) string {
		var all []string
		for _, n := range names {
			all = append(all, n.Value)
		}
		return strings.Join(all, ", ")
	}
	fmt.Fprintf(&b, "basic: %s\n", steps(p.Basic))
	for _, path := range slices.Concat(p.Optional, p.Alternative) {
		fmt.Fprintf(&b, "%s %s:", path.Kind, path.ID.Value)
		if path.After != nil {
			fmt.Fprintf(&b, " after %s", path.After)
		}
		if path.Before != nil {
			fmt.Fprintf(&b, " before %s", path.Before)
		}
		for _, run := range path.InsteadOf {
			fmt.Fprintf(&b, " instead of %s", run)
		}
		fmt.Fprintf(&b, " → %s\n", steps(path.Steps))
	}
	return b.Bytes()
}

func linesPrintNode(b *bytes.Buffer, f *flow, i int, n node) {
	fmt.Fprintf(b, "%d %s %s", i, [...]string{"step", "gateway", "start", "end"}[n.kind], n.key)
	if n.lost {
		fmt.Fprint(b, " lost")
	}
	if n.join != one || n.split != one {
		fmt.Fprintf(b, " join=%d split=%d", n.join, n.split)
	}
	if n.kind == step {
		fmt.Fprintf(b, " %q", n.name.Value)
		linesPrintTouchpoint(b, n.touchpoint)
	}
	fmt.Fprint(b, " →")
	for _, e := range f.edges {
		if e.from == i {
			fmt.Fprintf(b, " %d", e.to)
			if e.label.Value != "" {
				fmt.Fprintf(b, "(%s)", e.label.Value)
			}
		}
	}
	fmt.Fprintln(b)
}

func linesPrintTouchpoint(b *bytes.Buffer, t model.Touchpoint) {
	for _, part := range []struct{ key, value string }{
		{"stage", t.Stage.Value}, {"channel", t.Channel.Value}, {"kind", t.Kind.Value}, {"owner", t.Owner.Value}, {"description", t.Description.Plain},
	} {
		if part.value != "" {
			fmt.Fprintf(b, " %s=%q", part.key, part.value)
		}
	}
	for _, e := range t.Experience {
		fmt.Fprintf(b, " %s:%g", e.Who.Value, e.Score.Value)
	}
	if t.MomentOfTruth.Value {
		fmt.Fprint(b, " moment-of-truth")
	}
	for _, back := range t.Backstage {
		fmt.Fprintf(b, " backstage(%s: %s)", back.By.Value, back.Does.Plain)
	}
	for _, d := range []*model.Duration{t.Delay, t.Waits, t.Takes} {
		if d != nil {
			fmt.Fprintf(b, " %v", d.Value)
		}
	}
}

// linesHold holds what must be so of all that is read, whatever the text: every
// place is in the file, every name is defined, every edge joins nodes, and a
// way leads to each step and to an end.
func linesHold(t *testing.T, file *source.File, f *flow, findings []finding.Finding) {
	t.Helper()
	within := func(at source.Span) {
		t.Helper()
		if !at.IsZero() && (at.File != file || at.Start < 0 || at.End < at.Start || at.End > len(file.Text)) {
			t.Fatalf("a place is not in the file: %d to %d of %d", at.Start, at.End, len(file.Text))
		}
	}
	if f == nil {
		if len(findings) == 0 {
			t.Fatal("nothing was read, and nothing says why")
		}
	} else {
		findings = append(slices.Clone(findings), f.findings...)
		linesHoldNodes(t, f, within)
	}
	for _, found := range findings {
		within(found.Span)
		if found.Span.IsZero() || found.Message == "" {
			t.Fatalf("a finding says nothing, or not where: %v", found)
		}
		for _, r := range found.Related {
			within(r.Span)
		}
	}
}

func linesHoldNodes(t *testing.T, f *flow, within func(source.Span)) {
	t.Helper()
	defined := map[string]bool{"": true}
	for _, s := range f.doc.Stages {
		defined["stage "+s.ID.Value] = true
	}
	for _, d := range f.doc.Departments {
		defined["department "+d.ID.Value] = true
	}
	keys, in, out := map[string]bool{}, map[int]bool{}, map[int]bool{}
	for _, e := range f.edges {
		if e.from < 0 || e.to < 0 || e.from >= len(f.nodes) || e.to >= len(f.nodes) {
			t.Fatalf("an edge joins no nodes: %v", e)
		}
		within(e.span)
		in[e.to], out[e.from] = true, true
	}
	for i, n := range f.nodes {
		within(n.span)
		within(n.name.Span)
		if keys[n.key] {
			t.Fatalf("two nodes have the key %q", n.key)
		}
		keys[n.key] = true
		if n.span.IsZero() || n.kind < start && (!in[i] || !out[i]) {
			t.Fatalf("node %d %q has no place, or no way leads to or from it", i, n.key)
		}
		tp := n.touchpoint
		if tp.Stage.Value != "" && !defined["stage "+tp.Stage.Value] || tp.Owner.Value != "" && !defined["department "+tp.Owner.Value] {
			t.Fatalf("node %q names what is not defined: %q, %q", n.key, tp.Stage.Value, tp.Owner.Value)
		}
	}
}

// linesFuzz fuzzes the reader of a format with its archives as seeds.
func linesFuzz(f *testing.F, format Format) {
	for _, path := range linesArchives(f, format) {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		_, text, _ := strings.Cut(string(data), "--\n")
		text, _, _ = strings.Cut(text, "\n-- read --")
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		format.detect("x"+format.Endings[0], data)
		format.detect("x.md", data)
		format.detect("x", data)
		file := linesFile(format, "x"+format.Endings[0], data)
		flow, findings := format.read(file, Options{})
		linesHold(t, file, flow, findings)
		again, more := format.read(file, Options{})
		if !bytes.Equal(linesPrint(flow, findings), linesPrint(again, more)) {
			t.Fatal("the same text was read in two ways")
		}
	})
}

func linesArchives(t testing.TB, format Format) []string {
	paths, err := filepath.Glob("testdata/" + format.Name + "/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s has no archives (%v)", format.Name, err)
	}
	return paths
}

func FuzzMermaid(f *testing.F) { linesFuzz(f, mermaid) }
func FuzzGovuk(f *testing.F)   { linesFuzz(f, govuk) }
func FuzzOjf(f *testing.F)     { linesFuzz(f, ojf) }
func FuzzCjml(f *testing.F)    { linesFuzz(f, cjml) }

// linesCorpus calls a function with each file of a folder of real journeys.
func linesCorpus(t *testing.T, folder string, each func(name string, data []byte)) {
	t.Helper()
	root := os.Getenv("CORRIDOR_CORPUS")
	if root == "" {
		root = "../../../shared/corpus"
	}
	files, err := fs.Glob(os.DirFS(root), folder+"/*")
	if err != nil || len(files) == 0 {
		t.Skipf("there is no corpus of real journeys in %s; CORRIDOR_CORPUS says where it is", root)
	}
	for _, name := range files {
		data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		each(name, data)
	}
}

// TestLinesCorpus reads real journeys; -v shows what came of them.
func TestLinesCorpus(t *testing.T) {
	for _, test := range []struct {
		folder string
		format Format
	}{{"mermaid", mermaid}, {"govuk-step-by-step", govuk}, {"ojf", ojf}} {
		t.Run(test.folder, func(t *testing.T) {
			linesCorpus(t, test.folder, func(name string, data []byte) {
				if found, ok := Detect(name, data); !ok || found.Name != test.format.Name {
					t.Errorf("%s is taken for %q", name, found.Name)
				}
				file := linesFile(test.format, name, data)
				f, findings := test.format.read(file, Options{})
				linesHold(t, file, f, findings)
				t.Logf("%s\n%s", name, linesPrint(f, findings))
				if f == nil != strings.HasSuffix(name, "-no-steps.json") {
					t.Errorf("%s: a journey was read: %t", name, f != nil)
				}
			})
		})
	}
}

// TestLinesHostile reads large texts that are made to cost as much as can be. A
// reader whose cost is the square of their length would take hours.
func TestLinesHostile(t *testing.T) {
	const large = 1 << 20 / slower
	fill := func(head, body, tail string) string {
		return head + strings.Repeat(body, (large-len(head)-len(tail))/len(body)) + tail
	}
	numbered := func(head, body, tail string) string {
		var b strings.Builder
		b.WriteString(head)
		for i := 0; b.Len() < large-1000; i++ {
			fmt.Fprintf(&b, body, i)
		}
		return b.String() + tail
	}
	for _, test := range []struct {
		what   string
		format Format
		text   string
	}{
		{"equal tasks", mermaid, fill("journey\n", "a:1\n", "")},
		{"actors", mermaid, numbered("journey\na:1:b", ",b%d", "")},
		{"sections", mermaid, numbered("journey\n", "section %d\na:1\n", "")},
		{"hashes", mermaid, fill("journey\na", "#a", "")},
		{"front matter", mermaid, fill("", "---\n", "journey\na:1")},
		{"directives", mermaid, fill("", "%%{", "\njourney\na:1")},
		{"brackets", mermaid, fill("journey\na", "<a", "")},
		{"choices", govuk, fill(`{"steps":[{"contents":[{"type":"list","style":"choice","contents":[`, `"a",`, `"b"]}]}]}`)},
		{"options", govuk, fill(`{"steps":[{"contents":[{"type":"list","style":"optional","contents":[`, `"a",`, `"b"]}]}]}`)},
		{"steps of one number", govuk, fill(`{"steps":[{},`, `{"logic":"or"},`, `{"logic":"and"}]}`)},
		{"paragraphs", govuk, fill(`{"steps":[{"contents":[`, `{"type":"paragraph","text":"a"},`, `{"type":"list","style":"choice","contents":["a","b"]}]}]}`)},
		{"remarks", ojf, fill(`{"stages":["a"],"swimlanes":[],"nodes":[`, `{"title":"a","purpose":"pain","stage":"a"},`, `{"title":"b"}]}`)},
		{"connections", ojf, fill(`{"nodes":[{"id":"a"},{"id":"b"}],"edges":[`, `{"from":"a","to":"b"},`, `{"from":"a","to":"c"}]}`)},
		{"steps", cjml, fill("<journey>", "<step/>", "</journey>")},
		{"what is not known", cjml, fill("<journey><step>", "<a/><b/>", "</step></journey>")},
		{"journeys", cjml, fill("<journeys>", "<journey><step/></journey>", "</journeys>")},
		{"depth", cjml, strings.Repeat("<step>", 199) + fill("", "<step/>", strings.Repeat("</step>", 199))},
	} {
		t.Run(test.what, func(t *testing.T) {
			file := source.New("x"+test.format.Endings[0], []byte(test.text))
			began := time.Now()
			test.format.detect(file.Name, file.Text)
			f, findings := test.format.read(file, Options{})
			if took := time.Since(began); took > time.Minute {
				t.Errorf("%s: %v", test.what, took)
			} else {
				t.Log(took.Round(time.Millisecond))
			}
			if f == nil && len(findings) == 0 {
				t.Error("nothing was read, and nothing says why")
			}
		})
	}
}
