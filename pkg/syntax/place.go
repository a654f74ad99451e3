package syntax

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/source"
)

// places finds the byte offset of a place that yaml.v3 names. Its lines are
// those of YAML 1.1, which end at CR, U+0085, U+2028 and U+2029 too, and its
// columns count code points, so they are not the lines of an editor.
type places struct {
	text   []byte
	starts []int // byte offset of each of yaml.v3's lines
	ascii  bool  // columns are bytes

	// The last place found. Nodes come in the order of the text, so the next
	// one on the same line is counted from here: a file of one long line
	// would else cost the square of its length.
	line, column, at int
}

func newPlaces(file *source.File) *places {
	text := file.Text
	p := &places{text: text, ascii: isASCII(text)}
	if !slices.ContainsFunc(rareBreaks, func(b []byte) bool { return bytes.Contains(text, b) }) {
		p.starts = file.LineStarts()
		return p
	}
	p.starts = []int{0}
	for i := 0; i < len(text); i++ {
		if n := lineBreak(text[i:]); n > 0 {
			i += n - 1
			p.starts = append(p.starts, i+1)
		}
	}
	return p
}

// rareBreaks are the line breaks other than the line feed. In nearly every text
// there are none, and the lines are those of an editor after all.
var rareBreaks = [][]byte{[]byte("\r"), []byte("\u0085"), []byte("\u2028"), []byte("\u2029")}

