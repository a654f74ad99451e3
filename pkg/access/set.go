package access

import "math/bits"

// set is a set of small numbers: names, or places.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

// newSets returns so many sets with members below a number.
func newSets(n, members int) []set {
	words := (members + 63) / 64
	all, memory := make([]set, n), make(set, n*words)
	for i := range all {
		all[i] = memory[i*words : (i+1)*words : (i+1)*words]
	}
	return all
}

func (s set) has(i int) bool { return s[i>>6]>>(i&63)&1 != 0 }
func (s set) add(i int)      { s[i>>6] |= 1 << (i & 63) }
func (s set) remove(i int)   { s[i>>6] &^= 1 << (i & 63) }

// addAll adds the members of another set and reports whether any is new.
func (s set) addAll(o set) bool {
	grown := false
	for i, w := range o {
		grown = grown || w&^s[i] != 0
		s[i] |= w
	}
	return grown
}

// meets reports whether two sets have a member in common.
func (s set) meets(o set) bool {
	for i, w := range o {
		if s[i]&w != 0 {
			return true
		}
	}
	return false
}

// first returns the first member that two sets have in common, or -1.
func (s set) first(o set) int {
	for i, w := range o {
		if w &= s[i]; w != 0 {
			return i<<6 + bits.TrailingZeros64(w)
		}
	}
	return -1
}

// contains reports whether all members of another set are in this one.
func (s set) contains(o set) bool {
	for i, w := range o {
		if w&^s[i] != 0 {
			return false
		}
	}
	return true
}

func (s set) clone() set { return append(set(nil), s...) }

// each calls f with the members in ascending order.
func (s set) each(f func(int)) {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			f(i<<6 + bits.TrailingZeros64(w))
		}
	}
}

// some reports whether f holds for one of the members.
func (s set) some(f func(int) bool) bool {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			if f(i<<6 + bits.TrailingZeros64(w)) {
				return true
			}
		}
	}
	return false
}

// key appends the set to a key for maps.
func (s set) key(b []byte) []byte {
	for _, w := range s {
		b = append(b, byte(w), byte(w>>8), byte(w>>16), byte(w>>24), byte(w>>32), byte(w>>40), byte(w>>48), byte(w>>56))
	}
	return b
}
