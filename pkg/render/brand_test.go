package render

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

// Whatever the colours of a brand: words on stages and strips can be read.
func TestBrandChoosesWords(t *testing.T) {
	for part := range 1 << 9 {
		c := Color(fmt.Sprintf("#%02x%02x%02x", part&7*36, part>>3&7*36, part>>6&7*36))
		for _, theme := range []*Theme{light, dark} {
			own, wrong := theme.Branded(Brand{Chevron: c, Owners: []Color{c}})
			if len(wrong) > 0 {
				t.Fatalf("%s is refused: %v", c, wrong[0])
			}
			for i := range chevronShades {
				if got := contrast(t, own.Color(chevronText), own.Color(chevron(i, chevronShades))); got < textContrast {
					t.Errorf("words on stage %d of %s have a contrast of %.2f", i, c, got)
				}
				if i > 0 && luminance(t, own.Color(chevron(i, 5))) < luminance(t, own.Color(chevron(i-1, 5))) {
					t.Errorf("the stages of %s get darker", c)
				}
			}
			if got := contrast(t, own.Color(own.wordsOn(ownerColor(0))), own.Color(ownerColor(0))); got < textContrast {
				t.Errorf("words on the strip %s have a contrast of %.2f", c, got)
			}
		}
	}
}

func TestBrandIsRefused(t *testing.T) {
	for _, c := range []struct {
		brand   Brand
		key     string
		message string
	}{
		{Brand{Ink: "#ff8800"}, "ink", "words in #ff8800 on #ffffff have a contrast of 2.3 to 1, and 4.5 is the least that can be read well"},
		{Brand{Band: "#005eb8"}, "band", "the small words, #475569, on a band of #005eb8 have a contrast of 1.1 to 1, and 4.5 is the least that is seen well"},
		{Brand{Ink: "#101010", Band: "#d2c2b2"}, "band", "the small words, #475569, on a band of #d2c2b2 have a contrast of 4.3 to 1, and 4.5 is the least that is seen well"},
	} {
		_, wrong := light.Branded(c.brand)
		if len(wrong) == 0 {
			t.Fatalf("%v is not refused", c.brand)
		}
		if wrong[0].Key != c.key || wrong[0].Message != c.message {
			t.Errorf("%v: %s: %s", c.brand, wrong[0].Key, wrong[0].Message)
		}
		_, colour, _ := strings.Cut(wrong[0].Help, "`")
		colour, _, _ = strings.Cut(colour, "`")
		better := Brand{Ink: Color(colour)}
		if c.key == "band" {
			better = Brand{Ink: c.brand.Ink, Band: Color(colour)}
		}
		if _, wrong := light.Branded(better); len(wrong) > 0 {
			t.Errorf("the colour %s that was proposed is refused too: %v", colour, wrong[0])
		}
		for _, theme := range []*Theme{dark, monochrome} {
			if _, wrong := theme.Branded(c.brand); len(wrong) > 0 {
				t.Errorf("%s: %v is refused, and not used there", theme.Name, c.brand)
			}
		}
	}
}

// A brand changes a copy: the theme stays as it is, and so do printers' greys.
func TestBrandLeavesTheThemes(t *testing.T) {
	b := Brand{Ink: "#101010", Band: "#eeeeee", Chevron: "#00677f", Owners: []Color{"#ffd166"}}
	for _, theme := range Themes {
		before := theme.copy()
		own, _ := theme.Branded(b)
		for role, c := range before.colors {
			if theme.Color(role) != c {
				t.Errorf("%s of %s was changed", role, theme.Name)
			}
			if theme == monochrome && own.Color(role) != c {
				t.Errorf("%s is no longer what printers need", role)
			}
		}
	}
	own, _ := light.Branded(b)
	if own.Color(ink) != "#101010" || own.Color(bandFill) != "#eeeeee" || own.Color("owner-1") != "#ffd166" || own.Color("owner-2") != light.Color("owner-2") {
		t.Error("the brand is not used")
	}
	own, _ = dark.Branded(b)
	if own.Color(ink) != dark.Color(ink) || own.Color("owner-1") != "#ffd166" {
		t.Error("the dark theme has another ink, or not the brand's owners")
	}
}

// painted is a picture: red on the left, nothing on the right.
func painted(wide, high int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, wide, high))
	for y := range high {
		for x := range wide / 2 {
			m.SetNRGBA(x, y, color.NRGBA{200, 10, 20, 255})
		}
	}
	return m
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLogo(t *testing.T) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, painted(30, 20), nil); err != nil {
		t.Fatal(err)
	}
	hidden := append(pngOf(t, painted(30, 20)), "<script>alert(1)</script>"...)
	for name, c := range map[string]struct {
		data []byte
		err  error
	}{
		"png":            {pngOf(t, painted(30, 20)), nil},
		"jpeg":           {photo.Bytes(), nil},
		"more after":     {hidden, nil},
		"largest":        {pngOf(t, painted(MaxLogoSide, 1)), nil},
		"nothing":        {nil, ErrLogoKind},
		"svg":            {[]byte("<svg/>"), ErrLogoKind},
		"gif":            {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), ErrLogoKind},
		"cut":            {pngOf(t, painted(30, 20))[:60], ErrLogoKind},
		"jpeg, cut":      {photo.Bytes()[:30], ErrLogoKind},
		"too wide":       {pngOf(t, painted(MaxLogoSide+1, 1)), ErrLogoLarge},
		"too high":       {pngOf(t, painted(1, MaxLogoSide+1)), ErrLogoLarge},
		"too many bytes": {make([]byte, MaxLogoBytes+1), ErrLogoLarge},
	} {
		l, err := NewLogo(c.data)
		if err != c.err {
			t.Errorf("%s: %v, want %v", name, err, c.err)
		}
		if err != nil {
			continue
		}
		if bytes.Contains(l.PNG, []byte("script")) {
			t.Errorf("%s: what does not belong to the picture is there", name)
		}
		if again, err := png.Decode(bytes.NewReader(l.PNG)); err != nil || again.Bounds().Dx() != l.Width || again.Bounds().Dy() != l.Height {
			t.Errorf("%s: it is no picture of its size: %v", name, err)
		}
	}
}

