package convert

import (
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/graph"
)

// game is all that can go on in some pools at once.
type game struct {
	*tokens
	m *graph.Markings
	// happens tells what can happen at all; of no use before all was followed.
	happens []bool
	twice   []bool // it follows what happens twice, which is told
}

// playAll plays in all pools where several things can go on at once.
func (s *structure) playAll() {
	groups, members, concurrent := s.groups(), make([][]int32, len(s.pools)), make([]bool, len(s.pools))
	for pool, is := range s.concurrent() {
		concurrent[groups[pool]] = concurrent[groups[pool]] || is
	}
	for _, n := range s.order {
		group := groups[s.nodes[n].pool]
		members[group] = append(members[group], n)
	}
	board, room := s.newBoard(), &game{happens: make([]bool, len(s.nodes)), twice: make([]bool, len(s.nodes))}
	for group, nodes := range members {
		if concurrent[group] && len(nodes) > 0 {
			s.play(s.tokensOf(nodes, board), *room)
		}
	}
}

// play goes through all that can go on at once, and tells where it ends badly.
func (s *structure) play(t *tokens, g game) {
	if t.wide {
		t.tellUnfollowed(false)
		return
	}
	g.tokens, g.m = t, t.net.Explore(t.initial(), t.limit())
	g.findMultiplying()
	g.findTwice()
	g.findHappening()
	g.findTraps()
	if g.m.Complete {
		g.findNever()
	} else {
		t.tellUnfollowed(g.findStuck())
	}
}

// findStuck looks for steps that wait for what cannot come where there is too
// much to be gone through in every order: fewer orders show all of these. It
// reports whether it saw them all.
func (g *game) findStuck() bool {
	stuck := &game{tokens: g.tokens, m: g.net.ExploreStuck(g.initial(), g.limit()), happens: g.happens, twice: g.twice}
	seen := map[string]bool{}
	for _, trap := range stuck.m.Traps(g.over) {
		if key := fmt.Sprint(stuck.holders(trap.Markings[0])); len(trap.Moves) == 0 && !seen[key] && len(seen) < mostTraps {
			seen[key] = true
			stuck.tellTrap(trap)
		}
	}
	return stuck.m.Complete && len(stuck.m.Overflows) == 0
}

// mostTraps is how many ends that are different and bad are looked at: people
// mend the first ones first.
const mostTraps = 500

// findTraps tells of each bad end what its cause is.
func (g *game) findTraps() {
	seen := map[string]bool{}
	for _, trap := range g.m.Traps(g.over) {
		if key := fmt.Sprint(g.holders(trap.Markings[0]), len(trap.Moves)); !seen[key] && len(seen) < mostTraps {
			seen[key] = true
			g.tellTrap(trap)
		}
	}
}

// tellUnfollowed notes that not all could be gone through; stuck says that
// all steps that wait for what cannot come were found nevertheless.
func (t *tokens) tellUnfollowed(stuck bool) {
	n := t.members[0]
	known := t.told[n]
	missed := "steps that wait for what cannot come were looked for only among the first ones"
	if stuck {
		missed = "circles that nothing leaves and steps that never happen were looked for only among the first ones"
	}
	t.tell(lossyImport, n, "too many things can go on at once after "+t.named(n)+" to follow all of them: "+missed,
		"Split the model into parts that can be looked at one by one.")
	t.told[n] = known
}

// over reports whether nothing goes on any more.
func (g *game) over(tokens []byte) bool {
	for p, n := range tokens {
		if n > 0 && g.net.Places[p] == graph.Safe {
			return false
		}
	}
	return true
}

// passed are the nodes that a transition passes, in their order.
func (g *game) passed(transition int32) (way []stop) {
	m := g.moves[transition]
	if !m.does {
		return g.pass(m.node, -1, m.gets == m.node, nil)
	}
	for _, e := range m.edges {
		way = g.passEdge(e, m.gets, way)
	}
	return way
}

// passEdge adds the nodes that a token passes from an edge on, up to where it
// lies.
func (g *game) passEdge(e, gets int32, way []stop) []stop {
	if to := g.g.To[e]; !g.joins(to) {
		return g.pass(to, e, gets == to, way)
	}
	return way
}

// pass adds the nodes that a token passes from a node on.
func (g *game) pass(n, by int32, got bool, way []stop) []stop {
	const most = 10_000 // ways may part again and again
	if len(g.waits[n]) > 0 && !got || len(way) >= most {
		return way
	}
	way = append(way, stop{n, by})
	if g.alias[n] == own {
		return way
	}
	for _, e := range g.passes[n] {
		way = g.passEdge(e, -1, way)
	}
	if meeting := g.block[n]; meeting >= 0 {
		way = g.pass(meeting, -1, false, way)
	}
	return way
}

// stopsTo is a way to a marking.
func (g *game) stopsTo(marking int32) (way []stop) {
	for _, t := range g.m.Way(marking) {
		way = append(way, g.passed(t)...)
	}
	return way
}

// findMultiplying finds circles that send out something new in each round, and
// so never come to an end. Behind a second token nothing was followed; here it
// is taken for the first, which is enough to see whether a circle is left.
func (g *game) findMultiplying() {
	if len(g.m.Overflows) == 0 || !g.m.Complete { // what is too much to follow is no less a second time
		return
	}
	merging := graph.Net{Places: slices.Clone(g.net.Places), Transitions: g.net.Transitions}
	for p, kind := range merging.Places {
		if kind == graph.Safe {
			merging.Places[p] = graph.Merging
		}
	}
	once := &game{tokens: g.tokens, m: merging.Explore(g.initial(), g.limit()), twice: g.twice}
	for i, trap := range once.m.Traps(once.over) {
		if len(trap.Moves) > 0 && i < mostTraps {
			once.tellLivelock(trap)
		}
	}
}

