package syntax_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// brandCases are brand files, and what is wrong with each, as rule and
// subject.
var brandCases = []struct {
	text string
	want []string
}{
	{"", nil},
	{"logo: logo.png\n", nil},
	{"colors: {ink: \"#111827\", band: '#ABC', chevron: \"#00677f\", owners: [\"#1e40af\", \"#b45309\"]}\n", nil},
	{"colors:\n  ink: #111827\n", []string{"wrong-type colors.ink"}},
	{"colors: {ink: 111827}\n", []string{"wrong-type colors.ink"}},
	{"colors: {ink: red}\n", []string{"invalid-value colors.ink"}},
	{"colors: {ink: \"#12345\"}\n", []string{"invalid-value colors.ink"}},
	{"colors: {ink: \"#12345g\"}\n", []string{"invalid-value colors.ink"}},
	{"colors: {ink: \"##12345\"}\n", []string{"invalid-value colors.ink"}},
	{"colors: {owners: \"#1e40af\"}\n", []string{"wrong-type colors.owners"}},
	{"colors: {owners: [\"#1e40af\", blue]}\n", []string{"invalid-value colors.owners[1]"}},
	{"colors: [red]\n", []string{"wrong-type colors"}},
	{"colours: {}\nlogo: [a.png]\n", []string{"unknown-key colours", "wrong-type logo"}},
	{"colors: {inc: \"#000000\"}\n", []string{"unknown-key colors.inc"}},
	{"logo: a.png\nlogo: b.png\n", []string{"duplicate-key logo"}},
	{"- a\n", []string{"wrong-type"}},
	{"colors: [\n", []string{"invalid-yaml"}},
}

func TestBrand(t *testing.T) {
	for _, c := range brandCases {
		_, found := syntax.Brand(source.New("brand.yaml", []byte(c.text)))
		var got []string
		for _, f := range found {
			got = append(got, strings.TrimSpace(f.Rule+" "+f.Subject))
			if f.Help == "" || f.Span.IsZero() {
				t.Errorf("%q: no help or no place: %s", c.text, f.Message)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestBrandColors(t *testing.T) {
	b, found := syntax.Brand(source.New("brand.yaml", []byte("logo: art/logo.png\ncolors: {ink: \"#0F172A\", owners: [\"#abc\"]}\n")))
	if len(found) > 0 || b.Logo.Value != "art/logo.png" || b.Colors.Ink.Value != "#0f172a" || b.Colors.Owners[0].Value != "#aabbcc" || b.Colors.Band.Value != "" {
		t.Errorf("got %+v %v", b, found)
	}
}

// FuzzBrand reads any bytes as a brand: what is found has a place, and a
// colour is one.
func FuzzBrand(f *testing.F) {
	for _, c := range brandCases {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := source.New("brand.yaml", data)
		b, found := syntax.Brand(file)
		for _, one := range found {
			if one.Span.Start < 0 || one.Span.End > len(file.Text) || one.Span.Start > one.Span.End {
				t.Fatal(one)
			}
		}
		for _, c := range append(b.Colors.Owners, b.Colors.Ink, b.Colors.Band, b.Colors.Chevron) {
			if c.Value != "" && (len(c.Value) != 7 || c.Value[0] != '#' || strings.Trim(c.Value[1:], "0123456789abcdef") != "") {
				t.Fatalf("%q is a colour", c.Value)
			}
		}
	})
}
