package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// closedSchema is the schema of the json format with no room for fields that it
// does not describe, so that none is forgotten in it.
func closedSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	if s, ok := schemas.Load("closed"); ok {
		return s.(*jsonschema.Schema)
	}
	var root map[string]any
	if err := json.Unmarshal(Schema(), &root); err != nil {
		t.Fatal(err)
	}
	describe(t, root, func(object map[string]any) { object["additionalProperties"] = false })
	text, err := json.Marshal(root)
	if err != nil {
		t.Fatal(err)
	}
	s := compile(t, text)
	schemas.Store("closed", s)
	return s
}

// describe calls do for all schemas of objects, and wants a sentence on
// everything.
func describe(t *testing.T, s map[string]any, do func(map[string]any)) {
	t.Helper()
	if d, _ := s["description"].(string); s["$ref"] == nil && !strings.HasSuffix(d, ".") {
		t.Errorf("no sentence describes %v", s)
	}
	for _, key := range []string{"properties", "definitions"} {
		parts, _ := s[key].(map[string]any)
		for _, part := range parts {
			describe(t, part.(map[string]any), do)
		}
	}
	if s["properties"] != nil {
		do(s)
	}
}

func TestSchema(t *testing.T) {
	if s := compile(t, Schema()); s.DraftVersion != 7 {
		t.Errorf("the schema is read as draft %d", s.DraftVersion)
	}
	var root struct {
		ID string `json:"$id"`
	}
	if err := json.Unmarshal(Schema(), &root); err != nil || root.ID != SchemaID {
		t.Errorf("the schema calls itself %q, not %q: %v", root.ID, SchemaID, err)
	}
	s := compile(t, Schema())
	for text, valid := range map[string]bool{
		`{"version": 1, "complete": true, "problems": [], "files": 0, "findings": [], "aside": [], "counts": {"error": 0, "warning": 0, "note": 0}}`:                true,
		`{"version": 1, "complete": true, "problems": [], "files": 0, "findings": [], "aside": [], "counts": {"error": 0, "warning": 0, "note": 0}, "later": true}`: true,
		`{"version": 2, "complete": true, "problems": [], "files": 0, "findings": [], "aside": [], "counts": {"error": 0, "warning": 0, "note": 0}}`:                false,
		`{"version": 1, "complete": true, "problems": [], "files": 0, "findings": [{}], "aside": [], "counts": {"error": 0, "warning": 0, "note": 0}}`:              false,
		`{"version": 1}`: false,
	} {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(value); (err == nil) != valid {
			t.Errorf("%s: %v", text, err)
		}
	}
}
