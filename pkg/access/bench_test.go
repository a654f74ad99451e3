package access

import (
	"context"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/internal/gen"
)

func built(b testing.TB, s gen.Shape) *corridor.Graph {
	g, found := corridor.Build(gen.Corridor(1, s))
	if g == nil || len(found) > 0 {
		b.Fatal(found)
	}
	return g
}

// BenchmarkLanes answers who gets through, which doors are closed and where
// one turns wrong, for 1,000 customers, after the plan.
func BenchmarkLanes(b *testing.B) {
	g := built(b, gen.Shape{Steps: 90_000, Customers: 1000, Needs: 1, Barriers: 10})
	p := newPlan(g, Options{})
	var classes []*class
	for _, c := range p.cells() {
		class := p.newClass(c.Customer, c.Need)
		class.unbar()
		classes = append(classes, class)
	}
	k := p.kinds(classes)
	sweep, lanes := p.sweep(), k.lanes(classes)
	open, edges := 0, 0
	for b.Loop() {
		open, edges = 0, 0
		for _, f := range sweep.Answer(lanes) {
			if f.Reaches {
				open++
			}
			edges += len(f.Edges)
		}
	}
	b.ReportMetric(float64(len(g.Steps)), "steps")
	b.ReportMetric(float64(open), "open")
	b.ReportMetric(float64(edges), "doors+turns")
}

// BenchmarkAnalyse answers everything but the repair.
func BenchmarkAnalyse(b *testing.B) {
	for _, s := range []struct {
		name  string
		shape gen.Shape
	}{
		{"usual", gen.Shape{Steps: 50, Customers: 20, Needs: 3, Items: 10, Hours: 4, Barriers: 10}},
		{"hours", gen.Shape{Steps: 1000, Customers: 50, Needs: 1, Hours: 16, Barriers: 10}},
	} {
		b.Run(s.name, func(b *testing.B) {
			g := built(b, s.shape)
			var r *Result
			for b.Loop() {
				r, _ = Analyse(context.Background(), g, Options{})
			}
			open := 0
			for _, c := range r.Cells {
				if c.Open {
					open++
				}
			}
			b.ReportMetric(float64(len(newPlan(g, Options{}).classes(r.Cells))), "classes")
			b.ReportMetric(float64(len(g.Steps)), "steps")
			b.ReportMetric(float64(open)/float64(len(r.Cells)), "open")
		})
	}
}

// BenchmarkRepair finds the smallest changes that open each cell, and all
// together.
func BenchmarkRepair(b *testing.B) {
	for _, s := range []struct {
		name  string
		shape gen.Shape
	}{
		{"usual", gen.Shape{Steps: 50, Customers: 20, Needs: 3, Items: 10, Barriers: 60}},
		{"1000", gen.Shape{Steps: 1000, Customers: 6, Needs: 1, Barriers: 100}},
	} {
		b.Run(s.name, func(b *testing.B) {
			g := built(b, s.shape)
			p := newPlan(g, Options{})
			var blocked []*class
			for _, c := range p.classes(p.cells()) {
				if !c.explore().isOpen() {
					blocked = append(blocked, c)
				}
			}
			var r *Repair
			for b.Loop() {
				r = p.open(context.Background(), blocked)
			}
			b.ReportMetric(float64(len(blocked)), "blocked")
			b.ReportMetric(float64(len(r.Changes)), "changes")
			b.ReportMetric(float64(r.Bound), "bound")
		})
	}
}
