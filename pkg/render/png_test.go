package render

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

func laidOut(t testing.TB, g *corridor.Graph) *Scene {
	t.Helper()
	scene, err := Layout(context.Background(), g, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return scene
}

func picture(t testing.TB, s *Scene, dpi int) image.Image {
	t.Helper()
	var b bytes.Buffer
	if _, err := PNG(context.Background(), &b, s, dpi); err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// twoWays has words of both directions in each other's midst, numbers among
// them, in a map of either direction.
func twoWays(language string) *corridor.Graph {
	s := newSketch(language, "Call هاتف 12 خط (v2.1) now – SMS تأكيد ۱۲٫۵٪")
	s.stage("لا بأس بدلًا من")
	s.basic(s.touch("زيارة الموقع (Website v2.1) 24/7", "web", "همهٔ راه‌ها"), s.touch("هاتف 12", "phone", "Österreich"),
		s.touch("Website موقع (12) رقم", "", "fi ffi Đăng"))
	s.path(model.Optional, "o", 1, 1, s.touch("[a] هاتف {1+2}", "chat", ""))
	s.path(model.Alternative, "a", 1, 2)
	s.tag(1, 0.125, "نسبة")
	return s.done()
}

// A browser and we draw the same map: the same places, shapes, colours, and
// each letter where it belongs.
func TestPNGLooksAsInABrowser(t *testing.T) {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("there is no chromium on this machine to compare with")
	}
	for _, c := range []struct {
		name  string
		graph *corridor.Graph
		scale int
	}{
		{"coffee", coffee(), 2}, {"arabic", cases["arabic"](), 1}, {"many options", manyOptions(), 1},
		{"two ways in English", twoWays("en"), 2}, {"two ways in Arabic", twoWays("ar"), 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			scene := laidOut(t, c.graph)
			want := screenshot(t, chromium, scene, c.scale)
			worst, at := unlike(t, want, picture(t, scene, c.scale*mapDPI))
			t.Logf("the most unlike block, at %v, differs by %d of 255 on average", at, worst)
			if worst > 32 {
				t.Errorf("the picture is another one than the browser's at %v: %d of 255 on average", at, worst)
			}
		})
	}
}

