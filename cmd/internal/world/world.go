// Package world finds the files that a command may read, the workspaces that
// they are part of and the settings that hold for them. Both programs look at
// files through it, so that a preview finds what a check finds.
package world

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/git"
	"github.com/customer-corridor/corridor/pkg/syntax"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// World is the part of the file system that a command may read: the files
// that were named, and the workspaces that they are part of. A workspace is
// the nearest folder above with a `.git` or a `.corridor.yaml`, else the
// current folder, else the file's own; with allowOutside it is everything.
type World struct {
	Dir          string // the current folder, absolute
	allowOutside bool
	trees        map[string]*Tree  // by root folder
	homes        map[string]string // of folders
	settings     settings
	Edited       map[string][]byte // texts that are read in the place of files, by absolute path
	// Looked is told the absolute names of all files and folders on disk that
	// are looked for, whether they are there or not. It may be nil.
	Looked func(name string)

	commits   map[string]*git.Tree // by reference; see revision.go
	revisions map[string]*Tree     // by reference and root folder
}

// New returns the world as it is seen from the current folder, with the settings
// that flags ask for. Files are read once: for another look make another world.
func New(allowOutside bool, flags Flags) (*World, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, trouble("the current folder cannot be read: %v", err)
	}
	w := &World{Dir: dir, allowOutside: allowOutside, trees: map[string]*Tree{}, homes: map[string]string{}}
	return w, w.useSettings(flags)
}

// Locate returns the workspace of a file or folder and its path in it.
func (w *World) Locate(name string, folder bool) (*Tree, string, error) {
	abs := w.Absolute(name)
	dir := abs
	if !folder {
		dir = filepath.Dir(abs)
	}
	root := w.root(dir)
	t, ok := w.trees[root]
	if !ok {
		var err error
		if t, err = w.newTree(root); err != nil {
			return nil, "", &workspace.ReadError{Path: w.Display(root), Err: err}
		}
		t.Home = prefix(root, w.home(dir))
		w.trees[root] = t
	}
	path, err := filepath.Rel(root, abs)
	return t, filepath.ToSlash(path), err
}

// Absolute returns a name from the root on.
func (w *World) Absolute(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(w.Dir, name)
}

// root returns the folder of all that may be read together with a folder.
func (w *World) root(dir string) string {
	if w.allowOutside {
		return filepath.VolumeName(dir) + string(filepath.Separator)
	}
	return w.home(dir)
}

// home returns the folder of the workspace that a folder is part of. It is looked
// for once: many files lie in one folder.
func (w *World) home(dir string) string {
	home, known := w.homes[dir]
	if !known {
		home = w.findHome(dir)
		w.homes[dir] = home
	}
	return home
}

func (w *World) findHome(dir string) string {
	for above := dir; ; above = filepath.Dir(above) {
		for _, mark := range []string{".git", config.FileName} {
			if _, err := os.Lstat(filepath.Join(above, mark)); err == nil {
				return above
			}
		}
		if above == filepath.Dir(above) {
			break
		}
	}
	if rel, err := filepath.Rel(w.Dir, dir); err == nil && filepath.IsLocal(rel) {
		return w.Dir
	}
	return dir
}

// prefix returns what the paths in a folder begin with, seen from a folder
// above it.
func prefix(root, folder string) string {
	rel, err := filepath.Rel(root, folder)
	if err != nil || rel == "." {
		return ""
	}
	return filepath.ToSlash(rel) + "/"
}

// Display returns the name of a file for people: relative to the current
// folder, unless the whole path is shorter.
func (w *World) Display(abs string) string {
	rel, err := filepath.Rel(w.Dir, abs)
	if err != nil || len(rel) > len(abs) {
		return filepath.ToSlash(abs)
	}
	return filepath.ToSlash(rel)
}

// Below is where the current folder lies in its repository: "" at the top, and
// where there is none.
func (w *World) Below() string {
	for above := w.Dir; above != filepath.Dir(above); above = filepath.Dir(above) {
		if _, err := os.Lstat(filepath.Join(above, ".git")); err == nil {
			return prefix(above, w.Dir)
		}
	}
	return ""
}

// Tree is the file system of one workspace: what lies in its folder, where
// no link leads out of, and the files that the user named themselves.
type Tree struct {
	workspace.Workspace
	root  string // absolute
	Base  string // the current folder, as a path of the tree
	world *World
	past  bool // it is that of a commit
	inner fs.FS
	given map[string]given
}

// given is a file that the user named: its place, or its content.
type given struct {
	name string
	data []byte
}

