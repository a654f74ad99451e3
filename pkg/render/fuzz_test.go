package render

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/check"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

// everyKey says something with each key of the language that takes a text or
// a name.
const everyKey = `corridor: 1
title: {en: Everything, ar: الكل}
description: All of it
market: saturated
language: en
stages: [{first: {name: First}}, second, third]
capabilities: {lift: {name: A working lift, description: That works}}
channels:
  phone: {requires: [], description: By phone}
  van: {name: A van, kind: technological, staffed: true, requires: [travel]}
departments:
  desk: {name: Desk, hours: "Mo-Th 08:00-12:00", goals: [mood], authority: [refund], skills: [typing], serves: [two], promise: Now}
  back-office: {name: Office, description: Behind}
customers:
  one: {name: One, level: intermediary, share: 0.5, speaks: [fr], lacks: [hearing], has: [ticket], segment: {by: characteristics, value: 4, fit: 3, strategy: 2}}
  two: {name: Two, like: one, lacks: [speech]}
  business: {name: A firm, level: company, serves: [one], share: 5%, description: Small}
needs:
  now: {name: At once, urgency: urgent, within: 1d, lacks: [vision], has: [ticket], from: extra/call, to: visit, customers: [one], description: A need}
touchpoints:
  call:
    name: {en: Ring up, ar: اتصل}
    description: By phone
    stage: second
    channel: van
    kind: technological
    owner: back-office
    hours: 24/7
    languages: [fr, de]
    requires: [computer|phone, card]
    waives: [speech]
    asks: [address]
    confirms: [name]
    uses: [file]
    gives: [ticket, file]
    delay: 1h
    waits: 4m
    takes: 6m
    binding: true
    success: 91%
    effort: 3
    experience: {customer: 4, company: 5, one: 2}
    importance: 5
    promise: {en: Two rings, ar: رنتان}
    skills: [typing]
    moment-of-truth: true
    differentiator: Quicker
    involves: consulted
    backstage: [{by: back-office, does: Files it, takes: 3m}, {by: desk, does: Smiles}]
    hands-over: {to: desk, what: [file]}
    measures: {rate: {name: A rate, kind: satisfaction, target: "> 4.5 stars", actual: 3m, description: Often}, mood: {kind: satisfaction}}
    exceptions:
      busy: {name: Engaged, chance: 11%, reaction: {by: back-office, does: Write, within: 2h, authority: refund, then: basic/visit, steps: [pay]}, preaction: {by: desk, does: Hire}, description: No line}
  queue: {stage: second, owner: desk, takes: 10m}
  pay: {stage: second, channel: counter, owner: back-office, takes: 3m}
  visit: {stage: third, channel: visit, requires: [ticket]}
paths:
  basic: [call, queue, pay, visit]
  optional: {extra: {name: Extra, before: pay, steps: [call], share: 30%, customers: [two], needs: [now], description: More}}
  alternative: {short: {name: Short, instead-of: [basic/queue, basic/pay], steps: [call], share: 20%}, none: {instead-of: queue, steps: []}}
`

// wordsOfTheLanguage mean something by themselves and stay what they are.
const wordsOfTheLanguage = " saturated flat physical technological person company intermediary department basic urgent characteristics use " +
	"informed consulted satisfaction efficiency retry continue leave customer en ar fr de < <= = >= > s % "

// journeyOf is everyKey with a text before each of its texts and names.
func journeyOf(t testing.TB, text string) (*model.Journey, map[string]bool) {
	t.Helper()
	w := &workspace.Workspace{FS: fstest.MapFS{"x.corridor.yaml": {Data: []byte(everyKey), Mode: 0o444}}}
	o := check.File(w, "x.corridor.yaml", check.Settings{})
	if o.Graph == nil {
		t.Fatalf("the corridor with every key cannot be read: %v %v", o.Err, o.Findings)
	}
	s := sower{text: text, copies: map[any]reflect.Value{}, sown: map[string]bool{}}
	j := s.sow(reflect.ValueOf(o.Graph.Journey), "").Interface().(*model.Journey)
	j.Index()
	return j, s.sown
}

// sower copies a value and puts a text into every string of the copy: what is
// built in belongs to all journeys.
type sower struct {
	text   string
	copies map[any]reflect.Value // by the pointer to the original
	sown   map[string]bool       // the fields of structs that had a string
}

