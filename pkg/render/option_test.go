package render

import (
	"strconv"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

func TestOptionsStandOut(t *testing.T) {
	list := append(corridors(), manyOptions())
	for i, g := range list {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			p := planned(g, Options{})
			optionsKeepApart(t, p)
			linesEndAtTheSpine(t, p)
			linesMeetTheirBoxes(t, p)
		})
	}
}

// manyOptions has four options of several lengths at one place, where
// alternatives come and go as well.
func manyOptions() *corridor.Graph {
	s := newSketch("en", "Many options")
	s.basic(s.touch("One", "", ""), s.touch("Two", "", ""), s.touch("Three", "", ""))
	for i := range 9 {
		s.path(model.Alternative, "a"+strconv.Itoa(i), i%2, 1+i%2, s.touch("Instead "+strconv.Itoa(i), "", ""))
	}
	for i := range 4 {
		s.path(model.Optional, "o"+strconv.Itoa(i), 1, 1, s.touch("Aside "+strconv.Itoa(i), "", ""))
	}
	s.path(model.Optional, "long", 1, 1, s.touch("Long 1", "", ""), s.touch("Long 2", "", ""))
	s.tag(10, 0.6, "")
	s.tag(11, 0.125, "Second thoughts")
	s.tag(12, 1, "Words that are far too long to stand above a box")
	return s.done()
}

// Dashed lines side by side can be told apart.
func optionsKeepApart(t *testing.T, p *plan) {
	for i := range p.edges {
		for j := range i {
			if !p.optional(i) || !p.optional(j) {
				continue
			}
			for _, a := range pieces(p.edges[i].points) {
				for _, b := range pieces(p.edges[j].points) {
					if a.hugs(b, 20*Px) {
						t.Errorf("options' edges %d and %d crowd: %v %v", j, i, a, b)
					}
				}
			}
		}
	}
}

// No line goes on as another one's on the other side of the spine.
func linesEndAtTheSpine(t *testing.T, p *plan) {
	y := p.startDot.Y
	var over, under []Length
	for i := range p.edges {
		for _, s := range pieces(p.edges[i].points) {
			if s.upright() && s.low().Y < y && s.high().Y >= y-2*tipGap {
				over = append(over, s.from.X)
			}
			if s.upright() && s.high().Y > y && s.low().Y <= y+2*tipGap && s.low().Y >= y-2*tipGap {
				under = append(under, s.from.X)
			}
		}
	}
	for _, a := range over {
		for _, b := range under {
			if abs(a-b) <= 2*Px {
				t.Errorf("a line below the spine continues one above it at x=%s", px(a))
			}
		}
	}
}

// A line that comes from or goes to a box meets its border, away from its
// corners; one that shares another's line meets that.
func linesMeetTheirBoxes(t *testing.T, p *plan) {
	for i := range p.edges {
		e := &p.edges[i]
		at, far := e.points[len(e.points)-1], e.points[0]
		if !e.entry {
			at, far = far, at
		}
		b := &p.boxes[p.end(e)]
		side := (at.X == b.left() || at.X == b.right()) && at.Y == b.middle().Y
		top := at.Y == b.top() && b.left()+12*Px <= at.X && at.X <= b.right()-12*Px
		if !side && !top {
			t.Errorf("edge %d misses its box: %v %v", i, at, *b)
		}
		if e.host >= 0 && !touches(far, p.edges[e.host].points) {
			t.Errorf("edge %d misses its host: %v %v", i, far, p.edges[e.host].points)
		}
	}
}

func touches(pt Point, line []Point) bool {
	for _, s := range pieces(line) {
		low, high := s.low(), s.high()
		if low.X-tipGap <= pt.X && pt.X <= high.X+tipGap && low.Y-tipGap <= pt.Y && pt.Y <= high.Y+tipGap {
			return true
		}
	}
	return false
}
