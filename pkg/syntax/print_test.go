package syntax

import (
	"bytes"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// TestPrint reads the archives in testdata/print: each has one file, and what
// is written of the document in it, as YAML and as JSON.
func TestPrint(t *testing.T) {
	golden.Run(t, "testdata/print/*.txtar", func(t *testing.T, a *golden.Archive) {
		name := a.Files[0].Name
		text, _ := a.Input(name)
		doc, found := Parse(source.New(name, unescape(text)))
		if len(found) > 0 {
			t.Fatal(printed(found))
		}
		a.Equal("printed.corridor.yaml", Print(doc, ""))
		a.Equal("printed.corridor.json", PrintJSON(doc))
		roundTrip(t, doc)
	})
}

// TestPrintOften holds the laws for every corridor file there is among the
// examples, the documents and the tests.
func TestPrintOften(t *testing.T) {
	valid := 0
	for _, text := range seeds(t) {
		if doc, found := Parse(source.New("x.corridor.yaml", text)); doc != nil && len(found) == 0 {
			roundTrip(t, doc)
			valid++
		}
	}
	if valid < 150 {
		t.Fatalf("only %d of the texts are valid", valid)
	}
}

// roundTrip holds the laws of Print for a valid document: what is written says
// the same, is written the same when it is read, and is laid out already.
func roundTrip(t *testing.T, doc *model.Document) {
	t.Helper()
	text := Print(doc, "Imported by corridor.\n\ncorridor: ignore[late] it says nothing")
	file := source.New("x.corridor.yaml", text)
	again, found := Parse(file)
	if len(found) > 0 || !saysSame(again, doc) || len(again.Suppressions) > 0 {
		t.Fatalf("what is written says something else: %s\n%s\n--- from\n%s", printed(found), text, doc.File.Text)
	}
	if twice := Print(again, "Imported by corridor.\n\ncorridor: ignore[late] it says nothing"); !bytes.Equal(twice, text) {
		t.Fatalf("written twice, it is not the same:\n%s\n--- once\n%s", twice, text)
	}
	if laid := format(t, file.Name, text); !bytes.Equal(laid, text) {
		t.Fatalf("what is written is not laid out:\n%s\n--- but\n%s", text, laid)
	}
	text = PrintJSON(doc)
	if again, found = Parse(source.New("x.corridor.json", text)); len(found) > 0 || !saysSame(again, doc) {
		t.Fatalf("what is written as JSON says something else: %s\n%s\n--- from\n%s", printed(found), text, doc.File.Text)
	}
}

// saysSame compares what two files say, but for what lies in their text alone.
// A list without entries says something where it is inherited otherwise, and so
// does a channel that is not staffed.
func saysSame(a, b *model.Document) bool {
	x, y := *a, *b
	for _, d := range []*model.Document{&x, &y} {
		d.File, d.Hidden, d.Suppressions = nil, nil, nil
	}
	for i, c := range x.Customers {
		if (c.Speaks == nil) != (y.Customers[i].Speaks == nil) || (c.Serves == nil) != (y.Customers[i].Serves == nil) {
			return false
		}
	}
	for i, c := range x.Channels {
		if c.Staffed.Given() != y.Channels[i].Staffed.Given() {
			return false
		}
	}
	return model.Same(x, y)
}

// TestPrintUnsaid holds that a value without a place, as imports guess it, is
// written for what it is, and that an empty one is not.
func TestPrintUnsaid(t *testing.T) {
	none := 0.0
	doc := &model.Document{
		Title: model.Text{Plain: "A journey"}, Description: model.Text{Plain: " \n"},
		Language:  spanned[string]{Value: "ar"},
		Customers: []*model.Customer{},
		Touchpoints: []*model.Touchpoint{
			{Definition: model.Definition{ID: model.Name{Value: "call"}}, Channel: model.Name{Value: "phone"}},
			{Definition: model.Definition{ID: model.Name{Value: "meet"}}, Owner: model.Name{Value: "desk"}, Success: &spanned[float64]{Value: none}},
			{Definition: model.Definition{ID: model.Name{Value: "end"}}, Binding: spanned[bool]{Value: true}, HandsOver: &model.HandOver{}},
			{Definition: model.Definition{ID: model.Name{Value: "nothing"}}},
		},
		Paths: &model.Paths{Basic: []model.Name{{Value: "call"}}, Alternative: []*model.Path{{Definition: model.Definition{ID: model.Name{Value: "skip"}}, InsteadOf: []model.StepName{{Touchpoint: "call"}}}}},
	}
	const want = `# From x.bpmn (BPMN 2.0 XML).
# - corridor: ignore[trap] no
# A bell\u0007 and a turn\u202e.

corridor: 1
title: A journey
language: ar

touchpoints:
  call: phone
  meet: {owner: desk, success: 0%}
  end: {binding: true, hands-over: {}}
  nothing: {}

paths:
  basic: [call]
  alternative:
    skip: {instead-of: call, steps: []}
`
	if got := Print(doc, "From x.bpmn (BPMN 2.0 XML).\n  corridor: ignore[trap] no\nA bell\a and a turn\u202e.\n"); string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestPrintDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0m", time.Second: "1s", 90 * time.Second: "90s", 90 * time.Minute: "90m", 125 * time.Minute: "2h5m", 36 * time.Hour: "36h",
		72 * time.Hour: "3d", 14 * 24 * time.Hour: "2w", 10 * 24 * time.Hour: "10d", 365 * 24 * time.Hour: "365d", 101 * time.Second: "1m41s",
		1500 * time.Millisecond: "1.5s", 25*time.Hour + time.Millisecond: "1d1h0.001s", 1: "0.000000001s", maxDuration: "36500d",
	} {
		if got := printDuration(d); got != want {
			t.Errorf("%v: got %s, want %s", d, got, want)
		}
	}
}

