package convert

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

var exportJourney = Export{
	Name: "mermaid-journey", Title: "a Mermaid journey: the basic path with the customers' scores", BasicOnly: true,
	Write: func(w io.Writer, g *corridor.Graph, o ExportOptions) error {
		var out exportJourneyWriter
		out.exportNames, out.graph = newExportNames(g, o), g
		out.write()
		_, err := w.Write(out.Bytes())
		return err
	},
}

// exportNoScore is the face that is neither glad nor sad: Mermaid wants a
// score of every step.
const exportNoScore = "3"

type exportJourneyWriter struct {
	bytes.Buffer
	exportNames
	graph *corridor.Graph
}

// write writes the basic path. A journey of Mermaid is one row of steps: other
// paths in it would read as steps that everybody takes, so they are named in
// comments only.
func (w *exportJourneyWriter) write() {
	fmt.Fprintln(w, "journey")
	if title := w.line(w.journey.Document.Title); title != "" {
		fmt.Fprintln(w, "  title "+exportMermaid(title))
	}
	for _, p := range w.graph.Paths[1:] {
		fmt.Fprintf(w, "  %%%% %s, not shown: %s\n", p.Kind, exportMermaid(w.path(p)))
	}
	actors := w.actors()
	staged, last := w.staged(w.graph), -1
	first, end := w.graph.StepsOf(0)
	for _, s := range w.graph.Steps[first:end] {
		if staged && s.Stage != last {
			last = s.Stage
			fmt.Fprintln(w, "  section "+exportMermaid(w.stage(last)))
		}
		fmt.Fprintf(w, "    %s: %s%s\n", exportTask(w.of(s.Touchpoint.Definition)), cmp.Or(exportScore(s.Touchpoint.Experience, "customer"), exportNoScore), actors)
	}
}

// actors lists the customers that the file names.
func (w *exportJourneyWriter) actors() string {
	var names []string
	for _, c := range w.journey.Customers {
		if c.ID.Span.File != nil {
			names = append(names, exportMermaid(w.of(c.Definition)))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return ": " + strings.Join(names, ", ")
}

// exportKeyword finds names that begin like a line of another kind.
var exportKeyword = regexp.MustCompile(`(?i)^(title|section|journey|acctitle|accdescr)`)

// exportTask is exportMermaid for what begins a line: a word joiner, which
// shows nothing, keeps `Section manager calls` from being a section.
func exportTask(name string) string {
	if exportKeyword.MatchString(name) {
		return "\u2060" + exportMermaid(name)
	}
	return exportMermaid(name)
}

// exportMermaid writes one line of text. What may mean something to Mermaid is
// written as a code, which it turns back into the character. Characters that
// turn the text around unseen are left out: browsers would obey them.
func exportMermaid(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
		case exportMeansNothing(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

// exportMeansNothing tells which characters stand for themselves. Mermaid
// marks codes with ﬂ and ¶ while it works.
func exportMeansNothing(r rune) bool {
	switch {
	case r == 'ﬂ' || r == '¶' || unicode.Is(unicode.Cf, r) && r != '\u200C' && r != '\u200D':
		return false
	case r > unicode.MaxASCII, r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return true
	}
	return strings.ContainsRune(" -'.()!?/", r)
}
