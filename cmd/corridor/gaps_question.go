package main

import (
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/gaps"
	"github.com/customer-corridor/corridor/pkg/model"
)

// question is what is asked of a journey: names that it knows.
type question struct {
	customers, needs []string // none: all
	without          []access.Outage
}

func (q question) wants(customer, need string) bool {
	return (len(q.customers) == 0 || slices.Contains(q.customers, customer)) &&
		(len(q.needs) == 0 || slices.Contains(q.needs, need))
}

// newQuestion checks the names of the flags, and the customer and need to
// explain, if any; a journey's only need may be left out.
func newQuestion(j *model.Journey, opt gapsOptions, explain []string) (question, error) {
	q := question{customers: normal(opt.customers), needs: normal(opt.needs)}
	if len(explain) > 0 {
		customer, need, err := oneCell(j, explain[0], strings.Join(explain[1:], ""))
		if err != nil {
			return q, err
		}
		q.customers, q.needs = []string{customer}, []string{need}
	}
	for _, id := range q.customers {
		if j.Customer(id) == nil {
			return q, unknown("customer", id, customerIDs(j))
		}
	}
	for _, id := range q.needs {
		if j.Need(id) == nil {
			return q, unknown("need", id, needIDs(j))
		}
	}
	var err error
	q.without, err = parseOutages(j, opt.without)
	return q, err
}

// oneCell checks the names of one customer and one need of theirs. What is the
// only one may be left out.
func oneCell(j *model.Journey, customer, need string) (customerID, needID string, err error) {
	customer, need = nfc(strings.TrimSpace(customer)), nfc(strings.TrimSpace(need))
	switch known := customerIDs(j); {
	case customer == "" && len(known) == 1:
		customer = known[0]
	case customer == "":
		return "", "", trouble("name the customer, such as `--customer %s`; there are %s", known[0], strings.Join(known, ", "))
	}
	who := j.Customer(customer)
	if who == nil {
		return "", "", unknown("customer", customer, customerIDs(j))
	}
	theirs := needsOf(j, who)
	switch {
	case need != "" && j.Need(need) == nil:
		return "", "", unknown("need", need, needIDs(j))
	case need != "" && !slices.Contains(theirs, need), len(theirs) == 0:
		return "", "", notTheirs(customer, need, theirs)
	case need == "" && len(theirs) > 1:
		return "", "", trouble("name the need too: %s", strings.Join(theirs, ", "))
	case need == "":
		need = theirs[0]
	}
	return customer, need, nil
}

// needsOf lists the needs of a customer.
func needsOf(j *model.Journey, c *model.Customer) []string {
	var all []string
	for _, n := range j.Needs {
		if access.HasNeed(c, n) {
			all = append(all, n.ID.Value)
		}
	}
	return all
}

// notTheirs says that a customer does not have a need, and which they have.
func notTheirs(customer, need string, theirs []string) error {
	if len(theirs) == 0 {
		return trouble("%q has no need; a need names its customers, or is everyone's who serves nobody", customer)
	}
	return trouble("%q is not a need of %q; theirs: %s", need, customer, strings.Join(theirs, ", "))
}

// completeOutages lets the shell complete the kinds of what can be out.
func completeOutages(c *cobra.Command) {
	var kinds []string
	for _, kind := range outages {
		kinds = append(kinds, kind+":")
	}
	complete(c, "without", kinds...)
}

// normal brings ids into the form in which the file's are compared.
func normal(names []string) []string {
	var all []string
	for _, n := range names {
		all = append(all, nfc(strings.TrimSpace(n)))
	}
	return all
}

func ids[T any](all []*T, id func(*T) model.Name) []string {
	names := make([]string, len(all))
	for i, d := range all {
		names[i] = id(d).Value
	}
	return names
}

func customerIDs(j *model.Journey) []string {
	return ids(j.Customers, func(c *model.Customer) model.Name { return c.ID })
}

