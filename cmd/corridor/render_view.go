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
	lanes string
	theme string
	named func() bool // whether the view was named
	more  bool
}

func addView(c *cobra.Command, v *viewOptions) {
	f := c.Flags()
	f.StringVar(&v.view, "view", render.Views[0].Name, "what the map shows: "+strings.Join(viewNames(), ", "))
	f.StringVar(&v.lanes, "lanes", "", "what the rows of the lanes view are: "+strings.Join(laneNames(), ", ")+" (default "+laneNames()[0]+"; without --view it asks for that view)")
	f.StringVar(&v.theme, "theme", render.Themes[0].Name, "its colours: "+strings.Join(themeNames(), ", "))
	f.BoolVar(&v.more, "details", false, "write into each step its measures, and what is done when something goes wrong")
	complete(c, "view", viewNames()...)
	v.named = func() bool { return f.Changed("view") }
	complete(c, "lanes", laneNames()...)
	complete(c, "theme", themeNames()...)
}

func viewNames() []string {
	var names []string
	for _, v := range render.Views {
		names = append(names, v.Name)
	}
	return names
}

func laneNames() []string {
	var names []string
	for _, k := range render.LaneKinds {
		names = append(names, k.Name)
	}
	return names
}

// lanesView is the view that has lanes.
const lanesView = "lanes"

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
	case v.lanes != "" && !slices.Contains(laneNames(), v.lanes):
		return unknown("kind of lane", v.lanes, laneNames())
	case v.lanes != "" && v.named() && v.view != lanesView:
		return trouble("the %s view has no lanes; leave out `--view %s`, or --lanes", v.view, v.view)
	case !slices.Contains(themeNames(), v.theme):
		return unknown("theme", v.theme, themeNames())
	}
	return nil
}

// ask puts what was asked for into the options of a map of a journey. It
// fails where the journey does not know what was named.
func (v viewOptions) ask(_ *check.Outcome, o *render.Options) error {
	o.View, o.Lanes, o.Details = v.view, v.lanes, v.more
	if v.lanes != "" {
		o.View = lanesView
	}
	o.Theme = render.Themes[slices.Index(themeNames(), v.theme)]
	return nil
}
