package report

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/source"
)

// TestCases runs the archives of testdata. In them
//
//   - settings has one setting a line, such as "width 40";
//   - a section *.yaml is a source file in which ⟦ and ⟧ mark the places @1,
//     @2 … in the order of all files. \x1b and \u202e are characters, a
//     backslash before a line break takes the line break away;
//   - findings starts each finding with "SEVERITY RULE [@PLACE] [SUBJECT]", on
//     which lines "message: …", "help: …", "related [@PLACE] [step N]: …",
//     "fix: …" and "edit @PLACE: …" follow;
//   - the section named like a format is its output, in which hidden characters
//     are written as in the source files.
func TestCases(t *testing.T) {
	golden.Run(t, "testdata/*.txtar", func(t *testing.T, a *golden.Archive) {
		r, style := parseCase(t, a)
		for _, format := range Formats {
			out := written(t, format, r, style)
			a.Equal(format.Name, []byte(escaped(out)))
			holds(t, format, out)
		}
	})
}

func parseCase(t *testing.T, a *golden.Archive) (Report, Style) {
	t.Helper()
	var places []source.Span
	r := Report{Complete: true}
	for _, section := range a.Files {
		if strings.HasSuffix(section.Name, ".yaml") {
			data, _ := a.Input(section.Name)
			name := unescaped(t, section.Name)
			places = append(places, parseSource(name, unescaped(t, string(data)))...)
			r.Names = append(r.Names, name)
			r.Files++
		}
	}
	settings, _ := a.Input("settings")
	style := parseSettings(t, string(settings), &r)
	findings, _ := a.Input("findings")
	r.Findings = parseFindings(t, string(findings), places)
	finding.Sort(r.Findings)
	finding.Number(r.Findings)
	return r, style
}

func parseSettings(t *testing.T, text string, r *Report) Style {
	t.Helper()
	var style Style
	for line := range strings.Lines(text) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch name {
		case "width":
			style.Width, _ = strconv.Atoi(value)
		case "color":
			style.Color = true
		case "bidi":
			style.Bidi = true
		case "incomplete":
			r.Complete = false
		case "fail-level":
			r.FailLevel = value
		case "problem":
			r.Problems = append(r.Problems, value)
		case "aside":
			r.Aside = append(r.Aside, value)
		case "version":
			r.Version = value
		case "rule":
			r.Rules = append(r.Rules, parseRule(t, value))
		default:
			t.Fatalf("no such setting: %s", line)
		}
	}
	return style
}

// parseRule reads "ID GROUP SEVERITY SUMMARY".
func parseRule(t *testing.T, text string) Rule {
	t.Helper()
	words := strings.SplitN(text, " ", 4)
	severity, ok := finding.ParseSeverity(words[2])
	if !ok {
		t.Fatalf("not a rule: %s", text)
	}
	d := finding.Descriptor{ID: words[0], Group: words[1], Severity: severity, Summary: words[3]}
	return Rule{d, "# " + d.ID + "\n\n## Why it matters\n\nCustomers `{who}`\nget lost.\n\n## Right\n\nDo it.\n"}
}

// parseSource returns the marked places of a text, in a file without marks.
func parseSource(name, marked string) []source.Span {
	var plain strings.Builder
	var places []source.Span
	for _, r := range marked {
		switch r {
		case '⟦':
			places = append(places, source.Span{Start: plain.Len()})
		case '⟧':
			places[len(places)-1].End = plain.Len()
		default:
			plain.WriteRune(r)
		}
	}
	file := source.New(name, []byte(plain.String()))
	for i := range places {
		places[i].File = file
	}
	return places
}

func parseFindings(t *testing.T, text string, places []source.Span) []finding.Finding {
	t.Helper()
	var findings []finding.Finding
	for line := range strings.Lines(text) {
		head, value, isPart := strings.Cut(strings.TrimSpace(line)+" ", ": ") // a value may be empty
		words := strings.Fields(head)
		if !isPart {
			findings = append(findings, parseHead(t, words, places))
			continue
		}
		value = unescaped(t, strings.TrimSpace(value))
		switch f := &findings[len(findings)-1]; words[0] {
		case "message":
			f.Message = value
		case "help":
			f.Help = value
		case "related":
			f.Related = append(f.Related, finding.Related{Span: placeIn(t, words, places), Message: value, Step: stepIn(words)})
		case "fix":
			f.Fix = &finding.Fix{Title: value}
		case "edit":
			f.Fix.Edits = append(f.Fix.Edits, finding.Edit{Span: placeIn(t, words, places), Text: value})
		default:
			t.Fatalf("no such part of a finding: %s", line)
		}
	}
	return findings
}

