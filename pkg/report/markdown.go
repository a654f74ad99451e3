package report

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/finding"
)

var markdownFormat = Format{
	Name:    "markdown",
	Summary: "Markdown, for a comment on a change or the summary of a job",
	Write:   writeMarkdown,
	Whole:   true,
}

// A comment on GitHub takes 65,536 characters and is not read to its end
// anyway, so a report has its limits.
const (
	mostInMarkdown   = 60     // findings
	mostProblems     = 10     // of what could not be checked
	mostCharacters   = 40_000 // of what is said about findings
	mostParagraphs   = 5      // of a finding
	mostInAParagraph = 300    // characters
)

var marks = map[finding.Severity]string{finding.Error: "❌", finding.Warning: "⚠️", finding.Note: "ℹ️"}

func writeMarkdown(w io.Writer, r Report, _ Style) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%s\n", r.headline(), Markdown(shortened(r.Verdict())))
	if len(r.Findings) > 0 {
		errors, warnings, notes := finding.Count(r.Findings)
		b.WriteString("\n| Errors | Warnings | Notes | Files |\n|---:|---:|---:|---:|\n")
		fmt.Fprintf(&b, "| %d | %d | %d | %d |\n", errors, warnings, notes, r.Files)
	}
	writeProblems(&b, r.Problems)
	writeSelection(&b, r)
	_, err := io.WriteString(w, b.String())
	return err
}

// headline is the verdict in a few words. A check that is not complete never
// gets the sign of a good one.
func (r Report) headline() string {
	switch {
	case r.Fails():
		return "❌ corridor: failed"
	case !r.complete():
		return "⚠️ corridor: not everything could be checked"
	case r.Files == 0 && len(r.Findings) == 0:
		return "⚠️ corridor: no files were checked"
	case len(r.Findings) == 0:
		return "✅ corridor: no " + r.others()
	}
	return "✅ corridor: passed"
}

func writeProblems(b *strings.Builder, problems []string) {
	if len(problems) == 0 {
		return
	}
	b.WriteString("\n### Not checked\n\n")
	for _, p := range problems[:min(len(problems), mostProblems)] {
		b.WriteString("- " + Markdown(shortened(p)) + "\n")
	}
	if more := len(problems) - mostProblems; more > 0 {
		fmt.Fprintf(b, "\n… and %s; the log of the check has all.\n", plural(more, "more problem"))
	}
}

// writeSelection writes the findings that there is room for, file by file.
func writeSelection(b *strings.Builder, r Report) {
	selected := selection(r)
	last := ""
	for i, f := range r.Findings {
		if selected[i] == "" {
			continue
		}
		if heading := markdownHeading(f); heading != last {
			b.WriteString(heading)
			last = heading
		}
		b.WriteString(selected[i])
	}
	if more := len(r.Findings) - len(selected); more > 0 {
		fmt.Fprintf(b, "\n… and %s; the log of the check has all.\n", plural(more, "more finding"))
	}
}

// selection returns the findings to show, by their indexes, as Markdown: the
// heaviest, and of equal ones the first.
func selection(r Report) map[int]string {
	known := map[string]bool{}
	for _, rule := range r.Rules {
		known[rule.ID] = true
	}
	selected := map[int]string{}
	size := 0
	for _, s := range finding.Severities {
		for i, f := range r.Findings {
			if f.Severity != s {
				continue
			}
			entry := markdownEntry(f, known[f.Rule])
			size += utf8.RuneCountInString(entry + markdownHeading(f))
			if len(selected) == mostInMarkdown || size > mostCharacters {
				return selected
			}
			selected[i] = entry
		}
	}
	return selected
}

// markdownHeading is that of a finding's file.
func markdownHeading(f finding.Finding) string {
	if f.Span.IsZero() {
		return "\n### In general\n\n"
	}
	return "\n### " + code(shortened(f.Span.File.Name)) + "\n\n"
}

