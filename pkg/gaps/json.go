package gaps

import (
	"bytes"
	"fmt"
	"io"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/report"
)

var jsonFormat = Format{
	Name:    "json",
	Summary: "one JSON object with all cells, for programs",
	Write:   writeJSON,
}

// jsonReport is version 1 of the JSON format. Fields may be added to it; none
// changes its meaning or goes away.
type jsonReport struct {
	Version int         `json:"version"`
	File    string      `json:"file"`
	Score   float64     `json:"score"`
	At      string      `json:"at,omitempty"`      // with --at
	Without []string    `json:"without,omitempty"` // with --without
	Usual   *float64    `json:"usualScore,omitempty"`
	Locked  []jsonWho   `json:"newlyLockedOut,omitempty"`
	Cells   []jsonCell  `json:"cells"`
	Repair  *jsonRepair `json:"repair"`
	Bounds  []string    `json:"bounds,omitempty"` // why the answers on an imported file may be off
}

type jsonWho struct {
	Customer string `json:"customer"`
	Need     string `json:"need"`
}

type jsonCell struct {
	Customer   string      `json:"customer"`
	Need       string      `json:"need"`
	State      string      `json:"state"` // open | blocked
	OpenShare  float64     `json:"openShare"`
	Way        []string    `json:"way"`
	Doors      []jsonDoor  `json:"doors"`
	Traps      []string    `json:"traps"`
	WrongTurns []string    `json:"wrongTurns"`
	SingleWays []string    `json:"singleWays"`
	Earliest   *string     `json:"earliest"` // null when blocked
	Bound      bool        `json:"bound"`
	At         *jsonAt     `json:"at,omitempty"`    // with --at, of an open cell
	Hours      *[7][24]int `json:"hours,omitempty"` // with --hours: late minutes, Monday first
	Repair     *jsonRepair `json:"repair"`
}

type jsonAt struct {
	Takes     string `json:"takes"`
	Satisfied string `json:"satisfied"`
	Late      bool   `json:"late"`
}

type jsonDoor struct {
	Step    string   `json:"step"`
	Missing []string `json:"missing"`
}

// jsonRepair: cost is null where nothing opens it, and 0 where nothing has to.
type jsonRepair struct {
	Cost    *int         `json:"cost"`
	Exact   bool         `json:"exact"`
	Changes []jsonChange `json:"changes"`
}

type jsonChange struct {
	Touchpoint string `json:"touchpoint,omitempty"`
	Kind       string `json:"kind"`
	Value      string `json:"value"`
}

func writeJSON(w io.Writer, r Report, _ Style) error {
	t := newTeller(r)
	out := jsonReport{Version: 1, File: r.File, Score: r.Result.Score, Cells: []jsonCell{}, Repair: newJSONRepair(r.Result.Repair)}
	if r.At >= 0 {
		out.At = Moment(r.At)
	}
	for _, o := range r.Without {
		out.Without = append(out.Without, o.Kind+":"+o.ID)
	}
	if r.Usual != nil {
		out.Usual = &r.Usual.Score
	}
	for _, b := range t.journey.Document.Bounds {
		out.Bounds = append(out.Bounds, b.Value)
	}
	for _, c := range r.NewlyLockedOut() {
		out.Locked = append(out.Locked, jsonWho{c.Customer.ID.Value, c.Need.ID.Value})
	}
	for _, c := range r.Cells {
		out.Cells = append(out.Cells, t.jsonCell(c))
	}
	return encode(w, out)
}

func (t *teller) jsonCell(c access.Cell) jsonCell {
	j := jsonCell{
		Customer: c.Customer.ID.Value, Need: c.Need.ID.Value, State: "blocked", OpenShare: c.OpenShare,
		Way: t.stepNames(c.Way), Doors: []jsonDoor{}, Traps: t.stepNames(c.Traps), WrongTurns: t.stepNames(c.WrongTurns),
		SingleWays: append([]string{}, c.SingleWays...), Bound: c.Bound || len(t.journey.Document.Bounds) > 0, Repair: newJSONRepair(c.Repair),
	}
	for _, d := range c.Doors {
		j.Doors = append(j.Doors, jsonDoor{t.graph.StepName(d.Step), append([]string{}, d.Missing...)})
	}
	if !c.Open {
		return j
	}
	j.State = "open"
	earliest := Duration(c.Earliest)
	j.Earliest = &earliest
	if t.At >= 0 && c.Arrival != nil {
		takes := c.Arrival.Wait(t.At)
		late, _ := t.isLate(c)
		j.At = &jsonAt{Duration(takes), satisfied(t.At, takes), late}
	}
	if t.Hours && c.Need.Within != nil {
		hours := hourly(c.Late)
		j.Hours = &hours
	}
	return j
}

func newJSONRepair(r *access.Repair) *jsonRepair {
	j := &jsonRepair{Exact: true, Changes: []jsonChange{}}
	cost := 0
	if r != nil {
		j.Exact, cost = r.Exact, len(r.Changes)
		for _, c := range r.Changes {
			j.Changes = append(j.Changes, jsonChange{c.Touchpoint, c.Kind.String(), c.Value})
		}
	}
	if r == nil || r.Possible {
		j.Cost = &cost
	}
	return j
}

// escapeHidden writes the hidden characters that encoding/json leaves as they
// are, such as U+009B, as escapes. They stand in strings only, so the value
// stays the same.
func escapeHidden(data string) []byte {
	var b bytes.Buffer
	for _, r := range data {
		if r != '\n' && report.Visible(string(r)) != string(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.Bytes()
}
