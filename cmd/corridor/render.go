package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/graphviz"
	"github.com/customer-corridor/corridor/pkg/render"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/syntax"
	"github.com/customer-corridor/corridor/pkg/version"
)

type renderOptions struct {
	fileOptions
	viewOptions
	pageOptions
	whose    brand     // what the brand file says
	notes    *[]string // on maps that were drawn, for the end
	out      string
	format   string
	language string
	routing  string
	limit    time.Duration
	dpi      int
	check    bool
}

var routings = []string{"graphviz", "straight"}

func renderCommand() *cobra.Command {
	var opt renderOptions
	c := &cobra.Command{
		Use:   "render [files or folders]",
		Short: "Draw journeys as maps",
		Long: `Render draws a journey: stages as columns, the basic path as one straight band,
alternatives above it, options below it. Journeys in Arabic, Persian and other
languages written from right to left are drawn from right to left. With --lanes
the rows are departments, channels, or what is before and behind the scenes;
lines from lane to lane are laid without corridor-studio.

The map of one file goes to standard output, or to the file of -o. Several
files and folders give a picture for each journey: clinic.corridor.yaml becomes
clinic.svg, beside it, or in the folder of -o with the same folders below it.
Without a name it draws the current folder. Libraries have nothing to draw.
` + foreignToo() + `

With --customer it draws the map as that customer meets it: the way they take,
closed doors with what is missing there, traps and wrong turns, and the smallest
repair as a dotted new way. --view access shows for all customers what each step
is to them, and at which hours of the week they get through in time; --format
matrix prints that in the terminal. --view experience puts under the map how
customers live each step and how the company sees it. --details writes into the
steps what is measured there, and what is done when something goes wrong.

A file with errors is not drawn: its findings are printed instead. The lines of
an SVG are routed by corridor-studio, which is installed beside corridor; with
--routing straight it is not needed. A Mermaid flowchart (.mmd) is for pages
that draw it themselves, such as those of code hosts. An html is one page for a
workshop, which needs no network: choose a customer, a need, an hour and what is
out, and see the doors close and the score change. An svg or a pdf is sharp
at any size, and the text of a pdf can be searched; a png has 192 dots per inch,
twice those of a browser: print it with --dpi 300.

For walls, --page a3 fits the map on paper, and --tile a4 cuts it into sheets to
glue together, the pages of a pdf; --theme print needs little ink and no colour.
A brand file has your own colours and logo:

  logo: logo.png
  colors: {ink: "#1b1f3b", band: "#e0f2f1", chevron: "#00677f",
           owners: ["#ffd166", "#00677f"]}

Maps of very many touchpoints show one box for several steps; see --fold.

Exit codes: 0 drawn; 1 a file has errors, or with --check a picture is not
current; 2 something could not be done; 3 there was nothing to draw.`,
		Example: `  corridor render journey.corridor.yaml -o map.svg
  corridor render journey.corridor.yaml -o map.pdf
  corridor render journey.corridor.yaml -o map.png --dpi 300
  corridor render journey.corridor.yaml -o workshop.html
  corridor render journey.corridor.yaml --format mermaid
  corridor render journey.corridor.yaml --lanes stage-depth -o blueprint.svg
  corridor render journey.corridor.yaml --customer senior -o senior.svg
  corridor render journey.corridor.yaml --page a1 --tile a4 -o wall.pdf
  corridor render journey.corridor.yaml --brand brand.yaml -o map.pdf
  corridor render journeys/ -o maps
  corridor render journeys/ -o maps --check
  corridor render - --stdin-filename visit.corridor.yaml < visit.yaml > map.svg`,
		ValidArgsFunction: completeFiles,
		RunE: func(c *cobra.Command, args []string) error {
			return runRender(c, args, opt)
		},
	}
	f := c.Flags()
	f.StringVarP(&opt.out, "output", "o", "", "the file to write, or the folder for several pictures")
	f.StringVarP(&opt.format, "format", "f", "", "the kind of file: "+strings.Join(renderFormats(), ", ")+" (default: by the name of the output, else "+render.Formats[0].Name+")")
	f.StringVar(&opt.language, "lang", "", "the language of the map, such as en, ar or fa (default: the journey's)")
	f.StringVar(&opt.routing, "routing", routings[0], "how lines are laid: "+strings.Join(routings, ", "))
	f.DurationVar(&opt.limit, "time-limit", graphviz.DefaultTimeout, "the longest that laying out one map may take, and that routing its lines may")
	f.IntVar(&opt.dpi, "dpi", render.DefaultDPI, "how fine a png is, in dots per inch")
	f.BoolVar(&opt.check, "check", false, "write nothing; list the pictures that are missing or not current and exit with 1")
	f.StringArrayVar(&opt.exclude, "exclude", nil, "leave out files and folders that match, such as 'drafts/**' (repeatable)")
	addView(c, &opt.viewOptions)
	addPage(c, &opt.pageOptions)
	addFile(c, &opt.fileOptions)
	complete(c, "format", renderFormats()...)
	complete(c, "routing", routings...)
	complete(c, "lang", render.Languages()...)
	complete(c, "dpi", "96", "192", "300")
	return c
}

