package main

import (
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/convert"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

type importOptions struct {
	from      string
	out       string
	force     bool
	columns   []string
	pool      string
	language  string
	title     string
	stdinName string
	color     string
}

func importCommand() *cobra.Command {
	var opt importOptions
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "Make a corridor file of a journey in another format",
		Long: `Import reads a journey that another program wrote, and writes it as a corridor
file for you to go on with:

` + importList() + `
Which of them a file is in is told from its content; where that is not plain,
say it with --from. The corridor file goes to standard output, or to the file
of -o, as JSON where its name ends with .json. What is there is not overwritten
without --force. "-" reads standard input.

What a corridor cannot carry is told item by item, with its place in the
original, and stands in the comment at the top of the file. To check, draw or
analyse a journey it need not be imported: check, gaps and render read the
original, and their findings point into it.

Exit codes: 0 written; 1 written, but the original has errors, such as a step
that waits for ever, which the corridor file need not show; 2 nothing was
written, since something could not be read or done.`,
		Example: `  corridor import visit.bpmn -o visit.corridor.yaml
  corridor import visit.bpmn --pool Patient > visit.corridor.yaml
  corridor import steps.csv --columns "Kanal=channel,Phase=stage"
  corridor import - --from mermaid < visit.txt`,
		Args:              exactly(1, "import reads one file, such as `corridor import visit.bpmn -o visit.corridor.yaml`"),
		ValidArgsFunction: completeForeign,
		RunE: func(c *cobra.Command, args []string) error {
			return runImport(c, args[0], opt)
		},
	}
	f := c.Flags()
	f.StringVar(&opt.from, "from", "", "the format of the file: "+strings.Join(importNames(), ", ")+" (default: told from the content)")
	f.StringVarP(&opt.out, "output", "o", "", "the file to write (default: standard output)")
	f.BoolVar(&opt.force, "force", false, "overwrite the file of -o")
	f.StringArrayVar(&opt.columns, "columns", nil, "what the columns of a sheet mean: HEADER=MEANING,… with a meaning such as stage, touchpoint, channel (repeatable)")
	f.StringVar(&opt.pool, "pool", "", "the participant whose journey it is, where a model has several")
	f.StringVar(&opt.language, "language", "", "the language of the texts, such as en, ar or fa (default: what the file says)")
	f.StringVar(&opt.title, "title", "", "the title of the journey (default: what the file says, else its name)")
	f.StringVar(&opt.stdinName, "stdin-filename", "", "the name of the file that comes from standard input")
	addColor(c, &opt.color)
	complete(c, "from", importDescribed()...)
	return c
}

func importNames() []string {
	var names []string
	for _, f := range convert.Formats {
		names = append(names, f.Name)
	}
	return names
}

// importTitles returns the names with what they mean, for sentences.
func importTitles() []string {
	var names []string
	for _, f := range convert.Formats {
		names = append(names, fmt.Sprintf("%s (%s)", f.Name, f.Title))
	}
	return names
}

// importDescribed returns the names with what they mean, for completion.
func importDescribed() []string {
	var names []string
	for _, f := range convert.Formats {
		names = append(names, f.Name+"\t"+f.Title)
	}
	return names
}

// importList describes the formats, one in a line.
func importList() string {
	var b strings.Builder
	for _, f := range convert.Formats {
		fmt.Fprintf(&b, "  %-19s %s (%s)\n", f.Name, f.Title, strings.Join(f.Endings, ", "))
	}
	return b.String()
}

// foreignToo says in the help of commands that read files of other formats as
// they are.
func foreignToo() string {
	return report.Style{Width: 80}.Wrap("Files of other formats ("+strings.Join(importNames(), ", ")+") are read as they are, where they are named; `corridor import --help` tells what they are.", 0, 0)
}

