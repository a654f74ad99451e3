package main

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	library "github.com/goccy/go-graphviz"
	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/graphviz"
	"github.com/customer-corridor/corridor/pkg/version"
)

func graphvizCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "graphviz",
		Short: "Draw graphs for corridor, over a pipe",
		Long: `corridor-studio graphviz reads graphs from its input and writes pictures to its
output, in a form that only corridor speaks. It ends when its input ends.`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			stayAwake()
			return graphviz.Serve(command.InOrStdin(), command.OutOrStdout(), version.String(), draw)
		},
	}
}

// stayAwake lets the process notice during a picture that corridor has gone. A
// picture cannot be interrupted: it needs a second thread beside it, on a machine
// with one processor too, and a garbage collection that waits for it would hold
// up both, so draw puts that off until memory is short.
func stayAwake() {
	const memory = 1 << 30
	runtime.GOMAXPROCS(2)
	debug.SetMemoryLimit(memory)
}

// errTooLarge stands for all the ways in which the library tells, or does not
// tell, that its small stack has run over: an error about memory, an empty
// picture, or a few bytes of something else.
var errTooLarge = errors.New("the graph is too large or too deeply nested for it")

// draw makes one picture and makes sure that it is one. Not for two goroutines
// at once, as the library is not.
func draw(request graphviz.Request) ([]byte, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	picture, err := render(request)
	switch {
	case err != nil && strings.Contains(err.Error(), "wasm"):
		return nil, errTooLarge
	case err != nil:
		return nil, err
	case !whole(picture, request.Format):
		return nil, errTooLarge
	}
	return picture, nil
}

// whole tells whether picture ends as a picture in this format must.
func whole(picture []byte, format string) bool {
	end := "}"
	if format == graphviz.FormatSVG {
		end = "</svg>"
	}
	return utf8.Valid(picture) && bytes.HasSuffix(bytes.TrimSpace(picture), []byte(end))
}

// render is what the library does. The context is a formality: it looks at none.
func render(request graphviz.Request) ([]byte, error) {
	ctx := context.Background()
	engine, err := library.New(ctx)
	if err != nil {
		return nil, err
	}
	defer engine.Close()
	graph, err := library.ParseBytes(request.DOT)
	if err != nil {
		return nil, err
	}
	// The library drops return codes: no graph can come without an error.
	if graph == nil {
		return nil, errors.New("the graph is not DOT")
	}
	defer graph.Close()
	var out bytes.Buffer
	err = engine.SetLayout(library.Layout(request.Engine)).Render(ctx, graph, library.Format(request.Format), &out)
	return out.Bytes(), err
}
