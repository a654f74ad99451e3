package syntax

import (
	"cmp"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// value is a form that values of the language take: how it is read and
// written, and how the JSON Schema says it. Read returns false after it has
// reported why there is nothing to keep. Write returns nil where there is
// nothing to say; it is nil itself for what only settings are made of, which
// nobody writes.
type value[V any] struct {
	schema func() schema
	read   func(r *reader, n *yaml.Node) (V, bool)
	write  func(V) *yaml.Node
}

type spanned[V any] = source.Spanned[V]

// optional makes a value whose absence means something: a pointer.
func optional[V any](v value[V]) value[*V] {
	return value[*V]{v.schema, func(r *reader, n *yaml.Node) (*V, bool) {
		got, ok := v.read(r, n)
		return &got, ok
	}, func(got *V) *yaml.Node {
		if got == nil {
			return nil
		}
		return v.write(*got)
	}}
}

// scalar makes a value that is one word or number in the file. Parse gets the
// text; what it refuses is an `invalid-value`. Print is the way back; "" says
// nothing.
func scalar[V any](tags, want, example string, s schema, parse func(string) (V, error), print func(V) string) value[spanned[V]] {
	return value[spanned[V]]{as(s), func(r *reader, n *yaml.Node) (spanned[V], bool) {
		if n.Kind != yaml.ScalarNode || !strings.Contains(tags, n.ShortTag()) {
			r.wrongType(n, want, instead(n, tags, example))
			return spanned[V]{}, false
		}
		span := r.span(n)
		v, err := parse(n.Value)
		if err != nil {
			r.invalid(span, err)
			return spanned[V]{}, false
		}
		return spanned[V]{Value: v, Span: span}, true
	}, func(v spanned[V]) *yaml.Node { return scalarNode(tags, print(v.Value)) }}
}

// instead says what to write in the place of a value of the wrong type.
func instead(n *yaml.Node, tags, example string) string {
	if n.Kind == yaml.ScalarNode && tags == textTags && strings.Contains("!!int !!float !!bool", n.ShortTag()) {
		return "Put it in quotes: `\"" + n.Value + "\"`."
	}
	return "Write for example `" + example + "`."
}

// The YAML types of the scalars of the language. A date is text to us, as it
// is in YAML 1.2.
const (
	textTags   = "!!str !!timestamp"
	nameTags   = "!!str !!timestamp !!int"
	numberTags = "!!int !!float"
)

// problem is why a value is not valid, and what to write instead.
type problem struct{ what, help string }

// notOf is the problem of a word that is none of a few.
type notOf struct {
	problem
	word  string
	words []string
}

func (p problem) Error() string { return p.what }

func (r *reader) invalid(span source.Span, err error) {
	switch p := err.(type) {
	case problem:
		r.report("invalid-value", span, p.what, p.help)
	case notOf:
		help, fix := finding.Correct(span, p.word, p.words)
		r.report("invalid-value", span, p.what, cmp.Or(help, p.help))
		r.fix(fix)
	default:
		r.report("invalid-value", span, err.Error(), "")
	}
}

// name reads an id or a reference to one.
var name = scalar(nameTags, "a name", "front-desk", nameSchema, parseName, asIs)

// asIs prints a word, which is its own text.
func asIs(s string) string { return s }

// parseName returns the NFC form of an id.
func parseName(s string) (string, error) {
	s = nfc(s)
	if s == "" {
		return "", problem{"a name is missing here", "Write a short name of letters, digits, `-` or `_`."}
	}
	if utf8.RuneCountInString(s) > MaxNameLength {
		return "", problem{fmt.Sprintf("the name %s is longer than %d characters", finding.Quote(s), MaxNameLength), "Use a short id and put the words into `name`."}
	}
	for i, c := range s {
		if !nameRune(c) && !joiner(s, i) {
			return "", problem{fmt.Sprintf("the name %s has %s in it", finding.Quote(s), character(c)),
				"Ids are letters and digits of any script, `-` and `_`; put other text into `name`" + insteadOf(s)}
		}
	}
	return s, nil
}

// insteadOf suggests an id made from what was written.
func insteadOf(s string) string {
	id := strings.Trim(strings.Join(strings.FieldsFunc(s, func(c rune) bool { return !nameRune(c) }), "-"), "-")
	if id == "" {
		return "."
	}
	return ". Perhaps `" + id + "`?"
}

func nameRune(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsMark(c) || unicode.IsDigit(c) || c == '-' || c == '_'
}

// joiner reports whether the character at i is the zero width non-joiner
// between two letters of Arabic script, where Persian is written with it
// (UAX #31, section 2.3).
func joiner(s string, i int) bool {
	const zwnj = "\u200c"
	if !strings.HasPrefix(s[i:], zwnj) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+len(zwnj):])
	return unicode.Is(unicode.Arabic, before) && unicode.Is(unicode.Arabic, after)
}

