package render

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/internal/gen"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// examples are the corridors of the folder of that name, by file.
func examples(t testing.TB) map[string]*corridor.Graph {
	t.Helper()
	project := os.DirFS("../..")
	files, err := fs.Glob(project, "examples/*/*.corridor.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no examples (%v)", err)
	}
	all := map[string]*corridor.Graph{}
	for _, file := range files {
		j, _, err := (&workspace.Workspace{FS: project}).Load(file)
		if err != nil {
			t.Fatal(err)
		}
		if g, _ := corridor.Build(j); g != nil {
			all[path.Base(file)] = g
		}
	}
	return all
}

// sketchy are corridors with more of the unusual in them than examples have.
func sketchy(t testing.TB) map[string]*corridor.Graph {
	all := map[string]*corridor.Graph{}
	for seed := range uint64(8) {
		j := gen.Corridor(seed, gen.Shape{Steps: 18, Customers: 5, Needs: 3, Items: int(seed), Hours: int(seed) % 4, Barriers: 40})
		if seed%2 == 1 {
			for i := range j.Touchpoints {
				if i%7 == 3 {
					j.Touchpoints[i].Binding.Value = true
				}
			}
		}
		g, _ := corridor.Build(j)
		if g == nil {
			t.Fatalf("seed %d gives no corridor", seed)
		}
		all[fmt.Sprintf("seed %d", seed)] = g
	}
	all["trap"] = trapCorridor()
	return all
}

// trapCorridor has a way on which one signs before one finds the next door closed.
func trapCorridor() *corridor.Graph {
	s := newSketch("en", "Trap")
	s.Journey.Capabilities = []*model.Capability{{Definition: define("card", "Card")}}
	a, sign, pay := s.touch("Ask", "", ""), s.touch("Sign", "", ""), s.touch("Pay", "", "")
	sign.Binding.Value = true
	pay.Requires = []model.Requirement{{AnyOf: []string{"card"}}}
	s.Journey.Paths = &model.Paths{Basic: []model.Name{a.ID}, Alternative: []*model.Path{
		{Kind: model.Alternative, Definition: define("quick", ""), InsteadOf: []model.StepName{{Touchpoint: a.ID.Value}}, Steps: []model.Name{sign.ID, pay.ID}},
	}}
	s.Journey.Customers = []*model.Customer{{Definition: define("poor", ""), Lacks: []model.Name{name("card")}}}
	s.Journey.Needs = []*model.Need{{Definition: define("help", "")}}
	s.Journey.Index()
	g, _ := corridor.Build(s.Journey)
	return g
}

