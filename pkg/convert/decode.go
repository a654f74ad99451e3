package convert

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"

	"github.com/customer-corridor/corridor/pkg/source"
)

// The encodings that a text is told to be in where it does not say so itself.
const (
	decodeArabic  = "Windows-1256"
	decodeWestern = "Windows-1252"
)

// decodeText makes UTF-8 of a text that people saved with an office program or
// an editor: UTF-8, UTF-16 with a byte order mark or with the zeros that plain
// letters have there, else a Windows code page. A code page says nothing of
// itself, so it is told by the letters, and its name is returned as guessed. A
// byte order mark is taken off, as no editor counts it. What is none of these,
// such as a picture, is returned as it is.
func decodeText(data []byte) (text []byte, guessed string) {
	if text, ok := decodeUTF16(data); ok {
		return text, ""
	}
	data = bytes.TrimPrefix(data, source.BOM)
	if utf8.Valid(data) || !decodeReadable(data) || decodeBroken(data) {
		return data, ""
	}
	votes := decodeVotes(data)
	switch {
	case votes.arabic > votes.western+votes.foreign && 2*votes.frequent > votes.arabic:
		return decodeBy(charmap.Windows1256, data), decodeArabic
	case votes.western >= votes.foreign+votes.arabic && decodeIsWestern(data):
		return decodeBy(charmap.Windows1252, data), decodeWestern
	}
	return data, ""
}

// decodeXML makes UTF-8 of an XML document, by its byte order mark, else by
// the encoding that it declares. The declaration stays in the text: who reads
// on must not believe it any more. What is UTF-8 whatever it declares, as
// programs write that convert a text and forget its first line, and what is
// declared to be in an unknown encoding, is returned as it is.
func decodeXML(data []byte) (text []byte, guessed string) {
	if text, ok := decodeUTF16(data); ok {
		return text, ""
	}
	data = bytes.TrimPrefix(data, source.BOM)
	declared := decodeDeclared.FindSubmatch(data[:min(len(data), 1024)])
	if declared == nil || utf8.Valid(data) {
		return data, ""
	}
	e, err := ianaindex.IANA.Encoding(string(declared[1]))
	if err != nil || e == nil || strings.HasPrefix(strings.ToLower(string(declared[1])), "utf") {
		return data, ""
	}
	return decodeBy(e, data), ""
}

