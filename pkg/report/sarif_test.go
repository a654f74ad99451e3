package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

// holdsSARIF checks what the schema of SARIF does not know: what code hosts
// refuse, and that no message has a link or a place to fill in.
func holdsSARIF(t *testing.T, out string) {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal([]byte(out), &log); err != nil || len(log.Runs) != 1 {
		t.Fatalf("%d runs: %v", len(log.Runs), err)
	}
	run := log.Runs[0]
	for _, result := range run.Results {
		harmless(t, result.Message)
		if result.RuleIndex != nil && run.Tool.Driver.Rules[*result.RuleIndex].ID != result.RuleID {
			t.Errorf("%s has the index of another rule", result.RuleID)
		}
		if len(result.Locations) != 1 || result.Locations[0].Physical == nil {
			t.Errorf("a result does not stand in one file: %+v", result.Locations)
		}
		for _, l := range result.Related {
			if l.Physical == nil {
				t.Error("a related location is nowhere")
			}
			if l.Message != nil {
				harmless(t, *l.Message)
			}
		}
	}
	for _, n := range run.Invocations[0].Notifications {
		harmless(t, n.Message)
	}
	if run.Invocations[0].Successful == (len(run.Invocations[0].Notifications) > 0) {
		t.Error("a run that is not successful does not say why, or the other way round")
	}
}

func harmless(t *testing.T, m sarifText) {
	t.Helper()
	rest := strings.NewReplacer("{{", "", "}}", "").Replace(m.Text)
	if strings.ContainsAny(rest, "{}") || strings.Contains(rest, "](") {
		t.Errorf("a message has a link or a placeholder: %q", m.Text)
	}
}

// TestPlaces checks how names of files become addresses.
func TestPlaces(t *testing.T) {
	for _, c := range []struct{ name, uri, path string }{
		{"journeys/clinic.yaml", "journeys/clinic.yaml", "journeys/clinic.yaml"},
		{"./a.yaml", "a.yaml", "a.yaml"}, {"././/a.yaml", "a.yaml", "a.yaml"}, {".a/./b.yaml", ".a/./b.yaml", ".a/./b.yaml"},
		{"../a b.yaml", "../a%20b.yaml", "../a b.yaml"},
		{"رحلة.yaml", "%D8%B1%D8%AD%D9%84%D8%A9.yaml", "رحلة.yaml"},
		{"a:b%20?#.yaml", "a%3Ab%2520%3F%23.yaml", "a:b%20?#.yaml"},
		{`a\b.yaml`, "a%5Cb.yaml", `a\b.yaml`},
		{"<stdin>", "%3Cstdin%3E", "<stdin>"},
		{"/home/x.yaml", "file:///home/x.yaml", "/home/x.yaml"},
		{"C:/x y.yaml", "file:///C:/x%20y.yaml", "C:/x y.yaml"},
		{"//server/share/x.yaml", "file:////server/share/x.yaml", "//server/share/x.yaml"},
		{"a\xff\x1b.yaml", "a%FF%1B.yaml", "a\xff\x1b.yaml"},
	} {
		if got := fileURI(c.name); got != c.uri {
			t.Errorf("%q is %s, want %s", c.name, got, c.uri)
		}
		if got := relative(c.name); got != c.path {
			t.Errorf("%q is %s, want %s", c.name, got, c.path)
		}
	}
}

func TestSemanticVersion(t *testing.T) {
	for version, want := range map[string]string{
		"v1.2.3": "1.2.3", "1.2.3-rc.1+x": "1.2.3-rc.1+x", "v0.0.0-20260101000000-abcdefabcdef": "0.0.0-20260101000000-abcdefabcdef",
		"(devel)": "", "1.2": "", "v01.2.3": "", "": "",
	} {
		d := newSARIFDriver(Report{Version: version})
		if d.SemanticVersion != want || d.Version != want {
			t.Errorf("%q gives %q and %q", version, d.Version, d.SemanticVersion)
		}
	}
}

// TestFixIsWhole checks that a fix of which one edit has no place is not shown.
func TestFixIsWhole(t *testing.T) {
	r := numbered(1, 0, 0)
	r.Findings[0].Fix = &finding.Fix{Title: "mend it", Edits: []finding.Edit{{Span: r.Findings[0].Span, Text: "x"}, {Text: "y"}}}
	for _, format := range []Format{jsonFormat, sarifFormat} {
		out := written(t, format, r, Style{})
		holds(t, format, out)
		if strings.Contains(out, "mend it") {
			t.Errorf("%s shows half a fix:\n%s", format.Name, out)
		}
	}
}

// TestRegionsAreThePlaces finds by the regions of SARIF what the spans mean.
func TestRegionsAreThePlaces(t *testing.T) {
	const text = "أ: 👩‍⚕️\r\nb: [é, 歯]\rc"
	file := source.New("a.yaml", []byte(text))
	lines := []string{"أ: 👩‍⚕️\r\n", "b: [é, 歯]\r", "c"}
	offset := func(line, column int) int {
		return len(strings.Join(lines[:line-1], "")) + len(string([]rune(lines[line-1])[:column-1]))
	}
	for start := range text {
		for end := range text[start:] {
			end += start
			p, _ := placeOf(source.Span{File: file, Start: start, End: end})
			r := regionOf(p)
			if text[:start] == "أ: 👩‍⚕️\r" || text[:end] == "أ: 👩‍⚕️\r" {
				continue // inside a line break
			}
			if from, to := offset(r.StartLine, r.StartColumn), offset(r.EndLine, r.EndColumn); from != start || to != end {
				t.Errorf("%q is at %+v, where %q is", text[start:end], r, text[from:to])
			}
		}
	}
}
