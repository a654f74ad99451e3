package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/pattern"
	"github.com/customer-corridor/corridor/pkg/source"
)

// Check reports what in settings means nothing: rules and thresholds that do
// not exist, rules that cannot be set, patterns that match nothing.
func (s *Settings) Check(all []finding.Descriptor) []finding.Finding {
	c := &checker{all: all}
	c.lines(s.Rules, "rules")
	for i, n := range s.Never {
		c.rule(n, fmt.Sprintf("suppressions.never[%d]", i))
	}
	for i, o := range s.Overrides {
		subject := fmt.Sprintf("overrides[%d]", i)
		c.lines(o.Rules, subject+".rules")
		for k, p := range o.Files {
			c.pattern(p, fmt.Sprintf("%s.files[%d]", subject, k))
		}
	}
	return c.found
}

type checker struct {
	all   []finding.Descriptor
	found []finding.Finding
}

func (c *checker) report(rule string, at source.Span, subject, message, help string) {
	c.found = finding.Append(c.found, finding.Finding{Rule: rule, Severity: finding.Error, Span: at, Subject: subject, Message: message, Help: help})
}

func (c *checker) lines(lines []Line, subject string) {
	for _, l := range lines {
		at := subject + "." + l.ID.Value
		of := c.rule(l.ID, at)
		for _, t := range l.Thresholds {
			c.threshold(t, of, at+"."+t.Name.Value)
		}
	}
}

// rule returns the rules of an id or group, after reporting what is wrong
// with it.
func (c *checker) rule(id source.Spanned[string], subject string) []finding.Descriptor {
	var named []finding.Descriptor
	for _, d := range c.all {
		if d.ID == id.Value || d.Group == id.Value {
			named = append(named, d)
		}
	}
	always := func(d finding.Descriptor) bool { return !d.Always }
	switch {
	case len(named) == 0:
		help := finding.DidYouMean(id.Value, Names(c.all))
		if help == "" {
			help = "`corridor rules` lists the rules and their groups."
		}
		c.report("undefined-name", id.Span, subject, "there is no rule or group "+finding.Quote(id.Value), help)
	case !slices.ContainsFunc(named, always):
		c.report("invalid-value", id.Span, subject, finding.Quote(id.Value)+" is always on and always an error: a file with such a mistake does not say what it means",
			"Remove this line.")
	}
	return named
}

// Names lists what a rule can be set by: its id and its group, each once.
func Names(all []finding.Descriptor) []string {
	var names []string
	for _, d := range all {
		names = append(names, d.ID)
	}
	for _, d := range all {
		if !slices.Contains(names, d.Group) {
			names = append(names, d.Group)
		}
	}
	return names
}

func (c *checker) threshold(t Threshold, of []finding.Descriptor, subject string) {
	if len(of) == 0 {
		return
	}
	var names []string
	for _, d := range of {
		for _, known := range d.Thresholds {
			names = append(names, known.Name)
			if known.Name == t.Name.Value {
				c.value(t, known, subject)
				return
			}
		}
	}
	help := finding.DidYouMean(t.Name.Value, append(names, "severity"))
	switch {
	case help != "":
	case len(names) == 0:
		help = "It has only a `severity`."
	default:
		help = "It has `severity`, `" + strings.Join(names, "`, `") + "`."
	}
	c.report("unknown-key", t.Name.Span, subject, finding.Quote(t.Name.Value)+" is no threshold of "+finding.Quote(of[0].ID), help)
}

func (c *checker) value(t Threshold, known finding.Threshold, subject string) {
	number, ok := inUnit(t.Value.Value, known.Unit)
	if ok && number >= 0 {
		return
	}
	want := map[finding.Unit]string{finding.Plain: "a number, such as `3`", finding.Share: "a share, such as `20%`", finding.Seconds: "a duration, such as `10m`"}[known.Unit]
	c.report("invalid-value", t.Value.Span, subject, fmt.Sprintf("%s is %s, not %s", finding.Quote(t.Name.Value), want, finding.Quote(t.Value.Span.Text())),
		"It says: "+known.Summary+".")
}

func (c *checker) pattern(p source.Spanned[string], subject string) {
	if _, ok := pattern.Parse(p.Value); !ok {
		c.report("invalid-value", p.Span, subject, finding.Quote(p.Value)+" is not a pattern of file names", "Write for example `drafts/**` or `*.draft.corridor.yaml`.")
	}
}

func unitOf(d finding.Descriptor, threshold string) finding.Unit {
	for _, t := range d.Thresholds {
		if t.Name == threshold {
			return t.Unit
		}
	}
	return -1 // none that a number could have
}

// inUnit returns a quantity as a number of a unit, if it is one.
func inUnit(q model.Quantity, unit finding.Unit) (float64, bool) {
	switch {
	case unit == finding.Plain && q.Unit == "", unit == finding.Seconds && q.Unit == "s":
		return q.Number, true
	case unit == finding.Share && q.Unit == "%":
		return q.Number / 100, q.Number <= 100
	case unit == finding.Share && q.Unit == "":
		return q.Number, q.Number <= 1
	}
	return 0, false
}
