package convert

import "strings"

// Sizes on the page, in the units of BPMN diagrams. Shapes have the sizes that
// editors give them.
const (
	exportPoolX, exportPoolY = 160, 80
	exportBandWidth          = 30 // of the names of the pool and its lanes
	exportTaskWidth          = 100
	exportTaskHeight         = 80
	exportWidestTask         = 200
	exportGatewaySize        = 50
	exportEventSize          = 36
	exportSlot               = 100 // from one event on a task to the next
	exportLabelWidth         = 90
	exportSlotLabel          = 70
	exportLineHeight         = 14
	exportMargin             = 20
	exportTrackSize          = 12
	exportLeastLane          = 120
	exportMostLane           = 250
)

// size gives shapes their sizes, and what is written outside them.
func (p *exportProcess) size() {
	for i := range p.nodes {
		n := &p.nodes[i]
		switch n.kind {
		case exportGateway:
			n.w, n.h = exportGatewaySize, exportGatewaySize
		case exportStart, exportEnd, exportLost:
			n.w, n.h = exportEventSize, exportEventSize
			n.label = exportWords(n.name, exportLabelWidth)
		case exportBoundary:
			n.w, n.h = exportEventSize, exportEventSize
			n.label = exportWords(n.name, exportSlotLabel)
			p.nodes[n.host].events = append(p.nodes[n.host].events, n.out...)
		default:
			n.w, n.h = max(exportTaskSize(n.name), n.slots*exportSlot), exportTaskHeight
		}
	}
	for i := range p.flows {
		if f := &p.flows[i]; f.name != "" {
			f.words = exportWords(f.name, exportLabelWidth)
		}
	}
}

// exportTaskSize returns the width at which a name fits into a task.
func exportTaskSize(name string) int {
	width := exportTaskWidth
	for width < exportWidestTask && exportLines(name, width-10) > 3 {
		width += 20
	}
	return width
}

func exportWords(text string, width int) exportBox {
	return exportBox{w: width, h: exportLines(text, width) * exportLineHeight}
}

// exportLines estimates in how many lines a text of this width is shown.
func exportLines(text string, width int) int {
	const letter, wide = 6, 12
	lines, x := 1, 0
	for _, word := range strings.Fields(text) {
		length := 0
		for _, r := range word {
			if r >= 0x2E80 {
				length += wide
			} else {
				length += letter
			}
		}
		if x > 0 && x+letter+length > width {
			lines, x = lines+1, 0
		}
		x += letter + length
		for x > width+letter {
			lines, x = lines+1, x-width
		}
	}
	return lines
}

// exportPage is where the grid is on the page.
type exportPage struct {
	left   []int // of each column
	width  []int
	gap    []int // the left side of each gap
	middle []int // of each row
	above  []int // the upper side of each row's upper channel
	below  []int // of its lower channel
	right  int
	bottom int
}

// paint turns the grid into places on the page.
func (p *exportProcess) paint() {
	page := &p.page
	p.layColumns(page)
	p.layRows(page)
	for i := range p.nodes {
		if p.nodes[i].host < 0 {
			p.stand(&p.nodes[i])
		}
	}
	for i := range p.nodes {
		if p.nodes[i].host >= 0 {
			p.attach(&p.nodes[i])
		}
	}
	for i := range p.flows {
		p.draw(&p.flows[i])
	}
}

func (p *exportProcess) banded() bool { return len(p.lanes) > 1 || p.lanes[0].name != "" }

// layColumns makes columns as wide as their widest shape, and gaps as wide as
// their tracks, with room for the words on flows that end behind them.
func (p *exportProcess) layColumns(page *exportPage) {
	page.left, page.width, page.gap = make([]int, p.grid.cols), make([]int, p.grid.cols), make([]int, p.grid.cols+1)
	words := make([]int, p.grid.cols+1)
	for _, n := range p.nodes {
		if n.host < 0 {
			page.width[n.col] = max(page.width[n.col], n.w, n.label.w)
		}
	}
	for _, f := range p.flows {
		if f.name != "" && !f.skips {
			words[p.nodes[f.to].col] = exportLabelWidth
		}
	}
	x := exportPoolX + exportBandWidth
	if p.banded() {
		x += exportBandWidth
	}
	for i := range page.gap {
		page.gap[i] = x
		x += exportMargin + p.grid.gaps[i].total() + words[i]
		if i < p.grid.cols {
			page.left[i] = x
			x += page.width[i]
		}
	}
	page.right = x
}

