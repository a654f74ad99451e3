package access_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/internal/gen"
)

// TestLanes holds the sweep for all classes at once against the exploration
// of each, on random corridors.
func TestLanes(t *testing.T) {
	first, end := seeds(t, 3000)
	lanes := 0
	for seed := first; seed < end; seed++ {
		d := randomDraft(seed)
		if seed%2 == 0 { // most random corridors give items and bind: these do not
			for _, e := range d.touchpoints {
				e.drop("gives", "binding")
			}
		}
		g, _ := graphOf(d.String())
		if g == nil {
			continue
		}
		options := access.Options{}
		for _, o := range d.without {
			options.Without = append(options.Without, access.Outage{Kind: o.kind, ID: o.id})
		}
		n, diffs := access.CompareLanes(g, options)
		if lanes += n; len(diffs) > 0 {
			t.Fatalf("seed %d:\n%s\n%s", seed, d, strings.Join(diffs, "\n"))
		}
	}
	t.Logf("%d classes", lanes)
	if first+1 < end && lanes < 1000 {
		t.Errorf("only %d classes are settled", lanes)
	}
}

// TestManyLanes does so on a longer corridor, with more lanes than are swept
// at once.
func TestManyLanes(t *testing.T) {
	g, _ := corridor.Build(gen.Corridor(1, gen.Shape{Steps: 60, Customers: 600, Needs: 2, Barriers: 80}))
	lanes, diffs := access.CompareLanes(g, access.Options{})
	if lanes <= 1024 || len(diffs) > 0 {
		t.Fatalf("%d lanes, %d differ: %s", lanes, len(diffs), strings.Join(diffs[:min(3, len(diffs))], "\n"))
	}
}

// drop leaves out keys.
func (e *entry) drop(names ...string) {
	e.keys = slices.DeleteFunc(e.keys, func(k key) bool { return slices.Contains(names, k.name) })
}
