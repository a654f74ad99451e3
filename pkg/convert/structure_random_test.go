package convert

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// randomFlow has one or two pools of few steps, which part and meet in all
// manners. All that is between start and end are steps.
func randomFlow(r *rand.Rand) *flow {
	f := newFlow(source.New("flow", []byte("x")))
	add := func(n node) int {
		n.pool, n.key, n.span = len(f.pools)-1, fmt.Sprintf("n%d", len(f.nodes)), source.Span{File: f.file}
		n.name.Value = strings.ToUpper(n.key)
		f.nodes = append(f.nodes, n)
		return len(f.nodes) - 1
	}
	manners := []many{one, one, one, all, some}
	var inner []int
	for range 1 + r.IntN(2) {
		f.pools = append(f.pools, pool{})
		first := add(node{kind: start})
		for range 2 + r.IntN(5) {
			inner = append(inner, add(node{kind: step, split: manners[r.IntN(5)], join: manners[r.IntN(5)]}))
		}
		last := add(node{kind: end, all: r.IntN(6) == 0})
		f.edge(edge{from: first, to: first + 1})
		for n := first + 1; n < last; n++ {
			for range 1 + r.IntN(2) {
				e := edge{from: n, to: min(last, n+1+r.IntN(3)), instead: r.IntN(12) == 0}
				if r.IntN(8) == 0 {
					e.to = first + 1 + r.IntN(last-first-1)
				}
				e.besides = !e.instead && r.IntN(14) == 0
				f.edge(e)
			}
		}
	}
	if len(f.pools) == 2 {
		for range r.IntN(3) {
			a, b := inner[r.IntN(len(inner))], inner[r.IntN(len(inner))]
			if f.nodes[a].pool != f.nodes[b].pool {
				f.messages = append(f.messages, message{from: a, to: b})
			}
		}
		if second := slices.IndexFunc(f.nodes, func(n node) bool { return n.pool == 1 }); r.IntN(3) == 0 {
			f.messages = append(f.messages, message{from: inner[0], to: second})
		}
	}
	return f
}

// naive plays a flow by the meaning of its nodes and edges, without a net and
// without taking anything away.
type naive struct {
	*structure
	happens map[int32]bool
	overrun bool // something comes twice to where something is
}

// bag is how many tokens there are at what: at node n, before it (w), on edge
// e, permits of edges (p), messages (m), pools that have not begun (b).
type bag map[string]int

func (b bag) String() string {
	var words []string
	for _, k := range slices.Sorted(maps.Keys(b)) {
		if b[k] > 0 {
			words = append(words, fmt.Sprint(k, "=", b[k]))
		}
	}
	return strings.Join(words, " ")
}

func key(of byte, n int32) string { return fmt.Sprintf("%c%d", of, n) }

// take returns the bag without one of each; false where there is none.
func (b bag) take(keys ...string) (bag, bool) {
	rest := maps.Clone(b)
	for _, k := range keys {
		if rest[k] == 0 {
			return nil, false
		}
		if k[0] != 'm' || rest[k] < 3 {
			rest[k]--
		}
	}
	return rest, true
}

// put adds a token; false where one is that must be alone.
func (v *naive) put(b bag, k string) bool {
	var n int32
	fmt.Sscanf(k[1:], "%d", &n)
	switch merges := k[0] == 'p' || (k[0] == 'n' || k[0] == 'w') && v.nodes[n].kind == end; {
	case k[0] == 'm':
		b[k] = min(3, b[k]+1)
	case b[k] > 0 && !merges:
		v.overrun = true
		return false
	default:
		b[k] = 1
	}
	return true
}

func (v *naive) walkEdge(b bag, e int32) bool {
	if to := v.g.To[e]; !v.joins(to) {
		return v.come(b, to)
	}
	return v.put(b, key('e', e))
}

func (v *naive) come(b bag, n int32) bool {
	if len(v.waits[n]) > 0 {
		return v.put(b, key('w', n)) && v.allow(b, n) && v.send(b, n)
	}
	return v.begin(b, n) && v.allow(b, n)
}

