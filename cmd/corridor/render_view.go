package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/render"
)

// viewOptions say how a map looks at its journey, and how it looks.
type viewOptions struct {
	view     string
	lanes    string
	theme    string
	named    func() bool // whether the view was named
	more     bool
	customer string
	need     string
	at       string
	without  []string
	given    []string // the flags of asking that were given
	asked    string   // what tells of who gets through: a format, else the view
}

func addView(c *cobra.Command, v *viewOptions) {
	f := c.Flags()
	f.StringVar(&v.view, "view", render.Views[0].Name, "what the map shows: "+strings.Join(viewNames(), ", "))
	f.StringVar(&v.lanes, "lanes", "", "what the rows of the lanes view are: "+strings.Join(laneNames(), ", ")+" (default "+laneNames()[0]+"; without --view it asks for that view)")
	f.StringVar(&v.customer, "customer", "", "draw the map as this customer meets it")
	f.StringVar(&v.need, "need", "", "with this need (default: the only one that they have)")
	f.StringVar(&v.at, "at", "", `the moment at which the need arises, such as "Tu 22:30"`)
	f.StringArrayVar(&v.without, "without", nil, "what is out, such as channel:phone (repeatable): "+strings.Join(outages, ", "))
	f.StringVar(&v.theme, "theme", render.Themes[0].Name, "its colours: "+strings.Join(themeNames(), ", "))
	f.BoolVar(&v.more, "details", false, "write into each step its measures, and what is done when something goes wrong")
	complete(c, "view", viewNames()...)
	v.named = func() bool { return f.Changed("view") }
	complete(c, "lanes", laneNames()...)
	complete(c, "theme", themeNames()...)
	completeOutages(c)
}

// asking are the views and formats that tell of who gets through, and which of
// the flags that ask about it they heed.
var asking = map[string][]string{
	"customer":   {"customer", "need", "at", "without"},
	"access":     {"customer", "need", "at", "without"},
	"matrix":     {"customer", "need", "at", "without"},
	"html":       {"customer", "need", "at", "without"},
	"experience": {"customer"},
}

// settle fills in what the flags that were given imply.
func (v *viewOptions) settle(c *cobra.Command, format render.Format) {
	for _, flag := range []string{"customer", "need", "at", "without"} {
		if c.Flags().Changed(flag) {
			v.given = append(v.given, flag)
		}
	}
	_, tells := asking[format.Name]
	if v.customer != "" && !c.Flags().Changed("view") && !tells {
		v.view = "customer"
	}
	if v.asked = v.view; tells {
		v.asked = format.Name
	}
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
	for _, flag := range v.given {
		if !slices.Contains(asking[v.asked], flag) {
			return trouble("--%s asks who gets through, which the view %s does not tell; write `--view customer --customer ID`", flag, v.view)
		}
	}
	_, err := parseAt(v.at)
	return err
}

// wrongFormat says why a format cannot show what was asked for.
func (v viewOptions) wrongFormat(f render.Format) error {
	if v.view == "customer" && (f.Name == "dot" || f.Name == "mermaid") {
		return trouble("%s has no view %s; draw it as svg, png or pdf, such as `-o map.svg`", f.Name, v.view)
	}
	return nil
}

// themed returns the theme that was asked for.
func (v viewOptions) themed() *render.Theme {
	return render.Themes[slices.Index(themeNames(), v.theme)]
}

// ask puts what was asked for into the options of a map of a journey. It
// fails where the journey does not know what was named.
func (v viewOptions) ask(o *check.Outcome, to *render.Options) error {
	to.View, to.Lanes, to.Details = v.view, v.lanes, v.more
	if v.lanes != "" {
		to.View = lanesView
	}
	to.Theme = v.themed()
	if _, tells := asking[v.asked]; !tells {
		return nil
	}
	j := o.Journey
	customer, need, err := v.whom(j)
	if err != nil {
		return err
	}
	to.Ask = render.Question{Customer: customer, Need: need}
	if to.Ask.Without, err = parseOutages(j, v.without); err != nil {
		return err
	}
	if at, err := parseAt(v.at); err != nil || at >= 0 {
		to.Ask.Moment = &at
		return err
	}
	return nil
}

// whom returns the customer and the need that are asked about: one of each for
// the view of one customer, elsewhere "" for all.
func (v viewOptions) whom(j *model.Journey) (customer, need string, err error) {
	if v.asked == "customer" {
		return oneCell(j, v.customer, v.need)
	}
	customer, need = normal([]string{v.customer})[0], normal([]string{v.need})[0]
	switch {
	case customer != "" && j.Customer(customer) == nil:
		return "", "", unknown("customer", customer, customerIDs(j))
	case need != "" && j.Need(need) == nil:
		return "", "", unknown("need", need, needIDs(j))
	}
	return customer, need, nil
}
