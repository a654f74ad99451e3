package render

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/model"
)

func TestMeasuresInWords(t *testing.T) {
	for _, c := range []struct {
		language, op   string
		target, actual float64
		unit, want     string
		aim            aim
	}{
		{"en", ">=", 85, 81.5, "%", "rate, at least 85%, now 81.5%, missed", missed},
		{"en", ">=", 4.1, 4.1, "", "rate, at least 4.1, now 4.1", reached},
		{"en", "<=", 5400, 120, "s", "rate, at most 1 h 30 min, now 2 min", reached},
		{"en", "<", 86400, 90061, "s", "rate, less than 1 d, now 1 d 1 h 1 min 1 s, missed", missed},
		{"en", ">", 3, 3, "calls", "rate, more than 3 calls, now 3 calls, missed", missed},
		{"en", "=", 0, 0, "s", "rate, 0 s, now 0 s", reached},
		{"fa", "<=", 900, 1320, "s", "rate، حداکثر ۱۵ دقیقه، اکنون ۲۲ دقیقه، به هدف نرسیده", missed},
		{"ar", ">=", 90, 92.5, "%", "rate، لا يقل عن ٩٠٪، الآن ٩٢٫٥٪", reached},
	} {
		s := newSketch(c.language, "x")
		s.basic(s.touch("x", "", ""))
		p := newPlan(s.done(), Options{})
		m := measure("rate", c.op, c.target, c.actual, c.unit)
		if got := strings.Join(p.measureWords(m), p.words.Comma); got != c.want || aimOf(m) != c.aim {
			t.Errorf("%q (%d), want %q (%d)", got, aimOf(m), c.want, c.aim)
		}
	}
	other := measure("rate", ">=", 3, 3, "calls")
	other.Actual.Value.Unit = "%"
	if aimOf(other) != unknownAim || aimOf(model.Measure{}) != unknownAim {
		t.Error("units that differ, or no target, are compared")
	}
}

func TestLongListsAreCut(t *testing.T) {
	s := newSketch("en", "x")
	call := s.touch("Call", "", "")
	for range 5 {
		call.Measures = append(call.Measures, measure("rate", ">=", 85, 90, "%"))
		call.Exceptions = append(call.Exceptions, exception("Line busy"))
	}
	s.basic(call)
	p := planned(s.done(), Options{Details: true})
	b := &p.boxes[0]
	if len(b.details) != mostMeasures+1+mostMishaps+1 {
		t.Fatalf("%d details", len(b.details))
	}
	for at, want := range map[int]string{mostMeasures: "and 2 more", len(b.details) - 1: "and 3 more"} {
		if d := b.details[at]; d.mark != nil || len(d.lines) != 1 || d.lines[0].words != want {
			t.Errorf("detail %d is %v, want %q", at, d.lines, want)
		}
	}
	if got := strings.Count(p.speak(0), "Measure: rate"); got != 5 {
		t.Errorf("%d of 5 measures are told to those who do not see the map", got)
	}
	if calm := planned(s.Graph, Options{}); len(calm.boxes[0].details) > 0 || strings.Contains(calm.speak(0), "Measure") {
		t.Error("details are told unasked")
	}
}

// What a file says of measures, mishaps and customers becomes no markup.
func TestDetailsAreHarmless(t *testing.T) {
	for _, text := range []string{`"/><script>alert(1)</script>`, "\x00\x1b\ufffe]]>", "--><!-- \u202e", "", "مرحبا <b>"} {
		s := newSketch("ar", text)
		call, form := s.touch("call", "", ""), s.touch("form", "", "")
		for _, t := range []*model.Touchpoint{call, form} {
			t.Experience = scores("customer", 2.0, "company", 4.0, "deaf", 3.0)
			t.Measures = []model.Measure{measure(text, ">=", 1e300, -1, text), measure(text, text, 1e300, 0.1, "s")}
			t.Exceptions = []model.Exception{exception(text)}
			t.Exceptions[0].Reaction.Does.Plain, t.Exceptions[0].PreAction.Does.Plain = text, text
		}
		s.Journey.Customers = []*model.Customer{{Definition: define("deaf", text)}}
		s.basic(call)
		s.path(model.Alternative, "a", 0, 1, form)
		scene, err := Layout(context.Background(), s.done(), Options{View: "experience", Details: true}, nil)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := SVG(&b, scene); err != nil {
			t.Fatal(err)
		}
		harmless(t, b.Bytes())
		allIsOnTheMap(t, scene)
	}
}
