package render

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// pageData is all that the page knows. It looks answers up: what is true was
// decided by pkg/access when the page was made.
type pageData struct {
	Language    string           `json:"language"` // of the words
	Zero        string           `json:"zero"`
	Words       pageWords        `json:"words"`
	Customers   []pageName       `json:"customers"`
	Needs       []pageNeed       `json:"needs"`
	Outages     []pageOutage     `json:"outages"` // the first is none
	Steps       []pageStep       `json:"steps"`
	Touchpoints []pageTouchpoint `json:"touchpoints"`
	Open        table[string]    `json:"open"`  // a digit for each hour of the week
	Lines       []string         `json:"lines"` // of the map, as SVG draws a path
	Answers     *pageAnswers     `json:"answers"`
	Ask         pageAsk          `json:"ask"`
}

type pageName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type pageNeed struct {
	pageName
	Within int64 `json:"within"` // in seconds; -1 without a deadline
}

// pageOutage is something that can be out, under an id such as channel:phone.
type pageOutage struct {
	pageName
	Kind    string `json:"kind"` // "" for none, and for several together
	without []access.Outage
}

type pageStep struct {
	Name       string `json:"name"`
	ID         string `json:"id"`
	Touchpoint int    `json:"touchpoint"` // -1: the empty way
}

type pageTouchpoint struct {
	Find  string      `json:"find"` // what it is found by
	Open  int         `json:"open"` // -1: always
	Facts [][2]string `json:"facts"`
}

// pageAsk is what is chosen at first, -1 for all and for any time.
type pageAsk struct {
	Customer int `json:"customer"`
	Need     int `json:"need"`
	Hour     int `json:"hour"`
	Out      int `json:"out"`
}

// pageMaker gathers what a page knows.
type pageMaker struct {
	*plan
	journey *model.Journey
	page    *pageWords
	holder  *access.Holder
	answers pageAnswers
	seen    map[*access.Reach][2]int // the steps of cells that are alike
	leftOut int                      // outages
	lines   *linesOf                 // nil where the map is no spine
}

func newPageMaker(p *plan) *pageMaker {
	return &pageMaker{plan: p, journey: p.graph.Journey, page: &p.words.Page, holder: access.NewHolder(p.graph, nil)}
}

// data gathers all that the page knows of a corridor.
func (m *pageMaker) data(ctx context.Context, ask Question) (*pageData, error) {
	d := &pageData{Language: m.words.language, Zero: string(rune(m.words.Zero)), Words: *m.page, Answers: &m.answers}
	d.Words.Facts, d.Words.Involvement, d.Words.Capabilities = nil, nil, nil
	for _, c := range m.journey.Customers {
		d.Customers = append(d.Customers, m.named(c.Definition))
	}
	for _, n := range m.journey.Needs {
		need := pageNeed{m.named(n.Definition), -1}
		if n.Within != nil {
			need.Within = int64(n.Within.Value / time.Second)
		}
		d.Needs = append(d.Needs, need)
	}
	m.stepsOf(d)
	d.Outages = m.outages(ask)
	for _, o := range d.Outages {
		if err := m.answer(ctx, o); err != nil {
			return nil, err
		}
	}
	if m.lines != nil {
		d.Lines = m.lines.drawn
	}
	d.Ask = m.asked(ask, d.Outages)
	return d, nil
}

func (m *pageMaker) named(d model.Definition) pageName {
	return pageName{clean(d.ID.Value), m.label(d)}
}

// stepsOf lists the steps, and their touchpoints once each.
func (m *pageMaker) stepsOf(d *pageData) {
	at := map[*model.Touchpoint]int{}
	for i, s := range m.graph.Steps {
		step := pageStep{Name: m.stepLabel(i), ID: clean(m.graph.StepName(i)), Touchpoint: -1}
		if t := s.Touchpoint; t != nil {
			known, ok := at[t]
			if !ok {
				known = len(d.Touchpoints)
				at[t] = known
				d.Touchpoints = append(d.Touchpoints, m.touchpoint(d, t, s.Stage))
			}
			step.Touchpoint = known
		} else if def := m.graph.Paths[s.Path].Def; def != nil && !def.Name.Empty() {
			step.Name = m.label(def.Definition)
		}
		d.Steps = append(d.Steps, step)
	}
}

