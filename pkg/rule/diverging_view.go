package rule

import (
	"fmt"
	"math"
	"strconv"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

var divergingView = judgement("view", "diverging-view", finding.Warning,
	"the company sees a touchpoint otherwise than its customers do", checkDivergingView).within(
	finding.Threshold{Name: "apart", Default: 2, Summary: "views diverge if the scores are at least so far apart"},
)

func checkDivergingView(p *Pass) {
	several := func(t *model.Touchpoint) bool { return len(t.Experience) > 1 || len(t.Importance) > 1 }
	p.passing(several, func(t passing) {
		p.diverge(t, "experience", t.Experience)
		p.diverge(t, "importance", t.Importance)
	})
}

// diverge reports the ratings that are far from the company's own.
func (p *Pass) diverge(t passing, key string, ratings []model.Rating) {
	own := ratingOf(ratings, "company")
	if own == nil {
		return
	}
	apart := p.threshold("apart") - tiny
	far := views(ratings, func(score float64) bool { return math.Abs(score-own.Score.Value) >= apart })
	if len(far) == 0 {
		return
	}
	f := p.inside(t, far[0].Score.Span, key)
	f.Key += raters(far)
	f.Message = fmt.Sprintf("the company rates the %s of %s at %s, but %s", key, finding.Quote(t.ID.Value), score(own.Score.Value), rated(far))
	f.Help = "Ask these customers why, and let their view decide what is done here."
	f.Related = append(f.Related, finding.Related{Span: own.Score.Span, Message: "the company's own view"})
	p.report(f)
}

// tiny makes up for scores such as 4.1, which a computer knows nearly.
const tiny = 1e-9

// views are the ratings of customers, not of the company, of some score.
func views(ratings []model.Rating, of func(score float64) bool) []model.Rating {
	var all []model.Rating
	for _, r := range ratings {
		if r.Who.Value != "company" && of(r.Score.Value) {
			all = append(all, r)
		}
	}
	return all
}

// ratingOf returns the rating that someone gives, or nil.
func ratingOf(ratings []model.Rating, who string) *model.Rating {
	for i := range ratings {
		if ratings[i].Who.Value == who {
			return &ratings[i]
		}
	}
	return nil
}

// rated says how customers rate something: customers rate it at 3 and `deaf`
// at 1.
func rated(ratings []model.Rating) string {
	var all []string
	for _, r := range ratings {
		who, rate := finding.Quote(r.Who.Value), " rates it"
		if r.Who.Value == "customer" {
			who, rate = "customers", " rate it"
		}
		if len(all) > 0 {
			rate = ""
		}
		all = append(all, who+rate+" at "+score(r.Score.Value))
	}
	return list(all, "and")
}

func score(s float64) string { return strconv.FormatFloat(s, 'f', -1, 64) }
