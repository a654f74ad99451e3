package syntax

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestComposed holds the characters that need no look to the tables of
// Unicode: each stays as it is, by itself and behind and before any other of
// them that could join it.
func TestComposed(t *testing.T) {
	for c := range rune(0x3000) {
		if !composed(c) {
			continue
		}
		p := norm.NFC.PropertiesString(string(c))
		if !norm.NFC.IsNormalString(string(c)) || p.CCC() != 0 || !p.BoundaryBefore() {
			t.Errorf("U+%04X is not safe to leave as it is", c)
		}
	}
	for _, text := range []string{"a\u0301", "ا\u0653", "e\u0301é", "يِ", "\u212B", "한"} {
		if nfc(text) != norm.NFC.String(text) {
			t.Errorf("%q is not brought into form NFC", text)
		}
	}
}
