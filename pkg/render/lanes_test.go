package render

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

func inLanes(g *corridor.Graph, kind string) *lanePlan {
	l := newLanePlan(g, Options{Lanes: kind})
	for _, step := range l.steps() {
		step()
	}
	return l
}

// busy gives the steps of a corridor what they have behind them, and what
// they hand over.
func busy(g *corridor.Graph) *corridor.Graph {
	names := []string{"", "Sales", "Customer relations and complaints", "پشتیبانی"}
	for i, t := range g.Journey.Touchpoints {
		for k := range (i + 2) % 4 {
			t.Backstage = append(t.Backstage, model.Backstage{By: name(names[(i+k)%4]),
				Does:  model.Text{Plain: []string{"Lay out the file", "مراجعة الطلب", "Pneumonoultramicroscopicsilicovolcanoconiosis", "x"}[(i+k)%4]},
				Takes: &source.Spanned[time.Duration]{Value: time.Duration(i) * 400 * time.Second}})
		}
		if i%3 == 0 {
			t.HandsOver = &model.HandOver{To: name([]string{"Sales", "nobody-known", "پشتیبانی"}[i%9/3]),
				What: []model.Name{name("birth-date"), name("a-name-that-is-far-longer-than-any-box-of-a-map-could-be")}[:i%9/3]}
		}
	}
	return g
}

func laneCorridors() []*corridor.Graph {
	var list []*corridor.Graph
	for i, g := range append(corridors(), manyOptions(), cases["paths-on-paths"](), generated(150)) {
		if i%2 == 0 {
			g = busy(g)
		}
		list = append(list, g)
	}
	return list
}

func TestEveryCorridorIsDrawnWellInLanes(t *testing.T) {
	for i, g := range laneCorridors() {
		for _, kind := range LaneKinds {
			t.Run(strconv.Itoa(i)+" "+kind.Name, func(t *testing.T) {
				l := inLanes(g, kind.Name)
				boxesStandApart(t, l.plan)
				textFits(t, l.plan)
				notesFit(t, l)
				boxesAreInTheirLanes(t, l)
				wiresAreClear(t, l)
				wiresMeetTheirEnds(t, l)
				allIsOnTheMap(t, l.scene())
			})
		}
	}
}

// A note is within its box's width, clear of all other boxes.
func notesFit(t *testing.T, l *lanePlan) {
	for i := range l.handOvers {
		n := &l.handOvers[i]
		b := &l.boxes[n.step]
		if l.widest(n.words, handOverFace) > b.size.X-2*handOverInset-handOverRoom-handOverPadding {
			t.Errorf("note of step %d: its words are wider than it: %q", n.step, n.words)
		}
		for j := range l.boxes {
			if (piece{Point{b.left(), b.bottom()}, Point{b.right(), b.bottom() + n.height()}}).meetsBox(&l.boxes[j], 0) && j != n.step {
				t.Errorf("the note of step %d stands on box %d", n.step, j)
			}
		}
	}
}

func boxesAreInTheirLanes(t *testing.T, l *lanePlan) {
	for i := range l.boxes {
		at := l.lanes[l.cells[i].lane]
		if b := &l.boxes[i]; b.top() < at.top || b.bottom() > at.bottom {
			t.Errorf("box %d leaves its lane %q", i, at.name)
		}
	}
	for _, at := range l.lanes {
		if Length(len(at.name))*labelLine > at.bottom-at.top || l.widest(at.name, laneFace) > l.labelWide-labelInset {
			t.Errorf("the name of a lane has no room: %q", at.name)
		}
	}
}

// ends are the boxes that a wire may touch.
func (l *lanePlan) ends(i int) []int {
	w := &l.wires[i]
	switch {
	case w.path < 0:
		return []int{w.box, len(l.graph.Steps) + i - l.firstTie()}
	case w.place < 0:
		return []int{w.box, w.box + 1}
	}
	return []int{w.box}
}

func wiresAreClear(t *testing.T, l *lanePlan) {
	for i := range l.wires {
		for _, s := range pieces(l.wires[i].points) {
			if s.from.X != s.to.X && s.from.Y != s.to.Y {
				t.Errorf("wire %d is slanted: %v", i, s)
			}
			for b := range l.boxes {
				keep := boxClearance
				for _, end := range l.ends(i) {
					if end == b {
						keep = 0
					}
				}
				if s.meetsBox(&l.boxes[b], keep) {
					t.Errorf("wire %d (%+v) meets box %d: %v", i, l.wires[i], b, l.boxes[b])
				}
			}
			wireIsApart(t, l, i, s)
		}
	}
}

// Lines that run along each other are 9 pixels apart at the least.
func wireIsApart(t *testing.T, l *lanePlan, i int, s piece) {
	lines := append([][]Point{}, l.endLines()[0], l.endLines()[1])
	for j := range i {
		lines = append(lines, l.wires[j].points)
	}
	for j, line := range lines {
		for _, o := range pieces(line) {
			if s.hugs(o, slotPitch) {
				t.Errorf("wire %d %+v lies on line %d: %v %v", i, l.wires[i], j-2, s, o)
			}
		}
	}
}

