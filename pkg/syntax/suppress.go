package syntax

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// directive begins a comment that says something to corridor about an element,
// such as `# corridor: ignore[late]`.
const directive = "corridor:"

func isDirective(comment string) bool {
	return strings.HasPrefix(strings.TrimLeft(comment, "# \t"), directive)
}

// directiveForm is such a comment and its parts. `# corridor: 1` has another
// form: it is a corridor that was commented out.
var directiveForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^#+\s*corridor:\s*([\pL_-]+)\s*(\[[^\]]*\]?)?\s*(.*)$`)
})

// The words of a directive.
const (
	ignore     = "ignore"
	fileIgnore = "file-ignore"
	until      = "until="
)

// suppressions reads the comments that set findings aside.
func (r *reader) suppressions(root *yaml.Node) []*model.Suppression {
	var outline *outline
	var all []*model.Suppression
	text := r.file.Text
	for at := 0; at < len(text); {
		i := bytes.IndexByte(text[at:], '#')
		if i < 0 {
			break
		}
		at += i
		comment := r.to(at, r.endOfLine(at))
		if !bytes.Contains(text[at:comment.End], []byte(directive)) {
			at = comment.End // the usual case
			continue
		}
		if outline == nil {
			outline = r.outline(root)
		}
		if at > 0 && !isSpace(text[at-1]) || outline.quoted(at) {
			at++ // no comment
			continue
		}
		if match := directiveForm().FindStringSubmatchIndex(comment.Text()); match != nil {
			if s := r.suppression(comment, match); s != nil {
				s.Scope, s.Subject = outline.scope(s.Scope)
				all = append(all, s)
			}
		}
		at = comment.End
	}
	return all
}

// suppression reads one comment. Its scope is that of the whole file, or the
// comment itself where an element is still to be found.
func (r *reader) suppression(comment source.Span, match []int) *model.Suppression {
	part := func(i int) source.Span {
		if match[2*i] < 0 {
			return source.Span{}
		}
		return r.to(comment.Start+match[2*i], comment.Start+match[2*i+1])
	}
	word, list := part(1), part(2)
	if word.Text() != ignore && word.Text() != fileIgnore {
		r.misspeltDirective(word)
		return nil
	}
	if !strings.HasSuffix(list.Text(), "]") {
		r.report("invalid-value", comment, "the comment does not say which rules it is about",
			"Name them between brackets: `# corridor: "+word.Text()+"[single-way] why this is right here`.")
		return nil
	}
	s := &model.Suppression{Span: comment, List: r.to(list.Start+1, list.End-1)}
	if word.Text() == ignore {
		s.Scope = comment
	}
	if s.Rules = r.listed(s.List); len(s.Rules) == 0 {
		r.report("invalid-value", list, "the comment names no rule between its brackets", "Name at least one: `[single-way]`.")
		return nil
	}
	if !r.reason(s, part(3)) {
		return nil
	}
	return s
}

// misspeltDirective reports a word that is all but one of a directive. Other
// words are the author's own.
func (r *reader) misspeltDirective(word source.Span) {
	words := []string{ignore, fileIgnore}
	if help, fix := finding.Correct(word, word.Text(), words); help != "" {
		r.report("invalid-value", word, finding.Quote(word.Text())+" is no word of a comment to corridor, so nothing is suppressed", help)
		r.fix(fix)
	}
}

// listed returns the names between brackets.
func (r *reader) listed(list source.Span) []model.Name {
	var all []model.Name
	at := list.Start
	for _, part := range strings.Split(list.Text(), ",") {
		word := strings.TrimSpace(part)
		if start := at + strings.Index(part, word); word != "" {
			all = append(all, model.Name{Value: word, Span: r.to(start, start+len(word))})
		}
		at += len(part) + 1
	}
	return all
}

// reason reads what follows the brackets: words, and the last day.
func (r *reader) reason(s *model.Suppression, text source.Span) bool {
	var words []string
	fields := strings.Fields(text.Text())
	for i, word := range fields {
		start := text.Start + strings.Index(text.Text(), word)
		span := r.to(start, start+len(word))
		day, found := strings.CutPrefix(word, until)
		switch {
		case misspeltUntil(word, fields[i+1:]), found && s.Until != nil:
			r.report("invalid-value", span, "the last day of this comment is not written as one", "Write it once, without spaces: `until=2027-01-31`.")
			return false
		case !found:
			words = append(words, word)
			continue
		}
		date, err := time.Parse(time.DateOnly, day)
		if err != nil {
			r.report("invalid-value", span, finding.Quote(day)+" is not a day", "Write it as year, month and day: `until=2027-01-31`.")
			return false
		}
		s.Until = &source.Spanned[time.Time]{Value: date, Span: span}
	}
	s.Reason = strings.Join(words, " ")
	return true
}

// misspeltUntil reports whether a word was probably meant to begin the last
// day: a comment that would hold for ever instead hides too much.
func misspeltUntil(word string, next []string) bool {
	if strings.HasPrefix(word, until) {
		return false
	}
	bare := strings.TrimLeft(strings.ToLower(word), "(")
	if strings.HasPrefix(bare, "until=") || strings.HasPrefix(bare, "until:") {
		return true
	}
	return bare == "until" && len(next) > 0 && strings.ContainsAny(next[0][:1], "=:")
}

