package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

func explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain RULE",
		Short: "Explain a rule, or the language, with examples",
		Long: `Explain prints what a rule finds and why it matters to a customer, with a wrong
and a right example. "corridor explain language" prints the language reference.`,
		Example: `  corridor explain undefined-name
  corridor explain language`,
		Args: exactly(1, "explain takes the name of a rule, such as `corridor explain undefined-name`; `corridor rules` lists them"),
		ValidArgsFunction: func(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
			all, directive := completeRules(c, args, word)
			if len(args) == 0 {
				all = append(all, "language\tthe language reference")
			}
			return all, directive
		},
		RunE: func(c *cobra.Command, args []string) error {
			text := ""
			if r := rule.Find(args[0]); r != nil {
				text = r.Document()
			} else if args[0] == "language" {
				text = syntax.Reference
			} else {
				return unknownRule(args[0])
			}
			_, err := fmt.Fprint(c.OutOrStdout(), text)
			return err
		},
	}
}

func unknownRule(id string) error {
	names := []string{"language"}
	for _, r := range rule.All {
		names = append(names, r.ID)
	}
	if err := unknown("rule", id, names); len(err.Error()) < 100 {
		return err
	}
	return trouble("there is no rule %q; `corridor rules` lists them", id)
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
