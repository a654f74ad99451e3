package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/syntax"
)

//go:embed starter.corridor.yaml
var starter string

func initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [file]",
		Short: "Write a commented file to start from",
		Long: `Init writes a small journey with comments, ready to be changed. It never
overwrites a file. Its first line names the schema by which editors complete
keys and mark mistakes.`,
		Example: `  corridor init
  corridor init journeys/see-the-dentist.corridor.yaml`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return trouble("init writes one file, such as `corridor init journey.corridor.yaml`")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			name := "journey.corridor.yaml"
			if len(args) == 1 {
				name = args[0]
			}
			if err := writeNew(name, []byte("# yaml-language-server: $schema="+syntax.SchemaID+"\n"+starter)); err != nil {
				return err
			}
			_, err := fmt.Fprintf(c.ErrOrStderr(), "Wrote %s. Next: corridor check %s\n", name, name)
			return err
		},
	}
}

// writeNew writes a file that must not exist yet.
func writeNew(name string, data []byte) error {
	_, err := os.Lstat(name)
	switch {
	case err == nil:
		return trouble("%s is there already; name another file, such as `corridor init new.corridor.yaml`", name)
	case !errors.Is(err, fs.ErrNotExist):
		return notWritten(name, err)
	}
	return writeWhole(name, data)
}
