package render

import (
	"slices"
	"testing"
)

// Wherever two lines cross, the earlier is broken, and nowhere else.
func TestCrossingsAreBridged(t *testing.T) {
	for i, g := range corridors() {
		p := planned(g, Options{})
		b := bridger{plan: p, ground: p.groundAt}
		bridges := 0
		for path := range g.Paths {
			for _, s := range b.drawLines(path).Shapes {
				if s.Kind == Line && (s.Stroke == bandFill || s.Stroke == columnFill || s.Stroke == columnShade || s.Stroke == paper) {
					bridges++
				}
			}
		}
		crossings := 0
		drawn := slices.Concat(b.upright, b.level)
		for j, s := range drawn {
			for _, o := range drawn[:j] {
				if s.crosses(o) {
					crossings++
				}
			}
		}
		if bridges != crossings {
			t.Errorf("corridor %d: %d bridges for %d crossings", i, bridges, crossings)
		}
	}
}
