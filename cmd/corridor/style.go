package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/customer-corridor/corridor/pkg/report"
)

var colorModes = []string{"auto", "always", "never"}

func addColor(c *cobra.Command, color *string) {
	c.Flags().StringVar(color, "color", colorModes[0], "when to use colour: auto, always, never")
	complete(c, "color", colorModes...)
}

// styleOf says how to write for people: the flag wins over NO_COLOR, that
// over FORCE_COLOR, and without any of them a terminal gets colour.
func styleOf(c *cobra.Command, color string) (report.Style, error) {
	width, terminal := terminalOf(c.OutOrStdout())
	style := report.Style{Width: width, Bidi: terminal, Color: terminal && os.Getenv("TERM") != "dumb"}
	switch {
	case color == "always" || color == "never":
		style.Color = color == "always"
	case color != "auto":
		return style, unknown("colour mode", color, colorModes)
	case os.Getenv("NO_COLOR") != "":
		style.Color = false
	case os.Getenv("FORCE_COLOR") != "":
		style.Color = os.Getenv("FORCE_COLOR") != "0"
	}
	return style, nil
}

// terminalOf returns the width of a stream's terminal, if it is one.
func terminalOf(stream io.Writer) (width int, terminal bool) {
	f, ok := stream.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	width, _, _ = term.GetSize(int(f.Fd()))
	return width, true
}

// progress shows on a terminal how far long work has come.
type progress struct {
	out   io.Writer // nil: shows nothing
	did   string    // what is done with a file, such as `checked`
	files int
	next  time.Time
	shown bool
}

func newProgress(out io.Writer, did string, files int) *progress {
	if _, terminal := terminalOf(out); !terminal {
		out = nil
	}
	return &progress{out: out, did: did, files: files, next: time.Now().Add(500 * time.Millisecond)}
}

func (p *progress) step(done int) {
	if p.out == nil || time.Now().Before(p.next) {
		return
	}
	fmt.Fprintf(p.out, "\r%s %d of %d files", p.did, done, p.files)
	p.next, p.shown = time.Now().Add(100*time.Millisecond), true
}

// end takes the progress away, so that other words can stand in its place.
func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
	p.shown = false
}
