package convert

import (
	"math"
	"slices"

	"github.com/customer-corridor/corridor/pkg/graph"
)

// The tokens of a flow, as in BPMN 2.0.2, 7.1.1 and 13: a token at each place
// where something goes on. Of nodes that only pass a token on no place is left:
// a run of steps, ways that part and meet again, a block of parallel ways that
// ends where it should (Murata, Petri Nets: Properties, Analysis and
// Applications, 1989, section V). Models that are well built shrink to nothing.

const (
	// mostMarkings is how many combinations of what can go on at once are gone
	// through.
	mostMarkings = 4_000
	// mostTokens bounds them by the memory that they need together.
	mostTokens = 1 << 25
	// mostAwaits is for how many pairs of an inclusive join and a place it is
	// found out whether tokens come from there.
	mostAwaits = 1 << 20
	// mostWays is of how many ways, of which some are walked, all choices are
	// gone through.
	mostWays = 6
)

// What a node without a place of its own stands for, instead of a place.
const (
	own     = -1 // it has a place
	nowhere = -2 // an end: tokens vanish
)

// tokens is the net of some pools, with what its places and transitions mean.
type tokens struct {
	*structure
	*board
	members []int32 // the nodes of the pools that ways lead to, the nearest to a start first
	net     graph.Net
	moves   []firing // what each transition does
	raw     []int    // what each place of the net is
	wide    bool     // there are too many choices
}

// board is what is known of all nodes and places; each is of one net only.
type board struct {
	alias  []int     // of each node: the place that its own runs into, own or nowhere
	passes [][]int32 // of each node without a place: the edges that it passes a token on by
	block  []int32   // of each such node that is a parallel block: where its ways meet; -1
	id     []int32   // of each place: its number in its net; -1: not in one
}

// firing is what a transition does: it walks edges from a node, or something
// happens at the node before.
type firing struct {
	node  int32
	does  bool // the node is done, or broken off; else it is come to
	edges []int32
	gets  int32 // the node that gets a message at the end of the edge; -1
}

// The places of a flow are numbered: one at each node, one where it waits for
// a message, one at each edge, for each message, for each pool before it
// begins, and one that says that an edge may still be walked besides.

func (t *tokens) wait(n int32) int   { return len(t.nodes) + int(n) }
func (t *tokens) along(e int32) int  { return 2*len(t.nodes) + int(e) }
func (t *tokens) mail(m int32) int   { return 2*len(t.nodes) + len(t.edges) + int(m) }
func (t *tokens) begin(pool int) int { return 2*len(t.nodes) + len(t.edges) + len(t.messages) + pool }
func (t *tokens) permit(e int32) int { return t.begin(len(t.pools)) + int(e) }

// owner returns the node that a place belongs to; -1 for messages and pools.
func (t *tokens) owner(place int) int32 {
	switch n := len(t.nodes); {
	case place < n:
		return int32(place)
	case place < 2*n:
		return int32(place - n)
	case place < 2*n+len(t.edges):
		return int32(t.edges[place-2*n].to)
	case place >= t.permit(0):
		return int32(t.edges[place-t.permit(0)].from)
	}
	return -1
}

// concurrent tells in which pools several things can go on at once, or one
// waits for another pool.
func (s *structure) concurrent() []bool {
	pools := make([]bool, len(s.pools))
	for i, n := range s.nodes {
		n32 := int32(i)
		pools[n.pool] = pools[n.pool] || s.joins(n32) || s.forks(n32) || len(s.waits[i]) > 0
	}
	for _, e := range s.edges {
		pools[s.nodes[e.from].pool] = pools[s.nodes[e.from].pool] || e.besides
	}
	return pools
}

// joins reports whether a node waits for several ways.
func (s *structure) joins(n int32) bool { return s.nodes[n].join != one && len(s.g.In(n)) > 1 }

// forks reports whether several ways may be walked after a node.
func (s *structure) forks(n int32) bool { return s.nodes[n].split != one && len(s.exits(n)) > 1 }

