package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/convert"
	"github.com/customer-corridor/corridor/pkg/rule"
)

// complete lets the shell complete the values of a flag.
func complete(c *cobra.Command, flag string, values ...string) {
	err := c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // the flag does not exist: a mistake of ours
	}
}

// completeNames lets the shell complete the rules and groups of a flag.
func completeNames(c *cobra.Command, flag string) {
	err := c.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return config.Names(rule.Descriptors()), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic(err) // the flag does not exist: a mistake of ours
	}
}

// completeCorridors completes the names of files that may be corridors.
func completeCorridors(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt
}

// completeForeign completes the names of files that may be in other formats.
func completeForeign(*cobra.Command, []string, string) (endings []string, _ cobra.ShellCompDirective) {
	for _, f := range convert.Formats {
		for _, ending := range f.Endings {
			if ending = strings.TrimPrefix(ending, "."); !slices.Contains(endings, ending) {
				endings = append(endings, ending)
			}
		}
	}
	return endings, cobra.ShellCompDirectiveFilterFileExt
}

// completeFiles completes the names of files that may be journeys.
func completeFiles(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	own, _ := completeCorridors(c, args, word)
	others, directive := completeForeign(c, args, word)
	others = slices.DeleteFunc(others, func(ending string) bool { return slices.Contains(own, ending) })
	return append(own, others...), directive
}

// completeRules completes the ids of rules.
func completeRules(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var all []string
	for _, r := range rule.All {
		all = append(all, r.ID+"\t"+r.Summary)
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}

func addOutside(c *cobra.Command, allow *bool) {
	c.Flags().BoolVar(allow, "allow-outside", false, "let imports leave the workspace's folder")
}
