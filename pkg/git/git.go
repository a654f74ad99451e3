// Package git reads the files of a commit through the program git. It never
// touches the work tree, the index or a reference, runs no hook and no filter,
// and fetches nothing: what a clone does not have is told, not fetched.
package git

import (
	"context"
	"path"
	"path/filepath"
	"strings"
)

// Tree is the files of one commit, from the top of its repository on. It is an
// fs.FS whose files are read when they are opened; it may be used by several
// goroutines. It must be closed.
//
// Links are shown as links and never followed; a submodule is an empty folder.
type Tree struct {
	Commit string // its full id
	// Prefix is the folder that Open was asked from, as a path of the tree:
	// "." at the top, in a bare repository and outside the work tree.
	Prefix string
	// Top is the top of the work tree on disk; "" where there is none.
	Top string

	repository *repository
	entries    map[string]*entry
	blobs      blobs
}

// Open returns the files of the commit that ref names, such as main, v1.2 or
// HEAD~3, in the repository that the folder dir is part of. The context ends
// the reading of files too.
//
// The error is a *RefError where the repository has no such commit, else an
// *Error, or that of the context.
func Open(ctx context.Context, dir, ref string) (*Tree, error) {
	r, err := discover(ctx, dir)
	if err != nil {
		return nil, err
	}
	t := &Tree{Prefix: r.prefix, Top: r.top, repository: r}
	if t.Commit, err = r.commit(ref); err != nil {
		return nil, err
	}
	// A partial clone cannot tell the sizes of what it left out: BAD.
	list, err := r.output("ls-tree", "-r", "-z", "--long", "--full-tree", t.Commit)
	if err != nil {
		return nil, r.failure(err)
	}
	t.entries = parseTree(list)
	t.blobs.repository = r
	return t, nil
}

// Close ends what was started to read files.
func (t *Tree) Close() error { return t.blobs.close() }

// MergeBase returns the id of the best common ancestor of the commit that ref
// names and HEAD: from there on, what HEAD has is what its branch adds. The
// errors are those of Open.
func MergeBase(ctx context.Context, dir, ref string) (string, error) {
	r, err := discover(ctx, dir)
	if err != nil {
		return "", err
	}
	theirs, err := r.commit(ref)
	if err != nil {
		return "", err
	}
	ours, err := r.commit("HEAD")
	if err != nil {
		return "", err
	}
	base, err := r.output("merge-base", theirs, ours)
	switch {
	case exitCode(err) == 1:
		return "", r.unrelated(ref)
	case err != nil:
		return "", r.failure(err)
	}
	return strings.TrimSpace(base), nil
}

// repository is where git runs, and what it said of the place.
type repository struct {
	ctx     context.Context
	dir     string
	located bool // whether GIT_DIR and its like hold

	prefix, top string
	shallow     bool
}

// discover finds the repository that a folder is part of. A hook runs with
// GIT_DIR set for the folder that git started it in, which may be another; so
// the folder's own repository comes first.
func discover(ctx context.Context, dir string) (*repository, error) {
	r := &repository{ctx: ctx, dir: dir}
	about, err := r.about()
	if err != nil && strings.Contains(talk(err), "not a git repository") && r.hasLocation() {
		r.located = true
		about, err = r.about()
	}
	if err != nil {
		return nil, r.failure(err)
	}
	inside, rest, _ := strings.Cut(about, "\n")
	shallow, prefix, _ := strings.Cut(rest, "\n")
	r.shallow = shallow == "true"
	r.prefix = path.Clean(strings.TrimSuffix(prefix, "\n"))
	if inside != "true" {
		return r, nil
	}
	top, err := r.output("rev-parse", "--show-toplevel")
	r.top = filepath.FromSlash(strings.TrimSuffix(top, "\n"))
	return r, r.failure(err)
}

// about asks where the folder is. The prefix comes last, since the name of a
// folder may have line breaks.
func (r *repository) about() (string, error) {
	return r.output("rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix")
}

// commit returns the id of the commit that a reference names.
func (r *repository) commit(ref string) (string, error) {
	if ref == "" || strings.ContainsRune(ref, 0) {
		return "", &RefError{Ref: ref}
	}
	id, err := r.output("rev-parse", "--verify", "--quiet", "--end-of-options", ref+"^{commit}")
	if code := exitCode(err); code == 1 || code == 128 {
		return "", r.unknown(ref)
	}
	return strings.TrimSpace(id), r.failure(err)
}

// unknown tells of a reference that names no commit, with those that there are.
func (r *repository) unknown(ref string) error {
	const most = "--count=1000"
	known, err := r.output("for-each-ref", most, "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
	if err != nil {
		return r.failure(err)
	}
	return &RefError{Ref: ref, Known: strings.Fields(known), Shallow: r.shallow}
}
