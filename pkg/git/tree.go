package git

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// entry is a file, a link or a folder of a commit. It is its own
// fs.FileInfo and fs.DirEntry.
type entry struct {
	name     string // without its folder
	mode     fs.FileMode
	id       string // of the content; "" for a folder
	size     int64  // -1: the clone does not have it
	children []*entry
}

func (e *entry) Name() string               { return e.name }
func (e *entry) Size() int64                { return max(0, e.size) }
func (e *entry) Mode() fs.FileMode          { return e.mode }
func (e *entry) ModTime() time.Time         { return time.Time{} }
func (e *entry) IsDir() bool                { return e.mode.IsDir() }
func (e *entry) Sys() any                   { return nil }
func (e *entry) Type() fs.FileMode          { return e.mode.Type() }
func (e *entry) Info() (fs.FileInfo, error) { return e, nil }

// parseTree reads what ls-tree lists, each `MODE TYPE ID SIZE<tab>PATH<nul>`,
// and adds the folders.
func parseTree(list string) map[string]*entry {
	all := map[string]*entry{".": {name: ".", mode: fs.ModeDir | 0o555}}
	for line := range strings.SplitSeq(strings.TrimSuffix(list, "\x00"), "\x00") {
		head, name, ok := strings.Cut(line, "\t")
		fields := strings.Fields(head)
		if !ok || len(fields) != 4 || !sound(name) {
			continue
		}
		add(all, name, newEntry(fields[0], fields[2], fields[3]))
	}
	for _, e := range all {
		slices.SortFunc(e.children, func(a, b *entry) int { return strings.Compare(a.name, b.name) })
	}
	return all
}

// sound reports whether a path names something below the top: a forged commit
// may hold any names.
func sound(name string) bool {
	return name != "" && path.Clean("/"+name) == "/"+name
}

func newEntry(mode, id, size string) *entry {
	e := &entry{id: id, mode: 0o444}
	switch mode {
	case "120000":
		e.mode |= fs.ModeSymlink
	case "160000": // a submodule, whose files are in another repository
		return &entry{mode: fs.ModeDir | 0o555}
	}
	n, err := strconv.ParseInt(size, 10, 64)
	if err != nil {
		n = -1
	}
	e.size = n
	return e
}

// add puts an entry into its folder. What would be in two places, or below a
// file, as in a forged commit, is left out.
func add(all map[string]*entry, name string, e *entry) {
	if all[name] != nil {
		return
	}
	dir := path.Dir(name)
	if all[dir] == nil {
		add(all, dir, &entry{mode: fs.ModeDir | 0o555})
	}
	if parent := all[dir]; parent != nil && parent.IsDir() {
		e.name = path.Base(name)
		all[name] = e
		parent.children = append(parent.children, e)
	}
}

var (
	errLink   = errors.New("it is a link, and links are not followed in a commit")
	errFolder = errors.New("it is a folder")
	errNoDir  = errors.New("it is no folder")
)

// find returns the entry of a path, a link as itself.
func (t *Tree) find(op, name string) (*entry, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	e := t.entries[name]
	if e == nil {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return e, nil
}

// follow is find for those who want what is behind a link.
func (t *Tree) follow(op, name string) (*entry, error) {
	e, err := t.find(op, name)
	if err == nil && e.mode&fs.ModeSymlink != 0 {
		return nil, &fs.PathError{Op: op, Path: name, Err: errLink}
	}
	return e, err
}

// Open opens a file or a folder.
func (t *Tree) Open(name string) (fs.File, error) {
	e, err := t.follow("open", name)
	switch {
	case err != nil:
		return nil, err
	case e.IsDir():
		return &folder{entry: e, path: name}, nil
	}
	content, err := t.blobs.open(e)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return &file{ReadCloser: content, entry: e}, nil
}

// Stat tells what a path is without reading it.
func (t *Tree) Stat(name string) (fs.FileInfo, error) {
	e, err := t.follow("stat", name)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// Lstat is Stat, but tells of a link itself.
func (t *Tree) Lstat(name string) (fs.FileInfo, error) {
	e, err := t.find("lstat", name)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// ReadLink returns where a link leads.
func (t *Tree) ReadLink(name string) (string, error) {
	e, err := t.find("readlink", name)
	if err == nil && e.mode&fs.ModeSymlink == 0 {
		err = &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrInvalid}
	}
	if err != nil {
		return "", err
	}
	content, err := t.blobs.open(e)
	if err != nil {
		return "", &fs.PathError{Op: "readlink", Path: name, Err: err}
	}
	defer content.Close()
	target, err := io.ReadAll(content)
	return string(target), err
}

// ReadDir lists a folder, sorted by name.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	e, err := t.follow("readdir", name)
	if err != nil {
		return nil, err
	}
	if !e.IsDir() {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errNoDir}
	}
	return e.list(), nil
}

func (e *entry) list() []fs.DirEntry {
	all := make([]fs.DirEntry, len(e.children))
	for i, child := range e.children {
		all[i] = child
	}
	return all
}

// file is an open file.
type file struct {
	io.ReadCloser
	entry *entry
}

func (f *file) Stat() (fs.FileInfo, error) { return f.entry, nil }

// folder is an open folder; read is how many of its entries were listed.
type folder struct {
	entry *entry
	path  string
	read  int
}

func (f *folder) Stat() (fs.FileInfo, error) { return f.entry, nil }
func (f *folder) Close() error               { return nil }

func (f *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.path, Err: errFolder}
}

// ReadDir lists the next n entries, or all that are left.
func (f *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	rest := f.entry.list()[f.read:]
	if n > 0 && len(rest) == 0 {
		return nil, io.EOF
	}
	if n > 0 {
		rest = rest[:min(n, len(rest))]
	}
	f.read += len(rest)
	return rest, nil
}