func parseHead(t *testing.T, words []string, places []source.Span) finding.Finding {
	t.Helper()
	severity, ok := finding.ParseSeverity(words[0])
	if !ok || len(words) < 2 {
		t.Fatalf("not the start of a finding: %v", words)
	}
	f := finding.Finding{Severity: severity, Rule: unescaped(t, words[1]), Span: placeIn(t, words, places)}
	if last := words[len(words)-1]; len(words) > 2 && last[0] != '@' {
		f.Subject = last
	}
	return f
}

// stepIn returns the number behind the word step; 0 when there is none.
func stepIn(words []string) int {
	i := slices.Index(words, "step")
	if i < 0 {
		return 0
	}
	n, _ := strconv.Atoi(words[i+1])
	return n
}

// placeIn returns the place that one of the words names, such as @1.
func placeIn(t *testing.T, words []string, places []source.Span) source.Span {
	t.Helper()
	for _, word := range words {
		if number, ok := strings.CutPrefix(word, "@"); ok {
			n, err := strconv.Atoi(number)
			if err != nil || n < 1 || n > len(places) {
				t.Fatalf("no place %s", word)
			}
			return places[n-1]
		}
	}
	return source.Span{}
}

// unescaped reads the escapes of Go strings, and \ before a line break.
func unescaped(t *testing.T, text string) string {
	t.Helper()
	text = strings.NewReplacer("\\\n", "", "\n", `\n`, `"`, `\"`).Replace(text)
	plain, err := strconv.Unquote(`"` + text + `"`)
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return plain
}

