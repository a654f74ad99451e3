package render

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/internal/browser"
	"github.com/customer-corridor/corridor/pkg/model"
)

// shows chooses all pairs of customer and need under an outage, as a user
// does, and returns what then stands in the page.
const shows = `((out) => {
	const at = (id) => document.getElementById(id);
	const text = (selector) => [...document.querySelectorAll(selector)].map((e) => e.textContent.trim());
	const set = (id, value) => { at(id).value = value; };
	const customers = at("customer").options.length - 1, needs = at("need").options.length - 1;
	const all = [];
	set("out", out);
	for (let customer = 0; customer < customers; customer++) {
		for (let need = 0; need < needs; need++) {
			const hour = (out * 37 + (customer * needs + need) * 13) % 169 - 1;
			set("customer", customer);
			set("need", need);
			set("day", hour < 0 ? -1 : Math.floor(hour / 24));
			if (hour >= 0) set("hour", hour % 24);
			at("day").dispatchEvent(new Event("change"));
			all.push({
				customer, need, hour, kind: at("result").className, lines: text("#result p"), score: at("score").textContent,
				way: text("#the-way li button"), doors: text("#doors li"), shut: text(".step.is-shut").length,
				steps: [...document.querySelectorAll(".step")].map((e) => [...e.classList].find((c) => c.startsWith("is-") && c !== "is-shut") ?? "").join(" "),
				signs: document.querySelectorAll("#map .sign").length,
			});
		}
	}
	return all;
})`

type display struct {
	Customer, Need, Hour, Shut, Signs int
	Kind, Score, Steps                string
	Lines, Way, Doors                 []string
}

// TestPageShowsWhatGoSays chooses everything that can be chosen in the
// examples and compares what the page shows with an analysis in Go.
func TestPageShowsWhatGoSays(t *testing.T) {
	p := browser.Open(t, 1400, 900)
	combinations := 0
	for name, g := range examples(t) {
		b := page(t, g, Options{})
		d := dataOf(t, b)
		p.Load(b, "")
		for out, o := range d.Outages {
			r, err := access.Analyse(context.Background(), g, access.Options{Without: outageOf(o.ID)})
			if err != nil {
				t.Fatal(err)
			}
			var all []display
			p.Eval(fmt.Sprintf("%s(%d)", shows, out), &all)
			e := &expected{pageMaker: newPageMaker(newPlan(g, Options{})), result: r}
			for _, got := range all {
				combinations++
				if want := e.shown(got); fmt.Sprint(got) != fmt.Sprint(want) {
					t.Fatalf("%s without %q: the page shows\n%+v, not\n%+v", name, o.ID, got, want)
				}
			}
		}
	}
	for _, said := range p.Said {
		t.Errorf("the page says %s", said)
	}
	t.Logf("%d combinations", combinations)
}

// expected says what a page ought to show.
type expected struct {
	*pageMaker
	result *access.Result
}

func (e *expected) shown(of display) display {
	j := e.journey
	w := display{Customer: of.Customer, Need: of.Need, Hour: of.Hour, Score: e.words.openShare(e.result.Score), Lines: []string{}, Way: []string{}, Doors: []string{}}
	customer, need := j.Customers[of.Customer], j.Needs[of.Need]
	who := []string{isolated(e.label(customer.Definition)), isolated(e.label(need.Definition))}
	w.Shut = e.shut(of.Hour)
	i := slices.IndexFunc(e.result.Cells, func(c access.Cell) bool { return c.Customer == customer && c.Need == need })
	if i < 0 {
		w.Kind, w.Lines = "none", []string{say(e.page.NotTheirs, who...)}
		w.Steps, w.Signs = strings.Repeat(" ", len(e.graph.Steps)-1), w.Shut
		return w
	}
	c := &e.result.Cells[i]
	w.Kind = "blocked"
	w.Lines = append(w.Lines, say(e.page.Blocked, who...))
	if c.Open {
		w.Kind, w.Lines[0] = "open", say(e.page.Open, who...)
		w.Lines = append(w.Lines, e.time(c, of.Hour, &w.Kind)...)
	}
	for _, s := range c.Way {
		w.Way = append(w.Way, e.nameOf(s))
	}
	e.steps(c, &w)
	return w
}