// character names a character so that an unseen one is seen.
func character(c rune) string {
	switch {
	case c == ' ':
		return "a space"
	case unicode.IsGraphic(c) && !unicode.IsSpace(c):
		return "`" + string(c) + "`"
	}
	return fmt.Sprintf("the hidden character U+%04X", c)
}

// definedName reads the key of a definition, which must be no reserved word.
func (r *reader) definedName(key *yaml.Node) (model.Name, bool) {
	id, ok := name.read(r, key)
	if ok {
		r.reserved(id)
	}
	return id, ok
}

func (r *reader) reserved(id model.Name) {
	for _, word := range model.Reserved {
		if id.Value == word {
			r.report("name-conflict", id.Span, fmt.Sprintf("`%s` is a word of the language and cannot be an id", word), "Choose another id, such as `"+word+"-1`.")
		}
	}
}

// text is what people read: a string, or a map of language to string.
var text = value[model.Text]{as(textSchema), func(r *reader, n *yaml.Node) (model.Text, bool) {
	if n.Kind != yaml.MappingNode {
		s, ok := plainText.read(r, n)
		return model.Text{Span: s.Span, Plain: s.Value}, ok
	}
	t := model.Text{Span: r.span(n)}
	t.Translations = make([]model.Translation, 0, len(n.Content)/2)
	for language, words := range readMap(r, n, language.read, plainText.read) {
		t.Translations = append(t.Translations, model.Translation{Language: language, Text: words})
	}
	if len(n.Content) == 0 {
		r.wrongType(n, "a text, or one text per language", "Write for example `{en: Call us, ar: اتصل بنا}`.")
	}
	return t, len(t.Translations) > 0
}, func(t model.Text) *yaml.Node {
	if len(t.Translations) == 0 {
		return plainText.write(spanned[string]{Value: t.Plain})
	}
	m := mapNode()
	for _, tr := range t.Translations {
		addPair(m, language.write(tr.Language), plainText.write(tr.Text))
	}
	return m
}}

var plainText = scalar(textTags, "a text", `"Call the front desk"`, stringSchema, notBlank, words)

func notBlank(s string) (string, error) {
	if strings.TrimSpace(s) == "" {
		return "", problem{"the text is empty", "Write the words that people will read, or leave the key out."}
	}
	return nfc(s), nil
}

// words prints a text. A blank one says nothing.
func words(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return nfc(s)
}

// nfc returns the Unicode form NFC of a text.
func nfc(s string) string {
	for _, c := range s {
		if !composed(c) {
			return norm.NFC.String(s)
		}
	}
	return s
}

// composed reports whether a text of such characters alone is in form NFC:
// none of them decomposes to something else, or follows another to become one
// with it. They are those of Latin and of the Arabic letters and digits,
// without any marks, which most texts are made of.
func composed(c rune) bool {
	return c < 0x300 || c >= 0x620 && c <= 0x64A || c >= 0x660 && c <= 0x66F || c >= 0x671 && c <= 0x6D3
}

// boolean is true or false, which says nothing.
var boolean = scalar("!!bool", "true or false", "true", schema{"type": "boolean"}, func(s string) (bool, error) {
	return strings.EqualFold(s, "true"), nil
}, func(b bool) string {
	if b {
		return "true"
	}
	return ""
})

// staffed is a boolean whose false says something where it stands in a file: it
// overrides the true of a built-in channel.
var staffed = value[spanned[bool]]{boolean.schema, boolean.read, func(b spanned[bool]) *yaml.Node {
	if b.Given() {
		return scalarNode("!!bool", strconv.FormatBool(b.Value))
	}
	return boolean.write(b)
}}

// oneOf reads one of a few words.
func oneOf(words ...string) value[spanned[string]] {
	list := "`" + strings.Join(words, "`, `") + "`"
	s := schema{"type": "string", "enum": words}
	return scalar(nameTags, "one of "+list, words[0], s, func(s string) (string, error) {
		for _, w := range words {
			if s == w {
				return s, nil
			}
		}
		return "", notOf{problem{finding.Quote(s) + " is not one of " + list, "Write one of " + list + "."}, s, words}
	}, asIs)
}

// number reads a number between two bounds.
func number(least, most float64, want string) value[spanned[float64]] {
	s := schema{"type": "number", "minimum": least, "maximum": most}
	return scalar(numberTags, want, strconv.FormatFloat(most, 'g', -1, 64), s, func(s string) (float64, error) {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || !(f >= least && f <= most) {
			return 0, problem{fmt.Sprintf("%s is not %s", finding.Quote(s), want), fmt.Sprintf("Write a number from %g to %g.", least, most)}
		}
		return f, nil
	}, func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) })
}

