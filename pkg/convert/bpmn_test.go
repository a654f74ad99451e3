package convert

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/txtar"

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

// TestBPMNPairs reads the models in bpmnlint's documentation: of each pair the
// one that shows a mistake has a finding that the other has not.
func TestBPMNPairs(t *testing.T) {
	folder := filepath.Join(bpmnCorpus(t), "bpmnlint-docs", "rules", "examples")
	for _, pair := range []struct{ name, says string }{
		{"ad-hoc-sub-process", "stands in an ad-hoc subprocess"},
		{"conditional-event", "waits for a condition that is not written down"},
		{"conditional-flows", "`Conditional` does not say when it is walked"},
		{"end-event-required", "has no end event"},
		{"event-based-gateway", "there is nothing to choose between"},
		{"event-sub-process-typed-start-event", "nothing says when"},
		{"fake-join", "customers may come by several at once"},
		{"link-event", "the link `JUMP` leads to no event of that name"},
		{"link-event", "no link `<no link name>` leads to"},
		{"no-complex-gateway", "the rule of the complex gateway"},
		{"no-disconnected", "loose: `Task_2`"},
		{"no-duplicate-sequence-flows", "two ways lead from"},
		{"no-gateway-join-fork", "brings 2 ways together and parts 2"},
		{"no-implicit-end", "has no end event"},
		{"no-implicit-split", "all of them are read as walked at once"},
		{"no-implicit-start", "has no start event"},
		{"no-inclusive-gateway", "customers walk one or more ways"},
		{"single-blank-start-event", "has several start events"},
		{"single-event-definition", "stands for several events"},
		{"start-event-required", "has no start event"},
		{"sub-process-blank-start-event", "read as beginning at once"},
		{"superfluous-gateway", "it decides nothing"},
		{"superfluous-termination", "but nothing else does"},
	} {
		right, wrong := filepath.Join(folder, pair.name+"-correct.bpmn"), filepath.Join(folder, pair.name+"-incorrect.bpmn")
		if said := bpmnSays(t, right); strings.Contains(said, pair.says) {
			t.Errorf("%s is right, but it is said:\n%s", right, said)
		}
		if said := bpmnSays(t, wrong); !strings.Contains(said, pair.says) {
			t.Errorf("%s: nothing says %q:\n%s", wrong, pair.says, said)
		}
	}
}

// bpmnSays returns what is found in a model, and which steps no way leads to:
// these are found in the flow of every format.
func bpmnSays(t *testing.T, path string) string {
	f, found := bpmnLoad(t, path)
	var said strings.Builder
	led := map[int]bool{}
	for _, e := range f.edges {
		led[e.to] = true
	}
	for n, node := range f.nodes {
		if !led[n] && node.kind != start {
			fmt.Fprintf(&said, "loose: `%s`\n", node.key)
		}
	}
	for _, f := range found {
		if f.Span.IsZero() || f.Message == "" {
			t.Errorf("%s: a finding has no place: %v", path, f)
		}
		said.WriteString(f.Message + "\n")
	}
	return said.String()
}

// TestBPMNCorpus reads all models that others made.
func TestBPMNCorpus(t *testing.T) {
	folder := bpmnCorpus(t)
	read := 0
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		read++
		if f, found := bpmnLoad(t, path); f == nil || len(f.nodes) == 0 {
			t.Errorf("%s is not read: %v", path, found)
		}
		return nil
	})
	if err != nil || read == 0 {
		t.Errorf("%d models: %v", read, err)
	}
}