// shut counts the steps that are closed at an hour.
func (e *expected) shut(hour int) (n int) {
	for _, s := range e.graph.Steps {
		if s.Touchpoint == nil || hour < 0 {
			continue
		}
		hours := access.Hours(e.journey, s.Touchpoint)
		if hours != nil && !slices.ContainsFunc(hours.Spans, func(o model.Opening) bool { return o.From <= hour*60 && hour*60 < o.To }) {
			n++
		}
	}
	return n
}

func (e *expected) time(c *access.Cell, hour int, kind *string) (lines []string) {
	within := c.Need.Within
	if hour >= 0 {
		took := c.Arrival.Wait(hour * 60)
		end := hour*60 + int(took.Minutes())
		lines = append(lines, say(e.page.At, e.words.longMoment(hour*60), e.words.duration(took), e.words.longMoment(end)))
		switch {
		case within == nil:
		case took > within.Value:
			*kind = "late"
			lines = append(lines, say(e.page.Late, e.words.duration(within.Value)))
		default:
			lines = append(lines, say(e.page.InTime, e.words.duration(within.Value)))
		}
		return lines
	}
	lines = append(lines, say(e.page.Fastest, e.words.duration(c.Fastest.Time)))
	switch {
	case within == nil:
	case len(c.Late) == 0:
		lines = append(lines, say(e.page.EverInTime, e.words.duration(within.Value)))
	default:
		lines = append(lines, say(e.page.PartLate, e.words.duration(within.Value), e.words.openShare(1-c.OpenShare)))
	}
	return lines
}

func (e *expected) steps(c *access.Cell, w *display) {
	var classes []string
	r := c.Reach(nil, 1_000_000)
	for i, s := range e.graph.Steps {
		isDoor := slices.ContainsFunc(c.Doors, func(d access.Door) bool { return d.Step == i })
		class := "is-unreached"
		switch {
		case isDoor:
			class = "is-door"
		case slices.Contains(c.Way, i):
			class = "is-way"
		case r.Takes(i):
			class = "is-open"
		case len(missingAt(r, i)) > 0:
			class = "is-closed"
		}
		classes = append(classes, class)
		if isDoor || c.Open && class == "is-closed" {
			w.Doors = append(w.Doors, e.nameOf(i)+" "+e.missing(i, missingAt(r, i)))
		}
		for _, sign := range []bool{class == "is-way", isDoor || class == "is-closed", slices.Contains(c.Traps, i), slices.Contains(c.WrongTurns, i),
			s.Touchpoint != nil && slices.Contains(c.SingleWays, s.Touchpoint.ID.Value)} {
			if sign {
				w.Signs++
			}
		}
	}
	w.Signs += w.Shut
	w.Steps = strings.Join(classes, " ")
	if !c.Open && len(c.Doors) == 0 {
		w.Doors = []string{}
	}
}

func (e *expected) nameOf(step int) string {
	if def := e.graph.Paths[e.graph.Steps[step].Path].Def; e.graph.Steps[step].Touchpoint == nil && !def.Name.Empty() {
		return e.label(def.Definition)
	}
	return e.stepLabel(step)
}

