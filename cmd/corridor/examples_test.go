package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// project is the folder that all examples and the README are in.
const project = "../.."

// asUser runs the built corridor in a folder, with nothing of this
// environment but what it needs.
func asUser(t *testing.T, folder string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	home := programs(t)
	c := exec.Command(filepath.Join(home, "corridor"), args...)
	c.Dir = folder
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, cacheVariable(home)}
	var out, talk bytes.Buffer
	c.Stdout, c.Stderr = &out, &talk
	var ended *exec.ExitError
	if err := c.Run(); err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), out.String(), talk.String()
}

// exampleDay is the day on which the examples are checked: what they set aside
// until some day is told again after it.
const exampleDay = "2026-11-24"

// TestExamples checks and draws each folder under examples; in one without a
// corridor file, what it has of other formats. A folder has no
// findings, unless its README shows them between <!-- check --> and
// <!-- /check -->; -update rewrites what it shows.
func TestExamples(t *testing.T) {
	entries, err := os.ReadDir(filepath.Join(project, "examples"))
	if err != nil {
		t.Fatal(err)
	}
	folders := 0
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		folders++
		t.Run(e.Name(), func(t *testing.T) {
			folder := "examples/" + e.Name()
			findings := checkExample(t, folder)
			for _, file := range corridorsIn(t, filepath.Join(project, folder)) {
				drawExample(t, file, findings)
			}
		})
	}
	if folders == 0 {
		t.Fatal("there are no examples")
	}
}

// checkExample reports whether the example has findings on purpose.
func checkExample(t *testing.T, folder string) bool {
	t.Helper()
	readme := filepath.Join(project, folder, "README.md")
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatalf("an example explains itself in a README.md: %v", err)
	}
	code, out, talk := asUser(t, project, append([]string{"check", "--today", exampleDay}, exampleFiles(t, folder)...)...)
	if talk != "" {
		t.Errorf("check says %s", talk)
	}
	before, shown, after, ok := between(string(text), "<!-- check -->\n", "<!-- /check -->")
	if !ok {
		if code != exitClean || !strings.HasPrefix(out, "No findings in ") {
			t.Errorf("check ends with %d:\n%s", code, out)
		}
		return false
	}
	if want := "```text\n" + out + "```\n"; shown != want {
		if !*update {
			t.Errorf("%s shows another output than the check has (-update accepts it):\n%s", readme, out)
		} else if err := os.WriteFile(readme, []byte(before+want+after), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return true
}

// exampleFiles is what check is given of an example: the folder, or its files
// where it has none that a search finds.
func exampleFiles(t *testing.T, folder string) []string {
	t.Helper()
	if len(corridorsIn(t, filepath.Join(project, folder))) > 0 {
		return []string{folder}
	}
	entries, err := os.ReadDir(filepath.Join(project, folder))
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, e := range entries {
		if e.Name() != "README.md" {
			files = append(files, folder+"/"+e.Name())
		}
	}
	return files
}

// TestExamplesAreLaidOut holds the examples, and the file that init writes, to
// the layout of fmt.
func TestExamplesAreLaidOut(t *testing.T) {
	code, out, talk := asUser(t, project, "fmt", "--check", "examples", "cmd/corridor/starter.corridor.yaml")
	if code != exitClean {
		t.Errorf("`corridor fmt` would change:\n%s%s", out, talk)
	}
}

// between cuts a text at the first start and the first end behind it. Both
// stay with what is around them.
func between(text, start, end string) (before, inside, after string, ok bool) {
	before, rest, ok := strings.Cut(text, start)
	if !ok {
		return "", "", "", false
	}
	i := strings.Index(rest, end)
	if i < 0 {
		return "", "", "", false
	}
	return before + start, rest[:i], rest[i:], true
}

func corridorsIn(t *testing.T, folder string) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.Contains(d.Name(), ".corridor.") && !strings.HasPrefix(d.Name(), ".") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// drawExample draws a file in both ways. One without a path is a library and
// has nothing to draw; one with errors on purpose is not drawn.
func drawExample(t *testing.T, file string, findings bool) {
	t.Helper()
	routings := []string{"straight", "graphviz"}
	if testing.Short() {
		routings = routings[:1]
	}
	for _, routing := range routings {
		out := filepath.Join(t.TempDir(), "map.svg")
		code, _, talk := asUser(t, ".", "render", file, "--routing", routing, "-o", out)
		switch library := strings.Contains(talk, "no basic path"); {
		case library && code == exitTrouble, findings && code == exitFindings:
			if exists(out) {
				t.Errorf("%s: there is a map, and the command ended with %d", file, code)
			}
		case code != exitClean:
			t.Errorf("%s (%s) was not drawn, exit code %d:\n%s", file, routing, code, talk)
		default:
			picture(t, out)
			if routing == "graphviz" {
				shownPicture(t, out, file)
			}
		}
	}
}

// shownPicture checks that the picture that stands beside an example, if one
// does, is the one that is drawn now; -update renews it.
func shownPicture(t *testing.T, drawn, file string) {
	t.Helper()
	stem, _, _ := strings.Cut(filepath.Base(file), ".corridor.")
	shown := filepath.Join(filepath.Dir(file), stem+".svg")
	old, err := os.ReadFile(shown)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	now, readErr := os.ReadFile(drawn)
	if err := errors.Join(err, readErr); err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(old, now) {
		return
	}
	if !*update {
		t.Errorf("%s is not the map that is drawn now (-update renews it)", shown)
	} else if err := os.WriteFile(shown, now, 0o666); err != nil {
		t.Fatal(err)
	}
}

// picture checks that a file is well-formed XML with svg as its root.
func picture(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	root := ""
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%s is not well-formed: %v", file, err)
		}
		if start, ok := token.(xml.StartElement); ok && root == "" {
			root = start.Name.Local
		}
	}
	if root != "svg" {
		t.Errorf("%s has the root %q", file, root)
	}
}
