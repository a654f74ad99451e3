package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/preview"
	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/graphviz"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/serve"
	"github.com/customer-corridor/corridor/pkg/version"
)

func serveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Show journeys in the browser for corridor, which gives the order over a pipe",
		Long: `corridor-studio serve reads from its input what to serve, in a form that only
corridor speaks, and serves it until its input ends. Use: corridor serve`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			ctx, order, err := preview.Receive(ctx, c.InOrStdin())
			if err != nil {
				return err
			}
			return forCorridor(runServe(ctx, order, c.OutOrStdout(), c.ErrOrStderr()))
		},
	}
}

// corridorError is one that the user of corridor reads.
type corridorError struct{ error }

func forCorridor(err error) error {
	if err == nil {
		return nil
	}
	return corridorError{err}
}

// runServe serves until the context ends.
func runServe(ctx context.Context, o preview.Order, stdout, stderr io.Writer) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	if ours := version.String(); o.Version != ours {
		return &graphviz.VersionError{Program: program, Theirs: ours, Ours: o.Version}
	}
	listener, err := listen(o.Port)
	if err != nil {
		return err
	}
	lines := &router{options: graphviz.Options{Program: program, Version: version.String(), Timeout: o.Limit}}
	defer lines.close()
	watch := newWatch(o.Poll, tell(stderr))
	defer watch.close()
	server := serve.New(options(o, listener, lines, watch, tell(stderr)))
	go watch.run(ctx, server.Changed)
	fmt.Fprintln(stdout, server.Address())
	fmt.Fprintln(stderr, "corridor: the page follows the files; Ctrl-C ends the preview")
	if o.Open {
		go open(server.Address(), tell(stderr))
	}
	return answer(ctx, server, listener)
}

// tell returns how a sentence gets to the user.
func tell(stderr io.Writer) func(string) {
	return func(sentence string) { fmt.Fprintln(stderr, "corridor: "+report.Visible(sentence)) }
}

// listen waits for browsers on this machine, and for nobody else.
func listen(port int) (net.Listener, error) {
	listener, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil && port != 0 {
		return nil, fmt.Errorf("port %d cannot be had (%w); choose another with --port, or leave it out for any that is free", port, reason(err))
	}
	return listener, err
}

// reason leaves out of an error of the network what the sentence says already.
func reason(err error) error {
	var system syscall.Errno
	if errors.As(err, &system) {
		return system
	}
	return err
}

func options(o preview.Order, l net.Listener, lines *router, watch *watch, tell func(string)) serve.Options {
	s := serve.Options{
		Port: l.Addr().(*net.TCPAddr).Port, Single: o.Single, Now: time.Now,
		View: o.View, Theme: o.Theme, Language: o.Language,
		Read: func() serve.Reading { return read(o, watch.add) },
		Broken: func(what string) {
			tell("the preview made a mistake and went on; please report it with these lines:")
			fmt.Fprintln(os.Stderr, what)
		},
	}
	if !o.Straight {
		s.Route = lines.route
	}
	return s
}

// read looks at the files that are served as they are now.
func read(o preview.Order, looked func(string)) serve.Reading {
	w, err := world.New(o.AllowOutside, o.Settings)
	if err != nil {
		return unreadable(err)
	}
	w.Looked = looked
	if o.Settings.Config != "" {
		looked(w.Absolute(o.Settings.Config))
	}
	targets, problems, err := w.Targets(o.Names, nil, world.FindOptions{Exclude: o.Exclude})
	if err != nil {
		return unreadable(err)
	}
	r := serve.Reading{Problems: problems}
	for _, t := range targets {
		r.Names = append(r.Names, t.Name())
	}
	r.Check = w.Checker(targets)
	return r
}

// unreadable is a look that found nothing, and why.
func unreadable(err error) serve.Reading {
	r := serve.Reading{Problems: []error{err}}
	var bad *world.BadSettings
	if errors.As(err, &bad) {
		r.Findings = bad.Findings
	}
	return r
}

// answer answers requests until the context ends.
func answer(ctx context.Context, server *serve.Server, listener net.Listener) error {
	h := server.HTTP()
	h.ErrorLog = log.New(io.Discard, "", 0) // of clients that misbehave
	ended := make(chan struct{})
	context.AfterFunc(ctx, func() {
		defer close(ended)
		server.Close()
		limited, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		if h.Shutdown(limited) != nil {
			_ = h.Close() // whoever is still there was given time
		}
	})
	if err := h.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-ended
	return nil
}

// router routes the lines of all maps by one process, which is started when the
// first map has lines to route.
type router struct {
	options graphviz.Options
	mu      sync.Mutex
	client  *graphviz.Client
}

func (r *router) route(ctx context.Context, dot string) ([]byte, error) {
	client, err := r.started(ctx)
	if err != nil {
		return nil, err
	}
	return client.Run(ctx, graphviz.Request{Engine: graphviz.EngineNop, Format: graphviz.FormatJSON, DOT: []byte(dot)})
}

func (r *router) started(ctx context.Context) (*graphviz.Client, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.client == nil {
		client, err := graphviz.Start(ctx, r.options)
		if err != nil {
			return nil, err
		}
		r.client = client
	}
	return r.client, nil
}

func (r *router) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.client != nil {
		r.client.Close()
	}
}