// layRows makes rows as high as their shapes, with their words, and channels as
// high as their tracks.
func (p *exportProcess) layRows(page *exportPage) {
	rows := len(p.grid.lines)
	up, down := make([]int, rows), make([]int, rows)
	for _, n := range p.nodes {
		switch {
		case n.host >= 0:
			down[n.row] = max(down[n.row], exportTaskHeight/2+exportEventSize/2+n.label.h)
		case n.label.h > 0:
			down[n.row] = max(down[n.row], n.h/2+4+n.label.h)
		}
		up[n.row], down[n.row] = max(up[n.row], n.h/2), max(down[n.row], n.h/2)
	}
	for _, f := range p.flows {
		if row := p.nodes[f.to].row; f.name != "" && !f.skips {
			up[row] = max(up[row], f.words.h+4)
		}
	}
	page.middle, page.above, page.below = make([]int, rows), make([]int, rows), make([]int, rows)
	y := exportPoolY
	for i := range p.lanes {
		lane := &p.lanes[i]
		lane.top = y
		for r := lane.row; r < lane.row+lane.rows; r++ {
			page.above[r] = y + exportMargin/2
			page.middle[r] = page.above[r] + p.grid.channels[exportAbove(r)].total() + exportMargin/2 + up[r]
			page.below[r] = page.middle[r] + down[r]
			y = page.below[r] + p.grid.channels[exportBelow(r)].total() + exportMargin/2
		}
		y = max(y+exportMargin/2, lane.top+min(exportMostLane, max(exportLeastLane, exportMargin+len([]rune(lane.name))*7)))
		lane.high = y - lane.top
	}
	page.bottom = y
}

// stand puts a shape into the middle of its cell.
func (p *exportProcess) stand(n *exportNode) {
	n.x = p.page.left[n.col] + (p.page.width[n.col]-n.w)/2
	n.y = p.page.middle[n.row] - n.h/2
	n.label.x, n.label.y = n.x+(n.w-n.label.w)/2, n.y+n.h+4
}

// attach puts an event on the lower side of its task, its words beside the flow
// that leads away.
func (p *exportProcess) attach(n *exportNode) {
	host := p.nodes[n.host]
	n.x, n.y = host.x+n.slot*exportSlot+6, host.y+host.h-exportEventSize/2
	n.label.x, n.label.y = n.x+exportEventSize/2+6, n.y+exportEventSize
}

// draw gives a flow its waypoints.
func (p *exportProcess) draw(f *exportFlow) {
	from, to := p.nodes[f.from], p.nodes[f.to]
	begin := exportPoint{from.x + from.w, from.y + from.h/2}
	end := exportPoint{to.x, to.y + to.h/2}
	f.points = []exportPoint{begin}
	switch {
	case f.turns == 1:
		x := p.gapX(f.gap, f.trunk)
		f.points = append(f.points, exportPoint{x, begin.y}, exportPoint{x, end.y})
	case f.turns == 2:
		x, y := p.gapX(f.gap, f.trunk), p.channelY(f)
		if from.host >= 0 {
			x = from.x + from.w/2
			f.points = []exportPoint{{x, from.y + from.h}}
		} else {
			f.points = append(f.points, exportPoint{x, begin.y})
		}
		last := p.gapX(f.last, exportTrunk(f.to, true))
		f.points = append(f.points, exportPoint{x, y}, exportPoint{last, y}, exportPoint{last, end.y})
		f.words.x, f.words.y = (x+last-f.words.w)/2, y-2-f.words.h
	}
	f.points = exportCorners(append(f.points, end))
	if !f.skips {
		f.words.x, f.words.y = p.page.left[to.col]-f.words.w-3, end.y-3-f.words.h
	}
}

func (p *exportProcess) gapX(gap, trunk int) int {
	if _, ok := p.grid.gaps[gap].known[trunk]; !ok {
		return 0
	}
	return p.page.gap[gap] + p.grid.gaps[gap].at(trunk)
}

func (p *exportProcess) channelY(f *exportFlow) int {
	top := p.page.above[f.channel/2]
	if f.channel%2 == 1 {
		top = p.page.below[f.channel/2]
	}
	return top + p.grid.channels[f.channel].at(f.key)
}

// exportCorners leaves out the points at which a line does not turn.
func exportCorners(points []exportPoint) []exportPoint {
	kept := points[:1]
	for i := 1; i < len(points); i++ {
		a, b := kept[len(kept)-1], points[i]
		if a == b {
			continue
		}
		if i+1 < len(points) {
			c := points[i+1]
			if a.x == b.x && b.x == c.x || a.y == b.y && b.y == c.y {
				continue
			}
		}
		kept = append(kept, b)
	}
	return kept
}
