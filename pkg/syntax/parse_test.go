package syntax

import (
	"fmt"
	"os"
	"testing"

	"github.com/customer-corridor/corridor/pkg/source"
)

func TestTry(t *testing.T) {
	data, _ := os.ReadFile(os.Getenv("TRY"))
	_, fs := Parse(source.New(os.Getenv("TRY"), data))
	for _, f := range fs {
		p := f.Span.From()
		fmt.Printf("%d:%d %s [%s] %q %s | %s\n", p.Line, p.Column, f.Rule, f.Subject, f.Span.Text(), f.Message, f.Help)
	}
}
