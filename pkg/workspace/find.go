package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/pattern"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// FindOptions says what Find leaves out.
type FindOptions struct {
	// Exclude are patterns of files and folders to leave out. One without a
	// slash is about names in any folder (`drafts`, `*.draft.yaml`), one with
	// a slash about paths from Base on (`old/**`, `/drafts` for the one in
	// Base only). One that ends with a slash is about folders. What is in an
	// excluded folder is excluded too.
	Exclude []string
	// Base is the folder that patterns with a slash start from. Empty and "."
	// mean the root of the file system.
	Base string
	// NoIgnore finds files that git ignores, too.
	NoIgnore bool
}

// Find returns the corridor files in a folder of fsys and in the folders
// below it, sorted by path: those called `*.corridor.yaml`, `*.corridor.yml`
// or `*.corridor.json`, and other `.yaml` and `.yml` files whose first key is
// `corridor`. Extensions may be in capitals.
//
// Left out are hidden files and folders, what the folder's .gitignore files,
// those of the folders around it up to the root of fsys, and the root's
// .git/info/exclude say, and what the options exclude. Links to folders are
// not followed. The folder itself may be hidden, ignored or a link, since it
// was asked for; but if it is excluded, nothing is found.
//
// The problems, each a *ReadError, are what could not be looked at; all else
// was. The error is a *PatternError, a folder that is no path of fsys, or
// that of the context.
func Find(ctx context.Context, fsys fs.FS, folder string, options FindOptions) (files []string, problems []error, err error) {
	excluded, err := options.exclusion()
	if err != nil {
		return nil, nil, err
	}
	if !fs.ValidPath(folder) {
		return nil, nil, &ReadError{Path: folder, Err: errOutside}
	}
	if excluded.covers(folder, true) || slices.Contains(strings.Split(folder, "/"), ".git") {
		return nil, nil, ctx.Err()
	}
	f := &finder{ctx: ctx, fsys: fsys, excluded: excluded, all: options.NoIgnore}
	f.folder(folder, f.around(folder))
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	slices.Sort(f.files)
	return f.files, f.problems, nil
}

// Excluded reports whether the patterns exclude a file, by itself or with a
// folder that it is in. It is for files that were named one by one, which
// Find is not asked about.
func (o FindOptions) Excluded(path string) (bool, error) {
	excluded, err := o.exclusion()
	if err != nil {
		return false, err
	}
	return excluded.covers(path, false), nil
}

var (
	errOutside    = errors.New("it is not in the folder tree that corridor may read")
	errLinkOut    = errors.New("it is a link that leads out of the folder tree that corridor may read")
	errLinkBroken = errors.New("it is a link to a file that is not there")
	errName       = errors.New("its name is not valid UTF-8; give it another one")
	errTooLarge   = fmt.Errorf("it is larger than %d MiB", syntax.MaxFileSize>>20)
)

// finder walks a folder tree.
type finder struct {
	ctx      context.Context
	fsys     fs.FS
	excluded *exclusion
	all      bool // whether ignore files are not read

	files    []string
	problems []error
	head     [sniffed]byte // of the file that is looked into
}

func (f *finder) problem(path string, err error) {
	if !utf8.ValidString(path) { // which no fs.FS opens
		path, err = strings.ToValidUTF8(path, "\uFFFD"), errName
	}
	f.problems = append(f.problems, &ReadError{Path: path, Err: err})
}

// folder looks through a folder, which the rules around it do not ignore.
func (f *finder) folder(dir string, ignored *ignoreRules) {
	entries, err := fs.ReadDir(f.fsys, dir)
	if err != nil {
		f.problem(dir, err) // and go on with what could be read
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ".gitignore" && e.Type().IsRegular() }) {
		ignored = f.rules(path.Join(dir, ".gitignore"), dir, ignored)
	}
	for _, e := range entries {
		if f.ctx.Err() != nil {
			return
		}
		f.entry(dir, e, ignored)
	}
}

func (f *finder) entry(dir string, e fs.DirEntry, ignored *ignoreRules) {
	kind := kindOf(e.Name())
	if strings.HasPrefix(e.Name(), ".") || kind == other && !e.IsDir() {
		return
	}
	at := path.Join(dir, e.Name())
	if f.excluded.match(at, e.IsDir()) || ignored.match(at, e.IsDir()) {
		return
	}
	if e.IsDir() {
		f.folder(at, ignored)
	} else if f.isFile(at, kind, e.Type()) && (kind == named || f.isCorridor(at)) {
		f.files = append(f.files, at)
	}
}

// isFile reports whether a path is a file that can be read, or a link to one.
// A broken link is worth a word only if its name promises a corridor.
func (f *finder) isFile(at string, kind fileKind, mode fs.FileMode) bool {
	switch {
	case mode.IsRegular() && utf8.ValidString(at):
		return true
	case mode.IsRegular():
		f.problem(at, errName)
		return false
	case mode&fs.ModeSymlink == 0:
		return false
	}
	info, err := fs.Stat(f.fsys, at)
	if err != nil && kind == named {
		f.problem(at, brokenLink(err))
	}
	return err == nil && info.Mode().IsRegular()
}

