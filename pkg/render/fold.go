package render

import (
	"cmp"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Foldable tells which views and formats may be made of a folded corridor:
// those that tell nothing of who gets through.
var (
	FoldableViews   = []string{"spine"}
	FoldableFormats = []string{"svg", "png", "pdf", "dot", "mermaid"}
)

// AutoFold is the number of touchpoints above which a map folds by itself.
const AutoFold = 150

// Visits is how many touchpoints a map shows.
func Visits(g *corridor.Graph) int {
	n := 0
	for _, s := range g.Steps {
		if s.Touchpoint != nil {
			n++
		}
	}
	return n
}

// Runs are what can be folded: the steps of each stage on the basic path, and
// those of each other path.
type Runs struct {
	Stages, Paths []NamedRun
}

// NamedRun is a run of several steps, with the id of its stage or path.
type NamedRun struct {
	ID string
	corridor.Run
	of model.Definition // whose words stand for it
}

// RunsOf finds what can be folded.
func RunsOf(g *corridor.Graph) (r Runs) {
	first, end := g.StepsOf(0)
	for from := first; from < end && usesStages(g.Journey); {
		to := from + 1
		for to < end && g.Steps[to].Stage == g.Steps[from].Stage {
			to++
		}
		stage := g.Journey.Stages[g.Steps[from].Stage]
		r.Stages = appendRun(r.Stages, NamedRun{stage.ID.Value, corridor.Run{First: from, End: to}, stage.Definition})
		from = to
	}
	for i, p := range g.Paths {
		if i > 0 && p.Def != nil {
			r.Paths = appendRun(r.Paths, NamedRun{p.ID, corridor.Run{First: p.First, End: p.First + p.Count}, p.Def.Definition})
		}
	}
	return r
}

func appendRun(all []NamedRun, r NamedRun) []NamedRun {
	if r.End-r.First > 1 {
		return append(all, r)
	}
	return all
}

// Fold makes one step of each run, called as the run's stage or path with the
// number of its steps.
func Fold(g *corridor.Graph, language string, runs []NamedRun) *corridor.Graph {
	if len(runs) == 0 {
		return g
	}
	language = cmp.Or(language, g.Journey.Language)
	f := folder{g, language, wordsOf(language), map[int]NamedRun{}}
	var plain []corridor.Run
	for _, r := range runs {
		f.named[r.First] = r
		plain = append(plain, r.Run)
	}
	return g.Fold(plain, f.touchpoint)
}

type folder struct {
	*corridor.Graph
	language string
	words    words
	named    map[int]NamedRun // by first step
}

// touchpoint stands for a run: with what all of its steps have in common, and
// the marks of any of them.
func (f folder) touchpoint(r corridor.Run, inside []int) *model.Touchpoint {
	run := f.named[r.First]
	label := clean(run.of.Label(f.language))
	if stage := f.Journey.Stage(run.ID); f.Steps[r.First].Path == 0 && stage >= 0 {
		label = clean(f.words.stage(f.Journey.Stages[stage], f.language))
	}
	label += " · " + f.words.count(f.words.Fold.Steps, r.End-r.First)
	if len(inside) > 0 {
		label += " · " + f.words.count(f.words.Fold.Paths, len(inside))
	}
	t := &model.Touchpoint{Definition: model.Definition{ID: run.of.ID, Name: model.Text{Plain: label}}}
	t.Channel.Value = f.common(r, func(t *model.Touchpoint) string { return t.Channel.Value })
	t.Owner.Value = f.common(r, func(t *model.Touchpoint) string { return t.Owner.Value })
	for _, s := range f.Steps[r.First:r.End] {
		t.MomentOfTruth.Value = t.MomentOfTruth.Value || s.Touchpoint.MomentOfTruth.Value
		t.Binding.Value = t.Binding.Value || s.Touchpoint.Binding.Value
	}
	return t
}

// common returns what all steps of a run have, "" where they differ.
func (f folder) common(r corridor.Run, of func(*model.Touchpoint) string) string {
	first := of(f.Steps[r.First].Touchpoint)
	for _, s := range f.Steps[r.First:r.End] {
		if of(s.Touchpoint) != first {
			return ""
		}
	}
	return first
}

// below is the card that is seen behind a box that stands for several steps.
func (p *plan) below(b *box, kind model.Kind) Shape {
	card := p.frame(b, kind)
	card.At = card.At.plus(Point{4 * Px, 4 * Px})
	return card
}

// foldWords are the words for what is folded.
type foldWords struct {
	Steps     plural `json:"steps"`
	Paths     plural `json:"paths"`
	StandsFor string `json:"standsFor"` // %s is a step, %t are those it stands for
}

// plural are the forms of a counted word, as Arabic has them; %s is the number.
type plural struct {
	One   string `json:"one"`
	Two   string `json:"two"`
	Few   string `json:"few"`   // 3 to 10, and so above each hundred
	Many  string `json:"many"`  // 11 to 99, likewise
	Other string `json:"other"` // the rest
}

// count writes a number of things.
func (w words) count(p plural, n int) string {
	form := p.Other
	switch rest := n % 100; {
	case n == 1:
		form = p.One
	case n == 2:
		form = p.Two
	case rest >= 3 && rest <= 10:
		form = p.Few
	case rest >= 11:
		form = p.Many
	}
	return strings.Replace(form, "%s", number(n, w.Zero), 1)
}

// describeFolds says what the steps stand for that stand for several.
func (p *plan) describeFolds() []string {
	var says []string
	for i, step := range p.graph.Steps {
		var names []string
		for _, s := range step.Folds {
			names = append(names, p.label(s.Touchpoint.Definition))
		}
		if len(names) > 0 {
			says = append(says, strings.NewReplacer("%s", p.stepLabel(i), "%t", strings.Join(names, p.words.Comma)).Replace(p.words.Fold.StandsFor))
		}
	}
	return says
}
