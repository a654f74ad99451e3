package corridor

import "github.com/customer-corridor/corridor/pkg/model"

// graph gives every path its places and every step its edge. The places of
// the basic path come first, from the start to satisfied.
func (b *builder) graph() *Graph {
	g := &Graph{Journey: b.journey, occurrences: map[string][]int{}}
	position := make([]int, len(b.paths)) // of each draft in g.Paths
	for i := range b.paths {
		if b.paths[i].state == hung {
			position[i] = len(g.Paths)
			g.Paths = append(g.Paths, b.paths[i].Path)
		}
	}
	b.layPaths(g, position)
	b.laySteps(g, position)
	b.stages(g, position)
	g.out = newAdjacency(g.Places, g.Steps, func(s Step) int { return s.From })
	g.in = newAdjacency(g.Places, g.Steps, func(s Step) int { return s.To })
	return g
}

// layPaths numbers the inner places path by path, in the order of the file.
// Their ends are those of the steps that they hang on, which laySteps fills
// in from the paths below.
func (b *builder) layPaths(g *Graph, position []int) {
	steps := 0
	for i := range b.paths {
		d := &b.paths[i]
		if d.state != hung {
			continue
		}
		p := &g.Paths[position[i]]
		p.First, p.Count = steps, max(1, len(d.names))
		steps += p.Count
		p.HangsOn = nil
		for _, below := range d.HangsOn {
			p.HangsOn = append(p.HangsOn, position[below])
		}
		if d.from != nil && d.to != nil && len(d.Def.InsteadOf) > 0 {
			below := g.Paths[position[d.from.path]]
			p.Replaces = [2]int{below.First + d.from.index, below.First + d.to.index + 1}
		}
	}
	g.Steps = make([]Step, steps)
}

// laySteps gives the steps their places, each path after those below it.
func (b *builder) laySteps(g *Graph, position []int) {
	basic := &g.Paths[0]
	g.Start, g.Satisfied = 0, basic.Count
	inner := make([]int, len(b.paths)) // the first inner place of each path
	g.Places = basic.Count + 1
	for i := range b.paths {
		if i > 0 && b.paths[i].state == hung {
			inner[i] = g.Places
			g.Places += max(1, len(b.paths[i].names)) - 1
		}
	}
	inner[0] = 1
	for _, i := range b.sequence {
		d, p := &b.paths[i], &g.Paths[position[i]]
		p.From, p.To = b.ends(g, d, position)
		visits := make(map[string]int, len(d.names)) // of each touchpoint, so far
		for k := range p.Count {
			g.Steps[p.First+k] = b.newStep(d, *p, position[i], k, inner[i], visits)
		}
	}
	for s := range g.Steps {
		if t := g.Steps[s].Touchpoint; t != nil {
			g.occurrences[t.ID.Value] = append(g.occurrences[t.ID.Value], s)
		}
	}
}

// ends returns the places between which a path runs.
func (b *builder) ends(g *Graph, d *draft, position []int) (from, to int) {
	step := func(p *place) Step { return g.Steps[g.Paths[position[p.path]].First+p.index] }
	switch {
	case d.Def == nil:
		return g.Start, g.Satisfied
	case d.after != nil:
		from = step(d.after).To
	default:
		from = step(d.from).From
	}
	if d.until != nil {
		return from, step(d.until).From
	}
	return from, step(d.to).To
}

// newStep makes the k-th step of a path whose inner places start at inner.
func (b *builder) newStep(d *draft, p Path, path, k, inner int, visits map[string]int) Step {
	s := Step{Path: path, From: p.From, To: p.To, Nth: 1}
	if k > 0 {
		s.From = inner + k - 1
	}
	if k < p.Count-1 {
		s.To = inner + k
	}
	if len(d.names) == 0 {
		s.Name = d.Def.ID
		return s
	}
	s.Name = d.names[k]
	s.Touchpoint = b.touchpoint(s.Name)
	visits[s.Name.Value]++
	s.Nth = visits[s.Name.Value]
	return s
}

// touchpoint returns the touchpoint of that name. One that is not defined,
// which was reported where it is named, is a touchpoint that asks nothing.
func (b *builder) touchpoint(n model.Name) *model.Touchpoint {
	if t := b.journey.Touchpoint(n.Value); t != nil {
		return t
	}
	return &model.Touchpoint{Definition: model.Definition{ID: n}}
}

// stages gives each step its stage: its touchpoint's, else that of the step
// before it on its path, else that of the place where the path begins.
func (b *builder) stages(g *Graph, position []int) {
	at := make([]int, g.Places) // the stage in which a place is reached
	for _, i := range b.sequence {
		first, end := g.StepsOf(position[i])
		for s := first; s < end; s++ {
			step := &g.Steps[s]
			step.Stage = b.stage(step, at[step.From])
			if s+1 < end || i == 0 {
				at[step.To] = step.Stage
			}
		}
	}
}

func (b *builder) stage(s *Step, before int) int {
	if s.Touchpoint != nil {
		if i := b.journey.Stage(s.Touchpoint.Stage.Value); i >= 0 {
			return i
		}
	}
	return before
}
