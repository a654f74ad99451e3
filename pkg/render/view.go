package render

import (
	"context"
	"errors"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

// View is a way to look at a corridor.
type View struct {
	Name, Summary string
	layout        func(context.Context, *corridor.Graph, Options, Router) (*Scene, error)
}

// Views are all views, the usual one first.
var Views = []View{
	{"spine", "the basic path as one band, alternatives above it, options below it", layoutSpine},
	{"lanes", "stages as columns, departments, channels or depths as rows", layoutLanes},
	{"experience", "the spine, and under it how customers live each step and how the company sees it", layoutExperience},
	{"access", "who gets through: customers by steps, and the hours of the week", layoutAccess},
	{"customer", "the same as one customer meets it: the way, closed doors, the smallest repair", layoutCustomer},
}

// ErrNoPath is the answer to a library, which has nothing to draw.
var ErrNoPath = errors.New("there is no basic path to draw: the file defines things for other files to import")

// Layout places a corridor in a view. A nil router lays all lines along the
// grid. It fails where the graph has no basic path, where the router fails
// and where ctx ends; with a [LargeError] where there is too much to draw, and
// with a [SlowError] where it takes longer than it may.
func Layout(ctx context.Context, g *corridor.Graph, o Options, route Router) (*Scene, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if g == nil || len(g.Paths) == 0 || len(g.Steps) == 0 {
		return nil, ErrNoPath
	}
	if len(g.Steps) > MostSteps {
		return nil, &LargeError{Steps: len(g.Steps)}
	}
	s, err := withinLimit(ctx, o.Limit, route, func(ctx context.Context, route Router) (*Scene, error) {
		return viewOf(o.View).layout(ctx, g, o, route)
	})
	if err != nil {
		return nil, err
	}
	s, err = s.rimmed().laid(o.Page)
	if err != nil {
		return nil, err
	}
	if text, tooSmall := s.small(o.Page); tooSmall && o.Small != nil {
		o.Small(text)
	}
	return s, nil
}

// viewOf returns the view of a name, the usual one where there is none.
func viewOf(name string) View {
	for _, v := range Views {
		if v.Name == name {
			return v
		}
	}
	return Views[0]
}

// layoutSpine places the corridor along its basic path.
func layoutSpine(ctx context.Context, g *corridor.Graph, o Options, route Router) (*Scene, error) {
	return newPlan(g, o).lay(ctx, route)
}

// planSpine places all that stands on a spine.
func planSpine(ctx context.Context, g *corridor.Graph, o Options, route Router) (*plan, error) {
	p := newPlan(g, o)
	return p, p.settle(ctx, route)
}

// lay places everything and returns the map.
func (p *plan) lay(ctx context.Context, route Router) (*Scene, error) {
	if err := p.settle(ctx, route); err != nil {
		return nil, err
	}
	return p.scene(), nil
}

// settle places everything.
func (p *plan) settle(ctx context.Context, route Router) error {
	for _, do := range []func(){p.place, p.routeStraight} {
		if err := ctx.Err(); err != nil {
			return err
		}
		do()
	}
	if route != nil && len(p.edges) > 0 {
		if err := p.routeBy(ctx, route); err != nil {
			return err
		}
	}
	return ctx.Err()
}
