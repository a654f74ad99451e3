package render

import (
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// facts are what a page tells of a touchpoint: pairs of a word and a text.
type facts struct {
	*pageMaker
	list [][2]string
}

// factsOf tells what the file says of a touchpoint; what it does not say is
// left out.
func (m *pageMaker) factsOf(t *model.Touchpoint, stage int) [][2]string {
	f := &facts{pageMaker: m}
	f.place(t, stage)
	f.meets(t)
	f.takes(t)
	f.ratings(t)
	f.promises(t)
	f.inside(t)
	return f.list
}

// add adds a fact by its word, unless there is nothing to tell.
func (f *facts) add(word string, texts ...string) {
	if text := strings.Join(texts, "; "); strings.Trim(text, "; ") != "" {
		f.list = append(f.list, [2]string{word, text})
	}
}

func (f *facts) text(t model.Text) string { return clean(t.In(f.language)) }

func (f *facts) place(t *model.Touchpoint, stage int) {
	f.add(f.page.Facts["description"], f.text(t.Description))
	if stages := f.journey.Stages; stage >= 0 && stage < len(stages) {
		f.add(f.words.Stage, clean(f.words.stage(stages[stage], f.language)))
	}
	f.add(f.words.Channel, f.channelName(t.Channel.Value))
	f.add(f.words.Owner, f.departmentName(t.Owner.Value))
	f.add(f.page.Facts["hours"], f.words.hours(access.Hours(f.journey, t)))
	f.add(f.page.Facts["languages"], f.codes(languages(t)))
	if t.MomentOfTruth.Value {
		f.add(f.words.Moment, "✓")
	}
	if t.Binding.Value {
		f.add(f.words.Binding, "✓")
	}
}

func (m *pageMaker) channelName(id string) string {
	if id == "" {
		return ""
	}
	return clean(m.words.channel(m.journey, id, m.language))
}

func (m *pageMaker) departmentName(id string) string {
	if d := m.journey.Department(id); d != nil {
		return m.label(d.Definition)
	}
	return clean(strings.ReplaceAll(id, "-", " "))
}

// meets tells what must be met, asked for, used and given.
func (f *facts) meets(t *model.Touchpoint) {
	var wants []string
	for _, names := range access.Requirements(f.graph, t) {
		wants = append(wants, f.requirement(names, false))
	}
	f.add(f.page.Facts["requires"], strings.Join(wants, f.page.List))
	for _, named := range []struct {
		fact  string
		names []model.Name
	}{{"asks", t.Asks}, {"confirms", t.Confirms}, {"uses", t.Uses}, {"gives", t.Gives}} {
		f.add(f.page.Facts[named.fact], f.things(named.names))
	}
}

func (f *facts) things(names []model.Name) string {
	var all []string
	for _, n := range names {
		all = append(all, f.thing(n.Value))
	}
	return strings.Join(all, f.page.List)
}

func (f *facts) takes(t *model.Touchpoint) {
	for _, timed := range []struct {
		fact string
		time *model.Duration
	}{{"delay", t.Delay}, {"waits", t.Waits}, {"takes", t.Takes}} {
		if timed.time != nil {
			f.add(f.page.Facts[timed.fact], f.words.duration(timed.time.Value))
		}
	}
	if t.Success != nil {
		f.add(f.page.Facts["success"], f.words.openShare(t.Success.Value))
	}
	if t.Effort != nil {
		f.add(f.page.Facts["effort"], f.decimal(t.Effort.Value))
	}
}

// decimal writes a number in the digits of the language.
func (f *facts) decimal(n float64) string {
	whole, part, _ := strings.Cut(strconv.FormatFloat(n, 'f', -1, 64), ".")
	if part != "" {
		whole += f.words.Point + part
	}
	return f.words.digits(whole)
}

func (f *facts) ratings(t *model.Touchpoint) {
	f.add(f.page.Facts["experience"], f.rated(t.Experience)...)
	f.add(f.page.Facts["importance"], f.rated(t.Importance)...)
}

func (f *facts) rated(ratings []model.Rating) []string {
	var all []string
	for _, r := range ratings {
		who := f.page.Facts[r.Who.Value]
		if c := f.journey.Customer(r.Who.Value); c != nil {
			who = isolated(f.label(c.Definition))
		}
		all = append(all, say(f.page.Facts["outOf"], who, f.decimal(r.Score.Value)))
	}
	return all
}

func (f *facts) promises(t *model.Touchpoint) {
	f.add(f.page.Facts["promise"], f.text(t.Promise))
	f.add(f.page.Facts["differentiator"], f.text(t.Differentiator))
	f.add(f.page.Facts["involves"], f.page.Involvement[t.Involves.Value])
	f.add(f.page.Facts["skills"], f.things(t.Skills))
}

// inside tells what customers do not see.
func (f *facts) inside(t *model.Touchpoint) {
	var all []string
	for _, b := range t.Backstage {
		all = append(all, say(f.page.Facts["by"], isolated(f.departmentName(b.By.Value)), isolated(f.text(b.Does))))
	}
	f.add(f.page.Facts["backstage"], all...)
	if h := t.HandsOver; h != nil {
		f.add(f.page.Facts["handsOver"], say(f.page.Facts["to"], f.things(h.What), isolated(f.departmentName(h.To.Value))))
	}
	f.add(f.page.Facts["measures"], f.measures(t)...)
	f.add(f.page.Facts["exceptions"], f.exceptions(t)...)
}

func (f *facts) measures(t *model.Touchpoint) []string {
	var all []string
	for _, m := range t.Measures {
		target, actual := "–", "–"
		if m.Target != nil {
			target = isolated(m.Target.Value.Op + " " + f.quantity(m.Target.Value.Quantity))
		}
		if m.Actual != nil {
			actual = f.quantity(m.Actual.Value)
		}
		all = append(all, say(f.page.Facts["target"], isolated(f.label(m.Definition)), target, actual))
	}
	return all
}

func (f *facts) quantity(q model.Quantity) string {
	switch q.Unit {
	case "%":
		return f.decimal(q.Number) + f.words.Percent
	case "s":
		return f.words.duration(secondsOf(q.Number))
	}
	return strings.TrimSpace(f.decimal(q.Number) + " " + clean(q.Unit))
}

func (f *facts) exceptions(t *model.Touchpoint) []string {
	var all []string
	for _, e := range t.Exceptions {
		text := isolated(f.label(e.Definition))
		if e.Chance != nil {
			text = say(f.page.Facts["chance"], text, f.words.openShare(e.Chance.Value))
		}
		if r := e.Reaction; r != nil {
			text = say(f.page.Facts["reaction"], text, isolated(f.departmentName(r.By.Value)), isolated(f.text(r.Does)))
		}
		all = append(all, text)
	}
	return all
}
