package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/rule"
)

func rulesCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "rules",
		Short:   "List all rules",
		Long:    "Rules lists what `corridor check` looks for, group by group, with the severity.",
		Example: "  corridor rules\n  corridor rules | grep error",
		Args:    exactly(0, "rules takes no names; `corridor explain RULE` tells about one rule"),
		RunE: func(c *cobra.Command, _ []string) error {
			out := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
			for _, r := range rule.All {
				fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", r.ID, r.Group, r.Severity, r.Summary)
			}
			return out.Flush()
		},
	}
}
