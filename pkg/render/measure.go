package render

import (
	"unicode"

	"github.com/clipperhouse/displaywidth"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// Length is a length or coordinate in 1/64 pixel. Whole numbers only, so
// that no processor's floating point shows in a map.
type Length int64

// Px is one pixel.
const Px Length = 64

// Typeface is a size and a weight of the embedded font.
type Typeface struct {
	Size Length
	Bold bool
}

// measurer measures text as a browser draws it with the embedded font.
type measurer struct {
	shaper shaping.HarfbuzzShaper
	faces  [][2]*font.Face
	known  map[measured]Length
}

type measured struct {
	text string
	in   Typeface
}

func newMeasurer() *measurer {
	m := &measurer{known: map[measured]Length{}}
	for _, pair := range loadedFonts() {
		m.faces = append(m.faces, [2]*font.Face{font.NewFace(pair[0]), font.NewFace(pair[1])})
	}
	return m
}

// width returns how wide a line of text is, rounded up to whole pixels with
// a little to spare for viewers that have other fonts.
func (m *measurer) width(text string, in Typeface) Length {
	return spare(m.advance(text, in))
}

// advance is the width of a text as it is.
func (m *measurer) advance(text string, in Typeface) Length {
	key := measured{text, in}
	if w, ok := m.known[key]; ok {
		return w
	}
	w := m.measure([]rune(text), in)
	m.known[key] = w
	return w
}

func spare(w Length) Length { return (w + w/32 + Px - 1) / Px * Px }

// measure shapes each run of characters that one font file holds.
func (m *measurer) measure(text []rune, in Typeface) Length {
	total := Length(0)
	for start := 0; start < len(text); {
		face, end := m.subsetOf(text[start], in.Bold), start+1
		for end < len(text) && m.subsetOf(text[end], in.Bold) == face {
			end++
		}
		total += m.run(text, start, end, face, in)
		start = end
	}
	return total
}

// none is the subset of characters that no embedded file holds.
const none = -1

func (m *measurer) subsetOf(r rune, bold bool) int {
	for i, s := range subsets {
		if !s.has(r) {
			continue
		}
		if _, ok := m.faces[i][weight(bold)].NominalGlyph(r); ok {
			return i
		}
	}
	return none
}

func weight(bold bool) int {
	if bold {
		return 1
	}
	return 0
}

func (m *measurer) run(text []rune, start, end, face int, in Typeface) Length {
	if face == none {
		return estimate(string(text[start:end]), in.Size)
	}
	return Length(m.shaper.Shape(m.input(text, start, end, face, in)).Advance)
}

// input is a run as the shaper wants it.
func (m *measurer) input(text []rune, start, end, face int, in Typeface) shaping.Input {
	input := shaping.Input{
		Text: text, RunStart: start, RunEnd: end,
		Face: m.faces[face][weight(in.Bold)], Size: fixed.Int26_6(in.Size),
		Direction: di.DirectionLTR, Script: language.Latin, Language: "en",
	}
	if face == 0 {
		input.Direction, input.Script, input.Language = di.DirectionRTL, language.Arabic, "ar"
	}
	return input
}

// estimate is generous, because nobody knows which font the viewer has: in
// parts of the size, an emoji has 1.4, another wide character 1.05, a letter
// of the slim alphabets 0.75, any other 0.9.
func estimate(text string, size Length) Length {
	total := Length(0)
	clusters := displaywidth.StringGraphemes(text)
	for clusters.Next() {
		total += size * cell(clusters.Value(), Length(clusters.Width())) / 100
	}
	return total
}

func cell(cluster string, cells Length) Length {
	switch {
	case cells == 0:
		return 0
	case cells > 1 && pictured(cluster):
		return 140
	case cells > 1:
		return 105 * cells / 2
	case slim(cluster):
		return 75
	}
	return 90
}

// slim reports whether a character is of an alphabet whose letters are about
// as wide as Latin ones in the usual fonts.
func slim(cluster string) bool {
	for _, r := range cluster {
		return unicode.In(r, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Thai, unicode.Georgian) && !unicode.IsUpper(r)
	}
	return false
}

// pictured reports whether a character is from the planes where emoji are,
// or is followed by the sign that makes it one.
func pictured(cluster string) bool {
	for _, r := range cluster {
		if r >= 0x1F000 && r < 0x20000 || r == 0xFE0F || r >= 0x2300 && r < 0x2C00 {
			return true
		}
	}
	return false
}
