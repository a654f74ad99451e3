package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/customer-corridor/corridor/pkg/finding"
)

var githubFormat = Format{
	Name:    "github",
	Summary: "annotations for GitHub Actions",
	Write:   writeGitHub,
}

// mostAnnotations is how many annotations of each kind GitHub shows of a step.
// It drops the others and does not say so.
const mostAnnotations = 10

// writeGitHub annotates as many findings as GitHub shows, the heavy ones first,
// and says how many more there are. All of them stand in the log, as people
// look there for what they miss.
func writeGitHub(w io.Writer, r Report, _ Style) error {
	out := bufio.NewWriter(w)
	for _, command := range annotations(r) {
		out.WriteString(command + "\n")
	}
	if len(r.Findings)+len(r.Problems) > 0 {
		out.WriteString("::group::corridor: all findings\n")
		for _, line := range logLines(r) {
			out.WriteString(noCommand(line) + "\n")
		}
		out.WriteString("::endgroup::\n")
	}
	out.WriteString(noCommand(r.Verdict()) + "\n")
	return out.Flush()
}

// annotations are the workflow commands for what cannot be checked and for the
// findings.
func annotations(r Report) []string {
	var commands []string
	room := map[finding.Severity]int{finding.Error: mostAnnotations, finding.Warning: mostAnnotations, finding.Note: mostAnnotations}
	if len(r.Problems) > 0 {
		commands = append(commands, "::error title=corridor::"+data(r.shortfall()))
		room[finding.Error]--
	}
	if exceeds(r.Findings, room) {
		room[finding.Note]-- // for the notice that there are more
	}
	left := 0
	for _, s := range finding.Severities {
		for _, f := range r.Findings {
			switch {
			case f.Severity != s:
			case room[s] == 0:
				left++
			default:
				room[s]--
				commands = append(commands, r.annotation(f))
			}
		}
	}
	if left > 0 {
		commands = append(commands, fmt.Sprintf("::notice title=corridor::%s not annotated, as GitHub shows %d of a kind; the log of this step has all",
			are(left, "more finding"), mostAnnotations))
	}
	return commands
}

// exceeds reports whether there are more findings of a severity than room.
func exceeds(findings []finding.Finding, room map[finding.Severity]int) bool {
	for i, n := range tallies(findings) {
		if n > room[finding.Severities[i]] {
			return true
		}
	}
	return false
}

func are(n int, noun string) string {
	if n == 1 {
		return plural(n, noun) + " is"
	}
	return plural(n, noun) + " are"
}

// logLines tell all findings for people.
func logLines(r Report) []string {
	var lines []string
	for _, p := range r.Problems {
		lines = append(lines, "not checked: "+Visible(p))
	}
	for _, f := range r.Findings {
		lines = append(lines, told(f)...)
	}
	return lines
}

// noCommand makes sure that the runner takes a line for text. It reads a
// command after any space at the start of a line and, in its old syntax,
// anywhere in it.
func noCommand(line string) string {
	line = strings.ReplaceAll(line, "##[", "# #[")
	if text := strings.TrimLeftFunc(line, unicode.IsSpace); strings.HasPrefix(text, "::") {
		return ": :" + text[len("::"):]
	}
	return line
}

// annotation is the workflow command for one finding.
func (r Report) annotation(f finding.Finding) string {
	properties := "title=" + property(f.Rule)
	if p, ok := placeOf(f.Span); ok {
		properties = r.location(p) + "," + properties
	}
	text := data(f.Message)
	if f.Help != "" {
		text += "%0A" + data("help: "+f.Help)
	}
	return "::" + command(f.Severity) + " " + properties + "::" + text
}

// location is the place as properties. GitHub takes columns only of a place
// on one line.
func (r Report) location(p place) string {
	file := property(r.hosted(p.file.Name))
	if p.from.Line != p.to.Line {
		return fmt.Sprintf("file=%s,line=%d,endLine=%d", file, p.from.Line, p.lastLine())
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
