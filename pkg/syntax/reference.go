package syntax

import _ "embed"

// Reference is the reference of the language for its authors, as Markdown.
//
//go:embed docs/language.md
var Reference string

// SettingsReference is the reference of the settings file, as Markdown.
//
//go:embed docs/settings.md
var SettingsReference string
