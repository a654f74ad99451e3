package render

import (
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// box is one step on the map: what stands in it, and, once placed, where.
type box struct {
	at, size Point
	name     []string
	channel  []string
	owner    []string
	color    Role // of the owner's strip
	moment   bool
	binding  bool
	care     care
	details  []detail
	scores   []score // where the map tells them in the box
	skip     bool    // an empty way: words on a line, no frame
	folds    bool    // it stands for several steps

	told []noteLine // of who is met here, with an overlay
	met  int        // further marks at its corner, with an overlay
	// numbered is how much of its top the number of the way takes.
	numbered Length
}

func (b *box) left() Length   { return b.at.X }
func (b *box) right() Length  { return b.at.X + b.size.X }
func (b *box) top() Length    { return b.at.Y }
func (b *box) bottom() Length { return b.at.Y + b.size.Y }
func (b *box) middle() Point {
	return Point{b.at.X + b.size.X/2, b.at.Y + b.size.Y/2}
}

var (
	nameFace    = Typeface{13 * Px, false}
	channelFace = Typeface{10*Px + Px/2, false}
	ownerFace   = Typeface{10*Px + Px/2, true}
	skipFace    = Typeface{11 * Px, false}
)

const (
	boxPadding  = 9 * Px
	nameLine    = 17 * Px
	channelLine = 14 * Px
	ownerLine   = 14 * Px
	stripInset  = 6 * Px
	skipPadding = 6 * Px
)

// widthsOfBoxes are tried in turn: the least in which no name takes more
// than four lines is the width of all boxes.
var widthsOfBoxes = []Length{150 * Px, 176 * Px, 206 * Px}

// boxes fills the boxes of all steps and gives them their sizes.
func (p *plan) fillBoxes() {
	for _, p.boxWidth = range widthsOfBoxes {
		if p.tallestName() <= 4 {
			break
		}
	}
	if p.hasDetails() {
		p.boxWidth = widthsOfBoxes[len(widthsOfBoxes)-1]
	}
	p.boxes = make([]box, len(p.graph.Steps))
	for i, step := range p.graph.Steps {
		if step.Touchpoint == nil {
			p.boxes[i] = p.skipBox(p.graph.Paths[step.Path])
		} else {
			p.boxes[i] = p.stepBox(step.Touchpoint)
			p.annotate(i)
			p.boxes[i].folds = len(step.Folds) > 0
		}
	}
	p.addNotes()
	p.evenHeights()
}

func (p *plan) tallestName() int {
	most := 0
	for _, step := range p.graph.Steps {
		if step.Touchpoint != nil {
			most = max(most, len(p.wrap(p.label(step.Touchpoint.Definition), nameFace, p.boxWidth-2*boxPadding)))
		}
	}
	return most
}

func (p *plan) stepBox(t *model.Touchpoint) box {
	b := box{size: Point{X: p.boxWidth}, moment: t.MomentOfTruth.Value, binding: t.Binding.Value, care: careAt(t)}
	inner := p.boxWidth - 2*boxPadding
	b.name = p.wrap(p.label(t.Definition), nameFace, inner)
	if id := t.Channel.Value; id != "" {
		b.channel = p.wrap(clean(p.words.channel(p.graph.Journey, id, p.language)), channelFace, inner)
	}
	if d := p.graph.Journey.Department(t.Owner.Value); d != nil {
		b.owner = p.wrap(p.label(d.Definition), ownerFace, inner)
		b.color = ownerColor(p.ownerOf(d))
	}
	b.size.Y = b.need()
	return b
}

// need is the least height in which the words have room.
func (b *box) need() Length {
	h := 2*boxPadding + Length(len(b.name))*nameLine + Length(len(b.channel))*channelLine + b.notes() + b.toldHeight()
	if len(b.owner) > 0 {
		h += b.strip() + stripInset - boxPadding/3
	}
	return h
}

// strip is the height of the owner's strip.
func (b *box) strip() Length { return Length(len(b.owner))*ownerLine + 3*Px }

func (p *plan) skipBox(path corridor.Path) box {
	words := p.words.Skip
	if path.Def != nil && !path.Def.Name.Empty() {
		words = p.label(path.Def.Definition)
	}
	b := box{skip: true, name: p.wrap(words, skipFace, p.boxWidth-2*skipPadding)}
	b.size = Point{p.widest(b.name, skipFace) + 2*skipPadding, Length(len(b.name))*15*Px + 4*Px}
	return b
}

// evenHeights makes boxes of up to three lines as tall as the tallest of
// them, so that rows look calm; a box with more to say grows alone.
func (p *plan) evenHeights() {
	common := Length(0)
	for i := range p.boxes {
		if b := &p.boxes[i]; !b.skip && len(b.name) <= 3 && len(b.details) == 0 {
			common = max(common, b.size.Y)
		}
	}
	for i := range p.boxes {
		if b := &p.boxes[i]; !b.skip {
			b.size.Y = max(b.size.Y, common)
		}
	}
}

// ownerOf returns the number of a department among those on the map, in the
// order of the file.
func (p *plan) ownerOf(d *model.Department) int {
	for i, o := range p.owners {
		if o == d {
			return i
		}
	}
	return 0
}

// findOwners lists the departments that own a step of the map.
func (p *plan) findOwners() {
	used := map[string]bool{}
	for _, step := range p.graph.Steps {
		if step.Touchpoint != nil {
			used[step.Touchpoint.Owner.Value] = true
		}
	}
	for _, d := range p.graph.Journey.Departments {
		if used[d.ID.Value] {
			p.owners = append(p.owners, d)
		}
	}
}
