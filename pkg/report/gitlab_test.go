package report

import (
	"encoding/json"
	"testing"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

func holdsGitLab(t *testing.T, out string) {
	t.Helper()
	seen := map[string]bool{}
	for _, i := range parseGitLab(t, out) {
		if seen[i.Fingerprint] {
			t.Errorf("two issues have the fingerprint %s", i.Fingerprint)
		}
		seen[i.Fingerprint] = true
	}
}

func parseGitLab(t *testing.T, out string) []gitlabIssue {
	t.Helper()
	var issues []gitlabIssue
	if err := json.Unmarshal([]byte(out), &issues); err != nil {
		t.Fatal(err)
	}
	return issues
}

// TestGitLabPaths checks that each issue stands in a file, also what does not.
func TestGitLabPaths(t *testing.T) {
	in := func(name string) finding.Finding {
		return finding.Finding{Rule: "r", Message: "m", Span: source.Span{File: source.New(name, []byte("a: b\n"))}}
	}
	nowhere := finding.Finding{Rule: "r", Message: "m"}
	for _, c := range []struct {
		names    []string
		findings []finding.Finding
		want     []string // the first for a problem
	}{
		{nil, nil, []string{"."}},
		{nil, []finding.Finding{nowhere}, []string{".", "."}},
		{[]string{"", "./b.yaml"}, []finding.Finding{nowhere, in("./a.yaml")}, []string{"b.yaml", "b.yaml", "a.yaml"}},
		{nil, []finding.Finding{nowhere, in(""), in("./رحلة.yaml")}, []string{"رحلة.yaml", "رحلة.yaml", "رحلة.yaml", "رحلة.yaml"}},
	} {
		finding.Number(c.findings)
		out := written(t, gitlabFormat, Report{Names: c.names, Findings: c.findings, Problems: []string{"p"}}, Style{})
		holds(t, gitlabFormat, out)
		for i, issue := range parseGitLab(t, out) {
			if issue.Location.Path != c.want[i] {
				t.Errorf("issue %d of %v stands in %q, want %q", i, c.names, issue.Location.Path, c.want[i])
			}
		}
	}
}

// TestGitLabKnowsProblemsAgain checks that a problem keeps its fingerprint when
// others come before it, and that equal ones have their own.
func TestGitLabKnowsProblemsAgain(t *testing.T) {
	of := func(problems ...string) []gitlabIssue {
		out := written(t, gitlabFormat, Report{Problems: problems}, Style{})
		holds(t, gitlabFormat, out)
		return parseGitLab(t, out)
	}
	alone, among := of("b"), of("a", "b", "b")
	if len(among) != 3 || among[1].Fingerprint != alone[0].Fingerprint {
		t.Errorf("%+v is not among %+v", alone, among)
	}
}
