package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/baseline"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/git"
)

// useSince takes out the findings that were there already when the branch left
// a commit's history. Both versions are held to the settings of today.
func (i *inspection) useSince(ctx context.Context, ref string) error {
	if ref == "" {
		return nil
	}
	defer i.world.Close()
	base, err := git.MergeBase(ctx, i.world.Dir, ref)
	if err != nil {
		return world.UnreadableCommit(err)
	}
	targets, err := before(ctx, i.world, base, i.targets)
	if err != nil {
		return err
	}
	old, err := check.Files(ctx, targets, nil)
	if err != nil {
		return err
	}
	all := len(i.Findings)
	i.Findings, _ = baseline.Of(old.Findings).Split(i.Findings, world.Firm)
	if n := all - len(i.Findings); n > 0 {
		i.aside = append(i.aside, fmt.Sprintf("%d that %s has too", n, ref))
	}
	return nil
}

// before returns those of some files that are in a commit, as they are there.
func before(ctx context.Context, w *world.World, commit string, targets []check.Target) ([]check.Target, error) {
	var all []check.Target
	for _, t := range targets {
		rel, err := filepath.Rel(w.Dir, w.TreeOf(t).Abs(t.Path))
		if err != nil {
			return nil, trouble("%s is on another drive than the current folder; --since needs both in one repository", t.Name())
		}
		tree, at, err := w.Revision(ctx, commit, "./"+filepath.ToSlash(rel))
		if err != nil {
			return nil, err
		}
		if !world.Has(tree, at) {
			continue
		}
		old, err := w.Target(tree, at)
		if err != nil {
			return nil, err
		}
		all = append(all, old)
	}
	return all, nil
}
