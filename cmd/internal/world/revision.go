package world

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/git"
)

// Revision returns the workspace of a file or folder as it is in a commit, and
// its path there. Names are as git reads them after `REF:`: from the top of
// the repository, or from the current folder where they begin with `./` or
// `../`. The workspace is rooted in the same folder as on disk, so that the
// path is that of [World.Locate], and imports reach equally far.
//
// There may be nothing of that name. What is opened stays so until the world
// is closed; the context ends reading.
func (w *World) Revision(ctx context.Context, ref, name string) (*Tree, string, error) {
	commit, err := w.commit(ctx, ref)
	if err != nil {
		return nil, "", err
	}
	at, err := inRepository(commit, ref, name)
	if err != nil {
		return nil, "", err
	}
	root := w.rootIn(commit, at)
	key := ref + ":" + root
	if w.revisions[key] == nil {
		w.revisions[key] = w.newRevision(commit, ref, root)
	}
	rel, err := filepath.Rel(filepath.FromSlash(root), filepath.FromSlash(at))
	return w.revisions[key], filepath.ToSlash(rel), err
}

// commit opens the files of a commit, once.
func (w *World) commit(ctx context.Context, ref string) (*git.Tree, error) {
	if c, ok := w.commits[ref]; ok {
		return c, nil
	}
	c, err := git.Open(ctx, w.Dir, ref)
	if err != nil {
		return nil, UnreadableCommit(err)
	}
	if w.commits == nil {
		w.commits, w.revisions = map[string]*git.Tree{}, map[string]*Tree{}
	}
	w.commits[ref] = c
	return c, nil
}

// Close ends what was started to read commits.
func (w *World) Close() {
	for _, c := range w.commits {
		_ = c.Close() // nothing was written
	}
}

// UnreadableCommit adds to an error of git what can be done about it.
func UnreadableCommit(err error) error {
	var (
		unknown *git.RefError
		failed  *git.Error
	)
	switch {
	case errors.As(err, &unknown):
		return &Error{unknown.Error(), unknown.Next(finding.Nearest(unknown.Ref, unknown.Known))}
	case errors.As(err, &failed):
		return &Error{failed.Error(), failed.Next}
	case errors.Is(err, context.Canceled):
		return context.Canceled
	}
	return err
}

// inRepository returns a name as a path from the top of the repository.
func inRepository(commit *git.Tree, ref, name string) (string, error) {
	at := path.Clean(name)
	if name == "" {
		at = "."
	} else if first, _, _ := strings.Cut(name, "/"); first == "." || first == ".." {
		at = path.Join(commit.Prefix, name)
	}
	if !fs.ValidPath(at) {
		return "", trouble("%s:%s is not in the repository; a path after the colon starts at its top, or with `./` at the current folder", ref, name)
	}
	return at, nil
}

// rootIn returns the folder of the repository that a workspace is rooted in:
// that which it has on disk, else the top.
func (w *World) rootIn(commit *git.Tree, at string) string {
	if commit.Top == "" {
		return "."
	}
	root := w.root(filepath.Join(commit.Top, filepath.FromSlash(path.Dir(at))))
	rel, err := filepath.Rel(commit.Top, root)
	if err != nil || !filepath.IsLocal(rel) {
		return "."
	}
	return filepath.ToSlash(rel)
}

// newRevision returns the workspace of a folder of a commit.
func (w *World) newRevision(commit *git.Tree, ref, root string) *Tree {
	t := &Tree{inner: commit, given: map[string]given{}, Base: ".", root: filepath.Join(commit.Top, filepath.FromSlash(root)), world: w, past: true}
	if root != "." {
		t.inner = below{commit, root}
	}
	if rel, err := filepath.Rel(root, commit.Prefix); err == nil && filepath.IsLocal(rel) {
		t.Base = filepath.ToSlash(rel)
	}
	t.FS, t.Home = t, prefix(t.root, w.home(t.root))
	t.Name = func(at string) string { return ref + ":" + path.Join(root, at) }
	return t
}

// below is a folder of a commit. Other than that of fs.Sub, it tells what a
// file is without reading it.
type below struct {
	commit *git.Tree
	folder string
}

func (b below) Open(name string) (fs.File, error)          { return b.commit.Open(b.at(name)) }
func (b below) Stat(name string) (fs.FileInfo, error)      { return b.commit.Stat(b.at(name)) }
func (b below) ReadDir(name string) ([]fs.DirEntry, error) { return b.commit.ReadDir(b.at(name)) }

// at returns a path of the commit; one that leaves the folder stays invalid.
func (b below) at(name string) string {
	if !fs.ValidPath(name) {
		return name
	}
	return path.Join(b.folder, name)
}
