package config_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// rules are a few rules of two groups, one that is always on and one that is
// silent by itself.
var rules = []finding.Descriptor{
	{ID: "unknown-key", Group: "language", Severity: finding.Error, Always: true},
	{ID: "trap", Group: "access", Severity: finding.Error},
	{ID: "detour", Group: "access", Severity: finding.Warning, Thresholds: []finding.Threshold{
		{Name: "factor", Default: 3}, {Name: "difference", Default: 600, Unit: finding.Seconds}, {Name: "part", Default: 0.1, Unit: finding.Share}}},
	{ID: config.LowScore, Group: "access", Severity: finding.Error, Thresholds: []finding.Threshold{{Name: config.Least, Unit: finding.Share}}},
	{ID: "reason", Group: "care", Severity: finding.Note, Optional: true},
}

func read(t *testing.T, text string) *config.Settings {
	t.Helper()
	s, found := syntax.Settings(source.New(".corridor.yaml", []byte(text)))
	if found = append(found, s.Check(rules)...); len(found) > 0 {
		t.Fatalf("%s: %s", text, found[0].Message)
	}
	return s
}

// said is what settings say of the rules: their severities, or off.
func said(r config.Rules) string {
	var all []string
	for _, d := range rules {
		level := "off"
		if r.On(d) {
			level = r.Severity(d.ID, d.Severity).String()
		}
		all = append(all, level)
	}
	return strings.Join(all, " ")
}

func TestFor(t *testing.T) {
	const usual = "error error warning error off"
	for _, c := range []struct{ name, text, file, want string }{
		{"nothing is said", "", "a.yaml", usual},
		{"a rule", "rules: {trap: off, detour: note, reason: on}", "a.yaml", "error off note error note"},
		{"a group", "rules: {access: note}", "a.yaml", "error note note note off"},
		{"a rule beats its group, wherever it stands", "rules: {trap: warning, access: off}", "a.yaml", "error warning off off off"},
		{"off, and on again as usual", "rules: {access: note}\noverrides: [{files: a.yaml, rules: {trap: on}}]", "a.yaml", "error error note note off"},
		{"an override of another file", "overrides: [{files: drafts/, rules: {access: off}}]", "a.yaml", usual},
		{"an override of a folder", "overrides: [{files: drafts/, rules: {access: off}}]", "x/drafts/y/a.yaml", "error off off off off"},
		{"an override of a path", "overrides: [{files: \"drafts/**\", rules: {access: off}}]", "x/drafts/a.yaml", usual},
		{"the later override wins", "overrides: [{files: \"*.yaml\", rules: {trap: off}}, {files: a.yaml, rules: {trap: note}}]", "a.yaml", "error note warning error off"},
		{"Arabic names", "overrides: [{files: \"رحلات/**\", rules: {trap: off}}]", "رحلات/عيادة.yaml", "error off warning error off"},
		{"a severity switches on", "rules: {reason: {severity: error}}", "a.yaml", "error error warning error error"},
	} {
		if got := said(read(t, c.text).For(c.file, rules)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestThresholds(t *testing.T) {
	s := read(t, "rules: {detour: {factor: 5, difference: 1h}}\nmin-score: 90%\noverrides: [{files: b.yaml, rules: {detour: {difference: 90s, part: 0.5}}, min-score: 0.5}]")
	for _, c := range []struct {
		file string
		want []float64
	}{{"a.yaml", []float64{5, 3600, 0.1, 0.9}}, {"b.yaml", []float64{5, 90, 0.5, 0.5}}} {
		r := s.For(c.file, rules)
		got := []float64{r.Threshold(rules[2], "factor"), r.Threshold(rules[2], "difference"), r.Threshold(rules[2], "part"), r.Threshold(rules[3], config.Least)}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.file, got, c.want)
		}
	}
	if !slices.Equal(s.Matching("b.yaml"), []int{0}) || s.Matching("a.yaml") != nil {
		t.Error("the overrides that match are not told")
	}
}

func TestSelect(t *testing.T) {
	set := read(t, "rules: {trap: off}").For("a.yaml", rules)
	for _, c := range []struct {
		only, skip []string
		want       string
	}{
		{nil, nil, "error off warning error off"},
		{[]string{"access"}, nil, "error off warning error off"},
		{[]string{"trap"}, nil, "error error off off off"},
		{[]string{"access", "reason"}, []string{"detour"}, "error off off error note"},
		{nil, []string{"access", "language"}, "error off off off off"},
		{[]string{"care"}, nil, "error off off off off"},
	} {
		if got := said(set.Select(c.only, c.skip, rules)); got != c.want {
			t.Errorf("only %v, skip %v: got %s, want %s", c.only, c.skip, got, c.want)
		}
	}
	if said(set) != "error off warning error off" {
		t.Error("selecting changed the settings themselves")
	}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"rules: {trapp: off}", "undefined-name rules.trapp: did you mean `trap`?"},
		{"rules: {acess: off}", "undefined-name rules.acess: did you mean `access`?"},
		{"rules: {xyzzy: off}", "undefined-name rules.xyzzy: `corridor rules` lists the rules and their groups."},
		{"rules: {unknown-key: off}", "invalid-value rules.unknown-key: Remove this line."},
		{"rules: {language: note}", "invalid-value rules.language: Remove this line."},
		{"rules: {trap: {factor: 3}}", "unknown-key rules.trap.factor: It has only a `severity`."},
		{"rules: {detour: {factr: 3}}", "unknown-key rules.detour.factr: did you mean `factor`?"},
		{"rules: {detour: {lenght: 3}}", "unknown-key rules.detour.lenght: It has `severity`, `factor`, `difference`, `part`."},
		{"rules: {detour: {factor: 3m}}", "invalid-value rules.detour.factor: It says: ."},
		{"rules: {detour: {factor: -3}}", "invalid-value rules.detour.factor: It says: ."},
		{"rules: {detour: {difference: 3}}", "invalid-value rules.detour.difference: It says: ."},
		{"rules: {detour: {part: 3}}", "invalid-value rules.detour.part: It says: ."},
		{"suppressions: {never: [trap, carre]}", "undefined-name suppressions.never[1]: did you mean `care`?"},
		{"overrides: [{files: [\"[\"], rules: {tarp: on}}]", "undefined-name overrides[0].rules.tarp: did you mean `trap`?\ninvalid-value overrides[0].files[0]: Write for example `drafts/**` or `*.draft.corridor.yaml`."},
	} {
		s, found := syntax.Settings(source.New(".corridor.yaml", []byte(c.text)))
		var got []string
		for _, f := range append(found, s.Check(rules)...) {
			got = append(got, f.Rule+" "+f.Subject+": "+f.Help)
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.text, strings.Join(got, "\n"), c.want)
		}
	}
}
