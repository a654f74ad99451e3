package report

import (
	"fmt"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// Fails reports whether a finding reaches the report's fail level.
func (r Report) Fails() bool { return len(r.failing()) > 0 }

// failing returns the findings that reach the fail level.
func (r Report) failing() []finding.Finding {
	var reach []finding.Finding
	for _, f := range r.Findings {
		if r.reaches(f.Severity) {
			reach = append(reach, f)
		}
	}
	return reach
}

// reaches reports whether a severity reaches the fail level.
func (r Report) reaches(s finding.Severity) bool {
	if r.FailLevel == "never" {
		return false
	}
	level, ok := finding.ParseSeverity(r.FailLevel)
	return s >= level && ok || s >= finding.Error
}

func (r Report) complete() bool { return r.Complete && len(r.Problems) == 0 }

// Verdict says in one line how the check ended and why. It never says
// "passed" of a check that is not complete, nor "no findings" where some were
// set aside.
func (r Report) Verdict() string {
	sentences := []string{r.tally()}
	if len(r.Aside) > 0 {
		sentences = append(sentences, "Set aside: "+Visible(strings.Join(r.Aside, ", "))+".")
	}
	switch reach := r.failing(); {
	case len(reach) > 0:
		sentences = append(sentences, "Failed: "+reaching(reach)+" --fail-level "+r.level()+".")
	case len(r.Findings) == 0 || !r.complete():
	case r.FailLevel == "never":
		sentences = append(sentences, "Passed: --fail-level is never.")
	default:
		sentences = append(sentences, "Passed: nothing reaches --fail-level "+r.level()+".")
	}
	if !r.complete() {
		sentences = append(sentences, r.shortfall())
	}
	return strings.Join(sentences, " ")
}

func (r Report) level() string {
	if r.FailLevel == "" {
		return finding.Error.String()
	}
	return r.FailLevel
}

// tally counts the findings and the files: "2 errors, 1 note in 3 files."
func (r Report) tally() string {
	switch {
	case r.Files == 0 && len(r.Findings) == 0:
		return "No files were checked."
	case r.Files == 0:
		return counts(r.Findings, ", ") + "."
	case len(r.Findings) == 0:
		return "No " + r.others() + " in " + plural(r.Files, "file") + "."
	}
	return counts(r.Findings, ", ") + " in " + plural(r.Files, "file") + "."
}

// others is the word for findings where there are none: some may be set aside.
func (r Report) others() string {
	if len(r.Aside) > 0 {
		return "other findings"
	}
	return "findings"
}

// counts names the number of findings of each severity that occurs.
func counts(findings []finding.Finding, separator string) string {
	var parts []string
	for i, n := range tallies(findings) {
		if n > 0 {
			parts = append(parts, plural(n, finding.Severities[i].String()))
		}
	}
	return strings.Join(parts, separator)
}

// tallies returns how often each of finding.Severities occurs.
func tallies(findings []finding.Finding) [3]int {
	errors, warnings, notes := finding.Count(findings)
	return [3]int{errors, warnings, notes}
}

// reaching is subject and verb for findings that reach a level: "errors and
// warnings reach".
func reaching(findings []finding.Finding) string {
	if len(findings) == 1 {
		return article(findings[0].Severity) + " reaches"
	}
	var names []string
	for i, n := range tallies(findings) {
		switch name := finding.Severities[i].String(); {
		case n == 1:
			names = append(names, article(finding.Severities[i]))
		case n > 1:
			names = append(names, name+"s")
		}
	}
	return enumerate(names) + " reach"
}

func article(s finding.Severity) string {
	if s == finding.Error {
		return "an error"
	}
	return "a " + s.String()
}

// enumerate joins words as a sentence does: "a, b and c".
func enumerate(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// shortfall says that the check is not complete, and names the first reason
// that stands in no finding.
func (r Report) shortfall() string {
	const sentence = "Not everything could be checked"
	switch len(r.Problems) {
	case 0:
		return sentence + "."
	case 1:
		return sentence + ": " + firstProblem(r) + "."
	}
	return fmt.Sprintf("%s: %s, and %s.", sentence, firstProblem(r), plural(len(r.Problems)-1, "more problem"))
}

// unchecked says what could not be checked, one sentence each; nothing when
// the check is complete. For formats that do not print the verdict.
func (r Report) unchecked() []string {
	switch {
	case r.complete():
		return nil
	case len(r.Problems) == 0:
		return []string{"Not everything could be checked; the findings say what."}
	}
	var all []string
	for _, p := range r.Problems {
		all = append(all, stopped(Visible(p)))
	}
	return all
}

func firstProblem(r Report) string { return strings.TrimSuffix(Visible(r.Problems[0]), ".") }

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
