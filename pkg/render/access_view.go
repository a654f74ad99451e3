package render

import (
	"context"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// layoutAccess draws who gets through: the customers by the steps for each
// need, and how the week goes for those with a deadline.
func layoutAccess(ctx context.Context, g *corridor.Graph, o Options, _ Router) (*Scene, error) {
	told, err := newAccessGrid(ctx, g, o.Ask)
	if err != nil {
		return nil, err
	}
	a := &accessPlan{plan: newPlan(g, o), told: told}
	a.findSizes()
	a.findBands()
	a.findWidth()
	a.drawTop(o.Ask)
	for i := range told.blocks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		a.drawBlock(i)
	}
	if !a.wide && len(told.blocks) > 0 {
		a.drawStepList()
	}
	a.drawWeeks()
	a.drawKey()
	return a.scene(o.Ask), nil
}

// accessPlan is the view in the making, from the top down.
type accessPlan struct {
	*plan
	told   *accessGrid
	wide   bool      // the names of the steps stand over the columns; else in a list
	column Length    // its width
	who    Length    // the width of the names of the customers
	ends   [3]Length // those of what stands at the end of a row
	bands  []band
	y      Length
	groups []Group
}

// band is a run of columns that stand beside each other; where there are many
// steps a need takes several.
type band struct {
	groups []stepGroup
	x      []Length // left edges of the groups
	right  Length
	last   bool // the result stands at its end
}

var (
	needFace      = Typeface{16 * Px, true}
	whoFace       = Typeface{12*Px + Px/2, false}
	columnFace    = Typeface{10*Px + Px/2, false}
	groupFace     = Typeface{11 * Px, true}
	endFace       = Typeface{12 * Px, true}
	headScoreFace = Typeface{46 * Px, true}
	smallFace     = Typeface{11 * Px, false}
)

const (
	columnLine  = 14 * Px
	whoLine     = 16 * Px
	rowLeast    = 34 * Px
	rowPadding  = 8 * Px
	groupGap    = 8 * Px
	groupLine   = 14 * Px
	pillHigh    = 20 * Px
	cellInset   = 2 * Px
	namesMost   = 250 * Px
	crowdMost   = 480 * Px // where one row names many
	namesLeast  = 90 * Px
	wideMost    = 24 // columns
	bandMost    = 60
	narrowWide  = 32 * Px
	namePad     = 12 * Px // between a customer's name and the first column
	gaugeWide   = 54 * Px
	accessLeast = 860 * Px
)

// findSizes finds how wide columns and names are.
func (a *accessPlan) findSizes() {
	most := namesMost
	for _, r := range a.allRows() {
		if len(r.customers) > crowd/2 {
			most = crowdMost
		}
	}
	for _, r := range a.allRows() {
		a.who = max(a.who, a.widest(a.wrap(a.names(r.customers), whoFace, most), whoFace))
		a.ends[0] = max(a.ends[0], a.measurer.width(a.plan.words.percent(r.share), smallFace))
		a.ends[1] = max(a.ends[1], a.measurer.width(a.result(a.told, r), endFace)+markSize+4*Px, a.measurer.width(a.noteOf(r), smallFace)+markSize+4*Px)
		a.ends[2] = max(a.ends[2], a.measurer.width(a.words.openShare(r.cell.OpenShare), smallFace)+gaugeWide+6*Px)
	}
	a.who = max(a.who, namesLeast)
	for i, head := range a.endHeads() {
		a.ends[i] = max(a.ends[i], a.measurer.width(head, columnFace)) + 16*Px
	}
	switch n := len(a.graph.Steps); {
	case n > wideMost:
		a.column = max(narrowWide, a.measurer.width(number(n, a.words.Zero), numberFace)+14*Px)
	case n > wideMost/2:
		a.wide, a.column = true, 84*Px
	default:
		a.wide, a.column = true, 104*Px
	}
}

func (a *accessPlan) endHeads() [3]string {
	return [3]string{a.words.Access.Share, a.words.timeHead(a.told), a.words.Access.Open}
}

func (a *accessPlan) allRows() []*accessRow {
	var all []*accessRow
	for i := range a.told.blocks {
		for k := range a.told.blocks[i].rows {
			all = append(all, &a.told.blocks[i].rows[k])
		}
	}
	return all
}

