package render

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

func paperNamed(t testing.TB, name string) *Paper {
	t.Helper()
	i := slices.IndexFunc(Papers, func(p Paper) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("there is no paper %q", name)
	}
	return &Papers[i]
}

// paged lays a corridor out for a page. Names are "" for none.
func paged(t testing.TB, g *corridor.Graph, page, tile string) *Scene {
	t.Helper()
	o := Options{Page: Page{Margin: DefaultMargin}}
	if page != "" {
		o.Page.Paper = paperNamed(t, page)
	}
	if tile != "" {
		o.Page.Tile = paperNamed(t, tile)
	}
	s, err := Layout(t.Context(), g, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The whole map is on the page, within its margin, and touches it on two
// sides.
func TestMapFitsItsPage(t *testing.T) {
	for _, p := range Papers {
		for name, build := range cases {
			plain, s := laidOut(t, build()), paged(t, build(), p.Name, "")
			allIsOnTheMap(t, s)
			if s.Paper != (Point{p.Width, p.Height}) {
				t.Fatalf("%s: the paper is %v", p.Name, s.Paper)
			}
			by := s.scale()
			free := func(whole, of Length) Length { return divide((whole-of)*by.of, 2*by.to) }
			across, down := free(s.Width, plain.Width), free(s.Height, plain.Height)
			margin := mm(DefaultMargin)
			if min(across, down) < margin-Px || min(across, down) > margin+Px {
				t.Errorf("%s on %s: margins of %d and %d, want %d", name, p.Name, across, down, margin)
			}
			if ratio := float64(s.Width) * float64(p.Height) / float64(s.Height) / float64(p.Width); ratio < 0.999 || ratio > 1.001 {
				t.Errorf("%s on %s is out of shape by %.4f", name, p.Name, ratio)
			}
		}
	}
}

func TestSizesOfPaper(t *testing.T) {
	for _, c := range []struct{ name, svg, pdf, png string }{
		{"a4", `width="297mm" height="210mm"`, "841.887 595.277", "1123 794"},
		{"a3-portrait", `width="297mm" height="420mm"`, "841.887 1190.555", "1123 1587"},
		{"a0", `width="1189mm" height="841mm"`, "3370.394 2383.937", "4494 3179"},
		{"letter", `width="279.4mm" height="215.9mm"`, "792 612", "1056 816"},
		{"tabloid", `width="431.8mm" height="279.4mm"`, "1224 792", "1632 1056"},
	} {
		s := paged(t, coffee(), c.name, "")
		var svg, picture bytes.Buffer
		if err := SVG(&svg, s); err != nil {
			t.Fatal(err)
		}
		view := fmt.Sprintf(` viewBox="0 0 %s %s"`, px(s.Width), px(s.Height))
		if !strings.Contains(svg.String(), c.svg+view) {
			t.Errorf("%s: the svg is %.200s", c.name, svg.String())
		}
		if box := mediaBoxes(read(t, printed(t, s))); len(box) != 1 || !near(t, box[0], c.pdf) {
			t.Errorf("%s: the pages are %q, want %s", c.name, box, c.pdf)
		}
		if _, err := PNG(t.Context(), &picture, s, 96); err != nil {
			t.Fatal(err)
		}
		size, err := png.DecodeConfig(&picture)
		if got := fmt.Sprint(size.Width, " ", size.Height); err != nil || got != c.png {
			t.Errorf("%s: the png has %s, want %s: %v", c.name, got, c.png, err)
		}
	}
}

// near compares sizes in points to a hundredth.
func near(t *testing.T, got, want string) bool {
	var a, b, x, y float64
	if _, err := fmt.Sscan(got+" "+want, &a, &b, &x, &y); err != nil {
		t.Fatal(err)
	}
	return max(a-x, x-a, b-y, y-b) < 0.01
}

var mediaBox = regexp.MustCompile(`/MediaBox\[0 0 (\S+ \S+)\]`)

// mediaBoxes are the sizes of the pages, in their order.
func mediaBoxes(d document) (boxes []string) {
	for i := 1; i <= len(d.objects); i++ {
		for _, m := range mediaBox.FindAllStringSubmatch(d.objects[i], -1) {
			boxes = append(boxes, m[1])
		}
	}
	return boxes
}

// Sheets cover the whole map, overlap, and come in the order of reading.
func TestSheetsCoverTheMap(t *testing.T) {
	for _, c := range []struct{ page, tile string }{{"", "a4"}, {"a2", "a4"}, {"a0", "letter-portrait"}, {"a4", "a4"}, {"a3-portrait", "tabloid"}} {
		for _, build := range []func() *corridor.Graph{coffee, cases["arabic"], cases["one-step"]} {
			s := paged(t, build(), c.page, c.tile)
			whole, paper := s.printed(), paperNamed(t, c.tile)
			room := Point{paper.Width - 2*mm(DefaultMargin), paper.Height - 2*mm(DefaultMargin)}
			first, last := s.Sheets[0], s.Sheets[len(s.Sheets)-1]
			if start, end := s.mirrorEnds(first, whole.X), s.mirrorEnds(last, whole.X); start[0] != 0 || first.From.Y != 0 || end[1] != whole.X || last.To.Y != whole.Y {
				t.Errorf("%v: the sheets begin at %v and end at %v", c, first.From, last.To)
			}
			for i, sheet := range s.Sheets {
				if part := (Point{sheet.To.X - sheet.From.X, sheet.To.Y - sheet.From.Y}); part.X > room.X || part.Y > room.Y || part.X <= 0 || part.Y <= 0 {
					t.Errorf("%v: sheet %d shows %v, and %v has room", c, i, part, room)
				}
				if i == 0 || sheet.From.Y != s.Sheets[i-1].From.Y {
					continue
				}
				before, here := s.mirrorEnds(s.Sheets[i-1], whole.X), s.mirrorEnds(sheet, whole.X)
				if before[1]-here[0] != mm(overlap) {
					t.Errorf("%v: sheets %d and %d overlap by %d", c, i-1, i, before[1]-here[0])
				}
			}
		}
	}
}

// mirrorEnds are the ends of a sheet's part in the order of reading.
func (s *Scene) mirrorEnds(sheet Sheet, whole Length) [2]Length {
	if s.RightToLeft {
		return [2]Length{whole - sheet.To.X, whole - sheet.From.X}
	}
	return [2]Length{sheet.From.X, sheet.To.X}
}

func TestSheetsAreLabelled(t *testing.T) {
	for language, want := range map[string]string{
		"en": "Row 2 of 3, sheet 4 of 12", "ar": "الصف ٢ من ٣، الورقة ٤ من ١٢", "fa": "ردیف ۲ از ۳، برگهٔ ۴ از ۱۲",
	} {
		if got := wordsOf(language).sheet(1, 3, 3, 12); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
	s := paged(t, coffee(), "a3", "a4")
	for i, sheet := range s.Sheets {
		texts := labels(sheet.Marks)
		if len(texts) != 1 || texts[0].Text != s.Title+" · "+sheet.Label {
			t.Errorf("sheet %d says %v", i, texts)
		}
		allIsOnTheMap(t, sheet.Marks)
	}
}

func TestTooManySheets(t *testing.T) {
	_, err := Layout(t.Context(), generated(300), Options{Page: Page{Paper: paperNamed(t, "a0"), Tile: &Paper{"card", mm(60), mm(50)}, Margin: 10}}, nil)
	var many *SheetsError
	if !errors.As(err, &many) || many.Rows*many.Columns <= maxSheets {
		t.Errorf("got %v", err)
	}
}

// A file of sheets has a page for each, and tells what is on it.
func TestPDFOfSheets(t *testing.T) {
	for _, g := range []*corridor.Graph{coffee(), cases["arabic"]()} {
		s := paged(t, g, "a2", "a4")
		d := read(t, printed(t, s))
		boxes := mediaBoxes(d)
		if len(boxes) != len(s.Sheets) || len(boxes) < 4 {
			t.Fatalf("%d pages for %d sheets", len(boxes), len(s.Sheets))
		}
		for i, box := range boxes {
			if !near(t, box, "841.887 595.277") {
				t.Errorf("page %d is %s", i, box)
			}
		}
		var told []string
		for i := 1; i <= len(d.objects); i++ {
			for _, m := range regexp.MustCompile(`/Alt<FEFF([0-9A-F]*)>`).FindAllStringSubmatch(d.objects[i], -1) {
				told = append(told, decoded(t, m[1]))
			}
		}
		for i, sheet := range s.Sheets {
			want := sheet.Label
			if i == 0 {
				want += ". " + s.Description
			}
			if told[i] != want {
				t.Errorf("page %d tells %q, want %q", i, told[i], want)
			}
		}
	}
}

// Another program reads the pages of sheets, and finds each step on one.
func TestOtherProgramsReadSheets(t *testing.T) {
	for _, program := range []string{"pdfinfo", "pdftotext"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("there is no %s on this machine", program)
		}
	}
	s := paged(t, coffee(), "a2", "a4")
	file := filepath.Join(t.TempDir(), "sheets.pdf")
	if err := os.WriteFile(file, printed(t, s), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdfinfo", file).CombinedOutput()
	if err != nil || !regexp.MustCompile(fmt.Sprintf(`(?m)^Pages: +%d$`, len(s.Sheets))).Match(out) || !strings.Contains(string(out), "(A4)") {
		t.Errorf("pdfinfo: %v: %s", err, out)
	}
	out, err = exec.Command("pdftotext", file, "-").Output()
	if err != nil || !strings.Contains(string(out), "Row 1 of ") || !strings.Contains(string(out), "advert") {
		t.Errorf("pdftotext: %v: %s", err, out)
	}
}

// Words that are too small on their page are told of, with the least page on
// which they are not.
func TestSmallWords(t *testing.T) {
	for _, c := range []struct{ page, larger string }{{"a4", "a2"}, {"a4-portrait", "a0-portrait"}, {"a1", ""}, {"a0", ""}} {
		text, small := smallOn(t, c.page)
		if small != (c.larger != "") || text.Page != c.larger {
			t.Errorf("%s: %v, want %q", c.page, text, c.larger)
			continue
		}
		s := paged(t, coffee(), c.page, "")
		if got := float64(s.smallest()) / 64 * 0.75 * float64(s.Paper.X) / float64(s.Width); small && int(got*10) != text.Tenths {
			t.Errorf("%s: %v, and it is %.2f points", c.page, text, got)
		}
		if _, still := smallOn(t, c.larger); c.larger != "" && still {
			t.Errorf("on %s they are too small still", c.larger)
		}
	}
}

// smallOn returns what is told of the words on a page.
func smallOn(t *testing.T, page string) (text SmallText, small bool) {
	t.Helper()
	if page == "" {
		return text, false
	}
	o := Options{Page: Page{Paper: paperNamed(t, page), Margin: DefaultMargin}, Small: func(s SmallText) { text, small = s, true }}
	if _, err := Layout(t.Context(), coffee(), o, nil); err != nil {
		t.Fatal(err)
	}
	return text, small
}
