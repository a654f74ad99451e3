package convert

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// TestSheets prints the flow and the findings of each sheet in testdata/sheet.
// A section `columns` has a line HEADER=MEANING each; a section `encoding` says
// how the sheet is saved before it is read.
func TestSheets(t *testing.T) {
	golden.Run(t, "testdata/sheet/*.txtar", func(t *testing.T, a *golden.Archive) {
		o := Options{Columns: map[string]string{}}
		if columns, ok := a.Input("columns"); ok {
			for _, line := range strings.Fields(string(columns)) {
				header, meaning, _ := strings.Cut(line, "=")
				o.Columns[header] = meaning
			}
		}
		name, data := sheetInput(t, a)
		format, ok := Detect(name, data)
		if !ok || format.Name != "csv" {
			t.Fatalf("%s is not taken for a sheet", name)
		}
		text, guessed := format.Decode(data)
		o.Guessed = guessed
		flow, findings := sheetRead(source.New(name, text), o)
		if flow != nil {
			flow.guessed(guessed)
			findings = append(findings, flow.findings...)
		}
		a.Equal("flow", []byte(printedFlow(flow)))
		a.Equal("findings", []byte(printedFindings(findings)))
	})
}

// sheetInput returns the sheet of an archive, in its encoding.
func sheetInput(t *testing.T, a *golden.Archive) (name string, data []byte) {
	t.Helper()
	name = a.Files[0].Name
	data, _ = a.Input(name)
	encoding, _ := a.Input("encoding")
	switch word := strings.TrimSpace(string(encoding)); word {
	case "":
	case "windows-1256":
		data = encoded(t, charmap.Windows1256, string(data))
	case "windows-1252":
		data = encoded(t, charmap.Windows1252, string(data))
	case "utf-16le":
		data = encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), strings.ReplaceAll(string(data), "\n", "\r\n"))
	default:
		t.Fatalf("no encoding %q", word)
	}
	return name, data
}

func printedFindings(findings []finding.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		from := f.Span.From()
		fmt.Fprintf(&b, "%d:%d %s %q: %s\n", from.Line, from.Column, f.Rule, f.Span.Text(), f.Message)
		if f.Help != "" {
			fmt.Fprintf(&b, "    %s\n", f.Help)
		}
	}
	return b.String()
}

// printedFlow writes down all that a flow says.
func printedFlow(f *flow) string {
	if f == nil {
		return "none\n"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\n", f.doc.Title.Plain)
	printField(&b, "description", f.doc.Description.Plain)
	printField(&b, "language", f.doc.Language.Value)
	for _, s := range f.doc.Stages {
		printDefinition(&b, "stage", s.Definition)
	}
	for _, c := range f.doc.Capabilities {
		printDefinition(&b, "capability", c.Definition)
	}
	for _, c := range f.doc.Channels {
		printDefinition(&b, "channel", c.Definition)
	}
	for _, d := range f.doc.Departments {
		printDefinition(&b, "department", d.Definition)
	}
	for _, c := range f.doc.Customers {
		printDefinition(&b, "customer", c.Definition)
	}
	for i, n := range f.nodes {
		fmt.Fprintf(&b, "%d %s %s", i, [...]string{"step", "gateway", "start", "end"}[n.kind], n.key)
		if n.name.Value != n.key {
			fmt.Fprintf(&b, " (%s)", n.name.Value)
		}
		fmt.Fprintf(&b, " @%d\n", n.span.From().Line)
		printTouchpoint(&b, n.touchpoint)
	}
	for _, e := range f.edges {
		fmt.Fprintf(&b, "%d → %d", e.from, e.to)
		if e.label.Value != "" {
			fmt.Fprintf(&b, " %q", e.label.Value)
		}
		if e.share != nil {
			fmt.Fprintf(&b, " %v", e.share.Value)
		}
		fmt.Fprintln(&b)
	}
	return b.String()
}

func printField(b *strings.Builder, name, value string) {
	if value != "" {
		fmt.Fprintf(b, "%s: %q\n", name, value)
	}
}

func printDefinition(b *strings.Builder, what string, d model.Definition) {
	fmt.Fprintf(b, "%s %s", what, d.ID.Value)
	if d.Name.Plain != "" {
		fmt.Fprintf(b, " (%s)", d.Name.Plain)
	}
	from := d.ID.Span.From()
	fmt.Fprintf(b, " @%d:%d\n", from.Line, from.Column)
}

// printTouchpoint writes each field that is set, in the order of the model.
func printTouchpoint(b *strings.Builder, t model.Touchpoint) {
	printField(b, "    description", t.Description.Plain)
	v := reflect.ValueOf(t)
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.Name != "Definition" && !v.Field(i).IsZero() {
			fmt.Fprintf(b, "    %s: %s\n", field.Name, printed(v.Field(i)))
		}
	}
}

func printed(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case source.Span:
		return ""
	case time.Duration:
		return x.String()
	case model.Text:
		return fmt.Sprintf("%q", x.Plain)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return printed(v.Elem())
	case reflect.Slice:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, printed(v.Index(i)))
		}
		return "[" + strings.Join(parts, " ") + "]"
	case reflect.Struct:
		var parts []string
		for i := range v.NumField() {
			if p := printed(v.Field(i)); p != "" {
				parts = append(parts, p)
			}
		}
		return strings.Join(parts, " ")
	}
	return fmt.Sprint(v.Interface())
}
