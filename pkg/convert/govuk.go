package convert

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// govuk reads what GOV.UK's content schema calls step_by_step_nav: a content
// item, or only the steps as the page component takes them. A step is a stage
// and its links are touchpoints, since it is the links that a customer follows.
var govuk = Format{
	Name: "govuk-step-by-step", Title: "GOV.UK step-by-step navigation (JSON)", Endings: []string{".json"},
	detect: govukDetect, read: govukRead, decode: decodeText,
}

var govukContents = regexp.MustCompile(`"type"\s*:\s*"(?:list|paragraph)"`)

func govukDetect(_ string, data []byte) bool {
	text := bytes.TrimLeft(bytes.TrimPrefix(linesDecoded(data[:min(len(data), syntax.MaxFileSize)]), source.BOM), " \t\r\n")
	has := func(key string) bool { return bytes.Contains(text, []byte(`"`+key+`"`)) }
	switch {
	case !bytes.HasPrefix(text, []byte("{")):
		return false
	case has("step_by_step_nav"):
		return has("steps")
	}
	return has("steps") && has("contents") && !has("pages") && govukContents.Match(text)
}

func govukRead(file *source.File, _ Options) (*flow, []finding.Finding) {
	root, wrong := syntax.Values(file)
	if root == nil {
		return nil, wrong
	}
	r := &govukReader{lines: newLines(file)}
	nav := r.page(root)
	steps := nav.Get("steps")
	if len(steps.Each()) == 0 {
		return nil, append(wrong, govukNothing(root, nav, steps)...)
	}
	r.begin(steps.Span)
	r.steps(steps.Each())
	r.finish(source.Span{File: file, Start: steps.Span.End, End: steps.Span.End})
	r.left.tell(r.flow, linesKeys)
	return r.done(wrong)
}

// govukNothing tells that there is no step, at what comes nearest to one.
func govukNothing(root, nav, steps *syntax.Value) []finding.Finding {
	help := "The steps stand in a list at `details`, `step_by_step_nav`, `steps`."
	for _, at := range []*syntax.Value{steps, nav, root} {
		if at != nil && !at.Span.IsZero() {
			return linesInvalid(at.Span, "this step-by-step guide has no steps, so there is nothing to import", help)
		}
	}
	return nil
}

// govukReader reads one guide.
type govukReader struct {
	*lines
	left linesLeft
}

// page reads what stands around the steps, and returns the map with the steps.
func (r *govukReader) page(root *syntax.Value) *syntax.Value {
	nav := root.Get("details").Get("step_by_step_nav")
	if nav == nil {
		nav = root.Get("step_by_step_nav")
	}
	if nav == nil {
		nav = root
	}
	r.doc.Title = linesText(govukWords(root.Get("title")))
	r.doc.Language = root.Get("locale").Str()
	linesDescribe(&r.doc.Description, govukWords(root.Get("description")))
	if nav != root {
		r.pageKeys(root)
		r.title(nav)
	}
	linesDescribe(&r.doc.Description, govukWords(nav.Get("introduction")))
	r.unread(nav, "title", "introduction", "steps", "description", "locale", "details", "links")
	return nav
}

// title takes the guide's own title where the page has none.
func (r *govukReader) title(nav *syntax.Value) {
	switch words := govukWords(nav.Get("title")); {
	case r.doc.Title.Plain == "":
		r.doc.Title = linesText(words)
	case words.Value != "" && words.Value != r.doc.Title.Plain:
		r.lose(words.Span, "title", "the page has another title, so "+finding.Quote(words.Value)+" is not carried over", "")
	}
}

// pageKeys tells what of a content item is not carried over: the pages beside
// the steps one by one, the bookkeeping of those who publish it in one note.
func (r *govukReader) pageKeys(root *syntax.Value) {
	r.links(root.Get("links"))
	r.links(root.Get("expanded_links"))
	for _, f := range linesOther(root.Get("details"), "step_by_step_nav") {
		r.left.add("details."+f.Key.Value, f.Value.Span)
	}
	var keys []string
	var at source.Span
	for _, f := range linesOther(root, "title", "description", "locale", "details", "links", "expanded_links", "step_by_step_nav") {
		if at.IsZero() {
			at = f.Key.Span
		}
		keys = append(keys, finding.Quote(f.Key.Value))
	}
	if len(keys) > 0 {
		r.lose(at, "page", fmt.Sprintf("what the publishing system keeps about the page is not carried over: %s", strings.Join(keys[:min(len(keys), linesMostPlaces)], ", ")), "")
	}
}

