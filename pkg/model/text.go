package model

import (
	"strings"

	"github.com/customer-corridor/corridor/pkg/source"
)

// Text is what people read: one string, or one per language.
type Text struct {
	Span         source.Span
	Plain        string        // the string where there are no translations
	Translations []Translation // in the order of the file
}

// Translation is a text in one language.
type Translation struct {
	Language source.Spanned[string] // BCP 47
	Text     source.Spanned[string]
}

// Empty reports whether nothing is said.
func (t Text) Empty() bool { return t.Plain == "" && len(t.Translations) == 0 }

// In returns the text in the wanted language: the same tag, else one that
// meets it (see Meets), else the first.
func (t Text) In(language string) string {
	if len(t.Translations) == 0 {
		return t.Plain
	}
	for _, tr := range t.Translations {
		if strings.EqualFold(tr.Language.Value, language) {
			return tr.Text.Value
		}
	}
	for _, tr := range t.Translations {
		if Meets(tr.Language.Value, language) {
			return tr.Text.Value
		}
	}
	return t.Translations[0].Text.Value
}

// Label returns the name of a thing in the wanted language; without a name
// it is the id with hyphens as spaces.
func (d Definition) Label(language string) string {
	if d.Name.Empty() {
		return strings.ReplaceAll(d.ID.Value, "-", " ")
	}
	return d.Name.In(language)
}

// Meets reports whether two language tags have a language in common: they
// are equal, or one is the other cut at a hyphen, ignoring case.
func Meets(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) > 0 && strings.EqualFold(a, b[:len(a)]) && (len(a) == len(b) || b[len(a)] == '-')
}

// RightToLeft reports whether a language is written from right to left.
func RightToLeft(language string) bool {
	base, rest, _ := strings.Cut(strings.ToLower(language), "-")
	for _, script := range strings.Split(rest, "-") {
		switch script {
		case "arab", "hebr", "thaa", "syrc", "nkoo", "adlm", "rohg", "mand", "samr":
			return true
		case "latn", "cyrl":
			return false
		}
	}
	switch base {
	case "ar", "fa", "he", "iw", "ur", "yi", "ji", "ps", "sd", "ug", "dv", "ckb", "syr", "nqo", "arc", "prs", "azb", "lrc", "mzn", "glk", "bal", "rhg", "ary", "arz", "pnb":
		return true
	}
	return false
}
