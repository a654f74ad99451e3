package syntax

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/model"
)

// Print writes a document as a YAML file that people would be content to edit:
// in the shortest forms of the language, laid out as Format does. What the
// document does not say is not written, and comments are no part of it. Each
// line of the header becomes a comment at the top.
//
// Parse reads the same document from it, as long as what it says is valid.
func Print(doc *model.Document, header string) []byte {
	p := new(printer)
	p.header(header)
	p.file(document.write(doc))
	return p.out.Bytes()
}

// PrintJSON is Print for a JSON file, which has no comments.
func PrintJSON(doc *model.Document) []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, appendJSON(nil, document.write(doc)), "", "  "); err != nil {
		panic(err) // it was made here
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// appendJSON writes a node as JSON on one line.
func appendJSON(text []byte, n *yaml.Node) []byte {
	switch {
	case n.Kind == yaml.MappingNode:
		text = append(text, '{')
		for i := 0; i < len(n.Content); i += 2 {
			if i > 0 {
				text = append(text, ',')
			}
			text = append(appendQuoted(text, n.Content[i].Value), ':')
			text = appendJSON(text, n.Content[i+1])
		}
		return append(text, '}')
	case n.Kind == yaml.SequenceNode:
		text = append(text, '[')
		for i, entry := range n.Content {
			if i > 0 {
				text = append(text, ',')
			}
			text = appendJSON(text, entry)
		}
		return append(text, ']')
	case n.Tag == "!!str":
		return appendQuoted(text, n.Value)
	}
	return append(text, n.Value...)
}

// appendQuoted writes a text between double quotes, in escapes that YAML and
// JSON share. What must not stand in a file as it is is escaped.
func appendQuoted(text []byte, s string) []byte {
	text = append(text, '"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			text = append(text, '\\', byte(c))
		case c == '\n':
			text = append(text, `\n`...)
		case c == '\t':
			text = append(text, `\t`...)
		case unprintable(c):
			text = fmt.Appendf(text, `\u%04x`, c)
		default:
			text = append(text, string(c)...)
		}
	}
	return append(text, '"')
}

// unprintable reports whether a character must not stand in a file as it is:
// YAML refuses it or takes it for a line break, or it turns the text around it
// without being seen. The joiners that languages are written with may.
func unprintable(c rune) bool {
	return c < 0x20 || c >= 0x7F && c < 0xA0 || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF || directionControl(c)
}

// The nodes that values are written as: in flow style a map or a list stands
// between brackets if there is room, without it its entries have lines of their
// own. A scalar that needs quotes, whatever stands in it, has their style.

func mapNode() *yaml.Node { return &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle} }

// addPair adds a key to a map, unless there is nothing to say.
func addPair(m, key, value *yaml.Node) {
	if key != nil && value != nil {
		m.Content = append(m.Content, key, value)
	}
}

// scalarNode makes the node of a text that is read as one of some types. It
// returns nil for "".
func scalarNode(tags, text string) *yaml.Node {
	if text == "" {
		return nil
	}
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: text}
	plain := n.ShortTag()
	n.Tag = "!!str"
	switch {
	case !strings.Contains(tags, n.Tag):
		n.Tag = plain
	case !strings.Contains(tags, plain) || oldBoolean(text):
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// oldBoolean reports whether programs that read YAML 1.1 take a word for true
// or false: to them the `no` of Norway is false.
func oldBoolean(word string) bool {
	switch strings.ToLower(word) {
	case "y", "yes", "n", "no", "on", "off":
		return true
	}
	return false
}

// onLines gives the entries of a map or a list lines of their own.
func onLines(n *yaml.Node) *yaml.Node {
	n.Style = 0
	return n
}

// block makes a value whose entries have lines of their own.
func block[V any](v value[V]) value[V] {
	write := v.write
	v.write = func(got V) *yaml.Node { return onLines(write(got)) }
	return v
}
