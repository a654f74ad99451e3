package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/render"
)

// drawers are programs that draw SVGs, each all files of a folder in one run:
// NAME.svg becomes NAME.png. They take the machine's fonts where they do not
// read the embedded ones.
var drawers = []struct {
	program string
	draw    func(program string, svgs []string) []*exec.Cmd
}{
	{"rsvg-convert", func(program string, svgs []string) (all []*exec.Cmd) {
		for _, svg := range svgs {
			all = append(all, exec.Command(program, svg, "-o", pngOf(svg)))
		}
		return all
	}},
	{"inkscape", func(program string, svgs []string) []*exec.Cmd {
		return []*exec.Cmd{exec.Command(program, append([]string{"--export-type=png", "--export-dpi=96"}, svgs...)...)}
	}},
}

func pngOf(svg string) string { return strings.TrimSuffix(svg, ".svg") + ".png" }

// How far two pictures of one map may be apart, in parts of 255. With words it
// is the mean of all pixels, in which other fonts make two or three. Without
// words, all else must be where it is: that is the mean colour of the block in
// which they are the most unlike.
const (
	mostWithWords    = 5.0
	mostWithoutWords = 6
	blockSize        = 16
)

// complaints are the lines in which a program says that something is wrong with
// a file. That it does not read the embedded fonts, and that there is no screen,
// is nothing wrong.
func complaints(talk string) string {
	var list []string
	for line := range strings.Lines(talk) {
		known := strings.Contains(line, "font face rule limited support") || strings.Contains(line, "GtkRecentManager")
		if loud := strings.ToLower(line); !known && (strings.Contains(loud, "warning") || strings.Contains(loud, "error") || strings.Contains(loud, "critical")) {
			list = append(list, line)
		}
	}
	return strings.Join(list, "")
}

// librsvg and Inkscape draw each example without a complaint, and what they
// draw is what a browser draws.
func TestOtherViewersDrawTheSame(t *testing.T) {
	chromium := program(t, "chromium")
	folder := t.TempDir()
	var svgs []string
	names, graphs := exampleGraphs(t)
	for i, name := range names {
		o := render.Options{View: render.Views[i%len(render.Views)].Name}
		if o.View == "customer" {
			o.Ask = questionOf(t, graphs[name], i)
		}
		svg := svgOf(t, graphs[name], o, nil)
		for _, text := range [][]byte{svg, words.ReplaceAll(svg, nil)} {
			file := filepath.Join(folder, fmt.Sprintf("map-%02d.svg", len(svgs)))
			if err := os.WriteFile(file, text, 0o600); err != nil {
				t.Fatal(err)
			}
			svgs = append(svgs, file)
		}
	}
	want := photographed(t, chromium, svgs)
	for _, d := range drawers {
		t.Run(d.program, func(t *testing.T) {
			for _, c := range d.draw(program(t, d.program), svgs) {
				if out, err := c.CombinedOutput(); err != nil || complaints(string(out)) != "" {
					t.Errorf("%s complains: %v\n%s", d.program, err, complaints(string(out)))
				}
			}
			for i, name := range names {
				mean, _, _ := apart(t, want[2*i], readPNG(t, pngOf(svgs[2*i])))
				_, worst, at := apart(t, want[2*i+1], readPNG(t, pngOf(svgs[2*i+1])))
				t.Logf("%s: %.1f apart on average, without words at most %d", name, mean, worst)
				if mean > mostWithWords || worst > mostWithoutWords {
					t.Errorf("%s draws %s unlike a browser: %.1f of 255 apart on average, without words %d at %v", d.program, name, mean, worst, at)
				}
			}
			removePNGs(t, svgs) // of this program: the next is to make its own
		})
	}
}

var words = regexp.MustCompile(`<text[^>]*>[^<]*</text>\n`)

func removePNGs(t *testing.T, svgs []string) {
	for _, svg := range svgs {
		if err := os.Remove(pngOf(svg)); err != nil {
			t.Fatal(err)
		}
	}
}

// tallest is how high a page may be that a browser draws whole, in pixels.
const tallest = 12_000

// photographed draws all maps in a browser, below each other on as few pages
// as may be.
func photographed(t *testing.T, chromium string, svgs []string) []image.Image {
	t.Helper()
	page, high := 0, 0
	var list []image.Image
	for i, svg := range svgs {
		_, h := sizeOf(t, svg)
		if high += h; high > tallest && i > page {
			list = append(list, photographedPage(t, chromium, svgs[page:i])...)
			page, high = i, h
		}
	}
	return append(list, photographedPage(t, chromium, svgs[page:])...)
}

