package access_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
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
	first, end := seeds(t, 12000)
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

// TestAgreeOnFiles does the same, for every minute of the week, on corridors
// on which reference, engine or readers once differed.
func TestAgreeOnFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/agree/*.corridor.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no files", err)
	}
	option := regexp.MustCompile(`(?m)^# --without (\w+):(\S+)$`)
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			var without []outage
			for _, m := range option.FindAllStringSubmatch(string(data), -1) {
				without = append(without, outage{m[1], m[2]})
			}
			g, why := graphOf(string(data))
			if g == nil {
				t.Fatal(why)
			}
			for _, diff := range compare(g, without, true, tally{}) {
				t.Error(diff)
			}
		})
	}
}

// tally counts what was compared, so that the log shows what random corridors
// are good for.
type tally map[string]int

func (c tally) add(name string, n int) { c[name] += n }

// disagree returns in which answers the engine and the reference differ.
func disagree(d *draft, full bool, count tally) (diffs []string) {
	g, _ := graphOf(d.String())
	if g == nil {
		count.add("refused", 1)
		return nil
	}
	return compare(g, d.without, full, count)
}

func compare(g *corridor.Graph, without []outage, full bool, count tally) (diffs []string) {
	defer func() {
		if p := recover(); p != nil {
			diffs = []string{fmt.Sprint("panic: ", p)}
		}
	}()
	options := access.Options{Repairs: true}
	for _, o := range without {
		options.Without = append(options.Without, access.Outage{Kind: o.kind, ID: o.id})
	}
	r, err := access.Analyse(context.Background(), g, options)
	if err != nil {
		return []string{"error: " + err.Error()}
	}
	c := &comparison{file: newFile(g, without), result: r, full: full, count: count}
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

// TestLaws holds the engine to the laws of the language on random corridors.
func TestLaws(t *testing.T) {
	first, end := seeds(t, 4000)
	count := tally{}
	for _, law := range laws {
		t.Run(law.name, func(t *testing.T) {
			failures, seed := 0, first
			stop := time.Now().Add(budget() / 20)
			for ; seed < end && time.Now().Before(stop) && failures < 3; seed++ {
				broken := func(d *draft) string {
					return law.broken(d, rand.New(rand.NewPCG(seed, 11)), count)
				}
				d := randomDraft(seed)
				if broken(d) != "" {
					failures++
					small := shrink(d, func(d *draft) bool { return broken(d) != "" })
					t.Errorf("seed %d:\n%s\n%s", seed, small, broken(small))
				}
			}
		})
	}
	t.Log(count)
}

// laws say of a corridor and of another made from it what must hold.
var laws = []struct {
	name   string
	broken func(*draft, *rand.Rand, tally) string // "" if it holds
}{
	{"fewer lacks close nothing", closesNothing(fewerLacks)},
	{"another alternative closes nothing", closesNothing(anotherAlternative)},
	{"another language closes nothing", closesNothing(anotherLanguage)},
	{"more open minutes close nothing", closesNothing(moreMinutes)},
	{"an outage is a requirement that nobody meets", outageIsRequirement},
	{"names and order change nothing", namesAndOrder},
}

// analyse returns the engine's answer; nil if the file is refused.
func analyse(d *draft, repairs bool) *access.Result {
	g, _ := graphOf(d.String())
	if g == nil {
		return nil
	}
	options := access.Options{Repairs: repairs}
	for _, o := range d.without {
		options.Without = append(options.Without, access.Outage{Kind: o.kind, ID: o.id})
	}
	r, err := access.Analyse(context.Background(), g, options)
	if err != nil {
		return nil
	}
	return r
}

// closesNothing is the law that a change never closes a cell, nor lowers an
// open share or the score. A change returns false where it has nothing to do.
func closesNothing(change func(*draft, *rand.Rand) bool) func(*draft, *rand.Rand, tally) string {
	return func(d *draft, r *rand.Rand, count tally) string {
		changed := d.clone()
		if !change(changed, r) {
			return ""
		}
		before, after := analyse(d, false), analyse(changed, false)
		if before == nil || after == nil {
			return ""
		}
		count.add("changed", 1)
		for i, b := range before.Cells {
			a := after.Cells[i]
			if b.Open && !a.Open || a.OpenShare < b.OpenShare-1e-12 {
				return fmt.Sprintf("%s × %s: open share %v, then %v after\n%s", b.Customer.ID.Value, b.Need.ID.Value, b.OpenShare, a.OpenShare, changed)
			}
		}
		if after.Score < before.Score-1e-9 {
			return fmt.Sprintf("score %v, then %v after\n%s", before.Score, after.Score, changed)
		}
		return ""
	}
}

// pick returns a random key of that name that has words; nil if none has.
func pick(r *rand.Rand, lists [][]*entry, names ...string) *key {
	var found []*key
	for _, list := range lists {
		for _, e := range list {
			for i := range e.keys {
				if k := &e.keys[i]; slices.Contains(names, k.name) && (len(k.list) > 0 || k.word != "") {
					found = append(found, k)
				}
			}
		}
	}
	if len(found) == 0 {
		return nil
	}
	return found[r.IntN(len(found))]
}

func fewerLacks(d *draft, r *rand.Rand) bool {
	k := pick(r, [][]*entry{d.customers, d.needs}, "lacks")
	if k == nil {
		return false
	}
	i := r.IntN(len(k.list))
	k.list = slices.Delete(k.list, i, i+1)
	return true
}

func anotherLanguage(d *draft, r *rand.Rand) bool {
	k := pick(r, [][]*entry{d.customers, d.touchpoints}, "speaks", "languages")
	if k == nil {
		return false
	}
	k.list = append(k.list, someTags[r.IntN(len(someTags))])
	k.list = slices.Compact(k.list)
	return true
}

func moreMinutes(d *draft, r *rand.Rand) bool {
	k := pick(r, [][]*entry{d.departments, d.touchpoints}, "hours")
	if k == nil {
		return false
	}
	// A later rule replaces what begins on its days, also past their midnight.
	if past := strings.HasPrefix(k.word, `"Mo-Su 22`) || strings.HasPrefix(k.word, `"Su 23`); past || k.word == `"24/7"` || r.IntN(4) == 0 {
		k.word = `"24/7"`
	} else {
		k.word = strings.TrimSuffix(k.word, `"`) + `; Th 00:00-24:00"`
	}
	return true
}

// anotherAlternative adds a way between two steps, by touchpoints that are
// there.
func anotherAlternative(d *draft, r *rand.Rand) bool {
	if len(d.basic) == 0 {
		return false
	}
	var spots []string
	for i := range d.basic {
		nth := 0
		for _, id := range d.basic[:i+1] {
			if id == d.basic[i] {
				nth++
			}
		}
		spots = append(spots, fmt.Sprintf("basic/%s#%d", d.basic[i], nth))
	}
	e := &entry{id: "another"}
	if r.IntN(2) == 0 {
		e.set("after", spots[r.IntN(len(spots))])
		e.set("before", spots[r.IntN(len(spots))])
	} else {
		i := r.IntN(len(spots))
		e.add("instead-of", spots[i:i+1+r.IntN(len(spots)-i)]...)
	}
	steps := key{name: "steps", list: []string{}}
	for range r.IntN(3) {
		steps.list = append(steps.list, d.touchpoints[r.IntN(len(d.touchpoints))].id)
	}
	e.keys = append(e.keys, steps)
	d.alternative = append(d.alternative, e)
	return true
}

// outageIsRequirement turns outages into requirements that nobody meets.
func outageIsRequirement(d *draft, r *rand.Rand, count tally) string {
	if len(d.without) == 0 {
		return ""
	}
	changed := d.clone()
	changed.without = nil
	changed.capabilities = append(changed.capabilities, "never")
	if len(changed.customers) == 0 {
		changed.customers = []*entry{{id: "anyone"}}
	}
	nobody := []string{"never"}
	for _, o := range d.without {
		if o.kind == "capability" {
			nobody = append(nobody, o.id)
			continue
		}
		for _, e := range changed.touchpoints {
			k := e.find(map[string]string{"channel": "channel", "department": "owner"}[o.kind])
			if o.kind == "touchpoint" && e.id == o.id || k != nil && k.word == o.id {
				e.append("requires", "never")
			}
		}
	}
	for _, e := range append(slices.Clone(changed.customers), changed.needs...) {
		if k := e.find("has"); k != nil {
			k.list = slices.DeleteFunc(k.list, func(name string) bool { return slices.Contains(nobody, name) })
		}
	}
	for _, e := range changed.customers {
		for _, name := range nobody {
			e.append("lacks", name)
		}
	}
	write := func(r *access.Result, cell int) string {
		return summary(r, cell, func(text string) string { return outages.ReplaceAllString(text, "never") }, true)
	}
	return unlike(d, changed, write, write, false, count)
}

var outages = regexp.MustCompile(`(touchpoint|channel|department):[\w-]+`)

// append adds a word to a list that need not be there yet.
func (e *entry) append(name, word string) {
	switch k := e.find(name); {
	case k == nil:
		e.add(name, word)
	case !slices.Contains(k.list, word):
		k.list = append(k.list, word)
	}
}

// namesAndOrder gives every id another name and shuffles definitions and keys.
func namesAndOrder(d *draft, r *rand.Rand, count tally) string {
	names, back := map[string]string{}, map[string]string{}
	rename := func(id string) {
		if names[id] == "" {
			names[id] = fmt.Sprintf("%s%d-ب", string(rune('a'+r.IntN(26))), len(names))
			back[names[id]] = id
		}
	}
	changed := d.clone()
	for _, id := range append(append([]string{"birth-date", "pin"}, someItems...), d.capabilities...) {
		rename(id)
	}
	for _, section := range changed.sections() {
		for _, e := range *section {
			rename(e.id)
		}
	}
	changed.rewrite(func(word string) string { return renamed(word, names) })
	for _, section := range changed.sections() {
		r.Shuffle(len(*section), func(i, k int) { (*section)[i], (*section)[k] = (*section)[k], (*section)[i] })
		for _, e := range *section {
			r.Shuffle(len(e.keys), func(i, k int) { e.keys[i], e.keys[k] = e.keys[k], e.keys[i] })
		}
	}
	same := func(text string) string { return text }
	return unlike(d, changed,
		func(r *access.Result, cell int) string { return summary(r, cell, same, false) },
		func(r *access.Result, cell int) string {
			return summary(r, cell, func(text string) string { return renamed(text, back) }, false)
		}, true, count)
}

var word = regexp.MustCompile(`[\p{L}\p{M}\p{N}_-]+`)

func renamed(text string, names map[string]string) string {
	return word.ReplaceAllStringFunc(text, func(w string) string {
		if n := names[w]; n != "" {
			return n
		}
		return w
	})
}

// rewrite passes every id and word of the file through a function.
func (d *draft) rewrite(f func(string) string) {
	all := func(list []string) {
		for i := range list {
			list[i] = f(list[i])
		}
	}
	all(d.capabilities)
	all(d.basic)
	for i := range d.without {
		d.without[i].id = f(d.without[i].id)
	}
	for _, section := range d.sections() {
		for _, e := range *section {
			e.id = f(e.id)
			for i := range e.keys {
				e.keys[i].word = f(e.keys[i].word)
				all(e.keys[i].list)
			}
		}
	}
}

// unlike says where two files have different answers, each written by a
// function.
func unlike(d, changed *draft, ofFirst, ofSecond func(*access.Result, int) string, repairs bool, count tally) string {
	a, b := analyse(d, repairs), analyse(changed, repairs)
	if a == nil || b == nil {
		if _, why := graphOf(changed.String()); a != nil {
			return "refused: " + why + "\n" + changed.String()
		}
		return ""
	}
	count.add("compared", 1)
	var first, second []string
	for i := range a.Cells {
		first = append(first, ofFirst(a, i))
	}
	for i := range b.Cells {
		second = append(second, ofSecond(b, i))
	}
	slices.Sort(first)
	slices.Sort(second)
	for i := range first {
		if i >= len(second) || first[i] != second[i] {
			return fmt.Sprintf("%s\n%s\nafter\n%s", first[i], strings.Join(second, "\n"), changed)
		}
	}
	if math.Abs(a.Score-b.Score) > 1e-9 || repairs && (a.Repair.Possible != b.Repair.Possible || len(a.Repair.Changes) != len(b.Repair.Changes)) {
		return fmt.Sprintf("score %v and repair %v, then %v and %v after\n%s", a.Score, a.Repair, b.Score, b.Repair, changed)
	}
	return ""
}

// summary writes all of a cell that the laws speak of, in other words.
func summary(r *access.Result, cell int, translate func(string) string, missing bool) string {
	c := &r.Cells[cell]
	list := func(words []string) string {
		for i := range words {
			words[i] = translate(words[i])
		}
		return fmt.Sprint(sorted(words))
	}
	steps := func(steps []int) string {
		var all []string
		for _, s := range steps {
			all = append(all, r.Graph.StepName(s))
		}
		return list(all)
	}
	var doors []string
	for _, d := range c.Doors {
		words := fmt.Sprint(len(d.Missing))
		if missing {
			words = list(slices.Clone(d.Missing))
		}
		doors = append(doors, translate(r.Graph.StepName(d.Step))+" "+words)
	}
	s := fmt.Sprint(translate(c.Customer.ID.Value), " × ", translate(c.Need.ID.Value), fmt.Sprintf(" share %.9f", c.Share), " open ", c.Open,
		" doors ", sorted(doors), " traps ", steps(c.Traps), " wrong turns ", steps(c.WrongTurns), " single ways ", list(slices.Clone(c.SingleWays)),
		" fastest ", c.Fastest, " earliest ", c.Earliest, " open share ", c.OpenShare, " late ", c.Late)
	if c.Repair != nil && !missing {
		s += fmt.Sprint(" repair ", c.Repair.Possible, len(c.Repair.Changes))
	}
	return s
}