func (m *pageMaker) touchpoint(d *pageData, t *model.Touchpoint, stage int) pageTouchpoint {
	p := pageTouchpoint{Open: -1, Facts: m.factsOf(t, stage)}
	p.Find = strings.Join([]string{m.label(t.Definition), clean(t.ID.Value), m.channelName(t.Channel.Value), m.departmentName(t.Owner.Value)}, "\n")
	if hours := openHours(access.Hours(m.journey, t)); hours != "" {
		p.Open = d.Open.add(hours)
	}
	return p
}

// mostAnswers bounds customers × needs × outages, so that the page of a large
// file stays small and is soon made.
const mostAnswers = 30_000

// outages lists what can be out, one thing at a time: none first, then the
// fewest and weightiest kinds, then what is asked for together.
func (m *pageMaker) outages(ask Question) []pageOutage {
	all := []pageOutage{{pageName: pageName{"", m.page.NothingOut}}}
	most := mostAnswers / max(1, len(m.journey.Customers)*len(m.journey.Needs))
	occur := m.occurring()
	if len(occur) > most {
		m.leftOut = len(occur) - most
		occur = occur[:most]
	}
	for _, o := range occur {
		all = append(all, pageOutage{pageName{clean(o.Kind + ":" + o.ID), m.outageName(o)}, o.Kind, []access.Outage{o}})
	}
	known := func(o pageOutage) bool { return slices.Equal(o.without, ask.Without) }
	if len(ask.Without) > 0 && !slices.ContainsFunc(all, known) {
		var ids, names []string
		for _, o := range ask.Without {
			ids, names = append(ids, clean(o.Kind+":"+o.ID)), append(names, m.outageName(o))
		}
		all = append(all, pageOutage{pageName{strings.Join(ids, ","), strings.Join(names, " + ")}, "", ask.Without})
	}
	return all
}

// occurring lists what occurs in the corridor, in the order of the file.
func (m *pageMaker) occurring() []access.Outage {
	used := map[access.Outage]bool{}
	for _, s := range m.graph.Steps {
		if t := s.Touchpoint; t != nil {
			used[access.Outage{Kind: "touchpoint", ID: t.ID.Value}] = true
			used[access.Outage{Kind: "channel", ID: t.Channel.Value}] = true
			used[access.Outage{Kind: "department", ID: t.Owner.Value}] = true
			for _, names := range access.Requirements(m.graph, t) {
				for _, n := range names {
					used[access.Outage{Kind: "capability", ID: n}] = true
				}
			}
		}
	}
	var all []access.Outage
	add := func(kind string, id model.Name) {
		if o := (access.Outage{Kind: kind, ID: id.Value}); used[o] {
			all = append(all, o)
		}
	}
	for _, c := range m.journey.Channels {
		add("channel", c.ID)
	}
	for _, d := range m.journey.Departments {
		add("department", d.ID)
	}
	for _, k := range m.journey.Capabilities {
		add("capability", k.ID)
	}
	for _, t := range m.journey.Touchpoints {
		add("touchpoint", t.ID)
	}
	return all
}

func (m *pageMaker) outageName(o access.Outage) string {
	switch o.Kind {
	case "channel":
		return m.channelName(o.ID)
	case "department":
		return m.departmentName(o.ID)
	case "capability":
		return strings.Trim(m.thing(o.ID), "\u2068\u2069")
	}
	if t := m.journey.Touchpoint(o.ID); t != nil {
		return m.label(t.Definition)
	}
	return clean(o.ID)
}

// asked finds what is chosen at first.
func (m *pageMaker) asked(ask Question, outages []pageOutage) pageAsk {
	a := pageAsk{Hour: -1}
	a.Customer = slices.IndexFunc(m.journey.Customers, func(c *model.Customer) bool { return c.ID.Value == ask.Customer })
	a.Need = slices.IndexFunc(m.journey.Needs, func(n *model.Need) bool { return n.ID.Value == ask.Need })
	a.Out = slices.IndexFunc(outages, func(o pageOutage) bool { return slices.Equal(o.without, ask.Without) })
	if ask.Moment != nil {
		a.Hour = (*ask.Moment%model.WeekMinutes + model.WeekMinutes) % model.WeekMinutes / 60
	}
	return a
}

// secondsOf is a duration of some seconds, as long as there are durations.
func secondsOf(n float64) time.Duration {
	return time.Duration(min(n, math.MaxInt64/float64(2*time.Second)) * float64(time.Second))
}
