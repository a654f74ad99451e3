package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/source"
)

// The rules on comments that suppress findings.
const (
	unusedSuppression = "unused-suppression"
	reasonRequired    = "reason-required"
)

// comments are the suppressions met in one run, and what became of them. A
// library is read with several journeys: its comments are of use if they are
// of use in one of them.
type comments struct {
	known map[place]*comment
	aside []finding.Finding
}

// count returns how many findings the comments set aside; one that several
// journeys share counts once.
func (c *comments) count() int { return len(settle(c.aside)) }

// place is where a comment begins. A file may have been read twice.
type place struct {
	file  string
	start int
}

type comment struct {
	*model.Suppression
	document *model.Document
	used     []bool // by the position of the rule in Rules
	judged   []bool // whether the rule could have spoken
	settings Settings
}

// reading is a comment as one reading of its file has it, which alone knows the
// places of that reading.
type reading struct {
	*comment
	here *model.Suppression
}

// covers reports whether the comment speaks of a finding: where it is shown, or
// where what it is about is defined.
func (r reading) covers(f finding.Finding) bool {
	return r.here.Covers(f.Span) || r.here.Covers(f.Origin)
}

// apply takes the findings out that comments set aside, and adds what is
// wrong with the comments themselves.
func (c *comments) apply(o *Outcome, s Settings) {
	if o.Journey == nil {
		return
	}
	var met []reading
	for _, d := range append(slices.Clone(o.Journey.Imported), o.Journey.Document) {
		if d.Format != "" {
			continue // its comments speak to other programs
		}
		for _, one := range d.Suppressions {
			met = append(met, reading{c.meet(one, d, o, s), one})
		}
	}
	if len(met) == 0 {
		return
	}
	kept := o.Findings[:0]
	for _, f := range o.Findings {
		if suppressed(met, f, s) {
			c.aside = append(c.aside, f)
		} else {
			kept = append(kept, f)
		}
	}
	o.Findings = kept
	for _, one := range met {
		o.Findings = append(o.Findings, one.mistakes()...)
	}
}

// meet notes a comment, and which of its rules can be judged by this outcome.
func (c *comments) meet(one *model.Suppression, d *model.Document, o *Outcome, s Settings) *comment {
	at := place{one.Span.File.Name, one.Span.Start}
	known := c.known[at]
	if known == nil {
		known = &comment{one, d, make([]bool, len(one.Rules)), make([]bool, len(one.Rules)), s}
		if c.known == nil {
			c.known = map[place]*comment{}
		}
		c.known[at] = known
	}
	if known.document == o.Journey.Document || d.File.Name == o.Journey.Document.File.Name {
		known.settings = s // those of its own file
	}
	if o.Graph == nil || o.Access == nil {
		return known // what is wrong elsewhere kept rules silent
	}
	for i, n := range one.Rules {
		known.judged[i] = known.judged[i] || slices.ContainsFunc(rulesOf(n.Value), func(r *rule.Rule) bool { return s.Rules.On(r.Descriptor) })
	}
	return known
}

// rulesOf returns the rules that an id or the name of a group stands for.
func rulesOf(name string) []*rule.Rule {
	if r := rule.Find(name); r != nil {
		return []*rule.Rule{r}
	}
	var all []*rule.Rule
	for _, r := range rule.All {
		if r.Group == name {
			all = append(all, r)
		}
	}
	return all
}

// suppressed reports whether a comment sets a finding aside, and notes all
// that do.
func suppressed(met []reading, f finding.Finding, s Settings) bool {
	r := rule.Find(f.Rule)
	if r.Always || f.Unchecked || f.Cut || s.never(r.Descriptor) != nil {
		return false
	}
	aside := false
	for _, c := range met {
		if !c.covers(f) || c.over(s.Today) {
			continue
		}
		for i, n := range c.Rules {
			if n.Value == r.ID || n.Value == r.Group {
				c.used[i], aside = true, true
			}
		}
	}
	return aside
}

// over reports whether the last day of a comment is gone.
func (c *comment) over(today func() time.Time) bool {
	return c.Until != nil && today != nil && today().After(c.Until.Value)
}

// never returns the place where the settings say that a rule may not be
// suppressed, or nil.
func (s Settings) never(d finding.Descriptor) *source.Spanned[string] {
	for i, n := range s.Never {
		if n.Value == d.ID || n.Value == d.Group {
			return &s.Never[i]
		}
	}
	return nil
}

