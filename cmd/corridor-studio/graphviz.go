package main

import (
	"bytes"
	"context"
	"errors"

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
			return graphviz.Serve(command.InOrStdin(), command.OutOrStdout(), version.String(), draw)
		},
	}
}

// draw makes one picture. Not for two goroutines at once, as the library is not.
// The context is a formality: the library looks at none.
func draw(request graphviz.Request) (picture []byte, err error) {
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
