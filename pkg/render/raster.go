package render

import (
	"image"
	"image/color"
	paintbox "image/draw"

	"golang.org/x/image/vector"
)

// raster fills outlines with colours. Its unit is 1/64 of the picture's
// pixels.
//
// The same outlines give the same pixels on every processor: package vector
// reckons in whole numbers as long as a tile is not large and no curve is
// handed to it, and with numbers that have no more than 24 binary digits its
// few floating-point operations are exact or rounded once.
type raster struct {
	image *image.RGBA
	fill  vector.Rasterizer
}

// tile is the side of the squares in which an outline is filled, so that the
// work for a long thin line is in its length. At most 512, see above.
const tile = 128

func newRaster(width, height int) *raster {
	return &raster{image: image.NewRGBA(image.Rect(0, 0, width, height))}
}

// paint fills what lies in the outlines.
func (r *raster) paint(shape []outline, with Color) {
	if with == "" {
		return
	}
	uniform := image.NewUniform(rgb(with))
	area := bounds(shape).Intersect(r.image.Rect)
	if rect, ok := wholePixels(shape); ok {
		paintbox.Draw(r.image, rect.Intersect(r.image.Rect), uniform, image.Point{}, paintbox.Src)
		return
	}
	for y := area.Min.Y; y < area.Max.Y; y += tile {
		row := image.Rect(area.Min.X, y, area.Max.X, min(y+tile, area.Max.Y))
		edges := edgesIn(shape, row)
		for x := area.Min.X; x < area.Max.X; x += tile {
			square := image.Rect(x, y, min(x+tile, area.Max.X), row.Max.Y)
			r.paintTile(edges, square, uniform)
		}
	}
}

func (r *raster) paintTile(edges []piece, square image.Rectangle, with image.Image) {
	if !touched(edges, square) {
		if inside(edges, square) {
			paintbox.Draw(r.image, square, with, image.Point{}, paintbox.Src)
		}
		return
	}
	r.fill.Reset(square.Dx(), square.Dy())
	for _, e := range edges {
		r.fill.MoveTo(local(e.from, square))
		r.fill.LineTo(local(e.to, square))
	}
	r.fill.Draw(r.image, square, with, image.Point{})
}

// local is a point as seen from a tile, in pixels. It is exact: edges end at
// the tile's top and bottom, and what is further away to the left or right
// than a float can say is as good at the border.
func local(pt Point, square image.Rectangle) (x, y float32) {
	const far = 1 << 17 * Px
	dx := min(max(pt.X-Length(square.Min.X)*Px, -far), far)
	return float32(dx) / float32(Px), float32(pt.Y-Length(square.Min.Y)*Px) / float32(Px)
}

// bounds are the pixels that outlines touch.
func bounds(shape []outline) image.Rectangle {
	var area image.Rectangle
	for _, o := range shape {
		for _, pt := range o {
			x, y := int(pt.X>>6), int(pt.Y>>6)
			area = area.Union(image.Rect(x, y, x+1, y+1))
		}
	}
	return area
}

// wholePixels returns the rectangle that a shape is, if its sides are between
// pixels.
func wholePixels(shape []outline) (image.Rectangle, bool) {
	if len(shape) != 1 || len(shape[0]) != 4 {
		return image.Rectangle{}, false
	}
	a, b, c, d := shape[0][0], shape[0][1], shape[0][2], shape[0][3]
	if a.Y != b.Y || b.X != c.X || c.Y != d.Y || d.X != a.X || (a.X|a.Y|c.X|c.Y)%Px != 0 {
		return image.Rectangle{}, false
	}
	return image.Rect(int(a.X/Px), int(a.Y/Px), int(c.X/Px), int(c.Y/Px)), true
}

// edgesIn returns the edges of outlines in a row of tiles, cut at its top and
// bottom.
func edgesIn(shape []outline, row image.Rectangle) []piece {
	top, bottom := Length(row.Min.Y)*Px, Length(row.Max.Y)*Px
	var list []piece
	for _, o := range shape {
		for i, to := range o {
			e := piece{o[(i+len(o)-1)%len(o)], to}
			if e.high().Y > top && e.low().Y < bottom {
				list = append(list, piece{e.at(top, bottom, e.from), e.at(top, bottom, e.to)})
			}
		}
	}
	return list
}

// at returns an end of an edge, or where the edge enters a row.
func (s piece) at(top, bottom Length, end Point) Point {
	y := min(max(end.Y, top), bottom)
	if y == end.Y {
		return end
	}
	return Point{s.from.X + divide((s.to.X-s.from.X)*(y-s.from.Y), s.to.Y-s.from.Y), y}
}

// touched reports whether an edge runs through a tile.
func touched(edges []piece, square image.Rectangle) bool {
	left, right := Length(square.Min.X)*Px, Length(square.Max.X)*Px
	for _, e := range edges {
		if e.high().X > left && e.low().X < right {
			return true
		}
	}
	return false
}

// inside reports whether a tile that no edge runs through is filled.
func inside(edges []piece, square image.Rectangle) bool {
	left, middle := Length(square.Min.X)*Px, (Length(square.Min.Y)+Length(square.Max.Y))*Px/2
	winding := 0
	for _, e := range edges {
		if e.high().X > left {
			continue
		}
		switch {
		case e.from.Y <= middle && middle < e.to.Y:
			winding++
		case e.to.Y <= middle && middle < e.from.Y:
			winding--
		}
	}
	return winding != 0
}

// rgb reads #rrggbb.
func rgb(c Color) color.RGBA {
	var v [3]uint8
	for i := range v {
		v[i] = nibble(c[1+2*i])<<4 | nibble(c[2+2*i])
	}
	return color.RGBA{v[0], v[1], v[2], 0xff}
}

func nibble(b byte) uint8 {
	if b <= '9' {
		return b - '0'
	}
	return b&^0x20 - 'A' + 10
}
