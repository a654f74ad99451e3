package syntax

import (
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// language reads a language tag, checked for the form of BCP 47 (RFC 5646,
// section 2.1), not against the registry.
var language = scalar(textTags, "a language tag", "en",
	schema{"type": "string", "maxLength": MaxNameLength, "pattern": `^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$`}, parseLanguage, asIs)

// IsLanguage reports whether a text has the form of a language tag.
func IsLanguage(s string) bool {
	_, err := parseLanguage(s)
	return err == nil
}

func parseLanguage(s string) (string, error) {
	first, rest, more := strings.Cut(s, "-")
	ok := len(s) <= MaxNameLength && len(first) >= 2 && len(first) <= 3 && strings.IndexFunc(first, notLetter) < 0
	for ok && more {
		var part string
		part, rest, more = strings.Cut(rest, "-")
		ok = len(part) >= 1 && len(part) <= 8 && strings.IndexFunc(part, notLetterOrDigit) < 0
	}
	if !ok {
		return "", problem{finding.Quote(s) + " is not a language tag", "Write a code such as `en`, `ar`, `fa` or `pt-BR`."}
	}
	return s, nil
}

func notLetter(c rune) bool { return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') }

func notLetterOrDigit(c rune) bool { return notLetter(c) && !(c >= '0' && c <= '9') }
