package convert

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

func xmlFile(text string) *source.File { return source.New("x.xml", []byte(text)) }

func TestReadXML(t *testing.T) {
	file := xmlFile("\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n<!DOCTYPE a SYSTEM \"http://nowhere.example/a.dtd\" [ <!-- <!ENTITY no --> ]>\n" +
		`<a xmlns="urn:one" xmlns:two="urn:two">
  <!-- a > comment -->
  <two:b name='x &lt;&#x642;&#1607;&amp;"' two:name="no"/>
  <c> one <![CDATA[<two> ]]&amp;]]> three&gt; <d/> four
  </c>
  <skip><e f="1"><skip/></e></skip>
  <g xmlns=""/>
</a>
<!-- end -->
`)
	root, found := readXML(file, func(_, name string) bool { return name == "skip" })
	if len(found) > 0 {
		t.Fatal(found[0].Message)
	}
	var names []string
	for _, e := range root.children {
		names = append(names, e.space+" "+e.prefix+":"+e.name)
	}
	if got := strings.Join(names, ", "); got != "urn:two two:b, urn:one :c,  :g" {
		t.Error("children:", got)
	}
	name := root.child("b").attr("name")
	if name.Value != `x <قه&"` || name.Span.Text() != `x &lt;&#x642;&#1607;&amp;"` || name.Span.From() != (source.Position{Line: 5, Column: 16}) {
		t.Errorf("name is %q at %q, %v", name.Value, name.Span.Text(), name.Span.From())
	}
	text := root.child("c").text
	if text.Value != "one <two> ]]&amp; three>  four" || !strings.HasPrefix(text.Span.Text(), "one <![C") || !strings.HasSuffix(text.Span.Text(), "<d/> four") {
		t.Errorf("text is %q at %q", text.Value, text.Span.Text())
	}
	if c := root.child("c"); c.tag.Text() != "<c>" || !strings.HasSuffix(c.span.Text(), "</c>") || c.words().Value != "one <two> ]]&amp; three> four" {
		t.Errorf("c is %q at %q", c.words().Value, c.span.Text())
	}
}

func TestReadXMLRefuses(t *testing.T) {
	deep := strings.Repeat("<a>", xmlMaxDepth+1)
	var wide, spaces strings.Builder
	for i := range xmlMaxNamespaces + 1 {
		fmt.Fprintf(&wide, " a%d=''", i)
		if spaces.WriteString(fmt.Sprintf(" xmlns:a%d=''", i)); i%100 == 99 {
			spaces.WriteString("><a")
		}
	}
	for _, test := range []struct{ text, at, says string }{
		{"", "1:1", "no element"},
		{"<!-- only -->", "1:1", "no element"},
		{"<a>\n <b>\n </a>", "3:2", "`</a>` stands where `</b>` should"},
		{"<a>\n <b", "2:2", "ends inside the tag of `b`"},
		{"<a>\n <b>", "2:5", "ends inside the element `b`"},
		{"<a></a></a>", "1:8", "closes an element that is not open"},
		{"<a/>\n<b/>", "2:1", "a second element `b`"},
		{"<a/>\n  x", "2:3", "text outside"},
		{"<a>&nbsp;</a>", "1:4", "`&nbsp;` is no character"},
		{"<a b='&x'/>", "1:7", "`&` is no character"},
		{"<a>&#0;</a>", "1:4", "no character"},
		{"<a>&#xD800;</a>", "1:4", "no character"},
		{"<a>&#99999999;</a>", "1:4", "no character"},
		{"<a b='1' b='2'/>", "1:10", "`b` stands twice"},
		{"<a b=1/>", "1:4", "no value between quotes"},
		{"<a b='1'c='2'/>", "1:9", "the tag of `a` is broken"},
		{"<a b='<'/>", "1:7", "`<` in the value of `b`"},
		{"<a b='1/>", "1:4", "no closing quote"},
		{"<a>1 < 2</a>", "1:6", "begins no element"},
		{"<a></a", "1:4", "an end tag is broken"},
		{"<a><!-- x </a>", "1:4", "inside a comment"},
		{"<a><!-- x -- --></a>", "1:4", "inside a comment"},
		{"<a><![CDATA[ x </a>", "1:4", "inside a CDATA section"},
		{"<a>]]></a>", "1:4", "`]]>` stands in the text"},
		{"<a><?x </a>", "1:4", "inside a processing instruction"},
		{"\n<?xml version='1.0'?><a/>", "2:1", "at the very beginning"},
		{"<!DOCTYPE a [\n<!ENTITY b 'c'>]><a>&b;</a>", "2:1", "entities of its own"},
		{"<!DOCTYPE a [\n<!ENTITY % b SYSTEM 'file:///etc/passwd'> %b;]><a/>", "2:1", "entities of its own"},
		{"<!DOCTYPE a [", "1:1", "has no end"},
		{"<a><!DOCTYPE a></a>", "1:4", "begins nothing"},
		{"<a>\x01</a>", "1:4", "control character"},
		{"<a>\xff</a>", "1:4", "not UTF-8"},
		{deep, "1:601", "more than 200 deep"},
		{"<a" + wide.String() + "/>", "", "more than 128 attributes"},
		{"<a" + spaces.String() + "/>", "", "more than 256 namespaces"},
		{"<a>" + strings.Repeat("<b/>", xmlMaxElements) + "</a>", "", "more than 200000 elements"},
		{"<a>" + strings.Repeat(" ", 4<<20) + "</a>", "1:1", "larger than 4 MB"},
	} {
		root, found := readXML(xmlFile(test.text), nil)
		if root != nil || len(found) != 1 {
			t.Errorf("%.40q: it is read, with %v", test.text, found)
			continue
		}
		at := fmt.Sprintf("%d:%d", found[0].Span.From().Line, found[0].Span.From().Column)
		if found[0].Rule != invalidFile || !strings.Contains(found[0].Message, test.says) || test.at != "" && at != test.at {
			t.Errorf("%.40q: %s %s", test.text, at, found[0].Message)
		}
	}
}

