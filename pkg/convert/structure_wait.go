package convert

import (
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/graph"
)

// wants returns the nodes from which that would come which a node waits for
// in a marking: ways or, with mail, messages.
func (g *game) wants(marking, n int32) (from []int32, mail []int32) {
	has := func(place int) bool { return g.id[place] >= 0 && g.m.Tokens(marking)[g.id[place]] > 0 }
	if !has(g.wait(n)) && !has(int(n)) {
		for _, e := range g.g.In(n) {
			if !has(g.along(e)) {
				from = append(from, g.g.From[e])
			}
		}
		return from, nil
	}
	mail = g.awaited(n)
	return g.senders(mail), mail
}

// awaited are the messages that a node waits for, itself or for the ways on
// from it.
func (s *structure) awaited(n int32) []int32 {
	mail := slices.Clone(s.waits[n])
	if len(mail) == 0 {
		for _, e := range s.exits(n) {
			mail = append(mail, s.waits[s.g.To[e]]...)
		}
	}
	return mail
}

func (s *structure) senders(mail []int32) (from []int32) {
	for _, m := range mail {
		from = append(from, int32(s.messages[m].from))
	}
	return from
}

// causes are, of the nodes where something is under way in a marking, those that
// wait for none of the others, and those that wait for each other. Those where
// it goes on for ever wait for nothing.
func (g *game) causes(marking int32, holders []int32, moving map[int32]bool) (causes [][]int32) {
	var from, to []int32
	for i, h := range holders {
		if moving[h] {
			continue
		}
		wants, _ := g.wants(marking, h)
		before := g.backward(wants, h)
		for k, other := range holders {
			if k != i && before[other] {
				from, to = append(from, int32(i)), append(to, int32(k))
			}
		}
	}
	c := graph.CondenseFrom(graph.NewDigraph(len(holders), from, to), 0)
	for i := range c.Start[1:] {
		members := c.Order[c.Start[i]:c.Start[i+1]]
		leads := false
		for e := range from {
			leads = leads || slices.Contains(members, from[e]) && !slices.Contains(members, to[e])
		}
		if leads {
			continue
		}
		var cause []int32
		for _, m := range members {
			cause = append(cause, holders[m])
		}
		slices.Sort(cause)
		causes = append(causes, cause)
	}
	slices.SortFunc(causes, slices.Compare)
	return causes
}

// tellDeadlock tells what some nodes wait for in a marking that nothing leads
// on from.
func (g *game) tellDeadlock(marking int32, cause []int32) {
	n := cause[0]
	related := g.steps(g.stopsTo(marking))
	if len(cause) > 1 {
		g.tellCircularWait(cause, related)
		return
	}
	from, mail := g.wants(marking, n)
	if g.mention(from) {
		g.told[n] = true
		return
	}
	if g.followsNever(from) {
		return
	}
	if len(mail) > 0 {
		g.tell(deadlock, n, g.named(n)+" waits for "+g.letters(mail)+g.unsent(from)+g.since(marking, n, from)+g.never(n),
			messageHelp, related...)
		return
	}
	g.tell(deadlock, n, g.named(n)+" waits for all the ways that lead to it, and none comes from "+g.list(from, "or")+g.since(marking, n, from)+g.never(n),
		"Let the ways meet without waiting where only some of them are walked, or walk all of them where they part.", related...)
}

// followsNever reports whether some nodes send messages that never go out, though
// ways lead there, as what is before them waits for messages in vain itself:
// that is the cause, which findNever tells.
func (g *game) followsNever(from []int32) bool {
	if !g.m.Complete || len(from) == 0 {
		return false
	}
	before := g.backward(from, -1)
	for _, n := range from {
		if g.happens[n] || !g.reached(n) || len(g.sends[n]) == 0 {
			return false
		}
	}
	return slices.ContainsFunc(g.order, func(m int32) bool {
		return before[m] && g.nodes[m].kind == start && len(g.waits[m]) > 0 && !g.happens[m]
	})
}

// mention notes that a finding is about nodes that no way leads to, and reports
// whether there was one about them before.
func (g *game) mention(nodes []int32) (before bool) {
	before = slices.ContainsFunc(nodes, func(n int32) bool { return g.mentioned[n] })
	for _, n := range nodes {
		g.mentioned[n] = !g.reached(n)
	}
	return before
}

const messageHelp = "Send it on every way, or give the step a way on for when it does not come."

// tellCircularWait tells that some nodes wait for each other.
func (g *game) tellCircularWait(cause []int32, related []finding.Related) {
	for _, n := range cause[1:] {
		related = append(related, finding.Related{Span: g.at(n), Message: g.named(n) + " waits too"})
	}
	none := "neither"
	if len(cause) > 2 {
		none = "none of them"
	}
	g.tell(deadlock, cause[0], g.list(cause, "and")+" wait for each other, and "+none+" can happen"+g.never(cause...),
		"Let one of them go first, without what it waits for.", related...)
	for _, n := range cause {
		g.told[n] = true
	}
}

