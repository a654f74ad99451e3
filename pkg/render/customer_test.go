package render

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// build makes the corridor of a file.
func build(t testing.TB, text string) *corridor.Graph {
	t.Helper()
	w := workspace.Workspace{FS: fstest.MapFS{"x.yaml": {Data: []byte(text)}}}
	j, found, err := w.Load("x.yaml")
	if err != nil || len(found) > 0 {
		t.Fatalf("%v %v\n%s", err, found, text)
	}
	g, found := corridor.Build(j)
	if len(found) > 0 {
		t.Fatalf("%v\n%s", found, text)
	}
	return g
}

const header = `
corridor: 1
title: T
customers:
  she: {lacks: [hearing, internet], speaks: [fa]}
  he: {}
needs:
  rest: {}
`

func ask(customer, need string, without ...access.Outage) Question {
	return Question{Customer: customer, Need: need, Without: without}
}

func at(q Question, minute int) Question {
	q.Moment = &minute
	return q
}

// met writes what a customer meets, step by step.
func met(g *corridor.Graph, v *overlay) string {
	var all []string
	for i := range v.steps {
		m := &v.steps[i]
		says := g.StepName(i) + ":" + [...]string{"open", "closed", "out", "refused", "away", "elsewhere"}[m.state]
		for _, name := range m.missing {
			says += " -" + name
		}
		for _, path := range m.refuses {
			says += " !" + g.Paths[path].ID
		}
		for _, n := range m.order {
			says += fmt.Sprintf(" #%d", n)
		}
		for _, c := range m.mends {
			says += " +" + c.Kind.String() + "=" + c.Value
		}
		if m.opens != nil {
			says += fmt.Sprintf(" @%d", *m.opens)
		}
		for _, mark := range []struct {
			is   bool
			word string
		}{{m.stopped, "stopped"}, {m.trap, "trap"}, {m.wrong, "wrong"}, {m.single, "single"}, {m.begins, "begins"}, {m.ends, "ends"}} {
			if mark.is {
				says += " " + mark.word
			}
		}
		all = append(all, says)
	}
	for _, item := range v.gives {
		all = append(all, "given "+item)
	}
	return strings.Join(append(all, "firm "+strconv.Itoa(v.firm)), "; ")
}

