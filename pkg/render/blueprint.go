package render

import (
	"slices"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// A service blueprint has lanes by how far from the customer things happen
// (Shostack 1984; Bitner, Ostrom and Morgan 2008). What a customer does
// without any channel is the customer's own; every other touchpoint is on the
// front stage. What the owner of a touchpoint does behind it is back stage,
// and what other departments do for it is support.

const (
	customerLane = "customer"
	frontLane    = "front"
	backLane     = "back"
	supportLane  = "support"
)

// byDepth makes the lanes of a service blueprint, those that are empty left
// out.
func (l *lanePlan) byDepth() {
	l.depth = true
	w := l.words.Lanes
	used := map[string]bool{}
	for _, step := range l.graph.Steps {
		if step.Touchpoint == nil {
			continue
		}
		used[stepDepth(step.Touchpoint)] = true
		for _, b := range step.Touchpoint.Backstage {
			used[actDepth(step.Touchpoint, b)] = true
		}
	}
	l.addDepth(used, customerLane, w.Customer, chevron(0, chevronShades))
	l.addDepth(used, frontLane, w.Front, chevron(1, chevronShades), w.Interaction)
	l.addDepth(used, backLane, w.Back, chevron(2, chevronShades), w.Visibility)
	lines := []string{w.Internal}
	if !used[backLane] {
		lines = []string{w.Visibility, w.Internal}
	}
	l.addDepth(used, supportLane, w.Support, chevron(3, chevronShades), lines...)
	l.fillLanes(w.Front, stepDepth)
}

// addDepth adds a lane with the lines over it. The basic path is at the
// bottom of the lanes that the customer sees, so that what happens behind it
// hangs right under it.
func (l *lanePlan) addDepth(used map[string]bool, id, words string, color Role, lines ...string) {
	if !used[id] {
		return
	}
	at := l.addLane(id, words, color)
	l.lanes[at].lines = lines
	l.lanes[at].bottomUp = id == customerLane || id == frontLane
}

func stepDepth(t *model.Touchpoint) string {
	if t.Channel.Value == "" && t.Kind.Value == "" {
		return customerLane
	}
	return frontLane
}

func actDepth(t *model.Touchpoint, b model.Backstage) string {
	if b.By.Value == "" || b.By.Value == t.Owner.Value {
		return backLane
	}
	return supportLane
}

// act is something that is done behind a step.
type act struct {
	step  int
	after int // the box that it hangs on: the step's, or that of the act before
	depth string
	says  string
}

// hangActs gives what happens behind the scenes its boxes, under the steps.
func (l *lanePlan) hangActs() {
	if !l.depth {
		return
	}
	for i, step := range l.graph.Steps {
		if step.Touchpoint == nil {
			continue
		}
		after := i
		for _, depth := range []string{backLane, supportLane} {
			for _, b := range step.Touchpoint.Backstage {
				if actDepth(step.Touchpoint, b) == depth {
					after = l.hangAct(i, after, b, depth)
				}
			}
		}
	}
}

func (l *lanePlan) hangAct(step, after int, b model.Backstage, depth string) int {
	made := l.actBox(b)
	box := len(l.boxes)
	l.boxes = append(l.boxes, made)
	l.cells = append(l.cells, site{lane: l.laneOf(depth), column: l.cells[step].column})
	c := l.cells[box]
	row := 0
	if o := l.cells[after]; o.lane == c.lane {
		row = o.row + 1
	}
	columns := [2]int{c.column, c.column + 1}
	for overlaps(l.taken[[2]int{c.lane, row}], columns) {
		row++
	}
	l.take(box, row, columns)
	says := append([]string{l.words.Lanes.Action + ": " + clean(b.Does.In(l.language))}, made.channel...)
	says = append(says, strings.Join(made.owner, " "))
	says = slices.DeleteFunc(says, func(s string) bool { return s == "" })
	l.acts = append(l.acts, act{step, after, depth, strings.Join(says, ". ")})
	return box
}

func (l *lanePlan) actBox(b model.Backstage) box {
	made := box{size: Point{X: l.boxWidth}}
	inner := l.boxWidth - 2*boxPadding
	made.name = l.wrap(clean(b.Does.In(l.language)), nameFace, inner)
	if b.Takes != nil {
		made.channel = l.wrap(l.words.short(b.Takes.Value), channelFace, inner)
	}
	if d := l.graph.Journey.Department(b.By.Value); d != nil {
		made.owner = l.wrap(l.label(d.Definition), ownerFace, inner)
		made.color = l.colorOf(d)
	}
	made.size.Y = max(made.need(), leastBox)
	return made
}

// colorOf is the colour of a department, which may own no step.
func (l *lanePlan) colorOf(d *model.Department) Role {
	for i, o := range l.owners {
		if o == d {
			return ownerColor(i)
		}
	}
	l.owners = append(l.owners, d)
	return ownerColor(len(l.owners) - 1)
}

// actPen draws what ties an act to its step.
var actPen = pen{softInk, Px, false}

// actShift is where a tie leaves a box, under all other lines on its side.
const actShift = 2 * portShift

// hangWires ties each act to what it hangs on: straight down where nothing
// stands between them, else round it through the gap on the left.
func (l *lanePlan) hangWires() {
	inColumn := make([][]int, l.gaps)
	for i, c := range l.cells {
		inColumn[c.column] = append(inColumn[c.column], i)
	}
	for k, a := range l.acts {
		box := len(l.graph.Steps) + k
		w := wire{path: -1, box: a.after, place: -1}
		if !l.falls(a.after, box, inColumn) {
			gap := l.cells[box].column
			from, to := l.rowOf(a.after), l.rowOf(box)
			riser := l.addRiser(gap, strand{wire: len(l.wires), after: -1, before: -1,
				ends: [2]strandEnd{{rowAt(from, actShift), 1}, {rowAt(to, 0), 1}}})
			end := l.port(box, false, 0)
			w.turns = append(l.port(a.after, false, actShift), turn{riserX, gap, riser, 0}, end[1], end[0])
		}
		l.wires = append(l.wires, w)
	}
}

// falls reports whether the column between two boxes is free.
func (l *lanePlan) falls(upper, lower int, inColumn [][]int) bool {
	from, to := l.rowOf(upper), l.rowOf(lower)
	for _, i := range inColumn[l.cells[upper].column] {
		if row := l.rowOf(i); from < row && row < to {
			return false
		}
	}
	return true
}

// plumbLine is the line straight down from one box to another.
func (l *lanePlan) plumbLine(upper, lower int) []Point {
	from, to := &l.boxes[upper], &l.boxes[lower]
	top := from.bottom()
	if n := l.handOverOf(upper); n != nil {
		top += n.height()
	}
	return []Point{{from.middle().X, top}, {from.middle().X, to.top()}}
}

// actLine draws a tie: a thin line with a dot at each end, which has no
// direction.
func actLine(points []Point) []Shape {
	return []Shape{
		{Kind: Line, Points: points, Stroke: actPen.color, Weight: actPen.weight, Radius: 6 * Px},
		{Kind: Circle, At: points[0], Radius: 2*Px + Px/2, Fill: actPen.color},
		{Kind: Circle, At: points[len(points)-1], Radius: 2*Px + Px/2, Fill: actPen.color},
	}
}

// drawAct draws an act: its corners are square, for the customer does not
// meet it.
func (l *lanePlan) drawAct(k int) Group {
	i := len(l.graph.Steps) + k
	b := &l.boxes[i]
	g := Group{ID: "act-" + strconv.Itoa(k), Label: l.acts[k].says}
	g.Shapes = append(g.Shapes, Shape{Kind: Rectangle, At: b.at, Size: b.size, Fill: card, Stroke: softInk, Weight: Px})
	g.Shapes = append(g.Shapes, l.drawWords(b)...)
	if len(b.owner) > 0 {
		g.Shapes = append(g.Shapes, l.drawStrip(b)...)
	}
	return g
}
