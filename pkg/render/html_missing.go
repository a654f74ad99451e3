package render

import (
	"slices"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// missing tells what is missing at a step, in words.
func (m *pageMaker) missing(step int, missing []string) string {
	var all, wants []string
	for _, name := range missing {
		kind, rest, _ := strings.Cut(name, ":")
		switch {
		case name == "hours":
			all = append(all, m.page.NeverOpens)
		case slices.Contains([]string{"touchpoint", "channel", "department"}, kind) && rest != "":
			all = append(all, m.page.IsOut)
		case kind == "language" && rest != "":
			wants = append(wants, m.tongues(strings.Split(rest, "|"), step))
		case kind == "path" && rest != "":
			wants = append(wants, say(m.page.Path, isolated(m.pathName(rest))))
		default:
			wants = append(wants, m.requirement(strings.Split(name, "|"), true))
		}
	}
	if len(wants) > 0 {
		all = append(all, say(m.page.Missing, m.page.all(wants)))
	}
	return strings.Join(slices.Compact(all), "; ")
}

// tongues tells which languages do not meet.
func (m *pageMaker) tongues(speaks []string, step int) string {
	var served []string
	if t := m.graph.Steps[step].Touchpoint; t != nil {
		served = languages(t)
	}
	return say(m.page.Language, m.codes(speaks), m.codes(served))
}

func languages(t *model.Touchpoint) []string {
	var all []string
	for _, l := range t.Languages {
		all = append(all, l.Value)
	}
	return all
}

// codes lists codes of languages.
func (m *pageMaker) codes(list []string) string {
	var all []string
	for _, l := range list {
		all = append(all, isolated(clean(l)))
	}
	return strings.Join(all, m.page.List)
}

// pathName is what people call a path: its name, else its id.
func (m *pageMaker) pathName(id string) string {
	for _, p := range m.graph.Paths {
		if p.ID == id && p.Def != nil {
			return m.label(p.Def.Definition)
		}
	}
	return clean(id)
}

// requirement is any one of some names. Where it is missing, an item is told
// with the steps that give it.
func (m *pageMaker) requirement(names []string, given bool) string {
	var all []string
	for _, name := range names {
		word := m.thing(name)
		if given && m.holder.Item(name) {
			if at := m.givers(name); at != "" {
				word = say(m.page.GivenAt, word, at)
			}
		}
		all = append(all, word)
	}
	return m.page.join(all, m.page.Or)
}

// thing is a capability by the name that it has here, or an item.
func (m *pageMaker) thing(name string) string {
	k := m.journey.Capability(name)
	switch {
	case k == nil:
		return isolated(clean(strings.ReplaceAll(name, "-", " ")))
	case k.Span.IsZero() && m.page.Capabilities[name] != "":
		return m.page.Capabilities[name]
	}
	return isolated(m.label(k.Definition))
}

// givers lists the first touchpoints on the map that give an item.
func (m *pageMaker) givers(item string) string {
	var all []string
	for _, s := range m.graph.Steps {
		gives := func(n model.Name) bool { return n.Value == item }
		if s.Touchpoint == nil || !slices.ContainsFunc(s.Touchpoint.Gives, gives) {
			continue
		}
		if name := isolated(m.label(s.Touchpoint.Definition)); !slices.Contains(all, name) && len(all) < 3 {
			all = append(all, name)
		}
	}
	return strings.Join(all, m.page.List)
}

// repair tells the smallest change that opens a cell.
func (m *pageMaker) repair(r *access.Repair) string {
	if r == nil || !r.Possible {
		return m.page.NoRepair
	}
	var all []string
	for _, c := range r.Changes {
		all = append(all, m.change(c))
	}
	text := strings.Join(all, "; ")
	if !r.Exact {
		text += ". " + say(m.page.RepairAtLeast, m.words.digits(strconv.Itoa(r.Bound)))
	}
	return text
}

func (m *pageMaker) change(c access.Change) string {
	at := ""
	if t := m.journey.Touchpoint(c.Touchpoint); t != nil {
		at = isolated(m.label(t.Definition))
	}
	switch c.Kind {
	case access.DropRequirement:
		return say(m.page.DropRequirement, at, m.requirement(strings.Split(c.Value, "|"), false))
	case access.AddLanguage:
		return say(m.page.AddLanguage, at, isolated(clean(c.Value)))
	case access.OfferPath:
		return say(m.page.OfferPath, "", isolated(m.pathName(c.Value)))
	}
	return say(m.page.GiveItem, "", m.thing(c.Value))
}
