package gaps

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/workspace"
)

func analysed(t *testing.T, text string) Report {
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
	r, err := access.Analyse(context.Background(), g, access.Options{Repairs: true})
	if err != nil {
		t.Fatal(err)
	}
	return Report{File: "x.yaml", Result: r, Cells: r.Cells, At: -1}
}

const everyChange = `corridor: 1
title: Every change
touchpoints:
  look-up: {channel: web, languages: [ar]}
  call: {stage: access, channel: phone, requires: [phone-number], asks: [pin]}
  short: video
  form:
    stage: access
    channel: video
    requires: [a-form, computer|smartphone]
  ticket: {gives: [booking, "a-form"], promise: "{[ is it's ]"}
  'visit': { 'channel' : visit, requires: [ booking , travel ], }
customers:
  patient: {speaks: [ar], has: [phone-number, booking, a-form]}
  deaf: {speaks: [ur], lacks: [hearing, speech, pin], has: [phone-number]}
  blind: {speaks: [ar], has: [a-form, phone-number], lacks: [travel, reading]}
  poor:
    speaks: [ar]
    lacks: [phone, smartphone, computer]
needs:
  x: {}
  y: {within: 1h, lacks: [booking]}
  z: {to: online/form}
  w: {from: vip/short, to: vip/short}
paths:
  basic: [look-up, call, visit]
  alternative:
    online: {instead-of: call, steps: [form], customers: [patient], needs: [z]}
    vip:
      instead-of: visit
      customers: [patient, blind]
      steps: [short]
    out: {instead-of: [look-up, call], steps: [ticket], customers: [blind], needs: [x, y]}
`

// TestPastedRepairsOpenTheWay writes each repair into the file as it is told,
// and analyses the file again.
func TestPastedRepairsOpenTheWay(t *testing.T) {
	r := analysed(t, everyChange)
	x := newTeller(r)
	blocked := 0
	for _, c := range r.Cells {
		if c.Open || !c.Repair.Possible {
			continue
		}
		blocked++
		_, lines := x.repairText(c.Repair, &c)
		for _, again := range analysed(t, pasted(t, everyChange, lines)).Cells {
			if again.Customer.ID.Value == c.Customer.ID.Value && again.Need.ID.Value == c.Need.ID.Value && !again.Open {
				t.Errorf("%v is still blocked with\n%s", key(c), strings.Join(lines, "\n"))
			}
		}
	}
	if blocked < 6 {
		t.Errorf("only %d cells are blocked", blocked)
	}
}

