package rule

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// appendRead appends what people read in a name, so that two names are equal
// where they would be taken for the same: without case, spaces, punctuation and
// marks that are written or left out at will, and with one form for letters
// that Arabic and Persian keyboards write in two. Only numbers stay apart:
// 1-2 is not 12.
func appendRead(dst []byte, name string) []byte {
	l := likeness{read: dst}
	for i := 0; i < len(name); i++ {
		if name[i] >= utf8.RuneSelf {
			l.unicode(name[i:])
			break
		}
		l.add(readASCII(rune(name[i])))
	}
	return l.read
}

// likeness is what was read so far.
type likeness struct {
	read []byte
	gap  bool // something unread came after it
}

func (l *likeness) add(r rune) {
	switch {
	case r == unread:
		l.gap = true
		return
	case l.gap && digit(r) && len(l.read) > 0 && digit(rune(l.read[len(l.read)-1])):
		l.read = append(l.read, ' ')
	}
	l.read = utf8.AppendRune(l.read, r)
	l.gap = false
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

// unread is in the place of a character that nobody reads.
const unread = -1

func readASCII(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z' || digit(r):
		return r
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r <= ' ' || r == 0x7f || unicode.IsPunct(r):
		return unread
	}
	return r
}

func (l *likeness) unicode(name string) {
	if strings.IndexFunc(name, composite) >= 0 {
		name = norm.NFKC.String(name)
	}
	for _, r := range name {
		switch {
		case r < utf8.RuneSelf:
			l.add(readASCII(r))
		case r >= 0x600 && r < 0x700:
			l.add(readArabic(r))
		case r == 'ß' || r == 'ẞ':
			l.add('s')
			l.add('s')
		default:
			l.add(readOther(r))
		}
	}
}

// composite reports whether a character may stand for others (NFKC). Those of
// ASCII and of the Arabic block do not, but for a few, in text that is NFC.
func composite(r rune) bool {
	return r >= utf8.RuneSelf && (r < 0x600 || r > 0x6ff) || r >= 0x675 && r <= 0x678
}

// readArabic reads a character of the Arabic block as the letter that people
// take it for. The marks above and below letters, the tatweel and punctuation
// are not read.
func readArabic(r rune) rune {
	switch {
	case r >= 'ء' && r <= 'ي' || r >= 0x671 && r <= 0x6d3:
		switch r {
		case 'أ', 'إ', 'آ', 'ٱ':
			return 'ا'
		case 'ى', 'ی':
			return 'ي'
		case 'ک':
			return 'ك'
		case 'ة', 'ۀ':
			return 'ه'
		case 'ـ':
			return unread
		}
		return r
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	case unicode.In(r, unicode.Mn, unicode.Cf) || unicode.IsPunct(r):
		return unread
	}
	return r
}

func readOther(r rune) rune {
	if unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.In(r, unicode.Z, unicode.Cf, unicode.Variation_Selector) || arabicMark(r) {
		return unread
	}
	if r == 'İ' {
		return 'i'
	}
	least := r
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		least = min(least, f)
	}
	return least
}

// arabicMark reports whether a character is one of the further marks of
// Arabic, outside its first block.
func arabicMark(r rune) bool { return r >= 0x8d3 && r <= 0x8ff && unicode.Is(unicode.Mn, r) }

// readAlike reports whether people would take two names for the same.
func readAlike(a, b string) bool {
	return strings.EqualFold(a, b) || string(appendRead(nil, a)) == string(appendRead(nil, b))
}
