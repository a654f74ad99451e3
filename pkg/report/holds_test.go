package report

import (
	"bytes"
	"os"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// holds checks what every output of a format is, whatever it reports.
func holds(t *testing.T, format Format, out string) {
	t.Helper()
	if strings.ContainsFunc(out, hiddenInLine) && format.Name != prettyFormat.Name { // that has colours
		t.Errorf("%s lets a hidden character through: %q", format.Name, out)
	}
	switch format.Name {
	case jsonFormat.Name:
		validates(t, closedSchema(t), out)
	case sarifFormat.Name:
		validates(t, schemaFile(t, "testdata/sarif-schema-2.1.0.json"), out)
		holdsSARIF(t, out)
	case gitlabFormat.Name:
		validates(t, schemaFile(t, "testdata/gitlab-schema.json"), out)
		holdsGitLab(t, out)
	case junitFormat.Name:
		holdsJUnit(t, out)
	case markdownFormat.Name:
		if n := utf8.RuneCountInString(out); n >= 65_536 {
			t.Errorf("%d characters are too many for a comment on GitHub", n)
		}
	}
}

func validates(t *testing.T, schema *jsonschema.Schema, out string) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(out))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Errorf("%v in\n%s", err, out)
	}
}

var schemas sync.Map // by file

func schemaFile(t *testing.T, path string) *jsonschema.Schema {
	t.Helper()
	if s, ok := schemas.Load(path); ok {
		return s.(*jsonschema.Schema)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := compile(t, text)
	schemas.Store(path, s)
	return s
}

func compile(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}
