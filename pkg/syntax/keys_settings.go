package syntax

import (
	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// The tables of the settings file, .corridor.yaml.

var settings = newObject("a settings file",
	key("rules", lines, func(s *config.Settings) *[]config.Line { return &s.Rules }, "Rules or groups of rules, each with off, on, a severity, or a map of severity and thresholds."),
	key("min-score", optional(share), func(s *config.Settings) **spanned[float64] { return &s.MinScore }, "The least access score of a journey, such as `90%`."),
	key("baseline", fileName, func(s *config.Settings) *spanned[string] { return &s.Baseline }, "The file of findings that are set aside, relative to this one."),
	suppressionsField,
	key("overrides", list(override, "a list of overrides"), func(s *config.Settings) *[]config.Override { return &s.Overrides }, "What holds for some files only; a later override beats an earlier one."),
)

// suppressionsField reads what holds for comments that suppress findings.
var suppressionsField = field[config.Settings]{key: "suppressions", schema: suppressionsObject.jsonSchema,
	doc:  "What holds for comments that suppress findings.",
	read: func(r *reader, n *yaml.Node, s *config.Settings) { suppressionsObject.read(r, n, s) }}

var suppressionsObject = newObject("suppressions",
	key("never", names, func(s *config.Settings) *[]model.Name { return &s.Never }, "Rules and groups that no comment may suppress."),
)

var override = value[config.Override]{overrideObject.jsonSchema, func(r *reader, n *yaml.Node) (config.Override, bool) {
	var o config.Override
	return o, overrideObject.read(r, n, &o)
}, nil}

var overrideObject = newObject("an override",
	key("files", oneOrList(pattern, "a list of patterns"), func(o *config.Override) *[]spanned[string] { return &o.Files }, "The files that it holds for, as patterns relative to this file: `drafts/**`.").needed(),
	key("rules", lines, func(o *config.Override) *[]config.Line { return &o.Rules }, "As above, for these files."),
	key("min-score", optional(share), func(o *config.Override) **spanned[float64] { return &o.MinScore }, "As above, for these files."),
)

var pattern = scalar(textTags, "a pattern of file names", "drafts/**", stringSchema, notBlank, words)

var level = oneOf(config.Levels...)

// lines reads a map of rules, or groups, to what holds for them.
var lines = value[[]config.Line]{
	as(schema{"type": "object", "propertyNames": nameSchema, "additionalProperties": schema{"anyOf": []schema{
		level.schema(),
		{"type": "object", "properties": schema{"severity": level.schema()}, "additionalProperties": quantity.schema()},
	}}}),
	func(r *reader, n *yaml.Node) ([]config.Line, bool) {
		if n.Kind != yaml.MappingNode {
			r.wrongType(n, "a map of rules", "Write each on a line of its own, indented: `single-way: off`.")
			return nil, false
		}
		var all []config.Line
		for id, line := range readMap(r, n, name.read, readLine) {
			line.ID = id
			all = append(all, line)
		}
		return all, true
	},
	nil,
}

func readLine(r *reader, n *yaml.Node) (config.Line, bool) {
	var l config.Line
	if n.Kind != yaml.MappingNode {
		var ok bool
		l.Level, ok = level.read(r, n)
		return l, ok
	}
	for key, set := range readMap(r, n, name.read, readSetting) {
		if key.Value == severityKey {
			l.Level = set.level
		} else {
			l.Thresholds = append(l.Thresholds, config.Threshold{Name: key, Value: set.limit})
		}
	}
	return l, true
}

const severityKey = "severity"

// setting is a value of a rule's map: a severity or a threshold.
type setting struct {
	level spanned[string]
	limit spanned[model.Quantity]
}

func readSetting(r *reader, n *yaml.Node) (s setting, ok bool) {
	if r.path[len(r.path)-1].key == severityKey {
		s.level, ok = level.read(r, n)
	} else {
		s.limit, ok = quantity.read(r, n)
	}
	return s, ok
}

// Settings reads a settings file, .corridor.yaml. A file without any content
// sets nothing. Whatever is wrong is reported; then the settings are not to
// be used.
func Settings(file *source.File) (*config.Settings, []finding.Finding) {
	s := &config.Settings{File: file}
	r := newReader(file)
	r.mayBeEmpty = true
	if root := r.decode(); root != nil && r.guard(root) {
		settings.read(r, root, s)
	}
	return s, r.findings
}
