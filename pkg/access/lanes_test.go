package access_test

import (
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/access"
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
		n, diffs := access.CompareLanes(g, access.Options{})
		if lanes += n; len(diffs) > 0 {
			t.Fatalf("seed %d:\n%s\n%s", seed, d, strings.Join(diffs, "\n"))
		}
	}
	t.Logf("%d classes", lanes)
	if first+1 < end && lanes < 1000 {
		t.Errorf("only %d classes are settled", lanes)
	}
}

// drop leaves out keys.
func (e *entry) drop(names ...string) {
	kept := e.keys[:0]
	for _, k := range e.keys {
		if k.name != names[0] && k.name != names[len(names)-1] {
			kept = append(kept, k)
		}
	}
	e.keys = kept
}