// outline is where the elements of a file stand, and the texts in which a `#`
// begins no comment.
type outline struct {
	*reader
	elements []element     // entries of maps and lists, in the order of their starts
	texts    []source.Span // scalars, in that order
}

// element is an entry of a map or list, with its path in the file.
type element struct {
	source.Span
	subject string
}

func (r *reader) outline(root *yaml.Node) *outline {
	o := &outline{reader: r}
	o.value(root)
	return o
}

// value notes what is in a node and returns where it ends.
func (o *outline) value(n *yaml.Node) (end int) {
	span := o.span(n)
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
			span.End = o.blockEnd(span)
		}
		o.texts = append(o.texts, span)
		return span.End
	case yaml.MappingNode, yaml.SequenceNode:
		step := 1
		if n.Kind == yaml.MappingNode {
			step = 2
		}
		end = span.Start
		for i := 0; i+step <= len(n.Content); i += step {
			if step == 2 {
				o.push(n.Content[i].Value, source.Span{})
			} else {
				o.pushIndex(i)
			}
			end = o.entry(n.Content[i : i+step])
			o.pop()
		}
		if n.Style&yaml.FlowStyle != 0 {
			end = max(end, span.End)
		}
		return end
	}
	return span.End
}

// entry notes one entry of a list, or a key with its value.
func (o *outline) entry(nodes []*yaml.Node) (end int) {
	at := len(o.elements)
	o.elements = append(o.elements, element{o.to(o.places.offset(nodes[0].Line, nodes[0].Column), 0), o.subject()})
	for _, n := range nodes {
		end = max(end, o.value(n))
	}
	o.elements[at].End = end
	return end
}

// blockEnd returns where a block of lines ends, by its header: its lines are
// empty, or as deep as the first of them. Where the header says how deep, any
// depth is taken for one of the block.
func (o *outline) blockEnd(header source.Span) int {
	text, deep, end := o.file.Text, 0, header.End
	if strings.ContainsAny(header.Text(), "123456789") {
		deep = 1
	}
	for at := o.nextLine(end); at < len(text); at = o.nextLine(at) {
		line := text[at:o.nextLine(at)]
		indent := len(line) - len(bytes.TrimLeft(line, " "))
		switch blank := len(bytes.TrimSpace(line)) == 0; {
		case blank:
			continue
		case deep == 0 && indent > 0:
			deep = indent
		case indent < deep || indent == 0:
			return end
		}
		end = at + len(bytes.TrimRight(line, "\r\n"))
	}
	return end
}

func (o *outline) nextLine(at int) int {
	text := o.file.Text
	i := bytes.IndexAny(text[at:], "\r\n")
	switch {
	case i < 0:
		return len(text)
	case text[at+i] == '\r' && at+i+1 < len(text) && text[at+i+1] == '\n':
		return at + i + 2
	}
	return at + i + 1
}

// quoted reports whether a `#` stands in a text, where it begins no comment.
func (o *outline) quoted(at int) bool {
	i, _ := slices.BinarySearchFunc(o.texts, at, func(s source.Span, at int) int { return cmp.Compare(s.Start, at+1) })
	return i > 0 && at < o.texts[i-1].End
}

// scope returns the element that a comment speaks of: what begins on its
// line, else, if nothing else stands on that, what begins directly below it.
// Other comments may stand between, but no blank line. Of the elements that
// begin there the outermost holds all others.
func (o *outline) scope(comment source.Span) (scope source.Span, subject string) {
	if comment.IsZero() {
		return comment, ""
	}
	from := o.lineStart(comment.Start)
	i, _ := slices.BinarySearchFunc(o.elements, from, func(e element, at int) int { return cmp.Compare(e.Start, at) })
	if i == len(o.elements) || !o.leadsTo(comment, o.elements[i].Start) {
		return o.to(comment.Start, comment.Start), "" // it speaks of nothing
	}
	scope, subject = o.elements[i].Span, o.elements[i].subject
	for line := o.nextLine(scope.Start); i < len(o.elements) && o.elements[i].Start < line; i++ {
		if e := o.elements[i]; e.End > scope.End {
			scope.End = e.End
			subject, _, _ = strings.Cut(subject, " ")
			subject += " " + e.subject
		}
	}
	return scope, subject
}

// leadsTo reports whether nothing but comments and the `- ` of lists stands
// between a comment and the element after it.
func (o *outline) leadsTo(comment source.Span, element int) bool {
	if element < comment.Start {
		return true // on its line
	}
	if len(bytes.TrimLeft(o.file.Text[o.lineStart(comment.Start):comment.Start], " -")) > 0 {
		return false // something ends on its line
	}
	for at := o.nextLine(comment.Start); at < o.lineStart(element); at = o.nextLine(at) {
		if line := bytes.TrimSpace(o.file.Text[at:o.nextLine(at)]); len(line) == 0 || line[0] != '#' {
			return false
		}
	}
	return true
}
