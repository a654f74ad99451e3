package convert

import (
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// defra reads journey maps as DEFRA's services have them (hapi-govuk-journey-map
// and what came after it): pages by their id, each with the page that follows,
// or a query and the page that follows each answer to it.
var defra = Format{
	Name: "defra-journey", Title: "DEFRA journey (YAML)", Endings: []string{".yml", ".yaml"},
	detect: func(_ string, data []byte) bool { return defraIs(data) },
	read:   defraRead,
}

// defraMap is a journey map while it is read.
type defraMap struct {
	*flow
	pages   []*defraPage
	ids     map[string]*defraPage
	modules map[string]*defraPage // the first page whose id begins with a module's
	queries []source.Spanned[string]
	known   map[string]bool // the queries that are in queries, the settings in settings
	// settings are the keys of pages that are not carried.
	settings []source.Spanned[string]
	// adjacent says that a page without a next one leads to the one that
	// stands after it in the file, as in maps of modules and routes.
	adjacent bool
	compared int
}

// defraPage is a page of a map.
type defraPage struct {
	id    source.Spanned[string]
	value *syntax.Value
	name  source.Spanned[string]
	node  int
	// called is the id as findings have it, subject names the page in them.
	called, subject string
}

func defraRead(file *source.File, _ Options) (*flow, []finding.Finding) {
	root, findings := syntax.Values(file)
	if root == nil {
		return nil, findings
	}
	d := &defraMap{flow: newFlow(file), ids: map[string]*defraPage{}, modules: map[string]*defraPage{}, known: map[string]bool{}}
	d.doc.Title = xgovFileTitle(file)
	for _, f := range root.Fields {
		d.readPage(f)
	}
	if len(d.pages) == 0 {
		return nil, append(append(findings, d.findings...), finding.Finding{
			Rule: "invalid-file", Span: root.Span, Unchecked: true,
			Message: "the map has no pages, so nobody can walk through it", Help: "Write each page by its id, with a `path` and the `next` page.",
		})
	}
	d.adjacent = d.leadsOn()
	d.readStart()
	sent := d.submits()
	for i, p := range d.pages {
		d.readNext(i, p, sent)
	}
	d.readRest()
	return d.flow, findings
}

// readPage reads an entry of the map as a step.
func (d *defraMap) readPage(f syntax.Field) {
	v, key := f.Value, f.Key
	if v.Kind != syntax.Map || v.Get("path") == nil && v.Get("next") == nil {
		d.lose(key.Span, "nodes."+xgovShort(key.Value), finding.Quote(key.Value)+" has neither a `path` nor a `next` page, so it is left out", "Give it a `path`, if customers are to get there.")
		return
	}
	if d.ids[key.Value] != nil {
		d.lose(key.Span, "nodes."+xgovShort(key.Value), finding.Quote(key.Value)+" stands twice in the map; the second is left out", "Give it an id of its own.")
		return
	}
	p := &defraPage{id: key, value: v, called: finding.Quote(key.Value), subject: "nodes." + xgovShort(key.Value)}
	d.readTitle(p)
	n := node{key: key.Value, span: source.Span{File: d.file, Start: key.Span.Start, End: max(key.Span.End, v.Span.End)}, name: p.name}
	n.touchpoint.Span = n.span
	n.touchpoint.Channel = model.Name{Value: "web", Span: key.Span}
	p.node = d.node(n)
	d.pages = append(d.pages, p)
	d.ids[key.Value] = p
	for i, c := range key.Value {
		if module := key.Value[:i]; c == '-' && d.modules[module] == nil && i < 100 {
			d.modules[module] = p
		}
	}
	d.readSettings(p)
}

// readTitle reads what a page is called. Where that depends on an answer, it
// is called as for the first one.
func (d *defraMap) readTitle(p *defraPage) {
	title := p.value.Get("title")
	if title == nil {
		p.name = source.Spanned[string]{Value: strings.NewReplacer("-", " ", "_", " ").Replace(p.id.Value), Span: p.id.Span}
		return
	}
	if p.name = title.Str(); title.Kind != syntax.Map {
		return
	}
	cases := title.Get("when")
	for i := range cases.Len() {
		if p.name = cases.Fields[i].Value.Str(); p.name.Value != "" {
			break
		}
	}
	if p.name.Value == "" {
		p.name = p.id
	}
	d.lose(title.Span, p.subject+".title", "what "+p.called+" is called depends on "+finding.Quote(title.Get("query").Str().Value)+"; it is carried as "+finding.Quote(p.name.Value), "")
}

// leadsOn reports whether pages follow each other as they stand in the file:
// hapi-govuk-journey-map says so of its maps, whose pages name a route or a
// module. Later maps name handlers, and write every way.
func (d *defraMap) leadsOn() bool {
	routes := false
	for _, p := range d.pages {
		if p.value.Get("handlers") != nil {
			return false
		}
		routes = routes || p.value.Get("route") != nil || p.value.Get("module") != nil
	}
	return routes
}

// readStart joins the start to the page of the path `/`, else to the first.
func (d *defraMap) readStart() {
	first := d.pages[0]
	for _, p := range d.pages {
		if p.value.Get("path").Str().Value == "/" {
			first = p
			break
		}
	}
	begin := d.node(node{kind: start, key: "start of " + first.id.Value, span: first.id.Span})
	d.edge(edge{from: begin, to: first.node, span: first.id.Span})
}

// submits reports whether ends are told apart by what has been sent: some page
// without a next one is only for those who have.
func (d *defraMap) submits() bool {
	for _, p := range d.pages {
		if p.value.Get("next").Empty() && p.submitted() {
			return true
		}
	}
	return false
}

// submitted reports whether a page is only for customers who have sent what
// they were asked for.
func (p *defraPage) submitted() bool {
	for _, tag := range p.value.Get("tags").Each() {
		if tag.Text == "submitted" {
			return true
		}
	}
	return p.value.Get("tags").Str().Value == "submitted"
}

// defraWays are the ways that lead from a page, one to each page.
type defraWays struct {
	list []edge
	at   map[int]int // where the way to each node stands in list
}

func (w *defraWays) add(e edge) {
	i, double := w.at[e.to]
	if !double {
		w.at[e.to] = len(w.list)
		w.list = append(w.list, e)
		return
	}
	if label := &w.list[i].label; len(label.Value) < xgovLongest && e.label.Value != "" {
		label.Value += " / " + e.label.Value
	}
}

// readNext reads where a page leads.
func (d *defraMap) readNext(i int, p *defraPage, sent bool) {
	next := p.value.Get("next")
	switch {
	case !next.Empty():
		ways := defraWays{at: map[int]int{}}
		d.follow(p, next, source.Spanned[string]{}, &ways)
		for _, e := range ways.list {
			d.edge(e)
		}
	case d.adjacent && i+1 < len(d.pages):
		d.edge(edge{from: p.node, to: d.pages[i+1].node, span: d.pages[i+1].id.Span})
	default:
		d.edge(edge{from: p.node, to: d.finish(p, p.id, sent && !p.submitted()), span: p.id.Span})
	}
}

// finish returns a new end, at which a page ends.
func (d *defraMap) finish(p *defraPage, at source.Spanned[string], lost bool) int {
	key := "end " + strconv.Itoa(len(d.nodes)) + " of " + xgovShort(p.id.Value)
	return d.node(node{kind: end, key: key, name: p.name, span: at.Span, lost: lost})
}

// follow adds the ways that a next page stands for: one, or one for each
// answer to a query, which may ask further.
func (d *defraMap) follow(p *defraPage, next *syntax.Value, label source.Spanned[string], ways *defraWays) {
	if next.Kind != syntax.Map {
		if to, ok := d.target(p, next.Str()); ok {
			ways.add(edge{from: p.node, to: to, span: next.Span, label: label})
		}
		return
	}
	query := next.Get("query").Str()
	if query.Value != "" && !d.known["query "+query.Value] {
		d.known["query "+query.Value] = true
		d.queries = append(d.queries, query)
	}
	cases := next.Get("when")
	if cases.Len() == 0 {
		d.lose(next.Span, p.subject+".next", "the `next` of "+p.called+" names no page", "Write the id of a page, or a `query` and the page for each answer below `when`.")
		return
	}
	for i := range cases.Len() {
		f := cases.Fields[i]
		words := source.Spanned[string]{Value: xgovShort(query.Value) + ": " + xgovShort(f.Key.Value), Span: f.Key.Span}
		if label.Value != "" {
			words.Value = xgovShort(label.Value + ", " + words.Value)
		}
		d.follow(p, f.Value, words, ways)
	}
}

// target returns the page that an id names; false where there is none, which
// is told.
func (d *defraMap) target(p *defraPage, id source.Spanned[string]) (int, bool) {
	to := d.ids[id.Value]
	if to == nil && d.adjacent {
		if id.Value == "return" { // back to the map that names this one as a module
			return d.finish(p, id, false), true
		}
		to = d.modules[id.Value]
	}
	if to != nil {
		return to.node, true
	}
	if id.Value == "" {
		d.report("dangling-target", id.Span, p.subject+".next", "a way from "+p.called+" does not say where it leads", "Write the id of the page that follows.")
		return 0, false
	}
	d.report("dangling-target", id.Span, p.subject+".next."+xgovShort(id.Value), p.called+" leads to "+finding.Quote(id.Value)+", which is no page of the map",
		xgovMeant(d.nearest(id.Value), "Correct the id, or add the page."))
	return 0, false
}

// nearest returns the id that was meant by one that is none; "" where that is
// not plain.
func (d *defraMap) nearest(wanted string) string {
	if d.compared += len(d.pages); d.compared > finding.MaxCompared || len(wanted) > xgovLongest {
		return ""
	}
	var ids []string
	for _, p := range d.pages {
		if len(p.id.Value) <= xgovLongest {
			ids = append(ids, p.id.Value)
		}
	}
	return finding.Nearest(wanted, ids)
}

// readSettings notes what else a page says.
func (d *defraMap) readSettings(p *defraPage) {
	for _, f := range p.value.Fields {
		switch key := f.Key.Value; key {
		case "path", "title", "next", "module":
		default:
			if !d.known["setting "+key] {
				d.known["setting "+key] = true
				d.settings = append(d.settings, f.Key)
			}
		}
	}
	if module := p.value.Get("module").Str(); module.Value != "" {
		d.bound(module.Span, p.subject+".module", "the pages of the module "+finding.Quote(module.Value)+" stand in a file of their own; "+p.called+" is carried as one step",
			"Look at the file of the module by itself.")
	}
}

// readRest notes what holds for the map as a whole.
func (d *defraMap) readRest() {
	if len(d.queries) > 0 {
		d.bound(d.queries[0].Span, "queries", "which way is walked depends on "+xgovNames(d.queries)+", which the program answers: every way is taken to be free",
			"Where an answer leaves a customer no choice, say so with the `customers` of the path.")
	}
	if len(d.settings) > 0 {
		d.lose(d.settings[0].Span, "settings", "settings of the pages that say nothing of the customer's way are left out: "+xgovNames(d.settings), "")
	}
}
