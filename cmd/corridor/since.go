package main

import (
	"context"
	"fmt"
	"path/filepath"

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
	defer i.world.close()
	base, err := git.MergeBase(ctx, i.world.dir, ref)
	if err != nil {
		return unreadableCommit(err)
	}
	targets, err := i.world.before(ctx, base, i.targets)
	if err != nil {
		return err
	}
	old, err := check.Files(ctx, targets, nil)
	if err != nil {
		return err
	}
	all := len(i.Findings)
	i.Findings, _ = baseline.Of(old.Findings).Split(i.Findings, firm)
	if n := all - len(i.Findings); n > 0 {
		i.aside = append(i.aside, fmt.Sprintf("%d that %s has too", n, ref))
	}
	return nil
}

// before returns those of some files that are in a commit, as they are there.
func (w *world) before(ctx context.Context, commit string, targets []check.Target) ([]check.Target, error) {
	var all []check.Target
	for _, t := range targets {
		rel, err := filepath.Rel(w.dir, w.treeOf(t).abs(t.Path))
		if err != nil {
			return nil, trouble("%s is on another drive than the current folder; --since needs both in one repository", t.Name())
		}
		tree, at, err := w.revision(ctx, commit, "./"+filepath.ToSlash(rel))
		if err != nil {
			return nil, err
		}
		if !has(tree, at) {
			continue
		}
		old, err := w.target(tree, at)
		if err != nil {
			return nil, err
		}
		all = append(all, old)
	}
	return all, nil
}
