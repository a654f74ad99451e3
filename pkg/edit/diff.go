// Package edit changes texts: it makes the fixes of findings, and shows what a
// change does.
package edit

import "github.com/rogpeppe/go-internal/diff"

// Unified returns the change from one text to another as a unified diff;
// nothing if they are equal.
func Unified(name string, old, new []byte) []byte {
	return diff.Diff("a/"+name, old, "b/"+name, new)
}
