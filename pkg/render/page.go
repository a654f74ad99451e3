package render

import (
	"fmt"
	"strings"
)

// Paper is a sheet of a size that printers know.
type Paper struct {
	Name          string
	Width, Height Length
}

// Papers are all sizes of paper: lying ones, small ones first, then standing
// ones.
var Papers = papers(
	Paper{"a4", mm(297), mm(210)}, Paper{"letter", inch(11), inch(8) + inch(1)/2},
	Paper{"a3", mm(420), mm(297)}, Paper{"tabloid", inch(17), inch(11)},
	Paper{"a2", mm(594), mm(420)}, Paper{"a1", mm(841), mm(594)}, Paper{"a0", mm(1189), mm(841)},
)

func papers(lying ...Paper) []Paper {
	all := lying
	for _, p := range lying {
		all = append(all, Paper{p.Name + "-portrait", p.Height, p.Width})
	}
	return all
}

func inch(n Length) Length { return n * mapDPI * Px }

// mm brings millimetres to the unit of maps.
func mm(n Length) Length { return divide(n*mapDPI*Px*10, 254) }

// millimetres writes a length as SVG and CSS do, to a hundredth.
func millimetres(l Length) string {
	hundredths := divide(l*2540, mapDPI*Px)
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100), "0"), ".") + "mm"
}

// Page is the paper that a map is made for.
type Page struct {
	Paper  *Paper // to fit the map on; nil for as large as it is
	Tile   *Paper // of the sheets to cut it into; nil for one page
	Margin int    // around the map, and on each sheet, in millimetres
}

// The margins that may be asked for, in millimetres. On a sheet there are
// marks to cut along.
const (
	DefaultMargin   = 10
	MaxMargin       = 50
	LeastTileMargin = 8
)

// overlap is what two sheets side by side both show, to glue them.
const overlap = 10 // millimetres

// maxSheets is how many sheets a map is cut into at most.
const maxSheets = 400

// SheetsError is the answer to whoever would need too many sheets.
type SheetsError struct{ Rows, Columns int }

func (e *SheetsError) Error() string {
	return fmt.Sprintf("it would take %d sheets, %d rows of %d, and %d are the most", e.Rows*e.Columns, e.Rows, e.Columns, maxSheets)
}

// laid returns a scene as a page asks for it.
func (s *Scene) laid(p Page) (*Scene, error) {
	if p.Paper != nil {
		s = s.onPaper(*p.Paper, mm(Length(p.Margin)))
	}
	if p.Tile != nil {
		return s.cut(*p.Tile, mm(Length(p.Margin)))
	}
	return s, nil
}

// onPaper puts a map on the middle of a page, as large as it can be. The scene
// grows by what is left of the paper; how large it is printed is said apart.
func (s *Scene) onPaper(p Paper, margin Length) *Scene {
	roomX, roomY := p.Width-2*margin, p.Height-2*margin
	of, to := s.Width, roomX
	if s.Height*roomX > s.Width*roomY {
		of, to = s.Height, roomY
	}
	page := *s
	page.Paper = Point{p.Width, p.Height}
	page.Width, page.Height = max(s.Width, divide(p.Width*of, to)), max(s.Height, divide(p.Height*of, to))
	by := Point{(page.Width - s.Width) / 2, (page.Height - s.Height) / 2}
	page.Groups = []Group{{Shapes: []Shape{{Kind: Rectangle, Size: Point{page.Width, page.Height}, Fill: paper}}}}
	for _, g := range s.Groups {
		page.Groups = append(page.Groups, g.moved(by))
	}
	return &page
}

func (g Group) moved(by Point) Group {
	shapes := make([]Shape, len(g.Shapes))
	for i, s := range g.Shapes {
		s.At = s.At.plus(by)
		s.Points = append([]Point(nil), s.Points...)
		for k, pt := range s.Points {
			s.Points[k] = pt.plus(by)
		}
		shapes[i] = s
	}
	g.Shapes = shapes
	return g
}

func (p Point) plus(by Point) Point { return Point{p.X + by.X, p.Y + by.Y} }

// ratio is a number as the quotient of two whole ones.
type ratio struct{ of, to Length }

// printed is how large a scene is printed.
func (s *Scene) printed() Point {
	if s.Paper.X > 0 {
		return s.Paper
	}
	return Point{s.Width, s.Height}
}

// scale is how many printed pixels a pixel of the map has.
func (s *Scene) scale() ratio {
	if s.Paper.X > 0 {
		return ratio{s.Paper.X, s.Width}
	}
	return ratio{1, 1}
}

// dots is how many pixels of a picture a pixel of the map has.
func (s *Scene) dots(dpi Length) ratio {
	r := s.scale()
	return ratio{r.of * dpi, r.to * mapDPI}
}

// SmallText is how small the smallest words of a map are printed.
type SmallText struct {
	Tenths int    // of a point
	Page   string // the smallest paper on which they could be read, "" for none
}

// legible is the size of the smallest words that are read well, in tenths of
// a point.
const legible = 60

// small returns how small the words are, and ok where they are too small to
// be read.
func (s *Scene) small(p Page) (text SmallText, tooSmall bool) {
	smallest := s.smallest()
	if p.Paper == nil || smallest == 0 {
		return SmallText{}, false
	}
	text.Tenths = int(smallest * 30 * s.scale().of / (4 * Px * s.scale().to))
	if text.Tenths >= legible {
		return SmallText{}, false
	}
	standing := p.Paper.Height > p.Paper.Width
	for _, larger := range Papers {
		by := min(ratio{larger.Width, p.Paper.Width}.thousandths(), ratio{larger.Height, p.Paper.Height}.thousandths())
		if text.Page == "" && standing == (larger.Height > larger.Width) && text.Tenths*by >= legible*1000 {
			text.Page = larger.Name
		}
	}
	return text, true
}

func (r ratio) thousandths() int { return int(r.of * 1000 / r.to) }

// smallest is the size of the smallest words, 0 where there are none.
func (s *Scene) smallest() Length {
	least := Length(0)
	for _, g := range s.Groups {
		for _, shape := range g.Shapes {
			if shape.Kind == Label && (least == 0 || shape.Face.Size < least) {
				least = shape.Face.Size
			}
		}
	}
	return least
}
