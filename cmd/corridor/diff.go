package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/diff"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

type diffOptions struct {
	fileOptions
	format  string
	exclude []string
	failOn  []string
}

// failures are what diff may exit with 1 for.
var failures = []string{"lost-access", "new-findings"}

func diffCommand() *cobra.Command {
	var opt diffOptions
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say what changed, and who gained and who lost access",
		Long: `Diff compares two versions of journeys, in the terms of the journey: who gained
and who lost access, and where they are stopped now; which touchpoints, paths,
customers and needs changed, and how; which findings are new and which are gone;
the access score before and after. Order, comments and layout are no change.

OLD and NEW are two files or two folders. What is in a commit is named as git
does: REF:path from the top of the repository, REF:./path from the current
folder, REF: for all of it. The files of folders are paired by their paths; one
that was moved is found again by its title and what it defines.
` + foreignToo() + `

A customer or need that only one version has is told apart: it is neither lost
nor gained. A journey with errors cannot be compared, and it says so.

Exit codes: 0 compared, whatever changed; 1 something of --fail-on happened: a
customer lost access, or something was found that was not found before; 2 a
version could not be read or has errors; 3 there was nothing to compare.`,
		Example: `  corridor diff main:journeys journeys
  corridor diff HEAD~1:./visit.corridor.yaml visit.corridor.yaml
  corridor diff origin/main: . --format markdown --fail-on lost-access`,
		Args:              twoVersions,
		ValidArgsFunction: completeFiles,
		RunE: func(c *cobra.Command, args []string) error {
			return runDiff(c, args, opt)
		},
	}
	f := c.Flags()
	f.StringVarP(&opt.format, "format", "f", diff.Formats[0].Name, "how to tell: "+strings.Join(diffFormats(), ", "))
	f.StringSliceVar(&opt.failOn, "fail-on", nil, "exit with 1 on this (repeatable): "+strings.Join(failures, ", "))
	f.StringArrayVar(&opt.exclude, "exclude", nil, "leave out files and folders that match, such as 'drafts/**' (repeatable)")
	addFile(c, &opt.fileOptions)
	complete(c, "format", diffFormats()...)
	complete(c, "fail-on", failures...)
	return c
}

func diffFormats() []string {
	var names []string
	for _, f := range diff.Formats {
		names = append(names, f.Name)
	}
	return names
}

func twoVersions(_ *cobra.Command, args []string) error {
	switch {
	case len(args) != 2:
		return trouble("diff compares two versions, such as `corridor diff main:journeys journeys`")
	case args[0] == "-" && args[1] == "-":
		return trouble("standard input can be read once; name another version beside `-`")
	}
	return nil
}

func runDiff(c *cobra.Command, args []string, opt diffOptions) error {
	format, ok := diff.FormatNamed(opt.format)
	if !ok {
		return unknown("format", opt.format, diffFormats())
	}
	for _, f := range opt.failOn {
		if f != failures[0] && f != failures[1] {
			return unknown("--fail-on", f, failures)
		}
	}
	style, err := styleOf(c, opt.color)
	if err != nil {
		return err
	}
	w, err := world.New(opt.allowOutside, settingsOf(c))
	if err != nil {
		return err
	}
	defer w.Close()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	before, err := readSide(ctx, w, args[0], c.InOrStdin(), opt)
	if err != nil {
		return err
	}
	after, err := readSide(ctx, w, args[1], c.InOrStdin(), opt)
	if err != nil {
		return err
	}
	problems := append(before.problems, after.problems...)
	switch {
	case before.single != after.single:
		return trouble("%s and %s cannot be compared, as one is a file and the other a folder; name two files or two folders", args[0], args[1])
	case len(before.Files)+len(after.Files)+len(problems) == 0:
		return exit{code: exitNothing, message: fmt.Sprintf("there is no corridor file in %s nor in %s", args[0], args[1])}
	case before.single: // a pair, whatever their names
		before.Files[0].Path = after.Files[0].Path
	}
	r, err := diff.Compare(ctx, before.Side, after.Side)
	if err != nil {
		return notAnalysed(ctx, args[1], err)
	}
	for _, p := range sentences(problems) {
		fmt.Fprintln(c.ErrOrStderr(), "corridor: "+report.Visible(p))
	}
	if err := format.Write(c.OutOrStdout(), r, style); err != nil {
		return err
	}
	return diffEnd(r, len(problems) > 0, opt.failOn)
}

// diffEnd says how the program ends, with a sentence for those who see no more
// of it than that.
func diffEnd(r *diff.Report, problems bool, failOn []string) error {
	if problems || r.Incomplete() {
		return exit{code: exitTrouble, message: "not everything could be compared, so there may be more who lost access"}
	}
	for _, f := range failOn {
		switch {
		case f == "lost-access" && r.LostAccess():
			return exit{code: exitFindings, message: "somebody lost access"}
		case f == "new-findings" && r.NewFindings():
			return exit{code: exitFindings, message: "there are new findings"}
		}
	}
	return nil
}