func renderFormats() []string {
	var names []string
	for _, f := range render.Formats {
		names = append(names, f.Name)
	}
	return names
}

func runRender(c *cobra.Command, args []string, opt renderOptions) error {
	if len(args) == 0 {
		args = []string{"."}
	}
	if err := opt.wrong(args); err != nil {
		return err
	}
	several := len(args) > 1 || args[0] != "-" && isFolder(args[0])
	format, err := renderFormat(opt, several)
	if err != nil {
		return err
	}
	opt.settle(c, format)
	if err := opt.viewOptions.wrong(); err != nil {
		return err
	}
	if err := checkPicture(c, format, opt, several); err != nil {
		return err
	}
	if err := opt.wrongFormat(format); err != nil {
		return err
	}
	if err := opt.checkPaper(c, format); err != nil {
		return err
	}
	if opt.whose, err = readBrand(c, opt.brand, opt.themed()); err != nil {
		return err
	}
	studio := &studio{limit: opt.limit, straight: opt.routing == "straight"}
	defer studio.close()
	opt.notes = new([]string)
	defer opt.tellNotes(c.ErrOrStderr())
	if several || opt.check {
		return renderAll(c, args, opt, format, studio)
	}
	return renderOne(c, args[0], opt, format, studio)
}

// wrong says which of the options cannot be followed.
func (opt renderOptions) wrong(args []string) error {
	through := slices.Contains(args, "-")
	switch {
	case !slices.Contains(routings, opt.routing):
		return unknown("routing", opt.routing, routings)
	case opt.language != "" && !syntax.IsLanguage(opt.language):
		return trouble("%q is not a language; name it by its code, such as `--lang ar`", opt.language)
	case opt.limit <= 0:
		return trouble("--time-limit must be more than nothing, such as `--time-limit 1m`")
	case through && len(args) > 1:
		return trouble("`-` stands alone: what comes from standard input is one journey")
	case opt.check && (opt.out == "-" || through && opt.out == ""):
		return trouble("--check compares with a picture that is there; name it, such as `-o map.svg`")
	}
	return opt.pageOptions.wrong()
}

// renderOne draws one file, to standard output where no other place is named.
func renderOne(c *cobra.Command, name string, opt renderOptions, format render.Format, studio *studio) error {
	if sameFile(name, opt.out) {
		return trouble("%s is the journey itself; name another file for the map", opt.out)
	}
	outcome, err := drawable(c, name, opt)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	picture, lacks, err := draw(ctx, format, outcome, opt, studio)
	switch {
	case ctx.Err() != nil:
		return exit{code: 130, message: "interrupted; nothing was written"}
	case err != nil:
		return drawError(err, name)
	}
	tellLacking(c.ErrOrStderr(), name, lacks)
	if opt.out == "" || opt.out == "-" {
		_, err = c.OutOrStdout().Write(picture)
		return err
	}
	return writeWhole(opt.out, picture)
}

// tellLacking names the characters in whose place a picture has boxes.
func tellLacking(w io.Writer, name string, lacks []string) {
	if len(lacks) == 0 {
		return
	}
	fmt.Fprintf(w, "corridor: in the map of %s boxes stand for characters that its font lacks: %s; an svg shows them with the reader's fonts\n",
		report.Visible(name), report.Visible(some(lacks, 12)))
}

// some lists the first of many.
func some(list []string, most int) string {
	if len(list) > most {
		return strings.Join(list[:most], " ") + " …"
	}
	return strings.Join(list, " ")
}

// checkPicture says what cannot be asked of a format.
func checkPicture(c *cobra.Command, format render.Format, opt renderOptions, several bool) error {
	if c.Flags().Changed("dpi") && format.Name != "png" {
		return trouble("--dpi is for png; %s has no dots", format.Name)
	}
	if opt.dpi < render.MinDPI || opt.dpi > render.MaxDPI {
		return trouble("--dpi must be between %d and %d, such as `--dpi 300`", render.MinDPI, render.MaxDPI)
	}
	_, terminal := terminalOf(c.OutOrStdout())
	if format.Binary && terminal && !several && !opt.check && (opt.out == "" || opt.out == "-") {
		return trouble("a terminal cannot show %s; name a file, such as `-o map.%s`", format.Name, format.Name)
	}
	return nil
}

// sameFile reports whether two names lead to one file.
func sameFile(a, b string) bool {
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

// renderFormat returns the format that was asked for, or that the name of
// the output stands for. The name of a folder stands for none.
func renderFormat(opt renderOptions, several bool) (render.Format, error) {
	name := opt.format
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(opt.out), "."))
	if several {
		ext = ""
	}
	for _, f := range render.Formats {
		if name == f.Name || name == "" && slices.Contains(f.Extensions, ext) {
			return f, nil
		}
	}
	switch {
	case name != "":
		return render.Format{}, unknown("format", name, renderFormats())
	case ext != "":
		return render.Format{}, trouble("maps are not written as %q; there are %s. Name one with --format", ext, strings.Join(renderFormats(), ", "))
	}
	return render.Formats[0], nil
}

