package render

import (
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
)

func TestCountsInWords(t *testing.T) {
	for n, want := range map[int][3]string{
		1: {"1 step", "خطوة واحدة", "۱ گام"}, 2: {"2 steps", "خطوتان", "۲ گام"}, 3: {"3 steps", "٣ خطوات", "۳ گام"}, 10: {"10 steps", "١٠ خطوات", "۱۰ گام"},
		11: {"11 steps", "١١ خطوة", "۱۱ گام"}, 99: {"99 steps", "٩٩ خطوة", "۹۹ گام"}, 100: {"100 steps", "١٠٠ خطوة", "۱۰۰ گام"}, 103: {"103 steps", "١٠٣ خطوات", "۱۰۳ گام"},
	} {
		for i, language := range []string{"en", "ar", "fa"} {
			w := wordsOf(language)
			if got := w.count(w.Fold.Steps, n); got != want[i] {
				t.Errorf("%s: %q, want %q", language, got, want[i])
			}
		}
	}
	w := wordsOf("ar")
	if got := w.count(w.Fold.Paths, 12); got != "١٢ مسارًا" {
		t.Errorf("got %q", got)
	}
}

// namesOf are the names of the steps on a map.
func namesOf(g *corridor.Graph) (names []string) {
	p := newPlan(g, Options{})
	for i := range g.Steps {
		names = append(names, p.stepLabel(i))
	}
	return names
}

func TestFoldOfCoffee(t *testing.T) {
	g := coffee()
	runs := RunsOf(g)
	if len(runs.Stages) != 5 || len(runs.Paths) != 2 || runs.Paths[0].ID != "track" || runs.Paths[1].ID != "telephone" {
		t.Fatalf("got %v", runs)
	}
	names := namesOf(Fold(g, "", append(runs.Stages, runs.Paths...)))
	for _, want := range []string{"Discover · 2 steps · 1 path", "Compare · 2 steps · 2 paths", "Buy · 4 steps · 3 paths", "Receive · 2 steps · 2 paths", "telephone · 2 steps"} {
		found := false
		for _, name := range names {
			found = found || name == want
		}
		if !found {
			t.Errorf("no step is called %q: %q", want, names)
		}
	}
	if Visits(Fold(g, "", nil)) != Visits(g) || Visits(g) != 28 {
		t.Errorf("it has %d touchpoints", Visits(g))
	}
}

// What the steps of a run have in common stands on its box, and their marks.
func TestFoldedBox(t *testing.T) {
	g := coffee()
	f := Fold(g, "", RunsOf(g).Stages)
	buy, receive := f.Steps[2].Touchpoint, f.Steps[3].Touchpoint
	if buy.Owner.Value != "Sales" || buy.Channel.Value != "" || !buy.Binding.Value || buy.MomentOfTruth.Value {
		t.Errorf("buy is %+v", buy)
	}
	if receive.Owner.Value != "Logistics" || !receive.MomentOfTruth.Value {
		t.Errorf("receive is %+v", receive)
	}
	says := laidOut(t, f).Description
	if want := "Buy · 4 steps · 3 paths stands for Puts the product in the basket, Creates an account, Pays by card, Receives the order confirmation by e-mail"; !strings.Contains(says, want) {
		t.Errorf("it is not told what is folded: %s", says)
	}
	if says := laidOut(t, g).Description; strings.Contains(says, "stands for") {
		t.Errorf("nothing is folded, and it says %s", says)
	}
}

// A folded corridor is drawn as well as any other.
func TestFoldedIsDrawnWell(t *testing.T) {
	for _, g := range corridors() {
		runs := RunsOf(g)
		for _, fold := range [][]NamedRun{runs.Paths, runs.Stages, append(runs.Stages, runs.Paths...)} {
			p := planned(Fold(g, "", fold), Options{})
			boxesStandApart(t, p)
			textFits(t, p)
			linesAreClear(t, p)
			arrowsAreStraight(t, p)
			allIsOnTheMap(t, p.scene())
		}
	}
}

// No line begins with the dot between two words, or with what is counted by a
// number on the line before.
func TestCountsStayTogether(t *testing.T) {
	m := newMeasurer()
	for limit := 40 * Px; limit < 200*Px; limit += 7 * Px {
		for _, line := range m.wrap("Getting an appointment · 12 steps · 5 paths", nameFace, limit) {
			if limit > 100*Px && (strings.HasPrefix(line, "·") || strings.HasPrefix(line, "steps") || strings.HasPrefix(line, "paths")) {
				t.Errorf("at %d a line begins with %q", limit/Px, line)
			}
		}
	}
}
