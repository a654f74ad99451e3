package syntax

import (
	"encoding/json"
	"maps"
)

// schema is a part of a JSON Schema (draft-07, which editors know best).
type schema = map[string]any

// SchemaID names the schema of the language.
const SchemaID = "https://github.com/customer-corridor/corridor/schema/corridor-1.json"

var (
	nameSchema = schema{"type": []string{"string", "integer"}, "maxLength": MaxNameLength, "pattern": `^[\p{L}\p{M}\p{N}_-]+$`}
	textSchema = schema{"anyOf": []schema{
		{"type": "string", "minLength": 1},
		{"type": "object", "minProperties": 1, "additionalProperties": schema{"type": "string", "minLength": 1},
			"propertyNames": schema{"pattern": `^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`}},
	}}
)

// Schema returns the JSON Schema of the language. It is made from the tables
// that the parser reads by.
func Schema() []byte {
	s := document.jsonSchema()
	maps.Copy(s, schema{
		"$schema":     "http://json-schema.org/draft-07/schema#",
		"$id":         SchemaID,
		"title":       "Corridor",
		"description": "A customer journey: customers, needs, touchpoints and the paths between them.",
	})
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic(err) // the tables hold nothing but strings, numbers and maps
	}
	return append(text, '\n')
}

// jsonSchema describes an object with its keys.
func (o *object[T]) jsonSchema() schema {
	properties, required := schema{}, []string{}
	for _, f := range o.fields {
		p := schema{"description": f.doc}
		maps.Copy(p, f.schema)
		properties[f.key] = p
		if f.required {
			required = append(required, f.key)
		}
	}
	s := schema{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// mapSchema describes a map of id → object. Nothing after the colon is an
// empty object, where none of its keys is required.
func (o *object[T]) mapSchema(short bool) schema {
	object := o.jsonSchema()
	if object["required"] == nil {
		object["type"] = []string{"object", "null"}
	}
	var value any = object
	if short {
		value = schema{"anyOf": []schema{object, {"type": []string{"string", "integer"}}}}
	}
	return schema{"type": "object", "additionalProperties": value, "propertyNames": nameSchema}
}
