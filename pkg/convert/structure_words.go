package convert

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// stop is a node on a way, with the edge by which the way comes; -1: none.
type stop struct{ node, edge int32 }

// mostStops is how many steps of a way are shown: the first and the last ones.
const mostStops = 40

// at returns the place of a node: its name, where it has one.
func (s *structure) at(n int32) source.Span {
	if node := s.nodes[n]; node.name.Given() {
		return node.name.Span
	}
	return s.nodes[n].span
}

// named returns what people call a node, or where it stands.
func (s *structure) named(n int32) string {
	node := s.nodes[n]
	switch {
	case node.name.Value != "":
		return finding.Quote(node.name.Value)
	case node.kind == start:
		return "the start" + s.beside(n)
	case node.kind == end:
		return "the end" + s.beside(n)
	case node.kind == gateway && len(s.g.In(n)) > 1:
		return "the place where ways meet" + s.beside(n)
	case node.kind == gateway:
		return "the place where ways part" + s.beside(n)
	}
	return finding.Quote(node.key)
}

// parting names the ways on from a node.
func (s *structure) parting(n int32) string {
	if where, ok := strings.CutPrefix(s.named(n), "the place where ways part "); ok {
		return "the ways that part " + where
	}
	return "the ways that part at " + s.named(n)
}

// beside tells where a node without a name stands: after or before which one
// with a name.
func (s *structure) beside(n int32) string {
	if around := s.neighbour(n, s.g.Out, s.g.To); around >= 0 && len(s.g.In(n)) != 1 {
		return " before " + finding.Quote(s.nodes[around].name.Value)
	}
	if around := s.neighbour(n, s.g.In, s.g.From); around >= 0 {
		return " after " + finding.Quote(s.nodes[around].name.Value)
	}
	if around := s.neighbour(n, s.g.Out, s.g.To); around >= 0 {
		return " before " + finding.Quote(s.nodes[around].name.Value)
	}
	return " (" + finding.Quote(s.nodes[n].key) + ")"
}

// neighbour goes over nodes without a name to the first one with a name.
func (s *structure) neighbour(n int32, edges func(int32) []int32, end []int32) int32 {
	const most = 8
	for range most {
		list := edges(n)
		if len(list) == 0 {
			return -1
		}
		if n = end[list[0]]; s.nodes[n].name.Value != "" {
			return n
		}
	}
	return -1
}

// and tells how many steps there are beside the one that was named: ", nor to
// the 2 steps after it".
func (s *structure) and(nodes []int32, word string) string {
	n := 0
	for _, m := range nodes {
		if s.nodes[m].kind == step {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return word + " the step after it"
	}
	return fmt.Sprintf("%s the %d steps after it", word, n)
}

// follow returns the way to a node by the edges over which a walk came.
func (s *structure) follow(n int32, before []int32) []stop {
	var way []stop
	for {
		e := before[n]
		way = append(way, stop{n, e})
		if e < 0 {
			slices.Reverse(way)
			return way
		}
		n = s.g.From[e]
	}
}

// stopsTo is a shortest way from a start to a node.
func (s *structure) stopsTo(n int32) []stop { return s.follow(n, s.before) }

// wayTo tells a shortest way from a start to a node, step by step.
func (s *structure) wayTo(n int32) []finding.Related { return s.steps(s.stopsTo(n)) }

// steps tells a way step by step. Places where ways part or meet without a
// name are no steps. The middle of a long way is left out.
func (s *structure) steps(way []stop) []finding.Related {
	shown := slices.DeleteFunc(slices.Clone(way), func(at stop) bool {
		return s.nodes[at.node].kind == gateway && s.nodes[at.node].name.Value == "" && !s.labelled(at.edge)
	})
	related := make([]finding.Related, 0, min(len(shown), mostStops))
	for i, at := range shown {
		out := len(shown) - mostStops
		if out > 0 && i >= mostStops/2 && i < mostStops/2+out {
			continue
		}
		text := s.named(at.node)
		if s.labelled(at.edge) {
			text = finding.Quote(s.edges[at.edge].label.Value) + " leads to " + text
		}
		if out > 0 && i == mostStops/2+out {
			text = fmt.Sprintf("%d steps later: %s", out, text)
		}
		related = append(related, finding.Related{Span: s.at(at.node), Message: text, Step: len(related) + 1})
	}
	return related
}

func (s *structure) labelled(edge int32) bool {
	return edge >= 0 && s.edges[edge].label.Value != ""
}

// chain names the steps of a way in one line, the first ones of a long way.
func (s *structure) chain(way []stop) string {
	const most = 5
	var names []string
	for _, at := range way {
		if n := s.nodes[at.node]; n.kind != gateway || n.name.Value != "" {
			names = append(names, s.named(at.node))
		}
	}
	switch {
	case len(names) == 0:
		return s.named(way[0].node)
	case len(names) > most:
		names = append(names[:most-1], "…")
	}
	return strings.Join(names, " → ")
}

// list names some nodes, the last one after a word: "`a`, `b` and `c`".
func (s *structure) list(nodes []int32, word string) string {
	var names []string
	for _, n := range nodes {
		if name := s.named(n); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return join(names, word)
}

// join puts words into one line, the last one after a word of its own.
func join(names []string, word string) string {
	last := len(names) - 1
	if last <= 0 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " " + word + " " + names[last]
}
