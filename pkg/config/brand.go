package config

import "github.com/customer-corridor/corridor/pkg/source"

// Brand is what a brand file says of a team's maps, value by value with its
// place. Colours are written #rrggbb, in small letters.
type Brand struct {
	File   *source.File
	Logo   source.Spanned[string] // a path relative to the file
	Colors BrandColors
}

// BrandColors are a team's own colours; "" where it says none.
type BrandColors struct {
	Ink, Band, Chevron source.Spanned[string]
	Owners             []source.Spanned[string]
}
