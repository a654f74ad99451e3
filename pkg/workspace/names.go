package workspace

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// checker reports names that nothing defines. What belongs to the definition
// itself, such as a touchpoint's channel, is checked wherever it stands. What
// only makes sense within one journey, such as an item that some touchpoint
// gives, is checked for what the journey uses: a library may well ask for
// what only its importers give.
type checker struct {
	*loader
	journey  *model.Journey
	used     map[string]bool // touchpoints on the paths
	held     map[string]bool // items, and what touchpoints ask for
	measures map[string]bool
	compared int // candidates for "did you mean", so far
}

// where is the path of a value in the file, such as touchpoints.call.channel,
// put together only where something is wrong with it.
type where struct {
	section, id, key string
	nth              int // from 1: an entry of a list
}

func (w where) of(key string) where { return where{section: w.section, id: w.id, key: key} }

// entry is the path of the i-th entry of a list.
func (w where) entry(i int) where {
	w.nth = i + 1
	return w
}

func (w where) String() string {
	s := w.section + "." + w.id
	if w.key != "" {
		s += "." + w.key
	}
	if w.nth > 0 {
		s += fmt.Sprintf("[%d]", w.nth-1)
	}
	return s
}

// checkNames checks the names of a journey; the customers are those that are
// written, before inheriting, so that each name is told once.
func (l *loader) checkNames(j *model.Journey, customers []*model.Customer) {
	c := &checker{loader: l, journey: j, used: map[string]bool{}, held: map[string]bool{}, measures: map[string]bool{}}
	c.collect()
	for _, channel := range j.Channels {
		if channel.ID.Given() {
			c.requirements(channel.Requires, where{section: "channels", id: channel.ID.Value, key: "requires"}, c.own(channel.ID))
		}
	}
	for _, d := range j.Departments {
		c.department(d)
	}
	for _, customer := range customers {
		c.customer(customer)
	}
	for _, n := range j.Needs {
		c.need(n)
	}
	for _, t := range j.Touchpoints {
		c.touchpoint(t)
	}
	if j.Paths != nil {
		c.paths(j.Paths)
	}
}

// collect notes what touchpoints, customers and needs bring into the journey.
func (c *checker) collect() {
	j := c.journey
	hold := func(names []model.Name) {
		for _, n := range names {
			c.held[n.Value] = true
		}
	}
	for _, t := range j.Touchpoints {
		hold(t.Gives)
		hold(t.Asks)
		for _, m := range t.Measures {
			c.measures[m.ID.Value] = true
		}
	}
	for _, customer := range j.Customers {
		hold(customer.Has)
	}
	for _, n := range j.Needs {
		hold(n.Has)
	}
	if p := j.Paths; p != nil {
		c.use(p.Basic)
		for _, path := range slices.Concat(p.Optional, p.Alternative) {
			c.use(path.Steps)
		}
	}
}

func (c *checker) use(names []model.Name) {
	for _, n := range names {
		c.used[n.Value] = true
	}
}

// own reports whether something is defined by the journey's own file, and
// that is no library.
func (c *checker) own(id model.Name) bool {
	return !c.journey.Library() && id.Span.File == c.journey.Document.File
}

// undefined reports a name that nothing defines. Nothing is reported where
// the definitions could not be read: then the name may well be right.
func (c *checker) undefined(at source.Span, name string, subject where, message, help string, candidates func() []string, sections ...string) {
	if c.unknown || len(c.joining) > finding.Limit || slices.ContainsFunc(sections, c.unread) {
		return
	}
	f := finding.Finding{Rule: "undefined-name", Span: at, Subject: subject.String(), Message: message, Help: help}
	if c.compared < finding.MaxCompared {
		all := candidates()
		c.compared += len(all)
		near, fix := finding.Correct(at, name, all)
		f.Help, f.Fix = cmp.Or(near, help), fix
	}
	c.joining = finding.Append(c.joining, f)
}

// unread reports whether a section of the file or of an import could not be
// read.
func (c *checker) unread(section string) bool {
	in := func(d *model.Document) bool { return slices.Contains(d.Unread, section) }
	return in(c.journey.Document) || slices.ContainsFunc(c.journey.Imported, in)
}

