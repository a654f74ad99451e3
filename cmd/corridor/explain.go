package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

func explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain RULE",
		Short: "Explain a rule, or the language, with examples",
		Long: `Explain prints what a rule finds and why it matters to a customer, with a wrong
and a right example. Of a group it lists the rules. "corridor explain language"
prints the reference of the language, "corridor explain settings" that of the
settings file.`,
		Example: `  corridor explain undefined-name
  corridor explain language`,
		Args: exactly(1, "explain takes the name of a rule, such as `corridor explain undefined-name`; `corridor rules` lists them"),
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			all, directive := completeRules(c, args, word)
			if len(args) == 0 {
				all = append(all, "language\tthe language reference", "settings\tthe reference of .corridor.yaml")
			}
			return all, directive
		},
		RunE: func(c *cobra.Command, args []string) error {
			text := ""
			if r := rule.Find(args[0]); r != nil {
				text = explained(r)
			} else if slices.Contains(rule.Groups, args[0]) {
				return writeGroup(c.OutOrStdout(), args[0])
			} else if args[0] == "language" {
				text = syntax.Reference
			} else if args[0] == "settings" {
				text = syntax.SettingsReference
			} else {
				return world.UnknownRule(args[0], append([]string{"settings"}, config.Names(rule.Descriptors())...))
			}
			_, err := fmt.Fprint(c.OutOrStdout(), text)
			return err
		},
	}
}

// writeGroup lists the rules of a group.
func writeGroup(w io.Writer, group string) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range inGroup(group) {
		fmt.Fprintf(out, "%s\t%s\t%s\n", r.ID, r.Severity, r.Summary)
	}
	return out.Flush()
}

// exactly accepts so many arguments, and says how the command is used
// otherwise.
func exactly(n int, usage string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return trouble("%s", usage)
		}
		return nil
	}
}
