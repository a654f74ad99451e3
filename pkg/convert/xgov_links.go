package convert

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// readStart joins the start to the first page.
func (x *xgovForm) readStart() {
	wanted := x.root.Get("startPage").Str()
	at := wanted.Span
	if at.IsZero() {
		at = x.place("")
	}
	begin := x.node(node{kind: start, key: x.key("start"), span: at})
	first := x.paths[wanted.Value]
	if first == nil {
		near := x.nearest(wanted.Value)
		if first = x.paths[near]; first == nil {
			first = x.firstPage()
		}
		x.noStart(wanted, at, first, near)
	}
	x.edge(edge{from: begin, to: first.node, span: at})
}

// noStart tells why a form begins at another page than it says.
func (x *xgovForm) noStart(wanted source.Spanned[string], at source.Span, first *xgovPage, near string) {
	taken := "it is taken to begin at " + finding.Quote(first.path.Value)
	switch {
	case wanted.Value == "":
		x.lose(at, "startPage", "the form does not say at which page it begins; "+taken, "Give it a `startPage`.")
	case strings.HasPrefix(wanted.Value, "http"):
		x.lose(at, "startPage", "the form begins on another site; "+taken, "")
	default:
		x.report("dangling-target", at, "startPage", "the form is to begin at "+finding.Quote(wanted.Value)+", which is no page of it; "+taken,
			xgovMeant(near, "Correct `startPage`, or add the page."))
	}
}

// firstPage returns the first page to which no other leads.
func (x *xgovForm) firstPage() *xgovPage {
	led := map[string]bool{}
	for _, p := range x.pages {
		if p.sends() {
			led[p.path.Value] = true
			continue
		}
		for _, link := range p.value.Get("next").Each() {
			led[link.Get("path").Str().Value] = true
		}
	}
	for _, p := range x.pages {
		if !led[p.path.Value] {
			return p
		}
	}
	return x.pages[0]
}

// nearest returns the path that was meant by one that is none; "" where that
// is not plain.
func (x *xgovForm) nearest(wanted string) string {
	if x.compared += len(x.pages); x.compared > finding.MaxCompared || len(wanted) > xgovLongest {
		return ""
	}
	var paths []string
	for _, p := range x.pages {
		if len(p.path.Value) <= xgovLongest {
			paths = append(paths, p.path.Value)
		}
	}
	return finding.Nearest(wanted, paths)
}

// xgovMeant is what helps with a name that is none.
func xgovMeant(near, help string) string {
	if near == "" {
		return help
	}
	return "Did you mean " + finding.Quote(near) + "?"
}

// readLinks joins the pages, and those at which the form is left to ends.
func (x *xgovForm) readLinks() {
	sent := slices.ContainsFunc(x.pages, (*xgovPage).concludes)
	var last []*xgovPage
	for _, p := range x.pages {
		links := p.value.Get("next").Each()
		x.readNext(p, links)
		switch {
		case p.sends() || len(links) == 0 && p.concludes():
			x.finish(p, false)
		case len(links) > 0:
		case !sent:
			x.finish(p, false)
			last = append(last, p)
		case !p.asks:
			x.finish(p, true)
		}
	}
	if len(last) > 1 {
		x.bound(last[0].value.Get("path").Span, "pages", fmt.Sprintf("the form is sent nowhere, and ends at %d pages; all of them are taken to satisfy the customer", len(last)),
			"Mark the page where the form is sent with the controller `SummaryPageController`; other ends are then taken to turn the customer away.")
	}
}

// finish joins a page to an end of its own.
func (x *xgovForm) finish(p *xgovPage, lost bool) {
	to := x.node(node{kind: end, key: x.key("end of " + p.key), name: p.name, span: p.path.Span, lost: lost})
	x.edge(edge{from: p.node, to: to, span: p.path.Span})
}

// xgovLink is a link of a page, or several that lead to the same one.
type xgovLink struct {
	edge
	always bool // it has no condition
}

