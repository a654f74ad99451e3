package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var noReaction = judgement("care", "no-reaction", finding.Warning,
	"something goes wrong, and nobody reacts: the customer is lost", checkNoReaction)

// checkNoReaction needs no other exception that has one: what the language
// says of an exception alone is that it loses the customer.
func checkNoReaction(p *Pass) {
	p.mishaps(func(e model.Exception) bool { return e.Reaction == nil }, func(m mishap) {
		f := p.inside(m.passing, m.Exception.ID.Span, exceptionKey(m.Exception))
		f.Message = fmt.Sprintf("nobody reacts to %s: whoever meets it is lost there", m.name())
		f.Help = "Say under `reaction` who does what, and with which step the customer goes on (`then`)."
		p.report(f)
	})
}
