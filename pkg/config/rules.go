// Package config holds a team's settings: which rules are on, how grave
// their findings are, and from which limits on they speak. Reading them from
// text is pkg/syntax.
package config

import (
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// Rule is what settings say of one rule. Each value knows where it was set;
// one without a place was set on the command line.
type Rule struct {
	On         *source.Spanned[bool]             // nil: as is usual for the rule
	Severity   *source.Spanned[finding.Severity] // nil: as is usual for the finding
	Thresholds map[string]source.Spanned[float64]
}

// Rules are the settings of rules by id. Nil settings leave all as is usual.
type Rules map[string]Rule

// On reports whether a rule is to run.
func (r Rules) On(d finding.Descriptor) bool {
	if on := r[d.ID].On; on != nil {
		return on.Value
	}
	return !d.Optional
}

// Severity returns how grave a finding of a rule is that is usually so grave.
func (r Rules) Severity(id string, usual finding.Severity) finding.Severity {
	if s := r[id].Severity; s != nil {
		return s.Value
	}
	return usual
}

// Threshold returns the value of a threshold of a rule.
func (r Rules) Threshold(d finding.Descriptor, name string) float64 {
	if v, ok := r[d.ID].Thresholds[name]; ok {
		return v.Value
	}
	for _, t := range d.Thresholds {
		if t.Name == name {
			return t.Default
		}
	}
	panic("the rule " + d.ID + " has no threshold " + name) // a mistake of ours
}