func TestBPMNDuration(t *testing.T) {
	for text, want := range map[string]string{
		"PT30M": "30m0s", "P2D": "48h0m0s", "P1W": "168h0m0s", "P1DT2H3M4.5S": "26h3m4.5s", "PT1,5H": "1h30m0s", "P1Y2M": "10200h0m0s, about",
		"": "no", "P": "no", "PT": "no", "P1": "no", "30M": "no", "P-1D": "no", "P1D2Y": "no", "PT1D": "no", "P1H": "no", "PT1": "no", "P101Y": "no", "P99Y99Y": "no",
		"P1e9D": "no", "PNaND": "no", "P.5D": "no", "P1..2D": "no", "${wait}": "no", "R3/PT10M": "no", "2026-01-01T00:00:00Z": "no", "P1DT": "no", "P99Y100M900W": "no",
	} {
		d, fixed, ok := bpmnDuration(text)
		got := "no"
		if ok {
			got = d.String()
			if !fixed {
				got += ", about"
			}
		}
		if got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func TestBPMNDetect(t *testing.T) {
	const space = ` xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"`
	wide := func(text string) string { return "\xff\xfe" + strings.Join(strings.Split(text, ""), "\x00") + "\x00" }
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"x.xml", "<definitions" + space + ">", true},
		{"x.xml", "\xef\xbb\xbf<?xml version='1.0'?>\n<!-- <a> -->\n<!DOCTYPE x>\n<semantic:definitions\n xmlns:semantic='http://www.omg.org/spec/BPMN/20100524/MODEL'/>", true},
		{"x.xml", wide("<?xml version='1.0' encoding='UTF-16'?><bpmn:definitions" + space + "/>"), true},
		{"x.xml", "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/'/>", false},
		{"x.bpmn", "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/'/>", false},
		{"x.xml", "<definitions/>", false},
		{"x.bpmn", "<definitions/>", true},
		{"x.BPMN", "", true},
		{"x.bpmn20.xml", "<!-- cut", true},
		{"x.bpmn", "<html><body/></html>", false},
		{"x.json", "{}", false},
	} {
		if got := bpmn.detect(test.name, []byte(test.text)); got != test.want {
			t.Errorf("%s, %.60q: %v", test.name, test.text, got)
		}
	}
}

func TestBPMNCustomer(t *testing.T) {
	for name, want := range map[string]bool{
		"Customer": true, "New customers": true, "Adult patient": true, "Kunde": true, "Client (private)": true, "Pizza-Customer": true, "العميل": true, "المريض الجديد": true, "مشتری": true, "بیمار سرپایی": true,
		"Customer service": false, "Patient administration": false, "خدمة العملاء": false, "Bank": false, "": false, "Check for connected clients": false, "Customer's bank": false,
	} {
		if bpmnCustomer(name) != want {
			t.Errorf("%q: want %v", name, want)
		}
	}
}

