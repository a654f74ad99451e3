package render

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/bidi"
)

// unicodeTests are Unicode's own examples, as Debian's unicode-data has them.
const unicodeTests = "/usr/share/unicode/BidiCharacterTest.txt"

// Lines are ordered as Unicode says.
func TestLevelsAreUnicodes(t *testing.T) {
	file, err := os.Open(unicodeTests)
	if err != nil {
		t.Skip("Unicode's examples are not on this machine: ", err)
	}
	defer file.Close()
	seen := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		fields := strings.Split(lines.Text(), ";")
		if len(fields) != 5 || fields[1] == "2" || strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		text := characters(t, fields[0])
		if slices.ContainsFunc(text, outOfBounds) {
			continue
		}
		seen++
		got := levels(text, fields[1] == "1")
		for i, want := range strings.Fields(fields[3]) {
			if want == "x" || blank(text[i:]) {
				continue
			}
			if strconv.Itoa(got[i]) != want {
				t.Fatalf("%s from %s: %v, want %s", fields[0], fields[1], got, fields[3])
			}
		}
	}
	if seen < 10_000 {
		t.Errorf("only %d examples", seen)
	}
}

func characters(t *testing.T, list string) []rune {
	var text []rune
	for _, code := range strings.Fields(list) {
		n, err := strconv.ParseUint(code, 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, rune(n))
	}
	return text
}

// outOfBounds reports whether no line of a map can hold a character.
func outOfBounds(r rune) bool {
	properties, _ := bidi.LookupRune(r)
	switch properties.Class() {
	case bidi.B, bidi.S, bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI, bidi.Control:
		return true
	}
	return false
}

// blank reports whether only white space is left, as lines of a map never end.
func blank(text []rune) bool {
	return !slices.ContainsFunc(text, func(r rune) bool {
		properties, _ := bidi.LookupRune(r)
		return properties.Class() != bidi.WS && properties.Class() != bidi.BN
	})
}

func TestOrderOfMixedText(t *testing.T) {
	ts := typesetter{newMeasurer()}
	for _, c := range []struct {
		text string
		rtl  bool
		want string // from left to right, brackets as they were written
	}{
		{"abc", false, "abc"},
		{"هاتف", true, "فتاه"},
		{"abc هاتف 12 abc", false, "abc 12 فتاه abc"},
		{"Call هاتف 12 خط now", false, "Call طخ 12 فتاه now"},
		{"هاتف 12abc", false, "12 فتاهabc"},
		{"هاتف 12", false, "12 فتاه"},
		{"12 هاتف", false, "12 فتاه"},
		{"هاتف (", false, "فتاه ("},
		{"[a] هاتف {1+2}", false, "[a] }2+1{ فتاه"},
		{"موقع (Website v2.1)", true, ")Website v2.1( عقوم"},
		{"خط (v2.1) now", true, "now )v2.1( طخ"},
		{"SMS هاتف 12", true, "12 فتاه SMS"},
		{"راه‌ها", true, "اه\u200cهار"},
		{"هاتف ۱۲٫۵٪ x", true, "x ٪۱۲٫۵ فتاه"},
		{"", true, ""},
	} {
		got := ""
		for _, g := range ts.set(c.text, c.rtl, false).glyphs {
			got += g.says
		}
		if got != c.want {
			t.Errorf("%q from the right %v: %q, want %q", c.text, c.rtl, got, c.want)
		}
	}
}
