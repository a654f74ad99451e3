package git

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// Error says why the files of a commit cannot be read, in words for an analyst.
type Error struct {
	Message string
	Next    string // a sentence on what to do; may be empty
	Err     error  // what lies beneath; may be nil
}

func (e *Error) Error() string { return e.Message }
func (e *Error) Unwrap() error { return e.Err }

// RefError says that a repository has no commit of that name.
type RefError struct {
	Ref     string
	Known   []string // branches, remote branches and tags; at most a thousand
	Shallow bool     // the clone has only the newest commits
}

func (e *RefError) Error() string {
	if e.Ref == "" {
		return "no commit was named"
	}
	return fmt.Sprintf("there is no commit %q in this repository", e.Ref)
}

// deeper says how a clone gets the commits that it lacks.
const deeper = "This clone has only the newest commits: run `git fetch --unshallow`, or let CI check out with `fetch-depth: 0`."

// Next is a sentence on what to do. Near is the known name that ref was most
// likely meant to be; "" for none.
func (e *RefError) Next(near string) string {
	for _, known := range e.Known {
		if remote, branch, ok := strings.Cut(known, "/"); ok && branch == e.Ref && remote != "" {
			return fmt.Sprintf("There is %q: name that one, or make a branch of it by `git fetch %s %s:%s`.", known, remote, branch, branch)
		}
	}
	switch {
	case near != "":
		return fmt.Sprintf("Did you mean %q?", near)
	case e.Shallow:
		return deeper
	}
	return "Name a branch, a tag or a commit that `git log --all --oneline` shows; what is only on the server comes with `git fetch`."
}

// unrelated tells that a commit and HEAD have no common ancestor.
func (r *repository) unrelated(ref string) error {
	e := &Error{Message: fmt.Sprintf("%q and this branch have no commit in common, so what the branch adds cannot be told", ref)}
	if r.shallow {
		e.Next = deeper
	}
	return e
}

// failure says why git did not do what it was asked for; nil for nil.
func (r *repository) failure(err error) error {
	said := talk(err)
	switch {
	case err == nil:
		return nil
	case r.ctx.Err() != nil:
		return r.ctx.Err()
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, exec.ErrDot):
		return &Error{"the program git was not found, which reads the files of a commit", "Install git, or name two files or folders instead of a commit.", err}
	case strings.Contains(said, "not a git repository"):
		return &Error{fmt.Sprintf("%s is in no git repository, so there are no commits to read", r.dir), "Run it inside a clone of the repository, or name two files or folders.", err}
	case strings.Contains(said, "dubious ownership"), strings.Contains(said, "unsafe repository"):
		top := quoted(said, r.dir)
		return &Error{fmt.Sprintf("git does not open the repository %s, as it belongs to another user", top),
			fmt.Sprintf("If you trust it, run `git config --global --add safe.directory %s`.", top), err}
	case strings.Contains(said, "promisor"), strings.Contains(said, "not allowed"), strings.Contains(said, "missing blob"):
		return absent(err)
	}
	return &Error{"git could not read the commit: " + reason(said, err), "", err}
}

// absent tells that a clone lacks the content of files.
func absent(err error) *Error {
	return &Error{"this clone left out the contents of files (a partial clone), and nothing is fetched", "Clone without `--filter`, or check out the commit once, which fetches them.", err}
}

// quoted returns what stands between the first pair of single quotes.
func quoted(text, otherwise string) string {
	if _, rest, ok := strings.Cut(text, "'"); ok {
		if name, _, ok := strings.Cut(rest, "'"); ok {
			return name
		}
	}
	return otherwise
}

// reason is the first line of what git said, else what the system did.
func reason(said string, err error) string {
	for line := range strings.Lines(said) {
		if line, ok := strings.CutPrefix(strings.TrimSpace(line), "fatal: "); ok {
			return line
		}
	}
	return err.Error()
}