// exits are the ways on from a node once it is done.
func (s *structure) exits(n int32) []int32 {
	return s.edgesOf(n, func(e edge) bool { return !e.instead && !e.besides })
}

func (s *structure) edgesOf(n int32, of func(edge) bool) (edges []int32) {
	for _, e := range s.g.Out(n) {
		if of(s.edges[e]) {
			edges = append(edges, e)
		}
	}
	return edges
}

// decides reports whether a way is taken only once the message has come that
// its next node waits for.
func (s *structure) decides(e int32) bool {
	way := s.edges[e]
	if len(s.waits[way.to]) == 0 || s.joins(int32(way.to)) {
		return false
	}
	return way.instead || way.besides || s.events(int32(way.from))
}

// events reports whether what happens first decides about the way on from a
// node: it says so, or all its ways lead to what waits for a message.
func (s *structure) events(n int32) bool {
	node, exits := s.nodes[n], s.exits(n)
	if node.kind != gateway || node.split != one || len(exits) < 2 {
		return false
	}
	return node.event || !slices.ContainsFunc(exits, func(e int32) bool {
		to := s.g.To[e]
		return len(s.waits[to]) == 0 || len(s.g.In(to)) > 1
	})
}

// tokensOf makes the net of some nodes.
func (s *structure) tokensOf(members []int32, b *board) *tokens {
	t := &tokens{structure: s, board: b, members: members}
	t.shrink()
	for _, n := range members {
		t.translate(n)
	}
	t.complete()
	return t
}

// newBoard returns a board on which each node has a place, but ends.
func (s *structure) newBoard() *board {
	b := &board{
		alias: slices.Repeat([]int{own}, len(s.nodes)), passes: make([][]int32, len(s.nodes)),
		block: slices.Repeat([]int32{-1}, len(s.nodes)),
	}
	places := (&tokens{structure: s}).permit(int32(len(s.edges)))
	b.id = slices.Repeat([]int32{-1}, places)
	for n, node := range s.nodes {
		if node.kind == end && !node.all {
			b.alias[n] = nowhere
		}
	}
	return b
}

// shrink takes away the places of nodes that only pass tokens on.
func (t *tokens) shrink() {
	const most = 64 // rounds: as deep as anybody nests
	for again, round := true, 0; again && round < most; round++ {
		again = false
		for _, n := range slices.Backward(t.members) {
			if t.alias[n] == own && t.contract(n) {
				again = true
			}
		}
	}
}

// contract takes away the place of a node, if whatever follows the node its
// token comes to one and the same place.
func (t *tokens) contract(n int32) bool {
	if t.nodes[n].kind == end || len(t.sends[n]) > 0 && len(t.waits[n]) == 0 {
		return false
	}
	if slices.ContainsFunc(t.g.Out(n), func(e int32) bool { return t.edges[e].besides || t.decides(e) }) {
		return false
	}
	if t.forks(n) {
		return t.contractFork(n)
	}
	target, by := own, int32(-1)
	for _, e := range t.g.Out(n) {
		place, ok := t.single(t.arrive(e))
		switch {
		case ok && place == int(n): // a way round, which customers leave some day
		case !ok || target != own && target != place:
			return false
		default:
			target, by = place, e
		}
	}
	if target == own || t.last(n, target) {
		return false
	}
	t.alias[n], t.passes[n] = target, []int32{by}
	return true
}

// last reports whether a node is the last step before an end. It keeps its
// place: two tokens there are two customers' worth of work, where none is left
// of two tokens at an end.
func (t *tokens) last(n int32, target int) bool {
	return t.nodes[n].kind == step && (target == nowhere || t.kind(target) == graph.Merging)
}

// single returns the only place of a list, nowhere if there is none.
func (t *tokens) single(places []int) (place int, ok bool) {
	switch len(places) {
	case 0:
		return nowhere, true
	case 1:
		return places[0], true
	}
	return own, false
}

