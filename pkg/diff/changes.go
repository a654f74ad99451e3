package diff

import (
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

// What became of a thing.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
	Renamed = "renamed" // another id; Keys tell what else changed, if anything
	Moved   = "moved"   // of a step on a path
)

// Change is what became of one thing that a file defines.
type Change struct {
	Kind string // stage, capability, channel, department, customer, need, touchpoint, path or file
	ID   string // of the old version where it was removed; "" for the file
	From string // the id before, of what was renamed
	Name string // what people read; "" where the file gives no name
	What string // Added, Removed, Changed or Renamed
	Keys []Key
}

// Key is what became of one key of a definition.
type Key struct {
	Key string
	// Old and New are the values in the words of the file, lists with commas
	// or arrows; "" where the key is not there.
	Old, New string
	// Added and Removed are the differences of a list that both versions have.
	Added, Removed []string
	Steps          []StepChange // where the order of the list matters
}

// StepChange is what became of one step of a path, or of one stage.
type StepChange struct {
	What  string // Added, Removed or Moved
	Step  string
	After string // what stands before it now; "" at the start, and of a removed one
}

// renamings maps kinds and old ids to new ids.
type renamings map[[2]string]string

func (r renamings) now(kind, id string) string {
	if other, ok := r[[2]string{kind, id}]; ok {
		return other
	}
	return id
}

// refers says of which kind of thing the ids are that a key holds. Where it is
// a touchpoint, the value may name a step: `basic/call#2`.
var refers = map[string][]string{
	"stage": {"stage"}, "stages": {"stage"}, "channel": {"channel"}, "like": {"customer"}, "customers": {"customer"}, "needs": {"need"},
	"owner": {"department"}, "by": {"department"}, "hands-over.to": {"department"}, "serves": {"customer", "department"},
	"steps": {"touchpoint"}, "instead-of": {"touchpoint"}, "after": {"touchpoint"}, "before": {"touchpoint"},
	"from": {"touchpoint"}, "to": {"touchpoint"}, "then": {"touchpoint"},
}

// word returns what a word of a key is called now.
func (r renamings) word(key, word string) string {
	of, ok := refers[key]
	if !ok {
		of = refers[key[strings.LastIndex(key, ".")+1:]]
	}
	for _, kind := range of {
		path, id, nth := "", word, ""
		if i := strings.LastIndex(word, "/"); kind == "touchpoint" && i >= 0 {
			path, id = r.now("path", word[:i])+"/", word[i+1:]
		}
		if i := strings.LastIndex(id, "#"); kind == "touchpoint" && i >= 0 {
			id, nth = id[:i], id[i:]
		}
		if now := path + r.now(kind, id) + nth; now != word {
			return now
		}
	}
	return word
}

// sections are the kinds of things that the parts of a file define.
var sections = map[string]string{
	"stages": "stage", "channels": "channel", "departments": "department", "customers": "customer", "needs": "need",
	"touchpoints": "touchpoint", "capabilities": "capability",
}

// finding names what a finding is about as it is called now.
func (r renamings) finding(f *finding.Finding) {
	if len(r) == 0 {
		return
	}
	f.Subject = r.subject(f.Subject)
	words := strings.Split(f.Key, " ")
	for i, w := range words {
		words[i] = r.word("steps", w)
	}
	f.Key = strings.Join(words, " ")
	f.Concerns = slices.Clone(f.Concerns)
	for i, c := range f.Concerns {
		customer, need, _ := strings.Cut(c, ":")
		f.Concerns[i] = r.now("customer", customer) + ":" + r.now("need", need)
	}
}

// subject returns where a thing stands now: touchpoints.ID.owner,
// paths.alternative.ID.
func (r renamings) subject(subject string) string {
	parts := strings.Split(subject, ".")
	switch kind, known := sections[parts[0]]; {
	case known && len(parts) > 1:
		parts[1] = r.now(kind, parts[1])
	case parts[0] == "paths" && len(parts) > 2:
		parts[2] = r.now("path", parts[2])
	}
	return strings.Join(parts, ".")
}

