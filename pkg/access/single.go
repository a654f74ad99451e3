package access

// singleWays returns the touchpoints whose outage blocks an open class. Only
// those on a way that leads to satisfaction can be, so each of these is left
// out in turn.
func (e *explorer) singleWays(way []int) []string {
	var all []string
	tried := map[int32]bool{}
	for _, step := range way {
		pt := e.of[step]
		if pt < 0 || tried[pt] {
			continue
		}
		tried[pt] = true
		without := *e.class
		without.open = append([]bool(nil), e.open...)
		for s, of := range e.of {
			if of == pt {
				without.open[s] = false
			}
		}
		if !without.explore().isOpen() {
			all = append(all, e.points[pt].touchpoint.ID.Value)
		}
	}
	return e.inOrder(all)
}

// inOrder sorts touchpoints by their first steps.
func (p *plan) inOrder(touchpoints []string) []string {
	wanted := map[string]bool{}
	for _, t := range touchpoints {
		wanted[t] = true
	}
	var all []string
	for i := range p.points {
		if id := p.points[i].touchpoint.ID.Value; wanted[id] {
			all = append(all, id)
		}
	}
	return all
}
