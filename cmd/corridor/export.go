package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/convert"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/render"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

type exportOptions struct {
	fileOptions
	to       string
	out      string
	language string
}

// exportFormats are those of pkg/convert, and the pictures that are graphs
// rather than maps, in the order of their names.
func exportFormats() []convert.Export {
	all := slices.Clone(convert.Exports)
	for _, f := range render.Formats {
		if f.Name == "dot" || f.Name == "mermaid" {
			all = append(all, exportOfPicture(f))
		}
	}
	slices.SortStableFunc(all, func(a, b convert.Export) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

func exportOfPicture(f render.Format) convert.Export {
	e := convert.Export{Name: f.Name, Title: f.Summary}
	for _, ext := range f.Extensions {
		e.Endings = append(e.Endings, "."+ext)
	}
	e.Write = func(w io.Writer, g *corridor.Graph, o convert.ExportOptions) error {
		return f.Write(context.Background(), w, g, render.Options{Language: o.Language}, nil)
	}
	return e
}

func exportNames() []string {
	var names []string
	for _, e := range exportFormats() {
		names = append(names, e.Name)
	}
	return names
}

// exportList describes the formats, one in a line.
func exportList() string {
	var b strings.Builder
	for _, e := range exportFormats() {
		fmt.Fprintf(&b, "  %-16s %s\n", e.Name, e.Title)
	}
	return b.String()
}

func exportCommand() *cobra.Command {
	var opt exportOptions
	c := &cobra.Command{
		Use:   "export FILE",
		Short: "Write a journey for programs that do not know corridor files",
		Long: `Export writes one journey in the format of another program:

` + exportList() + `
The format is that of --to, or else the one for which the name of the output
stands. Without a name the journey goes to standard output.

None of them carries all that a corridor file says, so keep that file and mend
it there. BPMN has the paths, owners as lanes, and what may go wrong as events
on tasks; an option is a branch that can be passed by. In a sheet a cell that
begins like a formula gets an apostrophe; a csv begins with the mark by which
Excel knows UTF-8, a tsv does not. A Mermaid journey has the basic path alone.

A file with errors is not exported: its findings are printed instead.

Exit codes: 0 written; 1 the file has errors; 2 something could not be done.`,
		Example: `  corridor export journey.corridor.yaml -o journey.bpmn
  corridor export journey.corridor.yaml -o journey.csv
  corridor export journey.corridor.yaml --to mermaid-journey
  corridor export journey.corridor.yaml --to json --lang ar > journey.json`,
		Args:              exactly(1, "export reads one file, such as `corridor export journey.corridor.yaml --to bpmn`"),
		ValidArgsFunction: completeFiles,
		RunE: func(c *cobra.Command, args []string) error {
			return runExport(c, args[0], opt)
		},
	}
	f := c.Flags()
	f.StringVar(&opt.to, "to", "", "the format: "+strings.Join(exportNames(), ", ")+" (default: by the name of the output)")
	f.StringVarP(&opt.out, "output", "o", "", "the file to write (default: standard output)")
	f.StringVar(&opt.language, "lang", "", "the language of names, such as en, ar or fa (default: the journey's)")
	addFile(c, &opt.fileOptions)
	complete(c, "to", exportNames()...)
	complete(c, "lang", render.Languages()...)
	return c
}

func runExport(c *cobra.Command, name string, opt exportOptions) error {
	format, err := exportFormat(opt)
	switch {
	case err != nil:
		return err
	case opt.language != "" && !syntax.IsLanguage(opt.language):
		return trouble("%q is not a language; name it by its code, such as `--lang ar`", opt.language)
	case strings.Contains(strings.ToLower(filepath.Base(opt.out)), ".corridor."):
		return trouble("%s has the name of a corridor file, and `corridor check` would read it as one; name the export otherwise, such as journey%s", opt.out, append(format.Endings, ".mmd")[0])
	case sameFile(name, opt.out):
		return trouble("%s is the journey itself; name another file for the export", opt.out)
	}
	o, err := exportable(c, name, opt)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := format.Write(&out, o.Graph, convert.ExportOptions{Language: opt.language}); err != nil {
		return trouble("%s was not exported: %v", name, err)
	}
	if n := len(o.Graph.Paths) - 1; format.BasicOnly && n > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "corridor: of %s only the basic path was exported; %s left out\n", report.Visible(name), paths(n))
	}
	if opt.toStdout() {
		_, err = c.OutOrStdout().Write(out.Bytes())
		return err
	}
	return writeWhole(opt.out, out.Bytes())
}

func (opt exportOptions) toStdout() bool { return opt.out == "" || opt.out == "-" }

func paths(n int) string {
	if n == 1 {
		return "1 other path is"
	}
	return fmt.Sprintf("%d other paths are", n)
}

// exportFormat returns the format that was asked for, or that the name of the
// output stands for.
func exportFormat(opt exportOptions) (convert.Export, error) {
	all := exportFormats()
	if opt.to != "" {
		for _, e := range all {
			if e.Name == opt.to {
				return e, nil
			}
		}
		return convert.Export{}, unknown("format", opt.to, exportNames())
	}
	if opt.toStdout() {
		return convert.Export{}, trouble("say which format is wanted, such as `--to bpmn`; there are %s", strings.Join(exportNames(), ", "))
	}
	for _, e := range all {
		if slices.ContainsFunc(e.Endings, func(ending string) bool { return strings.HasSuffix(strings.ToLower(opt.out), ending) }) {
			return e, nil
		}
	}
	return convert.Export{}, trouble("the name %s does not say which format is wanted; name it with --to: %s", opt.out, strings.Join(exportNames(), ", "))
}

// exportable checks a file and returns it where it can be exported. Where there
// are errors it prints the findings; they go to stderr where standard output is
// for the export.
func exportable(c *cobra.Command, name string, opt exportOptions) (*check.Outcome, error) {
	o, err := oneFile(c, name, "export reads", opt.fileOptions)
	switch {
	case err != nil:
		return nil, err
	case unsound(o):
		out := c.OutOrStdout()
		if opt.toStdout() {
			out = c.ErrOrStderr()
		}
		return nil, instead(c, out, o, opt.color, "nothing was exported; mend the errors first")
	case o.Graph == nil:
		return nil, trouble("%s has no basic path, so there is nothing to export; a library is read through the journeys that import it", name)
	}
	if n := len(o.Findings); n > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "corridor: %s exported with %s; `corridor check` tells about them\n", report.Visible(name), findings(n))
	}
	return o, nil
}
