package diff

import (
	"io"

	"github.com/customer-corridor/corridor/pkg/report"
)

// Style says how a format for people may look.
type Style = report.Style

// Format is one way to write a comparison.
type Format struct {
	Name    string
	Summary string // one line for the help, without a final period
	// Write writes the report. Formats for machines ignore the style. Errors
	// are those of the writer.
	Write func(io.Writer, *Report, Style) error
}

// Formats lists all formats; the first is the default.
var Formats = []Format{prettyFormat, markdownFormat, jsonFormat}

// FormatNamed returns the format of that name.
func FormatNamed(name string) (Format, bool) {
	for _, f := range Formats {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}
