package graphviz

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
)

func frames(t *testing.T, parts ...string) *bytes.Buffer {
	t.Helper()
	var out bytes.Buffer
	for _, part := range parts {
		if err := send(&out, []byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	return &out
}

func TestRequestSurvivesThePipe(t *testing.T) {
	var pipe bytes.Buffer
	want := Request{Engine: EngineNop, Format: FormatJSON, DOT: []byte("digraph { a [label=\"ممر\"] }")}
	if err := sendRequest(&pipe, want); err != nil {
		t.Fatal(err)
	}
	got, err := receiveRequest(&pipe)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("got %+v, %v", got, err)
	}
	if _, err := receiveRequest(&pipe); err != io.EOF {
		t.Fatalf("after the last request: %v, want io.EOF", err)
	}
}

func TestAnswerSurvivesThePipe(t *testing.T) {
	var pipe bytes.Buffer
	sendAnswer(&pipe, []byte("picture"), nil)
	if got, err := receiveAnswer(&pipe); string(got) != "picture" || err != nil {
		t.Fatalf("got %q, %v", got, err)
	}
	sendAnswer(&pipe, nil, errors.New("syntax error in line 1\nstack trace"))
	_, err := receiveAnswer(&pipe)
	var refused *DrawError
	if !errors.As(err, &refused) || refused.Reason != "syntax error in line 1" {
		t.Fatalf("got %v, want the first line as a DrawError", err)
	}
}

func TestGreeting(t *testing.T) {
	tests := []struct {
		name, greeting, version string
		fails                   bool
	}{
		{"ours", "corridor-graphviz 1 v1.2.3", "v1.2.3", false},
		{"plain checkout", "corridor-graphviz 1 (devel)", "(devel)", false},
		{"later protocol", "corridor-graphviz 2 (devel)", "(devel) (protocol 2)", false},
		{"line break", "corridor-graphviz 1 v1\nv2", "v1", false},
		{"another program", "HTTP/1.1 200 OK", "", true},
		{"no version", "corridor-graphviz 1", "", true},
		{"too long", strings.Repeat("x", maxWord+1), "", true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := receiveGreeting(frames(t, test.greeting))
			if got != test.version || (err != nil) != test.fails {
				t.Fatalf("got %q, %v", got, err)
			}
		})
	}
}

func TestCutMessages(t *testing.T) {
	whole := frames(t, EngineNop, FormatJSON, "digraph {}").Bytes()
	for length := 1; length < len(whole); length++ {
		if _, err := receiveRequest(bytes.NewReader(whole[:length])); err != io.ErrUnexpectedEOF {
			t.Fatalf("cut after %d of %d bytes: %v, want io.ErrUnexpectedEOF", length, len(whole), err)
		}
	}
}

func TestALieAboutTheLengthCostsNoMemory(t *testing.T) {
	head := binary.BigEndian.AppendUint32(nil, maxFrame)
	got := testing.AllocsPerRun(1, func() { receive(bytes.NewReader(head), maxFrame) })
	if got > 20 {
		t.Fatalf("%v allocations for a frame without content", got)
	}
	head = binary.BigEndian.AppendUint32(nil, maxFrame+1)
	if _, err := receive(bytes.NewReader(head), maxFrame); err != errTooLarge {
		t.Fatalf("got %v, want %v", err, errTooLarge)
	}
}

func FuzzReceive(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 0, 0, 0})
	f.Add([]byte{0, 0, 0, 3, 'n', 'o', 'p', 0, 0, 0, 1, 'x'})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 1})
	f.Add([]byte{0, 0, 4, 1, 1})
	f.Fuzz(func(t *testing.T, input []byte) {
		r := bytes.NewReader(input)
		part, err := receive(r, maxWord)
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := send(&again, part); err != nil {
			t.Fatal(err)
		}
		read := len(input) - r.Len()
		if !bytes.Equal(again.Bytes(), input[:read]) {
			t.Fatalf("read % x, wrote % x", input[:read], again.Bytes())
		}
	})
}
