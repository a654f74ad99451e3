package render

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// levels resolves in which direction each character of a line stands: Unicode's
// bidirectional algorithm (UAX 9) for text without embeddings and isolates,
// which clean takes out. Even levels are read from the left, odd ones from the
// right.
//
// Package bidi tells the classes of characters. Its Paragraph is of no use
// here: it lets the first letter decide the direction of the line, and it
// finds no pair of brackets, since it compares the two as they are.
func levels(text []rune, rightToLeft bool) []int {
	l := newLeveler(text, rightToLeft)
	l.resolveMarks()
	l.resolveNumbers()
	l.resolveSeparators()
	l.resolvePairs()
	l.resolveNeutrals()
	return l.levels(len(text))
}

// leveler holds the characters that matter and what they have become.
type leveler struct {
	text    []rune
	at      []int        // where in the whole text each is
	was, is []bidi.Class // at first, and by now
	base    int          // the level of the line
	along   bidi.Class   // its direction
}

func newLeveler(text []rune, rightToLeft bool) *leveler {
	l := &leveler{along: bidi.L}
	if rightToLeft {
		l.base, l.along = 1, bidi.R
	}
	for i, r := range text {
		properties, _ := bidi.LookupRune(r)
		if class := properties.Class(); class != bidi.BN {
			l.text, l.at, l.was = append(l.text, r), append(l.at, i), append(l.was, class)
		}
	}
	l.is = slices.Clone(l.was)
	return l
}

// resolveMarks gives a mark the class of what it stands on (W1).
func (l *leveler) resolveMarks() {
	before := l.along
	for i, class := range l.is {
		if class == bidi.NSM {
			l.is[i] = before
		}
		before = l.is[i]
	}
}

// resolveNumbers makes numbers after Arabic letters Arabic ones (W2, W3).
func (l *leveler) resolveNumbers() {
	strong := l.along
	for i, class := range l.is {
		switch class {
		case bidi.L, bidi.R, bidi.AL:
			strong = class
		case bidi.EN:
			if strong == bidi.AL {
				l.is[i] = bidi.AN
			}
		}
	}
	for i, class := range l.is {
		if class == bidi.AL {
			l.is[i] = bidi.R
		}
	}
}

// resolveSeparators joins what belongs to a number to it (W4 to W6), and
// numbers after Latin letters to those (W7).
func (l *leveler) resolveSeparators() {
	for i := 1; i+1 < len(l.is); i++ {
		before, after := l.is[i-1], l.is[i+1]
		number := before == bidi.EN || before == bidi.AN && l.is[i] == bidi.CS
		if (l.is[i] == bidi.ES || l.is[i] == bidi.CS) && number && before == after {
			l.is[i] = before
		}
	}
	for start := 0; start < len(l.is); {
		end := l.endOf(start, func(c bidi.Class) bool { return c == bidi.ET })
		if start > 0 && l.is[start-1] == bidi.EN || end < len(l.is) && l.is[end] == bidi.EN {
			l.set(start, end, bidi.EN)
		}
		start = max(end, start+1)
	}
	strong := l.along
	for i, class := range l.is {
		switch class {
		case bidi.ES, bidi.CS, bidi.ET:
			l.is[i] = bidi.ON
		case bidi.L, bidi.R:
			strong = class
		case bidi.EN:
			if strong == bidi.L {
				l.is[i] = bidi.L
			}
		}
	}
}

// endOf returns where the characters end that begin at start and have what is
// asked for.
func (l *leveler) endOf(start int, has func(bidi.Class) bool) int {
	for start < len(l.is) && has(l.is[start]) {
		start++
	}
	return start
}

func (l *leveler) set(start, end int, class bidi.Class) {
	for i := start; i < end; i++ {
		l.is[i] = class
	}
}

// resolvePairs gives both brackets of a pair one direction (N0).
func (l *leveler) resolvePairs() {
	for _, pair := range l.pairs() {
		inside := l.inside(pair)
		if inside == bidi.ON {
			continue
		}
		if inside != l.along {
			inside = l.before(pair[0])
		}
		for _, i := range pair {
			l.is[i] = inside
			l.set(i+1, l.endOfMarks(i+1), inside)
		}
	}
}

func (l *leveler) endOfMarks(i int) int {
	for i < len(l.was) && l.was[i] == bidi.NSM {
		i++
	}
	return i
}

// mostOpen is how many brackets may be open at once (BD16).
const mostOpen = 63

// pairs finds the pairs of brackets, by where they open.
func (l *leveler) pairs() [][2]int {
	var pairs [][2]int
	var open []int
	for i, r := range l.text {
		properties, _ := bidi.LookupRune(r)
		switch {
		case !properties.IsBracket() || l.is[i] != bidi.ON:
		case properties.IsOpeningBracket() && len(open) == mostOpen:
			return ordered(pairs)
		case properties.IsOpeningBracket():
			open = append(open, i)
		default:
			for n := len(open) - 1; n >= 0; n-- {
				if closes(r, l.text[open[n]]) {
					pairs = append(pairs, [2]int{open[n], i})
					open = open[:n]
					break
				}
			}
		}
	}
	return ordered(pairs)
}

func ordered(pairs [][2]int) [][2]int {
	slices.SortFunc(pairs, func(a, b [2]int) int { return a[0] - b[0] })
	return pairs
}

// closes reports whether two brackets are a pair.
func closes(closing, opening rune) bool {
	return sameBracket([]rune(bidi.ReverseString(string(closing)))[0]) == sameBracket(opening)
}

// sameBracket is one sign for the two that Unicode holds for the same.
func sameBracket(opening rune) rune {
	if opening == 0x2329 {
		return 0x3008
	}
	return opening
}

// strong is the direction of a character where pairs and neutrals look for
// one: numbers count as read from the right.
func strong(class bidi.Class) bidi.Class {
	switch class {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

// inside returns the line's direction if something between two brackets has
// it, else the other if something has that.
func (l *leveler) inside(pair [2]int) bidi.Class {
	found := bidi.ON
	for _, class := range l.is[pair[0]+1 : pair[1]] {
		if s := strong(class); s == l.along {
			return s
		} else if s != bidi.ON {
			found = s
		}
	}
	return found
}

// before returns the direction of what precedes a character.
func (l *leveler) before(i int) bidi.Class {
	for i--; i >= 0; i-- {
		if s := strong(l.is[i]); s != bidi.ON {
			return s
		}
	}
	return l.along
}

// resolveNeutrals gives spaces and signs the direction of what is on both
// sides of them, else the line's (N1, N2).
func (l *leveler) resolveNeutrals() {
	for start := 0; start < len(l.is); {
		end := l.endOf(start, func(c bidi.Class) bool { return strong(c) == bidi.ON })
		after := l.along
		if end < len(l.is) {
			after = strong(l.is[end])
		}
		if l.before(start) != after {
			after = l.along
		}
		l.set(start, end, after)
		start = max(end, start+1)
	}
}

// levels returns the level of each character of the whole text (I1, I2);
// those that did not matter have that of the one before.
func (l *leveler) levels(n int) []int {
	all := make([]int, n)
	level, next := l.base, 0
	for i := range all {
		if next < len(l.at) && l.at[next] == i {
			level = levelOf(l.is[next], l.base)
			next++
		}
		all[i] = level
	}
	return all
}

func levelOf(class bidi.Class, base int) int {
	switch {
	case class == bidi.R:
		return 1
	case base == 0 && class == bidi.L:
		return 0
	}
	return 2
}
