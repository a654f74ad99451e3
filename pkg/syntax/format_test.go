package syntax

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/source"
)

// TestFormat reads the archives in testdata/format: each has one file, as in
// testdata/parse, and what becomes of it. What an editor would not keep stands
// there as it is escaped in the file.
func TestFormat(t *testing.T) {
	golden.Run(t, "testdata/format/*.txtar", func(t *testing.T, a *golden.Archive) {
		name := a.Files[0].Name
		text, _ := a.Input(name)
		formatted := format(t, name, unescape(text))
		a.Equal("formatted", escape(formatted))
	})
}

// escape is unescape for a text that holds what an editor will not keep.
func escape(text []byte) []byte {
	s := string(text)
	if !strings.ContainsAny(s, "\r\t\u2028") && strings.HasSuffix(s, "\n") {
		return text
	}
	return []byte("# escaped\n" + strings.NewReplacer("\r", `\r`, "\t", `\t`, "\u2028", `\xe2\x80\xa8`, "\n", "\\n\n").Replace(s))
}

// format lays a text out and checks that this is done once and for all. Of a
// text that cannot be laid out it returns the findings.
func format(t *testing.T, name string, text []byte) []byte {
	t.Helper()
	out, unread, err := Format(source.New(name, text))
	if err != nil {
		t.Fatalf("%v\n%q", err, text)
	}
	if len(unread) > 0 {
		return []byte(printed(unread))
	}
	again, unread, err := Format(source.New(name, out))
	if err != nil || len(unread) > 0 || !bytes.Equal(again, out) {
		t.Fatalf("laid out twice, a file changes twice: %v\n%s%s\n--- once\n%s--- twice\n%s\n--- from\n%q", err, printed(unread), name, out, again, text)
	}
	return out
}

// TestFormatProof holds the proof to texts that a formatter could have made
// and must not have.
func TestFormatProof(t *testing.T) {
	const text = `corridor: 1
title: A title   # said
unknown: [a, b]
customers: {one: {lacks: [hearing, speech]}, two: }
touchpoints:
  # above
  call: {name: C, channel: phone, chanel: x}
  form: web
description: |
  Text.
`
	name := "x.corridor.yaml"
	before := parse(source.New(name, []byte(text)))
	l := newLayout([]byte(text))
	if !l.document(before.root) || l.lost || !l.proves(before, source.New(name, []byte(text))) || !l.proves(before, source.New(name, l.result())) {
		t.Fatal("a text does not say the same as itself")
	}
	for _, change := range [][2]string{
		{"   # said", ""}, {"# said", "# sad"}, {"  # above\n", ""}, {"  # above\n", "  # above\n  # above\n"},
		{"A title", "A  title"}, {"A title", "'A title'"}, {"[a, b]", "[b, a]"}, {"unknown: [a, b]\n", ""},
		{"[hearing, speech]", "[speech, hearing]"}, {"two: ", "two: {}"}, {"two: }", "two}"}, {"one: {lacks: [hearing, speech]}, two: ", "two: , one: {lacks: [hearing, speech]}"},
		{"chanel", "channel"}, {"  form: web\n", ""}, {"Text.\n", "Text."}, {"Text.", "Text. "}, {"corridor: 1\n", "corridor: 1\ncorridor: 1\n"},
		{"  call: {name: C, channel: phone, chanel: x}\n  form: web\n", "  form: web\n  call: {name: C, channel: phone, chanel: x}\n"},
		{"title", "title: x\ntitle"}, {"A title", "A: title"},
	} {
		changed := strings.Replace(text, change[0], change[1], 1)
		switch proven := l.proves(before, source.New(name, []byte(changed))); {
		case changed == text:
			t.Errorf("%q is not in the text", change[0])
		case proven:
			t.Errorf("%q may become %q", change[0], change[1])
		}
	}
}

// TestFormatOften lays out every corridor file there is among the examples,
// the documents and the tests.
func TestFormatOften(t *testing.T) {
	texts := seeds(t)
	if len(texts) < 200 {
		t.Fatalf("there are only %d texts", len(texts))
	}
	for _, text := range texts {
		format(t, "x.corridor.yaml", text)
		format(t, "x.corridor.yaml", bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")))
		format(t, "x.corridor.yaml", bytes.TrimRight(text, "\n"))
	}
}

// seeds returns many corridor files, good and bad.
func seeds(t testing.TB) (texts [][]byte) {
	t.Helper()
	for _, pattern := range []string{"../../examples/*/*.yaml", "../../cmd/corridor/*.yaml", "../*/testdata/*/*.yaml"} {
		for _, path := range matches(t, pattern) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, text)
		}
	}
	for _, pattern := range []string{"testdata/parse/*.txtar", "testdata/format/*.txtar", "../workspace/testdata/*/*.txtar", "../../cmd/corridor/testdata/script/*.txtar"} {
		for _, path := range matches(t, pattern) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range archive.Files {
				if ext := filepath.Ext(f.Name); ext == ".yaml" || ext == ".yml" {
					texts = append(texts, unescape(f.Data))
				}
			}
		}
	}
	for _, path := range append(matches(t, "../rule/docs/*.md"), matches(t, "docs/*.md")...) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range strings.Split(string(text), "```yaml\n")[1:] {
			block, _, _ = strings.Cut(block, "```")
			texts = append(texts, []byte(block))
		}
	}
	return texts
}

func matches(t testing.TB, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 && !strings.Contains(pattern, "*/testdata") && !strings.Contains(pattern, "workspace") {
		t.Fatalf("there is no %s (%v)", pattern, err)
	}
	return found
}

// FuzzFormat holds that no input makes the formatter fail or change what a
// file says, and that it changes nothing twice. Format itself compares the
// meaning, the findings, the comments and the characters.
func FuzzFormat(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		out := format(t, "x.corridor.yaml", text)
		if bytes.HasPrefix(out, source.BOM) {
			t.Fatalf("a byte order mark is left: %q", out)
		}
	})
}