// findBands lays the groups beside each other, in as many bands as they need.
func (a *accessPlan) findBands() {
	most := bandMost * narrowWide / a.column
	if a.wide {
		most = wideMost
	}
	left := int(most)
	a.bands = []band{{}}
	for _, g := range a.told.groups {
		for g.first < g.end {
			if left == 0 || g.end-g.first > left && left < int(most)/4 {
				a.bands, left = append(a.bands, band{}), int(most)
			}
			part := g
			part.end = min(g.end, g.first+left)
			a.bands[len(a.bands)-1].add(part, a.column, margin+a.who+namePad)
			left -= part.end - part.first
			g.first = part.end
		}
	}
	a.bands[len(a.bands)-1].last = true
}

func (b *band) add(g stepGroup, column, left Length) {
	x := left
	if len(b.x) > 0 {
		x = b.right + groupGap
	}
	b.groups, b.x = append(b.groups, g), append(b.x, x)
	b.right = x + Length(g.end-g.first)*column
}

func (a *accessPlan) findWidth() {
	a.width = max(accessLeast, a.keyLeast())
	for _, b := range a.bands {
		right := b.right + margin
		if b.last {
			right += groupGap + a.ends[0] + a.ends[1] + a.ends[2]
		}
		a.width = max(a.width, right)
	}
	a.width = (a.width + Px - 1) / Px * Px
}

func (a *accessPlan) add(g Group) { a.groups = append(a.groups, g) }

// prose adds the lines of a text, wrapped, and moves on below them.
func (a *accessPlan) prose(g *Group, words string, face Typeface, color Role, x, pitch Length) {
	for _, line := range a.paragraph(a.wrap(words, face, a.width-margin-x), face, color) {
		line.At = Point{x, a.y + face.Size}
		g.Shapes = append(g.Shapes, line)
		a.y += pitch
	}
}

// drawTop draws the head: the title, and the score as large as can be.
func (a *accessPlan) drawTop(ask Question) {
	a.y = margin
	g := Group{ID: "title"}
	a.prose(&g, clean(a.titleText()), titleFace, ink, margin, titleLine)
	a.add(g)
	a.y += 8 * Px
	if len(a.told.blocks) > 0 {
		a.drawScore()
	}
	says := Group{ID: "assumed"}
	for _, line := range a.assumed(ask) {
		a.prose(&says, line, whoFace, ink, margin, 18*Px)
	}
	if len(a.told.blocks) == 0 {
		a.y += 8 * Px
		a.prose(&says, a.nothing(), whoFace, ink, margin, 18*Px)
	}
	a.add(says)
	a.y += 12 * Px
}

func (a *accessPlan) drawScore() {
	w := a.words.Access
	score := a.words.openShare(a.told.score)
	g := Group{ID: "score", Label: w.Score + ": " + score}
	top := a.y
	g.Shapes = append(g.Shapes, a.text(score, headScoreFace, ink, Point{margin, top + 44*Px}, Start))
	x := margin + a.measurer.width(score, headScoreFace) + 18*Px
	a.y = top + 7*Px
	a.prose(&g, w.Score, needFace, ink, x, 22*Px)
	a.prose(&g, w.ScoreMeans, subtitleFace, softInk, x, 17*Px)
	a.y = max(a.y, top+56*Px) + 6*Px
	a.add(g)
}

// drawBlock draws what is told of one need.
func (a *accessPlan) drawBlock(i int) {
	b := &a.told.blocks[i]
	g := Group{ID: "need-" + strconv.Itoa(i)}
	a.y += 10 * Px
	a.prose(&g, a.needHead(b.need), needFace, ink, margin, 22*Px)
	a.prose(&g, a.words.Access.Score+": "+a.words.openShare(b.score), subtitleFace, softInk, margin, 17*Px)
	a.y += 8 * Px
	a.add(g)
	for k := range a.bands {
		a.drawBand(i, k)
		a.y += 14 * Px
	}
}

// needHead names a need with its deadline.
func (p *plan) needHead(n *model.Need) string {
	head := p.label(n.Definition)
	if n.Within != nil {
		head += " · " + with(p.words.Access.Within, p.words.lasts(n.Within.Value))
	}
	return head
}

// drawBand draws the columns of a band: their heads, then the rows.
func (a *accessPlan) drawBand(block, k int) {
	b := &a.bands[k]
	ground := len(a.groups)
	a.add(Group{})
	top := a.y
	heads := a.drawHeads(b)
	heads.ID = "heads-" + strconv.Itoa(block) + "-" + strconv.Itoa(k)
	a.add(heads)
	for i := range a.told.blocks[block].rows {
		row := a.drawRow(k, &a.told.blocks[block].rows[i])
		row.ID = "row-" + strconv.Itoa(block) + "-" + strconv.Itoa(k) + "-" + strconv.Itoa(i)
		a.add(row)
	}
	a.groups[ground] = a.drawColumns(b, top)
}