// begin is when a node is come to and has what it waits for.
func (v *naive) begin(b bag, n int32) bool {
	v.happens[n] = true
	if v.nodes[n].kind == end && !v.nodes[n].all {
		return len(v.waits[n]) > 0 || v.send(b, n)
	}
	return v.put(b, key('n', n))
}

func (v *naive) allow(b bag, n int32) bool {
	for _, e := range v.g.Out(n) {
		if v.edges[e].besides && !v.put(b, key('p', e)) {
			return false
		}
	}
	return true
}

func (v *naive) send(b bag, n int32) bool {
	for _, m := range v.sends[n] {
		v.put(b, key('m', m))
	}
	return true
}

// next are the bags that can follow one; nil stands for one with an overrun.
func (v *naive) next(b bag) (all []bag) {
	try := func(keys []string, change func(bag) bool) {
		if rest, ok := b.take(keys...); ok {
			if !change(rest) {
				rest = nil
			}
			all = append(all, rest)
		}
	}
	for n := range int32(len(v.nodes)) {
		v.nextAt(b, n, try)
	}
	return all
}

func (v *naive) nextAt(b bag, n int32, try func([]string, func(bag) bool)) {
	node := v.nodes[n]
	if node.kind == start && len(v.waits[n]) == 0 {
		try([]string{key('b', int32(node.pool))}, func(r bag) bool { return v.come(r, n) })
	}
	if v.joins(n) {
		if edges, ready := v.ready(b, n); ready {
			try(edges, func(r bag) bool { return v.come(r, n) })
		}
	}
	for _, m := range v.waits[n] {
		switch {
		case node.kind != start:
			try([]string{key('w', n), key('m', m)}, func(r bag) bool { return v.begin(r, n) })
		case !v.busy(b, n):
			try([]string{key('m', m)}, func(r bag) bool { return v.begin(r, n) && v.send(r, n) })
		}
	}
	if node.all {
		try([]string{key('n', n)}, func(r bag) bool {
			maps.DeleteFunc(r, func(k string, _ int) bool { return v.poolOf(k) == node.pool })
			return len(v.waits[n]) > 0 || v.send(r, n)
		})
		return
	}
	for _, set := range v.sets(n) {
		try([]string{key('n', n)}, func(r bag) bool { return v.leave(r, n, set, true) })
	}
	for _, e := range v.g.Out(n) {
		for _, at := range []string{key('n', n), key('w', n)} {
			switch way := v.edges[e]; {
			case way.instead:
				v.aside(e, []string{at}, nil, true, try)
			case way.besides:
				v.aside(e, []string{at, key('p', e)}, []string{at}, false, try)
			}
		}
	}
}

// leave walks edges from a node, which then is over.
func (v *naive) leave(r bag, n int32, edges []int32, done bool) bool {
	for _, e := range v.g.Out(n) {
		delete(r, key('p', e))
	}
	if done && len(v.waits[n]) == 0 {
		v.send(r, n)
	}
	for _, e := range edges {
		if !v.walkEdge(r, e) {
			return false
		}
	}
	return true
}

// aside walks an edge that breaks a node off, or begins beside it.
func (v *naive) aside(e int32, take, back []string, over bool, try func([]string, func(bag) bool)) {
	n, to := v.g.From[e], v.g.To[e]
	change := func(walk func(bag) bool) func(bag) bool {
		return func(r bag) bool {
			if over {
				v.leave(r, n, nil, false)
			}
			for _, k := range back {
				if !v.put(r, k) {
					return false
				}
			}
			return walk(r)
		}
	}
	if !v.decides(e) {
		try(take, change(func(r bag) bool { return v.walkEdge(r, e) }))
		return
	}
	for _, m := range v.waits[to] {
		try(append(slices.Clone(take), key('m', m)), change(func(r bag) bool { return v.begin(r, to) && v.allow(r, to) && v.send(r, to) }))
	}
}

