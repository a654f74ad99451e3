package convert

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// document makes the corridor of a flow, with what it could not carry. It is
// nil where there is no step to walk.
//
// The basic path is the backbone: what every way passes, joined by the ways
// that are travelled most, where the file tells, else by the shortest. What
// may be passed over becomes an option, other ways become alternatives, ways
// back to an earlier step and ways that end badly become reactions to
// exceptions. So every way of the flow is a way of the corridor.
func (f *flow) document() (*model.Document, []finding.Finding) {
	told := len(f.findings)
	s := f.sequence()
	s.begin()
	s.tellEnds()
	s.limitCustomers()
	var l *layout
	for round := range 3 { // the first ones put steps in where paths need them to hang on
		findings, bounds := len(s.findings), len(s.doc.Bounds)
		if l = s.layOut(); l == nil {
			break
		}
		if l.write(); len(l.needs) == 0 || round == 2 {
			break
		}
		s.findings, s.doc.Bounds = s.findings[:findings], s.doc.Bounds[:bounds]
		l.insert()
	}
	if l == nil {
		s.findings = finding.Append(s.findings, finding.Finding{Rule: "invalid-file", Span: source.Span{File: f.file}, Unchecked: true,
			Message: "there is no step that a customer could walk", Help: "Draw or write at least one step between a start and an end."})
		return nil, s.findings[told:]
	}
	if s.doc.Title.Empty() {
		s.doc.Title.Plain = titleOf(f.file)
	}
	return s.doc, s.findings[told:]
}

// titleOf makes a title of the name of a file.
func titleOf(file *source.File) string {
	name := path.Base(file.Name)
	name = strings.TrimSuffix(name, path.Ext(name))
	return strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(name))
}

// tellEnds says that ends of different names are all taken for satisfaction:
// that a customer gave up is an end too, and no format but the name tells it.
func (f *flow) tellEnds() {
	var names []string
	var at source.Span
	for _, n := range f.nodes {
		if n.pool != f.journey || n.kind != end || n.lost || n.name.Value == "" {
			continue
		}
		if name := finding.Quote(n.name.Value); !slices.Contains(names, name) {
			names, at = append(names, name), n.span
		}
	}
	if len(names) > 1 {
		f.bound(at, "ends", "the ends "+linesList(names)+" are all taken for satisfaction",
			"Where one of them is for customers who gave up or were turned away, let it end with an error or a cancellation, or import the file and take its way out.")
	}
}

// mostCustomers is how many customers are imported; each is looked at by itself.
const mostCustomers = 500

// limitCustomers leaves out those beyond what is imported.
func (f *flow) limitCustomers() {
	all := f.doc.Customers
	if len(all) <= mostCustomers {
		return
	}
	f.bound(all[mostCustomers].ID.Span, "customers", fmt.Sprintf("the file names %d customers; those after the first %d are not imported", len(all), mostCustomers),
		"Group customers who can and lack the same.")
	f.doc.Customers = all[:mostCustomers]
}

// begin gives the journey a start where the file has none: before what no way
// leads to, else before the first step.
func (f *flow) begin() {
	entered := make([]bool, len(f.nodes))
	for _, e := range f.edges {
		entered[e.to] = true
	}
	var first []int
	for i, n := range f.nodes {
		if n.pool != f.journey {
			continue
		}
		if n.kind == start {
			return
		}
		if !entered[i] && n.kind == step {
			first = append(first, i)
		}
	}
	if len(first) == 0 {
		for i, n := range f.nodes {
			if n.pool == f.journey && n.kind == step {
				first = append(first, i)
				break
			}
		}
	}
	s := f.node(node{kind: start, pool: f.journey})
	for _, i := range first {
		f.edge(edge{from: s, to: i, span: f.nodes[i].span})
	}
}

// layOut finds the paths of a flow, if need be after giving it an end.
func (f *flow) layOut() *layout {
	for range 4 {
		if w := decompose(newNet(f)); w != nil {
			return newLayout(f, w)
		}
		if !f.finish() {
			return nil
		}
	}
	return nil
}

// finish gives an end to a journey that cannot reach one, so that what there
// is can still be looked at: where customers are turned away, else where ways
// stop, else after the last step.
func (f *flow) finish() bool {
	rank := f.ranks()
	e := f.node(node{kind: end, pool: f.journey})
	left := make([]bool, len(f.nodes))
	for _, e := range f.edges {
		left[e.from] = true
	}
	last, found := -1, false
	for i := range f.nodes[:e] {
		n := &f.nodes[i]
		if n.pool != f.journey || n.kind == start || rank[i] >= len(rank) {
			continue // nobody comes there
		}
		switch {
		case n.kind == end && n.lost:
			n.lost, found = false, true
		case n.kind == step && !left[i]:
			f.edge(edge{from: i, to: e, span: n.span})
			found = true
		case n.kind == step:
			last = i
		}
	}
	if !found && last < 0 {
		return false
	}
	if !found {
		f.edge(edge{from: last, to: e, span: f.nodes[last].span})
	}
	f.bound(source.Span{File: f.file}, "paths", "no way leads from a start to an end that satisfies; the last steps that can be reached are taken for ends", "Draw the way to an end.")
	return true
}

// stepAt puts a step in front of the start, or behind the end, for paths to
// hang on that begin or end there in the middle of others.
func (f *flow) stepAt(kind nodeKind, words string) {
	var name source.Spanned[string]
	meet := f.node(node{kind: gateway, pool: f.journey})
	for i := range f.nodes[:meet] {
		n := &f.nodes[i]
		if n.pool != f.journey || n.kind != kind || n.lost {
			continue
		}
		if name.Value == "" {
			name = n.name
		}
		n.kind = gateway
		if kind == start {
			f.edge(edge{from: meet, to: i, span: n.span})
		} else {
			f.edge(edge{from: i, to: meet, span: n.span})
		}
	}
	if name.Value == "" {
		name.Value = words
	}
	s := f.node(node{kind: step, pool: f.journey, key: words, name: name, span: name.Span})
	bound := f.node(node{kind: kind, pool: f.journey})
	if kind == start {
		f.edge(edge{from: bound, to: s, span: name.Span})
		f.edge(edge{from: s, to: meet, span: name.Span})
		return
	}
	f.edge(edge{from: meet, to: s, span: name.Span})
	f.edge(edge{from: s, to: bound, span: name.Span})
}