// drawColumns lays a ground under the groups, so that the eye stays in its
// column.
func (a *accessPlan) drawColumns(b *band, top Length) Group {
	var g Group
	for i, group := range b.groups {
		fill := columnFill
		if i%2 == 1 {
			fill = columnShade
		}
		g.Shapes = append(g.Shapes, Shape{Kind: Rectangle, At: Point{b.x[i], top},
			Size: Point{Length(group.end-group.first) * a.column, a.y - top}, Radius: 4 * Px, Fill: fill})
	}
	return g
}

// drawHeads draws the heads of the columns and moves on below them.
func (a *accessPlan) drawHeads(b *band) Group {
	var g Group
	lines := 1
	for i, group := range b.groups {
		lines = max(lines, len(a.groupLines(group, a.wideOf(b, i))))
	}
	strip := Length(lines)*groupLine + 10*Px
	names := 0
	for i, group := range b.groups {
		g.Shapes = append(g.Shapes, a.drawGroupHead(group, b.x[i], a.y, strip)...)
		for s := group.first; s < group.end; s++ {
			middle := Point{a.middleOf(b, i, s), a.y + strip + 6*Px + pillHigh/2}
			g.Shapes = append(g.Shapes, a.drawPill(s, middle)...)
			if a.wide {
				lines := a.columnName(s)
				names = max(names, len(lines))
				g.Shapes = append(g.Shapes, a.lines(lines, columnFace, ink, Point{middle.X, middle.Y + pillHigh/2 + 4*Px + Length(len(lines))*columnLine/2}, columnLine)...)
			}
		}
	}
	a.y += strip + pillHigh + 12*Px
	if a.wide {
		a.y += Length(names)*columnLine + 4*Px
	}
	if b.last {
		g.Shapes = append(g.Shapes, a.drawEndHeads(b)...)
	}
	return g
}

func (a *accessPlan) wideOf(b *band, group int) Length {
	g := b.groups[group]
	return Length(g.end-g.first) * a.column
}

// middleOf is where the column of a step is.
func (a *accessPlan) middleOf(b *band, group, step int) Length {
	return b.x[group] + Length(step-b.groups[group].first)*a.column + a.column/2
}

func (a *accessPlan) columnName(step int) []string {
	return a.wrap(a.stepLabel(step), columnFace, a.column-6*Px)
}

// groupLines is the name of a group over its columns; none where the columns
// are too few for it, and a list names it.
func (a *accessPlan) groupLines(g stepGroup, wide Length) []string {
	lines := a.wrap(a.groupName(g), groupFace, wide-10*Px)
	if !a.wide && len(lines) > 2 {
		return nil
	}
	return lines
}

// drawGroupHead draws the head of a group: a stage as on the band of the
// spine, another path with its line.
func (a *accessPlan) drawGroupHead(g stepGroup, x, y, high Length) []Shape {
	wide := Length(g.end-g.first) * a.column
	words := a.groupLines(g, wide)
	path := a.graph.Paths[g.path]
	if path.Kind == model.Basic {
		fill := ink
		if g.stage >= 0 {
			fill = chevron(g.stage, a.stagesOfBasic())
		}
		shapes := []Shape{{Kind: Polygon, Points: []Point{{x, y}, {x + wide - 4*Px, y}, {x + wide, y + high/2}, {x + wide - 4*Px, y + high}, {x, y + high}}, Fill: fill}}
		return append(shapes, a.lines(words, groupFace, chevronText, Point{x + wide/2, y + high/2}, groupLine)...)
	}
	with := penOf(path.Kind)
	shapes := []Shape{{Kind: Line, Points: []Point{{x + 2*Px, y + high - 2*Px}, {x + wide - 2*Px, y + high - 2*Px}}, Stroke: with.color, Weight: 2 * Px, Dashed: with.dashed}}
	return append(shapes, a.lines(words, groupFace, with.color, Point{x + wide/2, y + high - 6*Px - Length(len(words))*groupLine/2}, groupLine)...)
}

// stagesOfBasic is how many groups of the basic path are stages.
func (a *accessPlan) stagesOfBasic() int {
	n := 0
	for _, g := range a.told.groups {
		if g.stage >= 0 {
			n++
		}
	}
	return n
}

