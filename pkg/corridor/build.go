package corridor

import (
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// MaxSteps is how many steps the paths of a corridor may have together.
const MaxSteps = 100_000

// Build makes the graph of a journey and reports what is wrong with its
// paths. A path whose place cannot be told is left out of the graph. The
// graph is nil for a library and where the basic path has no step.
func Build(j *model.Journey) (*Graph, []finding.Finding) {
	if j.Library() || len(j.Paths.Basic) == 0 {
		return nil, nil
	}
	b := &builder{journey: j, occurrences: map[string][]place{}, byID: map[string]int{}}
	b.list()
	if b.steps > MaxSteps {
		b.tooLong()
		return nil, b.found
	}
	for i := range b.paths {
		b.asking = i
		b.anchor(&b.paths[i])
	}
	b.asking = -1
	b.order()
	g := b.graph()
	b.checkNames(g)
	return g, b.found
}

// builder knows the paths as they are written, before they hang in places.
type builder struct {
	journey     *model.Journey
	paths       []draft
	steps       int
	occurrences map[string][]place // of a touchpoint
	byID        map[string]int     // path id → position in paths
	asking      int                // the path whose names are being looked up, or -1
	sequence    []int              // paths in an order in which each hangs on earlier ones
	undefined   bool               // whether a path names a touchpoint that is not defined
	compared    int                // names with misspelt ones, so far
	found       []finding.Finding
}

// draft is a path with the steps that it hangs on, as far as they are known.
type draft struct {
	Path
	names []model.Name
	after *place // begins after this step …
	from  *place // … or before this one
	until *place // ends before this step …
	to    *place // … or after this one
	state state
}

// place is a step of a path before the graph exists.
type place struct{ path, index int }

type state int

const (
	loose   state = iota // not looked at yet
	hanging              // being looked at
	hung                 // has its places
	dropped              // its places cannot be told
)

// list collects the paths and where each touchpoint occurs.
func (b *builder) list() {
	p := b.journey.Paths
	b.paths = make([]draft, 0, 1+len(p.Optional)+len(p.Alternative))
	b.add(draft{Path: Path{Kind: model.Basic, ID: "basic"}, names: p.Basic, state: hung})
	for _, def := range slices.Concat(p.Optional, p.Alternative) {
		if def.Kind == model.Optional && len(def.Steps) == 0 {
			continue // said already: an option has steps
		}
		b.add(draft{Path: Path{Kind: def.Kind, ID: def.ID.Value, Def: def}, names: def.Steps})
	}
}

func (b *builder) add(d draft) {
	if _, twice := b.byID[d.ID]; !twice {
		b.byID[d.ID] = len(b.paths)
	}
	for i, n := range d.names {
		b.undefined = b.undefined || b.journey.Touchpoint(n.Value) == nil
		b.occurrences[n.Value] = append(b.occurrences[n.Value], place{len(b.paths), i})
	}
	b.steps += max(1, len(d.names))
	b.paths = append(b.paths, d)
}

func (b *builder) tooLong() {
	b.found = append(b.found, finding.Finding{
		Rule: "invalid-value", Span: b.journey.Paths.BasicSpan, Subject: "paths", Unchecked: true,
		Message: fmt.Sprintf("the paths have %d steps together; more than %d are not checked", b.steps, MaxSteps),
		Help:    "Split the journey into several files.",
	})
}

func (b *builder) report(rule string, at source.Span, subject, message, help string, related ...finding.Related) {
	b.found = finding.Append(b.found, finding.Finding{Rule: rule, Span: at, Subject: subject, Message: message, Help: help, Related: related})
}

// anchor finds the steps that a path hangs on.
func (b *builder) anchor(d *draft) {
	def := d.Def
	if def == nil {
		return
	}
	subject := "paths." + d.Kind.String() + "." + d.ID
	switch {
	case len(def.InsteadOf) > 0:
		b.anchorRun(d, subject)
	case d.Kind == model.Optional && def.After != nil:
		d.after = b.step(*def.After, subject+".after")
		d.until, d.to = nil, d.after
	case d.Kind == model.Optional && def.Before != nil:
		d.from = b.step(*def.Before, subject+".before")
		d.until = d.from
	case def.After != nil && def.Before != nil:
		d.after = b.step(*def.After, subject+".after")
		d.until = b.step(*def.Before, subject+".before")
	}
	if d.after == nil && d.from == nil || d.until == nil && d.to == nil {
		d.state = dropped
		return
	}
	for _, p := range []*place{d.after, d.from, d.until, d.to} {
		if p != nil && !slices.Contains(d.HangsOn, p.path) {
			d.HangsOn = append(d.HangsOn, p.path)
		}
	}
	slices.Sort(d.HangsOn)
}

// anchorRun hangs an alternative on the run of steps that it stands in for.
func (b *builder) anchorRun(d *draft, subject string) {
	subject += ".instead-of"
	var run []place
	for _, name := range d.Def.InsteadOf {
		if p := b.step(name, subject); p != nil {
			run = append(run, *p)
		}
	}
	if len(run) < len(d.Def.InsteadOf) {
		return
	}
	for i := 1; i < len(run); i++ {
		if run[i] != (place{run[0].path, run[0].index + i}) {
			b.split(d, run, i, subject)
			return
		}
	}
	d.from, d.to = &run[0], &run[len(run)-1]
}

// split reports a run that is not one, at its first step that does not
// follow the one before.
func (b *builder) split(d *draft, run []place, i int, subject string) {
	before, here := run[i-1], run[i]
	names := d.Def.InsteadOf
	last, this := finding.Quote(names[i-1].String()), finding.Quote(names[i].String())
	var message string
	switch {
	case before.path != here.path:
		message = fmt.Sprintf("%s is on the path %s and %s on the path %s; an alternative stands in for a run of one path",
			last, finding.Quote(b.paths[before.path].ID), this, finding.Quote(b.paths[here.path].ID))
	case here.index <= before.index:
		message = fmt.Sprintf("%s does not come after %s on the path %s", this, last, finding.Quote(b.paths[here.path].ID))
	default:
		between := b.paths[here.path].names[before.index+1]
		message = fmt.Sprintf("the run is torn: %s comes between %s and %s", finding.Quote(between.Value), last, this)
	}
	b.report("split-run", names[i].Span, subject, message,
		"Name consecutive steps of one path in their order, or join two places with `after` and `before`.",
		finding.Related{Span: b.paths[here.path].names[here.index].Span, Message: this + " stands here on its path"})
}

// order finds a sequence in which each path hangs on earlier ones, and drops
// those that hang on each other in a circle.
func (b *builder) order() {
	b.sequence = append(b.sequence, 0) // the basic path hangs on none
	for i := range b.paths {
		b.hang(i, nil)
	}
}

// hang visits the paths below a path first. Chain is the paths on the way to
// it.
func (b *builder) hang(i int, chain []int) {
	d := &b.paths[i]
	switch {
	case d.state == hanging:
		b.cycle(chain[slices.Index(chain, i):])
		return
	case d.state == dropped || d.state == hung:
		return
	}
	d.state = hanging
	for _, below := range d.HangsOn {
		b.hang(below, append(chain, i))
	}
	if d.state == dropped || slices.ContainsFunc(d.HangsOn, func(p int) bool { return b.paths[p].state != hung }) {
		d.state = dropped
		return
	}
	d.state = hung
	b.sequence = append(b.sequence, i)
}

// cycle reports paths that hang on each other, once, and drops them.
func (b *builder) cycle(circle []int) {
	first := &b.paths[slices.Min(circle)]
	message := "the path " + finding.Quote(first.ID) + " hangs on a step of its own"
	if len(circle) > 1 {
		message = "these paths hang on each other in a circle: "
		start := slices.Index(circle, slices.Min(circle))
		circle = append(slices.Clone(circle[start:]), circle[:start]...)
		for _, p := range circle[:min(len(circle), listed)] {
			message += finding.Quote(b.paths[p].ID) + " → "
		}
		if len(circle) > listed {
			message += "… → "
		}
		message += finding.Quote(first.ID)
	}
	var related []finding.Related
	for _, p := range circle {
		b.paths[p].state = dropped
		if d := b.paths[p]; d.ID != first.ID && len(related) < listed {
			related = append(related, finding.Related{Span: d.Def.ID.Span, Message: finding.Quote(d.ID) + " is part of the circle"})
		}
	}
	b.report("path-cycle", first.Def.ID.Span, "paths."+first.Kind.String()+"."+first.ID, message,
		"Let one of them begin and end at steps of the basic path.", related...)
}