// change compares what the versions define, and returns what was renamed.
func (f *File) change(c *comparison, before, after version) renamings {
	language := after.language()
	was, is := merged(before, language), merged(after, language)
	renamed := renames(was, is)
	renamed.byKey(before.Journey.Document, after.Journey.Document)
	if translated(before.Journey.Document, after.Journey.Document) {
		was, is = withoutTexts(was), withoutTexts(is)
	}
	old := map[[2]string]*definition{}
	for i := range was {
		d := &was[i]
		old[[2]string{d.kind, renamed.now(d.kind, d.id())}] = d
	}
	f.note(c, before, after, nil, nil, Change{Kind: "file", What: Changed,
		Keys: compareFacts(fileFacts(before.Journey.Document, language), fileFacts(after.Journey.Document, language), renamed)})
	for _, kind := range kinds {
		for i := range is {
			if is[i].kind == kind {
				key := [2]string{kind, is[i].id()}
				f.define(c, before, after, old[key], &is[i], renamed)
				delete(old, key)
			}
		}
		for i := range was {
			d := &was[i]
			if d.kind == kind && old[[2]string{kind, renamed.now(kind, d.id())}] == d {
				f.define(c, before, after, d, nil, renamed)
			}
		}
	}
	return renamed
}

// define compares one thing; old is nil where it was added, new where it was
// removed.
func (f *File) define(c *comparison, before, after version, old, new *definition, renamed renamings) {
	switch {
	case old == nil:
		f.note(c, before, after, old, new, Change{Kind: new.kind, ID: new.id(), Name: label(new.def, after), What: Added, Keys: compareFacts(nil, new.all, renamed)})
	case new == nil:
		f.note(c, before, after, old, new, Change{Kind: old.kind, ID: old.id(), Name: label(old.def, before), What: Removed, Keys: compareFacts(old.all, nil, renamed)})
	default:
		old = renamed.exceptions(old)
		change := Change{Kind: new.kind, ID: new.id(), Name: label(new.def, after), What: Changed, Keys: compareFacts(old.all, new.all, renamed)}
		if old.id() != new.id() && after.Journey.Document.Format == "" {
			change.From, change.What = old.id(), Renamed
		}
		f.note(c, before, after, old, new, change)
	}
}

// note keeps a change, unless it is none, or it stands in imported files that
// are compared themselves.
func (f *File) note(c *comparison, before, after version, old, new *definition, change Change) {
	listed := change.Kind == "stage" && change.What != Changed // the order of the stages tells it
	if listed || change.What == Changed && len(change.Keys) == 0 {
		return
	}
	var elsewhere string
	if old != nil {
		if elsewhere = old.file; elsewhere == before.Journey.Document.File.Name || !c.told[elsewhere] {
			f.Changes = append(f.Changes, change)
			return
		}
	}
	if new != nil {
		if elsewhere = new.file; elsewhere == after.Journey.Document.File.Name || !c.told[elsewhere] {
			f.Changes = append(f.Changes, change)
			return
		}
	}
	switch {
	case elsewhere == "":
		f.Changes = append(f.Changes, change)
	case !slices.Contains(f.Through, elsewhere):
		f.Through = append(f.Through, elsewhere)
	}
}

// label is the name that people read, "" where there is none.
func label(d model.Definition, v version) string {
	if d.Name.Empty() {
		return ""
	}
	return d.Name.In(v.language())
}

// merged lists all that a version defines, each once, with its imports.
func merged(v version, language string) []definition {
	var all []definition
	seen := map[[2]string]bool{}
	for _, doc := range v.documents() {
		for _, d := range definitionsIn(doc, language) {
			key := [2]string{d.kind, d.id()}
			if imported := doc != v.Journey.Document; imported && d.kind == "path" || seen[key] {
				continue
			}
			seen[key] = true
			all = append(all, d)
		}
	}
	return all
}

// renames finds what has another id and says the same: the only one that went
// and the only one that came of its kind and words. Few words may be the same
// by chance.
func renames(was, is []definition) renamings {
	here, there := idsOf(is), idsOf(was)
	went, came := map[string][]*definition{}, map[string][]*definition{}
	var order []string
	for i := range was {
		if d := &was[i]; telling(d) && !here[[2]string{d.kind, d.id()}] {
			went[d.words()] = append(went[d.words()], d)
			order = append(order, d.words())
		}
	}
	for i := range is {
		if d := &is[i]; telling(d) && !there[[2]string{d.kind, d.id()}] {
			came[d.words()] = append(came[d.words()], d)
		}
	}
	renamed := renamings{}
	for _, words := range order {
		if a, b := went[words], came[words]; len(a) == 1 && len(b) == 1 {
			renamed[[2]string{a[0].kind, a[0].id()}] = b[0].id()
		}
	}
	return renamed
}

