package render

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// pdfFont is one file of the embedded font and what a page uses of it. A
// glyph has a code of its own for each text that it stands for, since the
// same one may be a letter here and a part of another there.
type pdfFont struct {
	subset int
	bold   bool
	number int
	codes  map[pdfGlyph]int
	glyphs []pdfGlyph // by their codes, from 1
}

type pdfGlyph struct {
	id   font.GID
	wide int
	says string
}

// show returns the codes that draw a glyph. Readers turn around what they find
// written from right to left, character by character or code by code. So there
// each code says one character: what a glyph stands for besides the first is
// said before it, by codes that draw nothing.
func (f *pdfFont) show(g glyph) string {
	all := []rune(g.says)
	if !g.rightToLeft || len(all) < 2 {
		return f.code(pdfGlyph{g.id, thousandths(g.wide), g.says})
	}
	codes := ""
	for _, r := range slices.Backward(all[1:]) {
		codes += f.code(pdfGlyph{says: string(r)})
	}
	return codes + f.code(pdfGlyph{g.id, thousandths(g.wide), string(all[:1])})
}

func (f *pdfFont) code(key pdfGlyph) string {
	code, ok := f.codes[key]
	if !ok {
		f.glyphs = append(f.glyphs, key)
		code = len(f.glyphs)
		f.codes[key] = code
	}
	return fmt.Sprintf("%04X", code)
}

func (f *pdfFont) name() string { return fmt.Sprint("F", f.number) }

// The objects of a font, by their places among them.
const (
	fontItself = iota
	fontDescendant
	fontDescriptor
	fontProgram
	fontGlyphs
	fontCharacters
	fontObjects
)

func (f *pdfFont) object(which int) int { return pdfFirstFont + f.number*fontObjects + which }

func (f *pdfFont) write(file *pdfFile) {
	program := newSubsetter(subsets[f.subset].files[weight(f.bold)])
	name := fmt.Sprintf("AAAAA%c+%s-%s", 'A'+f.number, FontFamily, [...]string{"Regular", "Bold"}[weight(f.bold)])
	file.object(f.object(fontItself), "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>",
		name, f.object(fontDescendant), f.object(fontCharacters))
	file.object(f.object(fontDescendant), "<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap %d 0 R/DW 0/W[1[%s]]>>",
		name, f.object(fontDescriptor), f.object(fontGlyphs), f.widths())
	file.object(f.object(fontDescriptor), "<</Type/FontDescriptor/FontName/%s/Flags 4/ItalicAngle 0/StemV %d/CapHeight 711%s/FontFile2 %d 0 R>>",
		name, [...]int{80, 140}[weight(f.bold)], program.measures(), f.object(fontProgram))
	data := program.with(f.glyphs)
	file.stream(f.object(fontProgram), fmt.Sprint("/Length1 ", len(data)), data)
	file.stream(f.object(fontGlyphs), "", f.glyphMap())
	file.stream(f.object(fontCharacters), "", []byte(f.characterMap()))
}

func (f *pdfFont) widths() string {
	var list []string
	for _, g := range f.glyphs {
		list = append(list, fmt.Sprint(g.wide))
	}
	return strings.Join(list, " ")
}

// glyphMap leads from codes to glyphs.
func (f *pdfFont) glyphMap() []byte {
	data := []byte{0, 0}
	for _, g := range f.glyphs {
		data = binary.BigEndian.AppendUint16(data, uint16(g.id))
	}
	return data
}

// mostLines is how many lines a part of a character map may have.
const mostLines = 100

// characterMap leads from codes to what they stand for.
func (f *pdfFont) characterMap() string {
	var lines []string
	for i, g := range f.glyphs {
		lines = append(lines, fmt.Sprintf("<%04X><%s>\n", i+1, utf16Hex(g.says)))
	}
	var b strings.Builder
	b.WriteString("/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n" +
		"/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><FFFF>endcodespacerange\n")
	for len(lines) > 0 {
		n := min(len(lines), mostLines)
		fmt.Fprintf(&b, "%d beginbfchar\n%sendbfchar\n", n, strings.Join(lines[:n], ""))
		lines = lines[n:]
	}
	b.WriteString("endcmap CMapName currentdict/CMap defineresource pop end end\n")
	return b.String()
}

