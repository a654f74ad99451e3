package convert

import (
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/graph"
)

// structure finds what is wrong with a flow as a graph: steps that nothing
// leads to, ways that stop or go round for ever, and steps that wait for what
// cannot come.
//
// A pool in which one thing goes on at a time is a graph, and what is reached
// forward from its starts and backward from its ends says all of it. Where ways
// part and meet at once, and where pools wait for each other's messages, the
// game of tokens is played (structure_net.go, structure_game.go). What is found
// is told once, at its cause: what only follows from it gives no finding.
func (f *flow) structure() []finding.Finding {
	if len(f.nodes) == 0 {
		return nil
	}
	s := newStructure(f)
	s.findDeadEnds()
	s.findCircles()
	s.playAll()
	s.findUnreached()
	return s.findings
}

// structure is a flow as a graph, with what is known of it.
type structure struct {
	*flow
	g *graph.Digraph
	// sends and waits are the messages of each node.
	sends, waits [][]int32
	order        []int32 // the nodes that ways lead to from a start, the nearest first
	rank         []int   // of each node: its position in order; -1: no way leads to it
	before       []int32 // of each node: the edge that leads there from a start, see walk
	leads        []bool  // a way leads from it to an end
	dangling     []bool  // a way from it leads to what is not there, which is told already
	told         []bool  // it is the place of a finding
	mentioned    []bool  // a finding names it as what no way leads to
	findings     []finding.Finding
}

func newStructure(f *flow) *structure {
	from, to := make([]int32, len(f.edges)), make([]int32, len(f.edges))
	for i, e := range f.edges {
		from[i], to[i] = int32(e.from), int32(e.to)
	}
	n := len(f.nodes)
	s := &structure{
		flow: f, g: graph.NewDigraph(n, from, to),
		sends: make([][]int32, n), waits: make([][]int32, n),
		dangling: make([]bool, n), told: make([]bool, n), mentioned: make([]bool, n),
	}
	for i, m := range f.messages {
		s.sends[m.from] = append(s.sends[m.from], int32(i))
		s.waits[m.to] = append(s.waits[m.to], int32(i))
	}
	s.order, s.before = s.walk(s.all(start), s.anyEdge)
	s.rank = slices.Repeat([]int{-1}, n)
	for i, node := range s.order {
		s.rank[node] = i
	}
	s.leads = s.backward(s.all(end), -1)
	s.findDangling()
	return s
}

// all returns the nodes of a kind.
func (s *structure) all(kind nodeKind) (nodes []int32) {
	for i, n := range s.nodes {
		if n.kind == kind {
			nodes = append(nodes, int32(i))
		}
	}
	return nodes
}

func (s *structure) anyEdge(int32) bool { return true }

// reached reports whether a way leads to a node from a start.
func (s *structure) reached(n int32) bool { return s.rank[n] >= 0 }

// unmet is in the place of the edge by which a walk meets a node if it does
// not; -1 if it begins there.
const unmet = -2

// walk goes from some nodes over edges that are allowed, breadth first. It
// returns the nodes that it meets, and the edge by which it meets each.
func (s *structure) walk(from []int32, allowed func(edge int32) bool) (order, before []int32) {
	before = slices.Repeat([]int32{unmet}, len(s.nodes))
	meet := func(node, edge int32) {
		if before[node] == unmet {
			before[node] = edge
			order = append(order, node)
		}
	}
	for _, n := range from {
		meet(n, -1)
	}
	for i := 0; i < len(order); i++ {
		for _, e := range s.g.Out(order[i]) {
			if allowed(e) {
				meet(s.g.To[e], e)
			}
		}
	}
	return order, before
}

// backward tells which nodes have a way to one of some nodes, not through the
// one to avoid.
func (s *structure) backward(to []int32, avoid int32) []bool {
	seen := make([]bool, len(s.nodes))
	open := slices.Clone(to)
	for _, n := range to {
		seen[n] = true
	}
	for len(open) > 0 {
		n := open[len(open)-1]
		open = open[:len(open)-1]
		for _, e := range s.g.In(n) {
			if from := s.g.From[e]; !seen[from] && from != avoid {
				seen[from] = true
				open = append(open, from)
			}
		}
	}
	return seen
}

