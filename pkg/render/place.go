package render

import (
	"github.com/customer-corridor/corridor/pkg/model"
)

// plan is a map in the making.
type plan struct {
	*grid
	*measurer
	theme    *Theme
	language string
	words    words
	logo     *Logo
	date     string
	title    []string
	subtitle []string
	owners   []*model.Department // with a strip of their colour
	// viewItems are what the legend explains besides what every map has.
	viewItems []legendItem

	boxWidth Length
	boxes    []box // by step
	columns  []int // by step
	edges    []edge
	lineup   lineup
	channels [3][]channel // by side+1 and lane

	gapX, busX []Length    // middles
	axis       [3][]Length // the middles of the lanes, by side+1 and lane
	band       [2]Length   // top and bottom of the band behind the spine
	startDot   Point
	endRing    Point
	stages     []stageColumn
	chevrons   [2]Length // top and bottom
	field      [2]Length // top and bottom of the stage columns
	side       Length    // where the first stage begins
	detailed   bool      // boxes tell measures and what is done at mishaps
	chart      *chart    // nil where the view has none
	width      Length
	bottom     Length // of the last lane

	overlay *overlay // as a customer meets it; nil where nobody was named
	verdict verdict  // told under the title, with an overlay
}

// stageColumn is a run of steps of one stage on the basic path.
type stageColumn struct {
	name        []string
	left, right Length
	firstStep   int
}

const (
	margin     = 28 * Px
	gapMargin  = 18 * Px // between a box and the nearest line
	gapLeast   = 44 * Px
	markRadius = 8 * Px
	bandInset  = 14 * Px
	laneSpace  = 26 * Px // between rows where no line runs in the channel
	trackPitch = 9 * Px
)

func (p *plan) gapWidth(gap int) Length {
	return max(gapLeast, 2*gapMargin+2*p.lineup.gapHalf[gap])
}

func (p *plan) busWidth(bus int) Length {
	return max(gapLeast, 2*gapMargin+2*p.lineup.busHalf[bus])
}

// placeColumns gives gaps, buses and boxes their x.
func (p *plan) placeColumns() {
	p.gapX, p.busX = make([]Length, p.gaps), make([]Length, p.gaps+1)
	p.gapX[0] = p.leftEdge()
	for g := 1; g < p.gaps; g++ {
		step := max((p.gapWidth(g-1)+p.gapWidth(g))/2, p.busWidth(g)) + p.boxWidth
		p.gapX[g] = p.gapX[g-1] + (step+Px-1)/Px*Px
		p.busX[g] = (p.gapX[g-1] + p.gapX[g]) / 2
	}
	p.busX[0] = p.gapX[0] - (p.boxWidth+p.busWidth(0))/2
	p.busX[p.gaps] = p.gapX[p.gaps-1] + (p.boxWidth+p.busWidth(p.gaps))/2
	for i := range p.boxes {
		s := p.rows[p.graph.Steps[i].Path].side
		p.boxes[i].at.X = p.columnMiddle(s, p.columns[i]) - p.boxes[i].size.X/2
	}
	for path := range p.rows {
		p.centre(path)
	}
}

// centre moves a row to the middle between the places that it joins, where no
// line rises between them that a box could stand on.
func (p *plan) centre(path int) {
	r := &p.rows[path]
	low, high := min(r.from.gap, r.to.gap), max(r.from.gap, r.to.gap)
	if r.side != above || high-low <= total(r.widths) || r.reach != [2]int{low, high} {
		return
	}
	for gap := low + 1; gap < high; gap++ {
		if len(p.lineup.over[gap]) > 0 {
			return
		}
	}
	first, end := p.graph.StepsOf(path)
	left, right := p.boxes[first].left(), p.boxes[end-1].right()
	if r.back {
		left, right = p.boxes[end-1].left(), p.boxes[first].right()
	}
	by := ((p.gapX[low]+p.gapX[high])/2 - (left+right)/2) / Px * Px
	for i := first; i < end; i++ {
		p.boxes[i].at.X += by
	}
}

// findColumns tells in which column each box stands: the middle one of
// those that its step has.
func (p *plan) findColumns() {
	p.columns = make([]int, len(p.boxes))
	for path := range p.rows {
		p.findRowColumns(path)
	}
}

// leftEdge is the x of the first gap: right of the start mark, and so far in
// that an option under it has room.
func (p *plan) leftEdge() Length {
	left := margin + bandInset + 2*markRadius + p.gapWidth(0)/2
	for path, r := range p.rows {
		if r.side == below && r.first == 0 && !p.skips(path) {
			left = max(left, margin/2+p.boxWidth/2+p.busWidth(0))
		}
	}
	return left
}

func (p *plan) findRowColumns(path int) {
	r := &p.rows[path]
	first := p.graph.Paths[path].First
	before := 0
	for i, w := range r.widths {
		column := r.first + before + (w-1)/2
		if r.back {
			column = r.first + total(r.widths) - before - w + (w-1)/2
		}
		before += w
		p.columns[first+i] = column
	}
}

func (p *plan) columnMiddle(s side, column int) Length {
	if s == below {
		return p.gapX[column]
	}
	left := p.gapX[column] + p.gapWidth(column)/2
	right := p.gapX[column+1] - p.gapWidth(column+1)/2
	return (left + right) / 2 / Px * Px
}

