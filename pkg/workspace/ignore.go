package workspace

import (
	"bytes"
	"strings"

	"github.com/customer-corridor/corridor/pkg/source"
)

// ignoreRules are the lines of one ignore file, read as gitignore(5) says and
// as git does, byte by byte. Nil ignores nothing.
type ignoreRules struct {
	outer    *ignoreRules // of the folders above; what an inner file says goes first
	base     string       // the folder that the lines are about
	patterns []ignorePattern
}

// ignorePattern is one line of an ignore file.
type ignorePattern struct {
	again   bool   // not to be ignored after all: a line with `!`
	folders bool   // is about folders only
	names   bool   // is about the last name of a path, in any folder below
	prefix  string // what comes before the first wildcard
	glob    glob   // the rest
}

// match reports whether the rules ignore a path below their folder. It asks
// nothing about the folders that the path is in: who walks does not enter an
// ignored one.
func (r *ignoreRules) match(path string, folder bool) bool {
	name := path[strings.LastIndexByte(path, '/')+1:]
	for ; r != nil; r = r.outer {
		below := path
		if r.base != "." {
			below = path[len(r.base)+1:]
		}
		for i := len(r.patterns) - 1; i >= 0; i-- { // the last line wins
			if p := &r.patterns[i]; p.match(below, name, folder) {
				return !p.again
			}
		}
	}
	return false
}

func (p *ignorePattern) match(below, name string, folder bool) bool {
	if p.folders && !folder {
		return false
	}
	if p.names {
		below = name
	}
	rest, ok := strings.CutPrefix(below, p.prefix)
	return ok && p.glob.match(rest)
}

// maxIgnoreLine is the length in bytes of the longest line of an ignore file
// that counts. No path is longer, and hostile lines cost no time.
const maxIgnoreLine = 4096

// parseIgnore reads the lines of an ignore file, without those that match
// nothing.
func parseIgnore(text []byte) []ignorePattern {
	var patterns []ignorePattern
	for line := range bytes.SplitSeq(bytes.TrimPrefix(text, source.BOM), []byte("\n")) {
		line, _, _ = bytes.Cut(bytes.TrimSuffix(line, []byte("\r")), []byte{0})
		if len(line) == 0 || len(line) > maxIgnoreLine || line[0] == '#' {
			continue
		}
		if p, ok := parseIgnoreLine(trimSpaces(string(line))); ok {
			patterns = append(patterns, p)
		}
	}
	return patterns
}

