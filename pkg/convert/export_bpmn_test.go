package convert_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/convert"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/internal/browser"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

var (
	exportCode = regexp.MustCompile(`#\d+;`)
	exportTask = regexp.MustCompile(`^[^#:;<>"%]+: [1-5](\.\d+)?(: [^#:;<>"%]+)?$`)
)

// bpmnFile is what the tests read of a file.
type bpmnFile struct {
	Errors  []bpmnElement `xml:"error"`
	Process struct {
		Elements []bpmnElement `xml:",any"`
		LaneSet  struct {
			Lanes []struct {
				ID      string   `xml:"id,attr"`
				Name    string   `xml:"name,attr"`
				Members []string `xml:"flowNodeRef"`
			} `xml:"lane"`
		} `xml:"laneSet"`
	} `xml:"process"`
	Plane struct {
		Shapes []struct {
			Element string   `xml:"bpmnElement,attr"`
			Bounds  bpmnBox  `xml:"Bounds"`
			Label   *bpmnBox `xml:"BPMNLabel>Bounds"`
		} `xml:"BPMNShape"`
		Edges []struct {
			Element string      `xml:"bpmnElement,attr"`
			Points  []bpmnPoint `xml:"waypoint"`
			Label   *bpmnBox    `xml:"BPMNLabel>Bounds"`
		} `xml:"BPMNEdge"`
	} `xml:"BPMNDiagram>BPMNPlane"`
}

type bpmnElement struct {
	XMLName  xml.Name
	ID       string   `xml:"id,attr"`
	Name     string   `xml:"name,attr"`
	Source   string   `xml:"sourceRef,attr"`
	Target   string   `xml:"targetRef,attr"`
	Host     string   `xml:"attachedToRef,attr"`
	Incoming []string `xml:"incoming"`
	Outgoing []string `xml:"outgoing"`
	Error    *struct {
		Ref string `xml:"errorRef,attr"`
	} `xml:"errorEventDefinition"`
}

type bpmnBox struct {
	X int `xml:"x,attr"`
	Y int `xml:"y,attr"`
	W int `xml:"width,attr"`
	H int `xml:"height,attr"`
}

type bpmnPoint struct {
	X int `xml:"x,attr"`
	Y int `xml:"y,attr"`
}

// meets reports whether two boxes have more than a side in common.
func (b bpmnBox) meets(o bpmnBox) bool {
	return b.X < o.X+o.W && o.X < b.X+b.W && b.Y < o.Y+o.H && o.Y < b.Y+b.H
}

func (b bpmnBox) holds(o bpmnBox) bool {
	return b.X <= o.X && b.Y <= o.Y && o.X+o.W <= b.X+b.W && o.Y+o.H <= b.Y+b.H
}

func (b bpmnBox) touches(p bpmnPoint) bool {
	return b.X <= p.X && p.X <= b.X+b.W && b.Y <= p.Y && p.Y <= b.Y+b.H
}

// bpmnOf is a file as the checks below look at it.
type bpmnOf struct {
	t     *testing.T
	what  string
	file  bpmnFile
	nodes map[string]bpmnElement
	flows map[string]bpmnElement
	boxes map[string]bpmnBox
}

// readBPMN reads a file and looks at its ids and references.
func readBPMN(t *testing.T, what string, data []byte) *bpmnOf {
	t.Helper()
	b := &bpmnOf{t: t, what: what, nodes: map[string]bpmnElement{}, flows: map[string]bpmnElement{}, boxes: map[string]bpmnBox{}}
	if err := xml.Unmarshal(data, &b.file); err != nil {
		t.Fatalf("%s: %v\n%s", what, err, data)
	}
	ids := bpmnIDs(t, what, data)
	for _, e := range b.file.Process.Elements {
		switch e.XMLName.Local {
		case "sequenceFlow":
			b.flows[e.ID] = e
		case "laneSet", "documentation":
		default:
			b.nodes[e.ID] = e
		}
	}
	for _, s := range b.file.Plane.Shapes {
		if _, twice := b.boxes[s.Element]; twice || !ids[s.Element] {
			t.Errorf("%s: the shape of %q is there twice, or of nothing", what, s.Element)
		}
		b.boxes[s.Element] = s.Bounds
	}
	return b
}

