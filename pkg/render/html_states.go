package render

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// What a step is to a customer with a need, one letter each.
const (
	stepOnWay     = 'w' // on the fastest way, or on the way to the first door
	stepOpen      = 'o'
	stepDoor      = 'd' // closed, and satisfaction lies behind it
	stepClosed    = 'c' // closed, though one comes there
	stepUnreached = 'u'
)

// stepStates returns what each step is in a cell.
func stepStates(g *corridor.Graph, c *access.Cell, r *access.Reach) string {
	states := make([]byte, len(g.Steps))
	for i := range states {
		switch {
		case r.Takes(i):
			states[i] = stepOpen
		case len(missingAt(r, i)) > 0:
			states[i] = stepClosed
		default:
			states[i] = stepUnreached
		}
	}
	for _, i := range c.Way {
		states[i] = stepOnWay
	}
	for _, d := range c.Doors {
		states[d.Step] = stepDoor
	}
	return string(states)
}

// missingAt is what is missing at a step that is come to; nil where nothing is.
func missingAt(r *access.Reach, step int) []string {
	missing, _ := r.Missing(step)
	return missing
}

// pageCell is the answer for a customer and a need: numbers are positions in
// the tables of pageAnswers, -1 for nothing. Equal answers are stored once.
type pageCell struct {
	Open, Bound bool
	Steps       int // what they are
	Closed      int // what is missing
	Way         int
	Traps       int
	Turns       int
	Singles     int
	Fastest     int64 // in seconds
	Week        int
	Late        int
	Share       int // a text: how much of the week is late
	Repair      int // a text
}

// MarshalJSON writes a cell as a list, for there are many: 1 for open and 2
// for bound added up, then the numbers in their order.
func (c pageCell) MarshalJSON() ([]byte, error) {
	is := 0
	if c.Open {
		is++
	}
	if c.Bound {
		is += 2
	}
	return fmt.Appendf(nil, "[%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d]", is, c.Steps, c.Closed, c.Way,
		c.Traps, c.Turns, c.Singles, c.Fastest, c.Week, c.Late, c.Share, c.Repair), nil
}

// pageAnswers are the answers of all cells under each outage.
type pageAnswers struct {
	Texts  table[string]  `json:"texts"`
	Steps  table[string]  `json:"states"` // a letter for each step
	Closed table[[]int]   `json:"closed"` // step, text of what is missing, step, text …
	Ways   table[pageWay] `json:"ways"`
	Lists  table[[]int]   `json:"lists"` // of steps
	// Weeks tell the arrival for each hour of the week, as runs of three
	// numbers: the first hour, seconds, and whether these are how long it takes
	// from each hour (0) or the moment of arrival since Monday (1).
	Weeks table[[]int64]  `json:"weeks"`
	Late  table[[]int]    `json:"late"` // minutes: from, to, from, to …
	Cells table[pageCell] `json:"cells"`
	// At has a row for each outage, with the cell of each need of each customer;
	// -1 where they do not have that need.
	At     [][]int  `json:"at"`
	Scores []string `json:"scores"` // of each outage
}

// pageWay is a way with its lines on the map.
type pageWay struct {
	Steps []int `json:"steps"`
	Lines []int `json:"lines"`
}

// table holds values, equal ones once.
type table[T any] struct {
	list []T
	at   map[string]int
}

func (t *table[T]) add(v T) int {
	text, err := json.Marshal(v)
	if err != nil {
		panic("render: a value of the page cannot be written: " + err.Error())
	}
	if t.at == nil {
		t.at = map[string]int{}
	}
	i, known := t.at[string(text)]
	if !known {
		i = len(t.list)
		t.at[string(text)] = i
		t.list = append(t.list, v)
	}
	return i
}

// MarshalJSON writes the values.
func (t table[T]) MarshalJSON() ([]byte, error) {
	if t.list == nil {
		return []byte("[]"), nil
	}
	return json.Marshal(t.list)
}

// answer adds the row of an outage.
func (m *pageMaker) answer(ctx context.Context, o pageOutage) error {
	usual := len(o.without) == 0
	r, err := access.Analyse(ctx, m.graph, access.Options{Without: o.without, Repairs: usual})
	if err != nil {
		return err
	}
	m.seen = map[*access.Reach][2]int{}
	row := make([]int, len(m.journey.Customers)*len(m.journey.Needs))
	for i := range row {
		row[i] = -1
	}
	customer, need := positions(m.journey.Customers), positions(m.journey.Needs)
	for i := range r.Cells {
		c := &r.Cells[i]
		row[customer[c.Customer]*len(m.journey.Needs)+need[c.Need]] = m.cell(c, usual)
	}
	m.answers.At = append(m.answers.At, row)
	m.answers.Scores = append(m.answers.Scores, m.words.openShare(r.Score))
	return ctx.Err()
}

