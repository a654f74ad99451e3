package syntax

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"
)

// form is what the tables of the language say of a value as far as its layout
// goes. Of nil nothing is known.
type form struct {
	rank map[string]int   // of the language's own keys; nil: the author's
	keys map[string]*form // of their values
	each *form            // of the values of the author's own keys
	list *form            // of the entries of a list
}

var documentForm = sync.OnceValue(func() *form { return formOf(document.jsonSchema()) })

// formOf reads the form of a value from its schema, which is made from the
// tables. A value may have several forms, such as a word or a map.
func formOf(s schema) *form {
	f := new(form)
	alternatives, _ := s["anyOf"].([]schema)
	for _, s := range append(alternatives, s) {
		if keys, ok := s["properties"].(properties); ok {
			f.rank, f.keys = make(map[string]int, len(keys)), make(map[string]*form, len(keys))
			for i, key := range keys {
				f.rank[key.key], f.keys[key.key] = i, formOf(key.schema)
			}
		}
		if each, ok := s["additionalProperties"].(schema); ok {
			f.each = formOf(each)
		}
		if list, ok := s["items"].(schema); ok {
			f.list = formOf(list)
		}
	}
	return f
}

// of returns the form of the value of a key.
func (f *form) of(key *yaml.Node) *form {
	switch {
	case f == nil:
		return nil
	case f.rank != nil:
		return f.keys[resolve(key).Value]
	}
	return f.each
}

// entry returns the form of the entries of a list.
func (f *form) entry() *form {
	if f == nil {
		return nil
	}
	return f.list
}

// part is an entry of a map that was written: lines, or a run of bytes of the
// line that is being written.
type part struct {
	key      string
	from, to int
	above    int  // of the lines, the comments and blank lines above the key
	anchored bool // there are anchors or aliases in it
	fixed    bool // it cannot change its place

	outer bool // what anchored was outside
}

// beginPart begins an entry of a map.
func (l *layout) beginPart(key *yaml.Node) part {
	p := part{key: resolve(key).Value, from: len(l.lines), above: len(l.above), outer: l.anchored}
	l.anchored = false
	return p
}

// endPart ends an entry of a map that has lines of its own.
func (l *layout) endPart(p *part) {
	l.lost = l.lost || !l.fresh
	p.to = len(l.lines)
	p.anchored = l.anchored
	p.fixed = p.fixed || l.trailing
	l.anchored = l.anchored || p.outer
}

// order returns the entries of a map in the order of the tables, each with
// what is unknown behind it; nil where they have it already, or must keep
// theirs.
func (f *form) order(parts []part) []part {
	if f == nil || f.rank == nil || slices.ContainsFunc(parts, func(p part) bool { return p.fixed }) {
		return nil
	}
	type ranked struct{ rank, i int }
	all, rank := make([]ranked, len(parts)), -1
	for i, p := range parts {
		if r, known := f.rank[p.key]; known {
			rank = r
		}
		all[i] = ranked{rank, i}
	}
	byRank := func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) }
	if slices.IsSortedFunc(all, byRank) {
		return nil
	}
	slices.SortStableFunc(all, byRank)
	sorted, anchored := make([]part, len(all)), -1
	for i, r := range all {
		sorted[i] = parts[r.i]
		if sorted[i].anchored && r.i < anchored {
			return nil // an alias could come before its anchor
		} else if sorted[i].anchored {
			anchored = r.i
		}
	}
	return sorted
}

// reorder puts the entries of a map, the last that were written, into their
// order, each with what stands above it.
func (l *layout) reorder(parts []part, indent int, f *form) {
	sorted := f.order(parts)
	if sorted == nil || l.bound(parts[0], sorted[0], indent) {
		return
	}
	sign := l.takeSign(parts[0], indent)
	entries := make([][]line, len(sorted))
	for i, p := range sorted {
		entries[i] = withBlank(slices.Clone(l.lines[p.from:p.to]), l.blankAbove(parts, p, i == 0))
	}
	lines := slices.Concat(entries...)
	putSign(lines, sign, indent)
	l.lines = append(l.lines[:parts[0].from], lines...)
}

// bound reports whether the first entry of a map cannot give way to another
// one: behind a `- `, a comment to corridor on the line of the first entry
// speaks of the whole map, and one above any other entry only of that.
func (l *layout) bound(first, next part, indent int) bool {
	at := first.from + first.above
	if strings.HasPrefix(l.lines[at].text, spaces[:indent]) {
		return false // there is no sign
	}
	above := func(n line) bool { return isDirective(strings.TrimSpace(n.text)) && strings.Contains(n.text, "#") }
	return isDirective(l.lines[at].comment) || slices.ContainsFunc(l.lines[next.from:next.from+next.above], above)
}

// blankAbove reports whether a blank line belongs above an entry. It goes with
// the entry; but what comes first has one only if there is one at the top of
// the map, and what came first gets one if the second had.
func (l *layout) blankAbove(parts []part, p part, first bool) bool {
	old := p
	switch {
	case first:
		old = parts[0]
	case p.from == parts[0].from:
		old = parts[1]
	}
	return old.above > 0 && l.lines[old.from].blank()
}

// withBlank puts a blank line above an entry, or takes it away.
func withBlank(entry []line, blank bool) []line {
	switch {
	case blank && !entry[0].blank():
		return slices.Insert(entry, 0, line{})
	case !blank && entry[0].blank():
		return entry[1:]
	}
	return entry
}

// takeSign takes the `- ` in front of the first entry of a map away and returns
// it with its indentation; "" where there is none.
func (l *layout) takeSign(first part, indent int) string {
	key := &l.lines[first.from+first.above].text
	if strings.HasPrefix(*key, spaces[:indent]) {
		return ""
	}
	sign := (*key)[:indent]
	*key = spaces[:indent] + (*key)[indent:]
	return sign
}

// putSign puts a sign in front of the first entry of a map. The comments above
// the entry come to stand above the sign.
func putSign(lines []line, sign string, indent int) {
	if sign == "" {
		return
	}
	outside := sign[:len(sign)-len(strings.TrimLeft(sign, " "))]
	for i := range lines {
		text := &lines[i].text
		switch {
		case *text == "":
		case (*text)[indent] == '#':
			*text = outside + (*text)[indent:]
		default:
			*text = sign + (*text)[indent:]
			return
		}
	}
}
