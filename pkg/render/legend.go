package render

import "github.com/customer-corridor/corridor/pkg/model"

// legendItem explains one thing of the map.
type legendItem struct {
	words  string
	width  Length                 // of sample and words
	sample func(at Point) []Shape // drawn from at to at+sampleWidth, around y
}

const (
	sampleWidth = 30 * Px
	legendGap   = 8 * Px  // between a sample and its words
	legendSpace = 22 * Px // between items
	legendLine  = 24 * Px
)

var legendFace = Typeface{11*Px + Px/2, false}

// legend lists what occurs on the map, and nothing else.
func (p *plan) legend() []legendItem {
	items := []legendItem{
		p.legendItem(p.words.Start, func(at Point) []Shape { return startMark(Point{at.X + sampleWidth/2, at.Y}) }),
		p.legendItem(p.words.Basic, lineSample(basicLine)),
	}
	if p.has(model.Alternative) {
		items = append(items, p.legendItem(p.words.Alternative, lineSample(altLine)))
	}
	if p.has(model.Optional) {
		items = append(items, p.legendItem(p.words.Optional, lineSample(optionLine)))
	}
	items = append(items, p.legendItem(p.words.Satisfied, func(at Point) []Shape {
		return endMark(Point{at.X + sampleWidth/2, at.Y})
	}))
	items = append(items, p.markItems()...)
	items = append(append(items, p.chartItems()...), p.meetingItems()...)
	return append(append(items, p.ownerItems()...), p.viewItems...)
}

func (p *plan) has(kind model.Kind) bool {
	for _, path := range p.graph.Paths {
		if path.Kind == kind {
			return true
		}
	}
	return false
}

func (p *plan) markItems() []legendItem {
	var items []legendItem
	moment, binding := false, false
	for i := range p.boxes {
		moment = moment || p.boxes[i].moment
		binding = binding || p.boxes[i].binding
	}
	if moment {
		items = append(items, p.legendItem(p.words.Moment, func(at Point) []Shape {
			return momentMark(Point{at.X + sampleWidth/2, at.Y})
		}))
	}
	if binding {
		items = append(items, p.legendItem(p.words.Binding, func(at Point) []Shape {
			return bindingMark(Point{at.X + sampleWidth/2, at.Y})
		}))
	}
	return append(append(items, p.mishapItems()...), p.aimItems()...)
}

func (p *plan) ownerItems() []legendItem {
	var items []legendItem
	for i, d := range p.owners {
		color := ownerColor(i)
		items = append(items, p.legendItem(p.label(d.Definition), func(at Point) []Shape {
			return []Shape{{Kind: Rectangle, At: Point{at.X + sampleWidth/4, at.Y - 5*Px},
				Size: Point{sampleWidth * 3 / 4, 10 * Px}, Radius: 5 * Px, Fill: color}}
		}))
	}
	return items
}

func (p *plan) legendItem(words string, sample func(Point) []Shape) legendItem {
	return legendItem{words, sampleWidth + legendGap + p.measurer.width(words, legendFace), sample}
}

// legendLeast is the width that the widest item needs.
func (p *plan) legendLeast() Length {
	least := Length(0)
	for _, item := range p.legend() {
		least = max(least, item.width+2*margin)
	}
	return min(least, 2400*Px)
}

// drawLegend places the items in lines and returns the bottom.
func (p *plan) drawLegend(top Length) (Group, Length) {
	g := Group{ID: "legend"}
	at := Point{margin, top + legendLine/2}
	for _, item := range p.legend() {
		if at.X > margin && at.X+item.width > p.width-margin {
			at = Point{margin, at.Y + legendLine}
		}
		g.Shapes = append(g.Shapes, item.sample(at)...)
		g.Shapes = append(g.Shapes, p.text(item.words, legendFace, ink, Point{at.X + sampleWidth + legendGap, at.Y + 4*Px}, Start))
		at.X += item.width + legendSpace
	}
	return g, at.Y + legendLine/2
}
