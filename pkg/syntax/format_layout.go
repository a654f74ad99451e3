package syntax

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// layout writes a file anew. It walks the nodes of the YAML reader and the
// text side by side: the nodes say what comes next, and every scalar and
// comment is taken from the text. Lines begin and end where they did.
type layout struct {
	text []byte
	at   int // the next token of text; everything before it is written

	lines []line
	line  []byte   // the line that is being written
	start int      // where that line starts in text
	fresh bool     // the next token begins a line
	glued bool     // the next token follows the one before without a space
	empty bool     // nothing stands in front of at in its line of text
	above []remark // what stands between the last line and the next

	block int // the column, in text, of the innermost block map or list
	flow  int // how many brackets are open

	comments []string // all that were met
	dropped  uint64   // the weight of the commas that were left out
	anchored bool     // an anchor or an alias was met
	trailing bool     // the last line is part of a scalar whose end counts
	open     bool     // the last line must not end with a line break
	atKey    bool     // the next value is a key
	lost     bool     // text and nodes do not agree

	// Unicode's separators of lines end lines for the YAML reader, but not for
	// people.
	separators bool // there are some in the text
	blocks     bool // there are blocks of lines
}

// remark is a blank line or a comment with a line of its own.
type remark struct {
	text   string // "" for a blank line
	column int    // in text
}

func newLayout(text []byte) *layout {
	return &layout{text: text, fresh: true, empty: true, separators: hasSeparators(text)}
}

// document writes a whole file. It returns false where there is something
// that it would rather not touch.
func (l *layout) document(root *yaml.Node) bool {
	l.next()
	if !l.head() {
		return false
	}
	l.node(root, 0, 0, documentForm())
	for l.is("...") {
		l.sep(0)
		l.mark(3)
	}
	for len(l.above) > 0 && l.above[len(l.above)-1].text == "" {
		l.above = l.above[:len(l.above)-1]
	}
	l.remarks(len(l.above), 0)
	l.lost = l.lost || l.at != len(l.text)
	return !l.separators || !l.blocks
}

// head writes the directives and the `---` before a document. A document that
// begins on the line of its `---` is left alone.
func (l *layout) head() bool {
	for l.is("%") {
		l.sep(0)
		end := l.at + bytes.IndexByte(l.text[l.at:], '\n')
		if end < l.at {
			return false
		}
		l.mark(len(bytes.TrimRight(l.text[l.at:end], " \t\r")))
	}
	if l.is("---") && (l.at+3 == len(l.text) || isSpace(l.text[l.at+3])) {
		l.sep(0)
		l.mark(3)
	}
	return l.fresh
}

// is reports whether the next token starts so.
func (l *layout) is(s string) bool { return bytes.HasPrefix(l.text[l.at:], []byte(s)) }

// sep begins a line for the next token where the author did, indented by so
// many spaces; else it puts one space before it.
func (l *layout) sep(indent int) {
	switch {
	case l.fresh:
		l.begin(indent)
	case !l.glued:
		l.line = append(l.line, ' ')
	}
	l.glued = false
}

// mark copies the next n bytes and goes on to the next token.
func (l *layout) mark(n int) {
	n = min(n, len(l.text)-l.at)
	l.line = append(l.line, l.text[l.at:l.at+n]...)
	l.at += n
	l.trailing, l.glued = false, false
	l.next()
}

// expect copies a sign that must come next.
func (l *layout) expect(sign string) {
	if !l.is(sign) {
		l.lost = true
		return
	}
	l.mark(len(sign))
}

// node writes a value. Where it begins a line, that is indented by indent.
// Base is the indentation of the line that it is part of, from which brackets
// over several lines are indented.
func (l *layout) node(n *yaml.Node, indent, base int, f *form) {
	l.properties(n, indent)
	if absent(n) {
		return
	}
	block := n.Style&yaml.FlowStyle == 0
	switch {
	case n.Kind == yaml.MappingNode && block:
		l.mapping(n, indent, f)
		return
	case n.Kind == yaml.SequenceNode && block:
		l.sequence(n, indent, f)
		return
	}
	if l.fresh {
		base = indent
	}
	switch n.Kind {
	case yaml.ScalarNode:
		l.sep(indent)
		l.scalar(n, indent)
	case yaml.AliasNode:
		l.anchored = true
		l.sep(indent)
		l.expect("*" + n.Value)
	default:
		l.brackets(n, indent, base, f)
	}
}

// absent reports whether there is no text for a value.
func absent(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style&^yaml.TaggedStyle == 0
}

