package diff

import (
	"bufio"
	"io"
	"strings"

	"github.com/customer-corridor/corridor/pkg/gaps"
)

var prettyFormat = Format{
	Name:    "pretty",
	Summary: "what changed, in a few sentences, for people",
	Write:   writePretty,
}

func writePretty(w io.Writer, r *Report, s Style) error {
	p := printer{bufio.NewWriter(w), s}
	p.line(p.paint(bold, gaps.Foreign(r.Old)+" → "+gaps.Foreign(r.New)) + ": " + r.Verdict())
	for _, f := range r.told() {
		p.file(f)
	}
	if n := r.Unchanged; n > 0 && n < len(r.Files) {
		p.line("\n" + unchanged(n))
	}
	return p.Flush()
}

func unchanged(n int) string { return gaps.Counted(n, "file") + " without a change." }

// printer writes text for people.
type printer struct {
	*bufio.Writer
	style Style
}

func (p printer) line(text string) { p.WriteString(gaps.Lay(text, p.style)) }

func (p printer) paint(attributes, text string) string {
	if !p.style.Color {
		return text
	}
	return "\x1b[" + attributes + "m" + text + "\x1b[0m"
}

// wrapped writes a text after an indent, broken where the terminal ends.
func (p printer) wrapped(text string, indent int) {
	p.line(strings.Repeat(" ", indent) + p.style.Wrap(text, indent, indent))
}

func (p printer) file(f *File) {
	p.line("")
	p.line(p.paint(bold, p.style.Wrap(f.title(), 0, 2)))
	for _, s := range f.sections() {
		p.line("\n" + p.paint(s.color, s.title))
		if s.note != "" {
			p.wrapped(s.note, 2)
		}
		for _, e := range s.entries {
			p.wrapped(e.head, 2)
			for _, l := range e.lines {
				p.wrapped(l, 4)
			}
		}
	}
}
