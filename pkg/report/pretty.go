package report

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"github.com/customer-corridor/corridor/pkg/finding"
)

var prettyFormat = Format{
	Name:    "pretty",
	Summary: "findings with their source lines, for people",
	Write:   writePretty,
}

// The colours of the pretty format, as ANSI attributes.
const (
	bold = "1"
	blue = "1;34"
)

// severityColors has bold red, yellow and cyan.
var severityColors = map[finding.Severity]string{
	finding.Error: "1;31", finding.Warning: "1;33", finding.Note: "1;36",
}

func writePretty(w io.Writer, r Report, s Style) error {
	out := bufio.NewWriter(w)
	p := printer{Writer: out, style: s}
	for _, f := range r.Findings {
		p.color = severityColors[f.Severity]
		p.finding(f)
		out.WriteByte('\n')
	}
	if len(r.Findings) > 0 {
		out.WriteString("corridor explain RULE tells more about a rule.\n")
	}
	out.WriteString(s.Wrap(s.sentence(r.Verdict()), 0, 0) + "\n")
	return out.Flush()
}

// printer writes one finding after the other.
type printer struct {
	*bufio.Writer
	style  Style
	color  string // of its severity
	margin int    // columns of the line numbers
	cells  []cell // room for those of one line after the other
}

func (p *printer) finding(f finding.Finding) {
	groups := excerpts(f)
	p.margin = marginOf(groups)
	message := p.style.Wrap(p.style.sentence(f.Message), len(kind(f)+": "), 2)
	p.WriteString(p.paint(p.color, kind(f)) + p.paint(bold, ": "+message) + "\n")
	for i, labels := range groups {
		if i > 0 {
			p.row("", "")
		}
		p.excerpt(labels)
	}
	for _, r := range f.Related {
		if r.Span.IsZero() {
			p.remark("note", r.Message)
		}
	}
	if f.Help != "" {
		p.remark("help", f.Help)
	}
}

// marginOf returns the columns that the largest line number takes.
func marginOf(groups [][]label) int {
	margin := 1
	for _, labels := range groups {
		for _, l := range labels {
			margin = max(margin, len(strconv.Itoa(l.from.Line)))
		}
	}
	return margin
}

// excerpt writes the place of the first label, and the lines of all of them.
func (p *printer) excerpt(labels []label) {
	arrow := "::: "
	if labels[0].primary {
		arrow = "--> "
	}
	name := p.style.isolated(Visible(labels[0].file.Name))
	p.WriteString(p.paint(blue, strings.Repeat(" ", p.margin)+arrow) + labels[0].under(name) + "\n")
	p.row("", "")
	last := 0
	for _, line := range byLine(labels) {
		if number := line[0].from.Line; last > 0 && number > last+1 {
			p.WriteString(p.paint(blue, "...") + "\n")
		}
		last = line[0].from.Line
		p.line(line)
	}
}

// line writes one source line and what its labels say; a part of a long line
// for each group of labels that can be seen together.
func (p *printer) line(labels []label) {
	number := strconv.Itoa(labels[0].from.Line)
	for len(labels) > 0 {
		v := viewOf(labels[0].place, p.columns(), p.cells)
		if cap(v.cells) > cap(p.cells) {
			p.cells = v.cells
		}
		shown, rest := takeVisible(v, labels)
		p.row(number, p.source(v, shown))
		for _, row := range p.underlines(v, shown) {
			p.row("", row)
		}
		labels = rest
	}
}

// columns is the width that a source line may take.
func (p *printer) columns() int { return max(20, p.style.width()-p.margin-len(" | ")) }

func (p *printer) source(v view, labels []label) string {
	text := v.text(nil)
	if p.style.Bidi && HasRightToLeft(text) {
		text = v.text(v.boundaries(labels))
	}
	if v.moreBefore {
		text = p.paint(blue, more) + text
	}
	if v.moreBehind {
		text += p.paint(blue, more)
	}
	return text
}

// underlines are the rows below a source line. A row ends with the first text
// in it, so that no text runs into the next underline. A text that is too long
// to stand beside its underline gets a row of its own.
func (p *printer) underlines(v view, labels []label) []string {
	var rows []string
	end, open := 0, false // of the last row: its columns, and whether it takes more
	for _, l := range labels {
		first, _ := v.covered(l.place)
		indent := v.indent(first)
		if !open || indent <= end {
			rows = append(rows, "")
			end = 0
		}
		line, columns := p.underline(v, l)
		rows[len(rows)-1] += strings.Repeat(" ", indent-end) + line
		end, open = indent+columns, l.text == ""
		if open {
			continue
		}
		text := p.style.sentence(l.text)
		if room := p.columns() - displaywidth.String(text); p.style.Width > 0 && end+1 > room {
			rows = append(rows, strings.Repeat(" ", max(0, min(indent, room)))+p.labelled(l, text))
		} else {
			rows[len(rows)-1] += p.labelled(l, " "+text)
		}
	}
	return rows
}

// underline is the line below the place of a label, and its columns.
func (p *printer) underline(v view, l label) (line string, columns int) {
	sign := "-"
	if l.primary {
		sign = "^"
	}
	columns, goesOn := v.underline(l.place)
	line = strings.Repeat(sign, columns)
	if goesOn {
		line += more
		columns++
	}
	return p.labelled(l, line), columns
}

// labelled paints a text in the colour of a label.
func (p *printer) labelled(l label, text string) string {
	if l.primary {
		return p.paint(p.color, text)
	}
	return p.paint(blue, text)
}

// row writes the margin and what stands right of it.
func (p *printer) row(number, text string) {
	p.WriteString(p.paint(blue, number+strings.Repeat(" ", p.margin-len(number))+" |"))
	if text != "" {
		p.WriteByte(' ')
	}
	if p.style.Bidi && HasRightToLeft(text) { // it must not turn the line around
		p.WriteString(leftToRight)
	}
	p.WriteString(text)
	p.WriteByte('\n')
}

func (p *printer) remark(word, text string) {
	hang := p.margin + len(" = "+word+": ")
	p.WriteString(strings.Repeat(" ", p.margin) + p.paint(blue, " = ") + p.paint(bold, word) + ": " +
		p.style.Wrap(p.style.sentence(text), hang, hang) + "\n")
}

// paint colours a text, when the style has colours.
func (p *printer) paint(attributes, text string) string {
	if !p.style.Color || text == "" {
		return text
	}
	return "\x1b[" + attributes + "m" + text + "\x1b[0m"
}
