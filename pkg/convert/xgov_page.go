package convert

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// readPage reads a page as a step.
func (x *xgovForm) readPage(v *syntax.Value) {
	p := &xgovPage{value: v, path: v.Get("path").Str(), controller: xgovController(v.Get("controller").Str().Value)}
	if v.Kind != syntax.Map || p.path.Value == "" {
		x.lose(v.Span, "pages", "a page without `path` cannot be reached, so it is left out", "Give the page a `path` such as `/your-name`.")
		return
	}
	p.key = x.key(xgovShort(x.pageKey(p)))
	n := node{span: v.Span, key: p.key}
	n.touchpoint.Name, p.name = x.title(p)
	n.name, p.called = p.name, finding.Quote(p.name.Value)
	n.touchpoint.Span = v.Span
	n.touchpoint.Channel = model.Name{Value: "web", Span: p.path.Span}
	n.touchpoint.Requires = x.readFields(p)
	p.node = x.node(n)
	x.pages = append(x.pages, p)
	if first, twice := x.paths[p.path.Value]; twice {
		x.report(lossyImport, p.path.Span, p.subject(), "two pages have the path "+finding.Quote(p.path.Value)+"; only the first is ever shown",
			"Give this page a path of its own.", finding.Related{Span: first.path.Span, Message: "this is the first"})
	} else {
		x.paths[p.path.Value] = p
	}
	x.readController(p)
	x.checkSection(p)
}

// pageKey returns what tells a page apart: the name of its first component,
// which is the same in every language of a form, as its path is not; else its
// path.
func (x *xgovForm) pageKey(p *xgovPage) string {
	for _, c := range p.value.Get("components").Each() {
		if name := c.Get("name").Str().Value; name != "" && x.keys[name] == 0 {
			return name
		}
	}
	return p.path.Value
}

// subject names a page in findings.
func (p *xgovPage) subject() string { return "nodes." + p.key }

// title returns what a page is called: by itself, as the runner does by its
// only question, or by its path. The text is empty where it has but one
// language.
func (x *xgovForm) title(p *xgovPage) (model.Text, source.Spanned[string]) {
	text, plain := x.text(p.value.Get("title"))
	for _, c := range p.value.Get("components").Each() {
		if plain.Value == "" && !slices.Contains(xgovContent, c.Get("type").Str().Value) {
			text, plain = x.text(c.Get("title"))
		}
	}
	if plain.Value == "" {
		words := strings.NewReplacer("-", " ", "/", " ").Replace(p.path.Value)
		plain = source.Spanned[string]{Value: strings.TrimSpace(words), Span: p.path.Span}
	}
	if len(text.Translations) == 0 {
		text = model.Text{}
	}
	return text, plain
}

// xgovController returns the class of a controller, which older forms name by
// its file: ./pages/summary.js is SummaryPageController.
func xgovController(name string) string {
	if path.Ext(name) == "" {
		return name
	}
	stem, _, _ := strings.Cut(path.Base(name), ".")
	var b strings.Builder
	for _, word := range strings.FieldsFunc(stem, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		first, n := utf8.DecodeRuneInString(word)
		b.WriteRune(unicode.ToUpper(first))
		b.WriteString(word[n:])
	}
	return b.String() + "PageController"
}

// xgovSending are the controllers of pages at which a form is sent, whatever
// links they have.
var xgovSending = []string{
	"SummaryPageController", "ConfirmPageController", "CustomSummaryPageController",
	"MagicLinkSubmissionPageController", "MagicLinkFirstSubmitPageController", "MagicLinkSecondSubmitPageController",
}

// xgovPlain are the controllers that change how a page looks or what it
// checks, and neither what follows it nor what it takes.
var xgovPlain = []string{
	"", "PageController", "PageControllerBase", "StartPageController", "HomePageController", "ContinuePageController",
	"DobPageController", "StartDatePageController", "DateComparisonPageController", "MiniSummaryPageController",
	"UploadPageController", "PlaybackUploadPageController", "FindAnAddressPageController", "SelectAnAddressPageController",
	"AddressLookupPageController", "MultiStartPageController", "MultiPageController",
}

// sends reports whether the form is sent at a page.
func (p *xgovPage) sends() bool { return slices.Contains(xgovSending, p.controller) }

// concludes reports whether a page without links is where a form is done.
func (p *xgovPage) concludes() bool {
	return p.sends() || strings.Contains(p.controller, "Summary") || strings.Contains(p.controller, "Confirm") || strings.Contains(p.controller, "Complete")
}

// readController notes what a page does beside being shown.
func (x *xgovForm) readController(p *xgovPage) {
	at := p.value.Get("controller").Str().Span
	repeats := p.value.Get("repeatField")
	switch {
	case repeats != nil && repeats.Text != "":
		at = repeats.Span
		fallthrough
	case strings.HasPrefix(p.controller, "Repeating"):
		x.lose(at, p.subject(), p.called+" can be filled in several times (add another); it is carried as one step", "")
	case p.concludes() || slices.Contains(xgovPlain, p.controller):
	case !x.known["controller "+p.controller]:
		x.known["controller "+p.controller] = true
		x.lose(at, p.subject(), "what the controller "+finding.Quote(p.controller)+" does is not known; its pages are carried as plain ones",
			"Look at whether it sends customers elsewhere than its `next` says.")
	}
}

// checkSection looks for the section of a page. Sections say under which name
// answers are kept, so nothing hangs on them.
func (x *xgovForm) checkSection(p *xgovPage) {
	section := p.value.Get("section").Str()
	if section.Value == "" || x.sections[section.Value] {
		return
	}
	x.lose(section.Span, p.subject(), "the section "+finding.Quote(section.Value)+" is defined nowhere", "Define it below `sections`, or correct its name.")
}
