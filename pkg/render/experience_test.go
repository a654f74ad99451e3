package render

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

func scores(pairs ...any) []model.Rating {
	var all []model.Rating
	for i := 0; i < len(pairs); i += 2 {
		all = append(all, model.Rating{Who: name(pairs[i].(string)), Score: model.Score{Value: pairs[i+1].(float64)}})
	}
	return all
}

func measure(label, op string, target, actual float64, unit string) model.Measure {
	return model.Measure{
		Definition: define(label, label),
		Target:     &source.Spanned[model.Target]{Value: model.Target{Op: op, Quantity: model.Quantity{Number: target, Unit: unit}}},
		Actual:     &source.Spanned[model.Quantity]{Value: model.Quantity{Number: actual, Unit: unit}},
	}
}

// scored gives customers, scores, measures and mishaps to a corridor, and
// leaves some touchpoints without.
func scored(seed uint64, g *corridor.Graph) *corridor.Graph {
	rng := rand.New(rand.NewPCG(seed, 11))
	names := []string{"deaf", "senior", "labourer", "insurer", "newcomer"}[:rng.IntN(6)]
	for _, id := range names {
		g.Journey.Customers = append(g.Journey.Customers, &model.Customer{Definition: define(id, id)})
	}
	for _, t := range g.Journey.Touchpoints {
		for _, who := range append([]string{"company", "customer"}, names...) {
			if rng.IntN(3) > 0 {
				t.Experience = append(t.Experience, scores(who, 1+float64(rng.IntN(41))/10)...)
				t.Importance = append(t.Importance, scores(who, 1+float64(rng.IntN(5)))...)
			}
		}
		if rng.IntN(2) == 0 {
			t.Effort = &model.Score{Value: 1 + float64(rng.IntN(9))/2}
		}
		t.MomentOfTruth.Value = rng.IntN(3) == 0
		for i := range rng.IntN(6) {
			t.Measures = append(t.Measures, measure("The share of those who are answered at once "+strconv.Itoa(i), ">=", 90, 88.5, "%"))
		}
		for range rng.IntN(4) {
			t.Exceptions = append(t.Exceptions, exception("Die Donaudampfschifffahrtsgesellschaft kommt später"))
		}
	}
	g.Journey.Index()
	return g
}

// experienced places a corridor with its chart.
func experienced(g *corridor.Graph, o Options) *plan {
	p := newPlan(g, o)
	p.chart = newChart(g, o.Ask.Customer)
	p.place()
	p.routeStraight()
	p.placeChart()
	return p
}

func TestEveryExperienceIsDrawnWell(t *testing.T) {
	for i, g := range corridors() {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			p := experienced(scored(uint64(i), g), Options{Details: i%2 == 0})
			boxesStandApart(t, p)
			textFits(t, p)
			detailsFit(t, p)
			linesAreClear(t, p)
			pointsAreInTheChart(t, p)
			wordsStandApart(t, p)
			allIsOnTheMap(t, p.scene())
		})
	}
}

// detailsFit holds what a box tells under its words to the inside of the box.
func detailsFit(t *testing.T, p *plan) {
	for i := range p.boxes {
		b := &p.boxes[i]
		if b.skip {
			continue
		}
		bottom := b.bottom()
		if len(b.owner) > 0 {
			bottom -= stripInset + b.strip()
		}
		for _, s := range p.drawNotes(b) {
			low, high := extent(s)
			if low.X < b.left() || high.X > b.right() || low.Y < b.bottom()-b.need() || high.Y > bottom {
				t.Errorf("box %d: what it tells leaves it: %v in %v", i, s, *b)
			}
		}
	}
}

func pointsAreInTheChart(t *testing.T, p *plan) {
	c := p.chart
	if c.empty() {
		return
	}
	for _, s := range p.drawCurves().Shapes {
		for _, pt := range s.Points {
			if pt.X < c.left || pt.X > p.width-margin || pt.Y < c.best || pt.Y > p.chartY(10) {
				t.Errorf("a curve leaves the chart: %v", pt)
			}
		}
	}
	first, end := p.graph.StepsOf(0)
	for i := range c.points {
		if c.points[i].at != p.boxes[first+i].middle().X {
			t.Errorf("point %d of %d is not under its box", i, end-first)
		}
	}
}

