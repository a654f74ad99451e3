package syntax

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// scalar copies a scalar as it is written. The further lines of one over
// several lines are indented anew.
func (l *layout) scalar(n *yaml.Node, indent int) {
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		l.blockScalar(indent)
		return
	}
	end := l.plainOrQuoted(n)
	if end < 0 {
		l.lost = true
		return
	}
	if l.flow > 0 {
		indent += 2
	}
	escapes := n.Style&yaml.DoubleQuotedStyle != 0
	from := l.at
	stop, next := softBreak(l.text[:end], from)
	for ; next < end; stop, next = softBreak(l.text[:end], from) {
		l.line = append(l.line, withoutTrailing(l.text[from:stop], escapes)...)
		l.push()
		from = end - len(bytes.TrimLeft(l.text[next:end], " \t"))
		if stop, _ = softBreak(l.text[:end], from); stop > from {
			l.line = indentedBy(l.line, indent)
		}
		l.start, l.fresh = next, false
	}
	l.line = append(l.line, l.text[from:end]...)
	l.at, l.trailing = end, false
	l.next()
}

// plainOrQuoted returns the offset after a plain or quoted scalar, or -1 when
// the text is another.
func (l *layout) plainOrQuoted(n *yaml.Node) int {
	quote := byte(0)
	switch {
	case n.Style&yaml.DoubleQuotedStyle != 0:
		quote = '"'
	case n.Style&yaml.SingleQuotedStyle != 0:
		quote = '\''
	default:
		return l.plain(n.Value)
	}
	if l.at == len(l.text) || l.text[l.at] != quote {
		return -1
	}
	escape := quote
	if quote == '"' {
		escape = '\\'
	}
	end := quotedEnd(l.text, l.at, quote, escape)
	if end == l.at+1 || l.text[end-1] != quote {
		return -1
	}
	return end
}

// plain is plainOrQuoted for a plain scalar, whose words stand in the text as
// they are.
func (l *layout) plain(value string) int {
	if l.is(value) {
		return l.at + len(value)
	}
	at := l.at
	for _, word := range strings.FieldsFunc(value, layoutRune) {
		at = len(l.text) - len(bytes.TrimLeftFunc(l.text[at:], layoutRune))
		if !bytes.HasPrefix(l.text[at:], []byte(word)) {
			return -1
		}
		at += len(word)
	}
	return at
}

// softBreak returns where the next line break of a text begins and ends. The
// Unicode separators of lines and paragraphs are none: they are part of what a
// scalar says. Without a line break both are the end of the text.
func softBreak(text []byte, from int) (stop, next int) {
	for i := from; i < len(text); i++ {
		if n := lineBreak(text[i:]); n == 1 || n == 2 {
			return i, i + n
		}
	}
	return len(text), len(text)
}

// withoutTrailing cuts off the spaces at the end of a line of a scalar, unless
// the first of them is escaped.
func withoutTrailing(line []byte, escapes bool) []byte {
	cut := bytes.TrimRight(line, " \t")
	slashes := len(cut) - len(bytes.TrimRight(cut, `\`))
	if escapes && slashes%2 == 1 {
		return line
	}
	return cut
}

// blockScalar copies a scalar that begins with `|` or `>` and whose lines
// follow below, indented anew.
func (l *layout) blockScalar(indent int) {
	signs := bytes.TrimLeft(l.text[l.at:], "|>+-123456789")
	header := l.text[l.at : len(l.text)-len(signs)]
	l.headerLine(len(header))
	from := l.blockIndent()
	if i := bytes.IndexAny(header, "123456789"); i >= 0 {
		deeper := int(header[i] - '0')
		from, indent = l.block+deeper, indent-2+deeper
	}
	keep, strip := bytes.IndexByte(header, '+') >= 0, bytes.IndexByte(header, '-') >= 0
	end := l.blockEnd(from, keep)
	l.blocks = true
	l.open = !strip && end > l.at && end == len(l.text) && !endsLine(l.text)
	l.blockLines(end, from, indent)
	l.next()
	l.trailing = keep || l.open
}

// headerLine writes the line with the sign and the comment behind it.
func (l *layout) headerLine(length int) {
	l.line = append(l.line, l.text[l.at:l.at+length]...)
	l.at += length
	end := l.at
	l.at += len(l.text[end:]) - len(bytes.TrimLeft(l.text[end:], " \t"))
	if l.is("#") {
		l.comment(end)
		return
	}
	l.push()
	if l.at < len(l.text) {
		l.at += lineBreak(l.text[l.at:])
	}
}

// blockIndent returns the indentation of a block without an indicator of it:
// that of its first line, and of longer lines of nothing but spaces above it.
func (l *layout) blockIndent() int {
	indent := max(l.block+1, 1)
	for at := l.at; at < len(l.text); {
		stop, next := softBreak(l.text, at)
		n := indentation(l.text[at:stop])
		indent = max(indent, n)
		if at+n < stop {
			break
		}
		at = next
	}
	return indent
}

// blockEnd returns the offset after the last line of a block: the next line is
// indented less. Blank lines at its end are part of it only if they are kept.
func (l *layout) blockEnd(indent int, keep bool) int {
	end := l.at
	for at := l.at; at < len(l.text); {
		stop, next := softBreak(l.text, at)
		n := indentation(l.text[at:stop])
		blank := at+n == stop && n <= indent
		switch {
		case !blank && n < indent:
			return end
		case !blank, keep && next > stop:
			end = next
		}
		at = next
	}
	return end
}

// blockLines writes the lines of a block up to end.
func (l *layout) blockLines(end, from, to int) {
	for l.at < end {
		stop, next := softBreak(l.text, l.at)
		l.line = l.line[:0]
		if stop > l.at+from {
			l.line = append(indentedBy(l.line, to), l.text[l.at+from:stop]...)
		}
		l.push()
		l.at = next
	}
}

// endsLine reports whether a text ends with a line break.
func endsLine(text []byte) bool {
	_, n := utf8.DecodeLastRune(text)
	return n > 0 && lineBreak(text[len(text)-n:]) > 0
}

// hasSeparators reports whether one of the Unicode separators of lines and
// paragraphs stands in a text.
func hasSeparators(text []byte) bool {
	return bytes.Contains(text, []byte("\u2028")) || bytes.Contains(text, []byte("\u2029"))
}
