package workspace

import (
	"strings"
	"testing"
	"unicode/utf16"
)

func TestFirstKey(t *testing.T) {
	corridors := []string{
		"corridor: 1", "corridor:\n  1", "corridor:", "corridor :\t1", "corridor:1",
		`"corridor": 1`, "'corridor': 1", "  corridor: 1\n  title: x",
		"\xef\xbb\xbfcorridor: 1", "\n\n# رحلة المريض\n   # more\n\ncorridor: 1",
		"%YAML 1.2\n---\ncorridor: 1", "--- # a journey\ncorridor: 1", "--- {corridor: 1}", "---\n---\ncorridor: 1",
		"{corridor: 1, title: x}", "{ \n # comment\n \"corridor\":1}", "{'corridor' : 1}",
		"# CRLF\r\n\r\ncorridor: 1\r\n", "# CR\rcorridor: 1\r",
		"#" + strings.Repeat("x", 4000) + "\ncorridor: 1", inUTF16("corridor: 1\n", false), inUTF16("# عربي\ncorridor: 1\n", true),
	}
	for _, text := range corridors {
		if !firstKey([]byte(text)) {
			t.Errorf("%.60q is not taken for a corridor", text)
		}
	}
	others := []string{
		"", "\n", "#", "---", "%", "{", "\xef\xbb\xbf", "\xff\xfe", "corridor", "corridors: 1", "Corridor: 1", "corridor 1: x", "corridor:x", "corridor-x: 1", `"corridor`, `"corridor" 1`,
		"title: x\ncorridor: 1", "- corridor: 1", "[corridor: 1]", "# corridor: 1", "corridor\n: 1", "---corridor: 1", "x: {corridor: 1}", "{x: 1, corridor: 1}", "…corridor: 1",
	}
	for _, text := range others {
		if firstKey([]byte(text)) {
			t.Errorf("%.60q is taken for a corridor", text)
		}
	}
}

func inUTF16(text string, bigEndian bool) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		pair := []byte{byte(unit), byte(unit >> 8)}
		if bigEndian {
			pair[0], pair[1] = pair[1], pair[0]
		}
		out = append(out, pair...)
	}
	return string(out)
}

func FuzzFirstKey(f *testing.F) {
	f.Add([]byte("%YAML 1.2\n--- # x\n{ 'corridor' : 1}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if !firstKey(text) {
			return
		}
		if !strings.Contains(strings.ReplaceAll(string(text), "\x00", ""), "corridor") {
			t.Errorf("%q is taken for a corridor", text)
		}
	})
}
