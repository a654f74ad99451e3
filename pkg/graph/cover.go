package graph

import "slices"

// cover is a hitting set problem written out: choose elements so that each
// cut holds a chosen one. Elements and cuts are numbered from 0; earlier
// elements are preferred.
//
// It is solved by branch and bound: what is forced or useless is dealt with
// first (the reductions of set covering), what falls apart is solved apart, and
// a branch ends where the bound of [cover.relax] leaves no room.
type cover struct {
	cuts  []indexSet // of each cut its elements
	hits  []indexSet // of each element the cuts that hold it
	names []int      // of each element its name outside
	price []int      // of each cut, see relax
	limit *limit
}

// rest is what is left of a cover when some elements are chosen and others
// ruled out.
type rest struct {
	cuts     indexSet // not hit yet
	elements indexSet // may still be chosen
	chosen   []int
	// kept is nil or a smallest hitting set of what is left, kept up to date.
	kept indexSet
}

// writeOut numbers the elements of some cuts, in their order.
func writeOut(cuts []indexSet, l *limit) *cover {
	used := newIndexSet(64 * len(cuts[0]))
	for _, cut := range cuts {
		used.unite(cut)
	}
	c := &cover{names: used.members(), price: make([]int, len(cuts)), limit: l}
	for range c.names {
		c.hits = append(c.hits, newIndexSet(len(cuts)))
	}
	number := make([]int, 64*len(used))
	for e, name := range c.names {
		number[name] = e
	}
	for i, cut := range cuts {
		set := newIndexSet(len(c.names))
		for name := cut.next(0); name >= 0; name = cut.next(name + 1) {
			set.add(number[name])
			c.hits[number[name]].add(i)
		}
		c.cuts = append(c.cuts, set)
	}
	c.setPrices()
	return c
}

// smallest finds a smallest hitting set; it is known to have at least so many
// elements.
func (c *cover) smallest(least int) *partHit {
	r := c.all()
	c.reduce(r, false)
	hit := &partHit{chosen: c.named(r.chosen), bound: len(r.chosen), done: true}
	parts := c.split(r)
	for _, part := range parts {
		low := 0
		if len(parts) == 1 {
			low = least - len(r.chosen)
		}
		chosen, bound := c.minimum(part, low, len(c.names))
		hit.done = hit.done && chosen != nil
		hit.bound += bound
		hit.chosen = append(hit.chosen, c.named(chosen)...)
	}
	hit.bound = max(hit.bound, least)
	return hit
}

// firstOf finds the first of the smallest hitting sets, one of which is known.
func (c *cover) firstOf(known *partHit) *partHit {
	r := c.all()
	r.kept = newIndexSet(len(c.names))
	for _, name := range known.chosen {
		e, _ := slices.BinarySearch(c.names, name)
		r.kept.add(e)
	}
	chosen := c.first(r)
	return &partHit{chosen: c.named(chosen), bound: known.bound, done: chosen != nil, inOrder: true}
}

// all returns the cover with nothing chosen.
func (c *cover) all() *rest {
	return &rest{cuts: fullIndexSet(len(c.cuts)), elements: fullIndexSet(len(c.names))}
}

// named returns the names of elements.
func (c *cover) named(elements []int) []int {
	names := make([]int, len(elements))
	for i, e := range elements {
		names[i] = c.names[e]
	}
	return names
}

// minimum returns a smallest hitting set of r, and its size; nil and a proven
// bound if it has more than most elements or the limit was reached. It has at
// least low elements. It tries one size after the other.
func (c *cover) minimum(r *rest, low, most int) ([]int, int) {
	greedy := c.greedy(r)
	low = max(low, c.packing(r))
	if low < len(greedy) && low <= most && !c.limit.spent {
		low = max(low, c.relax(r.clone(), len(greedy)-1, rootRounds))
	}
	for ; low < len(greedy) && low <= most; low++ {
		chosen := c.within(r.clone(), low)
		if chosen != nil || c.limit.spent {
			return chosen, low
		}
	}
	if low > most {
		return nil, low
	}
	return greedy, low
}

// within returns a hitting set of r that adds at most k elements to those
// chosen; nil if there is none or the limit was reached. It uses r up.
func (c *cover) within(r *rest, k int) []int {
	if !c.limit.step() {
		return nil
	}
	k += len(r.chosen)
	for {
		if !c.reduce(r, false) || len(r.chosen) > k {
			return nil
		}
		if r.cuts.empty() {
			return r.chosen
		}
		if parts := c.split(r); len(parts) > 1 {
			return c.apart(r, parts, k-len(r.chosen))
		}
		left := r.elements.count()
		if c.packing(r) > k-len(r.chosen) || c.relax(r, k-len(r.chosen), nodeRounds) > k-len(r.chosen) {
			return nil
		}
		if r.elements.count() == left {
			return c.branch(r, k-len(r.chosen))
		}
	}
}

// branch tries the elements of a smallest cut one by one, the one that hits
// most first; an element that was tried in vain is ruled out for the next.
func (c *cover) branch(r *rest, k int) []int {
	cut := c.smallestCut(r)
	elements := make([]int, 0, 8)
	for e := c.cuts[cut].nextIn(r.elements, 0); e >= 0; e = c.cuts[cut].nextIn(r.elements, e+1) {
		elements = append(elements, e)
	}
	slices.SortStableFunc(elements, func(a, b int) int { return c.hits[b].countIn(r.cuts) - c.hits[a].countIn(r.cuts) })
	for _, e := range elements {
		with := r.clone()
		c.take(with, e)
		if chosen := c.within(with, k-1); chosen != nil || c.limit.spent {
			return chosen
		}
		r.elements.remove(e)
	}
	return nil
}