func positions[T comparable](list []T) map[T]int {
	at := make(map[T]int, len(list))
	for i, v := range list {
		at[v] = i
	}
	return at
}

// cell stores an answer and returns its position.
func (m *pageMaker) cell(c *access.Cell, usual bool) int {
	a := &m.answers
	r := c.Reach(nil, math.MaxInt)
	steps := m.steps(c, r)
	p := pageCell{
		Open: c.Open, Bound: c.Bound, Steps: steps[0], Closed: steps[1], Fastest: int64(c.Fastest.Time / time.Second),
		Way: a.Ways.add(m.way(c.Way)), Traps: m.list(c.Traps), Turns: m.list(c.WrongTurns), Singles: m.list(m.visits(c.SingleWays)),
		Week: -1, Late: -1, Share: -1, Repair: -1,
	}
	if c.Arrival != nil {
		p.Week = a.Weeks.add(week(c.Arrival))
	}
	if len(c.Late) > 0 {
		p.Late, p.Share = a.Late.add(minutesOf(c.Late)), a.Texts.add(m.words.openShare(1-c.OpenShare))
	}
	if usual && !c.Open {
		p.Repair = m.text(m.repair(c.Repair))
	}
	return a.Cells.add(p)
}

// steps stores what the steps are in a cell, and what is missing where. Cells
// that are alike share both.
func (m *pageMaker) steps(c *access.Cell, r *access.Reach) [2]int {
	if known, ok := m.seen[r]; ok {
		return known
	}
	var closed []int
	states := stepStates(m.graph, c, r)
	for i, state := range states {
		if state == stepDoor || state == stepClosed {
			closed = append(closed, i, m.answers.Texts.add(m.missing(i, missingAt(r, i))))
		}
	}
	at := [2]int{m.answers.Steps.add(states), m.answers.Closed.add(closed)}
	m.seen[r] = at
	return at
}

func (m *pageMaker) text(text string) int {
	if text == "" {
		return -1
	}
	return m.answers.Texts.add(text)
}

func (m *pageMaker) list(steps []int) int {
	if len(steps) == 0 {
		return -1
	}
	return m.answers.Lists.add(steps)
}

// visits returns the steps that visit touchpoints.
func (m *pageMaker) visits(touchpoints []string) []int {
	var steps []int
	for _, id := range touchpoints {
		steps = append(steps, m.graph.Visits(id)...)
	}
	slices.Sort(steps)
	return steps
}

const weekHours = 7 * 24

// week writes an arrival for each hour of the week as runs.
func week(a *access.Arrival) []int64 {
	var waits, arrivals [weekHours]int64
	for h := range weekHours {
		waits[h] = int64(a.Wait(h*60) / time.Second)
		arrivals[h] = waits[h] + int64(h)*3600
	}
	var runs []int64
	for h := 0; h < weekHours; {
		wait, arrival := equals(waits[h:]), equals(arrivals[h:])
		if wait >= arrival {
			runs = append(runs, int64(h), waits[h], 0)
		} else {
			runs = append(runs, int64(h), arrivals[h], 1)
		}
		h += max(wait, arrival)
	}
	return runs
}

// equals returns how many numbers are as the first.
func equals(numbers []int64) int {
	n := slices.IndexFunc(numbers, func(o int64) bool { return o != numbers[0] })
	if n < 0 {
		return len(numbers)
	}
	return n
}

func minutesOf(spans []model.Opening) []int {
	var all []int
	for _, o := range spans {
		all = append(all, o.From, o.To)
	}
	return all
}

// openHours tells for each hour of the week whether it is open when it
// begins; "" where it always is.
func openHours(h *model.Hours) string {
	if h == nil || h.Always() {
		return ""
	}
	hours := make([]byte, weekHours)
	for i := range hours {
		at := func(o model.Opening) bool { return o.From <= i*60 && i*60 < o.To }
		hours[i] = '0'
		if slices.ContainsFunc(h.Spans, at) {
			hours[i] = '1'
		}
	}
	return string(hours)
}