// wrong says which of the options cannot be followed.
func (opt importOptions) wrong(name string) error {
	switch {
	case opt.language != "" && !syntax.IsLanguage(opt.language):
		return trouble("%q is not a language; name it by its code, such as `--language ar`", opt.language)
	case name != "-" && isFolder(name):
		return trouble("import reads one file, and %s is a folder; name a file in it", name)
	case opt.toStdout():
		return nil
	case sameFile(name, opt.out):
		return trouble("%s is the original itself; name another file for the corridor", opt.out)
	}
	switch ext := strings.ToLower(filepath.Ext(opt.out)); ext {
	case ".yaml", ".yml", ".json", "":
	default:
		return trouble("%s would not be found as a corridor file; name it like `visit.corridor.yaml` or `visit.corridor.json`", opt.out)
	}
	if taken(opt.out) && !opt.force {
		return trouble("%s is there already; name another file, or overwrite it with `--force`", opt.out)
	}
	return nil
}

// taken reports whether a file, or a link to nowhere, has a name. Into a device
// or a pipe one may write.
func taken(name string) bool {
	if _, err := os.Lstat(name); err != nil {
		return false
	}
	info, err := os.Stat(name)
	return err != nil || info.Mode().IsRegular()
}

func (opt importOptions) toStdout() bool { return opt.out == "" || opt.out == "-" }

func runImport(c *cobra.Command, name string, opt importOptions) error {
	if err := opt.wrong(name); err != nil {
		return err
	}
	style, err := styleOf(c, opt.color)
	if err != nil {
		return err
	}
	o, err := readOriginal(c, name, opt)
	if err != nil {
		return err
	}
	return o.write(c, opt, style)
}

// original is a file of another format, with what was read of it.
type original struct {
	name     string // as people know it
	format   convert.Format
	doc      *model.Document // nil: nothing
	findings []finding.Finding
}

// readOriginal reads the file that a name stands for.
func readOriginal(c *cobra.Command, name string, opt importOptions) (*original, error) {
	w, err := world.New(false, settingsOf(c))
	if err != nil {
		return nil, err
	}
	targets, problems, err := w.Targets([]string{name}, c.InOrStdin(), world.FindOptions{StdinName: opt.stdinName})
	switch {
	case err != nil:
		return nil, err
	case len(problems) > 0:
		return nil, problems[0]
	}
	t := targets[0]
	data, err := workspace.ReadFile(t.Workspace.FS, t.Path)
	if err != nil {
		return nil, &workspace.ReadError{Path: t.Name(), Err: err}
	}
	o := &original{name: t.Name()}
	if o.format, err = importFormat(o.name, data, opt.from); err != nil {
		return nil, err
	}
	options, err := opt.reading(o.format)
	if err != nil {
		return nil, err
	}
	data, options.Guessed = o.format.Decode(data)
	o.doc, o.findings = o.format.Import(source.New(o.name, data), options)
	o.findings = check.Weigh(o.findings, t.Settings.Rules)
	finding.Sort(o.findings)
	finding.Number(o.findings)
	return o, nil
}

// importFormat returns the format that was asked for, or that a file is in.
func importFormat(name string, data []byte, from string) (convert.Format, error) {
	if from != "" {
		f, ok := convert.FormatNamed(from)
		if !ok {
			return f, unknown("format", from, importNames())
		}
		return f, nil
	}
	if workspace.IsCorridor(name, data) {
		return convert.Format{}, exit{exitTrouble, name + " is a corridor file already, so there is nothing to import", "Next: corridor check " + name}
	}
	f, ok := convert.Detect(name, data)
	if !ok {
		return f, exit{exitTrouble, name + " is in no format that can be told from its content", "Say with `--from` which it is: " + strings.Join(importTitles(), ", ") + "."}
	}
	return f, nil
}

// The formats that have options of their own.
const (
	withColumns = "csv"
	withPools   = "bpmn"
)

// reading is what the options say on how a file is to be read.
func (opt importOptions) reading(f convert.Format) (convert.Options, error) {
	var o convert.Options
	switch {
	case len(opt.columns) > 0 && f.Name != withColumns:
		return o, trouble("--columns is for sheets (%s), and this is %s", withColumns, f.Title)
	case opt.pool != "" && f.Name != withPools:
		return o, trouble("--pool is for models with participants (%s), and this is %s", withPools, f.Title)
	}
	columns, err := parseColumns(opt.columns)
	return convert.Options{Columns: columns, Pool: opt.pool}, err
}

