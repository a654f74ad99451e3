package syntax

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is one line of the new text.
type line struct {
	text    string // without its line break
	comment string // behind it; "" for none
	column  int    // where the comment stood
	gap     int    // how far it stood from what is before it
}

func (l line) blank() bool { return l.text == "" && l.comment == "" }

// next goes on to the next token. It ends the line where the author did and
// keeps the comments and blank lines that follow.
func (l *layout) next() {
	end := l.at
	for l.at < len(l.text) {
		n := lineBreak(l.text[l.at:])
		switch c := l.text[l.at]; {
		case c == ' ' || c == '\t':
			l.at++
		case c == '#':
			l.comment(end)
		case n > 0:
			l.at += n
			l.newline()
		default:
			return
		}
	}
	if !l.fresh {
		l.push()
	}
}

// newline takes notice of a line break between tokens.
func (l *layout) newline() {
	last := len(l.above) - 1
	switch {
	case !l.fresh:
		l.push()
	case l.empty && len(l.lines)+len(l.above) > 0 && (last < 0 || l.above[last].text != ""):
		l.above = append(l.above, remark{})
	}
	l.empty = true
}

// push ends the line that is being written.
func (l *layout) push() {
	l.lines = append(l.lines, line{text: string(l.line)})
	l.line, l.above = l.line[:0], l.above[:0]
	l.fresh, l.empty, l.glued = true, true, false
}

// comment reads a comment, which stands behind a token that ends at end or has
// a line of its own.
func (l *layout) comment(end int) {
	from := l.at
	for l.at < len(l.text) && lineBreak(l.text[l.at:]) == 0 {
		l.at++
	}
	text := tidy(strings.TrimRight(string(l.text[from:l.at]), " \t"))
	l.comments = append(l.comments, text)
	l.empty = false
	if l.fresh {
		l.ownLine(remark{text, utf8.RuneCount(l.text[l.lineStart(from):from])})
		return
	}
	l.push()
	ended := &l.lines[len(l.lines)-1]
	ended.comment, ended.column, ended.gap = text, width(l.text[l.start:from]), from-end
	if l.at < len(l.text) {
		l.at += lineBreak(l.text[l.at:])
	}
}

// ownLine keeps a comment that has a line of its own until it is known what
// comes next. But below a comment behind a line it goes on with that.
func (l *layout) ownLine(r remark) {
	last := len(l.lines) - 1
	if len(l.above) > 0 || last < 0 || l.lines[last].comment == "" || l.lines[last].column != r.column || isDirective(r.text) {
		l.above = append(l.above, r)
		return
	}
	l.lines = append(l.lines, line{comment: r.text, column: r.column, gap: r.column})
}

// tidy puts a space between `#` and a word. Rulers, and signs by which other
// programs know their comments, stay as they are.
func tidy(comment string) string {
	word := comment[1:]
	if word == "" || strings.IndexByte(" \t#!:=-*~", word[0]) >= 0 || strings.HasPrefix(word, directive) {
		return comment
	}
	return "# " + word
}

// begin begins a line at the next token, below what stands above it.
func (l *layout) begin(indent int) {
	l.remarks(len(l.above), indent)
	l.line = indentedBy(l.line[:0], indent)
	l.start = l.lineStart(l.at)
	l.fresh, l.glued = false, false
}

// remarks writes the first n of the comments and blank lines that stand above
// the next token.
func (l *layout) remarks(n, indent int) {
	for _, r := range l.above[:n] {
		text := ""
		if r.text != "" {
			text = string(indentedBy(nil, indent)) + r.text
		}
		l.lines = append(l.lines, line{text: text})
	}
	l.above = l.above[:copy(l.above, l.above[n:])]
}

// header writes what stands at the top of a map and does not belong to its
// first entry: comments with a blank line below them, and what editors look
// for at the top of a file.
func (l *layout) header(indent int) {
	n, commented := 0, false
	for i, r := range l.above {
		commented = commented || r.text != ""
		modeline := len(l.lines) == 0 && strings.HasPrefix(r.text, "# yaml-language-server:")
		if commented && r.text == "" || modeline {
			n = i + 1
		}
	}
	l.remarks(n, indent)
}

// foot writes the comments that stand at the end of a map or list in the
// given column of the text. Those that stand further left, or say something
// about what follows, belong to that.
func (l *layout) foot(column, indent int) {
	if len(l.above) == 0 || !l.fresh {
		return
	}
	next, last := -1, l.at == len(l.text)
	if !last {
		next = l.column()
	}
	n := 0
	for i, r := range l.above {
		if r.text != "" && (r.column < column || r.column <= next || isDirective(r.text) && !(last && indent == 0)) {
			break
		} else if r.text != "" {
			n = i + 1
		}
	}
	l.remarks(n, indent)
}

// result returns the lines as a text.
func (l *layout) result() []byte {
	alignComments(l.lines)
	newline := newlineOf(l.text)
	var out bytes.Buffer
	out.Grow(len(l.text) + len(l.text)/8)
	for i, one := range l.lines {
		out.WriteString(one.text)
		if one.comment != "" {
			out.WriteString(strings.Repeat(" ", one.gap))
			out.WriteString(one.comment)
		}
		if i < len(l.lines)-1 || !l.open {
			out.WriteString(newline)
		}
	}
	return out.Bytes()
}

// alignComments sets the gaps before the comments. They stay as wide as they
// were, but comments that stood in one column, line by line, still do.
func alignComments(lines []line) {
	for from, to := 0, 0; from < len(lines); from = to {
		gap, widest := lines[from].gap, 0
		for to = from; to < len(lines) && lines[to].comment != "" && lines[to].column == lines[from].column; to++ {
			gap, widest = min(gap, lines[to].gap), max(widest, width([]byte(lines[to].text)))
		}
		for i := from; i < to; i++ {
			lines[i].gap = widest + max(1, gap) - width([]byte(lines[i].text))
		}
		to = max(to, from+1)
	}
}

// width is the number of columns that a text takes, as far as it can be told
// without a terminal: marks and joiners have none.
func width(text []byte) int {
	n := 0
	for _, c := range string(text) {
		if c < 0x300 || !unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}
