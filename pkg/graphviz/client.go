package graphviz

import (
	"context"
	"errors"
	"io"
	"os"
	"time"
)

const (
	// DefaultTimeout is the time limit of one picture where none is given.
	DefaultTimeout = 10 * time.Second

	// startLimit is generous: a first start compiles for half a second on a
	// quick machine, and there is nothing to fall back on.
	startLimit = 30 * time.Second

	// picturesPerChild bounds the memory that Graphviz leaks, up to 0.8 MB a picture.
	picturesPerChild = 200
)

// Options say which program to start and how.
type Options struct {
	Program  string        // path of corridor-studio; empty: [Find] it beside the running program
	Version  string        // the version that it must have, as version.String returns it
	CacheDir string        // folder for compiled code; empty: corridor/graphviz in the user's cache folder
	Timeout  time.Duration // limit of one picture, start-up not counted; 0: [DefaultTimeout]
}

// Client is a Graphviz process at hand. After a failure or some hundred pictures
// its process is replaced at the next call of Run. Its methods may be called from
// several goroutines; pictures are drawn one at a time.
type Client struct {
	options Options
	cache   cache
	turn    chan struct{} // holds a token while a goroutine uses what follows
	child   *child        // nil: to be started
	closed  bool
}

var errClosed = errors.New("the Graphviz process has been closed")

// Start starts corridor-studio and waits until it has shown itself to be of the
// right version. Ending ctx later does not end the process; Close does. The
// error is a [MissingError], [VersionError] or [StartError], or that of ctx.
func Start(ctx context.Context, options Options) (*Client, error) {
	if options.Timeout == 0 {
		options.Timeout = DefaultTimeout
	}
	if options.Program == "" {
		// Without a path of our own the PATH is still worth a look.
		self, _ := os.Executable()
		program, err := Find(self)
		if err != nil {
			return nil, err
		}
		options.Program = program
	}
	c := &Client{options: options, cache: openCache(options.CacheDir), turn: make(chan struct{}, 1)}
	if err := c.ready(ctx); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Run returns the picture for request, never an empty one. Once ctx ends or the
// time limit has passed, the process is killed. The error is a [TimeoutError],
// a [DrawError], one of those of [Start], or that of ctx.
func (c *Client) Run(ctx context.Context, request Request) ([]byte, error) {
	select {
	case c.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-c.turn }()
	if err := request.check(); err != nil {
		return nil, &DrawError{Reason: err.Error()}
	}
	if err := c.ready(ctx); err != nil {
		return nil, err
	}
	picture, err := c.child.draw(ctx, c.options.Timeout, request)
	if err == nil && c.child.drawn < picturesPerChild {
		return picture, nil
	}
	last := c.child
	c.dismiss()
	return picture, c.drawFailure(last, err)
}

// Close ends the process and removes what it needed only for its own time. It
// waits for a Run under way. Run fails after it; closing twice does nothing.
func (c *Client) Close() {
	c.turn <- struct{}{}
	defer func() { <-c.turn }()
	if c.closed {
		return
	}
	c.closed = true
	c.dismiss()
	c.cache.remove()
}

// dismiss ends the child if there is one.
func (c *Client) dismiss() {
	if c.child != nil {
		c.child.end()
		c.child = nil
	}
}

// ready sees to it that a child of the right version is at hand. A child that
// dies before it speaks has most likely met a damaged cache or a full disk:
// it is started again with a fresh cache, then with none.
func (c *Client) ready(ctx context.Context) error {
	if c.closed {
		return errClosed
	}
	if c.child != nil {
		return nil
	}
	died, err := c.start(ctx, c.cache)
	if died {
		c.cache.clear()
		died, err = c.start(ctx, c.cache)
	}
	if died {
		c.cache.clear()
		_, err = c.start(ctx, cache{})
	}
	return err
}

// start starts a child and checks its version. Died is true if the child ended
// without a word.
func (c *Client) start(ctx context.Context, store cache) (died bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	next, err := startChild(c.options.Program, store)
	if err != nil {
		return false, &StartError{Program: c.options.Program, Reason: firstLine(err.Error())}
	}
	version, err := next.greeting(ctx)
	if err == nil && version == c.options.Version {
		c.child = next
		return false, nil
	}
	next.end()
	if err == nil {
		return false, &VersionError{Program: c.options.Program, Theirs: version, Ours: c.options.Version}
	}
	return errors.Is(err, io.EOF), c.startFailure(ctx, next, err)
}

func (c *Client) startFailure(ctx context.Context, last *child, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errLimit):
		return &StartError{Program: c.options.Program, Reason: "no answer within " + startLimit.String()}
	}
	return &StartError{Program: c.options.Program, Reason: last.reason(err)}
}

// drawFailure says what the failure of last means to the caller.
func (c *Client) drawFailure(last *child, err error) error {
	var refused *DrawError
	switch {
	case err == nil, errors.As(err, &refused), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, errLimit):
		return &TimeoutError{Limit: c.options.Timeout}
	}
	return &DrawError{Reason: last.reason(err)}
}
