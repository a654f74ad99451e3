package render

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/internal/gen"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// written builds the corridor of a file; findings that leave it whole do not
// matter here.
func written(t testing.TB, text string) *corridor.Graph {
	t.Helper()
	w := &workspace.Workspace{FS: fstest.MapFS{"a.corridor.yaml": {Data: []byte(text), Mode: 0o644}}}
	j, found, err := w.Load("a.corridor.yaml")
	if err != nil || j == nil || len(found) > 0 {
		t.Fatal(found, err)
	}
	g, found := corridor.Build(j)
	if g == nil || len(found) > 0 {
		t.Fatal(found)
	}
	return g
}

func gridOf(t testing.TB, g *corridor.Graph, ask Question) *accessGrid {
	t.Helper()
	a, err := newAccessGrid(context.Background(), g, ask)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

const marksHead = `corridor: 1
title: T
language: en
capabilities: {car: {}}
customers:
  all: {name: All, share: 50%}
  some: {name: Some, share: 50%, lacks: [car]}
touchpoints:
  a: {name: A, takes: 1m}
  b: {name: B, takes: 9m, requires: [car]}
  c: {name: C, takes: 1m}
  d: {name: D, takes: 20m}
  e: {name: E, takes: 1m}
`

func TestMarksOfSteps(t *testing.T) {
	for _, c := range []struct{ about, rest, all, some string }{
		{"a door stops", "needs: {n: {}}\npaths: {basic: [a, b, c]}", "◆◆◆", "●✗-"},
		{"a door with a way round", "needs: {n: {}}\npaths: {basic: [a, b, c], alternative: {x: {instead-of: b, steps: [d]}}}", "◆●◆○", "◆x◆◆"},
		{"an option", "needs: {n: {}}\npaths: {basic: [a, c], optional: {x: {after: a, steps: [d]}}}", "◆◆○", "◆◆○"},
		{"a need that ends early", "needs: {n: {to: a}}\npaths: {basic: [a, b, c]}", "◆  ", "◆  "},
		{"a need that begins late", "needs: {n: {from: c}}\npaths: {basic: [a, b, c]}", "  ◆", "  ◆"},
		{"a wrong turn", "needs: {n: {}}\npaths: {basic: [a, c], alternative: {x: {instead-of: a, steps: [d, b]}}}", "●◆○○", "◆◆↩x"},
		{"the empty way", "needs: {n: {}}\npaths: {basic: [a, b, c], alternative: {x: {instead-of: b, steps: []}}}", "◆○◆●", "◆x◆●"},
		{"a path for others", "needs: {n: {}}\npaths: {basic: [a, c], alternative: {x: {instead-of: a, steps: [d], customers: [some]}}}", "◆◆x", "●◆○"},
		{"a trap", "needs: {n: {}}\npaths: {basic: [a, c], alternative: {x: {instead-of: a, steps: [e, b]}}}", "●◆○○", "◆◆!x"},
	} {
		text := marksHead + c.rest
		if c.about == "a trap" {
			text = strings.Replace(text, "e: {name: E, takes: 1m}", "e: {name: E, takes: 1m, binding: true}", 1)
		}
		a := gridOf(t, written(t, text), Question{})
		for i, want := range []string{c.all, c.some} {
			got := ""
			for _, m := range a.blocks[0].rows[i].marks {
				got += textMarks[m]
			}
			if got != want {
				t.Errorf("%s, customer %d: %s, want %s", c.about, i, got, want)
			}
		}
	}
}

// What the grid says is what the analysis says, on many corridors.
func TestGridAgreesWithTheAnalysis(t *testing.T) {
	seen := [countMarks]int{}
	for seed := range uint64(40) {
		g, _ := corridor.Build(gen.Corridor(seed, gen.Shape{Steps: 8 + int(seed), Customers: 4, Needs: 2, Items: 3, Hours: 2, Barriers: 30}))
		r, err := access.Analyse(context.Background(), g, access.Options{})
		if err != nil {
			t.Fatal(err)
		}
		a := gridOf(t, g, Question{})
		if a.score != r.Score {
			t.Errorf("score %v, want %v", a.score, r.Score)
		}
		cells := map[[2]string]access.Cell{}
		for _, c := range r.Cells {
			cells[[2]string{c.Customer.ID.Value, c.Need.ID.Value}] = c
		}
		rows := 0
		for _, b := range a.blocks {
			for _, row := range b.rows {
				rows++
				agrees(t, g, row, cells[[2]string{row.customers[0].ID.Value, b.need.ID.Value}], &seen)
			}
		}
		if rows != len(r.Cells) {
			t.Errorf("%d rows of %d cells", rows, len(r.Cells))
		}
	}
	for _, m := range []mark{unreached, barred, door, openStep, onWay, singleWay} {
		if seen[m] == 0 {
			t.Errorf("no corridor had a step marked %s", textMarks[m])
		}
	}
}

func agrees(t *testing.T, g *corridor.Graph, row accessRow, c access.Cell, seen *[countMarks]int) {
	t.Helper()
	var doors, traps, turns, ways []int
	for s, m := range row.marks {
		seen[m]++
		switch m {
		case door:
			doors = append(doors, s)
		case trap:
			traps = append(traps, s)
		case wrongTurn:
			turns = append(turns, s)
		}
		if row.way[s] {
			ways = append(ways, s)
		}
		if single := m == singleWay; single && !slices.Contains(c.SingleWays, g.Steps[s].Touchpoint.ID.Value) {
			t.Errorf("%s is no single way", g.StepName(s))
		}
		if m == openStep && slices.Contains(c.Way, s) {
			t.Errorf("%s is on the way and not marked so", g.StepName(s))
		}
	}
	way := slices.Compact(slices.Sorted(slices.Values(c.Way)))
	var want []int
	for _, d := range c.Doors {
		want = append(want, d.Step)
	}
	turnsOnly := slices.DeleteFunc(slices.Clone(c.WrongTurns), func(s int) bool { return slices.Contains(c.Traps, s) })
	if fmt.Sprint(doors, traps, turns, ways) != fmt.Sprint(want, c.Traps, turnsOnly, way) {
		t.Errorf("doors, traps, turns, way: %v %v %v %v, want %v %v %v %v", doors, traps, turns, ways, want, c.Traps, turnsOnly, way)
	}
}

func TestHoursInWhichTheDeadlineIsKept(t *testing.T) {
	kept := keptIn([]model.Opening{{From: 30, To: 90}, {From: 6*1440 + 23*60, To: model.WeekMinutes}})
	if kept[0][0] != 30 || kept[0][1] != 30 || kept[0][2] != 60 || kept[6][22] != 60 || kept[6][23] != 0 {
		t.Error(kept)
	}
}

const crowded = `corridor: 1
title: T
language: en
capabilities: {car: {}}
customers:
%s
needs: {n: {within: 1d}}
touchpoints:
  a: {name: A, takes: 1m}
  b: {name: B, requires: [car]}
paths: {basic: [a, b]}
`

func TestManyCustomersAreGrouped(t *testing.T) {
	customers := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "  c%d: {name: Customer %d, lacks: [%s]}\n", i, i, []string{"", "car"}[i%2])
		}
		return fmt.Sprintf(crowded, strings.TrimRight(b.String(), "\n"))
	}
	if a := gridOf(t, written(t, customers(crowd)), Question{}); len(a.blocks[0].rows) != crowd {
		t.Errorf("%d rows for %d customers", len(a.blocks[0].rows), crowd)
	}
	a := gridOf(t, written(t, customers(crowd+1)), Question{})
	rows := a.blocks[0].rows
	if len(rows) != 2 || len(rows[0].customers) != crowd/2+1 || len(rows[1].customers) != crowd/2 {
		t.Fatalf("grouped into %d rows", len(rows))
	}
	if got := rows[0].share + rows[1].share; got < 0.999 || got > 1.001 || rows[0].cell.Open == rows[1].cell.Open {
		t.Errorf("shares of %v, open %v and %v", got, rows[0].cell.Open, rows[1].cell.Open)
	}
	p := newPlan(a.graph, Options{})
	if all := p.namesIn(0, rows[0].customers); strings.Count(all, "Customer") != crowd/2+1 {
		t.Errorf("not all are named: %s", all)
	}
	if got, want := p.namesIn(1, rows[0].customers), "Customer 0, Customer 2, Customer 4, and 4 more"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if weeks := a.blocks[0].weeks; len(weeks) != 2 || weeks[0].open == weeks[1].open {
		t.Errorf("%d weeks", len(weeks))
	}
}