func escaped(text string) string {
	var b strings.Builder
	for _, r := range text {
		if hiddenInLine(r) {
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func TestFormatNamed(t *testing.T) {
	for _, f := range Formats {
		if got, ok := FormatNamed(f.Name); !ok || got.Name != f.Name || f.Summary == "" {
			t.Errorf("FormatNamed(%q) = %q, %v", f.Name, got.Name, ok)
		}
	}
	if _, ok := FormatNamed("yaml"); ok {
		t.Error("there is a format that is not in the table")
	}
}

func TestVerdict(t *testing.T) {
	e, w, n := finding.Finding{Severity: finding.Error}, finding.Finding{Severity: finding.Warning}, finding.Finding{}
	tests := []struct {
		report Report
		fails  bool
		want   string
	}{
		{Report{Complete: true}, false, "No files were checked."},
		{Report{Complete: true, Files: 3}, false, "No findings in 3 files."},
		{Report{Files: 1}, false, "No findings in 1 file. Not everything could be checked."},
		{Report{Complete: true, Files: 1, Findings: []finding.Finding{w}}, false,
			"1 warning in 1 file. Passed: nothing reaches --fail-level error."},
		{Report{Complete: true, Files: 3, Findings: []finding.Finding{e, e, w}}, true,
			"2 errors, 1 warning in 3 files. Failed: errors reach --fail-level error."},
		{Report{Complete: true, Files: 3, Findings: []finding.Finding{e, w}, FailLevel: "error"}, true,
			"1 error, 1 warning in 3 files. Failed: an error reaches --fail-level error."},
		{Report{Complete: true, Files: 3, Findings: []finding.Finding{e, w, w, n}, FailLevel: "warning"}, true,
			"1 error, 2 warnings, 1 note in 3 files. Failed: an error and warnings reach --fail-level warning."},
		{Report{Complete: true, Files: 3, Findings: []finding.Finding{e, e, w, n, n}, FailLevel: "note"}, true,
			"2 errors, 1 warning, 2 notes in 3 files. Failed: errors, a warning and notes reach --fail-level note."},
		{Report{Complete: true, Files: 2, Findings: []finding.Finding{e}, FailLevel: "never"}, false,
			"1 error in 2 files. Passed: --fail-level is never."},
		{Report{Files: 2, Findings: []finding.Finding{n}}, false,
			"1 note in 2 files. Not everything could be checked."},
		{Report{Files: 2, Findings: []finding.Finding{e}}, true,
			"1 error in 2 files. Failed: an error reaches --fail-level error. Not everything could be checked."},
		{Report{Complete: true, Files: 2, Problems: []string{"cannot read a.yaml"}}, false,
			"No findings in 2 files. Not everything could be checked: cannot read a.yaml."},
		{Report{Findings: []finding.Finding{e}, FailLevel: "never", Problems: []string{"one.", "two", "three"}}, false,
			"1 error. Not everything could be checked: one, and 2 more problems."},
		{Report{Complete: true, Files: 3, Aside: []string{"2 suppressed by comments", "14 in .corridor-baseline.json"}}, false,
			"No other findings in 3 files. Set aside: 2 suppressed by comments, 14 in .corridor-baseline.json."},
		{Report{Complete: true, Files: 1, Findings: []finding.Finding{e}, Aside: []string{"1 in a\n\u202eb.json"}}, true,
			"1 error in 1 file. Set aside: 1 in a␊⟨U+202E⟩b.json. Failed: an error reaches --fail-level error."},
		{Report{Complete: true, Aside: []string{"1 suppressed by a comment"}}, false,
			"No files were checked. Set aside: 1 suppressed by a comment."},
	}
	for _, test := range tests {
		if got := test.report.Verdict(); got != test.want {
			t.Errorf("verdict is\n%s, want\n%s", got, test.want)
		}
		if got := test.report.Fails(); got != test.fails {
			t.Errorf("Fails() = %v for: %s", got, test.want)
		}
	}
}

func TestVisible(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Zahnarzt عيادة 歯科", "Zahnarzt عيادة 歯科"},
		{"\x1b[31m\x00\t\r\n\x7f", "␛[31m␀␉␍␊␡"},
		{"a\u202eb\u2066\u200f\u061c\ufeff", "a⟨U+202E⟩b⟨U+2066⟩⟨U+200F⟩⟨U+061C⟩⟨U+FEFF⟩"},
		{"\u009b\u0085\u2028\u200b", "⟨U+009B⟩⟨U+0085⟩⟨U+2028⟩⟨U+200B⟩"},
		{"می\u200cخواهم 👩\u200d⚕️", "می\u200cخواهم 👩\u200d⚕️"},
		{"a\x9b\xffb", "a\ufffd\ufffdb"},
	} {
		if got := Visible(test.text); got != test.want {
			t.Errorf("Visible(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestPlace(t *testing.T) {
	file := source.New("عيادة\x1b.yaml", []byte("a: b\nأب: c\n"))
	for span, want := range map[source.Span]string{
		{}:                               "",
		{Start: 3, End: 4}:               "",
		{File: file}:                     "عيادة␛.yaml:1:1",
		{File: file, Start: 11, End: 12}: "عيادة␛.yaml:2:5",
		{File: file, Start: 99, End: 99}: "عيادة␛.yaml:3:1",
		{File: file, Start: -1, End: -9}: "عيادة␛.yaml:1:1",
	} {
		if got := Place(span); got != want {
			t.Errorf("%d to %d is %q, want %q", span.Start, span.End, got, want)
		}
	}
}

func TestSpansOutsideTheFile(t *testing.T) {
	file := source.New("a.yaml", []byte("a: b\n"))
	for _, span := range [][2]int{{-5, -1}, {-5, 99}, {99, 120}, {3, 1}, {5, 5}, {4, 5}} {
		f := finding.Finding{Rule: "r", Span: source.Span{File: file, Start: span[0], End: span[1]}}
		for _, format := range Formats {
			if err := format.Write(new(bytes.Buffer), Report{Findings: []finding.Finding{f}}, Style{}); err != nil {
				t.Errorf("%s of %v: %v", format.Name, span, err)
			}
		}
	}
}

func TestWriteErrorsAreReturned(t *testing.T) {
	want := errors.New("disk full")
	for _, format := range Formats {
		r := Report{Findings: []finding.Finding{{Rule: "r"}}}
		if err := format.Write(failing{want}, r, Style{}); !errors.Is(err, want) {
			t.Errorf("%s returns %v", format.Name, err)
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func BenchmarkFormats(b *testing.B) {
	for _, input := range []struct {
		name   string
		report Report
	}{
		{"1000 lines", manyFindings("\n", 1000)},
		{"1 MB line", manyFindings(" ", 1000)},
	} {
		for _, format := range Formats {
			b.Run(format.Name+"/"+input.name, func(b *testing.B) {
				var out bytes.Buffer
				for b.Loop() {
					out.Reset()
					if err := format.Write(&out, input.report, Style{Color: true}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// manyFindings returns n findings, each with a related place, in a file of
// 1 kB for each of them.
func manyFindings(between string, n int) Report {
	text := strings.Repeat("touchpoints: {call: {channel: phone, owner: مكتب الاستقبال}}"+strings.Repeat(" ", 956)+between, n)
	file := source.New("journeys/clinic.yaml", []byte(text))
	size := len(text) / n
	r := Report{Files: 1, Complete: true}
	for i := range n {
		at := func(from, to int) source.Span {
			return source.Span{File: file, Start: i*size + from, End: i*size + to}
		}
		r.Findings = append(r.Findings, finding.Finding{
			Rule: "undefined-name", Severity: finding.Error, Span: at(44, 71),
			Message: fmt.Sprintf(`there is no department "مكتب %d"`, i), Help: "add it under `departments:`",
			Related: []finding.Related{{Span: at(14, 18), Message: "owned by it"}},
		})
	}
	return r
}
