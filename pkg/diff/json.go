package diff

import (
	"io"

	"github.com/customer-corridor/corridor/pkg/gaps"
)

var jsonFormat = Format{
	Name:    "json",
	Summary: "one JSON object with all that changed, for programs",
	Write:   writeJSON,
}

// jsonReport is version 1 of the JSON format. Fields may be added to it; none
// changes its meaning or goes away. Files come in the order of their paths, and
// what is in them in the order of the new version; lists are never null.
type jsonReport struct {
	Version int    `json:"version"`
	Old     string `json:"old"` // as the user named it
	New     string `json:"new"`
	Verdict string `json:"verdict"` // a sentence for people
	// LostAccess, NewFindings and Incomplete are what the exit code is made
	// of. Where a version could not be analysed, LostAccess is what is known.
	LostAccess  bool       `json:"lostAccess"`
	NewFindings bool       `json:"newFindings"`
	Incomplete  bool       `json:"incomplete"`
	OldScore    *float64   `json:"oldScore"` // mean of the journeys that both sides have
	NewScore    *float64   `json:"newScore"`
	Unchanged   int        `json:"unchanged"` // files that are not listed
	Files       []jsonFile `json:"files"`
}

type jsonFile struct {
	Path     string       `json:"path"`
	OldPath  *string      `json:"oldPath"` // null for a new file
	State    string       `json:"state"`   // added | removed | moved | changed
	Title    string       `json:"title"`
	Broken   []jsonBroken `json:"broken"` // versions that could not be analysed
	OldScore *float64     `json:"oldScore"`
	NewScore *float64     `json:"newScore"`

	Lost   []jsonTurn `json:"lost"`
	Gained []jsonTurn `json:"gained"`
	Worse  []jsonTurn `json:"worse"`
	Better []jsonTurn `json:"better"`
	Gone   []jsonTurn `json:"gone"`
	New    []jsonTurn `json:"new"`

	Changes []jsonChange  `json:"changes"`
	Through []string      `json:"through"` // imported files whose changes are listed there
	Opened  []jsonFinding `json:"opened"`
	Closed  []jsonFinding `json:"closed"`
}

type jsonBroken struct {
	Side    string   `json:"side"` // old | new
	File    string   `json:"file"`
	Reasons []string `json:"reasons"`
}

// jsonTurn: the values of a side that has no such customer or need are null.
type jsonTurn struct {
	Customer     string     `json:"customer"`
	Need         string     `json:"need"`
	OldState     *string    `json:"oldState"` // open | blocked
	NewState     *string    `json:"newState"`
	OldOpenShare *float64   `json:"oldOpenShare"`
	NewOpenShare *float64   `json:"newOpenShare"`
	Doors        []jsonDoor `json:"doors"` // where they are stopped now
	Why          string     `json:"why"`   // the same as a sentence, or when they are late
}

type jsonDoor struct {
	Step    string   `json:"step"`
	Missing []string `json:"missing"`
}

type jsonChange struct {
	Kind string    `json:"kind"` // file | stage | capability | channel | department | customer | need | touchpoint | path
	ID   string    `json:"id"`
	From string    `json:"from,omitempty"` // the id before
	What string    `json:"what"`           // added | removed | changed | renamed
	Keys []jsonKey `json:"keys"`
}

// jsonKey: old and new are null where the key is not there.
type jsonKey struct {
	Key     string     `json:"key"`
	Old     *string    `json:"old"`
	New     *string    `json:"new"`
	Added   []string   `json:"added,omitempty"`   // of a list
	Removed []string   `json:"removed,omitempty"` // of a list
	Steps   []jsonStep `json:"steps,omitempty"`   // of a list whose order matters
}

type jsonStep struct {
	What  string `json:"what"` // added | removed | moved
	Step  string `json:"step"`
	After string `json:"after,omitempty"`
}

type jsonFinding struct {
	Rule     string `json:"rule"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Subject  string `json:"subject"`
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`   // from 1
	Column   int    `json:"column,omitempty"` // from 1, in code points
}

