package render

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
)

// The parts of the file that are the same for all maps, by their numbers.
const (
	pdfCatalog = 1 + iota
	pdfPages
	pdfOnlyPage
	pdfContent
	pdfInfo
	pdfMetadata
	pdfTree
	pdfFigure
	pdfFirstFont
)

// longest is the longest side of a page that PDF has, in points.
const longest = 14400

// file puts the pages and their fonts into a file. The first page is always
// among the parts that are the same for all maps; further ones come last.
func (d *pdfPage) file() []byte {
	pages := d.pages()
	f := pdfFile{}
	f.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	f.object(pdfCatalog, "<</Type/Catalog/Pages %d 0 R/Lang(%s)/ViewerPreferences<</DisplayDocTitle true/Direction/%s>>/Metadata %d 0 R/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R>>",
		pdfPages, languageTag(d.scene.Language), pdfDirection(d.scene.RightToLeft), pdfMetadata, pdfTree)
	f.object(pdfPages, "<</Type/Pages/Count %d/Kids[%s]>>", len(pages), d.references(len(pages), sheetPage))
	pages[0].writePage(&f)
	f.object(pdfInfo, "<</Title%s/Producer(corridor)>>", pdfText(clean(d.scene.Title)))
	f.raw(pdfMetadata, "/Type/Metadata/Subtype/XML", []byte(d.scene.xmp()))
	figures := d.references(len(pages), sheetFigure)
	if len(pages) > 1 {
		figures = "[" + figures + "]"
	}
	f.object(pdfTree, "<</Type/StructTreeRoot/K %s/ParentTree<</Nums[%s]>>>>", figures, d.parents(len(pages)))
	pages[0].writeFigure(&f)
	for _, font := range d.fonts {
		font.write(&f)
	}
	d.writeLogos(&f)
	d.writeForm(&f)
	for _, p := range pages[1:] {
		p.writePage(&f)
		p.writeFigure(&f)
	}
	return f.close()
}

// scale is how many millionths of a point a pixel of the map is: 3/4 point, as
// in CSS, where it is printed as large as it is, or less where the page would
// be larger than pages can be.
func (d *pdfPage) scale() Length {
	by, whole := d.scene.scale(), d.scene.printed()
	asked := divide(millionths*3*by.of, 4*by.to)
	if len(d.scene.Sheets) > 0 || max(whole.X, whole.Y)*3 <= longest*4*Px {
		return asked
	}
	return longest * millionths * Px / max(d.scene.Width, d.scene.Height, 1)
}

func pdfDirection(rightToLeft bool) string {
	if rightToLeft {
		return "R2L"
	}
	return "L2R"
}

func (d *pdfPage) fontNames() string {
	names := ""
	for _, f := range d.fonts {
		names += fmt.Sprintf("/%s %d 0 R", f.name(), f.object(0))
	}
	return names
}

// xmp says in XML what the map is, for programs that keep documents in order.
func (s *Scene) xmp() string {
	tag := languageTag(s.Language)
	if tag == "" {
		tag = "und"
	}
	return `<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>` + tag + `</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + spelled(clean(s.Title)) + `</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>
`
}

// spelled writes text in XML by the numbers of its characters: whoever looks
// for the end of the stream in the middle of it finds no word there.
func spelled(text string) string {
	var b strings.Builder
	for _, r := range text {
		fmt.Fprintf(&b, "&#x%X;", r)
	}
	return b.String()
}

// pdfFile is a file in the making, with the places of its objects, which are
// written in the order of their numbers.
type pdfFile struct {
	bytes.Buffer
	places []int
}

func (f *pdfFile) object(number int, format string, values ...any) {
	f.begin(number)
	fmt.Fprintf(f, format, values...)
	f.WriteString("\nendobj\n")
}

func (f *pdfFile) begin(number int) {
	if number != len(f.places)+1 {
		panic(fmt.Sprintf("render: object %d of a PDF is written after %d others", number, len(f.places)))
	}
	f.places = append(f.places, f.Len())
	fmt.Fprintf(f, "%d 0 obj\n", number)
}

// stream writes bytes, compressed.
func (f *pdfFile) stream(number int, entries string, data []byte) {
	var small bytes.Buffer
	z := zlib.NewWriter(&small)
	z.Write(data) // a buffer takes everything
	z.Close()
	f.raw(number, entries+"/Filter/FlateDecode", small.Bytes())
}

// raw writes bytes as they are.
func (f *pdfFile) raw(number int, entries string, data []byte) {
	f.begin(number)
	fmt.Fprintf(f, "<<%s/Length %d>>\nstream\n", entries, len(data))
	f.Write(data)
	f.WriteString("\nendstream\nendobj\n")
}

// close writes where everything is.
func (f *pdfFile) close() []byte {
	table, size := f.Len(), len(f.places)+1
	fmt.Fprintf(f, "xref\n0 %d\n0000000000 65535 f \n", size)
	for _, place := range f.places {
		fmt.Fprintf(f, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(f, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", size, pdfCatalog, pdfInfo, table)
	return f.Bytes()
}