var bpmnID = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.-]*$`)

// bpmnIDs reads the file token by token and returns its ids, each of which is
// there once.
func bpmnIDs(t *testing.T, what string, data []byte) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return ids
		}
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			if a.Name.Local != "id" {
				continue
			}
			if ids[a.Value] || !bpmnID.MatchString(a.Value) {
				t.Errorf("%s: the id %q is there twice, or is none", what, a.Value)
			}
			ids[a.Value] = true
		}
	}
}

// checkReferences looks at what refers to what.
func (b *bpmnOf) checkReferences() {
	known := map[string]bool{}
	for _, e := range b.file.Errors {
		known[e.ID] = true
	}
	in, out := map[string][]string{}, map[string][]string{}
	for _, f := range b.file.Process.Elements {
		if f.XMLName.Local == "sequenceFlow" {
			out[f.Source], in[f.Target] = append(out[f.Source], f.ID), append(in[f.Target], f.ID)
		}
	}
	laned := map[string]int{}
	for _, l := range b.file.Process.LaneSet.Lanes {
		for _, id := range l.Members {
			laned[id]++
		}
	}
	for id, n := range b.nodes {
		slices.Sort(n.Incoming)
		slices.Sort(n.Outgoing)
		slices.Sort(in[id])
		slices.Sort(out[id])
		if !slices.Equal(n.Incoming, in[id]) || !slices.Equal(n.Outgoing, out[id]) {
			b.t.Errorf("%s: %s has the flows %v and %v, but %v and %v name it", b.what, id, n.Incoming, n.Outgoing, in[id], out[id])
		}
		if n.Error != nil && !known[n.Error.Ref] || n.Host != "" && b.nodes[n.Host].ID == "" {
			b.t.Errorf("%s: %s refers to nothing", b.what, id)
		}
		if laned[id] != 1 && len(b.file.Process.LaneSet.Lanes) > 0 {
			b.t.Errorf("%s: %s is in %d lanes", b.what, id, laned[id])
		}
		b.checkDegree(n)
	}
	for id, f := range b.flows {
		if b.nodes[f.Source].ID == "" || b.nodes[f.Target].ID == "" {
			b.t.Errorf("%s: the flow %s joins nothing", b.what, id)
		}
	}
}

// checkDegree lets ways part and meet at gateways only, and no gateway do both
// or neither.
func (b *bpmnOf) checkDegree(n bpmnElement) {
	in, out := len(n.Incoming), len(n.Outgoing)
	fine := in == 1 && out == 1
	switch n.XMLName.Local {
	case "startEvent", "boundaryEvent":
		fine = in == 0 && out == 1
	case "endEvent":
		fine = in == 1 && out == 0
	case "exclusiveGateway":
		fine = in == 1 && out > 1 || in > 1 && out == 1
	}
	if !fine {
		b.t.Errorf("%s: %d flows lead to the %s %s and %d away", b.what, in, n.XMLName.Local, n.ID, out)
	}
}

// checkLayout looks at bounds and waypoints.
func (b *bpmnOf) checkLayout() {
	pool := b.boxes["Pool"]
	var solid []string
	for id, n := range b.nodes {
		box, ok := b.boxes[id]
		if !ok || box.W <= 0 || box.H <= 0 || !pool.holds(box) {
			b.t.Errorf("%s: %s stands at %v", b.what, id, box)
		}
		if n.Host == "" {
			solid = append(solid, id)
		}
	}
	slices.Sort(solid)
	for i, one := range solid {
		for _, two := range solid[i+1:] {
			if b.boxes[one].meets(b.boxes[two]) {
				b.t.Errorf("%s: %s stands on %s", b.what, one, two)
			}
		}
	}
	b.checkLanes()
	b.checkEvents()
	b.checkLabels(solid)
	for _, e := range b.file.Plane.Edges {
		b.checkEdge(b.flows[e.Element], e.Points, solid)
	}
	b.checkApart()
	if len(b.file.Plane.Edges) != len(b.flows) {
		b.t.Errorf("%s: %d of %d flows are drawn", b.what, len(b.file.Plane.Edges), len(b.flows))
	}
}

// checkLanes wants lanes to lie under one another, each with its shapes in it.
func (b *bpmnOf) checkLanes() {
	pool := b.boxes["Pool"]
	y := pool.Y
	for _, l := range b.file.Process.LaneSet.Lanes {
		box := b.boxes[l.ID]
		if box.Y != y || !pool.holds(box) {
			b.t.Errorf("%s: the lane %s lies at %v, not at %d", b.what, l.ID, box, y)
		}
		y += box.H
		for _, id := range l.Members {
			if !box.holds(b.boxes[id]) {
				b.t.Errorf("%s: %s stands outside its lane %s", b.what, id, l.ID)
			}
		}
	}
	if len(b.file.Process.LaneSet.Lanes) > 0 && y != pool.Y+pool.H {
		b.t.Errorf("%s: the lanes end at %d, the pool at %d", b.what, y, pool.Y+pool.H)
	}
}

// checkEvents wants events on tasks to sit on the side of theirs, apart from
// each other.
func (b *bpmnOf) checkEvents() {
	on := map[string][]bpmnBox{}
	for id, n := range b.nodes {
		if n.Host == "" {
			continue
		}
		box, host := b.boxes[id], b.boxes[n.Host]
		if box.Y+box.H/2 != host.Y+host.H || box.X < host.X || box.X+box.W > host.X+host.W {
			b.t.Errorf("%s: %s does not sit on %s", b.what, id, n.Host)
		}
		for _, other := range on[n.Host] {
			if box.meets(other) {
				b.t.Errorf("%s: events sit on each other at %s", b.what, n.Host)
			}
		}
		on[n.Host] = append(on[n.Host], box)
	}
}

// checkLabels wants no words on shapes or on other words.
func (b *bpmnOf) checkLabels(solid []string) {
	var labels []bpmnBox
	for _, s := range b.file.Plane.Shapes {
		if s.Label != nil {
			labels = append(labels, *s.Label)
		}
	}
	for _, e := range b.file.Plane.Edges {
		if (e.Label != nil) != (b.flows[e.Element].Name != "") {
			b.t.Errorf("%s: the words of %s have no place, or a place has no words", b.what, e.Element)
		}
		if e.Label != nil {
			labels = append(labels, *e.Label)
		}
	}
	for i, l := range labels {
		for _, id := range solid {
			if l.meets(b.boxes[id]) {
				b.t.Errorf("%s: words at %v stand on %s", b.what, l, id)
			}
		}
		for _, other := range labels[i+1:] {
			if l.meets(other) {
				b.t.Errorf("%s: words at %v stand on words at %v", b.what, l, other)
			}
		}
	}
}

// checkEdge wants a flow to turn at right angles, to begin and end at its
// shapes, and to cross none.
func (b *bpmnOf) checkEdge(f bpmnElement, points []bpmnPoint, solid []string) {
	if len(points) < 2 || !b.boxes[f.Source].touches(points[0]) || !b.boxes[f.Target].touches(points[len(points)-1]) {
		b.t.Errorf("%s: %s runs %v from %v to %v", b.what, f.ID, points, b.boxes[f.Source], b.boxes[f.Target])
		return
	}
	for i, p := range points[1:] {
		last := points[i]
		if (p.X == last.X) == (p.Y == last.Y) {
			b.t.Errorf("%s: %s runs askew from %v to %v", b.what, f.ID, last, p)
		}
		line := bpmnBox{min(p.X, last.X), min(p.Y, last.Y), max(p.X, last.X) - min(p.X, last.X), max(p.Y, last.Y) - min(p.Y, last.Y)}
		for _, id := range solid {
			box := b.boxes[id]
			if line.X <= box.X+box.W-1 && box.X+1 <= line.X+line.W && line.Y <= box.Y+box.H-1 && box.Y+1 <= line.Y+line.H {
				b.t.Errorf("%s: %s crosses %s at %v", b.what, f.ID, id, line)
			}
		}
	}
}

// checkApart wants flows that have no shape in common to have no line in common:
// nobody could tell which leads where.
func (b *bpmnOf) checkApart() {
	type line struct {
		flow bpmnElement
		bpmnBox
	}
	var lines []line
	for _, e := range b.file.Plane.Edges {
		for i, p := range e.Points[1:] {
			last := e.Points[i]
			lines = append(lines, line{b.flows[e.Element], bpmnBox{min(p.X, last.X), min(p.Y, last.Y), max(p.X, last.X) - min(p.X, last.X), max(p.Y, last.Y) - min(p.Y, last.Y)}})
		}
	}
	along := func(a, from, b, to int) bool { return max(a, b) < min(a+from, b+to) }
	for i, a := range lines {
		for _, o := range lines[i+1:] {
			flat := a.H == 0 && o.H == 0 && a.Y == o.Y && along(a.X, a.W, o.X, o.W)
			steep := a.W == 0 && o.W == 0 && a.X == o.X && along(a.Y, a.H, o.Y, o.H)
			if (flat || steep) && a.flow.Source != o.flow.Source && a.flow.Target != o.flow.Target {
				b.t.Errorf("%s: %s and %s run on one line at %v", b.what, a.flow.ID, o.flow.ID, a.bpmnBox)
			}
		}
	}
}

// after returns the tasks and ends that can come next after a node, with those
// that the gateways between lead to.
func (b *bpmnOf) after(id string) []string {
	seen := map[string]bool{}
	var names []string
	var visit func(string)
	visit = func(id string) {
		for _, f := range b.nodes[id].Outgoing {
			to := b.nodes[b.flows[f].Target]
			switch {
			case seen[to.ID]:
			case to.XMLName.Local == "exclusiveGateway":
				seen[to.ID] = true
				visit(to.ID)
			default:
				seen[to.ID] = true
				names = append(names, to.ID)
			}
		}
	}
	visit(id)
	slices.Sort(names)
	return slices.Compact(names)
}

// checkWays compares what can follow each step in the process with what can
// follow it in the corridor: every step from the place that it leads to, and
// from those to which empty ways lead. Who has taken an option is only offered
// those after it.
func (b *bpmnOf) checkWays(g *corridor.Graph) {
	want := func(place, option int) []string {
		var all []string
		seen := map[int]bool{}
		var visit func(place, option int)
		visit = func(place, option int) {
			if option < 0 {
				if seen[place] {
					return
				}
				seen[place] = true
			}
			if place == g.Satisfied {
				all = append(all, "End")
			}
			for _, s := range g.Out(place) {
				step := g.Steps[s]
				p := g.Paths[step.Path]
				switch {
				case p.From == p.To && place == p.From && int(s) == p.First && (step.Path <= option || step.Touchpoint == nil):
				case step.Touchpoint == nil:
					visit(step.To, -1)
				default:
					all = append(all, "Step_"+strings.NewReplacer("/", ".", "#", ".").Replace(g.StepName(int(s))))
				}
			}
		}
		visit(place, option)
		slices.Sort(all)
		return slices.Compact(all)
	}
	if got, want := b.after("Start"), want(g.Start, -1); !slices.Equal(got, want) {
		b.t.Errorf("%s: the start leads to %v, not %v", b.what, got, want)
	}
	for i, s := range g.Steps {
		if s.Touchpoint == nil {
			continue
		}
		option := -1
		if p := g.Paths[s.Path]; p.From == p.To && i == p.First+p.Count-1 {
			option = s.Path
		}
		id := "Step_" + strings.NewReplacer("/", ".", "#", ".").Replace(g.StepName(i))
		if got, want := b.after(id), want(s.To, option); !slices.Equal(got, want) {
			b.t.Errorf("%s: %s leads to %v, not %v", b.what, id, got, want)
		}
	}
}

func TestBPMNOfExamples(t *testing.T) {
	for name, g := range exampleGraphs(t) {
		b := readBPMN(t, name, exportTo(t, "bpmn", g, ""))
		b.checkReferences()
		b.checkLayout()
		if len(b.flows) < len(g.Steps) {
			t.Errorf("%s: %d flows for %d steps", name, len(b.flows), len(g.Steps))
		}
	}
}

func TestBPMNOfRandomCorridors(t *testing.T) {
	for seed := range uint64(300) {
		text := randomCorridor(rand.New(rand.NewPCG(seed, 0)))
		g := exportedGraph(t, text)
		b := readBPMN(t, fmt.Sprint("seed ", seed), exportTo(t, "bpmn", g, ""))
		b.checkReferences()
		b.checkLayout()
		b.checkWays(g)
		if t.Failed() {
			t.Fatal(text)
		}
	}
}

// TestBPMNEscapes reads hostile words back as they were.
func TestBPMNEscapes(t *testing.T) {
	b := readBPMN(t, "hostile", exportTo(t, "bpmn", exportedGraph(t, exportHostile), ""))
	b.checkReferences()
	b.checkLayout()
	for id, want := range map[string]string{"Step_a": `=HYPERLINK("x")`, "Event_c_e": `<e>&"'`, "Start": "<n> & n"} {
		if got := b.nodes[id].Name; got != want {
			t.Errorf("%s is called %q", id, got)
		}
	}
	if got := b.file.Process.LaneSet.Lanes[0].Name; got != `<script>alert(1)</script> & "co"` {
		t.Errorf("the lane is called %q", got)
	}
}

