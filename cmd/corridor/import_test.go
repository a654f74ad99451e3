package main

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/convert"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

func TestParseColumns(t *testing.T) {
	for _, test := range []struct {
		lists []string
		want  map[string]string
	}{
		{nil, map[string]string{}},
		{[]string{"Kanal=channel"}, map[string]string{"Kanal": "channel"}},
		{[]string{"Kanal=channel, Phase = stage", "3=owner"}, map[string]string{"Kanal": "channel", "Phase": "stage", "3": "owner"}},
		{[]string{"Where, how=channel,المرحلة=stage"}, map[string]string{"Where, how": "channel", "المرحلة": "stage"}},
		{[]string{"a=b=channel"}, map[string]string{"a=b": "channel"}},
	} {
		if got, err := parseColumns(test.lists); err != nil || !maps.Equal(got, test.want) {
			t.Errorf("%q: got %q, %v", test.lists, got, err)
		}
	}
	for _, list := range []string{"", "Kanal", "=channel", "Kanal=", "Kanal=channel,Phase", "Kanal=channel,"} {
		if got, err := parseColumns([]string{list}); err == nil {
			t.Errorf("%q is taken for %q", list, got)
		}
	}
}

func TestFormatsWithOptions(t *testing.T) {
	for _, name := range []string{withColumns, withPools} {
		if _, ok := convert.FormatNamed(name); !ok {
			t.Errorf("there is no format %q", name)
		}
	}
}

// TestImportHeader holds that the comment at the top tells of a few losses, one
// in a line, and that no name of a file or word in it becomes anything else.
func TestImportHeader(t *testing.T) {
	file := source.New("x", []byte("a\nb\n"))
	o := &original{
		name: "evil\ncorridor: 2.mmd", format: convert.Format{Title: "A title"},
		doc: &model.Document{Version: source.Spanned[int]{Value: 1}, Basis: "corridor: ignore[trap] all"},
	}
	for i := range maxTold + 3 {
		o.findings = append(o.findings,
			finding.Finding{Rule: "lossy-import", Span: source.Span{File: file, Start: 2, End: 3}, Message: fmt.Sprintf("loss\n\u202e%d", i)},
			finding.Finding{Rule: "dead-end", Message: "it ends"})
	}
	text := o.text(importOptions{title: "Mine", language: "fa"})
	doc, found := syntax.Parse(source.New("x.corridor.yaml", text))
	if len(found) > 0 || doc.Title.Plain != "Mine" || doc.Language.Value != "fa" || len(doc.Suppressions) > 0 {
		t.Errorf("%v in\n%s", found, text)
	}
	for _, want := range []string{"# - line 2: loss \\u202e19\n# - and 3 more\n\n", "# - corridor: ignore[trap] all\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.Contains(string(text), "it ends") || strings.Contains(string(text), "\u202e") {
		t.Errorf("the header says too much:\n%s", text)
	}
}
