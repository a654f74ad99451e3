package render

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// pageWords are the words of the html page. Places in a sentence are %1, %2
// and %3, or %s where there is one. The maps are for the page's maker; the
// rest goes to the page, which puts it together as the maker does.
type pageWords struct {
	Customer   string `json:"customer"`
	Need       string `json:"need"`
	Day        string `json:"day"`
	Hour       string `json:"hour"`
	AnyTime    string `json:"anyTime"`
	Out        string `json:"out"`
	Choose     string `json:"choose"`
	ChooseNeed string `json:"chooseNeed"`
	NothingOut string `json:"nothingOut"`
	Panel      string `json:"panel"`
	Map        string `json:"map"`
	Zoom       string `json:"zoom"`
	ZoomIn     string `json:"zoomIn"`
	ZoomOut    string `json:"zoomOut"`
	Fit        string `json:"fit"`
	MapHint    string `json:"mapHint"`
	Search     string `json:"search"`
	SearchHint string `json:"searchHint"`
	Found      string `json:"found"`
	NotFound   string `json:"notFound"`
	NoScript   string `json:"noScript"`

	Score           string `json:"score"`
	ScoreMeans      string `json:"scoreMeans"`
	ScoreUsual      string `json:"scoreUsual"`
	Summary         string `json:"summary"`
	LockedOut       string `json:"lockedOut"`
	NobodyLockedOut string `json:"nobodyLockedOut"`
	BlockedPairs    string `json:"blockedPairs"`
	Pair            string `json:"pair"`
	Open            string `json:"open"`
	Blocked         string `json:"blocked"`
	NotTheirs       string `json:"notTheirs"`
	NotTheirsShort  string `json:"notTheirsShort"`
	OpenShort       string `json:"openShort"`
	BlockedShort    string `json:"blockedShort"`
	LateShort       string `json:"lateShort"`
	Bound           string `json:"bound"`
	Fastest         string `json:"fastest"`
	At              string `json:"at"`
	Moment          string `json:"moment"`
	InTime          string `json:"inTime"`
	Late            string `json:"late"`
	EverInTime      string `json:"everInTime"`
	PartLate        string `json:"partLate"`
	Way             string `json:"way"`
	WayToDoor       string `json:"wayToDoor"`
	WayNone         string `json:"wayNone"`
	Doors           string `json:"doors"`
	DoorsOpen       string `json:"doorsOpen"`
	NoDoors         string `json:"noDoors"`
	Repair          string `json:"repair"`
	RepairUsual     string `json:"repairUsual"`
	NoRepair        string `json:"noRepair"`
	RepairAtLeast   string `json:"repairAtLeast"`
	DropRequirement string `json:"dropRequirement"`
	AddLanguage     string `json:"addLanguage"`
	OfferPath       string `json:"offerPath"`
	GiveItem        string `json:"giveItem"`
	LeftOut         forms  `json:"leftOut"`
	Details         string `json:"details"`
	DetailsHint     string `json:"detailsHint"`
	Legend          string `json:"legend"`

	States map[string]string `json:"states"`

	Missing    string `json:"missing"`
	IsOut      string `json:"isOut"`
	NeverOpens string `json:"neverOpens"`
	Language   string `json:"language"`
	Path       string `json:"path"`
	GivenAt    string `json:"givenAt"`
	Or         string `json:"or"`
	And        string `json:"and"`
	List       string `json:"list"`

	Kinds map[string]string `json:"kinds"`
	Days  []string          `json:"days"` // Monday first

	Always   string           `json:"always"`
	Never    string           `json:"never"`
	Span     string           `json:"span"`   // a day, from and to an hour
	SpanTo   string           `json:"spanTo"` // from one day and hour to another
	From     string           `json:"from"`   // from a day to a day
	Units    map[string]forms `json:"units"`
	TimeList string           `json:"timeList"` // between units
	NoTime   string           `json:"noTime"`

	Facts        map[string]string `json:"facts,omitempty"`
	Involvement  map[string]string `json:"involvement,omitempty"`
	Capabilities map[string]string `json:"capabilities,omitempty"`
}

// forms are the plural forms of a counted thing.
type forms []form

