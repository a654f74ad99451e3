package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/convert"
	"github.com/customer-corridor/corridor/pkg/edit"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

type fmtOptions struct {
	check     bool
	diff      bool
	exclude   []string
	stdinName string
	color     string
}

func fmtCommand() *cobra.Command {
	var opt fmtOptions
	c := &cobra.Command{
		Use:   "fmt [files or folders]",
		Short: "Lay out journeys in one way",
		Long: `Fmt puts the keys of corridor files into one order and spaces and indents them
in one way. Line breaks, comments, blank lines and the order of your own ids
stay. It never changes what a file means: each new text is read again and
compared before it is written.

It finds files as check does and names each one that it changes. What is only
imported stays as it is, and so do JSON files and files of other formats, of
which "corridor import" makes corridor files. "-" reads standard input and
writes to standard output.

Exit codes: 0 done; 1 with --check or --diff, something would change; 2 a file
could not be read or written; 3 there was nothing to lay out.`,
		Example: `  corridor fmt
  corridor fmt --check
  corridor fmt --diff journeys/
  corridor fmt - < journey.corridor.yaml`,
		ValidArgsFunction: completeCorridors,
		RunE: func(c *cobra.Command, args []string) error {
			return runFmt(c, args, opt)
		},
	}
	f := c.Flags()
	f.BoolVar(&opt.check, "check", false, "change nothing; list the files that would change and exit with 1")
	f.BoolVar(&opt.diff, "diff", false, "change nothing; show what would change and exit with 1")
	f.StringArrayVar(&opt.exclude, "exclude", nil, "leave out files and folders that match, such as 'drafts/**' (repeatable)")
	f.StringVar(&opt.stdinName, "stdin-filename", "", "the name of the file that comes from standard input")
	addColor(c, &opt.color)
	return c
}

func runFmt(c *cobra.Command, args []string, opt fmtOptions) error {
	if slices.Contains(args, "-") && len(args) > 1 {
		return trouble("`-` stands alone: what comes from standard input goes to standard output")
	}
	style, err := styleOf(c, opt.color)
	if err != nil {
		return err
	}
	w, err := world.New(false, settingsOf(c))
	if err != nil {
		return err
	}
	targets, problems, err := w.Targets(args, c.InOrStdin(), world.FindOptions{Exclude: opt.exclude, StdinName: opt.stdinName})
	if err != nil {
		return err
	}
	l := &laying{fmtOptions: opt, out: c.OutOrStdout(), style: style, through: slices.Contains(args, "-"), problems: problems}
	for _, t := range targets {
		if err := l.file(t); err != nil {
			return err
		}
	}
	return l.end(c.ErrOrStderr(), args)
}

// laying is one run of fmt.
type laying struct {
	fmtOptions
	out     io.Writer
	style   report.Style
	through bool // from standard input to standard output

	files    int // that were read
	changed  int
	json     int // that were left as they are
	unread   []finding.Finding
	problems []error
}

// file lays out one file. The error is that of the output.
func (l *laying) file(t check.Target) error {
	name := t.Name()
	data, err := workspace.ReadFile(t.Workspace.FS, t.Path)
	if err != nil {
		l.problems = append(l.problems, &workspace.ReadError{Path: name, Err: err})
		return nil
	}
	if format, foreign := workspace.FormatOf(name, data); foreign {
		l.problems = append(l.problems, notOurs(name, format))
		return nil
	}
	if isJSON(name) {
		l.json++
		return l.pass(data)
	}
	l.files++
	text, unread, err := syntax.Format(source.New(name, data))
	switch {
	case err != nil:
		l.problems = append(l.problems, fmt.Errorf("%s is left as it is: %v. This is a mistake of corridor fmt; please report it with the file", name, err))
		return nil
	case len(unread) > 0:
		l.unread = append(l.unread, unread...)
		return nil
	case bytes.Equal(text, data):
		return l.pass(data)
	}
	l.changed++
	return l.show(name, data, text)
}

