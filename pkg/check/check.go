// Package check brings the stages together: load, build, run the rules, sort.
// Every command that speaks of a journey's findings calls it.
package check

import (
	"context"
	"slices"
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

// Sound reports whether the file says what its author means: it could be read,
// and neither its text nor its paths have errors. A customer who is locked out
// is a defect of the journey, not of the file.
func (o *Outcome) Sound() bool {
	if !o.Complete() {
		return false
	}
	for _, f := range o.Findings {
		if rule.Find(f.Rule).Always {
			return false
		}
	}
	return true
}

// Settings are what a team has set for the check of a file. The zero
// Settings leave all as is usual.
type Settings struct {
	Rules config.Rules
	// Never are rules and groups that no comment may suppress.
	Never []source.Spanned[string]
	// Today returns the day by which comments that suppress findings end. It
	// is asked only of one that has a last day; nil: none ends.
	Today func() time.Time
}

// File checks one file with what it imports. The findings are sorted and
// numbered.
func File(w *workspace.Workspace, path string, s Settings) *Outcome {
	o := new(room).file(context.Background(), w, path, s)
	var c comments
	c.apply(o, s)
	o.Suppressed = c.count()
	o.Findings = settle(append(o.Findings, c.unused()...))
	return o
}

// room is memory that one file after the other is checked in. No outcome keeps
// a part of it.
type room struct{ findings []finding.Finding }

func (r *room) file(ctx context.Context, w *workspace.Workspace, path string, s Settings) *Outcome {
	journey, found, err := w.Load(path)
	o := &Outcome{Journey: journey, Err: err, Rules: s.Rules}
	if journey != nil {
		graph, more := corridor.Build(journey)
		o.Graph = graph
		found = append(found, more...)
	}
	found = Weigh(found, s.Rules)
	o.Findings = found
	if journey != nil {
		o.analyse(ctx)
		r.findings = rule.Run(rule.Pass{Journey: journey, Graph: o.Graph, Access: o.Access, Earlier: found, Rules: s.Rules, Room: r.findings})
		o.Findings = slices.Concat(found, r.findings)
		o.keepForeign()
	}
	return o
}

// Weigh gives what was found while reading a file its severities, and leaves
// out what settings switch off.
func Weigh(found []finding.Finding, rules config.Rules) []finding.Finding {
	kept := make([]finding.Finding, 0, len(found))
	for _, f := range found {
		if d := rule.Find(f.Rule).Descriptor; rules.On(d) {
			f.Severity = rules.Severity(d.ID, d.Severity)
			kept = append(kept, f)
		}
	}
	return kept
}

// keepForeign takes away the fixes that would change files of other formats:
// their edits are in the words of ours.
func (o *Outcome) keepForeign() {
	var foreign []*source.File
	for _, d := range append(slices.Clone(o.Journey.Imported), o.Journey.Document) {
		if d.Format != "" {
			foreign = append(foreign, d.File)
		}
	}
	if len(foreign) == 0 {
		return
	}
	inForeign := func(e finding.Edit) bool { return slices.Contains(foreign, e.Span.File) }
	for i, f := range o.Findings {
		if f.Fix != nil && slices.ContainsFunc(f.Fix.Edits, inForeign) {
			o.Findings[i].Fix = nil
		}
	}
}

// analyse finds out who gets through, unless the file does not mean what its
// author wants it to mean: then the answer would be about another journey.
func (o *Outcome) analyse(ctx context.Context) {
	if o.Graph == nil || !o.Sound() {
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
	var r room
	var all [][]finding.Finding // file by file: they are joined once, not moved again and again
	for _, t := range targets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		o := r.file(ctx, t.Workspace, t.Path, t.settings())
		c.apply(o, t.settings())
		s.Files++
		s.Complete = s.Complete && o.Complete()
		if len(o.Findings) > 0 {
			finding.Sort(o.Findings)
			all = append(all, o.Findings)
		}
		if o.Err != nil {
			s.Problems = append(s.Problems, workspace.Problems(o.Err)...)
		}
		if done != nil {
			done(s.Files)
		}
	}
	s.Findings = settle(slices.Concat(append(all, c.unused())...))
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
	for i := range all {
		if i == 0 || !twice(&kept[len(kept)-1], &all[i]) {
			kept = append(kept, all[i])
		}
	}
	finding.Number(kept)
	return kept
}

func twice(a, b *finding.Finding) bool {
	return a.Rule == b.Rule && samePlace(a.Span, b.Span) && a.Message == b.Message
}

// samePlace compares names of files: a library may have been read twice.
func samePlace(a, b source.Span) bool {
	if a.IsZero() || b.IsZero() {
		return a.IsZero() && b.IsZero()
	}
	return a.Start == b.Start && a.End == b.End && a.File.Name == b.File.Name
}
