package render

import (
	"math"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

// A tag says, at the corner of the first box of a path, how many take the path
// and what it is called.

var tagFace = Typeface{10*Px + Px/2, true}

const (
	tagInset = 4 * Px // from the left of the box
	tagLift  = 5 * Px // from its top to the base line
	tagSpace = 2 * Px // around the words
)

// drawTags writes the tags that have room among the lines: what would stand
// on a line or a box is said shorter or left out.
func (p *plan) drawTags(lines []piece) Group {
	g := Group{ID: "shares"}
	for _, path := range p.graph.Paths[1:] {
		for _, words := range p.tags(path) {
			tag := p.tag(&p.boxes[path.First], words)
			if p.hasRoom(tag, path.First, lines) {
				g.Shapes = append(g.Shapes, tag)
				break
			}
		}
	}
	return g
}

// tags are the words for a path, the best first.
func (p *plan) tags(path corridor.Path) []string {
	if path.Def == nil {
		return nil
	}
	share := ""
	if path.Def.Share != nil {
		share = p.words.percent(path.Def.Share.Value)
	}
	name := ""
	if !path.Def.Name.Empty() && !p.boxes[path.First].skip {
		name = p.label(path.Def.Definition)
	}
	switch {
	case share != "" && name != "":
		return []string{share + " · " + name, share}
	case share+name != "":
		return []string{share + name}
	}
	return nil
}

func (p *plan) tag(b *box, words string) Shape {
	at := Point{b.left() + tagInset + b.numbered, b.top() - tagLift}
	if b.skip {
		at.X += tagInset
	}
	return p.text(words, tagFace, softInk, at, Start)
}

// hasRoom reports whether a tag is no wider than its box and stands on nothing.
func (p *plan) hasRoom(tag Shape, own int, lines []piece) bool {
	left, right := tag.At.X-tagSpace, tag.At.X+tag.TextWide+tagSpace
	top, bottom := tag.At.Y-tag.Face.Size-tagSpace, tag.At.Y+tagSpace
	if right > p.boxes[own].right()-p.marksWide(own) {
		return false
	}
	room := box{at: Point{left, top}, size: Point{right - left, bottom - top}}
	for i := range p.boxes {
		if i != own && (piece{p.boxes[i].at, Point{p.boxes[i].right(), p.boxes[i].bottom()}}).meetsBox(&room, 0) {
			return false
		}
	}
	for _, s := range lines {
		if s.meetsBox(&room, 0) {
			return false
		}
	}
	return true
}

// allLines are all lines of the map, in pieces.
func (p *plan) allLines() []piece {
	lines := p.rowLines()
	for i := range p.edges {
		lines = append(lines, pieces(p.edges[i].points)...)
	}
	return lines
}

// marksWide is how much of the top of a box its marks take.
func (p *plan) marksWide(i int) Length {
	places := p.corner(i)
	if len(places) == 0 {
		return 0
	}
	return p.boxes[i].right() - places[len(places)-1].X + cornerStep - 6*Px
}

// percent writes a share, to a tenth, as a language writes it.
func (w words) percent(share float64) string {
	tenths := int(math.Round(share * 1000))
	text := number(tenths/10, w.Zero)
	if rest := tenths % 10; rest > 0 {
		text += w.Point + number(rest, w.Zero)
	}
	return text + w.Percent
}
