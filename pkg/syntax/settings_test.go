package syntax_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// settingsCases are settings files, and what is wrong with each, as rule and
// subject.
var settingsCases = []struct {
	text string
	want []string
}{
	{"", nil},
	{"# nothing yet\n", nil},
	{"rules: {single-way: off, care: on, trap: warning}\n", nil},
	{"rules:\n  long-detour: {severity: error, factor: 2.5, difference: 30m}\n", nil},
	{"min-score: 90%\nbaseline: known.json\nsuppressions: {never: [trap, care]}\n", nil},
	{"overrides:\n  - {files: \"drafts/**\", rules: {roles: off}}\n  - {files: [a.yaml, b/], min-score: 0.5}\n", nil},
	{"رقم: 1\n", []string{"unknown-key رقم"}},
	{"ruls: {}\n", []string{"unknown-key ruls"}},
	{"rules: [trap]\n", []string{"wrong-type rules"}},
	{"rules: {trap: true}\n", []string{"wrong-type rules.trap"}},
	{"rules: {trap: loud}\n", []string{"invalid-value rules.trap"}},
	{"rules: {trap: {severity: loud}}\n", []string{"invalid-value rules.trap.severity"}},
	{"rules: {trap: {factor: [1]}}\n", []string{"wrong-type rules.trap.factor"}},
	{"rules: {trap: off, trap: on}\n", []string{"duplicate-key rules.trap"}},
	{"rules: {trap: {<<: {a: 1}}}\n", []string{"unknown-key rules.trap.<<"}},
	{"min-score: 120%\n", []string{"invalid-value min-score"}},
	{"overrides: [{rules: {trap: off}}]\n", []string{"missing-key overrides[0]"}},
	{"overrides: [{files: 7}]\n", []string{"wrong-type overrides[0].files"}},
	{"suppressions: {newer: [trap]}\n", []string{"unknown-key suppressions.newer"}},
	{"- a\n", []string{"wrong-type"}},
	{"rules: [\n", []string{"invalid-yaml"}},
	{"a: 1\n---\nb: 2\n", []string{"unknown-key a", "invalid-yaml"}},
}

func TestSettings(t *testing.T) {
	for _, c := range settingsCases {
		_, found := syntax.Settings(source.New(".corridor.yaml", []byte(c.text)))
		var got []string
		for _, f := range found {
			got = append(got, strings.TrimSpace(f.Rule+" "+f.Subject))
			if f.Help == "" || f.Span.IsZero() {
				t.Errorf("%q: no help or no place: %s", c.text, f.Message)
			}
		}
		slices.Sort(got)
		want := slices.Sorted(slices.Values(c.want))
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", c.text, got, want)
		}
	}
}

// TestSettingsSchema holds the schema to what the reader says of a file.
func TestSettingsSchema(t *testing.T) {
	s := compile(t, syntax.SettingsSchema())
	for _, c := range settingsCases {
		var n yaml.Node
		if yaml.Unmarshal([]byte(c.text), &n) != nil || n.Kind == 0 || strings.Contains(c.text, "---") || strings.HasPrefix(strings.Join(c.want, ""), "duplicate-key") {
			continue // no YAML, or nothing in it, is not for a schema
		}
		if err := s.refuses(n.Content[0]); (err == nil) != (c.want == nil) {
			t.Errorf("%q: the schema says %v, the reader %q", c.text, err, c.want)
		}
	}
}

// TestSettingsReference holds the reference to the tables: its example is
// right, and each key and level is named.
func TestSettingsReference(t *testing.T) {
	example := yamlBlock.FindStringSubmatch(syntax.SettingsReference)[1]
	s, found := syntax.Settings(source.New(".corridor.yaml", []byte(example)))
	if len(found) > 0 || len(s.Rules) != 4 || len(s.Overrides) != 1 {
		t.Errorf("%s\n%s", list(found), example)
	}
	for _, word := range append([]string{"rules", "min-score", "baseline", "suppressions", "overrides", "files", "never"}, config.Levels...) {
		if !strings.Contains(syntax.SettingsReference, "`"+word+"`") {
			t.Errorf("the reference does not name `%s`", word)
		}
	}
}

// FuzzSettings reads any bytes as settings, and checks the places of what is
// found.
func FuzzSettings(f *testing.F) {
	for _, c := range settingsCases {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file := source.New(".corridor.yaml", data)
		s, found := syntax.Settings(file)
		for _, l := range s.Rules {
			if !l.ID.Given() {
				t.Fatal("a line without a place")
			}
		}
		for _, one := range found {
			if one.Span.Start < 0 || one.Span.End > len(file.Text) || one.Span.Start > one.Span.End {
				t.Fatal(fmt.Sprint(one))
			}
		}
	})
}
