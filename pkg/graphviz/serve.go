package graphviz

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"
)

// Draw makes one picture. It may panic.
type Draw func(Request) ([]byte, error)

var errBusy = errors.New("a second request came before the first was answered")

// Serve greets on w with version, then answers the requests on r one at a time
// with what draw returns. An empty picture is a failure.
//
// It returns nil once r ends, even while draw is still at work: nobody waits for
// that picture any more, so the caller should end the process. It returns an
// error after the first failed picture, having told the client: Graphviz
// remembers old errors and may have spoilt its memory, so a fresh process is the
// only sure ground for the next picture.
func Serve(r io.Reader, w io.Writer, version string, draw Draw) error {
	if err := sendGreeting(w, version); err != nil {
		return err
	}
	done := make(chan struct{})
	defer close(done)
	requests := readRequests(r, done)
	for {
		next := <-requests
		if next.err != nil {
			return unlessEnd(next.err)
		}
		picture, problem, err := drawWhileOpen(draw, next.request, requests)
		if err != nil {
			return unlessEnd(err)
		}
		if err := sendAnswer(w, picture, problem); err != nil {
			return err
		}
		if problem != nil {
			return problem
		}
	}
}

// incoming is a request, or the reason why no more will come.
type incoming struct {
	request Request
	err     error
}

// readRequests reads ahead, so that the end of r is noticed during a picture.
func readRequests(r io.Reader, done <-chan struct{}) <-chan incoming {
	requests := make(chan incoming)
	go func() {
		for {
			request, err := receiveRequest(r)
			select {
			case requests <- incoming{request, err}:
			case <-done:
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return requests
}

// drawWhileOpen returns the picture or the problem with it; an error if the
// client went away or broke the rule of one picture at a time.
func drawWhileOpen(draw Draw, request Request, requests <-chan incoming) (picture []byte, problem, err error) {
	drawn := make(chan struct{})
	go func() {
		defer close(drawn)
		picture, problem = drawSafely(draw, request)
	}()
	select {
	case <-drawn:
		return picture, problem, nil
	case next := <-requests:
		if next.err != nil {
			return nil, nil, next.err
		}
		return nil, nil, errBusy
	}
}

// drawSafely turns a panic, an unknown word and an empty picture into errors.
func drawSafely(draw Draw, request Request) (picture []byte, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			picture, err = nil, fmt.Errorf("Graphviz broke down: %v", cause)
		}
	}()
	if err := request.check(); err != nil {
		return nil, err
	}
	picture, err = draw(request)
	switch {
	case err != nil:
		return nil, err
	case len(picture) == 0:
		return nil, errors.New("Graphviz returned an empty picture")
	case len(picture) > maxFrame:
		return nil, fmt.Errorf("the picture is larger than %d MiB", maxFrame>>20)
	}
	return picture, nil
}

// check returns an error for what must not reach Graphviz: it answers unknown
// words and bytes with misleading texts and an empty graph with the error before.
func (request Request) check() error {
	switch {
	case !slices.Contains(engines, request.Engine):
		return fmt.Errorf("no engine %q", request.Engine)
	case !slices.Contains(formats, request.Format):
		return fmt.Errorf("no format %q", request.Format)
	case len(bytes.TrimSpace(request.DOT)) == 0:
		return errors.New("the graph is empty")
	case !utf8.Valid(request.DOT) || bytes.IndexByte(request.DOT, 0) >= 0:
		return errors.New("the graph is not UTF-8 text")
	case len(request.DOT) > maxFrame:
		return fmt.Errorf("the graph is larger than %d MiB", maxFrame>>20)
	}
	return nil
}

func unlessEnd(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}
