package render

import (
	"slices"

	"github.com/clipperhouse/displaywidth"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// em is the size of the embedded font in its own units. Lines are typeset in
// these, as whole numbers, and scaled when they are drawn.
const em = 2048

// glyph is one glyph of a line, placed.
type glyph struct {
	face int // the subset that it is of; none for a box in place of a character that no embedded font has
	id   font.GID
	x, y int // from the left end of the line and its base line, y upwards
	wide int // how far it moves the pen
	// says is what the glyph stands for, in the order in which it is read;
	// glyphs that are one with another say nothing.
	says        string
	rightToLeft bool // the direction in which it is read
}

// line is a line of text as it stands on the map, from left to right.
type line struct {
	glyphs []glyph
	wide   int
	lacks  []string // characters that no embedded font has
}

// typesetter chooses, joins and orders the glyphs of lines of text.
type typesetter struct{ *measurer }

// set typesets a line whose base direction is given.
func (t typesetter) set(text string, rightToLeft, bold bool) line {
	var l line
	runes := []rune(text)
	for _, run := range inSight(runs(runes, rightToLeft)) {
		pieces := t.byFace(runes, run, bold)
		if run.rightToLeft() {
			slices.Reverse(pieces)
		}
		for _, p := range pieces {
			l = t.add(l, runes, p, bold)
		}
	}
	return l
}

// textRun is a part of a text in one direction, as levels of Unicode's
// bidirectional algorithm, and in one face.
type textRun struct{ start, end, level, face int }

func (r textRun) rightToLeft() bool { return r.level%2 == 1 }

// runs cuts a text into parts of one level, in the order of reading.
func runs(text []rune, rightToLeft bool) []textRun {
	var list []textRun
	for i, level := range levels(text, rightToLeft) {
		if n := len(list); n > 0 && list[n-1].level == level {
			list[n-1].end = i + 1
			continue
		}
		list = append(list, textRun{i, i + 1, level, none})
	}
	return list
}

// inSight brings runs into the order in which they stand, from left to right.
func inSight(list []textRun) []textRun {
	for level := 2; level > 0; level-- {
		for i := 0; i < len(list); i++ {
			end := i
			for end < len(list) && list[end].level >= level {
				end++
			}
			slices.Reverse(list[i:end])
			i = max(i, end)
		}
	}
	return list
}

// byFace cuts a run where the face changes, as measuring does.
func (t typesetter) byFace(text []rune, run textRun, bold bool) []textRun {
	var list []textRun
	for start := run.start; start < run.end; {
		face, end := t.subsetOf(text[start], bold), start+1
		for end < run.end && t.subsetOf(text[end], bold) == face {
			end++
		}
		list = append(list, textRun{start, end, run.level, face})
		start = end
	}
	return list
}

// add appends a run to a line.
func (t typesetter) add(l line, text []rune, run textRun, bold bool) line {
	if run.face == none {
		return l.addBoxes(string(text[run.start:run.end]), run.rightToLeft())
	}
	input := t.input(text, run.start, run.end, run.face, Typeface{em * Px, bold})
	input.Direction = di.DirectionLTR
	if run.rightToLeft() {
		input.Direction = di.DirectionRTL
	}
	out := t.shaper.Shape(input)
	for i, g := range out.Glyphs {
		l.glyphs = append(l.glyphs, glyph{
			face: run.face, id: g.GlyphID, x: l.wide + units(g.XOffset), y: units(g.YOffset), wide: units(g.Advance),
			says: says(text, out.Glyphs, i), rightToLeft: run.rightToLeft(),
		})
		l.wide += units(g.Advance)
	}
	return l
}

func units(length fixed.Int26_6) int { return length.Round() }

// says returns the characters for which a glyph stands. Where characters and
// glyphs were mixed, the glyph that moves the pen most stands for all of them.
func says(text []rune, glyphs []shaping.Glyph, i int) string {
	g := glyphs[i]
	most := i
	for j, o := range glyphs {
		if o.TextIndex() == g.TextIndex() && (o.Advance > glyphs[most].Advance || o.Advance == glyphs[most].Advance && j < most) {
			most = j
		}
	}
	if most != i {
		return ""
	}
	return string(text[g.TextIndex() : g.TextIndex()+g.RunesCount()])
}

// addBoxes puts a box in the place of each character that no embedded font
// has, as wide as the space that was kept for it.
func (l line) addBoxes(text string, rightToLeft bool) line {
	var all []string
	clusters := displaywidth.StringGraphemes(text)
	for clusters.Next() {
		all = append(all, clusters.Value())
	}
	if rightToLeft {
		slices.Reverse(all)
	}
	for _, cluster := range all {
		wide := int(estimate(cluster, em))
		if wide > 0 {
			l.lacks = append(l.lacks, cluster)
		}
		l.glyphs = append(l.glyphs, glyph{face: none, x: l.wide, wide: wide, says: cluster, rightToLeft: rightToLeft})
		l.wide += wide
	}
	return l
}

// distinct leaves out what was there before.
func distinct(list []string) []string {
	var all []string
	seen := map[string]bool{}
	for _, text := range list {
		if !seen[text] {
			all = append(all, text)
		}
		seen[text] = true
	}
	return all
}

// corner returns where the upper left corner of a rectangle is drawn.
func (s *Scene) corner(rectangle Shape) Point {
	at := rectangle.At
	if s.RightToLeft {
		at.X = s.X(at.X + rectangle.Size.X)
	}
	return at
}

// left returns where a label that is so wide begins on the left, mirrored
// maps included.
func (s *Scene) left(label Shape, wide Length) Length {
	x := s.X(label.At.X)
	switch {
	case label.Anchor == Middle:
		return x - wide/2
	case s.RightToLeft:
		return x - wide
	}
	return x
}
