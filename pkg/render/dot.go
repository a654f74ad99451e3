package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// DOT writes the corridor as a graph in Graphviz's language: steps are
// nodes, and a line leads from each step to those that can come next.
// Words from the file stand in labels only.
func DOT(w io.Writer, g *corridor.Graph, o Options) error {
	if g == nil || len(g.Paths) == 0 || len(g.Steps) == 0 {
		return ErrNoPath
	}
	out := dotWriter{bufio.NewWriter(w), newPlan(g, o)}
	out.open()
	for path := range g.Paths {
		out.steps(path)
	}
	for path := range g.Paths {
		out.ways(path)
	}
	fmt.Fprintln(out, "}")
	return out.Flush()
}

type dotWriter struct {
	*bufio.Writer
	*plan
}

func (w dotWriter) open() {
	direction := "LR"
	if model.RightToLeft(w.language) {
		direction = "RL"
	}
	fmt.Fprintf(w, "digraph corridor {\n  rankdir=%s\n  label=%s\n  labelloc=t\n", direction, quote(clean(w.titleText())))
	fmt.Fprintf(w, "  node [shape=box, style=rounded, fontname=\"sans-serif\"]\n  edge [fontname=\"sans-serif\"]\n")
	fmt.Fprintf(w, "  start [shape=point, width=0.2, xlabel=%s]\n", quote(w.words.Start))
	fmt.Fprintf(w, "  satisfied [shape=doublecircle, label=\"\", width=0.2, xlabel=%s]\n", quote(w.words.Satisfied))
}

var dotStyles = [...]string{
	model.Basic:       "style=\"rounded,bold\"",
	model.Optional:    "style=\"rounded,dashed\"",
	model.Alternative: "style=rounded, color=\"#b45309\"",
}

func (w dotWriter) steps(path int) {
	first, end := w.graph.StepsOf(path)
	for i := first; i < end; i++ {
		label, style := w.words.Skip, "shape=plaintext"
		if t := w.graph.Steps[i].Touchpoint; t != nil {
			label, style = w.label(t.Definition), dotStyles[w.graph.Paths[path].Kind]
			if d := w.graph.Journey.Department(t.Owner.Value); d != nil {
				label += "\n" + w.label(d.Definition)
			}
		}
		fmt.Fprintf(w, "  n%d [label=%s, %s]\n", i, quote(label), style)
	}
}

// ways writes a line between the steps of a path, and from the steps before
// its first place and to the steps after its last one.
func (w dotWriter) ways(path int) {
	p := w.graph.Paths[path]
	style := [...]string{model.Basic: "style=bold", model.Optional: "style=dashed", model.Alternative: `color="#b45309"`}[p.Kind]
	last := p.First + p.Count - 1
	fmt.Fprintf(w, "  %s -> n%d [%s]\n", w.before(path), p.First, style)
	for i := p.First; i < last; i++ {
		fmt.Fprintf(w, "  n%d -> n%d [%s]\n", i, i+1, style)
	}
	fmt.Fprintf(w, "  n%d -> %s [%s]\n", last, w.after(path), style)
}

// before names the node from which a path is entered.
func (w dotWriter) before(path int) string {
	place := w.graph.Paths[path].From
	owner := w.owner[place]
	if n := w.position(owner, place); n > 0 {
		return fmt.Sprintf("n%d", w.graph.Paths[owner].First+n-1)
	}
	return "start"
}

// after names the node at which a path comes back.
func (w dotWriter) after(path int) string {
	place := w.graph.Paths[path].To
	owner := w.owner[place]
	if n := w.position(owner, place); n < w.graph.Paths[owner].Count {
		return fmt.Sprintf("n%d", w.graph.Paths[owner].First+n)
	}
	return "satisfied"
}

// quote writes a string of the DOT language. Only quotes and backslashes
// have a meaning in it.
func quote(text string) string {
	text = strings.ReplaceAll(text, `\`, `\\`)
	text = strings.ReplaceAll(text, `"`, `\"`)
	return `"` + strings.ReplaceAll(text, "\n", `\n`) + `"`
}