// contractFork does so where several ways are walked: if all but one end at
// once, or all meet where they should.
func (t *tokens) contractFork(n int32) bool {
	exits := t.exits(n)
	if len(exits) != len(t.g.Out(n)) {
		return false
	}
	var places []int
	for _, e := range exits {
		some := t.arrive(e)
		if len(some) == 0 && t.nodes[n].split != all {
			return false
		}
		places = append(places, some...)
	}
	target, ok := t.single(places)
	meeting := int32(-1)
	if !ok {
		if meeting = t.meeting(n, places); meeting < 0 {
			return false
		}
		if target, ok = t.single(t.come(meeting)); !ok {
			return false
		}
	}
	if target == int(n) || t.last(n, target) {
		return false
	}
	t.alias[n], t.passes[n], t.block[n] = target, exits, meeting
	return true
}

// meeting returns the node where the ways that a node walks meet, all of them
// and no others; -1 if there is none.
func (t *tokens) meeting(n int32, places []int) int32 {
	seen := make(map[int]bool, len(places))
	meets := t.owner(places[0])
	for _, p := range places {
		if p < t.along(0) || p >= t.mail(0) || t.owner(p) != meets || seen[p] {
			return -1
		}
		seen[p] = true
	}
	if len(seen) != len(t.g.In(meets)) || t.nodes[n].split == some && t.nodes[meets].join == all || !t.closed(n, meets) {
		return -1
	}
	return meets
}

// closed reports whether no way leads in between a node and where its ways meet.
func (t *tokens) closed(n, meets int32) bool {
	inside := map[int32]bool{n: true}
	for open := []int32{n}; len(open) > 0; {
		at := open[len(open)-1]
		open = open[:len(open)-1]
		for _, e := range t.g.Out(at) {
			if to := t.g.To[e]; to != meets && !inside[to] {
				inside[to] = true
				open = append(open, to)
			}
		}
	}
	for at := range inside {
		outside := func(e int32) bool { return !inside[t.g.From[e]] && t.reached(t.g.From[e]) }
		if at != n && slices.ContainsFunc(t.g.In(at), outside) {
			return false
		}
	}
	return true
}

// arrive returns the places that get a token when an edge is walked.
func (t *tokens) arrive(e int32) []int {
	if to := t.g.To[e]; !t.joins(to) {
		return t.come(to)
	}
	return []int{t.along(e)}
}

// come returns the places that get a token when a node is come to. What it
// sends and waits for an answer to is sent then.
func (t *tokens) come(n int32) []int {
	if len(t.waits[n]) == 0 {
		places := append(t.stay(n), t.permits(n)...)
		if t.alias[n] == nowhere && t.nodes[n].kind == end {
			places = append(places, t.post(n)...)
		}
		return places
	}
	return slices.Concat([]int{t.wait(n)}, t.permits(n), t.post(n))
}

// stay returns the place where a token lies while a node happens.
func (t *tokens) stay(n int32) []int {
	place := int(n)
	for place >= 0 && place < len(t.nodes) && t.alias[place] != own {
		place = t.alias[place]
	}
	if place == nowhere {
		return nil
	}
	return []int{place}
}

func (t *tokens) permits(n int32) (places []int) {
	for _, e := range t.edgesOf(n, func(e edge) bool { return e.besides }) {
		places = append(places, t.permit(e))
	}
	return places
}

func (t *tokens) post(n int32) (places []int) {
	for _, m := range t.sends[n] {
		places = append(places, t.mail(m))
	}
	return places
}