// form is the words for numbers of a plural category of Unicode's CLDR.
type form struct{ category, text string }

// UnmarshalJSON reads an object of categories.
func (f *forms) UnmarshalJSON(text []byte) error {
	var byCategory map[string]string
	err := json.Unmarshal(text, &byCategory)
	for _, category := range []string{"zero", "one", "two", "few", "many", "other"} {
		if words, ok := byCategory[category]; ok {
			*f = append(*f, form{category, words})
		}
	}
	return err
}

// MarshalJSON writes what UnmarshalJSON reads.
func (f forms) MarshalJSON() ([]byte, error) {
	byCategory := map[string]string{}
	for _, form := range f {
		byCategory[form.category] = form.text
	}
	return json.Marshal(byCategory)
}

// of returns the form for a number, as CLDR has it for the languages that
// there are words for. Browsers know the same as Intl.PluralRules.
func (f forms) of(n int, language string) string {
	category := "other"
	switch {
	case n == 1 || n == 0 && language == "fa":
		category = "one"
	case language != "ar":
	case n == 0:
		category = "zero"
	case n == 2:
		category = "two"
	case n%100 >= 3 && n%100 <= 10:
		category = "few"
	case n%100 >= 11:
		category = "many"
	}
	i := slices.IndexFunc(f, func(form form) bool { return form.category == category })
	if i < 0 {
		i = len(f) - 1
	}
	return f[i].text
}

// isolated keeps the direction of a name from the words around it. No name
// has such marks of its own: see clean.
func isolated(name string) string { return "\u2068" + name + "\u2069" }

// say fills the places of a sentence.
func say(sentence string, values ...string) string {
	pairs := []string{"%s", strings.Join(values[:min(1, len(values))], "")}
	for i, v := range values {
		pairs = append(pairs, "%"+strconv.Itoa(i+1), v)
	}
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// digits writes the digits of a text as a language does.
func (w words) digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return rune(w.Zero) + r - '0'
		}
		return r
	}, text)
}

// all joins words: a, b and c.
func (p *pageWords) all(list []string) string { return p.join(list, p.And) }

func (p *pageWords) join(list []string, last string) string {
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], p.List) + last + list[n-1]
	}
	return strings.Join(list, "")
}

// hours writes when something is open, days with the same hours together.
func (w words) hours(h *model.Hours) string {
	switch {
	case h == nil || h.Always():
		return w.Page.Always
	case h.Never():
		return w.Page.Never
	}
	var order []model.Opening // hours of a day, from Monday's midnight
	on := map[model.Opening][]int{}
	for _, o := range h.Spans {
		day := o.From / 1440
		o.From, o.To = o.From-day*1440, o.To-day*1440
		if on[o] == nil {
			order = append(order, o)
		}
		on[o] = append(on[o], day)
	}
	var parts []string
	for _, o := range order {
		parts = append(parts, w.open(o, on[o]))
	}
	return strings.Join(parts, "; ")
}

// open writes the same hours of several days.
func (w words) open(o model.Opening, days []int) string {
	if o.To > 1440 { // it ends on another day
		var parts []string
		for _, d := range days {
			end := d*1440 + o.To
			parts = append(parts, say(w.Page.SpanTo, w.longMoment(d*1440+o.From), w.longMoment(end)))
		}
		return strings.Join(parts, "; ")
	}
	return say(w.Page.Span, w.days(days), w.clock(o.From), w.clock(o.To))
}

// days writes days of the week, three and more in a row as from and to.
func (w words) days(days []int) string {
	var parts []string
	for i := 0; i < len(days); {
		j := i
		for j+1 < len(days) && days[j+1] == days[j]+1 {
			j++
		}
		if j < i+2 {
			j = i
			parts = append(parts, w.Page.Days[days[i]])
		} else {
			parts = append(parts, say(w.Page.From, w.Page.Days[days[i]], w.Page.Days[days[j]]))
		}
		i = j + 1
	}
	return strings.Join(parts, w.Page.List)
}

// longMoment writes a minute of the week in full.
func (w words) longMoment(minute int) string {
	minute %= model.WeekMinutes
	return say(w.Page.Moment, w.Page.Days[minute/1440], w.clock(minute%1440))
}
