package finding

import (
	"strings"
	"unicode"
	"unicode/utf8"
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

// Nearest returns the candidate with the fewest typing errors between it and
// the name, or "" where more than a third of the name would have to change.
// Of equally near candidates the first wins.
func Nearest(name string, candidates []string) string {
	typed := fold(name)
	limit := max(1, len(typed)/3)
	if len(typed) > 100 { // no name is that long; distance costs the square
		return ""
	}
	best, nearest := limit+1, ""
	for _, c := range candidates {
		word := fold(c)
		if c == name || len(word)-len(typed) > limit || len(typed)-len(word) > limit {
			continue
		}
		if d := distance(typed, word); d < best && d < len(typed) {
			best, nearest = d, c
		}
	}
	return nearest
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
