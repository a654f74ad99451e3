package convert

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/customer-corridor/corridor/pkg/source"
)

// sheetCell is what stands between two separators, without the quotes round it
// and the space at its ends.
type sheetCell struct {
	start, end int
	quoted     bool // "" stands for a quote in it
}

// sheetScanner reads the rows of a sheet, one after the other. Rules are those
// of RFC 4180 as Excel takes them: a quote counts at the beginning of a cell
// only, and separators and line breaks may stand between quotes.
type sheetScanner struct {
	file      *source.File
	separator string
	at        int
	cells     []sheetCell // of the last row; used again for the next
	// unclosed is the place of a quote that no other closes, -1 for none.
	unclosed int
}

func newSheetScanner(file *source.File, separator string, at int) *sheetScanner {
	return &sheetScanner{file: file, separator: separator, at: at, unclosed: -1}
}

// next reads a row. It is false at the end of the text. The cells hold until
// the next row is read.
func (s *sheetScanner) next() ([]sheetCell, bool) {
	text := s.file.Text
	if s.at >= len(text) {
		return nil, false
	}
	s.cells = s.cells[:0]
	for {
		s.cells = append(s.cells, s.cell())
		switch {
		case bytes.HasPrefix(text[s.at:], []byte(s.separator)):
			s.at += len(s.separator)
		case bytes.HasPrefix(text[s.at:], []byte("\r\n")):
			s.at += 2
			return s.cells, true
		default: // a line break, or the end
			s.at = min(s.at+1, len(text))
			return s.cells, true
		}
	}
}

// cell reads up to a separator, a line break or the end.
func (s *sheetScanner) cell() sheetCell {
	start := s.at
	for s.at < len(s.file.Text) && (s.file.Text[s.at] == ' ' || s.file.Text[s.at] == '\t' && s.separator != "\t") {
		s.at++
	}
	if s.at < len(s.file.Text) && s.file.Text[s.at] == '"' {
		if c, ok := s.quotedCell(); ok {
			return s.trim(c)
		}
	}
	s.toEnd()
	return s.trim(sheetCell{start: start, end: s.at})
}

// quotedCell reads from one quote to the other. It is false where text
// follows, which makes the quotes a part of the text.
func (s *sheetScanner) quotedCell() (sheetCell, bool) {
	text, open := s.file.Text, s.at
	end := open + 1
	for {
		i := bytes.IndexByte(text[end:], '"')
		if i < 0 {
			s.unclosed, s.at = open, len(text)
			return sheetCell{start: open + 1, end: len(text), quoted: true}, true
		}
		end += i
		if end+1 == len(text) || text[end+1] != '"' {
			break
		}
		end += 2
	}
	s.at = end + 1
	s.toEnd()
	return sheetCell{start: open + 1, end: end, quoted: true}, len(bytes.TrimSpace(text[end+1:s.at])) == 0
}

// toEnd goes on to the next separator, line break or the end.
func (s *sheetScanner) toEnd() {
	text := s.file.Text
	for ; s.at < len(text); s.at++ {
		c := text[s.at]
		if c == '\n' || c == '\r' || c == s.separator[0] && bytes.HasPrefix(text[s.at:], []byte(s.separator)) {
			return
		}
	}
}

// trim takes space off the ends, and the marks of direction that sheets in
// Arabic often have there.
func (s *sheetScanner) trim(c sheetCell) sheetCell {
	text := s.file.Text[c.start:c.end]
	rest := bytes.TrimLeftFunc(text, sheetEdge)
	c.start += len(text) - len(rest)
	c.end = c.start + len(bytes.TrimRightFunc(rest, sheetEdge))
	return c
}

func sheetEdge(c rune) bool {
	return unicode.IsSpace(c) || c == '\u200e' || c == '\u200f' || c == '\ufeff'
}

// value returns the text of a cell with its place, without the apostrophe of
// [exportCell]. Control characters and what is no character become spaces: XML
// and YAML have no room for them.
func (s *sheetScanner) value(c sheetCell) source.Spanned[string] {
	text := string(s.file.Text[c.start:c.end])
	if strings.HasPrefix(text, "'") && exportFormula(text[1:]) {
		c.start, text = c.start+1, text[1:]
	}
	if c.quoted {
		text = strings.ReplaceAll(text, `""`, `"`)
	}
	text = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' || c == 0xfffe || c == 0xffff {
			return ' '
		}
		return c
	}, strings.ReplaceAll(text, "\r\n", "\n"))
	return source.Spanned[string]{Value: text, Span: source.Span{File: s.file, Start: c.start, End: c.end}}
}

// sheetEmpty reports whether a row has nothing in it.
func sheetEmpty(cells []sheetCell) bool { return sheetFilled(cells) == 0 }

// sheetFilled counts the cells in which something stands.
func sheetFilled(cells []sheetCell) int {
	n := 0
	for _, c := range cells {
		if c.end > c.start {
			n++
		}
	}
	return n
}

// sheetList splits a cell in which several things stand, each with its place.
func sheetList(v source.Spanned[string]) []source.Spanned[string] {
	var list []source.Spanned[string]
	exact := v.Span.Text() == v.Value
	at := 0
	for _, part := range strings.FieldsFunc(v.Value, sheetBetween) {
		at += strings.Index(v.Value[at:], part)
		word := strings.TrimFunc(part, sheetEdge)
		item := source.Spanned[string]{Value: word, Span: v.Span}
		if exact {
			item.Span.Start += at + strings.Index(part, word)
			item.Span.End = item.Span.Start + len(word)
		}
		at += len(part)
		if word != "" {
			list = append(list, item)
		}
	}
	return list
}

func sheetBetween(c rune) bool { return strings.ContainsRune(",;|/+&،؛\n", c) }
