package convert

import (
	"bytes"
	"fmt"
	"html"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// mermaid reads user journeys as Mermaid's journey.jison does, and what people
// write beside it: a task without a score, `;` between statements. In Markdown
// it reads the first fenced block with such a diagram.
var mermaid = Format{
	Name: "mermaid", Title: "Mermaid journey diagram", Endings: []string{".mmd", ".mermaid"},
	detect: mermaidDetect, read: mermaidRead, decode: decodeText,
}

// mermaidMostLooked is how much of a text is looked at to tell what it is.
const mermaidMostLooked = 64 << 10

func mermaidDetect(name string, data []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".mmd", ".mermaid":
		return true
	case ".csv", ".tsv": // a sheet may have one column called journey
		return false
	case ".md", ".markdown", ".mdx", ".qmd", ".rmd":
		text := linesDecoded(data[:min(len(data), syntax.MaxFileSize)])
		return slices.ContainsFunc(mermaidBlocks(string(text)), mermaidBlock.journey)
	}
	text := linesDecoded(data[:min(len(data), mermaidMostLooked)])
	kind, _ := mermaidKind(string(bytes.TrimPrefix(text, source.BOM)))
	return kind == mermaidJourney
}

// mermaidBlock is a diagram in a text.
type mermaidBlock struct {
	from, to int
	kind     string // the word that it begins with, in small letters
	head     int    // where that stands
}

// mermaidBlockOf returns the diagram in a part of a text.
func mermaidBlockOf(text string, from, to int) mermaidBlock {
	kind, head := mermaidKind(text[from:to])
	return mermaidBlock{from, to, kind, from + head}
}

func (b mermaidBlock) journey() bool { return b.kind == mermaidJourney }

const mermaidJourney = "journey"

// mermaidKinds are the diagrams that Mermaid draws, by the word that they begin
// with.
var mermaidKinds = map[string]string{
	"journey": "a journey", "graph": "a flowchart", "flowchart": "a flowchart", "flowchart-elk": "a flowchart",
	"sequencediagram": "a sequence diagram", "classdiagram": "a class diagram", "classdiagram-v2": "a class diagram",
	"statediagram": "a state diagram", "statediagram-v2": "a state diagram", "erdiagram": "an entity relationship diagram",
	"gantt": "a Gantt chart", "pie": "a pie chart", "quadrantchart": "a quadrant chart", "requirementdiagram": "a requirement diagram",
	"requirement": "a requirement diagram", "gitgraph": "a git graph", "mindmap": "a mind map", "timeline": "a timeline", "zenuml": "a ZenUML sequence diagram",
	"sankey": "a Sankey diagram", "sankey-beta": "a Sankey diagram", "xychart": "an XY chart", "xychart-beta": "an XY chart",
	"block": "a block diagram", "block-beta": "a block diagram", "packet": "a packet diagram", "packet-beta": "a packet diagram",
	"kanban": "a Kanban board", "architecture": "an architecture diagram", "architecture-beta": "an architecture diagram",
	"radar-beta": "a radar chart", "treemap": "a treemap", "treemap-beta": "a treemap", "c4context": "a C4 diagram",
	"c4container": "a C4 diagram", "c4component": "a C4 diagram", "c4dynamic": "a C4 diagram", "c4deployment": "a C4 diagram", "info": "Mermaid's own information",
}

