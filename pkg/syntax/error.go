package syntax

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// syntaxError reports text that is no YAML. yaml.v3 names the wrong line, or
// none, and never a column. The true place is where the longest prefix of the
// text that is YAML ends: everything up to there can still become a good
// file, nothing beyond it can.
func (r *reader) syntaxError(err error) {
	at := r.trueplace(err)
	text := r.file.Text
	if _, alias, found := strings.Cut(err.Error(), "unknown anchor '"); found {
		alias, _, _ = strings.Cut(alias, "'")
		at += max(0, bytes.Index(text[at:], []byte("*"+alias)))
	}
	r.salvage(r.lineStart(at))
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
func (r *reader) trueplace(err error) int {
	text, starts := r.file.Text, append(r.places.starts, len(r.file.Text))
	budget := 10 * MaxFileSize // bytes to parse at most, for the line and for the character each
	good := longest(len(starts)-1, toldLine(err), func(i int) bool { return parses(text[:starts[i]], &budget) })
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
	budget = 10 * MaxFileSize
	above := r.above(from, end, &budget)
	inside := !parses(closed(join(above, text[from:r.endOfLine(from)]), len(above)), &budget) // not just left open
	return ends[longest(len(ends)-1, 0, func(i int) bool {
		prefix := join(above, text[from:ends[i]])
		return parses(prefix, &budget) || inside && parses(closed(prefix, len(above)), &budget)
	})]
}

func join(a, b []byte) []byte { return append(a[:len(a):len(a)], b...) }

// toldLine returns the line that the YAML reader names, or 0. It may be wrong,
// but is a good place to look first.
func toldLine(err error) int {
	_, after, _ := strings.Cut(err.Error(), "line ")
	number, _, _ := strings.Cut(after, ":")
	line, _ := strconv.Atoi(number)
	return line
}

// above returns what must stand above a line for it to mean what it does: in
// a long file the lines that it is nested in, if it is as wrong below those;
// else all.
func (r *reader) above(from, end int, budget *int) []byte {
	text := r.file.Text
	if from < 1<<16 || bytes.IndexByte(text[from:end], '*') >= 0 {
		return text[:from]
	}
	nest := []byte{}
	indent := indentation(text[from:])
	for at := from; at > 0 && indent > 0; {
		start := r.lineStart(at - 1)
		line := text[start:at]
		if i := indentation(line); i < indent && len(bytes.TrimSpace(line)) > 0 && line[i] != '#' {
			nest, indent = append(bytes.Clone(line), nest...), i
		}
		at = start
	}
	if parses(nest, budget) && !parses(join(nest, text[from:end]), budget) {
		return nest
	}
	return text[:from]
}

func indentation(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

// closed returns a text with the brackets and quotes closed that its last
// line, which starts at from, leaves open; nil if there are none. What is
// wrong between brackets is thereby found inside them, and only what is never
// closed is found where it opens.
func closed(text []byte, from int) []byte {
	var open []byte
	for i := from; i < len(text); i++ {
		switch c := text[i]; c {
		case '[':
			open = append(open, ']')
		case '{':
			open = append(open, '}')
		case ']', '}':
			if n := len(open); n > 0 && open[n-1] == c {
				open = open[:n-1]
			}
		case '"', '\'':
			escape := byte('\\')
			if c == '\'' {
				escape = c
			}
			end := quotedEnd(text, i, c, escape)
			if end == len(text) && (end == i+1 || text[end-1] != c) {
				return nil // ends inside quotes
			}
			i = end - 1
		}
	}
	if len(open) == 0 {
		return nil
	}
	slices.Reverse(open)
	return append(bytes.Clone(text), open...)
}

// longest returns the greatest i in [0, most] for which good holds, or 0. It
// looks around guess first.
// Beyond the place of an error no prefix is good, before it most are, but not
// those that end inside brackets or quotes; so a binary search finds one
// boundary, and the search goes on behind it for as long as a later one is
// found nearby or by doubling steps.
func longest(most, guess int, good func(int) bool) int {
	best := around(most, guess, good)
	for {
		low, high := best, most+1 // low is good (or 0), high is beyond
		for step := 1; best > 0 && low+step < high; step *= 2 {
			if !good(low + step) {
				high = low + step
				break
			}
			low += step
		}
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

// around returns a place at or shortly before a guess for which good holds, or
// 0.
func around(most, guess int, good func(int) bool) int {
	for step := 0; step < 8; step++ {
		if at := min(guess, most) - step; at > 0 && good(at) {
			return at
		}
	}
	return 0
}

// parses reports whether a text is YAML. When the budget is used up, nothing
// is, so that the search ends.
func parses(text []byte, budget *int) (ok bool) {
	if text == nil {
		return false
	}
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

// hint explains one kind of syntax error. It fits where the reader's error
// contains err, the text of the line before the place ends with one of
// before, and the character at the place is one of first; empty fits all. In
// the sentences {first} stands for that character, {before} and {rest} for
// the text of the line on both sides.
type hint struct {
	err, first    string
	before        []string
	message, help string
}

// hints are tried in order; the last fits everything.
var hints = []hint{
	{err: "unknown anchor", message: "the alias `*{alias}` stands for nothing: no `&{alias}` comes before it", help: "In YAML a leading `*` is special; put the text in quotes."},
	{err: "unknown escape character", message: "in this text a `\\` stands before a character that it does not go with", help: "Write `\\\\` for a backslash, or put the text between single quotes."},
	{err: "expected ',' or", first: `"'`, message: "a `,` or the closing bracket was expected here", help: "Put commas between the entries; put text with special characters in quotes."},
	{err: "expected node content", first: ",", message: "nothing stands before this `,`", help: "Remove it, or write what is missing."},
	{first: `"'`, message: "the quote that opens here is not closed", help: "Close the quote with `{first}`."},
	{first: "[{", message: "the bracket `{first}` that opens here is not closed, or something in it is wrong", help: "Close it, and put commas between the entries."},
	{err: "expected ',' or", before: []string{":"}, message: "after this second `:` nothing can be understood", help: "Put the text after the first `:` in quotes, or a `,` before the next key."},
	{err: "expected ',' or", message: "a `,` or the closing bracket was expected here", help: "Put commas between the entries; put text with special characters in quotes."},
	{before: []string{`"`, "'"}, message: "text follows the closing quote", help: "Put all of the text between the quotes, and double a quote that is part of it."},
	{before: []string{"|", ">"}, message: "text follows the sign which says that the text begins on the next line", help: "Put the text on the next line, indented, or in quotes."},
	{err: "mapping values are not allowed", before: []string{": "}, message: "a second `:` on this line cannot be understood", help: "Put the text after the first `:` in quotes, or the next key on a line of its own."},
	{err: "mapping values are not allowed", message: "this line is indented like a part of the line above, which says something already", help: "Give it the same number of spaces as the lines it belongs to."},
	{first: "]}", message: "the bracket `{first}` closes nothing that is open", help: "Remove it, or put the text in quotes."},
	{first: "@%*&!", message: "a text cannot begin with `{first}`", help: "Put the text in quotes."},
	{first: "`", message: "a text cannot begin with a backquote", help: "Put the text in quotes."},
	{err: "control characters", message: "an unseen control character stands here", help: "Remove it; it was probably pasted along with the text."},
	{err: "could not find expected ':'", before: []string{":"}, message: "a space is missing after the `:`", help: "Write `{before} {rest}`."},
	{err: "could not find expected ':'", message: "a `key: value` was expected here; the `:` is missing", help: "Write `key: value`, with a space after the colon."},
	{err: "block sequence entries", message: "a list cannot begin on the line of its key", help: "Begin it on the next line, or write it between brackets: `[one, two]`."},
	{err: "did not find expected", message: "this line does not fit the lines above it: its indentation is that of none of them", help: "Give it the same number of spaces as the lines it belongs to."},
	{message: "the YAML here cannot be understood", help: "Look at the indentation, colons and quotes on this line and the one before."},
}

// explain turns an error of the YAML reader into a sentence for people.
// Before and rest are the text of the line before and from the place on.
func explain(err, before, rest string) (message, help string) {
	first, _ := utf8.DecodeRuneInString(rest)
	trimmed := strings.TrimSpace(before)
	if trimmed == "-" && first != ' ' {
		return "a space is missing after the `-` of this list entry", "Write `- " + rest + "`."
	}
	_, alias, _ := strings.Cut(err, "unknown anchor '")
	alias, _, _ = strings.Cut(alias, "'")
	words := strings.NewReplacer("{first}", string(first), "{before}", trimmed, "{rest}", rest, "{alias}", alias)
	for _, h := range hints {
		if h.fits(err, before, first) {
			return words.Replace(h.message), words.Replace(h.help)
		}
	}
	panic("the last hint fits everything")
}

func (h hint) fits(err, before string, first rune) bool {
	if !strings.Contains(err, h.err) || h.first != "" && !strings.ContainsRune(h.first, first) {
		return false
	}
	ends := func(end string) bool {
		if end == ": " { // anywhere: a key stands before
			return strings.Contains(before, end)
		}
		return strings.HasSuffix(strings.TrimSpace(before), end)
	}
	return len(h.before) == 0 || slices.ContainsFunc(h.before, ends)
}