func parseIgnoreLine(line string) (p ignorePattern, ok bool) {
	line, p.again = strings.CutPrefix(line, "!")
	line, p.folders = strings.CutSuffix(line, "/")
	p.names = !strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	p.prefix = line
	if i := strings.IndexAny(line, `*?[\`); i >= 0 {
		p.prefix = line[:i]
	}
	p.glob, ok = parseGlob(line[len(p.prefix):])
	return p, ok && line != ""
}

// trimSpaces removes the spaces at the end of a line, but for one after a
// backslash.
func trimSpaces(line string) string {
	end := 0
	for i := 0; i < len(line); i++ {
		if line[i] == '\\' {
			i++
		} else if line[i] == ' ' {
			continue
		}
		end = min(i+1, len(line))
	}
	return line[:end]
}

// glob is a pattern with wildcards, in parts.
type glob []globPart

type globPart struct {
	kind globKind
	text string     // of literal
	set  *[256]bool // of oneOf
}

type globKind int

const (
	literal       globKind = iota // the text itself
	oneOf                         // one byte of a set
	star                          // `*`: anything within one name
	starStar                      // `**` at the end: anything
	starStarSlash                 // `**/`: nothing, or anything up to a slash
)

// anyByte is the set of `?`.
var anyByte = setOf(func(b byte) bool { return b != '/' })

func setOf(has func(b byte) bool) *[256]bool {
	var set [256]bool
	for b := range set {
		set[b] = has(byte(b))
	}
	return &set
}

// parseGlob returns the parts of a pattern. It is false for one that matches
// nothing, since something in it is not closed.
func parseGlob(pattern string) (g glob, ok bool) {
	for i := 0; i < len(pattern); {
		var p globPart
		n := 1
		switch pattern[i] {
		case '*':
			p.kind, n = stars(pattern, i)
		case '?':
			p = globPart{kind: oneOf, set: anyByte}
		case '[':
			p.kind = oneOf
			p.set, n = parseSet(pattern[i:])
		case '\\':
			if i++; i == len(pattern) {
				return nil, false
			}
			p.text = pattern[i : i+1]
		default:
			p.text = pattern[i : i+1]
		}
		if n == 0 {
			return nil, false
		}
		g = g.with(p)
		i += n
	}
	return g, true
}

// with returns the parts with another one, literal text in one piece.
func (g glob) with(p globPart) glob {
	if last := len(g) - 1; p.kind == literal && last >= 0 && g[last].kind == literal {
		g[last].text += p.text
		return g
	}
	return append(g, p)
}

// stars returns what the stars at i stand for and how long they are. Two or
// more are special only between slashes. As with git, the text before the
// first wildcard of a line does not count here: `a**/b` is one of those.
func stars(pattern string, i int) (globKind, int) {
	n := len(pattern[i:]) - len(strings.TrimLeft(pattern[i:], "*"))
	rest := pattern[i+n:]
	switch {
	case n == 1 || i > 0 && pattern[i-1] != '/':
		return star, n
	case strings.HasPrefix(rest, "/"):
		return starStarSlash, n + 1
	case rest == "" || strings.HasPrefix(rest, `\/`):
		return starStar, n
	}
	return star, n
}

// retry is where matching goes on after a failure: with the part after a
// star, farther on in the name. The zero retry is of no star.
type retry struct {
	kind     globKind
	part, at int
}

// match reports whether the pattern matches the whole name. Only the last
// star of a kind is tried again: an earlier one that took more would leave
// nothing that the last one cannot reach.
func (g glob) match(name string) bool {
	var inName, inPath retry
	for part, at := 0, 0; part < len(g) || at < len(name); {
		var p globPart // empty text when all parts are used up: matches nothing
		if part < len(g) {
			p = g[part]
		}
		n := p.length(name[at:])
		switch {
		case p.kind == star:
			part++
			inName = retry{p.kind, part, at}
		case p.kind > star:
			part++
			inName, inPath = retry{}, retry{p.kind, part, at}
		case n > 0:
			part, at = part+1, at+n
		case inName.stretch(name):
			part, at = inName.part, inName.at
		case inPath.stretch(name):
			part, at, inName = inPath.part, inPath.at, retry{}
		default:
			return false
		}
	}
	return true
}

// length returns how much of the beginning of a text a part without stars
// matches: 0 if it does not.
func (p *globPart) length(text string) int {
	if p.kind == oneOf {
		if text != "" && p.set[text[0]] {
			return 1
		}
		return 0
	}
	if strings.HasPrefix(text, p.text) {
		return len(p.text)
	}
	return 0
}

// stretch lets a star take as little more as it can, and reports whether it
// can.
func (r *retry) stretch(name string) bool {
	step := 1
	switch {
	case r.part == 0 || r.at == len(name) || r.kind == star && name[r.at] == '/':
		return false
	case r.kind == starStarSlash:
		step = strings.IndexByte(name[r.at:], '/') + 1
	}
	r.at += step
	return step > 0
}

// classes are the names that may stand in `[[:name:]]`.
var classes = map[string]func(b byte) bool{
	"alnum":  func(b byte) bool { return isLower(b|0x20) || isDigit(b) },
	"alpha":  func(b byte) bool { return isLower(b | 0x20) },
	"blank":  func(b byte) bool { return b == ' ' || b == '\t' },
	"cntrl":  func(b byte) bool { return b < ' ' || b == 0x7f },
	"digit":  isDigit,
	"graph":  func(b byte) bool { return ' ' < b && b < 0x7f },
	"lower":  isLower,
	"print":  func(b byte) bool { return ' ' <= b && b < 0x7f },
	"punct":  func(b byte) bool { return ' ' < b && b < 0x7f && !isLower(b|0x20) && !isDigit(b) },
	"space":  func(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' },
	"upper":  func(b byte) bool { return 'A' <= b && b <= 'Z' },
	"xdigit": func(b byte) bool { return isDigit(b) || 'a' <= b|0x20 && b|0x20 <= 'f' },
}

func isLower(b byte) bool { return 'a' <= b && b <= 'z' }
func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// parseSet reads a `[…]` at the beginning of a pattern and returns its length
// too, 0 if it is not closed. No set has the slash.
func parseSet(pattern string) (set *[256]bool, length int) {
	set = new([256]bool)
	i := 1
	negated := i < len(pattern) && (pattern[i] == '!' || pattern[i] == '^')
	if negated {
		i++
	}
	for first := i; i < len(pattern); {
		if pattern[i] == ']' && i > first {
			for b := range set {
				set[b] = set[b] != negated && b != '/'
			}
			return set, i + 1
		}
		n := addToSet(set, pattern[i:])
		if n == 0 {
			break
		}
		i += n
	}
	return nil, 0
}

// addToSet adds what a part of `[…]` stands for: a character, a range of
// them, or a named class. It returns the length of the part, 0 for one that
// nothing matches.
func addToSet(set *[256]bool, pattern string) int {
	if inner, ok := strings.CutPrefix(pattern, "[:"); ok {
		end := strings.IndexByte(inner, ']')
		if end < 0 {
			return 0
		}
		if end > 0 && inner[end-1] == ':' {
			has := classes[inner[:end-1]]
			if has == nil {
				return 0
			}
			for b := range set {
				set[b] = set[b] || has(byte(b))
			}
			return len("[:") + end + 1
		}
	}
	low, n := setByte(pattern)
	if n == 0 {
		return 0
	}
	high := low
	if rest := pattern[n:]; len(rest) > 1 && rest[0] == '-' && rest[1] != ']' {
		last, m := setByte(rest[1:])
		if m == 0 {
			return 0
		}
		high, n = last, n+1+m
	}
	set[low] = true // a range that runs backwards still has its first one
	for b := int(low); b <= int(high); b++ {
		set[b] = true
	}
	return n
}

// setByte returns the character that a part of `[…]` begins with, and the
// length it is written in.
func setByte(pattern string) (b byte, length int) {
	switch {
	case pattern == "", pattern == `\`:
		return 0, 0
	case pattern[0] == '\\':
		return pattern[1], 2
	}
	return pattern[0], 1
}
