package convert

import (
	"fmt"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// ojfDeed is an entry of a blueprint: who or what, and what is done.
type ojfDeed struct {
	by, does source.Spanned[string]
	span     source.Span
}

// deeds returns the entries of a layer of a blueprint.
func (r *ojfReader) deeds(blueprint *syntax.Value, layer string) []ojfDeed {
	var all []ojfDeed
	entries := blueprint.Get(layer)
	list := entries.Each()
	if entries != nil && entries.Kind != syntax.List && entries.Kind != syntax.Null {
		list = []*syntax.Value{entries}
	}
	for _, v := range list {
		d := ojfDeed{span: v.Span, does: ojfWords(v)}
		if v.Kind == syntax.Map {
			d.by = ojfWords(ojfFirst(v, "actor", "system", "item", "by", "name"))
			d.does = ojfWords(ojfFirst(v, "action", "description", "type", "does"))
			r.rest("blueprint."+layer+".", v, "actor", "system", "item", "by", "name", "action", "description", "type", "does")
		}
		all = append(all, d)
	}
	return all
}

// blueprint reads who stands before and behind a step. The first one whom the
// customer meets owns it; systems are what the owner works with.
func (r *ojfReader) blueprint(c *ojfCell, t *model.Touchpoint) {
	b := c.Get("blueprint")
	r.evidence(r.deeds(b, "evidence"), t)
	for _, d := range r.deeds(b, "onstage") {
		if t.Owner.Value == "" && d.by.Value != "" {
			t.Owner = r.department(d.by)
			linesDescribe(&t.Description, d.does)
			continue
		}
		r.backstage(d, t)
	}
	for _, d := range r.deeds(b, "backstage") {
		r.backstage(d, t)
	}
	for _, d := range r.deeds(b, "support") {
		r.support(c, d, t)
	}
	r.rest("blueprint.", b, "evidence", "onstage", "backstage", "support")
}

// backstage adds what a department does behind a step, or, beside others, at
// it.
func (r *ojfReader) backstage(d ojfDeed, t *model.Touchpoint) {
	by := t.Owner
	if d.by.Value != "" {
		by = r.department(d.by)
	}
	if by.Value == "" {
		r.left.add("blueprint without an actor", d.span)
		return
	}
	t.Backstage = append(t.Backstage, model.Backstage{Span: d.span, By: by, Does: linesText(d.does)})
}

func (r *ojfReader) support(c *ojfCell, d ojfDeed, t *model.Touchpoint) {
	if t.Owner.Value == "" {
		r.lose(d.span, "nodes."+c.title.Value, fmt.Sprintf("the system %s works for %s, which nobody owns, and is not carried over", finding.Quote(d.by.Value), finding.Quote(c.title.Value)), "Name an actor under `onstage`.")
		return
	}
	does := d.does
	switch {
	case does.Value == "":
		does = d.by
	case d.by.Value != "":
		does.Value += " (" + d.by.Value + ")"
	}
	t.Backstage = append(t.Backstage, model.Backstage{Span: d.span, By: model.Name{Value: t.Owner.Value, Span: d.span}, Does: linesText(does)})
}

// evidence takes what the customer sees for the kind of a touchpoint, where all
// of it is of one kind and no channel says more.
func (r *ojfReader) evidence(seen []ojfDeed, t *model.Touchpoint) {
	kinds := map[string]string{"physical": "physical", "digital": "technological", "technological": "technological"}
	kind, mixed := source.Spanned[string]{}, false
	for _, d := range seen {
		r.left.add("evidence", d.span)
		k := kinds[strings.ToLower(d.does.Value)]
		mixed = mixed || k == "" || kind.Value != "" && kind.Value != k
		kind = source.Spanned[string]{Value: k, Span: d.does.Span}
	}
	if len(seen) > 0 && !mixed && t.Channel.Value == "" {
		t.Kind = kind
	}
}

// ways joins the steps: as the map's connections say, where it has some, else
// one after another.
func (r *ojfReader) ways(root *syntax.Value, at source.Span) {
	steps := r.nodesOf(step)
	from := r.node(node{kind: start, key: r.key("start", at), span: source.Span{File: at.File, Start: at.Start, End: at.Start}})
	to := r.node(node{kind: end, key: r.key("end", at), span: source.Span{File: at.File, Start: at.End, End: at.End}})
	before := len(r.edges)
	for _, list := range []string{"edges", "connections", "links"} {
		for _, v := range root.Get(list).Each() {
			r.connection(list, v)
		}
	}
	if len(r.edges) == before {
		for _, s := range steps {
			r.edge(edge{from: from, to: s, span: r.nodes[s].span})
			from = s
		}
		r.edge(edge{from: from, to: to, span: r.nodes[to].span})
		return
	}
	r.ends(steps, from, to)
}

func (r *ojfReader) nodesOf(kind nodeKind) []int {
	var all []int
	for i, n := range r.nodes {
		if n.kind == kind {
			all = append(all, i)
		}
	}
	return all
}

// connection adds the way that a connection is.
func (r *ojfReader) connection(list string, v *syntax.Value) {
	from, known := r.place(list, ojfFirst(v, "from", "source", "sourceId", "fromNodeId", "fromId"))
	to, too := r.place(list, ojfFirst(v, "to", "target", "targetId", "toNodeId", "toId"))
	if known && too {
		r.edge(edge{from: from, to: to, span: v.Span, label: ojfWords(ojfFirst(v, "label", "title", "condition"))})
	}
	r.rest(list+".", v, "id", "from", "source", "sourceId", "fromNodeId", "fromId", "to", "target", "targetId", "toNodeId", "toId", "label", "title", "condition")
}

// place returns the step that a connection names.
func (r *ojfReader) place(list string, v *syntax.Value) (int, bool) {
	id := v.Str()
	at, known := r.number[id.Value]
	switch {
	case known || id.Value == "":
	case r.known[id.Value]:
		r.lose(id.Span, list, fmt.Sprintf("a connection leads to or from %s, which is no step; it is not carried over", finding.Quote(id.Value)), "")
	default:
		r.report("dangling-target", id.Span, list+"."+id.Value, fmt.Sprintf("a connection names the node %s, which is not there", finding.Quote(id.Value)), "Write the `id` of a node, or take the connection out.")
	}
	return at, known
}

// ends joins the start to the steps that no connection leads to, and those that
// none leads away from to the end. Where all are led to, the first one is where
// customers begin.
func (r *ojfReader) ends(steps []int, from, to int) {
	in, out := map[int]bool{}, map[int]bool{}
	for _, e := range r.edges {
		if e.from != e.to {
			in[e.to], out[e.from] = true, true
		}
	}
	begun := false
	for _, s := range steps {
		if !in[s] {
			r.edge(edge{from: from, to: s, span: r.nodes[s].span})
			begun = true
		}
	}
	if !begun {
		r.edge(edge{from: from, to: steps[0], span: r.nodes[steps[0]].span})
	}
	for _, s := range steps {
		if !out[s] {
			r.edge(edge{from: s, to: to, span: r.nodes[s].span})
		}
	}
}

// tell notes what goes for the whole map.
func (r *ojfReader) tell() {
	if !r.rated.IsZero() {
		r.lose(r.rated, "score", "the scores from -5 to 5 are put on the scale from 1 to 5: -5 is 1, 0 is 3, 5 is 5", "Correct `experience` where the map was scored on another scale.")
	}
	if len(r.walked) > 1 {
		var names []string
		var at source.Span
		for _, lane := range r.walked {
			names = append(names, finding.Quote(lane))
		}
		for _, c := range r.cells {
			if at = c.Span; c.step {
				break
			}
		}
		r.lose(at, "swimlanes", fmt.Sprintf("which swimlane a step stands in is not carried over (%s): the steps of a stage follow each other as they stand in the file", linesList(names)), "Change their order where customers walk another way.")
	}
	r.left.tell(r.flow, linesKeys)
}
