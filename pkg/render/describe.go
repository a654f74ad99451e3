package render

import (
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// describe tells the corridor in words, for those who do not see the map.
func (p *plan) describe() string {
	says := append(p.verdictSays(), p.words.Basic+": "+p.tell(0))
	for i, path := range p.graph.Paths[1:] {
		says = append(says, p.describePath(i+1, path))
	}
	says = append(says, p.chartTells()...)
	says = append(says, p.describeFolds()...)
	return strings.Join(says, ". ") + "."
}

func (p *plan) describePath(i int, path corridor.Path) string {
	kind := p.words.Alternative
	if path.Kind == model.Optional {
		kind = p.words.Optional
	}
	where := p.where(path)
	if path.Def != nil && path.Def.Share != nil {
		where += p.words.Comma + p.words.percent(path.Def.Share.Value)
	}
	return kind + " (" + where + "): " + p.tell(i)
}

// tell lists the steps of a path.
func (p *plan) tell(path int) string {
	var names []string
	first, end := p.graph.StepsOf(path)
	for i := first; i < end; i++ {
		names = append(names, strings.Join(p.boxes[i].name, " "))
		if t := p.graph.Steps[i].Touchpoint; t != nil {
			names[i-first] = p.label(t.Definition)
		}
	}
	return strings.Join(names, p.words.Comma)
}

// where says which steps a path replaces, or between which ones it runs.
func (p *plan) where(path corridor.Path) string {
	if path.Replaces[0] < path.Replaces[1] {
		var names []string
		for i := path.Replaces[0]; i < path.Replaces[1]; i++ {
			names = append(names, p.stepLabel(i))
		}
		return strings.Replace(p.words.InsteadOf, "%s", strings.Join(names, p.words.Comma), 1)
	}
	after := strings.Replace(p.words.After, "%s", p.stepBefore(path.From), 1)
	if path.From == path.To {
		return after
	}
	return after + p.words.Comma + strings.Replace(p.words.Before, "%s", p.stepAfter(path.To), 1)
}

// stepBefore names the step after which a place lies.
func (p *plan) stepBefore(place int) string {
	owner := p.owner[place]
	if n := p.position(owner, place); n > 0 {
		return p.stepLabel(p.graph.Paths[owner].First + n - 1)
	}
	return p.words.Start
}

// stepAfter names the step before which a place lies.
func (p *plan) stepAfter(place int) string {
	owner := p.owner[place]
	if n := p.position(owner, place); n < p.graph.Paths[owner].Count {
		return p.stepLabel(p.graph.Paths[owner].First + n)
	}
	return p.words.Satisfied
}

func (p *plan) stepLabel(i int) string {
	if t := p.graph.Steps[i].Touchpoint; t != nil {
		return p.label(t.Definition)
	}
	return p.words.Skip
}
