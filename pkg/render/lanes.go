package render

import (
	"context"
	"unicode"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// LaneKind is what the rows of a map with lanes stand for.
type LaneKind struct {
	Name, Summary string
	choose        func(*lanePlan)
}

// LaneKinds are all kinds of lane, the usual one first.
var LaneKinds = []LaneKind{
	{"department", "a lane for each department that owns a step", (*lanePlan).byDepartment},
	{"channel", "a lane for each channel", (*lanePlan).byChannel},
	{"stage-depth", "a service blueprint: front stage, back stage and support", (*lanePlan).byDepth},
}

// lanePlan is a map with lanes in the making: stages are columns, lanes are
// rows, and a step stands where its column meets its lane.
type lanePlan struct {
	*plan
	kind  LaneKind
	depth bool // front stage, back stage and support

	lanes     []lane
	cells     []site     // by box
	acts      []act      // what happens behind the scenes; their boxes follow those of the steps
	handOvers []handOver // of steps that hand over
	rowsDown  []laneRow  // rows of boxes, from the top of the map down

	labelWide Length
	taken     map[[2]int][][2]int // by lane and row in it: the columns in use
	loops     map[[3]int]bool     // by lane, row in it and gap: a step comes and goes there
	columnOf  []int               // by column: the step of the basic path over it, -1 for none

	wires     []wire
	carriers  []carrier  // by place
	risers    [][]strand // by gap
	tracks    [][]strand // by channel; channel i is over row i
	slotX     []Length   // by gap: its first slot
	trackTop  []Length   // by channel
	trackRoom []Length   // by channel: what its tracks take
}

// lane is a row of the map, which may have several rows of boxes.
type lane struct {
	id          string
	name        []string
	color       Role
	lines       []string // the names of the lines over it
	rows        int
	bottomUp    bool // its first row is at its bottom
	first       int  // its topmost row on the map
	top, bottom Length
}

// site is where a box stands.
type site struct {
	lane, row int // the row is counted within the lane
	column    int
}

// laneRow is a row of boxes on one axis.
type laneRow struct {
	up, down Length // what its boxes take above and below the axis
	axis     Length
}

// layoutLanes places the corridor in lanes. It routes all lines itself: what
// goes from lane to lane has a gap or a channel to run in.
func layoutLanes(ctx context.Context, g *corridor.Graph, o Options, _ Router) (*Scene, error) {
	l := newLanePlan(g, o)
	for _, step := range l.steps() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		step()
	}
	return l.scene(), nil
}

func newLanePlan(g *corridor.Graph, o Options) *lanePlan {
	p := newPlan(g, o)
	p.grid = newLaneGrid(g)
	l := &lanePlan{plan: p, kind: laneKindOf(o.Lanes), taken: map[[2]int][][2]int{}, loops: map[[3]int]bool{}}
	return l
}

func laneKindOf(name string) LaneKind {
	for _, k := range LaneKinds {
		if k.Name == name {
			return k
		}
	}
	return LaneKinds[0]
}

// steps place everything, lines as well, when they are taken in order.
func (l *lanePlan) steps() []func() {
	return []func(){
		l.fillBoxes, func() { l.kind.choose(l) }, l.trimBoxes, l.findStages, l.findColumns,
		l.pack, l.hangActs, l.findHandOvers, l.numberRows,
		l.findWires, l.placeAcross, l.explain, l.placeTitle, l.placeDown, l.traceWires,
	}
}

// leastBox is the least height of a box, on whose sides several lines end.
const leastBox = 64 * Px

// trimBoxes makes the boxes anew for what the lanes leave unsaid.
func (l *lanePlan) trimBoxes() {
	for i := range l.boxes {
		if b := &l.boxes[i]; !b.skip {
			b.size.Y = max(b.need(), leastBox)
		} else if l.loop(l.graph.Steps[i].Path) {
			b.size.Y = max(b.size.Y, 3*portShift)
		}
	}
	l.evenHeights()
}

