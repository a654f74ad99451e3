package workspace_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// TestInheritanceIsBounded lets many customers be like one who lacks much.
func TestInheritanceIsBounded(t *testing.T) {
	var text strings.Builder
	text.WriteString("corridor: 1\ntitle: t\ntouchpoints:\n  a: {asks: [k0")
	for i := range 2000 {
		fmt.Fprintf(&text, ", k%d", i+1)
	}
	text.WriteString("]}\ncustomers:\n  c0: {lacks: [k0")
	for i := range 2000 {
		fmt.Fprintf(&text, ", k%d", i+1)
	}
	text.WriteString("]}\n")
	for i := range 600 {
		fmt.Fprintf(&text, "  c%d: {like: c%d, lacks: [hearing]}\n", i+1, i)
	}
	text.WriteString("paths: {basic: [a]}\n")
	w := &workspace.Workspace{FS: fstest.MapFS{"a.yaml": {Data: []byte(text.String())}}}
	_, found, err := w.Load("a.yaml")
	if err != nil || len(found) != 1 || found[0].Message != "the customers up to here inherit more than 1000000 names together" {
		t.Fatal(len(found), found, err)
	}
}

// TestFindingsAreBounded names 3,000 touchpoints that are not defined.
func TestFindingsAreBounded(t *testing.T) {
	text := "corridor: 1\ntitle: t\ntouchpoints: {a: web}\npaths:\n  basic:\n" + strings.Repeat("  - far-away\n", 3000)
	w := &workspace.Workspace{FS: fstest.MapFS{"a.yaml": {Data: []byte(text)}}}
	_, found, err := w.Load("a.yaml")
	if err != nil || len(found) != finding.Limit+1 || !strings.Contains(found[finding.Limit].Message, "more than 1000 findings") {
		t.Fatal(len(found), err)
	}
}