// wordsStandApart compares all words of the chart.
func wordsStandApart(t *testing.T, p *plan) {
	var all []Shape
	for _, g := range p.drawChart() {
		for _, s := range g.Shapes {
			if s.Kind == Label {
				all = append(all, s)
			}
		}
	}
	for i, a := range all {
		low, high := extent(a)
		if low.Y < p.field[0] || high.Y > p.field[1] || low.X < margin || high.X > p.width-margin {
			t.Errorf("%q stands outside of the stages", a.Text)
		}
		for _, b := range all[:i] {
			otherLow, otherHigh := extent(b)
			if low.X < otherHigh.X && otherLow.X < high.X && low.Y < otherHigh.Y-2*Px && otherLow.Y < high.Y-2*Px {
				t.Errorf("%q stands on %q", a.Text, b.Text)
			}
		}
	}
}

// lived is a small corridor of all that a chart can show.
func lived(language string) *corridor.Graph {
	s := newSketch(language, map[string]string{"en": "Seeing a doctor", "fa": "دیدن پزشک"}[language])
	label := func(en, fa string) string {
		if language == "fa" {
			return fa
		}
		return en
	}
	call := s.touch(label("Calls the desk", "تماس با پذیرش"), "phone", label("Front desk", "پذیرش"))
	wait := s.touch(label("Waits in the hall", "انتظار در سالن"), "visit", label("Front desk", "پذیرش"))
	forms := s.touch(label("Fills in a form", "پر کردن فرم"), "", "")
	see := s.touch(label("Sees the doctor", "دیدن پزشک"), "visit", "")
	pay := s.touch(label("Pays by card", "پرداخت با کارت"), "kiosk", "")
	online := s.touch(label("Books online", "نوبت اینترنتی"), "web", "")
	call.Experience, call.Importance = scores("customer", 2.5, "company", 4.5), scores("customer", 5.0, "company", 3.0)
	call.Measures = []model.Measure{measure(label("answer rate", "نرخ پاسخ"), ">=", 85, 81.5, "%"), measure(label("waiting time", "زمان انتظار"), "<=", 5400, 120, "s")}
	call.Exceptions = []model.Exception{exception(label("Line busy", "خط اشغال"))}
	wait.Experience, wait.Effort = scores("customer", 2.0, "company", 3.0, "deaf", 1.0), &model.Score{Value: 4}
	see.Experience = scores("customer", 5.0, "company", 5.0, "deaf", 3.0)
	see.MomentOfTruth.Value = true
	pay.Experience = scores("company", 4.0)
	online.Experience = scores("customer", 4.0, "company", 5.0)
	s.Journey.Customers = []*model.Customer{{Definition: define("deaf", label("Deaf patient", "بیمار ناشنوا"))}, {Definition: define("other", "Other")}}
	s.basic(call, wait, forms, see, pay)
	s.path(model.Alternative, "web", 0, 1, online)
	return s.done()
}

