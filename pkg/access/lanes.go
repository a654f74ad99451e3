package access

import (
	"encoding/binary"
	"slices"

	"github.com/customer-corridor/corridor/pkg/graph"
)

// Where nothing that can be had matters and no step binds, what a class can
// take is settled at the start, and all such classes are answered in one sweep
// through the graph (see graph.Sweep).

// structure is what of an answer follows from the graph alone.
type structure struct {
	open       bool
	doors      []Door
	wrongTurns []int
}

// settled returns the classes for which all is settled at the start.
func (p *plan) settled(classes []*class) []*class {
	k := p.kinds(nil)
	return slices.DeleteFunc(slices.Clone(classes), func(c *class) bool { return !c.isSettled(k) })
}

// isSettled reports whether a class holds from the start all that it is given,
// and is bound by nothing that it can take.
func (c *class) isSettled(k kinds) bool {
	for _, step := range k.first {
		if pt := c.of[step]; pt >= 0 && c.takes(step) && (c.points[pt].binding || !c.held.contains(c.points[pt].gives)) {
			return false
		}
	}
	return true
}

// takes reports whether a class can take a step with what it holds at the
// start.
func (c *class) takes(step int) bool { return c.open[step] && c.met(step, c.held) }

// few reports whether classes times steps are so few that they are sooner
// explored one by one.
func (p *plan) few(classes []*class) bool { return len(classes)*len(p.of) < 5000 }

// structures answers for the classes that are settled; nil for the others, and
// for all where there are few.
func (p *plan) structures(classes []*class) []*structure {
	all := make([]*structure, len(classes))
	if p.few(classes) {
		return all
	}
	settled := p.settled(classes)
	answers := p.lanes(settled)
	for i, c := range classes {
		if len(settled) > 0 && settled[0] == c {
			all[i] = &answers[0]
			settled, answers = settled[1:], answers[1:]
		}
	}
	return all
}

// maxLanes is how many lanes are swept together, so that memory does not grow
// with their number.
const maxLanes = 1024

// lanes answers for classes that are settled.
func (p *plan) lanes(classes []*class) []structure {
	all := make([]structure, 0, len(classes))
	if len(classes) == 0 {
		return all
	}
	k, sweep := p.kinds(classes), p.sweep()
	for some := range slices.Chunk(classes, maxLanes) {
		for i, found := range sweep.Answer(k.lanes(some)) {
			if found.Reaches {
				all = append(all, structure{open: true, wrongTurns: steps(found.Edges)})
			} else {
				all = append(all, structure{doors: some[i].doorsAt(found.Edges, k)})
			}
		}
	}
	return all
}

// exploring returns the states of a class. Of one that is settled and open, all
// that matters is what is held.
func (c *class) exploring(known *structure) *explorer {
	if known == nil {
		e := c.explore()
		if c.keeps {
			c.explored = e
		}
		return e
	}
	return &explorer{class: c, states: []*state{{
		entry: c.start, from: -1, by: -1, before: c.held, held: c.held, reached: newSet(c.graph.Places), satisfied: true, good: true,
	}}}
}

// wayToFirst returns a way with the fewest steps to the first of the doors, of
// a class that is settled.
func (c *class) wayToFirst(doors []Door) []int {
	if len(doors) == 0 {
		return nil
	}
	place := c.graph.Steps[doors[0].Step].From
	enter := make([]int32, c.graph.Places) // the step by which a place is reached first, from 1
	places := []int{c.start}
	for i := 0; i < len(places) && enter[place] == 0 && place != c.start; i++ {
		for _, step := range c.graph.Out(places[i]) {
			if to := c.graph.Steps[step].To; to != c.start && enter[to] == 0 && c.takes(int(step)) {
				enter[to] = step + 1
				places = append(places, to)
			}
		}
	}
	var way []int
	for ; place != c.start; place = c.graph.Steps[way[len(way)-1]].From {
		way = append(way, int(enter[place])-1)
	}
	slices.Reverse(way)
	return way
}

