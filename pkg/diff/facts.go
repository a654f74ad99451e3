package diff

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/gaps"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// fact is one key of a definition and its value; what is nested has a key with
// dots, such as measures.answer-rate.target.
type fact struct {
	key   string
	same  string // equal for values that mean the same
	shown string // the value, in the words of the file
	kind  factKind
	list  []string // the values of a list
}

type factKind int

const (
	single factKind = iota
	set             // a list whose order says nothing
	way             // a list whose order matters
)

// facts collects what a definition says, in the order of the language.
type facts struct {
	language string // whose texts have no tag in their keys
	all      []fact
}

func (f *facts) add(key, shown string) {
	if shown != "" {
		f.all = append(f.all, fact{key: key, same: shown, shown: shown})
	}
}

// bare adds what is nested and says nothing: since before, nothing was added.
func (f *facts) bare(key string, before int) {
	if len(f.all) == before {
		f.add(key, "{}")
	}
}

func (f *facts) word(key string, v source.Spanned[string]) { f.add(key, v.Value) }

// text adds a text, one fact for each language: a plain text is in that of the
// file.
func (f *facts) text(key string, t model.Text) {
	f.add(key, t.Plain)
	for _, tr := range t.Translations {
		if tag := tr.Language.Value; strings.EqualFold(tag, f.language) {
			f.add(key, tr.Text.Value)
		} else {
			f.add(key+"."+tag, tr.Text.Value)
		}
	}
}

// given adds a switch where the file says a word on it.
func (f *facts) given(key string, v source.Spanned[bool]) {
	if v.Given() {
		f.add(key, strconv.FormatBool(v.Value))
	}
}

// flag adds a switch that is on; to say that it is off says nothing.
func (f *facts) flag(key string, v source.Spanned[bool]) {
	if v.Value {
		f.add(key, "true")
	}
}

func (f *facts) duration(key string, d *model.Duration) {
	if d != nil {
		f.add(key, gaps.Duration(d.Value))
	}
}

func (f *facts) share(key string, v *source.Spanned[float64]) {
	if v != nil {
		f.add(key, percent(v.Value))
	}
}

func (f *facts) score(key string, v *model.Score) {
	if v != nil {
		f.add(key, decimal(v.Value))
	}
}

// percent writes a share as a file does, without what is lost in counting.
func percent(share float64) string { return decimal(math.Round(share*1e10)/1e8) + "%" }

func decimal(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func (f *facts) step(key string, s *model.StepName) {
	if s != nil {
		f.add(key, s.String())
	}
}

// hours are compared by what they mean, and shown as they are written.
func (f *facts) hours(key string, h *model.Hours) {
	if h == nil {
		return
	}
	shown := strings.Trim(strings.Join(strings.Fields(h.Span.Text()), " "), `"'`)
	if shown == "" {
		shown = "off"
	}
	f.all = append(f.all, fact{key: key, same: fmt.Sprint(h.Spans), shown: shown})
}

// names adds a list whose order says nothing; one that is empty is a fact,
// one that is not there is none.
func (f *facts) names(key string, names []source.Spanned[string]) {
	if names != nil {
		f.values(key, set, values(names))
	}
}

func (f *facts) requirements(key string, all []model.Requirement) {
	if all == nil {
		return
	}
	list := make([]string, len(all))
	for i, r := range all {
		list[i] = strings.Join(slices.Sorted(slices.Values(r.AnyOf)), "|")
	}
	f.values(key, set, list)
}

func (f *facts) values(key string, kind factKind, list []string) {
	compared, separator := list, " → "
	if kind == set {
		compared, separator = slices.Compact(slices.Sorted(slices.Values(list))), ", "
	}
	shown := strings.Join(list, separator)
	if shown == "" {
		shown = "[]"
	}
	f.all = append(f.all, fact{key, strings.Join(compared, "\x00") + "\x00", shown, kind, list})
}

func values(names []source.Spanned[string]) []string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = n.Value
	}
	return all
}

func stepNames(names []model.StepName) []string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = n.String()
	}
	return all
}

func quantity(q model.Quantity) string {
	switch {
	case q.Unit == "s" && q.Number >= 0:
		return gaps.Duration(time.Duration(q.Number * float64(time.Second)))
	case q.Unit == "s":
		return "-" + gaps.Duration(time.Duration(-q.Number*float64(time.Second)))
	case q.Unit == "" || q.Unit == "%":
		return decimal(q.Number) + q.Unit
	}
	return decimal(q.Number) + " " + q.Unit
}