// sets are the sets of edges that may be walked once a node is done.
func (v *naive) sets(n int32) (sets [][]int32) {
	exits := v.exits(n)
	for bits := 1; bits < 1<<len(exits); bits++ {
		var set []int32
		for i, e := range exits {
			if bits>>i&1 != 0 {
				set = append(set, e)
			}
		}
		if split := v.nodes[n].split; split == some || split == one && len(set) == 1 || split == all && len(set) == len(exits) {
			sets = append(sets, set)
		}
	}
	return sets
}

// ready returns the tokens that a join takes, and whether it does.
func (v *naive) ready(b bag, n int32) (take []string, ok bool) {
	in := v.g.In(n)
	full := map[int32]bool{}
	for _, e := range in {
		if b[key('e', e)] > 0 {
			full[e] = true
			take = append(take, key('e', e))
		}
	}
	if v.nodes[n].join == all || len(take) == 0 {
		return take, len(take) == len(in)
	}
	for k, count := range b {
		from, isToken := v.whereIs(k)
		if count == 0 || !isToken || k[0] == 'e' && v.g.To[v.edgeOf(k)] == n {
			continue
		}
		before := v.metBefore(from, n)
		waits := false
		for _, e := range in {
			if before[v.g.From[e]] {
				if full[e] {
					waits = false
					break
				}
				waits = true
			}
		}
		if waits {
			return nil, false
		}
	}
	return take, true
}

func (v *naive) edgeOf(k string) (e int32) {
	fmt.Sscanf(k[1:], "%d", &e)
	return e
}

// whereIs returns the nodes at which a token is.
func (v *naive) whereIs(k string) (nodes []int32, ok bool) {
	n := v.edgeOf(k)
	switch k[0] {
	case 'n', 'w':
		return []int32{n}, true
	case 'e':
		return []int32{v.g.To[n]}, true
	case 'b':
		for i, node := range v.nodes {
			if node.kind == start && node.pool == int(n) && len(v.waits[i]) == 0 {
				nodes = append(nodes, int32(i))
			}
		}
		return nodes, true
	}
	return nil, false
}

// metBefore are the nodes that can be come to from some, not through n.
func (v *naive) metBefore(from []int32, n int32) map[int32]bool {
	met := map[int32]bool{}
	for len(from) > 0 {
		at := from[0]
		from = from[1:]
		if met[at] || at == n && !slices.Contains(from, n) && len(met) > 0 {
			continue
		}
		met[at] = true
		for _, e := range v.g.Out(at) {
			if to := v.g.To[e]; to != n {
				from = append(from, to)
			}
		}
	}
	return met
}

// busy reports whether something that began at a start still goes on.
func (v *naive) busy(b bag, n int32) bool {
	order, _ := v.walk([]int32{n}, v.anyEdge)
	for k, count := range b {
		if at, ok := v.whereIs(k); ok && count > 0 && k[0] != 'b' && slices.Contains(order, at[0]) {
			return true
		}
	}
	return false
}

func (v *naive) poolOf(k string) int {
	switch n := v.edgeOf(k); k[0] {
	case 'n', 'w':
		return v.nodes[n].pool
	case 'e', 'p':
		return v.nodes[v.edges[n].from].pool
	}
	return -1
}

// play returns whether something can stop for ever, or go on for ever, though
// something is under way.
func (v *naive) play() (stops, circles bool) {
	first := bag{}
	for _, n := range v.all(start) {
		if len(v.waits[n]) == 0 {
			first[key('b', int32(v.nodes[n].pool))] = 1
		}
	}
	bags, next := map[string]bag{first.String(): first}, map[string][]string{}
	for open := []bag{first}; len(open) > 0 && len(bags) < 3000; open = open[1:] {
		for _, b := range v.next(open[0]) {
			if b == nil {
				next[open[0].String()] = append(next[open[0].String()], "!")
				continue
			}
			next[open[0].String()] = append(next[open[0].String()], b.String())
			if bags[b.String()] == nil {
				bags[b.String()] = b
				open = append(open, b)
			}
		}
	}
	good := map[string]bool{"!": true}
	for k, b := range bags {
		under := false
		for place, count := range b {
			under = under || count > 0 && place[0] != 'm' && place[0] != 'p'
		}
		good[k] = !under
	}
	for grown := true; grown; {
		grown = false
		for k, list := range next {
			if !good[k] && slices.ContainsFunc(list, func(to string) bool { return good[to] }) {
				good[k], grown = true, true
			}
		}
	}
	for k := range bags {
		stops = stops || !good[k] && len(next[k]) == 0
		circles = circles || !good[k] && len(next[k]) > 0 && endless(next, k)
	}
	return stops, circles
}

