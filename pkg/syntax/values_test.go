package syntax

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/source"
)

// spans returns a value as it stands in its file, entries by their own places.
func spans(v *Value) string {
	switch v.Kind {
	case Map:
		var parts []string
		for _, f := range v.Fields {
			parts = append(parts, f.Key.Span.Text()+":"+spans(f.Value))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case List:
		var parts []string
		for _, item := range v.Items {
			parts = append(parts, spans(item))
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return v.Span.Text()
}

func TestValuesHaveTheirPlaces(t *testing.T) {
	for _, text := range []string{
		`{"a":[1,{"b":"x]}"},[],{}],"a":null,"c":true}`,
		`[[["é"]],{"u2028":" "},[{}]]`,
		`{"number":1e999999,"lone":"\ud800","pair":"\ud83d\ude00","سؤال":["نعم"]}`,
	} {
		v, findings := Values(source.New("x.json", []byte(text)))
		if v == nil || len(findings) > 0 {
			t.Fatalf("%s: %v", text, findings)
		}
		if v.Span.Text() != text || spans(v) != text {
			t.Errorf("%s: the whole is %q, its parts %q", text, v.Span.Text(), spans(v))
		}
		var indented bytes.Buffer
		if err := json.Indent(&indented, []byte(text), " ", "\t"); err != nil {
			t.Fatal(err)
		}
		v, _ = Values(source.New("x.json", indented.Bytes()))
		if v == nil || v.Span.Text() != indented.String() || spans(v) != text {
			t.Errorf("%s, on lines of its own: the whole is %q, its parts %q", text, v.Span.Text(), spans(v))
		}
	}
}

func TestValuesReadTexts(t *testing.T) {
	v, _ := Values(source.New("x.json", []byte(`{"a":"\ud83d\ude00","b":"\ud800","c":1,"c":2}`)))
	for key, want := range map[string]string{"a": "😀", "b": "\uFFFD", "c": "1", "d": ""} {
		if got := v.Get(key).Str().Value; got != want {
			t.Errorf("%s is %q, not %q", key, got, want)
		}
	}
}

func TestValuesRefuseDepth(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000),
		strings.Repeat(`{"a":`, 100_000),
		strings.Repeat("[", MaxDepth+1) + strings.Repeat("]", MaxDepth+1),
	} {
		v, findings := Values(source.New("x.json", []byte(text)))
		if v != nil || len(findings) != 1 || !strings.Contains(findings[0].Message, "more than 50 deep") {
			t.Errorf("%.20s…: %v", text, findings)
		}
	}
}

// BenchmarkValues reads 3 MB of JSON on one line, as other programs write it,
// flat and between as many brackets as are allowed. Both cost the same.
func BenchmarkValues(b *testing.B) {
	row := `{"path":"/a","title":"Où","next":[{"path":"/b"}]},`
	for _, c := range []struct {
		name  string
		depth int
	}{{"flat", 1}, {"deep", MaxDepth - 3}} {
		text := strings.Repeat("[", c.depth) + strings.Repeat(row, 3<<20/len(row)) + "0" + strings.Repeat("]", c.depth)
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if v, findings := Values(source.New("x.json", []byte(text))); v == nil {
					b.Fatal(findings)
				}
			}
		})
	}
}