// A link shows what was chosen, and choosing makes the link.
func TestPageKeepsTheChoiceInItsAddress(t *testing.T) {
	b := page(t, examples(t)["clinic.corridor.yaml"], Options{})
	p := browser.Open(t, 1400, 900)
	var chosen string
	const choice = `["customer", "need", "day", "hour", "out"].map((id) => document.getElementById(id).value).join(" ") + " " + location.hash`
	for _, c := range [][2]string{
		{"", "-1 -1 -1 9 0 "},
		{"#customer=deaf&need=acute&hour=46&out=channel%3Aphone", "1 1 1 22 10 #customer=deaf&need=acute&hour=46&out=channel%3Aphone"},
		{"#customer=nobody&need=%3Cscript%3E&hour=168&out=__proto__", "-1 -1 -1 9 0 #"},
		{"#%E0%A4%A&&==", "-1 -1 -1 9 0 #"},
	} {
		p.Load(b, c[0])
		p.Eval(soon(choice), &chosen)
		want := strings.Replace(c[1], " 10 ", fmt.Sprint(" ", slices.IndexFunc(dataOf(t, b).Outages, func(o struct{ ID, Name string }) bool { return o.ID == "channel:phone" }), " "), 1)
		if strings.TrimSuffix(chosen, "#") != strings.TrimSuffix(want, "#") {
			t.Errorf("%q shows %q, not %q", c[0], chosen, want)
		}
	}
	p.Eval(`document.getElementById("customer").value = 2; document.getElementById("customer").dispatchEvent(new Event("change"));`+soon("location.hash"), &chosen)
	if chosen != "#customer=senior" {
		t.Errorf("a senior is chosen, and the address ends in %q", chosen)
	}
	p.Eval(`location.hash = "#need=refill";`+soon(choice), &chosen)
	if chosen != "-1 2 -1 9 0 #need=refill" {
		t.Errorf("the address was changed, and chosen is %q", chosen)
	}
}

// soon evaluates an expression once the page has written its address.
func soon(expression string) string {
	return `new Promise((done) => setTimeout(() => done(` + expression + `), 400))`
}

// All that the page can do, it can do from the keyboard.
func TestPageByKeyboard(t *testing.T) {
	for language, keys := range map[string][2]browser.Key{"en": {browser.ArrowRight, browser.ArrowLeft}, "ar": {browser.ArrowLeft, browser.ArrowRight}} {
		t.Run(language, func(t *testing.T) {
			p := browser.Open(t, 1400, 900)
			p.Load(page(t, examples(t)["clinic.corridor.yaml"], Options{Language: language}), "#customer=deaf&need=acute&hour=46")
			p.Eval(`document.body.focus()`, nil)
			byKeyboard(t, p, keys[0], keys[1])
			if len(p.Said) > 0 {
				t.Errorf("the page says %s", p.Said)
			}
		})
	}
}

const focused = `document.activeElement.id`

func byKeyboard(t *testing.T, p *browser.Page, forward, back browser.Key) {
	var at, text string
	order := []string{}
	for range 40 {
		p.Press(browser.Tab)
		p.Eval(focused, &at)
		if at != "" {
			order = append(order, at)
		}
		if strings.HasPrefix(at, "step-") {
			break
		}
	}
	if want := []string{"customer", "need", "day", "hour", "out", "search", "larger", "smaller", "fit", "map", "step-0"}; !slices.Equal(order, want) {
		t.Fatalf("Tab comes to %v, not %v", order, want)
	}
	p.Press(forward)
	p.Eval(focused, &at)
	p.Eval(`document.activeElement.getAttribute("aria-label") + "|" + document.getElementById("details-name").textContent`, &text)
	if label, name, _ := strings.Cut(text, "|"); at != "step-1" || name == "" || !strings.Contains(label, name) {
		t.Errorf("the arrow goes to %s: %s", at, text)
	}
	p.Press(browser.ArrowDown)
	p.Press(browser.ArrowDown)
	p.Press(back)
	if p.Eval(focused, &at); at != "step-2" {
		t.Errorf("two arrows down and one back go to %s", at)
	}
	var before, after float64
	const width = `Number(document.querySelector("#map svg").getAttribute("width"))`
	p.Eval(width, &before)
	p.Press(browser.Plus)
	if p.Eval(width, &after); after <= before*1.2 {
		t.Errorf("plus makes the map %v wide, after %v", after, before)
	}
	p.Press(browser.Zero)
	if p.Eval(width, &before); before >= after {
		t.Errorf("0 makes the map %v wide, after %v", before, after)
	}
	p.Press(browser.Enter)
	if p.Eval(focused, &at); at != "details-name" {
		t.Errorf("Enter on a step goes to %s", at)
	}
	searchByKeyboard(t, p)
	p.Eval(`document.getElementById("customer").focus()`, nil)
	p.Press(browser.ArrowDown)
	if p.Eval(`document.getElementById("customer").value + " " + document.getElementById("result").className`, &text); text != "2 late" {
		t.Errorf("the arrow down in the list of customers chooses %s", text)
	}
	p.Eval(`document.getElementById("hour").focus()`, nil)
	p.Press(forward)
	if p.Eval(soon("location.hash"), &text); text != "#customer=senior&need=acute&hour=47" {
		t.Errorf("the arrow on the hour makes it %s", text)
	}
}

