package gen_test

import (
	"bytes"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/internal/gen"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// TestFilesAreValid holds that the files mean what they say; that customers
// are stopped in some of them, and not all is well served, is what the engine is
// measured on.
func TestFilesAreValid(t *testing.T) {
	for _, lines := range []int{0, 100, 150, 1000} {
		for seed := range uint64(20) {
			data := gen.File(seed, lines)
			w := &workspace.Workspace{FS: fstest.MapFS{"a.corridor.yaml": {Data: data, Mode: 0o444}}}
			o := check.File(w, "a.corridor.yaml", check.Settings{})
			wrong := slices.ContainsFunc(o.Findings, func(f finding.Finding) bool {
				return slices.Contains([]string{"language", "structure"}, rule.Find(f.Rule).Group) || f.Rule == "shared-name"
			})
			if o.Err != nil || o.Access == nil || wrong {
				t.Fatalf("seed %d, %d lines: %v %v\n%s", seed, lines, o.Err, o.Findings, data)
			}
			if n := bytes.Count(data, []byte("\n")); lines >= 100 && (n < lines*8/10 || n > lines*12/10) {
				t.Errorf("seed %d has %d lines, not %d", seed, n, lines)
			}
		}
	}
}

func TestSameSeedSameBytes(t *testing.T) {
	if !bytes.Equal(gen.File(7, 150), gen.File(7, 150)) {
		t.Error("two files of one seed differ")
	}
	if bytes.Equal(gen.File(7, 150), gen.File(8, 150)) {
		t.Error("files of two seeds are equal")
	}
}
