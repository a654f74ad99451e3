package syntax

import (
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// The tables of a brand file: a team's own colours and logo for its maps.

var brand = newObject("a brand file",
	key("logo", pictureName, func(b *config.Brand) *spanned[string] { return &b.Logo }, "A picture, PNG or JPEG, in the folder of this file or below it."),
	field[config.Brand]{key: "colors", schema: brandColors.jsonSchema, doc: "The team's own colours.",
		read: func(r *reader, n *yaml.Node, b *config.Brand) { brandColors.read(r, n, &b.Colors) }},
)

var brandColors = newObject("colors",
	key("ink", color, func(c *config.BrandColors) *spanned[string] { return &c.Ink }, "Words and the basic path, in the light theme."),
	key("band", color, func(c *config.BrandColors) *spanned[string] { return &c.Band }, "The band behind the basic path, in the light theme."),
	key("chevron", color, func(c *config.BrandColors) *spanned[string] { return &c.Chevron }, "The stages, which get lighter along the journey."),
	key("owners", list(color, "a list of colours"), func(c *config.BrandColors) *[]spanned[string] { return &c.Owners }, "The departments, in the order of the file."),
)

var pictureName = scalar(textTags, "the path of a picture", "logo.png", stringSchema, notBlank, words)

// colorText reads a colour as a team's guide to its brand has it.
var colorText = scalar(textTags, "a colour", `"#1e40af"`, schema{"type": "string", "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"}, parseColor, asIs)

var color = value[spanned[string]]{colorText.schema, func(r *reader, n *yaml.Node) (spanned[string], bool) {
	switch {
	case n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		r.wrongType(n, "a colour", "What follows a # is a comment in YAML; put the colour in quotes: `\"#1e40af\"`.")
		return spanned[string]{}, false
	case n.Kind == yaml.ScalarNode && strings.Contains(numberTags, n.ShortTag()):
		r.wrongType(n, "a colour", "Write it with a # and in quotes, such as `\"#1e40af\"`.")
		return spanned[string]{}, false
	}
	return colorText.read(r, n)
}, colorText.write}

// parseColor returns a colour as #rrggbb.
func parseColor(s string) (string, error) {
	digits, marked := strings.CutPrefix(strings.ToLower(s), "#")
	if marked && strings.Trim(digits, "0123456789abcdef") == "" {
		switch len(digits) {
		case 6:
			return "#" + digits, nil
		case 3:
			return string([]byte{'#', digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]}), nil
		}
	}
	return "", problem{finding.Quote(s) + " is not a colour", "Write # and six digits of 0-9 and a-f, in quotes: `\"#1e40af\"`."}
}

// Brand reads a brand file. A file without any content says nothing. Whatever
// is wrong is reported; then the brand is not to be used.
func Brand(file *source.File) (*config.Brand, []finding.Finding) {
	b := &config.Brand{File: file}
	r := newReader(file)
	r.mayBeEmpty = true
	if root := r.decode(); root != nil && r.guard(root) {
		brand.read(r, root, b)
	}
	return b, r.findings
}
