package graphviz

import (
	"context"
	"errors"
	"io"
	"os/exec"
	"time"
)

// child is one running corridor-studio.
type child struct {
	process *exec.Cmd
	in      io.Writer
	out     io.Reader
	talk    *beginning // what it says on stderr
	drawn   int        // pictures so far
}

var errLimit = errors.New("time limit")

// startChild starts program with the given cache. The greeting is still to come.
func startChild(program string, store cache) (*child, error) {
	c := &child{process: exec.Command(program, "graphviz"), talk: &beginning{}}
	c.process.Env = store.environment()
	c.process.Stderr = c.talk
	// Something started by the child could hold its pipes open.
	c.process.WaitDelay = time.Second
	standApart(c.process)
	in, err := c.process.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := c.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.in, c.out = in, out
	return c, c.process.Start()
}

// during runs talk, which reads from and writes to the child. Once ctx ends or
// limit has passed the child is killed, which ends talk; the error is then that
// of ctx, or errLimit.
func (c *child) during(ctx context.Context, limit time.Duration, talk func() error) error {
	limited, cancel := context.WithTimeoutCause(ctx, limit, errLimit)
	defer cancel()
	killed := make(chan struct{})
	stop := context.AfterFunc(limited, func() {
		kill(c.process)
		close(killed)
	})
	err := talk()
	if stop() {
		return err
	}
	<-killed
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return errLimit
}

// greeting waits for the child to come up and returns its version.
func (c *child) greeting(ctx context.Context) (version string, err error) {
	err = c.during(ctx, startLimit, func() error {
		version, err = receiveGreeting(c.out)
		return err
	})
	return version, err
}

// draw returns the picture that the child makes of request. After an error the
// child is of no more use.
func (c *child) draw(ctx context.Context, limit time.Duration, request Request) (picture []byte, err error) {
	c.drawn++
	err = c.during(ctx, limit, func() error {
		if err := sendRequest(c.in, request); err != nil {
			return err
		}
		picture, err = receiveAnswer(c.out)
		return err
	})
	if err != nil {
		return nil, err
	}
	return picture, nil
}

// end kills the child and waits until it is gone. There is nothing that it would
// still have to put in order.
func (c *child) end() {
	kill(c.process)
	c.process.Wait()
}

// reason is one line on why the child failed. Call it after end, when all that
// the child said has arrived.
func (c *child) reason(err error) string {
	if line := firstLine(string(c.talk.text)); line != "" {
		return line
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ended without an answer"
	}
	return firstLine(err.Error())
}

// beginning keeps the first bytes that are written to it and drops the rest.
type beginning struct {
	text []byte
}

func (b *beginning) Write(text []byte) (int, error) {
	const most = 4 << 10
	room := min(len(text), most-len(b.text))
	b.text = append(b.text, text[:room]...)
	return len(text), nil
}
