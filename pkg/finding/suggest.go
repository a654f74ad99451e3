package finding

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/source"
)

// Quote puts a word from a file between backquotes, cut to a readable length.
func Quote(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "…"
	}
	return "`" + s + "`"
}

// MaxCompared is how many names one stage of a check compares with misspelt
// ones: thousands of typing errors among thousands of names are no typing
// errors, and each would be compared with all.
const MaxCompared = 2_000_000

// DidYouMean returns a help line that offers the candidate nearest to a
// misspelt name, or nothing where none is near.
func DidYouMean(name string, candidates []string) string {
	if near := Nearest(name, candidates); near != "" {
		return "did you mean `" + near + "`?"
	}
	return ""
}

// Correct returns the help line of DidYouMean and, where one name alone is
// near and but for a letter or two the same, the fix that writes it.
func Correct(at source.Span, name string, candidates []string) (help string, fix *Fix) {
	best, others := near(name, candidates)
	if best.name == "" {
		return "", nil
	}
	if others == 0 && best.distance <= 2 {
		fix = rename(at, name, best.name)
	}
	return "did you mean `" + best.name + "`?", fix
}

// rename is the fix that writes another name at a place, or nil where the
// name does not stand there just once as it is.
func rename(at source.Span, from, to string) *Fix {
	i := strings.Index(at.Text(), from)
	if from == "" || i < 0 || i != strings.LastIndex(at.Text(), from) {
		return nil
	}
	at.Start += i
	at.End = at.Start + len(from)
	return &Fix{Title: "replace " + Quote(from) + " by " + Quote(to), Edits: []Edit{{Span: at, Text: to}}}
}

// Nearest returns the candidate with the fewest typing errors between it and
// the name, or "" where more than a third of the name would have to change.
// Of equally near candidates the first wins.
func Nearest(name string, candidates []string) string {
	best, _ := near(name, candidates)
	return best.name
}

// neighbour is a name, and how many typing errors it is away.
type neighbour struct {
	name     string
	distance int
}

// near returns the nearest candidate, and how many others are near too.
func near(name string, candidates []string) (best neighbour, others int) {
	typed := fold(name)
	limit := max(1, len(typed)/3)
	if len(typed) > 100 { // no name is that long; distance costs the square
		return neighbour{}, 0
	}
	best.distance = limit + 1
	for _, c := range candidates {
		word := fold(c)
		if c == name || c == best.name || len(word)-len(typed) > limit || len(typed)-len(word) > limit {
			continue
		}
		d := distance(typed, word)
		if d > limit || d >= len(typed) {
			continue
		}
		if best.name != "" {
			others++
		}
		if d < best.distance {
			best = neighbour{c, d}
		}
	}
	return best, others
}

// Typo reports whether a name is one typing error away from a candidate, so
// that it is hardly a name of its own.
func Typo(name string, candidates []string) bool {
	typed := fold(name)
	if len(typed) < 4 || len(typed) > 100 {
		return false
	}
	for _, c := range candidates {
		word := fold(c)
		if d := len(word) - len(typed); c != name && d >= -1 && d <= 1 && distance(typed, word) <= 1 {
			return true
		}
	}
	return false
}

// fold takes out what people mix up without noticing: case, hyphens,
// underscores and spaces.
func fold(s string) []rune {
	var out []rune
	for _, r := range strings.ToLower(s) {
		if r != '-' && r != '_' && !unicode.IsSpace(r) {
			out = append(out, r)
		}
	}
	return out
}

// distance counts insertions, deletions, substitutions and swaps of
// neighbours (optimal string alignment; Damerau 1964, Boytsov 2011).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(change, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