var decodeDeclared = regexp.MustCompile(`^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)

// decodeBy decodes a text; as it is where that fails.
func decodeBy(e encoding.Encoding, data []byte) []byte {
	text, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return data
	}
	return text
}

// decodeUTF16 decodes a text that has the byte order mark of UTF-16, or of
// which every second byte is as often zero as in no other text. UTF-32, which
// begins alike, is none.
func decodeUTF16(data []byte) ([]byte, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe\x00\x00")):
		return nil, false
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return decodeBy(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), data[2:]), true
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decodeBy(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), data[2:]), true
	}
	order, ok := decodeOrder(data)
	if !ok {
		return nil, false
	}
	text := decodeBy(unicode.UTF16(order, unicode.IgnoreBOM), data)
	return text, decodeReadable(text) && !bytes.ContainsRune(text, utf8.RuneError)
}

// decodeOrder tells the byte order of UTF-16 without a mark by the zeros of
// its spaces, separators, digits and line breaks, which all scripts share.
func decodeOrder(data []byte) (unicode.Endianness, bool) {
	data = data[:min(len(data), 64<<10)&^1]
	if bytes.IndexByte(data, 0) < 0 { // as nearly always
		return unicode.BigEndian, false
	}
	var zeros [2]int
	for i := 0; i+1 < len(data); i += 2 {
		for side := range zeros {
			if data[i+side] == 0 && data[i+1-side] != 0 && data[i+1-side] < utf8.RuneSelf {
				zeros[side]++
			}
		}
	}
	enough := len(data) / 40 // a twentieth of the characters
	switch {
	case zeros[1] > 10*zeros[0] && zeros[1] >= enough:
		return unicode.LittleEndian, true
	case zeros[0] > 10*zeros[1] && zeros[0] >= enough:
		return unicode.BigEndian, true
	}
	return unicode.BigEndian, false
}

// decodeReadable reports whether a text has no byte that programs write and
// people do not, as pictures and archives have.
func decodeReadable(data []byte) bool {
	for _, c := range data {
		if c < ' ' && !(c >= '\t' && c <= '\r') && c != 0x1a { // DOS ended texts with 1a
			return false
		}
	}
	return true
}

// votes say what the words of a text speak for: how many of its letters
// beyond ASCII stand in Arabic words, in words together with ASCII letters, and
// in words that are neither, and how many of the Arabic ones are the letters
// that every other letter of Arabic and Persian is.
type votes struct{ arabic, frequent, western, foreign int }

// decodeVotes counts letters. Arabic words have no Latin letter, western ones
// rarely two in a row that are not ASCII; frequency tells Arabic from what
// fills words likewise, such as Cyrillic.
func decodeVotes(data []byte) (v votes) {
	for len(data) > 0 {
		n := 0
		for n < len(data) && decodeLetter(data[n]) {
			n++
		}
		v.count(data[:n])
		data = data[max(n, 1):]
	}
	return v
}

// decodeLetter reports whether a byte is a letter in ASCII or may be one in a
// code page.
func decodeLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0xc0 || decodePersian[c]
}

// decodePersian are letters of Windows-1256 that stand where western code
// pages have signs: پ چ ژ ک گ.
var decodePersian = [256]bool{0x81: true, 0x8d: true, 0x8e: true, 0x90: true, 0x98: true}

// decodeFrequent are ا ب ة ت د ر ل م ن ه و ي in Windows-1256: three of four
// letters of Arabic and Persian texts.
var decodeFrequent = [256]bool{
	0xc7: true, 0xc8: true, 0xc9: true, 0xca: true, 0xcf: true, 0xd1: true,
	0xe1: true, 0xe3: true, 0xe4: true, 0xe5: true, 0xe6: true, 0xed: true,
}

// decodeLatin are the bytes that are the same Latin letters in Windows-1256 as
// in Windows-1252: à â ç è é ê ë î ï ô ù û ü.
var decodeLatin = [256]bool{
	0xe0: true, 0xe2: true, 0xe7: true, 0xe8: true, 0xe9: true, 0xea: true, 0xeb: true,
	0xee: true, 0xef: true, 0xf4: true, 0xf9: true, 0xfb: true, 0xfc: true,
}

// count adds the vote of a word. A letter by itself may be of any language: à
// and و.
func (v *votes) count(word []byte) {
	ascii, latin, frequent := 0, 0, 0
	for _, c := range word {
		switch {
		case c < utf8.RuneSelf:
			ascii++
		case decodeLatin[c]:
			latin++
		case decodeFrequent[c]:
			frequent++
		}
	}
	switch high := len(word) - ascii; {
	case ascii > 0:
		v.western += high
	case high < 2:
	case latin > 0:
		v.foreign += high
	default:
		v.arabic += high
		v.frequent += frequent
	}
}

// decodeIsWestern reports whether Windows-1252 has a character for each byte.
func decodeIsWestern(data []byte) bool {
	for _, c := range data {
		if c == 0x81 || c == 0x8d || c == 0x8f || c == 0x90 || c == 0x9d {
			return false
		}
	}
	return true
}

// decodeBroken reports whether a text is UTF-8 but for a few broken
// characters: by chance no code page makes up more characters of UTF-8 than
// bytes that are none.
func decodeBroken(data []byte) bool {
	whole, broken := 0, 0
	for len(data) > 0 {
		c, n := utf8.DecodeRune(data)
		switch {
		case n > 1:
			whole++
		case c == utf8.RuneError:
			broken++
		}
		data = data[n:]
	}
	return whole > broken
}

// guessed notes that the encoding of the file was guessed, at the first letter
// that would be another one in another encoding.
func (f *flow) guessed(encoding string) {
	if encoding == "" {
		return
	}
	at := bytes.IndexFunc(f.file.Text, func(c rune) bool { return c >= utf8.RuneSelf })
	if at < 0 {
		return
	}
	_, n := utf8.DecodeRune(f.file.Text[at:])
	f.lose(source.Span{File: f.file, Start: at, End: at + n}, "encoding",
		"the file does not say how its letters are saved; they are read as "+encoding,
		"Where letters look wrong, save the file as UTF-8 and import it again.")
}
