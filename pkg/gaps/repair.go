package gaps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// joint tells the smallest repair for all cells; nothing where it is that of
// a single one, which was told.
func (t *teller) joint() []entry {
	r := t.Result.Repair
	blocked := 0
	for _, c := range t.Result.Cells {
		if !c.Open {
			blocked++
		}
	}
	if r == nil || blocked < 2 || t.Filtered {
		return nil
	}
	text, paste := t.repairText(r, nil)
	return []entry{{head: fmt.Sprintf("To open all %d blocked ways", blocked), text: strings.Join(text, " "), paste: paste}}
}

// repairText tells a repair, of one cell or (nil) of all: sentences, and what
// to write into the file.
func (t *teller) repairText(r *access.Repair, c *access.Cell) (sentences, paste []string) {
	switch {
	case r == nil:
		return nil, nil
	case !r.Possible:
		return []string{"No change that this analysis knows opens it."}, nil
	case len(r.Changes) == 0:
		return nil, nil
	}
	size := counted(len(r.Changes), "change")
	what := "The smallest repair is " + size + ":"
	if !r.Exact {
		what = fmt.Sprintf("The smallest repair found is %s; fewer than %d do not do.", size, r.Bound)
	}
	var words []string
	for _, ch := range group(r.Changes) {
		said, lines := t.mend(ch, c)
		words = append(words, said)
		paste = append(paste, lines...)
	}
	return []string{what + " " + strings.Join(words, "; ") + "."}, paste
}

// mended are the changes to one thing: a touchpoint, a path or an item.
type mended struct {
	kind    access.ChangeKind
	subject string
	changes []access.Change
}

// group brings the changes to one touchpoint together.
func group(changes []access.Change) []mended {
	var all []mended
	for _, ch := range changes {
		i := slices.IndexFunc(all, func(m mended) bool { return ch.Touchpoint != "" && m.subject == ch.Touchpoint })
		if i >= 0 {
			all[i].changes = append(all[i].changes, ch)
			continue
		}
		all = append(all, mended{ch.Kind, ch.Touchpoint, []access.Change{ch}})
	}
	return all
}

// mend tells one change, and returns the lines to write.
func (t *teller) mend(m mended, c *access.Cell) (said string, lines []string) {
	switch m.kind {
	case access.OfferPath:
		return t.mendPath(m.changes[0].Value, c)
	case access.GiveItem:
		return t.mendItem(m.changes[0].Value, c)
	}
	return t.mendTouchpoint(m)
}

// mendTouchpoint drops requirements and adds languages at one touchpoint.
func (t *teller) mendTouchpoint(m mended) (said string, lines []string) {
	p := t.journey.Touchpoint(m.subject)
	if p == nil {
		return "change " + code(m.subject), nil
	}
	var waived, dropped, unasked, served []string
	waives, requires, asks, languages := texts(p.Waives), texts(p.Requires), values(p.Asks), values(p.Languages)
	had := [4]int{len(waives), len(requires), len(asks), len(languages)}
	for _, ch := range m.changes {
		if ch.Kind == access.AddLanguage {
			languages = append(languages, ch.Value)
			served = append(served, code(ch.Value))
			continue
		}
		if r, ok := t.ofChannel(p, ch.Value); ok {
			waives = append(waives, r)
			waived = append(waived, code(r))
		}
		if without := drop(requires, ch.Value); len(without) < len(requires) {
			requires = without
			dropped = append(dropped, code(ch.Value))
		}
		if without := drop(asks, ch.Value); len(without) < len(asks) {
			asks = without
			unasked = append(unasked, code(ch.Value))
		}
	}
	var words []string
	say := func(names []string, format string) {
		if len(names) > 0 {
			words = append(words, fmt.Sprintf(format, list(names, "and")))
		}
	}
	say(waived, "waive %s")
	say(dropped, "take %s out of `requires`")
	say(unasked, "no longer ask for %s")
	say(served, "serve it in %s too")
	e := edit{definition: p.Definition, channel: p.Channel.Value}
	e.change(had[0], "waives", waives)
	e.change(had[1], "requires", requires)
	e.change(had[2], "asks", asks)
	e.change(had[3], "languages", languages)
	return "at " + code(m.subject) + " " + list(words, "and"), e.lines()
}

// ofChannel returns the requirement of a touchpoint's channel with those names,
// as the channel writes it, unless it is waived.
func (t *teller) ofChannel(p *model.Touchpoint, value string) (text string, ok bool) {
	c := t.journey.Channel(p.Channel.Value)
	if c == nil || len(drop(texts(p.Waives), value)) < len(p.Waives) {
		return "", false
	}
	for _, r := range c.Requires {
		if sorted(r.AnyOf) == value {
			return strings.Join(r.AnyOf, "|"), true
		}
	}
	return "", false
}

func sorted(names []string) string {
	names = slices.Clone(names)
	slices.Sort(names)
	return strings.Join(slices.Compact(names), "|")
}

func texts(requirements []model.Requirement) []string {
	all := []string{}
	for _, r := range requirements {
		all = append(all, strings.Join(r.AnyOf, "|"))
	}
	return all
}

// drop returns the requirements without that one.
func drop(requirements []string, value string) []string {
	return slices.DeleteFunc(slices.Clone(requirements), func(r string) bool { return sorted(strings.Split(r, "|")) == value })
}

// mendPath offers a path: to the customer and for the need of a cell, or to
// everyone and for every need.
func (t *teller) mendPath(id string, c *access.Cell) (said string, lines []string) {
	i := slices.IndexFunc(t.graph.Paths, func(p corridor.Path) bool { return p.ID == id && p.Def != nil })
	if i < 0 {
		return "offer the path " + code(id), nil
	}
	def := t.graph.Paths[i].Def
	e := edit{definition: def.Definition}
	var keys []string
	offer := func(key string, names []model.Name, cell string) {
		switch {
		case len(names) == 0 || cell != "" && holds(names, cell):
			return
		case cell == "":
			e.remove(key)
		default:
			e.change(len(names), key, append(values(names), cell))
		}
		keys = append(keys, "`"+key+"`")
	}
	if c == nil {
		offer("customers", def.Customers, "")
		offer("needs", def.Needs, "")
		return "offer the path " + code(id) + " to all (take out " + list(keys, "and") + ")", e.lines()
	}
	offer("customers", def.Customers, c.Customer.ID.Value)
	offer("needs", def.Needs, c.Need.ID.Value)
	return "offer the path " + code(id) + " (by its " + list(keys, "and") + ")", e.lines()
}

// mendItem hands an item out from the start: to the customer of a cell, or to
// all who do not hold it.
func (t *teller) mendItem(item string, c *access.Cell) (said string, lines []string) {
	if c == nil {
		return "hand out " + code(item) + " from the start, by `has` of each customer", []string{"has: [" + item + "]"}
	}
	has, definition := c.Customer.Has, c.Customer.Definition
	if holds(c.Need.Lacks, item) { // the need's word wins over the customer's
		has, definition = c.Need.Has, c.Need.Definition
	}
	e := edit{definition: definition}
	e.change(len(has), "has", append(values(has), item))
	return "hand out " + code(item) + " from the start, by `has` of " + code(definition.ID.Value), e.lines()
}