// translate makes the transitions of a node.
func (t *tokens) translate(n int32) {
	node := t.nodes[n]
	if t.joins(n) {
		t.translateJoin(n)
	}
	if node.kind == start && len(t.waits[n]) == 0 {
		t.add(firing{node: n, gets: -1}, []int{t.begin(node.pool)}, t.come(n))
	}
	for _, m := range t.waits[n] {
		in := []int{t.wait(n), t.mail(m)}
		out := t.stay(n)
		if node.kind == start {
			in, out = in[1:], slices.Concat(out, t.post(n))
		}
		t.add(firing{node: n, gets: n}, in, out)
	}
	if t.alias[n] == own {
		t.translateExits(n)
		t.translateAsides(n, int(n))
	}
	if len(t.waits[n]) > 0 && node.kind != start {
		t.translateAsides(n, t.wait(n))
	}
}

func (t *tokens) translateJoin(n int32) {
	var in []int
	for _, e := range t.g.In(n) {
		in = append(in, t.along(e))
	}
	t.add(firing{node: n, gets: -1}, in, t.come(n))
	t.net.Transitions[len(t.moves)-1].Some = t.nodes[n].join == some
}

// translateExits walks the ways on from a node in all manners that it allows.
func (t *tokens) translateExits(n int32) {
	post := t.post(n)
	if len(t.waits[n]) > 0 {
		post = nil
	}
	if t.nodes[n].kind == end {
		t.add(firing{node: n, does: true, gets: -1}, []int{int(n)}, post)
		return
	}
	for _, edges := range t.outcomes(n) {
		if len(edges) == 1 && t.decides(edges[0]) {
			t.decide(n, edges[0], []int{int(n)}, post)
			continue
		}
		out := slices.Clone(post)
		for _, e := range edges {
			out = append(out, t.arrive(e)...)
		}
		t.add(firing{n, true, edges, -1}, []int{int(n)}, out)
	}
}

// outcomes are the sets of ways that may be walked once a node is done.
func (t *tokens) outcomes(n int32) (sets [][]int32) {
	exits := t.exits(n)
	switch {
	case len(exits) == 0:
		return nil
	case t.nodes[n].split == all:
		return [][]int32{exits}
	case t.nodes[n].split == some && len(exits) > mostWays:
		t.wide = true
		return nil
	case t.nodes[n].split == some:
		return subsets(exits)
	}
	for _, e := range exits {
		sets = append(sets, []int32{e})
	}
	return sets
}

// subsets returns all sets of some of them, but the empty one.
func subsets(of []int32) (sets [][]int32) {
	for bits := 1; bits < 1<<len(of); bits++ {
		var set []int32
		for i, e := range of {
			if bits>>i&1 != 0 {
				set = append(set, e)
			}
		}
		sets = append(sets, set)
	}
	return sets
}

// decide walks an edge once the message has come that the next node waits for.
func (t *tokens) decide(n, e int32, in, out []int) {
	to := t.g.To[e]
	for _, m := range t.waits[to] {
		t.add(firing{n, true, []int32{e}, to}, append(slices.Clone(in), t.mail(m)),
			slices.Concat(out, t.stay(to), t.permits(to), t.post(to)))
	}
}

// translateAsides walks the ways that break a node off or begin beside it, as
// long as a token is in the place.
func (t *tokens) translateAsides(n int32, place int) {
	for _, e := range t.edgesOf(n, func(e edge) bool { return e.instead || e.besides }) {
		in, out := []int{place}, []int(nil)
		if t.edges[e].besides {
			in, out = append(in, t.permit(e)), []int{place}
		}
		if t.decides(e) {
			t.decide(n, e, in, out)
			continue
		}
		t.add(firing{n, true, []int32{e}, -1}, in, slices.Concat(out, t.arrive(e)))
	}
}

// add adds a transition.
func (t *tokens) add(m firing, in, out []int) {
	t.moves = append(t.moves, m)
	t.net.Transitions = append(t.net.Transitions, graph.Transition{In: t.ids(in), Out: t.ids(out)})
}

// ids returns the numbers of places in the net.
func (t *tokens) ids(places []int) []int32 {
	ids := make([]int32, len(places))
	for i, p := range places {
		if t.id[p] < 0 {
			t.id[p] = int32(len(t.raw))
			t.raw = append(t.raw, p)
			t.net.Places = append(t.net.Places, t.kind(p))
		}
		ids[i] = t.id[p]
	}
	return ids
}

