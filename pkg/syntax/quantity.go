package syntax

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
)

// The forms of a measure: a number, with a unit where it has one.
var (
	target   = scalar(nameTags+" !!float", "a target", `">= 90%"`, schema{"type": []string{"string", "number"}, "pattern": `^\s*(>=|<=|≥|≤|[<>=])?\s*-?\d`}, parseTarget, printTarget)
	quantity = scalar(nameTags+" !!float", "a number", "82%", schema{"type": []string{"string", "number"}, "pattern": `^-?\d`}, parseQuantity, printQuantity)
)

// bounds are the signs of a target; longer ones come before their beginnings.
var bounds = [...]struct{ sign, op string }{
	{">=", ">="}, {"<=", "<="}, {"≥", ">="}, {"≤", "<="}, {">", ">"}, {"<", "<"}, {"=", "="},
}

// parseTarget reads a bound such as `>= 90%`, `< 3m` or `4.5`, which means
// exactly that.
func parseTarget(s string) (model.Target, error) {
	for _, bound := range bounds {
		if rest, found := strings.CutPrefix(strings.TrimSpace(s), bound.sign); found {
			q, err := parseQuantity(strings.TrimSpace(rest))
			return model.Target{Op: bound.op, Quantity: q}, err
		}
	}
	q, err := parseQuantity(s)
	return model.Target{Op: "=", Quantity: q}, err
}

// parseQuantity reads a number with a unit. A duration becomes seconds.
func parseQuantity(s string) (model.Quantity, error) {
	if d, ok := inUnits(s); ok {
		seconds := d.Seconds()
		if s[0] == '-' {
			seconds = -seconds
		}
		return model.Quantity{Number: seconds, Unit: "s"}, nil
	}
	end := strings.IndexFunc(s, func(c rune) bool { return c != '.' && c != '-' && !(c >= '0' && c <= '9') })
	if end < 0 {
		end = len(s)
	}
	digits, negative := strings.CutPrefix(s[:end], "-")
	f, err := parseDecimal(digits)
	unit := strings.TrimSpace(s[end:])
	if err != nil || strings.IndexFunc(unit, func(c rune) bool { return unicode.IsControl(c) || unicode.IsDigit(c) }) >= 0 {
		return model.Quantity{}, problem{finding.Quote(s) + " is not a number", "Write a number with its unit, such as `90%`, `4.5` or `3m`; a target may start with `>=` or `<=`."}
	}
	if negative {
		f = -f
	}
	return model.Quantity{Number: f, Unit: unit}, nil
}

// inUnits reads a duration, with or without a sign.
func inUnits(s string) (time.Duration, bool) {
	if s == "" || strings.IndexByte("wdhms", s[len(s)-1]) < 0 { // as most: no error need be made
		return 0, false
	}
	d, err := parseDuration(strings.TrimPrefix(s, "-"))
	return d, err == nil
}

// printTarget writes a bound. A number alone means exactly that.
func printTarget(t model.Target) string {
	q := printQuantity(t.Quantity)
	if t.Op == "=" {
		return q
	}
	return t.Op + " " + q
}

// printQuantity writes a number with its unit, in the first form that is read
// as the same: 3m, 90%, 2 calls.
func printQuantity(q model.Quantity) string {
	number := strconv.FormatFloat(q.Number, 'f', -1, 64)
	forms := []string{number + q.Unit, number + " " + q.Unit}
	if strings.ContainsFunc(q.Unit, unicode.IsLetter) {
		slices.Reverse(forms)
	}
	if q.Unit == "s" && math.Abs(q.Number) < maxDuration.Seconds() {
		sign := ""
		if q.Number < 0 {
			sign = "-"
		}
		forms = slices.Insert(forms, 0, sign+printDuration(time.Duration(math.Round(math.Abs(q.Number)*1e9))))
	}
	for _, text := range forms {
		if back, err := parseQuantity(text); err == nil && back == q {
			return text
		}
	}
	return forms[0]
}
