package report

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
)

var junitFormat = Format{
	Name:    "junit",
	Summary: "JUnit XML with a test for each file and rule",
	Write:   writeJUnit,
	Whole:   true,
	Lists:   true,
}

// junitSuite is a file, with a case for each rule.
type junitSuite struct {
	name  string
	rules []string
	found map[string][]finding.Finding // by rule
	// failures are the rules of which a finding reaches the fail level.
	failures map[string]bool
}

// writeJUnit writes a suite for each file. Before them stands one with a case
// that tells whether everything was checked, and with what has no place.
//
// It keeps to the schema of Jenkins (junit-10.xsd), and to one failure in a
// case, as readers show no second one.
func writeJUnit(w io.Writer, r Report, _ Style) error {
	suites := junitSuites(r)
	tests, failures, errors := 1, 0, 0
	for _, s := range suites {
		tests += len(s.rules)
		failures += len(s.failures)
	}
	if !r.complete() {
		errors = 1
	}
	j := junitWriter{Writer: bufio.NewWriter(w)}
	j.WriteString(xml.Header)
	j.open(0, "testsuites", "name", "corridor", "tests", tests, "failures", failures, "errors", errors)
	for i, s := range suites {
		if i == 0 {
			j.open(1, "testsuite", "name", s.name, "tests", len(s.rules)+1, "failures", len(s.failures), "errors", errors)
			j.completeness(r)
		} else {
			j.open(1, "testsuite", "name", s.name, "tests", len(s.rules), "failures", len(s.failures), "errors", 0)
		}
		for _, rule := range s.rules {
			j.rule(s, rule)
		}
		j.WriteString("  </testsuite>\n")
	}
	j.WriteString("</testsuites>\n")
	return j.Flush()
}

// junitSuites returns the suites in the order of the files that were looked
// at, and then of those that findings name besides. The first is for what has
// no place.
func junitSuites(r Report) []*junitSuite {
	var rules []string
	for _, rule := range r.Rules {
		rules = append(rules, rule.ID)
	}
	suites := []*junitSuite{newJUnitSuite("corridor", nil)}
	at := map[string]*junitSuite{}
	suite := func(file string) *junitSuite {
		if at[file] == nil {
			at[file] = newJUnitSuite(file, rules)
			suites = append(suites, at[file])
		}
		return at[file]
	}
	for _, name := range r.Names {
		suite(name)
	}
	for _, f := range r.Findings {
		s := suites[0]
		if !f.Span.IsZero() {
			s = suite(f.Span.File.Name)
		}
		s.add(f, r.reaches(f.Severity))
	}
	return suites
}

func newJUnitSuite(name string, rules []string) *junitSuite {
	return &junitSuite{name, rules, map[string][]finding.Finding{}, map[string]bool{}}
}

func (s *junitSuite) add(f finding.Finding, fails bool) {
	if s.found[f.Rule] == nil && !slices.Contains(s.rules, f.Rule) {
		s.rules = append(slices.Clone(s.rules), f.Rule)
	}
	s.found[f.Rule] = append(s.found[f.Rule], f)
	if fails {
		s.failures[f.Rule] = true
	}
}

// junitWriter writes elements; what goes wrong is told by Flush.
type junitWriter struct{ *bufio.Writer }

const completenessCase = "everything is checked"

// completeness writes the case that tells whether everything was checked.
func (j junitWriter) completeness(r Report) {
	switch unchecked := r.unchecked(); {
	case len(unchecked) > 0:
		j.open(2, "testcase", "classname", "corridor", "name", completenessCase)
		j.element("error", "not-checked", r.shortfall(), strings.Join(unchecked, "\n"))
	case r.Files == 0:
		j.open(2, "testcase", "classname", "corridor", "name", completenessCase)
		j.element("skipped", "", "No files were checked.", "")
	default:
		j.passed("corridor", completenessCase)
		return
	}
	j.WriteString("    </testcase>\n")
}

// passed writes a case of which there is nothing to say.
func (j junitWriter) passed(suite, name string) {
	fmt.Fprintf(j, "    <testcase classname=\"%s\" name=\"%s\"/>\n", attribute(suite), attribute(name))
}

// rule writes the case of a rule. It fails when a finding reaches the fail
// level; lighter findings are what a case that passes has put out.
func (j junitWriter) rule(s *junitSuite, rule string) {
	found := s.found[rule]
	if len(found) == 0 {
		j.passed(s.name, rule)
		return
	}
	j.open(2, "testcase", "classname", s.name, "name", rule)
	if s.failures[rule] {
		heaviest := slices.MaxFunc(found, func(a, b finding.Finding) int { return int(a.Severity - b.Severity) })
		message := heaviest.Message
		if more := len(found) - 1; more > 0 {
			message += fmt.Sprintf(" (and %d more)", more)
		}
		j.element("failure", heaviest.Severity.String(), message, junitText(found))
	} else {
		j.element("system-out", "", "", junitText(found))
	}
	j.WriteString("    </testcase>\n")
}

// noAttachment breaks [[ATTACHMENT|path]], by which Jenkins and GitLab read
// which files a case has written.
var noAttachment = strings.NewReplacer("[[ATTACHMENT|", "[ [ATTACHMENT|")

// junitText tells findings in lines.
func junitText(found []finding.Finding) string {
	var lines []string
	for _, f := range found {
		lines = append(lines, told(f)...)
	}
	return strings.Join(lines, "\n")
}

// open writes a start tag with attributes, given as names and values in turn.
func (j junitWriter) open(depth int, name string, attributes ...any) {
	j.WriteString(strings.Repeat("  ", depth) + "<" + name)
	for i := 0; i < len(attributes); i += 2 {
		fmt.Fprintf(j, " %s=\"%s\"", attributes[i], attribute(fmt.Sprint(attributes[i+1])))
	}
	j.WriteString(">\n")
}

// element writes an element of a case with its text.
func (j junitWriter) element(name, kind, message, text string) {
	j.WriteString("      <" + name)
	if kind != "" {
		j.WriteString(" type=\"" + kind + "\"")
	}
	if message != "" {
		j.WriteString(" message=\"" + attribute(message) + "\"")
	}
	j.WriteString(">" + content(text) + "</" + name + ">\n")
}

func attribute(value string) string { return content(Visible(value)) }

// content escapes a text, of whose lines each is visible, for XML. Characters
// that XML 1.0 has no way to write become U+FFFD.
func content(text string) string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		_ = xml.EscapeText(&b, []byte(noAttachment.Replace(Visible(line)))) // a Builder takes all
	}
	return b.String()
}
