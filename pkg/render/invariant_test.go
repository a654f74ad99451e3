package render

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

func planned(g *corridor.Graph, o Options) *plan {
	p := newPlan(g, o)
	p.place()
	p.routeStraight()
	return p
}

// corridors are many shapes of corridor, small and crowded ones first.
func corridors() []*corridor.Graph {
	list := []*corridor.Graph{coffee(), random(1, 1, 0), random(2, 60, 20)}
	for seed := range uint64(120) {
		list = append(list, random(seed, 1+int(seed%9), int(seed%25)))
	}
	return list
}

func TestEveryCorridorIsDrawnWell(t *testing.T) {
	for i, g := range corridors() {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			p := planned(g, Options{})
			boxesStandApart(t, p)
			textFits(t, p)
			linesAreClear(t, p)
			arrowsAreStraight(t, p)
			allIsOnTheMap(t, p.scene())
		})
	}
}

func boxesStandApart(t *testing.T, p *plan) {
	for i := range p.boxes {
		for j := range i {
			a, b := &p.boxes[i], &p.boxes[j]
			if a.left() < b.right() && b.left() < a.right() && a.top() < b.bottom() && b.top() < a.bottom() {
				t.Errorf("boxes %d and %d overlap", j, i)
			}
		}
	}
}

func textFits(t *testing.T, p *plan) {
	for i := range p.boxes {
		b := &p.boxes[i]
		if p.widest(b.name, nameFace) > b.size.X-boxPadding && !b.skip {
			t.Errorf("box %d: a name is wider than its box: %q", i, b.name)
		}
		if p.widest(b.channel, channelFace) > b.size.X-boxPadding || p.widest(b.owner, ownerFace) > b.size.X-2*stripInset {
			t.Errorf("box %d: a channel or owner is wider than its box: %q %q", i, b.channel, b.owner)
		}
		if !b.skip && b.need() > b.size.Y {
			t.Errorf("box %d: its words are higher than it", i)
		}
	}
}

func linesAreClear(t *testing.T, p *plan) {
	for i := range p.edges {
		j := p.judge(i)
		for _, s := range pieces(p.edges[i].points) {
			if s.from.X != s.to.X && s.from.Y != s.to.Y {
				t.Errorf("edge %d is slanted: %v", i, s)
			}
			for b := range p.boxes {
				if s.meetsBox(&p.boxes[b], clearance(b == p.end(&p.edges[i]))) {
					t.Errorf("edge %d (%+v) meets box %d: %v", i, p.edges[i], b, p.boxes[b])
				}
			}
			for _, o := range j.others {
				if s.hugs(o.piece, o.keep) {
					t.Errorf("edge %d (path %d) lies on another line: %v %v", i, p.edges[i].path, s, o)
				}
			}
		}
	}
}

func arrowsAreStraight(t *testing.T, p *plan) {
	for i := range p.edges {
		shapes := arrow(altLine, p.edges[i].points)
		tip, wings, end := shapes[1].Points[0], shapes[1].Points[1:], shapes[0].Points[len(shapes[0].Points)-1]
		if tip.X != end.X && tip.Y != end.Y || end != (Point{(wings[0].X + wings[1].X) / 2, (wings[0].Y + wings[1].Y) / 2}) {
			t.Errorf("edge %d: the arrow is off its axis: %v %v", i, tip, end)
		}
		last := pieces(p.edges[i].points)
		if l := last[len(last)-1]; distance(l.from, l.to) < tipLength {
			t.Errorf("edge %d: no room for its arrow: %v", i, l)
		}
	}
}

func allIsOnTheMap(t *testing.T, s *Scene) {
	for _, g := range s.Groups {
		for _, shape := range g.Shapes {
			low, high := extent(shape)
			if low.X < 0 || low.Y < 0 || high.X > s.Width || high.Y > s.Height {
				t.Errorf("%s: a shape leaves the map of %d × %d: %v", g.ID, s.Width, s.Height, shape)
			}
		}
	}
}

func extent(s Shape) (low, high Point) {
	switch s.Kind {
	case Rectangle:
		return s.At, Point{s.At.X + s.Size.X, s.At.Y + s.Size.Y}
	case Circle:
		return Point{s.At.X - s.Radius, s.At.Y - s.Radius}, Point{s.At.X + s.Radius, s.At.Y + s.Radius}
	case Label:
		left := s.At.X
		if s.Anchor == Middle {
			left -= s.TextWide / 2
		}
		return Point{left, s.At.Y - s.Face.Size}, Point{left + s.TextWide, s.At.Y + s.Face.Size/3}
	}
	low, high = s.Points[0], s.Points[0]
	for _, pt := range s.Points {
		low = Point{min(low.X, pt.X), min(low.Y, pt.Y)}
		high = Point{max(high.X, pt.X), max(high.Y, pt.Y)}
	}
	return low, high
}

func TestSameCorridorSameBytes(t *testing.T) {
	for seed := range uint64(6) {
		first, second := draw(t, random(seed, 9, 14), nil), draw(t, random(seed, 9, 14), nil)
		if !bytes.Equal(first, second) {
			t.Errorf("corridor %d is drawn in two ways", seed)
		}
	}
}

