package render

import (
	"slices"
	"testing"
)

// Tags stand on no line, box, mark or other tag.
func TestTagsStandFree(t *testing.T) {
	seen := 0
	for i, g := range append(corridors(), manyOptions()) {
		p := planned(g, Options{})
		tags := p.drawTags(p.allLines()).Shapes
		seen += len(tags)
		lines := p.rowLines()
		for j := range p.edges {
			lines = append(lines, pieces(p.edges[j].points)...)
		}
		for j, tag := range tags {
			low, high := extent(tag)
			room := box{at: low, size: Point{high.X - low.X, high.Y - low.Y}}
			if slices.ContainsFunc(lines, func(s piece) bool { return s.meetsBox(&room, 0) }) {
				t.Errorf("corridor %d: %q stands on a line", i, tag.Text)
			}
			for _, b := range append(p.boxes, boxesOf(tags[:j])...) {
				if low.X < b.right() && b.left() < high.X && low.Y < b.top() && b.top() < high.Y {
					t.Errorf("corridor %d: %q stands on a box or tag", i, tag.Text)
				}
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d tags in all corridors", seen)
	}
}

func boxesOf(tags []Shape) []box {
	var list []box
	for _, tag := range tags {
		low, high := extent(tag)
		list = append(list, box{at: low, size: Point{high.X - low.X, high.Y - low.Y}})
	}
	return list
}

func TestPercent(t *testing.T) {
	for share, want := range map[float64][3]string{
		0.55: {"55%", "٥٥٪", "۵۵٪"}, 0.125: {"12.5%", "١٢٫٥٪", "۱۲٫۵٪"}, 0: {"0%", "٠٪", "۰٪"}, 1: {"100%", "١٠٠٪", "۱۰۰٪"}, 0.29: {"29%", "٢٩٪", "۲۹٪"},
	} {
		for i, language := range []string{"en", "ar", "fa"} {
			if got := wordsOf(language).percent(share); got != want[i] {
				t.Errorf("%v in %s: %s, want %s", share, language, got, want[i])
			}
		}
	}
}
