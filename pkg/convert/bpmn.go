package convert

import (
	"bytes"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

var bpmn = Format{
	Name: "bpmn", Title: "BPMN 2.0 XML", Endings: bpmnEndings,
	detect: bpmnDetect, read: bpmnRead, decode: decodeXML,
}

var bpmnEndings = []string{".bpmn", ".bpmn2", ".bpmn20.xml"}

// bpmnSpaces are the namespaces of what is read: that of the standard, and
// that of its beta. An element in none is read too, as if its prefix had been
// declared.
var bpmnSpaces = []string{"http://www.omg.org/spec/BPMN/20100524/MODEL", "http://schema.omg.org/spec/BPMN/2.0", ""}

// bpmnHead is how much of a file is looked at to tell what it is. A licence
// may stand before the first element.
const bpmnHead = 64 << 10

// bpmnDetect knows a model by its outermost element. A file that is named like
// a model and has no other element outermost is one too, so that it is said
// what is wrong with it.
func bpmnDetect(name string, data []byte) bool {
	tag := bpmnOutermost(data[:min(len(data), 2<<10)]) // enough for nearly all
	if !strings.Contains(tag, "omg.org/spec/BPMN/") {
		tag = bpmnOutermost(data[:min(len(data), bpmnHead)])
	}
	element, attrs := tag, ""
	if i := strings.IndexAny(tag, " \t\r\n"); i >= 0 {
		element, attrs = tag[:i], tag[i:]
	}
	_, element = xmlName(element)
	switch {
	case element == "definitions" && strings.Contains(attrs, "omg.org/spec/BPMN/"):
		return true
	case tag == "" || element == "definitions" && !strings.Contains(attrs, "xmlns"):
		return bpmnNamed(name)
	}
	return false
}

// bpmnOutermost returns the first tag of a text that may be in UTF-16.
func bpmnOutermost(head []byte) string {
	if bytes.IndexByte(head, 0) >= 0 { // so that its letters stand beside each other
		head = bytes.ReplaceAll(head, []byte{0}, nil)
	}
	return bpmnFirstTag(string(head))
}

func bpmnNamed(name string) bool {
	name = strings.ToLower(name)
	for _, ending := range bpmnEndings {
		if strings.HasSuffix(name, ending) {
			return true
		}
	}
	return false
}

// bpmnFirstTag returns what stands between < and > of the first element; ""
// where there is none.
func bpmnFirstTag(text string) string {
	for {
		i := strings.IndexByte(text, '<')
		if i < 0 || i+1 == len(text) {
			return ""
		}
		text = text[i+1:]
		end := ">"
		switch {
		case strings.HasPrefix(text, "!--"):
			end = "-->"
		case text[0] == '?':
			end = "?>"
		case text[0] != '!':
			tag, _, _ := strings.Cut(text, ">")
			return strings.TrimSuffix(tag, "/")
		}
		if i = strings.Index(text, end); i < 0 {
			return ""
		}
		text = text[i+len(end):]
	}
}

// bpmnReader reads one model: first what there is (bpmn_xml.go), then what is
// unclear about it (bpmn_check.go), then the flow (bpmn_flow.go,
// bpmn_event.go), then who takes part (bpmn_pool.go).
type bpmnReader struct {
	flow    *flow
	options Options
	root    *xmlElement

	pools     []*bpmnPool // those with a process first; the number of each is its place
	partners  map[string]*bpmnPool
	journey   *bpmnPool
	items     map[string]*bpmnItem // by id
	order     []*bpmnItem          // as they stand in the file
	ways      map[string]*bpmnWay
	wayOrder  []*bpmnWay
	notes     []*xmlElement          // artifacts: annotations, groups, associations
	globals   map[string]*xmlElement // messages, errors, resources … by id
	known     map[string]bool        // every id of the file, once one was missed
	losses    []*bpmnLosses          // what a corridor cannot carry
	takenIDs  map[string]int         // how often an id was given
	keys      int                    // how many keys were made up
	tried     int                    // names compared with misspelt ones
	units     map[string]model.Name  // departments by what they are in the file
	unitIDs   ids
	data      map[string]bool // data objects and stores, by what they are called
	backstage map[string]bool // what others do at a step, once each
}

// bpmnRead reads a model into a flow.
func bpmnRead(file *source.File, options Options) (*flow, []finding.Finding) {
	root, findings := readXML(file, bpmnForeign)
	if root == nil {
		return nil, findings
	}
	r := &bpmnReader{
		flow: newFlow(file), options: options, root: root,
		partners: map[string]*bpmnPool{}, items: map[string]*bpmnItem{}, ways: map[string]*bpmnWay{},
		globals: map[string]*xmlElement{}, takenIDs: map[string]int{}, units: map[string]model.Name{}, unitIDs: ids{}, backstage: map[string]bool{}, data: map[string]bool{},
	}
	r.readPools()
	if !r.chooseJourney() {
		return nil, r.flow.findings
	}
	r.resolve()
	r.findCatchers()
	for _, p := range r.pools {
		p.scope.prepare()
		r.check(p.scope)
	}
	r.makeNodes()
	r.makeEdges()
	r.readMessages()
	r.describe()
	r.reportLosses()
	return r.flow, nil
}

// bpmnForeign reports whether an element is no part of the model itself, but
// of its picture or of other programs' settings.
func bpmnForeign(space, _ string) bool {
	for _, s := range bpmnSpaces {
		if s == space {
			return false
		}
	}
	return true
}