// TestLargeBPMN holds a large corridor to seconds, and refuses one that nobody
// could read.
func TestLargeBPMN(t *testing.T) {
	large := func(steps int) *corridor.Graph {
		var b strings.Builder
		b.WriteString("corridor: 1\ntitle: Large\ntouchpoints: {a: web, b: visit}\npaths:\n  basic: [a, a, a, a]\n  alternative:\n")
		for i := range (steps - 4) / 2 {
			fmt.Fprintf(&b, "    p%d: {instead-of: [basic/a, basic/a#2, basic/a#3], steps: [b, b]}\n", i)
		}
		return exportedGraph(t, b.String())
	}
	begin := time.Now()
	data := exportTo(t, "bpmn", large(10_000), "")
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("10,000 steps took %v", took)
	}
	if !bytes.HasSuffix(data, []byte("</bpmn:definitions>\n")) {
		t.Error("the file is not whole")
	}
	var out bytes.Buffer
	for _, e := range convert.Exports {
		if e.Name != "bpmn" {
			continue
		}
		if err := e.Write(&out, large(10_002), convert.ExportOptions{}); err == nil || out.Len() > 0 || !strings.Contains(err.Error(), "10002 steps") {
			t.Errorf("too many steps: %v, %d bytes written", err, out.Len())
		}
	}
}

