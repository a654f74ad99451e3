package syntax

import (
	"bytes"

	"gopkg.in/yaml.v3"
)

// brackets writes a list or a map between brackets.
func (l *layout) brackets(n *yaml.Node, indent, base int, f *form) {
	if l.pairAlone(n) {
		l.pair(n.Content[0], n.Content[1], base, f.of(n.Content[0]))
		return
	}
	l.sep(indent)
	first := len(l.lines)
	l.sign("[{")
	l.glued = !l.fresh
	l.flow++
	comma, parts := l.inside(n, base+2, f)
	if comma && !l.fresh && len(bytes.TrimLeft(l.line, " ")) > 1 { // it separates nothing on its line
		l.line = l.line[:len(l.line)-1]
		l.dropped += weightOf(',')
	}
	if len(l.lines) == first && !l.fresh {
		l.reorderRuns(parts, f)
	}
	l.flow--
	l.glued = true
	l.remarks(len(l.above), base+2)
	l.sep(l.closing(indent, base))
	l.sign("]}")
}

// pairAlone reports whether a map is a single pair in a list, written without
// braces: then it begins with its key.
func (l *layout) pairAlone(n *yaml.Node) bool {
	return n.Kind == yaml.MappingNode && len(n.Content) == 2 && l.flow > 0 &&
		(!l.is("{") || n.Content[0].Line == n.Line && n.Content[0].Column == n.Column)
}

// inside writes what stands between brackets. It reports whether it ends with
// a comma.
func (l *layout) inside(n *yaml.Node, indent int, f *form) (comma bool, parts []part) {
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
		parts = make([]part, 0, len(n.Content)/2)
	}
	for i := 0; i+step <= len(n.Content); i += step {
		if i > 0 && !comma {
			l.lost = true
		}
		if step == 1 {
			l.node(n.Content[i], indent, indent, f.entry())
			l.apart(n.Content[i])
		} else {
			p := l.beginPart(n.Content[i])
			p.from = len(l.line)
			p.fixed = l.pair(n.Content[i], n.Content[i+1], indent, f.of(n.Content[i]))
			p.to, p.anchored = len(l.line), l.anchored
			l.anchored = l.anchored || p.outer
			parts = append(parts, p)
		}
		comma = l.comma(indent)
	}
	return comma, parts
}

// comma writes the comma behind an entry, if there is one.
func (l *layout) comma(indent int) bool {
	if !l.is(",") {
		return false
	}
	l.glued = true
	l.sep(indent)
	l.sign(",")
	return true
}

// sign copies one of the signs.
func (l *layout) sign(signs string) {
	if l.at == len(l.text) || bytes.IndexByte([]byte(signs), l.text[l.at]) < 0 {
		l.lost = true
		return
	}
	l.mark(1)
}

// pair writes a key and its value between brackets. It reports whether the key
// is marked as one by a `?`.
func (l *layout) pair(key, value *yaml.Node, indent int, f *form) (marked bool) {
	if marked = l.is("?"); marked { // needs no space behind it here
		apart := l.alone("?")
		l.sep(indent)
		l.mark(1)
		l.glued = !apart
	}
	l.atKey = true
	l.node(key, indent, indent, nil)
	if !l.is(":") {
		l.apart(key)
		return marked
	}
	if l.fresh {
		l.begin(indent)
		l.mark(1)
	} else {
		l.colon(key)
	}
	l.node(value, indent+2, indent, f)
	l.apart(value)
	return marked
}

// apart puts a space where there is no text for a value: what follows would
// else become part of the key, the anchor or the tag before it.
func (l *layout) apart(value *yaml.Node) {
	if absent(value) && !l.fresh {
		l.line = append(l.line, ' ')
	}
}

// closing returns the indentation of a closing bracket that begins a line. In
// strict YAML it must stand further right than the key of its block; authors
// often put it below that key, and may, but none who keeps to the rule is made
// to break it.
func (l *layout) closing(indent, base int) int {
	if l.flow == 0 && l.fresh && base < indent && l.column() > l.block {
		return base + 2
	}
	return base
}

// reorderRuns puts the entries of a map on one line into their order.
func (l *layout) reorderRuns(parts []part, f *form) {
	sorted := f.order(parts)
	if sorted == nil {
		return
	}
	var runs [][]byte
	for _, p := range sorted {
		runs = append(runs, bytes.TrimLeft(l.line[p.from:p.to], " "))
	}
	l.line = append(l.line[:parts[0].from], bytes.Join(runs, []byte(", "))...)
}