func brokenLink(err error) error {
	switch {
	case leaves(err):
		return errLinkOut
	case errors.Is(err, fs.ErrNotExist):
		return errLinkBroken
	}
	return err
}

// isCorridor looks whether the first key of a file is `corridor`.
func (f *finder) isCorridor(at string) bool {
	file, err := f.fsys.Open(at)
	if err != nil {
		f.problem(at, err)
		return false
	}
	defer file.Close()
	n, err := io.ReadFull(file, f.head[:])
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		f.problem(at, err)
		return false
	}
	return firstKey(f.head[:n])
}

// fileKind is what the name of a file says about it.
type fileKind int

const (
	other    fileKind = iota // no corridor
	possible                 // a YAML file
	named                    // a corridor
)

func kindOf(name string) fileKind {
	for _, ext := range []string{".yaml", ".yml", ".json"} {
		if stem, ok := cutSuffixFold(name, ext); ok {
			if _, ok := cutSuffixFold(stem, ".corridor"); ok {
				return named
			}
			if ext != ".json" {
				return possible
			}
		}
	}
	return other
}

// cutSuffixFold cuts off an ASCII suffix, in whatever case it is.
func cutSuffixFold(s, suffix string) (string, bool) {
	at := len(s) - len(suffix)
	if at < 0 || !strings.EqualFold(s[at:], suffix) {
		return s, false
	}
	return s[:at], true
}

// around returns what the ignore files of the repository and of the folders
// around a folder say.
func (f *finder) around(folder string) *ignoreRules {
	ignored := f.rulesIfAny(".git/info/exclude", ".", nil)
	if folder == "." {
		return ignored
	}
	ignored = f.rulesIfAny(".gitignore", ".", ignored)
	for i, c := range folder {
		if c == '/' {
			ignored = f.rulesIfAny(folder[:i]+"/.gitignore", folder[:i], ignored)
		}
	}
	return ignored
}

// rulesIfAny is rules for a file that may be missing. As with git, an ignore
// file counts only if it is a regular file.
func (f *finder) rulesIfAny(file, base string, outer *ignoreRules) *ignoreRules {
	if info, err := fs.Lstat(f.fsys, file); err != nil || !info.Mode().IsRegular() {
		return outer
	}
	return f.rules(file, base, outer)
}

// rules reads an ignore file, which is about the folder base.
func (f *finder) rules(file, base string, outer *ignoreRules) *ignoreRules {
	if f.all {
		return outer
	}
	text, err := ReadFile(f.fsys, file)
	if err == nil && len(text) > syntax.MaxFileSize {
		err = errTooLarge
	}
	if err != nil {
		f.problem(file, err)
		return outer
	}
	if patterns := parseIgnore(text); patterns != nil {
		return &ignoreRules{outer, base, patterns}
	}
	return outer
}

// exclusion is the patterns of FindOptions, checked.
type exclusion struct {
	base     string
	patterns []pattern.Pattern
}

// PatternError says that a pattern of files to leave out is wrong.
type PatternError struct{ Pattern string }

func (e *PatternError) Error() string {
	if e.Pattern == "" {
		return "the pattern of files to leave out is empty; name a file or folder, such as `drafts` or `*.draft.yaml`"
	}
	return "the pattern " + finding.Quote(e.Pattern) + " of files to leave out cannot be understood: a bracket `[` or `{` in it is not closed or has nothing in it, or nothing follows a backslash; put a backslash before a bracket that is part of a name"
}

func (o FindOptions) exclusion() (*exclusion, error) {
	x := &exclusion{base: path.Clean(o.Base)}
	for _, text := range o.Exclude {
		p, ok := pattern.Parse(text)
		if !ok {
			return nil, &PatternError{text}
		}
		x.patterns = append(x.patterns, p)
	}
	return x, nil
}

// covers reports whether a path or a folder that it is in is excluded.
func (x *exclusion) covers(at string, folder bool) bool {
	return pattern.Cover(x.patterns, relative(x.base, at), folder)
}

// match reports whether a path itself is excluded.
func (x *exclusion) match(at string, folder bool) bool {
	return pattern.Match(x.patterns, relative(x.base, at), folder)
}

// relative returns the way from a folder to a path, with `..` where it leads
// upwards.
func relative(base, at string) string {
	up := ""
	for base != "." && base != "/" {
		if at == base {
			return path.Clean(up + ".")
		}
		if below, ok := strings.CutPrefix(at, base+"/"); ok {
			return up + below
		}
		base, up = path.Dir(base), up+"../"
	}
	return up + at
}
