package serve

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/gaps"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/render"
)

// asked is what a page asks of a journey, as the controls of its form say it.
type asked struct {
	view, theme, language string
	customer, need        string // "" for all
	day, clock            string // "" for any time
	moment                *int
	without               []access.Outage
}

// maxOutages is how many things may be out at once.
const maxOutages = 64

// ask reads a query and refuses what no journey could know.
func (s *Server) ask(q url.Values) (asked, error) {
	a := asked{view: s.View, theme: s.Theme, language: s.Language, customer: q.Get("customer"), need: q.Get("need")}
	for _, choice := range []struct {
		name  string
		value *string
		known []string
	}{
		{"view", &a.view, viewNames()},
		{"theme", &a.theme, themeNames()},
		{"lang", &a.language, append([]string{"", s.Language}, render.Languages()...)},
	} {
		if q.Has(choice.name) {
			*choice.value = q.Get(choice.name)
		}
		if !slices.Contains(choice.known, *choice.value) {
			return a, fmt.Errorf("there is no %s %s", choice.name, finding.Quote(*choice.value))
		}
	}
	if err := a.readMoment(q); err != nil {
		return a, err
	}
	return a, a.readOutages(q["without"])
}

// readMoment reads a day of the week and a time. A day alone means its noon; a
// time alone means nothing.
func (a *asked) readMoment(q url.Values) error {
	day, clock := q.Get("day"), q.Get("time")
	if day == "" {
		return nil
	}
	if clock == "" {
		clock = "12:00"
	}
	minute, ok := gaps.ParseMoment(day + " " + clock)
	if !ok || !slices.Contains(days, day) {
		return fmt.Errorf("%s is not a moment of the week, such as Tu 22:30", finding.Quote(day+" "+clock))
	}
	a.day, a.clock, a.moment = day, clock, &minute
	return nil
}

func (a *asked) readOutages(words []string) error {
	if len(words) > maxOutages {
		return fmt.Errorf("at most %d things can be out at once", maxOutages)
	}
	for _, word := range words {
		kind, id, _ := strings.Cut(word, ":")
		if !slices.Contains(outages, kind) {
			return fmt.Errorf("%s does not say what kind of thing is out: %s", finding.Quote(word), strings.Join(outages, ", "))
		}
		if out := (access.Outage{Kind: kind, ID: id}); !slices.Contains(a.without, out) {
			a.without = append(a.without, out)
		}
	}
	return nil
}

// settle drops what a journey does not know, any more perhaps, and names it.
func (a *asked) settle(j *model.Journey) (dropped []string) {
	if a.customer != "" && j.Customer(a.customer) == nil {
		dropped, a.customer = append(dropped, a.customer), ""
	}
	if a.need != "" && j.Need(a.need) == nil {
		dropped, a.need = append(dropped, a.need), ""
	}
	known := things(j)
	a.without = slices.DeleteFunc(a.without, func(o access.Outage) bool {
		unknown := !slices.ContainsFunc(known[o.Kind], func(d model.Definition) bool { return d.ID.Value == o.ID })
		if unknown {
			dropped = append(dropped, o.ID)
		}
		return unknown
	})
	return dropped
}

// wants tells whether a cell is asked about.
func (a *asked) wants(customer, need string) bool {
	return (a.customer == "" || a.customer == customer) && (a.need == "" || a.need == need)
}

// query is the question as a page of a journey asks it.
func (a *asked) query(file string) url.Values {
	q := url.Values{"view": {a.view}, "theme": {a.theme}, "lang": {a.language}}
	for name, value := range map[string]string{"file": file, "customer": a.customer, "need": a.need, "day": a.day, "time": a.clock} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for _, o := range a.without {
		q.Add("without", o.Kind+":"+o.ID)
	}
	return q
}

// options are those of the map.
func (a *asked) options() render.Options {
	return render.Options{
		Language: a.language,
		View:     a.view,
		Theme:    render.Themes[slices.Index(themeNames(), a.theme)],
		Ask:      render.Question{Customer: a.customer, Need: a.need, Moment: a.moment, Without: a.without},
	}
}

// days are those of the week as the language writes them.
var days = []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}

// outages are the kinds of things that can be out, as the pages list them.
var outages = []string{"channel", "department", "touchpoint", "capability"}

// things are what can be out in a journey, by kind.
func things(j *model.Journey) map[string][]model.Definition {
	return map[string][]model.Definition{
		"channel":    definitions(j.Channels, func(c *model.Channel) model.Definition { return c.Definition }),
		"department": definitions(j.Departments, func(d *model.Department) model.Definition { return d.Definition }),
		"touchpoint": definitions(j.Touchpoints, func(t *model.Touchpoint) model.Definition { return t.Definition }),
		"capability": definitions(j.Capabilities, func(c *model.Capability) model.Definition { return c.Definition }),
	}
}

func definitions[T any](all []*T, of func(*T) model.Definition) []model.Definition {
	list := make([]model.Definition, len(all))
	for i, d := range all {
		list[i] = of(d)
	}
	return list
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