func TestWhatIsMet(t *testing.T) {
	for _, c := range []struct {
		name, file string
		ask        Question
		want       string
	}{
		{"open", "touchpoints: {a: {}, b: {channel: phone}}\npaths: {basic: [a, b]}", ask("he", "rest"),
			"a:open #1 single; b:open #2 single; firm 2"},
		{"blocked, and mended", "touchpoints: {a: {}, b: {channel: phone}, c: {}}\npaths: {basic: [a, b, c]}", ask("she", "rest"),
			"a:open #1; b:closed -hearing #2 +drop-requirement=hearing stopped; c:away #3; firm 1"},
		{"a door that is no hindrance", "touchpoints: {a: {channel: web}, b: {}}\npaths: {basic: [a, b], alternative: {x: {instead-of: a, steps: []}}}", ask("she", "rest"),
			"a:closed -internet; b:open #2 single; path:x:open #1; firm 2"},
		{"language", "touchpoints: {a: {languages: [ar]}, b: {}}\npaths: {basic: [a, b]}", ask("she", "rest"),
			"a:closed -language:fa #1 +add-language=fa stopped; b:away #2; firm 0"},
		{"trap", "touchpoints: {a: {}, b: {}, c: {binding: true}, d: {channel: phone}}\npaths: {basic: [a, b], alternative: {x: {instead-of: [a, b], steps: [c, d]}}}", ask("she", "rest"),
			"a:open #1 single; b:open #2 single; c:open trap; d:closed -hearing; firm 2"},
		{"wrong turn", "touchpoints: {a: {}, b: {}, c: {}, d: {channel: phone}}\npaths: {basic: [a, b], alternative: {x: {instead-of: [a, b], steps: [c, d]}}}", ask("she", "rest"),
			"a:open #1 single; b:open #2 single; c:open wrong; d:closed -hearing; firm 2"},
		{"never open", "touchpoints: {a: {}, b: {hours: \"off\"}}\npaths: {basic: [a, b]}", ask("he", "rest"),
			"a:open #1; b:closed -hours stopped; firm 1"},
		{"not offered", "touchpoints: {a: {}, b: {}, c: {}, d: {}}\npaths: {basic: [a, b], alternative: {x: {instead-of: a, steps: [c, d], customers: [he]}}}", ask("she", "rest"),
			"a:open #1 single; b:open #2 single; c:refused !x; d:refused; firm 2"},
		{"only offered for another need", "  doze: {}\ntouchpoints: {a: {channel: web}, b: {}, c: {}}\npaths: {basic: [a, b], alternative: {x: {instead-of: a, steps: [c], needs: [doze]}}}", ask("she", "rest"),
			"a:closed -internet #1 +drop-requirement=internet stopped; b:away #2; c:refused !x stopped; firm 0"},
		{"outage", "touchpoints: {a: {}, b: {channel: phone}, c: {}}\npaths: {basic: [a, b], alternative: {x: {instead-of: b, steps: [c]}}}", ask("he", "rest", access.Outage{Kind: "channel", ID: "phone"}),
			"a:open #1 single; b:out -channel:phone; c:open #2 single; firm 2"},
		{"a capability is out", "touchpoints: {a: {}, b: {channel: phone}}\npaths: {basic: [a, b]}", ask("he", "rest", access.Outage{Kind: "capability", ID: "hearing"}),
			"a:open #1; b:closed -hearing #2 +drop-requirement=hearing stopped; firm 1"},
		{"the need ends before the corridor", "  doze: {to: b}\ntouchpoints: {a: {}, b: {}, c: {}}\npaths: {basic: [a, b, c]}", ask("he", "doze"),
			"a:open #1 single; b:open #2 single ends; c:elsewhere; firm 2"},
		{"the need starts within the corridor", "  late: {from: b}\ntouchpoints: {a: {}, b: {}, c: {}}\npaths: {basic: [a, b, c]}", ask("he", "late"),
			"a:elsewhere; b:open #1 single begins; c:open #2 single; firm 2"},
		{"fetched on the side", "touchpoints: {a: {}, b: {requires: [key]}, c: {gives: [key]}}\npaths: {basic: [a, b], optional: {x: {after: a, steps: [c]}}}", ask("he", "rest"),
			"a:open #1 single; b:open #3 single; c:open #2 single; firm 3"},
		{"handed out", "touchpoints: {a: {requires: [key]}, b: {requires: [key]}, c: {gives: [key]}}\npaths: {basic: [a, b, c]}", ask("he", "rest"),
			"a:closed -key #1 stopped; b:away #2; c:away #3; given key; firm 0"},
		{"two changes at one place", "touchpoints: {a: {}, b: {channel: chat, languages: [en]}}\npaths: {basic: [a, b]}", ask("she", "rest"),
			"a:open #1; b:closed -internet -language:fa #2 +drop-requirement=internet +add-language=fa stopped; firm 1"},
		{"a path to be offered", "touchpoints: {a: {hours: \"off\"}, b: {}}\npaths: {basic: [a], alternative: {x: {instead-of: a, steps: [b], customers: [he]}}}", ask("she", "rest"),
			"a:closed -hours stopped; b:refused !x #1 +offer-path=x stopped; firm 0"},
		{"closed off the way", "touchpoints: {a: {}, b: {hours: \"Mo-Su 08:00-10:00\"}}\npaths: {basic: [a], alternative: {x: {instead-of: a, steps: [b]}}}", at(Question{Customer: "he", Need: "rest"}, 10*60),
			"a:open #1; b:open @1920; firm 1"},
		{"closed when one comes", "touchpoints: {a: {takes: 2h}, b: {hours: \"Mo-Su 08:00-10:00\"}, c: {hours: \"Mo-Su 11:00-12:00\"}}\npaths: {basic: [a, b], alternative: {x: {instead-of: b, steps: [c]}}}", at(ask("he", "rest"), 8*60),
			"a:open #1 single; b:open; c:open #2 @660; firm 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := build(t, header+c.file)
			v, err := newOverlay(context.Background(), g, c.ask)
			if err != nil {
				t.Fatal(err)
			}
			if got := met(g, v); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestNobodyIsMet(t *testing.T) {
	g := build(t, header+"touchpoints: {a: {}, b: {}}\npaths: {basic: [a, b]}")
	if _, err := Layout(context.Background(), g, Options{View: "customer", Ask: ask("it", "rest")}, nil); err == nil || err.Error() != `"rest" is not a need of "it"` {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := newOverlay(ctx, g, ask("he", "rest")); err == nil {
		t.Error("an overlay came of a context that had ended")
	}
}

// What is told of time, in each language.
func TestTimeInWords(t *testing.T) {
	for language, want := range map[string]string{
		"en": "no time | 1 minute | 2 hours and 30 minutes | 3 days and 11 hours | 100 days; Wed 08:05",
		"ar": "لا وقت | دقيقة واحدة | ساعتين و٣٠ دقيقة | ٣ أيام و١١ ساعة | ١٠٠ يوم; الأربعاء ٠٨:٠٥",
		"fa": "بی‌درنگ | ۱ دقیقه | ۲ ساعت و ۳۰ دقیقه | ۳ روز و ۱۱ ساعت | ۱۰۰ روز; چهارشنبه ۰۸:۰۵",
	} {
		p := newPlan(coffee(), Options{Language: language})
		var all []string
		for _, minutes := range []int{0, 1, 150, 83 * 60, 100 * 1440} {
			all = append(all, p.words.duration(time.Duration(minutes)*time.Minute))
		}
		if got := strings.Join(all, " | ") + "; " + p.words.moment(2*1440+8*60+5); got != want {
			t.Errorf("%s: %s", language, got)
		}
	}
}

// imagined is an overlay in which anything may be, so that every kind of note
// and mark has to find its room.
func imagined(g *corridor.Graph, seed uint64) *overlay {
	r := rand.New(rand.NewPCG(seed, 7))
	minute := r.IntN(model.WeekMinutes)
	v := &overlay{ask: Question{Moment: &minute}, steps: make([]meeting, len(g.Steps)), comes: make([]bool, g.Places), start: g.Start, target: g.Satisfied}
	v.cell = access.Cell{Customer: &model.Customer{Definition: define("c", "Someone with a rather long name")}, Need: &model.Need{Definition: define("n", "A need")}}
	v.cell.Customer.Span.File, v.cell.Need.Span.File = &source.File{}, &source.File{} // it names them
	for i := range v.comes {
		v.comes[i] = r.IntN(3) > 0
	}
	chance := func(n int) bool { return r.IntN(n) == 0 }
	for i := range v.steps {
		m := &v.steps[i]
		m.state = meets(r.IntN(6))
		m.trap, m.wrong, m.single, m.begins, m.ends = chance(5), chance(5), chance(4), chance(6), chance(6)
		if m.state == closed {
			m.missing = []string{"hearing", "language:fa|ar|en", "a-very-long-name-of-something-that-is-asked-for|card", "hours"}[:1+r.IntN(4)]
		}
		if m.state == out && g.Steps[i].Touchpoint != nil {
			m.missing = []string{"channel:home-visit", "department:Logistics"}[:1+r.IntN(2)]
		} else if m.state == out {
			m.state = away
		}
		if chance(4) {
			m.mends = []access.Change{{Kind: access.DropRequirement, Value: "internet"}, {Kind: access.OfferPath, Value: "x"}}[:1+r.IntN(2)]
		}
		if chance(4) {
			m.opens = &minute
		}
	}
	for _, p := range g.Paths {
		for i := p.First; i < p.First+p.Count; i++ {
			if chance(2) {
				v.way = append(v.way, i)
			}
		}
	}
	v.firm = r.IntN(len(v.way) + 1)
	v.gives = []string{"a-key"}[:r.IntN(2)]
	v.number()
	return v
}

// TestEveryMeetingIsDrawnWell holds maps of customers to the rules of others.
func TestEveryMeetingIsDrawnWell(t *testing.T) {
	for i, g := range corridors() {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			p := newPlan(g, Options{Language: [...]string{"en", "ar", "fa"}[i%3]})
			p.overlay = imagined(g, uint64(i))
			p.place()
			p.routeStraight()
			boxesStandApart(t, p)
			textFits(t, p)
			metNotesFit(t, p)
			linesAreClear(t, p)
			arrowsAreStraight(t, p)
			allIsOnTheMap(t, p.scene())
			theWayIsSquare(t, p)
		})
	}
}

func metNotesFit(t *testing.T, p *plan) {
	for i := range p.boxes {
		b := &p.boxes[i]
		words := p.metWords(b, &p.overlay.steps[i])
		if b.skip {
			words = nil
			for _, s := range p.drawMetSkip(b, &p.overlay.steps[i], model.Optional) {
				if s.Kind == Label && s.At.X == b.middle().X { // the number is at its left
					words = append(words, s)
				}
			}
		}
		for _, s := range words {
			low, high := extent(s)
			if low.X < b.left() || high.X > b.right() || low.Y < b.top() || high.Y > b.bottom() {
				t.Errorf("box %d: %q leaves it: %v %v", i, s.Text, *b, s)
			}
		}
		for _, s := range hatching(b) {
			low, high := extent(s)
			if low.X < b.left() || high.X > b.right() || low.Y < b.top() || high.Y > b.bottom() {
				t.Errorf("box %d: the hatching leaves it: %v %v", i, *b, s)
			}
		}
		var strip Length
		if len(b.owner) > 0 {
			strip = p.drawStrip(b)[0].At.Y
		}
		for _, s := range words {
			if _, high := extent(s); strip > 0 && high.Y > strip+2*Px {
				t.Errorf("box %d: %q stands on its owner", i, s.Text)
			}
		}
	}
}

func theWayIsSquare(t *testing.T, p *plan) {
	for _, l := range p.legs() {
		for _, s := range pieces(l.points) {
			if s.from.X != s.to.X && s.from.Y != s.to.Y {
				t.Errorf("the way is slanted: %v in %v", s, l.points)
			}
		}
	}
}

// TestCustomerGolden draws each journey of testdata/customer as it asks.
func TestCustomerGolden(t *testing.T) {
	golden.Run(t, "testdata/customer/*.txtar", func(t *testing.T, a *golden.Archive) {
		text, _ := a.Input("journey.yaml")
		asked, _ := a.Input("ask")
		words := strings.Fields(string(asked))
		o := Options{View: "customer", Ask: ask(words[0], words[1])}
		if len(words) > 2 {
			minute, _ := strconv.Atoi(words[2])
			o.Ask = at(o.Ask, minute)
		}
		for _, outage := range words[min(3, len(words)):] {
			kind, id, _ := strings.Cut(outage, ":")
			o.Ask.Without = append(o.Ask.Without, access.Outage{Kind: kind, ID: id})
		}
		scene, err := Layout(context.Background(), build(t, string(text)), o, nil)
		if err != nil {
			t.Fatal(err)
		}
		var svg bytes.Buffer
		if err := SVG(&svg, scene); err != nil {
			t.Fatal(err)
		}
		harmless(t, svg.Bytes())
		var labels []string
		for _, g := range scene.Groups {
			if g.Label != "" {
				labels = append(labels, g.Label)
			}
		}
		a.Equal("description", []byte(strings.ReplaceAll(scene.Description, ". ", ".\n")))
		a.Equal("labels", []byte(strings.Join(labels, "\n")))
		a.Equal("map.svg", withoutFonts(svg.Bytes()))
	})
}
