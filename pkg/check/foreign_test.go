package check

import (
	"testing"

	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// TestForeignFilesStay holds that no fix changes a file of another format,
// while one of our own that imports it can be fixed.
func TestForeignFilesStay(t *testing.T) {
	ours, theirs := source.New("x.corridor.yaml", []byte("title: x")), source.New("x.bpmn", []byte("<task/>"))
	fix := func(files ...*source.File) *finding.Fix {
		f := new(finding.Fix)
		for _, file := range files {
			f.Edits = append(f.Edits, finding.Edit{Span: source.Span{File: file, Start: 0, End: 1}})
		}
		return f
	}
	o := &Outcome{
		Journey: &model.Journey{
			Document: &model.Document{File: ours},
			Imported: []*model.Document{{File: theirs, Format: "bpmn"}},
		},
		Findings: []finding.Finding{{Fix: fix(ours)}, {Fix: fix(theirs)}, {Fix: fix(ours, theirs)}, {}},
	}
	o.keepForeign()
	for i, kept := range []bool{true, false, false, false} {
		if (o.Findings[i].Fix != nil) != kept {
			t.Errorf("finding %d: the fix is %v", i, o.Findings[i].Fix)
		}
	}
}

// TestWeigh holds that settings speak for what is found while reading, too, and
// that they do not change what they were not given for.
func TestWeigh(t *testing.T) {
	found := []finding.Finding{{Rule: "lossy-import"}, {Rule: "deadlock"}, {Rule: "dead-end"}, {Rule: "invalid-file"}}
	off := source.Spanned[bool]{Value: false}
	lighter := source.Spanned[finding.Severity]{Value: finding.Note}
	got := Weigh(found, config.Rules{"lossy-import": {On: &off}, "deadlock": {Severity: &lighter}})
	want := []finding.Finding{{Rule: "deadlock", Severity: finding.Note}, {Rule: "dead-end", Severity: finding.Warning}, {Rule: "invalid-file", Severity: finding.Error}}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i].Rule != want[i].Rule || got[i].Severity != want[i].Severity {
			t.Errorf("got %s %v, want %s %v", got[i].Rule, got[i].Severity, want[i].Rule, want[i].Severity)
		}
	}
	if found[0].Rule != "lossy-import" || found[1].Severity != 0 {
		t.Error("the findings themselves were changed")
	}
}
