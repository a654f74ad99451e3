package syntax

import (
	"bytes"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// Value is any value of a YAML or JSON text, with its place: for those who
// read other people's files. Aliases are followed.
type Value struct {
	Span   source.Span
	Kind   ValueKind
	Text   string   // of a scalar, unquoted; "" for null
	Fields []Field  // of a map, in the order of the file; a key may stand twice
	Items  []*Value // of a list
}

// Field is one entry of a map.
type Field struct {
	Key   spanned[string]
	Value *Value
}

// ValueKind is what a value is.
type ValueKind int

// The kinds of values.
const (
	Null ValueKind = iota
	String
	Number
	Boolean
	Map
	List
)

// Get returns the value of a key of a map: the first, where it stands twice.
// It is nil where there is none, and for what is no map.
func (v *Value) Get(key string) *Value {
	if v == nil {
		return nil
	}
	for _, f := range v.Fields {
		if f.Key.Value == key {
			return f.Value
		}
	}
	return nil
}

// Str returns the text of a scalar with its place; empty for anything else.
func (v *Value) Str() spanned[string] {
	if v == nil {
		return spanned[string]{}
	}
	return spanned[string]{Value: v.Text, Span: v.Span}
}

// Each returns the entries of a list; none for anything else.
func (v *Value) Each() []*Value {
	if v == nil {
		return nil
	}
	return v.Items
}

// Len returns how many entries a map has; none for what is no map.
func (v *Value) Len() int {
	if v == nil {
		return 0
	}
	return len(v.Fields)
}

// Empty reports whether nothing is there: no value, null, an empty text, and a
// map or list without entries.
func (v *Value) Empty() bool {
	return v == nil || v.Text == "" && len(v.Fields) == 0 && len(v.Items) == 0
}

// Values reads a text of YAML, or of JSON where its name or its first
// character says so, into values. The value is nil where the text cannot be
// read, which a finding says. Nesting and aliases are limited as for journeys.
func Values(file *source.File) (*Value, []finding.Finding) {
	r := newReader(file)
	r.json = jsonText(file.Text)
	root := r.decode()
	if root == nil || !r.guard(root) {
		return nil, r.findings
	}
	return r.value(root), r.findings
}

// jsonText reports whether a text begins as JSON does, which YAML's own reader
// does not read in full.
func jsonText(text []byte) bool {
	for _, c := range text {
		if !isSpace(c) {
			return c == '{' || c == '['
		}
	}
	return false
}

// value makes the value of a node, which guard has found to end.
func (r *reader) value(n *yaml.Node) *Value {
	n = resolve(n)
	if r.json && len(n.Content) > 0 {
		return r.bracketed(n)
	}
	v := &Value{Span: r.span(n)}
	r.fill(v, n)
	return v
}

// bracketed is value for what stands between brackets in JSON. It ends at the
// first bracket after its last entry, so nothing is gone through once more for
// each bracket around it.
func (r *reader) bracketed(n *yaml.Node) *Value {
	start := r.places.offset(n.Line, n.Column)
	v := &Value{Span: r.to(start, start)}
	end := r.fill(v, n)
	if i := bytes.IndexAny(r.file.Text[end:], "]}"); i >= 0 {
		end += i + 1
	}
	v.Span.End = end
	return v
}

// fill gives a value what its node holds and returns where the last of it ends.
func (r *reader) fill(v *Value, n *yaml.Node) (end int) {
	switch n.Kind {
	case yaml.MappingNode:
		v.Kind = Map
		for k, item := range pairs(n) {
			v.Fields = append(v.Fields, Field{spanned[string]{Value: k.Value, Span: r.span(k)}, r.value(item)})
			end = v.Fields[len(v.Fields)-1].Value.Span.End
		}
	case yaml.SequenceNode:
		v.Kind = List
		for _, item := range n.Content {
			v.Items = append(v.Items, r.value(item))
			end = v.Items[len(v.Items)-1].Span.End
		}
	default:
		v.Kind = scalarKind(n.ShortTag())
		if v.Kind != Null {
			v.Text = n.Value
		}
	}
	return end
}

func scalarKind(tag string) ValueKind {
	switch tag {
	case "!!null":
		return Null
	case "!!int", "!!float":
		return Number
	case "!!bool":
		return Boolean
	}
	return String
}