func isASCII(text []byte) bool {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// lineBreak returns the length of the line break that a text starts with.
func lineBreak(b []byte) int {
	switch c := b[0]; {
	case c > '\r' && c < 0xC2: // the usual case
		return 0
	case c == '\r' && len(b) > 1 && b[1] == '\n':
		return 2
	case c == '\n' || c == '\r':
		return 1
	case c == 0xC2 && len(b) > 1 && b[1] == 0x85:
		return 2
	case c == 0xE2 && len(b) > 2 && b[1] == 0x80 && (b[2] == 0xA8 || b[2] == 0xA9):
		return 3
	}
	return 0
}

// offset returns the byte offset of a line and column of yaml.v3, both from
// 1. A place outside the text is its nearest end.
func (p *places) offset(line, column int) int {
	if line < 1 {
		return 0
	}
	if line > len(p.starts) {
		return len(p.text)
	}
	start := p.starts[line-1]
	if p.ascii {
		return min(start+max(column-1, 0), len(p.text))
	}
	at, from := start, 1
	if line == p.line && column >= p.column {
		at, from = p.at, p.column
	}
	for ; from < column && at < len(p.text); from++ {
		n := 1
		if p.text[at] >= utf8.RuneSelf {
			_, n = utf8.DecodeRune(p.text[at:])
		}
		at += n
	}
	p.line, p.column, p.at = line, from, at
	return at
}

// to returns the span of two byte offsets.
func (r *reader) to(start, end int) source.Span {
	return source.Span{File: r.file, Start: start, End: end}
}

// span returns the place of a node: all of a scalar or of what stands between
// brackets, else the first line of a map or list. yaml.v3 tells where nodes start; where they
// end is read from the text.
func (r *reader) span(n *yaml.Node) source.Span {
	start := r.places.offset(n.Line, n.Column)
	switch n.Kind {
	case yaml.AliasNode:
		return r.to(start, min(start+1+len(n.Value), len(r.file.Text)))
	case yaml.ScalarNode:
		start = r.skipProperties(start)
		end := r.scalarEnd(n, start)
		r.end = max(r.end, end)
		return r.to(start, end)
	}
	if start = r.skipProperties(start); start < len(r.file.Text) && (r.file.Text[start] == '[' || r.file.Text[start] == '{') {
		return r.to(start, bracketEnd(r.file.Text, start))
	}
	return r.to(start, r.endOfLine(start))
}

// listSpan returns the place of a list that was just read: like span, but from
// the end of its last entry, without going through all of them again.
func (r *reader) listSpan(n *yaml.Node) source.Span {
	if n.Kind != yaml.SequenceNode || n.Style&yaml.FlowStyle == 0 || len(n.Content) == 0 {
		return r.span(n)
	}
	end := r.span(n.Content[len(n.Content)-1]).End
	if i := bytes.IndexByte(r.file.Text[end:], ']'); i >= 0 {
		end += i + 1
	}
	return r.to(r.places.offset(n.Line, n.Column), end)
}

// bracketEnd returns the offset after the bracket that closes the one at
// start. Brackets in quotes and comments do not count.
func bracketEnd(text []byte, start int) int {
	depth := 0
	for i := start; i < len(text); i++ {
		before := text[max(i-1, 0)]
		opensWord := isSpace(before) || bytes.IndexByte([]byte("[{,:"), before) >= 0
		switch c := text[i]; {
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case c == '"' && opensWord:
			i = quotedEnd(text, i, '"', '\\') - 1
		case c == '\'' && opensWord:
			i = quotedEnd(text, i, '\'', '\'') - 1
		case c == '#' && isSpace(before):
			for i+1 < len(text) && text[i+1] != '\n' {
				i++
			}
		}
	}
	return len(text)
}

// skipProperties passes over `&anchor` and `!tag` before a value.
func (r *reader) skipProperties(at int) int {
	text := r.file.Text
	for at < len(text) && (text[at] == '&' || text[at] == '!') {
		for at < len(text) && !isSpace(text[at]) && lineBreak(text[at:]) == 0 {
			at++
		}
		for at < len(text) && (isSpace(text[at]) || lineBreak(text[at:]) > 0) {
			at += max(1, lineBreak(text[at:]))
		}
	}
	return at
}

func (r *reader) scalarEnd(n *yaml.Node, start int) int {
	text := r.file.Text
	switch {
	case start >= len(text):
		return len(text)
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return quotedEnd(text, start, '"', '\\')
	case n.Style&yaml.SingleQuotedStyle != 0:
		return quotedEnd(text, start, '\'', '\'')
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return r.endOfLine(start) // the header stands for the block
	}
	return plainEnd(text, start, n.Value)
}

// quotedEnd returns the offset after the closing quote of a scalar that
// starts with a quote. A quote after the escape character does not close;
// where the quote is its own escape, two of them do not.
func quotedEnd(text []byte, start int, quote, escape byte) int {
	for i := start + 1; i < len(text); i++ {
		switch {
		case text[i] == escape && i+1 < len(text) && (escape != quote || text[i+1] == quote):
			i++
		case text[i] == quote:
			return i + 1
		}
	}
	return len(text)
}

// plainEnd returns the offset after a plain scalar. One on several lines is
// followed word by word, since its line breaks were folded into spaces.
func plainEnd(text []byte, start int, value string) int {
	if bytes.HasPrefix(text[start:], []byte(value)) {
		return start + len(value)
	}
	at := start
	for _, word := range strings.Fields(value) {
		i := bytes.Index(text[at:], []byte(word))
		if i < 0 {
			break
		}
		at += i + len(word)
	}
	return at
}

// endOfLine returns the offset at which the text of a line ends, without
// trailing spaces.
func (r *reader) endOfLine(at int) int {
	end := at
	for end < len(r.file.Text) && lineBreak(r.file.Text[end:]) == 0 {
		end++
	}
	for end > at && isSpace(r.file.Text[end-1]) {
		end--
	}
	return end
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// invalidUTF8 returns the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

// utf16 reports whether a text is UTF-16: by its byte order mark, or by a
// zero in every other of the first bytes.
func utf16(text []byte) bool {
	if len(text) < 2 {
		return false
	}
	marked := text[0] == 0xFF && text[1] == 0xFE || text[0] == 0xFE && text[1] == 0xFF
	return marked || (text[0] == 0) != (text[1] == 0)
}
