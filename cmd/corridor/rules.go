package main

import (
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/rule"
)

// ruleFormats are the ways to list rules; the first is the default.
var ruleFormats = []struct {
	name  string
	write func(io.Writer, config.Rules) error
}{
	{"table", writeRules},
	{"json", writeRulesJSON},
	{"markdown", func(w io.Writer, _ config.Rules) error { return writeHandbook(w) }},
}

func rulesCommand() *cobra.Command {
	format := ""
	names := make([]string, len(ruleFormats))
	for i, f := range ruleFormats {
		names[i] = f.name
	}
	c := &cobra.Command{
		Use:   "rules",
		Short: "List all rules",
		Long: `Rules lists what ` + "`corridor check`" + ` looks for, group by group, with the severity
and whether it is on by the settings of the current folder. With --format
markdown it writes the handbook: the documents of all rules.`,
		Example: "  corridor rules\n  corridor rules | grep error\n  corridor rules --format markdown > handbook.md",
		Args:    exactly(0, "rules takes no names; `corridor explain RULE` tells about one rule"),
		RunE: func(c *cobra.Command, _ []string) error {
			for _, f := range ruleFormats {
				if f.name == format {
					s, err := settingsHere(c, ".")
					if err != nil {
						return err
					}
					return f.write(c.OutOrStdout(), s.Rules)
				}
			}
			return unknown("format", format, names)
		},
	}
	c.Flags().StringVarP(&format, "format", "f", names[0], "how to list: "+strings.Join(names, ", "))
	complete(c, "format", names...)
	return c
}

func writeRules(w io.Writer, set config.Rules) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range rule.All {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.Group, set.Severity(r.ID, r.Severity), onOff(set.On(r.Descriptor)), r.Summary)
	}
	return out.Flush()
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// jsonRule is a rule in the JSON of `corridor rules`.
type jsonRule struct {
	ID         string          `json:"id"`
	Group      string          `json:"group"`
	Severity   string          `json:"severity"`
	On         bool            `json:"on"`
	Always     bool            `json:"always"` // cannot be set or suppressed
	Summary    string          `json:"summary"`
	Thresholds []jsonThreshold `json:"thresholds"`
}

type jsonThreshold struct {
	Name    string `json:"name"`
	Value   string `json:"value"` // as the settings file writes it
	Summary string `json:"summary"`
}

func writeRulesJSON(w io.Writer, set config.Rules) error {
	var all []jsonRule
	for _, r := range rule.All {
		one := jsonRule{r.ID, r.Group, set.Severity(r.ID, r.Severity).String(), set.On(r.Descriptor), r.Always, r.Summary, []jsonThreshold{}}
		for _, t := range r.Thresholds {
			one.Thresholds = append(one.Thresholds, jsonThreshold{t.Name, t.Unit.Format(set.Threshold(r.Descriptor, t.Name)), t.Summary})
		}
		all = append(all, one)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(all)
}

// writeHandbook writes the documents of all rules as one: a chapter for each
// group, a section for each rule.
func writeHandbook(w io.Writer) error {
	within := regexp.MustCompile(`\]\(([a-z0-9-]+)\.md\)`) // a link to another document is one to its section
	var b strings.Builder
	b.WriteString("# The rules of corridor\n\nWhat `corridor check` looks for, why it matters to customers, and how it is put right.\n")
	for _, group := range rule.Groups {
		fmt.Fprintf(&b, "\n- [%s](#%s)\n", rule.Title(group), group)
		for _, r := range inGroup(group) {
			fmt.Fprintf(&b, "  - [`%s`](#%s): %s (%s)\n", r.ID, r.ID, r.Summary, r.Severity)
		}
	}
	for _, group := range rule.Groups {
		fmt.Fprintf(&b, "\n# %s\n", rule.Title(group))
		for _, r := range inGroup(group) {
			b.WriteString("\n" + deeper(within.ReplaceAllString(explained(r), "](#$1)")))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func inGroup(group string) []*rule.Rule {
	var all []*rule.Rule
	for _, r := range rule.All {
		if r.Group == group {
			all = append(all, r)
		}
	}
	return all
}

// deeper puts the headings of a document one level down. A `#` in an example
// is a comment, no heading.
func deeper(markdown string) string {
	lines := strings.SplitAfter(markdown, "\n")
	example := false
	for i, line := range lines {
		if strings.HasPrefix(line, "```") {
			example = !example
		}
		if !example && strings.HasPrefix(line, "#") {
			lines[i] = "#" + line
		}
	}
	return strings.Join(lines, "")
}

// explained is the document of a rule with what can be set for it.
func explained(r *rule.Rule) string {
	text := r.Document()
	if len(r.Thresholds) == 0 {
		return text
	}
	text += "\n## What can be set\n\n"
	for _, t := range r.Thresholds {
		text += fmt.Sprintf("- `%s: %s`: %s.\n", t.Name, t.Unit.Format(t.Default), t.Summary)
	}
	return text + "\nIn `.corridor.yaml`: `rules: {" + r.ID + ": {" + setting(r.Thresholds[0]) + "}}`.\n"
}

func setting(t finding.Threshold) string { return t.Name + ": " + t.Unit.Format(t.Default) }
