package render

import (
	"math"
	"strconv"
	"testing"
)

// WCAG 2.2, 1.4.3: text has a contrast of 4.5, and 1.4.11: marks one of 3.
func TestContrast(t *testing.T) {
	for _, theme := range Themes {
		t.Run(theme.Name, func(t *testing.T) { testContrast(t, theme) })
	}
}

func testContrast(t *testing.T, theme *Theme) {
	check := func(least float64, front Role, grounds ...Role) {
		for _, ground := range grounds {
			a, b := theme.Color(front), theme.Color(ground)
			if a == "" || b == "" {
				t.Fatalf("%s or %s has no colour", front, ground)
			}
			if got := contrast(t, a, b); got < least {
				t.Errorf("%s on %s: contrast %.2f, want %.1f", front, ground, got, least)
			}
		}
	}
	for i := range ownerColors {
		check(4.5, ownerText, ownerColor(i))
	}
	for i := range chevronShades {
		check(4.5, chevronText, chevron(i, chevronShades))
	}
	check(4.5, inverse, ink)
	check(4.5, ink, paper, card, cardAlt, columnFill, columnShade)
	check(4.5, softInk, paper, card, cardAlt, columnFill, columnShade)
	check(4.5, altInk, paper, card)
	check(4.5, optionInk, paper, card)
	check(4.5, momentInk, momentFill)
	for _, front := range []Role{customerInk, companyInk, alarmInk} {
		check(4.5, front, paper, card, cardAlt, columnFill, columnShade, apartFill)
	}
	for _, front := range []Role{mishapInk, alarmInk} {
		check(4.5, front, paper, card, cardAlt)
	}
	check(4.5, ink, accessOpen, accessNone)
	check(4.5, accessWarnInk, accessWarn, accessPart)
	check(3, accessOpenInk, accessOpen, paper, columnFill, columnShade)
	check(3, accessDoor, paper, columnFill, columnShade, accessOpen)
	check(3, accessDoorInk, accessDoor)
	check(3, accessClosedInk, accessClosed)
	check(3, accessNoneInk, accessNone)
	check(4.5, closedInk, paper, card, cardAlt)
	check(4.5, repairInk, paper, card, cardAlt)
	check(4.5, inverse, closedInk, wayInk)
	check(3, wayInk, bandFill, columnFill, columnShade, card, cardAlt)
	check(3, repairInk, bandFill, columnFill, columnShade)
	check(3, paleInk, paper, columnFill)
	for _, front := range []Role{ink, altInk, optionInk, bindingInk} {
		check(3, front, paper, columnFill, columnShade, bandFill)
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
	return 0.2126*linear(uint8(n>>16)) + 0.7152*linear(uint8(n>>8)) + 0.0722*linear(uint8(n))
}

// linear undoes the gamma of sRGB.
func linear(v uint8) float64 {
	s := float64(v) / 255
	if s <= 0.04045 {
		return s / 12.92
	}
	return math.Pow((s+0.055)/1.055, 2.4)
}
