package render

import "strings"

// Sheet is a piece of paper that shows a part of a map.
type Sheet struct {
	Label string // which one it is, in words
	Size  Point  // of the paper
	// From and To are the corners of the part, on the map as it is printed and
	// mirrored; At is where its first corner is on the paper.
	From, To, At Point
	// Marks are drawn on the paper around the part: where to cut, and which
	// sheet it is.
	Marks *Scene
}

// cut cuts a map into sheets that overlap, row by row in the order of reading.
func (s *Scene) cut(p Paper, margin Length) (*Scene, error) {
	whole := s.printed()
	across, down := parts(whole.X, p.Width-2*margin), parts(whole.Y, p.Height-2*margin)
	if len(across)*len(down) > maxSheets {
		return nil, &SheetsError{len(down), len(across)}
	}
	tiled := *s
	tiled.Sheets = nil
	c := cutter{s, p, margin, newMeasurer(), wordsOf(s.Language), across, down}
	for row := range down {
		for column := range across {
			tiled.Sheets = append(tiled.Sheets, c.sheet(row, column))
		}
	}
	return &tiled, nil
}

// parts cuts a length into parts of a most, each of which begins a little
// before the end of the one before.
func parts(whole, most Length) [][2]Length {
	var all [][2]Length
	for from := Length(0); ; from += most - mm(overlap) {
		if from+most >= whole {
			return append(all, [2]Length{from, whole})
		}
		all = append(all, [2]Length{from, from + most})
		if len(all) > maxSheets {
			return all
		}
	}
}

type cutter struct {
	*Scene
	paper        Paper
	margin       Length
	measurer     *measurer
	words        words
	across, down [][2]Length
}

func (c cutter) sheet(row, column int) Sheet {
	x, y := c.across[column], c.down[row]
	sheet := Sheet{
		Label: c.words.sheet(row, len(c.down), column, len(c.across)),
		Size:  Point{c.paper.Width, c.paper.Height},
		From:  Point{x[0], y[0]}, To: Point{x[1], y[1]}, At: Point{c.margin, c.margin},
	}
	if c.RightToLeft {
		whole := c.printed().X
		sheet.From.X, sheet.To.X = whole-x[1], whole-x[0]
		sheet.At.X = c.paper.Width - c.margin - (x[1] - x[0])
	}
	marks := *c.Scene
	marks.Width, marks.Height, marks.Paper = sheet.Size.X, sheet.Size.Y, Point{}
	marks.Groups = []Group{{Shapes: append(c.corners(row, column), c.label(sheet.Label))}}
	sheet.Marks = &marks
	return sheet
}

const cropWeight = Px / 2

// crop is where a mark beside the part begins and ends: so far from it that
// it is cut away, and so near that a label has room below it.
func (c cutter) crop() (from, to Length) { return c.margin / 19, c.margin / 4 }

// corners marks where to cut, and by dashes where the next sheet begins.
func (c cutter) corners(row, column int) []Shape {
	x, y := c.across[column], c.down[row]
	left, top := c.margin, c.margin
	right, bottom := left+x[1]-x[0], top+y[1]-y[0]
	var marks []Shape
	for _, at := range []Length{left, right} {
		marks = append(marks, c.upright(at, top, bottom, false)...)
	}
	for _, at := range []Length{top, bottom} {
		marks = append(marks, c.level(at, left, right, false)...)
	}
	if column+1 < len(c.across) {
		marks = append(marks, c.upright(left+c.across[column+1][0]-x[0], top, bottom, true)...)
	}
	if row+1 < len(c.down) {
		marks = append(marks, c.level(top+c.down[row+1][0]-y[0], left, right, true)...)
	}
	return marks
}

func (c cutter) upright(x, top, bottom Length, dashed bool) []Shape {
	from, to := c.crop()
	return []Shape{cropMark(Point{x, top - to}, Point{x, top - from}, dashed), cropMark(Point{x, bottom + from}, Point{x, bottom + to}, dashed)}
}

func (c cutter) level(y, left, right Length, dashed bool) []Shape {
	from, to := c.crop()
	return []Shape{cropMark(Point{left - to, y}, Point{left - from, y}, dashed), cropMark(Point{right + from, y}, Point{right + to, y}, dashed)}
}

func cropMark(from, to Point, dashed bool) Shape {
	return Shape{Kind: Line, Points: []Point{from, to}, Stroke: cropInk, Weight: cropWeight, Dashed: dashed}
}

// cropInk is the role of what stands on the paper beside the map, which is
// white whatever the ground of the map.
const cropInk Role = "crop"

var sheetFace = Typeface{9 * Px, false}

// label says under the part which sheet it is, and of what where there is
// room.
func (c cutter) label(which string) Shape {
	text := which
	if c.Title != "" {
		text = c.Title + " · " + which
	}
	most := c.paper.Width - 2*c.margin
	if c.measurer.width(text, sheetFace) > most {
		text = which
	}
	return Shape{Kind: Label, Text: text, Face: sheetFace, Fill: cropInk, Anchor: Middle,
		At:       Point{c.paper.Width / 2, c.paper.Height - c.margin/2},
		TextWide: c.measurer.width(text, sheetFace), RightToLeft: rightToLeft(text, c.RightToLeft)}
}

// sheetWords are the words on paper.
type sheetWords struct {
	Sheet string `json:"sheet"` // with {row}, {rows}, {sheet} and {sheets}
}

// sheet says which sheet one is, counted from nought.
func (w words) sheet(row, rows, column, columns int) string {
	return strings.NewReplacer("{row}", number(row+1, w.Zero), "{rows}", number(rows, w.Zero),
		"{sheet}", number(column+1, w.Zero), "{sheets}", number(columns, w.Zero)).Replace(w.Sheets.Sheet)
}
