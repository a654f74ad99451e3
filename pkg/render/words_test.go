package render

import (
	"math"
	"reflect"
	"strconv"
	"testing"

	"github.com/customer-corridor/corridor/pkg/model"
)

func TestEveryLanguageHasEveryWord(t *testing.T) {
	for _, w := range catalogue {
		v := reflect.ValueOf(w)
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("%s: no %s", w.Language, v.Type().Field(i).Name)
			}
		}
		for _, c := range model.BuiltInChannels {
			if w.Channels[c.ID.Value] == "" {
				t.Errorf("%s: no word for the channel %s", w.Language, c.ID.Value)
			}
		}
		for _, stage := range model.DefaultStages {
			if w.Stages[stage] == "" {
				t.Errorf("%s: no word for the stage %s", w.Language, stage)
			}
		}
	}
}

// WCAG 2.2, 1.4.3: text has a contrast of 4.5, and 1.4.11: marks one of 3.
func TestContrast(t *testing.T) {
	check := func(front, ground Color, least float64) {
		if got := contrast(t, front, ground); got < least {
			t.Errorf("%s on %s: contrast %.2f, want %.1f", front, ground, got, least)
		}
	}
	for _, ground := range append(append([]Color{}, owners...), chevrons...) {
		check(paper, ground, 4.5)
	}
	for _, ground := range []Color{paper, altFill} {
		check(ink, ground, 4.5)
		check(softInk, ground, 4.5)
	}
	check(altInk, paper, 4.5)
	check(optionInk, paper, 4.5)
	check(softInk, columnFill, 4.5)
	check(softInk, columnShade, 4.5)
	check(ink, momentFill, 4.5)
	for _, ground := range []Color{paper, columnFill, columnShade, bandFill} {
		for _, front := range []Color{ink, altInk, optionInk, bindingInk} {
			check(front, ground, 3)
		}
	}
}

func contrast(t *testing.T, a, b Color) float64 {
	light, dark := luminance(t, a), luminance(t, b)
	return (math.Max(light, dark) + 0.05) / (math.Min(light, dark) + 0.05)
}

func luminance(t *testing.T, c Color) float64 {
	n, err := strconv.ParseUint(string(c[1:]), 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	linear := func(v uint64) float64 {
		s := float64(v&0xFF) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n>>16) + 0.7152*linear(n>>8) + 0.0722*linear(n)
}
