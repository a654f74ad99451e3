// Package source holds the text of files and the places in them.
//
// Inside the program a place is a [Span] of bytes. Lines and columns exist
// only at the edges: where the YAML reader names them and where a report
// prints them. Columns count Unicode code points, as YAML, GitHub and SARIF
// ("unicodeCodePoints") do.
package source

import (
	"bytes"
	"sort"
)

// File is one text file, read whole. A byte order mark is not part of Text,
// so offset 0 is the first character that a person sees.
type File struct {
	Name string // as shown to the reader, with forward slashes
	// Path is the file's path within its workspace: the same wherever the
	// reader stands. New sets it to the name.
	Path string
	Text []byte // UTF-8 without byte order mark

	starts []int // byte offset at which each line starts, built by New
}

// BOM is the UTF-8 byte order mark, which some editors put before the text.
var BOM = []byte("\xef\xbb\xbf")

// New returns the file of that name and content. It keeps data and does not
// change it.
func New(name string, data []byte) *File {
	for bytes.HasPrefix(data, BOM) { // some programs put one before another's
		data = data[len(BOM):]
	}
	f := &File{Name: name, Path: name, Text: data}
	f.starts = make([]int, 1, 1+bytes.Count(f.Text, []byte{'\n'}))
	if bytes.IndexByte(f.Text, '\r') < 0 { // the usual case
		f.lineFeeds()
		return f
	}
	for i := 0; i < len(f.Text); i++ {
		switch f.Text[i] {
		case '\n':
			f.starts = append(f.starts, i+1)
		case '\r': // CR LF is one break, a lone CR is one too, as in LSP
			if i+1 == len(f.Text) || f.Text[i+1] != '\n' {
				f.starts = append(f.starts, i+1)
			}
		}
	}
	return f
}

// lineFeeds finds the lines of a text in which nothing else ends them.
func (f *File) lineFeeds() {
	for at := 0; ; {
		i := bytes.IndexByte(f.Text[at:], '\n')
		if i < 0 {
			return
		}
		at += i + 1
		f.starts = append(f.starts, at)
	}
}

// Position is a place as an editor shows it: both numbers start at 1, and
// the column counts code points.
type Position struct{ Line, Column int }

// Position returns the line and column of a byte offset. An offset beyond
// the text is the end of the text.
func (f *File) Position(offset int) Position {
	offset = max(0, min(offset, len(f.Text)))
	line := sort.SearchInts(f.starts, offset+1) - 1
	return Position{line + 1, codePoints(f.Text[f.starts[line]:offset]) + 1}
}

// codePoints counts the code points of UTF-8 text: its bytes that continue
// none. It reads each byte once and copies nothing, as lines may be long.
func codePoints(text []byte) int {
	n := 0
	for _, b := range text {
		if b&0xC0 != 0x80 {
			n++
		}
	}
	return n
}

// Lines returns how many lines the file has; a file that ends with a line
// break has an empty last line.
func (f *File) Lines() int { return len(f.starts) }

// LineStarts returns the byte offset at which each line starts. The caller must
// not change them.
func (f *File) LineStarts() []int { return f.starts }

// LineStart returns the byte offset at which a line (from 1) starts.
func (f *File) LineStart(line int) int {
	switch {
	case line < 1:
		return 0
	case line > len(f.starts):
		return len(f.Text)
	}
	return f.starts[line-1]
}

// Line returns the text of a line (from 1) without its line break; nothing
// for a line that the file does not have.
func (f *File) Line(line int) string {
	if line < 1 || line > len(f.starts) {
		return ""
	}
	return string(bytes.TrimRight(f.Text[f.LineStart(line):f.LineStart(line+1)], "\r\n"))
}

// Span is a run of bytes in a file, [Start, End). The zero Span is no place.
type Span struct {
	File       *File
	Start, End int
}

// IsZero reports whether the span is no place at all.
func (s Span) IsZero() bool { return s.File == nil }

// From returns the position of the first byte.
func (s Span) From() Position { return s.File.Position(s.Start) }

// To returns the position just after the last byte.
func (s Span) To() Position { return s.File.Position(s.End) }

// Text returns the bytes of the span as a string.
func (s Span) Text() string {
	if s.File == nil {
		return ""
	}
	return string(s.File.Text[s.Start:s.End])
}

// Spanned is a value that knows its place. A zero Span means that the value
// stands in no file: it is a default or built in.
type Spanned[T any] struct {
	Value T
	Span  Span
}

// Given reports whether the value stands in a file.
func (s Spanned[T]) Given() bool { return s.Span.File != nil }
