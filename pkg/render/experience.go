package render

import (
	"context"
	"math"
	"strings"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// The chart of experience stands under the spine, on the same columns: one
// point for each step of the basic path, under the middle of its box, one
// line for customers and one for the company. The other steps, which share
// columns, tell their scores in their boxes.

// chart is the scores of a corridor, and where they are drawn.
type chart struct {
	own    []*model.Customer // customers whose own scores are shown
	more   int               // customers with scores of their own who are not
	points []chartPoint      // one for each step of the basic path
	rows   []chartRow

	about     []chartText
	rule      Length // between the spine and the chart
	best      Length // the line of the best score
	left      Length // where the lines of the scale begin
	rowsBegin Length
}

// chartPoint is the scores of one step, in tenths; 0 is none.
type chartPoint struct {
	at                Length // the middle of its box
	customer, company int
	own               []int // by chart.own
	moment            bool
}

// chartText is a line over the chart.
type chartText struct {
	words       string
	face        Typeface
	color       Role
	rightToLeft bool
}

// score is what someone gives, in tenths.
type score struct {
	who    string // as in model.Rating
	tenths int
}

const (
	ownShapes   = 3 // more customers could not be told apart
	apartLeast  = 20
	chartPitch  = 45 * Px // from one score to the next
	chartInset  = 10 * Px
	ownShift    = 22 * Px // of a customer's own points from the middle
	lineOfRow   = 16 * Px
	spaceOfRow  = 12 * Px
	scoresBelow = 20 * Px // for the scores in a box
)

// scoreExample is what the map tells to write where a file has no score.
const scoreExample = "experience: {customer: 3, company: 4}"

var (
	chartTitleFace = Typeface{15 * Px, true}
	chartTextFace  = Typeface{12 * Px, false}
	chartBoldFace  = Typeface{12 * Px, true}
	scaleFace      = Typeface{11 * Px, false}
	scoreFace      = Typeface{11*Px + Px/2, true}
	rowFace        = Typeface{11 * Px, true}
)

// layoutExperience places the corridor as [layoutSpine] does, and the chart
// under it.
func layoutExperience(ctx context.Context, g *corridor.Graph, o Options, route Router) (*Scene, error) {
	p := newPlan(g, o)
	p.chart = newChart(g, o.Ask.Customer)
	p.place()
	p.routeStraight()
	if route != nil && len(p.edges) > 0 {
		if err := p.routeBy(ctx, route); err != nil {
			return nil, err
		}
	}
	p.placeChart()
	return p.scene(), nil
}

// newChart reads the scores. Of customers' own scores it shows those of the
// customer that is asked for, or else of the first few.
func newChart(g *corridor.Graph, asked string) *chart {
	c := &chart{}
	first, end := g.StepsOf(0)
	for _, customer := range g.Journey.Customers {
		rates := false
		for _, step := range g.Steps[first:end] {
			rates = rates || tenthsOf(step.Touchpoint.Experience, customer.ID.Value) > 0
		}
		switch {
		case !rates || asked != "" && customer.ID.Value != asked:
		case len(c.own) < ownShapes:
			c.own = append(c.own, customer)
		default:
			c.more++
		}
	}
	for _, step := range g.Steps[first:end] {
		c.points = append(c.points, c.pointOf(step.Touchpoint))
	}
	return c
}

func (c *chart) pointOf(t *model.Touchpoint) chartPoint {
	pt := chartPoint{customer: tenthsOf(t.Experience, "customer"), company: tenthsOf(t.Experience, "company"), moment: t.MomentOfTruth.Value}
	for _, customer := range c.own {
		pt.own = append(pt.own, tenthsOf(t.Experience, customer.ID.Value))
	}
	return pt
}

// tenthsOf returns the score that someone gives, within the scale, or 0.
func tenthsOf(ratings []model.Rating, who string) int {
	for _, r := range ratings {
		if r.Who.Value == who {
			return inScale(r.Score.Value)
		}
	}
	return 0
}

func inScale(score float64) int { return int(math.Round(10 * min(max(score, 1), 5))) }

// tenths writes tenths in the digits of a language: 4, or 4.2.
func (w words) tenths(n int) string {
	text := number(n/10, w.Zero)
	if n%10 > 0 {
		text += w.Point + number(n%10, w.Zero)
	}
	return text
}

// differ is how far a view is from the company's, 0 where one says nothing.
func (pt chartPoint) differ(view int) int {
	if view == 0 || pt.company == 0 {
		return 0
	}
	return max(view-pt.company, pt.company-view)
}

// apart is how far any customers and the company differ.
func (pt chartPoint) apart() int {
	most := pt.differ(pt.customer)
	for _, own := range pt.own {
		most = max(most, pt.differ(own))
	}
	return most
}

// high and low are the greatest and least of what customers and company give.
func (pt chartPoint) high() int { return max(pt.customer, pt.company) }

func (pt chartPoint) low() int {
	if pt.customer == 0 || pt.company == 0 {
		return pt.high()
	}
	return min(pt.customer, pt.company)
}

// lived is how the step is lived: as customers say, or else the company.
func (pt chartPoint) lived() int {
	if pt.customer > 0 {
		return pt.customer
	}
	return pt.company
}

// silent reports whether nobody gives the step a score.
func (pt chartPoint) silent() bool {
	for _, own := range pt.own {
		if own > 0 {
			return false
		}
	}
	return pt.high() == 0
}

// empty reports whether there is nothing to draw.
func (c *chart) empty() bool {
	for _, pt := range c.points {
		if !pt.silent() {
			return false
		}
	}
	return true
}

// least returns the first step that is lived worst, most the first at which
// views are farthest apart; -1 where there is none.
func (c *chart) least() int {
	found := -1
	for i, pt := range c.points {
		if pt.lived() > 0 && (found < 0 || pt.lived() < c.points[found].lived()) {
			found = i
		}
	}
	return found
}

func (c *chart) most() int {
	found := -1
	for i, pt := range c.points {
		if pt.apart() > 0 && (found < 0 || pt.apart() > c.points[found].apart()) {
			found = i
		}
	}
	return found
}

// chartTells are the sentences that a chart has for those who do not see it.
func (p *plan) chartTells() []string {
	if p.chart == nil {
		return nil
	}
	w := p.words.Experience
	if p.chart.empty() {
		return []string{w.Title + ": " + w.Empty + " " + scoreExample}
	}
	says := append([]string{w.Title}, p.findings()...)
	if len(says) == 1 {
		return nil
	}
	return []string{says[0] + ": " + strings.Join(says[1:], ". ")}
}

// findings name the lowest point and the largest difference.
func (p *plan) findings() []string {
	var says []string
	if i := p.chart.least(); i >= 0 {
		says = append(says, strings.Replace(p.words.Experience.Lowest, "%s", p.tellPoint(i), 1))
	}
	if i := p.chart.most(); i >= 0 {
		says = append(says, strings.Replace(p.words.Experience.Farthest, "%s", p.tellPoint(i), 1))
	}
	return says
}

// tellPoint says a step of the basic path with its scores: step 3, Pays by
// card: company 4, customers 2.
func (p *plan) tellPoint(i int) string {
	t := p.graph.Steps[i].Touchpoint
	says := p.words.Step + " " + number(i+1, p.words.Zero) + p.words.Comma + p.label(t.Definition) + ": "
	if scores := p.tellRatings(t.Experience); scores != "" {
		return says + scores
	}
	return says + p.words.Experience.None
}

// tellRatings says who gives what, the company and customers first.
func (p *plan) tellRatings(ratings []model.Rating) string {
	var says []string
	tell := func(who, words string) {
		if n := tenthsOf(ratings, who); n > 0 {
			says = append(says, words+" "+p.words.tenths(n))
		}
	}
	tell("company", p.words.Experience.Company)
	tell("customer", p.words.Experience.Customers)
	for _, customer := range p.chart.own {
		tell(customer.ID.Value, p.label(customer.Definition))
	}
	return strings.Join(says, p.words.Comma)
}

// speakPoint is what a screen reader says of a point and what stands under it.
func (p *plan) speakPoint(i int) string {
	t := p.graph.Steps[i].Touchpoint
	says := []string{p.tellPoint(i)}
	if p.chart.points[i].apart() >= apartLeast {
		says = append(says, p.words.Experience.Apart)
	}
	if t.MomentOfTruth.Value {
		says = append(says, p.words.Moment)
	}
	if told := p.tellRatings(t.Importance); told != "" {
		says = append(says, p.words.Experience.Importance+": "+told)
	}
	if t.Effort != nil {
		says = append(says, p.words.Experience.Effort+": "+p.words.tenths(inScale(t.Effort.Value)))
	}
	return strings.Join(says, ". ")
}

// speakScores is what a screen reader says of a box that tells scores.
func (p *plan) speakScores(i int) []string {
	if p.chart == nil || len(p.boxes[i].scores) == 0 {
		return nil
	}
	return []string{p.words.Experience.Title + ": " + p.tellRatings(p.graph.Steps[i].Touchpoint.Experience)}
}
