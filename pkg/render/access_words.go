package render

import (
	"cmp"
	"math"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// accessWords are those of the view that tells who gets through.
type accessWords struct {
	Score      string   `json:"score"`
	ScoreMeans string   `json:"scoreMeans"`
	Without    string   `json:"without"` // %s is a list of things
	Moment     string   `json:"moment"`  // %s is a day and an hour
	Within     string   `json:"within"`  // %s is a length of time
	Others     string   `json:"others"`  // %s is a number
	Share      string   `json:"share"`
	Time       string   `json:"time"` // how long it takes
	Best       string   `json:"best"` // the shortest time of the week
	Open       string   `json:"open"` // the part of the week in which the deadline is kept
	Through    string   `json:"through"`
	Closed     string   `json:"closed"`
	Late       string   `json:"late"`
	LateMeans  string   `json:"lateMeans"`
	ShareMeans string   `json:"shareMeans"` // of the week
	More       string   `json:"more"`       // a limit was reached
	Marks      []string `json:"marks"`
	Week       string   `json:"week"`
	WeekMeans  string   `json:"weekMeans"`
	Kept       string   `json:"kept"`
	Partly     string   `json:"partly"`
	Missed     string   `json:"missed"`
	Asked      string   `json:"asked"` // the hour that is asked for
	WeekClosed string   `json:"weekClosed"`
	Days       []string `json:"days"`       // from Monday
	NoCustomer string   `json:"noCustomer"` // nothing to tell
	NoNeed     string   `json:"noNeed"`
	NoCell     string   `json:"noCell"`
	Outages    []string `json:"outages"` // touchpoint, channel, department, capability; %s is its name
	Steps      string   `json:"steps"`
}

// lasts writes a length of time. What a second does not measure is left out.
func (w words) lasts(d time.Duration) string {
	return cmp.Or(w.short(d), w.Page.NoTime)
}

// moment writes a minute of the week.
func (w words) moment(minute int) string {
	minute = (minute%model.WeekMinutes + model.WeekMinutes) % model.WeekMinutes
	return w.Access.Days[minute/1440] + " " + w.clock(minute%1440)
}

// openShare writes a share of which only what is whole is all, and only
// nothing is nought.
func (w words) openShare(share float64) string {
	tenths := math.Round(share * 1000)
	if share < 1 {
		tenths = min(tenths, 999)
	}
	if share > 0 {
		tenths = max(tenths, 1)
	}
	return w.percent(tenths / 1000)
}

// outage names what is out.
func (p *plan) outage(o access.Outage) string {
	j, words := p.graph.Journey, p.words.Access.Outages
	kind, name := 0, clean(o.ID)
	switch o.Kind {
	case "touchpoint":
		if t := j.Touchpoint(o.ID); t != nil {
			name = p.label(t.Definition)
		}
	case "channel":
		kind, name = 1, clean(p.words.channel(j, o.ID, p.language))
	case "department":
		if kind = 2; j.Department(o.ID) != nil {
			name = p.label(j.Department(o.ID).Definition)
		}
	case "capability":
		if kind = 3; j.Capability(o.ID) != nil {
			name = p.label(j.Capability(o.ID).Definition)
		}
	}
	return with(words[kind], name)
}

// assumed says what a map of access assumes, a line for each thing.
func (p *plan) assumed(ask Question) []string {
	var says []string
	if len(ask.Without) > 0 {
		var out []string
		for _, o := range ask.Without {
			out = append(out, p.outage(o))
		}
		says = append(says, with(p.words.Access.Without, strings.Join(out, p.words.Comma)))
	}
	if ask.Moment != nil {
		says = append(says, with(p.words.Access.Moment, p.words.moment(*ask.Moment)))
	}
	return says
}

// nothing says why there is nothing to tell.
func (p *plan) nothing() string {
	switch j := p.graph.Journey; {
	case len(j.Customers) == 0:
		return p.words.Access.NoCustomer
	case len(j.Needs) == 0:
		return p.words.Access.NoNeed
	}
	return p.words.Access.NoCell
}

// result says how it ends for those of a row.
func (p *plan) result(a *accessGrid, r *accessRow) string {
	w := p.words.Access
	if !r.cell.Open {
		return w.Closed
	}
	took := r.cell.Fastest.Time
	switch {
	case r.cell.Arrival == nil:
	case a.moment != nil:
		took = r.cell.Arrival.Wait(*a.moment)
	default:
		took = r.cell.Earliest
	}
	return p.words.lasts(took)
}

// lateMeans explains what late is.
func (w words) lateMeans(a *accessGrid) string {
	if a.moment != nil {
		return w.Access.Late
	}
	return w.Access.LateMeans
}

// timeHead is what stands over how long it takes.
func (w words) timeHead(a *accessGrid) string {
	if a.moment != nil {
		return w.Access.Time
	}
	return w.Access.Best
}

// names lists customers.
func (p *plan) names(customers []*model.Customer) string {
	var all []string
	for _, c := range customers {
		all = append(all, p.label(c.Definition))
	}
	return strings.Join(all, p.words.Comma)
}

// ending says in words how it ends for those of a row.
func (p *plan) ending(a *accessGrid, r *accessRow) string {
	w := p.words.Access
	if !r.cell.Open {
		return w.Closed
	}
	says := []string{w.Through, p.result(a, r)}
	if a.isLate(r) {
		says = append(says, w.Late)
	}
	if r.cell.Need.Within != nil {
		says = append(says, w.Open+": "+p.words.openShare(r.cell.OpenShare))
	}
	return strings.Join(says, p.words.Comma)
}

// namesIn lists customers at the head of a row in a band: all in the first,
// the first few of many in those that follow.
func (p *plan) namesIn(band int, customers []*model.Customer) string {
	const few = 3
	if band == 0 || len(customers) <= few+1 {
		return p.names(customers)
	}
	more := with(p.words.Access.Others, number(len(customers)-few, p.words.Zero))
	return p.names(customers[:few]) + p.words.Comma + more
}

// speakRow says a row in words: how it ends, and where each mark stands but
// those that say nothing of note.
func (p *plan) speakRow(a *accessGrid, r *accessRow) string {
	w := p.words.Access
	says := []string{
		p.names(r.customers) + p.words.Comma + p.words.percent(r.share),
		p.label(r.cell.Need.Definition) + ": " + p.ending(a, r),
	}
	for _, m := range []mark{door, barred, unreached, trap, wrongTurn, singleWay, onWay} {
		var steps []string
		for s := range r.marks {
			if r.marks[s] == m {
				steps = append(steps, p.stepLabel(s))
			}
		}
		if len(steps) > 0 {
			says = append(says, w.Marks[m]+": "+strings.Join(steps, p.words.Comma))
		}
	}
	if r.bound {
		says = append(says, w.More)
	}
	return strings.Join(says, ". ")
}

// groupName is what stands over a group of steps.
func (p *plan) groupName(g stepGroup) string {
	path := p.graph.Paths[g.path]
	switch {
	case g.stage >= 0:
		return clean(p.words.stage(p.graph.Journey.Stages[p.graph.Steps[g.first].Stage], p.language))
	case path.Kind == model.Basic:
		return p.words.Basic
	case path.Def == nil:
		return clean(path.ID)
	}
	return p.label(path.Def.Definition)
}

// kindName is what a path is.
func (p *plan) kindName(path int) string {
	return [...]string{p.words.Basic, p.words.Optional, p.words.Alternative}[p.graph.Paths[path].Kind]
}
