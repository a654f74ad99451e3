// Package preview is how corridor has corridor-studio serve a preview: an order
// goes down a pipe, and the preview ends when the pipe does. Both ends stand
// here so that they cannot drift apart.
package preview

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"time"

	"github.com/customer-corridor/corridor/cmd/internal/world"
)

// Order is what is to be served, and how.
type Order struct {
	Version      string   // of the program that orders
	Names        []string // files and folders, as the user named them
	Single       string   // the one journey that was named, as reports know it; "" for several
	Exclude      []string
	AllowOutside bool
	Settings     world.Flags

	Port     int // 0 for any that is free
	Open     bool
	Poll     bool
	Straight bool          // lines need no routing
	Limit    time.Duration // the longest that routing one map may take

	View, Theme, Language string
}

// patience is how long a preview may take to end, once it is to end.
const patience = 5 * time.Second

// Run starts a program with an order and waits for its end: until the context
// ends, or the preview ends by itself. It returns the program's exit code.
func Run(ctx context.Context, program string, o Order, stdout, stderr io.Writer) (code int, err error) {
	c := exec.CommandContext(ctx, program, "serve")
	c.Stdout, c.Stderr = stdout, stderr
	in, err := c.StdinPipe()
	if err != nil {
		return 0, err
	}
	c.Cancel, c.WaitDelay = in.Close, patience
	if err := c.Start(); err != nil {
		return 0, err
	}
	// A program that does not read it says why itself, by how it ends.
	_ = json.NewEncoder(in).Encode(o)
	err = c.Wait()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) && ctx.Err() == nil {
		return 0, err
	}
	return c.ProcessState.ExitCode(), nil
}

// Receive reads the order, and returns a context that ends with the pipe.
func Receive(ctx context.Context, r io.Reader) (context.Context, Order, error) {
	in := bufio.NewReader(r)
	var o Order
	line, err := in.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &o)
	}
	if err != nil {
		return ctx, o, errors.New("there is no order; `corridor serve` gives it")
	}
	ctx, stop := context.WithCancel(ctx)
	go func() {
		_, _ = io.Copy(io.Discard, in) // until it ends, however it does
		stop()
	}()
	return ctx, o, nil
}
