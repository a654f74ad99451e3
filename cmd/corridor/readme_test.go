package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadme does what README.md, and what is written for CI systems, tells its
// reader to do, each in a folder of its own that has the examples in it.
//
// A fenced block below the line <!-- run --> is run. Where it has lines that
// begin with `$ `, these are commands, and what is between them is what they
// write; a line of just … stands for any lines. A block without such lines is
// run as a whole and must succeed. -update rewrites what commands write. A
// fenced block below <!-- file NAME --> is the content of a file.
func TestReadme(t *testing.T) {
	for _, name := range []string{"README.md", guide} {
		t.Run(name, func(t *testing.T) { followFile(t, name) })
	}
}

// followFile does what a file of the project says.
func followFile(t *testing.T, name string) {
	path := filepath.Join(project, filepath.FromSlash(name))
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	reader := &readme{t: t, name: name, folder: t.TempDir()}
	for _, link := range []struct{ to, name string }{{programs(t), "bin"}, {filepath.Join(project, "examples"), "examples"}} {
		to, err := filepath.Abs(link.to)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(to, filepath.Join(reader.folder, link.name)); err != nil {
			t.Skip("there are no links here: ", err)
		}
	}
	done := reader.follow(string(text))
	if reader.blocks == 0 {
		t.Errorf("%s has no block below a line <!-- run -->", name)
	}
	if *update && done != string(text) && !t.Failed() {
		if err := os.WriteFile(path, []byte(done), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// readme follows a text.
type readme struct {
	t      *testing.T
	name   string // of the file with the text
	folder string // where it does what the text says
	blocks int    // that were run
}

// follow does what a text says and returns the text with what came of it.
func (r *readme) follow(text string) string {
	var done strings.Builder
	mark := ""
	for text != "" {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		done.WriteString(line + "\n")
		switch {
		case strings.HasPrefix(line, "<!-- run -->"), strings.HasPrefix(line, "<!-- file "):
			mark = line
		case strings.HasPrefix(line, "```") && mark != "":
			block, rest, closed := strings.Cut(text, "```\n")
			if !closed {
				r.t.Fatalf("the block below %s is not closed", mark)
			}
			done.WriteString(r.block(mark, block) + "```\n")
			mark, text = "", rest
		case strings.TrimSpace(line) != "" && mark != "":
			r.t.Errorf("no block follows %s, but %q", mark, line)
			mark = ""
		}
	}
	return done.String()
}

// block does what one block says and returns it with what came of it.
func (r *readme) block(mark, block string) string {
	if name, ok := strings.CutPrefix(mark, "<!-- file "); ok {
		name = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(name), "-->"))
		write(r.t, filepath.Join(r.folder, name), block, 0o666)
		return block
	}
	r.blocks++
	if !strings.HasPrefix(block, "$ ") {
		if out, err := r.command(block); err != nil {
			r.t.Errorf("%s%v\n%s", block, err, out)
		}
		return block
	}
	done := ""
	for _, part := range strings.Split(block[len("$ "):], "\n$ ") {
		command, shown, _ := strings.Cut(part, "\n")
		if shown != "" && !strings.HasSuffix(shown, "\n") {
			shown += "\n"
		}
		out, _ := r.command(command)
		if !shows(shown, out) {
			if !*update || elided(shown) {
				r.t.Errorf("%s shows another output of `%s` (-update accepts it)\n--- got\n%s--- shown\n%s", r.name, command, out, shown)
			} else {
				shown = out
			}
		}
		done += "$ " + command + "\n" + shown
	}
	return done
}

// command runs a line of the shell and returns all that it writes.
func (r *readme) command(line string) (string, error) {
	c := exec.Command("sh", "-c", line)
	c.Dir = r.folder
	home := programs(r.t)
	c.Env = []string{"PATH=" + home + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + home, cacheVariable(home)}
	out, err := c.CombinedOutput()
	return string(out), err
}

const elision = "…\n"

func elided(shown string) bool { return strings.Contains("\n"+shown, "\n"+elision) }

// shows reports whether a text is an output, in which a line of just … stands
// for any lines.
func shows(shown, out string) bool {
	first, rest, ok := strings.Cut("\n"+shown, "\n"+elision)
	out = "\n" + out
	if !ok {
		return first == out
	}
	if !strings.HasPrefix(out, first+"\n") {
		return false
	}
	out = out[len(first):]
	parts := strings.Split("\n"+rest, "\n"+elision)
	for i, part := range parts {
		if i == len(parts)-1 {
			return strings.HasSuffix(out, part)
		}
		at := strings.Index(out, part+"\n")
		if at < 0 {
			return false
		}
		out = out[at+len(part):]
	}
	return false
}

func TestShows(t *testing.T) {
	for _, c := range []struct {
		shown, out string
		want       bool
	}{
		{"a\nb\n", "a\nb\n", true},
		{"a\n", "a\nb\n", false},
		{"", "", true},
		{"", "a\n", false},
		{"a\n…\nd\n", "a\nb\nc\nd\n", true},
		{"a\n…\nd\n", "a\nd\n", true},
		{"a\n…\nd\n", "a\nb\nxd\n", false},
		{"…\nd\n", "a\nd\n", true},
		{"a\n…\n", "a\nd\n", true},
		{"a\n…\n", "ab\nd\n", false},
		{"…\nb\n…\nd\n", "a\nb\nc\nd\n", true},
		{"…\nc\n…\nb\n…\n", "a\nb\nc\nd\n", false},
	} {
		if got := shows(c.shown, c.out); got != c.want {
			t.Errorf("shows(%q, %q) is %v", c.shown, c.out, got)
		}
	}
}