// mistakes are what is wrong with a comment by itself.
func (c *comment) mistakes() []finding.Finding {
	var all []finding.Finding
	for _, n := range c.Rules {
		if f, wrong := c.mistake(n); wrong {
			f.Span = n.Span
			all = append(all, f)
		}
	}
	s := c.settings.Rules
	if r := rule.Find(reasonRequired); c.Reason == "" && s.On(r.Descriptor) {
		all = append(all, finding.Finding{
			Rule: r.ID, Severity: s.Severity(r.ID, r.Severity), Span: c.Span,
			Message: "this comment suppresses findings and does not say why", Help: "Write the reason after the bracket, for those who read it next year.",
		})
	}
	return all
}

func (c *comment) mistake(n model.Name) (f finding.Finding, wrong bool) {
	rules := rulesOf(n.Value)
	f.Severity = finding.Error
	switch {
	case len(rules) == 0:
		f.Rule, f.Message = "undefined-name", "there is no rule or group "+finding.Quote(n.Value)+", so nothing is suppressed"
		help, fix := finding.Correct(n.Span, n.Value, config.Names(rule.Descriptors()))
		f.Help, f.Fix = cmp.Or(help, "`corridor rules` lists the rules and their groups."), fix
		return f, true
	case n.Value == unusedSuppression || n.Value == reasonRequired:
		f.Rule, f.Message = "invalid-value", finding.Quote(n.Value)+" speaks of comments, and no comment suppresses it"
		f.Help = "Remove the name; the settings can switch the rule off."
		return f, true
	case !slices.ContainsFunc(rules, func(r *rule.Rule) bool { return !r.Always }):
		f.Rule, f.Message = "invalid-value", finding.Quote(n.Value)+" cannot be suppressed: a file with such a mistake does not say what it means"
		f.Help = "Mend the mistake and remove the name from this comment."
		return f, true
	}
	kept := func(r *rule.Rule) bool { return c.settings.never(r.Descriptor) != nil }
	if at := c.settings.never(rules[0].Descriptor); at != nil && !slices.ContainsFunc(rules, func(r *rule.Rule) bool { return !kept(r) }) {
		f.Rule, f.Message = "invalid-value", finding.Quote(n.Value)+" may not be suppressed: the settings forbid it"
		f.Help = "Mend what the rule finds, or ask those who keep the settings."
		f.Related = []finding.Related{{Span: at.Span, Message: "forbidden here"}}
		return f, true
	}
	return f, false
}

// unused reports the comments that set nothing aside, once all files are
// checked.
func (c *comments) unused() []finding.Finding {
	all := make([]*comment, 0, len(c.known))
	for _, one := range c.known {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b *comment) int {
		return cmp.Or(strings.Compare(a.Span.File.Name, b.Span.File.Name), cmp.Compare(a.Span.Start, b.Span.Start))
	})
	r := rule.Find(unusedSuppression)
	var found []finding.Finding
	for _, one := range all {
		rules := one.settings.Rules
		if f, idle := one.idle(); idle && rules.On(r.Descriptor) {
			f.Rule, f.Severity = r.ID, rules.Severity(r.ID, r.Severity)
			found = append(found, f)
		}
	}
	return found
}

// idle reports whether a comment, or a part of it, is of no use.
func (c *comment) idle() (f finding.Finding, idle bool) {
	f.Span = c.Span
	if c.over(c.settings.Today) {
		f.Message = fmt.Sprintf("this comment suppresses nothing any more: it ended on %s", c.Until.Value.Format(time.DateOnly))
		f.Help = "Remove it, or give it another day if the reason still holds."
		f.Fix = c.without(nil)
		return f, true
	}
	var names, kept []string
	for i, n := range c.Rules {
		switch _, wrong := c.mistake(n); {
		case c.judged[i] && !c.used[i] && !wrong:
			names = append(names, finding.Quote(n.Value))
		default:
			kept = append(kept, n.Value)
		}
	}
	f.Message = "this comment suppresses " + strings.Join(names, ", ") + ", of which there is nothing here"
	f.Help = "Remove what is not needed any more, so that it does not hide the next finding."
	f.Fix = c.without(kept)
	return f, len(names) > 0
}

// without is the fix that leaves only some rules in a comment, or none of it.
func (c *comment) without(kept []string) *finding.Fix {
	if len(kept) > 0 {
		return &finding.Fix{Title: "remove the rules that are not needed", Edits: []finding.Edit{{Span: c.List, Text: strings.Join(kept, ", ")}}}
	}
	text, s := c.Span.File.Text, c.Span
	for s.Start > 0 && (text[s.Start-1] == ' ' || text[s.Start-1] == '\t') {
		s.Start--
	}
	if s.Start == 0 || text[s.Start-1] == '\n' { // a line of its own
		for s.End < len(text) && text[s.End] != '\n' {
			s.End++
		}
		s.End = min(s.End+1, len(text))
	}
	return &finding.Fix{Title: "remove the comment", Edits: []finding.Edit{{Span: s}}}
}
