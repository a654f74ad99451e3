package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// scalar writes a word or a text behind a key or a sign, which ends at a
// column: on its line, or on lines below it where it is long or has several.
func (p *printer) scalar(n *yaml.Node, indent, column int) {
	text := inline(n, false)
	if several := strings.Contains(n.Value, "\n"); (several || !fits(text, column+1)) && blockable(n) {
		sign, lines := blockOf(n.Value, pageWidth-indent)
		if several || len(lines) > 1 {
			p.lines(sign, lines, indent)
			return
		}
	}
	p.out.WriteString(" " + text + "\n")
}

// lines writes a text on lines of its own below a sign.
func (p *printer) lines(sign string, lines []string, indent int) {
	p.out.WriteString(" " + sign + "\n")
	for _, line := range lines {
		if line != "" {
			p.out.WriteString(spaces[:indent] + line)
		}
		p.out.WriteByte('\n')
	}
}

// blockable reports whether a text can stand on lines of its own: without
// escapes, and with no space at the ends of its lines, where it means something
// or gets lost.
func blockable(n *yaml.Node) bool {
	if n.Tag != "!!str" || strings.ContainsFunc(n.Value, func(c rune) bool { return c != '\n' && unprintable(c) }) {
		return false
	}
	text := strings.TrimSuffix(n.Value, "\n")
	for line := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(line) != line {
			return false
		}
	}
	return strings.Trim(text, "\n") == text && text != ""
}

// blockOf returns the lines of a text with the sign above them: as they are, or
// folded where one has too many columns.
func blockOf(text string, columns int) (sign string, lines []string) {
	said, ended := strings.CutSuffix(text, "\n")
	own := strings.Split(said, "\n")
	sign = "|"
	for i, line := range own {
		folded := fold(line, columns)
		if len(folded) > 1 {
			sign = ">"
		}
		if i > 0 && line != "" { // of several line breaks in a row a fold takes one
			lines = append(lines, "")
		}
		lines = append(lines, folded...)
	}
	if sign == "|" {
		lines = own
	}
	if !ended {
		sign += "-"
	}
	return sign, lines
}

// fold breaks a line at single spaces, so that its parts have so many columns,
// or as few as the words leave.
func fold(line string, columns int) (parts []string) {
	from, last := 0, -1 // where a part begins, and the last space in it
	long := func(end int) bool { return last >= 0 && width([]byte(line[from:end])) > columns }
	cut := func() {
		parts = append(parts, line[from:last])
		from, last = last+1, -1
	}
	for i := range len(line) {
		if line[i] != ' ' || line[i-1] == ' ' || line[i+1] == ' ' { // no line begins or ends with one
			continue
		}
		if long(i) {
			cut()
		}
		last = i
	}
	if long(len(line)) {
		cut()
	}
	return append(parts, line[from:])
}

// inline writes a scalar on one line: as it is where that is read as it is,
// else between quotes.
func inline(n *yaml.Node, flow bool) string {
	if n.Style&yaml.DoubleQuotedStyle != 0 || !unquoted(n.Value, flow) {
		return string(appendQuoted(nil, n.Value))
	}
	return n.Value
}

// unquoted reports whether a text needs no quotes. Between brackets their signs
// mean something.
func unquoted(s string, flow bool) bool {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	switch {
	case first == '-' && !unicode.IsLetter(second) && !unicode.IsDigit(second):
		return false
	case strings.ContainsRune("?:,[]{}#&*!|>'\"%@`<=~", first):
		return false
	}
	return strings.TrimSpace(s) == s && !strings.HasSuffix(s, ":") &&
		!strings.Contains(s, ": ") && !strings.Contains(s, " #") &&
		!strings.ContainsFunc(s, unprintable) && !(flow && strings.ContainsAny(s, ",[]{}?"))
}