func TestExperienceGolden(t *testing.T) {
	golden.Run(t, "testdata/experience/*.txtar", func(t *testing.T, a *golden.Archive) {
		language := strings.TrimPrefix(t.Name(), "TestExperienceGolden/")
		var b bytes.Buffer
		scene, err := Layout(context.Background(), lived(language), Options{View: "experience", Details: true}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := SVG(&b, scene); err != nil {
			t.Fatal(err)
		}
		a.Equal("map.svg", withoutFonts(b.Bytes()))
	})
}

func TestExperienceIsTold(t *testing.T) {
	for language, want := range map[string][]string{
		"en": {
			"Step 1, Calls the desk: company 4.5, customers 2.5. Two points apart or more. Importance: company 3, customers 5",
			"Step 2, Waits in the hall: company 3, customers 2, Deaf patient 1. Two points apart or more. Effort: 4",
			"Step 3, Fills in a form: no score",
			"Step 4, Sees the doctor: company 5, customers 5, Deaf patient 3. Two points apart or more. Moment of truth",
			"Step 5, Pays by card: company 4",
		},
		"fa": {
			"گام ۱، تماس با پذیرش: شرکت ۴٫۵، مشتریان ۲٫۵. اختلاف دو نمره یا بیشتر. اهمیت: شرکت ۳، مشتریان ۵",
			"گام ۲، انتظار در سالن: شرکت ۳، مشتریان ۲، بیمار ناشنوا ۱. اختلاف دو نمره یا بیشتر. زحمت: ۴",
			"گام ۳، پر کردن فرم: بدون نمره",
			"گام ۴، دیدن پزشک: شرکت ۵، مشتریان ۵، بیمار ناشنوا ۳. اختلاف دو نمره یا بیشتر. لحظهٔ حقیقت",
			"گام ۵، پرداخت با کارت: شرکت ۴",
		},
	} {
		p := experienced(lived(language), Options{})
		for i := range want {
			if got := p.speakPoint(i); got != want[i] {
				t.Errorf("%s: point %d says %q, want %q", language, i+1, got, want[i])
			}
		}
	}
	p := experienced(lived("en"), Options{})
	want := "Experience: Lowest point: Step 2, Waits in the hall: company 3, customers 2, Deaf patient 1. Farthest apart: Step 1, Calls the desk: company 4.5, customers 2.5."
	if got := p.describe(); !strings.HasSuffix(got, want) {
		t.Errorf("the description ends with %q, want %q", got, want)
	}
	if got := p.speak(5); !strings.HasSuffix(got, "Experience: company 5, customers 4") {
		t.Errorf("the alternative says %q", got)
	}
}

// A step without a score leaves a gap, and its neighbours are not joined.
func TestCurveHasGaps(t *testing.T) {
	p := experienced(lived("en"), Options{})
	customers := p.curve(customerLine, 0, func(pt chartPoint) int { return pt.customer })
	if len(customers) != 1 || len(customers[0].Points) != 2 || customers[0].Points[1].X != p.boxes[1].middle().X {
		t.Errorf("customers' line joins %v, want the steps 1 and 2", customers)
	}
	company := p.curve(companyLine, 0, func(pt chartPoint) int { return pt.company })
	if len(company) != 2 || company[1].Points[0].X != p.boxes[3].middle().X {
		t.Errorf("the company's line joins %v, want 1 and 2, 4 and 5", company)
	}
}

func TestOneCustomerIsAskedFor(t *testing.T) {
	g := scored(5, coffee())
	first, _ := g.StepsOf(0)
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		g.Journey.Customers = append(g.Journey.Customers, &model.Customer{Definition: define(id, id)})
		t := g.Steps[first].Touchpoint
		t.Experience = append(t.Experience, scores(id, 2.0)...)
	}
	if c := newChart(g, ""); len(c.own) != ownShapes || c.more < 2 {
		t.Errorf("%d customers are shown and %d are not", len(c.own), c.more)
	}
	if c := newChart(g, "d"); len(c.own) != 1 || c.own[0].ID.Value != "d" || c.more != 0 {
		t.Errorf("asked for d, the chart shows %v and leaves out %d", c.own, c.more)
	}
}

func TestNoScoreTellsHowToGiveOne(t *testing.T) {
	for _, w := range catalogue() {
		s := newSketch(w.language, "Call")
		s.basic(s.touch("Call", "phone", ""))
		scene, err := Layout(context.Background(), s.done(), Options{View: "experience"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, g := range scene.Groups {
			for _, shape := range g.Shapes {
				words = append(words, shape.Text)
			}
		}
		said := strings.Join(words, " ")
		if !strings.Contains(said, scoreExample) || !strings.Contains(scene.Description, w.Experience.Empty+" "+scoreExample) {
			t.Errorf("%s: the map does not say how to give a score: %q, %q", w.language, said, scene.Description)
		}
		allIsOnTheMap(t, scene)
	}
}