// letters names messages with their senders.
func (s *structure) letters(mail []int32) string {
	var names []string
	for _, m := range mail {
		name := "a message"
		if v := s.messages[m].name.Value; v != "" {
			name = finding.Quote(v)
		}
		if name += " from " + s.named(int32(s.messages[m].from)); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return join(names, "or")
}

// unsent says how surely no message comes from some nodes.
func (g *game) unsent(from []int32) string {
	always, ever := ", which is not always sent", ", which is never sent"
	if len(from) > 1 {
		always, ever = ", and none of them is always sent", ", and none of them is ever sent"
	}
	switch {
	case !g.m.Complete || slices.ContainsFunc(from, func(n int32) bool { return g.happens[n] }):
		return always
	case !slices.ContainsFunc(from, g.reached):
		return ever + ", as no way leads there"
	}
	return ever
}

// since tells the last choice on the way to a marking after which what a node
// waits for cannot come from where it should.
func (g *game) since(marking, n int32, from []int32) string {
	before := g.backward(from, n)
	way := g.m.Way(marking)
	for i := len(way) - 1; i >= 0; i-- {
		m := g.moves[way[i]]
		if !m.does || len(m.edges) != 1 || len(g.g.Out(m.node)) < 2 || !before[m.node] {
			continue
		}
		if to := g.g.To[m.edges[0]]; !before[to] {
			return ": not once the way has gone from " + g.named(m.node) + " to " + g.named(to)
		}
	}
	return ""
}

// never names the steps after some nodes that never happen at all.
func (g *game) never(after ...int32) string {
	if !g.m.Complete {
		return ""
	}
	order, _ := g.walk(after, g.anyEdge)
	var dead []int32
	for _, n := range order[len(after):] {
		if g.nodes[n].kind == step && !g.happens[n] {
			dead = append(dead, n)
		}
	}
	if len(dead) == 0 {
		return ""
	}
	return "; so " + g.named(dead[0]) + g.and(dead[1:], " and") + " can never happen"
}

// findHappening finds what can happen at all.
func (g *game) findHappening() {
	for _, o := range g.m.Overflows { // what is behind it was not followed
		g.follows(g.happens, g.holders(o.Marking)...)
		for _, e := range g.moves[o.Transition].edges {
			g.follows(g.happens, g.g.To[e])
		}
	}
	for i, m := range g.moves {
		switch {
		case !g.m.Fired[i]:
		case m.does:
			g.happen(m.node)
			for _, e := range m.edges {
				g.happenAlong(e, m.gets)
			}
		case len(g.waits[m.node]) == 0 || m.gets == m.node:
			g.happen(m.node)
		}
	}
}

// happen notes that a node can happen, and all that then happens by itself.
func (g *game) happen(n int32) {
	if g.happens[n] {
		return
	}
	g.happens[n] = true
	if g.alias[n] == own || g.nodes[n].kind == end {
		return
	}
	for _, e := range g.g.Out(n) {
		g.happenAlong(e, -1)
	}
	if meeting := g.block[n]; meeting >= 0 && len(g.waits[meeting]) == 0 {
		g.happen(meeting)
	}
}

// happenAlong notes that an edge can be walked.
func (g *game) happenAlong(e, gets int32) {
	if to := g.g.To[e]; gets == to || !g.joins(to) && len(g.waits[to]) == 0 {
		g.happen(to)
	}
}

// findNever finds what ways lead to and what can still never happen, if it
// does not follow from what is told already.
func (g *game) findNever() {
	known := make([]bool, len(g.nodes))
	for n := range g.nodes {
		if g.told[n] || !g.reached(int32(n)) {
			g.follows(known, int32(n))
		}
	}
	for _, n := range g.members {
		if !g.happens[n] && !known[n] {
			cause := g.origin(n, known)
			g.tellNever(cause)
			g.follows(known, append(cause, n)...)
		}
	}
}

// origin goes from a node that never happens, and waits for messages that are
// never sent, to why they are not. It returns one node or, where they wait for
// each other, several.
func (g *game) origin(n int32, known []bool) []int32 {
	var chain []int32
	for {
		if i := slices.Index(chain, n); i >= 0 {
			slices.Sort(chain[i:])
			return chain[i:]
		}
		chain = append(chain, n)
		before := g.backward(g.senders(g.waits[n]), -1)
		next := slices.IndexFunc(g.order, func(m int32) bool { return before[m] && !known[m] && !g.happens[m] })
		if len(g.waits[n]) == 0 || next < 0 {
			return chain[len(chain)-1:]
		}
		n = g.order[next]
	}
}

// tellNever tells that a node can never happen, or several that wait for each
// other.
func (g *game) tellNever(cause []int32) {
	n := cause[0]
	switch mail := g.waits[n]; {
	case len(cause) > 1:
		g.tellCircularWait(cause, nil)
	case len(mail) > 0 && slices.ContainsFunc(g.g.In(n), func(e int32) bool { return g.decides(e) }):
		g.tell(unreachableStep, n, g.named(n)+" can never happen: it waits for "+g.letters(mail)+g.unsent(g.senders(mail)),
			"Send it, or take the step out.", g.wayTo(n)...)
	case len(mail) > 0:
		g.tell(deadlock, n, g.named(n)+" waits for "+g.letters(mail)+g.unsent(g.senders(mail))+g.never(n), messageHelp, g.wayTo(n)...)
	case g.joins(n):
		g.tell(unreachableStep, n, fmt.Sprintf("%s can never happen: the %d ways that lead to it are never all walked", g.named(n), len(g.g.In(n))),
			"Let the ways meet without waiting, or walk all of them where they part.", g.wayTo(n)...)
	default:
		g.tell(unreachableStep, n, g.named(n)+" can never happen: what it needs never comes together", "Lead another way to it, or take it out.", g.wayTo(n)...)
	}
}
