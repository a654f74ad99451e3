package gaps

import (
	"io"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/report"
)

// This file is for those who tell more of a journey than its gaps, in the
// same words.

// Stopped says where a blocked cell of a result is stopped, for want of what.
func Stopped(r *access.Result, c access.Cell) string {
	return newTeller(Report{Result: r, At: -1}).stopped(c)
}

// Late says when the deadline of an open cell of a result is missed, and what
// costs most then; "" where it never is.
func Late(r *access.Result, c access.Cell) string {
	e, _ := newTeller(Report{Result: r, At: -1}).late(c)
	return e.text
}

// Foreign returns text of a file for a sentence of ours: nothing in it commands
// a terminal, seems to be a backquote of ours, or moves what stands beside it.
// Marks enclose it, which [Lay] and [Unmarked] resolve.
func Foreign(text string) string { return foreign(text) }

// Code is Foreign in backquotes, for what stands in the file as it is.
func Code(text string) string { return code(text) }

// Named is an id with the name that people read, where it has one; both are
// made Foreign.
func Named(d model.Definition, language string) string { return named(d, language) }

// List joins words: a, b and c.
func List(words []string) string { return list(words, "and") }

// Counted is a number with its noun: 1 change, 2 changes.
func Counted(n int, noun string) string { return counted(n, noun) }

// Unmarked takes the marks around foreign text out.
func Unmarked(text string) string { return unmarked.Replace(text) }

// ForeignMarks are those that enclose foreign text.
const ForeignMarks = isolate + endIsolate

// Lay returns a text, of one line or several, as a terminal is to get it, with
// a line break at its end. The marks around foreign text stay only where a
// terminal knows them, and are of use.
func Lay(text string, s Style) string {
	if s.Bidi {
		text = isolates().ReplaceAllStringFunc(text, func(name string) string {
			if report.HasRightToLeft(name) {
				return name
			}
			return unmarked.Replace(name)
		})
	} else {
		text = unmarked.Replace(text)
	}
	var b strings.Builder
	for _, line := range strings.Split(text, "\n") {
		if s.Bidi && report.HasRightToLeft(line) {
			line = leftToRight + line
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

// EncodeJSON writes a value as indented JSON, without a character that a
// terminal acts on.
func EncodeJSON(w io.Writer, value any) error { return encode(w, value) }
