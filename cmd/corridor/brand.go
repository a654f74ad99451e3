package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/cmd/internal/world"
	"github.com/customer-corridor/corridor/pkg/config"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/render"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// brand is what a brand file makes of a map.
type brand struct {
	theme *render.Theme
	logo  *render.Logo
}

// readBrand reads a brand file, "" for none, and prints what is wrong in it.
func readBrand(c *cobra.Command, name string, theme *render.Theme) (brand, error) {
	if name == "" {
		return brand{theme: theme}, nil
	}
	data, err := world.ReadRegular(name)
	if err != nil {
		return brand{}, exit{exitTrouble, (&workspace.ReadError{Path: name, Err: err}).Error(), "It was named by --brand."}
	}
	says, found := syntax.Brand(source.New(filepath.ToSlash(name), data))
	b := brand{theme: theme}
	if len(found) == 0 {
		var logo, colors []finding.Finding
		b.logo, logo = readLogo(filepath.Dir(name), says.Logo)
		b.theme, colors = brandTheme(theme, says.Colors)
		found = append(logo, colors...)
	}
	if len(found) > 0 {
		finding.Sort(found)
		tellSettings(c.ErrOrStderr(), &world.BadSettings{Findings: found})
		return brand{}, trouble("the brand cannot be followed, so nothing was drawn")
	}
	return b, nil
}

func brandFinding(at source.Span, subject, message, help string) finding.Finding {
	return finding.Finding{Rule: "invalid-value", Severity: finding.Error, Span: at, Subject: subject, Message: message, Help: help}
}

// brandTheme gives a theme the colours of a brand.
func brandTheme(theme *render.Theme, c config.BrandColors) (*render.Theme, []finding.Finding) {
	own := render.Brand{Ink: render.Color(c.Ink.Value), Band: render.Color(c.Band.Value), Chevron: render.Color(c.Chevron.Value)}
	for _, o := range c.Owners {
		own.Owners = append(own.Owners, render.Color(o.Value))
	}
	at := map[string]source.Span{"ink": c.Ink.Span, "band": c.Band.Span}
	var found []finding.Finding
	branded, wrong := theme.Branded(own)
	for _, w := range wrong {
		found = append(found, brandFinding(at[w.Key], "colors."+w.Key, w.Message, w.Help))
	}
	return branded, found
}

// readLogo reads the picture that a brand file names, which is in its folder
// or below it. No link leads out of there.
func readLogo(folder string, name source.Spanned[string]) (*render.Logo, []finding.Finding) {
	if name.Value == "" {
		return nil, nil
	}
	wrong := func(message, help string) (*render.Logo, []finding.Finding) {
		return nil, []finding.Finding{brandFinding(name.Span, "logo", message, help)}
	}
	file, at := finding.Quote(name.Value), filepath.FromSlash(name.Value)
	if !filepath.IsLocal(at) || strings.Contains(name.Value, `\`) {
		return wrong("the logo "+file+" is not in the folder of this file", "Put the picture beside this file, and write its name: `logo.png`.")
	}
	data, err := readBelow(folder, at)
	if err != nil {
		return wrong("the logo "+file+" cannot be read: "+logoReason(err), "Put the picture beside this file, and write its name: `logo.png`.")
	}
	logo, err := render.NewLogo(data)
	switch {
	case errors.Is(err, render.ErrLogoLarge):
		return wrong("the logo "+file+" is too large: "+err.Error(), "Save it smaller; on a map it is about an inch wide.")
	case err != nil:
		return wrong("the logo "+file+" cannot be drawn: "+err.Error(), "Save it as PNG or JPEG.")
	}
	return logo, nil
}

// logoReason says why a picture could not be read.
func logoReason(err error) string {
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return workspace.Reason(err)
	}
	return "it is no file in the folder of this file or below it"
}

// readBelow reads a file below a folder, up to a little more than the largest
// logo.
func readBelow(folder, name string) ([]byte, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	info, err := root.Stat(name) // before opening: a pipe may never open
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fs.ErrInvalid
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, render.MaxLogoBytes+1))
}
