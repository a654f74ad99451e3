package syntax

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

var pathsValue = plain(newObject("paths",
	basicField.needed(),
	key("optional", paths(optionalObject, model.Optional), func(p *model.Paths) *[]*model.Path { return &p.Optional }, "Services that a customer may take or skip."),
	key("alternative", paths(alternativeObject, model.Alternative), func(p *model.Paths) *[]*model.Path { return &p.Alternative }, "Other ways of access and of use."),
), func(p *model.Paths) *source.Span { return &p.Span })

// basicField is the basic path, which must not be empty.
var basicField = field[model.Paths]{key: "basic", schema: as(schema{"type": "array", "items": nameSchema, "minItems": 1}),
	doc: "The touchpoints that all customers have in common, in their order.",
	read: func(r *reader, n *yaml.Node, p *model.Paths) {
		steps, ok := list(name, "a list of touchpoints").read(r, n)
		p.Basic, p.BasicSpan = steps, r.listSpan(n)
		if len(steps) < len(n.Content) {
			r.cannotRead("paths")
		}
		if ok && len(n.Content) == 0 {
			r.report("invalid-value", r.span(n), "the basic path has no steps", "List the touchpoints that every customer passes: `basic: [look-up, call, visit]`.")
		}
	},
	write: func(p *model.Paths) *yaml.Node { return stepList(p.Basic) }}

// stepList writes steps, also where there are none: the key is needed.
func stepList(steps []model.Name) *yaml.Node { return names.write(append([]model.Name{}, steps...)) }

var optionalObject = newObject("an optional path", slices.Concat(pathNames(), anchors(), pathKeys("The touchpoints of the option, in their order."))...)

var alternativeObject = newObject("an alternative", slices.Concat(pathNames(), []field[model.Path]{replaced}, anchors(),
	pathKeys("The touchpoints of the alternative, in their order; `[]`: the run may be skipped."))...)

// replaced is the run that an alternative stands in for.
var replaced = field[model.Path]{key: "instead-of", schema: as(schema{"anyOf": []schema{stepName.schema(), {"type": "array", "items": stepName.schema(), "minItems": 1}}}),
	doc: "The step, or the run of consecutive steps of one path, that it stands in for.",
	read: func(r *reader, n *yaml.Node, p *model.Path) {
		if run, ok := oneOrList(stepName, "a list of steps").read(r, n); ok {
			p.InsteadOf = run
		}
		p.RunSpan = r.listSpan(n)
		if n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
			r.report("invalid-value", r.span(n), "`instead-of` names no step", "Name the step, or the first to the last step, that the alternative stands in for.")
		}
	},
	write: func(p *model.Path) *yaml.Node { return oneOrList(stepName, "").write(p.InsteadOf) }}

func pathNames() []field[model.Path] {
	return named(func(p *model.Path) *model.Definition { return &p.Definition })
}

func anchors() []field[model.Path] {
	return []field[model.Path]{
		key("after", optional(stepName), func(p *model.Path) **model.StepName { return &p.After }, "The step after which it begins."),
		key("before", optional(stepName), func(p *model.Path) **model.StepName { return &p.Before }, "The step before which it is offered (an option) or ends (an alternative)."),
	}
}

func pathKeys(stepsDoc string) []field[model.Path] {
	return []field[model.Path]{
		{key: "steps", schema: names.schema, doc: stepsDoc, required: true, read: func(r *reader, n *yaml.Node, p *model.Path) {
			p.Steps, _ = list(name, "a list of touchpoints").read(r, n)
			p.StepsSpan = r.listSpan(n)
		}, write: func(p *model.Path) *yaml.Node { return stepList(p.Steps) }},
		key("share", optional(share), func(p *model.Path) **spanned[float64] { return &p.Share }, "The part of the customers who go this way."),
		key("customers", names, func(p *model.Path) *[]model.Name { return &p.Customers }, "Who is offered it; without it, everyone."),
		key("needs", names, func(p *model.Path) *[]model.Name { return &p.Needs }, "For which needs it is offered; without it, for all."),
	}
}

