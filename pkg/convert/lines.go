package convert

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// lines builds the flow of a format that tells one step after another, with
// short ways beside them. What is added comes after what was added last.
type lines struct {
	*flow
	keys        ids
	stages      linesNames
	customers   linesNames
	departments linesNames
	last        int // the node that the way has come to; -1 before the start
	count       int // of steps, so far
}

// linesMostSteps is how many steps a journey may have: far more than anybody
// has drawn, and few enough for all that is asked about them.
const linesMostSteps = 20_000

func newLines(file *source.File) *lines {
	return &lines{flow: newFlow(file), keys: ids{}, last: -1}
}

// linesNames are the things of one kind that a file names by their words: the
// same words are the same thing.
type linesNames struct {
	taken ids
	known map[string]string
}

// id returns the id of words, and whether they are new.
func (n *linesNames) id(words string) (id string, known bool) {
	id, known = n.known[linesFold(words)]
	return id, known
}

// define makes the definition of words that are new.
func (n *linesNames) define(words source.Spanned[string], fallback string) model.Definition {
	if n.taken == nil {
		n.taken, n.known = ids{}, map[string]string{}
	}
	d := n.taken.define(words, fallback, words.Span)
	n.known[linesFold(words.Value)] = d.ID.Value
	return d
}

// linesFold makes words equal that differ in case and spaces only.
func linesFold(words string) string {
	return strings.ToLower(strings.Join(strings.Fields(words), " "))
}

// stage returns the name of a stage, which it defines where it is new.
func (l *lines) stage(words source.Spanned[string]) model.Name {
	id, known := l.stages.id(words.Value)
	if !known {
		id = l.newStage(words).Value
	}
	return model.Name{Value: id, Span: words.Span}
}

// newStage defines a stage, even where there is one of these words already.
func (l *lines) newStage(words source.Spanned[string]) model.Name {
	d := l.stages.define(words, "stage")
	l.doc.Stages = append(l.doc.Stages, &model.Stage{Definition: d})
	return d.ID
}

// customer returns the name of a customer, which it defines where it is new.
func (l *lines) customer(words source.Spanned[string]) model.Name {
	id, known := l.customers.id(words.Value)
	if !known {
		d := l.customers.define(words, "visitor")
		l.doc.Customers = append(l.doc.Customers, &model.Customer{Definition: d})
		id = d.ID.Value
	}
	return model.Name{Value: id, Span: words.Span}
}

// department returns the name of a department, which it defines where it is
// new.
func (l *lines) department(words source.Spanned[string]) model.Name {
	id, known := l.departments.id(words.Value)
	if !known {
		d := l.departments.define(words, "department")
		l.doc.Departments = append(l.doc.Departments, &model.Department{Definition: d})
		id = d.ID.Value
	}
	return model.Name{Value: id, Span: words.Span}
}

// add adds a node after the last one and returns its number.
func (l *lines) add(n node) int {
	at := l.node(n)
	if l.last >= 0 {
		l.edge(edge{from: l.last, to: at, span: n.span})
	}
	l.last = at
	return at
}

// begin adds the start.
func (l *lines) begin(at source.Span) {
	l.add(node{kind: start, key: l.key("start", at), span: at})
}

// finish adds the end.
func (l *lines) finish(at source.Span) {
	l.add(node{kind: end, key: l.key("end", at), span: at})
}

// step adds a step, with the name as that of its touchpoint.
func (l *lines) step(name source.Spanned[string], whole source.Span, t model.Touchpoint) int {
	if l.count++; l.count > linesMostSteps {
		return 0
	}
	t.Span = whole
	if name.Value != "" {
		t.Name = model.Text{Span: name.Span, Plain: name.Value}
	}
	return l.add(node{kind: step, key: l.key(name.Value, whole), name: name, span: whole, touchpoint: t})
}

