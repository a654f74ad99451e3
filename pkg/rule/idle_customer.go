package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
)

var idleCustomer = accessibility("idle-customer", finding.Note,
	"a customer has no need in this corridor", checkIdleCustomer)

// checkIdleCustomer looks at the customers whom the file itself defines; a
// library has some for other journeys. An end customer whom another serves is
// for unserved-end-customer to tell.
func checkIdleCustomer(p *Pass) {
	if p.Access == nil || len(p.Journey.Document.Needs) == 0 {
		return
	}
	busy := p.busy()
	for _, u := range p.unserved() {
		busy[u.end] = true
	}
	for _, own := range p.Journey.Document.Customers {
		id := own.ID.Value
		if busy[p.Journey.Customer(id)] {
			continue
		}
		f := finding.Finding{
			Span: own.ID.Span, Subject: "customers." + id,
			Message: fmt.Sprintf("no need of this corridor is %s's", finding.Quote(id)),
			Help:    "Name them under the `customers` of a need, or remove them: whoever needs nothing here is not seen by any answer.",
		}
		if len(own.Serves) > 0 {
			f.Help = "Who serves others has only the needs that name them: name them under the `customers` of a need, or leave it if they only pass customers on."
		}
		p.report(f)
	}
}
