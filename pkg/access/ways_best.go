package access

import (
	"container/heap"
	"context"
)

// best returns the best ways, the best first, at most so many. A way is told
// by its sidetracks: the edges by which it leaves the best way on from where
// it is. Ways with one sidetrack more are never better, so a heap yields them
// in order (D. Eppstein, "Finding the k shortest paths", SIAM Journal on
// Computing 28(2), 1998, without its heaps of heaps: it costs O(n·d) for each
// way of n steps with d choices at each).
func (s *skeleton) best(ctx context.Context, by Measure, most int) ([]Way, error) {
	t := &tracker{skeleton: s, by: by}
	t.tree()
	first := s.first()
	if most <= 0 || !t.leads[first] {
		return nil, ctx.Err()
	}
	heap.Push(t, track{total: t.onward[first], at: first})
	var all []Way
	for t.Len() > 0 && len(all) < most {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		next := heap.Pop(t).(track)
		all = append(all, Way{t.steps(next), next.total.Cost})
		t.leave(next)
	}
	return all, nil
}

// tracker yields ways in their order.
type tracker struct {
	*skeleton
	by     Measure
	leads  []bool  // whether a node leads to the target
	onward []price // from each node the best way on
	choice []int   // its first edge, -1 at the end
	queue  []track
	made   int
}

// track is a way: a beginning up to a node, and the best way on from there.
type track struct {
	total  price
	before *walked // nil at the start
	spent  price   // up to at
	at     int
	number int
}

// walked is a beginning of a way, from its end.
type walked struct {
	step   int
	before *walked
}

// tree finds the best way on from each node.
func (t *tracker) tree() {
	n := len(t.edges)
	t.leads, t.onward, t.choice = make([]bool, n), make([]price, n), make([]int, n)
	for _, v := range t.order {
		t.choice[v] = -1
		t.leads[v] = v == t.end
		for i, e := range t.edges[v] {
			if !t.leads[e.to] {
				continue
			}
			if p := t.price(e.step).plus(t.onward[e.to]); !t.leads[v] || p.compare(t.onward[v], t.by) < 0 {
				t.leads[v], t.onward[v], t.choice[v] = true, p, i
			}
		}
	}
}

// leave adds the ways that go as a way does up to some node, and leave it
// there.
func (t *tracker) leave(way track) {
	before, spent := way.before, way.spent
	for v := way.at; t.choice[v] >= 0; {
		for i, e := range t.edges[v] {
			if i == t.choice[v] || !t.leads[e.to] {
				continue
			}
			after := spent.plus(t.price(e.step))
			heap.Push(t, track{total: after.plus(t.onward[e.to]), before: &walked{e.step, before}, spent: after, at: e.to})
		}
		e := t.edges[v][t.choice[v]]
		before, spent, v = &walked{e.step, before}, spent.plus(t.price(e.step)), e.to
	}
}

// steps returns the steps of a way in their order.
func (t *tracker) steps(way track) []int {
	n := 0
	for w := way.before; w != nil; w = w.before {
		n++
	}
	all := make([]int, n)
	for w := way.before; w != nil; w = w.before {
		n--
		all[n] = w.step
	}
	for v := way.at; t.choice[v] >= 0; {
		e := t.edges[v][t.choice[v]]
		all, v = append(all, e.step), e.to
	}
	return all
}

// Len, Less, Swap, Push and Pop make the tracker a heap; equally good ways
// come in the order in which they were found.
func (t *tracker) Len() int { return len(t.queue) }

// Less is part of the heap.
func (t *tracker) Less(i, j int) bool {
	if c := t.queue[i].total.compare(t.queue[j].total, t.by); c != 0 {
		return c < 0
	}
	return t.queue[i].number < t.queue[j].number
}

// Swap is part of the heap.
func (t *tracker) Swap(i, j int) { t.queue[i], t.queue[j] = t.queue[j], t.queue[i] }

// Push is part of the heap.
func (t *tracker) Push(x any) {
	way := x.(track)
	way.number = t.made
	t.made++
	t.queue = append(t.queue, way)
}

// Pop is part of the heap.
func (t *tracker) Pop() any {
	last := t.queue[len(t.queue)-1]
	t.queue = t.queue[:len(t.queue)-1]
	return last
}