// links tells of the pages that the page is joined to.
func (r *govukReader) links(links *syntax.Value) {
	if links == nil {
		return
	}
	for _, f := range links.Fields {
		if !strings.HasPrefix(f.Key.Value, "pages_") {
			r.left.add("links."+f.Key.Value, f.Value.Span)
			continue
		}
		for _, page := range f.Value.Each() {
			at, name := page.Span, govukWords(page.Get("title"))
			if name.Value == "" {
				name = govukWords(page)
			}
			if !name.Span.IsZero() {
				at = name.Span
			}
			r.lose(at, "links."+f.Key.Value, fmt.Sprintf("the page %s stands beside the steps (%s) and is not carried over", finding.Quote(name.Value), finding.Quote(f.Key.Value)),
				"Add a touchpoint for it where customers need it on their way.")
		}
	}
}

// unread notes the keys of a map that are not known.
func (r *govukReader) unread(v *syntax.Value, known ...string) {
	if v.Get("step_by_step_nav") != nil || v.Get("schema_name") != nil {
		return // the page itself, of which pageKeys tells
	}
	for _, f := range linesOther(v, known...) {
		r.left.add(f.Key.Value, f.Value.Span)
	}
}

// govukWords returns the words of a text, or of the list of its renderings:
// that in HTML, else the first.
func govukWords(v *syntax.Value) source.Spanned[string] {
	words := v.Str()
	for _, item := range v.Each() {
		content := item.Get("content").Str()
		if words.Value == "" || item.Get("content_type").Str().Value == "text/html" {
			words = content
		}
	}
	words.Value = linesPlain(words.Value)
	return words
}

// govukStep is a step with what the reader knows of it before it adds it.
type govukStep struct {
	*syntax.Value
	title source.Spanned[string]
	stage model.Name
	said  []source.Spanned[string] // paragraphs, for the touchpoint that comes next
}

// steps adds all steps. A step with the logic `or` is another way for what
// stands before it, back to the step that has a number; one with `and` belongs
// to the step before it.
func (r *govukReader) steps(all []*syntax.Value) {
	for i := 0; i < len(all); {
		ways := [][]*syntax.Value{{all[i]}}
		if logic := all[i].Get("logic").Str(); i == 0 && (logic.Value == "and" || logic.Value == "or") {
			r.lose(logic.Span, "steps[0].logic", finding.Quote(logic.Value)+" at the first step refers to no step, and is not carried over", "Take it out.")
		}
		for i++; i < len(all); i++ {
			last := len(ways) - 1
			if logic := all[i].Get("logic").Str().Value; logic == "or" {
				ways = append(ways, nil)
				last++
			} else if logic != "and" {
				break
			}
			ways[last] = append(ways[last], all[i])
		}
		r.ways(ways)
	}
}

// ways adds the steps of one number, of which one way is walked.
func (r *govukReader) ways(ways [][]*syntax.Value) {
	var walks []func()
	for _, way := range ways {
		walks = append(walks, func() { r.way(way) })
	}
	r.either(ways[0][0].Span, walks...)
}

// way adds steps that belong together.
func (r *govukReader) way(way []*syntax.Value) {
	for i, v := range way {
		s := &govukStep{Value: v, title: govukWords(v.Get("title"))}
		if i > 0 {
			before := govukWords(way[i-1].Get("title"))
			r.lose(v.Get("logic").Span, "steps."+s.title.Value, fmt.Sprintf("%s and %s go together in any order; here the first comes first", finding.Quote(before.Value), finding.Quote(s.title.Value)),
				"Change the order of the touchpoints where another one is more usual.")
		}
		if v.Get("optional").Str().Value == "true" {
			r.maybe(v.Span, func() { r.contentsOf(s) })
		} else {
			r.contentsOf(s)
		}
	}
}

