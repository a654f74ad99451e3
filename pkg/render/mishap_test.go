package render

import (
	"strconv"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// exception is a mishap with a reaction and a pre-action.
func exception(label string) model.Exception {
	return model.Exception{
		Definition: define(label, label), Chance: &source.Spanned[float64]{Value: 0.125},
		Reaction:  &model.Reaction{Does: model.Text{Plain: "Call back within the hour"}},
		PreAction: &model.PreAction{Does: model.Text{Plain: "Publish the quiet hours"}},
	}
}

// marked gives every touchpoint of a corridor all the marks that there are.
func marked(g *corridor.Graph) *corridor.Graph {
	for _, t := range g.Journey.Touchpoints {
		t.MomentOfTruth.Value, t.Binding.Value = true, true
		t.Exceptions = []model.Exception{exception("Line busy")}
	}
	return g
}

func TestMarksStandApart(t *testing.T) {
	for i, g := range append(corridors(), manyOptions()) {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			p := planned(marked(g), Options{})
			for i := range p.boxes {
				if !p.boxes[i].skip {
					marksStandApart(t, p, i)
				}
			}
			allIsOnTheMap(t, p.scene())
		})
	}
}

// marksStandApart holds the marks of a box, 18 px wide with a line of 1 px
// around them, to where they touch nothing.
func marksStandApart(t *testing.T, p *plan, i int) {
	b, places := &p.boxes[i], p.corner(i)
	if len(places) != 3 {
		t.Fatalf("box %d has %d marks", i, len(places))
	}
	edge := b.left()
	if p.graph.Steps[i].Path == 0 {
		number := p.drawNumber(b, i+1)[0]
		edge = number.At.X + number.Size.X
	}
	for n, at := range places {
		if at.X-10*Px < edge || n > 0 && places[n-1].X-at.X < 20*Px {
			t.Errorf("box %d: mark %d stands on its number or on another mark: %v", i, n, places)
		}
	}
	lines := p.linesFromAbove(i)
	for _, at := range places {
		for _, x := range lines {
			if len(lines) <= 2 && abs(x-at.X) < 10*Px {
				t.Errorf("box %d: a mark stands on a line at %d: %v", i, x, places)
			}
		}
	}
}

func TestMishapsAreTold(t *testing.T) {
	s := newSketch("en", "Call")
	call, wait, end := s.touch("Call", "phone", ""), s.touch("Wait", "", ""), s.touch("End", "", "")
	lost := exception("Nobody answers")
	lost.Reaction, lost.PreAction = nil, nil
	call.Exceptions = []model.Exception{exception("Line busy")}
	wait.Exceptions = []model.Exception{exception("Line busy"), lost}
	s.basic(call, wait, end)
	p := planned(s.done(), Options{})
	for i, want := range []string{
		"Step 1: Call. Channel: phone. Mishap: Line busy (12.5%), Reaction: Call back within the hour, Pre-action: Publish the quiet hours",
		"Step 2: Wait. Mishap: Line busy (12.5%), Reaction: Call back within the hour, Pre-action: Publish the quiet hours. Mishap: Nobody answers (12.5%), no reaction",
		"Step 3: End",
	} {
		if got := p.speak(i); got != want {
			t.Errorf("step %d says %q, want %q", i+1, got, want)
		}
	}
	svg := string(draw(t, s.Graph, nil))
	for _, words := range []string{">Mishap with a reaction<", ">Mishap without a reaction<"} {
		if strings.Count(svg, words) != 1 {
			t.Errorf("the legend does not say %s", words)
		}
	}
}
