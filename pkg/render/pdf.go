package render

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// PDF writes a scene as one page of lines, areas and text that can be searched
// and copied. It returns the characters that no embedded font has, for which
// boxes stand. The file says nothing of the day or the machine, so that the
// same scene gives the same bytes.
//
// No library sets glyphs that were chosen and ordered before, as Arabic
// needs. What is written is little: text from a file goes into it as the
// numbers of glyphs and as hexadecimal digits, never as PDF's own syntax.
func PDF(w io.Writer, s *Scene) (lacks []string, err error) {
	d := pdfPage{scene: s, typesetter: typesetter{newMeasurer()}}
	for _, g := range s.Groups {
		for _, shape := range g.Shapes {
			d.draw(shape)
		}
	}
	_, err = w.Write(d.file())
	return distinct(d.lacks), err
}

// pdfPage writes the page, in pixels of the map with y downwards.
type pdfPage struct {
	typesetter
	bytes.Buffer
	scene *Scene
	fonts []*pdfFont // those in use, in the order of their first use
	logos []*Logo    // in the order of their first use
	form  []byte     // the map that sheets share, see pages
	lacks []string
}

func (d *pdfPage) put(format string, values ...any) { fmt.Fprintf(&d.Buffer, format, values...) }

func (d *pdfPage) draw(s Shape) {
	switch s.Kind {
	case Label:
		d.label(s)
		return
	case Image:
		d.image(s)
		return
	}
	if s.Fill == "" && s.Stroke == "" {
		return
	}
	if s.Fill != "" {
		d.put("%s rg\n", pdfColor(d.scene.color(s.Fill)))
	}
	if s.Stroke != "" {
		d.put("%s RG %s w\n", pdfColor(d.scene.color(s.Stroke)), px(s.Weight))
	}
	dashed := s.Dashed && s.Stroke != ""
	if dashed {
		d.put("[%s %s] 0 d\n", px(dashLength), px(dashGap))
	}
	d.path(s)
	d.put("%s\n", pdfPaint(s))
	if dashed {
		d.put("[] 0 d\n")
	}
}

// pdfPaint is the operator that paints a path.
func pdfPaint(s Shape) string {
	switch {
	case s.Stroke == "":
		return "f"
	case s.Fill == "":
		return "S"
	}
	return "B"
}

func (d *pdfPage) path(s Shape) {
	switch s.Kind {
	case Rectangle:
		d.rectangle(d.scene.corner(s), s.Size, s.Radius)
	case Circle:
		at := Point{d.scene.X(s.At.X) - s.Radius, s.At.Y - s.Radius}
		d.rectangle(at, Point{2 * s.Radius, 2 * s.Radius}, s.Radius)
	case Line:
		d.bends(s)
	case Polygon:
		d.lines(d.places(s.Points))
		d.put("h ")
	}
}

func (d *pdfPage) places(points []Point) []Point {
	list := make([]Point, len(points))
	for i, pt := range points {
		list[i] = Point{d.scene.X(pt.X), pt.Y}
	}
	return list
}

func (d *pdfPage) lines(points []Point) {
	for i, pt := range points {
		d.put("%s %s %c ", px(pt.X), px(pt.Y), "lm"[max(0, 1-i)])
	}
}

func (d *pdfPage) line(x, y Length) { d.put("%s %s l ", px(x), px(y)) }

func (d *pdfPage) curve(b, c, to Point) {
	d.put("%s %s %s %s %s %s c ", px(b.X), px(b.Y), px(c.X), px(c.Y), px(to.X), px(to.Y))
}

// rectangle begins and goes on as rounded does.
func (d *pdfPage) rectangle(at, size Point, radius Length) {
	r := min(radius, size.X/2, size.Y/2)
	if r <= 0 {
		d.put("%s %s %s %s re ", px(at.X), px(at.Y), px(size.X), px(size.Y))
		return
	}
	x0, y0, x1, y1, h := at.X, at.Y, at.X+size.X, at.Y+size.Y, r-handle(r)
	d.lines([]Point{{x0 + r, y0}, {x1 - r, y0}})
	d.curve(Point{x1 - h, y0}, Point{x1, y0 + h}, Point{x1, y0 + r})
	d.line(x1, y1-r)
	d.curve(Point{x1, y1 - h}, Point{x1 - h, y1}, Point{x1 - r, y1})
	d.line(x0+r, y1)
	d.curve(Point{x0 + h, y1}, Point{x0, y1 - h}, Point{x0, y1 - r})
	d.line(x0, y0+r)
	d.curve(Point{x0, y0 + h}, Point{x0 + h, y0}, Point{x0 + r, y0})
	d.put("h ")
}

func (d *pdfPage) bends(s Shape) {
	points := d.places(s.Points)
	d.lines(points[:1])
	for i := 1; i < len(points)-1; i++ {
		a, b, c := points[i-1], points[i], points[i+1]
		r := min(s.Radius, distance(a, b)/2, distance(b, c)/2)
		from, to := towards(b, a, r), towards(b, c, r)
		d.line(from.X, from.Y)
		d.curve(twoThirds(from, b), twoThirds(to, b), to)
	}
	d.line(points[len(points)-1].X, points[len(points)-1].Y)
}

