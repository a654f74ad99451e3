// Corridor-studio is the engine room that corridor starts: it holds what is too
// heavy or too fragile to be linked into a linter.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/report"
)

func main() {
	if err := rootCommand().Execute(); err != nil {
		name := "corridor-studio:"
		if errors.As(err, new(corridorError)) {
			name = "corridor:"
		}
		fmt.Fprintln(os.Stderr, name, report.Visible(err.Error()))
		os.Exit(2)
	}
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:               "corridor-studio",
		Short:             "The engine room of corridor",
		Long:              "corridor-studio does the heavy work for corridor, which starts it by itself when it draws a map or serves a preview.",
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.AddCommand(graphvizCommand(), serveCommand(), versionCommand())
	return root
}