// endless reports whether it can go on for ever after a state, and cannot stop.
func endless(next map[string][]string, from string) bool {
	seen := map[string]bool{}
	for open := []string{from}; len(open) > 0; open = open[1:] {
		if seen[open[0]] {
			continue
		}
		seen[open[0]] = true
		if len(next[open[0]]) == 0 {
			return false
		}
		open = append(open, next[open[0]]...)
	}
	return true
}

// TestStructureAgainstNaive holds that a flow gives findings if and only if a
// naive game finds something wrong with it, and findings of the right kind.
func TestStructureAgainstNaive(t *testing.T) {
	counts := map[string]int{}
	for seed := range uint64(1000) {
		f := randomFlow(rand.New(rand.NewPCG(seed, 5)))
		found := f.structure()
		v := &naive{structure: newStructure(f), happens: map[int32]bool{}}
		stops, circles := v.play()
		halts := slices.ContainsFunc(v.order, v.halts)
		never := len(v.order) < len(f.nodes) || !v.overrun && slices.ContainsFunc(v.order, func(n int32) bool { return !v.happens[n] })
		wrong := stops || circles || v.overrun || halts || never
		has := func(rules ...string) bool {
			return slices.ContainsFunc(found, func(f finding.Finding) bool { return slices.Contains(rules, f.Rule) })
		}
		report := func(what string) {
			t.Fatalf("seed %d: %s\nstops %v, circles %v, twice %v, dead end %v, never %v\n%s%s", seed, what, stops, circles, v.overrun, halts, never, printFlow(f), printFindings(found))
		}
		counts[fmt.Sprint("wrong ", wrong)]++
		switch {
		case has(lossyImport): // what is too much to follow is told, and not compared
			counts["too large"]++
		case wrong != (len(found) > 0):
			report("is it wrong or not")
		case has(deadlock) && !stops && !circles && !never && !v.overrun:
			report("no deadlock")
		case stops && !v.overrun && !halts && !has(deadlock, endlessLoop): // a circle that waits for itself is told as what it is
			report("a deadlock is missing")
		case circles && !v.overrun && !halts && !has(endlessLoop):
			report("an endless loop is missing")
		case has(unclearFlow) && !v.overrun:
			report("nothing happens twice")
		case v.overrun && !has(unclearFlow, endlessLoop):
			report("something happens twice")
		}
		for _, d := range found {
			counts[d.Rule]++
		}
	}
	if counts["too large"] > 10 {
		t.Errorf("%d flows are too large for this test", counts["too large"])
	}
	for _, what := range []string{"wrong false", deadlock, endlessLoop, unclearFlow, unreachableStep, deadEnd} {
		if counts[what] < 20 {
			t.Errorf("too few of %q: %v", what, counts)
		}
	}
}

func printFlow(f *flow) string {
	var b strings.Builder
	for i, n := range f.nodes {
		fmt.Fprintf(&b, "%d: kind %d pool %d join %d split %d all %v\n", i, n.kind, n.pool, n.join, n.split, n.all)
	}
	for _, e := range f.edges {
		fmt.Fprintf(&b, "%d → %d instead %v besides %v\n", e.from, e.to, e.instead, e.besides)
	}
	for _, m := range f.messages {
		fmt.Fprintf(&b, "%d ~ %d\n", m.from, m.to)
	}
	return b.String()
}
