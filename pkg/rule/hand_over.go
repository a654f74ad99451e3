package rule

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// maxMeetings is how many pairs of steps a rule on hand-overs looks at:
// thousands of ways into one place and out of it are no journey, and beyond it
// the rule says nothing rather than take long.
const maxMeetings = 1_000_000

// meetings calls f with each two steps of different owners of which the later
// can follow the earlier, place by place.
func (p *Pass) meetings(f func(earlier, later int)) {
	looked, w := 0, waysIn{Graph: p.Graph}
	for place := range p.Graph.Places {
		after := p.Graph.Out(place)
		if !slices.ContainsFunc(after, func(s int32) bool { return p.owner(int(s)) != "" }) {
			continue
		}
		before := w.before(place)
		if looked += len(before) * len(after); looked > maxMeetings {
			return
		}
		for _, s := range after {
			for _, earlier := range before {
				if p.meet(earlier, int(s)) {
					f(earlier, int(s))
				}
			}
		}
	}
}

// meet reports whether two steps that follow each other have different owners.
// Which option is taken after which, or again, is not looked at.
func (p *Pass) meet(earlier, later int) bool {
	a, b := p.owner(earlier), p.owner(later)
	return a != "" && b != "" && a != b && !(p.endsOption(earlier) && p.beginsOption(later))
}

// owner is who answers for a step; "" where that is not said, and for what
// people tell each other: from there nobody takes a customer over.
func (p *Pass) owner(step int) string {
	if t := p.Graph.Steps[step].Touchpoint; t != nil && !hearsay(t) {
		return t.Owner.Value
	}
	return ""
}

func (p *Pass) beginsOption(step int) bool {
	path := p.Graph.Paths[p.Graph.Steps[step].Path]
	return path.Kind == model.Optional && step == path.First
}

func (p *Pass) endsOption(step int) bool {
	path := p.Graph.Paths[p.Graph.Steps[step].Path]
	return path.Kind == model.Optional && step == path.First+path.Count-1
}

// waysIn finds the steps that lead to places.
type waysIn struct {
	*corridor.Graph
	steps   []int
	skipped []int
	mark    []int // place → the last place, from 1, to which it was skipped
}

// before returns the steps that lead to a place, also by what may be skipped
// in between. They are good until the next call.
func (w *waysIn) before(place int) []int {
	w.steps, w.skipped = w.steps[:0], append(w.skipped[:0], place)
	for i := 0; i < len(w.skipped); i++ {
		for _, s := range w.In(w.skipped[i]) {
			if w.Steps[s].Touchpoint != nil {
				w.steps = append(w.steps, int(s))
			} else {
				w.skip(w.Steps[s].From, place)
			}
		}
	}
	return w.steps
}

// skip notes a place from which nothing need be done to come to another.
func (w *waysIn) skip(from, place int) {
	if w.mark == nil {
		w.mark = make([]int, w.Places)
	}
	if from != place && w.mark[from] != place+1 {
		w.mark[from] = place + 1
		w.skipped = append(w.skipped, from)
	}
}

// follows reports whether some customer can take two steps that follow each
// other.
func (p *Pass) follows(earlier, later int) bool {
	for i := range p.Access.Cells {
		if p.tried >= maxWalked {
			return false
		}
		if r := p.reach(&p.Access.Cells[i], nothing); r.Takes(earlier) && r.Takes(later) {
			return true
		}
	}
	return false
}