// done returns what was read, and wrong with it what was found before.
func (l *lines) done(wrong []finding.Finding) (*flow, []finding.Finding) {
	if l.count > linesMostSteps {
		return nil, append(wrong, linesInvalid(source.Span{File: l.file}, fmt.Sprintf("this journey has %d steps; more than %d are not read", l.count, linesMostSteps), "Split it into several journeys.")...)
	}
	return l.flow, wrong
}

// channel returns the built-in channel that words name. Where they name none,
// nothing is known of what customers need there.
func (l *lines) channel(words, step source.Spanned[string]) model.Name {
	id := linesChannel(words.Value)
	if id != "" {
		return model.Name{Value: id, Span: words.Span}
	}
	if words.Value != "" {
		l.bound(words.Span, "nodes."+step.Value, fmt.Sprintf("the channel %s of %s is none that is known, so nothing is asked of customers there", finding.Quote(words.Value), finding.Quote(step.Value)),
			"Define it under `channels`, with what customers need for it.")
	}
	return model.Name{}
}

// key makes a key of words that are no key in the file itself.
func (l *lines) key(words string, at source.Span) string {
	return l.keys.id(source.Spanned[string]{Value: words, Span: at}, "step").Value
}

// either adds ways of which one is walked. Each function adds the steps of one
// way; one that adds none is a way past the others.
func (l *lines) either(at source.Span, ways ...func()) {
	if len(ways) == 1 || l.count > linesMostSteps {
		for _, way := range ways {
			way()
		}
		return
	}
	split := l.add(node{kind: gateway, key: l.key("choice", at), span: at})
	ends := make([]int, len(ways))
	for i, way := range ways {
		l.last = split
		way()
		ends[i] = l.last
	}
	join := l.node(node{kind: gateway, key: l.key("choice-end", at), span: at})
	for _, from := range ends {
		l.edge(edge{from: from, to: join, span: at})
	}
	l.last = join
}

// maybe adds a way that may be passed by.
func (l *lines) maybe(at source.Span, way func()) { l.either(at, way, func() {}) }

// linesLeft gathers what a file says again and again and a corridor cannot
// carry, so that each kind is told once, with all its places.
type linesLeft struct {
	kinds []string
	at    map[string][]source.Span
}

func (left *linesLeft) add(kind string, at source.Span) {
	if left.at == nil {
		left.at = map[string][]source.Span{}
	}
	if left.at[kind] == nil {
		left.kinds = append(left.kinds, kind)
	}
	left.at[kind] = append(left.at[kind], at)
}

// linesMostPlaces is how many places a note of linesLeft names.
const linesMostPlaces = 30

// tell notes each kind at its first place. What says what the kind is.
func (left *linesLeft) tell(f *flow, what func(kind string, times int) (message, help string)) {
	for _, kind := range left.kinds {
		places := left.at[kind]
		message, help := what(kind, len(places))
		var related []finding.Related
		for _, at := range places[1:min(len(places), linesMostPlaces)] {
			words := strings.Trim(strings.Join(strings.Fields(at.Text()), " "), `"`)
			related = append(related, finding.Related{Span: at, Message: "also here: " + finding.Quote(words)})
		}
		f.report(lossyImport, places[0], kind, message, help, related...)
	}
}

// linesKeys is what linesLeft tells of keys that a corridor has nothing for.
func linesKeys(kind string, times int) (message, help string) {
	message = fmt.Sprintf("%s is not carried over: a corridor has no place for it", finding.Quote(kind))
	if times > 1 {
		message = fmt.Sprintf("%s, said %d times, is not carried over: a corridor has no place for it", finding.Quote(kind), times)
	}
	return message, "Keep the original file for it, or put what counts into the `description` of the touchpoint."
}

// linesText makes a text of words.
func linesText(words source.Spanned[string]) model.Text {
	if words.Value == "" {
		return model.Text{}
	}
	return model.Text{Span: words.Span, Plain: words.Value}
}

