package convert

import (
	"bytes"
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// TestPrintImported holds that what is imported can be written as a corridor
// file, which is then read without findings and says the same: all the files in
// the archives of this package.
func TestPrintImported(t *testing.T) {
	archives, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	written := 0
	for _, name := range archives {
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Files {
			if printImported(t, f.Name, f.Data) {
				written++
			}
		}
	}
	if written < 4 {
		t.Errorf("only %d files were imported", written)
	}
}

// TestPrintCorpus does so with files of others.
func TestPrintCorpus(t *testing.T) {
	folder := cmp.Or(os.Getenv("CORRIDOR_CORPUS"), "../../../shared/corpus")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the files of others are not here: ", folder)
	}
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		if err == nil {
			printImported(t, name, data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// printImported reports whether a file is of another format and was written as
// a corridor file.
func printImported(t *testing.T, name string, data []byte) bool {
	t.Helper()
	format, ok := Detect(name, data)
	if !ok || format.read == nil {
		return false
	}
	text, guessed := format.Decode(data)
	doc, _ := format.Import(source.New(name, text), Options{Guessed: guessed})
	if doc == nil {
		return false
	}
	said := *doc
	said.File, said.Format, said.Basis, said.Keys, said.Bounds = nil, "", "", nil, nil // which are no part of the language
	if said.Title.Empty() {
		said.Title = model.Text{Plain: name}
	}
	written := syntax.Print(&said, "")
	file := source.New("x.corridor.yaml", written)
	again, found := syntax.Parse(file)
	if again == nil || len(found) > 0 {
		t.Errorf("%s: what is written is not read: %v\n%s", name, found, written)
		return true
	}
	again.File, again.Hidden = nil, nil
	if !model.Same(*again, said) {
		t.Errorf("%s: what is written says something else:\n%s", name, written)
	}
	if twice := syntax.Print(again, ""); !bytes.Equal(twice, written) {
		t.Errorf("%s: written twice, it is not the same:\n%s\n--- once\n%s", name, twice, written)
	}
	if laid, _, err := syntax.Format(file); err != nil || !bytes.Equal(laid, written) {
		t.Errorf("%s: what is written is not laid out: %v\n%s", name, err, laid)
	}
	return true
}
