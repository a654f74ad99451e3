package syntax

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/internal/golden"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// TestParse reads the archives in testdata/parse: each has one file, whose
// text may hold what an editor will not keep as \x.. escapes, and the
// findings on it.
func TestParse(t *testing.T) {
	golden.Run(t, "testdata/parse/*.txtar", func(t *testing.T, a *golden.Archive) {
		name := a.Files[0].Name
		text, _ := a.Input(name)
		_, found := Parse(source.New(name, unescape(text)))
		a.Equal("findings", []byte(printed(found)))
	})
}

// unescape makes bytes of `\x..` where the archive asks for it.
func unescape(text []byte) []byte {
	rest, raw := strings.CutPrefix(string(text), "# escaped\n")
	if !raw {
		return text
	}
	s := strings.NewReplacer(`\r`, "\r", `\t`, "\t", `\n`, "\n", "\n", "").Replace(rest)
	for b := range 256 {
		s = strings.ReplaceAll(s, fmt.Sprintf(`\x%02x`, b), string([]byte{byte(b)}))
	}
	return []byte(s)
}

func printed(found []finding.Finding) string {
	var b strings.Builder
	for _, f := range found {
		from, to := f.Span.From(), f.Span.To()
		fmt.Fprintf(&b, "%d:%d-%d:%d %s %s\n  %q %s\n", from.Line, from.Column, to.Line, to.Column, f.Rule, f.Subject, f.Span.Text(), f.Message)
		if f.Help != "" {
			fmt.Fprintf(&b, "  = %s\n", f.Help)
		}
		for _, r := range f.Related {
			p := r.Span.From()
			fmt.Fprintf(&b, "  %d:%d %q %s\n", p.Line, p.Column, r.Span.Text(), r.Message)
		}
	}
	return b.String()
}

func TestDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"90s": 90 * time.Second, "6m": 6 * time.Minute, "1h30m": 90 * time.Minute, "14d": 14 * 24 * time.Hour,
		"2w": 14 * 24 * time.Hour, "1.5h": 90 * time.Minute, "0s": 0, "1w2d3h4m5s": (9*24+3)*time.Hour + 4*time.Minute + 5*time.Second,
	} {
		if got, err := parseDuration(text); err != nil || got != want {
			t.Errorf("%s: got %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "5", "m", "5 m", "30m1h", "-5m", "5x", "1e3m", "999999999w", "1.h2", ".5h", "5mm", "١٠m", "1m 5s"} {
		if got, err := parseDuration(text); err == nil {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestShare(t *testing.T) {
	for text, want := range map[string]float64{"12%": .12, "0.12": .12, "100%": 1, "1": 1, "0": 0, "0%": 0, "33.3%": .333, "1e-1": .1, "12 %": .12} {
		if got, err := parseShare(text); err != nil || got < want-1e-12 || got > want+1e-12 {
			t.Errorf("%s: got %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "%", "12", "101%", "-1%", "NaN", "Inf", "0x1", "12%%", ".5", "1_0%"} {
		if got, err := parseShare(text); err == nil {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestTarget(t *testing.T) {
	for text, want := range map[string]model.Target{
		">= 90%":  {Op: ">=", Quantity: model.Quantity{Number: 90, Unit: "%"}},
		"≥ 4.5":   {Op: ">=", Quantity: model.Quantity{Number: 4.5}},
		"< 3m":    {Op: "<", Quantity: model.Quantity{Number: 180, Unit: "s"}},
		"-5m":     {Op: "=", Quantity: model.Quantity{Number: -300, Unit: "s"}},
		"12":      {Op: "=", Quantity: model.Quantity{Number: 12}},
		"<= -2 K": {Op: "<=", Quantity: model.Quantity{Number: -2, Unit: "K"}},
	} {
		if got, err := parseTarget(text); err != nil || got != want {
			t.Errorf("%s: got %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", ">=", "high", ">= high", ">= 1 2"} {
		if got, err := parseTarget(text); err == nil {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

// TestHours compares the hours of each form with the minutes that it means,
// written as the first minutes of openings and closings, day by day.
func TestHours(t *testing.T) {
	for text, want := range map[string]string{
		"24/7":                              "Mo 00:00-Su 24:00",
		"off":                               "",
		"Mo-Su":                             "Mo 00:00-Su 24:00",
		"08:00-12:00":                       "Mo 08:00-12:00 Tu 08:00-12:00 We 08:00-12:00 Th 08:00-12:00 Fr 08:00-12:00 Sa 08:00-12:00 Su 08:00-12:00",
		"Mo-Tu 08:00-12:00,13:00-17:00":     "Mo 08:00-12:00 Mo 13:00-17:00 Tu 08:00-12:00 Tu 13:00-17:00",
		"Mo 8:00-9:00; Sa 09:00-12:00":      "Mo 08:00-09:00 Sa 09:00-12:00",
		"Sa-Mo 10:00-11:00":                 "Mo 10:00-11:00 Sa 10:00-11:00 Su 10:00-11:00",
		"Fr 22:00-02:00":                    "Fr 22:00-Sa 02:00",
		"Su 22:00-02:00":                    "Mo 00:00-02:00 Su 22:00-24:00",
		"Mo-Su 22:00-02:00; Tu off":         "Mo 00:00-02:00 Mo 22:00-Tu 02:00 We 22:00-Th 02:00 Th 22:00-Fr 02:00 Fr 22:00-Sa 02:00 Sa 22:00-Su 02:00 Su 22:00-24:00",
		"Mo-Fr 08:00-17:00; We 08:00-10:00": "Mo 08:00-17:00 Tu 08:00-17:00 We 08:00-10:00 Th 08:00-17:00 Fr 08:00-17:00",
		"Mo, We 08:00 - 09:00":              "Mo 08:00-09:00 We 08:00-09:00",
		"Mo 08:00-10:00,09:00-11:00":        "Mo 08:00-11:00",
		"Mo–Tu 08:00–09:00":                 "Mo 08:00-09:00 Tu 08:00-09:00",
		"Mo 00:00-24:00":                    "Mo 00:00-24:00",
		"Mo-Su 00:00-24:00":                 "Mo 00:00-Su 24:00",
	} {
		got, err := ParseHours(text)
		if err != nil || writeHours(got) != want {
			t.Errorf("%s: got %s, %v; want %s", text, writeHours(got), err, want)
		}
	}
	for _, text := range []string{"", ";", "Mo-Fr 8-17", "Mon 08:00-09:00", "mo 08:00-09:00", "PH off", "Mo 25:00-26:00", "Mo 08:00", "Mo 08:00-08:00", "Mo 08:60-09:00", "Mo 24:00-25:00", "always", "Mo-", "-", "Mo 08:00-09:00;", "08:00-09:00 Mo", "Mo 08:00-09:00 Tu", "٠٨:٠٠-٠٩:٠٠"} {
		if got, err := ParseHours(text); err == nil {
			t.Errorf("%q is taken for %s", text, writeHours(got))
		}
	}
}

func writeHours(spans []model.Opening) string {
	clock := func(minute int, day int) string {
		return fmt.Sprintf("%02d:%02d", (minute-day*dayMinutes)/60, minute%60)
	}
	var all []string
	for _, s := range spans {
		from, to := s.From/dayMinutes, (s.To-1)/dayMinutes
		end := clock(s.To, to)
		if to != from {
			end = days[to] + " " + end
		}
		all = append(all, days[from]+" "+clock(s.From, from)+"-"+end)
	}
	return strings.Join(all, " ")
}

// FuzzHours holds that hours are sorted, apart and inside the week, and that
// a later rule replaces all that begins on its days.
func FuzzHours(f *testing.F) {
	for _, s := range []string{"Mo-Fr 08:00-12:00,13:00-17:00; Sa off", "24/7", "22:00-02:00", "Su-Th", "off"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		spans, err := ParseHours(s)
		if err != nil {
			return
		}
		last := -1
		for _, span := range spans {
			if span.From <= last || span.From >= span.To || span.To > model.WeekMinutes {
				t.Fatalf("%q: %v", s, spans)
			}
			last = span.To
		}
		if off, err := ParseHours(s + "; off"); err != nil || len(off) > 0 {
			t.Fatalf("%q and then off: %v, %v", s, off, err)
		}
	})
}

// FuzzParse holds that no input makes the parser fail, and that every place
// it names lies in the file. The name decides between YAML and JSON.
func FuzzParse(f *testing.F) {
	f.Add([]byte("corridor: 1\ntitle: t\npaths: {basic: [a]}\ntouchpoints: {a: phone}\n"), false)
	f.Add([]byte("a: &a [*a]\n? {x: y}\n: - z\n"), false)
	f.Add([]byte("title: \"a\\\n  b\"\nx: |\n  text\n  more\ny: 'it''s'\n"), false)
	f.Add([]byte(`{"corridor": 1, "title": "\ud83d\ude00", "touchpoints": {"a": null}}`), true)
	f.Add([]byte("corridor: 1\r\ntitle: مرحبا\u202e\u2028x: [\u0085"), false)
	f.Fuzz(func(t *testing.T, text []byte, json bool) {
		name := "x.corridor.yaml"
		if json {
			name = "x.json"
		}
		file := source.New(name, text)
		doc, found := Parse(file)
		if doc == nil && len(found) == 0 {
			t.Fatal("nothing was read, and nothing is said about it")
		}
		for _, x := range found {
			check := append([]finding.Related{{Span: x.Span, Message: x.Message}}, x.Related...)
			for _, r := range check {
				if r.Span.File != file || r.Span.Start < 0 || r.Span.Start > r.Span.End || r.Span.End > len(file.Text) || r.Message == "" {
					t.Fatalf("%s at %d-%d of %d: %q", x.Rule, r.Span.Start, r.Span.End, len(file.Text), r.Message)
				}
			}
			if x.Rule == "invalid-yaml" && doc == nil && (x.Span.From().Line < 1 || x.Span.From().Column < 1) {
				t.Fatal("a syntax error without a line and column")
			}
		}
	})
}

func TestIsLanguage(t *testing.T) {
	for _, tag := range []string{"en", "fil", "pt-BR", "zh-Hans-CN", "en-x-abc"} {
		if !IsLanguage(tag) {
			t.Errorf("%q is no language tag", tag)
		}
	}
	for _, tag := range []string{"", "e", "engl", "en_US", "en-", "en-longerthan8", "12", "en" + strings.Repeat("-abcdefgh", 11)} {
		if IsLanguage(tag) {
			t.Errorf("%q is taken for a language tag", tag)
		}
	}
}
