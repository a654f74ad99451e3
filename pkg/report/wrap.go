package report

import (
	"strings"

	"github.com/clipperhouse/displaywidth"
)

// Wrap breaks a text at spaces, so that no line is wider than the
// terminal. Used is how many columns of the first line are taken already, and
// hang by how many the other lines are indented. What goes to no terminal is
// not broken, since its readers search it.
func (s Style) Wrap(text string, used, hang int) string {
	if s.Width <= 0 {
		return text
	}
	var b strings.Builder
	for i, word := range strings.Split(text, " ") {
		columns := Columns(word)
		switch {
		case i == 0:
		case used+1+columns > s.Width && used > hang:
			b.WriteString("\n" + strings.Repeat(" ", hang))
			used = hang
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += columns
	}
	return b.String()
}

// Columns is how many cells of a terminal a text takes. Direction marks take
// none.
func Columns(text string) int { return displaywidth.String(withoutMarks.Replace(text)) }

var withoutMarks = strings.NewReplacer(isolate, "", endIsolate, "", leftToRight, "")
