package render

import (
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// key lists what occurs on the view, and nothing else.
func (a *accessPlan) key() []legendItem {
	if len(a.told.blocks) == 0 {
		return nil
	}
	var items []legendItem
	for m := unreached; int(m) < countMarks; m++ {
		if a.told.used[m] {
			items = append(items, a.legendItem(a.words.Access.Marks[m], markSample(m)))
		}
	}
	if a.told.used[outside] {
		items = append(items, a.legendItem(a.words.Access.Marks[outside], func(at Point) []Shape {
			return []Shape{{Kind: Rectangle, At: Point{at.X + 2*Px, at.Y - 9*Px}, Size: Point{sampleWidth - 4*Px, 18 * Px}, Radius: 4 * Px, Fill: columnShade, Stroke: gridRule, Weight: Px}}
		}))
	}
	items = append(items, a.resultItems()...)
	return append(append(items, a.pathItems()...), a.weekItems()...)
}

// markSample is a cell with its mark, and with the line of the way on it.
func markSample(m mark) func(Point) []Shape {
	return func(at Point) []Shape {
		middle := Point{at.X + sampleWidth/2, at.Y}
		shapes := []Shape{{Kind: Rectangle, At: Point{at.X, at.Y - 10*Px}, Size: Point{sampleWidth, 20 * Px}, Radius: 4 * Px, Fill: groundOf(m)}}
		if m == onWay || m == singleWay {
			shapes = append(shapes, Shape{Kind: Line, Points: []Point{{at.X + Px, at.Y}, {at.X + sampleWidth - Px, at.Y}}, Stroke: accessOpenInk, Weight: 3 * Px})
		}
		return append(shapes, drawMark(m, middle)...)
	}
}

// resultItems explain the ends of the rows.
func (a *accessPlan) resultItems() []legendItem {
	w := a.words.Access
	sample := func(words string, r *accessRow) legendItem {
		return a.legendItem(words, func(at Point) []Shape { return a.drawState(r, Point{at.X + sampleWidth/2, at.Y}) })
	}
	var through, late, shut *accessRow
	for _, r := range a.allRows() {
		switch {
		case !r.cell.Open:
			shut = r
		case a.told.isLate(r):
			late = r
		default:
			through = r
		}
	}
	var items []legendItem
	for _, item := range []struct {
		words string
		row   *accessRow
	}{{w.Through, through}, {a.words.lateMeans(a.told), late}, {w.Closed, shut}} {
		if item.row != nil {
			items = append(items, sample(item.words, item.row))
		}
	}
	if a.told.bound {
		items = append(items, a.legendItem(w.More, func(at Point) []Shape {
			return a.lines([]string{"?"}, endFace, ink, Point{at.X + sampleWidth/2, at.Y}, 0)
		}))
	}
	return items
}

// pathItems explain the numbers of the steps.
func (a *accessPlan) pathItems() []legendItem {
	var items []legendItem
	for _, kind := range []model.Kind{model.Basic, model.Alternative, model.Optional} {
		for i, s := range a.graph.Steps {
			if a.graph.Paths[s.Path].Kind == kind {
				items = append(items, a.legendItem(a.kindName(s.Path), func(at Point) []Shape {
					return a.drawPill(i, Point{at.X + sampleWidth/2, at.Y})
				}))
				break
			}
		}
	}
	return items
}

// weekItems explain the hours.
func (a *accessPlan) weekItems() []legendItem {
	var some [61]bool
	for i := range a.told.blocks {
		for k := range a.told.blocks[i].weeks {
			for _, day := range a.told.blocks[i].weeks[k].kept {
				for _, minutes := range day {
					some[minutes] = true
				}
			}
		}
	}
	hour := func(words string, minutes int) legendItem {
		return a.legendItem(words, func(at Point) []Shape {
			return a.drawHours(1, minutes, Point{at.X + (sampleWidth-hourWide)/2, at.Y - hourHigh/2})
		})
	}
	w := a.words.Access
	var items []legendItem
	if some[60] {
		items = append(items, hour(w.Kept, 60))
	}
	for minutes := 59; minutes > 0; minutes-- {
		if some[minutes] {
			items = append(items, hour(w.Partly, minutes))
			break
		}
	}
	if some[0] {
		items = append(items, hour(w.Missed, 0))
	}
	if a.told.moment != nil && len(items) > 0 {
		items = append(items, a.legendItem(w.Asked, func(at Point) []Shape {
			return askedHour(Point{at.X + (sampleWidth-hourWide)/2, at.Y - hourHigh/2})
		}))
	}
	return items
}

// keyLeast is the width that the widest item of the key needs.
func (a *accessPlan) keyLeast() Length {
	least := Length(0)
	for _, item := range a.key() {
		least = max(least, item.width+2*margin)
	}
	return least
}

// drawKey draws the key in lines.
func (a *accessPlan) drawKey() {
	g := Group{ID: "legend"}
	a.y += 10 * Px
	at := Point{margin, a.y + keyLine/2}
	items := a.key()
	for _, item := range items {
		if at.X > margin && at.X+item.width > a.width-margin {
			at = Point{margin, at.Y + keyLine}
		}
		g.Shapes = append(g.Shapes, item.sample(at)...)
		g.Shapes = append(g.Shapes, a.text(item.words, legendFace, ink, Point{at.X + sampleWidth + legendGap, at.Y + 4*Px}, Start))
		at.X += item.width + legendSpace
	}
	if len(items) > 0 {
		a.y = at.Y + keyLine/2
		a.add(g)
	}
}

const (
	keyLine   = 28 * Px
	listWide  = 300 * Px
	listSpace = 24 * Px
)

// listEntry is a line of the list of steps: a step, or the head of a group.
type listEntry struct {
	step  int // -1 for a head
	words []string
}

// drawStepList names the steps whose columns have but a number.
func (a *accessPlan) drawStepList() {
	a.y += 6 * Px
	head := Group{ID: "steps-head"}
	a.prose(&head, a.words.Access.Steps, needFace, ink, margin, 26*Px)
	a.add(head)
	entries := a.listEntries()
	total := Length(0)
	for _, e := range entries {
		total += e.high()
	}
	columns := max(1, int((a.width-2*margin+listSpace)/(listWide+listSpace)))
	most := total / Length(columns)
	for a.listColumns(entries, most) > columns {
		most += listLine
	}
	a.drawEntries(entries, most)
}

// high is how tall an entry is; the lines of one stand closer than entries do.
func (e listEntry) high() Length { return listLine + Length(len(e.words)-1)*whoLine }

func (a *accessPlan) listEntries() []listEntry {
	var all []listEntry
	for _, g := range a.told.groups {
		name := a.groupName(g)
		if path := a.graph.Paths[g.path]; path.Kind != model.Basic {
			name = strings.Join([]string{name, a.kindName(g.path), a.where(path)}, " · ")
		}
		all = append(all, listEntry{-1, a.wrap(name, groupFace, listWide)})
		for s := g.first; s < g.end; s++ {
			all = append(all, listEntry{s, a.wrap(a.stepLabel(s), whoFace, listWide-a.listIndent())})
		}
	}
	return all
}

func (a *accessPlan) listIndent() Length {
	return max(pillHigh, a.measurer.width(number(len(a.graph.Steps), a.words.Zero), numberFace)+8*Px) + 8*Px
}

// listColumns is how many columns a list takes that are no taller than so much,
// but for an entry that is so alone.
func (a *accessPlan) listColumns(entries []listEntry, most Length) int {
	columns := 1
	a.eachEntry(entries, most, func(_ listEntry, column int, _ Length) { columns = column + 1 })
	return columns
}

// eachEntry hands over the entries with their columns and tops; a head does not
// stand at the foot of a column.
func (a *accessPlan) eachEntry(entries []listEntry, most Length, see func(e listEntry, column int, top Length)) {
	column, top := 0, Length(0)
	for i, e := range entries {
		need := e.high()
		if e.step < 0 && i+1 < len(entries) {
			need += entries[i+1].high()
		}
		if top > 0 && top+need > most {
			column, top = column+1, 0
		}
		see(e, column, top)
		top += e.high()
	}
}

const listLine = 23 * Px

func (a *accessPlan) drawEntries(entries []listEntry, most Length) {
	above, bottom := a.y, a.y
	a.eachEntry(entries, most, func(e listEntry, column int, top Length) {
		at := Point{margin + Length(column)*(listWide+listSpace), above + top}
		bottom = max(bottom, at.Y+e.high())
		a.add(a.drawEntry(e, at))
	})
	a.y = bottom
}

func (a *accessPlan) drawEntry(e listEntry, at Point) Group {
	face, x := groupFace, at.X
	var g Group
	if e.step >= 0 {
		face, x = whoFace, at.X+a.listIndent()
		g.ID = "step-" + strconv.Itoa(e.step)
		g.Shapes = a.drawPill(e.step, Point{at.X + (a.listIndent()-8*Px)/2, at.Y + listLine/2})
	}
	for i, line := range a.paragraph(e.words, face, ink) {
		line.At = Point{x, at.Y + Length(i)*whoLine + listLine/2 + 4*Px}
		g.Shapes = append(g.Shapes, line)
	}
	return g
}

// describeAccess tells the view in words, for those who do not see it.
func (a *accessPlan) describeAccess(ask Question) string {
	if len(a.told.blocks) == 0 {
		return strings.Join(append(a.assumed(ask), a.nothing()), ". ")
	}
	w := a.words.Access
	says := append([]string{w.Score + ": " + a.words.openShare(a.told.score)}, a.assumed(ask)...)
	for i := range a.told.blocks {
		b := &a.told.blocks[i]
		var ends []string
		for k := range b.rows {
			ends = append(ends, a.names(b.rows[k].customers)+": "+a.ending(a.told, &b.rows[k]))
		}
		says = append(says, a.needHead(b.need)+" – "+strings.Join(ends, "; "))
	}
	return strings.Join(says, ". ") + "."
}
