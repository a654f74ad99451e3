package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

var jsonFormat = Format{
	Name:    "json",
	Summary: "one JSON object with all findings, for programs",
	Write:   writeJSON,
	Whole:   true,
}

// jsonReport is version 1 of the JSON format. Fields may be added to it; none
// changes its meaning or goes away.
type jsonReport struct {
	Version  int           `json:"version"`
	Complete bool          `json:"complete"`
	Problems []string      `json:"problems"` // what could not be checked and is no finding
	Files    int           `json:"files"`
	Findings []jsonFinding `json:"findings"`
	Aside    []string      `json:"aside"` // what was found and is not among the findings
	Counts   jsonCounts    `json:"counts"`
}

// jsonFinding: lines and columns start at 1 and count code points, ends are
// exclusive. A finding without a place has an empty file and only ones.
type jsonFinding struct {
	Rule        string        `json:"rule"`
	Severity    string        `json:"severity"`
	File        string        `json:"file"`
	Line        int           `json:"line"`
	Column      int           `json:"column"`
	EndLine     int           `json:"endLine"`
	EndColumn   int           `json:"endColumn"`
	Message     string        `json:"message"`
	Help        string        `json:"help"`
	Subject     string        `json:"subject"`
	Fingerprint string        `json:"fingerprint"`
	Related     []jsonRelated `json:"related"`
	Fix         *jsonFix      `json:"fix,omitempty"`
}

type jsonRelated struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
	Step    int    `json:"step,omitempty"` // from 1 for a step of the way that a customer goes
}

// jsonFix: its edits change the files as they were read; none overlaps another.
type jsonFix struct {
	Title string     `json:"title"`
	Edits []jsonEdit `json:"edits"`
}

// jsonEdit replaces what stands in a place by a text.
type jsonEdit struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Text      string `json:"text"`
}

type jsonCounts struct {
	Error   int `json:"error"`
	Warning int `json:"warning"`
	Note    int `json:"note"`
}

func writeJSON(w io.Writer, r Report, _ Style) error {
	report := jsonReport{
		Version: 1, Complete: r.complete(), Problems: append([]string{}, r.Problems...),
		Files: r.Files, Findings: []jsonFinding{}, Aside: append([]string{}, r.Aside...),
	}
	for _, f := range r.Findings {
		report.Findings = append(report.Findings, newJSONFinding(f))
	}
	report.Counts.Error, report.Counts.Warning, report.Counts.Note = finding.Count(r.Findings)

	return encode(w, report)
}

// encode writes a value as JSON that people can read too and in which no
// character is hidden.
func encode(w io.Writer, value any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return err
	}
	_, err := w.Write(escapeHidden(b.Bytes()))
	return err
}

func newJSONFinding(f finding.Finding) jsonFinding {
	p := jsonPlace(f.Span)
	j := jsonFinding{
		Rule: f.Rule, Severity: f.Severity.String(),
		Line: p.from.Line, Column: p.from.Column, EndLine: p.to.Line, EndColumn: p.to.Column,
		Message: f.Message, Help: f.Help, Subject: f.Subject, Fingerprint: f.Fingerprint,
		Related: []jsonRelated{},
	}
	if p.file != nil {
		j.File = p.file.Name
	}
	for _, related := range f.Related {
		j.Related = append(j.Related, newJSONRelated(related))
	}
	if edits := editsOf(f); len(edits) > 0 {
		j.Fix = &jsonFix{Title: f.Fix.Title}
		for _, e := range edits {
			j.Fix.Edits = append(j.Fix.Edits, jsonEdit{
				File: e.file.Name, Line: e.from.Line, Column: e.from.Column,
				EndLine: e.to.Line, EndColumn: e.to.Column, Text: e.text,
			})
		}
	}
	return j
}

// edit is a change of the text of a place.
type edit struct {
	place
	text string
}

// editsOf returns the changes that put a finding right: all or, where one of
// them has no place, none.
func editsOf(f finding.Finding) []edit {
	if f.Fix == nil {
		return nil
	}
	var edits []edit
	for _, e := range f.Fix.Edits {
		p, ok := placeOf(e.Span)
		if !ok {
			return nil
		}
		edits = append(edits, edit{p, e.Text})
	}
	return edits
}

func newJSONRelated(r finding.Related) jsonRelated {
	p := jsonPlace(r.Span)
	j := jsonRelated{Line: p.from.Line, Column: p.from.Column, Message: r.Message, Step: r.Step}
	if p.file != nil {
		j.File = p.file.Name
	}
	return j
}

// jsonPlace is placeOf with the numbers of a span that is no place.
func jsonPlace(span source.Span) place {
	if p, ok := placeOf(span); ok {
		return p
	}
	first := source.Position{Line: 1, Column: 1}
	return place{from: first, to: first}
}

// escapeHidden writes the hidden characters that encoding/json leaves as they
// are, such as U+009B, as escapes. They stand in strings only, so the value
// stays the same.
func escapeHidden(data []byte) []byte {
	if !bytes.ContainsFunc(data, hiddenInLine) {
		return data
	}
	var b bytes.Buffer
	for _, r := range string(data) {
		if hiddenInLine(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.Bytes()
}

func hiddenInLine(r rune) bool { return r != '\n' && hidden(r) }
