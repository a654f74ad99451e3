package rule

import "github.com/customer-corridor/corridor/pkg/finding"

// judgement describes a rule on how well a journey serves, beyond whether
// customers get through. It speaks only once a file uses the keys that it
// judges.
func judgement(group, id string, severity finding.Severity, summary string, check func(*Pass)) *Rule {
	return &Rule{Descriptor: finding.Descriptor{ID: id, Group: group, Severity: severity, Summary: summary}, Check: check}
}
