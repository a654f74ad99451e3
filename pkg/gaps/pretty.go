package gaps

import (
	"bufio"
	"io"
	"regexp"
	"strings"
	"sync"
)

var prettyFormat = Format{
	Name:    "pretty",
	Summary: "a table, then each gap in a few sentences, for people",
	Write:   writePretty,
}

const (
	bold = "1"
	cyan = "36"
)

func writePretty(w io.Writer, r Report, s Style) error {
	p := printer{bufio.NewWriter(w), s}
	t := newTeller(r)
	name, score := t.title()
	if r.At >= 0 {
		score += "; the need arises " + Moment(r.At)
	}
	p.line(p.paint(bold, name) + ": " + score)
	p.line("")
	p.matrix(t.matrix())
	if r.Hours {
		p.strips(t.strips())
	}
	for _, section := range t.sections() {
		p.section(section)
	}
	return p.Flush()
}

// printer writes text for people.
type printer struct {
	*bufio.Writer
	style Style
}

// line writes one line, or one that was broken into several.
func (p printer) line(text string) { p.WriteString(Lay(text, p.style)) }

// isolates finds what stands between isolating marks; it is compiled when the
// first text is told.
var isolates = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(isolate + "[^" + endIsolate + "]*" + endIsolate)
})

// paint colours a text, when the style has colours.
func (p printer) paint(attributes, text string) string {
	if !p.style.Color || text == "" {
		return text
	}
	return "\x1b[" + attributes + "m" + text + "\x1b[0m"
}

// matrix writes the table; needs that do not fit beside each other follow in
// a table of their own.
func (p printer) matrix(m matrix) {
	first := 0
	for _, r := range m.rows {
		first = max(first, columns(foreign(r.customer)))
	}
	for from := 0; from < len(m.needs); {
		to, widths := p.fitting(m, from, first)
		head := pad("", first)
		for i := from; i < to; i++ {
			head += "  " + p.paint(bold, pad(foreign(m.needs[i]), widths[i-from]))
		}
		p.line(head)
		for _, r := range m.rows {
			line := pad(foreign(r.customer), first)
			for i := from; i < to; i++ {
				line += "  " + p.paint(r.signs[i].color, r.signs[i].text) + pad("", widths[i-from]-columns(r.signs[i].text))
			}
			p.line(line)
		}
		if from = to; from < len(m.needs) {
			p.line("")
		}
	}
	if len(m.legend) > 0 {
		p.line("")
	}
	for _, l := range m.legend {
		p.line(wrap(l.mark+" "+l.text, p.style.Width, 0))
	}
}

// fitting returns the needs [from, to) that fit beside each other, with the
// widths of their columns; at least one.
func (p printer) fitting(m matrix, from, used int) (to int, widths []int) {
	for to = from; to < len(m.needs); to++ {
		width := columns(foreign(m.needs[to]))
		for _, r := range m.rows {
			width = max(width, columns(r.signs[to].text))
		}
		used += 2 + width
		if to > from && p.style.Width > 0 && used > p.style.Width {
			break
		}
		widths = append(widths, width)
	}
	return to, widths
}

func (p printer) strips(all []strip) {
	p.line("\n" + p.paint(bold, "The week"))
	if len(all) == 0 {
		p.line("  No open need has a deadline (`within`), so none is missed.")
		return
	}
	p.line(wrap(stripLegend, p.style.Width, 2))
	for _, s := range all {
		p.line("\n" + wrap(s.head, p.style.Width, 2))
		for _, row := range s.rows(p.paint) {
			p.line("  " + row)
		}
	}
}

func (p printer) section(s section) {
	p.line("\n" + p.paint(bold, s.title))
	if s.note != "" {
		p.line(wrap(s.note, p.style.Width, 2))
	}
	for i, e := range s.entries {
		if i > 0 && (len(e.paste) > 0 || len(s.entries[i-1].paste) > 0) {
			p.line("")
		}
		if e.text == "" {
			p.line("  - " + strings.TrimLeft(wrap(e.head, p.style.Width, 4), " "))
			continue
		}
		p.line(wrap(e.head, p.style.Width, 2))
		p.line(wrap(e.text, p.style.Width, 4))
		for _, line := range e.paste { // to be copied, so without a mark in it
			p.WriteString("      " + p.paint(cyan, line) + "\n")
		}
	}
}
