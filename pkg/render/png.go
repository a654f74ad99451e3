package render

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	paintbox "image/draw"
	"image/png"
	"io"
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// The dots per inch of a picture. A map's pixel is 1/96 inch, as in CSS.
const (
	mapDPI     = 96
	DefaultDPI = 192 // sharp on today's screens
	MinDPI     = 24
	MaxDPI     = 1200
)

// maxPixels bounds the memory for a picture: four bytes each.
const maxPixels = 100_000_000

// SizeError is the answer to whoever asks for a picture that has too many
// pixels.
type SizeError struct {
	Width, Height int // in pixels
	DPI           int // at which it would have them
	Most          int // the dots per inch at which it can be had, 0 for none
}

func (e *SizeError) Error() string {
	return fmt.Sprintf("the picture would be %d × %d pixels at %d dpi, more than the %d million that a picture may have", e.Width, e.Height, e.DPI, maxPixels/1_000_000)
}

// PNG writes a scene as a picture of that many dots per inch. It returns the
// characters that no embedded font has, which are drawn as boxes. The same
// scene gives the same bytes on every machine: everything is reckoned in
// whole numbers.
func PNG(ctx context.Context, w io.Writer, s *Scene, dpi int) (lacks []string, err error) {
	p := painter{scene: s, dots: s.dots(Length(dpi)), dpi: Length(dpi), typesetter: typesetter{newMeasurer()}, outlines: map[glyphKey][]opentype.Segment{}}
	if err := p.fits(); err != nil {
		return nil, err
	}
	p.raster = newRaster(p.pixels(s.Width), p.pixels(s.Height))
	p.raster.paint([]outline{rounded(Point{}, Point{p.to(s.Width) + Px, p.to(s.Height) + Px}, 0)}, s.color(paper))
	for _, g := range s.Groups {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, shape := range g.Shapes {
			p.draw(shape)
		}
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, p.raster.image); err != nil {
		return nil, err
	}
	return distinct(p.lacks), withDensity(w, picture.Bytes(), dpi)
}

// withDensity writes a PNG and says how many dots an inch has, so that it is
// printed as large as the map is.
func withDensity(w io.Writer, picture []byte, dpi int) error {
	const head = 8 + 25 // the signature, and the chunk that comes first
	perMetre := uint32(divide(Length(dpi)*10000, 254))
	chunk := append(binary.BigEndian.AppendUint32(nil, 9), "pHYs"...)
	chunk = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(chunk, perMetre), perMetre)
	chunk = append(chunk, 1) // per metre
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	for _, part := range [][]byte{picture[:head], chunk, picture[head:]} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// painter draws the shapes of a scene on a raster.
type painter struct {
	typesetter
	scene    *Scene
	dpi      Length
	dots     ratio // pixels of the picture to those of the map
	raster   *raster
	outlines map[glyphKey][]opentype.Segment
	lacks    []string
}

type glyphKey struct {
	face int
	bold bool
	id   font.GID
}

// to brings a length to the picture's scale, in 1/64 of its pixels.
func (p *painter) to(l Length) Length { return divide(l*p.dots.of, p.dots.to) }

// pixels is how many pixels a side of the picture has: those of the paper, or
// all that the map touches.
func (p *painter) pixels(l Length) int {
	if p.scene.Paper.X > 0 {
		return int(max(1, divide(p.to(l), Px)))
	}
	return int((p.to(l) + Px - 1) / Px)
}

// fits returns an error where the picture would be too large.
func (p *painter) fits() error {
	asked := painter{scene: p.scene, dots: p.scene.dots(p.dpi)}
	for most := p.dpi; most >= 0; most-- {
		at := painter{scene: p.scene, dots: p.scene.dots(most)}
		if area := Length(at.pixels(p.scene.Width)) * Length(at.pixels(p.scene.Height)); area > maxPixels {
			continue
		}
		if most == p.dpi {
			return nil
		}
		if most < MinDPI {
			most = 0
		}
		return &SizeError{asked.pixels(p.scene.Width), asked.pixels(p.scene.Height), int(p.dpi), int(most)}
	}
	return nil
}

// place is where a point of the map is in the picture.
func (p *painter) place(pt Point) Point { return Point{p.to(p.scene.X(pt.X)), p.to(pt.Y)} }

func (p *painter) places(points []Point) []Point {
	list := make([]Point, len(points))
	for i, pt := range points {
		list[i] = p.place(pt)
	}
	return list
}

func (p *painter) draw(s Shape) {
	switch s.Kind {
	case Rectangle:
		p.paint(s, p.rectangle(s), true)
	case Circle:
		p.paint(s, disc(p.place(s.At), p.to(s.Radius)), true)
	case Polygon:
		p.paint(s, p.places(s.Points), true)
	case Line:
		p.paint(s, bends(p.places(s.Points), p.to(s.Radius)), false)
	case Label:
		p.label(s)
	case Image:
		p.image(s)
	}
}