// subsetter takes from a font file what a page uses. The glyphs keep their
// numbers; those that are not used become empty.
type subsetter struct {
	head, hhea, hmtx, loca, glyf, maxp []byte
}

func newSubsetter(file []byte) *subsetter {
	loader, err := opentype.NewLoader(bytes.NewReader(file))
	if err != nil {
		panic("render: an embedded font is damaged: " + err.Error())
	}
	table := func(tag string) []byte {
		data, err := loader.RawTable(opentype.MustNewTag(tag))
		if err != nil {
			panic("render: an embedded font is damaged: " + err.Error())
		}
		return data
	}
	return &subsetter{table("head"), table("hhea"), table("hmtx"), table("loca"), table("glyf"), table("maxp")}
}

// measures are those of the font that every file of PDF names.
func (s *subsetter) measures() string {
	at := func(data []byte, i int) int { return thousandths(int(int16(binary.BigEndian.Uint16(data[i:])))) }
	return fmt.Sprintf("/FontBBox[%d %d %d %d]/Ascent %d/Descent %d", at(s.head, 36), at(s.head, 38), at(s.head, 40), at(s.head, 42), at(s.hhea, 4), at(s.hhea, 6))
}

// with returns a TrueType font that has the glyphs. The one for what a font
// lacks, number 0, is never drawn: it is empty.
func (s *subsetter) with(glyphs []pdfGlyph) []byte {
	used := make([]bool, len(s.loca)/2-1)
	for _, g := range glyphs {
		if g.id != 0 {
			s.use(used, int(g.id))
		}
	}
	var glyf, loca []byte
	for id := range used {
		loca = binary.BigEndian.AppendUint16(loca, uint16(len(glyf)/2))
		if used[id] {
			glyf = append(glyf, s.glyph(id)...)
		}
	}
	loca = binary.BigEndian.AppendUint16(loca, uint16(len(glyf)/2))
	var tables []opentype.Table
	for _, t := range []struct {
		tag  string
		data []byte
	}{{"glyf", glyf}, {"head", s.head}, {"hhea", s.hhea}, {"hmtx", s.hmtx}, {"loca", loca}, {"maxp", s.maxp}} {
		// A table begins at a multiple of four; WriteTTF leaves that to us.
		padded := append(t.data[:len(t.data):len(t.data)], make([]byte, -len(t.data)&3)...)
		tables = append(tables, opentype.Table{Tag: opentype.MustNewTag(t.tag), Content: padded})
	}
	return opentype.WriteTTF(tables)
}

// glyph returns the outline of a glyph. The embedded fonts have short
// offsets, which count in twos; a test holds them to it.
func (s *subsetter) glyph(id int) []byte {
	from, to := binary.BigEndian.Uint16(s.loca[2*id:]), binary.BigEndian.Uint16(s.loca[2*id+2:])
	return s.glyf[2*int(from) : 2*int(to)]
}

// Flags of the parts of a glyph that is made of others.
const (
	wordArguments = 1 << 0
	oneScale      = 1 << 3
	moreParts     = 1 << 5
	twoScales     = 1 << 6
	fourScales    = 1 << 7
)

// use marks a glyph, and those that it is made of.
func (s *subsetter) use(used []bool, id int) {
	if id >= len(used) || used[id] {
		return
	}
	used[id] = true
	data := s.glyph(id)
	if len(data) < 10 || int16(binary.BigEndian.Uint16(data)) >= 0 {
		return
	}
	for at, more := 10, true; more; {
		flags := binary.BigEndian.Uint16(data[at:])
		s.use(used, int(binary.BigEndian.Uint16(data[at+2:])))
		at += 4 + partSize(flags)
		more = flags&moreParts != 0
	}
}

// partSize is how many bytes of a part follow its flags and glyph.
func partSize(flags uint16) int {
	size := 2
	if flags&wordArguments != 0 {
		size = 4
	}
	switch {
	case flags&oneScale != 0:
		size += 2
	case flags&twoScales != 0:
		size += 4
	case flags&fourScales != 0:
		size += 8
	}
	return size
}
