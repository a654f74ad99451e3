package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/version"
)

// inspection is one check of all that was named, less what is set aside.
type inspection struct {
	world   *world.World
	targets []check.Target
	*check.Summary
	aside []string // what was set aside, in words
}

// inspect checks what was named. Edited are texts, by absolute path, that are
// read in the place of files.
func inspect(c *cobra.Command, args []string, opt checkOptions, edited map[string][]byte) (*inspection, error) {
	w, err := world.New(opt.allowOutside, opt.settings(c))
	if err != nil {
		return nil, err
	}
	w.Edited = edited
	targets, problems, err := w.Targets(args, c.InOrStdin(), world.FindOptions{Exclude: opt.exclude, StdinName: opt.stdinName})
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

// useBaseline takes out what the baseline sets aside, if there is one.
func (i *inspection) useBaseline(opt checkOptions) error {
	if opt.noBaseline {
		return nil
	}
	done := map[*world.Tree]bool{}
	for k, t := range i.targets {
		if tree := i.world.TreeOf(t); !done[tree] {
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
	name, home, err := i.world.BaselineFile(target, opt.baseline)
	if err != nil || name == "" {
		return err
	}
	known, err := world.ReadBaseline(i.world, name)
	if err != nil {
		return err
	}
	before := len(i.Findings)
	i.Findings, _ = known.Split(i.Findings, i.world.FirmBeside(home))
	if n := before - len(i.Findings); n > 0 {
		i.aside = append(i.aside, fmt.Sprintf("%d in %s", n, i.world.Display(name)))
	}
	return nil
}

// report is what is to be said of an inspection, in some formats.
func (i *inspection) report(opt checkOptions, outputs []output) report.Report {
	r := report.Report{
		Files: i.Files, Complete: i.Complete, Findings: i.Findings, FailLevel: opt.failLevel,
		Problems: sentences(i.Problems), Aside: i.aside, Below: i.world.Below(), Version: version.String(),
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