func searchByKeyboard(t *testing.T, p *browser.Page) {
	var first, second, found string
	const hit = `document.querySelector(".step.hit")?.id ?? ""`
	p.Eval(`document.getElementById("search").focus()`, nil)
	p.Type("KIOSK")
	p.Eval(hit, &first)
	p.Eval(`document.getElementById("search").select()`, nil)
	p.Type("front-desk")
	p.Eval(hit, &second)
	if first == "" || second != "" {
		t.Errorf("the search for the kiosk finds %q, that for an id that no touchpoint has %q", first, second)
	}
	p.Eval(`document.getElementById("search").select()`, nil)
	p.Type("front DESK")
	p.Eval(hit, &first)
	p.Press(browser.Enter)
	p.Eval(hit, &second)
	p.Eval(`document.getElementById("found").textContent`, &found)
	if first != "step-2" || second != "step-3" || found == "" {
		t.Errorf("Enter goes from %q to %q: %s", first, second, found)
	}
}

// The wheel with Ctrl zooms, and a name in a list leads to its step.
func TestPageByMouse(t *testing.T) {
	p := browser.Open(t, 1400, 900)
	p.Load(page(t, examples(t)["current-account.corridor.yaml"], Options{}), "")
	var grown, shrunk, kept float64
	const wheel = `((by, ctrl) => {
		const map = document.getElementById("map"), svg = map.querySelector("svg"), before = Number(svg.getAttribute("width"));
		map.dispatchEvent(new WheelEvent("wheel", {deltaY: by, ctrlKey: ctrl, clientX: 500, clientY: 300, cancelable: true}));
		return Number(svg.getAttribute("width")) / before;
	})`
	p.Eval(wheel+"(-100, true)", &grown)
	p.Eval(wheel+"(100, true)", &shrunk)
	p.Eval(wheel+"(100, false)", &kept)
	if grown < 1.2 || shrunk > 0.9 || kept != 1 {
		t.Errorf("the wheel makes the map %v, %v and without Ctrl %v times as wide", grown, shrunk, kept)
	}
	var at string
	p.Eval(`for (const id of ["customer", "need"]) document.getElementById(id).value = 0;
		document.getElementById("need").dispatchEvent(new Event("change"));
		document.querySelector("#the-way li:nth-child(2) button").click();`+focused, &at)
	if !strings.HasPrefix(at, "step-") {
		t.Errorf("a name in the list of the way leads to %q", at)
	}
}

// On a telephone only the map scrolls sideways.
func TestPageFitsATelephone(t *testing.T) {
	p := browser.Open(t, 390, 844)
	for _, language := range Languages() {
		p.Load(page(t, examples(t)["clinic.corridor.yaml"], Options{Language: language}), "#customer=senior&need=consult&hour=3")
		var wide, height int
		p.Eval(`document.documentElement.scrollWidth`, &wide)
		p.Eval(`document.getElementById("map").clientHeight`, &height)
		if wide > 390 || height < 200 {
			t.Errorf("%s: the page is %d wide, its map %d high", language, wide, height)
		}
	}
}

