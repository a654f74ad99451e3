package render

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/internal/gen"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/model"
)

func accessScene(t testing.TB, g *corridor.Graph, o Options) *Scene {
	t.Helper()
	o.View = "access"
	s, err := Layout(context.Background(), g, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func matrixOf(t testing.TB, g *corridor.Graph, o Options) string {
	t.Helper()
	var b strings.Builder
	if err := Matrix(context.Background(), &b, g, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Each archive holds a journey, and may hold a question: a moment in minutes,
// and a touchpoint that is out.
func TestAccessGolden(t *testing.T) {
	golden.Run(t, "testdata/access/*.txtar", func(t *testing.T, a *golden.Archive) {
		text, _ := a.Input("journey.yaml")
		var o Options
		if asked, ok := a.Input("ask"); ok {
			var moment int
			var out string
			if n, err := fmt.Sscan(string(asked), &moment, &out); n != 2 {
				t.Fatal(err)
			}
			o.Ask = Question{Moment: &moment, Without: []access.Outage{{Kind: "touchpoint", ID: out}}}
		}
		g := written(t, string(text))
		var svg bytes.Buffer
		if err := SVG(&svg, accessScene(t, g, o)); err != nil {
			t.Fatal(err)
		}
		a.Equal("map.svg", withoutFonts(svg.Bytes()))
		a.Equal("matrix.txt", []byte(matrixOf(t, g, o)))
	})
}

// grids are corridors of many sizes and languages.
func grids(t testing.TB) map[string]*corridor.Graph {
	all := map[string]*corridor.Graph{}
	for i, shape := range []gen.Shape{
		{Steps: 1, Customers: 1, Needs: 1},
		{Steps: 8, Customers: 3, Needs: 2, Hours: 3, Barriers: 30},
		{Steps: 14, Customers: 13, Needs: 1, Items: 2, Hours: 3, Barriers: 60},
		{Steps: 60, Customers: 8, Needs: 2, Items: 5, Hours: 5, Barriers: 30},
		{Steps: 130, Customers: 40, Needs: 1, Items: 5, Hours: 5, Barriers: 50},
	} {
		for _, language := range []string{"en", "ar", "fa"} {
			g, _ := corridor.Build(gen.Corridor(uint64(i), shape))
			g.Journey.Language = language
			if needs := g.Journey.Needs; len(needs) > 0 && needs[0].Within == nil {
				needs[0].Within = &model.Duration{Value: time.Hour}
			}
			all[language+strconv.Itoa(i)] = g
		}
	}
	all["long words"] = written(t, longWords)
	return all
}

const longWords = `corridor: 1
title: Pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcanoconiosis
language: en
stages: [{s: Pneumonoultramicroscopicsilicovolcanoconiosis and more}]
customers: {c: {name: Pneumonoultramicroscopicsilicovolcanoconiosis who visits us (زيارة الموقع) 訪問する}}
needs: {n: {name: Pneumonoultramicroscopicsilicovolcanoconiosis, within: 100d}}
touchpoints: {a: {name: Pneumonoultramicroscopicsilicovolcanoconiosis, stage: s, takes: 123d}, b: {name: 訪問する訪問する訪問する訪問する訪問する, stage: s}}
paths: {basic: [a], alternative: {x: {name: Pneumonoultramicroscopicsilicovolcanoconiosis, instead-of: a, steps: [b]}}}
`

// Words stand on no words, and everything is on the map.
func TestEveryGridIsDrawnWell(t *testing.T) {
	for about, g := range grids(t) {
		t.Run(about, func(t *testing.T) {
			moment := 600
			for _, o := range []Options{{}, {Ask: Question{Moment: &moment}}} {
				s := accessScene(t, g, o)
				allIsOnTheMap(t, s)
				labelsStandApart(t, s)
				idsAreUnique(t, s)
			}
		})
	}
}

func labelsStandApart(t *testing.T, s *Scene) {
	t.Helper()
	type place struct {
		low, high Point
		text      string
	}
	rows := map[Length][]place{} // by bands of the map
	for _, g := range s.Groups {
		for _, shape := range g.Shapes {
			if shape.Kind != Label {
				continue
			}
			low, high := extent(shape)
			low.Y, high.Y = shape.At.Y-shape.Face.Size*7/10, shape.At.Y+shape.Face.Size/5
			for y := low.Y / (20 * Px); y <= high.Y/(20*Px); y++ {
				for _, o := range rows[y] {
					if low.X < o.high.X && o.low.X < high.X && low.Y < o.high.Y && o.low.Y < high.Y {
						t.Errorf("%q stands on %q", shape.Text, o.text)
					}
				}
				rows[y] = append(rows[y], place{low, high, shape.Text})
			}
		}
	}
}

func idsAreUnique(t *testing.T, s *Scene) {
	t.Helper()
	seen := map[string]bool{}
	for _, g := range s.Groups {
		if g.ID != "" && seen[g.ID] {
			t.Errorf("two groups are called %s", g.ID)
		}
		seen[g.ID] = true
	}
}

// Cells stay in their rows and columns: marks and names of columns do not
// reach into the next one.
func TestMarksStayInTheirCells(t *testing.T) {
	at := Point{100 * Px, 100 * Px}
	for m := range mark(countMarks) {
		for _, s := range drawMark(m, at) {
			low, high := extent(s)
			if low.X < at.X-markSize/2 || low.Y < at.Y-markSize/2 || high.X > at.X+markSize/2 || high.Y > at.Y+markSize/2 {
				t.Errorf("mark %s leaves its square: %v %v", textMarks[m], low, high)
			}
		}
	}
	for about, g := range grids(t) {
		a := &accessPlan{plan: newPlan(g, Options{}), told: gridOf(t, g, Question{})}
		a.findSizes()
		a.findBands()
		steps := 0
		for k, b := range a.bands {
			for i, group := range b.groups {
				steps += group.end - group.first
				if i > 0 && b.x[i] != b.x[i-1]+a.wideOf(&b, i-1)+groupGap {
					t.Errorf("%s: group %d of band %d is not beside the one before it", about, i, k)
				}
				if w := a.widest(a.groupLines(group, a.wideOf(&b, i)), groupFace); w > a.wideOf(&b, i) {
					t.Errorf("%s: the name of a group is wider than it", about)
				}
				for s := group.first; s < group.end && a.wide; s++ {
					if w := a.widest(a.columnName(s), columnFace); w > a.column {
						t.Errorf("%s: the name of step %d is wider than its column", about, s)
					}
				}
			}
			if b.last != (k == len(a.bands)-1) {
				t.Errorf("%s: the results stand after band %d", about, k)
			}
		}
		if steps != len(g.Steps) {
			t.Errorf("%s: %d columns for %d steps", about, steps, len(g.Steps))
		}
	}
}

func TestRowsAreToldInWords(t *testing.T) {
	g := written(t, marksHead+"needs: {n: {name: Need, within: 1d}}\npaths: {basic: [a, b, c]}")
	s := accessScene(t, g, Options{})
	var says []string
	for _, group := range s.Groups {
		says = append(says, group.Label)
	}
	all := strings.Join(says, "\n")
	for _, want := range []string{
		"Access score: 50%", "Some, 50%. Need: closed. closed door that stops them: B. cannot be reached: C. on the fastest way, or the way to the door: A",
		"All, 50%. Need: gets through, 11 min, In time: 100%. single way: no other leads through: A, B, C",
		"Need · within 1 d – All: In time: 100%. Mon–Sun: 00–24 deadline kept", "Need · within 1 d – Some: closed at every hour",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("nobody says %q:\n%s", want, all)
		}
	}
	if want := "Access score: 50%. Need · within 1 d – All: gets through, 11 min, In time: 100%; Some: closed."; s.Description != want {
		t.Errorf("described as %q, want %q", s.Description, want)
	}
}

func TestNothingToTell(t *testing.T) {
	for _, c := range []struct {
		shape gen.Shape
		want  string
	}{
		{gen.Shape{Steps: 6, Needs: 1}, "names no customers"},
		{gen.Shape{Steps: 6, Customers: 1}, "names no needs"},
		{gen.Shape{Steps: 6, Customers: 1, Needs: 1}, "no customer has this need"},
	} {
		g, found := corridor.Build(gen.Corridor(1, c.shape))
		if g == nil {
			t.Fatal(found)
		}
		o := Options{Ask: Question{Customer: "d", Need: "n"}}
		s := accessScene(t, g, o)
		allIsOnTheMap(t, s)
		if !strings.Contains(s.Description, c.want) || !strings.Contains(matrixOf(t, g, o), c.want) {
			t.Errorf("nobody says %q: %s", c.want, s.Description)
		}
	}
	for _, g := range []*corridor.Graph{nil, {}} {
		if err := Matrix(context.Background(), &strings.Builder{}, g, Options{}); err != ErrNoPath {
			t.Error(err)
		}
	}
}

// Where a limit was reached, the row and the key say so, also of who is late.
func TestALimitIsTold(t *testing.T) {
	g := written(t, marksHead+"needs: {n: {within: 5m}}\npaths: {basic: [a, b, c]}")
	a := &accessPlan{plan: newPlan(g, Options{}), told: gridOf(t, g, Question{})}
	if len(a.key()) == 0 || a.noteOf(&a.told.blocks[0].rows[0]) != "late" {
		t.Error("it is not late")
	}
	before := len(a.key())
	for i := range a.told.blocks[0].rows {
		a.told.blocks[0].rows[i].bound = true
	}
	a.told.bound = true
	if late, stopped := a.noteOf(&a.told.blocks[0].rows[0]), a.noteOf(&a.told.blocks[0].rows[1]); late != "late ?" || stopped != "?" {
		t.Errorf("noted %q and %q", late, stopped)
	}
	if len(a.key()) != before+1 {
		t.Error("the key does not explain the limit")
	}
}

// What a file says is text on the map, whatever it looks like.
func TestAccessIsHarmless(t *testing.T) {
	hostile := `</title><script>alert(1)</script>" onload="x`
	g := written(t, marksHead+"needs: {n: {within: 5m}}\npaths: {basic: [a, b, c], alternative: {x: {instead-of: b, steps: [d]}}}")
	g.Journey.Document.Title.Plain = hostile
	for _, c := range g.Journey.Customers {
		c.Name.Plain = hostile
	}
	for _, p := range g.Journey.Touchpoints {
		p.Name.Plain = hostile
	}
	g.Journey.Needs[0].Name.Plain = hostile
	var svg bytes.Buffer
	if err := SVG(&svg, accessScene(t, g, Options{})); err != nil {
		t.Fatal(err)
	}
	harmless(t, svg.Bytes())
	// A corridor without customers, made by hand.
	if s := accessScene(t, coffee(), Options{}); !strings.Contains(s.Description, "names no customers") {
		t.Error(s.Description)
	}
}

func TestAssumptionsAreTold(t *testing.T) {
	g := written(t, marksHead+`channels: {desk: {name: The desk}}
departments: {post: {name: The post}}
needs: {n: {within: 5m}}
paths: {basic: [a, b, c]}`)
	moment := 1440 + 8*60 + 5
	o := Options{Ask: Question{Moment: &moment, Without: []access.Outage{
		{Kind: "touchpoint", ID: "d"}, {Kind: "channel", ID: "desk"}, {Kind: "department", ID: "post"}, {Kind: "capability", ID: "car"}}}}
	for language, want := range map[string][]string{
		"en": {"Assumed to be out: D, the channel The desk, the department The post, car", "The need arises on Tue 08:05"},
		"fa": {"با فرض از کار افتادن: D، کانال The desk، بخش The post، توانایی car", "زمان پیدایش نیاز: سه‌شنبه ۰۸:۰۵"},
	} {
		o.Language = language
		text, s := matrixOf(t, g, o), accessScene(t, g, o)
		for _, w := range want {
			if !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(text, toLeft, "")), " "), w) || !strings.Contains(s.Description, w) {
				t.Errorf("nobody says %q:\n%s\n%s", w, text, s.Description)
			}
		}
	}
}

func TestAccessIsTheSameEveryTime(t *testing.T) {
	for about, g := range grids(t) {
		var first, second bytes.Buffer
		if err := SVG(&first, accessScene(t, g, Options{})); err != nil {
			t.Fatal(err)
		}
		if err := SVG(&second, accessScene(t, g, Options{})); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) || matrixOf(t, g, Options{}) != matrixOf(t, g, Options{}) {
			t.Errorf("%s is drawn in two ways", about)
		}
	}
}

// 200 customers and 300 steps take well under a second; the test allows for a
// busy machine.
func TestALargeGridIsDrawnSoon(t *testing.T) {
	g, _ := corridor.Build(gen.Corridor(3, gen.Shape{Steps: 300, Customers: 200, Needs: 3, Items: 10, Hours: 6, Barriers: 40}))
	began := time.Now()
	s := accessScene(t, g, Options{})
	if text := matrixOf(t, g, Options{}); len(text) == 0 || len(s.Groups) == 0 {
		t.Error("nothing is drawn")
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}
