package syntax

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// reader walks the YAML nodes of one file and collects findings.
type reader struct {
	file     *source.File
	places   *places
	findings []finding.Finding
	hidden   []model.Hidden
	unread   []string // see model.Document
	path     []crumb
	keys     []spanned[string] // of the maps around the value being read, see knownKeys
	end      int               // the end of the last value that was read

	mayBeEmpty bool // a file without content is no mistake
	json       bool // the text is JSON, whatever its name says
}

// crumb is one part of the path to the value being read.
type crumb struct {
	key   string // "" for an entry of a list
	index int
	span  source.Span // of the key
}

func newReader(file *source.File) *reader {
	return &reader{file: file, places: newPlaces(file)}
}

func (r *reader) push(key string, span source.Span) {
	r.path = append(r.path, crumb{key: key, span: span})
}

func (r *reader) pushIndex(i int) {
	r.path = append(r.path, crumb{index: i, span: r.key()})
}

func (r *reader) pop() { r.path = r.path[:len(r.path)-1] }

// key returns the place of the key whose value is being read.
func (r *reader) key() source.Span {
	if len(r.path) == 0 {
		return r.to(0, 0)
	}
	return r.path[len(r.path)-1].span
}

// subject is the path of the value being read: touchpoints.call.channel.
func (r *reader) subject() string {
	var b strings.Builder
	for i, s := range r.path {
		switch {
		case s.key == "":
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
		case i > 0:
			b.WriteString("." + s.key)
		default:
			b.WriteString(s.key)
		}
	}
	return b.String()
}

// label names the value being read as a person would: `lacks`, an entry of
// `lacks`.
func (r *reader) label() string {
	for i := len(r.path) - 1; i >= 0; i-- {
		if key := r.path[i].key; key != "" && i == len(r.path)-1 {
			return "`" + key + "`"
		} else if key != "" {
			return "an entry of `" + key + "`"
		}
	}
	return "the file"
}

// report adds a finding on the value being read.
func (r *reader) report(rule string, span source.Span, message, help string, related ...finding.Related) {
	r.findings = finding.Append(r.findings, finding.Finding{
		Rule: rule, Span: span, Message: message, Help: help, Subject: r.subject(), Related: related,
		Unchecked: rule == "invalid-yaml",
	})
}

// fix gives the finding that was reported last its fix, if there is one.
func (r *reader) fix(fix *finding.Fix) {
	if last := len(r.findings) - 1; len(r.findings) <= finding.Limit {
		r.findings[last].Fix = fix
	}
}

// cannotRead notes a top-level key whose value could not be read.
func (r *reader) cannotRead(key string) {
	if !slices.Contains(r.unread, key) {
		r.unread = append(r.unread, key)
	}
}

// wrongType reports a value of another type than the one wanted, such as "a
// list of names"; help is an example of what to write.
func (r *reader) wrongType(n *yaml.Node, want, help string) {
	r.report("wrong-type", r.span(n), fmt.Sprintf("%s must be %s, but %s", r.label(), want, what(n)), help)
}

// what says what kind of value a node is, in a person's words.
func what(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "this is a map of keys and values"
	case n.Kind == yaml.SequenceNode:
		return "this is a list"
	}
	switch tag := n.ShortTag(); tag {
	case "!!null":
		return "nothing is written here"
	case "!!int", "!!float":
		return "this is the number " + finding.Quote(n.Value)
	case "!!bool":
		return "this is the yes/no value " + finding.Quote(n.Value)
	case "!!str", "!!timestamp", "!!binary":
		if n.Value == "" {
			return "this is an empty text"
		}
		return "this is the text " + finding.Quote(n.Value)
	default:
		return "this carries the tag " + finding.Quote(tag)
	}
}

// pairs yields the keys and values of a mapping, aliases resolved.
func pairs(n *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(_, _ *yaml.Node) bool) {
		if n.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(resolve(n.Content[i]), resolve(n.Content[i+1])) {
				return
			}
		}
	}
}

// resolve returns what an alias stands for. Guard has made sure that it ends.
func resolve(n *yaml.Node) *yaml.Node {
	for n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	return n
}