// A line begins and ends at the middle part of a side of its box, or on the
// line of its place, and its arrow has room on its axis.
func wiresMeetTheirEnds(t *testing.T, l *lanePlan) {
	for i := range l.wires {
		w := &l.wires[i]
		first, last := w.points[0], w.points[len(w.points)-1]
		for k, b := range l.ends(i) {
			at := first
			if k == 1 || w.entry {
				at = last
			}
			if !meetsSide(at, &l.boxes[b]) && w.path >= 0 {
				t.Errorf("wire %d misses box %d: %v %v", i, b, at, l.boxes[b])
			}
		}
		if w.place >= 0 {
			at := last
			if w.entry {
				at = first
			}
			if !l.onPlace(w.place, at) {
				t.Errorf("wire %d %+v misses the line of its place: %v", i, w, at)
			}
		}
		shapes := arrow(altLine, w.points)
		tip, wings, end := shapes[1].Points[0], shapes[1].Points[1:], shapes[0].Points[len(shapes[0].Points)-1]
		if tip.X != end.X && tip.Y != end.Y || end != (Point{(wings[0].X + wings[1].X) / 2, (wings[0].Y + wings[1].Y) / 2}) {
			t.Errorf("wire %d: the arrow is off its axis: %v %v", i, tip, end)
		}
		if n := len(w.points); distance(w.points[n-2], w.points[n-1]) < tipLength+Px {
			t.Errorf("wire %d: no room for its arrow: %v", i, w.points)
		}
	}
}

func meetsSide(at Point, b *box) bool {
	return (at.X == b.left() || at.X == b.right()) && abs(at.Y-b.middle().Y) <= b.size.Y/2
}

// onPlace reports whether a point touches the line on which a place lies.
func (l *lanePlan) onPlace(place int, at Point) bool {
	basic := l.graph.Paths[0]
	switch place {
	case basic.From:
		return touches(at, l.endLines()[0])
	case basic.To:
		return touches(at, l.endLines()[1])
	}
	for i := range l.wires {
		if w := &l.wires[i]; w.path >= 0 && w.place < 0 && l.graph.Steps[w.box].To == place {
			return touches(at, w.points)
		}
	}
	return false
}

