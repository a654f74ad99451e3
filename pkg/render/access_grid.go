package render

import (
	"context"
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// mark is what a step is to a customer with a need. Where it is several
// things, the one that matters most is its mark.
type mark uint8

// The marks, in the order of their weight and of the legend.
const (
	outside    mark = iota // it is no part of the need's way
	unreached              // no way leads there
	barred                 // it is barred
	door                   // it is barred, and satisfaction lies behind it
	openStep               // it can be taken
	onWay                  // the fastest way takes it, or leads by it to the first door
	singleWay              // no way goes without it
	wrongTurn              // one finds out there and turns back
	trap                   // satisfaction is lost by it
	countMarks = int(trap) + 1
)

// accessGrid is who gets through, by customer, need and step, before anybody
// has said how it looks: the picture and the text are made of the same one.
// The columns are the steps of the graph, in its order.
type accessGrid struct {
	graph  *corridor.Graph
	groups []stepGroup
	blocks []accessBlock
	score  float64
	moment *int
	used   [countMarks]bool
	bound  bool // of some row
}

// stepGroup is a run of steps that stand under one head: a stage of the basic
// path, or all of another path.
type stepGroup struct {
	path       int
	stage      int // which of the basic path's stages; -1 for what is in none
	first, end int // steps
}

// accessBlock is what is told of one need.
type accessBlock struct {
	need  *model.Need
	score float64 // of this need, for all customers who have it
	rows  []accessRow
	weeks []accessWeek // of a need with a deadline
}

// accessRow is what customers meet who meet the same.
type accessRow struct {
	customers []*model.Customer
	share     float64     // of all of them
	cell      access.Cell // of the first
	bound     bool        // a limit was reached; there may be more
	marks     []mark      // by step
	way       []bool      // by step: the fastest way takes it
}

// accessWeek is how the deadline is kept in the hours of the week, for the
// customers for whom it is kept alike.
type accessWeek struct {
	customers []*model.Customer
	share     float64 // of the week in which it is kept
	accessHours
}

// accessHours are the hours of the week, with the minutes of each in which the
// need may arise and the deadline is kept.
type accessHours struct {
	open bool
	kept [7][24]int
}

// crowd is how many customers a block tells of one by one; of more, those who
// meet the same share a row.
const crowd = 12

// mostMarks is far above what can be looked at.
const mostMarks = 2_000_000

// mostTriedCell bounds how many steps are tried to find what one customer with one
// need can come to.
const mostTriedCell = 200_000

// newAccessGrid asks who gets through, and keeps what was asked for.
func newAccessGrid(ctx context.Context, g *corridor.Graph, ask Question) (*accessGrid, error) {
	if n := ask.rows(g.Journey) * len(g.Steps); n > mostMarks {
		return nil, fmt.Errorf("the grid would have %d marks (customers and their needs × steps), and nobody can read more than %d; ask for one customer or one need", n, mostMarks)
	}
	r, err := access.Analyse(ctx, g, access.Options{Without: ask.Without})
	if err != nil {
		return nil, err
	}
	a := &accessGrid{graph: g, groups: stepGroups(g), score: r.Score, moment: ask.Moment}
	cells := slices.DeleteFunc(slices.Clone(r.Cells), func(c access.Cell) bool { return !ask.isAbout(c) })
	for _, n := range g.Journey.Needs {
		if err := a.tellNeed(ctx, n, r.Cells, cells); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// rows is how many rows a question asks for at most.
func (q Question) rows(j *model.Journey) int {
	customers, needs := len(j.Customers), len(j.Needs)
	if q.Customer != "" {
		customers = 1
	}
	if q.Need != "" {
		needs = 1
	}
	return customers * needs
}

// isAbout reports whether a question is about a cell.
func (q Question) isAbout(c access.Cell) bool {
	return (q.Customer == "" || q.Customer == c.Customer.ID.Value) && (q.Need == "" || q.Need == c.Need.ID.Value)
}

// stepGroups cuts the steps of a corridor into groups.
func stepGroups(g *corridor.Graph) []stepGroup {
	var all []stepGroup
	staged := usesStages(g.Journey)
	for path := range g.Paths {
		first, end := g.StepsOf(path)
		if path > 0 || !staged {
			all = append(all, stepGroup{path, -1, first, end})
			continue
		}
		for i := first; i < end; i++ {
			if i == first || g.Steps[i].Stage != g.Steps[i-1].Stage {
				all = append(all, stepGroup{path, len(all), i, i})
			}
			all[len(all)-1].end = i + 1
		}
	}
	return all
}

// tellNeed adds the block of a need, where it is asked for.
func (a *accessGrid) tellNeed(ctx context.Context, n *model.Need, all, asked []access.Cell) error {
	b := accessBlock{need: n, score: scoreOf(n, all)}
	part := a.partOf(n)
	for i := range asked {
		if asked[i].Need != n {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		b.rows = append(b.rows, a.row(&asked[i], part))
	}
	if len(b.rows) == 0 {
		return nil
	}
	if n.Within != nil {
		b.weeks = weeksOf(b.rows)
	}
	if len(b.rows) > crowd {
		b.rows = grouped(b.rows)
	}
	a.blocks = append(a.blocks, b)
	return nil
}

// scoreOf is the part of a need in the score: the open shares of all who have
// it, weighed by theirs. Where nobody counts, nobody is stopped.
func scoreOf(n *model.Need, cells []access.Cell) float64 {
	open, shares := 0.0, 0.0
	for _, c := range cells {
		if c.Need == n {
			open += c.Share * c.OpenShare
			shares += c.Share
		}
	}
	if shares == 0 {
		return 1
	}
	return open / shares
}

// partOf tells for each step whether it can lie on the way of a need, going
// by the places alone.
func (a *accessGrid) partOf(n *model.Need) []bool {
	start, target := access.Ends(a.graph, n)
	part, seen := make([]bool, len(a.graph.Steps)), make([]bool, a.graph.Places)
	seen[start] = true
	for places := []int{start}; len(places) > 0; {
		place := places[len(places)-1]
		places = places[:len(places)-1]
		if place == target {
			continue
		}
		for _, s := range a.graph.Out(place) {
			part[s] = true
			if to := a.graph.Steps[s].To; !seen[to] {
				seen[to] = true
				places = append(places, to)
			}
		}
	}
	return part
}

// row tells what one customer meets.
func (a *accessGrid) row(c *access.Cell, part []bool) accessRow {
	reach := c.Reach(nil, mostTriedCell)
	r := accessRow{
		customers: []*model.Customer{c.Customer}, share: c.Share, cell: *c, bound: c.Bound || reach.Bound,
		marks: a.reached(c, reach, part), way: make([]bool, len(a.graph.Steps)),
	}
	set := func(steps []int, m mark) {
		for _, s := range steps {
			r.marks[s] = m
		}
	}
	set(c.Way, onWay)
	for _, s := range c.Way {
		r.way[s] = true
	}
	for _, id := range c.SingleWays {
		for _, s := range a.graph.Visits(id) {
			if r.marks[s] == openStep || r.marks[s] == onWay {
				r.marks[s] = singleWay
			}
		}
	}
	set(c.WrongTurns, wrongTurn)
	set(c.Traps, trap)
	for _, d := range c.Doors {
		r.marks[d.Step] = door
	}
	for _, m := range r.marks {
		a.used[m] = true
	}
	a.bound = a.bound || r.bound
	return r
}

// reached marks the steps by what the customer can come to. A step is closed
// where its place is come to and it cannot be taken.
func (a *accessGrid) reached(c *access.Cell, reach *access.Reach, part []bool) []mark {
	g := a.graph
	start, _ := access.Ends(g, c.Need)
	at, marks := make([]bool, g.Places), make([]mark, len(g.Steps))
	at[start] = true
	for s := range marks {
		if reach.Takes(s) {
			at[g.Steps[s].To] = true
		}
	}
	for s := range marks {
		switch {
		case reach.Takes(s):
			marks[s] = openStep
		case !part[s]:
			marks[s] = outside
		case at[g.Steps[s].From]:
			marks[s] = barred
		default:
			marks[s] = unreached
		}
	}
	return marks
}

// grouped joins the rows of those who meet the same.
func grouped(rows []accessRow) []accessRow {
	var all []accessRow
	at := map[string]int{}
	for _, r := range rows {
		k := r.key()
		i, known := at[k]
		if !known {
			at[k] = len(all)
			all = append(all, r)
			continue
		}
		all[i].customers = append(all[i].customers, r.customers...)
		all[i].share += r.share
	}
	return all
}

// key is equal for those who meet the same.
func (r *accessRow) key() string {
	c := &r.cell
	b := fmt.Append(nil, c.Open, r.bound, c.Earliest, c.Fastest, c.OpenShare, c.Late)
	for s, m := range r.marks {
		b = append(b, byte(m))
		if r.way[s] {
			b = append(b, '+')
		}
	}
	return string(b)
}

// weeksOf tells how a deadline is kept. Who does not get through keeps it at
// no hour.
func weeksOf(rows []accessRow) []accessWeek {
	var all []accessWeek
	at := map[accessHours]int{}
	for _, r := range rows {
		hours := accessHours{open: r.cell.Open}
		if hours.open {
			hours.kept = keptIn(r.cell.Late)
		}
		i, known := at[hours]
		if !known {
			at[hours] = len(all)
			all = append(all, accessWeek{r.customers, r.cell.OpenShare, hours})
			continue
		}
		all[i].customers = append(slices.Clip(all[i].customers), r.customers...)
	}
	return all
}

// keptIn counts the minutes of each hour in which the need may arise and the
// deadline is kept.
func keptIn(late []model.Opening) (kept [7][24]int) {
	for d := range kept {
		for h := range kept[d] {
			kept[d][h] = 60
		}
	}
	for _, o := range late {
		for m := o.From; m < o.To; m++ {
			kept[m/1440][m/60%24]--
		}
	}
	return kept
}

// isLate reports whether a deadline is missed: at the moment that is asked
// for, else at some moment of the week.
func (a *accessGrid) isLate(r *accessRow) bool {
	c := &r.cell
	if c.Arrival == nil || c.Need.Within == nil {
		return false
	}
	if a.moment != nil {
		return c.Arrival.Wait(*a.moment) > c.Need.Within.Value
	}
	return len(c.Late) > 0
}
