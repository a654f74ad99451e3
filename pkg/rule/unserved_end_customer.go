package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var unservedEndCustomer = judgement("roles", "unserved-end-customer", finding.Warning,
	"an end customer whom another customer serves has no need here", checkUnservedEndCustomer)

func checkUnservedEndCustomer(p *Pass) {
	for _, u := range p.unserved() {
		end, by := finding.Quote(u.end.ID.Value), finding.Quote(u.by.ID.Value)
		f := finding.Finding{Span: u.end.ID.Span, Subject: "customers." + u.end.ID.Value}
		if !p.ours(u.end.ID) {
			f.Span, f.Subject = named(u.by.Serves, u.end.ID.Value), "customers."+u.by.ID.Value+".serves"
		}
		f.Message = fmt.Sprintf("%s serves %s in turn, and no need of this corridor is theirs", by, end)
		f.Help = "Name them under the `customers` of a need: what the one in between asks for is not yet what the end customer needs."
		if p.ours(u.end.ID) {
			f.Related = []finding.Related{{Span: named(u.by.Serves, u.end.ID.Value), Message: "served by " + by}}
		}
		p.report(f)
	}
}

// served is an end customer, with the first customer who serves them.
type served struct{ end, by *model.Customer }

// unserved are the end customers whom another customer serves and of whom the
// journey answers no need, of those that the file itself speaks of.
func (p *Pass) unserved() []served {
	if p.Access == nil || len(p.Journey.Document.Needs) == 0 {
		return nil
	}
	var all []served
	var seen map[*model.Customer]bool // who has a need, or was told
	for _, c := range p.Journey.Customers {
		if len(c.Serves) == 0 {
			continue
		}
		if seen == nil {
			seen = p.busy()
		}
		for _, n := range c.Serves {
			end := p.Journey.Customer(n.Value)
			if end == nil || len(end.Serves) > 0 || seen[end] || !p.ours(end.ID) && !p.ours(n) {
				continue
			}
			seen[end] = true
			all = append(all, served{end, c})
		}
	}
	return all
}

// busy are the customers who have a need.
func (p *Pass) busy() map[*model.Customer]bool {
	busy := map[*model.Customer]bool{}
	for _, c := range p.Access.Cells {
		busy[c.Customer] = true
	}
	return busy
}
