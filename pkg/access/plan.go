package access

import (
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// plan is what all cells of a corridor share: the touchpoints with their
// requirements as sets of numbered names.
type plan struct {
	graph   *corridor.Graph
	options Options
	names   []string       // those that touchpoints require
	number  map[string]int // of a name
	points  []point        // in the order of their first steps
	of      []int32        // the point of each step; -1 for the empty way
	hangs   [][]int        // of each path: itself and all that it hangs on
	items   map[string]bool

	// What classes share until a change makes one of them differ.
	needs   [][]clause            // of each point: its clauses
	bars    map[string][][]string // by what is spoken, see barsOf
	offered []bool                // to everyone, for every need
	limited []int                 // the paths that are not
	keeps   bool                  // whether classes keep what was explored for their answers

	arena arena // of the arrivals of one search
}

// point is a touchpoint as the engine sees it.
type point struct {
	touchpoint *model.Touchpoint
	clauses    []clause
	gives      set
	languages  []string
	binding    bool
	bars       []string // why nobody can take it: touchpoint:x …, hours
	cost       Cost
	arrival    *Arrival
}

// clause is a requirement: one of the names must be held.
type clause struct {
	anyOf set
	text  string // the names sorted, a|b
}

// newPlan makes the plan of a corridor. The touchpoints beside it are points
// without a step.
func newPlan(g *corridor.Graph, o Options, beside ...*model.Touchpoint) *plan {
	p := &plan{graph: g, options: o, number: map[string]int{}, items: itemsOf(g.Journey), bars: map[string][][]string{}}
	index := make(map[string]int32, len(g.Steps))
	p.of, p.points = make([]int32, 0, len(g.Steps)), make([]point, 0, min(len(g.Steps), len(g.Journey.Touchpoints)))
	number := func(t *model.Touchpoint) int32 {
		i, known := index[t.ID.Value]
		if !known {
			i = int32(len(p.points))
			index[t.ID.Value] = i
			p.points = append(p.points, point{touchpoint: t})
		}
		return i
	}
	for _, s := range g.Steps {
		if s.Touchpoint == nil {
			p.of = append(p.of, -1)
		} else {
			p.of = append(p.of, number(s.Touchpoint))
		}
	}
	for _, t := range beside {
		number(t)
	}
	required := make([][][]string, len(p.points))
	for i := range p.points {
		required[i] = p.requirements(p.points[i].touchpoint)
		p.nameClauses(required[i])
	}
	p.needs = make([][]clause, len(p.points))
	for i := range p.points {
		p.fill(&p.points[i], required[i])
		p.needs[i] = p.points[i].clauses
	}
	p.hangs, p.offered = make([][]int, len(g.Paths)), make([]bool, len(g.Paths))
	for i, path := range g.Paths {
		p.hangs[i], p.offered[i] = hangsOn(g, i), true
		if path.Def != nil && len(path.Def.Customers)+len(path.Def.Needs) > 0 {
			p.limited = append(p.limited, i)
		}
	}
	return p
}

// itemsOf returns the names that are held only once they were given: what a
// touchpoint gives or a customer or need has, but for capabilities.
func itemsOf(j *model.Journey) map[string]bool {
	items := map[string]bool{}
	add := func(names []model.Name) {
		for _, n := range names {
			if j.Capability(n.Value) == nil {
				items[n.Value] = true
			}
		}
	}
	for _, t := range j.Touchpoints {
		add(t.Gives)
	}
	for _, c := range j.Customers {
		add(c.Has)
	}
	for _, n := range j.Needs {
		add(n.Has)
	}
	return items
}

// hangsOn returns a path and all that it hangs on, directly or not.
func hangsOn(g *corridor.Graph, path int) []int {
	all := []int{path}
	for i := 0; i < len(all); i++ {
		for _, below := range g.Paths[all[i]].HangsOn {
			if !slices.Contains(all, below) {
				all = append(all, below)
			}
		}
	}
	slices.Sort(all)
	return all
}

// requirements returns the clauses of a touchpoint: its own, its channel's
// less what it waives, and each name that it asks for.
func (p *plan) requirements(t *model.Touchpoint) [][]string {
	channel := p.graph.Journey.Channel(t.Channel.Value)
	n := len(t.Requires) + len(t.Asks)
	if channel != nil {
		n += len(channel.Requires)
	}
	all := make([][]string, 0, n)
	add := func(sorted []string) {
		if len(sorted) > 1 {
			sorted = slices.Clone(sorted)
			slices.Sort(sorted)
			sorted = slices.Compact(sorted)
		}
		if !slices.ContainsFunc(all, func(o []string) bool { return slices.Equal(o, sorted) }) {
			all = append(all, sorted)
		}
	}
	for _, r := range t.Requires {
		add(r.AnyOf)
	}
	if channel != nil {
		for _, r := range channel.Requires {
			if !slices.ContainsFunc(t.Waives, r.Same) {
				add(r.AnyOf)
			}
		}
	}
	for _, n := range t.Asks {
		add([]string{n.Value})
	}
	return all
}

func (p *plan) nameClauses(required [][]string) {
	for _, names := range required {
		for _, n := range names {
			if _, known := p.number[n]; !known {
				p.number[n] = len(p.names)
				p.names = append(p.names, n)
			}
		}
	}
}

func (p *plan) fill(pt *point, required [][]string) {
	t := pt.touchpoint
	pt.clauses = make([]clause, len(required))
	sets := newSets(len(required)+1, len(p.names))
	for i, names := range required {
		c := clause{anyOf: sets[i], text: strings.Join(names, "|")}
		for _, n := range names {
			c.anyOf.add(p.number[n])
		}
		pt.clauses[i] = c
	}
	pt.gives = sets[len(required)]
	for _, n := range t.Gives {
		if i, required := p.number[n.Value]; required {
			pt.gives.add(i)
		}
	}
	for _, l := range t.Languages {
		pt.languages = append(pt.languages, l.Value)
	}
	pt.binding = t.Binding.Value
	p.time(pt)
}

// time fills in what a touchpoint costs, and when it is open.
func (p *plan) time(pt *point) {
	t := pt.touchpoint
	var delay, waits, takes Cost
	for _, d := range []struct {
		from *model.Duration
		to   *Cost
	}{{t.Delay, &delay}, {t.Waits, &waits}, {t.Takes, &takes}} {
		if d.from != nil {
			d.to.Time = d.from.Value
		}
	}
	pt.cost.Time = min(delay.Time+waits.Time, horizon) + takes.Time
	if t.Effort != nil {
		pt.cost.Effort = t.Effort.Value
	}
	hours := Hours(p.graph.Journey, t)
	open := []model.Opening{{From: 0, To: model.WeekMinutes}}
	if hours != nil {
		open = hours.Spans
	}
	pt.arrival = stepArrival(open, hours == nil || hours.Always(), delay.Time, waits.Time, takes.Time)
	pt.bars = p.outages(t)
	if pt.arrival == nil {
		pt.bars = append(pt.bars, "hours")
	}
}

// Hours returns when a touchpoint is open: its own hours, else those of its
// owner where a person serves; nil means always.
func Hours(j *model.Journey, t *model.Touchpoint) *model.Hours {
	if t.Hours != nil {
		return t.Hours
	}
	if c := j.Channel(t.Channel.Value); c != nil && c.Staffed.Value {
		if d := j.Department(t.Owner.Value); d != nil {
			return d.Hours
		}
	}
	return nil
}

// outages returns the outages by which nobody can take a touchpoint.
func (p *plan) outages(t *model.Touchpoint) []string {
	var all []string
	for _, o := range p.options.Without {
		id := map[string]string{"touchpoint": t.ID.Value, "channel": t.Channel.Value, "department": t.Owner.Value}[o.Kind]
		if name := o.Kind + ":" + o.ID; id != "" && id == o.ID && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}