func (w *World) newTree(root string) (*Tree, error) {
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, err
	}
	t := &Tree{root: root, world: w, inner: r.FS(), given: map[string]given{}, Base: "."}
	if rel, err := filepath.Rel(root, w.Dir); err == nil && filepath.IsLocal(rel) {
		t.Base = filepath.ToSlash(rel)
	}
	t.FS, t.AbsoluteImports = t, w.allowOutside
	t.Name = func(path string) string {
		if g, ok := t.given[path]; ok && g.data != nil {
			return g.name
		}
		return w.Display(filepath.Join(root, filepath.FromSlash(path)))
	}
	return t, nil
}

// TreeOf returns the tree that a file to check is in.
func (w *World) TreeOf(target check.Target) *Tree { return target.Workspace.FS.(*Tree) }

// Abs returns the absolute name of a path of the tree.
func (t *Tree) Abs(path string) string { return filepath.Join(t.root, filepath.FromSlash(path)) }

// Open opens a file of the tree.
func (t *Tree) Open(path string) (fs.File, error) {
	t.world.look(t.Abs(path))
	if text, ok := t.world.Edited[t.Abs(path)]; ok {
		return &memory{info: memoryInfo{name: path, size: len(text)}, Reader: strings.NewReader(string(text))}, nil
	}
	if g, ok := t.given[path]; ok {
		if g.data != nil {
			return &memory{info: memoryInfo{name: g.name, size: len(g.data)}, Reader: strings.NewReader(string(g.data))}, nil
		}
		return os.Open(g.name)
	}
	return t.inner.Open(path)
}

// Stat tells what a path is without opening it: to open a named pipe would
// wait for its other end.
func (t *Tree) Stat(path string) (fs.FileInfo, error) {
	t.world.look(t.Abs(path))
	if text, ok := t.world.Edited[t.Abs(path)]; ok {
		return memoryInfo{name: path, size: len(text)}, nil
	}
	g, ok := t.given[path]
	switch {
	case ok && g.data != nil:
		return memoryInfo{name: g.name, size: len(g.data)}, nil
	case ok:
		return os.Stat(g.name)
	}
	return fs.Stat(t.inner, path)
}

// ReadDir lists a folder of the tree.
func (t *Tree) ReadDir(path string) ([]fs.DirEntry, error) {
	t.world.look(t.Abs(path))
	return fs.ReadDir(t.inner, path)
}

func (w *World) look(name string) {
	if w.Looked != nil {
		w.Looked(name)
	}
}

// give makes a file that the user named part of its workspace, wherever a
// link may lead. What comes through a pipe is read at once.
func (w *World) give(name string) (check.Target, error) {
	t, path, err := w.Locate(name, false)
	if err != nil {
		return check.Target{}, err
	}
	info, err := os.Stat(name)
	if err != nil {
		return check.Target{}, &workspace.ReadError{Path: name, Err: err}
	}
	g := given{name: w.Absolute(name)}
	if info.Mode()&(fs.ModeNamedPipe|fs.ModeCharDevice) != 0 {
		f, err := os.Open(name)
		if err != nil {
			return check.Target{}, &workspace.ReadError{Path: name, Err: err}
		}
		defer f.Close()
		if g, err = readGiven(f, name); err != nil {
			return check.Target{}, err
		}
	}
	t.given[path] = g
	return w.Target(t, path)
}

// Target is a file of a workspace with the settings that hold for it.
func (w *World) Target(t *Tree, path string) (check.Target, error) {
	s, err := w.Of(t, path)
	return check.Target{Workspace: &t.Workspace, Path: path, Settings: s}, err
}

// stdin makes standard input a file of the workspace; a relative import in
// it starts at the folder of the name that it was given.
func (w *World) stdin(r io.Reader, name string) (check.Target, error) {
	shown := name
	if name == "" {
		name, shown = "<stdin>", "<stdin>"
	}
	t, path, err := w.Locate(name, false)
	if err != nil {
		return check.Target{}, err
	}
	g, err := readGiven(r, filepath.ToSlash(shown))
	if err != nil {
		return check.Target{}, err
	}
	t.given[path] = g
	return w.Target(t, path)
}

func readGiven(r io.Reader, name string) (given, error) {
	data, err := io.ReadAll(io.LimitReader(r, syntax.MaxFileSize+1))
	if err != nil {
		return given{}, &workspace.ReadError{Path: name, Err: err}
	}
	return given{name: name, data: append([]byte{}, data...)}, nil
}
