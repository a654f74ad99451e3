package gaps

import (
	"context"
	"slices"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
)

// maxLooked bounds the work of looking for the ways of certain hours: steps
// times cells. Beyond it the fastest way is told.
const maxLooked = 100_000

// Answer analyses a corridor under outages, with repairs, and keeps the cells
// that are wanted. Usual is the result without outages and repairs, which the
// check of the file has found already.
func Answer(ctx context.Context, g *corridor.Graph, usual *access.Result, without []access.Outage, wants func(customer, need string) bool) (Report, error) {
	r := Report{Without: without, At: -1}
	var err error
	if r.Result, err = access.Analyse(ctx, g, access.Options{Without: without, Repairs: true}); err != nil {
		return r, err
	}
	if len(without) > 0 {
		r.Usual = usual
	}
	for _, cell := range r.Result.Cells {
		if wants(cell.Customer.ID.Value, cell.Need.ID.Value) {
			r.Cells = append(r.Cells, cell)
		}
	}
	r.Filtered = len(r.Cells) < len(r.Result.Cells)
	if slices.ContainsFunc(r.Cells, func(c access.Cell) bool { return len(c.Late) > 0 }) && len(g.Steps)*len(r.Cells) <= maxLooked {
		r.Ways, err = access.ListWays(ctx, g, access.Options{Without: without}, access.ByTime, WaysAtHours)
	}
	return r, err
}
