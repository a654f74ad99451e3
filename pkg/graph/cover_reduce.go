package graph

// reduce does what costs no choice: it takes what is forced, drops cuts that
// hold another and elements that another replaces, until nothing is left to
// do. It returns false if some cut cannot be hit.
//
// With inOrder the first smallest hitting set stays possible, not only one of
// that size.
func (c *cover) reduce(r *rest, inOrder bool) bool {
	for {
		if !c.takeForced(r) {
			return false
		}
		c.dropCuts(r)
		if !c.dropElements(r, inOrder) {
			return true
		}
	}
}

// takeForced takes the only element of a cut. It returns false if a cut has
// none.
func (c *cover) takeForced(r *rest) bool {
	for i := r.cuts.next(0); i >= 0; i = r.cuts.next(i + 1) {
		switch c.cuts[i].countIn(r.elements) {
		case 0:
			return false
		case 1:
			c.take(r, c.cuts[i].nextIn(r.elements, 0))
		}
	}
	return true
}

// dropCuts drops each cut that holds all elements of another: it is hit when
// that one is.
func (c *cover) dropCuts(r *rest) {
	for i := r.cuts.next(0); i >= 0; i = r.cuts.next(i + 1) {
		e := c.rarest(r, i)
		for j := c.hits[e].nextIn(r.cuts, 0); j >= 0; j = c.hits[e].nextIn(r.cuts, j+1) {
			if i != j && c.cuts[i].partWithin(r.elements, c.cuts[j]) {
				r.cuts.remove(j)
			}
		}
	}
}

// rarest returns the element of a cut that the fewest cuts hold: whoever holds
// the cut is among them.
func (c *cover) rarest(r *rest, cut int) int {
	best, fewest := -1, 0
	for e := c.cuts[cut].nextIn(r.elements, 0); e >= 0; e = c.cuts[cut].nextIn(r.elements, e+1) {
		if n := c.hits[e].countIn(r.cuts); best < 0 || n < fewest {
			best, fewest = e, n
		}
	}
	return best
}

// dropElements drops elements that hit nothing, or nothing that another does
// not hit too. It says whether there was one.
func (c *cover) dropElements(r *rest, inOrder bool) bool {
	dropped := false
	for e := r.elements.next(0); e >= 0; e = r.elements.next(e + 1) {
		by := c.replacement(r, e, inOrder)
		if by < 0 {
			continue
		}
		r.elements.remove(e)
		dropped = true
		if r.kept != nil && r.kept.has(e) {
			r.kept.remove(e)
			r.kept.add(by)
		}
	}
	return dropped
}

// replacement returns an element that can stand for e in every hitting set, e
// itself if it hits nothing, -1 if there is none. An earlier element may always
// replace a later one; the other way it may cost the first place, and of two
// elements that hit the same the earlier one stays.
func (c *cover) replacement(r *rest, e int, inOrder bool) int {
	cut := c.hits[e].nextIn(r.cuts, 0)
	if cut < 0 {
		return e
	}
	for f := c.cuts[cut].nextIn(r.elements, 0); f >= 0; f = c.cuts[cut].nextIn(r.elements, f+1) {
		switch {
		case f == e || f > e && inOrder || !c.hits[e].partWithin(r.cuts, c.hits[f]):
		case f < e || !c.hits[f].partWithin(r.cuts, c.hits[e]):
			return f
		}
	}
	return -1
}
