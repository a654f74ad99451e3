package golden

import (
	"os"
	"path/filepath"
	"testing"
)

const archive = "a case\n-- input --\nx\n-- output --\nold\n"

func TestUpdateReplacesAndAddsOutputs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "case.txtar")
	if err := os.WriteFile(path, []byte(archive), 0o666); err != nil {
		t.Fatal(err)
	}
	was := *Update
	*Update = true
	defer func() { *Update = was }()

	Run(t, path, func(t *testing.T, a *Archive) {
		if data, ok := a.Input("input"); !ok || string(data) != "x\n" {
			t.Errorf("input is %q, %v", data, ok)
		}
		a.Equal("output", []byte("new"))
		a.Equal("more", []byte("added\n"))
	})

	const want = "a case\n-- input --\nx\n-- output --\nnew\n-- more --\nadded\n"
	if got, _ := os.ReadFile(path); string(got) != want {
		t.Errorf("archive is\n%s, want\n%s", got, want)
	}
}

func TestEqualOutputsAreLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "case.txtar")
	if err := os.WriteFile(path, []byte(archive), 0o444); err != nil {
		t.Fatal(err)
	}
	Run(t, path, func(t *testing.T, a *Archive) {
		a.Input("input")
		a.Equal("output", []byte("old"))
	})
}
