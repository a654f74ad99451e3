package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
)

// tree returns a file system of files given as `path` or `path=text`, one a
// line.
func tree(lines string) fstest.MapFS {
	files := fstest.MapFS{}
	for line := range strings.Lines(lines) {
		path, text, _ := strings.Cut(strings.TrimSpace(line), "=")
		if path != "" {
			files[path] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, `\n`, "\n")), Mode: 0o644}
		}
	}
	return files
}

func TestFind(t *testing.T) {
	for _, test := range []struct {
		name, files, folder string
		options             FindOptions
		want                string
	}{
		{"by name", "a.corridor.yaml\n b.corridor.yml\n c.corridor.json\n D.Corridor.YAML\n corridor.yaml\n a.corridor.yaml.bak\n a.corridor.txt\n acorridor.yaml", ".", FindOptions{},
			"D.Corridor.YAML a.corridor.yaml b.corridor.yml c.corridor.json"},
		{"by first key", "a.yaml=corridor: 1\n b.YML=# x\\n{corridor: 1}\n c.yaml=title: x\n d.json={\"corridor\": 1}\n e.txt=corridor: 1\n f.yaml=", ".", FindOptions{}, "a.yaml b.YML"},
		{"sorted by path", "b/a.corridor.yaml\n b.corridor.yaml\n b-c.corridor.yaml\n a/z.corridor.yaml\n B.corridor.yaml", ".", FindOptions{},
			"B.corridor.yaml a/z.corridor.yaml b-c.corridor.yaml b.corridor.yaml b/a.corridor.yaml"},
		{"a folder called like a file", "x.corridor.yaml/a.corridor.yaml\n y.yaml/b.yaml=corridor: 1", ".", FindOptions{}, "x.corridor.yaml/a.corridor.yaml y.yaml/b.yaml"},
		{"not the hidden", ".corridor.yaml\n .a.corridor.yaml\n ._a.corridor.yaml\n .x/a.corridor.yaml\n .git/a.corridor.yaml\n a/.git/a.corridor.yaml\n a/b.corridor.yaml", ".", FindOptions{}, "a/b.corridor.yaml"},
		{"the hidden when asked for", ".x/a.corridor.yaml\n .x/.y/a.corridor.yaml\n a.corridor.yaml", ".x", FindOptions{}, ".x/a.corridor.yaml"},
		{"never .git", ".git/a.corridor.yaml\n .git/x/a.corridor.yaml", ".git/x", FindOptions{}, ""},
		{"a folder only", "a/a.corridor.yaml\n a/b/c.corridor.yaml\n b/a.corridor.yaml", "a", FindOptions{}, "a/a.corridor.yaml a/b/c.corridor.yaml"},
		{"other scripts", "رحلة/موعد.corridor.yaml\n 旅程.corridor.yaml\n 🏥.yaml=corridor: 1", ".", FindOptions{}, "رحلة/موعد.corridor.yaml 旅程.corridor.yaml 🏥.yaml"},

		{"ignored", ".gitignore=/old/\\n*.draft.*\n old/a.corridor.yaml\n x/old/a.corridor.yaml\n a.draft.corridor.yaml\n b.corridor.yaml", ".", FindOptions{}, "b.corridor.yaml x/old/a.corridor.yaml"},
		{"ignored farther in", ".gitignore=*.corridor.yaml\n a/.gitignore=!a.*\n a/a.corridor.yaml\n a/b.corridor.yaml\n b/a.corridor.yaml", ".", FindOptions{}, "a/a.corridor.yaml"},
		{"ignored from around", ".gitignore=b.*\n a/.gitignore=/x/c.*\n a/x/a.corridor.yaml\n a/x/b.corridor.yaml\n a/x/c.corridor.yaml", "a/x", FindOptions{}, "a/x/a.corridor.yaml"},
		{"no way back into a folder", ".gitignore=a/\\n!a/a.corridor.yaml\n a/a.corridor.yaml\n a/.gitignore=!*", ".", FindOptions{}, ""},
		{"ignored, but asked for", ".gitignore=build/\n build/a.corridor.yaml", "build", FindOptions{}, "build/a.corridor.yaml"},
		{"ignored here only", ".git/info/exclude=mine.*\n a/mine.corridor.yaml\n b.corridor.yaml", ".", FindOptions{}, "b.corridor.yaml"},
		{"ignored all the same", ".gitignore=*\n .git/info/exclude=*\n a/b.corridor.yaml", ".", FindOptions{NoIgnore: true}, "a/b.corridor.yaml"},
		{"a folder called .gitignore", ".gitignore/x\n a.corridor.yaml", ".", FindOptions{}, "a.corridor.yaml"},

		{"excluded name", "drafts/a.corridor.yaml\n x/drafts/a.corridor.yaml\n drafts.corridor.yaml", ".", FindOptions{Exclude: []string{"drafts"}}, "drafts.corridor.yaml"},
		{"excluded below", "drafts/x/a.corridor.yaml\n x/drafts/a.corridor.yaml", ".", FindOptions{Exclude: []string{"drafts/**"}}, "x/drafts/a.corridor.yaml"},
		{"excluded files", "a.draft.yaml=corridor: 1\n x/b.draft.yaml=corridor: 1\n c.yaml=corridor: 1", ".", FindOptions{Exclude: []string{"*.draft.yaml"}}, "c.yaml"},
		{"excluded in one folder", "old/a.corridor.yaml\n x/old/a.corridor.yaml", ".", FindOptions{Exclude: []string{"/old/"}}, "x/old/a.corridor.yaml"},
		{"excluded choice", "a/a.corridor.yaml\n b/a.corridor.yaml\n c/a.corridor.yaml", ".", FindOptions{Exclude: []string{"./{a,b}/*.corridor.yaml"}}, "c/a.corridor.yaml"},
		{"excluded from the base", "w/old/a.corridor.yaml\n old/a.corridor.yaml\n v/a.corridor.yaml\n w/b.corridor.yaml", ".", FindOptions{Exclude: []string{"/old", "../v/**"}, Base: "w"}, "old/a.corridor.yaml w/b.corridor.yaml"},
		{"excluded altogether", "a/b/c.corridor.yaml", "a/b", FindOptions{Exclude: []string{"a"}}, ""},
		{"base is no name to exclude", "old/a.corridor.yaml", "old", FindOptions{Exclude: []string{"old"}, Base: "old"}, "old/a.corridor.yaml"},
		{"excluded in two pieces", "e\u0301/a.corridor.yaml\n ا\u0653ب.corridor.yaml", ".", FindOptions{Exclude: []string{"é", "آب.*"}}, ""},
		{"excluded folders only", "a.corridor.yaml/b.corridor.yaml\n x/a.corridor.yaml", ".", FindOptions{Exclude: []string{"a.corridor.yaml/"}}, "x/a.corridor.yaml"},
	} {
		got, problems, err := Find(t.Context(), tree(test.files), test.folder, test.options)
		if err != nil || problems != nil {
			t.Errorf("%s: %v, %v", test.name, problems, err)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: found %q, want %q", test.name, got, test.want)
		}
	}
}

