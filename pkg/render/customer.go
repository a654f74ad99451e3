package render

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// overlay is a corridor as one customer with one need meets it. It says
// nothing of how that is drawn, nor in which language.
type overlay struct {
	ask           Question
	cell          access.Cell
	start, target int       // the places between which the need runs
	steps         []meeting // by step
	comes         []bool    // by place: the customer can come there

	// way is the way that is told: the fastest one, of a blocked cell the one
	// that the repair opens, and where there is none the one to the first
	// door. The first steps of it, so many, can be taken as it is.
	way  []int
	firm int

	gives []string // items that the repair hands out at the start
}

// meeting is what the customer meets at a step.
type meeting struct {
	state   meets
	missing []string // of what is closed or out: as of an [access.Door]
	refuses []int    // the paths that are not offered, where the first of them begins
	order   []int    // when it is taken on the way, from 1
	stopped bool     // satisfaction lies behind it, and the customer is stopped here
	trap    bool     // it binds, and satisfaction is lost
	wrong   bool     // one has to turn back
	single  bool     // there is no way without it
	begins  bool     // the need starts here, within the corridor
	ends    bool     // the need is met here, before the corridor ends
	mends   []access.Change
	opens   *int // the minute of the week until which it is closed
}

// meets is what a step is to a customer.
type meets int

const (
	open      meets = iota // it can be taken
	closed                 // they come to it, and something is missing
	out                    // its touchpoint is out
	refused                // its path is not offered to them, or for this need
	away                   // they do not come to it
	elsewhere              // it is not between the start and the end of the need
)

// mostTried bounds how many steps are tried to find what can be come to.
const mostTried = 1_000_000

// layoutCustomer places the corridor like the spine, as a customer meets it.
func layoutCustomer(ctx context.Context, g *corridor.Graph, o Options, route Router) (*Scene, error) {
	met, err := newOverlay(ctx, g, o.Ask)
	if err != nil {
		return nil, err
	}
	p := newPlan(g, o)
	p.overlay = met
	return p.lay(ctx, route)
}

// newOverlay finds what a customer meets. It fails where they have no such
// need, and where ctx ends.
func newOverlay(ctx context.Context, g *corridor.Graph, ask Question) (*overlay, error) {
	cell, err := cellOf(ctx, g, ask, access.Options{Without: ask.Without, Repairs: true})
	if err != nil {
		return nil, err
	}
	ask.Customer, ask.Need = cell.Customer.ID.Value, cell.Need.ID.Value
	v := &overlay{ask: ask, cell: cell, steps: make([]meeting, len(g.Steps)), comes: make([]bool, g.Places)}
	v.start, v.target = access.Ends(g, cell.Need)
	reach := v.cell.Reach(nil, mostTried)
	for place := range v.comes {
		v.comes[place] = reach.Comes(place)
	}
	v.findStates(g, reach)
	v.mark(g)
	if err := v.findWay(ctx, g, reach); err != nil {
		return nil, err
	}
	v.number()
	v.findHours(g)
	return v, nil
}

// cellOf analyses a corridor and returns what holds for one customer and need:
// the first that there are, where the question leaves them open.
func cellOf(ctx context.Context, g *corridor.Graph, ask Question, o access.Options) (access.Cell, error) {
	r, err := access.Analyse(ctx, g, o)
	if err != nil {
		return access.Cell{}, err
	}
	for _, c := range r.Cells {
		if is(c.Customer.ID, ask.Customer) && is(c.Need.ID, ask.Need) {
			return c, nil
		}
	}
	return access.Cell{}, fmt.Errorf("%q is not a need of %q", ask.Need, ask.Customer)
}

// is reports whether a name is the one that was asked for, "" for any.
func is(n model.Name, asked string) bool { return asked == "" || n.Value == asked }

