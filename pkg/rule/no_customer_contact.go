package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var noCustomerContact = judgement("roles", "no-customer-contact", finding.Note,
	"a department works for the journey and never meets a customer", checkNoCustomerContact)

// checkNoCustomerContact looks at the departments of the file itself; one of
// an import may meet customers in another journey.
func checkNoCustomerContact(p *Pass) {
	if p.Access == nil || len(p.Journey.Document.Departments) == 0 {
		return
	}
	s := p.seats()
	for _, d := range p.Journey.Document.Departments {
		id := d.ID.Value
		if s.meets[id] || s.walks[id] || !s.works[id] {
			continue
		}
		p.report(finding.Finding{
			Span: d.ID.Span, Subject: "departments." + id,
			Message: fmt.Sprintf("%s works for this journey, and never meets a customer", finding.Quote(id)),
			Help:    "Let it own a touchpoint or a reaction, or find another way to hear customers first-hand: what it learns of them is what others pass on.",
		})
	}
}

// seats are the departments by their parts in a journey.
type seats struct {
	meets map[string]bool // customers: as an owner, or in a reaction
	works map[string]bool // for those who do
	walks map[string]bool // the corridor, as a customer
}

// seats looks at the parts of all departments, once for all rules.
func (p *Pass) seats() *seats {
	if p.parts == nil {
		p.parts = seatsOf(p.Journey)
	}
	return p.parts
}

func seatsOf(j *model.Journey) *seats {
	s := &seats{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, t := range j.Touchpoints {
		s.touchpoint(t)
	}
	for _, d := range j.Departments {
		if len(d.Serves) > 0 {
			mark(s.works, d.ID)
		}
	}
	for _, c := range j.Customers {
		if c.Level.Value == "department" {
			mark(s.walks, c.ID)
		}
	}
	return s
}

func (s *seats) touchpoint(t *model.Touchpoint) {
	mark(s.meets, t.Owner)
	for _, b := range t.Backstage {
		mark(s.works, b.By)
	}
	if t.HandsOver != nil {
		mark(s.works, t.HandsOver.To)
	}
	for _, e := range t.Exceptions {
		if e.Reaction != nil {
			mark(s.meets, e.Reaction.By)
		}
		if e.PreAction != nil {
			mark(s.works, e.PreAction.By)
		}
	}
}
