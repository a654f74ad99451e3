package corridor

import (
	"slices"

	"github.com/customer-corridor/corridor/pkg/model"
)

// Run is several steps of one path, Steps[First:End].
type Run struct{ First, End int }

// Fold returns a graph in which each of the runs, which do not overlap, is one
// step. It is for maps: the places between the steps of a run are gone, and
// nothing that holds of the corridor can be told from it.
//
// Paths that lie wholly inside a run are left out. A path that leaves or joins
// it in the middle does so at the nearer end, or at the farther one where it
// would otherwise go nowhere or back. Name returns the touchpoint that
// stands for a run, given the paths inside.
func (g *Graph) Fold(runs []Run, name func(r Run, inside []int) *model.Touchpoint) *Graph {
	f := newFolding(g, runs)
	f.hide()
	f.ends()
	f.number()
	for path := range g.Paths {
		if f.hiddenIn[path] == visible {
			f.lay(path, name)
		}
	}
	f.finish()
	return f.out
}

// visible is the region of what lies in no run.
const visible = -1

type folding struct {
	*Graph
	runs     []Run
	runAt    map[int]int // first step of a run → the run
	region   []int       // by place: the run that it lies inside
	hiddenIn []int       // by path: the run that it lies inside
	order    []int       // by place: how far along the basic path
	from, to []int       // by path: the places that it joins in the end
	place    []int       // by place: its new number
	step     []int       // by step: its new number
	path     []int       // by path: its new number
	out      *Graph
}

func newFolding(g *Graph, runs []Run) *folding {
	f := &folding{Graph: g, runs: runs, runAt: map[int]int{}, out: &Graph{Journey: g.Journey, occurrences: map[string][]int{}}}
	f.region, f.hiddenIn = slices.Repeat([]int{visible}, g.Places), slices.Repeat([]int{visible}, len(g.Paths))
	f.order = slices.Repeat([]int{-1}, g.Places)
	for i, r := range runs {
		f.runAt[r.First] = i
		for s := r.First; s < r.End-1; s++ {
			f.region[g.Steps[s].To] = i
		}
	}
	for i := range g.Paths[0].Count {
		f.order[g.Steps[i].From], f.order[g.Steps[i].To] = i, i+1
	}
	f.spread(func(path int) bool {
		p := g.Paths[path]
		first, end := g.StepsOf(path)
		changed := false
		for s := first; s < end-1; s++ {
			if place := g.Steps[s].To; f.order[place] < 0 && f.order[p.From] >= 0 {
				f.order[place], changed = f.order[p.From], true
			}
		}
		return changed
	})
	return f
}

// spread does something for each path until it changes nothing more.
func (f *folding) spread(do func(path int) (changed bool)) {
	for again := true; again; {
		again = false
		for path := 1; path < len(f.Paths); path++ {
			again = do(path) || again
		}
	}
}

// hide finds the paths that lie wholly inside a run, and those inside these.
func (f *folding) hide() {
	f.spread(func(path int) bool {
		p := f.Paths[path]
		if f.hiddenIn[path] != visible {
			return false
		}
		for _, in := range []int{f.region[p.From], f.region[p.To]} {
			if in != visible && (f.within(p.From, in) && f.within(p.To, in) || f.goesNowhere(p)) {
				f.bury(path, in)
				return true
			}
		}
		return false
	})
}

// goesNowhere reports whether nothing is left between the ends of a path that
// had something between them.
func (f *folding) goesNowhere(p Path) bool {
	from, to := f.endsOf(p)
	return from == to && p.From != p.To
}

// within reports whether a place is inside a run or at one of its ends.
func (f *folding) within(place, run int) bool {
	r := f.runs[run]
	return f.region[place] == run || place == f.Steps[r.First].From || place == f.Steps[r.End-1].To
}

func (f *folding) bury(path, run int) {
	f.hiddenIn[path] = run
	first, end := f.StepsOf(path)
	for s := first; s < end-1; s++ {
		f.region[f.Steps[s].To] = run
	}
}

// ends finds the places that each path joins, out of all runs.
func (f *folding) ends() {
	f.from, f.to = make([]int, len(f.Paths)), make([]int, len(f.Paths))
	for path, p := range f.Paths {
		if f.hiddenIn[path] != visible {
			continue
		}
		f.from[path], f.to[path] = f.endsOf(p)
	}
}