func (v *overlay) findStates(g *corridor.Graph, reach *access.Reach) {
	between := v.between(g)
	unoffered := v.unoffered(g)
	for i, s := range g.Steps {
		m := &v.steps[i]
		missing, comes := reach.Missing(i)
		m.missing = missing
		switch {
		case !between[s.From] || s.From == v.target:
			m.state, m.missing = elsewhere, nil
		case len(v.outages(s.Touchpoint)) > 0:
			m.state, m.missing = out, v.outages(s.Touchpoint)
		case len(unoffered[s.Path]) > 0:
			m.state, m.missing = refused, nil
			if g.Paths[s.Path].First == i {
				m.refuses = unoffered[s.Path]
			}
		case !comes:
			m.state = away
		case len(missing) > 0:
			m.state = closed
		}
	}
}

// between tells which places can be passed on the way of the need at all,
// were nothing barred.
func (v *overlay) between(g *corridor.Graph) []bool {
	seen := make([]bool, g.Places)
	seen[v.start] = true
	places := []int{v.start}
	for len(places) > 0 {
		place := places[len(places)-1]
		places = places[:len(places)-1]
		if place == v.target {
			continue
		}
		for _, step := range g.Out(place) {
			if to := g.Steps[step].To; !seen[to] {
				seen[to] = true
				places = append(places, to)
			}
		}
	}
	return seen
}

// unoffered lists for each path which paths are not offered, of itself and
// those that it hangs on.
func (v *overlay) unoffered(g *corridor.Graph) [][]int {
	all := make([][]int, len(g.Paths))
	for i := range g.Paths {
		for _, path := range hanging(g, i) {
			if def := g.Paths[path].Def; def != nil && !(offers(def.Customers, v.ask.Customer) && offers(def.Needs, v.ask.Need)) {
				all[i] = append(all[i], path)
			}
		}
	}
	return all
}

// hanging returns a path and all that it hangs on, directly or not.
func hanging(g *corridor.Graph, path int) []int {
	all := []int{path}
	for i := 0; i < len(all); i++ {
		for _, under := range g.Paths[all[i]].HangsOn {
			if !slices.Contains(all, under) {
				all = append(all, under)
			}
		}
	}
	return all
}

// offers reports whether a list of names has one; an empty list has all.
func offers(names []model.Name, id string) bool {
	return len(names) == 0 || slices.ContainsFunc(names, func(n model.Name) bool { return n.Value == id })
}

// outages returns the outages by which nobody can take a touchpoint.
func (v *overlay) outages(t *model.Touchpoint) []string {
	var all []string
	if t == nil {
		return nil
	}
	for _, o := range v.ask.Without {
		id := map[string]string{"touchpoint": t.ID.Value, "channel": t.Channel.Value, "department": t.Owner.Value}[o.Kind]
		if id != "" && id == o.ID {
			all = append(all, o.Kind+":"+o.ID)
		}
	}
	return all
}

// mark notes what the analysis found at single steps.
func (v *overlay) mark(g *corridor.Graph) {
	for _, d := range v.cell.Doors {
		v.steps[d.Step].stopped = true
	}
	for _, i := range v.cell.Traps {
		v.steps[i].trap = true
	}
	for _, i := range v.cell.WrongTurns {
		v.steps[i].wrong = true
	}
	for i, s := range g.Steps {
		m := &v.steps[i]
		m.single = s.Touchpoint != nil && m.state == open && slices.Contains(v.cell.SingleWays, s.Touchpoint.ID.Value)
		m.begins = s.From == v.start && v.start != g.Start && m.state != elsewhere
		m.ends = s.To == v.target && v.target != g.Satisfied && m.state != elsewhere
	}
}

// findWay chooses the way that is told.
func (v *overlay) findWay(ctx context.Context, g *corridor.Graph, reach *access.Reach) error {
	v.way = v.cell.Way
	v.firm = len(v.way)
	if v.cell.Open {
		return v.findWayAt(ctx, g)
	}
	mended, err := v.mend(ctx, g)
	if err != nil || mended == nil {
		return err
	}
	v.way, v.firm = mended, 0
	for v.firm < len(mended) && reach.Takes(mended[v.firm]) {
		v.firm++
	}
	return nil
}

