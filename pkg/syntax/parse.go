// Package syntax reads the corridor language: YAML or JSON text in, a
// [model.Document] and findings out; it lays such text out ([Format]) and writes
// documents ([Print]). The tables in keys.go say what the language is; the
// parser, the writer, the JSON Schema and the formatter all follow them, so that
// they cannot drift apart.
//
// The tables in keys_settings.go do the same for a team's settings file.
//
// It is the only package that knows yaml.v3.
package syntax

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// Limits of what is read. They are far above what a journey needs and keep
// hostile input from costing time or memory.
const (
	MaxFileSize    = 4 << 20       // bytes of one file
	MaxDepth       = 50            // maps and lists within each other
	MaxAliasValues = 100_000       // values after writing out every *alias
	MaxNameLength  = 100           // code points of an id
	MaxFindings    = finding.Limit // findings that reading one file reports
)

// Parse reads one file. The document holds whatever could be read; it is nil
// only if the text is no YAML at all, which an `invalid-yaml` finding says.
func Parse(file *source.File) (*model.Document, []finding.Finding) {
	read := parse(file)
	return read.doc, read.findings
}

// reading is what was read from one file.
type reading struct {
	root     *yaml.Node // nil: there is none, or it must not be walked
	doc      *model.Document
	findings []finding.Finding
}

func parse(file *source.File) reading {
	r := newReader(file)
	root := r.decode()
	if root == nil || !r.guard(root) {
		return reading{findings: r.findings}
	}
	doc := &model.Document{File: file}
	if r.supported(root) {
		document.read(r, root, doc)
		doc.Suppressions = r.suppressions(root)
	}
	doc.Hidden, doc.Unread = r.hidden, r.unread
	return reading{root, doc, r.findings}
}

// decode returns the root of the first YAML document, or nil after reporting
// why there is none.
func (r *reader) decode() *yaml.Node {
	if problem := r.unreadable(); problem != "" {
		return nil
	}
	if r.json || strings.EqualFold(path.Ext(r.file.Name), ".json") {
		return r.decodeJSON()
	}
	if root := r.decodeAlone(); root != nil {
		return content(root)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(r.file.Text))
	root, err := decodeNode(decoder)
	switch {
	case errors.Is(err, io.EOF):
		r.empty()
		return nil
	case err != nil:
		r.syntaxError(err)
		return nil
	}
	r.onlyDocument(decoder)
	return content(root)
}

// decodeAlone decodes the usual file, in which nothing can end the first
// document: that costs less than to look for a second one. It returns nil for
// any other file, and for one with a mistake.
func (r *reader) decodeAlone() (root *yaml.Node) {
	if bytes.Contains(r.file.Text, []byte("---")) || bytes.Contains(r.file.Text, []byte("...")) {
		return nil
	}
	defer func() {
		if recover() != nil {
			root = nil // decodeNode tells
		}
	}()
	root = new(yaml.Node)
	if yaml.Unmarshal(r.file.Text, root) != nil {
		return nil
	}
	if c := content(root); c.Kind != yaml.MappingNode || c.Style&yaml.FlowStyle != 0 || c.Content[0].Column > 1 {
		return nil // a closing bracket, a quote or a line further left can end it too
	}
	return root
}

// decodeNode decodes the next document. A panic of the YAML reader becomes
// an error: no input may end the program.
func decodeNode(decoder *yaml.Decoder) (node *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("yaml: the reader failed: %v", p)
		}
	}()
	node = new(yaml.Node)
	err = decoder.Decode(node)
	return node, err
}

func content(document *yaml.Node) *yaml.Node {
	if document.Kind == yaml.DocumentNode && len(document.Content) > 0 {
		return document.Content[0]
	}
	return document
}

// onlyDocument reports a second document in the same file, or what is wrong
// with its text.
func (r *reader) onlyDocument(decoder *yaml.Decoder) {
	second, err := decodeNode(decoder)
	switch {
	case errors.Is(err, io.EOF):
	case err != nil:
		r.syntaxError(err)
	default:
		at := r.places.offset(second.Line, second.Column)
		r.report("invalid-yaml", r.to(at, r.endOfLine(at)),
			"a second document starts here; a corridor file holds one journey",
			"Put each journey into a file of its own; what follows this `---` was not checked.")
	}
}

// empty reports a file without any content.
func (r *reader) empty() {
	if r.mayBeEmpty {
		return
	}
	r.report("missing-key", r.to(0, 0), "the file is empty; a corridor needs at least `corridor: 1` and a `title`",
		"`corridor init` writes a commented file to start from.")
}

// supported reports whether the file is of a format version that is known
// here; the rest of a newer file would only give misleading findings.
func (r *reader) supported(root *yaml.Node) bool {
	for key, value := range pairs(root) {
		if key.Value != "corridor" || value.Kind != yaml.ScalarNode || value.ShortTag() != "!!int" || value.Value == "1" {
			continue
		}
		r.push("corridor", r.span(key))
		r.report("unsupported-version", r.span(value),
			fmt.Sprintf("format version %s is not known to this program", value.Value),
			"Write `corridor: 1`, or install a newer corridor: what that version means is not known here.")
		return false
	}
	return true
}

// packed names what a file is that office and drawing programs write, and that
// no editor shows as text; "" for all others.
func packed[T string | []byte](text T) string {
	for _, kind := range [...]struct{ begin, name string }{
		{"PK\x03\x04", "a workbook, document or drawing of an office program, or another ZIP archive"},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook, document or drawing of an old office program"},
		{"%PDF-", "a PDF document"},
		{"\x89PNG", "a picture"},
	} {
		if strings.HasPrefix(string(text[:min(len(text), len(kind.begin))]), kind.begin) {
			return kind.name
		}
	}
	return ""
}

// unreadable reports text that is too long or no UTF-8, and says whether it
// did.
func (r *reader) unreadable() string {
	text := r.file.Text
	problem, help, at := "", "", 0
	switch {
	case len(text) > MaxFileSize:
		problem = fmt.Sprintf("the file is larger than %d MB, which is more than is read", MaxFileSize>>20)
		help = "Split the journey and join the parts with `imports`."
	case packed(text) != "":
		problem = "the file is " + packed(text) + ", not a text"
		help = "Save a sheet as CSV, or export a model as BPMN 2.0 XML, with the program that made it; corridor reads those."
	case utf16(text):
		problem = "the file is saved as UTF-16, which corridor does not read"
		help = "Save it as UTF-8: in most editors under \"Save as\", \"Encoding\"."
	default:
		at = invalidUTF8(text)
		if at < 0 {
			return ""
		}
		problem = fmt.Sprintf("the byte %#x here is not UTF-8 text", text[at])
		help = "The file was probably saved in an older encoding such as Windows-1256; save it as UTF-8."
	}
	r.report("invalid-yaml", r.to(at, at), problem, help)
	return problem
}