func screenshot(t *testing.T, chromium string, s *Scene, scale int) image.Image {
	folder := t.TempDir()
	var svg bytes.Buffer
	if err := SVG(&svg, s); err != nil {
		t.Fatal(err)
	}
	from, to := filepath.Join(folder, "map.svg"), filepath.Join(folder, "map.png")
	if err := os.WriteFile(from, svg.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--user-data-dir="+folder,
		fmt.Sprint("--force-device-scale-factor=", scale), fmt.Sprintf("--window-size=%d,%d", s.Width/Px, s.Height/Px), "--screenshot="+to, "file://"+from)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	file, err := os.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	m, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// unlike returns the mean difference in the block where two pictures are the
// most unlike. A block has the size of a few letters.
func unlike(t *testing.T, a, b image.Image) (worst int, at image.Point) {
	if a.Bounds() != b.Bounds() {
		t.Fatalf("one is %v, the other %v", a.Bounds(), b.Bounds())
	}
	const block = 16
	for y := 0; y < a.Bounds().Dy(); y += block {
		for x := 0; x < a.Bounds().Dx(); x += block {
			sum := 0
			for i := range block * block {
				sum += apartBy(a, b, x+i%block, y+i/block)
			}
			if sum /= block * block; sum > worst {
				worst, at = sum, image.Pt(x, y)
			}
		}
	}
	return worst, at
}

func apartBy(a, b image.Image, x, y int) int {
	r, g, bl, _ := a.At(x, y).RGBA()
	r2, g2, bl2, _ := b.At(x, y).RGBA()
	return (int(abs(Length(r)-Length(r2))) + int(abs(Length(g)-Length(g2))) + int(abs(Length(bl)-Length(bl2)))) / (3 * 257)
}

func TestPNGIsAsLargeAsTheMap(t *testing.T) {
	scene := laidOut(t, coffee())
	for _, dpi := range []int{24, 96, 100, 192, 300} {
		var b bytes.Buffer
		if _, err := PNG(context.Background(), &b, scene, dpi); err != nil {
			t.Fatal(err)
		}
		config, err := png.DecodeConfig(bytes.NewReader(b.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		wide := float64(scene.Width/Px) * float64(dpi) / 96
		if d := float64(config.Width) - wide; d < 0 || d >= 1 {
			t.Errorf("at %d dpi the map of %d pixels is %d wide", dpi, scene.Width/Px, config.Width)
		}
		i := bytes.Index(b.Bytes(), []byte("pHYs"))
		if i < 0 {
			t.Fatal("it does not say how large it is on paper")
		}
		perMetre := int(b.Bytes()[i+6])<<8 | int(b.Bytes()[i+7])
		if inch := (perMetre*254 + 5000) / 10000; inch != dpi {
			t.Errorf("at %d dpi it says %d", dpi, inch)
		}
	}
}

func TestSamePictureSameBytes(t *testing.T) {
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if _, err := PNG(context.Background(), b, laidOut(t, twoWays("ar")), 192); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("one map is drawn in two ways")
	}
}

// A box is filled where the scene has it, from either side.
func TestPNGIsMirrored(t *testing.T) {
	scene := laidOut(t, coffee())
	for _, rtl := range []bool{false, true} {
		scene.RightToLeft = rtl
		m := picture(t, scene, mapDPI)
		seen := 0
		for _, g := range scene.Groups {
			for _, s := range g.Shapes {
				if s.Kind != Rectangle || s.Radius != 6*Px { // the strips with the owners' names
					continue
				}
				seen++
				at := Point{scene.X(s.At.X + s.Radius), s.At.Y + 2*Px}
				if got := m.At(int(at.X/Px), int(at.Y/Px)); got != rgb(light.Color(s.Fill)) {
					t.Errorf("right to left %v: the strip at %v is %v, want %s", rtl, s.At, got, s.Fill)
				}
			}
		}
		if seen < 20 {
			t.Errorf("only %d strips", seen)
		}
	}
}

func TestPNGTooLarge(t *testing.T) {
	scene := laidOut(t, coffee())
	_, err := PNG(context.Background(), &bytes.Buffer{}, scene, MaxDPI)
	var large *SizeError
	if !errors.As(err, &large) || !strings.Contains(err.Error(), "100 million") {
		t.Fatalf("%v", err)
	}
	if p := (painter{scene: scene, dpi: Length(large.Most)}); p.fits() != nil {
		t.Errorf("%d dpi are too many as well", large.Most)
	}
	if p := (painter{scene: scene, dpi: Length(large.Most) + 1}); p.fits() == nil {
		t.Errorf("%d dpi are not the most", large.Most)
	}
	scene.Width, scene.Height = 1_000_000*Px, 1_000_000*Px
	if _, err := PNG(context.Background(), &bytes.Buffer{}, scene, MinDPI); !errors.As(err, &large) || large.Most != 0 {
		t.Errorf("a map that is too large at any: %v", err)
	}
	ended, stop := context.WithCancel(context.Background())
	stop()
	if _, err := PNG(ended, &bytes.Buffer{}, laidOut(t, coffee()), 96); !errors.Is(err, context.Canceled) {
		t.Errorf("it goes on after its time: %v", err)
	}
}

// What no embedded font has is told, and a box stands for it.
func TestPNGLacksCharacters(t *testing.T) {
	s := newSketch("en", "訪問 👩‍👩‍👧 訪 \u200b\u200e")
	s.basic(s.touch("a", "", ""))
	scene := laidOut(t, s.done())
	lacks, err := PNG(context.Background(), &bytes.Buffer{}, scene, 96)
	if err != nil || strings.Join(lacks, ",") != "訪,問,👩,👧" {
		t.Errorf("it lacks %q, %v", lacks, err)
	}
	m := picture(t, scene, 96)
	title := scene.Groups[1].Shapes[0]
	dark := 0
	for x := title.At.X; x < title.At.X+title.TextWide; x += Px {
		if m.At(int(x/Px), int((title.At.Y-title.Face.Size/3)/Px)) != rgb(light.Color(paper)) {
			dark++
		}
	}
	if dark == 0 {
		t.Error("nothing stands for them")
	}
}

// Letters are joined: the same letter has another shape at the start, in the
// middle and at the end, and lam and alef are one.
func TestArabicIsJoined(t *testing.T) {
	ts := typesetter{newMeasurer()}
	shapes := map[any]bool{}
	for _, g := range ts.set("ههه ه", true, false).glyphs {
		if g.says == "ه" {
			shapes[g.id] = true
		}
	}
	if len(shapes) != 4 {
		t.Errorf("heh has %d shapes of 4", len(shapes))
	}
	if l := ts.set("لا", true, false); len(l.glyphs) != 1 || l.glyphs[0].says != "لا" {
		t.Errorf("lam and alef are %v", l.glyphs)
	}
}

func TestFontUnits(t *testing.T) {
	for _, pair := range loadedFonts() {
		for _, f := range pair {
			if f.Upem() != em {
				t.Errorf("a font has %d units", f.Upem())
			}
		}
	}
}

// Widths in pixels of the lines typeset are those that were kept for them.
func TestTypesetLinesFit(t *testing.T) {
	for _, g := range []*corridor.Graph{coffee(), twoWays("en"), twoWays("fa"), random(4, 9, 20)} {
		ts := typesetter{newMeasurer()}
		for _, group := range laidOut(t, g).Groups {
			for _, s := range group.Shapes {
				if s.Kind != Label {
					continue
				}
				if wide := divide(Length(ts.set(s.Text, s.RightToLeft, s.Face.Bold).wide)*s.Face.Size, em); wide > s.TextWide {
					t.Errorf("%q is %s wide, not %s", s.Text, px(wide), px(s.TextWide))
				}
			}
		}
	}
}

func FuzzPNG(f *testing.F) {
	for _, text := range []string{"Call", "مرحبا (Website) 12", "👩‍👩‍👧", "\x00\x1b\xff", "a\u0301\u200f\u200e\ufeff", "שלום 12", "[(]"} {
		f.Add(text, "en")
		f.Add(text, "ar")
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		s := newSketch(language, text)
		s.basic(s.touch(text, "web", text))
		scene := laidOut(t, s.done())
		if most := 4000 * Px; scene.Width > most || scene.Height > most {
			t.Skip("large")
		}
		picture(t, scene, MinDPI)
	})
}
