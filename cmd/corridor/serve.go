package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/preview"
	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/graphviz"
	"github.com/customer-corridor/corridor/pkg/render"
	"github.com/customer-corridor/corridor/pkg/syntax"
	"github.com/customer-corridor/corridor/pkg/version"
)

type serveOptions struct {
	viewOptions
	language     string
	routing      string
	limit        time.Duration
	port         int
	open         bool
	poll         bool
	allowOutside bool
	exclude      []string
}

func serveCommand() *cobra.Command {
	var opt serveOptions
	c := &cobra.Command{
		Use:   "serve [files or folders]",
		Short: "Show a journey in the browser while it is written",
		Long: `Serve shows the map, the findings and who gets through on a page in the browser,
and tells them anew whenever the file, something that it imports or its settings
are saved. It prints the address of the page and waits; Ctrl-C ends it.

While a file has errors the page keeps the last map without, says so and lists
what is to be mended. On the page one chooses a view, a customer, a need, the
time of the week, what is out, and the language. Of several files or a folder
the page lists all journeys. Without a name serve shows the current folder.

The page is for this machine only: it is served at 127.0.0.1 and at no other
address, nothing on it comes from elsewhere, and pages of others get no answer.
To show a map to others, use corridor render.

It is corridor-studio that serves, which is installed beside corridor. Where
files lie on a network drive, which tells nobody of changes, use --poll.

Exit codes: 0 ended by Ctrl-C; 2 something could not be done.`,
		Example: `  corridor serve journey.corridor.yaml
  corridor serve journey.corridor.yaml --open
  corridor serve journeys/ --port 8080 --lang ar
  corridor serve //server/share/journeys --poll`,
		ValidArgsFunction: completeFiles,
		RunE: func(c *cobra.Command, args []string) error {
			return runServe(c, args, opt)
		},
	}
	f := c.Flags()
	f.IntVarP(&opt.port, "port", "p", 0, "the port of the page (default: any that is free)")
	f.BoolVar(&opt.open, "open", false, "open the page in the browser")
	f.BoolVar(&opt.poll, "poll", false, "look at the files again and again, for drives that tell nobody of changes")
	f.StringVar(&opt.language, "lang", "", "the language of the page and the map, such as en, ar or fa (default: the journey's)")
	f.StringVar(&opt.routing, "routing", routings[0], "how lines are laid: graphviz, straight")
	f.DurationVar(&opt.limit, "time-limit", graphviz.DefaultTimeout, "the longest that routing one map may take")
	f.StringArrayVar(&opt.exclude, "exclude", nil, "leave out files and folders that match, such as 'drafts/**' (repeatable)")
	addView(c, &opt.viewOptions)
	addOutside(c, &opt.allowOutside)
	complete(c, "routing", routings...)
	complete(c, "lang", render.Languages()...)
	complete(c, "port")
	return c
}

func runServe(c *cobra.Command, args []string, opt serveOptions) error {
	if len(args) == 0 {
		args = []string{"."}
	}
	if err := opt.wrong(args); err != nil {
		return err
	}
	single, err := opt.single(c, args)
	if err != nil {
		return err
	}
	executable, _ := os.Executable() // unknown, the PATH is searched
	program, err := graphviz.Find(executable)
	if err != nil {
		return trouble("%s", servingNeeds(err))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	order := opt.order(settingsOf(c), args, single)
	code, err := preview.Run(ctx, program, order, c.OutOrStdout(), c.ErrOrStderr())
	switch {
	case err != nil:
		return trouble("%s does not start: %v; install both programs again with: %s", program, err, graphviz.InstallCommand)
	case code != exitClean && ctx.Err() == nil:
		return exit{code: exitTrouble} // it has said why
	}
	return nil
}

// servingNeeds says that corridor-studio is missing, of a command that draws
// nothing itself.
func servingNeeds(err error) string {
	var missing *graphviz.MissingError
	if !errors.As(err, &missing) {
		return err.Error()
	}
	place := "on the PATH"
	if missing.Folder != "" {
		place = "in " + missing.Folder + " or on the PATH"
	}
	return fmt.Sprintf("the preview needs the program corridor-studio, which is not %s; install both programs with: %s", place, graphviz.InstallCommand)
}

// wrong says which of the options cannot be followed.
func (opt serveOptions) wrong(args []string) error {
	for _, arg := range args {
		if arg == "-" {
			return trouble("serve follows files; what comes from standard input does not change")
		}
	}
	switch {
	case opt.port < 0 || opt.port > 65535:
		return trouble("--port is a number from 1 to 65535, or 0 for any that is free")
	case opt.routing != "graphviz" && opt.routing != "straight":
		return unknown("routing", opt.routing, routings)
	case opt.language != "" && !syntax.IsLanguage(opt.language):
		return trouble("%q is not a language; name it by its code, such as `--lang ar`", opt.language)
	case opt.limit <= 0:
		return trouble("--time-limit must be more than nothing, such as `--time-limit 1m`")
	}
	return opt.viewOptions.wrong()
}

// single returns the one journey that was named; "" for several, and for a
// folder, in which there may be more. It fails on what the preview could not
// begin with.
func (opt serveOptions) single(c *cobra.Command, args []string) (string, error) {
	w, err := world.New(opt.allowOutside, settingsOf(c))
	if err != nil {
		return "", err
	}
	targets, problems, err := w.Targets(args, nil, world.FindOptions{Exclude: opt.exclude})
	switch {
	case err != nil:
		return "", err
	case len(targets) == 0 && len(problems) > 0:
		return "", problems[0]
	case len(args) > 1 || isFolder(args[0]):
		return "", nil
	case len(targets) == 0:
		return "", trouble("%s is left out by --exclude", args[0])
	}
	return targets[0].Name(), nil
}

func (opt serveOptions) order(settings world.Flags, args []string, single string) preview.Order {
	return preview.Order{
		Version: version.String(), Names: args, Single: single, Exclude: opt.exclude, AllowOutside: opt.allowOutside, Settings: settings,
		Port: opt.port, Open: opt.open, Poll: opt.poll, Straight: opt.routing == "straight", Limit: opt.limit,
		View: opt.view, Theme: opt.theme, Language: opt.language,
	}
}
