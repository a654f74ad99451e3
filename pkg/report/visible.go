package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible returns the text with every hidden character replaced by one that
// can be seen, so that it cannot command a terminal nor turn the direction of
// what follows: ESC becomes ␛, a line break ␊, U+202E ⟨U+202E⟩. Bytes that
// are no UTF-8 become U+FFFD. The joiners that Persian and emoji are written
// with stay.
func Visible(text string) string {
	if strings.IndexFunc(text, hidden) < 0 && utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for _, r := range text { // yields U+FFFD for a byte that is no UTF-8
		if hidden(r) {
			b.WriteString(picture(r))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hidden reports whether a terminal acts on the character instead of showing
// it: controls, directions, line separators and characters without a shape.
func hidden(r rune) bool {
	if r < 0xA0 {
		return r < ' ' || r >= 0x7F
	}
	return unicode.Is(shapeless, r)
}

// shapeless lists the hidden characters above U+009F. U+200C and U+200D, the
// joiners, are not among them.
var shapeless = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x00AD, Hi: 0x00AD, Stride: 1}, // soft hyphen
		{Lo: 0x061C, Hi: 0x061C, Stride: 1}, // Arabic letter mark
		{Lo: 0x200B, Hi: 0x200B, Stride: 1}, // zero width space
		{Lo: 0x200E, Hi: 0x200F, Stride: 1}, // direction marks
		{Lo: 0x2028, Hi: 0x202E, Stride: 1}, // separators, embeddings, overrides
		{Lo: 0x2060, Hi: 0x206F, Stride: 1}, // invisible operators, isolates
		{Lo: 0xFEFF, Hi: 0xFEFF, Stride: 1}, // byte order mark
		{Lo: 0xFFF9, Hi: 0xFFFB, Stride: 1}, // interlinear annotations
	},
	LatinOffset: 1,
}

// picture is what is shown in place of a hidden character.
func picture(r rune) string {
	switch {
	case r < ' ':
		return string('\u2400' + r)
	case r == 0x7F:
		return "\u2421"
	}
	return fmt.Sprintf("⟨U+%04X⟩", r)
}
