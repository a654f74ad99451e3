package render

import (
	"context"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// mend notes where the smallest repair of a blocked cell applies, and returns
// the way that it opens; nil where there is none.
func (v *overlay) mend(ctx context.Context, g *corridor.Graph) (way []int, err error) {
	r := v.cell.Repair
	if r == nil || !r.Possible || len(r.Changes) == 0 {
		return nil, nil
	}
	for _, change := range r.Changes {
		if change.Kind == access.GiveItem {
			v.gives = append(v.gives, change.Value)
		}
	}
	for i, s := range g.Steps {
		for _, change := range r.Changes {
			if applies(g, change, i, s) {
				v.steps[i].mends = append(v.steps[i].mends, change)
			}
		}
	}
	cell, err := cellOf(ctx, mended(g, r.Changes, v.ask), v.ask, access.Options{Without: v.ask.Without})
	if err != nil || !cell.Open {
		return nil, err
	}
	return cell.Way, nil
}

// applies reports whether a change is made at a step; what is offered begins
// where its path does.
func applies(g *corridor.Graph, c access.Change, i int, s corridor.Step) bool {
	if c.Kind == access.OfferPath {
		return g.Paths[s.Path].ID == c.Value && g.Paths[s.Path].First == i
	}
	return s.Touchpoint != nil && c.Touchpoint != "" && s.Touchpoint.ID.Value == c.Touchpoint
}

// mended returns a corridor after changes. What it does not change it shares.
func mended(g *corridor.Graph, changes []access.Change, ask Question) *corridor.Graph {
	journey, after := *g.Journey, *g
	journey.Touchpoints, journey.Customers = slices.Clone(journey.Touchpoints), slices.Clone(journey.Customers)
	journey.Needs = slices.Clone(journey.Needs)
	after.Journey, after.Steps, after.Paths = &journey, slices.Clone(g.Steps), slices.Clone(g.Paths)
	for _, c := range changes {
		switch c.Kind {
		case access.OfferPath:
			offer(&after, c.Value)
		case access.GiveItem:
			give(&journey, c.Value, ask)
		default:
			ease(&after, c)
		}
	}
	journey.Index()
	return &after
}

// offer offers a path to everyone, for every need.
func offer(g *corridor.Graph, id string) {
	for i, p := range g.Paths {
		if p.ID == id && p.Def != nil {
			def := *p.Def
			def.Customers, def.Needs = nil, nil
			g.Paths[i].Def = &def
		}
	}
}

// give hands an item to the customer from the start; the need's word wins over
// theirs, so it has to say so too.
func give(j *model.Journey, item string, ask Question) {
	for i, n := range j.Needs {
		if n.ID.Value == ask.Need {
			need := *n
			need.Has = append(slices.Clone(n.Has), model.Name{Value: item})
			j.Needs[i] = &need
		}
	}
}

// ease lets a touchpoint ask for less, or serve in one more language.
func ease(g *corridor.Graph, c access.Change) {
	i := slices.IndexFunc(g.Journey.Touchpoints, func(t *model.Touchpoint) bool { return t.ID.Value == c.Touchpoint })
	if i < 0 {
		return
	}
	old := g.Journey.Touchpoints[i]
	t := *old
	if c.Kind == access.AddLanguage {
		t.Languages = append(slices.Clone(t.Languages), source.Spanned[string]{Value: c.Value})
	} else {
		asked := model.Requirement{AnyOf: strings.Split(c.Value, "|")}
		t.Waives = append(slices.Clone(t.Waives), asked)
		t.Requires = slices.DeleteFunc(slices.Clone(t.Requires), asked.Same)
		t.Asks = slices.DeleteFunc(slices.Clone(t.Asks), func(n model.Name) bool { return n.Value == c.Value })
	}
	g.Journey.Touchpoints[i] = &t
	for s := range g.Steps {
		if g.Steps[s].Touchpoint == old {
			g.Steps[s].Touchpoint = &t
		}
	}
}
