// Package render draws a corridor. Layout places everything on a [Scene] in
// whole numbers; writers such as [SVG] turn a scene into a file. The same
// corridor gives the same bytes on every machine.
//
// The corridor has an order of its own, so its boxes are placed here: the
// basic path on one straight band, alternatives above it, options below it.
// A [Router] is asked to route the lines between them; what it answers is
// cleaned, checked, and used where it is as good as a line along the grid.
package render

import (
	"cmp"
	"context"
	"io"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Router routes the edges of a graph in the DOT language whose nodes are all
// placed, and returns Graphviz's JSON.
type Router func(ctx context.Context, dot string) (json []byte, err error)

// Options are what a map can be asked for.
type Options struct {
	Language string // BCP 47; "" for the journey's own
	View     string // the name of one of Views; "" for the first
	Lanes    string // the name of one of LaneKinds; "" for the first; for the view that has lanes
	Theme    *Theme // nil for the first of Themes
	DPI      int    // of formats that have pixels; 0 for [DefaultDPI]
	Details  bool   // steps tell their measures, and what is done at mishaps
	// Limit is the longest that laying out may take, the router's time not
	// counted; 0 for no limit.
	Limit time.Duration
	Logo  *Logo     // at the end of the head; nil for none
	Date  time.Time // in the head; the zero time for none
	Page  Page      // the paper that it is made for
	// Small is told where words are too small to be read on their page. It may
	// be nil.
	Small func(SmallText)
	// Ask is what is asked of who gets through, by views and formats that tell
	// of it.
	Ask Question
	// Lacks is told the characters that no embedded font has, by formats that
	// draw boxes in their place. It may be nil.
	Lacks func(characters []string)
}

// Question is whom a map is about, and what is assumed.
type Question struct {
	Customer, Need string // ids that the journey has; "" for all
	Moment         *int   // when the need arises, in minutes from Monday 00:00; nil for any time
	Without        []access.Outage
}

// Format is a kind of file that a map can be written to.
type Format struct {
	Name, Summary string
	Extensions    []string // of its files, without the dot, the usual one first
	Binary        bool     // it is no text that a terminal could show
	// Write draws a corridor. A nil router lays lines along the grid.
	Write func(context.Context, io.Writer, *corridor.Graph, Options, Router) error
}

// Formats are all formats, the usual one first.
var Formats = []Format{
	{"svg", "a map for browsers, documents and the wall", []string{"svg"}, false, writeSVG},
	{"png", "a map as a picture", []string{"png"}, true, writePNG},
	{"pdf", "a map for printing, whose text can be searched", []string{"pdf"}, true, writePDF},
	{"html", "a page to explore: choose a customer and an hour, see the doors close", []string{"html", "htm"}, false, writeHTML},
	{"dot", "the corridor as a graph in Graphviz's language", []string{"dot", "gv"}, false, writeDOT},
	{"mermaid", "the corridor as a flowchart for Markdown and wikis", []string{"mmd", "mermaid"}, false, writeMermaid},
	{"matrix", "who gets through, as a table of marks in plain text", []string{"txt"}, false, writeMatrix},
}

func writeSVG(ctx context.Context, w io.Writer, g *corridor.Graph, o Options, route Router) error {
	scene, err := Layout(ctx, g, o, route)
	if err != nil {
		return err
	}
	return SVG(w, scene)
}

func writePNG(ctx context.Context, w io.Writer, g *corridor.Graph, o Options, route Router) error {
	scene, err := Layout(ctx, g, o, route)
	if err != nil {
		return err
	}
	lacks, err := PNG(ctx, w, scene, cmp.Or(o.DPI, DefaultDPI))
	o.tell(lacks)
	return err
}

func writePDF(ctx context.Context, w io.Writer, g *corridor.Graph, o Options, route Router) error {
	scene, err := Layout(ctx, g, o, route)
	if err != nil {
		return err
	}
	lacks, err := PDF(w, scene)
	o.tell(lacks)
	return err
}

func (o Options) theme() *Theme { return cmp.Or(o.Theme, Themes[0]) }

func (o Options) tell(lacks []string) {
	if o.Lacks != nil && len(lacks) > 0 {
		o.Lacks(lacks)
	}
}

func writeDOT(_ context.Context, w io.Writer, g *corridor.Graph, o Options, _ Router) error {
	return DOT(w, g, o)
}

func writeMermaid(_ context.Context, w io.Writer, g *corridor.Graph, o Options, _ Router) error {
	return Mermaid(w, g, o)
}

func writeMatrix(ctx context.Context, w io.Writer, g *corridor.Graph, o Options, _ Router) error {
	return Matrix(ctx, w, g, o)
}

func newPlan(g *corridor.Graph, o Options) *plan {
	language := cmp.Or(o.Language, g.Journey.Language)
	p := &plan{grid: newGrid(g), measurer: newMeasurer(), theme: o.theme(), detailed: o.Details, language: language, words: wordsOf(language), side: margin, logo: o.Logo}
	p.date = p.words.day(o.Date)
	p.findOwners()
	return p
}

// place does everything but the lines.
func (p *plan) place() {
	p.fillBoxes()
	p.findStages()
	p.findColumns()
	p.findEdges()
	p.findTrunks()
	p.lineUp()
	p.placeColumns()
	p.layTracks()
	p.placeMarks()
	p.placeHead()
}

// label returns the name of a thing in the map's language.
func (p *plan) label(d model.Definition) string {
	if name := clean(d.Label(p.language)); name != "" {
		return name
	}
	return clean(d.ID.Value)
}
