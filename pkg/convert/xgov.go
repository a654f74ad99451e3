package convert

import (
	"path"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// xgov reads the forms of the XGov digital form builder, as its runner walks
// through them: pages with questions, and links to the pages that follow.
var xgov = Format{
	Name: "xgov-form", Title: "XGov digital form (JSON)", Endings: []string{".json"},
	detect: func(_ string, data []byte) bool { return xgovIs(data) },
	read:   xgovRead,
}

// xgovForm is a form while it is read.
type xgovForm struct {
	*flow
	root  *syntax.Value
	pages []*xgovPage
	// paths are the pages by their path. The runner compares paths letter by
	// letter; of two that are equal it takes the first.
	paths      map[string]*xgovPage
	conditions map[string]source.Spanned[string] // what each is called
	used       []source.Spanned[string]          // the conditions of links, in words, each once
	lists      *xgovLists
	sections   map[string]bool
	questions  int
	keys       map[string]int  // how often each key was wanted
	known      map[string]bool // what was noted already
	compared   int             // paths that were compared with misspelt ones
}

// xgovPage is a page of a form.
type xgovPage struct {
	value      *syntax.Value
	key        string // of its node
	path, name source.Spanned[string]
	called     string // the name as findings have it
	controller string // by the name of its class
	asks       bool   // something is to be filled in
	node       int
}

func xgovRead(file *source.File, _ Options) (*flow, []finding.Finding) {
	root, findings := syntax.Values(file)
	if root == nil {
		return nil, findings
	}
	x := &xgovForm{
		flow: newFlow(file), root: root, paths: map[string]*xgovPage{},
		conditions: map[string]source.Spanned[string]{}, sections: map[string]bool{}, keys: map[string]int{}, known: map[string]bool{},
	}
	x.lists = newXgovLists(root.Get("lists"))
	x.readHead()
	for _, c := range root.Get("conditions").Each() {
		x.readCondition(c)
	}
	for _, s := range root.Get("sections").Each() {
		x.sections[s.Get("name").Str().Value] = true
	}
	for _, p := range root.Get("pages").Each() {
		x.readPage(p)
	}
	if len(x.pages) == 0 {
		return nil, append(append(findings, x.findings...), finding.Finding{
			Rule: "invalid-file", Span: x.place("pages"), Unchecked: true,
			Message: "the form has no pages, so nobody can walk through it", Help: "Write its pages as a list: `\"pages\": [{\"path\": \"/start\", …}]`.",
		})
	}
	x.readStart()
	x.readLinks()
	x.readRest()
	return x.flow, findings
}

// readHead reads what is said of the form as a whole.
func (x *xgovForm) readHead() {
	x.doc.Language = x.language()
	x.doc.Title, _ = x.text(x.root.Get("name"))
	if x.doc.Title.Empty() {
		x.doc.Title = xgovFileTitle(x.file)
	}
	x.readCustomers()
}

// language returns the language of a form: Welsh where the form says so, or
// is kept among Welsh ones. English is what every form has that says nothing.
func (x *xgovForm) language() source.Spanned[string] {
	if welsh := x.root.Get("metadata").Get("isWelsh"); welsh != nil && welsh.Kind == syntax.Boolean {
		if welsh.Text == "true" {
			return source.Spanned[string]{Value: "cy", Span: welsh.Span}
		}
		return source.Spanned[string]{}
	}
	folder, name := path.Split(x.file.Path)
	name = strings.TrimSuffix(name, path.Ext(name))
	if path.Base(folder) == "cy" || strings.HasSuffix(name, "-cy") {
		return source.Spanned[string]{Value: "cy", Span: x.place("")}
	}
	return source.Spanned[string]{}
}

// xgovFileTitle makes a title of the name of a file, for want of another.
func xgovFileTitle(file *source.File) model.Text {
	name := path.Base(file.Path)
	name = strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(strings.TrimSuffix(name, path.Ext(name))))
	if name == "" || name == "." {
		name = "journey"
	}
	return model.Text{Plain: name, Span: source.Span{File: file}}
}

// text returns what people read, in all its languages, and in the one of the
// form.
func (x *xgovForm) text(v *syntax.Value) (model.Text, source.Spanned[string]) {
	plain := source.Spanned[string]{}
	if v == nil {
		return model.Text{}, plain
	}
	if v.Kind != syntax.Map {
		plain = source.Spanned[string]{Value: strings.TrimSpace(v.Text), Span: v.Span}
		return model.Text{Plain: plain.Value, Span: v.Span}, plain
	}
	text := model.Text{Span: v.Span}
	for _, f := range v.Fields {
		said := source.Spanned[string]{Value: strings.TrimSpace(f.Value.Text), Span: f.Value.Span}
		if said.Value == "" {
			continue
		}
		text.Translations = append(text.Translations, model.Translation{Language: f.Key, Text: said})
		if plain.Value == "" || f.Key.Value == x.languageOrEnglish() {
			plain = said
		}
	}
	return text, plain
}

func (x *xgovForm) languageOrEnglish() string {
	if x.doc.Language.Value == "" {
		return "en"
	}
	return x.doc.Language.Value
}

// place returns where a key of the form stands; the beginning of the form
// where it has no such key.
func (x *xgovForm) place(key string) source.Span {
	for _, f := range x.root.Fields {
		if f.Key.Value == key {
			return f.Key.Span
		}
	}
	at := x.root.Span
	at.End = min(at.Start+1, at.End)
	return at
}

func (x *xgovForm) readCondition(c *syntax.Value) {
	id, words := c.Get("name").Str(), c.Get("displayName").Str()
	if words.Value == "" {
		words = id
	}
	words.Value = xgovShort(words.Value)
	if _, twice := x.conditions[id.Value]; id.Value != "" && !twice {
		x.conditions[id.Value] = words
	}
}

// xgovShort cuts words that nobody would read to their end. What is long and
// named often would else be copied as often.
func xgovShort(words string) string {
	if len(words) <= xgovLongest {
		return words
	}
	return strings.ToValidUTF8(words[:xgovLongest], "") + "…"
}

// xgovLongest is how many bytes of words are kept.
const xgovLongest = 200

// key returns a key for a node that no other node has.
func (x *xgovForm) key(wanted string) string {
	if x.keys[wanted]++; x.keys[wanted] == 1 {
		return wanted
	}
	return x.key(wanted + "#" + strconv.Itoa(x.keys[wanted]))
}
