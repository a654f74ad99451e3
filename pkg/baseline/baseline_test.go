package baseline_test

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/customer-corridor/corridor/pkg/baseline"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// found makes numbered findings of a rule, at one subject each.
func found(subjects ...string) []finding.Finding {
	file := source.New("رحلة.yaml", []byte("a"))
	var all []finding.Finding
	for _, s := range subjects {
		all = append(all, finding.Finding{Rule: "trap", Span: source.Span{File: file}, Subject: s, Message: "<b>\u202e" + s})
	}
	finding.Number(all)
	return all
}

func never(finding.Finding) bool { return false }

func TestBaseline(t *testing.T) {
	b := baseline.Of(found("b", "a", "a"))
	again, err := baseline.Parse(b.Text())
	if err != nil || !bytes.Equal(again.Text(), b.Text()) {
		t.Fatalf("what is written is not read: %v", err)
	}
	if !bytes.Equal(b.Text(), baseline.Of(found("a", "b", "a")).Text()) {
		t.Error("the order of findings shows in the file")
	}
	fresh, gone := again.Split(found("a", "c"), never)
	if len(fresh) != 1 || fresh[0].Subject != "c" {
		t.Errorf("fresh are %v", fresh)
	}
	if len(gone) != 2 || gone[0].Subject != "a" || gone[1].Subject != "b" {
		t.Errorf("gone are %v", gone)
	}
	if left := again.Without(gone, found("a")); len(left.Findings) != 1 || left.Findings[0].Subject != "a" {
		t.Errorf("left is %v", left)
	}
	if fresh, _ := again.Split(found("a"), func(finding.Finding) bool { return true }); len(fresh) != 1 {
		t.Error("a firm finding was set aside")
	}
}

// concerning makes a numbered finding that concerns some customers.
func concerning(severity finding.Severity, customers ...string) []finding.Finding {
	all := []finding.Finding{{Rule: "blocked-customer", Severity: severity, Subject: "paths.basic", Key: "call", Concerns: customers}}
	finding.Number(all)
	return all
}

func TestFewerConcernedAreNothingNew(t *testing.T) {
	b := baseline.Of(concerning(finding.Warning, "a", "b", "c"))
	for _, test := range []struct {
		now   []finding.Finding
		fresh int
	}{
		{concerning(finding.Warning, "a", "b", "c"), 0},
		{concerning(finding.Warning, "c", "a"), 0},
		{concerning(finding.Warning, "b"), 0},
		{concerning(finding.Warning, "b", "d"), 1},
		{concerning(finding.Error, "b"), 1},
	} {
		fresh, gone := b.Split(test.now, never)
		if len(fresh) != test.fresh || len(gone) != 0 {
			t.Errorf("%v: %d fresh and %d gone, want %d and none", test.now[0].Concerns, len(fresh), len(gone), test.fresh)
		}
	}
	if fresh, gone := b.Split(concerning(finding.Warning, "d"), never); len(fresh) != 1 || len(gone) != 1 {
		t.Errorf("of another customer %d are fresh and %d gone", len(fresh), len(gone))
	}
	// Who was helped and is stopped again is told, once that was pruned.
	pruned := b.Without(nil, concerning(finding.Warning, "a", "b"))
	if fresh, _ := pruned.Split(concerning(finding.Warning, "a"), never); len(fresh) != 0 {
		t.Error("who is left is told again")
	}
	if fresh, _ := pruned.Split(concerning(finding.Warning, "c"), never); len(fresh) != 1 {
		t.Error("who was pruned is set aside")
	}
}

func TestSchema(t *testing.T) {
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(baseline.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", schema); err != nil {
		t.Fatal(err)
	}
	s := c.MustCompile("schema.json")
	for text, valid := range map[string]bool{
		string(baseline.Of(found("a")).Text()):        true,
		string(baseline.Of(nil).Text()):               true,
		`{"version": 2, "findings": []}`:              false,
		`{"version": 1}`:                              false,
		`{"version": 1, "findings": [{"rule": "x"}]}`: false,
	} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(text)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(value); (err == nil) != valid {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// FuzzParse reads any bytes: what is taken for a baseline has fingerprints.
func FuzzParse(f *testing.F) {
	f.Add(baseline.Of(found("a", "b")).Text())
	f.Add([]byte(`{"version": 1, "findings": [{}]}`))
	f.Add([]byte(`{"version": 1, "findings": []} {}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := baseline.Parse(data)
		if err != nil {
			return
		}
		for _, e := range b.Findings {
			if e.Fingerprint == "" {
				t.Fatal("an entry without a fingerprint")
			}
		}
		if _, err := baseline.Parse(b.Text()); err != nil {
			t.Fatal(err)
		}
	})
}
