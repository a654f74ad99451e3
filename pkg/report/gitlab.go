package report

import (
	"cmp"
	"io"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
)

var gitlabFormat = Format{
	Name:    "gitlab",
	Summary: "a Code Quality report for GitLab",
	Write:   writeGitLab,
	Whole:   true,
}

// gitlabIssue is what GitLab reads of a Code Climate issue. It drops all that
// follows an issue that it cannot read, and all but one that share a
// fingerprint.
type gitlabIssue struct {
	Description string      `json:"description"`
	CheckName   string      `json:"check_name"`
	Fingerprint string      `json:"fingerprint"`
	Severity    string      `json:"severity"`
	Location    gitlabPlace `json:"location"`
}

type gitlabPlace struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end,omitempty"` // when it is another line
}

// gitlabSeverities leave "blocker" to what could not be checked.
var gitlabSeverities = map[finding.Severity]string{
	finding.Error: "critical", finding.Warning: "major", finding.Note: "info",
}

// writeGitLab writes an issue for each finding. GitLab knows no report that is
// not complete and no issue without a file: what could not be checked is an
// issue too, and both stand in the first file.
func writeGitLab(w io.Writer, r Report, _ Style) error {
	anywhere := gitlabPlace{r.standIn(), gitlabLines{Begin: 1}}
	issues := []gitlabIssue{}
	for _, f := range notChecked(r) {
		issues = append(issues, r.gitlabIssue(f, "blocker", anywhere))
	}
	for _, f := range r.Findings {
		issues = append(issues, r.gitlabIssue(f, gitlabSeverities[f.Severity], anywhere))
	}
	return encode(w, issues)
}

// notChecked are findings that say what could not be checked, so that each has
// a fingerprint which stays the same while others come and go.
func notChecked(r Report) []finding.Finding {
	var all []finding.Finding
	for _, text := range r.unchecked() {
		all = append(all, finding.Finding{Rule: "not-checked", Message: text, Subject: text})
	}
	finding.Number(all)
	return all
}

func (r Report) gitlabIssue(f finding.Finding, severity string, anywhere gitlabPlace) gitlabIssue {
	issue := gitlabIssue{
		Description: strings.Join(paragraphs(f), " "), CheckName: Visible(f.Rule), Fingerprint: f.Fingerprint,
		Severity: severity, Location: anywhere,
	}
	if p, ok := placeOf(f.Span); ok {
		issue.Location = gitlabPlace{cmp.Or(r.hosted(p.file.Name), anywhere.Path), gitlabLines{Begin: p.from.Line}}
		if last := p.lastLine(); last > p.from.Line {
			issue.Location.Lines.End = last
		}
	}
	return issue
}
