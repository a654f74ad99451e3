package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/baseline"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/version"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// inspection is one check of all that was named, less what is set aside.
type inspection struct {
	world   *world
	targets []check.Target
	*check.Summary
	aside []string // what was set aside, in words
}

// inspect checks what was named. Edited are texts, by absolute path, that are
// read in the place of files.
func inspect(c *cobra.Command, args []string, opt checkOptions, edited map[string][]byte) (*inspection, error) {
	w, err := newWorld(opt.allowOutside, opt.settings(c))
	if err != nil {
		return nil, err
	}
	w.edited = edited
	targets, problems, err := w.targets(args, c.InOrStdin(), opt)
	if err != nil {
		return nil, err
	}
	progress := newProgress(c.ErrOrStderr(), "checked", len(targets))
	summary, err := check.Files(context.Background(), targets, progress.step)
	progress.end()
	if err != nil {
		return nil, err
	}
	summary.Problems = append(problems, summary.Problems...)
	i := &inspection{world: w, targets: targets, Summary: summary}
	if i.Suppressed > 0 {
		i.aside = append(i.aside, fmt.Sprintf("%d suppressed by comments", i.Suppressed))
	}
	if err := i.useBaseline(opt); err != nil {
		return nil, err
	}
	return i, i.useSince(context.Background(), opt.since)
}

// firm reports whether a finding is never set aside: something could not be
// checked because of it, it stands for others that are not known, or the file
// does not say what it means.
func firm(f finding.Finding) bool { return f.Unchecked || f.Cut || rule.Find(f.Rule).Always }

// useBaseline takes out what the baseline sets aside, if there is one.
func (i *inspection) useBaseline(opt checkOptions) error {
	if opt.noBaseline {
		return nil
	}
	done := map[*tree]bool{}
	for k, t := range i.targets {
		if tree := i.world.treeOf(t); !done[tree] {
			done[tree] = true
			if err := i.useBaselineOf(i.targets[k:k+1], opt); err != nil {
				return err
			}
		}
	}
	return nil
}

// useBaselineOf takes out what the baseline of a file's workspace sets aside.
func (i *inspection) useBaselineOf(target []check.Target, opt checkOptions) error {
	name, home, err := i.world.baselineFile(target, opt.baseline)
	if err != nil || name == "" {
		return err
	}
	known, err := readBaseline(i.world, name)
	if err != nil {
		return err
	}
	before := len(i.Findings)
	i.Findings, _ = known.Split(i.Findings, i.world.firmBeside(home))
	if n := before - len(i.Findings); n > 0 {
		i.aside = append(i.aside, fmt.Sprintf("%d in %s", n, i.world.display(name)))
	}
	return nil
}

// firmBeside is firm, and true of files that are not in the workspace of a
// baseline.
func (w *world) firmBeside(home string) func(finding.Finding) bool {
	return func(f finding.Finding) bool {
		return firm(f) || f.Span.IsZero() || f.Span.File.Name != w.display(filepath.Join(home, filepath.FromSlash(f.Span.File.Path)))
	}
}

// baselineFile returns the file of the baseline, "" if there is none, and the
// folder of the workspace that it is about: that of the first file that is
// checked. A flag names it, else the settings, else it has its usual name
// there and need not exist.
func (w *world) baselineFile(targets []check.Target, flag string) (name, home string, err error) {
	home = w.home(w.dir)
	if len(targets) == 0 {
		return "", home, nil
	}
	t := w.treeOf(targets[0])
	home = filepath.Join(t.root, filepath.FromSlash(t.Home))
	file, err := w.settingsFor(t, path.Dir(targets[0].Path))
	switch {
	case err != nil:
		return "", home, err
	case flag != "":
		return w.absolute(flag), home, nil
	case file != nil && file.Baseline.Value != "" && !filepath.IsLocal(filepath.FromSlash(file.Baseline.Value)):
		return "", home, trouble("%s: the baseline %q leads out of the folder of the settings; keep it beside them", report.Place(file.Baseline.Span), file.Baseline.Value)
	case file != nil && file.Baseline.Value != "":
		return filepath.Join(file.folder, filepath.FromSlash(file.Baseline.Value)), home, nil
	}
	name = filepath.Join(home, baseline.FileName)
	if _, err := os.Lstat(name); errors.Is(err, os.ErrNotExist) {
		return "", home, nil
	}
	return name, home, nil
}

func readBaseline(w *world, name string) (*baseline.Baseline, error) {
	data, err := readRegular(name)
	if err != nil {
		return nil, exit{exitTrouble, fmt.Sprintf("the baseline %s cannot be read: %s", w.display(name), workspace.Reason(err)), "`corridor baseline write` makes one; `--no-baseline` goes without."}
	}
	b, err := baseline.Parse(data)
	if err != nil {
		return nil, trouble("the baseline %s cannot be used: %v", w.display(name), err)
	}
	return b, nil
}

// report is what is to be said of an inspection, in some formats.
func (i *inspection) report(opt checkOptions, outputs []output) report.Report {
	r := report.Report{
		Files: i.Files, Complete: i.Complete, Findings: i.Findings, FailLevel: opt.failLevel,
		Problems: sentences(i.Problems), Aside: i.aside, Below: i.world.below(), Version: version.String(),
	}
	if slices.ContainsFunc(outputs, func(o output) bool { return o.format.Lists }) {
		r.Rules = i.rules()
		for _, t := range i.targets {
			r.Names = append(r.Names, t.Name())
		}
	}
	return r
}

// rules are those that were on for one of the files at least.
func (i *inspection) rules() []report.Rule {
	settings := map[*check.Settings]bool{}
	for _, t := range i.targets {
		settings[t.Settings] = true
	}
	var all []report.Rule
	for _, r := range rule.All {
		for s := range settings {
			if s.Rules.On(r.Descriptor) {
				all = append(all, report.Rule{Descriptor: r.Descriptor, Document: explained(r)})
				break
			}
		}
	}
	return all
}
