package convert

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// longestID is how many code points an id that is made has at most: as many
// as can be read at a glance.
const longestID = 40

// ids makes the ids of one name space, each once.
type ids map[string]bool

// id returns an id for words that people read: in small letters, with hyphens
// for what is no letter or digit, cut at a word. Where nothing is left of the
// words, it is made of the fallback. Its place is that of the words.
func (taken ids) id(words source.Spanned[string], fallback string) model.Name {
	stem := slug(words.Value)
	if stem == "" {
		stem = slug(fallback)
	}
	if stem == "" {
		stem = "step"
	}
	id := stem
	if taken[id] || slices.Contains(model.Reserved, id) {
		id = stem + "-" + strconv.Itoa(taken.next(stem))
	}
	taken[id] = true
	return model.Name{Value: id, Span: words.Span}
}

// next returns a number that a stem does not have yet, from 2: mostly the
// least. It tries few of them, as a file may use one name a hundred thousand
// times.
func (taken ids) next(stem string) int {
	free := func(n int) bool { return !taken[stem+"-"+strconv.Itoa(n)] }
	low, high := 1, 2 // low is taken
	for !free(high) {
		low, high = high, 2*high
	}
	for high-low > 1 {
		if middle := (low + high) / 2; free(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}

// slug makes words into an id.
func slug(words string) string {
	var b strings.Builder
	length, gap := 0, false
	for _, c := range norm.NFC.String(strings.ToLower(words)) {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) && b.Len() > 0 && !gap || c == '_':
			if gap && b.Len() > 0 {
				if length >= longestID-8 {
					return b.String()
				}
				b.WriteByte('-')
				length++
			}
			gap = false
			if length++; length > longestID {
				return b.String()
			}
			b.WriteRune(c)
		case c == '\'' || c == '’': // it's → its
		default:
			gap = true
		}
	}
	return b.String()
}

// define makes what every defined thing has of words that people read. The
// name is kept where the id does not say the same.
func (taken ids) define(words source.Spanned[string], fallback string, whole source.Span) model.Definition {
	d := model.Definition{ID: taken.id(words, fallback), Span: whole}
	if words.Value != "" && strings.ReplaceAll(d.ID.Value, "-", " ") != words.Value {
		d.Name = model.Text{Span: words.Span, Plain: words.Value}
	}
	return d
}
