package rule

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

var missingTranslation = judgement("words", "missing-translation", finding.Note,
	"a text is missing in a language that other texts have", checkMissingTranslation)

// checkMissingTranslation tells of each language once, however many texts are
// missing in it.
func checkMissingTranslation(p *Pass) {
	if p.Journey.Library() {
		return
	}
	used := tonguesOf(p.Journey)
	for i := range used {
		p.reportUntranslated(&used[i])
	}
}

// tongue is a language that texts of a file are in.
type tongue struct {
	tag     string
	first   source.Span // of a text in it
	missing []lacking
}

// lacking is a text that is missing in a language.
type lacking struct {
	span source.Span
	at   trail
}

// mostTongues is how many languages are looked at: those who read a file read
// fewer.
const mostTongues = 40

// tonguesOf returns the languages of a file whose texts are translated, with
// the texts that are missing in each.
func tonguesOf(j *model.Journey) []tongue {
	s := survey{}
	reading(s.note).document(j.Document)
	// A text without a language is in that of the file. As long as most are
	// so, nobody means to translate them.
	mostly := s.translated > s.plain
	if mostly && s.plain > 0 {
		s.used = withTongue(s.used, j.Language, s.firstPlain)
	}
	if len(s.used) < 2 {
		return nil
	}
	reading(func(t *model.Text, at trail) {
		if len(t.Translations) > 0 || mostly {
			lack(s.used, t, at, j.Language)
		}
	}).document(j.Document)
	return s.used
}

// survey is how the texts of a file are written.
type survey struct {
	translated, plain int
	firstPlain        source.Span
	used              []tongue
}

func (s *survey) note(t *model.Text, _ trail) {
	if len(t.Translations) == 0 {
		if s.plain++; s.plain == 1 {
			s.firstPlain = t.Span
		}
		return
	}
	s.translated++
	for i := range t.Translations {
		s.used = withTongue(s.used, t.Translations[i].Language.Value, t.Translations[i].Text.Span)
	}
}

// withTongue adds a language, unless one of the same is there.
func withTongue(used []tongue, tag string, at source.Span) []tongue {
	if len(used) >= mostTongues || slices.ContainsFunc(used, func(u tongue) bool { return model.Meets(u.tag, tag) }) {
		return used
	}
	return append(used, tongue{tag: tag, first: at})
}

// lack notes a text with each language that it is missing in.
func lack(used []tongue, t *model.Text, at trail, language string) {
	for i := range used {
		u := &used[i]
		has := len(t.Translations) == 0 && model.Meets(u.tag, language) ||
			slices.ContainsFunc(t.Translations, func(tr model.Translation) bool { return model.Meets(u.tag, tr.Language.Value) })
		if !has {
			u.missing = append(u.missing, lacking{t.Span, at})
		}
	}
}

func (p *Pass) reportUntranslated(u *tongue) {
	if len(u.missing) == 0 {
		return
	}
	slices.SortStableFunc(u.missing, func(a, b lacking) int { return cmp.Compare(a.span.Start, b.span.Start) })
	texts := "one text is"
	if len(u.missing) > 1 {
		texts = fmt.Sprintf("%d texts are", len(u.missing))
	}
	f := finding.Finding{
		Span: u.missing[0].span, Subject: u.missing[0].at.String() + "." + u.tag,
		Message: fmt.Sprintf("%s missing in %s, in which others can be read: %s", texts, finding.Quote(u.tag),
			listOf(len(u.missing), func(i int) string { return u.missing[i].at.String() }, "and")),
		Help:    fmt.Sprintf("Add the text in %s to each; if nobody reads that language here, take it out where it stands.", finding.Quote(u.tag)),
		Related: []finding.Related{{Span: u.first, Message: finding.Quote(u.tag) + " is used here"}},
	}
	for _, m := range u.missing[1:min(len(u.missing), listed)] {
		f.Related = append(f.Related, finding.Related{Span: m.span, Message: finding.Quote(u.tag) + " is missing here too"})
	}
	p.report(f)
}
