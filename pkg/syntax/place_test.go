package syntax

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/source"
)

// FuzzPlaces holds that the place of every plain scalar, key and alias of a
// text that is YAML is exactly the text that yaml.v3 read there, whatever line
// breaks and wide characters stand before it.
func FuzzPlaces(f *testing.F) {
	for _, s := range []string{
		"a: b\nc: [d, e]\n", "a: &x b\nc: *x\n", "سلام: دنیا\n日本: [語, 😀]\n", "a\u0085b: c\u2028d: e\r\nf: g\rh: i\n",
		"\ufeffa: b\n", "\ufeff\ufeffa: b", "! U\n", "- a: 1\n  b:\n  - c\n", "a: !!str b\n\"c\": 'd'\n", "a:\tb\n# ک\nc: d",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		r := newReader(source.New("x.yaml", []byte(s)))
		root, err := decodeNode(yaml.NewDecoder(strings.NewReader(string(r.file.Text))))
		if err != nil {
			if !errors.Is(err, io.EOF) && r.trueplace(errors.New("")) > len(r.file.Text) {
				t.Fatal("an error beyond the end of the text")
			}
			return
		}
		r.checkPlaces(t, root)
	})
}

// unfolded is a plain scalar as YAML reads it: blanks around a line break that
// stays in the value, U+2028 or U+2029, are not part of it.
func unfolded(text string) string {
	if !strings.ContainsAny(text, "\u2028\u2029") {
		return text
	}
	return strings.NewReplacer(" ", "", "\t", "").Replace(text)
}

func (r *reader) checkPlaces(t *testing.T, n *yaml.Node) {
	t.Helper()
	got := r.span(n).Text()
	switch {
	case n.Kind == yaml.AliasNode && got != "*"+n.Value:
		t.Fatalf("%q: the alias *%s stands at %q", r.file.Text, n.Value, got)
	case n.Kind == yaml.ScalarNode && n.Style == 0 && n.Anchor == "" && !strings.ContainsAny(n.Value, " \t\n") && unfolded(got) != n.Value:
		t.Fatalf("%q: the scalar %q stands at %q", r.file.Text, n.Value, got)
	case n.Kind == yaml.ScalarNode && n.Style == yaml.SingleQuotedStyle && got != "" && (got[0] != '\'' || got[len(got)-1] != '\''):
		t.Fatalf("%q: the scalar %q stands at %q", r.file.Text, n.Value, got)
	case n.Kind == yaml.ScalarNode && n.Style == yaml.DoubleQuotedStyle && (got[0] != '"' || got[len(got)-1] != '"'):
		t.Fatalf("%q: the scalar %q stands at %q", r.file.Text, n.Value, got)
	}
	for _, c := range n.Content {
		r.checkPlaces(t, c)
	}
}
