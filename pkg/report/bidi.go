package report

import (
	"strings"
	"unicode"
)

// The invisible marks that a Style with Bidi allows.
const (
	leftToRight = "\u200e" // a letter without shape or width, read left to right
	isolate     = "\u2068" // what follows has a direction of its own …
	endIsolate  = "\u2069" // … up to here
)

// rightToLeft lists the scripts that are written right to left.
var rightToLeft = []*unicode.RangeTable{
	unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko,
	unicode.Samaritan, unicode.Mandaic, unicode.Adlam, unicode.Hanifi_Rohingya,
}

func isRightToLeft(r rune) bool {
	return r >= 0x590 && unicode.IsLetter(r) && unicode.In(r, rightToLeft...)
}

// HasRightToLeft reports whether a text has letters that are written from right
// to left.
func HasRightToLeft(text string) bool { return strings.IndexFunc(text, isRightToLeft) >= 0 }

// isolated marks a name so that its direction does not move what stands
// beside it.
func (s Style) isolated(name string) string {
	if !s.Bidi || !HasRightToLeft(name) {
		return name
	}
	return isolate + name + endIsolate
}

// quotes pairs the quotation marks around names in messages.
var quotes = map[rune]string{'"': `"`, '“': "”", '`': "`", '«': "»"}

// sentence makes a message visible and isolates the names that it quotes.
func (s Style) sentence(message string) string {
	message = Visible(message)
	if !s.Bidi || !HasRightToLeft(message) {
		return message
	}
	var b strings.Builder
	for message != "" {
		before, name, mark, after := cutQuoted(message)
		b.WriteString(before + s.isolated(name) + mark)
		message = after
	}
	return b.String()
}

// cutQuoted splits a text around what its first pair of quotation marks
// encloses: before ends with the opening mark. Without a pair all is before.
func cutQuoted(text string) (before, name, mark, after string) {
	for i, r := range text {
		mark, ok := quotes[r]
		if !ok {
			continue
		}
		start := i + len(string(r))
		if name, after, ok := strings.Cut(text[start:], mark); ok {
			return text[:start], name, mark, after
		}
	}
	return text, "", "", ""
}