// drawPill draws the number of a step, framed as its path is on the spine.
func (a *accessPlan) drawPill(step int, middle Point) []Shape {
	digits := number(step+1, a.words.Zero)
	wide := max(pillHigh, a.measurer.width(digits, numberFace)+8*Px)
	s := Shape{Kind: Rectangle, At: Point{middle.X - wide/2, middle.Y - pillHigh/2}, Size: Point{wide, pillHigh}, Radius: pillHigh / 2, Fill: ink}
	words := inverse
	switch with := penOf(a.graph.Paths[a.graph.Steps[step].Path].Kind); with {
	case altLine:
		s.Fill, s.Stroke, s.Weight, words = cardAlt, altInk, Px+Px/4, ink
	case optionLine:
		s.Fill, s.Stroke, s.Weight, s.Dashed, words = card, optionInk, Px+Px/4, true, ink
	}
	return append([]Shape{s}, a.lines([]string{digits}, numberFace, words, middle, 0)...)
}

func (a *accessPlan) drawEndHeads(b *band) []Shape {
	var shapes []Shape
	x := b.right + groupGap
	for i, head := range a.endHeads() {
		shapes = append(shapes, a.text(head, columnFace, softInk, Point{x + 8*Px, a.y - 8*Px}, Start))
		x += a.ends[i]
	}
	return shapes
}

// drawRow draws what some customers meet in the columns of a band, and moves
// on below it. The first band's row says in words what is in all of them.
func (a *accessPlan) drawRow(k int, r *accessRow) Group {
	b := &a.bands[k]
	who := a.wrap(a.namesIn(k, r.customers), whoFace, a.who)
	high := max(rowLeast, Length(len(who))*whoLine+rowPadding)
	middle := a.y + high/2
	var g Group
	if k == 0 {
		g.Label = a.speakRow(a.told, r)
	}
	right := b.right
	if b.last {
		right += groupGap + a.ends[0] + a.ends[1] + a.ends[2]
	}
	g.Shapes = append(g.Shapes, Shape{Kind: Rectangle, At: Point{margin, a.y}, Size: Point{right - margin, Px}, Fill: gridRule})
	for i, line := range a.paragraph(who, whoFace, ink) {
		line.At = Point{margin, middle - Length(len(who)-1)*whoLine/2 + Length(i)*whoLine + 4*Px + Px/2}
		g.Shapes = append(g.Shapes, line)
	}
	for i := range b.groups {
		g.Shapes = append(g.Shapes, a.drawCells(b, i, r, middle)...)
	}
	if b.last {
		g.Shapes = append(g.Shapes, a.drawEnd(r, Point{b.right + groupGap, middle})...)
	}
	a.y += high
	return g
}

// drawCells draws the cells of a row in one group. Cells of one ground that
// stand beside each other are one shape, and so is the line of the way.
func (a *accessPlan) drawCells(b *band, group int, r *accessRow, middle Length) []Shape {
	g := b.groups[group]
	var shapes []Shape
	left := func(s int) Length { return b.x[group] + Length(s-g.first)*a.column }
	runsOf(g.first, g.end, func(s int) Role { return groundOf(r.marks[s]) }, func(from, to int, ground Role) {
		if ground != "" {
			shapes = append(shapes, Shape{Kind: Rectangle, At: Point{left(from) + cellInset, middle - rowLeast/2 + cellInset + Px},
				Size: Point{left(to) - left(from) - 2*cellInset, rowLeast - 2*cellInset - Px}, Radius: 5 * Px, Fill: ground})
		}
	})
	runsOf(g.first, g.end, func(s int) bool { return r.way[s] }, func(from, to int, taken bool) {
		if taken {
			shapes = append(shapes, Shape{Kind: Line, Points: []Point{{left(from) + 2*cellInset, middle}, {left(to) - 2*cellInset, middle}}, Stroke: accessOpenInk, Weight: 3 * Px})
		}
	})
	for s := g.first; s < g.end; s++ {
		at := Point{a.middleOf(b, group, s), middle}
		if r.way[s] && (r.marks[s] == trap || r.marks[s] == wrongTurn) {
			shapes = append(shapes, Shape{Kind: Circle, At: at, Radius: 11 * Px, Fill: accessWarn})
		}
		shapes = append(shapes, drawMark(r.marks[s], at)...)
	}
	return shapes
}

