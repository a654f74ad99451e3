package render

import "slices"

// channel is the space between a lane and the one before it, where lines
// run side by side on tracks. Track 0 is nearest to the spine.
type channel struct {
	runs   []run
	tracks int
	least  Length
	pitch  Length // between tracks
}

// run is the part of an edge that lies in a channel.
type run struct {
	edge      int
	near, far Length // x where it comes from the spine's side, and where it leaves for the other
}

func (r run) low() Length  { return min(r.near, r.far) }
func (r run) high() Length { return max(r.near, r.far) }

func (r run) meets(o run) bool { return r.low() <= o.high()+slotPitch && o.low() <= r.high()+slotPitch }

func (r run) covers(x Length) bool { return r.low() <= x && x <= r.high() }

// crossings is how often two runs cross when a is nearer to the spine.
func crossings(a, b run) int {
	n := 0
	if b.covers(a.far) {
		n++
	}
	if a.covers(b.near) {
		n++
	}
	return n
}

func (c channel) height() Length {
	return c.least + Length(max(0, c.tracks-1))*c.pitch
}

// layTracks puts the runs of all channels on tracks.
func (p *plan) layTracks() {
	for s := range p.channels {
		p.channels[s] = make([]channel, p.lanes[s]+1)
		for lane := range p.channels[s] {
			p.channels[s][lane] = channel{least: laneSpace, pitch: trackPitch}
		}
	}
	for i := range p.edges {
		p.enterChannel(i)
	}
	for s := range p.channels {
		for lane := range p.channels[s] {
			p.layChannel(&p.channels[s][lane])
		}
	}
}

func (p *plan) enterChannel(i int) {
	e := &p.edges[i]
	if e.shape == corner || e.shape == branch || p.plumb(e) {
		return
	}
	c := p.channelOf(e)
	if p.optional(i) {
		c.pitch = optionPitch
	}
	c.runs = append(c.runs, run{i, p.spotX(e), p.besideX(e)})
}

// channelOf returns the channel of an edge: under the spine where it comes
// from there, else just before its row.
func (p *plan) channelOf(e *edge) *channel {
	r := &p.rows[e.path]
	if r.side == below && p.rows[e.spot.row].side != below {
		return &p.channels[below+1][1]
	}
	return &p.channels[r.side+1][r.lane]
}

func (p *plan) layChannel(c *channel) {
	var order []run
	for _, r := range c.runs {
		order = slices.Insert(order, bestPosition(order, r), r)
	}
	levels := make([]int, len(order))
	for i, r := range order {
		for j, o := range order[:i] {
			if r.meets(o) {
				levels[i] = max(levels[i], levels[j]+1)
			}
		}
		p.edges[r.edge].track = levels[i]
		c.tracks = max(c.tracks, levels[i]+1)
	}
	if c.tracks > 0 {
		c.least = laneSpace + 10*Px
	}
}

// bestPosition returns where a run, put among others, crosses fewest of them.
func bestPosition(order []run, r run) int {
	cost := 0
	for _, o := range order {
		if r.meets(o) {
			cost += crossings(r, o)
		}
	}
	best, position := cost, 0
	for i, o := range order {
		if r.meets(o) {
			cost += crossings(o, r) - crossings(r, o)
		}
		if cost < best {
			best, position = cost, i+1
		}
	}
	return position
}

// spotX is where an edge meets its place, or its host the place of both.
func (p *plan) spotX(e *edge) Length {
	if e.host >= 0 {
		return p.spotX(&p.edges[e.host])
	}
	if p.rows[e.spot.row].side == below {
		return p.busX[e.spot.gap] + e.spotSlot
	}
	return p.gapX[e.spot.gap] + e.spotSlot
}

// besideX is where an edge runs beside its row, or down to it.
func (p *plan) besideX(e *edge) Length {
	if e.shape == branch {
		return p.besideX(&p.edges[e.host])
	}
	if e.shape == drop {
		return p.gapX[p.column(e)] + e.besideSlot
	}
	if p.rows[e.path].side == below {
		return p.busX[e.beside] + e.besideSlot
	}
	return p.gapX[e.beside] + e.besideSlot
}

// trackY is the y of an edge's track in its channel.
func (p *plan) trackY(e *edge) Length {
	c, r := p.channelOf(e), &p.rows[e.path]
	inset := (c.least)/2 + Length(e.track)*c.pitch
	if r.side == above {
		return p.laneEdge(above, r.lane-1) - inset
	}
	lane := r.lane - 1
	if p.rows[e.spot.row].side != below {
		lane = 0
	}
	return p.laneEdge(below, lane) + inset
}

// laneEdge is the outer edge of a lane, or of the band for lane 0.
func (p *plan) laneEdge(s side, lane int) Length {
	if lane == 0 {
		return p.band[max(0, int(s))]
	}
	edge := p.axis[s+1][lane]
	p.eachBox(s, lane, func(b *box) {
		if s == above {
			edge = min(edge, b.top())
		} else {
			edge = max(edge, b.bottom())
		}
	})
	return edge
}