func writeJSON(w io.Writer, r *Report, _ Style) error {
	out := jsonReport{
		Version: 1, Old: r.Old, New: r.New, Verdict: r.Verdict(), LostAccess: r.LostAccess(), NewFindings: r.NewFindings(),
		Incomplete: r.Incomplete(), OldScore: r.OldScore, NewScore: r.NewScore, Unchanged: r.Unchanged, Files: []jsonFile{},
	}
	for i := range r.Files {
		if f := &r.Files[i]; f.Changed() {
			out.Files = append(out.Files, f.json())
		}
	}
	return gaps.EncodeJSON(w, out)
}

func (f *File) json() jsonFile {
	j := jsonFile{
		Path: f.Path, State: "changed", Title: f.Title, OldScore: f.OldScore, NewScore: f.NewScore, Through: append([]string{}, f.Through...),
		Broken: listed(f.Broken, jsonBrokenOf), Changes: listed(f.Changes, jsonChangeOf),
		Lost: listed(f.Lost, jsonBoth), Gained: listed(f.Gained, jsonBoth), Worse: listed(f.Worse, jsonBoth), Better: listed(f.Better, jsonBoth),
		Gone: listed(f.Gone, jsonGone), New: listed(f.New, jsonNew),
		Opened: listed(f.Opened, jsonFindingOf), Closed: listed(f.Closed, jsonFindingOf),
	}
	if !f.Added {
		j.OldPath = &f.OldPath
	}
	switch {
	case f.Added:
		j.State = Added
	case f.Removed:
		j.State = Removed
	case f.moved():
		j.State = Moved
	}
	return j
}

// listed maps a list to one that is never null.
func listed[T, J any](all []T, of func(T) J) []J {
	list := make([]J, len(all))
	for i, v := range all {
		list[i] = of(v)
	}
	return list
}

func jsonBrokenOf(b Broken) jsonBroken {
	side := "old"
	if b.New {
		side = "new"
	}
	return jsonBroken{side, b.Name, append([]string{}, b.Reasons...)}
}

func jsonBoth(t Turn) jsonTurn {
	before, after := jsonGone(t), jsonNew(t)
	after.OldState, after.OldOpenShare = before.OldState, before.OldOpenShare
	return after
}

func jsonGone(t Turn) jsonTurn {
	return jsonTurn{Customer: t.Customer.ID, Need: t.Need.ID, OldState: state(t.OldOpen), OldOpenShare: &t.OldShare, Doors: []jsonDoor{}}
}

func jsonNew(t Turn) jsonTurn {
	return jsonTurn{Customer: t.Customer.ID, Need: t.Need.ID, NewState: state(t.NewOpen), NewOpenShare: &t.NewShare,
		Doors: listed(t.Doors, func(d Door) jsonDoor { return jsonDoor{d.Step, append([]string{}, d.Missing...)} }), Why: gaps.Unmarked(t.Why)}
}

func state(open bool) *string {
	word := "blocked"
	if open {
		word = "open"
	}
	return &word
}

func jsonChangeOf(c Change) jsonChange {
	return jsonChange{c.Kind, c.ID, c.From, c.What, listed(c.Keys, jsonKeyOf)}
}

func jsonKeyOf(k Key) jsonKey {
	value := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	j := jsonKey{Key: k.Key, Old: value(k.Old), New: value(k.New), Added: k.Added, Removed: k.Removed}
	for _, s := range k.Steps {
		j.Steps = append(j.Steps, jsonStep(s))
	}
	return j
}

func jsonFindingOf(f Finding) jsonFinding {
	j := jsonFinding{Rule: f.Rule, Severity: f.Severity.String(), Message: f.Message, Subject: f.Subject}
	if !f.Span.IsZero() {
		from := f.Span.From()
		j.File, j.Line, j.Column = f.Span.File.Name, from.Line, from.Column
	}
	return j
}
