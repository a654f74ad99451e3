// Corridor-studio is the engine room that corridor starts: it holds what is too
// heavy or too fragile to be linked into a linter.
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

func main() {
	if err := rootCommand().Execute(); err != nil {
		fmt.Fprintln(os.Stderr, "corridor-studio:", err)
		os.Exit(2)
	}
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:               "corridor-studio",
		Short:             "The engine room of corridor",
		Long:              "corridor-studio does the heavy work for corridor, which starts it by itself when it draws a map.",
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.AddCommand(graphvizCommand(), versionCommand())
	return root
}
