package convert

import (
	"fmt"
	"os"
	"path/filepath"

	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/source"
)

func TestBPMN(t *testing.T) {
	golden.Run(t, "testdata/bpmn/*.txtar", func(t *testing.T, a *golden.Archive) {
		text, _ := a.Input("model.bpmn")
		pool, _ := a.Input("pool")
		if !bpmn.detect("model.xml", text) {
			t.Error("it is not known by its text")
		}
		flow, found := bpmnRead(source.New("model.bpmn", text), Options{Pool: strings.TrimSpace(string(pool))})
		a.Equal("flow", []byte(bpmnPrint(flow, found)))
	})
}

// bpmnPrint writes a flow with what was found.
func bpmnPrint(f *flow, found []finding.Finding) string {
	var b strings.Builder
	if f != nil {
		bpmnPrintDocument(&b, f)
		for n, p := range f.pools {
			mark := ""
			if n == f.journey {
				mark = ", the journey"
			}
			fmt.Fprintf(&b, "pool %q%s\n", p.name.Value, mark)
			for _, node := range f.nodes {
				if node.pool == n {
					b.WriteString("  " + bpmnPrintNode(node) + "\n")
				}
			}
			for _, e := range f.edges {
				if f.nodes[e.from].pool == n {
					b.WriteString("  " + bpmnPrintEdge(f, e) + "\n")
				}
			}
		}
		for _, m := range f.messages {
			fmt.Fprintf(&b, "message %q: %s ~> %s\n", m.name.Value, f.nodes[m.from].key, f.nodes[m.to].key)
		}
		found = append(found, f.findings...)
	}
	for _, f := range found {
		at := f.Span.From()
		fmt.Fprintf(&b, "%d:%d %s %s: %s\n", at.Line, at.Column, f.Rule, f.Subject, f.Message)
	}
	return b.String()
}

func bpmnPrintDocument(b *strings.Builder, f *flow) {
	fmt.Fprintf(b, "title %q\n", f.doc.Title.Plain)
	if f.doc.Language.Value != "" {
		fmt.Fprintf(b, "language %s\n", f.doc.Language.Value)
	}
	if f.doc.Description.Plain != "" {
		fmt.Fprintf(b, "description %q\n", f.doc.Description.Plain)
	}
	for _, d := range f.doc.Departments {
		fmt.Fprintf(b, "department %s %q\n", d.ID.Value, d.Name.Plain)
	}
	for _, d := range f.doc.Customers {
		fmt.Fprintf(b, "customer %s %q\n", d.ID.Value, d.Name.Plain)
	}
	for _, d := range f.doc.Needs {
		fmt.Fprintf(b, "need %s %q\n", d.ID.Value, d.Name.Plain)
	}
}

func bpmnPrintNode(n node) string {
	line := []string{[]string{"step", "gateway", "start", "end"}[n.kind], n.key}
	if n.name.Value != "" {
		line = append(line, fmt.Sprintf("%q", n.name.Value))
	}
	word := []string{"one", "all", "some"}
	if n.join != one {
		line = append(line, "join="+word[n.join])
	}
	if n.split != one {
		line = append(line, "split="+word[n.split])
	}
	if n.lost {
		line = append(line, "lost")
	}
	if n.all {
		line = append(line, "all")
	}
	tp := n.touchpoint
	if tp.Owner.Value != "" {
		line = append(line, "owner="+tp.Owner.Value)
	}
	if tp.Delay != nil {
		line = append(line, "delay="+tp.Delay.Value.String())
	}
	if !tp.Description.Empty() {
		line = append(line, fmt.Sprintf("description=%q", tp.Description.Plain))
	}
	for _, b := range tp.Backstage {
		line = append(line, fmt.Sprintf("backstage=%s:%q", b.By.Value, b.Does.Plain))
	}
	return strings.Join(line, " ")
}

func bpmnPrintEdge(f *flow, e edge) string {
	line := f.nodes[e.from].key + " -> " + f.nodes[e.to].key
	if e.label.Value != "" {
		line += fmt.Sprintf(" %q", e.label.Value)
	}
	if e.instead {
		line += " instead"
	}
	if e.besides {
		line += " besides"
	}
	return line
}

// bpmnCorpus returns the folder of models that others made; the test is
// skipped where it is absent.
func bpmnCorpus(t testing.TB) string {
	t.Helper()
	folder := os.Getenv("CORRIDOR_CORPUS")
	if folder == "" {
		folder = "../../../shared/corpus"
	}
	folder = filepath.Join(folder, "bpmn")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the corpus of other people's journeys is not here; CORRIDOR_CORPUS names its folder")
	}
	return folder
}

// bpmnLoad reads a model of the corpus.
func bpmnLoad(t testing.TB, path string) (*flow, []finding.Finding) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bpmn.detect("x.xml", text) {
		t.Errorf("%s is not known by its text", path)
	}
	f, found := bpmnRead(source.New(filepath.Base(path), text), Options{})
	if f != nil {
		found = append(found, f.findings...)
	}
	return f, found
}