func (s *sower) sow(v reflect.Value, field string) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		return s.sowPointer(v, field)
	case reflect.Slice:
		list := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			list.Index(i).Set(s.sow(v.Index(i), field))
		}
		return list
	case reflect.Struct:
		whole := reflect.New(v.Type()).Elem()
		whole.Set(v)
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Type != reflect.TypeFor[source.Span]() {
				whole.Field(i).Set(s.sow(v.Field(i), v.Type().Name()+"."+f.Name))
			}
		}
		return whole
	case reflect.String:
		if text := v.String(); text != "" && field != "Journey.Language" && !strings.Contains(wordsOfTheLanguage, " "+text+" ") {
			s.sown[field] = true
			return reflect.ValueOf(s.text + text).Convert(v.Type())
		}
	}
	return v
}

func (s *sower) sowPointer(v reflect.Value, field string) reflect.Value {
	if v.IsNil() || v.Type() == reflect.TypeFor[*source.File]() {
		return v
	}
	made, ok := s.copies[v.Interface()]
	if !ok {
		made = reflect.New(v.Type().Elem())
		s.copies[v.Interface()] = made
		made.Elem().Set(s.sow(v.Elem(), field))
	}
	return made
}

// The text gets into every place of a journey where a file can have words.
func TestTextIsSownEverywhere(t *testing.T) {
	_, sown := journeyOf(t, "x")
	var missing []string
	known := map[reflect.Type]bool{}
	var look func(reflect.Type, string)
	look = func(v reflect.Type, field string) {
		switch v.Kind() {
		case reflect.Pointer, reflect.Slice:
			look(v.Elem(), field)
		case reflect.Struct:
			if known[v] || v == reflect.TypeFor[source.Span]() || v == reflect.TypeFor[source.File]() {
				return
			}
			known[v] = true
			for i := range v.NumField() {
				if f := v.Field(i); f.IsExported() {
					look(f.Type, v.Name()+"."+f.Name)
				}
			}
		case reflect.String:
			if !sown[field] {
				missing = append(missing, field)
			}
		}
	}
	look(reflect.TypeFor[model.Journey](), "")
	// Words of the language, and what no map can see.
	const want = "Target.Op Document.Format Document.Basis Key.Kind Key.ID Key.Key Hidden.Subject Suppression.Reason Suppression.Subject Document.Unread Journey.Language Journey.Market"
	if got := strings.Join(missing, " "); got != want {
		t.Errorf("no text is in %s, want none in %s", got, want)
	}
}

// hostile are texts that mean something to somebody who reads a map.
var hostile = []string{
	"Call", `"/><script>alert(1)</script>`, "]]>", "&amp;&#x0;", "\x00\x1b\ufffe", "\xed\xa0\x80\xff", "مرحبا \u202e", "👩‍👩‍👧", "--><!--", "</style></svg>", "a\u2028b\tc\r\n",
	`" onload="alert(1)`, "' onclick='x", "</script><script>x", "<!--<script>", "javascript:alert(1)", "url(http://x)", "style=\"x\"", "\\u003cb>", "`${x}`", "{{x}}", "\\", ")", "/JS (x)", "endstream\nendobj\n",
	"click n0 call f()", "%%{init: {}}%%", "x\"]; y -> z [label=\"", "<b>bold</b>", "@import 'x';", "--x",
}