// placeLanes gives everything its y, from the top down.
func (p *plan) placeLanes(y Length) {
	p.field[0] = y
	for s := range p.axis {
		p.axis[s] = make([]Length, p.lanes[s]+1)
	}
	y += laneSpace
	for lane := p.lanes[0]; lane > 0; lane-- {
		y = p.placeLane(above, lane, y) + p.channels[0][lane].height()
	}
	p.band[0] = y
	p.band[1] = p.placeLane(onSpine, 0, y+bandInset) + bandInset
	y = p.band[1]
	for lane := 1; lane <= p.lanes[2]; lane++ {
		y = p.placeLane(below, lane, y+p.channels[2][lane].height())
	}
	p.field[1] = y + laneSpace
	p.bottom = p.field[1]
}

// placeLane puts the boxes of a lane on one axis and returns its bottom.
func (p *plan) placeLane(s side, lane int, top Length) Length {
	tallest := Length(0)
	p.eachBox(s, lane, func(b *box) { tallest = max(tallest, b.size.Y) })
	p.axis[s+1][lane] = top + tallest/2
	p.eachBox(s, lane, func(b *box) { b.at.Y = top + (tallest-b.size.Y)/2 })
	return top + tallest
}

func (p *plan) eachBox(s side, lane int, do func(*box)) {
	for path, r := range p.rows {
		if r.side != s || r.lane != lane {
			continue
		}
		first, end := p.graph.StepsOf(path)
		for i := first; i < end; i++ {
			do(&p.boxes[i])
		}
	}
}

// placeY is the y of the line on which a place lies.
func (p *plan) placeY(s spot) Length {
	r := &p.rows[s.row]
	return p.axis[r.side+1][r.lane]
}

// placeMarks puts the start before the first gap and satisfied after the
// last, and finds how wide the map is.
func (p *plan) placeMarks() {
	last := total(p.rows[0].widths)
	p.startDot.X = p.gapX[0] - p.gapWidth(0)/2 - markRadius
	p.endRing.X = p.gapX[last] + p.gapWidth(last)/2 + markRadius
	p.width = p.endRing.X + markRadius + bandInset
	for i := range p.boxes {
		p.width = max(p.width, p.boxes[i].right()+margin/2)
	}
	if len(p.lineup.buses[p.gaps]) > 0 {
		p.width = max(p.width, p.busX[p.gaps]+p.busWidth(p.gaps)/2)
	}
	if len(p.lineup.over[p.gaps-1]) > 0 {
		p.width = max(p.width, p.gapX[p.gaps-1]+p.gapWidth(p.gaps-1)/2)
	}
	p.width += margin
}

// findStages cuts the basic path into runs of one stage each; none where the
// journey says nothing of stages.
func (p *plan) findStages() {
	if !usesStages(p.graph.Journey) {
		return
	}
	first, end := p.graph.StepsOf(0)
	for i := first; i < end; i++ {
		if i > first && p.graph.Steps[i].Stage == p.graph.Steps[i-1].Stage {
			continue
		}
		p.stages = append(p.stages, stageColumn{firstStep: i})
	}
}

func usesStages(j *model.Journey) bool {
	for _, d := range append([]*model.Document{j.Document}, j.Imported...) {
		if d != nil && len(d.Stages) > 0 {
			return true
		}
	}
	for _, t := range j.Touchpoints {
		if t.Stage.Value != "" {
			return true
		}
	}
	return false
}

var (
	titleFace    = Typeface{23 * Px, true}
	subtitleFace = Typeface{12 * Px, false}
)

const titleLine = 30 * Px

// placeHead wraps the title to the width of the map, which it may widen, and
// places what comes below it.
func (p *plan) placeHead() {
	p.placeTitle()
	p.placeLanes(p.chevrons[1])
	y := p.axis[onSpine+1][0]
	p.startDot.Y, p.endRing.Y = y, y
}

// placeTitle places the title and the stages under it.
func (p *plan) placeTitle() {
	p.width = (max(p.width, 480*Px, p.legendLeast()) + Px - 1) / Px * Px
	p.title = p.wrap(clean(p.titleText()), titleFace, p.headRoom())
	p.subtitle = p.wrap(p.subtitleText(), subtitleFace, p.headRoom())
	y := margin + Length(len(p.title))*titleLine + Length(len(p.subtitle))*18*Px + 14*Px
	y = p.placeVerdict(y)
	p.chevrons = [2]Length{y, y + p.placeStages()}
}

func (p *plan) titleText() string {
	if d := p.graph.Journey.Document; d != nil {
		return d.Title.In(p.language)
	}
	return ""
}

const chevronPoint = 12 * Px

var chevronFace = Typeface{13 * Px, true}

// placeStages gives the stages their columns and wraps their names; it
// returns how tall the chevrons are.
func (p *plan) placeStages() Length {
	g := p.graph
	lines := 0
	for i := range p.stages {
		s := &p.stages[i]
		s.left, s.right = p.side, p.width-margin
		if i > 0 {
			s.left = p.gapX[p.spots[g.Steps[s.firstStep].From].gap]
		}
		if i+1 < len(p.stages) {
			s.right = p.gapX[p.spots[g.Steps[p.stages[i+1].firstStep].From].gap]
		}
		stage := g.Journey.Stages[g.Steps[s.firstStep].Stage]
		s.name = p.wrap(clean(p.words.stage(stage, p.language)), chevronFace, s.right-s.left-4*chevronPoint)
		lines = max(lines, len(s.name))
	}
	if lines == 0 {
		return 0
	}
	return Length(lines)*17*Px + 16*Px
}
