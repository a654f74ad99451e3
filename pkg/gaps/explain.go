package gaps

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Explain walks one cell of a report step by step, in sentences that can be
// read aloud. Errors are those of the writer.
func Explain(w io.Writer, r Report, c access.Cell, s Style) error {
	p := printer{bufio.NewWriter(w), s}
	x := explainer{teller: newTeller(r), cell: c, held: map[string]bool{}}
	p.line(p.paint(bold, named(c.Customer.Definition, x.language)+" with the need "+named(c.Need.Definition, x.language)))
	for _, text := range x.opening() {
		p.line(wrap(text, s.Width, 0))
	}
	p.line("")
	for i, text := range x.walk() {
		p.line(numbered(i+1, text, s.Width))
	}
	p.line("")
	for _, text := range x.ending() {
		p.line(wrap(text, s.Width, 0))
	}
	for _, line := range x.paste {
		p.WriteString("    " + p.paint(cyan, line) + "\n")
	}
	return p.Flush()
}

// numbered writes a text after its number, the lines below each other.
func numbered(n int, text string, width int) string {
	number := fmt.Sprintf("%2d. ", n)
	return number + strings.TrimLeft(wrap(text, width, len(number)), " ")
}

// explainer follows one customer.
type explainer struct {
	*teller
	cell  access.Cell
	place int
	held  map[string]bool // items that were given on the way
	paste []string
}

// opening tells who sets out, and with what.
func (x *explainer) opening() []string {
	c := x.cell
	var lacks, has []string
	for _, name := range x.asked() {
		switch holds := x.holder.Holds(c.Customer, c.Need, name); {
		case !holds && !x.holder.Item(name):
			lacks = append(lacks, x.word(name))
		case holds && x.holder.Item(name):
			has = append(has, code(name))
		}
	}
	text := "This customer lacks nothing that is asked for on any way"
	if len(lacks) > 0 {
		text = "Of what is asked for on some way, this customer lacks " + list(lacks, "and")
	}
	if len(has) > 0 {
		text += ", and holds " + list(has, "and") + " from the start"
	}
	if speaks := values(c.Customer.Speaks); len(speaks) > 0 {
		text += "; they speak " + list(codes(speaks), "and")
	}
	all := []string{text + "."}
	if c.Need.Within != nil {
		all = append(all, "The need must be met within "+spoken(c.Need.Within.Value)+" from the moment it arises.")
	}
	return all
}

// asked returns the names that touchpoints of the corridor require, in the
// order of the steps.
func (x *explainer) asked() []string {
	var all []string
	for _, s := range x.graph.Steps {
		if s.Touchpoint == nil {
			continue
		}
		for _, r := range access.Requirements(x.graph, s.Touchpoint) {
			for _, name := range r {
				if !slices.Contains(all, name) {
					all = append(all, name)
				}
			}
		}
	}
	return all
}

// walk tells the way, step by step; of a blocked cell that to its first door.
func (x *explainer) walk() []string {
	x.place, _ = access.Ends(x.graph, x.cell.Need)
	var all []string
	for _, s := range x.cell.Way {
		all = append(all, x.step(s))
	}
	if !x.cell.Open && len(all) == 0 {
		all = append(all, "The way stops at its start.")
	}
	return all
}

// step tells one step: what it asks for and how that is met, what it gives
// and what it costs.
func (x *explainer) step(step int) string {
	s := x.graph.Steps[step]
	text := ""
	if s.From != x.place {
		text = "Turn back. "
	}
	x.place = s.To
	if s.Touchpoint == nil {
		return text + "Skip what " + code(x.graph.StepName(step)) + " lets skip."
	}
	p := s.Touchpoint
	text += x.stepLabel(x.graph.StepName(step)) + x.by(p) + "."
	text += x.met(p)
	if gives := x.given(p); len(gives) > 0 {
		text += " From here on they hold " + list(gives, "and") + "."
	}
	if p.Binding.Value {
		text += " This step cannot be undone."
	}
	return text + x.time(p)
}

