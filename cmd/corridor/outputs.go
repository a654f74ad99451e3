package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/report"
)

// output is a report in one format, to a file or to standard output.
type output struct {
	format report.Format
	path   string // "": standard output
}

// outputs reads the values of --format: NAME, or NAME:PATH for a file. At
// most one may go to standard output.
func outputs(values []string) ([]output, error) {
	var all []output
	free := true
	for _, v := range values {
		name, path, toFile := strings.Cut(v, ":")
		format, ok := report.FormatNamed(name)
		switch {
		case !ok:
			return nil, unknown("format", name, formatList())
		case toFile && path == "":
			return nil, trouble("--format %s: names no file; write for example `--format %s:report.%s`", name, name, name)
		case !toFile && !free:
			return nil, trouble("two reports cannot share standard output; send one to a file: `--format %s:PATH`", name)
		case toFile && slices.ContainsFunc(all, func(o output) bool { return o.path == path }):
			return nil, trouble("two reports cannot share the file %s; name another one for %s", path, name)
		}
		free = free && toFile
		all = append(all, output{format, path})
	}
	return all, nil
}

// writeAll writes all reports: those in files whole or not at all, each in any
// case, even where there is nothing to say.
func writeAll(c *cobra.Command, all []output, style report.Style, r report.Report) error {
	toStdout := false
	for _, o := range all {
		if toStdout = toStdout || o.path == ""; o.path == "" {
			if r.Files > 0 || len(r.Problems) > 0 || o.format.Whole {
				if err := o.format.Write(c.OutOrStdout(), r, style); err != nil {
					return err
				}
			}
			continue
		}
		var text bytes.Buffer
		if err := o.format.Write(&text, r, report.Style{}); err != nil {
			return err
		}
		if err := writeWhole(o.path, text.Bytes()); err != nil {
			return err
		}
	}
	if !toStdout {
		fmt.Fprintln(c.ErrOrStderr(), "corridor: "+r.Verdict())
	}
	return nil
}

// summaryVariable names the file that GitHub shows as a job's summary.
const summaryVariable = "GITHUB_STEP_SUMMARY"

// summarise adds the report to the summary of a GitHub job. That it cannot is
// told, but is no failure of the check.
func summarise(c *cobra.Command, all []output, r report.Report) {
	name := os.Getenv(summaryVariable)
	markdown, ok := report.FormatNamed("markdown")
	if name == "" || !ok || len(all) == 0 || all[0].format.Name != "github" {
		return
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err == nil {
		err = markdown.Write(f, r, report.Style{})
		if closing := f.Close(); err == nil {
			err = closing
		}
	}
	if err != nil {
		fmt.Fprintf(c.ErrOrStderr(), "corridor: the job's summary was not written: %v\n", err)
	}
}
