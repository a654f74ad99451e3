package convert

import "bytes"

// xgovIs reports whether a text is a form, by the keys of its outermost
// braces. It reads no values, and each byte once.
func xgovIs(data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(data) == 0 || data[0] != '{' {
		return false
	}
	var s xgovScan
	s.scan(data)
	return s.pages && (s.start || s.path && s.others)
}

// xgovScan is what was found of a form.
type xgovScan struct {
	depth  int
	within string // the outermost key that is being read
	pages  bool   // there is a list of pages
	path   bool   // one of the pages has a path
	start  bool
	others bool // conditions or lists
}

func (s *xgovScan) scan(data []byte) {
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '{', '[':
			s.depth++
		case '}', ']':
			if s.depth--; s.depth == 0 {
				return
			}
		case '"':
			end := xgovQuoted(data, i)
			if s.depth == 1 || s.depth == 3 && s.within == "pages" {
				s.key(string(data[i+1:max(i+1, min(end-1, i+20))]), bytes.TrimLeft(data[end:], " \t\r\n"))
			}
			i = end - 1
		}
	}
}

// key notes a key; rest is what follows it. A text that no colon follows is no
// key.
func (s *xgovScan) key(key string, rest []byte) {
	if len(rest) == 0 || rest[0] != ':' {
		return
	}
	if s.depth == 3 {
		s.path = s.path || key == "path"
		return
	}
	s.within = key
	switch rest = bytes.TrimLeft(rest[1:], " \t\r\n"); key {
	case "pages":
		s.pages = len(rest) > 0 && rest[0] == '['
	case "startPage":
		s.start = true
	case "conditions", "lists":
		s.others = true
	}
}

// xgovQuoted returns the offset after the quote that closes the one at i.
func xgovQuoted(data []byte, i int) int {
	for i++; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(data)
}