// contentsOf adds the touchpoints of one step; at least one.
func (r *govukReader) contentsOf(s *govukStep) {
	r.stepKeys(s)
	words := s.title
	if words.Span.IsZero() {
		words.Span = s.Span
	}
	s.stage = r.newStage(words)
	before := len(r.nodes)
	for _, c := range s.Get("contents").Each() {
		r.content(s, c)
	}
	if len(r.nodes) == before {
		r.touchpoint(s, s.title, s.Span, model.Touchpoint{})
		return
	}
	for last := len(r.nodes) - 1; len(s.said) > 0; last-- { // said after the last list
		if n := &r.nodes[last]; n.kind == step {
			linesDescribe(&n.touchpoint.Description, s.said...)
			s.said = nil
		}
	}
}

func (r *govukReader) stepKeys(s *govukStep) {
	switch logic := s.Get("logic").Str(); logic.Value {
	case "", "and", "or", "number":
	default:
		r.lose(logic.Span, "steps."+s.title.Value, fmt.Sprintf("the logic %s of %s is not known; the step is read as one that comes after the others", finding.Quote(logic.Value), finding.Quote(s.title.Value)),
			"It can be `and` or `or`; without it, the step follows the one before.")
	}
	r.unread(s.Value, "title", "logic", "optional", "contents")
}

// content adds one part of a step.
func (r *govukReader) content(s *govukStep, c *syntax.Value) {
	switch kind := c.Get("type").Str(); kind.Value {
	case "paragraph", "heading":
		s.said = append(s.said, govukWords(c.Get("text")))
		r.unread(c, "type", "text")
	case "list":
		r.unread(c, "type", "style", "contents")
		r.list(s, c, c.Get("contents").Each())
	default:
		r.lose(c.Span, "steps."+s.title.Value, fmt.Sprintf("a part of %s is neither a paragraph nor a list, and is not carried over", finding.Quote(s.title.Value)), "")
	}
}

// list adds the entries of a list, as its style says.
func (r *govukReader) list(s *govukStep, c *syntax.Value, entries []*syntax.Value) {
	switch style := c.Get("style").Str(); style.Value {
	case "choice":
		var ways []func()
		said := s.said // of each of them
		for _, e := range entries {
			ways = append(ways, func() { s.said = said; r.entry(s, e) })
		}
		if len(ways) > 0 {
			r.either(c.Span, ways...)
		}
		return
	case "optional":
		for _, e := range entries {
			r.maybe(e.Span, func() { r.entry(s, e) })
		}
		return
	case "", "required":
	default:
		r.lose(style.Span, "steps."+s.title.Value, fmt.Sprintf("the style %s of a list in %s is not known; its entries are read as required", finding.Quote(style.Value), finding.Quote(s.title.Value)),
			"It can be `required`, `optional` or `choice`.")
	}
	for _, e := range entries {
		r.entry(s, e)
	}
}

// entry adds the touchpoint of an entry: a link, with what it costs.
func (r *govukReader) entry(s *govukStep, e *syntax.Value) {
	t, words := model.Touchpoint{}, govukWords(e.Get("text"))
	if e.Kind != syntax.Map {
		words = govukWords(e)
	}
	linesDescribe(&t.Description, govukWords(e.Get("context")))
	if href := e.Get("href").Str(); href.Value != "" {
		t.Channel = model.Name{Value: govukChannel(href.Value), Span: href.Span}
		linesDescribe(&t.Description, href)
	}
	r.unread(e, "text", "href", "context", "active")
	r.touchpoint(s, words, e.Span, t)
}

// govukChannel returns the channel of a link.
func govukChannel(href string) string {
	scheme, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(href)), ":")
	i := slices.Index([]string{"tel", "mailto", "sms"}, scheme)
	return []string{"web", "phone", "email", "sms"}[i+1]
}

// touchpoint adds a touchpoint of a step, described with what the step says
// before it.
func (r *govukReader) touchpoint(s *govukStep, words source.Spanned[string], at source.Span, t model.Touchpoint) {
	own := source.Spanned[string]{Value: t.Description.Plain, Span: t.Description.Span}
	t.Description = model.Text{}
	linesDescribe(&t.Description, append(slices.Clip(s.said), own)...)
	s.said = nil
	t.Stage = s.stage
	r.step(words, at, t)
}