// endsOf moves the ends of a path out of runs, as little as it may be so that
// the path goes in the direction in which it went.
func (f *folding) endsOf(p Path) (from, to int) {
	on := f.order[p.To] >= f.order[p.From]
	for _, far := range [][2]bool{{false, false}, {true, false}, {false, true}, {true, true}} {
		from, to = f.outside(p.From, on != far[0]), f.outside(p.To, on == far[1])
		goes := f.order[from] <= f.order[to]
		if p.From == p.To || from != to && (goes == on || f.order[from] == f.order[to]) {
			break
		}
	}
	return from, to
}

// outside returns the end of the run that a place lies inside: the last or
// the first one; a place in no run is its own.
func (f *folding) outside(place int, last bool) int {
	for range len(f.runs) + 1 {
		in := f.region[place]
		if in == visible {
			break
		}
		if r := f.runs[in]; last {
			place = f.Steps[r.End-1].To
		} else {
			place = f.Steps[r.First].From
		}
	}
	return place
}

// number gives places, steps and paths that stay their numbers, in the order
// that Graph has.
func (f *folding) number() {
	f.place, f.step, f.path = make([]int, f.Places), slices.Repeat([]int{-1}, len(f.Steps)), make([]int, len(f.Paths))
	steps, paths := 0, 0
	next := func(place int) { f.place[place] = f.out.Places; f.out.Places++ }
	next(f.Start)
	for path := range f.Paths {
		if f.hiddenIn[path] != visible {
			continue
		}
		f.path[path] = paths
		paths++
		first, end := f.StepsOf(path)
		for s := first; s < end; s++ {
			f.step[s] = steps
			if inner := f.Steps[s].To; s == end-1 || f.region[inner] == visible {
				steps++
				if s < end-1 || path == 0 {
					next(inner)
				}
			}
		}
	}
	f.out.Start, f.out.Satisfied = f.place[f.Start], f.place[f.Satisfied]
}

// lay lays a path with its steps, runs as one step each.
func (f *folding) lay(path int, name func(Run, []int) *model.Touchpoint) {
	old := f.Paths[path]
	p := Path{Kind: old.Kind, ID: old.ID, Def: old.Def, From: f.place[f.from[path]], To: f.place[f.to[path]], First: len(f.out.Steps)}
	if a, b := old.Replaces[0], old.Replaces[1]; a < b && f.from[path] == old.From && f.to[path] == old.To && f.step[a] >= 0 && f.step[b-1] >= 0 {
		p.Replaces = [2]int{f.step[a], f.step[b-1] + 1}
	}
	first, end := f.StepsOf(path)
	for s := first; s < end; {
		step, next := f.Steps[s], s+1
		if i, folded := f.runAt[s]; folded {
			next = f.runs[i].End
			step.Folds = f.Steps[s:next]
			step.Touchpoint, step.To = name(f.runs[i], f.inside(i)), f.Steps[next-1].To
			step.Name, step.Nth = step.Touchpoint.ID, 1
		}
		step.Path, step.From, step.To = f.path[path], f.place[step.From], f.place[step.To]
		if s == first {
			step.From = p.From
		}
		if next == end {
			step.To = p.To
		}
		f.out.Steps = append(f.out.Steps, step)
		s = next
	}
	p.Count = len(f.out.Steps) - p.First
	f.out.Paths = append(f.out.Paths, p)
}

func (f *folding) inside(run int) (paths []int) {
	for path, in := range f.hiddenIn {
		if in == run {
			paths = append(paths, path)
		}
	}
	return paths
}

// finish tells which paths hang on which, and who visits whom.
func (f *folding) finish() {
	g := f.out
	owner := make([]int, g.Places)
	for path := range g.Paths {
		first, end := g.StepsOf(path)
		for s := first; s < end-1; s++ {
			owner[g.Steps[s].To] = path
		}
	}
	for path := range g.Paths[1:] {
		p := &g.Paths[path+1]
		p.HangsOn = []int{owner[p.From], owner[p.To]}
		slices.Sort(p.HangsOn)
		p.HangsOn = slices.Compact(p.HangsOn)
	}
	for s, step := range g.Steps {
		if step.Touchpoint != nil {
			g.occurrences[step.Touchpoint.ID.Value] = append(g.occurrences[step.Touchpoint.ID.Value], s)
		}
	}
	g.out = newAdjacency(g.Places, g.Steps, func(s Step) int { return s.From })
	g.in = newAdjacency(g.Places, g.Steps, func(s Step) int { return s.To })
}
