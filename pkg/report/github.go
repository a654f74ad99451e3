package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
)

var githubFormat = Format{
	Name:    "github",
	Summary: "annotations for GitHub Actions",
	Write:   writeGitHub,
}

func writeGitHub(w io.Writer, r Report, _ Style) error {
	out := bufio.NewWriter(w)
	for _, f := range r.Findings {
		out.WriteString(annotation(f))
	}
	// The runner looks for commands of its old syntax anywhere in a line.
	fmt.Fprintln(out, strings.ReplaceAll(r.Verdict(), "##[", "# #["))
	return out.Flush()
}

// annotation is the workflow command for one finding, with its line break.
func annotation(f finding.Finding) string {
	properties := "title=" + property(f.Rule)
	if p, ok := placeOf(f.Span); ok {
		properties = location(p) + "," + properties
	}
	text := data(f.Message)
	if f.Help != "" {
		text += "%0A" + data("help: "+f.Help)
	}
	return "::" + command(f.Severity) + " " + properties + "::" + text + "\n"
}

// location is the place as properties. GitHub takes columns only of a place
// on one line.
func location(p place) string {
	file := property(p.file.Name)
	if p.from.Line != p.to.Line {
		return fmt.Sprintf("file=%s,line=%d,endLine=%d", file, p.from.Line, p.to.Line)
	}
	return fmt.Sprintf("file=%s,line=%d,col=%d,endLine=%d,endColumn=%d",
		file, p.from.Line, p.from.Column, p.to.Line, p.to.Column)
}

func command(s finding.Severity) string {
	if s == finding.Note {
		return "notice"
	}
	return s.String()
}

var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// data escapes a message. Line breaks in it are foreign and shown as such.
func data(text string) string { return dataEscapes.Replace(Visible(text)) }

// property escapes a value so that the runner reads the very same one, unless
// it holds characters that no log should show.
func property(value string) string { return Visible(propertyEscapes.Replace(value)) }
