package rule

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

var sharesOver100 = structure("shares-over-100", finding.Warning,
	"shares of one whole are more than 100% together", checkSharesOver100)

// checkSharesOver100 adds the shares of the customers, and those of the
// alternatives among which a customer chooses at one place.
func checkSharesOver100(p *Pass) {
	var customers sum
	for _, c := range p.Journey.Customers {
		customers.add(c.Share, c.ID.Value)
	}
	p.reportSum(customers, "customers", "the customers' shares")
	if p.Graph == nil {
		return
	}
	for _, c := range p.choices() {
		p.reportSum(c, "paths.alternative", "the shares of the alternatives that begin at the same place")
	}
}

// choices returns the sums of the alternatives that begin at the same place:
// of those that everybody is offered, each time with those that are offered
// to the same customers for the same needs. Offers that overlap in part are
// not added up: whether anybody has both is another question.
func (p *Pass) choices() []sum {
	var all []sum
	everybody := make([]sum, p.Graph.Places)
	some := map[string]int{} // place and offer → position in all
	for _, path := range p.Graph.Paths {
		if path.Kind == model.Alternative && len(path.Def.Customers)+len(path.Def.Needs) == 0 {
			everybody[path.From].add(path.Def.Share, path.ID)
		}
	}
	for _, path := range p.Graph.Paths {
		if path.Kind != model.Alternative || len(path.Def.Customers)+len(path.Def.Needs) == 0 || !everybody[path.From].over.IsZero() {
			continue
		}
		key := strconv.Itoa(path.From) + offerKey(path.Def)
		if _, ok := some[key]; !ok {
			some[key] = len(all)
			s := everybody[path.From]
			s.shares = slices.Clone(s.shares)
			all = append(all, s)
		}
		all[some[key]].add(path.Def.Share, path.ID)
	}
	return append(everybody, all...)
}

// sum is the sum of shares, with the place of the one that made it too much.
type sum struct {
	total  float64
	over   source.Span
	id     string
	shares []finding.Related
}

func (s *sum) add(share *source.Spanned[float64], id string) {
	if share == nil {
		return
	}
	s.total += share.Value
	if s.total > 1+1e-9 && s.over.IsZero() {
		s.over, s.id = share.Span, id
	}
	s.shares = append(s.shares, finding.Related{Span: share.Span, Message: "share of " + finding.Quote(id)})
}

func (p *Pass) reportSum(s sum, subject, what string) {
	if s.over.IsZero() {
		return
	}
	var others []finding.Related
	for _, r := range s.shares {
		if r.Span != s.over && len(others) < 5 {
			others = append(others, r)
		}
	}
	p.report(finding.Finding{
		Span: s.over, Subject: subject + "." + s.id + ".share",
		Message: fmt.Sprintf("%s are %s together, more than 100%%", what, percent(s.total)),
		Help:    "Lower some of them; shares that are not given divide what the others leave.",
		Related: others,
	})
}

func percent(share float64) string {
	return strconv.FormatFloat(math.Round(share*1e8)/1e6, 'f', -1, 64) + "%"
}
