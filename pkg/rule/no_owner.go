package rule

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var noOwner = judgement("roles", "no-owner", finding.Warning,
	"nobody answers for a touchpoint", checkNoOwner)

// checkNoOwner tells each touchpoint, or all at once as long as fewer have an
// owner than have none: then the file is still being filled in.
func checkNoOwner(p *Pass) {
	if !p.begun(hasOwner) {
		return
	}
	var none []passing
	owners := 0
	for _, t := range p.onPaths() {
		switch {
		case hasOwner(t.Touchpoint):
			owners++
		case !nobodys(t.Touchpoint):
			none = append(none, t)
		}
	}
	if len(none) > owners {
		p.reportOwnerless(none)
		return
	}
	for i := range none {
		p.reportOwnerless(none[i : i+1])
	}
}

func (p *Pass) reportOwnerless(none []passing) {
	has := "has"
	if len(none) > 1 {
		has = "have"
	}
	f := p.on(none[0])
	f.Message = fmt.Sprintf("nobody answers for %s, which %s no `owner`", touchpoints(none, "and"), has)
	f.Help = "Name the department that answers for it as its `owner`: what belongs to nobody is mended by nobody."
	p.report(f)
}

func hasOwner(t *model.Touchpoint) bool { return t.Owner.Given() }

// nobodys reports whether a touchpoint may well belong to no department: what
// people tell each other, by mouth or on social media, and what customers do by
// themselves. There and without a channel nobody serves, unless the touchpoint
// says what somebody does.
func nobodys(t *model.Touchpoint) bool {
	acts := len(t.Asks)+len(t.Confirms)+len(t.Uses)+len(t.Skills)+len(t.Measures)+len(t.Backstage) > 0 ||
		t.HandsOver != nil || t.Hours != nil || !t.Promise.Empty()
	return hearsay(t) || (!t.Channel.Given() || t.Channel.Value == "social") && !acts
}
