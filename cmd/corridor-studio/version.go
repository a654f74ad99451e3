package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/version"
)

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version, which must be that of corridor",
		Args:  cobra.NoArgs,
		Run: func(command *cobra.Command, _ []string) {
			fmt.Fprintln(command.OutOrStdout(), "corridor-studio", version.String())
		},
	}
}
