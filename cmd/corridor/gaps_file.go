package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// fileOptions are those of commands that read one file.
type fileOptions struct {
	stdinName    string
	color        string
	allowOutside bool
	exclude      []string
}

func addFile(c *cobra.Command, opt *fileOptions) {
	c.Flags().StringVar(&opt.stdinName, "stdin-filename", "", "the name of the file that comes from standard input")
	addColor(c, &opt.color)
	addOutside(c, &opt.allowOutside)
}

// oneFile checks the one file that a name stands for. Does says what the
// command does with it, such as `render draws`.
func oneFile(c *cobra.Command, name, does string, opt fileOptions) (*check.Outcome, error) {
	w, err := world.New(opt.allowOutside, settingsOf(c))
	if err != nil {
		return nil, err
	}
	targets, problems, err := w.Targets([]string{name}, c.InOrStdin(), world.FindOptions{StdinName: opt.stdinName, Exclude: opt.exclude})
	switch {
	case err != nil:
		return nil, err
	case len(problems) > 0:
		return nil, problems[0]
	case len(targets) == 0:
		return nil, trouble("there is no corridor file in %s", name)
	case len(targets) > 1:
		return nil, trouble("%s one file, and %s has %d; name one of them", does, name, len(targets))
	}
	return targets[0].Check(), nil
}

// unsound reports whether a file does not say what its author means.
func unsound(o *check.Outcome) bool { return !o.Sound() }

// instead prints the findings of a file with which nothing else can be done,
// and returns how the program ends.
func instead(c *cobra.Command, out io.Writer, o *check.Outcome, color, verdict string) error {
	style, err := styleOf(c, color)
	if err != nil {
		return err
	}
	r := report.Report{Files: 1, Complete: o.Complete(), Findings: o.Findings, FailLevel: finding.Error.String()}
	if o.Err != nil {
		r.Problems = sentences(workspace.Problems(o.Err))
	}
	err = reportOn(c, r, func() error { return report.Formats[0].Write(out, r, style) })
	fmt.Fprintln(c.ErrOrStderr(), "corridor: "+verdict)
	return err
}

// analysable returns a file whose corridor can be analysed, or prints why not.
func analysable(c *cobra.Command, name, does string, opt fileOptions) (*check.Outcome, error) {
	o, err := oneFile(c, name, does, opt)
	switch {
	case err != nil:
		return nil, err
	case unsound(o):
		return nil, instead(c, c.ErrOrStderr(), o, opt.color, "nothing was analysed; mend the errors first")
	case o.Graph == nil:
		return nil, trouble("%s has no basic path, so there is no way to analyse; a library is read through the journeys that import it", name)
	}
	return o, nil
}

// nfc brings a name into the form in which names are compared.
func nfc(name string) string { return norm.NFC.String(name) }