// notOurs says that a file of another format is left alone.
func notOurs(name string, format convert.Format) error {
	return fmt.Errorf("%s is in another format, %s, and fmt lays out corridor files only; `corridor import %s -o NEW.corridor.yaml` makes one", name, format.Title, name)
}

func isJSON(name string) bool { return strings.EqualFold(filepath.Ext(name), ".json") }

// pass hands on a text that stays as it is.
func (l *laying) pass(data []byte) error {
	if !l.through || l.check || l.diff {
		return nil
	}
	_, err := l.out.Write(data)
	return err
}

// show writes the new text of a file, or says what would become of it.
func (l *laying) show(name string, old, text []byte) error {
	var err error
	switch {
	case l.diff:
		_, err = l.out.Write(painted(edit.Unified(report.Visible(name), old, text), l.style))
		return err
	case l.check:
	case l.through:
		_, err = l.out.Write(text)
		return err
	default:
		if err := overwrite(filepath.FromSlash(name), text); err != nil {
			l.problems = append(l.problems, err)
			return nil
		}
	}
	_, err = fmt.Fprintln(l.out, report.Visible(name))
	return err
}

// overwrite writes a file that is there. To replace a file one needs only its
// folder, so whether the file itself may be written is asked first.
func overwrite(name string, text []byte) error {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		return trouble("%s is no file that can be changed; `corridor fmt -` reads standard input", name)
	}
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return notWritten(name, err)
	}
	f.Close()
	return writeWhole(name, text)
}

// end says what could not be done and returns how the program ends.
func (l *laying) end(stderr io.Writer, args []string) error {
	for _, arg := range args {
		if isJSON(arg) && !isFolder(arg) || arg == "-" && isJSON(l.stdinName) {
			fmt.Fprintf(stderr, "corridor: %s stays as it is: fmt lays out YAML\n", report.Visible(arg))
		}
	}
	switch {
	case len(l.unread)+len(l.problems) > 0:
		for i := range l.unread {
			l.unread[i].Severity = rule.Find(l.unread[i].Rule).Severity
		}
		finding.Sort(l.unread)
		return l.trouble(stderr)
	case l.files+l.json == 0:
		return exit{code: exitNothing, message: nothingHere}
	case l.changed > 0 && (l.check || l.diff):
		return exit{code: exitFindings}
	}
	return nil
}

// trouble says which files could not be laid out, and why.
func (l *laying) trouble(stderr io.Writer) error {
	for _, sentence := range sentences(l.problems) {
		fmt.Fprintln(stderr, "corridor: "+report.Visible(sentence))
	}
	if len(l.unread) == 0 {
		return exit{code: exitTrouble}
	}
	r := report.Report{Files: l.files, Findings: l.unread, FailLevel: "never"}
	err := report.Formats[0].Write(stderr, r, l.style)
	return errors.Join(err, exit{code: exitTrouble})
}

// painted makes a diff fit for a terminal: with colours, and without anything
// that a terminal would act on.
func painted(diff []byte, style report.Style) []byte {
	if !style.Color && !style.Bidi {
		return diff
	}
	var out bytes.Buffer
	for text := range bytes.Lines(diff) {
		line := report.Visible(strings.TrimSuffix(string(text), "\n"))
		if color := colorOf(line); style.Color && color != "" {
			line = color + line + "\x1b[0m"
		}
		out.WriteString(line + "\n")
	}
	return out.Bytes()
}

// colorOf returns the colour of a line of a diff.
func colorOf(line string) string {
	switch {
	case strings.HasPrefix(line, "---"), strings.HasPrefix(line, "+++"):
		return "\x1b[1m"
	case strings.HasPrefix(line, "@@"):
		return "\x1b[36m"
	case strings.HasPrefix(line, "-"):
		return "\x1b[31m"
	case strings.HasPrefix(line, "+"):
		return "\x1b[32m"
	}
	return ""
}
