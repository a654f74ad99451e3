package syntax

import (
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// language reads a language tag, checked for the form of BCP 47 (RFC 5646,
// section 2.1), not against the registry.
var language = scalar(textTags, "a language tag", "en",
	schema{"type": "string", "pattern": `^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`}, parseLanguage)

// IsLanguage reports whether a text has the form of a language tag.
func IsLanguage(s string) bool {
	_, err := parseLanguage(s)
	return err == nil
}

func parseLanguage(s string) (string, error) {
	parts := strings.Split(s, "-")
	ok := len(parts[0]) >= 2 && len(parts[0]) <= 3 && strings.IndexFunc(parts[0], notLetter) < 0
	for _, p := range parts[1:] {
		ok = ok && len(p) >= 1 && len(p) <= 8 && strings.IndexFunc(p, notLetterOrDigit) < 0
	}
	if !ok {
		return "", problem{finding.Quote(s) + " is not a language tag", "Write a code such as `en`, `ar`, `fa` or `pt-BR`."}
	}
	return s, nil
}

func notLetter(c rune) bool { return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') }

func notLetterOrDigit(c rune) bool { return notLetter(c) && !(c >= '0' && c <= '9') }