func (t *tokens) kind(place int) graph.PlaceKind {
	switch owner := t.owner(place); {
	case place >= t.mail(0) && place < t.begin(0):
		return graph.Buffer
	case place >= t.permit(0), owner >= 0 && t.nodes[owner].kind == end && place < t.along(0):
		return graph.Merging
	}
	return graph.Safe
}

// complete adds what hangs on all places: what an end breaks off, what must be
// over before a message begins a pool again, and what inclusive joins wait for.
func (t *tokens) complete() {
	pools := map[int][]int32{} // the places of each that an end breaks off
	listed := 0
	for i, m := range t.moves {
		transition, node := &t.net.Transitions[i], t.nodes[m.node]
		switch {
		case node.kind == end && m.does:
			if pools[node.pool] == nil {
				pools[node.pool] = t.places(func(_ int, owner int32) bool { return owner >= 0 && t.nodes[owner].pool == node.pool })
			}
			transition.Clear = pools[node.pool]
		case node.kind == start && m.gets == m.node:
			_, before := t.walk([]int32{m.node}, t.anyEdge)
			transition.None = t.places(func(_ int, owner int32) bool { return owner >= 0 && before[owner] != unmet })
			listed += len(transition.None)
		case m.does && !slices.ContainsFunc(m.edges, func(e int32) bool { return t.edges[e].besides }):
			for _, p := range t.permits(m.node) {
				transition.Clear = append(transition.Clear, t.id[p])
			}
		}
		if t.wide = t.wide || listed > mostTokens; t.wide {
			return
		}
	}
	for i := range t.net.Transitions {
		if !t.wide && t.net.Transitions[i].Some {
			t.await(i)
			listed += len(t.raw)
			t.wide = listed > mostAwaits
		}
	}
}

// places returns the places of the net that are meant.
func (t *tokens) places(of func(place int, owner int32) bool) (ids []int32) {
	for id, p := range t.raw {
		if of(p, t.owner(p)) {
			ids = append(ids, int32(id))
		}
	}
	return ids
}

// await finds from which places tokens can come to an inclusive join, which
// they do not pass on the way.
func (t *tokens) await(join int) {
	in := t.net.Transitions[join].In
	leads := make([][]int32, len(t.raw))
	putters := t.putters(join)
	for i, p := range in {
		open := []int32{p}
		seen := make([]bool, len(t.raw))
		seen[p] = true
		for len(open) > 0 {
			to := open[len(open)-1]
			open = open[:len(open)-1]
			for _, by := range putters[to] {
				for _, from := range t.net.Transitions[by].In {
					if !seen[from] && t.net.Places[from] != graph.Buffer {
						seen[from] = true
						leads[from] = append(leads[from], int32(i))
						open = append(open, from)
					}
				}
			}
		}
	}
	for p, l := range leads {
		if len(l) > 0 && !slices.Contains(in, int32(p)) {
			t.net.Transitions[join].Awaits = append(t.net.Transitions[join].Awaits, graph.Await{Place: int32(p), Leads: l})
		}
	}
}

// putters are, for each place, the transitions but one that put a token there.
func (t *tokens) putters(but int) [][]int32 {
	by := make([][]int32, len(t.raw))
	for i, transition := range t.net.Transitions {
		if i == but {
			continue
		}
		for _, p := range transition.Out {
			by[p] = append(by[p], int32(i))
		}
	}
	return by
}

// initial are the places with a token before anything happens: each pool
// begins that can begin by itself.
func (t *tokens) initial() []int32 {
	return t.places(func(p int, _ int32) bool { return p >= t.begin(0) && p < t.permit(0) })
}

// limit is how many markings are gone through.
func (t *tokens) limit() int {
	return min(mostMarkings, mostTokens/max(1, len(t.raw)), math.MaxInt32)
}
