package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

var sharedName = judgement("words", "shared-name", finding.Warning,
	"two things of one kind have names that people read as the same", checkSharedName)

// checkSharedName compares the names of touchpoints, customers and departments
// with those of their kind: those of the file itself and of the imports that
// it uses. What two names of one import share is told where that is checked.
func checkSharedName(p *Pass) {
	j := p.Journey
	most := max(len(j.Touchpoints), len(j.Customers), len(j.Departments))
	n := &naming{Pass: p, things: make([]*model.Definition, 0, most), names: make([]spoken, 0, 2*most)}
	for _, t := range j.Touchpoints {
		if p.ours(t.ID) || p.Graph != nil && len(p.Graph.Visits(t.ID.Value)) > 0 {
			n.add(&t.Definition)
		}
	}
	n.compare("touchpoint")
	for _, c := range j.Customers {
		if c.ID.Given() {
			n.add(&c.Definition)
		}
	}
	n.compare("customer")
	for _, d := range j.Departments {
		n.add(&d.Definition)
	}
	n.compare("department")
}

// naming is the names of things of one kind, as people read them.
type naming struct {
	*Pass
	things []*model.Definition
	names  []spoken
	buffer []byte
}

// spoken is one of the names of a thing.
type spoken struct {
	read  uint64 // the hash of what is read
	thing int    // position in things
	nth   int    // position in its translations; -1 for its only name
}

func (n *naming) add(d *model.Definition) {
	thing := len(n.things)
	n.things = append(n.things, d)
	if len(d.Name.Translations) == 0 {
		n.speak(spoken{thing: thing, nth: -1})
	}
	for i := range d.Name.Translations {
		n.speak(spoken{thing: thing, nth: i})
	}
}

// speak keeps a name, unless there is nothing to read in it.
func (n *naming) speak(s spoken) {
	if n.buffer = appendRead(n.buffer[:0], n.text(s)); len(n.buffer) > 0 {
		s.read = hash(n.buffer)
		n.names = append(n.names, s)
	}
}

func (n *naming) text(s spoken) string {
	d := n.things[s.thing]
	switch {
	case s.nth >= 0:
		return d.Name.Translations[s.nth].Text.Value
	case d.Name.Plain != "":
		return d.Name.Plain
	}
	return d.ID.Value
}

// hash is FNV-1a, 64 bits: the same on every day.
func hash(text []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, b := range text {
		h = (h ^ uint64(b)) * 1099511628211
	}
	return h
}

// compare reports the things that share a name with an earlier one, and
// forgets them all.
func (n *naming) compare(kind string) {
	slices.SortFunc(n.names, func(a, b spoken) int {
		if a.read != b.read {
			return cmp.Compare(a.read, b.read)
		}
		return cmp.Or(a.thing-b.thing, a.nth-b.nth)
	})
	var pairs []pair
	for i := 0; i < len(n.names); {
		end := i + 1
		for end < len(n.names) && n.names[end].read == n.names[i].read {
			end++
		}
		if end > i+1 {
			pairs = n.pairs(pairs, n.names[i:end])
		}
		i = end
	}
	slices.SortStableFunc(pairs, func(a, b pair) int {
		return cmp.Or(a.second.thing-b.second.thing, a.first.thing-b.first.thing, a.second.nth-b.second.nth)
	})
	pairs = slices.CompactFunc(pairs, func(a, b pair) bool { return a.second.thing == b.second.thing })
	for _, c := range pairs {
		n.reportPair(kind, c)
	}
	n.things, n.names = n.things[:0], n.names[:0]
}

// pair is two names that are read as the same, of two things.
type pair struct{ first, second spoken }

// pairs adds the names among equal ones that a name of an earlier thing is
// taken for. Each is compared with the first few only: names are equal in
// hundreds of languages nowhere but in files that mean harm.
func (n *naming) pairs(all []pair, equal []spoken) []pair {
	const few = 8
	for i, second := range equal {
		for _, first := range equal[:min(i, few)] {
			if n.mixedUp(first, second) {
				all = append(all, pair{first, second})
				break
			}
		}
	}
	return all
}

// mixedUp reports whether somebody reads two names in one language, of things
// one of which at least this file brings in.
func (n *naming) mixedUp(first, second spoken) bool {
	a, b := n.things[first.thing], n.things[second.thing]
	inOneImport := a.ID.Span.File == b.ID.Span.File && !n.ours(b.ID)
	return first.thing != second.thing && !inOneImport && n.inOneLanguage(first, second) && readAlike(n.text(first), n.text(second))
}

// inOneLanguage reports whether there is a language in which both are read. A
// name without a language is read in all.
func (n *naming) inOneLanguage(a, b spoken) bool {
	x, y := n.language(a), n.language(b)
	return x == "" || y == "" || model.Meets(x, y)
}

func (n *naming) language(s spoken) string {
	if s.nth < 0 {
		return ""
	}
	return n.things[s.thing].Name.Translations[s.nth].Language.Value
}

func (n *naming) reportPair(kind string, c pair) {
	first, second := n.things[c.first.thing], n.things[c.second.thing]
	at, subject := n.placeNamed(kind, second)
	if at.IsZero() {
		return
	}
	one, other := oneLine(n.shown(c.first)), oneLine(n.shown(c.second))
	same := "are both called " + finding.Quote(one)
	if one != other {
		same = "have names that read the same, " + finding.Quote(one) + " and " + finding.Quote(other)
	}
	language := cmp.Or(n.language(c.second), n.language(c.first))
	if language != "" {
		same += ", in " + finding.Quote(language)
	}
	n.report(finding.Finding{
		Span: at, Subject: subject, Key: first.ID.Value + " " + second.ID.Value,
		Message: fmt.Sprintf("the %ss %s and %s %s", kind, finding.Quote(first.ID.Value), finding.Quote(second.ID.Value), same),
		Help:    "Say in their names what tells them apart; if the two are one, keep only one of them.",
		Related: []finding.Related{{Span: first.ID.Span, Message: finding.Quote(first.ID.Value) + " is defined here"}},
	})
}

// placeNamed returns the place of a thing in this file: where it is defined,
// else where a path names it; none for anything else of an import.
func (n *naming) placeNamed(kind string, d *model.Definition) (at source.Span, subject string) {
	if n.ours(d.ID) {
		return d.ID.Span, kind + "s." + d.ID.Value
	}
	if kind == "touchpoint" {
		f := n.place(n.Graph.Visits(d.ID.Value)[0], nil)
		return f.Span, f.Subject
	}
	return source.Span{}, ""
}

// shown is a name as people see it: an id stands with spaces.
func (n *naming) shown(s spoken) string {
	if d := n.things[s.thing]; d.Name.Empty() {
		return strings.ReplaceAll(d.ID.Value, "-", " ")
	}
	return n.text(s)
}