// image draws a logo on whole pixels.
func (p *painter) image(s Shape) {
	at := p.scene.corner(s)
	whole := func(l Length) int { return int(divide(p.to(l), Px)) }
	area := image.Rect(whole(at.X), whole(at.Y), whole(at.X+s.Size.X), whole(at.Y+s.Size.Y))
	if !area.Empty() {
		paintbox.Draw(p.raster.image, area, s.Logo.scaled(area.Dx(), area.Dy()), image.Point{}, paintbox.Over)
	}
}

func (p *painter) rectangle(s Shape) outline {
	at := p.scene.corner(s)
	from := Point{p.to(at.X), p.to(at.Y)}
	return rounded(from, Point{p.to(at.X+s.Size.X) - from.X, p.to(at.Y+s.Size.Y) - from.Y}, p.to(s.Radius))
}

// The dashes of a dashed line.
const (
	dashLength = 5 * Px
	dashGap    = 3 * Px
)

// paint fills an edge and draws along it.
func (p *painter) paint(s Shape, edge []Point, closed bool) {
	if closed {
		p.raster.paint([]outline{edge}, p.scene.color(s.Fill))
	}
	if s.Stroke == "" {
		return
	}
	wide := p.to(s.Weight)
	if !s.Dashed {
		p.raster.paint(ribbon(edge, wide, closed), p.scene.color(s.Stroke))
		return
	}
	if closed {
		edge = append(edge[:len(edge):len(edge)], edge[0])
	}
	for _, dash := range dashes(edge, p.to(dashLength), p.to(dashGap)) {
		p.raster.paint(ribbon(dash, wide, false), p.scene.color(s.Stroke))
	}
}

// label draws a line of text. Its base line is between pixels, so that it is
// sharp.
func (p *painter) label(s Shape) {
	line := p.set(clean(s.Text), s.RightToLeft, s.Face.Bold)
	p.lacks = append(p.lacks, line.lacks...)
	wide := divide(Length(line.wide)*s.Face.Size, em)
	from := Point{p.to(p.scene.left(s, wide)), divide(p.to(s.At.Y), Px) * Px}
	var edges []outline
	for _, g := range line.glyphs {
		if g.face == none {
			edges = append(edges, p.box(g, s.Face, from)...)
			continue
		}
		edges = append(edges, p.glyph(g, s.Face, from)...)
	}
	p.raster.paint(edges, p.scene.color(s.Fill))
}

// scaled brings a length in the font's units to that of the picture.
func (p *painter) scaled(units Length, face Typeface) Length {
	return divide(units*face.Size*p.dots.of, em*p.dots.to)
}

// box is a hollow rectangle in place of a character.
func (p *painter) box(g glyph, face Typeface, from Point) []outline {
	if g.wide == 0 {
		return nil
	}
	edge := p.missing(g)
	for i, pt := range edge {
		edge[i] = Point{from.X + p.scaled(pt.X, face), from.Y - p.scaled(pt.Y, face)}
	}
	return ribbon(edge, p.scaled(em/16, face), true)
}

// missing is the middle of the edge of a box, in the font's units.
func (typesetter) missing(g glyph) outline {
	low, high := Point{Length(g.x) + em/8, 0}, Point{Length(g.x+g.wide) - em/8, em * 3 / 4}
	return outline{low, {low.X, high.Y}, high, {high.X, low.Y}}
}

// glyph is the edge of a glyph where it stands.
func (p *painter) glyph(g glyph, face Typeface, from Point) []outline {
	at := func(pt opentype.SegmentPoint) Point {
		x, y := halves(pt.X)+2*Length(g.x), halves(pt.Y)+2*Length(g.y)
		return Point{from.X + divide(x*face.Size*p.dots.of, 2*em*p.dots.to), from.Y - divide(y*face.Size*p.dots.of, 2*em*p.dots.to)}
	}
	var edges []outline
	for _, s := range p.segments(glyphKey{g.face, face.Bold, g.id}) {
		last := len(edges) - 1
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			edges = append(edges, outline{at(s.Args[0])})
		case opentype.SegmentOpLineTo:
			edges[last] = append(edges[last], at(s.Args[0]))
		case opentype.SegmentOpQuadTo:
			edges[last] = bow(edges[last], at(s.Args[0]), at(s.Args[1]))
		case opentype.SegmentOpCubeTo:
			edges[last] = curve(edges[last], at(s.Args[0]), at(s.Args[1]), at(s.Args[2]))
		}
	}
	return edges
}

// halves reads a coordinate of an outline, which is a whole or half one.
func halves(x float32) Length { return Length(math.Round(2 * float64(x))) }

// segments reads the outline of a glyph once.
func (p *painter) segments(key glyphKey) []opentype.Segment {
	segments, ok := p.outlines[key]
	if !ok {
		data, _ := p.faces[key.face][weight(key.bold)].GlyphData(key.id).(font.GlyphOutline)
		segments = data.Segments
		p.outlines[key] = segments
	}
	return segments
}
