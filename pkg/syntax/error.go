package syntax

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// syntaxError reports text that is no YAML. yaml.v3 names the wrong line, or
// none, and never a column. The true place is where the longest prefix of the
// text that is YAML ends: everything up to there can still become a good
// file, nothing beyond it can.
func (r *reader) syntaxError(err error) {
	at := r.trueplace()
	text := r.file.Text
	line := text[r.lineStart(at):r.endOfLine(at)]
	if i := tabIndent(line); i >= 0 && strings.TrimSpace(string(line[:at-r.lineStart(at)])) == "" {
		at = r.lineStart(at) + i
		r.report("invalid-yaml", r.to(at, at+1), "a tab stands in the indentation; YAML is indented with spaces", "Replace the tab by spaces.")
		return
	}
	message, help := explain(err.Error(), string(line[:at-r.lineStart(at)]), string(text[at:r.endOfLine(at)]))
	_, n := utf8.DecodeRune(text[at:])
	r.report("invalid-yaml", r.to(at, at+n), message, help)
}

func (r *reader) lineStart(at int) int {
	return bytes.LastIndexAny(r.file.Text[:at], "\n\r") + 1
}

// tabIndent returns where a tab stands before the first word of a line, or -1.
func tabIndent(line []byte) int {
	indent := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
	return bytes.IndexByte(indent, '\t')
}

// trueplace returns the offset of a syntax error: first the line, then the
// character in it.
func (r *reader) trueplace() int {
	text, starts := r.file.Text, append(r.places.starts, len(r.file.Text))
	budget := 40 * MaxFileSize // bytes to parse at most
	good := longest(len(starts)-1, func(i int) bool { return parses(text[:starts[i]], &budget) })
	from, end := starts[good], len(text)
	if good+1 < len(starts) {
		end = starts[good+1]
	}
	var ends []int // of the characters of the line
	for at := from; at < end && len(ends) < 2000; {
		ends = append(ends, at)
		_, n := utf8.DecodeRune(text[at:])
		at += n
	}
	if len(ends) == 0 {
		return from
	}
	return ends[longest(len(ends)-1, func(i int) bool { return parses(text[:ends[i]], &budget) })]
}

// longest returns the greatest i in [0, most] for which good holds, or 0.
// Beyond the place of an error no prefix is good, before it most are, but not
// those that end inside brackets or quotes; so a binary search finds one
// boundary, and the search goes on behind it for as long as a later one is
// found nearby or by doubling steps.
func longest(most int, good func(int) bool) int {
	best := 0
	for {
		low, high := best, most+1 // low is good (or 0), high is beyond
		for high-low > 1 {
			if mid := (low + high) / 2; good(mid) {
				low = mid
			} else {
				high = mid
			}
		}
		best = low
		next := 0
		for step := 1; best+step <= most; step += max(1, step/8) {
			if good(best + step) {
				next = best + step
				break
			}
		}
		if next == 0 {
			return best
		}
		best = next
	}
}

// parses reports whether a text is YAML. When the budget is used up, nothing
// is, so that the search ends.
func parses(text []byte, budget *int) (ok bool) {
	if *budget -= len(text) + 100; *budget < 0 {
		return false
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	for {
		if _, err := decodeNode(decoder); err != nil {
			return err.Error() == "EOF"
		}
	}
}

// explain turns an error of the YAML reader into a sentence for people.
// Before and rest are the text of the line before and from the place on.
func explain(err, before, rest string) (message, help string) {
	first, _ := utf8.DecodeRuneInString(rest)
	before = strings.TrimSpace(before)
	switch {
	case strings.HasSuffix(before, `"`) || strings.HasSuffix(before, "'"):
		return "text follows the closing quote", "Put all of the text between the quotes."
	case before == "-" && first != ' ':
		return "a space is missing after the `-` of this list entry", "Write `- " + rest + "`."
	case strings.Contains(err, "unknown anchor"):
		name := strings.Fields(strings.TrimLeft(rest, "* ") + " ?")[0]
		return "the alias `*" + name + "` stands for nothing: no `&" + name + "` comes before it", "In YAML a leading `*` is special; put the text in quotes."
	case strings.Contains(err, "mapping values are not allowed"):
		return "a second `:` on this line cannot be understood", "Put the text after the first `:` in quotes, or the next key on a line of its own."
	case first == '"' || first == '\'':
		return "the quote that opens here is not closed, or text follows it", "Close the quote with `" + string(first) + "`, and let nothing follow it on the line."
	case first == '[' || first == '{':
		return fmt.Sprintf("the bracket `%c` that opens here is not closed, or something in it is wrong", first), "Close it, and put commas between the entries."
	case strings.ContainsRune("]}", first) && first != 0:
		return fmt.Sprintf("the bracket `%c` closes nothing that is open", first), "Remove it, or put the text in quotes."
	case strings.ContainsRune("@`%", first) && first != 0:
		return fmt.Sprintf("a text cannot begin with `%c`", first), "Put the text in quotes."
	case strings.Contains(err, "control characters"):
		return "an unseen control character stands here", "Remove it; it was probably pasted along with the text."
	case strings.Contains(err, "did not find expected key"), strings.Contains(err, "block collection"), strings.Contains(err, "block mapping"), strings.Contains(err, "did not find expected '-' indicator"):
		return "this line does not fit the lines above it: its indentation is that of none of them", "Give it the same number of spaces as the lines it belongs to."
	case strings.Contains(err, "could not find expected ':'"):
		return "a `key: value` was expected here; the `:` is missing", "Write `key: value`, with a space after the colon."
	case strings.Contains(err, "tag"):
		return "the tag that begins with `!` here is not understood", "In YAML a leading `!` is special; put the text in quotes."
	case strings.Contains(err, "the reader failed"):
		return "the YAML here cannot be read", "Write this line in a simpler way, with the text in quotes."
	}
	reason := err[strings.LastIndex(err, ": ")+1:]
	return "this is not valid YAML: " + strings.TrimSpace(reason), "Look at the indentation, colons and quotes on this line and the one before."
}
