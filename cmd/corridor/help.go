package main

import "github.com/spf13/cobra"

// knownCommand accepts no arguments: what follows the root that is no command
// of it was meant to be one.
func knownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return unknown("command", args[0], names)
}

// helpCommand is cobra's, but it fails on a command that does not exist.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "help [command]",
		Short:             "Tell about a command",
		Long:              "Help tells what a command does and which flags it takes.",
		Example:           "  corridor help check",
		ValidArgsFunction: completeCommands,
		RunE: func(c *cobra.Command, args []string) error {
			found, rest, err := c.Root().Find(args)
			if err != nil {
				return err
			}
			if err := knownCommand(c.Root(), rest); err != nil {
				return err
			}
			found.InitDefaultHelpFlag()
			found.InitDefaultVersionFlag()
			return found.Help()
		},
	}
}

// completeCommands completes the names of commands.
func completeCommands(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var all []string
	if above, _, err := c.Root().Find(args); err == nil {
		for _, command := range above.Commands() {
			if command.IsAvailableCommand() {
				all = append(all, command.Name()+"\t"+command.Short)
			}
		}
	}
	return all, cobra.ShellCompDirectiveNoFileComp
}
