package graph

import (
	"context"
	"encoding/binary"
	"slices"
)

// HittingProblem asks for the smallest set of changes that opens all of some
// tests.
type HittingProblem struct {
	// N is the number of changes: 0..N-1, the preferred ones first.
	N int
	// Tests is the number of tests.
	Tests int
	// Opens says whether the chosen changes open a test. It is monotone: what
	// opens a test still does with more changes. It keeps and changes nothing
	// of chosen, which has length N.
	Opens func(test int, chosen []bool) bool
	// Cut returns a cut of a test that chosen does not open: changes of which
	// at least one must be added for it to open. The fewer the better. It is
	// called only right after Opens has said no to the same question. Where it
	// is nil or returns none Opens is asked instead, far more often.
	Cut func(test int, chosen []bool) []int
}

// Budget limits a search beyond its context.
type Budget struct {
	// Nodes is how many steps a search may take, each a cut that is sought, a
	// branch that is looked at or a change that is tried without; 0 means no
	// limit.
	Nodes int
}

// HittingAnswer is the smallest set of changes, or the best one found.
type HittingAnswer struct {
	// Chosen opens all tests, ascending. It is nil if not Possible.
	Chosen []int
	// Possible says that some set opens all tests. If it is false and Exact is
	// too, the limit was reached before either was known.
	Possible bool
	// Exact says that the search was not cut short: no set is smaller than
	// Chosen, and of those as small it is the first by its least change, then
	// by its second, and so on; or that it is proven impossible.
	Exact bool
	// Bound is proven: no set with fewer changes opens all tests. It may be
	// len(Chosen) without Exact, when others as small may come earlier. It is
	// 0 if not Possible.
	Bound int
}

// MinimumHit finds the smallest set of changes that opens all tests, the first
// in order among equally small ones.
//
// It is the implicit hitting set algorithm (Moreno-Centeno and Karp, Operations
// Research 61(2), 2013): whatever opens a test hits each of its cuts. So the
// first smallest set that hits all cuts found so far is the answer if it opens
// all tests; otherwise each test that stays closed yields a new cut. The
// hitting sets are found by branch and bound, see [cover]. NP-hard: exponential
// in the worst case, but each part of the changes that no cut joins to others
// is solved by itself and only when its cuts have changed.
func MinimumHit(ctx context.Context, p HittingProblem, budget Budget) HittingAnswer {
	h := &hitting{
		problem: p, limit: newLimit(ctx, budget),
		flags: make([]bool, p.N), open: make([][]indexSet, p.Tests), uses: make([]int, p.N), solved: map[string]*partHit{},
	}
	switch h.prepare() {
	case nothingOpens:
		return HittingAnswer{Exact: true}
	case notKnown:
		return HittingAnswer{}
	}
	exact := h.search()
	if !exact {
		h.smallest(false) // the last cuts may raise the bound
	}
	return HittingAnswer{Chosen: h.best.members(), Possible: true, Exact: exact, Bound: h.bound}
}

// hitting is one run of MinimumHit.
type hitting struct {
	problem HittingProblem
	limit   *limit

	flags  []bool       // for the calls of Opens and Cut
	open   [][]indexSet // of each test sets that are known to open it
	closed []int        // the tests that need some change
	cuts   []indexSet   // none within another
	uses   []int        // of each change the number of cuts that hold it
	solved map[string]*partHit
	last   []part // as they were when last solved

	best  indexSet // opens all tests
	bound int      // no fewer changes do
}

// What prepare finds.
type feasibility int

const (
	allOpens feasibility = iota // all changes together open all tests
	nothingOpens
	notKnown
)

// prepare finds the tests that are closed without changes and asks whether all
// changes together open them.
func (h *hitting) prepare() feasibility {
	none, all := newIndexSet(h.problem.N), fullIndexSet(h.problem.N)
	for test := range h.problem.Tests {
		if !h.limit.step() {
			return notKnown
		}
		if h.opens(test, none) {
			continue
		}
		if h.problem.N == 0 || !h.opens(test, all) {
			return nothingOpens
		}
		h.closed = append(h.closed, test)
	}
	h.best = all
	return allOpens
}

// search makes best the answer. It returns false if the limit ended it before
// that was proven.
//
// Until some smallest hitting set opens all tests it takes any; only then the
// first one, which costs more to find.
func (h *hitting) search() bool {
	for inOrder := false; ; {
		before := h.limit.nodes
		set, ok := h.smallest(inOrder)
		if !ok {
			return false
		}
		after := h.limit.nodes
		switch added := h.extend(set); {
		case h.limit.spent:
			return false
		case added == 0 && inOrder:
			return true
		case h.best.count() == h.bound:
			inOrder = true
		}
		h.enrich((after - before) / costly)
	}
}

