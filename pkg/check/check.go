// Package check brings the stages together: load, build, run the rules, sort.
// Every command that speaks of a journey's findings calls it.
package check

import (
	"context"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// Outcome is what checking one file gave.
type Outcome struct {
	Journey  *model.Journey  // nil if nothing of the file could be read
	Graph    *corridor.Graph // nil for a library, and where the paths are broken
	Access   *access.Result  // without repairs; nil where there is no graph or an error before
	Findings []finding.Finding
	// Suppressed is how many findings comments in the files set aside.
	Suppressed int
	// Err says which files could not be read at all; nil if all were.
	Err   error
	Rules config.Rules // what was set for the rules
}

// Complete reports whether all of the file and its imports was checked.
func (o *Outcome) Complete() bool {
	for _, f := range o.Findings {
		if f.Unchecked {
			return false
		}
	}
	return o.Err == nil
}

// Failed reports whether a finding is an error.
func (o *Outcome) Failed() bool {
	errors, _, _ := finding.Count(o.Findings)
	return errors > 0
}

// Settings are what a team has set for the check of a file. The zero
// Settings leave all as is usual.
type Settings struct {
	Rules config.Rules
	// Never are rules and groups that no comment may suppress.
	Never []source.Spanned[string]
	// Today is the day by which comments that suppress findings end.
	Today time.Time
}

// File checks one file with what it imports. The findings are sorted and
// numbered.
func File(w *workspace.Workspace, path string, s Settings) *Outcome {
	o := file(context.Background(), w, path, s)
	var c comments
	c.apply(o, s)
	o.Suppressed = c.count()
	o.Findings = settle(append(o.Findings, c.unused()...))
	return o
}

func file(ctx context.Context, w *workspace.Workspace, path string, s Settings) *Outcome {
	journey, found, err := w.Load(path)
	o := &Outcome{Journey: journey, Err: err, Rules: s.Rules}
	if journey != nil {
		graph, more := corridor.Build(journey)
		o.Graph = graph
		found = append(found, more...)
	}
	for i := range found {
		found[i].Severity = rule.Find(found[i].Rule).Severity
	}
	o.Findings = found
	if journey != nil {
		o.analyse(ctx)
		o.Findings = append(found, rule.Run(rule.Pass{Journey: journey, Graph: o.Graph, Access: o.Access, Earlier: found, Rules: s.Rules})...)
	}
	return o
}

// analyse finds out who gets through, unless the file does not mean what its
// author wants it to mean: then the answer would be about another journey.
func (o *Outcome) analyse(ctx context.Context) {
	if o.Graph == nil || o.Failed() || !o.Complete() {
		return
	}
	if r, err := access.Analyse(ctx, o.Graph, access.Options{}); err == nil {
		o.Access = r
	}
}

// Target is a file to check, with the workspace that it belongs to.
type Target struct {
	Workspace *workspace.Workspace
	Path      string
	Settings  *Settings // nil: all as is usual
}

// Summary is what checking several files gave.
type Summary struct {
	Files    int
	Complete bool
	Findings []finding.Finding // sorted and numbered; each once
	Problems []error           // files that could not be read
	// Suppressed is how many findings comments in the files set aside.
	Suppressed int
}

// Files checks files one after the other. It keeps their findings, not their
// journeys. Done, if not nil, is called after each file. If the context ends,
// so does the check, with its error.
func Files(ctx context.Context, targets []Target, done func(files int)) (*Summary, error) {
	s := &Summary{Complete: true}
	var c comments
	for _, t := range targets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		o := file(ctx, t.Workspace, t.Path, t.settings())
		c.apply(o, t.settings())
		s.Files++
		s.Complete = s.Complete && o.Complete()
		s.Findings = append(s.Findings, o.Findings...)
		if o.Err != nil {
			s.Problems = append(s.Problems, workspace.Problems(o.Err)...)
		}
		if done != nil {
			done(s.Files)
		}
	}
	s.Findings = settle(append(s.Findings, c.unused()...))
	s.Suppressed = c.count()
	return s, nil
}

// Name is the file as the reader of a report knows it.
func (t Target) Name() string { return t.Workspace.Shown(t.Path) }

// Check checks the file.
func (t Target) Check() *Outcome { return File(t.Workspace, t.Path, t.settings()) }

func (t Target) settings() Settings {
	if t.Settings == nil {
		return Settings{}
	}
	return *t.Settings
}

// settle sorts findings, drops those that were found twice (in a library that
// several files import), and numbers the rest.
func settle(all []finding.Finding) []finding.Finding {
	finding.Sort(all)
	kept := all[:0]
	for i, f := range all {
		if i > 0 && twice(kept[len(kept)-1], f) {
			continue
		}
		kept = append(kept, f)
	}
	finding.Number(kept)
	return kept
}

func twice(a, b finding.Finding) bool {
	at := func(f finding.Finding) (string, int, int) {
		if f.Span.IsZero() {
			return "", 0, 0
		}
		return f.Span.File.Name, f.Span.Start, f.Span.End
	}
	fileA, startA, endA := at(a)
	fileB, startB, endB := at(b)
	return a.Rule == b.Rule && a.Message == b.Message && fileA == fileB && startA == startB && endA == endB
}
