package report

import (
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/source"
)

// place is a span that is known to lie in its file.
type place struct {
	file       *source.File
	start, end int // bytes, 0 <= start <= end <= len(file.Text)
	from, to   source.Position
}

// placeOf returns the place of a span; false when the span is no place. What
// lies outside the file is moved to its nearest end.
func placeOf(span source.Span) (place, bool) {
	if span.IsZero() {
		return place{}, false
	}
	size := len(span.File.Text)
	start := min(max(0, span.Start), size)
	end := min(max(start, span.End), size)
	p := place{file: span.File, start: start, end: end, from: span.File.Position(start)}
	p.to = p.position(end)
	return p, true
}

// position is the position of an offset behind the start of the place. On the
// same line it does not count from the start of the line again.
func (p place) position(offset int) source.Position {
	if offset >= p.file.LineStart(p.from.Line+1) {
		return p.file.Position(offset)
	}
	return source.Position{Line: p.from.Line, Column: p.from.Column + utf8.RuneCount(p.file.Text[p.start:offset])}
}

// String is the place as editors and terminals turn it into a link.
func (p place) String() string { return p.under(Visible(p.file.Name)) }

// Place returns where a span starts, as "file:line:column" without hidden
// characters; "" for a span that is no place.
func Place(span source.Span) string {
	if p, ok := placeOf(span); ok {
		return p.String()
	}
	return ""
}

// under is the place with another writing of the file's name.
func (p place) under(name string) string {
	return fmt.Sprintf("%s:%d:%d", name, p.from.Line, p.from.Column)
}

// lastLine is the last line of which the place has a character: a place that
// ends with a line break has none of the next line.
func (p place) lastLine() int {
	if p.to.Column == 1 && p.to.Line > p.from.Line {
		return p.to.Line - 1
	}
	return p.to.Line
}

// line returns the bytes at which the line of the place starts and ends,
// without its line break.
func (p place) line() (start, end int) {
	start = p.file.LineStart(p.from.Line)
	end = p.file.LineStart(p.from.Line + 1)
	for end > start && isBreak(p.file.Text[end-1]) {
		end--
	}
	return start, end
}

func isBreak(b byte) bool { return b == '\n' || b == '\r' }

// standIn is the name of a file for what has no place, where a format has no
// words for that: the first file that was looked at, "." when none is known.
func (r Report) standIn() string {
	for _, name := range r.Names {
		if name = r.hosted(name); name != "" {
			return name
		}
	}
	for _, f := range r.Findings {
		if !f.Span.IsZero() && r.hosted(f.Span.File.Name) != "" {
			return r.hosted(f.Span.File.Name)
		}
	}
	return "."
}

// hosted is a file's name as code hosts know it: from the top of the
// repository. A whole path stays as it is.
func (r Report) hosted(name string) string {
	name = relative(name)
	if name == "" || strings.HasPrefix(name, "/") || drive().MatchString(name) {
		return name
	}
	if r.Below == "" {
		return name
	}
	return path.Join(r.Below, name)
}

// relative is a file's name without ./ before it.
func relative(name string) string {
	for strings.HasPrefix(name, "./") {
		name = strings.TrimLeft(name[len("./"):], "/")
	}
	return name
}
