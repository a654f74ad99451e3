// Package convert brings in the journeys that people already have: it reads
// other formats into a [model.Document] whose every value has its place in the
// foreign file, and writes corridors as such files.
//
// Each format is one file with a [Format] in [Formats]. A reader turns its text
// into a neutral flow (flow.go): steps, ways between them, and where ways part
// and meet. What is wrong with a flow is found once for all formats
// (structure.go), and one road leads from a flow to a corridor (corridor.go). What
// a corridor cannot carry is a `lossy-import` finding, item by item; where it
// may change who gets through, the document says that answers are bounds.
package convert

import (
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// Format is a kind of file that other programs write.
type Format struct {
	Name    string   // as `corridor import --from` knows it: bpmn
	Title   string   // as people know it: BPMN 2.0 XML
	Endings []string // of its files, with the dot
	// detect reports whether a file is of this format. It looks at the text as
	// it was saved, in whatever encoding, and at the name only where no text
	// can tell. It is quick: it may look at the beginning only.
	detect func(name string, data []byte) bool
	read   reader
	// decode makes UTF-8 of a text, by what the text itself says of its
	// encoding; nil where the format is UTF-8 always. What it cannot decode it
	// returns as it is. Guessed is the name of the encoding where the text
	// does not say it.
	decode func(data []byte) (text []byte, guessed string)
}

// reader reads a text into a flow, with what is wrong with the text. The flow
// is nil where nothing can be read, which a finding says.
type reader func(*source.File, Options) (*flow, []finding.Finding)

// Formats are those that can be read, in the order in which a text is tried
// for them.
var Formats = []Format{bpmn, cjml, ojf, govuk, xgov, defra, mermaid, sheet}

// Options say how a file is to be read, where that is not plain. The zero
// Options leave it to the file.
type Options struct {
	// Columns are what the columns of a sheet mean, in the words of the
	// language: the header or number of a column → stage, touchpoint, channel …
	Columns map[string]string
	// Pool is the name or id of the participant whose journey it is.
	Pool string
	// Guessed is the encoding that [Format.Decode] guessed; "" for none.
	Guessed string
}

// FormatNamed returns the format of a name.
func FormatNamed(name string) (Format, bool) {
	for _, f := range Formats {
		if strings.EqualFold(f.Name, name) {
			return f, true
		}
	}
	return Format{}, false
}

// Detect returns the format that a file is of, by its content. Where that is
// not plain, as with sheets, it is by the ending of the name.
func Detect(name string, data []byte) (Format, bool) {
	for _, f := range Formats {
		if f.detect(name, data) {
			return f, true
		}
	}
	return Format{}, false
}

// Decode returns the text of a file in UTF-8, and the name of the encoding
// where it had to be guessed, for [Options].
func (f Format) Decode(data []byte) (text []byte, guessed string) {
	if f.decode == nil {
		return data, ""
	}
	return f.decode(data)
}

// withoutVague leaves out what is unclear about a step or gateway of which it
// was found out that it never goes on: that is the same defect.
func withoutVague(findings []finding.Finding, found finding.Finding) []finding.Finding {
	if found.Rule != deadlock && found.Rule != endlessLoop {
		return findings
	}
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		return f.Rule == unclearFlow && f.Subject == found.Subject
	})
}

// Import reads a file of the format. The document is nil where nothing could
// be read, which a finding says; its values have their places in the file.
func (f Format) Import(file *source.File, o Options) (*model.Document, []finding.Finding) {
	flow, findings := f.read(file, o)
	if flow == nil {
		return nil, findings
	}
	flow.guessed(o.Guessed)
	flow.speak()
	findings = append(findings, flow.findings...)
	for _, found := range flow.structure() {
		findings = finding.Append(withoutVague(findings, found), found)
	}
	doc, more := flow.document()
	for _, found := range more {
		findings = finding.Append(findings, found)
	}
	if doc != nil {
		doc.Format = f.Name
	}
	return doc, findings
}