// pasted replaces definitions, or their keys where only some are given.
func pasted(t *testing.T, text string, lines []string) string {
	t.Helper()
	var file, change map[string]any
	for into, from := range map[*map[string]any]string{&file: text, &change: strings.Join(lines, "\n")} {
		if err := yaml.Unmarshal([]byte(from), into); err != nil {
			t.Fatalf("%v\n%s", err, from)
		}
	}
	paths := file["paths"].(map[string]any)
	for id, keys := range change {
		for _, part := range []any{file["touchpoints"], file["customers"], file["needs"], paths["alternative"]} {
			definitions := part.(map[string]any)
			there, ok := definitions[id]
			if !ok {
				continue
			}
			if old, ok := there.(map[string]any); ok {
				for k, v := range keys.(map[string]any) {
					old[k] = v
				}
			} else {
				definitions[id] = keys
			}
		}
	}
	out, err := yaml.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestEditsInTheFilesOwnSyntax(t *testing.T) {
	touchpoint := func(text string) edit {
		r := analysed(t, "corridor: 1\ntitle: x\ntouchpoints:\n"+text+"paths: {basic: [call]}\n")
		p := r.Result.Graph.Journey.Touchpoint("call")
		e := edit{definition: p.Definition, channel: p.Channel.Value}
		e.change(0, "waives", []string{"hearing", "speech"})
		return e
	}
	for _, c := range []struct{ text, want string }{
		{"  call: phone\n", "call: {channel: phone, waives: [hearing, speech]}"},
		{"  call: phone # by day\n", "call: {channel: phone, waives: [hearing, speech]}"},
		{"  call: {channel: phone}\n", "call: {channel: phone, waives: [hearing, speech]}"},
		{"  call: {channel: phone, }\n", "call: {channel: phone, waives: [hearing, speech]}"},
		{"  call: {waives: [hearing], channel: phone}\n", "call: {waives: [hearing, speech], channel: phone}"},
		{"  \"call\": \"phone\"\n", `"call": {"channel": "phone", "waives": ["hearing", "speech"]}`},
		{"  call:\n    channel: phone\n", "call:\n  waives: [hearing, speech]"},
	} {
		e := touchpoint(c.text)
		if got := strings.Join(e.lines(), "\n"); got != c.want {
			t.Errorf("%s gives\n%s\nwant\n%s", c.text, got, c.want)
		}
	}
	e := touchpoint("  call: {channel: phone, asks: [pin], languages: [ar]}\n")
	e.keys = nil
	e.remove("asks")
	if got := strings.Join(e.lines(), "\n"); got != "call: {channel: phone, languages: [ar]}" {
		t.Error(got)
	}
}

func TestWords(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0m", 160 * time.Minute: "2h40m", 14 * 24 * time.Hour: "14d", 90 * time.Second: "1m30s", 1500 * time.Millisecond: "1.5s",
	} {
		if got := Duration(d); got != want {
			t.Errorf("%v is written %s", d, got)
		}
	}
	for share, want := range map[float64]string{0: "0%", 1: "100%", 0.99999: "99.9%", 0.00001: "0.1%", 0.745: "74.5%"} {
		if got := finding.Percent(share); got != want {
			t.Errorf("%v is written %s", share, got)
		}
	}
	for text, want := range map[string]int{"Mo 00:00": 0, "Tu 22:30": 1440 + 22*60 + 30, "su 7:05": 6*1440 + 7*60 + 5, "Su 23:59": 10079} {
		if got, ok := ParseMoment(text); !ok || got != want {
			t.Errorf("%s is read %d %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "Tu", "22:30", "Tuesday 22:30", "Tu 24:00", "Tu 22", "Tu 22:6", "Tu 22:60", "Tu -1:00", "Tu 22:30 x"} {
		if got, ok := ParseMoment(text); ok {
			t.Errorf("%q is read %d", text, got)
		}
	}
	if got := Moment(10080 + 61); got != "Mo 01:01" {
		t.Error(got)
	}
}

func TestLateSpansOfSeveralDaysAreToldOnce(t *testing.T) {
	var x teller
	span := func(day, from, to int) model.Opening { return model.Opening{From: day*1440 + from, To: day*1440 + to} }
	for _, c := range []struct {
		late []model.Opening
		want string
	}{
		{[]model.Opening{{From: 0, To: 10080}}, "Whenever the need arises,"},
		{[]model.Opening{span(0, 60, 120), span(1, 60, 120), span(2, 60, 120), span(5, 60, 120)}, "When the need arises Mo-We, Sa 01:00 to 02:00,"},
		{[]model.Opening{span(0, 0, 480), span(4, 1000, 1440), span(6, 600, 1440)}, "When the need arises Fr 16:40 to Sa 00:00 and Su 10:00 to Mo 08:00,"},
	} {
		if got := x.when(c.late); got != c.want {
			t.Errorf("%v: %s", c.late, got)
		}
	}
}

// TestForeignTextCommandsNothing writes names with escapes and directions.
func TestForeignTextCommandsNothing(t *testing.T) {
	r := analysed(t, "corridor: 1\ntitle: \"a\\e[31mb\\u202Ec|*_\"\ntouchpoints: {call: {channel: phone, name: \"x\\u009By`<b>\"}}\ncustomers: {مريض: {name: \"م\\u2066ن\", lacks: [hearing]}}\npaths: {basic: [call]}\n")
	for _, f := range Formats {
		for _, s := range []Style{{}, {Width: 40, Bidi: true}} {
			var out bytes.Buffer
			if err := f.Write(&out, r, s); err != nil {
				t.Fatal(err)
			}
			text := out.String()
			if strings.ContainsAny(text, "\x1b\u009b\u202e\u2066") {
				t.Errorf("%s lets through %q", f.Name, text)
			}
			if marks := strings.ContainsAny(text, isolate+endIsolate+leftToRight); marks != (s.Bidi && f.Name == "pretty") {
				t.Errorf("%s with Bidi %v has direction marks: %v", f.Name, s.Bidi, marks)
			}
		}
	}
}

// TestExamples writes each example in each format, the same way every time.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("../../examples/*/?*.corridor.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		w := workspace.Workspace{FS: os.DirFS(filepath.Dir(name))}
		j, _, _ := w.Load(filepath.Base(name))
		if j == nil || j.Library() {
			continue
		}
		g, _ := corridor.Build(j)
		r, err := access.Analyse(context.Background(), g, access.Options{Repairs: true})
		if err != nil {
			t.Fatal(err)
		}
		report := Report{File: name, Result: r, Cells: r.Cells, At: -1, Hours: true}
		for _, f := range Formats {
			var first, again bytes.Buffer
			for _, out := range []*bytes.Buffer{&first, &again} {
				if err := f.Write(out, report, Style{Width: 80}); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(first.Bytes(), again.Bytes()) {
				t.Errorf("%s as %s changes from run to run", name, f.Name)
			}
			if f.Name == "json" && !json.Valid(first.Bytes()) {
				t.Errorf("%s: %s", name, &first)
			}
			for _, line := range strings.Split(first.String(), "\n") {
				if f.Name == "pretty" && columns(line) > 80 && !strings.Contains(line, "{") {
					t.Errorf("%s: a line of %d columns: %s", name, columns(line), line)
				}
			}
		}
		for _, c := range r.Cells {
			var out bytes.Buffer
			if err := Explain(&out, report, c, Style{}); err != nil || !strings.Contains(out.String(), " 1. ") {
				t.Errorf("%s: %v %s", name, err, &out)
			}
		}
	}
}
