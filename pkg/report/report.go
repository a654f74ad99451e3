// Package report writes findings for readers: people at a terminal, editors,
// scripts and code hosts. It only formats; what is reported and in which
// order is decided by the caller.
//
// Journey files are foreign text. No format lets a character of a file, a
// name or a message command the terminal or the machine that reads the
// report: see [Visible].
package report

import (
	"cmp"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// Report is what one run of the checker has to say.
type Report struct {
	Files    int  // how many files were looked at
	Complete bool // false when something could not be checked
	Findings []finding.Finding
	// FailLevel is one of FailLevels: the lightest severity that makes the
	// check fail. Empty means error.
	FailLevel string
	// Problems says what could not be checked and is no finding, such as a
	// file that cannot be read. A report with problems is never complete.
	Problems []string
	// Aside are phrases that say what was found and set aside, so that it is
	// not among the findings: "2 suppressed by comments".
	Aside []string
	// Names are those of the files that were looked at, in their order, for
	// formats that list files without findings too; nil: only Files is known.
	Names []string
	// Below is where names of files begin, seen from the top of the repository
	// from which code hosts know them: "" or "journeys/".
	Below string
	// Rules are those that were on, in their order.
	Rules []Rule
	// Version is that of the program.
	Version string
}

// Rule is a rule as reports speak of it.
type Rule struct {
	finding.Descriptor
	Document string // its documentation, as Markdown
}

// FailLevels lists the values of Report.FailLevel. Each severity includes the
// heavier ones; the first is the default.
var FailLevels = []string{"error", "warning", "note", "never"}

// Style says how a format for people may look. The zero Style is plain text
// of 100 columns that is right everywhere.
type Style struct {
	Color bool // 16 ANSI colours
	Width int  // columns of the terminal; 0 means 100
	// Bidi allows invisible direction marks, for terminals that show right
	// to left text right to left: names of such text are isolated from
	// their sentence, and underlined text is kept above its underline.
	Bidi bool
}

func (s Style) width() int { return cmp.Or(max(0, s.Width), 100) }

// Format is one way to write a report.
type Format struct {
	Name    string
	Summary string // one line for the help, without a final period
	// Write writes the report in the order of its findings. Formats for
	// machines ignore the style. Errors are those of the writer.
	Write func(io.Writer, Report, Style) error
	// Whole says that its readers expect a document in any case, even where
	// there was nothing to check.
	Whole bool
	// Lists says that it lists the rules and the files that were looked at:
	// Report.Rules and Report.Names.
	Lists bool
}

// Formats lists all formats; the first is the default.
var Formats = []Format{
	prettyFormat, conciseFormat, jsonFormat, sarifFormat,
	githubFormat, gitlabFormat, junitFormat, markdownFormat,
}

// home is where the program's documents are.
const home = "https://github.com/customer-corridor/corridor"

// page is the address of the document of a rule.
func page(rule string) string { return home + "/blob/main/pkg/rule/docs/" + rule + ".md" }

// paragraphs are all that a finding says in words, in order: its message, what
// is related and has no place, and its help. Each is a sentence.
func paragraphs(f finding.Finding) []string {
	all := []string{stopped(Visible(f.Message))}
	for _, r := range f.Related {
		if r.Span.IsZero() && r.Message != "" {
			all = append(all, stopped(Visible(r.Message)))
		}
	}
	if f.Help != "" {
		all = append(all, stopped(Visible(f.Help)))
	}
	return all
}

// stopped ends a sentence with a full stop, unless it has its end.
func stopped(sentence string) string {
	last, _ := utf8.DecodeLastRuneInString(sentence)
	if strings.ContainsRune(".?!…؟", last) {
		return sentence
	}
	return sentence + "."
}

// FormatNamed returns the format of that name.
func FormatNamed(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