// apart solves the parts of r, each with what the others leave of k at least.
func (c *cover) apart(r *rest, parts []*rest, k int) []int {
	low := make([]int, len(parts))
	for i, part := range parts {
		low[i] = c.packing(part)
		k -= low[i]
	}
	chosen := slices.Clip(r.chosen)
	for i, part := range parts {
		if k < 0 {
			return nil
		}
		found, size := c.minimum(part, low[i], k+low[i])
		if found == nil {
			return nil
		}
		k -= size - low[i]
		chosen = append(chosen, found...)
	}
	return chosen
}

// first returns the first in order of the smallest hitting sets of r, one of
// which is kept; nil if the limit was reached.
func (c *cover) first(r *rest) []int {
	c.relax(r, r.kept.count(), rootRounds)
	for {
		c.reduce(r, true)
		if r.cuts.empty() {
			return r.chosen
		}
		if parts := c.split(r); len(parts) > 1 {
			return c.firstApart(r, parts)
		}
		e := r.elements.next(0)
		if !r.kept.has(e) && !c.swap(r, e) {
			if c.limit.spent {
				return nil
			}
			r.elements.remove(e)
			continue
		}
		c.take(r, e)
	}
}

func (c *cover) firstApart(r *rest, parts []*rest) []int {
	chosen := slices.Clip(r.chosen)
	for _, part := range parts {
		found := c.first(part)
		if found == nil {
			return nil
		}
		chosen = append(chosen, found...)
	}
	return chosen
}

// swap makes kept a set with e that is as small. It returns false if there is
// none.
func (c *cover) swap(r *rest, e int) bool {
	with := &rest{cuts: r.cuts.clone(), elements: r.elements.clone()}
	c.take(with, e)
	found := c.within(with, r.kept.count()-1)
	if found == nil {
		return false
	}
	clear(r.kept)
	r.kept.addAll(found)
	return true
}

// greedy returns a hitting set: the element that hits most is added until all
// cuts are hit, then what became superfluous is removed.
func (c *cover) greedy(r *rest) []int {
	left := r.cuts.clone()
	var chosen []int
	for !left.empty() {
		best, most := -1, 0
		for e := r.elements.next(0); e >= 0; e = r.elements.next(e + 1) {
			if n := c.hits[e].countIn(left); n > most {
				best, most = e, n
			}
		}
		chosen = append(chosen, best)
		left.subtract(c.hits[best])
	}
	return c.irredundant(r, chosen)
}

// irredundant removes elements, the last first, that hit no cut alone.
func (c *cover) irredundant(r *rest, chosen []int) []int {
	for i := len(chosen) - 1; i >= 0; i-- {
		missed := r.cuts.clone()
		for j, e := range chosen {
			if j != i {
				missed.subtract(c.hits[e])
			}
		}
		if missed.empty() {
			chosen = slices.Delete(chosen, i, i+1)
		}
	}
	return chosen
}

func (r *rest) clone() *rest {
	return &rest{cuts: r.cuts.clone(), elements: r.elements.clone(), chosen: slices.Clip(r.chosen)}
}

// take chooses an element.
func (c *cover) take(r *rest, e int) {
	r.chosen = append(r.chosen, e)
	r.cuts.subtract(c.hits[e])
	r.elements.remove(e)
	if r.kept != nil {
		r.kept.remove(e)
	}
}

// smallestCut returns the cut with the fewest elements left, the first of equals.
func (c *cover) smallestCut(r *rest) int {
	best, fewest := -1, 0
	for i := r.cuts.next(0); i >= 0; i = r.cuts.next(i + 1) {
		if n := c.cuts[i].countIn(r.elements); best < 0 || n < fewest {
			best, fewest = i, n
		}
	}
	return best
}

// split divides r into parts that no element joins; their chosen is empty.
func (c *cover) split(r *rest) []*rest {
	var parts []*rest
	left := r.cuts.clone()
	for cut := left.next(0); cut >= 0; cut = left.next(0) {
		part := &rest{cuts: newIndexSet(len(c.cuts)), elements: newIndexSet(len(c.names))}
		c.connect(part, r, left, cut)
		if r.kept != nil {
			part.kept = r.kept.clone()
			for i, w := range part.elements {
				part.kept[i] &= w
			}
		}
		parts = append(parts, part)
	}
	return parts
}

// connect moves a cut, and all that elements join to it, from left to part.
func (c *cover) connect(part, r *rest, left indexSet, cut int) {
	left.remove(cut)
	part.cuts.add(cut)
	stack := []int{cut}
	for len(stack) > 0 {
		cut, stack = stack[len(stack)-1], stack[:len(stack)-1]
		for e := c.cuts[cut].nextIn(r.elements, 0); e >= 0; e = c.cuts[cut].nextIn(r.elements, e+1) {
			if part.elements.has(e) {
				continue
			}
			part.elements.add(e)
			for next := c.hits[e].nextIn(left, 0); next >= 0; next = c.hits[e].nextIn(left, next+1) {
				left.remove(next)
				part.cuts.add(next)
				stack = append(stack, next)
			}
		}
	}
}
