package convert

import (
	"cmp"
	"slices"
)

// exportRoute is how a flow runs: in the grid, then on the page.
type exportRoute struct {
	turns   int // how often it leaves its row: not at all, once, or for a channel
	gap     int // where it leaves the row of its first shape
	trunk   int // with which flows it shares that; see exportTrunk
	channel int
	key     int // with which flows it shares that
	last    int // the gap where it comes to the row of its last shape
	points  []exportPoint
	words   exportBox
}

type exportPoint struct{ x, y int }

// exportTrunk is the key of the track that all flows from a shape share, or all
// that lead to it.
func exportTrunk(node int, to bool) int {
	if to {
		return 2*node + 1
	}
	return 2 * node
}

// exportTracks are the parallel lines of a gap or a channel.
type exportTracks struct {
	lines []exportTrack
	known map[int]int
	sizes []int // how wide each track is
}

// exportTrack is a line that one flow needs, or several that share it.
type exportTrack struct{ key, lo, hi, track, size int }

// need asks for a line between two levels.
func (t *exportTracks) need(key, a, b, size int) {
	lo, hi := min(a, b), max(a, b)
	i, ok := t.known[key]
	if !ok {
		if t.known == nil {
			t.known = map[int]int{}
		}
		i = len(t.lines)
		t.known[key] = i
		t.lines = append(t.lines, exportTrack{key: key, lo: lo, hi: hi})
	}
	line := &t.lines[i]
	line.lo, line.hi, line.size = min(line.lo, lo), max(line.hi, hi), max(line.size, size)
}

// share puts lines that do not meet on one track.
func (t *exportTracks) share() {
	order := make([]*exportTrack, len(t.lines))
	for i := range t.lines {
		order[i] = &t.lines[i]
	}
	slices.SortStableFunc(order, func(a, b *exportTrack) int {
		return cmp.Or(cmp.Compare(a.lo, b.lo), cmp.Compare(a.hi, b.hi))
	})
	var ends []int
	for _, line := range order {
		line.track = slices.IndexFunc(ends, func(end int) bool { return end < line.lo })
		if line.track < 0 {
			line.track = len(ends)
			ends, t.sizes = append(ends, 0), append(t.sizes, 0)
		}
		ends[line.track] = line.hi
		t.sizes[line.track] = max(t.sizes[line.track], line.size)
	}
}

// total returns how wide the tracks are together.
func (t *exportTracks) total() int {
	sum := 0
	for _, s := range t.sizes {
		sum += s
	}
	return sum
}

// at returns how far the end of a line's track is from the beginning.
func (t *exportTracks) at(key int) int {
	sum := 0
	for _, s := range t.sizes[:t.lines[t.known[key]].track+1] {
		sum += s
	}
	return sum
}

// Levels in which tracks count: a row has its upper channel, its middle and its
// lower channel; a gap comes before its column.
func exportMiddle(row int) int      { return 3*row + 1 }
func exportLevel(channel int) int   { return channel/2*3 + channel%2*2 }
func exportAbove(row int) int       { return 2 * row }
func exportBelow(row int) int       { return 2*row + 1 }
func exportAtGap(gap int) int       { return 2 * gap }
func exportAtColumn(column int) int { return 2*column + 1 }

// route finds a way along the grid for each flow: those that need one row come
// first, as others can give way.
func (p *exportProcess) route() {
	p.grid.gaps = make([]exportTracks, p.grid.cols+1)
	p.grid.channels = make([]exportTracks, 2*len(p.grid.lines))
	straight := make([]bool, len(p.flows))
	for i := range p.flows {
		straight[i] = p.goStraight(i)
	}
	for i := range p.flows {
		if !straight[i] {
			p.goRound(i)
		}
	}
	for i := range p.grid.gaps {
		p.grid.gaps[i].share()
	}
	for i := range p.grid.channels {
		p.grid.channels[i].share()
	}
}

// goStraight lets a flow run along its row, where it can.
func (p *exportProcess) goStraight(flow int) bool {
	f := &p.flows[flow]
	from, to := p.nodes[f.from], p.nodes[f.to]
	between := exportRun{from.col + 1, to.col - 1, f.from, f.to}
	if from.host >= 0 || f.skips || from.row != to.row || to.col <= from.col || !p.grid.free(from.row, between) {
		return false
	}
	p.grid.run(from.row, between)
	return true
}

// goRound lets a flow change its row once, along its own strand's row if it
// can, else run in a channel.
func (p *exportProcess) goRound(flow int) {
	f := &p.flows[flow]
	from, to := p.nodes[f.from], p.nodes[f.to]
	if from.host >= 0 || f.skips || to.col <= from.col || from.row == to.row {
		p.goInChannel(flow)
		return
	}
	between := exportRun{from.col + 1, to.col - 1, f.from, f.to}
	late := func() bool { return p.turnOnce(f, from.row, between, to.col, exportTrunk(f.to, true)) }
	early := func() bool { return p.turnOnce(f, to.row, between, from.col+1, exportTrunk(f.from, false)) }
	first, second := late, early
	if from.strand != f.strand {
		first, second = early, late
	}
	if !first() && !second() {
		p.goInChannel(flow)
	}
}

// turnOnce lets a flow run along a row and change to the other in a gap.
func (p *exportProcess) turnOnce(f *exportFlow, row int, between exportRun, gap, trunk int) bool {
	if !p.grid.free(row, between) {
		return false
	}
	p.grid.run(row, between)
	f.turns, f.gap, f.trunk = 1, gap, trunk
	p.grid.gaps[gap].need(trunk, exportMiddle(p.nodes[f.from].row), exportMiddle(p.nodes[f.to].row), exportTrackSize)
	return true
}

// goInChannel lets a flow leave its row for a channel. Flows to one shape share
// a line there, unless words stand on it.
func (p *exportProcess) goInChannel(flow int) {
	f := &p.flows[flow]
	from, to := p.nodes[f.from], p.nodes[f.to]
	f.turns, f.last = 2, to.col
	f.channel = p.channel(f)
	begins := exportAtColumn(from.col)
	if from.host < 0 {
		f.gap, f.trunk = from.col+1, exportTrunk(f.from, false)
		p.grid.gaps[f.gap].need(f.trunk, exportMiddle(from.row), exportLevel(f.channel), exportTrackSize)
		begins = exportAtGap(f.gap)
	}
	size := exportTrackSize
	f.key = f.to
	if f.skips {
		f.key = -1 - flow
		size += f.words.h
	}
	p.grid.channels[f.channel].need(f.key, begins, exportAtGap(f.last), size)
	p.grid.gaps[f.last].need(exportTrunk(f.to, true), exportLevel(f.channel), exportMiddle(to.row), exportTrackSize)
}

// channel returns the channel that a flow runs in: ways on above their row,
// ways back and from events below it; to another row, the side from which it
// comes.
func (p *exportProcess) channel(f *exportFlow) int {
	from, to := p.nodes[f.from], p.nodes[f.to]
	switch {
	case from.host >= 0 || from.row == to.row && to.col <= from.col:
		return exportBelow(from.row)
	case from.row <= to.row:
		return exportAbove(to.row)
	}
	return exportBelow(to.row)
}
