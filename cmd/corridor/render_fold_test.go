package main

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/render"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// large is a corridor of more touchpoints than a map shows, in some stages:
// every third of its 120 basic steps has an alternative of two.
func large(t *testing.T, stages int) *corridor.Graph {
	t.Helper()
	var touchpoints, basic, other, named strings.Builder
	for i := range 120 {
		stage := ""
		if stages > 0 {
			stage = fmt.Sprintf("stage: s%d", i*stages/120)
		}
		fmt.Fprintf(&touchpoints, "  b%d: {%s}\n", i, stage)
		fmt.Fprintf(&basic, "b%d, ", i)
		if i%3 == 0 {
			fmt.Fprintf(&touchpoints, "  x%d: {}\n  y%d: {}\n", i, i)
			fmt.Fprintf(&other, "    other%d: {instead-of: b%d, steps: [x%d, y%d]}\n", i, i, i, i)
		}
	}
	if stages > 0 {
		named.WriteString("stages: [")
		for i := range stages {
			fmt.Fprintf(&named, "s%d: Stage %d, ", i, i)
		}
		named.WriteString("]\n")
	}
	text := "corridor: 1\ntitle: Large\n" + named.String() + "touchpoints:\n" + touchpoints.String() + "paths:\n  basic: [" + basic.String() + "]\n  alternative:\n" + other.String()
	w := workspace.Workspace{FS: fstest.MapFS{"large.corridor.yaml": {Data: []byte(text)}}}
	j, found, err := w.Load("large.corridor.yaml")
	if err != nil || len(found) > 0 {
		t.Fatalf("the test's file is wrong: %v %v", found, err)
	}
	g, _ := corridor.Build(j)
	return g
}

func folding(format, view string, how ...string) (opt renderOptions, as render.Format) {
	opt.fold, opt.view, opt.notes = how, view, new([]string)
	for _, f := range render.Formats {
		if f.Name == format {
			as = f
		}
	}
	return opt, as
}

// A large map folds by itself, says so, and not where nobody wants it.
func TestLargeMapsFold(t *testing.T) {
	for _, c := range []struct {
		stages int
		how    string
		boxes  func(n, whole int) bool
		note   string
	}{
		{0, "auto", func(n, whole int) bool { return n == whole-40 }, "so paths of several steps are one box each; `--fold none` shows all"},
		{4, "auto", func(n, _ int) bool { return n == 4 }, "so stages, and paths of several steps, are one box each; `--fold none` shows all"},
		{4, "none", func(n, whole int) bool { return n == whole }, ""},
		{4, "stages", func(n, whole int) bool { return n < whole }, ""},
	} {
		g := large(t, c.stages)
		opt, format := folding("svg", "spine", c.how)
		small, err := opt.folded(g, "large.yaml", format)
		if err != nil || !c.boxes(render.Visits(small), render.Visits(g)) {
			t.Errorf("%d stages, %s: %d of %d boxes, %v", c.stages, c.how, render.Visits(small), render.Visits(g), err)
		}
		if notes := strings.Join(*opt.notes, "\n"); (notes == "") != (c.note == "") || !strings.HasSuffix(notes, c.note) {
			t.Errorf("%d stages, %s: it notes %q", c.stages, c.how, notes)
		}
	}
}

// A view that tells of who gets through is never of a folded corridor.
func TestViewsThatAnalyseAreNotFolded(t *testing.T) {
	g := large(t, 4)
	opt, format := folding("svg", "some-view", "auto")
	if whole, err := opt.folded(g, "large.yaml", format); err != nil || whole != g || len(*opt.notes) > 0 {
		t.Errorf("it was folded: %v %v", *opt.notes, err)
	}
	opt.fold = []string{"stages"}
	if _, err := opt.folded(g, "large.yaml", format); err == nil || !strings.HasPrefix(err.Error(), "--fold is for the views spine as svg, ") {
		t.Errorf("it says %v", err)
	}
}
