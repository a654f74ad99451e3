package rule_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// defaultName is the file of an example that names none.
const defaultName = "journey.corridor.yaml"

// run checks a file, given as its text or as a txtar archive of which the
// first file is checked and the others can be imported, or are its settings.
// Some rules or groups may be left out.
func run(text string, skip ...string) *check.Outcome {
	archive := txtar.Parse([]byte(text))
	if len(archive.Files) == 0 {
		archive.Files = []txtar.File{{Name: defaultName, Data: []byte(text)}}
	}
	files := fstest.MapFS{}
	for _, f := range archive.Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	settings, wrong := settings(files[config.FileName])
	if len(wrong) > 0 {
		return &check.Outcome{Findings: wrong}
	}
	settings.Rules = settings.Rules.Select(nil, skip, rule.Descriptors())
	return check.File(&workspace.Workspace{FS: files}, archive.Files[0].Name, settings)
}

// settings are those of a file, if there is one, and what is wrong with them.
func settings(file *fstest.MapFile) (s check.Settings, wrong []finding.Finding) {
	s.Today = func() time.Time { return time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC) }
	if file == nil {
		return s, nil
	}
	read, wrong := syntax.Settings(source.New(config.FileName, file.Data))
	wrong = append(wrong, read.Check(rule.Descriptors())...)
	finding.Number(wrong)
	s.Rules, s.Never = read.For(defaultName, rule.Descriptors()), read.Never
	return s, wrong
}

