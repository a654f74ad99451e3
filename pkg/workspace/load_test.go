package workspace_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/charmap"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// TestLoad reads the archives in testdata/load: a workspace each, whose first
// file is loaded, with the findings and what the customers came to be.
func TestLoad(t *testing.T) {
	golden.Run(t, "testdata/load/*.txtar", func(t *testing.T, a *golden.Archive) {
		files := fstest.MapFS{}
		for _, f := range a.Files {
			if strings.Contains(f.Name, ".corridor.") {
				text, _ := a.Input(f.Name)
				files[f.Name] = &fstest.MapFile{Data: text}
			}
		}
		w := workspace.Workspace{FS: files}
		j, found, err := w.Load(a.Files[0].Name)
		a.Equal("findings", []byte(printed(found, err)))
		if j != nil {
			a.Equal("journey", []byte(resolved(j)))
		}
	})
}

func printed(found []finding.Finding, err error) string {
	var b strings.Builder
	for _, f := range found {
		p := f.Span.From()
		fmt.Fprintf(&b, "%s:%d:%d %s %s\n  %q %s\n  = %s\n", f.Span.File.Name, p.Line, p.Column, f.Rule, f.Subject, f.Span.Text(), f.Message, f.Help)
		for _, r := range f.Related {
			p := r.Span.From()
			fmt.Fprintf(&b, "  %s:%d:%d %s\n", r.Span.File.Name, p.Line, p.Column, r.Message)
		}
	}
	if err != nil {
		fmt.Fprintln(&b, "error:", err)
	}
	return b.String()
}

// resolved prints what joining decides: stages, customers, channels that the
// files define, and the ids of the rest.
func resolved(j *model.Journey) string {
	var b strings.Builder
	for _, s := range j.Stages {
		fmt.Fprintf(&b, "stage %s %s\n", s.ID.Value, s.Label("en"))
	}
	for _, c := range j.Channels {
		if c.ID.Given() {
			fmt.Fprintf(&b, "channel %s %s staffed=%v requires=%v\n", c.ID.Value, c.Kind.Value, c.Staffed.Value, clauses(c.Requires))
		}
	}
	for _, c := range j.Customers {
		fmt.Fprintf(&b, "customer %s %q level=%s lacks=%v has=%v speaks=%v serves=%v share=%v\n",
			c.ID.Value, c.Label("en"), c.Level.Value, values(c.Lacks), values(c.Has), values(c.Speaks), values(c.Serves), c.Share != nil)
	}
	for _, n := range j.Needs {
		fmt.Fprintf(&b, "need %s\n", n.ID.Value)
	}
	for _, t := range j.Touchpoints {
		fmt.Fprintf(&b, "touchpoint %s\n", t.ID.Value)
	}
	return b.String()
}

func values(names []model.Name) []string {
	all := []string{}
	for _, n := range names {
		all = append(all, n.Value)
	}
	return all
}

func clauses(list []model.Requirement) []string {
	all := []string{}
	for _, r := range list {
		all = append(all, strings.Join(r.AnyOf, "|"))
	}
	return all
}

const journey = "corridor: 1\ntitle: t\nimports: [%q]\ntouchpoints: {a: web}\npaths: {basic: [a]}\n"

// TestImportsOnDisk tries what only a real file system has, behind an
// os.Root as the command uses it.
func TestImportsOnDisk(t *testing.T) {
	dir := t.TempDir()
	inside := filepath.Join(dir, "workspace")
	must(t, os.MkdirAll(filepath.Join(inside, "folder.corridor.yaml"), 0o755))
	must(t, os.WriteFile(filepath.Join(dir, "secret.yaml"), []byte("corridor: 1\ntitle: secret\n"), 0o644))
	must(t, os.Symlink("../secret.yaml", filepath.Join(inside, "out.yaml")))
	must(t, os.Symlink("loop.yaml", filepath.Join(inside, "loop.yaml")))
	for imported, want := range map[string]string{
		"out.yaml":             "import-outside: the import `out.yaml` is a link that leads out of the workspace",
		"../secret.yaml":       "import-outside: the import `../secret.yaml` leads out of the workspace",
		"loop.yaml":            "invalid-value: the import `loop.yaml` cannot be read: it is a link that leads back to itself",
		"folder.corridor.yaml": "invalid-value: the import `folder.corridor.yaml` cannot be read: it is a folder",
		"x.corridor.yaml/a":    "undefined-name: there is no file `x.corridor.yaml/a`",
		"missing.yaml":         "undefined-name: there is no file `missing.yaml`",
	} {
		must(t, os.WriteFile(filepath.Join(inside, "x.corridor.yaml"), fmt.Appendf(nil, journey, imported), 0o644))
		root, err := os.OpenRoot(inside)
		must(t, err)
		w := workspace.Workspace{FS: root.FS()}
		_, found, err := w.Load("x.corridor.yaml")
		if len(found) != 1 || !strings.HasPrefix(found[0].Rule+": "+found[0].Message, want) {
			t.Errorf("%s: got %v, want %s", imported, found, want)
		}
		if unreadable := strings.HasPrefix(want, "invalid-value"); unreadable != (err != nil) {
			t.Errorf("%s: the error is %v", imported, err)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestLoadWithoutFile(t *testing.T) {
	w := workspace.Workspace{FS: fstest.MapFS{}}
	j, found, err := w.Load("x.corridor.yaml")
	if j != nil || len(found) > 0 || !errors.Is(err, fs.ErrNotExist) || err.Error() != "x.corridor.yaml cannot be read: there is no such file" {
		t.Errorf("got %v, %v, %v", j, found, err)
	}
}

// FuzzLoad holds that two files that import each other, whatever they say,
// neither fail nor hang.
func FuzzLoad(f *testing.F) {
	f.Add("corridor: 1\ntitle: t\nimports: [b.yaml]\ncustomers: {a: {like: b, lacks: [x]}}\npaths: {basic: [a]}\n", "corridor: 1\ntitle: u\nimports: [a.yaml]\ncustomers: {b: {like: a}}\ntouchpoints: {a: phone}\n")
	f.Add("corridor: 1\ntitle: t\nimports: [./b.yaml, ../c, /d, b.yaml]\nstages: [x]\n", "corridor: 1\ntitle: u\nstages: [y, {z: a}]\nchannels: {web: {requires: [q|r]}}\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		w := workspace.Workspace{FS: fstest.MapFS{"a.yaml": {Data: []byte(a)}, "b.yaml": {Data: []byte(b)}}}
		j, found, _ := w.Load("a.yaml")
		if j == nil && len(found) == 0 {
			t.Fatal("nothing was loaded, and nothing is said about it")
		}
	})
}

// Sheets in Arabic are often saved in the code page of Windows; that it was
// guessed is said at the first letter.
func TestLoadGuessesEncoding(t *testing.T) {
	text, err := charmap.Windows1256.NewEncoder().String("Stage,Touchpoint,Channel\nNeed,يتصل العميل بالبنك,هاتف\n")
	if err != nil {
		t.Fatal(err)
	}
	w := workspace.Workspace{FS: fstest.MapFS{"bank.csv": &fstest.MapFile{Data: []byte(text)}}}
	_, found, err := w.Load("bank.csv")
	i := slices.IndexFunc(found, func(f finding.Finding) bool { return strings.Contains(f.Message, "Windows-1256") })
	if err != nil || i < 0 || found[i].Rule != "lossy-import" || found[i].Span.From() != (source.Position{Line: 2, Column: 6}) {
		t.Errorf("got %v: %s", err, printed(found, err))
	}
}
