package render

import "github.com/customer-corridor/corridor/pkg/model"

// Options at one place of the spine share their lines as far as they can:
// one trunk leaves the place and branches to each of them, another gathers
// them and comes back. Else each would need two lines of its own there.

// trunk is what edges must have in common to share the line beside their rows.
type trunk struct {
	spot  spot
	entry bool
	bus   int
}

// findTrunks gives edges their hosts. Beside the rows the deepest is the
// host; it hangs in turn on the line that goes straight down from the place.
func (p *plan) findTrunks() {
	plumb, deepest := map[trunk]int{}, map[trunk]int{}
	for i := range p.edges {
		e := &p.edges[i]
		switch key := (trunk{e.spot, e.entry, e.beside}); {
		case !p.hangs(e):
		case p.plumb(e):
			plumb[trunk{e.spot, e.entry, 0}] = i
		case e.shape == detour:
			if j, ok := deepest[key]; !ok || p.rows[e.path].lane > p.rows[p.edges[j].path].lane {
				deepest[key] = i
			}
		}
	}
	for i := range p.edges {
		e := &p.edges[i]
		if !p.hangs(e) || e.shape != detour {
			continue
		}
		if host := deepest[trunk{e.spot, e.entry, e.beside}]; host != i {
			p.hang(i, host)
			e.shape = branch
		} else if host, ok := plumb[trunk{e.spot, e.entry, 0}]; ok {
			p.hang(i, host)
		}
	}
}

func (p *plan) hang(edge, host int) {
	p.edges[edge].host = host
	p.edges[edge].fixed, p.edges[host].fixed = true, true
}

// hangs reports whether an edge is an option's, under the spine.
func (p *plan) hangs(e *edge) bool {
	return p.graph.Paths[e.path].Kind == model.Optional && p.rows[e.path].side == below && p.rows[e.spot.row].side == onSpine
}
