package render

import (
	"bytes"
	"fmt"
	"strings"
)

// pdfSheet is one page of a file: the whole map, or a sheet of it.
type pdfSheet struct {
	doc     *pdfPage
	number  int // from 0
	size    [2]string
	content []byte
	says    string // to those who do not see it
	form    bool   // it draws the map as one thing that all sheets share
}

// The objects of a page. Those of the first one are where they always were.
const (
	sheetPage = iota
	sheetContent
	sheetFigure
	sheetObjects
)

// sheet is the number of an object of a page.
func (d *pdfPage) sheet(number, which int) int {
	if number == 0 {
		return [...]int{pdfOnlyPage, pdfContent, pdfFigure}[which]
	}
	return d.formNumber() + 1 + (number-1)*sheetObjects + which
}

// formNumber is the number of the map that sheets share.
func (d *pdfPage) formNumber() int { return d.logo(len(d.logos)) }

// pages returns what is to be printed. It turns what was drawn so far into the
// map that sheets share.
func (d *pdfPage) pages() []*pdfSheet {
	if len(d.scene.Sheets) == 0 {
		return []*pdfSheet{d.onlyPage()}
	}
	d.form = bytes.Clone(d.Bytes())
	var all []*pdfSheet
	for i, s := range d.scene.Sheets {
		all = append(all, d.sheetOf(i, s))
	}
	return all
}

func (d *pdfPage) onlyPage() *pdfSheet {
	scale := d.scale()
	wide, high := d.scene.Width*scale/Px, d.scene.Height*scale/Px
	if paper := d.scene.Paper; paper.X > 0 && max(paper.X, paper.Y)*3 <= longest*4*Px {
		wide, high = points(paper.X), points(paper.Y)
	}
	page := &pdfSheet{doc: d, size: [2]string{decimal(wide), decimal(high)}, says: d.scene.Description}
	page.content = fmt.Appendf(nil, "/Figure<</MCID 0>>BDC q %s 0 0 -%s 0 %s cm\n%sQ EMC\n", decimal(scale), decimal(scale), decimal(high), d.Bytes())
	return page
}

// points brings a printed length to millionths of a point.
func points(l Length) Length { return divide(l*millionths*3, 4*Px) }

// sheetOf draws a sheet: its part of the map, with nothing beyond, and its
// marks.
func (d *pdfPage) sheetOf(number int, s Sheet) *pdfSheet {
	high := points(s.Size.Y)
	part := Point{s.To.X - s.From.X, s.To.Y - s.From.Y}
	page := &pdfSheet{doc: d, number: number, form: true, size: [2]string{decimal(points(s.Size.X)), decimal(high)}, says: s.Label}
	if number == 0 {
		page.says += ". " + d.scene.Description
	}
	scale := decimal(d.scale())
	var b bytes.Buffer
	fmt.Fprintf(&b, "/Figure<</MCID 0>>BDC q %s %s %s %s re W n %s 0 0 -%s %s %s cm /M0 Do Q\n",
		decimal(points(s.At.X)), decimal(high-points(s.At.Y+part.Y)), decimal(points(part.X)), decimal(points(part.Y)),
		scale, scale, decimal(points(s.At.X-s.From.X)), decimal(high-points(s.At.Y-s.From.Y)))
	fmt.Fprintf(&b, "q .75 0 0 -.75 0 %s cm\n%sQ EMC\n", decimal(high), d.marks(s.Marks))
	page.content = b.Bytes()
	return page
}

// marks draws another scene with the same fonts.
func (d *pdfPage) marks(s *Scene) []byte {
	whole := d.scene
	d.scene = s
	d.Reset()
	for _, g := range s.Groups {
		for _, shape := range g.Shapes {
			d.draw(shape)
		}
	}
	d.scene = whole
	return bytes.Clone(d.Bytes())
}

// writeForm writes the map that sheets share.
func (d *pdfPage) writeForm(f *pdfFile) {
	if len(d.scene.Sheets) > 0 {
		f.stream(d.formNumber(), fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 %s %s]/Resources<<%s>>", px(d.scene.Width), px(d.scene.Height), d.resources(false)), d.form)
	}
}

// references lists an object of each page.
func (d *pdfPage) references(pages, which int) string {
	var list []string
	for i := range pages {
		list = append(list, fmt.Sprintf("%d 0 R", d.sheet(i, which)))
	}
	return strings.Join(list, " ")
}

// parents says of each page which figure it is.
func (d *pdfPage) parents(pages int) string {
	list := ""
	for i := range pages {
		list += fmt.Sprintf("%d[%d 0 R]", i, d.sheet(i, sheetFigure))
	}
	return list
}

func (p *pdfSheet) writePage(f *pdfFile) {
	f.object(p.doc.sheet(p.number, sheetPage), "<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Contents %d 0 R/Resources<<%s>>/StructParents %d/Tabs/S>>",
		pdfPages, p.size[0], p.size[1], p.doc.sheet(p.number, sheetContent), p.doc.resources(p.form), p.number)
	f.stream(p.doc.sheet(p.number, sheetContent), "", p.content)
}

func (p *pdfSheet) writeFigure(f *pdfFile) {
	f.object(p.doc.sheet(p.number, sheetFigure), "<</Type/StructElem/S/Figure/P %d 0 R/Pg %d 0 R/K 0/Alt%s/A<</O/Layout/Placement/Block/BBox[0 0 %s %s]>>>>",
		pdfTree, p.doc.sheet(p.number, sheetPage), pdfText(clean(p.says)), p.size[0], p.size[1])
}