// side is one of the two things to compare.
type side struct {
	diff.Side
	single   bool // a file
	problems []error
}

// readSide returns the files that OLD or NEW stands for.
func readSide(ctx context.Context, w *world.World, arg string, stdin io.Reader, opt diffOptions) (side, error) {
	if ref, name, ok := commitOf(arg); ok {
		return sideOf(ctx, w, arg, ref, name, opt)
	}
	targets, err := w.Find(arg, stdin, world.FindOptions{Exclude: opt.exclude, StdinName: opt.stdinName})
	var unreadable *workspace.ReadError
	if err != nil && !errors.As(err, &unreadable) {
		return side{}, err
	}
	info, statErr := os.Stat(arg)
	if arg == "-" || statErr == nil && !info.IsDir() {
		if err != nil || len(targets) == 0 {
			return side{}, errors.Join(err, excluded(arg, targets))
		}
		return side{Side: diff.Side{Name: arg, Files: versions(targets, filepath.ToSlash(filepath.Dir(targets[0].Path)))}, single: true}, nil
	}
	if statErr != nil {
		return side{}, missingVersion(arg, err)
	}
	_, folder, rootErr := w.Locate(arg, true)
	s := side{Side: diff.Side{Name: arg, Files: versions(targets, folder)}}
	if err != nil {
		s.problems = workspace.Problems(err)
	}
	return s, rootErr
}

func excluded(name string, targets []check.Target) error {
	if len(targets) == 0 {
		return trouble("%s is left out by --exclude", name)
	}
	return nil
}

// missingVersion tells of a name that is nothing on disk; who forgot the colon
// may have meant a commit.
func missingVersion(arg string, err error) error {
	return exit{exitTrouble, err.Error(), fmt.Sprintf("To compare with a commit, write a colon after its name, such as `%s:journeys`.", arg)}
}

// commitOf splits REF:path. A file of that name comes first, and a colon in
// braces is part of the reference, as in `HEAD^{/fix: doors}:journeys`.
func commitOf(arg string) (ref, name string, ok bool) {
	if isThere(arg) || filepath.VolumeName(arg) != "" {
		return "", "", false
	}
	depth := 0
	for i, r := range arg {
		switch {
		case r == '{':
			depth++
		case r == '}':
			depth--
		case r == ':' && depth <= 0:
			return arg[:i], arg[i+1:], true
		}
	}
	return "", "", false
}

// sideOf returns the files of a commit.
func sideOf(ctx context.Context, w *world.World, arg, ref, name string, opt diffOptions) (side, error) {
	if ref == "" {
		return side{}, trouble("%q names no commit before the colon; write it as in `main:journeys`", arg)
	}
	t, at, err := w.Revision(ctx, ref, name)
	if err != nil {
		return side{}, err
	}
	info, err := t.Stat(at)
	if errors.Is(err, fs.ErrNotExist) {
		return side{}, exit{exitTrouble, fmt.Sprintf("there is no %q in the commit %s", t.Name(at), ref), elsewhere(ctx, w, ref, name)}
	}
	if err != nil {
		return side{}, &workspace.ReadError{Path: t.Name(at), Err: err}
	}
	if !info.IsDir() {
		target, err := w.Target(t, at)
		if err != nil {
			return side{}, err
		}
		return side{Side: diff.Side{Name: arg, Files: versions([]check.Target{target}, filepath.ToSlash(filepath.Dir(at)))}, single: true}, nil
	}
	found, problems, err := workspace.Find(ctx, t, at, workspace.FindOptions{Exclude: opt.exclude, Base: t.Base})
	if err != nil {
		return side{}, trouble("%v", err)
	}
	targets := make([]check.Target, len(found))
	for i, p := range found {
		if targets[i], err = w.Target(t, p); err != nil {
			return side{}, err
		}
	}
	return side{Side: diff.Side{Name: arg, Files: versions(targets, at)}, problems: problems}, nil
}

// elsewhere says what to do about a path that a commit does not have: it may
// have been meant from the current folder.
func elsewhere(ctx context.Context, w *world.World, ref, name string) string {
	if t, at, err := w.Revision(ctx, ref, "./"+name); err == nil {
		if _, err := t.Stat(at); err == nil {
			return fmt.Sprintf("Did you mean %q? Without `./` it starts at the top of the repository.", ref+":./"+name)
		}
	}
	return fmt.Sprintf("`git ls-tree -r --name-only %s` lists what is there.", ref)
}

// versions are the files to compare; their paths are relative to a folder.
func versions(targets []check.Target, folder string) []diff.Version {
	all := make([]diff.Version, len(targets))
	for i, t := range targets {
		rel, err := filepath.Rel(filepath.FromSlash(folder), filepath.FromSlash(t.Path))
		if err != nil {
			rel = t.Path
		}
		all[i] = diff.Version{Path: filepath.ToSlash(rel), Name: t.Name(), Check: t.Check}
	}
	return all
}