func (v *overlay) number() {
	for n, step := range v.way {
		v.steps[step].order = append(v.steps[step].order, n+1)
	}
}

// mostLooked bounds the work of looking for the way of a certain moment:
// steps times cells. Beyond it the fastest way is told.
const mostLooked = 100_000

// findWayAt takes the way by which a need that arises at the moment asked for
// is met first.
func (v *overlay) findWayAt(ctx context.Context, g *corridor.Graph) error {
	if v.ask.Moment == nil || v.cell.Arrival == nil || len(g.Steps)*len(g.Journey.Customers)*len(g.Journey.Needs) > mostLooked {
		return nil
	}
	const most = 64
	ways, err := access.ListWays(ctx, g, access.Options{Without: v.ask.Without}, access.ByTime, most)
	if err != nil {
		return err
	}
	for _, w := range ways {
		if w.Customer != v.cell.Customer || w.Need != v.cell.Need {
			continue
		}
		for _, way := range w.Best {
			if v.takes(g, way.Steps) == v.cell.Arrival.Wait(*v.ask.Moment) {
				v.way, v.firm = way.Steps, len(way.Steps)
				return nil
			}
		}
	}
	return nil
}

// takes is how long a way takes from the moment asked for.
func (v *overlay) takes(g *corridor.Graph, way []int) time.Duration {
	from := time.Duration(*v.ask.Moment) * time.Minute
	now := from
	for _, step := range way {
		now, _ = passes(g, step, now)
	}
	return now - from
}

// passes returns when one is through a step, and until when it is closed for
// who comes at a moment: the moment itself where it is open.
func passes(g *corridor.Graph, step int, now time.Duration) (through, opens time.Duration) {
	t := g.Steps[step].Touchpoint
	if t == nil {
		return now, now
	}
	now += span(t.Delay)
	opens = nextOpen(access.Hours(g.Journey, t), now)
	return opens + span(t.Waits) + span(t.Takes), opens
}

func span(d *model.Duration) time.Duration {
	if d == nil {
		return 0
	}
	return d.Value
}

// nextOpen returns the first moment from which on something is open; the
// moment itself for what never opens.
func nextOpen(h *model.Hours, now time.Duration) time.Duration {
	if h == nil || h.Always() || h.Never() {
		return now
	}
	const week = model.WeekMinutes * time.Minute
	monday, at := now-now%week, now%week
	for _, o := range h.Spans {
		if at < time.Duration(o.To)*time.Minute {
			return monday + max(at, time.Duration(o.From)*time.Minute)
		}
	}
	return monday + week + time.Duration(h.Spans[0].From)*time.Minute
}

// findHours tells what is closed at the moment asked for: on the way when one
// comes there, elsewhere when the need arises.
func (v *overlay) findHours(g *corridor.Graph) {
	if v.ask.Moment == nil {
		return
	}
	now := time.Duration(*v.ask.Moment) * time.Minute
	for i := range v.steps {
		if m := &v.steps[i]; m.state == open && len(m.order) == 0 && g.Steps[i].Touchpoint != nil {
			m.shut(now, nextOpen(access.Hours(g.Journey, g.Steps[i].Touchpoint), now))
		}
	}
	for _, step := range v.way[:v.firm] {
		through, opens := passes(g, step, now)
		if t := g.Steps[step].Touchpoint; t != nil {
			v.steps[step].shut(now+span(t.Delay), opens)
		}
		now = through
	}
}

// shut notes that a step opens only after a moment.
func (m *meeting) shut(now, opens time.Duration) {
	if opens > now && m.opens == nil {
		minute := int(opens/time.Minute) % model.WeekMinutes
		m.opens = &minute
	}
}
