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

// panel is a week with its need, on the map.
type panel struct {
	need *model.Need
	week *accessWeek
	id   string
}

// drawWeeks draws the hours of the week for each need with a deadline, as
// many weeks beside each other as there is room for.
func (a *accessPlan) drawWeeks() {
	var all []panel
	for i := range a.told.blocks {
		b := &a.told.blocks[i]
		for k := range b.weeks {
			all = append(all, panel{b.need, &b.weeks[k], strconv.Itoa(i) + "-" + strconv.Itoa(k)})
		}
	}
	if len(all) == 0 {
		return
	}
	a.y += 14 * Px
	g := Group{ID: "weeks"}
	a.prose(&g, a.words.Access.Week, needFace, ink, margin, 22*Px)
	a.prose(&g, a.words.Access.WeekMeans, subtitleFace, softInk, margin, 17*Px)
	a.add(g)
	a.y += 10 * Px
	days := a.daysWide()
	wide := days + 24*hourWide
	across := max(1, int((a.width-2*margin+weekSpace)/(wide+weekSpace)))
	for from := 0; from < len(all); from += across {
		a.drawPanels(all[from:min(from+across, len(all))], days)
	}
}

// drawPanels draws weeks beside each other, their days on one height, and
// moves on below them.
func (a *accessPlan) drawPanels(row []panel, days Length) {
	wide, tallest := days+24*hourWide, Length(0)
	for _, p := range row {
		tallest = max(tallest, a.headHigh(p, wide))
	}
	for i, p := range row {
		a.add(a.drawWeek(p, Point{margin + Length(i)*(wide+weekSpace), a.y + tallest}, days))
	}
	a.y += tallest + 7*hourHigh + 40*Px
}

// panelHead is what stands over a week: the need, and for whom it goes so.
func (a *accessPlan) panelHead(p panel, wide Length) (need, who []string) {
	ends := a.words.Access.WeekClosed
	if p.week.open {
		ends = a.words.openShare(p.week.share)
	}
	return a.wrap(a.needHead(p.need), endFace, wide), a.wrap(a.names(p.week.customers)+" · "+ends, whoFace, wide)
}

func (a *accessPlan) headHigh(p panel, wide Length) Length {
	need, who := a.panelHead(p, wide)
	return Length(len(need)+len(who)) * whoLine
}

func (a *accessPlan) daysWide() Length { return a.widest(a.words.Access.Days, smallFace) + 8*Px }

// drawWeek draws a week, a line for each day, with its head above a point.
func (a *accessPlan) drawWeek(p panel, at Point, days Length) Group {
	w := p.week
	g := Group{ID: "week-" + p.id, Label: a.speakWeek(p)}
	need, who := a.panelHead(p, days+24*hourWide)
	head := append(a.paragraph(need, endFace, ink), a.paragraph(who, whoFace, ink)...)
	for i, line := range head {
		line.At = Point{at.X, at.Y - Length(len(head)-i)*whoLine + 10*Px}
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
		g.Shapes = append(g.Shapes, askedHour(Point{x + Length(minute/60%24)*hourWide, y + Length(minute/1440)*hourHigh})...)
	}
	return g
}

// askedHour is a frame around an hour, dark on light so that it is seen on
// every ground.
func askedHour(at Point) []Shape {
	frame := Shape{Kind: Rectangle, At: at, Size: Point{hourWide, hourHigh - Px}, Radius: 2 * Px, Stroke: paper, Weight: 6 * Px}
	dark := frame
	dark.Stroke, dark.Weight = ink, 2*Px+Px/2
	return []Shape{frame, dark}
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

// speakWeek says a week in words; days that are alike are said together.
func (a *accessPlan) speakWeek(p panel) string {
	w := p.week
	says := []string{a.needHead(p.need) + " – " + a.names(w.customers)}
	if !w.open {
		return says[0] + ": " + a.words.Access.WeekClosed
	}
	says[0] += ": " + a.words.Access.Open + ": " + a.words.openShare(w.share)
	runsOf(0, 7, func(d int) [24]int { return w.kept[d] }, func(from, to int, hours [24]int) {
		days := a.words.Access.Days[from]
		if to > from+1 {
			days += "–" + a.words.Access.Days[to-1]
		}
		says = append(says, days+": "+a.speakHours(hours))
	})
	return strings.Join(says, ". ")
}

func (a *accessPlan) speakHours(kept [24]int) string {
	var spans []string
	runsOf(0, 24, func(h int) int { return kept[h] }, func(from, to, minutes int) {
		word := a.words.Access.Kept
		switch {
		case minutes == 0:
			word = a.words.Access.Missed
		case minutes < 60:
			word = a.words.Access.Partly + " (" + number(minutes, a.words.Zero) + ")"
		}
		spans = append(spans, a.words.twoDigits(from)+"–"+a.words.twoDigits(to)+" "+word)
	})
	return strings.Join(spans, a.words.Comma)
}