// byKey adds what two files of other formats call the same. Their ids are made
// of words, which may have been changed or translated.
func (r renamings) byKey(before, after *model.Document) {
	if before.Format == "" || before.Format != after.Format {
		return
	}
	type key struct{ kind, key string }
	now := make(map[key]string, len(after.Keys))
	for _, k := range after.Keys {
		now[key{k.Kind, k.Key}] = k.ID
	}
	for _, k := range before.Keys {
		if id, ok := now[key{k.Kind, k.Key}]; ok && id != k.ID {
			r[[2]string{k.Kind, k.ID}] = id
		}
	}
}

// exceptions gives the exceptions of a touchpoint the ids that they have now.
func (r renamings) exceptions(old *definition) *definition {
	now := *old
	now.all = slices.Clone(old.all)
	for i, f := range now.all {
		rest, of := strings.CutPrefix(f.key, "exceptions.")
		id, key, _ := strings.Cut(rest, ".")
		if other := r.now("exception", old.id()+"."+id); of && other != old.id()+"."+id {
			now.all[i].key = "exceptions." + other[strings.LastIndex(other, ".")+1:] + "." + key
		}
	}
	return &now
}

// translated reports whether two files of another format are the same journey
// in two languages, of which the ways are to be compared, not the words.
func translated(before, after *model.Document) bool {
	return before.Format != "" && before.Format == after.Format && before.Language.Value != after.Language.Value
}

// withoutTexts leaves out what is read by people.
func withoutTexts(all []definition) []definition {
	for i := range all {
		all[i].all = slices.DeleteFunc(all[i].all, func(f fact) bool {
			key := f.key[strings.LastIndex(f.key, ".")+1:]
			return key == "description" || key == "name" || strings.HasPrefix(f.key, "name")
		})
	}
	return all
}

func idsOf(all []definition) map[[2]string]bool {
	ids := make(map[[2]string]bool, len(all))
	for _, d := range all {
		ids[[2]string{d.kind, d.id()}] = true
	}
	return ids
}

func telling(d *definition) bool {
	return len(d.all) > 1 || len(d.all) == 1 && strings.HasPrefix(d.all[0].key, "name")
}

// words is equal for definitions of one kind that say the same.
func (d *definition) words() string {
	parts := make([]string, len(d.all))
	for i, f := range d.all {
		parts[i] = f.key + "\x00" + f.same
	}
	slices.Sort(parts)
	return d.kind + "\x01" + strings.Join(parts, "\x01")
}

// compareFacts compares two definitions key by key, in the order of the new
// one; what it has no longer comes last.
func compareFacts(was, is []fact, renamed renamings) []Key {
	old := make(map[string]*fact, len(was))
	for i := range was {
		old[was[i].key] = &was[i]
	}
	var keys []Key
	for i := range is {
		f := &is[i]
		if k, differs := compareFact(old[f.key], f, renamed); differs {
			keys = append(keys, k)
		}
		delete(old, f.key)
	}
	for i := range was {
		if f := &was[i]; old[f.key] == f {
			k, _ := compareFact(f, nil, renamed)
			keys = append(keys, k)
		}
	}
	return keys
}

// compareFact compares the values of a key; one of them may be nil.
func compareFact(was, is *fact, renamed renamings) (k Key, differs bool) {
	switch {
	case was == nil:
		return Key{Key: is.key, New: is.shown}, true
	case is == nil:
		return Key{Key: was.key, Old: was.shown}, true
	}
	k = Key{Key: is.key, Old: was.shown, New: is.shown}
	if is.kind == single {
		return k, was.same != is.same && renamed.word(is.key, was.same) != is.same
	}
	before := make([]string, len(was.list))
	for i, word := range was.list {
		before[i] = renamed.word(is.key, word)
	}
	if is.kind == way {
		k.Steps = compareWays(before, is.list)
	}
	k.Added, k.Removed = missing(before, is.list), missing(is.list, before)
	return k, len(k.Added)+len(k.Removed)+len(k.Steps) > 0
}

// missing returns the words of a list that another does not have, each once.
func missing(from, list []string) []string {
	seen := map[string]bool{}
	for _, word := range from {
		seen[word] = true
	}
	var all []string
	for _, word := range list {
		if !seen[word] {
			seen[word] = true
			all = append(all, word)
		}
	}
	return all
}
