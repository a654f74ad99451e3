// Package gaps tells in words what the analysis of access found: who gets
// through, who is stopped where, and what opens the way. It only tells; what
// is true is decided by pkg/access.
//
// Journey files are foreign text: what stands in one commands no terminal,
// and its direction does not move what stands beside it.
package gaps

import (
	"cmp"
	"io"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/report"
)

// Report is what is to be told.
type Report struct {
	File   string // as the user named it
	Result *access.Result
	// Cells are those of the result that are told, in its order. Score and
	// joint repair are those of all cells.
	Cells []access.Cell
	// Filtered says that some cells are left out.
	Filtered bool

	// At is the moment at which the need arises, a minute of the week from
	// Monday at 00:00; negative tells of the whole week.
	At int
	// Without are the outages that the result assumes, and Usual is the
	// result without them; nil where there are none.
	Without []access.Outage
	Usual   *access.Result
	// Hours asks for the week, hour by hour.
	Hours bool
	// Ways are the fastest ways of late cells, among which that of a certain
	// hour is looked for; there may be none.
	Ways []access.Ways
}

// WaysAtHours is how many ways of a cell are worth looking at for that of a
// certain hour.
const WaysAtHours = 100

// waysOf returns the ways that are known of a cell, its own first.
func (r Report) waysOf(c access.Cell) [][]int {
	all := [][]int{c.Way}
	for _, w := range r.Ways {
		if w.Customer == c.Customer && w.Need == c.Need {
			for _, way := range w.Best {
				all = append(all, way.Steps)
			}
		}
	}
	return all
}

// Style says how a format for people may look.
type Style = report.Style

// Format is one way to write what was found.
type Format struct {
	Name    string
	Summary string // one line for the help, without a final period
	// Write writes the report. Formats for machines ignore the style. Errors
	// are those of the writer.
	Write func(io.Writer, Report, Style) error
}

// Formats lists all formats; the first is the default.
var Formats = []Format{prettyFormat, jsonFormat, markdownFormat}

// FormatNamed returns the format of that name.
func FormatNamed(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

// NewlyLockedOut returns the cells that are open in the usual result and
// blocked under the outages.
func (r Report) NewlyLockedOut() []access.Cell {
	if r.Usual == nil {
		return nil
	}
	open := map[[2]string]bool{}
	for _, c := range r.Usual.Cells {
		open[key(c)] = c.Open
	}
	var all []access.Cell
	for _, c := range r.Cells {
		if !c.Open && open[key(c)] {
			all = append(all, c)
		}
	}
	return all
}

func key(c access.Cell) [2]string { return [2]string{c.Customer.ID.Value, c.Need.ID.Value} }

// compareCost orders costs by time, then effort.
func compareCost(a, b access.Cost) int {
	return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.Effort, b.Effort))
}
