package workspace

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

func (c *checker) department(d *model.Department) {
	subject := where{section: "departments", id: d.ID.Value}
	for i, n := range d.Serves {
		if c.journey.Department(n.Value) == nil {
			c.ref(n, c.journey.Customer(n.Value) != nil, "customer or department", "customers", subject.of("serves").entry(i), func() []string {
				return append(c.customerIDs(), ids(c.journey.Departments, func(x *model.Department) string { return x.ID.Value })...)
			})
		}
	}
	for i, n := range d.Goals {
		if !c.measures[n.Value] && c.own(d.ID) {
			c.undefined(n.Span, n.Value, subject.of("goals").entry(i), "no touchpoint has a measure "+finding.Quote(n.Value),
				"A goal is the id of a measure; add it to a touchpoint's `measures`.", func() []string { return sortedKeys(c.measures) }, "touchpoints")
		}
	}
}

func (c *checker) customer(customer *model.Customer) {
	if !customer.ID.Given() {
		return
	}
	subject := where{section: "customers", id: customer.ID.Value}
	c.customerRef(customer.Like, subject.of("like"))
	c.customerRefs(customer.Serves, subject.of("serves"))
	c.lacked(customer.Lacks, subject.of("lacks"), c.own(customer.ID))
}

func (c *checker) need(n *model.Need) {
	subject := where{section: "needs", id: n.ID.Value}
	c.customerRefs(n.Customers, subject.of("customers"))
	c.lacked(n.Lacks, subject.of("lacks"), c.own(n.ID))
}

func (c *checker) touchpoint(t *model.Touchpoint) {
	subject := where{section: "touchpoints", id: t.ID.Value}
	inJourney := c.own(t.ID) || c.used[t.ID.Value]
	if inJourney || c.journey.Library() && len(c.journey.Document.Stages) > 0 {
		c.stageRef(t.Stage, subject.of("stage"))
	}
	c.channelRef(t.Channel, subject.of("channel"))
	c.departmentRef(t.Owner, subject.of("owner"))
	c.requirements(t.Requires, subject.of("requires"), inJourney)
	c.kind(t, subject.of("kind"))
	c.waives(t, subject.of("waives"))
	c.ratings(t.Experience, subject.of("experience"))
	c.ratings(t.Importance, subject.of("importance"))
	for i, b := range t.Backstage {
		c.departmentRef(b.By, subject.of(fmt.Sprintf("backstage[%d].by", i)))
	}
	if t.HandsOver != nil {
		c.departmentRef(t.HandsOver.To, subject.of("hands-over.to"))
	}
	for i := range t.Exceptions {
		c.exception(&t.Exceptions[i], subject, "exceptions."+t.Exceptions[i].ID.Value)
	}
}

func (c *checker) exception(e *model.Exception, subject where, key string) {
	if r := e.Reaction; r != nil {
		c.departmentRef(r.By, subject.of(key+".reaction.by"))
		c.touchpointRefs(r.Steps, subject.of(key+".reaction.steps"))
	}
	if p := e.PreAction; p != nil {
		c.departmentRef(p.By, subject.of(key+".preaction.by"))
	}
}

func (c *checker) ratings(ratings []model.Rating, subject where) {
	for _, r := range ratings {
		if r.Who.Value != "company" && r.Who.Value != "customer" {
			c.ref(r.Who, c.journey.Customer(r.Who.Value) != nil, "customer", "customers", subject.of(subject.key+"."+r.Who.Value), func() []string {
				return append([]string{"company", "customer"}, c.customerIDs()...)
			})
		}
	}
}

// kind refuses a kind beside a channel, which has one already.
func (c *checker) kind(t *model.Touchpoint, subject where) {
	channel := c.journey.Channel(t.Channel.Value)
	if t.Kind.Given() && channel != nil && channel.Kind.Value != "" {
		c.report("invalid-value", t.Kind.Span, subject.String(), fmt.Sprintf("%s is reached by %s, which is %s already", finding.Quote(t.ID.Value), finding.Quote(t.Channel.Value), channel.Kind.Value),
			"Remove `kind`; it is for touchpoints without a channel.")
	}
}

// waives checks that what is waived is a whole requirement of the channel.
func (c *checker) waives(t *model.Touchpoint, subject where) {
	channel := c.journey.Channel(t.Channel.Value)
	for i, w := range t.Waives {
		switch {
		case t.Channel.Value == "":
			c.report("invalid-value", w.Span, subject.entry(i).String(), "there is nothing to waive: "+finding.Quote(t.ID.Value)+" has no channel", "Remove `waives`, or name the channel.")
		case channel == nil: // said already
		case !slices.ContainsFunc(channel.Requires, w.Same):
			c.notWaived(t, w, channel, subject.entry(i))
		}
	}
}

func (c *checker) notWaived(t *model.Touchpoint, w model.Requirement, channel *model.Channel, subject where) {
	var clauses []string
	for _, r := range channel.Requires {
		clauses = append(clauses, strings.Join(r.AnyOf, "|"))
	}
	written := strings.Join(w.AnyOf, "|")
	help := finding.DidYouMean(written, clauses)
	switch {
	case help != "":
	case len(clauses) == 0:
		help = "The channel requires nothing; remove `waives`."
	default:
		help = "Its requirements are `" + strings.Join(clauses, "`, `") + "`; a choice is waived as a whole."
	}
	c.report("invalid-value", w.Span, subject.String(), fmt.Sprintf("the channel %s does not require %s, so it cannot be waived", finding.Quote(t.Channel.Value), finding.Quote(written)), help)
}

func (c *checker) paths(p *model.Paths) {
	c.touchpointRefs(p.Basic, where{section: "paths", id: "basic"})
	seen := map[string]model.Name{}
	for _, path := range slices.Concat(p.Optional, p.Alternative) {
		subject := where{section: "paths", id: path.Kind.String() + "." + path.ID.Value}
		if first, twice := seen[path.ID.Value]; twice {
			c.report("name-conflict", path.ID.Span, subject.String(), "an option and an alternative are both called "+finding.Quote(path.ID.Value),
				"Give one of the two another id.", finding.Related{Span: first.Span, Message: "first defined here"})
		} else {
			seen[path.ID.Value] = path.ID
		}
		c.touchpointRefs(path.Steps, subject.of("steps"))
		c.customerRefs(path.Customers, subject.of("customers"))
		c.needRefs(path.Needs, subject.of("needs"))
	}
}

func sortedKeys(m map[string]bool) []string {
	all := make([]string, 0, len(m))
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}
