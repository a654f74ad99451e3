package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"
)

// clean makes any text fit for one line of a picture: bytes that are no
// UTF-8 become U+FFFD, control characters, noncharacters and hidden changes of
// direction go, all white space becomes single spaces.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r&0xFFFE == 0xFFFE, r >= 0xFDD0 && r <= 0xFDEF:
			return -1
		case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1 // it would turn the text around it, unseen
		}
		return r
	}, strings.ToValidUTF8(text, string(utf8.RuneError)))
	return strings.Join(strings.Fields(text), " ")
}

// part is a piece of text after which a line may end.
type part struct {
	text        string
	whole, bare Length // its width with and without trailing space
}

// wrap breaks a text into lines no wider than limit, as few as possible and
// of like length. A word that is wider is broken between characters.
func (m *measurer) wrap(text string, in Typeface, limit Length) []string {
	parts := m.parts(text, in, limit)
	lines := fill(parts, limit)
	// The narrowest limit that needs no more lines makes them even.
	low, high := Length(0), limit
	for _, p := range parts {
		low = max(low, spare(p.bare)-1)
	}
	for high-low > Px {
		if middle := (low + high) / 2; len(fill(parts, middle)) == len(lines) {
			high = middle
		} else {
			low = middle
		}
	}
	return fill(parts, high)
}

// parts cuts a text where a line may end, by Unicode's rules.
func (m *measurer) parts(text string, in Typeface, limit Length) []part {
	var parts []part
	var seg segmenter.Segmenter
	seg.InitWithString(text)
	for lines := seg.LineIterator(); lines.Next(); {
		p := m.part(string(lines.Line().Text), in)
		if n := len(parts); n > 0 && (keeps(parts[n-1].text) || clings(parts, p.text)) {
			if whole := m.part(parts[n-1].text+p.text, in); spare(whole.bare) <= limit {
				parts[n-1] = whole
				continue
			}
		}
		if spare(p.bare) <= limit {
			parts = append(parts, p)
			continue
		}
		parts = append(parts, m.chop(p.text, in, limit)...)
	}
	return parts
}

// keeps reports whether a line should not end after a piece unless it must:
// after a hyphen, or inside a Korean word.
func keeps(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return last == '-' || unicode.Is(unicode.Hangul, last)
}

// clings reports whether a text should not begin a line unless it must: the
// dot between two words, and what is counted by the number before it.
func clings(parts []part, text string) bool {
	n := len(parts)
	counted := n > 1 && strings.HasSuffix(parts[n-2].text, "· ") && strings.Trim(parts[n-1].text, digits+" ") == ""
	return strings.HasPrefix(text, "·") || counted
}

const digits = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"

func (m *measurer) part(text string, in Typeface) part {
	bare := strings.TrimRight(text, " ")
	p := part{text: text, bare: m.advance(bare, in)}
	p.whole = p.bare
	if len(bare) < len(text) {
		p.whole += m.advance(" ", in)
	}
	return p
}

// chop breaks a word between characters as people see them. The width of a
// piece is guessed from its characters and then measured.
func (m *measurer) chop(word string, in Typeface, limit Length) []part {
	var parts []part
	var seg segmenter.Segmenter
	seg.InitWithString(word)
	piece, guess := "", Length(0)
	for clusters := seg.GraphemeIterator(); clusters.Next(); {
		next := string(clusters.Grapheme().Text)
		guess += m.advance(next, in)
		if piece != "" && spare(guess) > limit {
			parts = append(parts, m.part(piece, in))
			piece, guess = "", m.advance(next, in)
		}
		piece += next
	}
	return append(parts, m.part(piece, in))
}

// fill puts as many parts on each line as go there.
func fill(parts []part, limit Length) []string {
	var lines []string
	line, width := "", Length(0)
	for _, p := range parts {
		if line != "" && spare(width+p.bare) > limit {
			lines = append(lines, strings.TrimSpace(line))
			line, width = "", 0
		}
		line += p.text
		width += p.whole
	}
	if line = strings.TrimSpace(line); line != "" {
		lines = append(lines, line)
	}
	return lines
}

// widest returns the width of the widest line.
func (m *measurer) widest(lines []string, in Typeface) Length {
	most := Length(0)
	for _, line := range lines {
		most = max(most, m.width(line, in))
	}
	return most
}

// rightToLeft reports the direction of a text in a map of a language. Letters
// of the map's own direction decide, so that "موقع (Website)" and "SMS تأكيد"
// are both read as Arabic; a text without them has the other direction.
func rightToLeft(text string, mapped bool) bool {
	own, other := false, false
	for _, r := range text {
		if unicode.IsLetter(r) {
			if unicode.In(r, rightToLeftScripts...) == mapped {
				own = true
			} else {
				other = true
			}
		}
	}
	return mapped != (other && !own)
}

var rightToLeftScripts = []*unicode.RangeTable{
	unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam,
}

// number writes a number in the digits of a language.
func number(n int, zero digit) string {
	if n < 10 {
		return string(rune(zero) + rune(n))
	}
	return number(n/10, zero) + string(rune(zero)+rune(n%10))
}
