package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/baseline"
	"github.com/customer-corridor/corridor/pkg/convert"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/version"
)

type checkOptions struct {
	formats      []string
	failLevel    string
	exclude      []string
	stdinName    string
	color        string
	allowOutside bool
	only         []string
	skip         []string
	today        string
	baseline     string
	noBaseline   bool
	since        string
	fix          bool
	diff         bool
}

// settings are those of the flags.
func (o checkOptions) settings(c *cobra.Command) world.Flags {
	s := settingsOf(c)
	s.Only, s.Skip, s.Today = o.only, o.skip, o.today
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
` + foreignToo() + `

Which rules hold, and how grave they are, is said in .corridor.yaml; "corridor
config --help" tells how. A comment sets findings aside at the element that
begins on its line or on the next, or in the whole file:

  # corridor: ignore[single-way] the second lift opens in May until=2027-05-31
  # corridor: file-ignore[roles] owners are named in the library

Exit codes: 0 nothing reaches --fail-level; 1 something does; 2 something could
not be checked; 3 there was nothing to check.`,
		Example: `  corridor check
  corridor check journeys/ --exclude 'drafts/**'
  corridor check --format github --fail-level warning
  corridor check --format pretty --format sarif:corridor.sarif
  corridor check --only access --skip single-way
  corridor check --since origin/main
  corridor check --fix
  corridor check - --stdin-filename journeys/visit.corridor.yaml < visit.yaml`,
		ValidArgsFunction: completeFiles,
		RunE: func(c *cobra.Command, args []string) error {
			return runCheck(c, args, opt)
		},
	}
	f := c.Flags()
	f.StringArrayVarP(&opt.formats, "format", "f", []string{report.Formats[0].Name}, "how to report (repeatable): NAME or NAME:FILE with "+formatNames())
	f.StringVar(&opt.failLevel, "fail-level", report.FailLevels[0], "the lightest finding that exits with 1: "+strings.Join(report.FailLevels, ", "))
	f.StringArrayVar(&opt.exclude, "exclude", nil, "leave out files and folders that match, such as 'drafts/**' (repeatable)")
	f.StringSliceVar(&opt.only, "only", nil, "look only for these rules or groups; corridor rules lists them")
	f.StringSliceVar(&opt.skip, "skip", nil, "do not look for these rules or groups")
	f.StringVar(&opt.baseline, "baseline", "", "the file of findings that are set aside (default: that of the settings, else "+baseline.FileName+")")
	f.BoolVar(&opt.noBaseline, "no-baseline", false, "tell what the baseline sets aside, too")
	f.StringVar(&opt.since, "since", "", "tell only what was not there when this branch left REF, such as origin/main")
	f.BoolVar(&opt.fix, "fix", false, "mend what is safe to mend: misspelt names, suppressions that are not needed")
	f.BoolVar(&opt.diff, "diff", false, "show what --fix would change, and change nothing")
	f.StringVar(&opt.today, "today", "", "the day by which until= in suppressions is judged (default: today)")
	f.StringVar(&opt.stdinName, "stdin-filename", "", "the name of the file that comes from standard input")
	c.MarkFlagsMutuallyExclusive("fix", "diff")
	c.MarkFlagsMutuallyExclusive("diff", "format")
	c.MarkFlagsMutuallyExclusive("baseline", "no-baseline")
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
	outputs, err := outputs(opt.formats)
	if err != nil {
		return err
	}
	if !slices.Contains(report.FailLevels, opt.failLevel) {
		return unknown("fail level", opt.failLevel, report.FailLevels)
	}
	style, err := styleOf(c, opt.color)
	if err != nil {
		return err
	}
	var i *inspection
	switch {
	case opt.diff:
		return nameThem(showFixes(c, args, opt), args)
	case opt.fix:
		i, err = makeFixes(c, args, opt)
	default:
		i, err = inspect(c, args, opt, nil)
	}
	if err != nil {
		notChecked(c, outputs, err)
		return err
	}
	r := i.report(opt, outputs)
	if r.Files == 0 {
		r.Complete = false // no report says that nothing is wrong with nothing
	}
	err = reportOn(c, r, func() error { return writeAll(c, outputs, style, r) })
	summarise(c, outputs, r)
	return nameThem(err, args)
}

// notChecked writes to the files of reports that nothing could be checked: what
// a run before left there would be taken for the answer of this one.
func notChecked(c *cobra.Command, outputs []output, err error) {
	files := slices.DeleteFunc(slices.Clone(outputs), func(o output) bool { return o.path == "" })
	if len(files) == 0 {
		return
	}
	r := report.Report{Problems: []string{"nothing was checked: " + err.Error()}, Version: version.String()}
	if failed := writeAll(c, files, report.Style{}, r); failed != nil {
		fmt.Fprintln(c.ErrOrStderr(), "corridor: "+report.Visible(failed.Error()))
	}
}

// reportOn lets the report be written, and what could not be checked to
// stderr, and returns how the program ends.
func reportOn(c *cobra.Command, r report.Report, write func() error) error {
	for _, p := range r.Problems {
		fmt.Fprintln(c.ErrOrStderr(), "corridor: "+report.Visible(p))
	}
	if err := write(); err != nil {
		return err
	}
	switch {
	case r.Files == 0 && len(r.Problems) == 0:
		return exit{code: exitNothing, message: nothingHere}
	case !r.Complete || len(r.Problems) > 0:
		return exit{code: exitTrouble}
	case r.Fails():
		return exit{code: exitFindings}
	}
	return nil
}

// nothingHere is said where there was nothing to check.
const nothingHere = "there is no corridor file here; `corridor init` writes one to start from"

// nameThem adds to the end of a command that found nothing in folders that
// there are files of other formats in them, which must be named.
func nameThem(err error, folders []string) error {
	end, ok := err.(exit)
	if !ok || end.code != exitNothing {
		return err
	}
	if len(folders) == 0 {
		folders = []string{"."}
	}
	for _, folder := range folders {
		entries, _ := os.ReadDir(folder) // one that cannot be read was spoken of
		for _, e := range entries {
			if ending := tellTale(e.Name()); ending != "" && e.Type().IsRegular() {
				end.next = "Files of other formats must be named: corridor check " + filepath.ToSlash(filepath.Join(folder, "*"+ending))
				return end
			}
		}
	}
	return end
}

// tellTale returns the ending of a name that only files of one foreign format
// have, or "".
func tellTale(name string) string {
	common := []string{".json", ".xml", ".yaml", ".yml", ".csv", ".tsv"} // may be anything
	for _, f := range convert.Formats {
		for _, ending := range f.Endings {
			if strings.HasSuffix(strings.ToLower(name), ending) && !slices.Contains(common, ending) {
				return ending
			}
		}
	}
	return ""
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
func unknown(what, word string, words []string) error { return world.Unknown(what, word, words) }
