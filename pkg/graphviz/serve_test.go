package graphviz

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

var graph = Request{Engine: EngineNop, Format: FormatJSON, DOT: []byte("digraph { a }")}

// served returns what a server with draw answers to request, and how it ends.
func served(t *testing.T, request Request, draw Draw) (answer []byte, refused, ended error) {
	t.Helper()
	theirs, in := io.Pipe()
	out, theirOut := io.Pipe()
	over := make(chan error)
	go func() { over <- Serve(theirs, theirOut, "v1", draw) }()
	if version, err := receiveGreeting(out); version != "v1" || err != nil {
		t.Fatalf("greeted with %q, %v", version, err)
	}
	if err := sendRequest(in, request); err != nil {
		t.Fatal(err)
	}
	answer, refused = receiveAnswer(out)
	in.Close()
	return answer, refused, <-over
}

func TestServeAnswersAndEndsWithItsInput(t *testing.T) {
	answer, refused, ended := served(t, graph, func(r Request) ([]byte, error) { return bytes.ToUpper(r.DOT), nil })
	if string(answer) != "DIGRAPH { A }" || refused != nil || ended != nil {
		t.Fatalf("got %q, %v, ended with %v", answer, refused, ended)
	}
}

func TestServeTellsWhatWentWrongAndEnds(t *testing.T) {
	picture := func(Request) ([]byte, error) { return []byte("picture"), nil }
	tests := []struct {
		name    string
		request Request
		draw    Draw
		want    string
	}{
		{"error", graph, func(Request) ([]byte, error) { return nil, errors.New("syntax error\nmore") }, "syntax error"},
		{"panic", graph, func(Request) ([]byte, error) { panic("out of bounds") }, "out of bounds"},
		{"empty picture", graph, func(Request) ([]byte, error) { return nil, nil }, "empty picture"},
		{"empty graph", Request{EngineNop, FormatJSON, []byte(" \n")}, picture, "graph is empty"},
		{"unknown engine", Request{"circo", FormatJSON, graph.DOT}, picture, `no engine "circo"`},
		{"unknown format", Request{EngineNop, "pdf", graph.DOT}, picture, `no format "pdf"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, refused, ended := served(t, test.request, test.draw)
			if refused == nil || !strings.Contains(refused.Error(), test.want) || strings.Contains(refused.Error(), "more") {
				t.Errorf("the client heard %v, want one line with %q", refused, test.want)
			}
			if ended == nil {
				t.Error("the server went on after a failed picture")
			}
		})
	}
}

func TestServeEndsDuringAPicture(t *testing.T) {
	for _, test := range []struct {
		name string
		then func(in *io.PipeWriter) error
		want error
	}{
		{"client gone", func(in *io.PipeWriter) error { return in.Close() }, nil},
		{"second request", func(in *io.PipeWriter) error { return sendRequest(in, graph) }, errBusy},
	} {
		t.Run(test.name, func(t *testing.T) {
			theirs, in := io.Pipe()
			busy, release := make(chan bool), make(chan bool)
			defer close(release)
			over := make(chan error)
			go func() {
				over <- Serve(theirs, io.Discard, "v1", func(Request) ([]byte, error) {
					close(busy)
					<-release
					return nil, nil
				})
			}()
			sendRequest(in, graph)
			<-busy
			if err := test.then(in); err != nil {
				t.Fatal(err)
			}
			select {
			case err := <-over:
				if err != test.want {
					t.Fatalf("ended with %v, want %v", err, test.want)
				}
			case <-time.After(10 * time.Second):
				t.Fatal("the server waits for its picture")
			}
		})
	}
}