// runsOf hands over the runs of equal values from first to end.
func runsOf[V comparable](first, end int, value func(int) V, see func(from, to int, v V)) {
	for from := first; from < end; {
		v, to := value(from), from+1
		for to < end && value(to) == v {
			to++
		}
		see(from, to, v)
		from = to
	}
}

// drawEnd draws how it ends for a row: its share, the result, and the part of
// the week in which the deadline is kept.
func (a *accessPlan) drawEnd(r *accessRow, at Point) []Shape {
	line := func(words string, face Typeface, color Role, x, y Length) Shape {
		return a.text(words, face, color, Point{x, y + 4*Px}, Start)
	}
	shapes := []Shape{line(a.words.percent(r.share), smallFace, ink, at.X+8*Px, at.Y)}
	x := at.X + a.ends[0] + 8*Px
	shapes = append(shapes, a.drawState(r, Point{x + markSize/2 - 2*Px, at.Y})...)
	words := x + markSize + 4*Px
	y := at.Y
	if note := a.noteOf(r); note != "" {
		y -= 7 * Px
		shapes = append(shapes, line(note, smallFace, ink, words, y+14*Px))
	}
	shapes = append(shapes, line(a.result(a.told, r), endFace, ink, words, y))
	x += a.ends[1]
	return append(shapes, append(gauge(r.cell.OpenShare, Point{x, at.Y}),
		line(a.words.openShare(r.cell.OpenShare), smallFace, ink, x+gaugeWide+6*Px, at.Y))...)
}

// noteOf is what stands under a result: that it is late, and that more may be
// found.
func (a *accessPlan) noteOf(r *accessRow) string {
	var notes []string
	if a.told.isLate(r) {
		notes = append(notes, a.words.Access.Late)
	}
	if r.bound {
		notes = append(notes, "?")
	}
	return strings.Join(notes, " ")
}

// drawState is the result as a mark: through, late or closed. Ticks and clocks
// are not mirrored in any language, so here they are mirrored twice.
func (a *accessPlan) drawState(r *accessRow, at Point) []Shape {
	right := Px
	if a.mirrored() {
		right = -Px
	}
	switch {
	case !r.cell.Open:
		s := Shape{Kind: Rectangle, At: Point{at.X - 8*Px, at.Y - 8*Px}, Size: Point{16 * Px, 16 * Px}, Radius: 3 * Px, Fill: accessDoor}
		return append([]Shape{s}, cross(at, 4*Px, Px+Px/2, accessDoorInk)...)
	case a.told.isLate(r):
		return lateMark(at, right)
	}
	return []Shape{{Kind: Circle, At: at, Radius: 8 * Px, Fill: accessOpenInk},
		{Kind: Line, Points: []Point{{at.X - 4*right, at.Y}, {at.X - right, at.Y + 3*Px}, {at.X + 4*right, at.Y - 3*Px}}, Stroke: accessOpen, Weight: 2 * Px}}
}

// lateMark is a clock.
func lateMark(at Point, right Length) []Shape {
	return []Shape{{Kind: Circle, At: at, Radius: 8 * Px, Fill: accessWarn, Stroke: accessWarnInk, Weight: Px + Px/2},
		{Kind: Line, Points: []Point{{at.X, at.Y - 5*Px}, {at.X, at.Y}, {at.X + 4*right, at.Y}}, Stroke: accessWarnInk, Weight: Px + Px/2}}
}

// gauge is a bar, filled as far as a share goes.
func gauge(share float64, at Point) []Shape {
	frame := Shape{Kind: Rectangle, At: Point{at.X, at.Y - 5*Px}, Size: Point{gaugeWide, 10 * Px}, Radius: 2 * Px, Fill: paper, Stroke: softInk, Weight: Px}
	full := Length(share*1000) * (gaugeWide - 4*Px) / 1000
	if full == 0 {
		return []Shape{frame}
	}
	return []Shape{frame, {Kind: Rectangle, At: Point{at.X + 2*Px, at.Y - 3*Px}, Size: Point{full, 6 * Px}, Fill: accessOpenInk}}
}

// scene puts the groups on their ground.
func (a *accessPlan) scene(ask Question) *Scene {
	s := &Scene{
		Width: a.width, Height: a.y + margin*3/4, Theme: a.theme, Language: a.language, RightToLeft: a.mirrored(),
		Title: clean(a.titleText()), Description: a.describeAccess(ask),
	}
	s.Groups = append([]Group{a.drawGround(s.Height)}, a.groups...)
	return s
}