// concise is the findings in the concise format.
func concise(t *testing.T, findings []finding.Finding) string {
	t.Helper()
	format, ok := report.FormatNamed("concise")
	if !ok {
		t.Fatal("there is no concise format")
	}
	var out bytes.Buffer
	if err := format.Write(&out, report.Report{Findings: findings}, report.Style{}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func documentPath(r *rule.Rule) string { return filepath.Join("docs", r.ID+".md") }

func readDocument(t *testing.T, r *rule.Rule) string {
	t.Helper()
	text, err := os.ReadFile(documentPath(r))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// heading is one line of a document that begins a section.
var heading = regexp.MustCompile(`(?m)^##? .*\n`)

// section returns what stands below a heading, up to the next one.
func section(text, name string) string {
	_, below, _ := strings.Cut(text, "\n## "+name+"\n")
	if next := heading.FindStringIndex(below); next != nil {
		below = below[:next[0]]
	}
	return below
}

var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```\n")

// fenced returns the only block of a kind in a section.
func fenced(t *testing.T, text, name, kind string) string {
	t.Helper()
	var found []string
	for _, m := range fence.FindAllStringSubmatch(section(text, name), -1) {
		if m[1] == kind {
			found = append(found, m[2])
		}
	}
	if len(found) != 1 {
		t.Fatalf("the section %q has %d %s blocks, want one", name, len(found), kind)
	}
	return found[0]
}

// exampleNames are the files that examples are, by the language of their
// blocks.
var exampleNames = map[string]string{"yaml": "", "xml": "journey.bpmn", "json": "form.json", "mermaid": "journey.mmd", "csv": "journey.csv"}

// example is a file of a document. Without a name its text may be an archive.
type example struct{ name, text string }

// exampleOf returns the only example in a section.
func exampleOf(t *testing.T, text, name string) example {
	t.Helper()
	for _, m := range fence.FindAllStringSubmatch(section(text, name), -1) {
		if file, ok := exampleNames[m[1]]; ok {
			return example{file, fenced(t, text, name, m[1])}
		}
	}
	t.Fatalf("the section %q has no example", name)
	return example{}
}

// with is the example with another text, as run takes it.
func (e example) with(text string) string {
	if e.name == "" {
		return text
	}
	return "-- " + e.name + " --\n" + text
}

func (e example) String() string { return e.with(e.text) }

func TestEveryDocumentBelongsToARule(t *testing.T) {
	paths, err := filepath.Glob("docs/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		id, markdown := strings.CutSuffix(filepath.Base(path), ".md")
		if !markdown || id != "README" && rule.Find(id) == nil {
			t.Errorf("%s is the document of no rule", path)
		}
	}
}

// TestDocuments runs the examples of every rule. With -update the findings
// that a document shows become those of its wrong example.
func TestDocuments(t *testing.T) {
	for _, r := range rule.All {
		t.Run(r.ID, func(t *testing.T) {
			text := readDocument(t, r)
			checkForm(t, r, text)
			checkWrong(t, r, text)
			if found := run(exampleOf(t, text, "Right").String()).Findings; len(found) > 0 {
				t.Errorf("the right example is wrong:\n%s", concise(t, found))
			}
			if !*golden.Update && r.Document() != text {
				t.Error("Document returns another text than the file has")
			}
		})
	}
}

// checkForm looks at what all documents have in common.
func checkForm(t *testing.T, r *rule.Rule, text string) {
	t.Helper()
	want := []string{"# " + r.ID, "## Why it matters", "## Wrong", "## Right", "## How to put it right"}
	prose := fence.ReplaceAllString(text, "")
	var got []string
	for _, h := range heading.FindAllString(prose, -1) {
		got = append(got, strings.TrimSpace(h))
	}
	if !slices.Equal(got, want) && !slices.Equal(got, want[:4]) {
		t.Errorf("headings are %q, want %q", got, want)
	}
	head := fmt.Sprintf("# %s\n\n%s.\n\nSeverity: %s · Group: %s\n\n", r.ID, capital(r.Summary), r.Severity, r.Group)
	if !strings.HasPrefix(text, head) {
		t.Errorf("the document does not begin as its descriptor does:\n%s", head)
	}
	for _, line := range strings.Split(prose, "\n") {
		if utf8.RuneCountInString(line) > 80 {
			t.Errorf("this line is longer than 80 characters: %s", line)
		}
	}
}

func capital(sentence string) string { return strings.ToUpper(sentence[:1]) + sentence[1:] }

// checkWrong runs the wrong example and compares what it gives with what the
// document shows. Another rule may speak too only if the prose names it.
func checkWrong(t *testing.T, r *rule.Rule, text string) {
	t.Helper()
	found := run(exampleOf(t, text, "Wrong").String()).Findings
	if !slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Rule == r.ID }) {
		t.Errorf("the wrong example gives no %s:\n%s", r.ID, concise(t, found))
	}
	prose := fence.ReplaceAllString(section(text, "Wrong"), "")
	for _, f := range found {
		if f.Rule != r.ID && !strings.Contains(prose, f.Rule) {
			t.Errorf("the wrong example gives %s too, and the document does not say so: %s", f.Rule, f.Message)
		}
	}
	shown, got := fenced(t, text, "Wrong", "text"), concise(t, found)
	switch {
	case shown == got:
	case *golden.Update:
		text = strings.Replace(text, "```text\n"+shown+"```\n", "```text\n"+got+"```\n", 1)
		golden.Equal(t, documentPath(r), []byte(text))
	default:
		t.Errorf("the wrong example gives other findings than the document shows (-update accepts them)\n--- got\n%s--- shown\n%s", got, shown)
	}
}

var table = regexp.MustCompile(`(?m)(^\|.*\n)+`)

// TestList holds the list of all rules, docs/README.md, to their descriptors.
// With -update its tables become what they must be.
func TestList(t *testing.T) {
	const path = "docs/README.md"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, group := range rule.Groups {
		listed := table.FindString(section(text, capital(group)))
		if listed == "" {
			t.Fatalf("%s has no table under the heading %q", path, capital(group))
		}
		text = strings.Replace(text, listed, ruleTable(group), 1)
	}
	golden.Equal(t, path, []byte(text))
	if n := strings.Count(text, "\n| ["); n != len(rule.All) {
		t.Errorf("%s lists %d rules; there are %d", path, n, len(rule.All))
	}
}

// ruleTable lists the rules of a group in the order of the descriptors.
func ruleTable(group string) string {
	var b strings.Builder
	b.WriteString("| rule | severity | what it finds |\n|---|---|---|\n")
	for _, r := range rule.All {
		if r.Group == group {
			fmt.Fprintf(&b, "| [`%s`](%s.md) | %s | %s |\n", r.ID, r.ID, r.Severity, r.Summary)
		}
	}
	return b.String()
}

// goWords are what a message would have in it if it spoke of the program
// instead of the journey.
var goWords = regexp.MustCompile(`%!|<nil>|\bnil\b|\*?\b(model|yaml|source|syntax|corridor)\.[A-Z]|\b(interface|struct|map|func|slice|runtime error|panic)\b[\[{(]|&\{|0x[0-9a-f]{6}|\[\]\w`)

// subject is the form of a path in the file, such as imports[0] or
// touchpoints.call.channel; the file itself has none.
var subject = regexp.MustCompile(`^([^.\s]+(\.[^.\s]+)*)?$`)

// TestFindingsSpeakToAnalysts reads every finding of every example as its
// author would.
func TestFindingsSpeakToAnalysts(t *testing.T) {
	for _, r := range rule.All {
		text := readDocument(t, r)
		for _, f := range run(exampleOf(t, text, "Wrong").String()).Findings {
			checkFinding(t, f)
		}
	}
	for _, b := range batches {
		for _, c := range b.cases {
			for _, f := range run(c.journey).Findings {
				checkFinding(t, f)
			}
		}
	}
}

// wrongValues are what people and programs leave behind in a file.
var wrongValues = []string{"", "null", "7", "-1", "1.5", "true", "x y", "''", "[]", "{}", "[[]]", "{a: b}", "&a [*a]", "! x", "\"", "[", "\t", "basic/x#9", "2020-01-01", ".nan", override}

// TestEveryMistakeSpeaksToAnalysts makes mistakes in the right examples, one
// by one, and reads what is said of them.
func TestEveryMistakeSpeaksToAnalysts(t *testing.T) {
	for _, r := range rule.All {
		right := exampleOf(t, readDocument(t, r), "Right")
		for _, broken := range mistakes(right.text) {
			for _, f := range run(right.with(broken)).Findings {
				checkFinding(t, f)
			}
		}
	}
}

var (
	wholeLine = regexp.MustCompile(`(?m)^[^\n]+:[^\n]*\n`)
	someValue = regexp.MustCompile(`: ([^,:{}\[\]\n]+|\[[^\]\n]*\])`)
)

// mistakes are copies of a text with one mistake each: a line is missing,
// stands twice, or is indented, or a value is wrong.
func mistakes(text string) []string {
	var all []string
	for _, at := range wholeLine.FindAllStringIndex(text, -1) {
		before, line, after := text[:at[0]], text[at[0]:at[1]], text[at[1]:]
		for _, l := range []string{"", line + line, "  " + line, strings.ToUpper(line), strings.TrimSuffix(line, "\n")} {
			all = append(all, before+l+after)
		}
	}
	for _, at := range someValue.FindAllStringSubmatchIndex(text, -1) {
		if strings.HasSuffix(text[:at[2]], "instead-of: ") {
			continue // where no step can be read, the path says so twice
		}
		for _, v := range wrongValues {
			all = append(all, text[:at[2]]+v+text[at[3]:])
		}
	}
	return all
}

func checkFinding(t *testing.T, f finding.Finding) {
	t.Helper()
	if f.Message == "" || f.Help == "" || f.Fingerprint == "" {
		t.Errorf("%s: message, help or fingerprint is missing: %+q", f.Rule, []string{f.Message, f.Help, f.Fingerprint})
	}
	if f.Span.IsZero() {
		t.Errorf("%s has no place: %s", f.Rule, f.Message)
	}
	if !subject.MatchString(f.Subject) {
		t.Errorf("%s: %q is no path in a file", f.Rule, f.Subject)
	}
	texts := []string{f.Message, f.Help}
	for _, related := range f.Related {
		texts = append(texts, related.Message)
	}
	for _, text := range texts {
		if text != "" && goWords.MatchString(text) {
			t.Errorf("%s speaks of the program: %s", f.Rule, text)
		}
		if strings.TrimSpace(text) == "" || strings.Contains(text, "  ") || strings.Count(text, "`")%2 != 0 {
			t.Errorf("%s is no proper sentence: %q", f.Rule, text)
		}
	}
	if !strings.HasSuffix(f.Help, ".") && !strings.HasSuffix(f.Help, "?") {
		t.Errorf("%s: the help does not end as a sentence: %q", f.Rule, f.Help)
	}
}
