// Package pattern matches paths of files with patterns such as `drafts/**`,
// in the same way wherever a user may name files so.
package pattern

import (
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"golang.org/x/text/unicode/norm"
)

// Pattern is about files and folders. One without a slash is about names in
// any folder (`drafts`, `*.draft.yaml`), one with a slash about paths
// (`old/**`, `/drafts` for that one only). One that ends with a slash is
// about folders.
type Pattern struct {
	glob    string
	names   bool // is about the last name of a path, in any folder
	folders bool // is about folders only
}

// Parse reads a pattern; it returns false if it cannot be understood. Names
// are compared as Unicode NFC, as one file system writes an é or a آ in one
// piece and another in two.
func Parse(text string) (p Pattern, ok bool) {
	p.glob = norm.NFC.String(strings.TrimPrefix(text, "./"))
	p.glob, p.folders = strings.CutSuffix(p.glob, "/")
	p.names = !strings.Contains(p.glob, "/")
	p.glob = strings.TrimPrefix(p.glob, "/")
	return p, p.glob != "" && doublestar.ValidatePattern(p.glob)
}

// Cover reports whether one of the patterns is about a path or about a folder
// that it is in. The path is relative to where the patterns start from; what
// is above that is about nothing.
func Cover(patterns []Pattern, at string, folder bool) bool {
	for ; len(patterns) > 0 && at != "." && at != "/"; at, folder = path.Dir(at), true {
		if Match(patterns, at, folder) {
			return true
		}
	}
	return false
}

// Match reports whether one of the patterns is about this very path.
func Match(patterns []Pattern, at string, folder bool) bool {
	if len(patterns) == 0 {
		return false
	}
	at = norm.NFC.String(at)
	name := path.Base(at)
	if name == "." || name == ".." { // the folder that patterns start from, or one around it
		return false
	}
	return slices.ContainsFunc(patterns, func(p Pattern) bool {
		subject := at
		if p.names {
			subject = name
		}
		return (folder || !p.folders) && doublestar.MatchUnvalidated(p.glob, subject)
	})
}
