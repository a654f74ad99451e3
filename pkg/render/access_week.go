package render

import (
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

const (
	hourWide  = 21 * Px
	hourHigh  = 19 * Px
	weekSpace = 34 * Px // between two weeks
)

var hourFace = Typeface{9*Px + Px/2, false}

// drawWeeks draws the hours of the week for each need with a deadline.
func (a *accessPlan) drawWeeks() {
	for i := range a.told.blocks {
		if b := &a.told.blocks[i]; b.need.Within != nil {
			a.drawWeeksOf(i, b)
		}
	}
}

func (a *accessPlan) drawWeeksOf(i int, b *accessBlock) {
	a.y += 14 * Px
	g := Group{ID: "weeks-" + strconv.Itoa(i)}
	a.prose(&g, a.words.Access.Week+" · "+a.needHead(b.need), needFace, ink, margin, 22*Px)
	a.prose(&g, a.words.Access.WeekMeans, subtitleFace, softInk, margin, 17*Px)
	if who := b.closedOut(); len(who) > 0 {
		a.prose(&g, put(a.words.Access.NoWeek, a.names(who)), subtitleFace, ink, margin, 17*Px)
	}
	a.add(g)
	a.y += 8 * Px
	days := a.daysWide()
	wide := days + 24*hourWide
	across := max(1, int((a.width-2*margin+weekSpace)/(wide+weekSpace)))
	for from := 0; from < len(b.weeks); from += across {
		row := b.weeks[from:min(from+across, len(b.weeks))]
		heads := Length(0)
		for k := range row {
			heads = max(heads, Length(len(a.weekHead(&row[k], wide)))*whoLine)
		}
		for k := range row {
			week := a.drawWeek(&row[k], Point{margin + Length(k)*(wide+weekSpace), a.y + heads}, days)
			week.ID = "week-" + strconv.Itoa(i) + "-" + strconv.Itoa(from+k)
			a.add(week)
		}
		a.y += heads + 7*hourHigh + 34*Px
	}
}

// closedOut are those of a block who get through at no hour.
func (b *accessBlock) closedOut() []*model.Customer {
	var who []*model.Customer
	for i := range b.rows {
		if !b.rows[i].cell.Open {
			who = append(who, b.rows[i].customers...)
		}
	}
	return who
}

func (a *accessPlan) daysWide() Length { return a.widest(a.words.Access.Days, smallFace) + 8*Px }

func (a *accessPlan) weekHead(w *accessWeek, wide Length) []string {
	return a.wrap(a.names(w.customers)+" · "+a.words.openShare(w.share), whoFace, wide)
}

// drawWeek draws a week, a line for each day; at is above its left end.
func (a *accessPlan) drawWeek(w *accessWeek, at Point, days Length) Group {
	g := Group{Label: a.speakWeek(w)}
	head := a.weekHead(w, days+24*hourWide)
	for i, line := range a.paragraph(head, whoFace, ink) {
		line.At = Point{at.X, at.Y - Length(len(head)-i)*whoLine + 12*Px}
		g.Shapes = append(g.Shapes, line)
	}
	x, y := at.X+days, at.Y+18*Px
	for h := 0; h <= 24; h += 6 {
		g.Shapes = append(g.Shapes, a.lines([]string{number(h, a.words.Zero)}, hourFace, softInk, Point{x + Length(h)*hourWide, at.Y + 9*Px}, 0)...)
	}
	for d := range w.kept {
		top := y + Length(d)*hourHigh
		g.Shapes = append(g.Shapes, a.text(a.words.Access.Days[d], smallFace, ink, Point{at.X, top + hourHigh/2 + 4*Px}, Start))
		g.Shapes = append(g.Shapes, a.drawDay(&w.kept[d], Point{x, top})...)
	}
	for h := Length(6); h < 24; h += 6 {
		g.Shapes = append(g.Shapes, Shape{Kind: Rectangle, At: Point{x + h*hourWide - Px/2, y}, Size: Point{Px, 7 * hourHigh}, Fill: paper})
	}
	if m := a.told.moment; m != nil {
		minute := (*m%model.WeekMinutes + model.WeekMinutes) % model.WeekMinutes
		g.Shapes = append(g.Shapes, askedHour(Point{x + Length(minute/60%24)*hourWide, y + Length(minute/1440)*hourHigh}))
	}
	return g
}

// askedHour is a frame around an hour.
func askedHour(at Point) Shape {
	return Shape{Kind: Rectangle, At: at, Size: Point{hourWide, hourHigh}, Radius: 2 * Px, Stroke: ink, Weight: 2*Px + Px/2}
}

func (a *accessPlan) drawDay(kept *[24]int, at Point) []Shape {
	var shapes []Shape
	runsOf(0, 24, func(h int) int { return kept[h] }, func(from, to, minutes int) {
		shapes = append(shapes, a.drawHours(to-from, minutes, Point{at.X + Length(from)*hourWide, at.Y})...)
	})
	return shapes
}

// drawHours draws hours in each of which the deadline is kept for so many
// minutes. Where that is none a line goes through them; where it is some, they
// have its number.
func (a *accessPlan) drawHours(hours, minutes int, at Point) []Shape {
	wide, middle := Length(hours)*hourWide, at.Y+hourHigh/2
	shapes := []Shape{{Kind: Rectangle, At: at, Size: Point{wide, hourHigh - Px}, Fill: hourGround(minutes)}}
	switch {
	case minutes == 0:
		shapes = append(shapes, Shape{Kind: Line, Points: []Point{{at.X + 4*Px, middle}, {at.X + wide - 4*Px, middle}}, Stroke: accessDoorInk, Weight: Px + Px/2})
	case minutes < 60:
		for h := range hours {
			shapes = append(shapes, a.lines([]string{number(minutes, a.words.Zero)}, hourFace, accessWarnInk, Point{at.X + Length(h)*hourWide + hourWide/2, middle}, 0)...)
		}
	}
	return shapes
}

func hourGround(minutes int) Role {
	switch {
	case minutes == 0:
		return accessDoor
	case minutes < 30:
		return accessPart
	case minutes < 60:
		return accessWarn
	}
	return accessOpen
}

// speakWeek says a week in words, day by day, as a screen reader does.
func (a *accessPlan) speakWeek(w *accessWeek) string {
	says := []string{a.names(w.customers) + ": " + a.words.Access.Open + " " + a.words.openShare(w.share)}
	for d := range w.kept {
		var spans []string
		runsOf(0, 24, func(h int) int { return w.kept[d][h] }, func(from, to, minutes int) {
			word := a.words.Access.Kept
			switch {
			case minutes == 0:
				word = a.words.Access.Missed
			case minutes < 60:
				word = a.words.Access.Partly + " (" + number(minutes, a.words.Zero) + ")"
			}
			spans = append(spans, a.words.twoDigits(from)+"–"+a.words.twoDigits(to)+" "+word)
		})
		says = append(says, a.words.Access.Days[d]+": "+strings.Join(spans, a.words.Comma))
	}
	return strings.Join(says, ". ")
}
