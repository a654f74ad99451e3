package syntax

import (
	"bytes"
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// ErrFormat says that a file would not have kept its meaning, a comment or a
// word. It is always a mistake of Format.
var ErrFormat = errors.New("laid out anew, the file would not say the same")

// Format returns the text of a YAML file in its one layout: keys of the
// language in the order of its tables, and one way to indent and to space.
// Where lines begin and end stays with the author, as do comments, blank lines
// (one in a row), the order of what they named themselves, and every scalar as
// it is written. The text of a JSON file is returned as it is.
//
// The new text was parsed again: it means the same, or there is an error. The
// findings are why a file that cannot be read cannot be laid out either.
func Format(file *source.File) ([]byte, []finding.Finding, error) {
	if strings.EqualFold(path.Ext(file.Name), ".json") {
		return file.Text, nil, nil
	}
	before := parse(file)
	if unread := before.unread(); len(unread) > 0 {
		return nil, unread, nil
	}
	if before.root == nil || before.root.Kind != yaml.MappingNode {
		return file.Text, nil, nil // there is nothing to lay out
	}
	old := newLayout(file.Text)
	if !old.document(before.root) {
		return file.Text, nil, nil
	}
	text := old.result()
	if !old.lost && bytes.Equal(text, file.Text) || len(text) > MaxFileSize {
		return file.Text, nil, nil
	}
	if old.lost || !old.proves(before, source.New(file.Name, text)) {
		return nil, nil, ErrFormat
	}
	return text, nil, nil
}

// proves reports whether a new text says what the file says that was laid out:
// it is parsed, laid out and compared.
func (l *layout) proves(before reading, file *source.File) bool {
	after := parse(file)
	if after.root == nil || !before.same(after) {
		return false
	}
	again := newLayout(file.Text)
	return again.document(after.root) && !again.lost && sameComments(l, again) &&
		weight(l.text)-l.dropped == weight(file.Text)-again.dropped
}

// unread returns the findings because of which the file's meaning is not known.
func (r reading) unread() []finding.Finding {
	return slices.DeleteFunc(slices.Clone(r.findings), func(f finding.Finding) bool {
		return f.Rule != "invalid-yaml" && f.Rule != "unsupported-version"
	})
}

// same reports whether two readings say the same, in whatever layout.
func (r reading) same(o reading) bool {
	return sameNodes(r.root, o.root) && sameDocuments(r.doc, o.doc) && sameFindings(r.findings, o.findings)
}

// sameNodes compares nodes with all that is in them. It does not compare the
// order of keys, which sameDocuments does where it matters.
func sameNodes(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value || a.Tag != b.Tag || a.Style != b.Style || a.Anchor != b.Anchor || len(a.Content) != len(b.Content) {
		return false
	}
	if a.Kind == yaml.MappingNode {
		return slices.EqualFunc(pairsByKey(a), pairsByKey(b), func(x, y [2]*yaml.Node) bool {
			return sameNodes(x[0], y[0]) && sameNodes(x[1], y[1])
		})
	}
	return slices.EqualFunc(a.Content, b.Content, sameNodes)
}

// pairsByKey returns the keys and values of a mapping sorted by key; those of
// the same key stay in their order.
func pairsByKey(n *yaml.Node) [][2]*yaml.Node {
	all := make([][2]*yaml.Node, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		all = append(all, [2]*yaml.Node{n.Content[i], n.Content[i+1]})
	}
	slices.SortStableFunc(all, func(a, b [2]*yaml.Node) int { return strings.Compare(a[0].Value, b[0].Value) })
	return all
}

// sameDocuments compares what two files say. What was hidden in them, could not
// be read or is suppressed comes in the order of keys, which may have changed.
func sameDocuments(a, b *model.Document) bool {
	x, y := *a, *b
	for _, d := range []*model.Document{&x, &y} {
		d.File = nil
		d.Hidden, d.Unread = slices.Clone(d.Hidden), slices.Clone(d.Unread)
		slices.SortStableFunc(d.Hidden, func(a, b model.Hidden) int {
			return cmp.Or(strings.Compare(a.Subject, b.Subject), cmp.Compare(a.Value, b.Value))
		})
		slices.Sort(d.Unread)
		d.Suppressions = slices.Clone(d.Suppressions)
		slices.SortStableFunc(d.Suppressions, func(a, b *model.Suppression) int {
			return cmp.Or(strings.Compare(a.Subject, b.Subject), strings.Compare(a.List.Text(), b.List.Text()), strings.Compare(a.Reason, b.Reason))
		})
	}
	return model.Same(x, y)
}

// sameFindings compares findings wherever they are. Past the limit nobody
// knows which ones are missing.
func sameFindings(a, b []finding.Finding) bool {
	if len(a) > MaxFindings {
		return len(b) > MaxFindings
	}
	told := func(all []finding.Finding) []string {
		lines := make([]string, len(all))
		for i, f := range all {
			lines[i] = f.Rule + "\x00" + f.Subject + "\x00" + f.Message
		}
		slices.Sort(lines)
		return lines
	}
	return slices.Equal(told(a), told(b))
}

func sameComments(a, b *layout) bool {
	slices.Sort(a.comments)
	slices.Sort(b.comments)
	return slices.Equal(a.comments, b.comments)
}

// weight is a number that two texts share if they consist of the same
// characters, in any order, spaces and line breaks aside.
func weight(text []byte) (sum uint64) {
	for _, c := range string(text) {
		if !layoutRune(c) {
			sum += weightOf(c)
		}
	}
	return sum
}

// weightOf spreads the characters over all numbers (the finalizer of
// SplitMix64), so that no few of them add up to others.
func weightOf(c rune) uint64 {
	z := (uint64(c) + 1) * 0x9E3779B97F4A7C15
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// layoutRune reports whether a character is one of layout: a space or a line
// break of YAML.
func layoutRune(c rune) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029
}

// newlineOf returns the line break of a text: CR LF where it has no other,
// else LF.
func newlineOf(text []byte) string {
	pairs := bytes.Count(text, []byte("\r\n"))
	if pairs > 0 && pairs == bytes.Count(text, []byte("\n")) && pairs == bytes.Count(text, []byte("\r")) {
		return "\r\n"
	}
	return "\n"
}