func TestBPMNPoolIsChosen(t *testing.T) {
	const text = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><collaboration><participant id="A" name="Shop" processRef="a"/><participant id="B" name="Buyer" processRef="b"/><participant id="C" name="Post"/></collaboration>
<process id="a"><task id="t"/><task id="u"/></process><process id="b"><task id="v"/></process></definitions>`
	for _, test := range []struct{ pool, journey, says string }{
		{"", "Buyer", "the journey is that of `Buyer`; of `Shop` only"}, {"Shop", "Shop", ""}, {"a", "Shop", ""}, {"A", "Shop", ""}, {"shop", "Shop", ""},
		{"Post", "", "there is no pool `Post` with a process"},
	} {
		f, found := bpmnRead(source.New("x.bpmn", []byte(text)), Options{Pool: test.pool})
		if f == nil {
			if test.journey != "" || len(found) != 1 || found[0].Rule != invalidFile || !strings.Contains(found[0].Message, test.says) || found[0].Help != "Take one of: `Shop`, `Buyer`." {
				t.Errorf("%q: %v", test.pool, found)
			}
			continue
		}
		if f.pools[f.journey].name.Value != test.journey || !strings.Contains(bpmnPrint(f, nil), test.says) {
			t.Errorf("%q: it is that of %q\n%s", test.pool, f.pools[f.journey].name.Value, bpmnPrint(f, nil))
		}
	}
}

// TestBPMNIsQuick reads models that cost much where work grows with the square
// of their size.
func TestBPMNIsQuick(t *testing.T) {
	const head, tail = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">`, `</process></definitions>`
	const n = 20_000 / slower
	event := `<subProcess triggeredByEvent="true"><startEvent><errorEventDefinition/></startEvent></subProcess>`
	for name, text := range map[string]string{
		"starts":      head + strings.Repeat(`<startEvent/>`, n) + strings.Repeat(event, n) + tail,
		"throwers":    head + strings.Repeat(`<endEvent><errorEventDefinition errorRef="x"/></endEvent>`, n) + strings.Repeat(event, n) + tail,
		"dangling":    head + strings.Repeat(`<sequenceFlow sourceRef="nowhere" targetRef="elsewhere"/><task/>`, n) + tail,
		"pools":       `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">` + strings.Repeat(`<process><task/></process>`, n) + `</definitions>`,
		"annotations": head + `<task id="t"/>` + strings.Repeat(`<textAnnotation id="a"><text>`+strings.Repeat("x", 99)+`</text></textAnnotation><association sourceRef="t" targetRef="a"/>`, n/2) + tail,
		"nested":      head + strings.Repeat(`<subProcess><task/>`, 150) + strings.Repeat(`</subProcess>`, 150) + tail,
		"messages": `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><task id="t"/></process><process id="q"><task id="u" name="u"/></process><collaboration>` +
			strings.Repeat(`<messageFlow sourceRef="u" targetRef="t"/>`, n) + `</collaboration></definitions>`,
	} {
		began := time.Now()
		f, found := bpmnRead(source.New("x.bpmn", []byte(text)), Options{})
		if f == nil {
			t.Errorf("%s: %s", name, found[0].Message)
		}
		if took := time.Since(began); took > 30*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

// FuzzBPMN reads any text: nothing panics, all that is found and read has its
// place in the file, all edges join nodes, and a second reading is the same.
func FuzzBPMN(f *testing.F) {
	paths, _ := filepath.Glob("testdata/bpmn/*.txtar")
	for _, path := range paths {
		if archive, err := txtar.ParseFile(path); err == nil {
			f.Add(archive.Files[0].Data)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		file := source.New("x.bpmn", text)
		flow, found := bpmnRead(file, Options{})
		if (flow == nil) == (len(found) == 0) && flow == nil {
			t.Fatal("nothing is read, and nothing says so")
		}
		xmlHoldInside(t, file, found)
		if flow == nil {
			return
		}
		xmlHoldInside(t, file, flow.findings)
		keys := map[string]bool{}
		for _, n := range flow.nodes {
			if keys[n.key] || n.pool < 0 || n.pool >= len(flow.pools) {
				t.Fatalf("node %q is there twice, or in no pool", n.key)
			}
			keys[n.key] = true
		}
		for _, e := range flow.edges {
			if e.from < 0 || e.from >= len(flow.nodes) || e.to < 0 || e.to >= len(flow.nodes) || flow.nodes[e.from].pool != flow.nodes[e.to].pool {
				t.Fatalf("edge %v", e)
			}
		}
		again, _ := bpmnRead(file, Options{})
		if bpmnPrint(flow, found) != bpmnPrint(again, found) {
			t.Fatal("a second reading is another")
		}
	})
}

func BenchmarkBPMN(b *testing.B) {
	folder := bpmnCorpus(b)
	var files []*source.File
	size := 0
	for _, pattern := range []string{"miwg/*.bpmn", "bpmnlint-docs/rules/examples/*.bpmn"} {
		paths, _ := filepath.Glob(filepath.Join(folder, pattern))
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			files = append(files, source.New(path, text))
			size += len(text)
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, file := range files {
			bpmnRead(file, Options{})
		}
	}
}

// Modelling programs of other platforms save in the encoding that they declare.
func TestBPMNEncodings(t *testing.T) {
	const head, tail = `<?xml version="1.0" encoding="`, `"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">
<startEvent id="s"/><task id="t" name="دفع"/><endEvent id="e"/>
<sequenceFlow id="f" sourceRef="s" targetRef="t"/><sequenceFlow id="g" sourceRef="t" targetRef="e"/></process></definitions>`
	wide := utf16.Encode([]rune(head + "UTF-16" + tail))
	little, big := []byte{0xff, 0xfe}, []byte{0xfe, 0xff}
	for _, unit := range wide {
		little, big = append(little, byte(unit), byte(unit>>8)), append(big, byte(unit>>8), byte(unit))
	}
	for name, data := range map[string][]byte{
		"UTF-8": []byte(head + "UTF-8" + tail), "UTF-8 with a mark": []byte("\xef\xbb\xbf" + head + "UTF-8" + tail),
		"UTF-16LE": little, "UTF-16BE": big, "UTF-16LE without a mark": little[2:], "UTF-16BE without a mark": big[2:],
		"Windows-1256": []byte(strings.Replace(head+"windows-1256"+tail, "دفع", "\xcf\xdd\xda", 1)),
	} {
		format, ok := Detect("x.xml", data)
		if !ok || format.Name != "bpmn" {
			t.Errorf("%s: not known as a model", name)
			continue
		}
		text, _ := format.Decode(data)
		doc, findings := format.Import(source.New("x.xml", text), Options{})
		if doc != nil && doc.Basis != "Every way passes the one step of the basic path." {
			t.Errorf("%s: %s", name, doc.Basis)
		}
		if doc == nil || len(doc.Touchpoints) != 1 || doc.Touchpoints[0].ID.Value != "دفع" {
			t.Errorf("%s: %v", name, findings)
		}
	}
}

// What the reader tells of a broken way is the whole defect: neither the step
// that it should lead away from nor the one that it should lead to is told of
// once more.
func TestBPMNBrokenWaysAreToldOnce(t *testing.T) {
	const head = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">
<startEvent id="s"/><task id="a" name="Apply"/><task id="b" name="Pay"/><endEvent id="e"/>
<sequenceFlow id="sa" sourceRef="s" targetRef="a"/><sequenceFlow id="be" sourceRef="b" targetRef="e"/>`
	const ok = `<sequenceFlow id="ab" sourceRef="a" targetRef="b"/>`
	for name, test := range map[string]struct{ text, want string }{
		"a way to nothing":   {ok + `<task id="c"/><sequenceFlow id="bc" sourceRef="b" targetRef="c"/><sequenceFlow id="x" sourceRef="c" targetRef="no"/>`, "dangling-target"},
		"a way from nothing": {ok + `<task id="c"/><sequenceFlow id="x" sourceRef="no" targetRef="c"/><sequenceFlow id="ce" sourceRef="c" targetRef="e"/>`, "dangling-target"},
		"a link from nothing": {ok + `<intermediateCatchEvent id="l" name="L"><linkEventDefinition name="L"/></intermediateCatchEvent><sequenceFlow id="x" sourceRef="l" targetRef="b"/>`,
			"unclear-flow"},
		"a gateway that waits for itself": {`<parallelGateway id="g"/><sequenceFlow id="ag" sourceRef="a" targetRef="g"/><sequenceFlow id="gb" sourceRef="g" targetRef="b"/>` +
			`<task id="c"/><sequenceFlow id="gc" sourceRef="g" targetRef="c"/><sequenceFlow id="cg" sourceRef="c" targetRef="g"/>`, "deadlock"},
		"a step that nothing leads to": {ok + `<task id="c"/><sequenceFlow id="ce" sourceRef="c" targetRef="e"/>`, "unreachable-step"},
	} {
		_, findings := bpmn.Import(source.New("x.bpmn", []byte(head+test.text+"</process></definitions>")), Options{})
		var got []string
		for _, f := range findings {
			switch {
			case f.Rule == lossyImport:
			case strings.Contains(f.Message, "without a condition"):
			default:
				got = append(got, f.Rule)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %v, want %s", name, got, test.want)
		}
	}
}

// Thousands of ways that cross each other are read in a few seconds, however
// they run.
func TestBPMNTangleIsQuick(t *testing.T) {
	const n = 3000 / slower
	var b strings.Builder
	b.WriteString(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/><endEvent id="e"/><sequenceFlow sourceRef="s" targetRef="g0"/>`)
	for i := range n {
		fmt.Fprintf(&b, `<exclusiveGateway id="g%d"/><task id="t%d"/><sequenceFlow sourceRef="g%d" targetRef="t%d"/><sequenceFlow sourceRef="g%d" targetRef="g%d"/>`, i, i, i, i, i, i*7919%n)
		to := fmt.Sprint("g", i+1)
		if i == n-1 {
			to = "e"
		}
		fmt.Fprintf(&b, `<sequenceFlow sourceRef="t%d" targetRef="%s"/>`, i, to)
	}
	b.WriteString(`</process></definitions>`)
	before := time.Now()
	doc, findings := bpmn.Import(source.New("x.bpmn", []byte(b.String())), Options{})
	if doc == nil || len(doc.Touchpoints) != n {
		t.Fatalf("not all steps are there: %d findings", len(findings))
	}
	if took := time.Since(before); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}
