package convert

import (
	"io"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Export is a kind of file that a corridor can be written to, for programs
// that do not know the language.
type Export struct {
	Name    string   // as `corridor export --to` knows it: bpmn
	Title   string   // as people know it, and what it carries
	Endings []string // of its files, with the dot; none: it has to be named
	// BasicOnly says that it carries the basic path and no other.
	BasicOnly bool
	// Write writes a corridor: the same bytes for the same corridor. It
	// writes nothing before all that can fail is done.
	Write func(io.Writer, *corridor.Graph, ExportOptions) error
}

// ExportOptions say how a corridor is to be written.
type ExportOptions struct {
	Language string // BCP 47; "" for the journey's own
}

// Exports are those that can be written, in the order of their names.
var Exports = []Export{exportBPMN, exportCSV, exportJSON, exportJourney, exportTSV}

// exportNames tells what things are called in the language of an export.
type exportNames struct {
	journey  *model.Journey
	language string
}

func newExportNames(g *corridor.Graph, o ExportOptions) exportNames {
	n := exportNames{g.Journey, o.Language}
	if n.language == "" {
		n.language = g.Journey.Language
	}
	return n
}

// line returns a text as one line: what a text of several lines has between
// them becomes a space.
func (n exportNames) line(t model.Text) string { return exportLine(t.In(n.language)) }

func (n exportNames) of(d model.Definition) string { return exportLine(d.Label(n.language)) }

func exportLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// department returns what a department is called, "" for the empty name.
func (n exportNames) department(id string) string {
	if d := n.journey.Department(id); d != nil {
		return n.of(d.Definition)
	}
	return exportLine(id)
}

// stage returns what a stage is called, "" for none.
func (n exportNames) stage(position int) string {
	if position < 0 || position >= len(n.journey.Stages) {
		return ""
	}
	return n.of(n.journey.Stages[position].Definition)
}

// staged reports whether the journey tells stages apart: else all its steps
// are in the first one, which nobody has named.
func (n exportNames) staged(g *corridor.Graph) bool {
	for _, s := range g.Steps {
		if s.Touchpoint != nil && s.Touchpoint.Stage.Value != "" {
			return true
		}
	}
	return false
}

// path returns what a path is called.
func (n exportNames) path(p corridor.Path) string {
	if p.Def == nil {
		return p.ID
	}
	return n.of(p.Def.Definition)
}