func TestPrintQuantity(t *testing.T) {
	for text, want := range map[string]string{
		">= 90%": ">= 90%", "≤ 180s": "<= 3m", "4.50": "4.5", "= 4": "4", "2calls": "2 calls", "5 m": "5 m", "5m": "5m",
		"-90s": "-90s", "0.1 s": "0.1s", "99999999999 s": "99999999999 s", "< 3 € each": "< 3 € each", "12€": "12€", "5 - x": "5 - x",
	} {
		target, err := parseTarget(text)
		if got := printTarget(target); err != nil || got != want {
			t.Errorf("%s: got %s, want %s (%v)", text, got, want, err)
		}
		if again, err := parseTarget(want); err != nil || again != target {
			t.Errorf("%s is read as %v, not %v (%v)", want, again, target, err)
		}
	}
}

func TestPrintShare(t *testing.T) {
	for _, text := range []string{"12%", "0%", "100%", "29%", "33.3%", "0.07%", "0.3333333333333333", "1e-300"} {
		share, err := parseShare(text)
		if got := printShare(share); err != nil || got != text {
			t.Errorf("%s: got %s (%v)", text, got, err)
		}
	}
}

func TestPrintHours(t *testing.T) {
	for text, want := range map[string]string{
		"24/7": "24/7", "off": "off", "Mo-Su": "24/7", "Mo-Su 08:00-9:00": "08:00-09:00",
		"Th,Su-We 08:00-16:00":               "Su-Th 08:00-16:00",
		"Mo-Fr 08:00-12:00,13:00-17:00":      "Mo-Fr 08:00-12:00,13:00-17:00",
		"Mo-Fr 08:00-17:00; We 08:00-10:00":  "Mo-Tu,Th-Fr 08:00-17:00; We 08:00-10:00",
		"Fr-Sa 22:00-02:00":                  "Fr-Sa 22:00-02:00",
		"22:00-02:00":                        "22:00-02:00",
		"Su 22:00-02:00":                     "Su 22:00-02:00",
		"Mo-We":                              "Mo-We 00:00-24:00",
		"Mo 08:00-24:00; Tu; We 00:00-06:00": "Mo 08:00-24:00; Tu 00:00-24:00; We 00:00-06:00",
		"Sa-Mo":                              "Sa-Mo 00:00-24:00",
		"Su 12:00-24:00; Mo 00:00-12:00":     "Mo 00:00-12:00; Su 12:00-24:00",
	} {
		spans, err := ParseHours(text)
		if got := printHours(spans); err != nil || got != want {
			t.Errorf("%s: got %s, want %s (%v)", text, got, want, err)
		}
	}
}

