package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/version"
)

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  corridor version",
		Args:    exactly(0, "version takes no names"),
		RunE: func(c *cobra.Command, _ []string) error {
			_, err := fmt.Fprintf(c.OutOrStdout(), "corridor %s (%s, %s/%s)\n", version.String(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