// costly is how many nodes of a search for a smallest set are worth one that is
// found greedily.
const costly = 64

// enrich finds more cuts by up to so many sets that hit all cuts but need not
// be smallest: far cheaper than the proof that each smallest one takes.
func (h *hitting) enrich(times int) {
	for range min(times, 16) {
		if h.extend(h.greedy()) == 0 {
			return
		}
	}
}

// greedy returns a set that hits all cuts.
func (h *hitting) greedy() indexSet {
	set := newIndexSet(h.problem.N)
	for _, part := range h.parts() {
		c := writeOut(part.cuts, h.limit)
		set.addAll(c.named(c.greedy(c.all())))
	}
	return set
}

// extend adds changes to set until it opens all tests, keeping the cut that
// asked for each, and counts them. What it found is offered as the best set.
// The limit may end it before.
func (h *hitting) extend(set indexSet) (added int) {
	for _, test := range h.closed {
		for !h.opens(test, set) {
			if !h.limit.step() {
				return added
			}
			cut := h.cut(test, set)
			h.keep(cut)
			set.add(h.favourite(cut))
			added++
		}
	}
	h.offer(set)
	return added
}

// favourite returns the change of a cut that hits the most cuts, the first of
// equals.
func (h *hitting) favourite(cut []int) int {
	best := cut[0]
	for _, e := range cut {
		if h.uses[e] > h.uses[best] {
			best = e
		}
	}
	return best
}

// offer makes set, which opens all tests, the best one if it is: without the
// changes that it can spare.
func (h *hitting) offer(set indexSet) {
	if set.count() > h.bound {
		h.spare(set)
	}
	size, best := set.count(), h.best.count()
	if size < best || size == best && earlier(set, h.best) {
		h.best = set
	}
}

// earlier says whether s comes before t, which has as many members.
func earlier(s, t indexSet) bool {
	for i := range s {
		if d := s[i] ^ t[i]; d != 0 {
			return s[i]&(d&-d) != 0
		}
	}
	return false
}

// spare removes changes that set does not need, the last first.
func (h *hitting) spare(set indexSet) {
	all := set.members()
	for _, e := range slices.Backward(all) {
		if !h.limit.step() {
			return
		}
		set.remove(e)
		if !h.hitsAll(set) || !h.opensAll(set) {
			set.add(e)
		}
	}
}

// hitsAll says whether set hits all cuts; asked first, as it costs no call.
func (h *hitting) hitsAll(set indexSet) bool {
	return !slices.ContainsFunc(h.cuts, func(c indexSet) bool { return !c.meets(set) })
}

func (h *hitting) opensAll(set indexSet) bool {
	return !slices.ContainsFunc(h.closed, func(test int) bool { return !h.opens(test, set) })
}

// knownOpen is how many sets are remembered for one test.
const knownOpen = 24

// opens asks whether set opens a test, unless that is known.
func (h *hitting) opens(test int, set indexSet) bool {
	for _, known := range h.open[test] {
		if known.within(set) {
			return true
		}
	}
	if !h.problem.Opens(test, h.choose(set)) {
		return false
	}
	known := slices.DeleteFunc(h.open[test], func(k indexSet) bool { return set.within(k) })
	if len(known) == knownOpen {
		known = slices.Delete(known, 0, 1)
	}
	h.open[test] = append(known, set.clone())
	return true
}

// choose returns set as Opens and Cut want it, until the next call.
func (h *hitting) choose(set indexSet) []bool {
	clear(h.flags)
	for i := set.next(0); i >= 0; i = set.next(i + 1) {
		h.flags[i] = true
	}
	return h.flags
}

// cut returns a minimal cut of a test that set does not open.
func (h *hitting) cut(test int, set indexSet) []int {
	if found := h.advice(test, set); len(found) > 0 {
		closed := fullIndexSet(h.problem.N)
		closed.removeAll(found)
		return h.minimal(test, closed, found, 1, 1)
	}
	others := fullIndexSet(h.problem.N)
	others.subtract(set)
	more := others.members()
	return h.minimal(test, set.clone(), more, (len(more)+1)/2, nearby)
}

