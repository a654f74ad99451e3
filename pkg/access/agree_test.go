package access_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// budget is how long random corridors are tried.
func budget() time.Duration {
	if testing.Short() {
		return 2 * time.Second
	}
	return 20 * time.Second
}

// seeds returns the first seed and how many are tried at most; CORRIDOR_SEED
// tries one alone.
func seeds(t *testing.T, most uint64) (first, end uint64) {
	s := os.Getenv("CORRIDOR_SEED")
	if s == "" {
		return 0, most
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n, n + 1
}

// TestAgree holds the engine against the reference on random corridors. A
// corridor on which they differ is made smaller as long as they do.
func TestAgree(t *testing.T) {
	first, end := seeds(t, 6000)
	count := tally{}
	stop := time.Now().Add(budget())
	failures, seed := 0, first
	for ; seed < end && time.Now().Before(stop) && failures < 5; seed++ {
		d := randomDraft(seed)
		full := seed%400 == 0
		diffs := disagree(d, full, count)
		if len(diffs) == 0 {
			continue
		}
		failures++
		small := shrink(d, func(d *draft) bool { return len(disagree(d, full, tally{})) > 0 })
		t.Errorf("seed %d:\n%s\n%s", seed, small, strings.Join(disagree(small, full, tally{}), "\n"))
	}
	t.Logf("%d corridors: %v", seed-first, count)
}

// tally counts what was compared, so that the log shows what random corridors
// are good for.
type tally map[string]int

func (c tally) add(name string, n int) { c[name] += n }

// disagree returns in which answers the engine and the reference differ.
func disagree(d *draft, full bool, count tally) (diffs []string) {
	g, why := graphOf(d.String())
	if g == nil {
		count.add("refused", 1)
		_ = why
		return nil
	}
	defer func() {
		if p := recover(); p != nil {
			diffs = []string{fmt.Sprint("panic: ", p)}
		}
	}()
	options := access.Options{Repairs: true}
	for _, o := range d.without {
		options.Without = append(options.Without, access.Outage{Kind: o.kind, ID: o.id})
	}
	r, err := access.Analyse(context.Background(), g, options)
	if err != nil {
		return []string{"error: " + err.Error()}
	}
	c := &comparison{file: newFile(g, d.without), result: r, full: full, count: count}
	c.all()
	return c.diffs
}

// comparison is a corridor with both answers.
type comparison struct {
	*file
	result *access.Result
	full   bool // every minute of the week
	count  tally
	diffs  []string
	where  string
}

func (c *comparison) differ(what string, engine, reference any) {
	c.diffs = append(c.diffs, fmt.Sprintf("%s%s: engine %v, reference %v", c.where, what, engine, reference))
}

func (c *comparison) same(what string, engine, reference any) {
	if e, r := fmt.Sprint(engine), fmt.Sprint(reference); e != r {
		c.differ(what, e, r)
	}
}

func (c *comparison) names(steps []int) []string {
	all := []string{}
	for _, s := range steps {
		all = append(all, c.graph.StepName(s))
	}
	return all
}

func (c *comparison) all() {
	pairs := c.pairs()
	var blocked []pair
	if len(pairs) != len(c.result.Cells) {
		c.differ("number of cells", len(c.result.Cells), len(pairs))
		return
	}
	for _, p := range pairs {
		if !c.maze(p, nil).isOpen() {
			blocked = append(blocked, p)
		}
	}
	for i, p := range pairs {
		c.where = p.customer.ID.Value + " × " + p.need.ID.Value + ": "
		c.cell(&c.result.Cells[i], p, blocked)
	}
	c.where = "together: "
	c.score()
	c.fix(c.result.Repair, blocked, blocked)
	c.count.add("corridors", 1)
}

func (c *comparison) cell(cell *access.Cell, p pair, blocked []pair) {
	c.count.add("cells", 1)
	if cell.Customer.ID.Value != p.customer.ID.Value || cell.Need.ID.Value != p.need.ID.Value {
		c.differ("cell", cell.Customer.ID.Value+" × "+cell.Need.ID.Value, "another")
		return
	}
	m := c.maze(p, nil)
	w := m.walk()
	if w == nil {
		c.count.add("too large", 1)
		return
	}
	if w.open != m.isOpen() {
		c.differ("the reference itself, by regions and by walks", m.isOpen(), w.open)
	}
	if math.Abs(cell.Share-c.share(p.customer)) > 1e-12 {
		c.differ("share", cell.Share, c.share(p.customer))
	}
	c.same("bound", cell.Bound, false)
	if cell.Open != w.open {
		c.differ("open", cell.Open, w.open)
		return
	}
	c.way(cell, w)
	if w.open {
		c.openCell(cell, p, w)
	} else {
		c.blockedCell(cell, p, w, blocked)
	}
}

func (c *comparison) blockedCell(cell *access.Cell, p pair, w *walks, blocked []pair) {
	var engine, reference []string
	for _, d := range cell.Doors {
		engine = append(engine, fmt.Sprint(c.graph.StepName(d.Step), d.Missing))
	}
	for _, d := range w.doors() {
		reference = append(reference, fmt.Sprint(c.graph.StepName(d.step), d.missing))
	}
	c.same("doors", engine, reference)
	c.same("traps of a blocked cell", len(cell.Traps)+len(cell.WrongTurns)+len(cell.SingleWays), 0)
	c.same("open share of a blocked cell", cell.OpenShare, 0)
	c.same("arrival of a blocked cell", cell.Arrival == nil, true)
	c.fix(cell.Repair, []pair{p}, repairSpeakers(p, blocked))
	c.count.add("blocked", 1)
	c.count.add("doors", len(reference))
}

// repairSpeakers are those whose languages may be added in the repair of one
// cell.
func repairSpeakers(p pair, _ []pair) []pair { return []pair{p} }

func (c *comparison) openCell(cell *access.Cell, p pair, w *walks) {
	c.same("doors of an open cell", len(cell.Doors), 0)
	c.same("repair of an open cell", cell.Repair == nil, true)
	traps, wrong := w.turns()
	c.same("traps", c.names(cell.Traps), c.names(traps))
	c.same("wrong turns", c.names(cell.WrongTurns), c.names(wrong))
	single := c.singleWays(p)
	c.same("single ways", cell.SingleWays, single)
	fastest := w.fastest()
	c.same("fastest", cell.Fastest, access.Cost{Time: fastest.time, Effort: fastest.effort})
	c.times(cell, p, w)
	c.count.add("open", 1)
	c.count.add("traps", len(traps))
	c.count.add("wrong turns", len(wrong))
	c.count.add("single ways", len(single))
}

// way walks the engine's way.
func (c *comparison) way(cell *access.Cell, w *walks) {
	s, spent := state{1 << w.start, w.held}, cost{}
	at := w.start
	for i, step := range cell.Way {
		e := &w.edges[step]
		if s.been>>e.from&1 == 0 || !w.passes(e, s.held) || at == w.target {
			c.differ("way", c.names(cell.Way), "it cannot be walked, see step "+strconv.Itoa(i+1))
			return
		}
		spent, at = e.plain(spent), e.to
		s.been, s.held = s.been|1<<e.to, s.held|e.gives
		if e.binding {
			s.been = 1 << e.to
		}
	}
	switch {
	case cell.Open && at != w.target:
		c.differ("way", c.names(cell.Way), "it does not end in satisfaction")
	case cell.Open && spent != w.fastest():
		c.differ("way", c.names(cell.Way), fmt.Sprint("it costs ", spent, ", not ", w.fastest()))
	case !cell.Open && len(cell.Doors) > 0 && s.been>>w.edges[cell.Doors[0].Step].from&1 == 0:
		c.differ("way", c.names(cell.Way), "it does not lead to the first door")
	}
}

// times compares the waits at some minutes of the week, or at all.
func (c *comparison) times(cell *access.Cell, p pair, w *walks) {
	if cell.Arrival == nil {
		c.differ("arrival", nil, "some")
		return
	}
	for _, minute := range c.minutes(w) {
		wait := w.wait(minute)
		if got := cell.Arrival.Wait(minute); got != wait {
			c.differ("wait at "+clock(minute), got, wait)
			return
		}
		if got, want := isLate(cell, minute), p.need.Within != nil && wait > p.need.Within.Value; got != want {
			c.differ("late at "+clock(minute), got, want)
			return
		}
		c.count.add("minutes", 1)
	}
	earliest, kept := time.Duration(math.MaxInt64), 0
	for minute := range model.WeekMinutes {
		earliest = min(earliest, cell.Arrival.Wait(minute))
	}
	kept = model.WeekMinutes
	for _, o := range cell.Late {
		kept -= o.To - o.From
	}
	c.same("earliest", cell.Earliest, earliest)
	if share := float64(kept) / model.WeekMinutes; math.Abs(cell.OpenShare-share) > 1e-12 {
		c.differ("open share", cell.OpenShare, share)
	}
	if len(cell.Late) > 0 {
		c.count.add("late", 1)
	}
}

func isLate(cell *access.Cell, minute int) bool {
	return slices.ContainsFunc(cell.Late, func(o model.Opening) bool { return o.From <= minute && minute < o.To })
}

func clock(minute int) string {
	return fmt.Sprintf("%s %02d:%02d", []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}[minute/1440], minute/60%24, minute%60)
}

