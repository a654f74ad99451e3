package render

import (
	"bytes"
	_ "embed"
	"sync"

	"github.com/go-text/typesetting/font"
)

// The map is measured with these fonts and carries them, so that it looks
// the same on every machine. See fonts/OFL.txt for their licence.
var (
	//go:embed fonts/vazirmatn-latin-400-normal.woff
	latinRegular []byte
	//go:embed fonts/vazirmatn-latin-700-normal.woff
	latinBold []byte
	//go:embed fonts/vazirmatn-latin-ext-400-normal.woff
	latinExtRegular []byte
	//go:embed fonts/vazirmatn-latin-ext-700-normal.woff
	latinExtBold []byte
	//go:embed fonts/vazirmatn-arabic-400-normal.woff
	arabicRegular []byte
	//go:embed fonts/vazirmatn-arabic-700-normal.woff
	arabicBold []byte
)

// FontFamily is the name of the embedded font.
const FontFamily = "Vazirmatn"

// subset is a part of the font: the characters that one file holds.
type subset struct {
	files  [2][]byte // regular, bold
	ranges []runeRange
}

type runeRange struct{ from, to rune }

// subsets are asked in this order for a character.
var subsets = []subset{
	{[2][]byte{arabicRegular, arabicBold}, []runeRange{
		{0x600, 0x6FF}, {0x750, 0x77F}, {0x870, 0x88E}, {0x890, 0x891}, {0x897, 0x8E1}, {0x8E3, 0x8FF},
		{0x200C, 0x200E}, {0x2010, 0x2011}, {0xFB50, 0xFDFF}, {0xFE70, 0xFE74}, {0xFE76, 0xFEFC}}},
	{[2][]byte{latinRegular, latinBold}, []runeRange{
		{0, 0xFF}, {0x131, 0x131}, {0x152, 0x153}, {0x2BB, 0x2BC}, {0x2C6, 0x2C6}, {0x2DA, 0x2DA}, {0x2DC, 0x2DC},
		{0x304, 0x304}, {0x308, 0x308}, {0x329, 0x329}, {0x2000, 0x206F}, {0x20AC, 0x20AC}, {0x2122, 0x2122},
		{0x2191, 0x2191}, {0x2193, 0x2193}, {0x2212, 0x2212}, {0x2215, 0x2215}}},
	{[2][]byte{latinExtRegular, latinExtBold}, []runeRange{
		{0x100, 0x2BA}, {0x2BD, 0x2C5}, {0x2C7, 0x2CC}, {0x2CE, 0x2D7}, {0x2DD, 0x2FF}, {0x1D00, 0x1DBF},
		{0x1E00, 0x1E9F}, {0x1EF2, 0x1EFF}, {0x20A0, 0x20C0}, {0x2113, 0x2113}, {0x2C60, 0x2C7F}, {0xA720, 0xA7FF}}},
}

func (s subset) has(r rune) bool {
	for _, in := range s.ranges {
		if in.from <= r && r <= in.to {
			return true
		}
	}
	return false
}

// loadedFonts are the parsed files, [subset][regular, bold]. A font is read
// only, a face is not: each measurer makes faces of its own.
var loadedFonts = sync.OnceValue(func() [][2]*font.Font {
	loaded := make([][2]*font.Font, len(subsets))
	for i, s := range subsets {
		for weight, file := range s.files {
			face, err := font.ParseTTF(bytes.NewReader(file))
			if err != nil {
				panic("render: an embedded font is damaged: " + err.Error())
			}
			loaded[i][weight] = face.Font
		}
	}
	return loaded
})