func needIDs(j *model.Journey) []string {
	return ids(j.Needs, func(n *model.Need) model.Name { return n.ID })
}

// outages are the kinds of things that can be out.
var outages = []string{"touchpoint", "channel", "department", "capability"}

// parseOutages reads kind:id, and checks both.
func parseOutages(j *model.Journey, words []string) ([]access.Outage, error) {
	known := map[string][]string{
		"touchpoint": ids(j.Touchpoints, func(t *model.Touchpoint) model.Name { return t.ID }),
		"channel":    ids(j.Channels, func(c *model.Channel) model.Name { return c.ID }),
		"department": ids(j.Departments, func(d *model.Department) model.Name { return d.ID }),
		"capability": ids(j.Capabilities, func(c *model.Capability) model.Name { return c.ID }),
	}
	var all []access.Outage
	for _, word := range words {
		kind, id, ok := strings.Cut(word, ":")
		if !ok {
			return nil, trouble("--without %s does not say what kind of thing it is; write %s", word, kindsOf(known, word))
		}
		if known[kind] == nil && !slices.Contains(outages, kind) {
			return nil, unknown("kind of outage", kind, outages)
		}
		id = nfc(strings.TrimSpace(id))
		if !slices.Contains(known[kind], id) {
			return nil, unknownOutage(known, kind, id)
		}
		all = append(all, access.Outage{Kind: kind, ID: id})
	}
	return all, nil
}

// kindsOf suggests how to write an outage whose kind was left out.
func kindsOf(known map[string][]string, id string) string {
	for _, kind := range outages {
		if slices.Contains(known[kind], nfc(id)) {
			return "`--without " + kind + ":" + id + "`"
		}
	}
	return "one of " + strings.Join(outages, ", ") + " before it, such as `--without channel:phone`"
}

// unknownOutage reports a name that is none of its kind; it may be one of
// another kind.
func unknownOutage(known map[string][]string, kind, id string) error {
	for _, other := range outages {
		if slices.Contains(known[other], id) {
			return trouble("there is no %s %q; did you mean %q?", kind, id, other+":"+id)
		}
	}
	if near := finding.Nearest(id, known[kind]); near != "" {
		return trouble("there is no %s %q; did you mean %q?", kind, id, near)
	}
	if len(known[kind]) == 0 {
		return trouble("there is no %s %q; the file names none", kind, id)
	}
	return trouble("there is no %s %q; there are %s", kind, id, strings.Join(known[kind], ", "))
}

// parseAt reads a moment of the week; -1 without one.
func parseAt(s string) (int, error) {
	if s == "" {
		return -1, nil
	}
	minute, ok := gaps.ParseMoment(s)
	if !ok {
		return 0, trouble("%q is not a moment of the week; write a day (Mo, Tu, We, Th, Fr, Sa, Su) and a time, such as `--at \"Tu 22:30\"`", s)
	}
	return minute, nil
}

// parseMinScore reads a share: 95% or 0.95; 0 without one.
func parseMinScore(s string) (float64, error) {
	if s == "" {
		return 0, nil
	}
	digits, percent := strings.CutSuffix(s, "%")
	n, err := strconv.ParseFloat(digits, 64)
	if percent {
		n /= 100
	}
	if err != nil || !(n >= 0 && n <= 1) {
		return 0, trouble("--min-score is a share from 0%% to 100%%, such as `--min-score 95%%`, not %q", s)
	}
	return n, nil
}

// fileOf tells the file from the customer and the need, whichever comes first:
// `gaps FILE --explain CUSTOMER NEED` or `gaps --explain CUSTOMER NEED FILE`.
func fileOf(args []string) (name string, whom []string) {
	last := len(args) - 1
	if !isThere(args[0]) && isThere(args[last]) {
		return args[last], args[:last]
	}
	return args[0], args[1:]
}

func isThere(name string) bool {
	_, err := os.Stat(name)
	return err == nil || name == "-"
}
