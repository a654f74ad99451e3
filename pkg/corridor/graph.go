// Package corridor turns a journey into its graph of places and steps, and
// reports what is wrong with its paths.
//
// A path of n steps is a chain of n+1 places; a step is an edge from one
// place to the next. The basic path runs from the start to satisfied. An
// alternative is another chain between two places that exist already, an
// option a chain that leaves its place and comes back to it. The corridor is
// thus a state-machine net: one customer is at one place at a time.
package corridor

import (
	"strconv"

	"github.com/customer-corridor/corridor/pkg/model"
)

// Graph is the corridor as places and steps. Places are numbered from 0,
// steps are positions in Steps; both follow the order of the file.
type Graph struct {
	Journey   *model.Journey
	Paths     []Path // the basic path first, then as in the file
	Steps     []Step // path by path
	Places    int
	Start     int
	Satisfied int

	occurrences map[string][]int // touchpoint id → its steps
	out, in     adjacency
}

// Path is a chain of steps between two places.
type Path struct {
	Kind  model.Kind
	ID    string      // "basic" for the basic path
	Def   *model.Path // nil for the basic path
	From  int         // the place before the first step
	To    int         // the place after the last step
	First int         // its steps are Steps[First : First+Count]
	Count int         // at least 1: the empty way is one step without a touchpoint
	// HangsOn are the paths on whose places this one begins or ends, itself
	// excluded, in ascending order.
	HangsOn []int
	// Replaces are the steps of its instead-of, Steps[Replaces[0]:Replaces[1]];
	// empty for a path that names none.
	Replaces [2]int
}

// Step is an edge of the graph: one visit of a touchpoint, or the empty way
// of an alternative with `steps: []`.
type Step struct {
	Path       int               // position in Paths
	Touchpoint *model.Touchpoint // nil: the empty way
	Name       model.Name        // where the path names it
	From, To   int               // places
	Nth        int               // the how manieth visit of its touchpoint on its path, from 1
	Stage      int               // position in Journey.Stages
	Folds      []Step            // those that it stands for, see Fold; none for a step of the journey
}

// StepsOf returns the positions of the steps of a path, [first, end).
func (g *Graph) StepsOf(path int) (first, end int) {
	p := g.Paths[path]
	return p.First, p.First + p.Count
}

// StepFrom returns the step of a path that leaves a place, if one does. The
// inner places of a path are numbered in its order.
func (g *Graph) StepFrom(path, place int) (step int, ok bool) {
	p := g.Paths[path]
	if place == p.From {
		return p.First, true
	}
	k := place - g.Steps[p.First].To + 1
	return p.First + k, k >= 1 && k < p.Count
}

// StepName returns the shortest name by which the language knows a step:
// `call` where it occurs once, else `basic/call`, and `basic/call#2` for its
// second time there; the empty way is `path:ID`.
func (g *Graph) StepName(step int) string {
	s := g.Steps[step]
	path := g.Paths[s.Path].ID
	if s.Touchpoint == nil {
		return "path:" + path
	}
	id := s.Touchpoint.ID.Value
	all := g.occurrences[id]
	if len(all) == 1 {
		return id
	}
	if s.Nth == 1 {
		return path + "/" + id
	}
	return path + "/" + id + "#" + strconv.Itoa(s.Nth)
}

// Visits returns the steps that visit a touchpoint, in the order of Steps.
// The caller must not change them.
func (g *Graph) Visits(touchpoint string) []int { return g.occurrences[touchpoint] }

// Out returns the steps that leave a place, in the order of Steps. The
// caller must not change them.
func (g *Graph) Out(place int) []int32 { return g.out.of(place) }

// In returns the steps that lead to a place, in the order of Steps. The
// caller must not change them.
func (g *Graph) In(place int) []int32 { return g.in.of(place) }

// adjacency lists the steps at each place, in compressed rows: those of
// place p are steps[start[p]:start[p+1]].
type adjacency struct {
	start []int32
	steps []int32
}

func (a adjacency) of(place int) []int32 { return a.steps[a.start[place]:a.start[place+1]] }

// newAdjacency sorts steps by a place each; counting keeps their order.
func newAdjacency(places int, steps []Step, place func(Step) int) adjacency {
	a := adjacency{make([]int32, places+1), make([]int32, len(steps))}
	for _, s := range steps {
		a.start[place(s)+1]++
	}
	for p := range places {
		a.start[p+1] += a.start[p]
	}
	next := append([]int32(nil), a.start[:places]...)
	for i, s := range steps {
		p := place(s)
		a.steps[next[p]] = int32(i)
		next[p]++
	}
	return a
}

// Resolve returns the step that a name means, if it means one.
func (g *Graph) Resolve(n model.StepName) (step int, ok bool) {
	found := -1
	for _, s := range g.occurrences[n.Touchpoint] {
		if n.Path != "" && (g.Paths[g.Steps[s].Path].ID != n.Path || g.Steps[s].Nth != max(1, n.Nth)) {
			continue
		}
		if found >= 0 {
			return -1, false
		}
		found = s
	}
	return found, found >= 0
}