// TestReadXMLSkipsNoMistake: what is skipped is looked at all the same.
func TestReadXMLSkipsNoMistake(t *testing.T) {
	for _, broken := range []string{"<b>", "<b></c>", "<b x='1' x='1'/>", "&x;", "</a>"} {
		_, found := readXML(xmlFile("<a><skip>"+broken+"</skip></a>"), func(_, name string) bool { return name == "skip" })
		if len(found) != 1 {
			t.Errorf("%s: %v", broken, found)
		}
	}
}

// FuzzReadXML holds readXML to Go's own reader: what we accept, it accepts too,
// and both find the same elements.
func FuzzReadXML(f *testing.F) {
	f.Add([]byte("<a b='1'><c:d xmlns:c='x'>text &amp; <![CDATA[more]]></c:d></a>"))
	f.Add([]byte("<?xml version='1.0'?><!DOCTYPE a [<!-- x -->]><a><b/><!-- y --></a>"))
	f.Add([]byte("<a b=\"&#10;&lt;\">\r\n</a>"))
	f.Fuzz(func(t *testing.T, text []byte) {
		file := source.New("x.xml", text)
		root, found := readXML(file, nil)
		skipped, more := readXML(file, func(_, name string) bool { return name != "a" })
		if (root == nil) != (len(found) == 1) || len(found) != len(more) || (root == nil) != (skipped == nil) {
			t.Fatalf("found %v, when skipping %v", found, more)
		}
		xmlHoldInside(t, file, found)
		if root == nil {
			return
		}
		if bytes.ContainsFunc(text, func(c rune) bool { return c >= utf8.RuneSelf }) || bytes.Contains(text, []byte("<!DOCTYPE")) || bytes.Contains(text, []byte("<?")) {
			return // Go's reader knows all letters that names may have, and other document types
		}
		got, want := xmlOutline(root), xmlGoOutline(t, file.Text)
		if got != want {
			t.Fatalf("elements\n%s\nGo's reader has\n%s", got, want)
		}
	})
}

// xmlHoldInside fails where a finding is at no place inside the file.
func xmlHoldInside(t *testing.T, file *source.File, found []finding.Finding) {
	t.Helper()
	for _, f := range found {
		if f.Span.File != file || f.Span.Start < 0 || f.Span.End < f.Span.Start || f.Span.End > len(file.Text) || f.Message == "" {
			t.Fatalf("%s at %d to %d", f.Message, f.Span.Start, f.Span.End)
		}
	}
}

// xmlOutline writes elements with their attributes, one a line.
func xmlOutline(e *xmlElement) string {
	line := e.name
	for _, a := range e.attrs {
		line += fmt.Sprintf(" %s=%q", a.name, a.value.Value)
	}
	line += "\n"
	for _, c := range e.children {
		line += xmlOutline(c)
	}
	return line
}

func xmlGoOutline(t *testing.T, text []byte) (outline string) {
	d := xml.NewDecoder(bytes.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return outline
		}
		if err != nil {
			t.Fatal("Go's reader says:", err)
		}
		if e, ok := token.(xml.StartElement); ok {
			outline += e.Name.Local
			for _, a := range e.Attr {
				outline += fmt.Sprintf(" %s=%q", a.Name.Local, a.Value)
			}
			outline += "\n"
		}
	}
}
