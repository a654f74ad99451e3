package access

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

// CompareLanes answers with lanes and class by class, and returns for how
// many classes it did, and where the answers differ.
func CompareLanes(g *corridor.Graph, o Options) (lanes int, diffs []string) {
	p := newPlan(g, o)
	classes := p.settled(p.classes(p.cells()))
	for i, got := range p.lanes(classes) {
		e := classes[i].explore()
		want := structure{open: e.isOpen()}
		if want.open {
			_, want.wrongTurns = e.turns()
		} else {
			want.doors = e.doors()
		}
		if a, b := fmt.Sprint(got), fmt.Sprint(want); a != b {
			diffs = append(diffs, fmt.Sprintf("class %d: lanes %s, explorer %s", i, a, b))
		}
	}
	return len(classes), diffs
}
