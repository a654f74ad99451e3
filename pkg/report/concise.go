package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/customer-corridor/corridor/pkg/finding"
)

var conciseFormat = Format{
	Name:    "concise",
	Summary: "one line for each finding, and nothing else",
	Write:   writeConcise,
}

func writeConcise(w io.Writer, r Report, _ Style) error {
	out := bufio.NewWriter(w)
	for _, f := range r.Findings {
		fmt.Fprintln(out, conciseLine(f))
	}
	return out.Flush()
}

// conciseLine is place, kind and message of a finding.
func conciseLine(f finding.Finding) string {
	line := kind(f) + ": " + Visible(f.Message)
	if p, ok := placeOf(f.Span); ok {
		line = p.String() + ": " + line
	}
	return line
}

// told is a finding as the concise format has it, with a line for each sentence
// that explains it.
func told(f finding.Finding) []string {
	lines := []string{conciseLine(f)}
	for _, p := range paragraphs(f)[1:] {
		lines = append(lines, "  "+p)
	}
	return lines
}

// kind is severity and rule of a finding: "error[wrong-type]".
func kind(f finding.Finding) string {
	return f.Severity.String() + "[" + Visible(f.Rule) + "]"
}
