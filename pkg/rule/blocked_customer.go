package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var blockedCustomer = accessibility("blocked-customer", finding.Error,
	"a customer cannot get through the corridor", checkBlockedCustomer)

// stop is where a customer is stopped, and for want of what.
type stop struct {
	step    int
	missing string // as in access.Door, joined by spaces
	others  string // the other doors, so that cells with other choices differ
	bound   bool   // not all ways were tried
}

// checkBlockedCustomer reports all customers who are stopped alike together.
// A customer who stands before several closed doors has one finding, at the
// door that lacks least.
func checkBlockedCustomer(p *Pass) {
	for _, g := range gather(p, p.stops) {
		p.reportBlocked(g.of, g.cells)
	}
}

func (p *Pass) stops(c *access.Cell) []stop {
	if c.Open || len(c.Doors) == 0 {
		return nil
	}
	d := p.door(c)
	others := ""
	for _, o := range c.Doors {
		if o.Step != d.Step {
			others += fmt.Sprint(o.Step, o.Missing)
		}
	}
	return []stop{{d.Step, strings.Join(d.Missing, " "), others, c.Bound}}
}

// door returns the door of a blocked cell that is told first: one that no
// item would open, which some other door hands out; then the one that lacks
// least.
func (p *Pass) door(c *access.Cell) access.Door {
	return slices.MinFunc(c.Doors, func(a, b access.Door) int {
		return cmp.Or(cmp.Compare(len(p.itemsIn(a.Missing)), len(p.itemsIn(b.Missing))), cmp.Compare(len(a.Missing), len(b.Missing)), cmp.Compare(a.Step, b.Step))
	})
}

func (p *Pass) reportBlocked(s stop, cells []*access.Cell) {
	c, missing := cells[0], p.door(cells[0]).Missing
	f := p.place(s.step, cells)
	f.Message = fmt.Sprintf("%s cannot get through: stopped at %s, where %s", whom(cells), p.step(s.step), why(missing))
	f.Help = "Offer another way there, or change what it asks for; `corridor gaps FILE` shows the smallest repair."
	f.Related = p.walked(c.Way)
	for _, d := range c.Doors[:min(len(c.Doors), listed)] {
		if d.Step != s.step {
			f.Related = append(f.Related, finding.Related{Span: p.Graph.Steps[d.Step].Name.Span, Message: "closed too: " + why(d.Missing)})
		}
	}
	f.Related = append(f.Related, p.origins(p.Graph.Steps[s.step].Touchpoint, missing, cells)...)
	if s.bound { // there may be a way after all
		f.Message = strings.Replace(f.Message, " cannot get through: stopped", " may not get through (not all ways could be tried): stopped", 1)
		p.reportAs(finding.Warning, f)
		return
	}
	p.report(f)
}

// why says what is missing, as the end of a sentence about customers.
func why(missing []string) string {
	var lacks, all []string
	for _, m := range missing {
		kind, value, _ := strings.Cut(m, ":")
		names := list(quoted(strings.Split(value, "|")), "or")
		switch {
		case m == "hours":
			all = append(all, "nothing is ever open")
		case kind == "language" && value != "":
			all = append(all, "nobody is served in "+names)
		case kind == "path" && value != "":
			all = append(all, "the path "+names+" is not offered to them")
		default:
			lacks = append(lacks, list(quoted(strings.Split(m, "|")), "or"))
		}
	}
	if lacks != nil {
		all = slices.Insert(all, 0, "they lack "+list(lacks, "and"))
	}
	return strings.Join(all, "; ")
}

// origins are the places that say what the customers lack at a touchpoint; nil
// is the empty way.
func (p *Pass) origins(t *model.Touchpoint, missing []string, cells []*access.Cell) []finding.Related {
	var all []finding.Related
	add := func(r finding.Related) {
		if !r.Span.IsZero() && !slices.Contains(all, r) && len(all) < listed {
			all = append(all, r)
		}
	}
	for _, m := range missing {
		kind, value, _ := strings.Cut(m, ":")
		switch {
		case m == "hours" && t != nil:
			add(finding.Related{Span: access.Hours(p.Journey, t).Span, Message: "the hours are given here"})
		case kind == "language" && value != "" && t != nil && len(t.Languages) > 0:
			add(finding.Related{Span: t.Languages[0].Span, Message: "its languages are given here"})
		case kind == "path" && value != "":
			add(p.offer(value))
		default:
			for _, c := range cells {
				for _, name := range strings.Split(m, "|") {
					add(finding.Related{Span: named(c.Need.Lacks, name), Message: finding.Quote(c.Need.ID.Value) + " takes " + finding.Quote(name)})
					add(finding.Related{Span: named(c.Customer.Lacks, name), Message: finding.Quote(name) + " is lacked"})
				}
			}
		}
	}
	return all
}

// offer is the place that limits to whom a path is offered.
func (p *Pass) offer(id string) finding.Related {
	for _, path := range p.Graph.Paths {
		if path.ID == id && path.Def != nil {
			return finding.Related{Span: path.Def.ID.Span, Message: "this path is offered to some only"}
		}
	}
	return finding.Related{}
}