// What a blueprint has behind a step stands under it, tied to it.
func TestActsHangUnderTheirSteps(t *testing.T) {
	seen := 0
	for _, g := range laneCorridors() {
		l := inLanes(g, "stage-depth")
		for k, a := range l.acts {
			seen++
			box, upper := &l.boxes[len(l.graph.Steps)+k], &l.boxes[a.after]
			if box.top() <= upper.bottom() || box.middle().X != l.boxes[a.step].middle().X {
				t.Errorf("act %d is not under its step: %v %v", k, *box, *upper)
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d acts", seen)
	}
}

// A journey of 300 touchpoints is placed in well under half a second. The
// bound is generous, for slow machines; the layout takes some 30 ms.
func TestLanesAreQuick(t *testing.T) {
	g := busy(generated(300))
	for _, kind := range LaneKinds {
		start := time.Now()
		inLanes(g, kind.Name)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s: %v", kind.Name, took)
		}
	}
}

func TestLanesAreNamed(t *testing.T) {
	g := coffee()
	for kind, want := range map[string]string{
		"department":  "Marketing Sales Logistics Support Customer",
		"channel":     "Social media Web E-mail Home visit Chat App Phone Word of mouth Visit Post Kiosk No channel",
		"stage-depth": "Customer actions Front stage",
		"":            "Marketing Sales Logistics Support Customer",
	} {
		var names []string
		for _, at := range inLanes(g, kind).lanes {
			names = append(names, strings.Join(at.name, " "))
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: lanes are %s, want %s", kind, got, want)
		}
	}
}

// laneCases are the corridors of testdata/lanes, and the kinds of lane in
// which each is drawn.
var laneCases = map[string]struct {
	build func() *corridor.Graph
	kinds []string
}{
	"coffee-machine": {coffee, []string{"department", "channel"}},
	"paths-on-paths": {cases["paths-on-paths"], []string{"department"}},
	"blueprint":      {blueprint, []string{"department", "stage-depth"}},
}

// blueprint is a counter in Arabic, with all that a blueprint can have.
func blueprint() *corridor.Graph {
	s := newSketch("ar", "تجديد رخصة القيادة")
	s.stage("الحاجة")
	letter := s.touch("وصول خطاب التذكير", "", "")
	s.stage("الخدمة")
	counter := s.touch("تقديم الطلب عند الشباك", "counter", "إدارة المرور وخدمات المركبات والسائقين")
	online := s.touch("تقديم الطلب على الموقع", "web", "الخدمات الرقمية")
	collect := s.touch("استلام الرخصة", "post", "البريد")
	s.basic(letter, counter, collect)
	s.staged(0, 1)
	s.path(model.Alternative, "online", 1, 2, online)
	s.path(model.Optional, "photo", 1, 1, s.touch("التقاط صورة", "kiosk", "البريد"))
	s.path(model.Alternative, "none", 2, 3)
	minutes := func(n int) *model.Duration { return &model.Duration{Value: time.Duration(n) * time.Minute} }
	counter.Backstage = []model.Backstage{
		{By: name("السجل"), Does: model.Text{Plain: "التحقق من المخالفات"}, Takes: minutes(90)},
		{By: counter.Owner, Does: model.Text{Plain: "مسح الوثائق"}, Takes: minutes(4)},
	}
	online.Backstage = []model.Backstage{{Does: model.Text{Plain: "فحص الصورة"}}}
	counter.HandsOver = &model.HandOver{To: name("البريد"), What: []model.Name{name("رقم-الطلب"), name("العنوان")}}
	s.Journey.Departments = append(s.Journey.Departments, &model.Department{Definition: define("السجل", "السجل المروري")})
	return s.done()
}

func TestLanesGolden(t *testing.T) {
	seen := 0
	golden.Run(t, "testdata/lanes/*.txtar", func(t *testing.T, a *golden.Archive) {
		seen++
		c, known := laneCases[strings.TrimPrefix(t.Name(), "TestLanesGolden/")]
		if !known {
			t.Fatal("no case has this name")
		}
		for _, kind := range c.kinds {
			a.Equal(kind+".svg", withoutFonts(drawLanes(t, c.build(), kind)))
		}
	})
	if seen != len(laneCases) {
		t.Errorf("%d archives for %d cases", seen, len(laneCases))
	}
}

func drawLanes(t testing.TB, g *corridor.Graph, kind string) []byte {
	t.Helper()
	scene, err := Layout(context.Background(), g, Options{View: "lanes", Lanes: kind}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := SVG(&b, scene); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A blueprint says where things happen, and for how long.
func TestBlueprint(t *testing.T) {
	l := inLanes(blueprint(), "stage-depth")
	var said []string
	for i, at := range l.lanes {
		said = append(said, strings.Join(at.lines, " / ")+" | "+strings.Join(at.name, " "))
		for b, c := range l.cells {
			if c.lane == i {
				said = append(said, strings.Join(append(l.boxes[b].name, l.boxes[b].channel...), " "))
			}
		}
	}
	want := []string{
		" | إجراءات العميل", "وصول خطاب التذكير",
		"خط التفاعل | أمام العميل", "تقديم الطلب عند الشباك الشباك", "استلام الرخصة البريد", "تقديم الطلب على الموقع الموقع الإلكتروني", "التقاط صورة جهاز الخدمة الذاتية", "يمكن تخطّيه",
		"خط الرؤية | خلف الكواليس", "مسح الوثائق ٤ دقائق", "فحص الصورة",
		"خط التفاعل الداخلي | العمليات المساندة", "التحقق من المخالفات ساعة واحدة و٣٠ دقيقة",
	}
	if got := strings.Join(said, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("the blueprint says\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

// Screen readers are told of the lane, of hand-overs and of what is behind.
func TestLanesAreSpoken(t *testing.T) {
	var labels []string
	for _, g := range inLanes(blueprint(), "stage-depth").scene().Groups {
		labels = append(labels, g.Label)
	}
	all := strings.Join(labels, "\n")
	for _, want := range []string{
		"الصف: أمام العميل\n",
		"الصف: أمام العميل. تسليم إلى قسم آخر: البريد: رقم الطلب، العنوان\n",
		"عمل خلف الكواليس: التحقق من المخالفات. ساعة واحدة و٣٠ دقيقة. السجل المروري\n",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("nothing says %q in\n%s", want, all)
		}
	}
}

// Tags in lanes stand on no line and no box.
func TestLaneTagsStandFree(t *testing.T) {
	seen := 0
	for i, g := range laneCorridors() {
		l := inLanes(g, "department")
		lines := l.wirePieces()
		for _, tag := range l.drawTags(lines).Shapes {
			seen++
			low, high := extent(tag)
			room := box{at: low, size: Point{high.X - low.X, high.Y - low.Y}}
			for _, s := range lines {
				if s.meetsBox(&room, 0) {
					t.Errorf("corridor %d: %q stands on a line", i, tag.Text)
				}
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d tags", seen)
	}
}

func TestDurationsAreWritten(t *testing.T) {
	for d, want := range map[time.Duration]string{
		90 * time.Second: "1 min 30 s", 3 * time.Minute: "3 min", 26 * time.Hour: "1 d 2 h", 49*time.Hour + 90*time.Minute: "2 d 2 h 30 min", 0: "",
	} {
		if got := wordsOf("en").short(d); got != want {
			t.Errorf("%v is written %q, want %q", d, got, want)
		}
	}
}

func BenchmarkLanes(b *testing.B) {
	for _, n := range []int{30, 300, 1000} {
		g := busy(generated(n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				scene, err := Layout(context.Background(), g, Options{View: "lanes", Lanes: "stage-depth"}, nil)
				if err != nil {
					b.Fatal(err)
				}
				if err := SVG(io.Discard, scene); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
