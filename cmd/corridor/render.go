package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
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
	out          string
	format       string
	language     string
	routing      string
	limit        time.Duration
	dpi          int
	stdinName    string
	color        string
	allowOutside bool
}

var routings = []string{"graphviz", "straight"}

func renderCommand() *cobra.Command {
	var opt renderOptions
	c := &cobra.Command{
		Use:   "render FILE",
		Short: "Draw a journey as a map",
		Long: `Render draws a journey: stages as columns, the basic path as one straight band,
alternatives above it, options below it. Journeys in Arabic, Persian and other
languages written from right to left are drawn from right to left.

Without -o the map goes to standard output. A file with errors is not drawn:
its findings are printed instead. Lines are routed by corridor-studio, which is
installed beside corridor; with --routing straight it is not needed.

An svg or a pdf is sharp at any size, and the text of a pdf can be searched. A
png has 192 dots per inch, twice those of a browser; print it with --dpi 300.

Exit codes: 0 drawn; 1 the file has errors; 2 something could not be done.`,
		Example: `  corridor render journey.corridor.yaml -o map.svg
  corridor render journey.corridor.yaml -o map.pdf
  corridor render journey.corridor.yaml -o map.png --dpi 300
  corridor render journey.corridor.yaml --format dot | less
  corridor render - --stdin-filename visit.corridor.yaml < visit.yaml > map.svg`,
		Args:              exactly(1, "render draws one file, such as `corridor render journey.corridor.yaml -o map.svg`"),
		ValidArgsFunction: completeFiles,
		RunE: func(c *cobra.Command, args []string) error {
			return runRender(c, args[0], opt)
		},
	}
	f := c.Flags()
	f.StringVarP(&opt.out, "output", "o", "", "the file to write; without it, standard output")
	f.StringVarP(&opt.format, "format", "f", "", "the kind of file: "+strings.Join(renderFormats(), ", ")+" (default: by the name of the output, else "+render.Formats[0].Name+")")
	f.StringVar(&opt.language, "lang", "", "the language of the map, such as en, ar or fa (default: the journey's)")
	f.StringVar(&opt.routing, "routing", routings[0], "how lines are laid: "+strings.Join(routings, ", "))
	f.DurationVar(&opt.limit, "time-limit", graphviz.DefaultTimeout, "the longest that routing may take")
	f.IntVar(&opt.dpi, "dpi", render.DefaultDPI, "how fine a png is, in dots per inch")
	f.StringVar(&opt.stdinName, "stdin-filename", "", "the name of the file that comes from standard input")
	addColor(c, &opt.color)
	addOutside(c, &opt.allowOutside)
	complete(c, "format", renderFormats()...)
	complete(c, "routing", routings...)
	complete(c, "lang", "en", "ar", "fa")
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

func runRender(c *cobra.Command, name string, opt renderOptions) error {
	format, err := renderFormat(opt)
	if err != nil {
		return err
	}
	if opt.routing != "graphviz" && opt.routing != "straight" {
		return unknown("routing", opt.routing, routings)
	}
	if opt.language != "" && !syntax.IsLanguage(opt.language) {
		return trouble("%q is not a language; name it by its code, such as `--lang ar`", opt.language)
	}
	if opt.limit <= 0 {
		return trouble("--time-limit must be more than nothing, such as `--time-limit 1m`")
	}
	if err := checkPicture(c, format, opt); err != nil {
		return err
	}
	if sameFile(name, opt.out) {
		return trouble("%s is the journey itself; name another file for the map", opt.out)
	}
	outcome, err := drawable(c, name, opt)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var lacks []string
	picture, err := draw(ctx, format, outcome, opt, func(characters []string) { lacks = characters })
	switch {
	case ctx.Err() != nil:
		return exit{code: 130, message: "interrupted; nothing was written"}
	case err != nil:
		return drawError(err, name)
	}
	if len(lacks) > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "corridor: boxes stand for characters that the font of the map lacks: %s; an svg shows them with the reader's fonts\n", report.Visible(some(lacks, 12)))
	}
	if opt.out == "" || opt.out == "-" {
		_, err = c.OutOrStdout().Write(picture)
		return err
	}
	return writeWhole(opt.out, picture)
}

// some lists the first of many.
func some(list []string, most int) string {
	if len(list) > most {
		return strings.Join(list[:most], " ") + " …"
	}
	return strings.Join(list, " ")
}

// checkPicture says what cannot be asked of a format.
func checkPicture(c *cobra.Command, format render.Format, opt renderOptions) error {
	if c.Flags().Changed("dpi") && format.Name != "png" {
		return trouble("--dpi is for png; %s has no dots", format.Name)
	}
	if opt.dpi < render.MinDPI || opt.dpi > render.MaxDPI {
		return trouble("--dpi must be between %d and %d, such as `--dpi 300`", render.MinDPI, render.MaxDPI)
	}
	_, terminal := terminalOf(c.OutOrStdout())
	if format.Binary && terminal && (opt.out == "" || opt.out == "-") {
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
// the output stands for.
func renderFormat(opt renderOptions) (render.Format, error) {
	name := opt.format
	ext := strings.ToLower(strings.TrimPrefix(filepath.Ext(opt.out), "."))
	for _, f := range render.Formats {
		if name == f.Name || name == "" && (ext == f.Name || ext == "gv" && f.Name == "dot") {
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
	o, err := oneFile(c, name, "render draws", fileOptions{opt.stdinName, opt.color, opt.allowOutside})
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

// draw makes the picture in memory, so that what is written is whole.
func draw(ctx context.Context, format render.Format, o *check.Outcome, opt renderOptions, lacks func([]string)) ([]byte, error) {
	if o.Graph == nil {
		return nil, render.ErrNoPath
	}
	var route render.Router
	if opt.routing == "graphviz" && format.Name != "dot" {
		client, err := graphviz.Start(ctx, graphviz.Options{Version: version.String(), Timeout: opt.limit})
		if err != nil {
			return nil, err
		}
		defer client.Close()
		route = func(ctx context.Context, dot string) ([]byte, error) {
			return client.Run(ctx, graphviz.Request{Engine: graphviz.EngineNop, Format: graphviz.FormatJSON, DOT: []byte(dot)})
		}
	}
	var picture bytes.Buffer
	err := format.Write(ctx, &picture, o.Graph, render.Options{Language: opt.language, DPI: opt.dpi, Lacks: lacks}, route)
	return picture.Bytes(), err
}

// drawError adds to an error what can be done about it.
func drawError(err error, name string) error {
	var (
		missing *graphviz.MissingError
		version *graphviz.VersionError
		late    *graphviz.TimeoutError
		failed  *graphviz.DrawError
		large   *render.SizeError
	)
	switch {
	case errors.As(err, &missing), errors.As(err, &version), errors.As(err, &failed):
		return exit{exitTrouble, err.Error(), "With `--routing straight` the map is drawn without it."}
	case errors.As(err, &late):
		return exit{exitTrouble, err.Error(), "Try `--routing straight`, or allow more with `--time-limit 1m`."}
	}
	if errors.As(err, &large) {
		return exit{exitTrouble, fmt.Sprintf("%s was not drawn: %v", name, err), finer(large)}
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