// twoThirds is a handle of the cubic curve that is a quadratic one.
func twoThirds(from, handle Point) Point {
	return Point{from.X + divide(2*(handle.X-from.X), 3), from.Y + divide(2*(handle.Y-from.Y), 3)}
}

// label writes a line of text, a run of glyphs of one font at a time.
func (d *pdfPage) label(s Shape) {
	line := d.set(clean(s.Text), s.RightToLeft, s.Face.Bold)
	d.lacks = append(d.lacks, line.lacks...)
	from := Point{d.scene.left(s, divide(Length(line.wide)*s.Face.Size, em)), s.At.Y}
	d.put("%s rg\n", pdfColor(d.scene.color(s.Fill)))
	for start := 0; start < len(line.glyphs); {
		first, end := line.glyphs[start], start+1
		if first.says == "" {
			d.mark(first, s.Face, from)
			start = end
			continue
		}
		for end < len(line.glyphs) && first.joins(line.glyphs[end]) {
			end++
		}
		d.run(line.glyphs[start:end], s.Face, from)
		start = end
	}
}

// joins reports whether a glyph can be written together with another.
func (g glyph) joins(next glyph) bool {
	return next.says != "" && next.face == g.face && next.y == g.y
}

// mark draws a glyph that says nothing of its own, such as a vowel sign whose
// letter says both: were it text, readers would copy a riddle.
func (d *pdfPage) mark(g glyph, face Typeface, from Point) {
	data, _ := d.faces[g.face][weight(face.Bold)].GlyphData(g.id).(font.GlyphOutline)
	at := func(pt opentype.SegmentPoint) Point {
		x, y := halves(pt.X)+2*Length(g.x), halves(pt.Y)+2*Length(g.y)
		return Point{from.X + divide(x*face.Size, 2*em), from.Y - divide(y*face.Size, 2*em)}
	}
	var pen Point
	for _, s := range data.Segments {
		to := at(s.ArgsSlice()[len(s.ArgsSlice())-1])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			d.lines([]Point{to})
		case opentype.SegmentOpLineTo:
			d.line(to.X, to.Y)
		case opentype.SegmentOpQuadTo:
			d.curve(twoThirds(pen, at(s.Args[0])), twoThirds(to, at(s.Args[0])), to)
		case opentype.SegmentOpCubeTo:
			d.curve(at(s.Args[0]), at(s.Args[1]), to)
		}
		pen = to
	}
	if len(data.Segments) > 0 {
		d.put("f\n")
	}
}

// run writes glyphs of one font. Where boxes stand for characters, these are
// there all the same, unseen, so that they are found.
func (d *pdfPage) run(glyphs []glyph, face Typeface, from Point) {
	subset, seen := glyphs[0].face, 0
	if subset == none {
		d.boxes(glyphs, face, from)
		subset, seen = len(subsets)-1, 3
	}
	with := d.font(subset, face.Bold)
	x, y := from.X+divide(Length(glyphs[0].x)*face.Size, em), from.Y-divide(Length(glyphs[0].y)*face.Size, em)
	d.put("BT /%s %s Tf %d Tr 1 0 0 -1 %s %s Tm [", with.name(), px(face.Size), seen, px(x), px(y))
	pen := 0
	for _, g := range glyphs {
		if back := pen - thousandths(g.x-glyphs[0].x); back != 0 {
			d.put("%d", back)
			pen -= back
		}
		d.put("<%s>", with.show(g))
		pen += thousandths(g.wide)
	}
	d.put("] TJ ET\n")
}

// thousandths brings the font's units to those in which PDF counts.
func thousandths(units int) int { return int(divide(Length(units)*1000, em)) }

func (d *pdfPage) boxes(glyphs []glyph, face Typeface, from Point) {
	for _, g := range glyphs {
		if g.wide == 0 {
			continue
		}
		edge := d.missing(g)
		for i, pt := range edge {
			edge[i] = Point{from.X + divide(pt.X*face.Size, em), from.Y - divide(pt.Y*face.Size, em)}
		}
		for _, side := range ribbon(edge, face.Size/16, true) {
			d.lines(side)
			d.put("h ")
		}
		d.put("f\n")
	}
}

// font returns the font of a subset, which is new at its first use.
func (d *pdfPage) font(subset int, bold bool) *pdfFont {
	for _, f := range d.fonts {
		if f.subset == subset && f.bold == bold {
			return f
		}
	}
	f := &pdfFont{subset: subset, bold: bold, number: len(d.fonts), codes: map[pdfGlyph]int{}}
	d.fonts = append(d.fonts, f)
	return f
}

// pdfColor writes a colour as three parts of one.
func pdfColor(c Color) string {
	v := rgb(c)
	part := func(b uint8) string { return decimal(divide(Length(b)*millionths, 255) / 1000 * 1000) }
	return part(v.R) + " " + part(v.G) + " " + part(v.B)
}

const millionths = 1_000_000

// decimal writes a number of millionths.
func decimal(n Length) string {
	text := strconv.FormatInt(int64(n/millionths), 10)
	if rest := n % millionths; rest > 0 {
		text += "." + strings.TrimRight(fmt.Sprintf("%06d", rest), "0")
	}
	return text
}

// pdfText writes text as a string of PDF: UTF-16 in hexadecimal digits.
func pdfText(text string) string { return "<FEFF" + utf16Hex(text) + ">" }

func utf16Hex(text string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String()
}
