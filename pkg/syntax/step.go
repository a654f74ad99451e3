package syntax

import (
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

// stepName is the name of a step: call, basic/call, basic/call#2.
var stepName = value[model.StepName]{
	as(schema{"type": []string{"string", "integer"}, "pattern": "^" + namePattern + "(/" + namePattern + `(#0*[1-9]\d*)?)?$`}),
	func(r *reader, n *yaml.Node) (model.StepName, bool) {
		s, ok := stepText.read(r, n)
		s.Value.Span = s.Span
		return s.Value, ok
	},
	func(s model.StepName) *yaml.Node { return stepText.write(spanned[model.StepName]{Value: s}) },
}

var stepText = scalar(nameTags, "the name of a step", "basic/call", nil, parseStepName, model.StepName.String)

func parseStepName(s string) (model.StepName, error) {
	path, touchpoint, found := strings.Cut(s, "/")
	if !found {
		path, touchpoint = "", s
	}
	touchpoint, nth, numbered := strings.Cut(touchpoint, "#")
	var step model.StepName
	var err error
	if step.Touchpoint, err = parseName(touchpoint); err != nil {
		return step, err
	}
	if found {
		if step.Path, err = parseName(path); err != nil {
			return step, err
		}
	}
	if numbered {
		if step.Nth, err = strconv.Atoi(nth); err != nil || step.Nth < 1 || strconv.Itoa(step.Nth) != nth || !found {
			return step, problem{finding.Quote(s) + " is not the name of a step", "Write a touchpoint (`call`), a path and a touchpoint (`basic/call`), or its second time there (`basic/call#2`)."}
		}
	}
	return step, nil
}

// requirement is a name or a choice of names: smartphone|computer.
var requirement = value[model.Requirement]{
	as(schema{"type": []string{"string", "integer"}, "pattern": `^\s*` + namePattern + `\s*(\|\s*` + namePattern + `\s*)*$`}),
	func(r *reader, n *yaml.Node) (model.Requirement, bool) {
		s, ok := requirementText.read(r, n)
		return model.Requirement{Span: s.Span, AnyOf: s.Value}, ok
	},
	func(a model.Requirement) *yaml.Node { return requirementText.write(spanned[[]string]{Value: a.AnyOf}) },
}

var requirements = list(requirement, "a list of requirements")

var requirementText = scalar(nameTags, "a name", "smartphone|computer", nil, func(s string) ([]string, error) {
	names := make([]string, 0, 1+strings.Count(s, "|"))
	for part := range strings.SplitSeq(s, "|") {
		name, err := parseName(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}, func(names []string) string { return strings.Join(names, "|") })
