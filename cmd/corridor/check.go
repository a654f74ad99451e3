package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/report"
)

type checkOptions struct {
	format       string
	failLevel    string
	exclude      []string
	stdinName    string
	color        string
	allowOutside bool
	only         []string
	skip         []string
	today        string
}

// settings are those of the flags.
func (o checkOptions) settings(c *cobra.Command) settingsFlags {
	s := settingsOf(c)
	s.only, s.skip, s.today = o.only, o.skip, o.today
	return s
}

func checkCommand() *cobra.Command {
	var opt checkOptions
	c := &cobra.Command{
		Use:   "check [files or folders]",
		Short: "Say what is wrong with journeys, and where",
		Long: `Check reads corridor files and says what is wrong with them: in plain words, at
the exact place, with what to do next.

Without a name it looks through the current folder: *.corridor.yaml,
*.corridor.yml and *.corridor.json, and every YAML file whose first key is
"corridor". What .gitignore leaves out is left out. "-" reads standard input.

Exit codes: 0 nothing reaches --fail-level; 1 something does; 2 something could
not be checked; 3 there was nothing to check.`,
		Example: `  corridor check
  corridor check journeys/ --exclude 'drafts/**'
  corridor check --format github --fail-level warning
  corridor check - --stdin-filename journeys/visit.corridor.yaml < visit.yaml`,
		ValidArgsFunction: completeFiles,
		RunE: func(c *cobra.Command, args []string) error {
			return runCheck(c, args, opt)
		},
	}
	f := c.Flags()
	f.StringVarP(&opt.format, "format", "f", report.Formats[0].Name, "how to report: "+formatNames())
	f.StringVar(&opt.failLevel, "fail-level", report.FailLevels[0], "the lightest finding that exits with 1: "+strings.Join(report.FailLevels, ", "))
	f.StringArrayVar(&opt.exclude, "exclude", nil, "leave out files and folders that match, such as 'drafts/**' (repeatable)")
	f.StringSliceVar(&opt.only, "only", nil, "look only for these rules or groups (`corridor rules` lists them)")
	f.StringSliceVar(&opt.skip, "skip", nil, "do not look for these rules or groups")
	f.StringVar(&opt.today, "today", "", "the day by which `until=` in suppressions is judged (default: today)")
	f.StringVar(&opt.stdinName, "stdin-filename", "", "the name of the file that comes from standard input")
	addColor(c, &opt.color)
	addOutside(c, &opt.allowOutside)
	complete(c, "format", formatList()...)
	complete(c, "fail-level", report.FailLevels...)
	completeNames(c, "only")
	completeNames(c, "skip")
	return c
}

func formatList() []string {
	var names []string
	for _, f := range report.Formats {
		names = append(names, f.Name)
	}
	return names
}

func formatNames() string { return strings.Join(formatList(), ", ") }

func runCheck(c *cobra.Command, args []string, opt checkOptions) error {
	format, ok := report.FormatNamed(opt.format)
	if !ok {
		return unknown("format", opt.format, formatList())
	}
	if !slices.Contains(report.FailLevels, opt.failLevel) {
		return unknown("fail level", opt.failLevel, report.FailLevels)
	}
	style, err := styleOf(c, opt.color)
	if err != nil {
		return err
	}
	w, err := newWorld(opt.allowOutside, opt.settings(c))
	if err != nil {
		return err
	}
	targets, problems, err := w.targets(args, c.InOrStdin(), opt)
	if err != nil {
		return err
	}
	progress := newProgress(c.ErrOrStderr(), len(targets))
	summary, err := check.Files(context.Background(), targets, progress.step)
	progress.end()
	if err != nil {
		return err
	}
	return reportOn(c.OutOrStdout(), c.ErrOrStderr(), format, style, report.Report{
		Files: summary.Files, Complete: summary.Complete, Findings: summary.Findings,
		FailLevel: opt.failLevel, Problems: sentences(append(problems, summary.Problems...)),
	})
}

// reportOn writes the report, and what could not be checked to stderr, and
// returns how the program ends.
func reportOn(stdout, stderr io.Writer, format report.Format, style report.Style, r report.Report) error {
	for _, p := range r.Problems {
		fmt.Fprintln(stderr, "corridor: "+report.Visible(p))
	}
	if r.Files == 0 && len(r.Problems) == 0 {
		if format.Whole {
			if err := format.Write(stdout, r, style); err != nil {
				return err
			}
		}
		return exit{code: exitNothing, message: "there is no corridor file here; `corridor init` writes one to start from"}
	}
	if err := format.Write(stdout, r, style); err != nil {
		return err
	}
	switch {
	case !r.Complete || len(r.Problems) > 0:
		return exit{code: exitTrouble}
	case r.Fails():
		return exit{code: exitFindings}
	}
	return nil
}

// sentences returns what errors say, each once.
func sentences(problems []error) []string {
	var all []string
	for _, p := range problems {
		if s := p.Error(); !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// unknown reports a word that is none of those that a flag takes.
func unknown(what, word string, words []string) error {
	if near := finding.Nearest(word, words); near != "" {
		return trouble("there is no %s %q; did you mean %q?", what, word, near)
	}
	return trouble("there is no %s %q; there are %s", what, word, strings.Join(words, ", "))
}