func page(t testing.TB, g *corridor.Graph, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := writeHTML(context.Background(), &b, g, o, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// stored is what stands in a page.
type stored struct {
	Outages []struct{ ID, Name string }
	Steps   []struct{ Touchpoint int }
	Needs   []struct{ Within int64 }

	Touchpoints []struct{ Open int }
	Open        []string
	Lines       []string
	Answers     struct {
		Texts, States, Scores []string
		Closed, Lists, Late   [][]int
		Ways                  []struct{ Steps, Lines []int }
		Weeks                 [][]int64
		Cells                 [][]int64
		At                    [][]int
	}
	Ask pageAsk
}

func dataOf(t testing.TB, page []byte) (d stored) {
	t.Helper()
	_, rest, _ := bytes.Cut(page, []byte(`id="data">`))
	text, _, _ := bytes.Cut(rest, []byte("</script>"))
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// outageOf reads kind:id.
func outageOf(id string) []access.Outage {
	if kind, id, ok := strings.Cut(id, ":"); ok {
		return []access.Outage{{Kind: kind, ID: id}}
	}
	return nil
}

// TestPageStoresWhatAccessFinds compares each answer that a page stores with
// that of a fresh analysis.
func TestPageStoresWhatAccessFinds(t *testing.T) {
	all := examples(t)
	for name, g := range sketchy(t) {
		all[name] = g
	}
	seen := map[string]int{}
	for name, g := range all {
		t.Run(name, func(t *testing.T) {
			d := dataOf(t, page(t, g, Options{}))
			if len(d.Outages) != len(d.Answers.At) || len(d.Outages) < 2 || d.Outages[0].ID != "" {
				t.Fatalf("%d outages, %d answers", len(d.Outages), len(d.Answers.At))
			}
			for i, o := range d.Outages {
				r, err := access.Analyse(context.Background(), g, access.Options{Without: outageOf(o.ID)})
				if err != nil {
					t.Fatal(err)
				}
				h := &held{T: t, d: &d, g: g, out: i, name: o.ID, seen: seen}
				h.holds(r)
			}
		})
	}
	for _, letter := range "wodcu" {
		if seen[string(letter)] == 0 {
			t.Errorf("no step is %q in any corridor", letter)
		}
	}
	for _, what := range []string{"late", "trap", "turn", "single", "level"} {
		if seen[what] == 0 {
			t.Errorf("nothing is %s in any corridor", what)
		}
	}
}

// held holds the answers under one outage against an analysis.
type held struct {
	*testing.T
	d    *stored
	g    *corridor.Graph
	out  int
	name string
	seen map[string]int
}

func (h *held) holds(r *access.Result) {
	j := h.g.Journey
	if got, want := h.d.Answers.Scores[h.out], wordsOf(j.Language).openShare(r.Score); got != want {
		h.Errorf("%s: the score is %s, not %s", h.name, got, want)
	}
	told := 0
	for i := range r.Cells {
		c := &r.Cells[i]
		at := h.d.Answers.At[h.out][slices.Index(j.Customers, c.Customer)*len(j.Needs)+slices.Index(j.Needs, c.Need)]
		if at < 0 {
			h.Errorf("%s: %s has no answer for %s", h.name, c.Customer.ID.Value, c.Need.ID.Value)
			continue
		}
		told++
		h.cell(c, h.d.Answers.Cells[at])
	}
	for _, at := range h.d.Answers.At[h.out] {
		if at >= 0 {
			told--
		}
	}
	if told != 0 {
		h.Errorf("%s: %d answers are told that there are not", h.name, -told)
	}
}

func (h *held) cell(c *access.Cell, got []int64) {
	who := fmt.Sprint(h.name, " ", c.Customer.ID.Value, " ", c.Need.ID.Value)
	if open, bound := got[0]&1 == 1, got[0]&2 == 2; open != c.Open || bound != c.Bound {
		h.Errorf("%s: open %v, bound %v", who, open, bound)
	}
	way := h.d.Answers.Ways[got[3]]
	if !slices.Equal(way.Steps, c.Way) && len(way.Steps)+len(c.Way) > 0 {
		h.Errorf("%s: the way is %v, not %v", who, way.Steps, c.Way)
	}
	for _, l := range way.Lines {
		if l >= len(h.d.Lines) || !strings.HasPrefix(h.d.Lines[l], "M") {
			h.Errorf("%s: there is no line %d", who, l)
		}
	}
	h.steps(who, c, h.d.Answers.States[got[1]], h.d.Answers.Closed[got[2]])
	var singles []int
	for i, s := range h.g.Steps {
		if s.Touchpoint != nil && slices.Contains(c.SingleWays, s.Touchpoint.ID.Value) {
			singles = append(singles, i)
		}
	}
	for i, want := range map[string][]int{"trap": c.Traps, "turn": c.WrongTurns, "single": singles} {
		at := got[map[string]int{"trap": 4, "turn": 5, "single": 6}[i]]
		var list []int
		if at >= 0 {
			list = h.d.Answers.Lists[at]
		}
		h.seen[i] += len(list)
		if !slices.Equal(list, want) {
			h.Errorf("%s: %s is %v, not %v", who, i, list, want)
		}
	}
	if got[7] != int64(c.Fastest.Time/time.Second) {
		h.Errorf("%s: the fastest takes %d s, not %v", who, got[7], c.Fastest.Time)
	}
	h.week(who, c, got)
	if repair := got[11] >= 0; repair != (h.out == 0 && !c.Open) {
		h.Errorf("%s: a repair is told: %v", who, repair)
	}
}

func (h *held) steps(who string, c *access.Cell, letters string, closed []int) {
	r := c.Reach(nil, math.MaxInt)
	missing := map[int]int{}
	for i := 0; i < len(closed); i += 2 {
		missing[closed[i]] = closed[i+1]
	}
	if len(letters) != len(h.g.Steps) {
		h.Fatalf("%s: %d letters for %d steps", who, len(letters), len(h.g.Steps))
	}
	for i := range h.g.Steps {
		isDoor := slices.ContainsFunc(c.Doors, func(d access.Door) bool { return d.Step == i })
		want := byte('u')
		switch {
		case isDoor:
			want = 'd'
		case slices.Contains(c.Way, i):
			want = 'w'
		case r.Takes(i):
			want = 'o'
		case len(missingAt(r, i)) > 0:
			want = 'c'
		}
		h.seen[string(letters[i])]++
		if letters[i] != want {
			h.Errorf("%s: %s is %c, not %c", who, h.g.StepName(i), letters[i], want)
		}
		if text, told := missing[i]; told != (want == 'd' || want == 'c') || told && h.d.Answers.Texts[text] == "" {
			h.Errorf("%s: what is missing at %s is told: %v", who, h.g.StepName(i), told)
		}
	}
}

// week compares each hour.
func (h *held) week(who string, c *access.Cell, got []int64) {
	if (got[8] >= 0) != (c.Arrival != nil) || (got[9] >= 0) != (len(c.Late) > 0) {
		h.Errorf("%s: week %d, late %d", who, got[8], got[9])
		return
	}
	if c.Arrival == nil {
		return
	}
	runs := h.d.Answers.Weeks[got[8]]
	for hour := range int64(weekHours) {
		i := 0
		for i+3 < len(runs) && runs[i+3] <= hour {
			i += 3
		}
		wait := runs[i+1]
		if runs[i+2] == 1 {
			h.seen["level"]++
			wait -= hour * 3600
		}
		want := c.Arrival.Wait(int(hour) * 60)
		if wait != int64(want/time.Second) {
			h.Errorf("%s: from hour %d it takes %d s, not %v", who, hour, wait, want)
		}
		late := false
		if got[9] >= 0 {
			spans := h.d.Answers.Late[got[9]]
			for k := 0; k < len(spans); k += 2 {
				late = late || spans[k] <= int(hour)*60 && int(hour)*60 < spans[k+1]
			}
		}
		if late {
			h.seen["late"]++
		}
		if late != (c.Need.Within != nil && want > c.Need.Within.Value) {
			h.Errorf("%s: late at hour %d: %v", who, hour, late)
		}
	}
}

// The hours of a touchpoint are those of access, at the first minute of each
// hour.
func TestPageKnowsWhatIsClosed(t *testing.T) {
	for name, g := range examples(t) {
		d := dataOf(t, page(t, g, Options{}))
		for i, s := range g.Steps {
			if s.Touchpoint == nil {
				continue
			}
			at := d.Touchpoints[d.Steps[i].Touchpoint].Open
			hours := access.Hours(g.Journey, s.Touchpoint)
			for hour := range weekHours {
				open := hours == nil || slices.ContainsFunc(hours.Spans, func(o model.Opening) bool { return o.From <= hour*60 && hour*60 < o.To })
				if told := at < 0 || d.Open[at][hour] == '1'; told != open {
					t.Errorf("%s: %s is open at hour %d: %v", name, g.StepName(i), hour, told)
				}
			}
		}
	}
}

func TestPageIsTheSameEveryTime(t *testing.T) {
	for name, g := range examples(t) {
		if !bytes.Equal(page(t, g, Options{}), page(t, g, Options{})) {
			t.Errorf("%s: two pages of one corridor differ", name)
		}
	}
}

// A page begins with what was asked.
func TestPageAsks(t *testing.T) {
	g := examples(t)["clinic.corridor.yaml"]
	moment := 1*1440 + 22*60 + 30
	d := dataOf(t, page(t, g, Options{Ask: Question{Customer: "deaf", Need: "acute", Moment: &moment, Without: []access.Outage{{Kind: "channel", ID: "phone"}, {Kind: "department", ID: "doctors"}}}}))
	last := len(d.Outages) - 1
	if want := (pageAsk{1, 1, 46, last}); d.Ask != want || d.Outages[last].ID != "channel:phone,department:doctors" {
		t.Errorf("asked is %v under %v, not %v", d.Ask, d.Outages[last], want)
	}
	if d := dataOf(t, page(t, g, Options{})); d.Ask != (pageAsk{-1, -1, -1, 0}) {
		t.Errorf("nothing is asked, and the page asks %v", d.Ask)
	}
}

// A page stays small, and says what it leaves out.
func TestPageOfALargeFile(t *testing.T) {
	g, _ := corridor.Build(gen.Corridor(1, gen.Shape{Steps: 100, Customers: 30, Needs: 5, Items: 10, Hours: 6, Barriers: 20}))
	began := time.Now()
	b := page(t, g, Options{})
	took := time.Since(began)
	d := dataOf(t, b)
	t.Logf("%d steps, %d customers, %d needs, %d outages: %d kB in %v", len(g.Steps), len(g.Journey.Customers), len(g.Journey.Needs), len(d.Outages)-1, len(b)/1000, took.Round(time.Millisecond))
	if len(b) > 3_000_000 {
		t.Errorf("the page has %d bytes", len(b))
	}
	j := gen.Corridor(1, gen.Shape{Steps: 60, Customers: 100, Needs: 20, Hours: 2, Barriers: 20})
	large, _ := corridor.Build(j)
	b = page(t, large, Options{})
	if n := len(dataOf(t, b).Outages) - 1; n != mostAnswers/2000 || !bytes.Contains(b, []byte(" possible outages are not listed, to keep this page small.")) {
		t.Errorf("%d outages are listed", n)
	}
	t.Logf("%d kB with %d customers and %d needs", len(b)/1000, len(j.Customers), len(j.Needs))
}

func TestPageWords(t *testing.T) {
	for _, c := range []struct {
		language string
		took     time.Duration
		want     string
	}{
		{"en", 0, "no time"}, {"en", time.Minute, "1 minute"}, {"en", 49*time.Hour + 5*time.Second, "2 days, 1 hour and 5 seconds"},
		{"ar", 2 * time.Hour, "ساعتين"}, {"ar", 3*24*time.Hour + 11*time.Minute, "٣ أيام و١١ دقيقة"}, {"ar", 100 * time.Second, "دقيقة واحدة و٤٠ ثانية"},
		{"fa", 26 * time.Hour, "۱ روز و ۲ ساعت"},
	} {
		if got := wordsOf(c.language).duration(c.took); got != c.want {
			t.Errorf("%v in %s is %q, not %q", c.took, c.language, got, c.want)
		}
	}
	spans := func(list ...int) *model.Hours {
		h := &model.Hours{}
		for i := 0; i < len(list); i += 2 {
			h.Spans = append(h.Spans, model.Opening{From: list[i], To: list[i+1]})
		}
		return h
	}
	for _, c := range []struct {
		hours *model.Hours
		want  string
	}{
		{nil, "always"}, {spans(), "never"}, {spans(0, 10080), "always"},
		{spans(480, 960, 1920, 2400, 3360, 3840, 8*60+6*1440, 960+6*1440), "Monday–Wednesday, Sunday 08:00–16:00"},
		{spans(480, 960, 1920, 2400), "Monday, Tuesday 08:00–16:00"},
		{spans(1200, 1800), "Monday at 20:00 to Tuesday at 06:00"},
	} {
		if got := wordsOf("en").hours(c.hours); got != c.want {
			t.Errorf("hours are %q, not %q", got, c.want)
		}
	}
	for share, want := range map[float64]string{0: "0%", 1: "100%", 0.9999: "99.9%", 0.00001: "0.1%", 0.123: "12.3%"} {
		if got := wordsOf("en").openShare(share); got != want {
			t.Errorf("%v is %s, not %s", share, got, want)
		}
	}
}

// TestPageIsClosed holds a page to its frame: whatever the names are, there are
// the same elements, and nothing from elsewhere.
func TestPageIsClosed(t *testing.T) {
	for _, text := range hostileTexts {
		sealed(t, page(t, hostileCorridor(text), Options{}), text)
	}
}

func FuzzPage(f *testing.F) {
	for _, text := range hostileTexts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { sealed(t, page(t, hostileCorridor(text), Options{}), text) })
}

var hostileTexts = []string{
	"Call", `</script><script>alert(1)</script>`, "<!--<script>", "]]>", `" onload="alert(1)`, "' autofocus onfocus='alert(1)", "{{script}}", "%1%2%s$&",
	"</style><img src=x onerror=alert(1)>", "</title></svg><base href=//x>", "\u2028\u2029\x00\x1b\ufffe", "\xed\xa0\x80\xff", "\u202emoc", "\\u003cscript>", "javascript:alert(1)", "__proto__",
}

// hostileCorridor is a corridor with a text in every place where a file has one.
func hostileCorridor(text string) *corridor.Graph {
	s := newSketch("en", text)
	words := model.Text{Plain: text}
	s.stage(text)
	s.Journey.Capabilities = append(s.Journey.Capabilities, &model.Capability{Definition: define("able", text)})
	a, b := s.touch(text, text, text), s.touch(text+"b", "web", "desk")
	a.Description, a.Promise, a.Differentiator = words, words, words
	a.Requires = []model.Requirement{{AnyOf: []string{"able", text}}}
	a.Languages = []model.Name{name(text)}
	a.Gives, a.Asks, a.Uses, a.Confirms, a.Skills = []model.Name{name(text)}, []model.Name{name("x" + text)}, []model.Name{name(text)}, []model.Name{name(text)}, []model.Name{name(text)}
	a.Experience = []model.Rating{{Who: name(text), Score: model.Score{Value: 3}}}
	a.Backstage = []model.Backstage{{By: name(text), Does: words}}
	a.HandsOver = &model.HandOver{To: name(text), What: []model.Name{name(text)}}
	a.Measures = []model.Measure{{Definition: define(text, text)}}
	a.Exceptions = []model.Exception{{Definition: define(text, text), Reaction: &model.Reaction{By: name(text), Does: words}}}
	c := s.touch(text+"c", "web", "desk")
	s.Journey.Paths = &model.Paths{Basic: []model.Name{a.ID, b.ID}, Alternative: []*model.Path{
		{Kind: model.Alternative, Definition: define(text+"1", text), InsteadOf: []model.StepName{{Touchpoint: a.ID.Value}}, Customers: []model.Name{name("nobody")}},
		{Kind: model.Alternative, Definition: define("other", text), InsteadOf: []model.StepName{{Touchpoint: b.ID.Value}}, Steps: []model.Name{c.ID}, Needs: []model.Name{name("nothing")}},
	}}
	s.Journey.Customers = []*model.Customer{{Definition: define(text, text), Lacks: []model.Name{name("able"), name(text)}, Speaks: []model.Name{name("x" + text)}}}
	s.Journey.Needs = []*model.Need{{Definition: define(text, text)}}
	s.Journey.Index()
	g, _ := corridor.Build(s.Journey)
	return g
}

// sealed counts what only the page's own frame may have.
func sealed(t *testing.T, page []byte, text string) {
	t.Helper()
	lower := string(bytes.Map(func(r rune) rune { // of the same length
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, page))
	head, rest, _ := strings.Cut(lower, "<svg")
	svg, after, _ := strings.Cut(rest, "</svg>\n")
	for tag, most := range map[string]int{"<script": 2, "</script": 2, "<style": 1, "</style": 1, "<svg": 1, "</svg": 1, "<base": 0, "<img": 0, "<iframe": 0, "<!--": 0, "<title": 2, "</title": 2, "<meta": 4, "<link": 0} {
		if n := strings.Count(lower, tag); n != most {
			t.Errorf("%q: %s stands there %d times, not %d", text, tag, n, most)
		}
	}
	if strings.Count(head, "content-security-policy") != 1 || !strings.Contains(after, `id="data">{`) {
		t.Errorf("%q: the page has lost a part", text)
	}
	harmlessShapes(t, page[len(head):len(head)+len("<svg")+len(svg)+len("</svg>")])
	dataOf(t, page)
	for _, r := range "\u2028\u2029\u202e\x00\x1b" {
		if bytes.ContainsRune(page, r) {
			t.Errorf("%q: the character %U is in the page", text, r)
		}
	}
}

// The script and the style are what the policy knows them by, and end only
// where the page ends them.
func TestPagePolicy(t *testing.T) {
	b := string(page(t, coffee(), Options{}))
	for _, kind := range []string{"script", "style"} {
		_, rest, _ := strings.Cut(b, "\n<"+kind+">")
		text, _, _ := strings.Cut(rest, "</"+kind+">")
		if want := kind + "-src &#39;sha256-" + hash(text) + "&#39;"; len(text) < 1000 || !strings.Contains(b, strings.ReplaceAll(want, "&#39;", "'")) {
			t.Errorf("the policy does not know the %s", kind)
		}
	}
	for _, not := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch(", "</", "<!--"} {
		if strings.Contains(pageJS, not) {
			t.Errorf("the script has %s", not)
		}
	}
	if strings.Contains(b, "http://") && strings.Count(b, "http://") != strings.Count(b, "http://www.w3.org/") || strings.Contains(b, "https://") {
		t.Error("the page names an address")
	}
}