// TestBPMNOpensInAnEditor lets bpmn-js read each example, random corridors and,
// where they are, models of others that were imported, without a warning. CORRIDOR_BPMN_JS names its bpmn-viewer.production.min.js.
func TestBPMNOpensInAnEditor(t *testing.T) {
	name := os.Getenv("CORRIDOR_BPMN_JS")
	viewer, err := os.ReadFile(name)
	if err != nil {
		t.Skipf("CORRIDOR_BPMN_JS names no bpmn-viewer.production.min.js to open diagrams with: npm install bpmn-js has it in dist (%v)", err)
	}
	all := exampleGraphs(t)
	all["hostile"] = exportedGraph(t, exportHostile)
	for seed := range uint64(10) {
		all[fmt.Sprint("seed ", seed)] = exportedGraph(t, randomCorridor(rand.New(rand.NewPCG(seed, 0))))
	}
	for _, name := range corpusFiles("bpmn/miwg") {
		if data, err := os.ReadFile(name); err == nil {
			if doc := importedDoc(name, data); doc != nil {
				all[name] = loadedGraph(t, name, syntax.Print(doc, ""))
			}
		}
	}
	p := browser.Open(t, 1600, 900)
	p.Load([]byte(`<!doctype html><meta charset="utf-8"><div id="canvas" style="width: 1600px; height: 900px"></div>`), "")
	p.Eval(string(viewer)+"\nnull", nil)
	p.Eval(`window.viewer = new BpmnJS({container: "#canvas"}); null`, nil)
	for what, g := range all {
		text, err := json.Marshal(string(exportTo(t, "bpmn", g, "")))
		if err != nil {
			t.Fatal(err)
		}
		var told struct {
			Warnings []string
			Shapes   int
		}
		p.Eval(`viewer.importXML(`+string(text)+`).then((r) => ({Warnings: r.warnings.map((w) => w.message), Shapes: viewer.get("elementRegistry").filter((e) => !e.labelTarget && !e.waypoints).length}))`, &told)
		if len(told.Warnings) > 0 || told.Shapes <= len(g.Steps) {
			t.Errorf("%s: %d shapes for %d steps, and %q", what, told.Shapes, len(g.Steps), told.Warnings)
		}
	}
	if len(p.Said) > 0 {
		t.Errorf("bpmn-js says %s", p.Said)
	}
}
