package render

const (
	laneGap         = 6 * Px  // between lanes
	laneLine        = 24 * Px // for the name of a line between lanes
	laneFoot        = 18 * Px // under the last row of a lane
	trackInset      = 18 * Px // from a track to the rows on both sides
	labelLeast      = 96 * Px
	labelMost       = 148 * Px
	labelInset      = 8 * Px
	labelLine       = 17 * Px
	handOverPadding = 5 * Px
)

var (
	laneFace = Typeface{13 * Px, true}
	lineFace = Typeface{10*Px + Px/2, false}
)

// placeAcross gives everything its x.
func (l *lanePlan) placeAcross() {
	l.placeLabels()
	room := make([]Length, l.gaps)
	for g := range l.risers {
		room[g] = max(gapLeast, 2*gapMargin+l.lay(l.risers[g], rowLevel/2-1))
	}
	l.side = margin + l.labelWide + laneGap
	l.gapX, l.slotX = make([]Length, l.gaps), make([]Length, l.gaps)
	x := l.side + bandInset + 2*markRadius
	for g := range l.gapX {
		l.gapX[g] = x + room[g]/2
		l.slotX[g] = l.gapX[g] - (room[g]-2*gapMargin)/2
		if room[g] == gapLeast {
			l.slotX[g] = l.gapX[g] - l.span(g)/2
		}
		x += room[g] + l.boxWidth
	}
	for i := range l.boxes {
		g := l.cells[i].column
		l.boxes[i].at.X = l.gapX[g] + room[g]/2 + (l.boxWidth-l.boxes[i].size.X)/2
	}
	last := total(l.rows[0].widths)
	l.startDot.X = l.gapX[0] - room[0]/2 - markRadius
	l.endRing.X = l.gapX[last] + room[last]/2 + markRadius
	l.width = max(l.endRing.X+markRadius+bandInset, l.gapX[l.gaps-1]+room[l.gaps-1]/2) + margin
	l.placeTracks()
	l.partStubs()
}

// span is how much room the risers of a gap take.
func (l *lanePlan) span(gap int) Length {
	most := Length(0)
	for i := range l.risers[gap] {
		most = max(most, l.risers[gap][i].at)
	}
	return most
}

// placeLabels wraps the names of lanes and of the lines between them.
func (l *lanePlan) placeLabels() {
	l.labelWide = labelLeast
	for i := range l.lanes {
		for _, words := range l.lanes[i].name {
			l.labelWide = max(l.labelWide, min(labelMost, l.measurer.width(words, laneFace)+2*labelInset))
		}
		for _, words := range l.lanes[i].lines {
			l.labelWide = max(l.labelWide, l.measurer.width(words, lineFace)+Px)
		}
	}
	for i := range l.lanes {
		l.lanes[i].name = l.wrap(l.lanes[i].name[0], laneFace, l.labelWide-2*labelInset)
	}
}

// channelHeight is the room over a row.
func (l *lanePlan) channelHeight(channel int) Length {
	if len(l.tracks[channel]) == 0 {
		return laneSpace
	}
	return 2*trackInset + l.trackRoom[channel]
}

// placeDown gives everything its y.
func (l *lanePlan) placeDown() {
	l.measureRows()
	l.trackTop = make([]Length, len(l.tracks))
	y := l.chevrons[1] + laneGap
	l.field[0] = y
	for i := range l.lanes {
		y = l.placeLaneDown(i, y) + laneGap
	}
	l.field[1] = y - laneGap
	l.bottom = l.field[1]
	for i := range l.boxes {
		l.boxes[i].at.Y = l.rowsDown[l.rowOf(i)].axis - l.boxes[i].size.Y/2
	}
	basic := l.graph.Paths[0]
	l.startDot.Y = l.boxes[basic.First].middle().Y
	l.endRing.Y = l.boxes[basic.First+basic.Count-1].middle().Y
}

// measureRows finds how much the boxes of each row take, with what hangs
// under them.
func (l *lanePlan) measureRows() {
	for i := range l.boxes {
		s := &l.rowsDown[l.rowOf(i)]
		s.up = max(s.up, l.boxes[i].size.Y/2)
		s.down = max(s.down, (l.boxes[i].size.Y+1)/2)
	}
	for _, n := range l.handOvers {
		s := &l.rowsDown[l.rowOf(n.step)]
		s.down = max(s.down, l.boxes[n.step].size.Y/2+n.height())
	}
}

// placeLaneDown places a lane and its rows and returns its bottom.
func (l *lanePlan) placeLaneDown(i int, y Length) Length {
	at := &l.lanes[i]
	y += Length(len(at.lines)) * laneLine
	at.top = y
	spare := Length(len(at.name))*labelLine + 2*labelInset
	for r := at.first; r < at.first+at.rows; r++ {
		spare -= l.channelHeight(r) + l.rowsDown[r].up + l.rowsDown[r].down
	}
	spare = max(0, spare-laneFoot)
	y += spare / 2
	for r := at.first; r < at.first+at.rows; r++ {
		l.trackTop[r] = y + trackInset
		l.rowsDown[r].axis = y + l.channelHeight(r) + l.rowsDown[r].up
		y = l.rowsDown[r].axis + l.rowsDown[r].down
	}
	if last := len(l.rowsDown); at.first+at.rows == last && len(l.tracks[last]) > 0 {
		l.trackTop[last] = y + trackInset
		y += l.channelHeight(last) - laneFoot
	}
	at.bottom = y + laneFoot + spare - spare/2
	return at.bottom
}
