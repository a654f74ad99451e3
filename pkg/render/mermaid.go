package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Mermaid writes the corridor as a Mermaid flowchart: stages are subgraphs,
// the basic path has thick links, alternatives plain ones and options dotted
// ones. Words from the file stand in quoted labels only, and what Mermaid or
// the Markdown in its labels would act on is written as a code.
func Mermaid(w io.Writer, g *corridor.Graph, o Options) error {
	if g == nil || len(g.Paths) == 0 || len(g.Steps) == 0 {
		return ErrNoPath
	}
	out := mermaidWriter{dotWriter{bufio.NewWriter(w), newPlan(g, o)}}
	out.fillBoxes() // the description names what stands in them
	out.open()
	out.stages()
	for path := range g.Paths {
		out.ways(path)
	}
	return out.Flush()
}

// mermaidWriter shares with DOT where paths begin and end.
type mermaidWriter struct{ dotWriter }

func (w mermaidWriter) open() {
	title := clean(w.titleText())
	if title != "" {
		fmt.Fprintf(w, "---\ntitle: \"%s\"\n---\n", w.line(title, yamlCode))
	}
	direction := "LR"
	if w.mirrored() {
		direction = "RL"
	}
	fmt.Fprintln(w, "flowchart "+direction)
	if title != "" {
		fmt.Fprintln(w, "  accTitle: "+w.line(title, mermaidCode))
	}
	fmt.Fprintln(w, "  accDescr: "+w.line(w.describe(), mermaidCode))
	fmt.Fprintf(w, "  start([%s])\n  satisfied(((%s)))\n", w.label(w.words.Start), w.label(w.words.Satisfied))
	fmt.Fprintln(w, "  classDef basic stroke-width:2px")
	fmt.Fprintln(w, "  classDef alternative stroke:"+string(light.Color(altInk)))
	fmt.Fprintln(w, "  classDef optional stroke-dasharray:4 3")
}

// stages writes the steps of each stage, and those of none where the journey
// has no stages.
func (w mermaidWriter) stages() {
	of := make([][]int, max(1, len(w.graph.Journey.Stages)))
	for i, s := range w.graph.Steps {
		if s.Touchpoint != nil {
			of[s.Stage] = append(of[s.Stage], i)
		}
	}
	for i, steps := range of {
		if len(w.graph.Journey.Stages) == 0 {
			w.steps(steps, "  ")
		} else if len(steps) > 0 {
			fmt.Fprintf(w, "  subgraph s%d[%s]\n", i, w.label(w.words.stage(w.graph.Journey.Stages[i], w.language)))
			w.steps(steps, "    ")
			fmt.Fprintln(w, "  end")
		}
	}
}

// mermaidShapes are the brackets and the class of a step, by the kind of its path.
var mermaidShapes = [...][2]string{
	model.Basic:       {"[%s]", "basic"},
	model.Alternative: {"[%s]", "alternative"},
	model.Optional:    {"([%s])", "optional"},
}

func (w mermaidWriter) steps(steps []int, indent string) {
	for _, i := range steps {
		s := w.graph.Steps[i]
		lines := []string{w.plan.label(s.Touchpoint.Definition)}
		if d := w.graph.Journey.Department(s.Touchpoint.Owner.Value); d != nil {
			lines = append(lines, w.plan.label(d.Definition))
		}
		shape := mermaidShapes[w.graph.Paths[s.Path].Kind]
		fmt.Fprintf(w, "%sn%d"+shape[0]+":::%s\n", indent, i, w.label(lines...), shape[1])
	}
}

