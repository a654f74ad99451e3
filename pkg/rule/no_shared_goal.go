package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var noSharedGoal = judgement("hand-over", "no-shared-goal", finding.Warning,
	"departments that follow each other are rewarded on nothing in common", checkNoSharedGoal)

// couple is two departments; one is the first of the two that customers meet.
type couple struct{ one, other *model.Department }

// encounter is a couple, and the steps at which they meet.
type encounter struct {
	couple
	steps [][2]int
}

// checkNoSharedGoal reports each two departments once, whichever comes first.
func checkNoSharedGoal(p *Pass) {
	if p.Access == nil || !p.twoHaveGoals() {
		return
	}
	o := opponents{p, map[couple]bool{}, map[*model.Department]map[string]bool{}}
	var all []encounter
	known := map[couple]int{}
	p.meetings(func(earlier, later int) {
		c := couple{p.Journey.Department(p.owner(earlier)), p.Journey.Department(p.owner(later))}
		i, met := known[c]
		if met && len(all[i].steps) >= listed || len(all) > finding.Limit || !o.opposed(c) || !p.follows(earlier, later) {
			return
		}
		if !met {
			i = len(all)
			known[c], known[couple{c.other, c.one}] = i, i
			all = append(all, encounter{couple: c})
		}
		all[i].steps = append(all[i].steps, [2]int{earlier, later})
	})
	for _, e := range all {
		p.reportEncounter(e)
	}
}

func (p *Pass) twoHaveGoals() bool {
	n := 0
	for _, d := range p.Journey.Departments {
		if len(d.Goals) > 0 {
			n++
		}
	}
	return n > 1
}

func (p *Pass) reportEncounter(e encounter) {
	first := e.steps[0]
	one, other := finding.Quote(e.one.ID.Value), finding.Quote(e.other.ID.Value)
	f := p.place(first[1], nil, e.one.ID.Value, e.other.ID.Value)
	f.Message = fmt.Sprintf("%s takes over from %s at %s, and they are rewarded on nothing in common", other, one, p.step(first[1]))
	f.Help = "Give both a goal that they reach only together, such as a measure of the customer's satisfaction."
	f.Related = []finding.Related{
		{Span: p.Graph.Steps[first[0]].Name.Span, Message: one + " comes before it"},
		{Span: e.one.Goals[0].Span, Message: "the goals of " + one},
		{Span: e.other.Goals[0].Span, Message: "the goals of " + other},
	}
	f.Related = append(f.Related, p.meetToo(e.steps[1:])...)
	p.report(f)
}

// meetToo shows where else two departments meet, each place once.
func (p *Pass) meetToo(steps [][2]int) []finding.Related {
	var all []finding.Related
	shown := map[int]bool{}
	for i, s := range steps {
		if shown[s[1]] {
			continue
		}
		shown[s[1]] = true
		var after []string
		for _, other := range steps[i:] {
			if other[1] == s[1] {
				after = append(after, p.step(other[0]))
			}
		}
		all = append(all, finding.Related{Span: p.Graph.Steps[s[1]].Name.Span, Message: "they meet here too, after " + list(after, "or")})
	}
	return all
}

// opponents remembers which departments have goals and none in common.
type opponents struct {
	*Pass
	known map[couple]bool
	goals map[*model.Department]map[string]bool
}

// opposed reports whether two departments both have goals, and none in common.
// It finds none opposed any more once it has compared very many goals.
func (o opponents) opposed(c couple) bool {
	if c.one == nil || c.other == nil || len(c.one.Goals) == 0 || len(c.other.Goals) == 0 {
		return false
	}
	opposed, known := o.known[c]
	if !known && o.compared < finding.MaxCompared {
		opposed = o.apart(c)
		o.known[c] = opposed
	}
	return opposed
}

func (o opponents) apart(c couple) bool {
	goals, known := o.goals[c.other]
	if !known {
		goals = map[string]bool{}
		mark(goals, c.other.Goals...)
		o.goals[c.other] = goals
	}
	for _, g := range c.one.Goals {
		if o.compared++; goals[g.Value] {
			return false
		}
	}
	return true
}
