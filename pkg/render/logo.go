package render

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	paintbox "image/draw"
	"image/jpeg"
	"image/png"
)

// Logo is a picture on a map. It is made anew from the pixels of what was
// given, so that nothing else that a file may hold gets into a map.
type Logo struct {
	Width, Height int    // in pixels
	PNG           []byte // the picture as a file

	pixels *image.NRGBA
}

// The largest logo.
const (
	MaxLogoBytes = 1 << 20
	MaxLogoSide  = 2000 // pixels
)

// The picture is too large, or none.
var (
	ErrLogoLarge = fmt.Errorf("a logo has at most %d KB and %d × %d pixels", MaxLogoBytes>>10, MaxLogoSide, MaxLogoSide)
	ErrLogoKind  = errors.New("it is no picture in PNG or JPEG")
)

// NewLogo reads a picture, PNG or JPEG.
func NewLogo(data []byte) (*Logo, error) {
	if len(data) > MaxLogoBytes {
		return nil, ErrLogoLarge
	}
	size, decode := png.DecodeConfig, png.Decode
	if bytes.HasPrefix(data, []byte{0xff, 0xd8}) {
		size, decode = jpeg.DecodeConfig, jpeg.Decode
	}
	config, err := size(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, ErrLogoKind
	case config.Width > MaxLogoSide || config.Height > MaxLogoSide:
		return nil, ErrLogoLarge
	case config.Width < 1 || config.Height < 1:
		return nil, ErrLogoKind
	}
	picture, err := decode(bytes.NewReader(data))
	if err != nil {
		return nil, ErrLogoKind
	}
	return newLogo(picture)
}

func newLogo(picture image.Image) (*Logo, error) {
	area := picture.Bounds()
	l := &Logo{Width: area.Dx(), Height: area.Dy(), pixels: image.NewNRGBA(image.Rect(0, 0, area.Dx(), area.Dy()))}
	paintbox.Draw(l.pixels, l.pixels.Rect, picture, area.Min, paintbox.Src)
	var file bytes.Buffer
	if err := png.Encode(&file, l.pixels); err != nil {
		return nil, err
	}
	l.PNG = file.Bytes()
	return l, nil
}

// fit returns the largest size of the logo's shape within some room.
func (l *Logo) fit(room Point) Point {
	wide, high := Length(l.Width), Length(l.Height)
	if wide*room.Y > high*room.X {
		return Point{room.X, max(Px, divide(high*room.X, wide))}
	}
	return Point{max(Px, divide(wide*room.Y, high)), room.Y}
}

// scaled returns the logo with so many pixels. Each is the mean of what it
// covers, reckoned in whole numbers.
func (l *Logo) scaled(wide, high int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, wide, high))
	columns, rows := covers(l.Width, wide), covers(l.Height, high)
	for y, down := range rows {
		for x, across := range columns {
			out.SetRGBA(x, y, l.mean(across, down))
		}
	}
	return out
}

// covered is a pixel, and how much of it another one covers.
type covered struct{ at, weight int }

// covers tells which of so many old pixels each of the new ones covers.
func covers(old, wanted int) [][]covered {
	all := make([][]covered, wanted)
	for i := range all {
		from, to := i*old, (i+1)*old // in parts of an old pixel, wanted to each
		for at := from / wanted; at*wanted < to; at++ {
			all[i] = append(all[i], covered{at, min(to, (at+1)*wanted) - max(from, at*wanted)})
		}
	}
	return all
}

func (l *Logo) mean(across, down []covered) color.RGBA {
	var r, g, b, a, weight int
	for _, y := range down {
		for _, x := range across {
			c, w := l.pixels.NRGBAAt(x.at, y.at), x.weight*y.weight
			opaque := w * int(c.A)
			r, g, b, a, weight = r+opaque*int(c.R), g+opaque*int(c.G), b+opaque*int(c.B), a+opaque, weight+w
		}
	}
	whole := weight * 255
	return color.RGBA{uint8((r + whole/2) / whole), uint8((g + whole/2) / whole), uint8((b + whole/2) / whole), uint8((a + weight/2) / weight)}
}
