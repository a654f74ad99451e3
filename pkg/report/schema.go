package report

import (
	"bytes"
	_ "embed"
)

// SchemaID names the schema of the json format.
const SchemaID = home + "/schema/report-1.json"

//go:embed report.schema.json
var schema []byte

// Schema returns the JSON Schema (draft-07) of the json format. It requires
// what every report has and allows more, as fields may be added.
func Schema() []byte { return bytes.Clone(schema) }