// linesDescribe adds words to a text, each as a sentence of its own.
func linesDescribe(t *model.Text, more ...source.Spanned[string]) {
	var b strings.Builder
	b.WriteString(t.Plain)
	last, _ := utf8.DecodeLastRuneInString(t.Plain)
	for _, words := range more {
		words.Value = linesPlain(words.Value)
		if words.Value == "" {
			continue
		}
		switch {
		case b.Len() == 0:
			t.Span = words.Span
		case strings.ContainsRune(".!?:;…؟۔؛", last):
			b.WriteByte(' ')
		default:
			b.WriteString(". ")
		}
		b.WriteString(words.Value)
		last, _ = utf8.DecodeLastRuneInString(words.Value)
	}
	t.Plain = b.String()
}

// Tags within a line leave nothing behind, all others a space.
var linesInline = regexp.MustCompile(`(?i)</?(?:a|abbr|b|code|em|i|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>`)

var linesTag = regexp.MustCompile(`<(?:[/!]?[A-Za-z][^<>]*|!--[^<>]*--)>`)

// linesPlain returns what a text with HTML in it says, in one line.
func linesPlain(text string) string {
	if strings.ContainsRune(text, '<') {
		text = linesTag.ReplaceAllString(linesInline.ReplaceAllString(text, ""), " ")
	}
	if strings.ContainsRune(text, '&') {
		text = html.UnescapeString(text)
	}
	return strings.Join(strings.Fields(text), " ")
}

// linesDigits are the digits of Arabic and Persian, and what else numbers are
// written with.
var linesDigits = strings.NewReplacer(
	"٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
	"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9",
	"٫", ".", "−", "-")

var linesDecimal = regexp.MustCompile(`^[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?$`)

// linesNumber reads a number that people write.
func linesNumber(text string) (float64, bool) {
	text = linesDigits.Replace(strings.TrimSpace(text))
	if !linesDecimal.MatchString(text) {
		return 0, false
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}

// linesRating is the score that a customer gives.
func linesRating(score float64, at source.Span) []model.Rating {
	return []model.Rating{{Who: model.Name{Value: "customer", Span: at}, Score: model.Score{Value: score, Span: at}}}
}

// linesInvalid is a finding on a text that cannot be read.
func linesInvalid(at source.Span, message, help string) []finding.Finding {
	return []finding.Finding{{Rule: "invalid-file", Span: at, Message: message, Help: help, Unchecked: true}}
}

// linesUnreadable returns what is wrong with a text as a whole: its size, or
// bytes that are no text.
func linesUnreadable(file *source.File) []finding.Finding {
	at := source.Span{File: file}
	if len(file.Text) > syntax.MaxFileSize {
		return linesInvalid(at, fmt.Sprintf("the file is larger than %d MB, which is more than is read", syntax.MaxFileSize>>20),
			"Split the journey into several files.")
	}
	for text := file.Text; len(text) > 0; {
		c, n := utf8.DecodeRune(text)
		if c == utf8.RuneError && n == 1 || c == 0 {
			at.Start = len(file.Text) - len(text)
			at.End = at.Start + 1
			return linesInvalid(at, fmt.Sprintf("the byte %#x here is not UTF-8 text", text[0]), "Save the file as UTF-8.")
		}
		text = text[n:]
	}
	return nil
}

// linesDecoded is decodeText for those who need only the text.
func linesDecoded(data []byte) []byte {
	text, _ := decodeText(data)
	return text
}

// linesList puts names into a sentence: the first few, and how many more.
func linesList(names []string) string {
	const most = 5
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}

// linesOther returns the entries of a map whose keys are not known.
func linesOther(v *syntax.Value, known ...string) []syntax.Field {
	if v == nil {
		return nil
	}
	var others []syntax.Field
	for _, f := range v.Fields {
		if !slices.Contains(known, f.Key.Value) {
			others = append(others, f)
		}
	}
	return others
}