func draw(t testing.TB, g *corridor.Graph, route Router) []byte {
	t.Helper()
	var b bytes.Buffer
	scene, err := Layout(context.Background(), g, Options{}, route)
	if err != nil {
		t.Fatal(err)
	}
	if err := SVG(&b, scene); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Right to left is the same scene with x mirrored, and nothing else.
func TestRightToLeftIsMirrored(t *testing.T) {
	scene, err := Layout(context.Background(), coffee(), Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	left := places(t, scene)
	scene.RightToLeft = true
	right := places(t, scene)
	if len(left) == 0 || len(left) != len(right) {
		t.Fatalf("%d shapes one way, %d the other", len(left), len(right))
	}
	for i := range left {
		if got := float64(scene.Width/Px) - left[i][0]; got != right[i][0] || left[i][1] != right[i][1] {
			t.Errorf("shape %d: %v is not the mirror image of %v", i, right[i], left[i])
		}
	}
}

// places reads the middles of all shapes that have one from a drawing.
func places(t *testing.T, s *Scene) [][2]float64 {
	var b bytes.Buffer
	if err := SVG(&b, s); err != nil {
		t.Fatal(err)
	}
	var list [][2]float64
	wellFormed(t, b.Bytes(), func(e xml.StartElement) {
		at := func(name string) float64 {
			for _, a := range e.Attr {
				if a.Name.Local == name {
					n, _ := strconv.ParseFloat(a.Value, 64)
					return n
				}
			}
			return 0
		}
		switch e.Name.Local {
		case "rect":
			list = append(list, [2]float64{at("x") + at("width")/2, at("y")})
		case "circle":
			list = append(list, [2]float64{at("cx"), at("cy")})
		case "text":
			list = append(list, [2]float64{at("x"), at("y")})
		}
	})
	return list
}

// wellFormed reads a drawing to its end and hands over its elements.
func wellFormed(t testing.TB, svg []byte, see func(xml.StartElement)) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
		if e, ok := token.(xml.StartElement); ok {
			see(e)
		}
	}
}

func TestLengthsAreWrittenExactly(t *testing.T) {
	for length, want := range map[Length]string{0: "0", Px: "1", Px / 2: "0.5", 1: "0.015625", -Px - Px/4: "-1.25", 100*Px + 3: "100.046875"} {
		if got := px(length); got != want {
			t.Errorf("px(%d) = %s, want %s", length, got, want)
		}
	}
}

func TestNumbersInTheDigitsOfTheLanguage(t *testing.T) {
	for language, want := range map[string]string{"en": "120", "ar": "١٢٠", "fa-IR": "۱۲۰", "ur": "۱۲۰", "de": "120"} {
		if got := number(120, wordsOf(language).Zero); got != want {
			t.Errorf("120 in %s = %s, want %s", language, got, want)
		}
	}
}

func TestDirectionOfMixedText(t *testing.T) {
	for _, c := range []struct {
		text        string
		mapped, rtl bool
	}{
		{"موقع (Website v2.1)", true, true}, {"SMS تأكيد", true, true}, {"Website (v2)", true, false},
		{"12", true, true}, {"Website", false, false}, {"موقع", false, true}, {"SMS تأكيد", false, false},
	} {
		if got := rightToLeft(c.text, c.mapped); got != c.rtl {
			t.Errorf("%q in a map of direction %v: %v", c.text, c.mapped, got)
		}
	}
}

// harmless holds a drawing to the elements and attributes that this package
// writes, and to what it may refer to: nothing but the fonts in it.
func harmless(t testing.TB, svg []byte) {
	t.Helper()
	harmlessShapes(t, svg)
	if style := styles.Find(svg); !onlyFonts.Match(style) {
		t.Fatalf("its style is %.300s", style)
	}
}

// harmlessShapes does so with what has no fonts of its own.
func harmlessShapes(t testing.TB, svg []byte) {
	t.Helper()
	const (
		elements   = " svg title desc style g rect circle path polygon text "
		attributes = " xmlns version width height viewBox lang direction font-family role aria-labelledby aria-describedby aria-label id x y cx cy r rx" +
			" d points fill stroke stroke-width stroke-dasharray font-size font-weight text-anchor "
	)
	wellFormed(t, svg, func(e xml.StartElement) {
		if !strings.Contains(elements, " "+e.Name.Local+" ") {
			t.Fatalf("element %s", e.Name.Local)
		}
		for _, a := range e.Attr {
			if !strings.Contains(attributes, " "+a.Name.Local+" ") {
				t.Fatalf("attribute %s of %s", a.Name.Local, e.Name.Local)
			}
			if spoken := a.Name.Local == "aria-label"; !spoken && strings.Contains(a.Value, "url(") {
				t.Fatalf("%s of %s refers to %q", a.Name.Local, e.Name.Local, a.Value)
			}
		}
	})
}

var (
	styles    = regexp.MustCompile(`(?s)<style>.*</style>`)
	onlyFonts = regexp.MustCompile(`^<style>\n(@font-face\{font-family:'Vazirmatn';font-weight:[47]00;src:url\(data:font/woff;base64,[A-Za-z0-9+/=]+\) format\('woff'\);unicode-range:[U+0-9A-F,-]+\}\n)*</style>$`)
)

// balanced reads DOT as far as its strings: outside them there is nothing
// but what this package writes.
func balanced(dot string) error {
	inside, outside := false, strings.Builder{}
	for i := 0; i < len(dot); i++ {
		switch {
		case inside && dot[i] == '\\':
			i++
		case dot[i] == '"':
			inside = !inside
		case !inside:
			outside.WriteByte(dot[i])
		case dot[i] == '\n':
			return fmt.Errorf("a string runs over the line")
		}
	}
	if inside || strings.ContainsAny(outside.String(), "<\\") || strings.Count(outside.String(), "{") != 1 {
		return fmt.Errorf("text outside of strings: %s", outside.String())
	}
	return nil
}
