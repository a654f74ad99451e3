package report

import (
	"bytes"
	"strings"
	"sync"
	"testing"

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