// parseColumns reads HEADER=MEANING,HEADER=MEANING. A header may have commas.
func parseColumns(lists []string) (map[string]string, error) {
	columns := map[string]string{}
	for _, list := range lists {
		header := ""
		for part := range strings.SplitSeq(list, ",") {
			header += part
			at := strings.LastIndexByte(header, '=')
			if at < 0 {
				header += ","
				continue
			}
			column, meaning := strings.TrimSpace(header[:at]), strings.TrimSpace(header[at+1:])
			if column == "" || meaning == "" {
				return nil, notColumns(list)
			}
			columns[column], header = meaning, ""
		}
		if header != "" {
			return nil, notColumns(list)
		}
	}
	return columns, nil
}

func notColumns(list string) error {
	return trouble("--columns %q does not say what each column means; write it as `--columns \"Kanal=channel,Phase=stage\"`", list)
}

// write writes the corridor file, and says what was found in the original.
func (o *original) write(c *cobra.Command, opt importOptions, style report.Style) error {
	if err := o.tell(c.ErrOrStderr(), style); err != nil {
		return err
	}
	if o.doc == nil || !(&check.Outcome{Findings: o.findings}).Sound() {
		return trouble("nothing was written; mend the errors in %s first", o.name)
	}
	if err := o.save(c, opt); err != nil {
		return err
	}
	if errors, _, _ := finding.Count(o.findings); errors > 0 {
		return exit{exitFindings, o.name + " has errors that a corridor file need not show", "Mend them there and import it again, or make up for them in the corridor file."}
	}
	return nil
}

// tell tells what was found.
func (o *original) tell(w io.Writer, style report.Style) error {
	if len(o.findings) == 0 {
		return nil
	}
	return report.Formats[0].Write(w, report.Report{Files: 1, Complete: o.doc != nil, Findings: o.findings, FailLevel: finding.Error.String()}, style)
}

// save writes the corridor file to where it belongs.
func (o *original) save(c *cobra.Command, opt importOptions) error {
	text := o.text(opt)
	if opt.toStdout() {
		_, err := c.OutOrStdout().Write(text)
		return err
	}
	if err := writeWhole(opt.out, text); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.ErrOrStderr(), "Wrote %s. Next: corridor check %[1]s\n", report.Visible(opt.out))
	return err
}

// text is the corridor file.
func (o *original) text(opt importOptions) []byte {
	doc := *o.doc
	if opt.language != "" {
		doc.Language.Value = opt.language
	}
	if opt.title != "" || doc.Title.Empty() {
		doc.Title = model.Text{Plain: opt.title}
	}
	if strings.TrimSpace(doc.Title.In("")) == "" {
		doc.Title = model.Text{Plain: o.title()}
	}
	if isJSON(opt.out) {
		return syntax.PrintJSON(&doc)
	}
	return syntax.Print(&doc, o.header())
}

// title makes a title of the name of the file.
func (o *original) title() string {
	name := path.Base(filepath.ToSlash(o.name))
	for _, ending := range o.format.Endings {
		name = strings.TrimSuffix(name, ending)
	}
	title := strings.TrimSpace(strings.Map(func(c rune) rune {
		if strings.ContainsRune("-_<>", c) {
			return ' '
		}
		return c
	}, name))
	if title == "" || title == "stdin" {
		return "An imported journey"
	}
	return title
}

// maxTold is how many things that could not be carried a header tells of.
const maxTold = 20

// header says where the file comes from and what did not come with it.
func (o *original) header() string {
	lines := []string{
		"yaml-language-server: $schema=" + syntax.SchemaID,
		fmt.Sprintf("Imported by corridor from %s (%s).", report.Visible(o.name), o.format.Title),
	}
	if o.doc.Basis != "" {
		lines = append(lines, o.doc.Basis)
	}
	lost := slices.DeleteFunc(slices.Clone(o.findings), func(f finding.Finding) bool { return f.Rule != "lossy-import" })
	if len(lost) > 0 {
		lines = append(lines, "A corridor cannot carry all that it says:")
	}
	for i, f := range lost {
		if i == maxTold {
			lines = append(lines, fmt.Sprintf("- and %d more", len(lost)-i))
			break
		}
		message := strings.Join(strings.Fields(f.Message), " ")
		if !f.Span.IsZero() {
			message = fmt.Sprintf("line %d: %s", f.Span.From().Line, message)
		}
		lines = append(lines, "- "+message)
	}
	return strings.Join(lines, "\n")
}