// findTwice finds what happens twice because ways that are walked at once
// meet where nothing waits for all of them.
func (g *game) findTwice() {
	for _, o := range g.m.Overflows {
		n := g.crossing(o)
		if g.twice[n] || g.circling(o.Transition) {
			continue
		}
		way := append(g.stopsTo(o.Marking), g.passed(o.Transition)...)
		message := "what begins at " + g.named(n) + " can happen twice: ways that are walked at once meet here, and none waits for the other"
		if fork := g.fork(append(g.m.Way(o.Marking), o.Transition)); fork >= 0 {
			message = "what begins at " + g.named(n) + " can happen twice: " + g.parting(fork) + " are walked at once and meet here, and none waits for the other"
		}
		g.tell(unclearFlow, n, message,
			"Let the ways wait for each other where they meet, or let customers choose one of them where they part.", g.steps(way)...)
		after, _ := g.walk([]int32{n}, g.anyEdge)
		for _, m := range after {
			g.twice[m] = true
		}
	}
}

// circling reports whether a transition is of a circle that is told, or
// follows one.
func (g *game) circling(transition int32) bool {
	before := g.backward([]int32{g.moves[transition].node}, -1)
	return slices.ContainsFunc(g.order, func(n int32) bool { return before[n] && g.told[n] && !g.halts(n) })
}

// crossing returns the first node where a token comes to another one.
func (g *game) crossing(o graph.Overflow) int32 {
	way, others := g.m.Way(o.Marking), []int32(nil)
	for i := len(way) - 1; i >= 0 && others == nil; i-- {
		if slices.Contains(g.net.Transitions[way[i]].Out, o.Place) {
			others = []int32{way[i]}
		}
	}
	last, before := g.runs(o.Transition, o.Place), [][]stop(nil)
	if len(others) > 0 {
		before = g.runs(others[0], o.Place)
	}
	if len(last) > 1 { // both came at once
		last, before = last[:1], last[1:]
	}
	if len(last) > 0 && len(before) > 0 {
		for _, at := range last[0] {
			if slices.ContainsFunc(before[0], func(b stop) bool { return b.node == at.node }) {
				return at.node
			}
		}
	}
	return g.owner(g.raw[o.Place])
}

// runs are the ways on which tokens of a transition come to a place.
func (g *game) runs(transition, place int32) (ways [][]stop) {
	m := g.moves[transition]
	if !m.does || m.gets >= 0 {
		return [][]stop{g.passed(transition)}
	}
	for _, e := range m.edges {
		if slices.Contains(g.arrive(e), g.raw[place]) {
			ways = append(ways, g.passEdge(e, -1, nil))
		}
	}
	return ways
}

// fork returns the last node on a way after which several things go on; -1 if
// there is none.
func (g *game) fork(way []int32) int32 {
	for i := len(way) - 1; i >= 0; i-- {
		m := g.moves[way[i]]
		if len(m.edges) > 1 || len(m.edges) == 1 && g.edges[m.edges[0]].besides {
			return m.node
		}
	}
	return -1
}

// holders are the nodes at which something is under way in a marking.
func (g *game) holders(marking int32) (nodes []int32) {
	for p, n := range g.m.Tokens(marking) {
		if owner := g.owner(g.raw[p]); n > 0 && owner >= 0 && g.net.Places[p] == graph.Safe && !slices.Contains(nodes, owner) {
			nodes = append(nodes, owner)
		}
	}
	slices.Sort(nodes)
	return nodes
}

// tellTrap tells what ends badly.
func (g *game) tellTrap(trap graph.Trap) {
	marking := trap.Markings[0]
	holders := g.holders(marking)
	if slices.ContainsFunc(holders, func(n int32) bool { return g.twice[n] || g.halts(n) }) {
		return
	}
	if len(trap.Moves) > 0 {
		g.tellLivelock(trap)
	}
	moving := g.moving(trap)
	for _, cause := range g.causes(marking, holders, moving) {
		if !slices.ContainsFunc(cause, func(n int32) bool { return g.told[n] || moving[n] }) {
			g.tellDeadlock(marking, cause)
		}
	}
}

// moving are the nodes at which something goes on for ever.
func (g *game) moving(trap graph.Trap) map[int32]bool {
	nodes := map[int32]bool{}
	for _, t := range trap.Moves {
		for _, p := range g.net.Transitions[t].In {
			nodes[g.owner(g.raw[p])] = true
		}
	}
	return nodes
}

// tellLivelock tells that something goes on for ever.
func (g *game) tellLivelock(trap graph.Trap) {
	var nodes []int32
	add := func(n int32) {
		if !slices.Contains(nodes, n) {
			nodes = append(nodes, n)
		}
	}
	for _, t := range trap.Moves {
		add(g.moves[t].node)
		for _, at := range g.passed(t) {
			add(at.node)
		}
	}
	if slices.ContainsFunc(nodes, func(n int32) bool { return g.told[n] }) {
		return
	}
	n := g.first(nodes)
	g.tellCircle(n, nodes, "whatever comes out of the circle, something stays in it", g.stopsTo(trap.Markings[0])...)
}
