package config

import (
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// FileName is the name of a file with settings. It also marks the folder of
// a workspace.
const FileName = ".corridor.yaml"

// Settings are what one settings file says, value by value with its place.
type Settings struct {
	File     *source.File
	Rules    []Line
	MinScore *source.Spanned[float64] // 0 to 1; nil: not said
	Baseline source.Spanned[string]   // a path relative to the file
	// Never are rules and groups that no comment in a journey may suppress.
	Never     []source.Spanned[string]
	Overrides []Override
}

// Line says what holds for a rule, or for a group of rules.
type Line struct {
	ID         source.Spanned[string]
	Level      source.Spanned[string] // one of Levels; "": not said
	Thresholds []Threshold
}

// Threshold is a limit as it is written.
type Threshold struct {
	Name  source.Spanned[string]
	Value source.Spanned[model.Quantity]
}

// Override is what holds for some files only.
type Override struct {
	Files    []source.Spanned[string] // patterns, relative to the settings file
	Rules    []Line
	MinScore *source.Spanned[float64]
}

// Levels are what may be said of a rule: off, on as usual, or on with a
// severity.
var Levels = []string{"off", "on", "note", "warning", "error"}
