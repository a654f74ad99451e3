package report

import (
	"cmp"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// A label is a place to underline.
type label struct {
	place
	primary bool   // the place of the finding itself
	text    string // what is said about it; may be empty
}

// near is how many lines apart two places of a file may be to stand in one
// excerpt.
const near = 20

// excerpts groups the places of a finding: the first group has what is near
// its own place, each other place is a group of its own.
func excerpts(f finding.Finding) [][]label {
	var groups [][]label
	if p, ok := placeOf(f.Span); ok {
		groups = append(groups, []label{{place: p, primary: true}})
	}
	for _, r := range f.Related {
		p, ok := placeOf(r.Span)
		switch l := (label{place: p, text: r.Message}); {
		case !ok:
		case len(groups) > 0 && together(groups[0][0].place, p):
			groups[0] = append(groups[0], l)
		default:
			groups = append(groups, []label{l})
		}
	}
	return groups
}

func together(a, b place) bool {
	return a.file == b.file && max(a.from.Line-b.from.Line, b.from.Line-a.from.Line) <= near
}

// byLine splits labels into those of each line, from top to bottom and left to
// right.
func byLine(labels []label) [][]label {
	sorted := slices.Clone(labels)
	slices.SortStableFunc(sorted, func(a, b label) int {
		return cmp.Or(cmp.Compare(a.from.Line, b.from.Line), cmp.Compare(a.start, b.start))
	})
	lines := make([][]label, 0, len(sorted))
	for first := 0; first < len(sorted); {
		end := first + 1
		for end < len(sorted) && sorted[end].from.Line == sorted[first].from.Line {
			end++
		}
		lines = append(lines, sorted[first:end:end])
		first = end
	}
	return lines
}

// takeVisible splits the labels of a line into those that a view shows and
// those that need another view.
func takeVisible(v view, labels []label) (shown, rest []label) {
	for _, l := range labels {
		if v.shows(l.place) {
			shown = append(shown, l)
		} else {
			rest = append(rest, l)
		}
	}
	return shown, rest
}
