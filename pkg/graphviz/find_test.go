package graphviz

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func program(t *testing.T, folder string) string {
	t.Helper()
	path := filepath.Join(folder, fakePath(programName))
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// realTempDir is a temporary folder without symlinks in its path.
func realTempDir(t *testing.T) string {
	t.Helper()
	folder, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestFindBesideTheExecutable(t *testing.T) {
	folder, elsewhere := realTempDir(t), realTempDir(t)
	want := program(t, folder)
	t.Setenv("PATH", elsewhere)
	program(t, elsewhere)
	corridor := filepath.Join(folder, "corridor")
	os.WriteFile(corridor, nil, 0o700)
	if got, err := Find(corridor); got != want || err != nil {
		t.Fatalf("got %q, %v; want %q", got, err, want)
	}
	link := filepath.Join(realTempDir(t), "corridor")
	if err := os.Symlink(corridor, link); err != nil {
		t.Skip("this system makes no symlinks here:", err)
	}
	if got, err := Find(link); got != want || err != nil {
		t.Fatalf("through a symlink: got %q, %v; want %q", got, err, want)
	}
}

func TestFindOnThePath(t *testing.T) {
	folder := realTempDir(t)
	want := program(t, folder)
	t.Setenv("PATH", folder)
	for _, executable := range []string{"", filepath.Join(realTempDir(t), "gone")} {
		if got, err := Find(executable); got != want || err != nil {
			t.Fatalf("Find(%q) = %q, %v; want %q", executable, got, err, want)
		}
	}
}

func TestFindNothing(t *testing.T) {
	folder := realTempDir(t)
	t.Setenv("PATH", realTempDir(t))
	corridor := filepath.Join(folder, "corridor")
	os.WriteFile(corridor, nil, 0o700)
	_, err := Find(corridor)
	var missing *MissingError
	if !errors.As(err, &missing) {
		t.Fatalf("got %v, want a MissingError", err)
	}
	needs(t, err, folder, InstallCommand)
}

func TestFindIgnoresTheCurrentFolder(t *testing.T) {
	folder := realTempDir(t)
	program(t, folder)
	t.Chdir(folder)
	t.Setenv("PATH", ".")
	if got, err := Find(""); err == nil {
		t.Fatalf("found %q in the current folder", got)
	}
}
