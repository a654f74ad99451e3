package render

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Brand is a team's own colours; "" for those of the theme.
type Brand struct {
	Ink, Band, Chevron Color
	Owners             []Color
}

// BrandError is the answer to a colour on which, or in which, something could
// not be read.
type BrandError struct {
	Key     string // where the brand says the colour: "ink", "owners"
	Message string
	Help    string
}

func (e *BrandError) Error() string { return e.Message }

// Least contrasts, as WCAG 2.2 AA asks for: 1.4.3 and 1.4.11.
const (
	textContrast = 4.5
	markContrast = 3
)

// Branded returns a theme with a team's own colours. Words on them are black
// or white, whichever is read better. Ink and band are for light grounds, so
// they are left out of the dark theme; the theme for printers keeps its greys.
// It returns what could not be read.
func (t *Theme) Branded(b Brand) (*Theme, []*BrandError) {
	own := t.copy()
	var wrong []*BrandError
	if t == light {
		own.set(ink, b.Ink)
		own.set(bandFill, b.Band)
		own.colors[inverse] = wordsOn(own.Color(ink))
		wrong = slices.Concat(own.unreadInk(b.Ink), own.unseenBand(b.Band))
	}
	if t == light || t == dark {
		own.setChevrons(b.Chevron)
		own.setOwners(b.Owners)
	}
	return own, wrong
}

func (t *Theme) copy() *Theme {
	own := *t
	own.colors = make(map[Role]Color, len(t.colors))
	for role, c := range t.colors {
		own.colors[role] = c
	}
	return &own
}

func (t *Theme) set(r Role, c Color) { t.colors[r] = cmp.Or(c, t.colors[r]) }

// wordsOn returns black or white, whichever is read better on a colour. One
// of them always has a contrast of at least 4.5.
func wordsOn(ground Color) Color {
	if contrastOf("#ffffff", ground) >= textContrast {
		return "#ffffff"
	}
	return "#000000"
}

// unreadInk says on which ground ink could not be read.
func (t *Theme) unreadInk(own Color) []*BrandError {
	if own == "" {
		return nil
	}
	for _, ground := range underWords {
		if got := contrastOf(own, t.Color(ground)); got < textContrast {
			return []*BrandError{{"ink", fmt.Sprintf("words in %s on %s have a contrast of %s to 1, and 4.5 is the least that can be read well", own, t.Color(ground), tenths(got)),
				"Take a darker colour, such as `" + string(t.darker(own)) + "`."}}
		}
	}
	return nil
}

// unseenBand says what could not be seen on the band.
func (t *Theme) unseenBand(own Color) []*BrandError {
	if own == "" {
		return nil
	}
	for _, on := range onBand {
		if got := contrastOf(t.Color(on.front), own); got < on.least {
			return []*BrandError{{"band", fmt.Sprintf("%s, %s, on a band of %s have a contrast of %s to 1, and %g is the least that is seen well", on.what, t.Color(on.front), own, tenths(got), on.least),
				"Take a lighter colour, such as `" + string(t.lighter(own)) + "`."}}
		}
	}
	return nil
}

type bandMark struct {
	front Role
	what  string
	least float64
}

// onBand is what stands on the band.
var onBand = []bandMark{
	{softInk, "the small words", textContrast},
	{ink, "the lines of the basic path", markContrast},
	{altInk, "the lines of alternatives", markContrast},
	{optionInk, "the lines of options", markContrast},
	{bindingInk, "the locks of binding steps", markContrast},
}

// tenths writes a contrast, rounded down: what is too little never looks like
// enough.
func tenths(contrast float64) string { return fmt.Sprintf("%.1f", math.Floor(contrast*10)/10) }

// underWords are the grounds of words in ink.
var underWords = []Role{card, cardAlt, columnFill, columnShade}

// darker returns the shade of a colour that does for ink.
func (t *Theme) darker(c Color) Color {
	for part := range mixParts {
		m := mix(c, "#000000", part)
		if !slices.ContainsFunc(underWords, func(ground Role) bool { return contrastOf(m, t.Color(ground)) < textContrast }) {
			return m
		}
	}
	return "#000000"
}

// lighter returns the tint of a colour that does for a band.
func (t *Theme) lighter(c Color) Color {
	for part := range mixParts {
		m := mix(c, "#ffffff", part)
		if !slices.ContainsFunc(onBand, func(on bandMark) bool { return contrastOf(t.Color(on.front), m) < on.least }) {
			return m
		}
	}
	return "#ffffff"
}

// setChevrons gives the stages shades of a colour that get lighter. Words on
// them are of one colour, and can be read on each.
func (t *Theme) setChevrons(own Color) {
	if own == "" {
		return
	}
	const reach = mixParts * 3 / 10 // from the first shade to the last
	words := wordsOn(own)
	up := 0
	for up < reach && contrastOf(words, mix(own, "#ffffff", up+1)) >= textContrast {
		up++
	}
	down := reach - up
	for down > 0 && contrastOf(words, mix(own, "#000000", down)) < textContrast {
		down--
	}
	t.colors[chevronText] = words
	for i := range chevronShades {
		part := (up+down)*i/(chevronShades-1) - down
		shade := mix(own, "#ffffff", max(0, part))
		if part < 0 {
			shade = mix(own, "#000000", -part)
		}
		t.colors[chevron(i, chevronShades)] = shade
	}
}

// setOwners gives the departments colours of the team, as many as there are.
func (t *Theme) setOwners(own []Color) {
	t.words = map[Role]Role{}
	t.colors[ownerBlack], t.colors[ownerWhite] = "#000000", "#ffffff"
	for i, c := range own[:min(len(own), ownerColors)] {
		t.colors[ownerColor(i)] = c
		t.words[ownerColor(i)] = ownerBlack
		if wordsOn(c) == "#ffffff" {
			t.words[ownerColor(i)] = ownerWhite
		}
	}
}

// The roles of words on an owner's strip in a colour of the team.
const (
	ownerBlack Role = "owner-black"
	ownerWhite Role = "owner-white"
)

// wordsOn returns the role of words on an owner's strip, or on a chevron.
func (t *Theme) wordsOn(ground Role) Role {
	if strings.HasPrefix(string(ground), chevronPrefix) {
		return chevronText
	}
	return cmp.Or(t.words[ground], ownerText)
}

// mixParts is how finely colours are mixed.
const mixParts = 64

// mix returns a colour of which so many of mixParts are another one.
func mix(c, with Color, part int) Color {
	a, b := rgb(c), rgb(with)
	of := func(x, y uint8) int { return (int(x)*(mixParts-part) + int(y)*part + mixParts/2) / mixParts }
	return Color(fmt.Sprintf("#%02x%02x%02x", of(a.R, b.R), of(a.G, b.G), of(a.B, b.B)))
}

// contrastOf is that of two colours, from 1 to 21, as WCAG reckons it.
func contrastOf(a, b Color) float64 {
	la, lb := luminanceOf(a), luminanceOf(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminanceOf(c Color) float64 {
	v := rgb(c)
	part := func(b uint8) float64 {
		if s := float64(b) / 255; s > 0.04045 {
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return float64(b) / 255 / 12.92
	}
	return 0.2126*part(v.R) + 0.7152*part(v.G) + 0.0722*part(v.B)
}