func photographedPage(t *testing.T, chromium string, svgs []string) []image.Image {
	t.Helper()
	folder := t.TempDir()
	var page strings.Builder
	page.WriteString("<!DOCTYPE html><meta charset=utf-8><style>body{margin:0}img{display:block}</style>\n")
	size := image.Point{}
	var frames []image.Rectangle
	for _, svg := range svgs {
		wide, high := sizeOf(t, svg)
		frames = append(frames, image.Rect(0, size.Y, wide, size.Y+high))
		size = image.Pt(max(size.X, wide), size.Y+high)
		fmt.Fprintf(&page, "<img src=%q>\n", "file://"+svg)
	}
	from, to := filepath.Join(folder, "maps.html"), filepath.Join(folder, "maps.png")
	if err := os.WriteFile(from, []byte(page.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--user-data-dir="+folder, "--allow-file-access-from-files",
		"--force-device-scale-factor=1", fmt.Sprintf("--window-size=%d,%d", size.X, size.Y), "--screenshot="+to, "file://"+from)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	all := readPNG(t, to).(interface {
		SubImage(image.Rectangle) image.Image
	})
	var list []image.Image
	for _, frame := range frames {
		list = append(list, all.SubImage(frame))
	}
	return list
}

// sizeOf reads how large an SVG is, in pixels.
func sizeOf(t *testing.T, svg string) (wide, high int) {
	t.Helper()
	text, err := os.ReadFile(svg)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), ` width="`)
	if n, err := fmt.Sscanf(rest, `%d" height="%d"`, &wide, &high); n != 2 {
		t.Fatalf("the size of %s: %v", svg, err)
	}
	return wide, high
}

func readPNG(t *testing.T, name string) image.Image {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	m, err := png.Decode(file)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return m
}

// apart is how far two pictures of one size are apart: on average, and in the
// mean colours of the block where they are the most unlike. A program may round
// the size of a picture up.
func apart(t *testing.T, a, b image.Image) (mean float64, worst int, at image.Point) {
	t.Helper()
	size, other := a.Bounds().Size(), b.Bounds().Size()
	if d := other.Sub(size); d.X < 0 || d.X > 1 || d.Y < 0 || d.Y > 1 {
		t.Fatalf("one is %v, the other %v", size, other)
	}
	sum := 0
	for y := 0; y+blockSize <= size.Y; y += blockSize {
		for x := 0; x+blockSize <= size.X; x += blockSize {
			pixels, colours := blockApart(a, b, image.Pt(x, y))
			if sum += pixels; colours > worst {
				worst, at = colours, image.Pt(x, y)
			}
		}
	}
	return float64(sum) / float64(3*size.X*size.Y), worst, at
}

// blockApart compares one block of two pictures: the sum of what their pixels
// are apart, and what the mean colours of the block are apart.
func blockApart(a, b image.Image, from image.Point) (pixels, colours int) {
	var sums [3]int
	for i := range blockSize * blockSize {
		at := from.Add(image.Pt(i%blockSize, i/blockSize))
		one, other := channels(a, at), channels(b, at)
		for c := range sums {
			sums[c] += one[c] - other[c]
			pixels += max(one[c]-other[c], other[c]-one[c])
		}
	}
	for _, s := range sums {
		colours = max(colours, s/(blockSize*blockSize), -s/(blockSize*blockSize))
	}
	return pixels, colours
}

// channels are red, green and blue of a pixel, counted from the picture's corner.
func channels(m image.Image, at image.Point) [3]int {
	r, g, b, _ := m.At(m.Bounds().Min.X+at.X, m.Bounds().Min.Y+at.Y).RGBA()
	return [3]int{int(r / 257), int(g / 257), int(b / 257)}
}

// Another map, and a map that lacks a shape, are no longer the same picture.
func TestApartTellsPicturesApart(t *testing.T) {
	one := image.NewRGBA(image.Rect(0, 0, 240, 240))
	draw := func(m *image.RGBA, r image.Rectangle) {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				m.SetRGBA(x, y, color.RGBA{30, 64, 175, 255})
			}
		}
	}
	draw(one, image.Rect(20, 20, 100, 40))
	moved, same := image.NewRGBA(one.Bounds()), image.NewRGBA(one.Bounds())
	draw(moved, image.Rect(23, 20, 103, 40))
	draw(same, image.Rect(20, 20, 100, 40))
	if _, worst, _ := apart(t, one, moved); worst <= mostWithoutWords {
		t.Errorf("a strip that has moved makes only %d", worst)
	}
	if mean, worst, _ := apart(t, one, same); mean != 0 || worst != 0 {
		t.Errorf("equal pictures are %f and %d apart", mean, worst)
	}
}
