package finding

import (
	"testing"

	"github.com/customer-corridor/corridor/pkg/source"
)

func TestNearest(t *testing.T) {
	words := []string{"channel", "owner", "hours", "word-of-mouth", "الفرع", "waits"}
	for name, want := range map[string]string{
		"chanel": "channel", "onwer": "owner", "Hours": "hours", "word_of_mouth": "word-of-mouth", "wordofmouth": "word-of-mouth",
		"الفرغ": "الفرع", "wait": "waits", "xyz": "", "": "", "channel": "", "cha": "",
	} {
		if got := Nearest(name, words); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

// TestCorrect holds that a fix is offered only where no other name could have
// been meant, and that it changes nothing but the name.
func TestCorrect(t *testing.T) {
	for _, c := range []struct{ text, name, want string }{
		{`"hearng"`, "hearng", `"hearing"`},
		{"smartphon|computer", "smartphon", "smartphone|computer"},
		{"basic/kall#2", "kall", "basic/call#2"},
		{"cal", "cal", "call"},
		{"callx", "callx", "call"},
		{"cals", "cals", "call"},
		{"call-bac", "call-bac", "call-back"},
		{"cald-cald", "cald", ""},            // stands there twice
		{`"\u0063al"`, "cal", ""},            // is written in another way
		{"form-1", "form-1", ""},             // form-2 and form-3 are as near
		{"treatmant-or", "treatmant-or", ""}, // too far to be sure
		{"xyz", "xyz", ""},
		{"الفرغ", "الفرغ", "الفرع"},
	} {
		words := []string{"call", "call", "hearing", "smartphone", "call-back", "form-2", "form-3", "treatment", "الفرع"}
		file := source.New("a", []byte(c.text))
		_, fix := Correct(source.Span{File: file, End: len(c.text)}, c.name, words)
		got := ""
		if fix != nil {
			e := fix.Edits[0]
			got = c.text[:e.Span.Start] + e.Text + c.text[e.Span.End:]
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTypo(t *testing.T) {
	words := []string{"hearing", "internet", "card"}
	for name, want := range map[string]bool{"hearin": true, "haering": true, "intrnet": true, "card-id": false, "booking": false, "hearing": false, "car": false} {
		if got := Typo(name, words); got != want {
			t.Errorf("%q: got %v, want %v", name, got, want)
		}
	}
}

// TestNumber holds that a fingerprint outlives moved lines, list positions and
// other words, and that no two findings share one.
func TestNumber(t *testing.T) {
	file := source.New("a.yaml", []byte("one\ntwo\nthree\n"))
	at := func(line int) source.Span {
		return source.Span{File: file, Start: file.LineStart(line), End: file.LineStart(line) + 1}
	}
	before := []Finding{{Rule: "r", Span: at(1), Subject: "paths.basic[1]", Message: "m"}, {Rule: "r", Span: at(2), Subject: "paths.basic[2]", Message: "m"}, {Rule: "r", Span: at(3), Subject: "title"}}
	after := []Finding{{Rule: "r", Span: at(2), Subject: "paths.basic[7]", Message: "other"}, {Rule: "r", Span: at(3), Subject: "paths.basic[8]"}, {Rule: "s", Span: at(3), Subject: "title"}}
	Number(before)
	Number(after)
	if before[0].Fingerprint != after[0].Fingerprint || before[1].Fingerprint != after[1].Fingerprint {
		t.Error("a fingerprint changed with lines, positions or words")
	}
	if before[0].Fingerprint == before[1].Fingerprint || before[2].Fingerprint == after[2].Fingerprint {
		t.Error("two findings share a fingerprint")
	}
	for subject, want := range map[string]string{"a[3].b": "a[].b", "a[12][3]": "a[][]", "touchpoints.هاتف.asks[0]": "touchpoints.هاتف.asks[]", "": ""} {
		if got := withoutNumbers(subject); got != want {
			t.Errorf("%q: got %q, want %q", subject, got, want)
		}
	}
}

func TestSort(t *testing.T) {
	a, b := source.New("a.yaml", []byte("xyz")), source.New("b.yaml", []byte("xyz"))
	all := []Finding{
		{Rule: "r", Span: source.Span{File: b, Start: 0, End: 1}}, {Rule: "s", Span: source.Span{File: a, Start: 1, End: 2}},
		{Rule: "r", Span: source.Span{File: a, Start: 1, End: 2}}, {Rule: "q", Span: source.Span{File: a, Start: 0, End: 3}}, {Rule: "z"},
	}
	Sort(all)
	got := ""
	for _, f := range all {
		got += f.Rule
	}
	if got != "zqrsr" {
		t.Errorf("got %s", got)
	}
}
