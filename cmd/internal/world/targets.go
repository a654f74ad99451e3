package world

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// FindOptions say how the names that a command was given are read.
type FindOptions struct {
	StdinName string   // of what comes from standard input
	Exclude   []string // patterns of files and folders to leave out
}

// Targets returns the files to check, each once, and what could not be read.
func (w *World) Targets(args []string, stdin io.Reader, opt FindOptions) (targets []check.Target, problems []error, err error) {
	if len(args) == 0 {
		args = []string{"."}
	}
	if opt.StdinName != "" && !slices.Contains(args, "-") {
		return nil, nil, trouble("--stdin-filename goes with `-`, which reads standard input")
	}
	seen := map[check.Target]bool{}
	for i, arg := range args {
		if slices.Contains(args[:i], arg) { // standard input can be read once
			continue
		}
		found, err := w.Find(arg, stdin, opt)
		var unreadable *workspace.ReadError
		if err != nil && !errors.As(err, &unreadable) {
			return nil, nil, err
		}
		if err != nil {
			problems = append(problems, workspace.Problems(err)...)
		}
		for _, t := range found {
			if !seen[t] {
				seen[t] = true
				targets = append(targets, t)
			}
		}
	}
	return targets, problems, nil
}

// Find returns the files that one argument stands for. An error may come
// beside files: it says what of a folder could not be read.
func (w *World) Find(arg string, stdin io.Reader, opt FindOptions) ([]check.Target, error) {
	if arg == "-" {
		t, err := w.stdin(stdin, opt.StdinName)
		return []check.Target{t}, err
	}
	if arg == "" {
		return nil, trouble("an empty name was given; name a file or folder, or `.` for the current folder")
	}
	w.look(w.Absolute(arg))
	info, err := os.Stat(arg)
	switch {
	case err != nil:
		return nil, &workspace.ReadError{Path: arg, Err: err}
	case info.IsDir():
		return w.folder(arg, opt.Exclude)
	}
	t, path, err := w.Locate(arg, false)
	if err != nil {
		return nil, err
	}
	left, err := workspace.FindOptions{Exclude: opt.Exclude, Base: t.Base}.Excluded(path)
	if err != nil || left {
		return nil, err
	}
	target, err := w.give(arg)
	if err != nil {
		return nil, err
	}
	return []check.Target{target}, nil
}

// folder returns the corridor files below a folder.
func (w *World) folder(name string, exclude []string) ([]check.Target, error) {
	t, dir, err := w.Locate(name, true)
	if err != nil {
		return nil, err
	}
	paths, problems, err := workspace.Find(context.Background(), t, dir, workspace.FindOptions{Exclude: exclude, Base: t.Base})
	if err != nil {
		return nil, trouble("%v", err)
	}
	targets := make([]check.Target, len(paths))
	for i, p := range paths {
		if targets[i], err = w.Target(t, p); err != nil {
			return nil, err
		}
	}
	return targets, errors.Join(problems...)
}
