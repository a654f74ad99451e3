package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// junitElement is any element of JUnit's XML.
type junitElement struct {
	XMLName  xml.Name
	Attrs    []xml.Attr     `xml:",any,attr"`
	Text     string         `xml:",chardata"`
	Children []junitElement `xml:",any"`
}

func (e junitElement) attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// count returns how many elements of a name are in e.
func (e junitElement) count(name string) int {
	n := 0
	for _, c := range e.Children {
		if c.XMLName.Local == name {
			n++
		}
		n += c.count(name)
	}
	return n
}

func parseJUnit(t *testing.T, out string) junitElement {
	t.Helper()
	var root junitElement
	d := xml.NewDecoder(strings.NewReader(out))
	if err := d.Decode(&root); err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	if _, err := d.Token(); err != io.EOF {
		for err == nil {
			var token xml.Token
			if token, err = d.Token(); token != nil {
				if text, ok := token.(xml.CharData); !ok || strings.TrimSpace(string(text)) != "" {
					t.Errorf("%v follows the report", token)
				}
			}
		}
	}
	return root
}

// junitSchema is junit-10.xsd of Jenkins for the elements that are written:
// their attributes, a ! marks those that it requires, and what they hold.
var junitSchema = map[string]struct{ attributes, holds string }{
	"testsuites": {"name tests failures errors", "testsuite"},
	"testsuite":  {"name! tests! failures! errors!", "testcase"},
	"testcase":   {"name! classname", "error failure skipped system-out"},
	"error":      {"type message", ""},
	"failure":    {"type message", ""},
	"skipped":    {"type message", ""},
	"system-out": {"", ""},
}

func holdsJUnit(t *testing.T, out string) {
	t.Helper()
	root := parseJUnit(t, out)
	if root.XMLName.Local != "testsuites" || strings.Contains(out, "[[ATTACHMENT|") {
		t.Errorf("the root is %s, or there is an attachment: %s", root.XMLName.Local, out)
	}
	root.holds(t)
}

func (e junitElement) holds(t *testing.T) {
	t.Helper()
	s, ok := junitSchema[e.XMLName.Local]
	if !ok {
		t.Errorf("JUnit knows no %s", e.XMLName.Local)
	}
	for _, a := range e.Attrs {
		if !strings.Contains(" "+strings.ReplaceAll(s.attributes, "!", "")+" ", " "+a.Name.Local+" ") {
			t.Errorf("%s has an attribute %s", e.XMLName.Local, a.Name.Local)
		}
	}
	for name := range strings.FieldsSeq(s.attributes) {
		if name, required := strings.CutSuffix(name, "!"); required && e.attr(name) == "" && name != "name" {
			t.Errorf("%s has no %s", e.XMLName.Local, name)
		}
	}
	for attribute, element := range map[string]string{"tests": "testcase", "failures": "failure", "errors": "error"} {
		if n := e.attr(attribute); n != "" && n != strconv.Itoa(e.count(element)) {
			t.Errorf("%s says %s %s and has %d", e.XMLName.Local, n, attribute, e.count(element))
		}
	}
	if e.XMLName.Local == "testcase" && len(e.Children) > 1 {
		t.Errorf("a case has %d elements; readers show one", len(e.Children))
	}
	for _, c := range e.Children {
		if !strings.Contains(" "+s.holds+" ", " "+c.XMLName.Local+" ") {
			t.Errorf("%s holds %s", e.XMLName.Local, c.XMLName.Local)
		}
		c.holds(t)
	}
}

// TestJUnitCases checks that each file has a case for each rule that was on.
func TestJUnitCases(t *testing.T) {
	r := numbered(2, 1, 0)
	r.Names = []string{"b.yaml", "a.yaml"}
	r.Rules = []Rule{{Descriptor: finding.Descriptor{ID: "q"}}, {Descriptor: finding.Descriptor{ID: "r"}}}
	r.Findings = append(r.Findings, finding.Finding{Rule: "s", Message: "nowhere"})
	var cases []string
	for _, suite := range parseJUnit(t, written(t, junitFormat, r, Style{})).Children {
		for _, c := range suite.Children {
			state := "passes"
			if len(c.Children) > 0 {
				state = c.Children[0].XMLName.Local + " " + c.Children[0].attr("message")
			}
			cases = append(cases, fmt.Sprintf("%s %s: %s", c.attr("classname"), c.attr("name"), state))
		}
	}
	want := strings.Join([]string{
		"corridor everything is checked: passes", "corridor s: system-out ",
		"b.yaml q: passes", "b.yaml r: passes",
		"a.yaml q: passes", "a.yaml r: failure error 0. (and 2 more)",
	}, "\n")
	if got := strings.Join(cases, "\n"); got != want {
		t.Errorf("the cases are\n%s\nwant\n%s", got, want)
	}
}