// readNext reads the links of a page. The runner takes the first whose
// condition holds, else the last one without a condition; links to pages that
// are not there it passes over.
func (x *xgovForm) readNext(p *xgovPage, links []*syntax.Value) {
	ways := xgovWays{at: map[int]int{}}
	var always []source.Span
	for _, link := range links {
		condition := x.condition(p, link)
		at := link.Span
		to, ok := x.target(p, link)
		if condition.Value == "" && ok {
			always = append(always, at)
		}
		if !ok || p.sends() {
			continue
		}
		ways.add(xgovLink{edge{from: p.node, to: to, span: at, label: condition}, condition.Value == ""})
	}
	for _, w := range ways.list {
		x.edge(w.edge)
	}
	if p.sends() && len(links) > 0 {
		x.lose(links[0].Span, p.subject(), "the form is sent at "+p.called+", so what follows it is never shown; its links are left out", "Remove the `next` of this page.")
	} else if len(always) > 1 {
		x.bound(always[0], p.subject(), fmt.Sprintf("%s has %d links without a condition, of which the runner follows only the last; all are carried as ways", p.called, len(always)),
			"Give all but one of them a condition, or remove them.")
	}
}

// xgovWays are the ways that lead from a page.
type xgovWays struct {
	list []xgovLink
	at   map[int]int // where the way to each node stands in list
}

// add adds a link. Links to the same page are one way.
func (ways *xgovWays) add(link xgovLink) {
	i, double := ways.at[link.to]
	if !double {
		ways.at[link.to] = len(ways.list)
		ways.list = append(ways.list, link)
		return
	}
	w := &ways.list[i]
	if w.always = w.always || link.always; w.always {
		w.label = source.Spanned[string]{}
	} else if len(w.label.Value) < xgovLongest {
		w.label.Value += " / " + link.label.Value
	}
}

// target returns where a link leads; false where that is nowhere, which is
// told.
func (x *xgovForm) target(p *xgovPage, link *syntax.Value) (int, bool) {
	to := link.Get("path").Str()
	if link.Kind == syntax.String {
		to = link.Str()
	}
	if away := link.Get("redirect").Str(); away.Value != "" {
		if p.sends() {
			return p.node, true
		}
		return x.leave(p, away), true
	}
	if page := x.paths[to.Value]; page != nil {
		return page.node, true
	}
	at := to.Span
	if at.IsZero() {
		at = link.Span
	}
	if to.Value == "" {
		x.report("dangling-target", at, p.subject()+".next", "a link of "+p.called+" does not say where it leads", "Give it the `path` of the page that follows.")
	} else {
		x.report("dangling-target", at, p.subject()+".next."+xgovShort(to.Value), p.called+" leads to "+finding.Quote(to.Value)+", which is no page of the form",
			xgovMeant(x.nearest(to.Value), "Correct the `path`, or add the page."))
	}
	return 0, false
}

// leave returns the end at which a link leads to another site.
func (x *xgovForm) leave(p *xgovPage, to source.Spanned[string]) int {
	x.bound(to.Span, p.subject()+".redirect", p.called+" leads out of the form to "+finding.Quote(to.Value)+", where the customer is taken to be satisfied",
		"Look at what follows there.")
	return x.node(node{kind: end, key: x.key("end at " + to.Value), name: to, span: to.Span})
}

// condition returns when a link is followed, in words.
func (x *xgovForm) condition(p *xgovPage, link *syntax.Value) source.Spanned[string] {
	id := link.Get("condition").Str()
	if id.Value == "" {
		id = link.Get("if").Str() // forms of the first years
	}
	if id.Value == "" {
		return source.Spanned[string]{}
	}
	words, defined := x.conditions[id.Value]
	if !defined {
		x.bound(id.Span, p.subject()+".condition."+xgovShort(id.Value), "the condition "+finding.Quote(id.Value)+" is defined nowhere, so the runner never follows this link; it is carried as a way",
			"Define it below `conditions`, or correct its name.")
		return source.Spanned[string]{Value: id.Value, Span: id.Span}
	}
	if !x.known["condition "+id.Value] {
		x.known["condition "+id.Value] = true
		x.used = append(x.used, words)
	}
	return words
}
