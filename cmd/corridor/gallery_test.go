package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const gallery = "testdata/gallery"

// TestGallery holds the pictures of the README's gallery to the journeys and
// the program as they are; -update draws them.
func TestGallery(t *testing.T) {
	list, err := os.ReadFile(filepath.Join(project, gallery, "maps.txt"))
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(filepath.Join(project, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var pictures []string
	for line := range strings.Lines(string(list)) {
		args := strings.Fields(line)
		if len(args) == 0 || strings.HasPrefix(args[0], "#") {
			continue
		}
		picture := args[len(args)-1]
		pictures = append(pictures, picture)
		if !strings.Contains(string(readme), "]("+picture+")") {
			t.Errorf("README.md does not show %s", picture)
		}
		t.Run(filepath.Base(picture), func(t *testing.T) { hangsInGallery(t, args, picture) })
	}
	there, err := filepath.Glob(filepath.Join(project, gallery, "*.[ps][nv]g"))
	if err != nil || len(there) < 4 {
		t.Fatalf("the gallery has only %q: %v", there, err)
	}
	for _, file := range there {
		if name := gallery + "/" + filepath.Base(file); !slices.Contains(pictures, name) {
			t.Errorf("%s is not in maps.txt", name)
		}
	}
}

// hangsInGallery compares a picture, or draws it.
func hangsInGallery(t *testing.T, args []string, picture string) {
	if *update {
		if code, out, talk := asUser(t, project, append([]string{"render"}, args...)...); code != exitClean {
			t.Fatalf("render ends with %d: %s%s", code, out, talk)
		}
	}
	if code, out, talk := asUser(t, project, append([]string{"render", "--check"}, args...)...); code != exitClean {
		t.Errorf("render --check ends with %d (-update draws it): %s%s", code, out, talk)
	}
	const most = 150_000
	if info, err := os.Stat(filepath.Join(project, picture)); err != nil || info.Size() > most {
		t.Errorf("%s has more than %d bytes, or is not there: %v", picture, most, err)
	}
}
