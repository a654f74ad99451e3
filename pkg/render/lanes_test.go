package render

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

func inLanes(g *corridor.Graph, kind string) *lanePlan {
	l := newLanePlan(g, Options{Lanes: kind})
	l.place()
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
	for i := range l.notes {
		n := &l.notes[i]
		b := &l.boxes[n.step]
		if l.widest(n.words, noteFace) > b.size.X-2*noteInset-noteMark-notePadding {
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
		"channel":     "social media web e-mail home visit chat app phone word of mouth visit post kiosk No channel",
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
