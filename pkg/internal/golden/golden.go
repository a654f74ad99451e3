// Package golden compares what a test produces with txtar archives in
// testdata. One archive is one case: its input files and every output that is
// expected for them. The flag -update writes the outputs as they are now.
package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// Update is set by the flag -update of the test binary.
var Update = flag.Bool("update", false, "rewrite the expected outputs in testdata")

// Archive is one case. A section is an input when the test reads it with
// Input and an output when the test hands it to Equal; a section that is
// neither fails the test, as nothing would notice that it is wrong.
type Archive struct {
	*txtar.Archive
	path  string
	t     *testing.T
	used  map[string]bool
	stale bool
}

// Run runs a subtest for each archive that matches the pattern, a path such as
// "testdata/*.txtar". At least one must match.
func Run(t *testing.T, pattern string, test func(*testing.T, *Archive)) {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no archive matches %s (%v)", pattern, err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
		t.Run(name, func(t *testing.T) {
			parsed, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			a := &Archive{Archive: parsed, path: path, t: t, used: map[string]bool{}}
			test(t, a)
			a.finish()
		})
	}
}

// Input returns the section of that name; nil and false when the archive has
// none.
func (a *Archive) Input(name string) ([]byte, bool) {
	a.used[name] = true
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data, true
		}
	}
	return nil, false
}

// Equal fails the test unless got is the section of that name. A section ends
// with a line break, so one is added to an output without. With -update the
// section becomes got, and is added when there is none.
func (a *Archive) Equal(name string, got []byte) {
	a.t.Helper()
	if len(got) > 0 && !bytes.HasSuffix(got, []byte("\n")) {
		got = append(bytes.Clone(got), '\n')
	}
	want, ok := a.Input(name)
	switch {
	case ok && bytes.Equal(got, want):
	case *Update:
		a.set(name, got)
	default:
		a.t.Errorf("%s: %s is not as expected (-update accepts it)\n--- got\n%s--- want\n%s", a.path, name, got, want)
	}
}

func (a *Archive) set(name string, data []byte) {
	a.stale = true
	for i, f := range a.Files {
		if f.Name == name {
			a.Files[i].Data = data
			return
		}
	}
	a.Files = append(a.Files, txtar.File{Name: name, Data: data})
}

// finish writes what -update has changed and looks for forgotten sections.
func (a *Archive) finish() {
	for _, f := range a.Files {
		if !a.used[f.Name] {
			a.t.Errorf("%s: nothing reads or produces the section %q", a.path, f.Name)
		}
	}
	if a.stale && !a.t.Failed() {
		if err := os.WriteFile(a.path, txtar.Format(a.Archive), 0o666); err != nil {
			a.t.Fatal(err)
		}
	}
}

// Equal is Archive.Equal for an output that has a file of its own.
func Equal(t *testing.T, path string, got []byte) {
	t.Helper()
	want, err := os.ReadFile(path)
	if err == nil && bytes.Equal(got, want) {
		return
	}
	if !*Update {
		t.Errorf("%s is not as expected (-update accepts it): %v\n--- got\n%s", path, err, got)
		return
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, got, 0o666); err != nil {
		t.Fatal(err)
	}
}