// properties writes `&anchor` and `!tag`.
func (l *layout) properties(n *yaml.Node, indent int) {
	key := l.atKey
	l.atKey = false
	anchor := n.Anchor != ""
	certain := n.Style&yaml.TaggedStyle != 0 || !absent(n) && (n.Kind != yaml.MappingNode || n.Style&yaml.FlowStyle != 0)
	for tag := true; ; {
		switch {
		case anchor && l.is("&"):
			anchor, l.anchored = false, true
			l.sep(indent)
			l.mark(1 + len(n.Anchor))
		case tag && l.is("!") && (certain || l.bareTag(n, key)):
			tag = false
			l.sep(indent)
			l.mark(wordLength(l.text[l.at:]))
		default:
			return
		}
	}
}

// bareTag reports whether a `!` comes next that is all there is of a value on
// its line, but for an anchor. The nodes do not tell of it.
func (l *layout) bareTag(n *yaml.Node, key bool) bool {
	if wordLength(l.text[l.at:]) > 1 {
		return false
	}
	rest := bytes.TrimLeft(l.text[l.at+1:], " \t")
	switch {
	case len(rest) == 0 || lineBreak(rest) > 0:
		return true
	case rest[0] == '&':
		return n.Anchor != ""
	case rest[0] == ':':
		return key && absent(n)
	}
	return bytes.IndexByte([]byte("#,]}"), rest[0]) >= 0
}

// wordLength returns the number of bytes up to the next space or line break.
func wordLength(text []byte) int {
	for i := range text {
		if isSpace(text[i]) || lineBreak(text[i:]) > 0 {
			return i
		}
	}
	return len(text)
}

// mapping writes a map with one entry or more on lines of their own.
func (l *layout) mapping(n *yaml.Node, indent int, f *form) {
	outer := l.block
	l.block = l.column()
	entries := make([]part, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if i == 0 {
			l.header(indent)
		}
		p := l.beginPart(n.Content[i])
		l.entry(n.Content[i], n.Content[i+1], indent, &p, f.of(n.Content[i]))
		l.endPart(&p)
		entries = append(entries, p)
	}
	l.reorder(entries, indent, f)
	l.foot(l.block, indent)
	l.block = outer
}

// entry writes a key and its value.
func (l *layout) entry(key, value *yaml.Node, indent int, p *part, f *form) {
	if l.alone("?") {
		p.fixed = true
		l.item("?", key, indent, nil)
		if l.fresh && l.alone(":") && l.column() == l.block {
			l.item(":", value, indent, f)
		}
		return
	}
	l.atKey = true
	l.node(key, indent, indent, nil)
	l.colon(key)
	l.node(value, indent+2, indent, f)
	l.tail(value, indent+2)
}

// tail writes the comments below a value that stand further right than what
// comes next. Below lines of text they would become text.
func (l *layout) tail(n *yaml.Node, indent int) {
	lines := n.Style & (yaml.LiteralStyle | yaml.FoldedStyle)
	list := (n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode) && n.Style&yaml.FlowStyle == 0
	if lines == 0 && !list {
		l.foot(l.block+1, indent)
	}
}

// alone reports whether the next token is this sign, with a space behind it.
func (l *layout) alone(sign string) bool {
	return l.is(sign) && wordLength(l.text[l.at:]) == len(sign)
}

// colon writes the `:` after a key. It would be part of an alias and of an
// anchor.
func (l *layout) colon(key *yaml.Node) {
	if key.Kind == yaml.AliasNode || absent(key) {
		l.line = append(l.line, ' ')
	}
	l.expect(":")
}

// sequence writes a list with one entry or more on lines of their own.
func (l *layout) sequence(n *yaml.Node, indent int, f *form) {
	outer := l.block
	l.block = l.column()
	for _, item := range n.Content {
		l.item("-", item, indent, f.entry())
	}
	l.foot(l.block, indent)
	l.block = outer
}

// item writes what stands behind a sign.
func (l *layout) item(sign string, n *yaml.Node, indent int, f *form) {
	l.sep(indent)
	l.expect(sign)
	l.node(n, indent+2, indent+2, f)
	l.tail(n, indent+2)
}

// column returns the column of the next token in the text: the number of
// characters before it.
func (l *layout) column() int {
	return utf8.RuneCount(l.text[l.lineStart(l.at):l.at])
}

// lineStart returns where the line of a place starts in the text, counting
// the line breaks of YAML.
func (l *layout) lineStart(at int) int {
	for at > 0 {
		_, n := utf8.DecodeLastRune(l.text[:at])
		if lineBreak(l.text[at-n:]) > 0 {
			break
		}
		at -= n
	}
	return at
}

var spaces = strings.Repeat(" ", 2*MaxDepth+2)

// indentedBy appends the indentation of a line.
func indentedBy(line []byte, indent int) []byte {
	for ; indent > len(spaces); indent -= len(spaces) {
		line = append(line, spaces...)
	}
	return append(line, spaces[:indent]...)
}
