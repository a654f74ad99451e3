package convert

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

var exportCSV = Export{
	Name: "csv", Title: "a sheet with one row for each step, which Excel opens", Endings: []string{".csv"},
	Write: func(w io.Writer, g *corridor.Graph, o ExportOptions) error {
		// Excel takes a sheet without the mark for the machine's old encoding,
		// in which Arabic letters are others.
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
		return exportSheet(w, ',', g, o)
	},
}

var exportTSV = Export{
	Name: "tsv", Title: "the same sheet with tabs between the cells", Endings: []string{".tsv", ".tab"},
	Write: func(w io.Writer, g *corridor.Graph, o ExportOptions) error {
		return exportSheet(w, '\t', g, o)
	},
}

// exportColumn is a column of a sheet: its header, and its cell in the row of
// a step.
type exportColumn struct {
	header string
	cell   func(exportRow) string
}

// exportRow is what the cells of a row are made of.
type exportRow struct {
	*exportSheetMaker
	number int // of the step
	step   corridor.Step
	path   corridor.Path
	def    *model.Path       // an empty one for the basic path
	point  *model.Touchpoint // an empty one for the empty way of an alternative
}

// exportSheetMaker makes the rows of a sheet.
type exportSheetMaker struct {
	names  exportNames
	graph  *corridor.Graph
	staged bool // the journey tells stages apart
}

// exportColumns have the headers by which `corridor import` knows them. They
// say of a path where it hangs in every one of its rows, so that a sheet can be
// sorted and filtered.
var exportColumns = []exportColumn{
	{"path", exportRow.pathCell},
	{"after", func(r exportRow) string { return r.stepCell(r.def.After) }},
	{"before", func(r exportRow) string { return r.stepCell(r.def.Before) }},
	{"instead-of", exportRow.insteadCell},
	{"share", func(r exportRow) string { return exportShare(r.def.Share) }},
	{"stage", exportRow.stageCell},
	{"id", func(r exportRow) string { return r.id(r.number) }},
	{"touchpoint", func(r exportRow) string { return r.names.of(r.point.Definition) }},
	{"channel", func(r exportRow) string { return r.point.Channel.Value }},
	{"owner", func(r exportRow) string { return r.names.department(r.point.Owner.Value) }},
	{"languages", func(r exportRow) string { return exportJoined(r.point.Languages, exportValue) }},
	{"experience", func(r exportRow) string { return exportScore(r.point.Experience, "customer") }},
	{"company-experience", func(r exportRow) string { return exportScore(r.point.Experience, "company") }},
	{"delay", func(r exportRow) string { return exportDuration(r.point.Delay) }},
	{"waits", func(r exportRow) string { return exportDuration(r.point.Waits) }},
	{"takes", func(r exportRow) string { return exportDuration(r.point.Takes) }},
	{"requires", func(r exportRow) string { return exportJoined(r.point.Requires, exportRequirement) }},
	{"asks", func(r exportRow) string { return exportJoined(r.point.Asks, exportValue) }},
	{"gives", func(r exportRow) string { return exportJoined(r.point.Gives, exportValue) }},
	{"binding", exportRow.bindingCell},
	{"promise", func(r exportRow) string { return r.point.Promise.In(r.names.language) }},
	{"description", func(r exportRow) string { return r.point.Description.In(r.names.language) }},
}

// exportSheet writes a header and a row for each step, path by path.
func exportSheet(w io.Writer, comma rune, g *corridor.Graph, o ExportOptions) error {
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = comma, comma == ',' // as RFC 4180 has it
	header := exportEach(exportColumns, func(c exportColumn) string { return c.header })
	if err := out.Write(header); err != nil {
		return err
	}
	names := newExportNames(g, o)
	m := &exportSheetMaker{names, g, names.staged(g)}
	for i := range g.Steps {
		r := m.row(i)
		cells := exportEach(exportColumns, func(c exportColumn) string { return exportCell(c.cell(r)) })
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (m *exportSheetMaker) row(number int) exportRow {
	s := m.graph.Steps[number]
	r := exportRow{m, number, s, m.graph.Paths[s.Path], m.graph.Paths[s.Path].Def, s.Touchpoint}
	if r.def == nil {
		r.def = &model.Path{}
	}
	if r.point == nil {
		r.point = &model.Touchpoint{}
	}
	return r
}

// id names a step in one word: its touchpoint, and the how manieth visit of it
// in the sheet where it has several. A slash would read as a list there.
func (m *exportSheetMaker) id(step int) string {
	t := m.graph.Steps[step].Touchpoint
	if t == nil {
		return ""
	}
	visits := m.graph.Visits(t.ID.Value)
	if n := slices.Index(visits, step); n > 0 {
		return t.ID.Value + "#" + strconv.Itoa(n+1)
	}
	return t.ID.Value
}

func (m *exportSheetMaker) stepCell(n *model.StepName) string {
	if n == nil {
		return ""
	}
	if i, ok := m.graph.Resolve(*n); ok {
		return m.id(i)
	}
	return n.String()
}

func (r exportRow) pathCell() string {
	if r.path.Kind == model.Basic {
		return r.path.ID
	}
	return r.path.Kind.String() + ": " + r.path.ID
}

func (r exportRow) insteadCell() string {
	return exportJoined(r.def.InsteadOf, func(n model.StepName) string { return r.stepCell(&n) })
}

func (r exportRow) bindingCell() string {
	if r.point.Binding.Value {
		return "yes"
	}
	return ""
}

func (r exportRow) stageCell() string {
	if !r.staged || r.step.Touchpoint == nil {
		return ""
	}
	return r.names.stage(r.step.Stage)
}

// exportCell returns the text of a cell that no spreadsheet takes for a
// formula, and runs: an apostrophe before it says that it is text, as OWASP
// advises ("CSV Injection"). Whoever reads a sheet takes it off again.
func exportCell(text string) string {
	if exportFormula(text) {
		return "'" + text
	}
	return text
}

// exportFormula reports whether a text begins like a formula.
func exportFormula(text string) bool {
	return text != "" && strings.IndexByte("=+-@\t\r\n", text[0]) >= 0
}

// exportJoined lists things in one cell.
func exportJoined[T any](list []T, text func(T) string) string {
	all := make([]string, len(list))
	for i, v := range list {
		all[i] = text(v)
	}
	return strings.Join(all, ", ")
}

func exportValue(n model.Name) string { return n.Value }

// exportRequirement writes a choice in words: a bar would read as a list.
func exportRequirement(r model.Requirement) string { return strings.Join(r.AnyOf, " or ") }

func exportShare(share *source.Spanned[float64]) string {
	if share == nil {
		return ""
	}
	return finding.Percent(share.Value)
}

// exportDuration writes a time as the language does.
func exportDuration(d *model.Duration) string {
	if d == nil {
		return ""
	}
	return finding.Seconds.Format(d.Value.Seconds())
}

// exportScore returns the score that someone gives, "" where they give none.
func exportScore(ratings []model.Rating, who string) string {
	for _, r := range ratings {
		if r.Who.Value == who {
			return strconv.FormatFloat(r.Score.Value, 'f', -1, 64)
		}
	}
	return ""
}
