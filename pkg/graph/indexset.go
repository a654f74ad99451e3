package graph

import "math/bits"

// indexSet is a set of small numbers, one bit each. Sets that are used together
// have the same length.
type indexSet []uint64

// newIndexSet returns an empty set with room for 0..n-1.
func newIndexSet(n int) indexSet { return make(indexSet, (n+63)/64) }

// fullIndexSet returns the set 0..n-1.
func fullIndexSet(n int) indexSet {
	s := newIndexSet(n)
	for i := range s {
		s[i] = ^uint64(0)
	}
	if n%64 != 0 {
		s[len(s)-1] = 1<<(n%64) - 1
	}
	return s
}

func (s indexSet) has(i int) bool { return s[i/64]>>(i%64)&1 != 0 }
func (s indexSet) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s indexSet) remove(i int)   { s[i/64] &^= 1 << (i % 64) }
func (s indexSet) clone() indexSet {
	return append(make(indexSet, 0, len(s)), s...)
}

func (s indexSet) addAll(members []int) {
	for _, i := range members {
		s.add(i)
	}
}

func (s indexSet) removeAll(members []int) {
	for _, i := range members {
		s.remove(i)
	}
}

// unite adds all members of t.
func (s indexSet) unite(t indexSet) {
	for i, w := range t {
		s[i] |= w
	}
}

// subtract removes all members of t.
func (s indexSet) subtract(t indexSet) {
	for i, w := range t {
		s[i] &^= w
	}
}

func (s indexSet) empty() bool {
	for _, w := range s {
		if w != 0 {
			return false
		}
	}
	return true
}

func (s indexSet) count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// next returns the smallest member that is at least i, or -1. To walk a set:
//
//	for i := s.next(0); i >= 0; i = s.next(i + 1)
func (s indexSet) next(i int) int {
	w := i / 64
	if w >= len(s) {
		return -1
	}
	word := s[w] >> (i % 64) << (i % 64)
	for word == 0 {
		if w++; w == len(s) {
			return -1
		}
		word = s[w]
	}
	return w*64 + bits.TrailingZeros64(word)
}

// within says whether every member is one of t.
func (s indexSet) within(t indexSet) bool {
	for i, w := range s {
		if w&^t[i] != 0 {
			return false
		}
	}
	return true
}

func (s indexSet) meets(t indexSet) bool {
	for i, w := range s {
		if w&t[i] != 0 {
			return true
		}
	}
	return false
}

// The next three ask about s ∩ t without making it.

func (s indexSet) countIn(t indexSet) int {
	n := 0
	for i, w := range s {
		n += bits.OnesCount64(w & t[i])
	}
	return n
}

// nextIn returns the smallest member of s ∩ t that is at least i, or -1.
func (s indexSet) nextIn(t indexSet, i int) int {
	w := i / 64
	if w >= len(s) {
		return -1
	}
	word := s[w] & t[w] >> (i % 64) << (i % 64)
	for word == 0 {
		if w++; w == len(s) {
			return -1
		}
		word = s[w] & t[w]
	}
	return w*64 + bits.TrailingZeros64(word)
}

// partWithin says whether s ∩ t is within u.
func (s indexSet) partWithin(t, u indexSet) bool {
	for i, w := range s {
		if w&t[i]&^u[i] != 0 {
			return false
		}
	}
	return true
}

func (s indexSet) members() []int {
	all := make([]int, 0, s.count())
	for i := s.next(0); i >= 0; i = s.next(i + 1) {
		all = append(all, i)
	}
	return all
}
