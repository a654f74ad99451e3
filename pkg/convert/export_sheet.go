package convert

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
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
	names  exportNames
	staged bool // the journey tells stages apart
	step   corridor.Step
	path   string
	def    *model.Path       // an empty one for the basic path
	point  *model.Touchpoint // an empty one for the empty way of an alternative
}

// exportColumns say of a path where it hangs in every one of its rows, so that
// a sheet can be sorted and filtered.
var exportColumns = []exportColumn{
	{"path", func(r exportRow) string { return r.path }},
	{"after", func(r exportRow) string { return exportStep(r.def.After) }},
	{"before", func(r exportRow) string { return exportStep(r.def.Before) }},
	{"instead-of", func(r exportRow) string { return exportJoined(r.def.InsteadOf, model.StepName.String) }},
	{"stage", exportRow.stage},
	{"touchpoint", func(r exportRow) string { return r.point.ID.Value }},
	{"name", func(r exportRow) string { return r.names.of(r.point.Definition) }},
	{"channel", func(r exportRow) string { return r.point.Channel.Value }},
	{"owner", func(r exportRow) string { return r.names.department(r.point.Owner.Value) }},
	{"experience", func(r exportRow) string { return exportScore(r.point) }},
	{"takes", func(r exportRow) string { return exportDuration(r.point.Takes) }},
	{"waits", func(r exportRow) string { return exportDuration(r.point.Waits) }},
	{"requires", func(r exportRow) string { return exportJoined(r.point.Requires, exportRequirement) }},
	{"gives", func(r exportRow) string {
		return exportJoined(r.point.Gives, func(n model.Name) string { return n.Value })
	}},
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
	staged := names.staged(g)
	for _, s := range g.Steps {
		r := newExportRow(names, staged, g.Paths[s.Path], s)
		cells := exportEach(exportColumns, func(c exportColumn) string { return exportCell(c.cell(r)) })
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func newExportRow(names exportNames, staged bool, p corridor.Path, s corridor.Step) exportRow {
	r := exportRow{names, staged, s, p.ID, p.Def, s.Touchpoint}
	if r.def == nil {
		r.def = &model.Path{}
	}
	if r.point == nil {
		r.point = &model.Touchpoint{}
	}
	return r
}

func (r exportRow) stage() string {
	if !r.staged || r.step.Touchpoint == nil {
		return ""
	}
	return r.names.stage(r.step.Stage)
}

// exportCell returns the text of a cell that no spreadsheet takes for a
// formula: an apostrophe before it says that it is text.
func exportCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}

// exportJoined lists things in one cell.
func exportJoined[T any](list []T, text func(T) string) string {
	all := make([]string, len(list))
	for i, v := range list {
		all[i] = text(v)
	}
	return strings.Join(all, ", ")
}

func exportStep(n *model.StepName) string {
	if n == nil {
		return ""
	}
	return n.String()
}

func exportRequirement(r model.Requirement) string { return strings.Join(r.AnyOf, "|") }

// exportDuration writes a time as the language does.
func exportDuration(d *model.Duration) string {
	if d == nil {
		return ""
	}
	return finding.Seconds.Format(d.Value.Seconds())
}

// exportScore returns how customers in general live a touchpoint, "" where
// nothing is said.
func exportScore(t *model.Touchpoint) string {
	for _, r := range t.Experience {
		if r.Who.Value == "customer" {
			return strconv.FormatFloat(r.Score.Value, 'f', -1, 64)
		}
	}
	return ""
}
