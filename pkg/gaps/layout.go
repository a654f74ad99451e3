package gaps

import (
	"strings"

	"github.com/customer-corridor/corridor/pkg/report"
)

const leftToRight = "\u200e" // keeps a row that begins with Arabic in its order

var unmarked = strings.NewReplacer(isolate, "", endIsolate, "")

// columns is how many cells of a terminal a text takes.
func columns(text string) int { return report.Columns(text) }

// pad fills a text up to a number of columns.
func pad(text string, to int) string {
	return text + strings.Repeat(" ", max(0, to-columns(text)))
}

// wrap breaks a text at spaces, each line after an indent. Without a width it
// is one line, since its readers search it.
func wrap(text string, width, indent int) string {
	return strings.Repeat(" ", indent) + report.Style{Width: width}.Wrap(text, indent, indent)
}