func (c *checker) ref(n model.Name, defined bool, kind, section string, subject where, candidates func() []string) {
	if n.Value == "" || defined {
		return
	}
	c.undefined(n.Span, n.Value, subject, "there is no "+kind+" "+finding.Quote(n.Value),
		"Define it under `"+section+"`, or correct the name.", candidates, section)
}

func (c *checker) channelRef(n model.Name, subject where) {
	c.ref(n, c.journey.Channel(n.Value) != nil, "channel", "channels", subject, func() []string {
		return ids(c.journey.Channels, func(x *model.Channel) string { return x.ID.Value })
	})
}

func (c *checker) departmentRef(n model.Name, subject where) {
	c.ref(n, c.journey.Department(n.Value) != nil, "department", "departments", subject, func() []string {
		return ids(c.journey.Departments, func(x *model.Department) string { return x.ID.Value })
	})
}

func (c *checker) stageRef(n model.Name, subject where) {
	c.ref(n, c.journey.Stage(n.Value) >= 0, "stage", "stages", subject, func() []string {
		return ids(c.journey.Stages, func(x *model.Stage) string { return x.ID.Value })
	})
}

func (c *checker) customerRef(n model.Name, subject where) {
	c.ref(n, c.journey.Customer(n.Value) != nil, "customer", "customers", subject, c.customerIDs)
}

func (c *checker) customerRefs(names []model.Name, subject where) {
	for i, n := range names {
		c.customerRef(n, subject.entry(i))
	}
}

func (c *checker) customerIDs() []string {
	return ids(c.journey.Customers, func(x *model.Customer) string { return x.ID.Value })
}

func (c *checker) needRefs(names []model.Name, subject where) {
	for i, n := range names {
		c.ref(n, c.journey.Need(n.Value) != nil, "need", "needs", subject.entry(i), func() []string {
			return ids(c.journey.Needs, func(x *model.Need) string { return x.ID.Value })
		})
	}
}

func (c *checker) touchpointRefs(names []model.Name, subject where) {
	for i, n := range names {
		c.ref(n, c.journey.Touchpoint(n.Value) != nil, "touchpoint", "touchpoints", subject.entry(i), func() []string {
			return ids(c.journey.Touchpoints, func(x *model.Touchpoint) string { return x.ID.Value })
		})
	}
}

// requirements checks what a touchpoint or channel requires: capabilities,
// or, within a journey, items that can be held and what customers know.
func (c *checker) requirements(list []model.Requirement, subject where, inJourney bool) {
	for i, r := range list {
		for _, name := range r.AnyOf {
			if c.journey.Capability(name) == nil && !c.held[name] && (inJourney || c.typo(name)) {
				c.undefined(r.SpanOf(name), name, subject.entry(i), "nothing in this journey is called "+finding.Quote(name)+", and no touchpoint gives it",
					"Let a touchpoint give it (`gives`), a customer have it (`has`), or add it under `capabilities`.",
					c.holdable, "capabilities", "touchpoints", "customers", "needs")
			}
		}
	}
}

// typo reports whether a name that only an importer could explain is all but
// that of a capability.
func (c *checker) typo(name string) bool {
	return finding.Typo(name, ids(c.journey.Capabilities, func(x *model.Capability) string { return x.ID.Value }))
}

// lacked checks what a customer or need takes away: a capability, an item or
// something that a touchpoint asks for.
func (c *checker) lacked(names []model.Name, subject where, inJourney bool) {
	for i, n := range names {
		if c.journey.Capability(n.Value) == nil && !c.held[n.Value] && (inJourney || c.typo(n.Value)) {
			c.undefined(n.Span, n.Value, subject.entry(i), "nothing that a customer could lack is called "+finding.Quote(n.Value),
				"Name a capability (`corridor explain language` lists them), or add it under `capabilities`.",
				c.holdable, "capabilities", "touchpoints", "customers", "needs")
		}
	}
}

// holdable lists capabilities, then other names, in a stable order.
func (c *checker) holdable() []string {
	all := ids(c.journey.Capabilities, func(x *model.Capability) string { return x.ID.Value })
	var others []string
	for name := range c.held {
		others = append(others, name)
	}
	slices.Sort(others)
	return append(all, others...)
}

func ids[T any](list []*T, id func(*T) string) []string {
	all := make([]string, len(list))
	for i, t := range list {
		all[i] = id(t)
	}
	return all
}
