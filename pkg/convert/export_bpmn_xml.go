package convert

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// write writes the process and its diagram.
func (p *exportProcess) write(out *bytes.Buffer) {
	w := exportXML{Buffer: out}
	out.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	w.open("bpmn:definitions",
		"xmlns:bpmn", "http://www.omg.org/spec/BPMN/20100524/MODEL",
		"xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI",
		"xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC",
		"xmlns:di", "http://www.omg.org/spec/DD/20100524/DI",
		"id", "Definitions", "targetNamespace", "https://github.com/customer-corridor/corridor", "exporter", "corridor")
	for _, e := range p.errors {
		w.empty("bpmn:error", "id", e.id, "name", e.name)
	}
	w.open("bpmn:collaboration", "id", "Collaboration")
	w.empty("bpmn:participant", "id", "Pool", "name", p.line(p.journey.Document.Title), "processRef", "Process")
	w.shut()
	p.writeProcess(&w)
	p.writeDiagram(&w)
	w.shut()
}

func (p *exportProcess) writeProcess(w *exportXML) {
	w.open("bpmn:process", "id", "Process", "isExecutable", "false")
	w.document(p.journey.Document.Description.In(p.language))
	if p.banded() {
		p.writeLanes(w)
	}
	for _, n := range p.nodes {
		p.writeNode(w, n)
	}
	for _, f := range p.flows {
		attributes := []string{"id", f.id, "name", f.name, "sourceRef", p.nodes[f.from].id, "targetRef", p.nodes[f.to].id}
		if f.doc == "" {
			w.empty("bpmn:sequenceFlow", attributes...)
			continue
		}
		w.open("bpmn:sequenceFlow", attributes...)
		w.document(f.doc)
		w.shut()
	}
	w.shut()
}

func (p *exportProcess) writeLanes(w *exportXML) {
	members := make([][]string, len(p.lanes))
	for _, n := range p.nodes {
		members[n.lane] = append(members[n.lane], n.id)
	}
	w.open("bpmn:laneSet", "id", "Lanes")
	for i, l := range p.lanes {
		w.open("bpmn:lane", "id", l.id, "name", l.name)
		for _, id := range members[i] {
			w.text("bpmn:flowNodeRef", id)
		}
		w.shut()
	}
	w.shut()
}

var exportElements = [...]string{
	exportStart: "bpmn:startEvent", exportEnd: "bpmn:endEvent", exportLost: "bpmn:endEvent",
	exportTaskPlain: "bpmn:task", exportTaskUser: "bpmn:userTask", exportTaskManual: "bpmn:manualTask",
	exportGateway: "bpmn:exclusiveGateway", exportBoundary: "bpmn:boundaryEvent",
}

func (p *exportProcess) writeNode(w *exportXML, n exportNode) {
	attributes := []string{"id", n.id, "name", n.name}
	if n.host >= 0 {
		attributes = append(attributes, "attachedToRef", p.nodes[n.host].id)
	}
	w.open(exportElements[n.kind], attributes...)
	w.document(n.doc)
	for _, f := range n.in {
		w.text("bpmn:incoming", p.flows[f].id)
	}
	for _, f := range n.out {
		w.text("bpmn:outgoing", p.flows[f].id)
	}
	if n.exception >= 0 {
		w.empty("bpmn:errorEventDefinition", "id", n.id+"_error", "errorRef", p.errors[n.exception].id)
	}
	w.shut()
}

func (p *exportProcess) writeDiagram(w *exportXML) {
	w.open("bpmndi:BPMNDiagram", "id", "Diagram")
	w.open("bpmndi:BPMNPlane", "id", "Plane", "bpmnElement", "Collaboration")
	pool := exportBox{exportPoolX, exportPoolY, p.page.right - exportPoolX, p.page.bottom - exportPoolY}
	w.shape("Pool", pool, exportBox{}, "isHorizontal", "true")
	if p.banded() {
		for _, l := range p.lanes {
			w.shape(l.id, exportBox{pool.x + exportBandWidth, l.top, pool.w - exportBandWidth, l.high}, exportBox{}, "isHorizontal", "true")
		}
	}
	for _, n := range p.nodes {
		var more []string
		if n.kind == exportGateway {
			more = []string{"isMarkerVisible", "true"}
		}
		w.shape(n.id, exportBox{n.x, n.y, n.w, n.h}, n.label, more...)
	}
	for _, f := range p.flows {
		w.open("bpmndi:BPMNEdge", "id", f.id+"_di", "bpmnElement", f.id)
		for _, at := range f.points {
			w.empty("di:waypoint", "x", fmt.Sprint(at.x), "y", fmt.Sprint(at.y))
		}
		w.label(f.words)
		w.shut()
	}
	w.shut()
	w.shut()
}

// exportXML writes elements, each on lines of its own.
type exportXML struct {
	*bytes.Buffer
	within []string
}

func (w *exportXML) tag(name string, attributes []string, end string) {
	w.WriteString(strings.Repeat("  ", len(w.within)) + "<" + name)
	for i := 0; i < len(attributes); i += 2 {
		if attributes[i+1] != "" {
			w.WriteString(" " + attributes[i] + `="` + exportEscaped(attributes[i+1]) + `"`)
		}
	}
	w.WriteString(end)
}

// open begins an element with pairs of attributes; empty ones are left out.
func (w *exportXML) open(name string, attributes ...string) {
	w.tag(name, attributes, ">\n")
	w.within = append(w.within, name)
}

func (w *exportXML) shut() {
	last := len(w.within) - 1
	name := w.within[last]
	w.within = w.within[:last]
	w.WriteString(strings.Repeat("  ", last) + "</" + name + ">\n")
}

func (w *exportXML) empty(name string, attributes ...string) { w.tag(name, attributes, " />\n") }

func (w *exportXML) text(name, text string) {
	w.tag(name, nil, ">"+exportEscaped(text)+"</"+name+">\n")
}

func (w *exportXML) document(text string) {
	if text = strings.TrimSpace(text); text != "" {
		w.text("bpmn:documentation", text)
	}
}

func (w *exportXML) shape(id string, at, label exportBox, more ...string) {
	w.open("bpmndi:BPMNShape", append([]string{"id", id + "_di", "bpmnElement", id}, more...)...)
	w.bounds(at)
	w.label(label)
	w.shut()
}

func (w *exportXML) bounds(b exportBox) {
	w.empty("dc:Bounds", "x", fmt.Sprint(b.x), "y", fmt.Sprint(b.y), "width", fmt.Sprint(b.w), "height", fmt.Sprint(b.h))
}

// label says where words are; there are none in an empty box.
func (w *exportXML) label(b exportBox) {
	if b.h == 0 {
		return
	}
	w.open("bpmndi:BPMNLabel")
	w.bounds(b)
	w.shut()
}

// exportEscaped writes a text so that nothing in it is markup. What XML cannot
// hold becomes the character for that.
func exportEscaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes all
	return b.String()
}