// minutes are those at which the need arises: some, and those at which
// something opens or closes.
func (c *comparison) minutes(w *walks) []int {
	if c.full && len(w.states) < 60 {
		all := make([]int, model.WeekMinutes)
		for i := range all {
			all[i] = i
		}
		return all
	}
	r := rand.New(rand.NewPCG(1, 2))
	some := []int{0, model.WeekMinutes - 1, r.IntN(model.WeekMinutes), r.IntN(model.WeekMinutes), r.IntN(model.WeekMinutes)}
	for _, t := range c.visited() {
		if h := c.hours(t); h != nil && len(h.Spans) > 0 {
			o := h.Spans[r.IntN(len(h.Spans))]
			some = append(some, o.From, o.To-1, o.To%model.WeekMinutes, (o.From+model.WeekMinutes-1)%model.WeekMinutes)
		}
	}
	return some
}

// score compares the score with that of the open shares.
func (c *comparison) score() {
	total, needs := 0.0, 0
	for _, n := range c.journey.Needs {
		open, shares := 0.0, 0.0
		for i, p := range c.pairs() {
			if p.need == n {
				open += c.share(p.customer) * c.result.Cells[i].OpenShare
				shares += c.share(p.customer)
			}
		}
		if shares > 0 {
			total, needs = total+open/shares, needs+1
		}
	}
	score := 1.0
	if needs > 0 {
		score = total / float64(needs)
	}
	if math.Abs(score-c.result.Score) > 1e-9 {
		c.differ("score", c.result.Score, score)
	}
}

