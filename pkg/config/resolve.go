package config

import (
	"maps"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/pattern"
	"github.com/customer-corridor/corridor/pkg/source"
)

// LowScore is the rule that speaks of a journey's access score, and least its
// threshold: `min-score` is a shorter way to set it.
const (
	LowScore = "low-score"
	Least    = "least"
)

// For returns what holds for a file, named by its path relative to the
// settings file. Of what is said twice, the rule's own word beats that of its
// group, an override that of the whole, and the later override the earlier.
func (s *Settings) For(file string, all []finding.Descriptor) Rules {
	rules := Rules{}
	rules.apply(s.Rules, s.MinScore, all)
	for _, o := range s.Overrides {
		if o.matches(file) {
			rules.apply(o.Rules, o.MinScore, all)
		}
	}
	return rules
}

// Matching returns the positions of the overrides that hold for a file: two
// files with the same ones have the same settings.
func (s *Settings) Matching(file string) []int {
	var all []int
	for i, o := range s.Overrides {
		if o.matches(file) {
			all = append(all, i)
		}
	}
	return all
}

// matches reports whether an override holds for a file.
func (o Override) matches(file string) bool {
	var patterns []pattern.Pattern
	for _, text := range o.Files {
		if p, ok := pattern.Parse(text.Value); ok {
			patterns = append(patterns, p)
		}
	}
	return pattern.Cover(patterns, file, false)
}

// apply lays lines over what is there already: those of groups first, so that
// a rule's own line wins.
func (r Rules) apply(lines []Line, minScore *source.Spanned[float64], all []finding.Descriptor) {
	if minScore != nil {
		r[LowScore] = r[LowScore].limit(Least, *minScore)
	}
	for _, own := range []bool{false, true} {
		for _, l := range lines {
			for _, d := range all {
				if (l.ID.Value == d.ID) == own && (own || l.ID.Value == d.Group) && !d.Always {
					r[d.ID] = r[d.ID].with(l, d)
				}
			}
		}
	}
}

// with returns the settings of a rule with a line laid over them.
func (r Rule) with(l Line, d finding.Descriptor) Rule {
	if l.Level.Value != "" {
		on := source.Spanned[bool]{Value: l.Level.Value != "off", Span: l.Level.Span}
		r.On = &on
		if s, ok := finding.ParseSeverity(l.Level.Value); ok {
			r.Severity = &source.Spanned[finding.Severity]{Value: s, Span: l.Level.Span}
		} else {
			r.Severity = nil
		}
	}
	for _, t := range l.Thresholds {
		if number, ok := inUnit(t.Value.Value, unitOf(d, t.Name.Value)); ok {
			r = r.limit(t.Name.Value, source.Spanned[float64]{Value: number, Span: t.Value.Span})
		}
	}
	return r
}

func (r Rule) limit(name string, v source.Spanned[float64]) Rule {
	r.Thresholds = maps.Clone(r.Thresholds)
	if r.Thresholds == nil {
		r.Thresholds = map[string]source.Spanned[float64]{}
	}
	r.Thresholds[name] = v
	return r
}

// Select returns settings in which only some rules are on, named by ids or
// groups; none means all. Those that are skipped are off in any case.
func (r Rules) Select(only, skip []string, all []finding.Descriptor) Rules {
	if len(only)+len(skip) == 0 {
		return r
	}
	selected := maps.Clone(r)
	if selected == nil {
		selected = Rules{}
	}
	for _, d := range all {
		named := func(names []string) bool { return slices.Contains(names, d.ID) || slices.Contains(names, d.Group) }
		if d.Always {
			continue
		}
		rule, on := selected[d.ID], new(source.Spanned[bool])
		switch {
		case named(skip), len(only) > 0 && !named(only):
		case slices.Contains(only, d.ID): // named itself: on, even if it is optional
			on.Value = true
		default:
			continue
		}
		rule.On = on
		selected[d.ID] = rule
	}
	return selected
}
