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
		if p, ok := placeOf(f.Span); ok {
			fmt.Fprintf(out, "%s: ", p)
		}
		fmt.Fprintf(out, "%s: %s\n", kind(f), Visible(f.Message))
	}
	return out.Flush()
}

// kind is severity and rule of a finding: "error[wrong-type]".
func kind(f finding.Finding) string {
	return f.Severity.String() + "[" + Visible(f.Rule) + "]"
}