// given hands out what a touchpoint gives and returns what was not held yet.
func (x *explainer) given(p *model.Touchpoint) []string {
	var fresh []string
	for _, name := range values(p.Gives) {
		if !x.held[name] && !x.holder.Holds(x.cell.Customer, x.cell.Need, name) {
			fresh = append(fresh, x.word(name))
		}
		x.held[name] = true
	}
	return fresh
}

func (x *explainer) by(p *model.Touchpoint) string {
	if p.Channel.Value == "" {
		return ""
	}
	return ", by " + code(p.Channel.Value)
}

// met tells how each requirement is met.
func (x *explainer) met(p *model.Touchpoint) string {
	var able, given []string
	for _, r := range access.Requirements(x.graph, p) {
		for _, name := range r {
			if x.holder.Holds(x.cell.Customer, x.cell.Need, name) {
				able = append(able, x.word(name))
				break
			}
			if x.held[name] {
				given = append(given, x.word(name))
				break
			}
		}
	}
	text := " It asks for nothing."
	switch {
	case len(able) > 0 && len(given) > 0:
		text = " It asks for " + list(able, "and") + ", which they have, and for " + list(given, "and") + ", which they were given."
	case len(able) > 0:
		text = " It asks for " + list(able, "and") + ", which they have."
	case len(given) > 0:
		text = " It asks for " + list(given, "and") + ", which they were given."
	}
	return text
}

func (x *explainer) time(p *model.Touchpoint) string {
	var parts []string
	if d := length(p.Delay); d > 0 {
		parts = append(parts, spoken(d)+" pass before it can begin")
	}
	if d := length(p.Waits); d > 0 {
		parts = append(parts, "the queue takes "+spoken(d))
	}
	if d := length(p.Takes); d > 0 {
		parts = append(parts, "the step itself takes "+spoken(d))
	}
	if len(parts) == 0 {
		return ""
	}
	text := list(parts, "and")
	return " " + strings.ToUpper(text[:1]) + text[1:] + "."
}

// ending tells how it ends: satisfied and when, or where the way stops and
// what opens it.
func (x *explainer) ending() []string {
	c := x.cell
	if !c.Open {
		e, _ := x.blocked(c)
		x.paste = e.paste
		return []string{e.text}
	}
	all := []string{"So the way is open. When everything is open it takes " + spoken(c.Fastest.Time) +
		"; with the opening hours, " + spoken(c.Earliest) + " at best."}
	if x.At >= 0 && c.Arrival != nil {
		takes := c.Arrival.Wait(x.At)
		text := "When the need arises " + Moment(x.At) + ", it takes " + spoken(takes) + ", until " + satisfied(x.At, takes)
		if late, _ := x.isLate(c); late {
			text += ", which is too late"
		}
		all = append(all, text+".")
	}
	switch e, late := x.late(c); {
	case late:
		all = append(all, e.text)
	case c.Need.Within != nil:
		all = append(all, "The deadline is kept whenever the need arises.")
	}
	for _, part := range []struct {
		names []string
		text  string
	}{
		{x.stepNames(c.Traps), " is a trap. " + trapText},
		{x.stepNames(c.WrongTurns), " is a wrong turn. " + turnText},
		{c.SingleWays, " is a single way. " + singleText},
	} {
		for _, n := range part.names {
			all = append(all, code(n)+part.text+".")
		}
	}
	return all
}

// satisfied is the moment of satisfaction; weeks later are counted.
func satisfied(at int, takes time.Duration) string {
	minutes := at + int((takes+time.Minute-1)/time.Minute)
	text := Moment(minutes)
	if weeks := minutes/model.WeekMinutes - at/model.WeekMinutes; weeks == 1 {
		return text + " a week on"
	} else if weeks > 1 {
		return fmt.Sprintf("%s %d weeks on", text, weeks)
	}
	return text
}
