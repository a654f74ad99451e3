package gaps

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/customer-corridor/corridor/pkg/report"
)

var markdownFormat = Format{
	Name:    "markdown",
	Summary: "the same as Markdown, for a page or a comment",
	Write:   writeMarkdown,
}

func writeMarkdown(w io.Writer, r Report, _ Style) error {
	out := bufio.NewWriter(w)
	t := newTeller(r)
	line := func(format string, args ...any) {
		fmt.Fprintln(out, unmarked.Replace(fmt.Sprintf(format, args...)))
	}
	name, score := t.title()
	line("# %s\n", markdown(name))
	line("%s%s.\n", strings.ToUpper(score[:1])+score[1:], moment(r.At))
	tabulate(line, t.matrix())
	if r.Hours {
		line("\n## The week\n\n%s", stripLegend)
		for _, s := range t.strips() {
			line("\n%s\n\n```text\n%s\n```", markdown(s.head), strings.Join(s.rows(func(_, text string) string { return text }), "\n"))
		}
	}
	for _, s := range t.sections() {
		line("\n## %s\n", s.title)
		if s.note != "" {
			line("%s\n", s.note)
		}
		for _, e := range s.entries {
			line("- %s", strings.TrimSuffix(markdown(e.head)+"  \n  "+markdown(e.text), "  \n  "))
			if len(e.paste) > 0 {
				line("\n  ```yaml\n  %s\n  ```", strings.Join(e.paste, "\n  "))
			}
		}
	}
	return out.Flush()
}

func moment(at int) string {
	if at < 0 {
		return ""
	}
	return "; the need arises " + Moment(at)
}

// tabulate writes the matrix and its legend.
func tabulate(line func(string, ...any), m matrix) {
	head, rule := "|", "|---|"
	for _, n := range m.needs {
		head += " | " + markdown(n)
		rule += "---|"
	}
	line("%s |\n%s", head, rule)
	for _, r := range m.rows {
		text := "| " + markdown(r.customer)
		for _, s := range r.signs {
			text += " | " + s.text
		}
		line("%s |", text)
	}
	for i, l := range m.legend {
		if i == 0 {
			line("")
		}
		line("- %s %s", l.mark, l.text)
	}
}

// markdown escapes what would be markup in a text. The marks around names come
// out first, as they would be shown.
func markdown(text string) string { return report.Markdown(unmarked.Replace(text)) }
