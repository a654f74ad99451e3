package workspace

import (
	"bytes"

	"github.com/customer-corridor/corridor/pkg/source"
)

// sniffed is how much of a file is read to find its first key.
const sniffed = 4 << 10

// firstKey reports whether the first key of a YAML text is `corridor`. Head
// is the beginning of the text; what lies beyond it does not count.
func firstKey(head []byte) bool {
	text := skipToContent(narrow(head))
	if flow, ok := bytes.CutPrefix(text, []byte("{")); ok {
		text = skipToContent(flow)
	}
	for _, key := range []string{`corridor`, `"corridor"`, `'corridor'`} {
		if rest, ok := bytes.CutPrefix(text, []byte(key)); ok {
			return endsKey(bytes.TrimLeft(rest, " \t"), key[0] != 'c')
		}
	}
	return false
}

// endsKey reports whether a text goes on as after a key. A digit may follow
// the colon: `corridor:1` lacks a space, and who wrote it wants to be told.
func endsKey(rest []byte, quoted bool) bool {
	if len(rest) == 0 || rest[0] != ':' {
		return false
	}
	return quoted || len(rest) == 1 || bytes.IndexByte([]byte(" \t\r\n0123456789"), rest[1]) >= 0
}

// narrow returns a text without its byte order mark. Of UTF-16 it keeps what
// is ASCII: such a file is no corridor yet, but its author thinks it is, and
// reading it says how to save it.
func narrow(text []byte) []byte {
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return bytes.ReplaceAll(text[2:], []byte{0}, nil)
	}
	return bytes.TrimPrefix(text, source.BOM)
}

// skipToContent returns a YAML text from its first word on, without blank
// lines, comments, directives and document marks.
func skipToContent(text []byte) []byte {
	for {
		text = bytes.TrimLeft(text, " \t\r\n")
		switch {
		case bytes.HasPrefix(text, []byte("#")), bytes.HasPrefix(text, []byte("%")):
			text = text[lineLength(text):]
		case documentMark(text):
			text = text[len("---"):]
		default:
			return text
		}
	}
}

func lineLength(text []byte) int {
	if end := bytes.IndexAny(text, "\r\n"); end >= 0 {
		return end
	}
	return len(text)
}

func documentMark(text []byte) bool {
	if !bytes.HasPrefix(text, []byte("---")) && !bytes.HasPrefix(text, []byte("...")) {
		return false
	}
	return len(text) == 3 || bytes.IndexByte([]byte(" \t\r\n"), text[3]) >= 0
}
