package main

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/edit"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// maxRounds is how often a check is repeated after its fixes were made: one
// mistake may have hidden another.
const maxRounds = 10

// fixes are the texts that files have after fixing.
type fixes struct {
	texts map[string][]byte // by absolute name
	made  int
	kept  map[string]bool // files that fixing would have made worse
}

// fixed makes the fixes of all findings in memory, round by round, and
// returns them with the check of what then is.
func fixed(c *cobra.Command, args []string, opt checkOptions) (*inspection, *fixes, error) {
	if slices.Contains(args, "-") {
		return nil, nil, trouble("standard input cannot be fixed in its place; save it as a file first")
	}
	f := &fixes{texts: map[string][]byte{}, kept: map[string]bool{}}
	before, err := inspect(c, args, opt, f.texts)
	for round := 0; err == nil && round < maxRounds; round++ {
		next, made := f.next(before)
		if made == 0 {
			break
		}
		after, err := inspect(c, args, opt, next)
		if err != nil {
			return nil, nil, err
		}
		if worse := f.worse(before, after, next); worse {
			continue // without the files that became worse
		}
		before, f.texts, f.made = after, next, f.made+made
	}
	return before, f, err
}

// next returns the texts after another round of fixes, and how many were
// made. Only files that were named, or found in a folder that was, are
// changed.
func (f *fixes) next(i *inspection) (texts map[string][]byte, made int) {
	texts = map[string][]byte{}
	for name, text := range f.texts {
		texts[name] = text
	}
	byFile := map[string][]finding.Finding{}
	for _, one := range i.Findings {
		if one.Fix != nil {
			name := one.Span.File.Name
			byFile[name] = append(byFile[name], one)
		}
	}
	for _, t := range i.targets {
		name, found := i.world.TreeOf(t).Abs(t.Path), byFile[t.Name()]
		if len(found) == 0 || f.kept[name] {
			continue
		}
		file := found[0].Span.File
		text, n := edit.Fix(file, found)
		texts[name] = append(slices.Clone(mark(i, t, file)), text...)
		made += n
	}
	return texts, made
}

// mark is the byte order mark that a file begins with, which is no part of
// its text.
func mark(i *inspection, t check.Target, file *source.File) []byte {
	data, err := workspace.ReadFile(i.world.TreeOf(t), t.Path)
	if err != nil || !bytes.HasSuffix(data, file.Text) {
		return nil
	}
	return data[:len(data)-len(file.Text)]
}

// worse reports whether a file has more errors after a round than before it,
// and leaves such files alone from then on. No fix should come to that.
func (f *fixes) worse(before, after *inspection, next map[string][]byte) bool {
	was, is := errorsByFile(before), errorsByFile(after)
	found := false
	for _, t := range before.targets {
		name := before.world.TreeOf(t).Abs(t.Path)
		if _, changed := next[name]; changed && is[t.Name()] > was[t.Name()] {
			f.kept[name], found = true, true
		}
	}
	return found
}

func errorsByFile(i *inspection) map[string]int {
	n := map[string]int{}
	for _, f := range i.Findings {
		if world.Firm(f) {
			n[f.Span.File.Name]++
		}
	}
	return n
}

// each calls a function for every file that is changed, in the order of the
// files, with its text before and after.
func (f *fixes) each(i *inspection, do func(name, abs string, old, text []byte) error) error {
	for _, t := range i.targets {
		tree := i.world.TreeOf(t)
		abs := tree.Abs(t.Path)
		text, changed := f.texts[abs]
		if !changed {
			continue
		}
		i.world.Edited = nil
		old, err := workspace.ReadFile(tree, t.Path)
		if err != nil {
			return &workspace.ReadError{Path: t.Name(), Err: err}
		}
		if err := do(t.Name(), abs, old, text); err != nil {
			return err
		}
	}
	return nil
}

// makeFixes makes the fixes and reports on what is left.
func makeFixes(c *cobra.Command, args []string, opt checkOptions) (*inspection, error) {
	i, f, err := fixed(c, args, opt)
	if err != nil {
		return nil, err
	}
	files := 0
	err = f.each(i, func(_, abs string, _, text []byte) error {
		err := overwrite(abs, text)
		if err == nil {
			files++
		}
		return err
	})
	if files > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "corridor: fixed %s\n", f.sum(files))
	}
	return i, err
}

// showFixes shows what --fix would change.
func showFixes(c *cobra.Command, args []string, opt checkOptions) error {
	i, f, err := fixed(c, args, opt)
	if err != nil {
		return err
	}
	r := i.report(opt, nil)
	for _, p := range r.Problems {
		fmt.Fprintln(c.ErrOrStderr(), "corridor: "+report.Visible(p))
	}
	err = f.each(i, func(name, _ string, old, text []byte) error {
		_, err := c.OutOrStdout().Write(edit.Unified(name, old, text))
		return err
	})
	switch {
	case err != nil:
		return err
	case r.Files == 0 && len(r.Problems) == 0:
		return exit{code: exitNothing, message: nothingHere}
	case !i.Complete || len(i.Problems) > 0:
		return exit{code: exitTrouble, message: r.Verdict()}
	case f.made > 0 || r.Fails():
		return exit{code: exitFindings, message: "without the changes above: " + r.Verdict()}
	}
	return nil
}

// sum says what was done, once so many files are written.
func (f *fixes) sum(files int) string {
	if files < len(f.texts) {
		return counted(files, "file") + " of " + fmt.Sprint(len(f.texts))
	}
	return counted(f.made, "mistake") + " in " + counted(files, "file")
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
