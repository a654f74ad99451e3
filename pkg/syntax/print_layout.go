package syntax

import (
	"bytes"
	"strings"

	"gopkg.in/yaml.v3"
)

// pageWidth is how many columns a line has for what can be broken.
const pageWidth = 100

// printer lays nodes out.
type printer struct{ out bytes.Buffer }

// header writes lines as comments, none of which says anything to corridor or
// hides anything from people.
func (p *printer) header(text string) {
	if text == "" {
		return
	}
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		quoted := string(appendQuoted(nil, strings.TrimSpace(line)))
		line = strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(quoted[1 : len(quoted)-1])
		if isDirective(line) {
			line = "- " + line
		}
		p.out.WriteString(strings.TrimRight("# "+line, " ") + "\n")
	}
	p.out.WriteByte('\n')
}

// file writes the keys of a file, with blank lines between its sections.
func (p *printer) file(n *yaml.Node) {
	for i := 0; i < len(n.Content); i += 2 {
		if i > 0 && (section(n.Content[i+1]) || section(n.Content[i-1])) {
			p.out.WriteByte('\n')
		}
		p.entry(n.Content[i], n.Content[i+1], 0)
	}
}

// section reports whether a value is more than a word or a text.
func section(n *yaml.Node) bool {
	return n.Kind == yaml.SequenceNode || n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0
}

// entry writes a key, to which the line is indented already, and its value.
func (p *printer) entry(key, value *yaml.Node, indent int) {
	text := inline(key, false)
	p.out.WriteString(text + ":")
	p.value(value, indent, indent+width([]byte(text))+1)
}

// value writes a value behind a key or a sign, which ends at a column.
func (p *printer) value(n *yaml.Node, indent, column int) {
	if n.Kind == yaml.ScalarNode {
		p.scalar(n, indent+2, column)
		return
	}
	if text, ok := flow(n); ok && fits(text, column+1) || len(n.Content) == 0 {
		p.out.WriteString(" " + text + "\n")
		return
	}
	p.out.WriteByte('\n')
	p.entries(n, indent+2, false)
}

// fits reports whether a text from a column on ends within the page.
func fits(text string, column int) bool { return column+width([]byte(text)) <= pageWidth }

// entries writes the entries of a map or a list, each on lines of its own. The
// first may stand behind a sign.
func (p *printer) entries(n *yaml.Node, indent int, behind bool) {
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	for i := 0; i < len(n.Content); i += step {
		if i > 0 || !behind {
			p.out.WriteString(spaces[:indent])
		}
		if step == 2 {
			p.entry(n.Content[i], n.Content[i+1], indent)
		} else {
			p.item(n.Content[i], indent)
		}
	}
}

// item writes an entry of a list.
func (p *printer) item(n *yaml.Node, indent int) {
	p.out.WriteByte('-')
	text, ok := flow(n)
	if n.Kind != yaml.MappingNode || ok && fits(text, indent+2) {
		p.value(n, indent, indent+1)
		return
	}
	p.out.WriteByte(' ')
	p.entries(n, indent+2, true)
}

// flow writes a value on one line, if it may stand there.
func flow(n *yaml.Node) (text string, ok bool) {
	if n.Kind == yaml.ScalarNode {
		return inline(n, true), !strings.Contains(n.Value, "\n") || !blockable(n)
	}
	if n.Style&yaml.FlowStyle == 0 {
		return "", false
	}
	parts := make([]string, len(n.Content))
	for i, c := range n.Content {
		if parts[i], ok = flow(c); !ok {
			return "", false
		}
	}
	if n.Kind == yaml.SequenceNode {
		return "[" + strings.Join(parts, ", ") + "]", true
	}
	var pairs []string
	for i := 0; i < len(parts); i += 2 {
		pairs = append(pairs, parts[i]+": "+parts[i+1])
	}
	return "{" + strings.Join(pairs, ", ") + "}", true
}