func TestTheQuestionIsKept(t *testing.T) {
	g := written(t, marksHead+"needs: {n: {}, m: {}}\npaths: {basic: [a, b, c]}")
	whole := gridOf(t, g, Question{})
	a := gridOf(t, g, Question{Customer: "some", Need: "m"})
	if len(a.blocks) != 1 || a.blocks[0].need.ID.Value != "m" || len(a.blocks[0].rows) != 1 || a.blocks[0].rows[0].customers[0].ID.Value != "some" {
		t.Errorf("told of something else: %+v", a.blocks)
	}
	if a.score != whole.score || a.score != 0.5 {
		t.Errorf("score %v, of the whole %v", a.score, whole.score)
	}
	if a.used[singleWay] {
		t.Error("a mark of a row that was not asked for is explained")
	}
	out := gridOf(t, g, Question{Without: []access.Outage{{Kind: "touchpoint", ID: "c"}}})
	if out.score != 0 || out.blocks[0].rows[0].marks[2] != door {
		t.Errorf("without c the score is %v", out.score)
	}
	if got := gridOf(t, g, Question{Customer: "nobody"}); len(got.blocks) != 0 {
		t.Error("nobody has rows")
	}
}

func TestAGridThatNobodyCanRead(t *testing.T) {
	g, _ := corridor.Build(gen.Corridor(1, gen.Shape{Steps: 20_000, Customers: 200, Needs: 1}))
	if _, err := newAccessGrid(context.Background(), g, Question{}); err == nil || !strings.Contains(err.Error(), "ask for one customer") {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	g = written(t, marksHead+"needs: {n: {}}\npaths: {basic: [a, b, c]}")
	if _, err := newAccessGrid(ctx, g, Question{}); err != context.Canceled {
		t.Error(err)
	}
}
