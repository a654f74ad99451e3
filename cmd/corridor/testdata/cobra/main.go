// Command cobra does nothing but build an empty command: the measure that the
// start of `corridor` is held against.
package main

import (
	"os"

	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{Use: "empty", Run: func(*cobra.Command, []string) {}}
	if root.Execute() != nil {
		os.Exit(2)
	}
}
