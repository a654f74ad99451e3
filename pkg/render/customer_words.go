package render

import (
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// customerWords are the words of a map of one customer. Where there is a %s,
// what it stands for is said in brackets.
type customerWords struct {
	Subtitle  string `json:"subtitle"`
	Anyone    string `json:"anyone"` // where the file names no customers
	Open      string `json:"open"`
	Fastest   string `json:"fastest"` // (a length of time)
	Stopped   string `json:"stopped"`
	StoppedAt string `json:"stoppedAt"` // (a step; why)
	Nowhere   string `json:"nowhere"`
	Bound     string `json:"bound"`
	Between   string `json:"between"` // two things that are told
	More      string `json:"more"`    // (a number of places)
	Needs     string `json:"needs"`   // (names)
	Or        string `json:"or"`
	Service   string `json:"service"` // (languages)
	Never     string `json:"never"`
	OutOf     string `json:"outOf"`    // (what is out)
	OnlyFor   string `json:"onlyFor"`  // (customers)
	OnlyNeed  string `json:"onlyNeed"` // (needs)

	Repair      string `json:"repair"`      // (changes)
	RepairFound string `json:"repairFound"` // (changes)
	NoRepair    string `json:"noRepair"`
	At          string `json:"at"`   // (a touchpoint; a change)
	Less        string `json:"less"` // (a requirement)
	Also        string `json:"also"` // (a language)
	Offered     string `json:"offered"`
	Offer       string `json:"offer"` // (a path)
	Given       string `json:"given"` // (an item)

	Deadline string `json:"deadline"` // (a length of time; a share)
	Always   string `json:"always"`   // (a length of time)
	Arises   string `json:"arises"`   // (a moment; a moment; a length of time)
	InTime   string `json:"inTime"`
	TooLate  string `json:"tooLate"` // (a length of time)
	Without  string `json:"without"` // (names)
	Opens    string `json:"opens"`   // (a moment)
	Begins   string `json:"begins"`
	Ends     string `json:"ends"`
	Numbered string `json:"numbered"` // (numbers)

	States struct {
		Open      string `json:"open"`
		Closed    string `json:"closed"`
		Out       string `json:"out"`
		Refused   string `json:"refused"`
		Away      string `json:"away"`
		Elsewhere string `json:"elsewhere"`
	} `json:"states"`
	StoppedHere string `json:"stoppedHere"`
	Trap        string `json:"trap"`
	Wrong       string `json:"wrong"`
	Single      string `json:"single"`
	Shut        string `json:"shut"`
	Way         string `json:"way"`
	NewWay      string `json:"newWay"`
	Mended      string `json:"mended"`
	Pale        string `json:"pale"`

	Capabilities map[string]string `json:"capabilities"`
	Languages    map[string]string `json:"languages"`
}

// state names what a step is to the customer.
func (w *customerWords) state(m meets) string {
	s := &w.States
	return [...]string{s.Open, s.Closed, s.Out, s.Refused, s.Away, s.Elsewhere}[m]
}

// requirement names what is required: one name, or a choice of several.
func (p *plan) requirement(text string) string {
	names := strings.Split(text, "|")
	for i, n := range names {
		names[i] = p.thing(n)
	}
	return strings.Join(names, p.words.Customer.Or)
}

// thing names a capability or an item.
func (p *plan) thing(id string) string {
	k := p.graph.Journey.Capability(id)
	switch word := p.words.Customer.Capabilities[id]; {
	case k == nil:
		return clean(strings.ReplaceAll(id, "-", " "))
	case k.Span.IsZero() && word != "": // built in, so the file has no name for it
		return word
	}
	return p.label(k.Definition)
}

// tongue names a language, by its code where there is no word for it.
func (p *plan) tongue(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if word := p.words.Customer.Languages[base]; word != "" {
		return word
	}
	return clean(tag)
}

// list joins words.
func (p *plan) list(words []string) string { return strings.Join(words, p.words.Comma) }

// reasons says why a step is closed, out or not offered.
func (p *plan) reasons(i int) []string {
	m, w := &p.overlay.steps[i], &p.words.Customer
	switch m.state {
	case out:
		if t := p.graph.Steps[i].Touchpoint; slices.Contains(m.missing, "touchpoint:"+t.ID.Value) {
			return nil // its state says so
		}
		return []string{with(w.OutOf, p.list(p.outages(m.missing)))}
	case refused:
		return p.refusals(m.refuses)
	case closed:
		return p.wants(m.missing)
	}
	return nil
}

func (p *plan) wants(missing []string) []string {
	w := &p.words.Customer
	var needs, all []string
	for _, name := range missing {
		kind, rest, _ := strings.Cut(name, ":")
		switch kind {
		case "language":
			var tongues []string
			for _, tag := range strings.Split(rest, "|") {
				tongues = append(tongues, p.tongue(tag))
			}
			needs = append(needs, with(w.Service, strings.Join(tongues, w.Or)))
		case "hours":
			all = append(all, w.Never)
		default:
			needs = append(needs, p.requirement(name))
		}
	}
	if len(needs) > 0 {
		all = append([]string{with(w.Needs, p.list(needs))}, all...)
	}
	return all
}

// outages names what is out, given as kind:id.
func (p *plan) outages(list []string) []string {
	var words []string
	for _, text := range list {
		kind, id, _ := strings.Cut(text, ":")
		words = append(words, p.outage(access.Outage{Kind: kind, ID: id}))
	}
	return words
}

// refusals says to whom and for what paths are offered.
func (p *plan) refusals(paths []int) []string {
	w, j := &p.words.Customer, p.graph.Journey
	var all []string
	for _, path := range paths {
		def := p.graph.Paths[path].Def
		if !offers(def.Customers, p.overlay.ask.Customer) {
			all = append(all, with(w.OnlyFor, p.list(p.labels(def.Customers, func(id string) (d *model.Definition) {
				if c := j.Customer(id); c != nil {
					d = &c.Definition
				}
				return d
			}))))
		}
		if !offers(def.Needs, p.overlay.ask.Need) {
			all = append(all, with(w.OnlyNeed, p.list(p.labels(def.Needs, func(id string) (d *model.Definition) {
				if n := j.Need(id); n != nil {
					d = &n.Definition
				}
				return d
			}))))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// labels names things by what find knows of their ids.
func (p *plan) labels(names []model.Name, find func(id string) *model.Definition) []string {
	var all []string
	for _, n := range names {
		if d := find(n.Value); d != nil {
			all = append(all, p.label(*d))
		} else {
			all = append(all, clean(n.Value))
		}
	}
	return all
}

// change says what is changed at a step.
func (p *plan) change(c access.Change) string {
	w := &p.words.Customer
	switch c.Kind {
	case access.DropRequirement:
		return with(w.Less, p.requirement(c.Value))
	case access.AddLanguage:
		return with(w.Also, p.tongue(c.Value))
	}
	return w.Offered
}
