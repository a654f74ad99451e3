package diff

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/gaps"
)

var markdownFormat = Format{
	Name:    "markdown",
	Summary: "the same as Markdown, for a comment on a pull request",
	Write:   writeMarkdown,
}

// maxComment is how many characters are written: code hosts refuse a comment
// of more than 65,536, and whoever posts it may add to it.
const maxComment = 60_000

func writeMarkdown(w io.Writer, r *Report, _ Style) error {
	p := page{out: bufio.NewWriter(w), left: maxComment}
	verdict := r.Verdict()
	p.line("### %s%s", strings.ToUpper(verdict[:1]), verdict[1:])
	p.line("\n%s → %s", markdown(gaps.Code(r.Old)), markdown(gaps.Code(r.New)))
	for _, f := range r.told() {
		p.file(f)
	}
	if n := r.Unchanged; n > 0 && n < len(r.Files) {
		p.line("\n%s", unchanged(n))
	}
	if p.omitted > 0 {
		fmt.Fprintf(p.out, "\n… and %s more; `corridor diff` shows all of it.\n", gaps.Counted(p.omitted, "line"))
	}
	return p.out.Flush()
}

// page writes as many lines as a comment may have.
type page struct {
	out     *bufio.Writer
	left    int // characters
	omitted int // lines that there was no room for
}

// line writes one line, or several, unless they are too long; once something
// was left out, all is.
func (p *page) line(format string, args ...any) {
	text := fmt.Sprintf(format, args...) + "\n"
	if n := utf8.RuneCountInString(text); p.omitted == 0 && n <= p.left {
		p.left -= n
		p.out.WriteString(text)
		return
	}
	p.omitted++
}

func (p *page) file(f *File) {
	p.line("\n#### %s", markdown(f.title()))
	for _, s := range f.sections() {
		if s.findings {
			p.findings(s)
			continue
		}
		p.line("\n**%s**\n", s.title)
		if s.note != "" {
			p.line("%s\n", s.note)
		}
		for _, e := range s.entries {
			text := "- " + markdown(e.head)
			for _, l := range e.lines {
				text += "\n  - " + markdown(l)
			}
			p.line("%s", text)
		}
	}
}

// findings are folded up; what opens is closed, whatever is left out.
func (p *page) findings(s section) {
	const end = "\n</details>\n"
	before := p.omitted
	p.left -= len(end)
	p.line("\n<details><summary>%s</summary>\n", s.title)
	opened := p.omitted == before
	for _, e := range s.entries {
		p.line("- %s", markdown(e.head))
	}
	if opened {
		p.out.WriteString(end)
	}
}

// markdown makes Markdown of a text of ours with text of files in it, so that
// nothing of a file becomes markup, a link, a mention or a reference. What
// stands in backquotes stays there: nothing is markup in it.
func markdown(text string) string {
	parts := strings.Split(gaps.Unmarked(text), "`")
	var b strings.Builder
	for i, part := range parts {
		switch {
		case i%2 == 0:
			b.WriteString(escapes.Replace(part))
		case i == len(parts)-1: // the one that opens has none that closes
			b.WriteString("\\`" + escapes.Replace(part))
		case part == "": // would be the mark of longer code
			b.WriteString("(nothing)")
		default:
			b.WriteString("`" + part + "`")
			if parts[i+1] == "" && i+2 < len(parts) {
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}

// escapes take from a text what Markdown and code hosts act on. A backslash
// does not keep a mention, a reference or an address from being one: they are
// found in what is left when Markdown is done. A space without width does.
var escapes = strings.NewReplacer(
	`\`, `\\`, "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "~", `\~`, "$", `\$`, "!", `\!`,
	"&", "&amp;", "<", "&lt;", ">", "&gt;",
	"@", "@&#8203;", "#", `\#&#8203;`, "://", ":&#8203;//", "www.", "www&#8203;.", "WWW.", "WWW&#8203;.", "GH-", "GH&#8203;-", "gh-", "gh&#8203;-",
)
