package baseline

import _ "embed"

// Schema is the JSON Schema (draft-07) of a baseline.
//
//go:embed baseline.schema.json
var Schema []byte
