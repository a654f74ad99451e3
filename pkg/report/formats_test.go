package report

import (
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// TestIncompleteIsSeen checks that no format shows a check that could not read
// everything as it shows a clean one. Concise prints findings and nothing else;
// who reads it has standard error and the exit code.
func TestIncompleteIsSeen(t *testing.T) {
	says := map[string]string{
		"pretty": "Not everything could be checked", "json": `"complete": false`, "sarif": `"executionSuccessful": false`,
		"github": "Not everything could be checked", "gitlab": `"severity": "blocker"`,
		"junit": `<error type="not-checked"`, "markdown": "⚠️ corridor: not everything could be checked",
	}
	clean := Report{Files: 2, Names: []string{"a.yaml", "b.yaml"}, Complete: true}
	incomplete, unread := clean, clean
	incomplete.Complete = false
	unread.Problems = []string{"b.yaml: permission denied"}
	for _, format := range Formats {
		want := says[format.Name]
		if format.Name == conciseFormat.Name {
			continue
		}
		if out := written(t, format, clean, Style{}); want == "" || strings.Contains(out, want) {
			t.Errorf("%s says %q of a clean report:\n%s", format.Name, want, out)
		}
		for _, r := range []Report{incomplete, unread} {
			out := written(t, format, r, Style{})
			holds(t, format, out)
			if !strings.Contains(out, want) || strings.Contains(out, "✅") || strings.Contains(out, "Passed") {
				t.Errorf("%s does not say %q of %+v:\n%s", format.Name, want, r, out)
			}
			if len(r.Problems) > 0 && !strings.Contains(out, "permission denied") {
				t.Errorf("%s does not tell the problem:\n%s", format.Name, out)
			}
		}
	}
}

// TestNothingToCheck checks the documents of a check without files.
func TestNothingToCheck(t *testing.T) {
	for _, format := range Formats {
		out := written(t, format, Report{Complete: true}, Style{})
		holds(t, format, out)
		if format.Whole && out == "" {
			t.Errorf("%s writes no document", format.Name)
		}
		if strings.Contains(out, "✅") {
			t.Errorf("%s praises what was not checked:\n%s", format.Name, out)
		}
	}
}

// TestManyFindingsAreQuick writes ten thousand findings.
func TestManyFindingsAreQuick(t *testing.T) {
	r := manyFindings("\n", 10_000)
	finding.Number(r.Findings)
	for _, format := range Formats {
		start := time.Now()
		written(t, format, r, Style{})
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s takes %v", format.Name, d)
		}
	}
}
