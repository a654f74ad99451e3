package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/render"
)

// folds are the ways to fold that have names of their own.
var folds = []string{"auto", "none", "stages", "paths"}

// wrongFold says what of --fold contradicts itself.
func (p pageOptions) wrongFold() error {
	for _, word := range p.fold {
		if (word == "auto" || word == "none") && len(p.fold) > 1 {
			return trouble("--fold %s stands alone, and other words are with it: %s", word, strings.Join(p.fold, ","))
		}
	}
	return nil
}

// folded returns the corridor that is drawn: with one step in the place of
// each run that is folded.
func (opt renderOptions) folded(g *corridor.Graph, name string, format render.Format) (*corridor.Graph, error) {
	possible := slices.Contains(render.FoldableViews, opt.view) && slices.Contains(render.FoldableFormats, format.Name)
	switch how := strings.Join(opt.fold, ","); {
	case how == "none" || how == "auto" && (!possible || render.Visits(g) <= render.AutoFold):
		return g, nil
	case how == "auto":
		return opt.autoFolded(g, name), nil
	case !possible:
		return nil, exit{exitTrouble, "--fold is for the views " + strings.Join(render.FoldableViews, ", ") + " as " + strings.Join(render.FoldableFormats, ", ") +
			": what tells of who gets through needs every step", "Leave it out, or write `--fold none`."}
	}
	runs, err := runsNamed(g, opt.fold)
	if err != nil {
		return nil, err
	}
	return render.Fold(g, opt.language, runs), nil
}

// autoFolded folds the paths of a large corridor, and its stages too where
// that is not enough.
func (opt renderOptions) autoFolded(g *corridor.Graph, name string) *corridor.Graph {
	all, what := render.RunsOf(g), "paths of several steps are"
	small := render.Fold(g, opt.language, all.Paths)
	if render.Visits(small) > render.AutoFold && len(all.Stages) > 1 {
		small, what = render.Fold(g, opt.language, slices.Concat(all.Stages, all.Paths)), "stages, and paths of several steps, are"
	}
	if len(small.Steps) > render.MostSteps {
		return g // too much to draw, which is then told as it is
	}
	if render.Visits(small) < render.Visits(g) {
		opt.note(fmt.Sprintf("the map of %s would show %d touchpoints, so %s one box each; `--fold none` shows all", name, render.Visits(g), what))
	}
	return small
}

// runsNamed returns the runs of stages and paths that were named.
func runsNamed(g *corridor.Graph, names []string) ([]render.NamedRun, error) {
	all := render.RunsOf(g)
	var runs []render.NamedRun
	for _, name := range names {
		var found []render.NamedRun
		switch name {
		case "stages":
			found = all.Stages
		case "paths":
			found = all.Paths
		default:
			found = withID(slices.Concat(all.Stages, all.Paths), nfc(name))
		}
		if len(found) == 0 {
			return nil, notFolded(g, all, name)
		}
		runs = append(runs, found...)
	}
	return distinctRuns(runs), nil
}

func withID(all []render.NamedRun, id string) (found []render.NamedRun) {
	for _, r := range all {
		if r.ID == id {
			found = append(found, r)
		}
	}
	return found
}

func distinctRuns(runs []render.NamedRun) (once []render.NamedRun) {
	for _, r := range runs {
		if !slices.ContainsFunc(once, func(other render.NamedRun) bool { return other.Run == r.Run }) {
			once = append(once, r)
		}
	}
	return once
}

// notFolded says why there is nothing to fold.
func notFolded(g *corridor.Graph, all render.Runs, name string) error {
	isPath := slices.ContainsFunc(g.Paths, func(p corridor.Path) bool { return p.ID == nfc(name) })
	switch {
	case name == "stages":
		return trouble("no stage has several steps on the basic path; there is nothing to fold")
	case name == "paths":
		return trouble("no alternative or option has several steps; there is nothing to fold")
	case name == "basic":
		return trouble("the basic path is what the map is about; fold its stages, with `--fold stages`")
	case isPath || g.Journey.Stage(nfc(name)) >= 0:
		return trouble("%q has not several steps; there is nothing to fold", name)
	}
	known := slices.Clone(folds)
	for _, r := range slices.Concat(all.Stages, all.Paths) {
		known = append(known, r.ID)
	}
	return unknown("stage or path", name, known)
}
