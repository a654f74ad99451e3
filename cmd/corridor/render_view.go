package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/render"
)

// viewOptions say how a map looks at its journey, and how it looks.
type viewOptions struct {
	view  string
	theme string
}

func addView(c *cobra.Command, v *viewOptions) {
	f := c.Flags()
	f.StringVar(&v.view, "view", render.Views[0].Name, "what the map shows: "+strings.Join(viewNames(), ", "))
	f.StringVar(&v.theme, "theme", render.Themes[0].Name, "its colours: "+strings.Join(themeNames(), ", "))
	complete(c, "view", viewNames()...)
	complete(c, "theme", themeNames()...)
}

func viewNames() []string {
	var names []string
	for _, v := range render.Views {
		names = append(names, v.Name)
	}
	return names
}

func themeNames() []string {
	var names []string
	for _, t := range render.Themes {
		names = append(names, t.Name)
	}
	return names
}

// wrong says which of them cannot be followed whatever the journey.
func (v viewOptions) wrong() error {
	switch {
	case !slices.Contains(viewNames(), v.view):
		return unknown("view", v.view, viewNames())
	case !slices.Contains(themeNames(), v.theme):
		return unknown("theme", v.theme, themeNames())
	}
	return nil
}

// ask puts what was asked for into the options of a map of a journey. It
// fails where the journey does not know what was named.
func (v viewOptions) ask(_ *check.Outcome, o *render.Options) error {
	o.View = v.view
	o.Theme = render.Themes[slices.Index(themeNames(), v.theme)]
	return nil
}
