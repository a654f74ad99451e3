package render

import (
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// chartRow is a row under the curve: one kind of score for each step.
type chartRow struct {
	title []string
	lines []rowLine
	at    Length // the middle of its first line
}

// rowLine has a score for each step of the basic path, in tenths.
type rowLine struct {
	scores []int
	pip    func(at Point, nth int, filled bool) Shape
	color  Role
}

// placeChart places the chart between the spine and the legend, as far down
// as it needs.
func (p *plan) placeChart() {
	c := p.chart
	for i := range c.points {
		c.points[i].at = p.boxes[i].middle().X
	}
	c.rule = p.field[1]
	p.writeAbout()
	y := c.rule + 14*Px + Length(len(c.about))*20*Px
	if !c.empty() {
		c.best = y + 44*Px
		c.left = margin + chartInset + p.widest(p.scaleWords(), scaleFace) + 8*Px
		c.rowsBegin = p.chartY(10) + 68*Px
		y = p.placeRows()
	}
	p.field[1] = y + 16*Px
	p.bottom = p.field[1]
}

// writeAbout wraps the words over the chart.
func (p *plan) writeAbout() {
	w, c := p.words.Experience, p.chart
	p.say(w.Title, chartTitleFace, ink)
	if c.empty() {
		p.say(w.Empty, chartTextFace, softInk)
		p.say(scoreExample, chartBoldFace, ink)
		return
	}
	p.say(w.About, chartTextFace, softInk)
	for _, found := range p.findings() {
		p.say(found, chartBoldFace, ink)
	}
	if c.more > 0 {
		p.say(strings.Replace(w.More, "%s", number(c.more, p.words.Zero), 1), chartTextFace, softInk)
	}
}

func (p *plan) say(text string, face Typeface, color Role) {
	rtl := rightToLeft(text, p.mirrored())
	for _, line := range p.wrap(text, face, p.width-2*margin-2*chartInset) {
		p.chart.about = append(p.chart.about, chartText{line, face, color, rtl})
	}
}

// scaleWords are the marks of the scale, from 1 to 5.
func (p *plan) scaleWords() []string {
	w := p.words.Experience
	all := []string{" " + w.Worst, "", " " + w.Neutral, "", " " + w.Best}
	for i := range all {
		all[i] = number(i+1, p.words.Zero) + all[i]
	}
	return all
}

// chartY is the height at which a score stands.
func (p *plan) chartY(tenths int) Length {
	return p.chart.best + Length(50-tenths)*chartPitch/10
}

// placeRows places importance and effort, where they are given, and returns
// the bottom.
func (p *plan) placeRows() Length {
	y := p.chart.rowsBegin
	for _, row := range []chartRow{p.importance(), p.effort()} {
		if len(row.lines) == 0 {
			continue
		}
		row.at = y + lineOfRow/2
		y += Length(max(len(row.lines), len(row.title)))*lineOfRow + spaceOfRow
		p.chart.rows = append(p.chart.rows, row)
	}
	return y
}

func (p *plan) importance() chartRow {
	row := chartRow{title: p.rowTitle(p.words.Experience.Importance)}
	rated := func(who string) func(*model.Touchpoint) int {
		return func(t *model.Touchpoint) int { return tenthsOf(t.Importance, who) }
	}
	row.add(rowLine{p.everyStep(rated("customer")), discPip, customerInk})
	row.add(rowLine{p.everyStep(rated("company")), squarePip, companyInk})
	return row
}

func (p *plan) effort() chartRow {
	row := chartRow{title: p.rowTitle(p.words.Experience.Effort)}
	row.add(rowLine{p.everyStep(func(t *model.Touchpoint) int {
		if t.Effort == nil {
			return 0
		}
		return inScale(t.Effort.Value)
	}), barPip, softInk})
	return row
}

// rowTitle wraps the title of a row to the room left of the first step.
func (p *plan) rowTitle(words string) []string {
	return p.wrap(words, rowFace, max(40*Px, p.chart.points[0].at-pipsWide/2-scoreRoom-margin-chartInset))
}

// everyStep asks each step of the basic path.
func (p *plan) everyStep(ask func(*model.Touchpoint) int) []int {
	var all []int
	first, end := p.graph.StepsOf(0)
	for _, step := range p.graph.Steps[first:end] {
		all = append(all, ask(step.Touchpoint))
	}
	return all
}

// add adds a line that says something.
func (r *chartRow) add(line rowLine) {
	if slices.Max(line.scores) > 0 {
		r.lines = append(r.lines, line)
	}
}

// scoresOf are the scores that stand in the box of a step that has no point
// on the chart.
func scoresOf(t *model.Touchpoint) []score {
	var all []score
	for _, who := range []string{"customer", "company"} {
		if n := tenthsOf(t.Experience, who); n > 0 {
			all = append(all, score{who, n})
		}
	}
	return all
}