// drawable checks a file and returns what can be drawn of it. Where there
// are errors it prints the findings and returns how the program ends; they go
// to stderr where standard output is for the map.
func drawable(c *cobra.Command, name string, opt renderOptions) (*check.Outcome, error) {
	o, err := oneFile(c, name, "render draws", opt.fileOptions)
	if err != nil {
		return nil, err
	}
	if unsound(o) {
		out := c.ErrOrStderr()
		if opt.out != "" && opt.out != "-" {
			out = c.OutOrStdout()
		}
		return nil, instead(c, out, o, opt.color, "nothing was drawn; mend the errors first")
	}
	if n := len(o.Findings); n > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "corridor: %s drawn with %s; `corridor check` tells about them\n", report.Visible(name), findings(n))
	}
	return o, nil
}

func findings(n int) string {
	if n == 1 {
		return "1 finding"
	}
	return fmt.Sprintf("%d findings", n)
}

// draw makes the picture in memory, so that what is written is whole, and
// names the characters that it has no glyphs for.
func draw(ctx context.Context, format render.Format, o *check.Outcome, opt renderOptions, studio *studio) (picture []byte, lacks []string, err error) {
	if o.Graph == nil {
		return nil, nil, render.ErrNoPath
	}
	var out bytes.Buffer
	asked := render.Options{Language: opt.language, DPI: opt.dpi, Limit: opt.limit, Lacks: func(characters []string) { lacks = characters }}
	if err := opt.ask(o, &asked); err != nil {
		return nil, nil, err
	}
	if err := opt.lay(o, opt, &asked); err != nil {
		return nil, nil, err
	}
	graph, err := opt.folded(o.Graph, o.Journey.Document.File.Name, format)
	if err != nil {
		return nil, nil, err
	}
	err = format.Write(ctx, &out, graph, asked, studio.router())
	return out.Bytes(), lacks, err
}

// studio is the one corridor-studio that routes the lines of all pictures. It
// is started when the first picture has lines to route.
type studio struct {
	limit    time.Duration
	straight bool // it is not wanted
	client   *graphviz.Client
}

// router returns nil where lines are laid without corridor-studio.
func (s *studio) router() render.Router {
	if s.straight {
		return nil
	}
	return s.route
}

func (s *studio) route(ctx context.Context, dot string) ([]byte, error) {
	if s.client == nil {
		client, err := graphviz.Start(ctx, graphviz.Options{Version: version.String(), Timeout: s.limit})
		if err != nil {
			return nil, err
		}
		s.client = client
	}
	return s.client.Run(ctx, graphviz.Request{Engine: graphviz.EngineNop, Format: graphviz.FormatJSON, DOT: []byte(dot)})
}

func (s *studio) close() {
	if s.client != nil {
		s.client.Close()
	}
}

// drawError adds to an error what can be done about it.
func drawError(err error, name string) error {
	var (
		missing *graphviz.MissingError
		version *graphviz.VersionError
		late    *graphviz.TimeoutError
		failed  *graphviz.DrawError
		large   *render.SizeError
		slow    *render.SlowError
		steps   *render.LargeError
		many    *render.SheetsError
	)
	switch {
	case errors.As(err, &large):
		return exit{exitTrouble, fmt.Sprintf("%s was not drawn: %v", name, err), finer(large)}
	case errors.As(err, &many):
		return exit{exitTrouble, fmt.Sprintf("%s was not cut into sheets: %v", name, err), "Make it smaller first, with `--page a1 --tile a4`, or take larger sheets."}
	case errors.As(err, &missing), errors.As(err, &version), errors.As(err, &failed):
		return exit{exitTrouble, err.Error(), "With `--routing straight` the map is drawn without it."}
	case errors.As(err, &steps):
		return exit{exitTrouble, fmt.Sprintf("%s was not drawn: %v", name, err), "Split the journey into several files, each with a part of the way."}
	case errors.As(err, &slow) && !slow.Routed:
		return exit{exitTrouble, err.Error(), "Allow more with `--time-limit 1m`, or split the journey into several files."}
	case errors.As(err, &late), errors.As(err, &slow):
		return exit{exitTrouble, err.Error(), "Try `--routing straight`, or allow more with `--time-limit 1m`."}
	}
	return trouble("%s was not drawn: %v", name, err)
}

// finer says how a map that has too many pixels can be had.
func finer(large *render.SizeError) string {
	if large.Most == 0 {
		return "Draw it as svg or pdf, which have no pixels."
	}
	return fmt.Sprintf("Ask for less with `--dpi %d`, or draw it as svg or pdf, which have no pixels.", large.Most)
}
