package source

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPosition(t *testing.T) {
	f := New("x", []byte("\xef\xbb\xbfab\r\nسلام x\n\n日本\rend"))
	for _, test := range []struct {
		text         string
		line, column int
	}{{"ab", 1, 1}, {"b", 1, 2}, {"سلام", 2, 1}, {"x", 2, 6}, {"日本", 4, 1}, {"本", 4, 2}, {"end", 5, 1}} {
		at := strings.Index(string(f.Text), test.text)
		if got := f.Position(at); got != (Position{test.line, test.column}) {
			t.Errorf("%q: got %v", test.text, got)
		}
	}
	for line, want := range map[int]string{0: "", 1: "ab", 2: "سلام x", 3: "", 4: "日本", 5: "end", 6: ""} {
		if got := f.Line(line); got != want {
			t.Errorf("line %d: got %q, want %q", line, got, want)
		}
	}
	if f.Lines() != 5 || f.Position(1000) != (Position{5, 4}) || f.Position(-1) != (Position{1, 1}) {
		t.Error("the ends of the text are not its ends")
	}
}

// FuzzPosition compares positions with counting from the start.
func FuzzPosition(f *testing.F) {
	f.Add("a\nb", 2)
	f.Add("\r\n\r\r\n", 3)
	f.Add("日\n本", 5)
	f.Fuzz(func(t *testing.T, text string, at int) {
		file := New("x", []byte(text))
		s := string(file.Text)
		if !utf8.ValidString(s) || at < 0 || at > len(s) || at < len(s) && !utf8.RuneStart(s[at]) {
			return
		}
		want := Position{1, 1}
		for i, c := range s {
			if i >= at {
				break
			}
			want.Column++
			if c == '\n' || c == '\r' && (i+1 == len(s) || s[i+1] != '\n') {
				want = Position{want.Line + 1, 1}
			}
		}
		if at > 0 && at < len(s) && s[at] == '\n' && s[at-1] == '\r' {
			return // between CR and LF
		}
		if got := file.Position(at); got != want {
			t.Fatalf("%q at %d: got %v, want %v", s, at, got, want)
		}
	})
}