// markdownEntry is a finding in a list. A rule of the program is a link to its
// document.
func markdownEntry(f finding.Finding, known bool) string {
	entry := "- " + marks[f.Severity] + " **" + f.Severity.String() + "**"
	if p, ok := placeOf(f.Span); ok {
		entry += " " + code(p.under(shortened(p.file.Name)))
	}
	all := paragraphs(f)
	entry += " " + Markdown(shortened(all[0]))
	if rule := code(shortened(f.Rule)); known {
		entry += " [" + rule + "](" + page(f.Rule) + ")"
	} else {
		entry += " (" + rule + ")"
	}
	for _, p := range all[1:min(len(all), mostParagraphs)] {
		entry += "  \n  " + Markdown(shortened(p))
	}
	return entry + "\n"
}

// shortened cuts a text to a length at which it can be read.
func shortened(text string) string {
	runes := []rune(Visible(text))
	if len(runes) <= mostInAParagraph {
		return string(runes)
	}
	return string(runes[:mostInAParagraph-1]) + "…"
}

// Markdown returns a text as Markdown that shows it, as a paragraph, in a list,
// a heading or a cell of a table. What stands between backquotes is shown as
// code; nothing else in it is markup, mentions somebody, refers to something
// or becomes a link.
func Markdown(text string) string {
	parts := strings.Split(strings.TrimSpace(Visible(text)), "`")
	var b strings.Builder
	b.WriteString(plainMarkdown(parts[0], true))
	for i := 1; i < len(parts); i++ {
		switch last := i == len(parts)-1; {
		case last: // a backquote that has no second one
			b.WriteString("\\`" + plainMarkdown(parts[i], false))
		default:
			b.WriteString(code(parts[i]))
			i++
			b.WriteString(plainMarkdown(parts[i], false))
		}
	}
	return b.String()
}

// code shows a name as code. In a code span nothing is markup but its end and,
// in a table, a bar; names with them are written as HTML.
func code(name string) string {
	name = Visible(name)
	if name == "" || name != strings.TrimSpace(name) || strings.ContainsAny(name, "`|") {
		return "<code>" + plainMarkdown(name, false) + "</code>"
	}
	return "`" + name + "`"
}

// apart is written between two characters that must not be read together, as
// in @name or #12. Readers see nothing of it.
const apart = "&#8203;"

// plainMarkdown escapes a text that has no code in it. At the start of a
// paragraph a dash or a number can be markup too.
func plainMarkdown(text string, atStart bool) string {
	runes := []rune(text)
	mark := -1
	if atStart {
		mark = blockMark(runes)
	}
	var b strings.Builder
	for i, r := range runes {
		if i == mark {
			b.WriteByte('\\')
		}
		if r == '.' && endsIn(runes[:i], "www") {
			b.WriteString(apart)
		}
		b.WriteString(escapes.Replace(string(r)))
		if isSigil(runes[:i], r) && startsWord(runes[i+1:]) && !(r == ':' && startsTime(runes[i+1:])) {
			b.WriteString(apart)
		}
	}
	return b.String()
}

var escapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "~", `\~`, "#", `\#`, "$", `\$`,
	"[", `\[`, "]", `\]`, "|", `\|`, "<", "&lt;", ">", "&gt;", "&", "&amp;",
)

// blockMark returns the index of what would begin a list, an underline or a
// quick action of GitLab; -1 where there is nothing of that kind.
func blockMark(text []rune) int {
	i := 0
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	marks := ".)"
	if i == 0 {
		marks = "+-=/"
	}
	if i < len(text) && strings.ContainsRune(marks, text[i]) {
		return i
	}
	return -1
}

// isSigil reports whether what follows a character could be read as a mention,
// a reference, an address or an emoji on GitHub or GitLab.
func isSigil(before []rune, r rune) bool {
	return strings.ContainsRune("@#!$%&~:", r) || r == '-' && endsIn(before, "gh")
}

func startsWord(text []rune) bool { return len(text) > 0 && inWord(text[0]) }

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(`"_/+-`, r)
}

// startsTime reports whether a text starts with a number that is no part of a
// name, as that behind the colon in 8:30, so that it can stay as people copy it.
func startsTime(text []rune) bool {
	i := 0
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	return i > 0 && (i == len(text) || text[i] != ':' && !inWord(text[i]))
}

// endsIn reports whether a text ends in a word of small letters, in either case.
func endsIn(text []rune, word string) bool {
	start := len(text) - len(word)
	return start >= 0 && strings.EqualFold(string(text[start:]), word)
}
