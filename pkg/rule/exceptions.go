package rule

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

// mishap is an exception at a touchpoint that the journey passes.
type mishap struct {
	passing
	model.Exception
}

// mishaps calls f with all exceptions that customers can meet and that are of
// a kind.
func (p *Pass) mishaps(kind func(model.Exception) bool, f func(mishap)) {
	p.passing(func(t *model.Touchpoint) bool { return slices.ContainsFunc(t.Exceptions, kind) }, func(t passing) {
		for _, e := range t.Exceptions {
			if kind(e) {
				f(mishap{t, e})
			}
		}
	})
}

// name is how a message calls an exception: `line-busy` at `call`.
func (m mishap) name() string {
	return finding.Quote(m.Exception.ID.Value) + " at " + finding.Quote(m.Touchpoint.ID.Value)
}

// exceptionKey is the place of an exception in its touchpoint.
func exceptionKey(e model.Exception) string { return "exceptions." + e.ID.Value }

// reactor is the department that reacts: the one that is named, else the
// owner; nil where none is.
func (p *Pass) reactor(m mishap) *model.Department {
	if by := m.Reaction.By; by.Given() {
		return p.Journey.Department(by.Value)
	}
	return p.Journey.Department(m.Owner.Value)
}