// FuzzMaps writes a corridor that has a text wherever a text can be, in each
// format of each view. Nothing of it acts.
func FuzzMaps(f *testing.F) {
	kinds := len(Views) * len(Formats) * 2
	for i, text := range hostile {
		f.Add(text, "en", uint(i))
		f.Add(text, text, uint(i+kinds/2))
	}
	for kind := range kinds {
		f.Add(hostile[1], "ar", uint(kind))
	}
	f.Fuzz(func(t *testing.T, text, language string, kind uint) {
		if len(text) > 200 {
			t.Skip("long")
		}
		name, data := mapOf(t, text, language, kind)
		switch name {
		case "svg":
			harmless(t, data)
		case "png": // what is in it are numbers
		case "pdf":
			harmlessPDF(t, data)
		case "dot":
			if err := balanced(string(data)); err != nil {
				t.Fatal(err)
			}
		case "mermaid":
			plainFlowchart(t, string(data))
		case "matrix":
			plainText(t, string(data))
		default:
			_, plain := mapOf(t, "x", language, kind)
			if err := sameMarkup(string(data), string(plain), text); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// plainText holds what goes to a terminal to characters that command nothing;
// direction is isolated by ourselves alone, and ends on its line.
func plainText(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		depth := 0
		for _, r := range strings.TrimSuffix(line, "\n") {
			switch {
			case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r == utf8.RuneError && !utf8.ValidString(line):
				t.Fatalf("%q has %U", line, r)
			case r >= 0x2066 && r <= 0x2068:
				depth++
			case r == 0x2069:
				depth--
			}
		}
		if depth != 0 {
			t.Fatalf("%q leaves its direction open", line)
		}
	}
}

// mapOf writes the corridor with every key, and a text before all of its
// texts, in one of the formats and views.
func mapOf(t *testing.T, text, language string, kind uint) (format string, data []byte) {
	t.Helper()
	j, _ := journeyOf(t, text)
	g, findings := corridor.Build(j)
	if g == nil {
		t.Fatalf("no corridor: %v", findings)
	}
	o := Options{Language: language, View: Views[kind%uint(len(Views))].Name, DPI: MinDPI, Details: true, Lanes: LaneKinds[kind%uint(len(LaneKinds))].Name}
	kind /= uint(len(Views))
	f := Formats[kind%uint(len(Formats))]
	if kind/uint(len(Formats))%2 == 1 || o.View == "customer" {
		o.Ask.Customer, o.Ask.Need = j.Customers[0].ID.Value, j.Needs[0].ID.Value
	}
	var b bytes.Buffer
	if err := f.Write(context.Background(), &b, g, o, nil); err != nil {
		t.Fatal(err)
	}
	return f.Name, b.Bytes()
}

// sameMarkup holds a page with a text in it to the elements and attributes that
// it has with a plain text. In scripts the text must not be as it is where it
// could end them.
func sameMarkup(page, plain, text string) error {
	known := map[string]bool{"text direction": true} // the one attribute that goes with the words
	for _, name := range markup(plain) {
		known[name] = true
	}
	for _, name := range markup(page) {
		if !known[name] {
			return fmt.Errorf("the text brings in %q", name)
		}
	}
	if got, want := strings.Count(page, "<script"), strings.Count(plain, "<script"); got != want {
		return fmt.Errorf("there are %d scripts, not %d", got, want)
	}
	for _, script := range scripts.FindAllString(page, -1) {
		if strings.Contains(text, "<") && strings.Contains(script, text) {
			return fmt.Errorf("a script has the text as it is: %q", text)
		}
	}
	return nil
}

var (
	scripts    = regexp.MustCompile(`(?s)<script.*?</script>`)
	tags       = regexp.MustCompile(`<([a-zA-Z][^\s/<>]*)((?:[\s/]+[^\s=<>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?)*)[\s/]*>`)
	attributes = regexp.MustCompile(`[\s/]+([^\s=<>"'/]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?`)
)

// markup lists the elements of a page, and the attributes of each kind.
func markup(page string) (names []string) {
	for _, tag := range tags.FindAllStringSubmatch(scripts.ReplaceAllString(page, "<script>"), -1) {
		element := strings.ToLower(tag[1])
		names = append(names, element)
		for _, attribute := range attributes.FindAllStringSubmatch(tag[2], -1) {
			names = append(names, element+" "+strings.ToLower(attribute[1]))
		}
	}
	return names
}

func TestSameMarkup(t *testing.T) {
	const plain = `<p title="x">x</p><script>let a = "x";</script>`
	for page, same := range map[string]bool{
		`<p title="&lt;b>">&lt;b></p><script>let a = "\u003cb>";</script>`: true,
		`<p title="<b>">x</p><script>let a = "x";</script>`:                true, // legal in HTML: no element
		`<p title="x"><b></p><script>let a = "x";</script>`:                false,
		`<p title="x" onclick="x">x</p><script>let a = "x";</script>`:      false,
		`<p title="x"/onclick=x>x</p><script>let a = "x";</script>`:        false,
		`<p title="x">x</p><script>let a = "<b>";</script>`:                false,
		`<p title="x">x</p><script>let a = "x";</script><script></script>`: false,
	} {
		if err := sameMarkup(page, plain, "<b>"); (err == nil) != same {
			t.Errorf("%s: %v", page, err)
		}
	}
}