// follows adds to a set the nodes that some nodes lead to, by ways or messages.
func (s *structure) follows(set []bool, from ...int32) {
	open := slices.Clone(from)
	for len(open) > 0 {
		n := open[len(open)-1]
		open = open[:len(open)-1]
		if set[n] {
			continue
		}
		set[n] = true
		for _, e := range s.g.Out(n) {
			open = append(open, s.g.To[e])
		}
		for _, m := range s.sends[n] {
			open = append(open, int32(s.messages[m].to))
		}
	}
}

// findDangling finds the nodes of which the reader has said that a way from
// them leads to nothing: that they lead nowhere is the same defect.
func (s *structure) findDangling() {
	var found []finding.Finding
	for _, d := range s.flow.findings {
		if d.Rule == danglingTarget {
			found = append(found, d)
		}
	}
	subjects := map[string]bool{}
	for _, d := range found {
		parts := strings.Split(d.Subject, ".")
		for i := range parts {
			subjects[strings.Join(parts[:i+1], ".")] = true
		}
	}
	slices.SortFunc(found, func(a, b finding.Finding) int { return a.Span.Start - b.Span.Start })
	for i, n := range s.nodes {
		at, _ := slices.BinarySearchFunc(found, n.span.Start, func(d finding.Finding, start int) int { return d.Span.Start - start })
		s.dangling[i] = n.cutOut || subjects["nodes."+n.key] || at < len(found) && found[at].Span.Start < n.span.End
	}
}

// findDeadEnds finds where a way stops at what is no end.
func (s *structure) findDeadEnds() {
	for _, n := range s.order {
		if s.halts(n) && !s.dangling[n] {
			s.tell(deadEnd, n, "the way stops at "+s.named(n)+": nothing leads on from it, and it is no end",
				"Lead a way on from it to the next step, or mark it as an end.", s.wayTo(n)...)
		}
		s.told[n] = s.told[n] || s.halts(n)
	}
}

// halts reports whether nothing can follow a node that is no end.
func (s *structure) halts(n int32) bool {
	return s.nodes[n].kind != end && !slices.ContainsFunc(s.g.Out(n), func(e int32) bool { return !s.edges[e].besides })
}

// findCircles finds the circles that no way leads out of. Where an end breaks
// off all that goes on, only the game says whether one is left.
func (s *structure) findCircles() {
	breaks, concurrent := make([]bool, len(s.pools)), s.concurrent()
	for _, n := range s.order {
		pool := s.nodes[n].pool
		breaks[pool] = breaks[pool] || s.nodes[n].all && concurrent[pool]
	}
	c := graph.CondenseFrom(s.g, 0)
	for _, circle := range s.bottoms(c) {
		if n := s.first(circle); !breaks[s.nodes[n].pool] {
			s.tellCircle(n, circle, "")
		}
	}
}

// bottoms are the components in which ways end up that lead to no end, without
// the single nodes where they stop.
func (s *structure) bottoms(c graph.Components) [][]int32 {
	of := make([]int32, len(s.nodes))
	for i := range c.Start[1:] {
		for _, n := range c.Order[c.Start[i]:c.Start[i+1]] {
			of[n] = int32(i)
		}
	}
	out, inside := make([]bool, len(c.Start)), make([]bool, len(c.Start))
	for e, from := range s.g.From {
		out[of[from]] = out[of[from]] || of[from] != of[s.g.To[e]]
		inside[of[from]] = inside[of[from]] || of[from] == of[s.g.To[e]]
	}
	var all [][]int32
	for i := range c.Start[1:] {
		nodes := c.Order[c.Start[i]:c.Start[i+1]]
		open := slices.ContainsFunc(nodes, func(n int32) bool { return !s.reached(n) || s.leads[n] || s.dangling[n] || s.told[n] })
		if inside[i] && !out[i] && !open {
			all = append(all, nodes)
		}
	}
	return all
}

// first returns that of some nodes which a start is nearest to.
func (s *structure) first(nodes []int32) int32 {
	return slices.MinFunc(nodes, func(a, b int32) int { return s.rank[a] - s.rank[b] })
}

