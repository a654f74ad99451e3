// Package workspace turns files into journeys: it finds corridor files, joins
// a file with what it imports, and applies inheritance and defaults.
package workspace

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"syscall"

	"github.com/customer-corridor/corridor/pkg/convert"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// Workspace is the folder tree that journeys and their imports are read from.
// Imported files are read once; it is not safe for concurrent use.
type Workspace struct {
	FS fs.FS
	// Name returns a path of FS as the reader of a report knows it. Nil means
	// the path itself.
	Name func(path string) string
	// Home is what the paths of the workspace's own files begin with; "" where
	// FS is just the workspace. Fingerprints of findings are without it.
	Home string
	// AbsoluteImports says that FS is the whole file system, so that an
	// import may be an absolute path.
	AbsoluteImports bool
	// Foreign says how files of other formats are read.
	Foreign convert.Options

	imported map[string]*parsed
}

// parsed is a file after reading: a document, or the reason why there is none.
type parsed struct {
	doc      *model.Document
	findings []finding.Finding
	err      error
}

// Load reads a file with all that it imports. The findings are those of
// reading and joining, of imported files too. The journey is nil if nothing
// of the file could be read. The error says which files could not be read;
// the rest was.
func (w *Workspace) Load(path string) (*model.Journey, []finding.Finding, error) {
	root := w.parse(path)
	if root.doc == nil {
		return nil, root.findings, root.err
	}
	l := &loader{workspace: w, found: slices.Clone(root.findings), done: map[string]bool{}, chain: []link{{path: path}}}
	l.follow(path, root.doc)
	j := l.join(root.doc)
	return j, append(l.found, l.joining...), errors.Join(l.failed...)
}

// parse reads one file.
func (w *Workspace) parse(path string) *parsed {
	if p, ok := w.imported[path]; ok {
		return p
	}
	data, err := ReadFile(w.FS, path)
	if err != nil {
		return &parsed{err: &ReadError{Path: w.Shown(path), Err: err}}
	}
	format, foreign := FormatOf(path, data)
	options := w.Foreign
	if foreign {
		data, options.Guessed = format.Decode(data)
	}
	file := source.New(w.Shown(path), data)
	file.Path = strings.TrimPrefix(path, w.Home)
	if foreign {
		doc, findings := format.Import(file, options)
		return &parsed{doc: doc, findings: findings}
	}
	doc, findings := syntax.Parse(file)
	return &parsed{doc: doc, findings: findings}
}

// FormatOf returns the format of a file that is no corridor file. What no
// format knows is taken for a corridor file, whose reader says what it lacks.
func FormatOf(path string, data []byte) (convert.Format, bool) {
	if IsCorridor(path, data) {
		return convert.Format{}, false
	}
	return convert.Detect(path, data)
}

// IsCorridor reports whether a file is meant to be a corridor file, by its name
// or its first key.
func IsCorridor(path string, data []byte) bool {
	return kindOf(path) == named || firstKey(data[:min(len(data), sniffed)])
}

// Shown returns a path as the reader of a report knows it.
func (w *Workspace) Shown(path string) string {
	if w.Name == nil {
		return path
	}
	return w.Name(path)
}

// ReadFile reads a file up to a little more than syntax.MaxFileSize, so that
// a file of any size costs no more than the largest that is read.
func ReadFile(fsys fs.FS, path string) ([]byte, error) {
	info, err := fs.Stat(fsys, path) // before opening: a pipe may never open
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, syscall.EISDIR
	}
	if !info.Mode().IsRegular() {
		return nil, errNotAFile
	}
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, 0, min(info.Size(), syntax.MaxFileSize)+1)
	for len(data) <= syntax.MaxFileSize {
		if len(data) == cap(data) {
			data = append(data, 0)[:len(data)]
		}
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return data, nil
}

var errNotAFile = errors.New("it is not a regular file")

// ReadError says that a file could not be read, in words for its author.
type ReadError struct {
	Path string
	Err  error
}

func (e *ReadError) Unwrap() error { return e.Err }

func (e *ReadError) Error() string {
	return fmt.Sprintf("%s cannot be read: %s", e.Path, Reason(e.Err))
}

// Problems returns the errors that Load joined into one.
func Problems(err error) []error {
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		return joined.Unwrap()
	}
	return []error{err}
}

// missing reports whether nothing is there; a file in the place of a folder
// is such a case.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// Reason says in plain words why a file could not be read.
func Reason(err error) string {
	switch {
	case missing(err):
		return "there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "you have no permission to read it"
	case errors.Is(err, syscall.EISDIR):
		return "it is a folder"
	case errors.Is(err, syscall.ELOOP):
		return "it is a link that leads back to itself"
	case errors.Is(err, syscall.ENAMETOOLONG):
		return "its name is too long"
	case errors.Is(err, errNotAFile):
		return errNotAFile.Error()
	case leaves(err):
		return errLinkOut.Error()
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
