package rule

import (
	"fmt"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var sameWay = structure("same-way", finding.Warning,
	"an alternative is equal to what it replaces or to another alternative", checkSameWay)

func checkSameWay(p *Pass) {
	if p.Graph == nil {
		return
	}
	seen := map[string]corridor.Path{}
	for i, path := range p.Graph.Paths {
		if path.Kind != model.Alternative {
			continue
		}
		if path.From == path.To && p.Graph.Steps[path.First].Touchpoint == nil {
			p.reportSameWay(path, "the alternative %s leads from a place to the same place, past no step", finding.Related{
				Span: path.Def.StepsSpan, Message: "it has no steps",
			})
			continue
		}
		if run, ok := replacedRun(p.Graph, i); ok {
			p.reportSameWay(path, "the alternative %s passes the very steps that it stands in for", finding.Related{
				Span: p.Graph.Steps[run].Name.Span, Message: "the same steps are here",
			})
			continue
		}
		way := wayKey(p.Graph, path)
		if other, twice := seen[way]; twice {
			p.reportSameWay(path, "the alternative %s is the same way as "+finding.Quote(other.ID), finding.Related{
				Span: other.Def.ID.Span, Message: "the other one is here",
			})
			continue
		}
		seen[way] = path
	}
}

func (p *Pass) reportSameWay(path corridor.Path, message string, other finding.Related) {
	p.report(finding.Finding{
		Span: path.Def.ID.Span, Subject: "paths.alternative." + path.ID,
		Message: fmt.Sprintf(message, finding.Quote(path.ID)),
		Help:    "Remove it, or let it pass other touchpoints: an alternative that is the same helps nobody.",
		Related: []finding.Related{other},
	})
}

// replacedRun returns the first step of a run that leads between the same
// places as a path, by the same touchpoints, on the path that it hangs on.
func replacedRun(g *corridor.Graph, path int) (int, bool) {
	alternative := g.Paths[path]
	for _, below := range alternative.HangsOn {
		s, ok := g.StepFrom(below, alternative.From)
		_, end := g.StepsOf(below)
		if ok && s+alternative.Count <= end && g.Steps[s+alternative.Count-1].To == alternative.To &&
			slices.EqualFunc(g.Steps[s:s+alternative.Count], g.Steps[alternative.First:alternative.First+alternative.Count], sameTouchpoint) {
			return s, true
		}
	}
	return 0, false
}

func sameTouchpoint(a, b corridor.Step) bool {
	return a.Touchpoint != nil && b.Touchpoint != nil && a.Touchpoint.ID.Value == b.Touchpoint.ID.Value
}

// wayKey is equal for paths that lead between the same places by the same
// touchpoints and are offered to the same customers for the same needs.
func wayKey(g *corridor.Graph, p corridor.Path) string {
	var b strings.Builder
	fmt.Fprint(&b, p.From, " ", p.To)
	for _, s := range g.Steps[p.First : p.First+p.Count] {
		if s.Touchpoint != nil {
			b.WriteString(" " + s.Touchpoint.ID.Value)
		}
	}
	return b.String() + offerKey(p.Def)
}

// offerKey is equal for paths that are offered to the same customers for the
// same needs.
func offerKey(p *model.Path) string {
	key := ""
	for _, names := range [][]model.Name{p.Customers, p.Needs} {
		ids := make([]string, len(names))
		for i, n := range names {
			ids[i] = n.Value
		}
		slices.Sort(ids)
		key += "/" + strings.Join(ids, " ")
	}
	return key
}
