package rule

import (
	"fmt"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var weakMoment = judgement("view", "weak-moment", finding.Warning,
	"customers live a moment of truth badly", checkWeakMoment).within(
	finding.Threshold{Name: "score", Default: 2, Summary: "an experience of at most so much is bad"},
)

func checkWeakMoment(p *Pass) {
	bad := func(score float64) bool { return score <= p.threshold("score")+tiny }
	weak := func(t *model.Touchpoint) bool { return t.MomentOfTruth.Value && len(views(t.Experience, bad)) > 0 }
	p.passing(weak, func(t passing) {
		low := views(t.Experience, bad)
		f := p.inside(t, low[0].Score.Span, "experience")
		f.Key += raters(low)
		f.Message = fmt.Sprintf("%s is a moment of truth, and %s", finding.Quote(t.ID.Value), rated(low))
		f.Help = "Begin here: at no other touchpoint does a better experience count as much."
		f.Related = append(f.Related, finding.Related{Span: t.MomentOfTruth.Span, Message: "here customers decide what they think of us"})
		p.report(f)
	})
}

// raters names those who gave some ratings, for a key.
func raters(ratings []model.Rating) string {
	var b strings.Builder
	for _, r := range ratings {
		b.WriteString(" " + r.Who.Value)
	}
	return b.String()
}
