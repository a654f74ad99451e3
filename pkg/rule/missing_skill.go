package rule

import (
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var missingSkill = judgement("roles", "missing-skill", finding.Warning,
	"a touchpoint calls for a skill that its owner does not have", checkMissingSkill)

// checkMissingSkill waits until skills of departments are said: by the owner,
// or by another department of the file.
func checkMissingSkill(p *Pass) {
	doc := p.Journey.Document
	departments := slices.ContainsFunc(doc.Departments, func(d *model.Department) bool { return len(d.Skills) > 0 })
	if p.Access == nil || !departments && !slices.ContainsFunc(doc.Touchpoints, skilled) {
		return
	}
	skills := map[*model.Department]map[string]bool{}
	for _, t := range p.onPaths() {
		owner := p.Journey.Department(t.Owner.Value)
		if !skilled(t.Touchpoint) || owner == nil || !departments && (len(owner.Skills) == 0 || !p.ours(t.ID)) {
			continue
		}
		if skills[owner] == nil {
			skills[owner] = map[string]bool{}
			mark(skills[owner], owner.Skills...)
		}
		missing := slices.DeleteFunc(slices.Clone(t.Skills), func(n model.Name) bool { return skills[owner][n.Value] })
		if len(missing) > 0 {
			p.reportUnskilled(t, owner, missing)
		}
	}
}

func skilled(t *model.Touchpoint) bool { return len(t.Skills) > 0 }

func (p *Pass) reportUnskilled(t passing, owner *model.Department, missing []model.Name) {
	f := p.inside(t, missing[0].Span, "skills")
	f.Message = fmt.Sprintf("%s calls for %s, which its owner %s does not have", finding.Quote(t.ID.Value),
		listOf(len(missing), func(i int) string { return missing[i].Value }, "and"), finding.Quote(owner.ID.Value))
	f.Help = "Prepare the people who serve there and add the skill to the department's `skills`, or let a department own it that has the skill."
	f.Related = append(f.Related, finding.Related{Span: owner.ID.Span, Message: "the skills of " + finding.Quote(owner.ID.Value) + " stand here"})
	p.report(f)
}
