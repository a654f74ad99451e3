package syntax

import (
	"fmt"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// maxKeys is at least the number of keys that any object has.
const maxKeys = 40

// object is a map whose keys are the language's own.
type object[T any] struct {
	what   string // "a touchpoint"
	fields []field[T]
	byKey  map[string]int // positions in fields
	keys   []string
}

// field is one key of an object.
type field[T any] struct {
	key      string
	doc      string // one sentence for the schema and the reference
	required bool
	schema   func() schema
	read     func(r *reader, n *yaml.Node, into *T)
	write    func(from *T) *yaml.Node // nil, of settings, as with value
}

// key makes a field whose value stands in the place that at returns.
func key[T, V any](name string, v value[V], at func(*T) *V, doc string) field[T] {
	return field[T]{key: name, doc: doc, schema: v.schema, read: func(r *reader, n *yaml.Node, into *T) {
		if got, ok := v.read(r, n); ok {
			*at(into) = got
		} else if len(r.path) == 1 {
			r.cannotRead(name)
		}
	}, write: func(from *T) *yaml.Node { return v.write(*at(from)) }}
}

func (f field[T]) needed() field[T] {
	f.required = true
	return f
}

func newObject[T any](what string, fields ...field[T]) *object[T] {
	o := &object[T]{what: what, fields: fields, byKey: make(map[string]int, len(fields))}
	for i, f := range fields {
		o.byKey[f.key] = i
		o.keys = append(o.keys, f.key)
	}
	return o
}

// read reads the keys of a mapping into a value. It returns false if the
// node is no mapping.
func (o *object[T]) read(r *reader, n *yaml.Node, into *T) bool {
	if n.Kind != yaml.MappingNode {
		r.wrongType(n, "a map with the keys "+o.someKeys(), "Write one `key: value` on each line below, indented.")
		return false
	}
	var room [maxKeys]*yaml.Node // so that it need not come from the heap
	seen := room[:len(o.fields)]
	for k, v := range pairs(n) {
		span := r.span(k)
		r.push(k.Value, span)
		o.readField(r, n, k, v, span, seen, into)
		r.pop()
	}
	o.missing(r, n, seen)
	return true
}

// write makes a map of all keys that have something to say.
func (o *object[T]) write(from *T) *yaml.Node {
	m := mapNode()
	for _, f := range o.fields {
		addPair(m, scalarNode(textTags, f.key), f.write(from))
	}
	return m
}

// misspelt reports whether an unknown key of a map was probably meant to be
// this one: then the key is not missing, and was spoken of already.
func (o *object[T]) misspelt(n *yaml.Node, key string) bool {
	for k := range pairs(n) {
		if _, known := o.byKey[k.Value]; !known && finding.Nearest(k.Value, o.keys) == key {
			return true
		}
	}
	return false
}

// someKeys names the keys, or what they are keys of where they are many.
func (o *object[T]) someKeys() string {
	if len(o.keys) > 6 {
		return "of " + o.what
	}
	return sentence(o.keys)
}

func (o *object[T]) readField(r *reader, n, k, v *yaml.Node, span source.Span, seen []*yaml.Node, into *T) {
	i, known := o.byKey[k.Value]
	switch {
	case k.Kind != yaml.ScalarNode:
		r.report("wrong-type", span, "a key must be one word, but "+what(k), "Write `key: value`; put text with special characters in quotes.")
	case !known:
		o.unknown(r, n, k, span)
	case seen[i] != nil:
		r.duplicate(k.Value, span, r.span(seen[i]))
		o.fields[i].read(r, v, new(T)) // for what is wrong in it
	default:
		seen[i] = k
		o.fields[i].read(r, v, into)
	}
}

func (o *object[T]) unknown(r *reader, n, k *yaml.Node, span source.Span) {
	help, fix := finding.Correct(span, k.Value, o.keys)
	if len(r.path) == 1 {
		r.cannotRead(finding.Nearest(k.Value, o.keys))
	}
	switch {
	case k.Tag == "!!merge":
		r.mergeKey(span)
		return
	case help == "":
		help = "The keys of " + o.what + " are " + sentence(o.keys) + "."
	}
	r.report("unknown-key", span, finding.Quote(k.Value)+" is not a key of "+o.what, help)
	if fix != nil && o.others(n, k, fix.Edits[0].Text) {
		fix = nil // which of them was meant?
	}
	r.fix(fix)
}

func (r *reader) mergeKey(span source.Span) {
	r.report("unknown-key", span, "merge keys (`<<`) are not part of the language", "Use `like` for customers and `imports` for files, or write the keys out.")
}

// others reports whether another key of a map is this one, or was probably
// meant to be.
func (o *object[T]) others(n, key *yaml.Node, meant string) bool {
	for k := range pairs(n) {
		if _, known := o.byKey[k.Value]; k != key && (k.Value == meant || !known && finding.Nearest(k.Value, o.keys) == meant) {
			return true
		}
	}
	return false
}

// missing reports required keys that are not there, at the key whose value
// lacks them.
func (o *object[T]) missing(r *reader, n *yaml.Node, seen []*yaml.Node) {
	at := r.key()
	if len(r.path) == 0 && len(n.Content) > 0 {
		at = r.span(n.Content[0])
	}
	for i, f := range o.fields {
		if f.required && seen[i] == nil && !o.misspelt(n, f.key) {
			r.report("missing-key", at, fmt.Sprintf("%s needs the key `%s`", o.what, f.key), "Add `"+f.key+"`: "+f.doc)
		}
	}
}

// sentence joins words as a person would: `a`, `b` and `c`.
func sentence(words []string) string {
	s := ""
	for i, w := range words {
		switch {
		case i == 0:
		case i == len(words)-1:
			s += " and "
		default:
			s += ", "
		}
		s += "`" + w + "`"
	}
	return s
}

// plain makes the object a value of its own, for maps inside lists and keys.
func plain[T any](o *object[T], at func(*T) *source.Span) value[T] {
	return value[T]{o.jsonSchema, func(r *reader, n *yaml.Node) (T, bool) {
		var t T
		start := r.places.offset(n.Line, n.Column)
		r.end = start
		ok := o.read(r, n, &t)
		*at(&t) = r.to(start, r.end)
		return t, ok
	}, func(t T) *yaml.Node { return o.write(&t) }}
}

// definitions is a map of id → definition. Nothing after the colon is an empty
// definition; in one word it has, if not "", the key short alone.
func definitions[T any](what string, o *object[T], def func(*T) *model.Definition, short string) value[[]*T] {
	read := func(r *reader, n *yaml.Node) (*T, bool) {
		t := new(T)
		r.end = r.key().End
		switch {
		case n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
			o.missing(r, n, make([]*yaml.Node, len(o.fields)))
		case n.Kind == yaml.ScalarNode && short != "":
			o.fields[o.byKey[short]].read(r, n, t)
		default:
			o.read(r, n, t)
		}
		def(t).Span = r.to(r.key().Start, r.end)
		return t, true
	}
	return value[[]*T]{func() schema { return o.mapSchema(short) }, func(r *reader, n *yaml.Node) ([]*T, bool) {
		if n.Kind != yaml.MappingNode {
			r.wrongType(n, "a map of "+what, "Write each on a line of its own, indented: `id: …`.")
			return nil, false
		}
		all := make([]*T, 0, len(n.Content)/2)
		for id, t := range readMap(r, n, (*reader).definedName, read) {
			def(t).ID = id
			all = append(all, t)
		}
		return all, true
	}, func(all []*T) *yaml.Node {
		if len(all) == 0 {
			return nil
		}
		m := mapNode()
		for _, t := range all {
			addPair(m, name.write(def(t).ID), inOneWord(o.write(t), short))
		}
		return onLines(m)
	}}
}

// inOneWord makes one word of a definition that has only the key short.
func inOneWord(m *yaml.Node, short string) *yaml.Node {
	if len(m.Content) == 2 && m.Content[0].Value == short && m.Content[1].Kind == yaml.ScalarNode {
		return m.Content[1]
	}
	return m
}

// slice makes a value of pointers one of values.
func slice[T any](v value[[]*T]) value[[]T] {
	return value[[]T]{v.schema, func(r *reader, n *yaml.Node) ([]T, bool) {
		got, ok := v.read(r, n)
		all := make([]T, len(got))
		for i, t := range got {
			all[i] = *t
		}
		return all, ok
	}, func(all []T) *yaml.Node {
		pointers := make([]*T, len(all))
		for i := range all {
			pointers[i] = &all[i]
		}
		return v.write(pointers)
	}}
}