// fix compares the repair of some pairs.
func (c *comparison) fix(r *access.Repair, pairs, speakers []pair) {
	if r == nil {
		c.differ("repair", nil, "some")
		return
	}
	var changes []change
	for _, ch := range r.Changes {
		changes = append(changes, change{kind(ch.Kind), ch.Touchpoint, ch.Value})
	}
	want, ok := c.repair(pairs, speakers)
	switch {
	case !ok:
		c.count.add("too many changes", 1)
	case r.Possible != want.possible:
		c.differ("repair is possible", r.Possible, want.possible)
	case !want.possible:
		c.count.add("no repair", 1)
	case !r.Exact:
		c.differ("repair is exact", false, true)
	case want.found:
		c.same("repair", changes, want.changes)
		c.count.add(fmt.Sprint("repairs of ", len(changes)), 1)
	case len(changes) < want.tried || !c.repairs(pairs, changes):
		c.differ("repair", changes, fmt.Sprint("at least ", want.tried, ", and it must open"))
	default:
		c.count.add("larger repairs", 1)
	}
}

// shrink makes a corridor smaller as long as it still fails: it drops
// definitions, steps, keys and words one at a time.
func shrink(d *draft, fails func(*draft) bool) *draft {
	for again := true; again; {
		again = false
		for i := 0; ; i++ {
			smaller := d.clone()
			if !smaller.drop(i) {
				break
			}
			if fails(smaller) {
				d, again = smaller, true
				i--
			}
		}
	}
	return d
}

// drop takes away the i-th thing that can be taken away; it reports whether
// there is one.
func (d *draft) drop(i int) bool {
	at := func() bool { i--; return i == -1 }
	for _, section := range d.sections() {
		for k := range *section {
			if at() {
				*section = slices.Delete(*section, k, k+1)
				return true
			}
		}
	}
	for k := range d.basic {
		if at() {
			d.basic = slices.Delete(d.basic, k, k+1)
			return true
		}
	}
	for k := range d.without {
		if at() {
			d.without = slices.Delete(d.without, k, k+1)
			return true
		}
	}
	for _, section := range d.sections() {
		for _, e := range *section {
			for k := range e.keys {
				if at() {
					e.keys = slices.Delete(e.keys, k, k+1)
					return true
				}
				for l := range e.keys[k].list {
					if at() {
						e.keys[k].list = slices.Delete(e.keys[k].list, l, l+1)
						return true
					}
				}
			}
		}
	}
	return false
}

