package syntax

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/customer-corridor/corridor/pkg/model"
)

// schema is a part of a JSON Schema (draft-07, which editors know best).
type schema = map[string]any

// as says a schema that is at hand. Those of objects are made when they are
// asked for: few commands ask, and all of them start.
func as(s schema) func() schema { return func() schema { return s } }

// The names of the schemas: of the language, and of the settings file.
const (
	SchemaID         = "https://github.com/customer-corridor/corridor/schema/corridor-1.json"
	SettingsSchemaID = "https://github.com/customer-corridor/corridor/schema/settings-1.json"
)

var (
	nameSchema   = schema{"type": []string{"string", "integer"}, "maxLength": MaxNameLength, "pattern": "^" + namePattern + "$"}
	idSchema     = schema{"type": []string{"string", "integer"}, "maxLength": MaxNameLength, "pattern": "^" + namePattern + "$", "not": schema{"enum": model.Reserved}}
	stringSchema = schema{"type": "string", "pattern": `\S`}
	textSchema   = schema{"anyOf": []schema{
		stringSchema,
		{"type": "object", "minProperties": 1, "additionalProperties": stringSchema,
			"propertyNames": schema{"maxLength": MaxNameLength, "pattern": `^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`}},
	}}
)

// namePattern is nameRune as a regular expression.
const namePattern = `[\p{L}\p{M}\p{Nd}` + "\u200c" + `_-]+`

// Schema returns the JSON Schema of the language. It is made from the tables
// that the parser reads by.
func Schema() []byte {
	return schemaText(document.jsonSchema(), SchemaID, "Corridor", "A customer journey: customers, needs, touchpoints and the paths between them.")
}

// SettingsSchema returns the JSON Schema of the settings file, .corridor.yaml.
func SettingsSchema() []byte {
	return schemaText(settings.jsonSchema(), SettingsSchemaID, "Corridor settings", "Which rules hold for journeys, how grave they are, and from which limits on they speak.")
}

func schemaText(s schema, id, title, description string) []byte {
	maps.Copy(s, schema{"$schema": "http://json-schema.org/draft-07/schema#", "$id": id, "title": title, "description": description})
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic(err) // the tables hold nothing but strings, numbers and maps
	}
	return append(text, '\n')
}

// properties are the keys of an object in the order of its table, which is
// the one that people like to read them in; editors and Format follow it.
type properties []property

type property struct {
	key    string
	schema schema
}

// MarshalJSON writes an object that keeps the order.
func (p properties) MarshalJSON() ([]byte, error) {
	text := []byte("{")
	for i, one := range p {
		if i > 0 {
			text = append(text, ',')
		}
		value, err := json.Marshal(one.schema)
		if err != nil {
			return nil, err
		}
		text = append(strconv.AppendQuote(text, one.key), ':')
		text = append(text, value...)
	}
	return append(text, '}'), nil
}

// with returns a copy in which the schema of a key has another keyword.
func (p properties) with(key, keyword string, value any) properties {
	p = slices.Clone(p)
	for i, one := range p {
		if one.key == key {
			p[i].schema = with(one.schema, keyword, value)
		}
	}
	return p
}

// jsonSchema describes an object with its keys.
func (o *object[T]) jsonSchema() schema {
	keys, required := make(properties, 0, len(o.fields)), []string{}
	for _, f := range o.fields {
		keys = append(keys, property{f.key, with(f.schema(), "description", f.doc)})
		if f.required {
			required = append(required, f.key)
		}
	}
	s := schema{"type": "object", "additionalProperties": false, "properties": keys}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// anchorSchema adds to the schema of a map of paths how each says where it
// hangs: an option after or before a step, an alternative instead of a run or
// between two steps.
func anchorSchema(paths schema, kind model.Kind) schema {
	has := func(keys ...string) schema { return schema{"required": keys} }
	path := maps.Clone(paths["additionalProperties"].(schema))
	if kind == model.Optional {
		path["oneOf"] = []schema{has("after"), has("before")}
		path["properties"] = path["properties"].(properties).with("steps", "minItems", 1)
	} else {
		path["anyOf"] = []schema{has("instead-of"), has("after", "before")}
		path["dependencies"] = schema{"instead-of": schema{"not": schema{"anyOf": []schema{has("after"), has("before")}}}}
	}
	return with(paths, "additionalProperties", path)
}

// with returns a copy of a schema in which a keyword has a value.
func with(s schema, keyword string, value any) schema {
	s = maps.Clone(s)
	s[keyword] = value
	return s
}

// mapSchema describes a map of id → object. Nothing after the colon is an
// empty object, where none of its keys is required. A definition in one word
// is the value of the key short.
func (o *object[T]) mapSchema(short string) schema {
	object := o.jsonSchema()
	if object["required"] == nil {
		object["type"] = []string{"object", "null"}
	}
	var value any = object
	if short != "" {
		word := stringSchema
		if short == "channel" {
			word = nameSchema
		}
		value = schema{"anyOf": []schema{object, word}}
	}
	return schema{"type": "object", "additionalProperties": value, "propertyNames": idSchema}
}
