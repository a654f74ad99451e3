package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var unusedName = structure("unused-name", finding.Warning,
	"something is defined and used nowhere", checkUnusedName)

// checkUnusedName looks at what the file itself defines; what a library
// defines is for others to use. Departments are for idle-department to tell.
func checkUnusedName(p *Pass) {
	j := p.Journey
	if p.Graph == nil || len(j.Document.Unread) > 0 {
		return
	}
	u := uses{make(map[string]bool, len(j.Capabilities)), make(map[string]bool, len(j.Channels)), make(map[string]bool, len(j.Touchpoints))}
	u.collect(j)
	for _, c := range j.Document.Capabilities {
		p.unused(c.Definition, u.capabilities, "capabilities", "capability", "Let a touchpoint require it, or remove it.")
	}
	for _, c := range j.Document.Channels {
		p.unused(c.Definition, u.channels, "channels", "channel", "Name it as the channel of a touchpoint, or remove it.")
	}
	for _, t := range j.Document.Touchpoints {
		p.unused(t.Definition, u.touchpoints, "touchpoints", "touchpoint", "Add it to a path, or remove it.")
	}
}

func (p *Pass) unused(d model.Definition, used map[string]bool, section, kind, help string) {
	id := d.ID.Value
	if used[id] || p.full() || p.misspelt(id) {
		return
	}
	p.report(finding.Finding{
		Span: d.ID.Span, Subject: section + "." + id,
		Message: fmt.Sprintf("the %s %s is defined, but nothing uses it", kind, finding.Quote(id)), Help: help,
	})
}

// misspelt reports whether a name that is defined nowhere was reported that
// is near to this one: mending that one will use this.
func (p *Pass) misspelt(id string) bool {
	return slices.ContainsFunc(p.Earlier, func(f finding.Finding) bool {
		p.compared++
		return p.compared < finding.MaxCompared && f.Rule == "undefined-name" && finding.Nearest(strings.Trim(f.Span.Text(), `"'`), []string{id}) != ""
	})
}

// uses are the names that a journey uses, by kind.
type uses struct{ capabilities, channels, touchpoints map[string]bool }

func (u uses) collect(j *model.Journey) {
	for _, c := range j.Channels {
		u.require(c.Requires)
	}
	for _, c := range j.Customers {
		u.name(c.Lacks, c.Has)
	}
	for _, n := range j.Needs {
		u.name(n.Lacks, n.Has)
	}
	for _, t := range j.Touchpoints {
		u.touchpoint(t)
	}
	mark(u.touchpoints, j.Paths.Basic...)
	for _, paths := range [][]*model.Path{j.Paths.Optional, j.Paths.Alternative} {
		for _, p := range paths {
			mark(u.touchpoints, p.Steps...)
		}
	}
}

func (u uses) touchpoint(t *model.Touchpoint) {
	u.require(t.Requires)
	u.require(t.Waives)
	u.name(t.Gives, t.Asks, t.Confirms, t.Uses)
	mark(u.channels, t.Channel)
	if t.HandsOver != nil {
		mark(u.capabilities, t.HandsOver.What...)
	}
	for _, e := range t.Exceptions {
		if e.Reaction != nil {
			mark(u.touchpoints, e.Reaction.Steps...)
		}
	}
}

func (u uses) require(list []model.Requirement) {
	for _, r := range list {
		for _, name := range r.AnyOf {
			u.capabilities[name] = true
		}
	}
}

func (u uses) name(lists ...[]model.Name) {
	for _, names := range lists {
		mark(u.capabilities, names...)
	}
}

func mark(used map[string]bool, names ...model.Name) {
	for _, n := range names {
		used[n.Value] = true
	}
}
