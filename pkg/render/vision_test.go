package render

import (
	"math"
	"testing"

	"github.com/customer-corridor/corridor/pkg/model"
)

// matrix turns linear red, green and blue into what an eye or a printer makes
// of them.
type matrix [3][3]float64

// visions are ways to see: of people who cannot tell some colours apart, as
// Machado, Oliveira and Fernandes reckon them (2009, severity 1.0), and of a
// printer without colours.
var visions = []struct {
	name string
	see  matrix
}{
	{"all colours", matrix{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
	{"protanopia", matrix{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
	{"deuteranopia", matrix{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
	{"tritanopia", matrix{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
	{"grey", matrix{{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}}},
}

// seen returns the linear red, green and blue that an eye makes of a colour.
func (m matrix) seen(c Color) (rgbSeen [3]float64) {
	v := rgb(c)
	in := [3]float64{linear(v.R), linear(v.G), linear(v.B)}
	for i, row := range m {
		for j, part := range row {
			rgbSeen[i] += part * in[j]
		}
		rgbSeen[i] = min(max(rgbSeen[i], 0), 1)
	}
	return rgbSeen
}

func (m matrix) contrast(a, b Color) float64 {
	la, lb := brightness(m.seen(a)), brightness(m.seen(b))
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func brightness(v [3]float64) float64 { return 0.2126*v[0] + 0.7152*v[1] + 0.0722*v[2] }

// distance is how different two colours look: 1 is hardly seen, 10 at a
// glance (CIE 1976).
func (m matrix) distance(a, b Color) float64 {
	la, lb := lab(m.seen(a)), lab(m.seen(b))
	return math.Hypot(math.Hypot(la[0]-lb[0], la[1]-lb[1]), la[2]-lb[2])
}

func lab(v [3]float64) [3]float64 {
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124*v[0] + 0.3576*v[1] + 0.1805*v[2]) / 0.9505)
	y := f(brightness(v))
	z := f((0.0193*v[0] + 0.1192*v[1] + 0.9505*v[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// Kinds of path are told apart by weight or dashes, whoever looks.
func TestKindsOfPathAreToldApartWithoutColour(t *testing.T) {
	kinds := []model.Kind{model.Basic, model.Optional, model.Alternative}
	for i, one := range kinds {
		for _, other := range kinds[i+1:] {
			a, b := penOf(one), penOf(other)
			if heavy, fine := max(a.weight, b.weight), min(a.weight, b.weight); a.dashed == b.dashed && 2*heavy < 3*fine {
				t.Errorf("the lines of %s and %s paths differ by nothing but colour", one, other)
			}
		}
	}
}

// Text is read, and lines are seen, whoever looks.
func TestContrastForEveryVision(t *testing.T) {
	for _, theme := range Themes {
		for _, v := range visions {
			check := func(least float64, front Role, grounds ...Role) {
				for _, ground := range grounds {
					if got := v.see.contrast(theme.Color(front), theme.Color(ground)); got < least {
						t.Errorf("%s, %s: %s on %s has a contrast of %.2f, want %.1f", theme.Name, v.name, front, ground, got, least)
					}
				}
			}
			for i := range ownerColors {
				check(4, ownerText, ownerColor(i)) // 4.5 with all colours; see TestContrast
			}
			for i := range chevronShades {
				check(4, chevronText, chevron(i, chevronShades))
			}
			check(4, ink, paper, card, cardAlt, columnFill, columnShade, bandFill)
			check(4, softInk, paper, card, cardAlt, columnFill, columnShade)
			for _, front := range []Role{ink, altInk, optionInk, bindingInk} {
				check(3, front, paper, columnFill, columnShade, bandFill)
			}
		}
	}
}

// Owners who are next to each other in the legend differ to whoever sees
// hues in part, and on a printer without colours in the theme that is made for
// it. Everywhere, each strip has its owner's name.
func TestOwnersAreToldApart(t *testing.T) {
	for _, theme := range Themes {
		for _, v := range visions {
			if v.name == "grey" && theme != monochrome {
				continue
			}
			for i := range ownerColors - 1 {
				a, b := ownerColor(i), ownerColor(i+1)
				if got := v.see.distance(theme.Color(a), theme.Color(b)); got < 10 && theme.rims[a].dashed == theme.rims[b].dashed {
					t.Errorf("%s, %s: %s and %s differ by %.1f", theme.Name, v.name, a, b, got)
				}
			}
		}
	}
}

func TestEveryStripHasItsOwnersName(t *testing.T) {
	for _, theme := range Themes {
		g := coffee()
		scene, err := Layout(t.Context(), g, Options{Theme: theme}, nil)
		if err != nil {
			t.Fatal(err)
		}
		strips := 0
		for _, group := range scene.Groups {
			for i, s := range group.Shapes {
				if group.Label != "" && isOwner(s.Fill) {
					strips++
					if next := group.Shapes[i+1]; next.Kind != Label || next.Fill != ownerText {
						t.Errorf("%s: the strip at %v has no name", theme.Name, s.At)
					}
				}
			}
		}
		if strips < 20 {
			t.Errorf("%s: the map has %d strips", theme.Name, strips)
		}
	}
}

func isOwner(r Role) bool {
	for i := range ownerColors {
		if r == ownerColor(i) {
			return true
		}
	}
	return false
}

// What is printed needs little ink: nothing but words and marks is dark.
func TestPrintNeedsLittleInk(t *testing.T) {
	for role, c := range monochrome.colors {
		v := rgb(c)
		if v.R != v.G || v.G != v.B {
			t.Errorf("%s is %s, which has a hue", role, c)
		}
		if _, ground := monochrome.rims[role]; ground && v.R < 0xb0 {
			t.Errorf("%s is %s, which needs much ink", role, c)
		}
	}
}

// Rims are drawn in themes that have them, and in no other.
func TestRims(t *testing.T) {
	for _, theme := range Themes {
		scene, err := Layout(t.Context(), coffee(), Options{Theme: theme}, nil)
		if err != nil {
			t.Fatal(err)
		}
		rims := 0
		for _, g := range scene.Groups {
			for _, s := range g.Shapes {
				if s.Stroke == rimInk || s.Stroke == softRim {
					rims++
				}
			}
		}
		if (rims > 0) != (theme == monochrome) {
			t.Errorf("%s has %d rims", theme.Name, rims)
		}
	}
}

// A theme knows every role that another knows, but for rims.
func TestThemesKnowTheSameRoles(t *testing.T) {
	for _, theme := range Themes {
		for role := range light.colors {
			if theme.Color(role) == "" {
				t.Errorf("%s has no colour for %s", theme.Name, role)
			}
		}
		for _, r := range theme.rims {
			if theme.Color(r.color) == "" {
				t.Errorf("%s has no colour for %s", theme.Name, r.color)
			}
		}
	}
}
