package report

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// A cell is one character as a reader counts them, a grapheme cluster, made
// visible.
type cell struct {
	text  string
	width int // columns in a terminal
	end   int // byte offset in the file just after it
}

// A view is the part of a line that fits on the screen. Its last cell is the
// empty one after the end of the line, where carets of the line's end stand,
// unless the line goes on.
type view struct {
	cells                  []cell
	start                  int  // byte offset in the file of the first cell
	moreBefore, moreBehind bool // whether the line has more than is shown
}

const (
	more    = "…"
	tabStop = 4
	// windowFactor bounds how many bytes are read for one column: a family
	// emoji takes 25 bytes for two columns. Lines of a megabyte stay cheap.
	windowFactor = 16
)

// viewOf returns what fits into width columns of the line of a place, so that
// the start of the place can be seen and as much of it as possible. The cells
// are put into room, if they fit.
func viewOf(p place, width int, room []cell) view {
	lineStart, lineEnd := p.line()
	start := max(lineStart, p.start-windowFactor*width)
	end := min(lineEnd, p.start+windowFactor*width)
	for start > lineStart && start < p.start && !utf8.RuneStart(p.file.Text[start]) {
		start++
	}
	for end < lineEnd && end > p.start+1 && !utf8.RuneStart(p.file.Text[end]) {
		end--
	}
	text := p.file.Text[start:end]
	v := view{cells: appendCells(room[:0], string(text), start), start: start}
	v.moreBefore, v.moreBehind = start > lineStart, end < lineEnd
	if !v.moreBehind {
		v.cells = append(v.cells, cell{width: 1, end: math.MaxInt})
	}
	if v.moreBefore || v.moreBehind || columns(v.cells) > width {
		v.trim(p, width)
	}
	return v
}

// appendCells splits text that starts at a byte offset of the file.
func appendCells(cells []cell, text string, offset int) []cell {
	cells = slices.Grow(cells, len(text)+1)
	column := 0
	for g := displaywidth.StringGraphemes(text); g.Next(); {
		offset += len(g.Value())
		c := cell{g.Value(), g.Width(), offset}
		switch {
		case len(c.text) == 1 && c.text[0] >= ' ' && c.text[0] < 0x7F: // nearly all
		case c.text == "\t":
			c.width = tabStop - column%tabStop
			c.text = strings.Repeat(" ", c.width)
		default:
			if seen := Visible(c.text); seen != c.text {
				c.text, c.width = seen, displaywidth.String(seen)
			}
		}
		column += c.width
		cells = append(cells, c)
	}
	return cells
}

func columns(cells []cell) int {
	sum := 0
	for _, c := range cells {
		sum += c.width
	}
	return sum
}

// trim keeps what fits into width columns around the start of the place,
// with room for a sign of omission on either side.
func (v *view) trim(p place, width int) {
	first, last := v.covered(p)
	from, to := first, first+1
	room := width - v.cells[first].width - 2*displaywidth.String(more)
	grow := func(i int) bool {
		if i < 0 || i >= len(v.cells) || v.cells[i].width > room {
			return false
		}
		room -= v.cells[i].width
		from, to = min(from, i), max(to, i+1)
		return true
	}
	for to < last && grow(to) {
	}
	for grow(from-1) || grow(to) { // both sides in turn while there is room
		grow(to)
	}
	v.cut(from, to)
}

func (v *view) cut(from, to int) {
	v.moreBefore = v.moreBefore || from > 0
	v.moreBehind = v.moreBehind || to < len(v.cells)
	if from > 0 {
		v.start = v.cells[from-1].end
	}
	v.cells = v.cells[from:to]
}

// covered returns the run [first, last) of cells that a place covers: at least
// one cell, when the view has any there.
func (v *view) covered(p place) (first, last int) {
	for first < len(v.cells) && v.cells[first].end <= p.start {
		first++
	}
	last = min(first+1, len(v.cells))
	for last < len(v.cells) && v.cells[last-1].end < p.end && v.cells[last].text != "" {
		last++
	}
	return first, last
}

// shows reports whether the start of a place of the same line can be seen.
func (v *view) shows(p place) bool {
	first, last := v.covered(p)
	return p.start >= v.start && first < last
}

// indent is the column, from 0, at which the i-th cell stands.
func (v *view) indent(i int) int {
	if v.moreBefore {
		return columns(v.cells[:i]) + displaywidth.String(more)
	}
	return columns(v.cells[:i])
}

// underline is the number of columns that the cells of a place take, and
// whether the place has text behind them that the view does not show.
func (v *view) underline(p place) (width int, goesOn bool) {
	first, last := v.covered(p)
	rest := p.file.Text[min(v.cells[last-1].end, p.end):p.end]
	return max(1, columns(v.cells[first:last])), len(bytes.TrimLeft(rest, " \t\r\n")) > 0
}

// text is the view as it is printed, with marks before some cells: with those
// at its boundaries, the text of each place keeps its columns in terminals that
// reorder right to left text.
func (v *view) text(marked map[int]bool) string {
	var b strings.Builder
	b.Grow(len(v.cells))
	for i := range v.cells {
		if marked[i] {
			b.WriteString(leftToRight)
		}
		b.WriteString(v.cells[i].text)
	}
	return b.String()
}

// boundaries are the cells with which places begin, and those behind them.
func (v *view) boundaries(labels []label) map[int]bool {
	boundary := map[int]bool{}
	for _, l := range labels {
		first, last := v.covered(l.place)
		boundary[first], boundary[last] = true, true
	}
	return boundary
}