// However many pixels a logo gets, as much of it is red.
func TestLogoIsScaled(t *testing.T) {
	l, err := NewLogo(pngOf(t, painted(30, 20)))
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []image.Point{{30, 20}, {15, 10}, {7, 5}, {61, 43}, {1, 1}} {
		out := l.scaled(size.X, size.Y)
		red := 0
		for y := range size.Y {
			for x := range size.X {
				red += int(out.RGBAAt(x, y).A)
			}
		}
		if half := size.X * size.Y * 255 / 2; red < half-size.X*size.Y || red > half+size.X*size.Y {
			t.Errorf("%v: %d is covered, want %d", size, red, half)
		}
		if c := out.RGBAAt(0, size.Y-1); size.X > 1 && c != (color.RGBA{200, 10, 20, 255}) {
			t.Errorf("%v: on the left it is %v", size, c)
		}
	}
}

// A logo is at the end of the head in each kind of file, and on no words.
func TestLogoOnMap(t *testing.T) {
	l, err := NewLogo(pngOf(t, painted(300, 100)))
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range []*corridor.Graph{coffee(), cases["arabic"](), cases["one-step"]()} {
		for _, theme := range Themes {
			s, err := Layout(t.Context(), g, Options{Logo: l, Theme: theme}, nil)
			if err != nil {
				t.Fatal(err)
			}
			var svg bytes.Buffer
			if err := SVG(&svg, s); err != nil {
				t.Fatal(err)
			}
			images := 0
			wellFormed(t, svg.Bytes(), func(e xml.StartElement) {
				if e.Name.Local == "image" {
					images++
				}
			})
			if images != 1 || !strings.Contains(svg.String(), base64.StdEncoding.EncodeToString(l.PNG)) {
				t.Errorf("the svg has %d pictures", images)
			}
			logo := logoOf(t, s)
			for _, label := range labels(s) {
				if label.At.Y < logo.At.Y+logo.Size.Y && label.At.X+label.TextWide > logo.At.X {
					t.Errorf("%q stands on the logo", label.Text)
				}
			}
			at := s.corner(logo)
			middle := Point{at.X + logo.Size.X/4, at.Y + logo.Size.Y/2}
			if c := picture(t, s, 96).At(int(middle.X/Px), int(middle.Y/Px)); c != (color.RGBA{200, 10, 20, 255}) {
				t.Errorf("the png has %v where the logo is", c)
			}
			d := read(t, printed(t, s))
			if !strings.Contains(d.objects[pdfOnlyPage], "/XObject<</L0 ") || !strings.Contains(string(d.streams[pdfContent]), "/L0 Do") {
				t.Error("the pdf has no logo")
			}
		}
	}
}

func logoOf(t *testing.T, s *Scene) Shape {
	for _, g := range s.Groups {
		for _, shape := range g.Shapes {
			if shape.Kind == Image {
				return shape
			}
		}
	}
	t.Fatal("there is no logo")
	return Shape{}
}

func TestDay(t *testing.T) {
	for _, c := range []struct{ day, en, ar, fa string }{
		{"2026-11-24", "24 November 2026", "٢٤ نوفمبر ٢٠٢٦", "۳ آذر ۱۴۰۵"},
		{"2026-03-21", "21 March 2026", "٢١ مارس ٢٠٢٦", "۱ فروردین ۱۴۰۵"},
		{"2026-03-20", "20 March 2026", "٢٠ مارس ٢٠٢٦", "۲۹ اسفند ۱۴۰۴"},
		{"2025-03-20", "20 March 2025", "٢٠ مارس ٢٠٢٥", "۳۰ اسفند ۱۴۰۳"},
		{"1979-02-11", "11 February 1979", "١١ فبراير ١٩٧٩", "۲۲ بهمن ۱۳۵۷"},
		{"2030-03-20", "20 March 2030", "٢٠ مارس ٢٠٣٠", "۳۰ اسفند ۱۴۰۸"},
	} {
		day, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		for language, want := range map[string]string{"en": c.en, "ar": c.ar, "fa": c.fa} {
			if got := wordsOf(language).day(day); got != want {
				t.Errorf("%s: %s is %q, want %q", language, c.day, got, want)
			}
		}
	}
	for _, w := range catalogue() {
		if len(w.Date.Months) != 12 || w.day(time.Time{}) != "" {
			t.Errorf("%s: %d months, or a word for no day", w.language, len(w.Date.Months))
		}
	}
}

// Whatever a logo is made of, it is refused or drawn as a small file.
func FuzzLogo(f *testing.F) {
	f.Add(pngOf(f, painted(3, 2)))
	f.Add([]byte("\xff\xd8\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := NewLogo(data)
		if err != nil {
			return
		}
		if l.Width > MaxLogoSide || l.Height > MaxLogoSide || len(l.pixels.Pix) != 4*l.Width*l.Height {
			t.Fatalf("it is %d × %d", l.Width, l.Height)
		}
		l.scaled(3, 2)
	})
}
