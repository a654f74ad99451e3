package graph

import "slices"

// How often relax improves its prices.
const (
	rootRounds = 200
	nodeRounds = 32
)

// packing returns how many cuts of r it finds that have no element in common,
// small ones first: each needs an element of its own.
func (c *cover) packing(r *rest) int {
	var order []int
	for i := r.cuts.next(0); i >= 0; i = r.cuts.next(i + 1) {
		order = append(order, c.cuts[i].countIn(r.elements)<<32|i)
	}
	slices.Sort(order)
	taken := newIndexSet(len(c.names))
	n := 0
	for _, o := range order {
		cut := c.cuts[o&(1<<32-1)]
		if taken.meets(cut) {
			continue
		}
		for i, w := range cut {
			taken[i] |= w & r.elements[i]
		}
		n++
	}
	return n
}

// whole is what an element costs, in the small coins of the prices.
const whole = 1 << 20

// relax returns a bound: no fewer elements of r hit all its cuts. It stops
// once that exceeds k, and drops elements that no hitting set of k has.
//
// It is the Lagrangian relaxation of set covering (Held and Karp, Mathematical
// Programming 1, 1971; Caprara, Fischetti and Toth, Operations Research 47(5),
// 1999): each cut offers a price for being hit, an element is worth taking if
// its cuts offer more than it costs, and the prices of cuts that are hit too
// often fall, of those missed rise. For any prices, what they sum to without
// what is earned on elements bounds the cost. All in integers, so that machines
// agree. The prices stay for the next call.
func (c *cover) relax(r *rest, k, rounds int) int {
	m := c.market(r)
	best, pace := -1, 32
	for stale := 0; rounds > 0 && pace > 0; rounds-- {
		value := m.value()
		if stale++; value > best {
			best, stale = value, 0
			m.keep()
		}
		if stale == 2 {
			pace, stale = pace/2, 0
		}
		if best > k*whole || !m.adjust(((k+1)*whole-value)*pace/16) {
			break
		}
	}
	m.restore()
	for i, cut := range m.cuts {
		c.price[cut] = m.price[i]
	}
	if best <= k*whole {
		m.drop(r, k*whole)
	}
	return (best + whole - 1) / whole
}

// setPrices shares the cost of each element among its cuts, so that none is
// worth taking yet.
func (c *cover) setPrices() {
	for i, cut := range c.cuts {
		c.price[i] = whole
		for e := cut.next(0); e >= 0; e = cut.next(e + 1) {
			c.price[i] = min(c.price[i], whole/c.hits[e].count())
		}
	}
}

// market is the part of a cover that is left, as lists, with the prices.
type market struct {
	cuts, elements []int   // their numbers in the cover
	holds          [][]int // of each cut its elements, by place in elements
	price          []int   // of each cut
	cost           []int   // of each element what the prices leave of its cost
	kept           []int   // the best prices so far
}

func (c *cover) market(r *rest) *market {
	m := &market{cuts: r.cuts.members(), elements: r.elements.members()}
	place := make([]int, len(c.names))
	for i, e := range m.elements {
		place[e] = i
	}
	m.cost = make([]int, len(m.elements))
	for _, cut := range m.cuts {
		var holds []int
		for e := c.cuts[cut].nextIn(r.elements, 0); e >= 0; e = c.cuts[cut].nextIn(r.elements, e+1) {
			holds = append(holds, place[e])
		}
		m.holds = append(m.holds, holds)
		m.price = append(m.price, c.price[cut])
	}
	m.kept = slices.Clone(m.price)
	return m
}

// value returns the bound that the prices give.
func (m *market) value() int {
	for i := range m.cost {
		m.cost[i] = whole
	}
	sum := 0
	for i, p := range m.price {
		sum += p
		for _, e := range m.holds[i] {
			m.cost[e] -= p
		}
	}
	for _, cost := range m.cost {
		sum += min(0, cost)
	}
	return sum
}

func (m *market) keep() { copy(m.kept, m.price) }

func (m *market) restore() { copy(m.price, m.kept) }

// adjust moves the prices by the gap that is to be closed. It returns false if
// there is nothing to move: every cut is hit once.
func (m *market) adjust(gap int) bool {
	norm := 0
	for i := range m.holds {
		g := m.missed(i)
		norm += g * g
	}
	if norm == 0 {
		return false
	}
	for i := range m.holds {
		m.price[i] = max(0, m.price[i]+m.missed(i)*gap/norm)
	}
	return true
}

// missed returns 1 if no element of the cut is worth taking, 0 if one is, and
// less the more there are.
func (m *market) missed(cut int) int {
	n := 1
	for _, e := range m.holds[cut] {
		if m.cost[e] < 0 {
			n--
		}
	}
	return n
}

// drop rules out elements of r that the prices show to cost more than most.
func (m *market) drop(r *rest, most int) {
	value := m.value()
	for i, cost := range m.cost {
		if value+max(0, cost) > most {
			r.elements.remove(m.elements[i])
		}
	}
}
