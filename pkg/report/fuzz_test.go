package report

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// FuzzFormats holds what no text and no span may break: no format panics, lets
// a hidden character through or breaks its lines; carets stay on the screen
// and under the text that they mean.
func FuzzFormats(f *testing.F) {
	f.Add("touchpoints:\n\tcall: phone\n", "no \x1b[31m such", 14, 18, 0, 3, 40)
	f.Add("a: \u202eعيادة, مكتب\u2028 👩\u200d⚕️é歯\r\n\r\r", "a\n::error::b\u009b", 5, 9, 3, 40, 0)
	f.Add(strings.Repeat("歯", 300)+"\xff\xfe\x80"+strings.Repeat("\u0301", 900), "", 500, 520, 903, 904, 25)
	f.Add("[[[ATTACHMENT|/x]]", "[[ATTACHMENT|/x]] [a](1) {0} ]]> <b> @x", 0, 3, 1, 2, 9)
	f.Add("", "##[error]", 0, 0, -1, 7, -3)
	f.Fuzz(func(t *testing.T, text, message string, start, end, otherStart, otherEnd, width int) {
		width = min(width, 500)
		file := source.New(message, []byte(text))
		span := source.Span{File: file, Start: start, End: end}
		other := source.Span{File: file, Start: otherStart, End: otherEnd}
		findings := []finding.Finding{{
			Rule: "r" + message, Span: span, Message: message, Help: message, Subject: text,
			Related: []finding.Related{{Span: other}, {Message: message}, {Span: other, Step: 1}},
			Fix:     &finding.Fix{Title: message, Edits: []finding.Edit{{Span: span, Text: message}, {Span: other, Text: text}}},
		}}
		finding.Number(findings)
		r := Report{Findings: findings, Problems: []string{message}, Names: []string{message, text}, Aside: []string{message}, Version: text}
		holdsPretty(t, r, Style{Width: width})
		holdsLines(t, conciseFormat, r, 1)
		holdsLog(t, r)
		findings[0].Related[2].Message = text // which the pretty format does not break
		for _, format := range Formats {
			holds(t, format, written(t, format, r, Style{Width: width}))
		}
		inert(t, message+text)
		for _, style := range []Style{{Width: width, Color: true}, {Width: width, Bidi: true}} {
			if plain := unmarked(written(t, prettyFormat, r, style)); plain != written(t, prettyFormat, r, Style{Width: width}) {
				t.Errorf("%+v changes more than colours and marks: %q", style, plain)
			}
		}
	})
}

func written(t *testing.T, format Format, r Report, style Style) string {
	t.Helper()
	var b bytes.Buffer
	if err := format.Write(&b, r, style); err != nil {
		t.Fatal(err)
	}
	if !utf8.Valid(b.Bytes()) {
		t.Errorf("%s is not UTF-8: %q", format.Name, b.Bytes())
	}
	return b.String()
}

// holdsPretty checks that the rows of excerpts fit the width.
func holdsPretty(t *testing.T, r Report, style Style) {
	t.Helper()
	out := written(t, prettyFormat, r, style)
	if strings.ContainsFunc(out, hiddenInLine) {
		t.Errorf("a hidden character comes through: %q", out)
	}
	carets := 0
	for line := range strings.Lines(out) {
		margin, row, ok := strings.Cut(line, " | ")
		if !ok || strings.Trim(margin, " 0123456789") != "" {
			continue
		}
		if isCarets := strings.HasPrefix(strings.TrimLeft(row, " -"), "^") && margin == " "; isCarets {
			carets++
		}
		if row = strings.TrimSuffix(row, "\n"); displaywidth.String(row) > max(20, style.width()) {
			t.Errorf("a row is %d columns wide, allowed are %d: %q", displaywidth.String(row), style.width(), row)
		}
	}
	if carets == 0 && len(r.Findings[0].Span.File.Text) < 10 {
		t.Errorf("no carets: %q", out)
	}
}

// holdsLog checks that GitHub's runner takes the lines of a log for commands
// that are meant so, and no others.
func holdsLog(t *testing.T, r Report) {
	t.Helper()
	out := written(t, githubFormat, r, Style{})
	var commands []string
	for line := range strings.Lines(out) {
		if text, ok := strings.CutPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::"); ok {
			commands = append(commands, text[:strings.IndexAny(text, " :")])
		}
		if strings.Contains(line, "##[") && !strings.HasPrefix(line, "::") {
			t.Errorf("the runner may see a command in %q", line)
		}
	}
	if got := strings.Join(commands, " "); got != "error notice group endgroup" {
		t.Errorf("the commands are %s in %q", got, out)
	}
}

// holdsLines checks that nothing adds or splits a line.
func holdsLines(t *testing.T, format Format, r Report, lines int) {
	t.Helper()
	out := written(t, format, r, Style{})
	if n := strings.Count(out, "\n"); n != lines || strings.ContainsFunc(out, hiddenInLine) {
		t.Errorf("%s has %d lines, want %d without hidden characters: %q", format.Name, n, lines, out)
	}
}

// unmarked takes colours and direction marks away again.
func unmarked(text string) string {
	return strings.NewReplacer(leftToRight, "", isolate, "", endIsolate, "",
		"\x1b["+bold+"m", "", "\x1b["+blue+"m", "", "\x1b[1;31m", "", "\x1b[1;33m", "", "\x1b[1;36m", "", "\x1b[0m", "").Replace(text)
}