// paths is a map of paths of one kind each of which must say where it
// hangs.
func paths(o *object[model.Path], kind model.Kind) value[[]*model.Path] {
	def := func(p *model.Path) *model.Definition { return &p.Definition }
	all := definitions("paths", o, def, "")
	return value[[]*model.Path]{func() schema { return anchorSchema(all.schema(), kind) }, func(r *reader, n *yaml.Node) ([]*model.Path, bool) {
		paths, ok := all.read(r, n)
		if !ok {
			r.cannotRead("paths")
		}
		for _, p := range paths {
			p.Kind = kind
			r.push(p.ID.Value, p.ID.Span)
			r.checkAnchors(p)
			r.pop()
			if p.StepsSpan.IsZero() || r.reported(p.StepsSpan) {
				r.cannotRead("paths") // so nobody knows which touchpoints it uses
			}
		}
		return paths, ok
	}, all.write}
}

func (r *reader) checkAnchors(p *model.Path) {
	if r.spokenOf(p.Span) {
		return
	}
	if p.Kind == model.Optional {
		r.checkOption(p)
		return
	}
	run, join := len(p.InsteadOf) > 0 || !p.RunSpan.IsZero(), p.After != nil || p.Before != nil
	const example = "Write `instead-of: call`, or `after: call` with `before: attend`."
	switch {
	case run && join:
		r.report("invalid-value", p.RunSpan, "an alternative says `instead-of`, or `after` and `before`, but not both", "Keep one of the two.")
	case !run && !join:
		r.report("missing-key", p.ID.Span, "the alternative `"+p.ID.Value+"` does not say what it replaces", example)
	case !run && p.After == nil:
		r.report("missing-key", p.ID.Span, "the alternative `"+p.ID.Value+"` says where it ends (`before`) but not where it begins", "Add `after`, the step after which it begins.")
	case !run && p.Before == nil:
		r.report("missing-key", p.ID.Span, "the alternative `"+p.ID.Value+"` says where it begins (`after`) but not where it ends", "Add `before`, the step at which it joins a path again.")
	}
}

// spokenOf reports whether a path is no map, has an unknown key, or a key
// whose value could not be read: it may be the very one that says where the
// path hangs.
func (r *reader) spokenOf(in source.Span) bool {
	path := r.subject()
	return slices.ContainsFunc(r.findings, func(f finding.Finding) bool {
		key := f.Subject[strings.LastIndexByte(f.Subject, '.')+1:]
		return f.Rule == "wrong-type" && f.Subject == path || within(f.Span, in) &&
			(f.Rule == "unknown-key" || key == "after" || key == "before" || key == "instead-of")
	})
}

// reported reports whether there is a finding on a value, or in it.
func (r *reader) reported(value source.Span) bool {
	return slices.ContainsFunc(r.findings, func(f finding.Finding) bool { return within(f.Span, value) })
}

func within(s, in source.Span) bool { return s.Start >= in.Start && s.End <= in.End }

func (r *reader) checkOption(p *model.Path) {
	switch {
	case p.After != nil && p.Before != nil:
		r.report("invalid-value", p.Before.Span, "an option says `after` or `before`, but not both", "An option comes back to where it began; for a way from one place to another write an `alternative`.",
			finding.Related{Span: p.After.Span, Message: "`after` is here"})
	case p.After == nil && p.Before == nil:
		r.report("missing-key", p.ID.Span, "the option `"+p.ID.Value+"` does not say where it is offered", "Add `after: STEP` or `before: STEP`.")
	}
	if len(p.Steps) == 0 && !p.StepsSpan.IsZero() && !r.reported(p.StepsSpan) {
		r.report("invalid-value", p.StepsSpan, "the option `"+p.ID.Value+"` has no steps", "Name the touchpoints that it consists of, or remove it.")
	}
}
