package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/render"
	"github.com/customer-corridor/corridor/pkg/report"
)

// pageOptions say what a map is made for: whose it is, and the paper.
type pageOptions struct {
	brand  string
	date   string
	page   string
	tile   string
	margin int
	fold   []string
}

func addPage(c *cobra.Command, p *pageOptions) {
	f := c.Flags()
	f.StringVar(&p.brand, "brand", "", "a file with the colours and the logo of your organisation, such as brand.yaml")
	f.StringVar(&p.date, "date", "", "put a day in the head of the map: today, or one such as 2027-01-31")
	f.StringVar(&p.page, "page", "", "fit the map on paper: "+strings.Join(paperNames(), ", ")+"; standing with -portrait")
	f.StringVar(&p.tile, "tile", "", "cut the map into sheets of paper to glue together, pages of a pdf; with --page it is made so large first")
	f.IntVar(&p.margin, "page-margin", render.DefaultMargin, "what is left free around the map on paper, in millimetres")
	f.StringSliceVar(&p.fold, "fold", folds[:1], fmt.Sprintf("show a box for several steps: stages, paths, or the ids of some; none; auto: where there are more than %d touchpoints", render.AutoFold))
	if err := c.MarkFlagFilename("brand", "yaml", "yml"); err != nil {
		panic(err) // the flag does not exist: a mistake of ours
	}
	complete(c, "date", "today")
	complete(c, "fold", folds...)
	complete(c, "page", allPapers()...)
	complete(c, "tile", allPapers()...)
}

// wrong says which of them cannot be followed whatever the journey.
func (p pageOptions) wrong() error {
	switch {
	case p.page != "" && paperOf(p.page) == nil:
		return unknown("page", p.page, allPapers())
	case p.tile != "" && paperOf(p.tile) == nil:
		return unknown("tile", p.tile, allPapers())
	case p.margin < 0 || p.margin > render.MaxMargin:
		return trouble("--page-margin must be between 0 and %d millimetres, such as `--page-margin %d`", render.MaxMargin, render.DefaultMargin)
	case p.tile != "" && p.margin < render.LeastTileMargin:
		return trouble("--page-margin must be at least %d millimetres with --tile, for the marks to cut along", render.LeastTileMargin)
	}
	_, err := p.day()
	return cmp.Or(err, p.wrongFold())
}

// checkPaper says what a format cannot do with paper.
func (p pageOptions) checkPaper(c *cobra.Command, format render.Format) error {
	paper := p.page != "" || p.tile != ""
	switch {
	case p.tile != "" && format.Name != "pdf":
		return exit{exitTrouble, "--tile makes the pages of a pdf, and " + format.Name + " has no pages", "Ask for a pdf, such as `-o map.pdf`."}
	case paper && !slices.Contains(onPaper, format.Name):
		return trouble("--page is for %s; %s is not put on paper", strings.Join(onPaper, ", "), format.Name)
	case !paper && c.Flags().Changed("page-margin"):
		return trouble("--page-margin is for --page and --tile; a map without paper has its own margin")
	}
	return nil
}

// onPaper are the formats that --page is for.
var onPaper = []string{"svg", "png", "pdf"}

func paperOf(name string) *render.Paper {
	for i := range render.Papers {
		if render.Papers[i].Name == name {
			return &render.Papers[i]
		}
	}
	return nil
}

func allPapers() []string {
	var names []string
	for _, p := range render.Papers {
		names = append(names, p.Name)
	}
	return names
}

// paperNames are those of lying paper.
func paperNames() []string {
	return slices.DeleteFunc(allPapers(), func(name string) bool { return strings.HasSuffix(name, "-portrait") })
}

// day returns the day that the map is of; the zero time where it is of none.
func (p pageOptions) day() (time.Time, error) {
	switch p.date {
	case "":
		return time.Time{}, nil
	case "today":
		return world.Today(), nil
	}
	day, err := time.Parse(time.DateOnly, p.date)
	if err != nil {
		return time.Time{}, trouble("--date is `today`, or a day such as 2027-01-31, not %q", p.date)
	}
	return day, nil
}

// lay puts what was asked for into the options of a map.
func (p pageOptions) lay(of *check.Outcome, opt renderOptions, o *render.Options) error {
	var err error
	if o.Date, err = p.day(); err != nil {
		return err
	}
	o.Theme, o.Logo = opt.whose.theme, opt.whose.logo
	o.Page = render.Page{Paper: paperOf(p.page), Tile: paperOf(p.tile), Margin: p.margin}
	o.Small = func(text render.SmallText) { opt.note(smallWords(of.Journey.Document.File.Name, p.page, text)) }
	return nil
}

// smallWords says that words are too small to be read on their page, and what
// helps.
func smallWords(name, page string, text render.SmallText) string {
	help := "cut it into sheets, such as with `--tile a4`, or show less with `--fold stages`"
	if text.Page != "" {
		help = fmt.Sprintf("they can be read with `--page %s`, or in sheets to glue together, with `--page %s --tile %s`", text.Page, text.Page, page)
	}
	return fmt.Sprintf("the smallest words of %s have %d.%d points on %s, and less than 6 is hard to read; %s", name, text.Tenths/10, text.Tenths%10, page, help)
}

// note keeps a sentence on a map for the end, once.
func (opt renderOptions) note(sentence string) {
	if !slices.Contains(*opt.notes, sentence) {
		*opt.notes = append(*opt.notes, sentence)
	}
}

func (opt renderOptions) tellNotes(w io.Writer) {
	for _, sentence := range *opt.notes {
		fmt.Fprintln(w, "corridor: "+report.Visible(sentence))
	}
}