// byDepartment gives each department that owns a step a lane.
func (l *lanePlan) byDepartment() {
	for i, d := range l.owners {
		l.addLane(d.ID.Value, l.label(d.Definition), ownerColor(i))
	}
	l.fillLanes(l.words.Lanes.NoOwner, func(t *model.Touchpoint) string {
		if l.graph.Journey.Department(t.Owner.Value) == nil {
			return ""
		}
		return t.Owner.Value
	})
	for i := range l.boxes {
		l.boxes[i].owner = nil
	}
}

// byChannel gives each channel a lane, in the order in which they are met.
func (l *lanePlan) byChannel() {
	for _, step := range l.graph.Steps {
		if step.Touchpoint == nil || step.Touchpoint.Channel.Value == "" {
			continue
		}
		id := step.Touchpoint.Channel.Value
		if l.laneOf(id) < 0 {
			l.addLane(id, capital(clean(l.words.channel(l.graph.Journey, id, l.language))), plainLane)
		}
	}
	l.fillLanes(l.words.Lanes.NoChannel, func(t *model.Touchpoint) string { return t.Channel.Value })
	for i := range l.boxes {
		l.boxes[i].channel = nil
	}
}

// capital begins a text with a capital where its script has one.
func capital(text string) string {
	if text == "" {
		return ""
	}
	first, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[n:]
}

// plainLane is the ground of the name of a lane that is no department.
var plainLane = chevron(2, chevronShades)

func (l *lanePlan) addLane(id, words string, color Role) int {
	l.lanes = append(l.lanes, lane{id: id, color: color, name: []string{words}})
	return len(l.lanes) - 1
}

func (l *lanePlan) laneOf(id string) int {
	for i := range l.lanes {
		if l.lanes[i].id == id {
			return i
		}
	}
	return -1
}

// fillLanes puts the steps into the lanes of their ids; those of none get a
// lane of their own, the last. An empty way is in the lane of what it skips.
func (l *lanePlan) fillLanes(none string, idOf func(*model.Touchpoint) string) {
	l.cells = make([]site, len(l.graph.Steps))
	for i, step := range l.graph.Steps {
		if step.Touchpoint == nil {
			step = l.graph.Steps[l.instead(i)]
		}
		at := -1
		if id := idOf(step.Touchpoint); id != "" {
			at = l.laneOf(id)
		}
		if at < 0 {
			if at = l.laneOf(""); at < 0 {
				at = l.addLane("", none, plainLane)
			}
		}
		l.cells[i].lane = at
	}
}

// instead returns a step with a touchpoint that an empty way passes by.
func (l *lanePlan) instead(step int) int {
	path := l.graph.Paths[l.graph.Steps[step].Path]
	if path.Replaces[0] < path.Replaces[1] && l.graph.Steps[path.Replaces[0]].Touchpoint != nil {
		return path.Replaces[0]
	}
	owner := l.owner[path.From]
	return l.graph.Paths[owner].First + min(max(0, l.position(owner, path.From)), l.graph.Paths[owner].Count-1)
}

// numberRows numbers the rows of all lanes from the top of the map down.
func (l *lanePlan) numberRows() {
	n := 0
	for i := range l.lanes {
		l.lanes[i].rows = max(1, l.lanes[i].rows)
		l.lanes[i].first = n
		n += l.lanes[i].rows
	}
	l.rowsDown = make([]laneRow, n)
}

// rowOf returns the row of a box on the map.
func (l *lanePlan) rowOf(box int) int {
	c := l.cells[box]
	at := &l.lanes[c.lane]
	if at.bottomUp {
		return at.first + at.rows - 1 - c.row
	}
	return at.first + c.row
}

// explain adds to the legend what only maps with lanes have, and wraps the
// names of the lanes.
func (l *lanePlan) explain() {
	if len(l.handOvers) > 0 {
		l.viewItems = append(l.viewItems, l.legendItem(l.words.Lanes.HandOver, func(at Point) []Shape {
			return handOverMark(Point{at.X + sampleWidth/2, at.Y}, plainLane, chevronText)
		}))
	}
	if len(l.acts) > 0 {
		l.viewItems = append(l.viewItems, l.legendItem(l.words.Lanes.Action, func(at Point) []Shape {
			return actLine([]Point{at, {at.X + sampleWidth, at.Y}})
		}))
	}
	if l.kind.Name == LaneKinds[0].Name {
		l.owners = nil // the lanes tell them
	}
}