// score reads a judgement.
var score = number(1, 5, "a score from 1 to 5")

// list is a list of values; whatever is wrong in it, the rest is kept. An empty
// list is something else than none: a customer with `speaks: []` does not
// inherit any.
func list[V any](of value[V], want string) value[[]V] {
	return value[[]V]{func() schema { return schema{"type": "array", "items": of.schema()} }, func(r *reader, n *yaml.Node) ([]V, bool) {
		if n.Kind != yaml.SequenceNode {
			r.wrongType(n, want, asList(n))
			return nil, false
		}
		all := make([]V, 0, len(n.Content))
		for i, c := range n.Content {
			r.pushIndex(i)
			if v, ok := of.read(r, resolve(c)); ok {
				all = append(all, v)
			}
			r.pop()
		}
		return all, true
	}, func(all []V) *yaml.Node {
		if all == nil {
			return nil
		}
		n := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
		for _, v := range all {
			if entry := of.write(v); entry != nil {
				n.Content = append(n.Content, entry)
			}
		}
		return n
	}}
}

// asList shows how to write what stands there as a list.
func asList(n *yaml.Node) string {
	if n.Kind == yaml.ScalarNode && n.Value != "" && n.ShortTag() != "!!null" {
		return "Put it between brackets: `[" + strings.Join(strings.Fields(strings.ReplaceAll(n.Value, ",", " ")), ", ") + "]`."
	}
	return "Write the entries between brackets, `[one, two]`, or each on a line of its own after `- `."
}

// oneOrList is a value or a list of them.
func oneOrList[V any](of value[V], want string) value[[]V] {
	several := list(of, want)
	return value[[]V]{func() schema { return schema{"anyOf": []schema{of.schema(), several.schema()}} }, func(r *reader, n *yaml.Node) ([]V, bool) {
		if n.Kind == yaml.SequenceNode {
			return several.read(r, n)
		}
		v, ok := of.read(r, n)
		return []V{v}, ok
	}, func(all []V) *yaml.Node {
		if len(all) == 1 {
			return of.write(all[0])
		}
		return several.write(all)
	}}
}

var names = list(name, "a list of names")

// readMap yields the keys and values of a mapping whose keys are the author's
// own. A key that comes twice is reported and its second value dropped.
func readMap[V any](r *reader, n *yaml.Node, readKey func(*reader, *yaml.Node) (spanned[string], bool), readValue func(*reader, *yaml.Node) (V, bool)) iter.Seq2[spanned[string], V] {
	return func(yield func(spanned[string], V) bool) {
		known := knownKeys{reader: r, from: len(r.keys)}
		if most := len(n.Content) / 2; most > few {
			known.index = make(map[string]source.Span, most)
		}
		defer known.forget()
		for i := 0; i+1 < len(n.Content); i += 2 { // as pairs, whose loop body would come from the heap here
			k, v := resolve(n.Content[i]), resolve(n.Content[i+1])
			r.push(k.Value, r.span(k))
			if k.Tag == "!!merge" {
				r.mergeKey(r.key())
				r.pop()
				continue
			}
			key, named := readKey(r, k)
			first, twice := known.find(key.Value)
			if named && twice {
				r.duplicate(key.Value, key.Span, first)
			}
			// The value is read in any case: one mistake must not hide another.
			got, ok := readValue(r, v)
			r.pop()
			if ok && named && !twice {
				known.add(key)
				if !yield(key, got) {
					return
				}
			}
		}
	}
}

// knownKeys are the keys of a map that were read so far: the last ones of the
// reader's, since the maps in it are done with.
type knownKeys struct {
	*reader
	from  int
	index map[string]source.Span // instead, where they are many
}

// few is how many keys are sooner compared one by one than looked up.
const few = 16

func (k *knownKeys) find(key string) (first source.Span, known bool) {
	for _, one := range k.keys[k.from:] {
		if one.Value == key {
			return one.Span, true
		}
	}
	first, known = k.index[key]
	return first, known
}

func (k *knownKeys) add(key spanned[string]) {
	if k.index != nil {
		k.index[key.Value] = key.Span
	} else {
		k.keys = append(k.keys, key)
	}
}

func (k *knownKeys) forget() { k.keys = k.keys[:k.from] }

func (r *reader) duplicate(key string, span, first source.Span) {
	r.report("duplicate-key", span, fmt.Sprintf("%s stands twice in the same map; the second is not used", finding.Quote(key)),
		"Remove one of the two, or join them.", finding.Related{Span: first, Message: "first defined here"})
}
