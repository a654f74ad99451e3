package syntax

import (
	"strings"
	"testing"

	"github.com/customer-corridor/corridor/pkg/source"
)

// Whoever has a workbook or a drawing is told what to save it as.
func TestPackedFiles(t *testing.T) {
	for begin, want := range map[string]string{
		"PK\x03\x04\xff": "workbook",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00": "old office",
		"%PDF-1.7\n\xd3":                "PDF",
		"\x89PNG\r\n":                   "picture",
		"corridor: 1\ntitle: caf\xe9\n": "not UTF-8",
	} {
		doc, found := Parse(source.New("x", []byte(begin)))
		if doc != nil || len(found) != 1 || !strings.Contains(found[0].Message, want) {
			t.Errorf("%q: %v", begin, found)
		}
	}
}
