package render

// Scene is a map with everything placed and nothing said of how it is
// drawn: SVG, PNG and PDF are of the same scene. It is laid out from left
// to right; where RightToLeft is set a writer mirrors x (see Scene.X), and
// nothing else.
type Scene struct {
	Width, Height Length
	Language      string // BCP 47
	RightToLeft   bool
	Title         string
	Description   string // the corridor in words
	Theme         *Theme
	Paper         Point   // how large the whole is printed; zero for as large as it is
	Sheets        []Sheet // of paper to glue together; none for a map on one page
	Groups        []Group // from back to front
}

// Group is shapes that belong together.
type Group struct {
	ID     string // "" or unique in the scene: letters, digits and hyphens
	Label  string // what a screen reader says; "" for ornament
	Shapes []Shape
}

// ShapeKind tells shapes apart.
type ShapeKind int

// The kinds of shape, and which fields of Shape they use.
const (
	Rectangle ShapeKind = iota // At is the corner of least x and y; Size; Radius of its corners
	Circle                     // At is the centre; Radius
	Line                       // Points; Radius of its bends
	Polygon                    // Points
	Label                      // At is on the base line; Text, Face, Anchor
	Image                      // At is the corner of least x and y; Size; Logo
)

// Point is a place on the map, y downwards.
type Point struct{ X, Y Length }

// Anchor is which part of a text stands at its point.
type Anchor int

// A text starts at its point, or has its middle there.
const (
	Start Anchor = iota // the left end, or the right one where the scene is mirrored
	Middle
)

// Shape is one thing to draw.
type Shape struct {
	Kind     ShapeKind
	At       Point
	Size     Point
	Radius   Length
	Points   []Point
	Fill     Role   // "" for none
	Stroke   Role   // "" for none
	Weight   Length // of the stroke
	Dashed   bool
	Text     string
	Face     Typeface
	Anchor   Anchor
	TextWide Length // the measured width of Text
	// RightToLeft is the direction in which Text is read; as for all the
	// lines of a text that was broken, it is that of the whole.
	RightToLeft bool
	Logo        *Logo
}

// color returns the colour of a role on this map.
func (s *Scene) color(r Role) Color { return s.Theme.Color(r) }

// X returns where x is drawn.
func (s *Scene) X(x Length) Length {
	if s.RightToLeft {
		return s.Width - x
	}
	return x
}
