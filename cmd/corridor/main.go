// Command corridor checks customer journeys and draws them as maps.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/version"
)

// The exit codes, the same for every command and every format.
const (
	exitClean    = 0 // the work is done and nothing is held against it
	exitFindings = 1 // findings reach the fail level
	exitTrouble  = 2 // something could not be done: usage, unreadable or unparsable files
	exitNothing  = 3 // there was nothing to check
)

func main() {
	// A check reads much and keeps little: collecting less often is worth
	// the memory, which stays below that of one large picture.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(512 << 20) // from there on memory counts more than time
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs one command and returns its exit code.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := rootCommand()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := coded(root.Execute())
	var end exit
	switch {
	case err == nil:
		return exitClean
	case errors.As(err, &end):
		if end.message != "" {
			fmt.Fprintln(stderr, "corridor: "+report.Visible(end.message))
		}
		if end.next != "" {
			fmt.Fprintln(stderr, report.Visible(end.next))
		}
		return end.code
	}
	var bad *world.BadSettings
	if errors.As(err, &bad) {
		tellSettings(stderr, bad)
	}
	var unwritten *fs.PathError
	if errors.As(err, &unwritten) && unwritten.Op == "write" {
		err = fmt.Errorf("the output could not be written: %v", unwritten.Err)
	}
	fmt.Fprintln(stderr, "corridor: "+report.Visible(err.Error()))
	return exitTrouble
}

// exit is an error that ends the program with a code; an empty message says
// that all was said. What to do next stands on a line of its own.
type exit struct {
	code    int
	message string
	next    string
}

func (e exit) Error() string { return e.message }

// coded gives the errors of packages for commands the exit codes of this one.
func coded(err error) error {
	var problem *world.Error
	switch {
	case errors.As(err, &problem):
		return exit{exitTrouble, problem.Message, problem.Next}
	case errors.Is(err, context.Canceled):
		return exit{code: 130, message: "interrupted"}
	}
	return err
}

// trouble ends the program with a sentence on what could not be done.
func trouble(format string, args ...any) error {
	return exit{code: exitTrouble, message: fmt.Sprintf(format, args...)}
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "corridor",
		Short: "Check customer journeys, and draw them as maps",
		Long: `corridor reads a customer journey as a team writes it down in YAML: customers
and what they lack, needs, touchpoints, and the paths between them. It says in
plain words what is wrong, at the exact place, and draws the journey as a map.

Exit codes: 0 nothing found; 1 findings reach --fail-level; 2 something could
not be done or checked; 3 there was nothing to check.`,
		Example: `  corridor init
  corridor check
  corridor render journey.corridor.yaml -o map.svg`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version.String(),
		Args:          knownCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return trouble("%v; `%s --help` lists what there is", err, c.CommandPath())
	})
	root.SetHelpCommand(helpCommand())
	addSettings(root)
	root.AddCommand(checkCommand(), gapsCommand(), waysCommand(), diffCommand(), fmtCommand(), renderCommand(), importCommand(), exportCommand(), serveCommand(), explainCommand(), rulesCommand(), configCommand(), baselineCommand(), schemaCommand(), initCommand(), versionCommand())
	return root
}
