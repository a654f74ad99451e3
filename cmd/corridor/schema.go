package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/baseline"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// schemas are what has a JSON Schema; the first is the default.
var schemas = []struct {
	name, of string
	text     func() []byte
}{
	{"journey", "corridor files", syntax.Schema},
	{"config", "the settings file, .corridor.yaml", syntax.SettingsSchema},
	{"report", "the output of `corridor check --format json`", report.Schema},
	{"baseline", "the file of `corridor baseline write`", func() []byte { return baseline.Schema }},
}

func schemaCommand() *cobra.Command {
	names := make([]string, len(schemas))
	completions := make([]string, len(schemas))
	for i, s := range schemas {
		names[i], completions[i] = s.name, s.name+"\t"+s.of
	}
	return &cobra.Command{
		Use:   "schema [" + strings.Join(names, "|") + "]",
		Short: "Print a JSON Schema, for editors and scripts",
		Long: `Schema prints the JSON Schema (draft-07) of corridor files, of the settings, of
the JSON report or of a baseline. Editors that know it complete keys and mark
mistakes while you type. A file names its schema in its first line:
# yaml-language-server: $schema=corridor.schema.json`,
		Example:   "  corridor schema > corridor.schema.json\n  corridor schema config > settings.schema.json",
		ValidArgs: completions,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return trouble("schema prints one schema: %s", strings.Join(names, ", "))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			want := append(args, names[0])[0]
			for _, s := range schemas {
				if s.name == want {
					_, err := c.OutOrStdout().Write(s.text())
					return err
				}
			}
			return unknown("schema", want, names)
		},
	}
}