// sweep prepares the graph.
func (p *plan) sweep() *graph.Sweep {
	from, to := make([]int32, len(p.graph.Steps)), make([]int32, len(p.graph.Steps))
	for i, s := range p.graph.Steps {
		from[i], to[i] = int32(s.From), int32(s.To)
	}
	return graph.NewSweep(graph.NewDigraph(p.graph.Places, from, to), int32(p.graph.Start))
}

func steps(edges []int32) []int {
	if len(edges) == 0 {
		return nil
	}
	all := make([]int, len(edges))
	for i, e := range edges {
		all[i] = int(e)
	}
	return all
}

// doorsAt says what is missing at barred steps: the same at each of a kind.
func (c *class) doorsAt(edges []int32, k kinds) []Door {
	doors := slices.Grow([]Door(nil), len(edges))
	missing := map[int32][]string{}
	for _, e := range edges {
		m, known := missing[k.of[e]]
		if !known {
			m = append(c.unmet(int(e), c.held), c.bar(int(e))...)
			slices.Sort(m)
			missing[k.of[e]] = m
		}
		doors = append(doors, Door{Step: int(e), Missing: m})
	}
	return doors
}

// kinds sorts steps by what they ask for: classes that can take one of a kind
// can take all.
type kinds struct {
	of    []int32 // of each step
	first []int   // of each kind: its first step
}

// kinds sorts the steps. Those that leave a target are kinds by themselves,
// place by place: who is there has left.
func (p *plan) kinds(classes []*class) kinds {
	targets := newSet(p.graph.Places)
	for _, c := range classes {
		targets.add(c.target)
	}
	points, paths := p.pointKinds(), p.pathKinds()
	k := kinds{of: make([]int32, len(p.of))}
	known := map[[3]int32]int32{}
	for i, s := range p.graph.Steps {
		key := [3]int32{-1, paths[s.Path], -1}
		if p.of[i] >= 0 {
			key[0] = points[p.of[i]]
		}
		if targets.has(s.From) {
			key[2] = int32(s.From)
		}
		n, ok := known[key]
		if !ok {
			n = int32(len(k.first))
			known[key] = n
			k.first = append(k.first, i)
		}
		k.of[i] = n
	}
	return k
}

// pointKinds numbers the points by all that decides who can take them.
func (p *plan) pointKinds() []int32 {
	of := make([]int32, len(p.points))
	known := map[string]int32{}
	var key []byte
	for i := range p.points {
		pt := &p.points[i]
		key = pt.gives.key(key[:0]) // always as long
		for _, c := range pt.clauses {
			key = append(append(key, c.text...), '\n')
		}
		for _, l := range pt.languages {
			key = append(append(key, l...), '\t')
		}
		for _, bar := range pt.bars {
			key = append(append(key, bar...), 0)
		}
		if pt.binding {
			key = append(key, 0)
		}
		of[i] = number(known, key)
	}
	return of
}

// pathKinds numbers the paths by those that they hang on and that are not
// offered to everyone for everything.
func (p *plan) pathKinds() []int32 {
	of := make([]int32, len(p.hangs))
	known := map[string]int32{}
	var key []byte
	for i, hangs := range p.hangs {
		key = key[:0]
		for _, path := range hangs {
			if _, limited := slices.BinarySearch(p.limited, path); limited {
				key = binary.AppendUvarint(key, uint64(path))
			}
		}
		of[i] = number(known, key)
	}
	return of
}

// number returns the number of a key, the next one for a new key.
func number(known map[string]int32, key []byte) int32 {
	n, ok := known[string(key)]
	if !ok {
		n = int32(len(known))
		known[string(key)] = n
	}
	return n
}

// lanes lays out classes as lanes.
func (k kinds) lanes(classes []*class) graph.Lanes {
	l := graph.Lanes{Mask: k.of, Masks: make([][]uint64, len(k.first))}
	for m, step := range k.first {
		l.Masks[m] = make([]uint64, (len(classes)+63)/64)
		for lane, c := range classes {
			if c.takes(step) && c.graph.Steps[step].From != c.target {
				l.Masks[m][lane>>6] |= 1 << (lane & 63)
			}
		}
	}
	for _, c := range classes {
		l.Sources = append(l.Sources, int32(c.start))
		l.Targets = append(l.Targets, int32(c.target))
	}
	return l
}
