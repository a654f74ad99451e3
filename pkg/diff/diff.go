// Package diff compares two versions of journeys, in the terms of the journey:
// what changed, who gained and who lost access, which findings came and went.
//
// Who gets through is decided by pkg/access, and told as pkg/gaps tells it. Of
// a version that could not be analysed nothing is claimed: see [File.Broken].
package diff

import (
	"context"
	"slices"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/finding"
)

// Version is one version of a file, before it is read.
type Version struct {
	// Path is relative to what is compared; the two versions of a file have
	// the same.
	Path string
	Name string // of the file, for people
	// Check reads and checks it. It is called once, or twice for a file that
	// only one side has.
	Check func() *check.Outcome
}

// Side is all files of one of the two things that are compared.
type Side struct {
	Name  string // as the user named it
	Files []Version
}

// Report is what the comparison found.
type Report struct {
	Old, New  string // as the user named them
	Files     []File // in the order of their paths; the unchanged ones too
	Compared  int    // files with a version on both sides, both analysed
	Unchanged int    // files of which nothing is to be told

	// The mean access scores of the journeys that both sides have; nil where
	// there are none.
	OldScore, NewScore *float64
}

// File is what became of one file.
type File struct {
	Path    string // of the new version; of a removed file, of the old
	OldPath string // "" for an added file; another one for a moved file
	Added   bool
	Removed bool
	Title   string // of the new version, else the old; "" where it has none

	// Broken are the versions that could not be analysed. Where there is
	// one, access and changes are not compared, and of the findings only
	// those of the broken version are told.
	Broken []Broken

	Changes []Change
	// Through are the imported files that changed, and are compared
	// themselves: what changed in them is told there.
	Through []string

	Lost, Gained  []Turn // blocked now, or no longer
	Worse, Better []Turn // open as before, but the deadline is kept less often, or more
	New, Gone     []Turn // a customer with a need that only one version has

	Opened, Closed []Finding

	// The access scores; nil for a library, a version that is not there and
	// one that is broken.
	OldScore, NewScore *float64
}

// Finding is a finding, with its place in short: the line, and the file where
// that is another.
type Finding struct {
	finding.Finding
	At string
}

// Broken is a version of a file that could not be analysed.
type Broken struct {
	New     bool   // which of the two it is
	Name    string // of the file, for people
	Reasons []string
}

// Changed reports whether there is anything to tell.
func (f *File) Changed() bool {
	return f.Added || f.Removed || f.moved() || len(f.Broken)+len(f.Changes)+len(f.Through)+len(f.turns())+len(f.Opened)+len(f.Closed) > 0
}

func (f *File) moved() bool { return !f.Added && !f.Removed && f.OldPath != f.Path }

func (f *File) turns() []Turn {
	var all []Turn
	for _, t := range [][]Turn{f.Lost, f.Gained, f.Worse, f.Better, f.New, f.Gone} {
		all = append(all, t...)
	}
	return all
}

// LostAccess reports whether somebody lost access: a customer with a need who
// got through, and does not any more, or not in time at any hour of the week.
func (r *Report) LostAccess() bool {
	return r.any(func(f *File) bool {
		return len(f.Lost) > 0 || slices.ContainsFunc(f.Worse, func(t Turn) bool { return t.NewShare == 0 })
	})
}

// NewFindings reports whether something was found that was not there before.
func (r *Report) NewFindings() bool { return r.any(func(f *File) bool { return len(f.Opened) > 0 }) }

// Incomplete reports whether a version could not be analysed, so that who
// lost access is not known.
func (r *Report) Incomplete() bool { return r.any(func(f *File) bool { return len(f.Broken) > 0 }) }

func (r *Report) any(is func(*File) bool) bool {
	for i := range r.Files {
		if is(&r.Files[i]) {
			return true
		}
	}
	return false
}

// Compare compares two sides file by file. It ends early, with the context's
// error, if the context does.
func Compare(ctx context.Context, before, after Side) (*Report, error) {
	r := &Report{Old: before.Name, New: after.Name}
	c := comparison{told: map[string]bool{}, opened: map[place]bool{}, closed: map[place]bool{}}
	pairs := pairUp(before.Files, after.Files)
	for _, p := range pairs {
		c.told[p.old.name()], c.told[p.new.name()] = true, true
	}
	for _, p := range pairs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f := c.file(p)
		if len(f.Broken) == 0 && !f.Added && !f.Removed {
			r.Compared++
		}
		if !f.Changed() {
			r.Unchanged++
		}
		r.Files = append(r.Files, f)
	}
	r.OldScore, r.NewScore = mean(r.Files)
	return r, nil
}

// mean returns the mean scores of the journeys that both sides have.
func mean(files []File) (before, after *float64) {
	var a, b, n float64
	for _, f := range files {
		if f.OldScore != nil && f.NewScore != nil {
			a, b, n = a+*f.OldScore, b+*f.NewScore, n+1
		}
	}
	if n == 0 {
		return nil, nil
	}
	a, b = a/n, b/n
	return &a, &b
}

// comparison is what is known across files.
type comparison struct {
	told map[string]bool // the names of files that are compared themselves

	opened, closed map[place]bool // findings that were told already
}

// file compares one pair.
func (c *comparison) file(p pair) File {
	before, after := read(p.old), read(p.new)
	f := File{Path: p.path(), Added: p.old == nil, Removed: p.new == nil}
	if p.old != nil {
		f.OldPath = p.old.Path
	}
	f.Title = title(after)
	if f.Title == "" {
		f.Title = title(before)
	}
	f.broken(before, after)
	if before.sound() {
		f.OldScore = before.score()
	}
	if after.sound() {
		f.NewScore = after.score()
	}
	var renamed renamings
	if len(f.Broken) == 0 && !f.Added && !f.Removed {
		renamed = f.change(c, before, after)
		f.access(before, after, renamed)
	}
	f.Opened, f.Closed = c.findings(before, after, f.Broken, renamed)
	return f
}