// advice returns what Cut says, ascending, without what is in set.
func (h *hitting) advice(test int, set indexSet) []int {
	if h.problem.Cut == nil {
		return nil
	}
	found := slices.DeleteFunc(slices.Clone(h.problem.Cut(test, h.choose(set))), set.has)
	slices.Sort(found)
	return slices.Compact(found)
}

// nearby is how many changes are tried at once after one that is needed: those
// needed beside it are often close by.
const nearby = 16

// minimal makes closed, which does not open a test, as large as it can be
// without opening it, by members of more. It returns the rest of more, which is
// a minimal cut if closed and more together open the test.
//
// It tries many at once (as Junker's QuickXplain does, AAAI 2004), chunk at first
// and next after each member of the cut: twice as many as were just borne, half
// of those that were too many.
func (h *hitting) minimal(test int, closed indexSet, more []int, chunk, next int) []int {
	var cut []int
	for bad := 0; len(more) > 0; { // so many of more are known to be too many
		n := min(chunk, len(more))
		if bad == 1 {
			cut, more, bad, chunk = append(cut, more[0]), more[1:], 0, next
		} else if !h.bears(test, closed, more[:n]) {
			bad, chunk = n, max(1, n/2)
		} else if more = more[n:]; bad > 0 {
			bad -= n
			chunk = max(1, bad/2)
		} else {
			chunk = 2 * n
		}
	}
	return cut
}

// bears adds more to closed if that does not open the test, and says so.
func (h *hitting) bears(test int, closed indexSet, more []int) bool {
	closed.addAll(more)
	if !h.opens(test, closed) {
		return true
	}
	closed.removeAll(more)
	return false
}

// keep adds a cut and drops those that hold all of it.
func (h *hitting) keep(cut []int) {
	set := newIndexSet(h.problem.N)
	set.addAll(cut)
	h.cuts = slices.DeleteFunc(h.cuts, set.within)
	h.cuts = append(h.cuts, set)
	for _, e := range cut {
		h.uses[e]++
	}
}

// smallest returns a smallest set that hits all cuts, the first one if it has
// to be inOrder, and raises the bound. It returns false at the limit.
func (h *hitting) smallest(inOrder bool) (indexSet, bool) {
	set, bound, all := newIndexSet(h.problem.N), 0, true
	parts := h.parts()
	for i := range parts {
		hit := h.solve(parts[i], inOrder)
		set.addAll(hit.chosen)
		parts[i].bound = hit.bound
		bound += hit.bound
		all = all && hit.done
	}
	h.last, h.bound = parts, max(h.bound, bound)
	return set, all
}

// part is some cuts that elements join to each other but to no other cut.
type part struct {
	cuts     []indexSet
	elements indexSet
	bound    int // no fewer elements hit the cuts
}

// parts divides the cuts.
func (h *hitting) parts() []part {
	var parts []part
	for _, cut := range h.cuts {
		joined := part{[]indexSet{cut}, cut.clone(), 0}
		parts = slices.DeleteFunc(parts, func(p part) bool {
			if !p.elements.meets(cut) {
				return false
			}
			joined.cuts = append(p.cuts, joined.cuts...)
			joined.elements.unite(p.elements)
			return true
		})
		parts = append(parts, joined)
	}
	return parts
}

// partHit is the answer for one part: a smallest set that hits its cuts.
type partHit struct {
	chosen  []int
	bound   int
	done    bool // chosen hits all cuts and is a smallest set
	inOrder bool // it is the first of them
}

// solve finds the answer for one part, or remembers it.
func (h *hitting) solve(part part, inOrder bool) *partHit {
	name := part.key()
	hit := h.solved[name]
	if hit == nil {
		hit = writeOut(part.cuts, h.limit).smallest(h.least(part))
	}
	if inOrder && hit.done && !hit.inOrder {
		hit = writeOut(part.cuts, h.limit).firstOf(hit)
	}
	if hit.done {
		h.solved[name] = hit
	}
	return hit
}

// least returns what the last bounds say about a part: whatever hits its cuts
// now hit those of the parts that it was made of, or less strict ones.
func (h *hitting) least(p part) int {
	n := 0
	for _, old := range h.last {
		if old.elements.within(p.elements) {
			n += old.bound
		}
	}
	return n
}

// key names a part by its cuts.
func (p part) key() string {
	var name []byte
	for _, cut := range p.cuts {
		for _, w := range cut {
			name = binary.LittleEndian.AppendUint64(name, w)
		}
	}
	return string(name)
}
