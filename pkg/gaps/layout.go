package gaps

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"
)

const leftToRight = "\u200e" // keeps a row that begins with Arabic in its order

// rightToLeft lists the scripts that are written right to left.
var rightToLeft = []*unicode.RangeTable{
	unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko,
	unicode.Samaritan, unicode.Mandaic, unicode.Adlam, unicode.Hanifi_Rohingya,
}

func hasRightToLeft(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r >= 0x590 && unicode.In(r, rightToLeft...) }) >= 0
}

var unmarked = strings.NewReplacer(isolate, "", endIsolate, "")

// columns is how many cells of a terminal a text takes.
func columns(text string) int { return displaywidth.String(unmarked.Replace(text)) }

// pad fills a text up to a number of columns.
func pad(text string, to int) string { return text + strings.Repeat(" ", max(0, to-columns(text))) }

// wrap breaks a text at spaces, each line after an indent. Without a width it
// is one line, since its readers search it.
func wrap(text string, width, indent int) string {
	space := strings.Repeat(" ", indent)
	if width <= 0 {
		return space + text
	}
	var b strings.Builder
	b.WriteString(space)
	used := indent
	for i, word := range strings.Split(text, " ") {
		n := columns(word)
		switch {
		case i == 0:
		case used+1+n > width && used > indent:
			b.WriteString("\n" + space)
			used = indent
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}