// tellCircle tells that a way goes round among some nodes, from one of them
// on. Why says what keeps it from leaving, if there is a way out.
func (s *structure) tellCircle(n int32, nodes []int32, why string, way ...stop) {
	circle := s.circle(n, nodes)
	if len(way) == 0 {
		way = s.stopsTo(n)
	}
	if len(way) > 0 && way[len(way)-1].node == n {
		way = way[:len(way)-1]
	}
	if why == "" {
		why = "nothing leads out of the circle"
	}
	related := s.steps(append(way, circle...))
	s.tell(endlessLoop, n, "who comes to "+s.named(n)+" goes round for ever, by "+s.chain(circle)+": "+why,
		"Lead a way out of the circle, to the next step or to an end.", related...)
	for _, m := range nodes {
		s.told[m] = true
	}
}

// circle is a shortest way from a node back to it among some nodes.
func (s *structure) circle(n int32, nodes []int32) []stop {
	inside := make(map[int32]bool, len(nodes))
	for _, m := range nodes {
		inside[m] = true
	}
	last := int32(-1)
	_, before := s.walk([]int32{n}, func(e int32) bool {
		if inside[s.g.To[e]] && s.g.To[e] == n && last < 0 {
			last = e
		}
		return inside[s.g.To[e]]
	})
	if last < 0 {
		return []stop{{node: n, edge: -1}}
	}
	way := s.follow(s.g.From[last], before)
	return append(way, stop{node: n, edge: last})
}

// groups tells of each pool which one speaks for those that must be looked at
// together, as they send each other messages: the first of them.
func (s *structure) groups() []int {
	root := make([]int, len(s.pools))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, m := range s.messages {
		a, b := find(s.nodes[m.from].pool), find(s.nodes[m.to].pool)
		root[max(a, b)] = min(a, b)
	}
	for i := range root {
		root[i] = find(i)
	}
	return root
}

// findUnreached finds the steps that no way leads to: one finding for each
// place where a way is missing.
func (s *structure) findUnreached() {
	c := graph.CondenseFrom(s.g, 0)
	counted := make([]bool, len(s.nodes))
	for _, n := range s.order {
		counted[n] = true
	}
	for i := range c.Start[1:] {
		nodes := slices.Sorted(slices.Values(c.Order[c.Start[i]:c.Start[i+1]]))
		if counted[nodes[0]] {
			continue
		}
		// Components come in an order in which edges lead only forward, so this
		// one begins what no way leads to.
		region, _ := s.walk(nodes[:1], func(e int32) bool { return !counted[s.g.To[e]] })
		known := false
		for _, n := range region {
			counted[n] = true
			known = known || s.mentioned[n] || s.nodes[n].cutIn
		}
		if !known && !s.followsFrom(region) {
			s.tell(unreachableStep, nodes[0], "no way leads to "+s.named(nodes[0])+s.and(region[1:], ", nor to"), s.leadHelp())
		}
	}
}

// followsFrom reports whether there are only ends in a region that no way leads
// to, and a way of their pool stops or goes round: they are what it misses.
func (s *structure) followsFrom(region []int32) bool {
	if slices.ContainsFunc(region, func(n int32) bool { return s.nodes[n].kind == step }) {
		return false
	}
	for n := range s.nodes {
		if (s.told[n] || s.dangling[n]) && s.nodes[n].pool == s.nodes[region[0]].pool {
			return true
		}
	}
	return false
}

func (s *structure) leadHelp() string {
	if slices.Contains(s.dangling, true) {
		return "Perhaps a way was meant for it that now leads to a step which is not there. Lead a way to it, or take it out."
	}
	return "Lead a way to it from the step before it, or take it out."
}

// tell adds a finding about a node.
func (s *structure) tell(rule string, n int32, message, help string, related ...finding.Related) {
	s.told[n] = true
	s.findings = finding.Append(s.findings, finding.Finding{
		Rule: rule, Span: s.at(n), Subject: "nodes." + s.nodes[n].key, Message: message, Help: help, Related: related,
	})
}

const (
	danglingTarget  = "dangling-target"
	unreachableStep = "unreachable-step"
	deadEnd         = "dead-end"
	endlessLoop     = "endless-loop"
	deadlock        = "deadlock"
	unclearFlow     = "unclear-flow"
)
