package main

import (
	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/syntax"
)

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the language, for editors",
		Long: `Schema prints the JSON Schema (draft-07) of corridor files. Editors that know it
complete keys and mark mistakes while you type. A file names its schema in its
first line: # yaml-language-server: $schema=corridor.schema.json`,
		Example: "  corridor schema > corridor.schema.json",
		Args:    exactly(0, "schema takes no names; it prints to the terminal, or to a file with `> corridor.schema.json`"),
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := c.OutOrStdout().Write(syntax.Schema())
			return err
		},
	}
}
