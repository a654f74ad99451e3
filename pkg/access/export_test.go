package access

import (
	"fmt"
	"reflect"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

// CompareLanes answers with lanes and one by one, each cell a class by itself,
// and returns for how many it did, and where the answers differ.
func CompareLanes(g *corridor.Graph, o Options) (lanes int, diffs []string) {
	p := newPlan(g, o)
	var classes []*class
	for _, cell := range p.cells() {
		c := p.newClass(cell.Customer, cell.Need)
		c.unbar()
		classes = append(classes, c)
	}
	classes = p.settled(classes)
	for i, s := range p.lanes(classes) {
		got, want := classes[i].answer(&s), classes[i].answer(nil)
		if len(got.Way)+len(want.Way) == 0 {
			got.Way, want.Way = nil, nil
		}
		if !reflect.DeepEqual(got, want) {
			diffs = append(diffs, fmt.Sprintf("class %d: lanes %+v, explorer %+v", i, got, want))
		}
	}
	return len(classes), diffs
}