func TestExcluded(t *testing.T) {
	options := FindOptions{Exclude: []string{"drafts", "/old/*.yaml", "*.tmp/"}, Base: "w"}
	for path, want := range map[string]bool{
		"w/drafts/x/a.corridor.yaml": true, "drafts/a.corridor.yaml": true, "w/a.corridor.yaml": false, "w/old/a.yaml": true, "old/a.yaml": false,
		"w/a.tmp/b.yaml": true, "w/a.tmp": false, "w": false, ".": false, "../drafts/a.yaml": true, "../x.yaml": false, "/x/drafts/a.yaml": true, "/x": false,
	} {
		if got, err := options.Excluded(path); got != want || err != nil {
			t.Errorf("Excluded(%q) is %v, %v", path, got, err)
		}
	}
}

func TestFindRefuses(t *testing.T) {
	for _, pattern := range []string{"", "/", "./", "a[", "{a", "a}", "[]", `a\`} {
		_, _, err := Find(t.Context(), tree(""), ".", FindOptions{Exclude: []string{pattern}})
		if wrong := new(PatternError); !errors.As(err, &wrong) || wrong.Pattern != pattern {
			t.Errorf("pattern %q: %v", pattern, err)
		} else if !strings.HasPrefix(err.Error(), "the pattern ") {
			t.Errorf("pattern %q: %v", pattern, err)
		}
		if _, err := (FindOptions{Exclude: []string{pattern}}).Excluded("a"); err == nil {
			t.Errorf("pattern %q is no error", pattern)
		}
	}
	for _, folder := range []string{"..", "../x", "/x", "a/../..", ""} {
		if _, _, err := Find(t.Context(), tree(""), folder, FindOptions{}); err == nil {
			t.Errorf("folder %q is no error", folder)
		}
	}
}

func TestFindEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	fsys := &failing{FS: tree("a/a.corridor.yaml\n b/b.corridor.yaml"), onOpen: func(path string) error {
		if path == "a" {
			cancel()
		}
		if path == "b" {
			t.Error("it goes on")
		}
		return nil
	}}
	if files, _, err := Find(ctx, fsys, ".", FindOptions{}); !errors.Is(err, context.Canceled) || files != nil {
		t.Error(files, err)
	}
}

// failing is a file system in which opening and reading may fail, and which
// lists folders backwards.
type failing struct {
	fs.FS
	onOpen func(path string) error
}

func (f *failing) Open(path string) (fs.File, error) {
	if err := f.onOpen(path); err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return f.FS.Open(path)
}

func (f *failing) ReadDir(path string) ([]fs.DirEntry, error) {
	if err := f.onOpen(path); err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	entries, err := fs.ReadDir(f.FS, path)
	slices.Reverse(entries)
	if path == "half" {
		return entries[:1], io.ErrUnexpectedEOF
	}
	return entries, err
}

func TestFindGoesOnAfterProblems(t *testing.T) {
	fsys := &failing{tree("a.yaml=corridor: 1\n b.yaml=corridor: 1\n half/a.corridor.yaml\n half/b.corridor.yaml\n shut/a.corridor.yaml\n x/.gitignore=*\n x/a.corridor.yaml"), func(path string) error {
		switch path {
		case "shut", "x/.gitignore", "a.yaml":
			return fs.ErrPermission
		}
		return nil
	}}
	files, problems, err := Find(t.Context(), fsys, ".", FindOptions{})
	if want := "b.yaml half/b.corridor.yaml x/a.corridor.yaml"; strings.Join(files, " ") != want || err != nil {
		t.Errorf("found %q, want %q, %v", files, want, err)
	}
	told(t, problems, `a.yaml cannot be read: you have no permission to read it
half cannot be read: unexpected EOF
shut cannot be read: you have no permission to read it
x/.gitignore cannot be read: you have no permission to read it`)
}

func told(t *testing.T, problems []error, want string) {
	t.Helper()
	for _, p := range problems {
		if known := new(ReadError); !errors.As(p, &known) {
			t.Errorf("%v is no ReadError", p)
		}
	}
	if got := errors.Join(problems...); fmt.Sprint(got) != want {
		t.Errorf("problems:\n%v\nwant:\n%s", got, want)
	}
}

func TestFindInRealFolders(t *testing.T) {
	root := t.TempDir()
	for _, path := range []string{"in/a.corridor.yaml", "in/deep/b.corridor.yaml", "x.corridor.yaml/c.corridor.yaml", "out/d.yaml"} {
		write(t, root, path, "corridor: 1\n")
	}
	for link, target := range map[string]string{
		"in/loop": "..", "in/deep/self": ".", "in/folder.corridor.yaml": "deep", "in/good.corridor.yaml": "a.corridor.yaml", "in/good.yaml": "deep/b.corridor.yaml",
		"in/gone.corridor.yaml": "nowhere", "in/gone.yaml": "nowhere", "in/leaves.corridor.yaml": "../../elsewhere.yaml", "in/leaves.yaml": "/etc/hostname",
		"in/round.corridor.yaml": "round.corridor.yaml", "named": "in/deep",
	} {
		if err := os.Symlink(filepath.FromSlash(target), filepath.Join(root, link)); err != nil {
			t.Skip("links cannot be made here: ", err)
		}
	}
	fsys := open(t, root)
	files, problems, err := Find(t.Context(), fsys, ".", FindOptions{})
	if want := "in/a.corridor.yaml in/deep/b.corridor.yaml in/good.corridor.yaml in/good.yaml out/d.yaml x.corridor.yaml/c.corridor.yaml"; strings.Join(files, " ") != want || err != nil {
		t.Errorf("found %q, want %q, %v", files, want, err)
	}
	told(t, problems, `in/gone.corridor.yaml cannot be read: it is a link to a file that is not there
in/leaves.corridor.yaml cannot be read: it is a link that leads out of the folder tree that corridor may read
in/round.corridor.yaml cannot be read: it is a link that leads back to itself`)
	if files, problems, _ := Find(t.Context(), fsys, "named", FindOptions{}); strings.Join(files, " ") != "named/b.corridor.yaml" || problems != nil {
		t.Errorf("in the link that was asked for: %q, %v", files, problems)
	}
	_, problems, err = Find(t.Context(), fsys, "nowhere", FindOptions{})
	told(t, problems, "nowhere cannot be read: there is no such file")
	if err != nil {
		t.Error(err)
	}
}

func TestFindPassesUnreadable(t *testing.T) {
	if os.Geteuid() <= 0 {
		t.Skip("whoever runs this test may read everything")
	}
	root := t.TempDir()
	for _, path := range []string{"shut/a.corridor.yaml", "a.yaml", "b.yaml", "c.corridor.yaml"} {
		write(t, root, path, "corridor: 1\n")
	}
	for _, path := range []string{"shut", "a.yaml", "c.corridor.yaml"} {
		path = filepath.Join(root, path)
		if err := os.Chmod(path, 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.Chmod(path, 0o700) })
	}
	files, problems, err := Find(t.Context(), open(t, root), ".", FindOptions{})
	if want := "b.yaml c.corridor.yaml"; strings.Join(files, " ") != want || err != nil {
		t.Errorf("found %q, want %q, %v", files, want, err)
	}
	told(t, problems, "a.yaml cannot be read: you have no permission to read it\nshut cannot be read: you have no permission to read it")
}

func TestFindPassesNamesThatAreNoText(t *testing.T) {
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "\xff.corridor.yaml"), nil, 0o644); err != nil {
		t.Skip("this file system refuses such names: ", err)
	}
	write(t, root, "\xfe/b.corridor.yaml", "")
	write(t, root, "a.corridor.yaml", "")
	files, problems, err := Find(t.Context(), open(t, root), ".", FindOptions{})
	if strings.Join(files, " ") != "a.corridor.yaml" || err != nil {
		t.Errorf("found %q, %v", files, err)
	}
	told(t, problems, "\uFFFD cannot be read: its name is not valid UTF-8; give it another one\n\uFFFD.corridor.yaml cannot be read: its name is not valid UTF-8; give it another one")
}

func TestFindPassesWhatIsNoFile(t *testing.T) {
	pipe := fstest.MapFS{"p.corridor.yaml": {Mode: fs.ModeNamedPipe}, "d.yaml": {Mode: fs.ModeDevice}, "s.yml": {Mode: fs.ModeSocket}, "x": {Mode: fs.ModeDir}}
	if files, problems, err := Find(t.Context(), pipe, ".", FindOptions{}); files != nil || problems != nil || err != nil {
		t.Error(files, problems, err)
	}
	if _, problems, _ := Find(t.Context(), tree("a.corridor.yaml"), "a.corridor.yaml", FindOptions{}); len(problems) != 1 {
		t.Error("a file instead of a folder:", problems)
	}
}

func TestBrokenLink(t *testing.T) {
	if err := brokenLink(syscall.EIO); err != syscall.EIO {
		t.Error(err)
	}
}

// BenchmarkFind looks through 10,000 files in 100 folders. Compare it with
// BenchmarkWalk, which only lists the same folders.
func BenchmarkFind(b *testing.B) {
	for _, name := range []string{"f%d.corridor.yaml", "f%d.yaml", "f%d.txt"} {
		b.Run(strings.TrimPrefix(name, "f%d"), func(b *testing.B) {
			fsys := manyFiles(b, name, 100, 100)
			for b.Loop() {
				files, _, err := Find(b.Context(), fsys, ".", FindOptions{Exclude: []string{"drafts", "*.draft.yaml"}})
				if err != nil || len(files) != 10_000 && name != "f%d.txt" {
					b.Fatal(len(files), err)
				}
			}
		})
	}
	b.Run("one folder of 1000", func(b *testing.B) {
		fsys := manyFiles(b, "f%d.yaml", 1, 1000)
		for b.Loop() {
			if files, _, _ := Find(b.Context(), fsys, ".", FindOptions{}); len(files) != 1000 {
				b.Fatal(len(files))
			}
		}
	})
}

func BenchmarkWalk(b *testing.B) {
	fsys := manyFiles(b, "f%d.yaml", 100, 100)
	for b.Loop() {
		err := fs.WalkDir(fsys, ".", func(string, fs.DirEntry, error) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
}

func manyFiles(b *testing.B, name string, folders, each int) fs.FS {
	root := b.TempDir()
	write(b, root, ".gitignore", "node_modules/\n*.log\n/dist\n!keep.log\n**/tmp/**\n*~\nbuild/\n.env\n")
	text := "corridor: 1\n" + strings.Repeat("# a line of a journey\n", 150)
	for i := range folders {
		for k := range each {
			write(b, root, fmt.Sprintf("d%d/"+name, i, k), text)
		}
	}
	return open(b, root)
}
