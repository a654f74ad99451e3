package world

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/customer-corridor/corridor/pkg/baseline"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// Firm reports whether a finding is never set aside: something could not be
// checked because of it, it stands for others that are not known, or the file
// does not say what it means.
func Firm(f finding.Finding) bool { return f.Unchecked || f.Cut || rule.Find(f.Rule).Always }

// FirmBeside is Firm, and true of files that are not in the workspace of a
// baseline.
func (w *World) FirmBeside(home string) func(finding.Finding) bool {
	return func(f finding.Finding) bool {
		return Firm(f) || f.Span.IsZero() || f.Span.File.Name != w.Display(filepath.Join(home, filepath.FromSlash(f.Span.File.Path)))
	}
}

// BaselineFile returns the file of the baseline, "" if there is none, and the
// folder of the workspace that it is about: that of the first file that is
// checked. A flag names it, else the settings, else it has its usual name
// there and need not exist.
func (w *World) BaselineFile(targets []check.Target, flag string) (name, home string, err error) {
	home = w.home(w.Dir)
	if len(targets) == 0 {
		return "", home, nil
	}
	t := w.TreeOf(targets[0])
	home = filepath.Join(t.root, filepath.FromSlash(t.Home))
	file, err := w.settingsFor(t, path.Dir(targets[0].Path))
	switch {
	case err != nil:
		return "", home, err
	case flag != "":
		return w.Absolute(flag), home, nil
	case file != nil && file.Baseline.Value != "" && !filepath.IsLocal(filepath.FromSlash(file.Baseline.Value)):
		return "", home, trouble("%s: the baseline %q leads out of the folder of the settings; keep it beside them", report.Place(file.Baseline.Span), file.Baseline.Value)
	case file != nil && file.Baseline.Value != "":
		return filepath.Join(file.folder, filepath.FromSlash(file.Baseline.Value)), home, nil
	}
	name = filepath.Join(home, baseline.FileName)
	w.look(name)
	if _, err := os.Lstat(name); errors.Is(err, os.ErrNotExist) {
		return "", home, nil
	}
	return name, home, nil
}

// ReadBaseline reads the baseline of that name.
func ReadBaseline(w *World, name string) (*baseline.Baseline, error) {
	w.look(name)
	data, err := ReadRegular(name)
	if err != nil {
		return nil, &Error{fmt.Sprintf("the baseline %s cannot be read: %s", w.Display(name), workspace.Reason(err)), "`corridor baseline write` makes one; `--no-baseline` goes without."}
	}
	b, err := baseline.Parse(data)
	if err != nil {
		return nil, trouble("the baseline %s cannot be used: %v", w.Display(name), err)
	}
	return b, nil
}

// Checker returns what checks one of some files by its name, less what its
// baseline sets aside.
func (w *World) Checker(targets []check.Target) func(name string) (*check.Outcome, error) {
	byName := map[string]check.Target{}
	for _, t := range targets {
		byName[t.Name()] = t
	}
	return func(name string) (*check.Outcome, error) {
		t, ok := byName[name]
		if !ok {
			return nil, trouble("there is no %s", name)
		}
		o := t.Check()
		file, home, err := w.BaselineFile([]check.Target{t}, "")
		if err != nil || file == "" {
			return o, err
		}
		known, err := ReadBaseline(w, file)
		if err != nil {
			return nil, err
		}
		o.Findings, _ = known.Split(o.Findings, w.FirmBeside(home))
		return o, nil
	}
}
