package gaps

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
)

// WaysReport is what is to be told of the ways through a corridor.
type WaysReport struct {
	File  string // as the user named it
	Graph *corridor.Graph
	By    access.Measure
	Ways  []access.Ways
}

// WriteWays tells of ways to people. Errors are those of the writer.
func WriteWays(w io.Writer, r WaysReport, s Style) error {
	p := printer{bufio.NewWriter(w), s}
	t := newTeller(Report{Result: &access.Result{Graph: r.Graph}})
	p.line(p.paint(bold, foreign(t.journey.Document.Title.In(t.language))) + ": the ways through")
	loops := false
	for _, ways := range r.Ways {
		loops = loops || ways.Loops
		p.line("")
		head := named(ways.Customer.Definition, t.language) + ": " + named(ways.Need.Definition, t.language)
		p.line(wrap(head+", "+howMany(ways, r.By), s.Width, 0))
		for i, way := range ways.Best {
			p.line(numbered(i+1, costOf(way)+": "+strings.Join(codes(t.stepNames(way.Steps)), " → "), s.Width))
		}
	}
	if loops {
		p.line("\n" + wrap("Ways round a loop are left out: options, and alternatives that lead back.", s.Width, 0))
	}
	return p.Flush()
}

// howMany tells the number of ways, and how many are listed.
func howMany(w access.Ways, by access.Measure) string {
	if w.Count.Sign() == 0 && !w.Bound {
		return "no way; `corridor gaps` says why"
	}
	text := thousands(w.Count) + " ways"
	if w.Count.IsInt64() && w.Count.Int64() == 1 {
		text = "1 way"
	}
	if w.Bound {
		text = "at least " + text + " (a limit was reached)"
	}
	if n := len(w.Best); n > 0 && w.Count.Cmp(big.NewInt(int64(n))) > 0 {
		text += "; the best"
		if n > 1 {
			text += fmt.Sprintf(" %d", n)
		}
		text += " by " + access.Measures[by]
	}
	return text
}

// thousands writes a number with a comma after every three digits.
func thousands(n *big.Int) string {
	digits := n.String()
	var parts []string
	for len(digits) > 3 {
		parts = append([]string{digits[len(digits)-3:]}, parts...)
		digits = digits[:len(digits)-3]
	}
	return strings.Join(append([]string{digits}, parts...), ",")
}

func costOf(w access.Way) string {
	text := Duration(w.Cost.Time)
	if w.Cost.Effort > 0 {
		text += ", effort " + strconv.FormatFloat(w.Cost.Effort, 'f', -1, 64)
	}
	return text + ", " + counted(len(w.Steps), "step")
}

type jsonWays struct {
	Version int            `json:"version"`
	File    string         `json:"file"`
	By      string         `json:"by"`
	Cells   []jsonWaysCell `json:"cells"`
}

// jsonWaysCell: the count is a string of digits, since it may be too large
// for the numbers of many readers.
type jsonWaysCell struct {
	Customer string    `json:"customer"`
	Need     string    `json:"need"`
	Count    string    `json:"count"`
	Loops    bool      `json:"loopsLeftOut"`
	Bound    bool      `json:"bound"`
	Ways     []jsonWay `json:"ways"`
}

type jsonWay struct {
	Steps  []string `json:"steps"`
	Time   string   `json:"time"`
	Effort float64  `json:"effort"`
}

// WriteWaysJSON tells of ways to programs. Errors are those of the writer.
func WriteWaysJSON(w io.Writer, r WaysReport) error {
	t := newTeller(Report{Result: &access.Result{Graph: r.Graph}})
	out := jsonWays{Version: 1, File: r.File, By: access.Measures[r.By], Cells: []jsonWaysCell{}}
	for _, ways := range r.Ways {
		c := jsonWaysCell{ways.Customer.ID.Value, ways.Need.ID.Value, ways.Count.String(), ways.Loops, ways.Bound, []jsonWay{}}
		for _, way := range ways.Best {
			c.Ways = append(c.Ways, jsonWay{t.stepNames(way.Steps), Duration(way.Cost.Time), way.Cost.Effort})
		}
		out.Cells = append(out.Cells, c)
	}
	return encode(w, out)
}

// encode writes one JSON value with its hidden characters escaped.
func encode(w io.Writer, value any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		return err
	}
	_, err := w.Write(escapeHidden(b.String()))
	return err
}
