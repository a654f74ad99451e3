package convert

import (
	"bytes"
	"regexp"
)

// defraLook is how much of a text is looked at.
const defraLook = 64 << 10

// defraEntry is an outermost key with nothing after it, defraField a key below
// one. Ids may stand in quotes.
var (
	defraEntry = regexp.MustCompile(`^["']?[^\s"':#{}\[\],&*!|>%@-][^"':]*["']?:\s*(#.*)?$`)
	defraField = regexp.MustCompile(`^(\s+)([A-Za-z]+):(\s|$)`)
	defraPath  = regexp.MustCompile(`^\s+path:\s+["']?/`)
)

// defraIs reports whether a text is a journey map: most of its outermost
// entries have a path that begins with a slash, and say what follows or what
// handles them.
func defraIs(data []byte) bool {
	var all, pages int
	var path, way bool
	indent := ""
	count := func() {
		if path && way {
			pages++
		}
		path, way, indent = false, false, ""
	}
	for line := range bytes.Lines(data[:min(len(data), defraLook)]) {
		line = bytes.TrimRight(bytes.TrimPrefix(line, []byte("\xef\xbb\xbf")), "\r\n")
		switch m := defraField.FindSubmatch(line); {
		case len(bytes.TrimSpace(line)) == 0 || line[0] == '#' || bytes.HasPrefix(line, []byte("---")):
		case line[0] != ' ' && line[0] != '\t':
			count()
			all++
			if !defraEntry.Match(line) {
				all++ // a value or a list beside the keys: nothing that a map has
			}
		case m != nil && (indent == "" || string(m[1]) == indent):
			indent = string(m[1])
			path = path || defraPath.Match(line)
			way = way || defraWay[string(m[2])]
		}
	}
	count()
	return pages > 0 && 2*pages > all
}

// defraWay are the keys that say what follows a page, or what handles it.
var defraWay = map[string]bool{"next": true, "handlers": true, "route": true, "module": true}