// FuzzPrint holds the laws of Print for every text that is read without
// findings.
func FuzzPrint(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if doc, found := Parse(source.New("x.corridor.yaml", text)); doc != nil && len(found) == 0 {
			roundTrip(t, doc)
		}
	})
}

// FuzzPrintValues holds that texts, ids, shares, times and hours of any kind
// are read as they were.
func FuzzPrintValues(f *testing.F) {
	for _, words := range []string{"Call us", "a: b", "# c", "two\nlines", " lead", "yes", "null", "1e3", "سلام‌ دنیا", "a\u202eb", "-", "[x]", "x,y?", "long and longer", "a  b\n\n\nc\n"} {
		f.Add(words, uint64(0), .5, uint8(0))
		f.Add(words, uint64(1e12+1), .123, uint8(12))
	}
	f.Fuzz(func(t *testing.T, words string, number uint64, part float64, repeat uint8) {
		doc := printable(words, number, part, int(repeat))
		if doc == nil {
			return
		}
		doc.File = source.New("x", nil)
		roundTrip(t, doc)
	})
}

// printable makes a valid document of any values; nil where there is none.
func printable(words string, number uint64, part float64, repeat int) *model.Document {
	long := string(bytes.Repeat([]byte(words+" "), repeat)) + words
	said, err := notBlank(string(bytes.ToValidUTF8([]byte(long), nil)))
	if err != nil {
		return nil
	}
	short, err := notBlank(string(bytes.ToValidUTF8([]byte(words), nil)))
	if err != nil || !(part >= 0 && part <= 1) {
		return nil
	}
	id, err := parseName(short)
	for _, word := range model.Reserved {
		if err != nil || id == word {
			id = "call"
		}
	}
	from := int(number % model.WeekMinutes)
	opening := model.Opening{From: from, To: from + 1 + int(number>>20)%(model.WeekMinutes-from)}
	length := spanned[time.Duration]{Value: time.Duration(number % uint64(maxDuration))}
	text := model.Text{Translations: []model.Translation{
		{Language: spanned[string]{Value: "en"}, Text: spanned[string]{Value: said}},
		{Language: spanned[string]{Value: "no"}, Text: spanned[string]{Value: short}},
	}}
	name := model.Name{Value: id}
	return &model.Document{
		Version: spanned[int]{Value: 1}, Title: text, Description: model.Text{Plain: said},
		Stages:       []*model.Stage{{Definition: model.Definition{ID: name, Name: model.Text{Plain: said}}}},
		Capabilities: []*model.Capability{{Definition: model.Definition{ID: name, Name: model.Text{Plain: short}}}},
		Touchpoints: []*model.Touchpoint{{
			Definition: model.Definition{ID: name, Name: model.Text{Plain: short}}, Hours: &model.Hours{Spans: []model.Opening{opening}},
			Takes: &length, Success: &spanned[float64]{Value: part},
			Backstage: []model.Backstage{{By: name, Does: model.Text{Plain: said}, Takes: &length}},
			Measures:  []model.Measure{{Definition: model.Definition{ID: name}, Actual: &spanned[model.Quantity]{Value: model.Quantity{Number: part, Unit: "%"}}}},
		}},
		Paths: &model.Paths{Basic: []model.Name{name}},
	}
}