// ways writes the links of a path. The first one says what the path is
// called; the empty way is a link and no more.
func (w mermaidWriter) ways(path int) {
	p := w.graph.Paths[path]
	link := [...]string{model.Basic: "==>", model.Alternative: "-->", model.Optional: "-.->"}[p.Kind]
	named := link
	if path > 0 {
		named += "|" + w.label(w.pathWords(p)) + "|"
	}
	if w.graph.Steps[p.First].Touchpoint == nil {
		fmt.Fprintf(w, "  %s %s %s\n", w.before(path), named, w.after(path))
		return
	}
	fmt.Fprintf(w, "  %s %s n%d\n", w.before(path), named, p.First)
	last := p.First + p.Count - 1
	for i := p.First; i < last; i++ {
		fmt.Fprintf(w, "  n%d %s n%d\n", i, link, i+1)
	}
	fmt.Fprintf(w, "  n%d %s %s\n", last, link, w.after(path))
}

// pathWords says what a path is called, or else what kind it is of, and how
// many take it.
func (w mermaidWriter) pathWords(p corridor.Path) string {
	words := w.words.Alternative
	switch {
	case p.Def != nil && !p.Def.Name.Empty():
		words = w.plan.label(p.Def.Definition)
	case w.graph.Steps[p.First].Touchpoint == nil:
		words = w.words.Skip
	case p.Kind == model.Optional:
		words = w.words.Optional
	}
	if p.Def != nil && p.Def.Share != nil {
		words = w.words.percent(p.Def.Share.Value) + " · " + words
	}
	return words
}

// label writes lines of text as a string of Mermaid.
func (w mermaidWriter) label(lines ...string) string {
	parts := make([]string, len(lines))
	for i, line := range lines {
		parts[i] = w.line(clean(line), mermaidCode)
	}
	return `"` + strings.Join(parts, "<br>") + `"`
}

// line writes one line of text. Browsers lay it out from left to right, so one
// that is read the other way and has more than letters of that direction in it
// says so: from right to left, up to here.
func (w mermaidWriter) line(text string, code coding) string {
	mixed := strings.ContainsFunc(text, func(r rune) bool { return r < unicode.MaxASCII && r != ' ' })
	if mixed && rightToLeft(text, w.mirrored()) {
		return code('\u2067', ' ') + escaped(text, code) + code('\u2069', ' ')
	}
	return escaped(text, code)
}

// coding is a way to write a character that has no meaning; it may look at
// the one after it.
type coding func(r, after rune) string

// mermaidCode is Mermaid's way to write a character that has no meaning. Some
// have one all the same: two dollars begin a formula, `fa:fa-ban` is an icon,
// and ﬂ and ¶ mark codes while Mermaid works. A word joiner keeps them from
// what follows.
func mermaidCode(r, after rune) string {
	if r == '$' || r == 'ﬂ' || r == '¶' || r == ':' && isASCIIWord(after) {
		return fmt.Sprintf("#%d;#8288;", r)
	}
	return fmt.Sprintf("#%d;", r)
}

// yamlCode is that of a string in quotation marks in YAML.
func yamlCode(r, _ rune) string { return fmt.Sprintf(`\U%08X`, r) }

// escaped writes one line of text with the code of each character that might
// mean something. It lists those that do not: Mermaid reads a diagram several
// times over, by rules that it does not write down.
func escaped(text string, code coding) string {
	var b strings.Builder
	runes := []rune(text)
	for i, r := range runes {
		before, after := ' ', ' '
		if i > 0 {
			before = runes[i-1]
		}
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		if meansNothing(before, r, after) {
			b.WriteRune(r)
		} else {
			b.WriteString(code(r, after))
		}
	}
	return b.String()
}

// meansNothing tells which characters a label may hold as they are. A list in
// Markdown begins with `1.`, `1)` or `-`, a link with `www.`.
func meansNothing(before, r, after rune) bool {
	switch {
	case r == 'ﬂ' || r == '¶' || unicode.Is(unicode.Cf, r) && r != '\u200C' && r != '\u200D':
		return false
	case r > unicode.MaxASCII, isASCIIWord(r), r == ' ', r == ',':
		return true
	case r == '.':
		return unicode.IsLetter(before) && after == ' '
	case r == '-', r == '\'':
		return isASCIIWord(before) && isASCIIWord(after)
	case r == '(':
		return before == ' '
	case r == ')':
		return unicode.IsLetter(before)
	}
	return false
}

func isASCIIWord(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
}
