package rule

import (
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var efficiencyOnly = judgement("measures", "efficiency-only", finding.Note,
	"a touchpoint is measured by efficiency and not by satisfaction", checkEfficiencyOnly)

// checkEfficiencyOnly tells each touchpoint, or all at once where the journey
// asks customers nowhere: then that is the one thing to begin with.
func checkEfficiencyOnly(p *Pass) {
	if !p.begun(efficient) {
		return
	}
	var all []passing
	satisfaction := slices.ContainsFunc(p.Journey.Document.Touchpoints, satisfying)
	for _, t := range p.onPaths() {
		satisfaction = satisfaction || satisfying(t.Touchpoint)
		if efficient(t.Touchpoint) && !satisfying(t.Touchpoint) && !unkind(t.Touchpoint) && !announces(t.Touchpoint) {
			all = append(all, t)
		}
	}
	switch {
	case len(all) == 0:
	case satisfaction:
		for _, t := range all {
			p.reportEfficiency(t)
		}
	default:
		p.reportNoSatisfaction(all)
	}
}

func (p *Pass) reportEfficiency(t passing) {
	f := p.on(t)
	f.Message = fmt.Sprintf("%s is measured by efficiency only: nothing says whether customers are satisfied there", finding.Quote(t.ID.Value))
	f.Help = "Add a measure of `kind: satisfaction` beside it, or the customers' score under `experience`: what is quick is not yet good."
	p.report(f)
}

func (p *Pass) reportNoSatisfaction(all []passing) {
	f := p.on(all[0])
	f.Message = fmt.Sprintf("only efficiency is measured in this journey, at %s: nothing says whether customers are satisfied",
		touchpoints(all, "and"))
	f.Help = "Add a measure of `kind: satisfaction` where customers judge you, or their score under `experience`: what is quick is not yet good."
	p.report(f)
}

// announces reports whether people only see or hear something at a touchpoint,
// such as an advertisement: nobody is served there yet who could be satisfied.
func announces(t *model.Touchpoint) bool {
	return slices.Contains([]string{"word-of-mouth", "social", "sign", "print"}, t.Channel.Value) && len(t.Asks)+len(t.Confirms) == 0
}

func efficient(t *model.Touchpoint) bool { return ofKind(t, "efficiency") }

// satisfying reports whether a touchpoint knows of the customers'
// satisfaction: it measures it, or has a score that customers gave.
func satisfying(t *model.Touchpoint) bool {
	return ofKind(t, "satisfaction") || scored(t)
}

// scored reports whether customers gave a touchpoint a score.
func scored(t *model.Touchpoint) bool {
	return slices.ContainsFunc(t.Experience, func(r model.Rating) bool { return r.Who.Value != "company" })
}

// unkind reports whether a measure does not say what it is of: it may be of
// satisfaction.
func unkind(t *model.Touchpoint) bool { return ofKind(t, "") }

func ofKind(t *model.Touchpoint, kind string) bool {
	return slices.ContainsFunc(t.Measures, func(m model.Measure) bool { return m.Kind.Value == kind })
}
