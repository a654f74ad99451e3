// Package edit changes texts and shows the changes.
package edit

import (
	"bytes"

	"github.com/rogpeppe/go-internal/diff"
)

// Unified returns what becomes of a text as a unified diff, with three lines
// around each change; nil if nothing changes. Both sides have the name, so that
// `patch -p0` applies it. It takes time in n log n of the lines.
func Unified(name string, old, new []byte) []byte {
	text := diff.Diff(name, old, name, new)
	_, text, _ = bytes.Cut(text, []byte("\n")) // diff's own line, `diff old new`
	if len(text) == 0 {
		return nil
	}
	return text
}