var (
	mermaidFront = regexp.MustCompile(`^\s*---[ \t]*\r?\n((?:[^\n]*\n)*?)[ \t]*---[ \t]*(?:\r?\n|$)`)
	mermaidInit  = regexp.MustCompile(`(?s)%%\{.*?\}%%`)
	mermaidNote  = regexp.MustCompile(`(?m)^[ \t]*%%[^\n]*`)
	mermaidFirst = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*`)
	mermaidAfter = regexp.MustCompile(`(?i)^journey(?:[ \t]+(?:title[ \t]|section[ \t]|acc(?:title|descr)\b)|[ \t]*(?:[#;\r\n]|%%|$))`)
)

// mermaidKind returns the word that a diagram begins with, in small letters, and
// where it stands; "" where it begins with none that Mermaid knows.
func mermaidKind(text string) (kind string, at int) {
	length := len(text)
	text = mermaidFront.ReplaceAllString(text, "")
	for {
		text = strings.TrimLeft(text, " \t\r\n;")
		if !strings.HasPrefix(text, "%%") && !strings.HasPrefix(text, "#") {
			break
		}
		if at := mermaidInit.FindStringIndex(text); at != nil && at[0] == 0 {
			text = text[at[1]:]
			continue
		}
		_, text, _ = strings.Cut(text, "\n")
	}
	word := strings.ToLower(mermaidFirst.FindString(text))
	if mermaidKinds[word] == "" || word == mermaidJourney && !mermaidAfter.MatchString(text) {
		word = ""
	}
	return word, length - len(text)
}

var mermaidFence = regexp.MustCompile("^[ \t]*(?:(?:[-*+]|[0-9]+[.)])[ \t]+)?(`{3,}|~{3,}|:{3,})[ \t]*(.*)$")

// mermaidBlocks returns the fenced blocks of a Markdown text that are Mermaid's.
func mermaidBlocks(text string) []mermaidBlock {
	if !strings.Contains(text, "mermaid") {
		return nil
	}
	var blocks []mermaidBlock
	fence, diagram, from := "", false, 0 // of the block that is open
	for at := 0; at < len(text); {
		end := at + mermaidLine(text[at:])
		m := mermaidFence.FindStringSubmatch(strings.TrimRight(text[at:end], "\r\n"))
		switch {
		case m == nil:
		case fence == "":
			fence, from = m[1], end
			diagram = strings.HasPrefix(strings.TrimLeft(m[2], "{. \t"), "mermaid")
		case strings.HasPrefix(m[1], fence) && m[2] == "":
			if diagram {
				blocks = append(blocks, mermaidBlockOf(text, from, at))
			}
			fence = ""
		}
		at = end
	}
	if fence != "" && diagram {
		blocks = append(blocks, mermaidBlockOf(text, from, len(text)))
	}
	return blocks
}

// mermaidLine returns the length of the first line, with its break.
func mermaidLine(text string) int {
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return len(text)
}

func mermaidRead(file *source.File, _ Options) (*flow, []finding.Finding) {
	if wrong := linesUnreadable(file); wrong != nil {
		return nil, wrong
	}
	text := string(file.Text)
	blocks := mermaidBlocks(text)
	if whole := mermaidBlockOf(text, 0, len(text)); whole.kind != "" || len(blocks) == 0 {
		blocks = []mermaidBlock{whole}
	}
	first := slices.IndexFunc(blocks, mermaidBlock.journey)
	if first < 0 {
		return nil, mermaidOther(file, blocks[0])
	}
	r := &mermaidReader{lines: newLines(file), with: map[string][]string{}}
	for _, b := range blocks[first+1:] {
		r.others(b)
	}
	r.diagram(text, blocks[first])
	if r.tasks == 0 {
		return nil, append(linesInvalid(r.head, "this journey diagram has no tasks", "A task is a line such as `Make tea: 5: Me`."), r.findings...)
	}
	return r.done(nil)
}

// mermaidOther tells of a text without a journey.
func mermaidOther(file *source.File, b mermaidBlock) []finding.Finding {
	at := source.Span{File: file, Start: b.head, End: b.to}
	at.End = at.Start + len(strings.TrimRight(at.Text()[:mermaidLine(at.Text())], " \t\r\n"))
	help := "A journey diagram begins with the word `journey`, and has tasks such as `Make tea: 5: Me`."
	if what := mermaidKinds[b.kind]; what != "" {
		return linesInvalid(at, "this is "+what+"; of Mermaid's diagrams only journeys can be read", help)
	}
	return linesInvalid(at, "this is no diagram of Mermaid's that can be read", help)
}

// mermaidReader reads one diagram. Places in text are those in the file.
type mermaidReader struct {
	*lines
	text  string // as long as the file, with blanks for what is no part of the diagram
	head  source.Span
	now   model.Name // the stage
	tasks int        // so far

	actors []source.Spanned[string] // where each is named first
	with   map[string][]string      // the tasks of each actor, by the customer's id
	manned int                      // tasks that name an actor
}

func (r *mermaidReader) span(from, to int) source.Span {
	return source.Span{File: r.file, Start: from, End: to}
}

// others tells of another diagram in the same Markdown.
func (r *mermaidReader) others(b mermaidBlock) {
	if b.journey() {
		r.lose(r.span(b.head, b.head+len(mermaidJourney)), "diagrams", "this is a further journey; only the first one of a file is read", "Put it into a file of its own.")
	}
}

// diagram reads the diagram that stands in one part of the text.
func (r *mermaidReader) diagram(text string, b mermaidBlock) {
	part := []byte(text[b.from:b.to])
	if at := mermaidFront.FindSubmatchIndex(part); at != nil {
		r.front(text, b.from+at[2], b.from+at[3])
		mermaidBlank(part[:at[1]])
	}
	for _, at := range mermaidInit.FindAllIndex(part, -1) {
		r.lose(r.span(b.from+at[0], b.from+at[1]), "init", "this directive says how Mermaid draws the diagram, and is not carried over", "")
		mermaidBlank(part[at[0]:at[1]])
	}
	for _, at := range mermaidNote.FindAllIndex(part, -1) {
		mermaidBlank(part[at[0]:at[1]])
	}
	r.text = text[:b.from] + string(part) + text[b.to:]
	at := r.skip(b.from, b.to)
	r.head = r.span(at, at+len(mermaidJourney))
	r.begin(r.head)
	r.statements(at+len(mermaidJourney), b.to)
	last := r.nodes[len(r.nodes)-1].span
	r.finish(r.span(last.End, last.End))
	r.apart()
	r.staff()
}

// mermaidBlank makes blanks of everything but line breaks.
func mermaidBlank(text []byte) {
	for i, c := range text {
		if c != '\n' && c != '\r' {
			text[i] = ' '
		}
	}
}

// front reads the YAML before a diagram.
func (r *mermaidReader) front(text string, from, to int) {
	alone := []byte(text[:to])
	mermaidBlank(alone[:from])
	root, wrong := syntax.Values(source.New("front.yaml", alone))
	if len(bytes.TrimSpace(alone)) == 0 {
		return
	}
	for _, w := range wrong {
		r.report("invalid-yaml", r.span(min(w.Span.Start, to), min(w.Span.End, to)), w.Subject, w.Message, w.Help)
	}
	if root == nil {
		return
	}
	for _, f := range root.Fields {
		at := r.span(f.Key.Span.Start, f.Value.Span.End)
		switch f.Key.Value {
		case "title":
			r.doc.Title = linesText(source.Spanned[string]{Value: linesPlain(f.Value.Text), Span: r.span(f.Value.Span.Start, f.Value.Span.End)})
		case "config", "displayMode":
			r.lose(at, f.Key.Value, finding.Quote(f.Key.Value)+" says how Mermaid draws the diagram, and is not carried over", "")
		default:
			r.lose(at, f.Key.Value, finding.Quote(f.Key.Value)+" is not carried over: a corridor has no place for it", "")
		}
	}
}

var (
	mermaidAccTitle = regexp.MustCompile(`^(?i:acctitle)[ \t]*:`)
	mermaidAccDescr = regexp.MustCompile(`^(?i:accdescr)[ \t]*:`)
	mermaidAccBlock = regexp.MustCompile(`^(?i:accdescr)\s*\{`)
	mermaidTitle    = regexp.MustCompile(`^(?i:title)[ \t]+`)
	mermaidSection  = regexp.MustCompile(`^(?i:section)[ \t]+`)
	mermaidAgain    = regexp.MustCompile(`^(?i:journey)[ \t]*(?:[#;\r\n]|$)`)
)

// statements reads the statements of a diagram, from one place to another.
func (r *mermaidReader) statements(at, to int) {
	for at = r.skip(at, to); at < to; at = r.skip(at, to) {
		rest := r.text[at:to]
		is := func(word *regexp.Regexp) bool {
			if n := len(word.FindString(rest)); n > 0 {
				at += n
				return true
			}
			return false
		}
		switch {
		case is(mermaidAccTitle):
			at = r.accTitle(at, r.lineEnd(at, to))
		case is(mermaidAccDescr):
			at = r.accDescr(at, r.lineEnd(at, to))
		case is(mermaidAccBlock):
			at = r.accDescr(at, r.index(at, to, '}')) + 1
		case is(mermaidTitle):
			at = r.title(at, r.stop(at, to, false))
		case is(mermaidSection):
			at = r.section(at, to)
		case mermaidAgain.MatchString(rest):
			r.lose(r.span(at, at+len(mermaidJourney)), "journey", "a second `journey` stands here; what follows is read as a part of the first", "Put each journey into a file of its own.")
			at += len(mermaidJourney)
		default:
			at = r.task(at, to)
		}
	}
}

// skip returns where the next statement begins: after white space, `;` and
// comments.
func (r *mermaidReader) skip(at, to int) int {
	for at < to {
		switch c := r.text[at]; {
		case c == '#' && r.entity(at, to) == 0:
			at = r.lineEnd(at, to)
		case c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ';':
			at++
		default:
			return at
		}
	}
	return to
}

// index returns where a character stands next, or the end.
func (r *mermaidReader) index(at, to int, c byte) int {
	if i := strings.IndexByte(r.text[at:to], c); i >= 0 {
		return at + i
	}
	return to
}

func (r *mermaidReader) lineEnd(at, to int) int { return r.index(at, to, '\n') }

// mermaidEntity is Mermaid's way to write a character: #35; or #quot;.
var mermaidEntity = regexp.MustCompile(`^#[0-9A-Za-z]{1,32};`)

// entity returns the length of an entity, 0 where there is none.
func (r *mermaidReader) entity(at, to int) int {
	return len(mermaidEntity.FindString(r.text[at:min(to, at+40)]))
}

// stop returns where a word ends: at the end of the line, a comment, `;`, and
// at `:` if that counts.
func (r *mermaidReader) stop(at, to int, colon bool) int {
	for at < to {
		switch c := r.text[at]; {
		case c == '\n' || c == ';' || c == ':' && colon:
			return at
		case c == '#':
			n := r.entity(at, to)
			if n == 0 {
				return at
			}
			at += n
		default:
			at++
		}
	}
	return to
}

var (
	mermaidEntities = regexp.MustCompile(`#([0-9]{1,7}|[A-Za-z][0-9A-Za-z]{0,31});`)
	mermaidNumber   = regexp.MustCompile(`&[0-9]`)
)

// words returns the words of a part of the text, as Mermaid shows them.
func (r *mermaidReader) words(from, to int) source.Spanned[string] {
	at := r.trim(from, to)
	words := r.text[at.Start:at.End]
	if strings.ContainsRune(words, '#') {
		words = html.UnescapeString(mermaidEntities.ReplaceAllStringFunc(words, func(e string) string {
			if e = "&" + e[1:]; mermaidNumber.MatchString(e) {
				e = "&#" + e[1:]
			}
			return e
		}))
	}
	return source.Spanned[string]{Value: linesPlain(words), Span: at}
}

// trim returns the place of a part of the text without the white space around,
// and without the mark of [exportTask].
func (r *mermaidReader) trim(from, to int) source.Span {
	text := r.file.Text[from:to]
	to -= len(text) - len(bytes.TrimRight(text, " \t\r\n"))
	text = r.file.Text[from:to]
	return r.span(from+len(text)-len(bytes.TrimLeft(text, " \t\r\n\u2060")), to)
}

// title reads what stands after the word, and returns where it ends.
func (r *mermaidReader) title(at, end int) int {
	if words := r.words(at, end); words.Value != "" {
		was := r.doc.Title
		r.doc.Title = linesText(words)
		if was.Plain != "" && was.Plain != words.Value {
			r.lose(was.Span, "title", "the diagram has another title, so "+finding.Quote(was.Plain)+" is not carried over", "")
		}
	}
	return end
}

// accTitle reads the title for those who listen: it is the title of a diagram
// that has no other.
func (r *mermaidReader) accTitle(at, end int) int {
	words := r.words(at, end)
	switch {
	case words.Value == "":
	case r.doc.Title.Plain == "":
		r.doc.Title = linesText(words)
	case r.doc.Title.Plain != words.Value:
		r.lose(words.Span, "accTitle", "the diagram has another title, so "+finding.Quote(words.Value)+" is not carried over", "")
	}
	return end
}

func (r *mermaidReader) accDescr(at, end int) int {
	linesDescribe(&r.doc.Description, r.words(at, end))
	return end
}

func (r *mermaidReader) section(at, to int) int {
	end := r.stop(at, to, true)
	if words := r.words(at, end); words.Value != "" {
		r.now = r.stage(words)
	}
	if end < to && r.text[end] == ':' {
		rest := r.stop(end, to, false)
		r.lose(r.trim(end, rest), "section", "the name of a section ends at the colon; what follows is not carried over", "Write the name without a colon, as Mermaid reads none there.")
		return rest
	}
	return end
}

// task reads a task: its name, its score and who takes part.
func (r *mermaidReader) task(at, to int) int {
	colon := r.stop(at, to, true)
	end := r.stop(colon, to, false)
	name, whole := r.words(at, colon), r.trim(at, end)
	t := model.Touchpoint{Stage: r.now}
	data := strings.SplitN(r.text[colon:end], ":", 4) // the first is empty
	if name.Value == "" {
		r.lose(whole, "name", "a task without a name stands here, which Mermaid does not read", "Write its name before the colon.")
	}
	if len(data) > 1 {
		from := colon + 1
		t.Experience = r.score(name, r.words(from, from+len(data[1])))
	} else {
		r.lose(whole, "score", finding.Quote(name.Value)+" has no score, which Mermaid asks for; it is read as a task without one", "Write `: ` and a number from 1 to 5 behind it, or take the line out.")
	}
	node := r.step(name, whole, t)
	if len(data) > 2 {
		from := colon + len(data[1]) + 2
		r.people(node, from, from+len(data[2]))
	}
	if len(data) > 3 && strings.TrimSpace(data[3]) != "" {
		r.lose(r.trim(end-len(data[3]), end), "nodes."+r.nodes[node].key, "what stands after the actors of "+finding.Quote(name.Value)+" is not carried over: Mermaid reads nothing there", "")
	}
	r.tasks++
	return end
}

// score returns the rating that a score is. Mermaid draws any number.
func (r *mermaidReader) score(task, words source.Spanned[string]) []model.Rating {
	n, ok := linesNumber(words.Value)
	problem := ""
	switch {
	case words.Value == "":
		return nil
	case !ok:
		problem = "is no number"
	case n < 1 || n > 5:
		problem = "is not from 1 to 5"
	default:
		return linesRating(n, words.Span)
	}
	r.lose(words.Span, "score", fmt.Sprintf("the score %s of %s %s, and is not carried over", finding.Quote(words.Value), finding.Quote(task.Value), problem),
		"Scores are from 1 (bad) to 5 (good).")
	return nil
}

// people reads the actors of a task, with commas between them.
func (r *mermaidReader) people(node, from, to int) {
	here := map[string]bool{}
	for from < to {
		end, next := to, to
		if i := strings.IndexAny(r.text[from:to], ",،"); i >= 0 {
			end = from + i
			_, n := utf8.DecodeRuneInString(r.text[end:])
			next = end + n
		}
		if words := r.words(from, end); words.Value != "" {
			if _, known := r.customers.id(words.Value); !known {
				r.actors = append(r.actors, words)
			}
			if id := r.customer(words).Value; !here[id] {
				here[id] = true
				r.with[id] = append(r.with[id], r.nodes[node].name.Value)
			}
		}
		from = next
	}
	if len(here) > 0 {
		r.manned++
	}
}

// apart notes who takes part in some of the tasks only.
func (r *mermaidReader) apart() {
	var names []string
	var related []finding.Related
	var at source.Span
	for _, a := range r.actors {
		id, _ := r.customers.id(a.Value)
		if len(r.with[id]) == r.manned {
			continue
		}
		if names = append(names, finding.Quote(a.Value)); len(names) == 1 {
			at = a.Span
		}
		if len(related) < linesMostPlaces {
			related = append(related, finding.Related{Span: a.Span, Message: mermaidPart(a.Value, r.with[id], r.manned)})
		}
	}
	if len(names) > 0 {
		r.report(lossyImport, at, "actors", fmt.Sprintf("which actor takes part in which task is not carried over (%s): every customer is offered every step", linesList(names)),
			"Limit a path with `customers` where a step is not for everybody.", related...)
	}
}

func mermaidPart(actor string, tasks []string, of int) string {
	var names []string
	for _, t := range tasks {
		names = append(names, finding.Quote(t))
	}
	return fmt.Sprintf("%s takes part in %d of %d tasks: %s", finding.Quote(actor), len(tasks), of, linesList(names))
}

// mermaidStaff are words in the names of those who rather work for an
// organisation, or are no people.
var mermaidStaff = regexp.MustCompile(`(?i)\b(?:manager|reviewer|auditor|admin|administrator|agent|advisor|adviser|clerk|cashier|receptionist|operator|officer|staff|employee|team|department|dept|helpdesk|service desk|support|developer|engineer|tester|backend|frontend|server|system|service|database|api|bot|chatbot|assistant|back office|courier|nurse|doctor)\b`)

// staff notes who may be no customer: Mermaid knows one kind of actor only.
func (r *mermaidReader) staff() {
	for _, a := range r.actors {
		if len(r.actors) > 1 && mermaidStaff.MatchString(a.Value) {
			r.lose(a.Span, "actors."+linesFold(a.Value), finding.Quote(a.Value)+" may work for the organisation; as Mermaid has one kind of actor only, all are read as customers",
				"Where that is so, move it to `departments` and name it as the `owner` of its touchpoints.")
		}
	}
}
