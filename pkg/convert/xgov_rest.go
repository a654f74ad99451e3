package convert

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// xgovWords are the words for what is asked of every form, in the languages of
// forms.
var xgovWords = map[string]struct{ anyone, noPhone, noEmail, cannotUpload, upload string }{
	"en": {"Anyone", "Someone without a phone", "Someone without e-mail", "Someone who cannot send files", "sending a file"},
	"cy": {"Unrhyw un", "Rhywun heb ffôn", "Rhywun heb e-bost", "Rhywun na all anfon ffeiliau", "anfon ffeil"},
}

// readCustomers adds the customers about whom every form is asked, so that all
// forms have the same answers.
func (x *xgovForm) readCustomers() {
	words, at := xgovWords[x.languageOrEnglish()], x.place("name")
	defined := func(id, name string) model.Definition {
		return model.Definition{ID: model.Name{Value: id, Span: at}, Span: at, Name: model.Text{Plain: name, Span: at}}
	}
	for _, c := range []struct{ id, name, lacks string }{
		{"anyone", words.anyone, ""}, {"no-phone", words.noPhone, "phone"},
		{"no-email", words.noEmail, "email"}, {"cannot-upload", words.cannotUpload, "upload"},
	} {
		customer := &model.Customer{Definition: defined(c.id, c.name)}
		if c.lacks != "" {
			customer.Lacks = []model.Name{{Value: c.lacks, Span: at}}
		}
		x.doc.Customers = append(x.doc.Customers, customer)
	}
	x.doc.Capabilities = []*model.Capability{{Definition: defined("upload", words.upload)}}
}

// readRest notes what of a form is no way and no page.
func (x *xgovForm) readRest() {
	if len(x.used) > 0 {
		x.bound(x.place("conditions"), "conditions", "which way is walked depends on answers ("+xgovNames(x.used)+"), which are not looked at: every way is taken to be free",
			"Where an answer leaves a customer no choice, say so with the `customers` of the path.")
	}
	if x.questions > 0 {
		x.lose(x.place("pages"), "pages", "what the form asks ("+strconv.Itoa(x.questions)+" in all) is not carried one by one, but as pages and what it takes to fill them in", "")
	}
	x.readFees()
	for _, s := range xgovNotes {
		if v := x.root.Get(s.key); !xgovEmpty(v) {
			x.lose(x.place(s.key), s.key, s.message, s.help)
		}
	}
	x.readSettings()
}

// xgovNotes are what else counts for a customer.
var xgovNotes = []struct{ key, message, help string }{
	{"declaration", "what the customer must declare before the form is sent is not carried", ""},
	{"outputs", "where the answers are sent is not carried", "Add the departments that work with them, with what they do, as `backstage`."},
	{"exitOptions", "that the form can be saved and continued later is not carried", ""},
	{"feedback", "the way to give feedback is not carried", ""},
	{"specialPages", "what is shown after the form was sent is not carried", ""},
}

// xgovEmpty reports whether a value says nothing: it is empty, or all in it is.
func xgovEmpty(v *syntax.Value) bool {
	if v == nil {
		return true
	}
	switch v.Kind {
	case syntax.Map:
		return !slices.ContainsFunc(v.Fields, func(f syntax.Field) bool { return !xgovEmpty(f.Value) })
	case syntax.List:
		return len(v.Items) == 0
	}
	return v.Text == "" || v.Text == "false"
}

// xgovNames lists the first of some names.
func xgovNames(names []source.Spanned[string]) string {
	const most = 3
	var list []string
	for i, n := range names {
		if i == most && len(names) > most+1 {
			return strings.Join(list, ", ") + fmt.Sprintf(" and %d more", len(names)-most)
		}
		list = append(list, finding.Quote(n.Value))
	}
	return strings.Join(list, ", ")
}

// readFees reads what the form costs. Unless a form says that it must be, a fee
// need not be paid for the form to be sent.
func (x *xgovForm) readFees() {
	due := x.root.Get("feeOptions").Get("allowSubmissionWithoutPayment")
	must := due != nil && due.Kind == syntax.Boolean && due.Text == "false"
	var required source.Span
	for _, fee := range x.root.Get("fees").Each() {
		amount, depends := fee.Get("amount").Str(), fee.Get("condition").Str().Value != ""
		what := finding.Quote(strings.TrimSpace(fee.Get("description").Str().Value + " " + amount.Value))
		switch {
		case !must:
			x.lose(fee.Span, "fees", "the fee "+what+" is not carried; the form can be sent without it", "")
		case depends:
			x.bound(fee.Span, "fees", "the fee "+what+" is due for some answers, which are not looked at; nobody is taken to need a card for it", "Let the step require `card`, where most customers pay.")
		default:
			required = fee.Span
			x.lose(fee.Span, "fees", "the fee "+what+" is carried as the need of a card, without its amount", "")
		}
	}
	if !required.IsZero() {
		x.requireCard(required)
	}
}

// requireCard lets a card be needed where the form is sent.
func (x *xgovForm) requireCard(at source.Span) {
	for _, p := range x.pages {
		if t := &x.nodes[p.node].touchpoint; p.sends() {
			t.Requires = append(t.Requires, model.Requirement{Span: at, AnyOf: []string{"card"}})
		}
	}
}

// xgovCarried are the keys of a form that are read or noted by themselves.
var xgovCarried = []string{"startPage", "pages", "conditions", "lists", "name", "fees", "feeOptions", "declaration", "outputs", "exitOptions", "feedback", "specialPages"}

// readSettings notes the keys that say nothing of the customer's way.
func (x *xgovForm) readSettings() {
	var left []source.Spanned[string]
	for _, f := range x.root.Fields {
		if f.Key.Value == "metadata" && f.Value.Len() == 1 && f.Value.Get("isWelsh") != nil {
			continue
		}
		if !slices.Contains(xgovCarried, f.Key.Value) && !xgovEmpty(f.Value) {
			left = append(left, source.Spanned[string]{Value: f.Key.Value, Span: f.Key.Span})
		}
	}
	if len(left) > 0 {
		x.lose(left[0].Span, "settings", "settings of the form that say nothing of the customer's way are left out: "+xgovNames(left), "")
	}
}
