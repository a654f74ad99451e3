package syntax

import (
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// share reads a part of a whole: 12% or 0.12.
var share = scalar(nameTags+" !!float", "a part of a whole", "12%",
	schema{"anyOf": []schema{
		{"type": "string", "pattern": `^0*(100(\.0*)?|\d{1,2}(\.\d*)?)\s*%$|^0*(1(\.0*)?|0(\.\d*)?)$`},
		{"type": "number", "minimum": 0, "maximum": 1},
	}}, parseShare, printShare)

func parseShare(s string) (float64, error) {
	digits, percent := strings.CutSuffix(s, "%")
	f, err := parseDecimal(strings.TrimSpace(digits))
	if percent {
		f /= 100
	}
	switch {
	case err != nil:
		return 0, problem{finding.Quote(s) + " is not a share", "Write it as `12%` or `0.12`."}
	case f > 1 && f <= 100 && !percent:
		return 0, problem{finding.Quote(s) + " is more than the whole", "did you mean `" + s + "%`?"}
	case f > 1:
		return 0, problem{finding.Quote(s) + " is more than the whole", "A share is at most `100%`."}
	}
	return f, nil
}

// parseDecimal reads a number without a sign: digits, one point and, as some
// programs write JSON, an exponent; no infinity and nothing hexadecimal.
func parseDecimal(s string) (float64, error) {
	if s == "" || strings.Trim(s, "0123456789.eE+-") != "" || s[0] < '0' || s[0] > '9' {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(s, 64)
}

// printShare writes a share in as few digits as mean the same.
func printShare(f float64) string {
	for digits := range 10 {
		text := strconv.FormatFloat(f*100, 'f', digits, 64) + "%"
		if back, err := parseShare(text); err == nil && back == f {
			return text
		}
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}