// Without its script the page is the map, and says what is missing.
func TestPageWithoutScripts(t *testing.T) {
	p := browser.Open(t, 1400, 900)
	p.ForbidScripts()
	p.Load(page(t, coffee(), Options{}), "")
	var seen string
	p.Eval(`[document.querySelector("noscript p")?.checkVisibility(), document.querySelector("#map svg").getAttribute("role"),
		document.getElementById("customer").checkVisibility(), document.getElementById("step-0").checkVisibility()].join()`, &seen)
	if seen != "true,img,false,true" {
		t.Errorf("without scripts one sees %s", seen)
	}
}

// No name of a file runs or fetches anything in a browser.
func TestPageRunsNothingOfAFile(t *testing.T) {
	p := browser.Open(t, 800, 600)
	for _, text := range hostileTexts {
		p.Load(page(t, hostileCorridor(text), Options{}), "")
		var alerted bool
		var steps int
		p.Eval(`document.querySelectorAll(".step").length`, &steps)
		p.Eval(`for (const s of document.querySelectorAll(".step")) s.focus();
			document.getElementById("customer").value = 0; document.getElementById("need").value = 0; document.getElementById("need").dispatchEvent(new Event("change"));
			document.querySelectorAll("img, iframe, [onload], [onfocus], [autofocus], svg script").length > 0`, &alerted)
		if alerted || steps != 4 {
			t.Errorf("%q: foreign elements %v, steps %d", text, alerted, steps)
		}
	}
	if len(p.Said) > 0 {
		t.Errorf("a page says %s", p.Said)
	}
}

// TestPageIsAccessible lets axe-core look at each example in its own language
// and in all that there are words for. The script is where CORRIDOR_AXE says.
func TestPageIsAccessible(t *testing.T) {
	name := os.Getenv("CORRIDOR_AXE")
	axe, err := os.ReadFile(name)
	if err != nil {
		t.Skipf("CORRIDOR_AXE names no axe.min.js to audit pages with: bash .ci/run tools installs it (%v)", err)
	}
	p := browser.Open(t, 1400, 900)
	audits := 0
	for file, g := range examples(t) {
		for _, language := range Languages() { // the example's own among them
			b := page(t, g, Options{Language: language})
			for _, choice := range []string{"", notable(t, g)} {
				audits++
				p.Load(b, choice)
				p.Eval(string(axe), nil)
				audit(t, p, file+" "+language+" "+choice)
			}
		}
	}
	t.Logf("%d audits", audits)
}

// notable returns the choice of a blocked customer, at night.
func notable(t *testing.T, g *corridor.Graph) string {
	for _, o := range newPageMaker(newPlan(g, Options{})).outages(Question{}) {
		r, err := access.Analyse(context.Background(), g, access.Options{Without: o.without})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range r.Cells {
			if !c.Open {
				return fmt.Sprintf("#customer=%s&need=%s&out=%s&hour=3", c.Customer.ID.Value, c.Need.ID.Value, o.ID)
			}
		}
	}
	t.Fatal("no outage blocks anybody")
	return ""
}

func audit(t *testing.T, p *browser.Page, what string) {
	var found []struct {
		ID, Impact, Help string
		Nodes            []json.RawMessage
	}
	p.Eval(`document.querySelectorAll(".step")[1].focus(); axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations.map((v) => ({ID: v.id, Impact: v.impact, Help: v.help, Nodes: v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200) + " " + n.failureSummary)})))`, &found)
	for _, v := range found {
		if v.Impact == "serious" || v.Impact == "critical" {
			t.Errorf("%s: %s (%s): %s: %s", what, v.ID, v.Impact, v.Help, v.Nodes)
		} else {
			t.Logf("%s: %s (%s): %s", what, v.ID, v.Impact, v.Help)
		}
	}
}
