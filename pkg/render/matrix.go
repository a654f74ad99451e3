package render

import (
	"bufio"
	"context"
	"io"
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Matrix writes who gets through as plain text for a terminal: for each need
// the customers by the steps, with a list of the steps and of the marks. Where
// it can, a line fits in 80 columns.
//
// What the file says commands no terminal: see clean. Where there is text from
// right to left, marks that have no width keep each name to itself and each
// line in the order of the others.
func Matrix(ctx context.Context, w io.Writer, g *corridor.Graph, o Options) error {
	if g == nil || len(g.Paths) == 0 || len(g.Steps) == 0 {
		return ErrNoPath
	}
	told, err := newAccessGrid(ctx, g, o.Ask)
	if err != nil {
		return err
	}
	m := &matrixWriter{Writer: bufio.NewWriter(w), plan: newPlan(g, o), told: told}
	m.prose(clean(m.titleText()))
	if len(told.blocks) == 0 {
		m.assumptions(o.Ask)
		m.prose("", m.nothing())
		return m.Flush()
	}
	m.prose(m.words.Access.Score + ": " + m.words.openShare(told.score))
	m.assumptions(o.Ask)
	m.findColumns()
	for i := range told.blocks {
		m.block(&told.blocks[i])
	}
	m.legend()
	m.steps()
	return m.Flush()
}

// matrixWriter shares with maps what things are called.
type matrixWriter struct {
	*bufio.Writer
	*plan
	told  *accessGrid
	who   int // columns of the names of the customers
	cell  int // columns of a mark, with the space before it
	bands []textBand
}

// textBand is a run of steps whose marks stand beside each other.
type textBand struct {
	groups []stepGroup
	wide   int
	ends   bool // the results stand behind the marks
}

const (
	textWide  = 80
	whoMost   = 24
	groupRoom = 1 // between groups
)

// textMarks are those of pkg/gaps where they mean the same.
var textMarks = [countMarks]string{" ", "-", "x", "✗", "○", "●", "◆", "↩", "!"}

// columnsOf is how many cells of a terminal a text takes.
func columnsOf(text string) int { return displaywidth.String(text) }

func padded(text string, to int) string {
	return text + strings.Repeat(" ", max(0, to-columnsOf(text)))
}

// ahead fills a text up on its left.
func ahead(text string, to int) string {
	return strings.Repeat(" ", max(0, to-columnsOf(text))) + text
}

// findColumns finds how wide the columns are, and lays the groups into bands
// of which each fits on a line.
func (m *matrixWriter) findColumns() {
	ends := 0
	for i := range m.told.blocks {
		for k := range m.told.blocks[i].rows {
			r := &m.told.blocks[i].rows[k]
			for _, line := range wrapText(m.names(r.customers), whoMost) {
				m.who = max(m.who, columnsOf(line))
			}
			ends = max(ends, columnsOf(m.end(r)))
		}
	}
	m.cell = 1 + columnsOf(number(len(m.graph.Steps), m.words.Zero))
	m.bands = textBands(m.told.groups, m.cell, max(m.cell, textWide-m.who-1), ends)
}

// textBands lays groups beside each other as long as there is room. The results
// stand behind the last ones; where they have no room there, they come first.
func textBands(groups []stepGroup, cell, room, ends int) []textBand {
	bands := []textBand{{}}
	for _, g := range groups {
		for g.first < g.end {
			b := &bands[len(bands)-1]
			fit := (room - b.wide - groupRoom) / cell
			if fit < 1 && len(b.groups) > 0 || fit < g.end-g.first && (g.end-g.first)*cell+groupRoom <= room && len(b.groups) > 0 {
				bands = append(bands, textBand{})
				continue
			}
			part := g
			part.end = min(g.end, g.first+max(1, fit))
			b.groups = append(b.groups, part)
			b.wide += groupRoom + (part.end-part.first)*cell
			g.first = part.end
		}
	}
	if last := &bands[len(bands)-1]; last.wide+ends <= room {
		last.ends = true
		return bands
	}
	return append([]textBand{{ends: true}}, bands...)
}

// block writes what is told of one need.
func (m *matrixWriter) block(b *accessBlock) {
	m.prose("", m.needHead(b.need)+" · "+m.words.Access.Score+": "+m.words.openShare(b.score))
	for i, band := range m.bands {
		if i > 0 {
			m.line("")
		}
		m.heads(band)
		for k := range b.rows {
			m.row(i, &b.rows[k])
		}
	}
}

// heads writes the numbers of the steps of a band.
func (m *matrixWriter) heads(b textBand) {
	line := padded("", m.who+1)
	for _, g := range b.groups {
		line += strings.Repeat(" ", groupRoom)
		for s := g.first; s < g.end; s++ {
			line += ahead(number(s+1, m.words.Zero), m.cell)
		}
	}
	if b.ends {
		line += "  " + padded(m.words.Access.Share, 5) + "  " + m.words.timeHead(m.told)
	}
	m.line(line)
}

// row writes what some customers meet in a band.
func (m *matrixWriter) row(i int, r *accessRow) {
	b, who := m.bands[i], wrapText(m.namesIn(i, r.customers), m.who)
	if len(who) == 0 {
		who = []string{""}
	}
	line := m.foreign(who[0]) + padded("", m.who+1-columnsOf(who[0]))
	for _, g := range b.groups {
		line += strings.Repeat(" ", groupRoom)
		for s := g.first; s < g.end; s++ {
			line += ahead(textMarks[r.marks[s]], m.cell)
		}
	}
	if b.ends {
		line += m.end(r)
	}
	m.line(line)
	for _, more := range who[1:] {
		m.line(m.foreign(more))
	}
}

// end is what stands at the end of a row: the share, and the result as a mark
// and in words.
func (m *matrixWriter) end(r *accessRow) string {
	share := "  " + padded(m.words.percent(r.share), max(5, columnsOf(m.words.Access.Share))) + "  "
	more := ""
	if r.bound {
		more = " ?"
	}
	if !r.cell.Open {
		return share + "✗ " + m.words.Access.Closed + more
	}
	sign := "✓ "
	if m.told.isLate(r) {
		sign = "◐ "
	}
	if r.cell.Need.Within != nil {
		more = " · " + m.words.openShare(r.cell.OpenShare) + more
	}
	return share + sign + m.result(m.told, r) + more
}

// legend writes the marks that occur.
func (m *matrixWriter) legend() {
	m.line("")
	for s := outside + 1; int(s) < countMarks; s++ {
		if m.told.used[s] {
			m.entry(textMarks[s], m.words.Access.Marks[s], 3)
		}
	}
	if m.told.used[outside] {
		m.entry("", "( ) "+m.words.Access.Marks[outside], 0)
	}
	var through, late, deadline bool
	for i := range m.told.blocks {
		b := &m.told.blocks[i]
		for k := range b.rows {
			open := b.rows[k].cell.Open
			isLate := m.told.isLate(&b.rows[k])
			through, late = through || open && !isLate, late || isLate
			deadline = deadline || open && b.need.Within != nil
		}
	}
	if through {
		m.entry("✓", m.words.Access.Through, 3)
	}
	if late {
		m.entry("◐", m.words.lateMeans(m.told), 3)
	}
	if m.told.bound {
		m.entry("?", m.words.Access.More, 3)
	}
	if deadline {
		m.entry(m.words.Percent, m.words.Access.ShareMeans, 3)
	}
}

// steps names the steps behind the numbers, path by path.
func (m *matrixWriter) steps() {
	m.prose("", m.words.Access.Steps)
	for _, g := range m.told.groups {
		name := m.groupName(g)
		if m.graph.Paths[g.path].Kind != model.Basic {
			name = m.foreign(name) + " (" + m.kindName(g.path) + m.words.Comma + m.where(m.graph.Paths[g.path]) + ")"
		}
		m.prose(name)
		for s := g.first; s < g.end; s++ {
			m.entry(ahead(number(s+1, m.words.Zero), m.cell+1), m.stepLabel(s), m.cell+3)
		}
	}
}

// entry writes a mark with what it means, wrapped beside it.
func (m *matrixWriter) entry(mark, means string, indent int) {
	for i, line := range wrapText(means, textWide-indent) {
		if i > 0 {
			mark = ""
		}
		m.line(padded(mark, indent) + m.foreign(line))
	}
}

func (m *matrixWriter) assumptions(ask Question) { m.prose(m.assumed(ask)...) }

// prose writes texts, each on lines of its own.
func (m *matrixWriter) prose(texts ...string) {
	for _, text := range texts {
		if text == "" {
			m.line("")
		}
		for _, line := range wrapText(text, textWide) {
			m.line(line)
		}
	}
}

// The marks that have no width: what two of them enclose has a direction of
// its own, and one of the others at its beginning gives a line that of the text.
const (
	isolate     = "\u2068"
	endIsolate  = "\u2069"
	leftToRight = "\u200e"
	toLeft      = "\u200f"
)

// foreign is text of the file in a line of the table, kept to itself where it
// could move what stands beside it.
func (m *matrixWriter) foreign(text string) string {
	if text == "" || !m.mirrored() && !hasRightToLeft(text) {
		return text
	}
	return isolate + text + endIsolate
}

// line writes a line. In a text from right to left each begins there, also
// where a name or a number would turn it.
func (m *matrixWriter) line(text string) {
	text = strings.TrimRight(text, " ")
	switch {
	case text == "":
	case m.mirrored():
		text = toLeft + text
	case hasRightToLeft(text):
		text = leftToRight + text
	}
	m.WriteString(text + "\n")
}

func hasRightToLeft(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.In(r, rightToLeftScripts...) })
}

// wrapText breaks a text into lines of so many columns, at spaces where it
// can and else between characters.
func wrapText(text string, wide int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(strings.Map(withShape, text)) {
		if line != "" && columnsOf(line+" "+word) <= wide {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		pieces := chopText(word, wide)
		lines, line = append(lines, pieces[:len(pieces)-1]...), pieces[len(pieces)-1]
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// withShape drops characters that have none, and of which a terminal may make
// something, but for the joiners that Persian and emoji are written with and
// our own marks; clean has dropped those of the file.
func withShape(r rune) rune {
	if unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' && !strings.ContainsRune(isolate+endIsolate, r) {
		return -1
	}
	return r
}

// chopText breaks a word between characters as people see them.
func chopText(word string, wide int) []string {
	if columnsOf(word) <= wide {
		return []string{word}
	}
	pieces := []string{""}
	used := 0
	clusters := displaywidth.StringGraphemes(word)
	for clusters.Next() {
		if last := len(pieces) - 1; pieces[last] == "" || used+clusters.Width() <= wide {
			pieces[last] += clusters.Value()
			used += clusters.Width()
			continue
		}
		pieces = append(pieces, clusters.Value())
		used = clusters.Width()
	}
	return pieces
}
