package convert

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// xmlElement is one element of an XML text, with its places.
type xmlElement struct {
	name   string // without prefix
	prefix string
	space  string // the namespace, "" for none and for an undeclared prefix
	attrs  []xmlAttr
	// text is what stands in the element itself, not in its children, with its
	// entities resolved and without white space around it.
	text     source.Spanned[string]
	children []*xmlElement
	tag      source.Span // the start tag
	span     source.Span // from the start tag to the end tag
}

// xmlAttr is an attribute. The place of its value is between the quotes.
type xmlAttr struct {
	name, prefix string
	value        source.Spanned[string]
}

// attr returns the value of an attribute without a prefix; the zero value
// where there is none.
func (e *xmlElement) attr(name string) source.Spanned[string] {
	for i := range e.attrs {
		if e.attrs[i].name == name && e.attrs[i].prefix == "" {
			return e.attrs[i].value
		}
	}
	return source.Spanned[string]{}
}

// child returns the first child of a name, or nil.
func (e *xmlElement) child(name string) *xmlElement {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// words returns all text in the element and below, in one line.
func (e *xmlElement) words() source.Spanned[string] {
	var words []string
	var collect func(*xmlElement)
	collect = func(e *xmlElement) {
		words = append(words, strings.Fields(e.text.Value)...)
		for _, c := range e.children {
			collect(c)
		}
	}
	collect(e)
	at := e.text.Span
	if len(e.children) > 0 || at.IsZero() {
		at = e.span
	}
	return source.Spanned[string]{Value: strings.Join(words, " "), Span: at}
}

// What an XML text may hold at most. Real files come nowhere near; the limits
// keep hostile ones cheap.
const (
	xmlMaxDepth      = 200
	xmlMaxElements   = 200_000
	xmlMaxAttributes = 128 // of one element
	xmlMaxNamespaces = 256 // in one place
)

// readXML reads an XML text into elements. The root is nil where the text is
// not well-formed, which the one finding says at its place.
//
// Only what XML itself defines is resolved: five entities and numbers. A
// document type that defines more is refused, and nothing is ever fetched. The
// text is taken for UTF-8, whatever it declares.
//
// Elements for which skip holds are checked and left out, with all below them:
// that is far cheaper. It may be nil.
func readXML(file *source.File, skip func(space, name string) bool) (*xmlElement, []finding.Finding) {
	r := xmlReader{file: file, skip: skip}
	if r.guard() {
		r.text = string(file.Text) // names and values are parts of it, not copies
		r.run()
	}
	if len(r.findings) > 0 {
		return nil, r.findings
	}
	return r.root, nil
}

// xmlReader reads one text. It has failed once there is a finding.
type xmlReader struct {
	file     *source.File
	text     string
	at       int
	skip     func(space, name string) bool
	findings []finding.Finding

	root     *xmlElement
	open     []xmlOpen // the elements around the place, from the root
	skipping int       // how many are open around the one that is skipped, and it; 0: none is
	elements int
	spaces   []xmlSpace // those in force
	values   []xmlAttr  // of the start tag that is being read

	// Elements, attributes and children live in few large pieces.
	elementRoom []xmlElement
	attrRoom    []xmlAttr
	siblings    []*xmlElement // closed children of the elements that are open
}

// xmlOpen is an element whose end tag is yet to come.
type xmlOpen struct {
	element  *xmlElement // nil: it is skipped
	name     string      // with its prefix
	tag      [2]int
	spaces   int    // how many were in force before it
	siblings int    // how many there were before its first child
	text     []byte // its text, once that has several parts
}

// xmlSpace is a prefix with its namespace.
type xmlSpace struct{ prefix, uri string }

// fail reports what is wrong with the text and ends the reading.
func (r *xmlReader) fail(from, to int, help, format string, args ...any) bool {
	to = max(from, min(to, len(r.file.Text)))
	for to > from && to < len(r.file.Text) && !utf8.RuneStart(r.file.Text[to]) {
		to++ // to the end of the character
	}
	r.failAt(source.Span{File: r.file, Start: from, End: to}, help, fmt.Sprintf(format, args...))
	return false
}

func (r *xmlReader) failAt(at source.Span, help, message string, related ...finding.Related) {
	if len(r.findings) == 0 {
		r.findings = []finding.Finding{{Rule: invalidFile, Span: at, Message: message, Help: help, Related: related, Unchecked: true}}
	}
	r.at = len(r.text)
}

// invalidFile is the rule for a text that cannot be read.
const invalidFile = "invalid-file"

const (
	xmlExportAgain = "Export it again from the program that made it."
	xmlWriteLt     = "Write `&lt;` where `<` is meant as a sign."
	xmlWriteAmp    = "Write `&amp;` where `&` is meant as a sign, and other characters as they are or by number, as `&#233;`."
)

// guard reports whether a text is one that XML allows, but for its markup.
func (r *xmlReader) guard() bool {
	text := r.file.Text
	if len(text) > syntax.MaxFileSize {
		return r.fail(0, 0, "Split the model, or export it without pictures.", "the file is larger than %d MB, which is more than is read", syntax.MaxFileSize>>20)
	}
	for i, c := range text {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return r.fail(i, i+1, xmlExportAgain, "there is a control character (number %d) in the text, which XML does not allow", c)
		}
	}
	if !utf8.Valid(text) {
		i := xmlFirstInvalid(text)
		return r.fail(i, i+1, "Save the file as UTF-8.", "the text is not UTF-8: there is a byte %#x that begins no character", text[i])
	}
	return true
}

func xmlFirstInvalid(text []byte) int {
	at := 0
	for at < len(text) {
		c, size := utf8.DecodeRune(text[at:])
		if c == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

// run reads the text to its end or to the first mistake.
func (r *xmlReader) run() {
	for r.at < len(r.text) {
		next := byte(0)
		if r.at+1 < len(r.text) {
			next = r.text[r.at+1]
		}
		switch {
		case r.text[r.at] != '<':
			r.characters()
		case next == '/':
			r.endTag()
		case next == '!':
			r.declaration()
		case next == '?':
			r.instruction()
		default:
			r.startTag()
		}
	}
	r.finish()
}

// finish looks for what the end of the text cuts off.
func (r *xmlReader) finish() {
	switch n := len(r.text); {
	case len(r.findings) > 0:
	case len(r.open) > 0:
		o := r.open[len(r.open)-1]
		r.failAt(source.Span{File: r.file, Start: n, End: n}, "The file seems to be cut off. "+xmlExportAgain,
			"the file ends inside the element "+finding.Quote(o.name), r.begins(o))
	case r.elements == 0:
		r.fail(0, 0, xmlExportAgain, "there is no element in the file")
	}
}

// begins is the place of a start tag, for a mistake after it.
func (r *xmlReader) begins(o xmlOpen) finding.Related {
	return finding.Related{Span: source.Span{File: r.file, Start: o.tag[0], End: o.tag[1]}, Message: finding.Quote(o.name) + " begins here"}
}

// characters reads the text up to the next tag.
func (r *xmlReader) characters() {
	from := r.at
	n := strings.IndexByte(r.text[from:], '<')
	if n < 0 {
		n = len(r.text) - from
	}
	raw := r.text[from : from+n]
	r.at = from + n
	blank := strings.TrimLeft(raw, " \t\r\n") == ""
	if blank && (len(r.open) == 0 || r.skipping > 0) {
		return
	}
	if len(r.open) == 0 {
		at := from + n - len(strings.TrimLeft(raw, " \t\r\n"))
		r.fail(at, from+n, xmlExportAgain, "there is text outside all elements")
		return
	}
	if i := strings.Index(raw, "]]>"); i >= 0 {
		r.fail(from+i, from+i+3, "Write `]]&gt;`.", "`]]>` stands in the text, which XML does not allow")
		return
	}
	if words, ok := r.resolve(raw, from); ok {
		r.addText(words, raw, from)
	}
}

// addText adds a part to the text of the open element; raw is how the part
// stands in the file.
func (r *xmlReader) addText(words, raw string, from int) {
	o := &r.open[len(r.open)-1]
	if o.element == nil {
		return
	}
	text, trimmed := &o.element.text, strings.TrimLeft(raw, " \t\r\n")
	if trimmed == "" && text.Span.IsZero() {
		return
	}
	if text.Span.IsZero() {
		text.Value, text.Span = words, source.Span{File: r.file, Start: from + len(raw) - len(trimmed)}
	} else {
		if o.text == nil {
			o.text = []byte(text.Value)
		}
		o.text = append(o.text, words...)
	}
	if trimmed != "" {
		text.Span.End = from + len(strings.TrimRight(raw, " \t\r\n"))
	}
}

// resolve puts characters for entities and makes all line breaks one.
func (r *xmlReader) resolve(raw string, from int) (string, bool) {
	if strings.IndexByte(raw, '\r') >= 0 && strings.IndexByte(raw, '&') < 0 {
		return xmlBreaks.Replace(raw), true
	}
	if strings.IndexByte(raw, '&') < 0 {
		return raw, true
	}
	var b strings.Builder
	for i := 0; ; {
		n := strings.IndexByte(raw[i:], '&')
		if n < 0 {
			b.WriteString(xmlBreaks.Replace(raw[i:]))
			return b.String(), true
		}
		b.WriteString(xmlBreaks.Replace(raw[i : i+n]))
		i += n
		c, size := xmlEntity(raw[i:])
		if size == 0 {
			end := i + min(len(raw)-i, max(1, strings.IndexByte(raw[i:], ';')+1))
			return "", r.fail(from+i, from+end, xmlWriteAmp, "%s is no character that XML knows", finding.Quote(raw[i:end]))
		}
		b.WriteRune(c)
		i += size
	}
}

var xmlBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// xmlEntity reads the character that a text begins with, such as `&lt;` or
// `&#233;`, and how long it is there: 0 where it is none.
func xmlEntity(text string) (rune, int) {
	end := strings.IndexByte(text[:min(len(text), 12)], ';')
	if end < 2 {
		return 0, 0
	}
	switch name := text[1:end]; name {
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "amp":
		return '&', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	default:
		if c, ok := xmlNumber(name); ok {
			return c, end + 1
		}
	}
	return 0, 0
}

// xmlNumber reads the number of a character, such as `#233` or `#xe9`.
func xmlNumber(name string) (c rune, ok bool) {
	digits, base := strings.TrimPrefix(name, "#"), rune(10)
	if digits == name {
		return 0, false
	}
	if digits != "" && digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	for _, d := range digits {
		n := rune(strings.IndexRune("0123456789abcdef", d|0x20))
		if d >= '0' && d <= '9' {
			n = d - '0'
		}
		if n < 0 || n >= base || c > utf8.MaxRune {
			return 0, false
		}
		c = c*base + n
	}
	return c, digits != "" && xmlAllows(c)
}

// xmlAllows reports whether a character may stand in XML.
func xmlAllows(c rune) bool {
	return c == '\t' || c == '\n' || c == '\r' || c >= ' ' && utf8.ValidRune(c) && c != 0xFFFE && c != 0xFFFF
}

// startTag reads a start tag and opens its element.
func (r *xmlReader) startTag() {
	from := r.at
	r.at++
	name := r.name()
	if name == "" {
		r.fail(from, from+1, xmlWriteLt, "a `<` begins no element here")
		return
	}
	r.values = r.values[:0]
	o := xmlOpen{name: name, spaces: len(r.spaces), siblings: len(r.siblings)}
	for {
		spaced := r.blank()
		rest := r.text[r.at:]
		switch {
		case rest == "":
			r.fail(from, len(r.text), "The file seems to be cut off. "+xmlExportAgain, "the file ends inside the tag of %s", finding.Quote(name))
			return
		case rest[0] == '>', strings.HasPrefix(rest, "/>"):
			r.at += strings.IndexByte(rest, '>') + 1
			o.tag = [2]int{from, r.at}
			if r.enter(o) && rest[0] == '/' {
				r.leave()
			}
			return
		case !spaced, !r.attribute(name):
			r.fail(r.at, r.at+1, xmlExportAgain, "the tag of %s is broken here", finding.Quote(name))
			return
		}
	}
}

// attribute reads an attribute of a start tag.
func (r *xmlReader) attribute(element string) bool {
	from := r.at
	name := r.name()
	r.blank()
	if name == "" || r.at >= len(r.text) || r.text[r.at] != '=' {
		return false
	}
	r.at++
	r.blank()
	if r.at >= len(r.text) || r.text[r.at] != '"' && r.text[r.at] != '\'' {
		return r.fail(from, r.at, "Write the value between quotes.", "the attribute %s of %s has no value between quotes", finding.Quote(name), finding.Quote(element))
	}
	begin := r.at + 1
	n := strings.IndexByte(r.text[begin:], r.text[r.at])
	if n < 0 {
		return r.fail(from, begin, xmlExportAgain, "the value of %s has no closing quote", finding.Quote(name))
	}
	raw := r.text[begin : begin+n]
	if i := strings.IndexByte(raw, '<'); i >= 0 {
		return r.fail(begin+i, begin+i+1, xmlWriteLt, "there is a `<` in the value of %s", finding.Quote(name))
	}
	value, ok := r.resolve(raw, begin)
	if !ok {
		return false
	}
	r.at = begin + n + 1
	return r.addValue(name, value, source.Span{File: r.file, Start: from, End: r.at}, begin, n)
}

// addValue adds an attribute to those of the tag. It stands at the span, its
// value n bytes long at begin.
func (r *xmlReader) addValue(name, value string, at source.Span, begin, n int) bool {
	prefix, local := xmlName(name)
	for i := range r.values {
		if r.values[i].name == local && r.values[i].prefix == prefix {
			return r.fail(at.Start, at.End, "Remove one of them.", "the attribute %s stands twice in one tag", finding.Quote(name))
		}
	}
	if len(r.values) == xmlMaxAttributes {
		return r.fail(at.Start, at.End, xmlExportAgain, "an element has more than %d attributes, which is more than is read", xmlMaxAttributes)
	}
	r.values = append(r.values, xmlAttr{local, prefix, source.Spanned[string]{Value: value, Span: source.Span{File: r.file, Start: begin, End: begin + n}}})
	switch {
	case r.skipping > 0:
	case prefix == "xmlns":
		return r.declare(xmlSpace{local, value}, at)
	case name == "xmlns":
		return r.declare(xmlSpace{"", value}, at)
	}
	return true
}

func (r *xmlReader) declare(s xmlSpace, at source.Span) bool {
	if len(r.spaces) == xmlMaxNamespaces {
		return r.fail(at.Start, at.End, xmlExportAgain, "more than %d namespaces are declared, which is more than is read", xmlMaxNamespaces)
	}
	r.spaces = append(r.spaces, s)
	return true
}

// xmlName parts a name from its prefix.
func xmlName(name string) (prefix, local string) {
	if i := strings.IndexByte(name, ':'); i > 0 && i+1 < len(name) {
		return name[:i], name[i+1:]
	}
	return "", name
}

// enter opens the element of a start tag.
func (r *xmlReader) enter(o xmlOpen) bool {
	switch {
	case len(r.open) == 0 && r.elements > 0:
		return r.fail(o.tag[0], o.tag[1], xmlExportAgain, "a second element %s stands beside the outermost one", finding.Quote(o.name))
	case len(r.open) == xmlMaxDepth:
		return r.fail(o.tag[0], o.tag[1], xmlExportAgain, "elements stand in each other more than %d deep, which is more than is read", xmlMaxDepth)
	}
	if r.skipping == 0 {
		prefix, local := xmlName(o.name)
		space := r.space(prefix)
		if r.skip != nil && len(r.open) > 0 && r.skip(space, local) {
			r.skipping = len(r.open) + 1
		} else if o.element = r.element(); o.element == nil {
			return r.fail(o.tag[0], o.tag[1], xmlExportAgain, "there are more than %d elements, which is more than is read", xmlMaxElements)
		} else {
			tag := source.Span{File: r.file, Start: o.tag[0], End: o.tag[1]}
			*o.element = xmlElement{name: local, prefix: prefix, space: space, attrs: r.keep(r.values), tag: tag, span: tag}
		}
	}
	r.open = append(r.open, o)
	return true
}

// element returns room for an element, nil where there are too many.
func (r *xmlReader) element() *xmlElement {
	if r.elements++; r.elements > xmlMaxElements {
		return nil
	}
	if len(r.elementRoom) == cap(r.elementRoom) {
		r.elementRoom = make([]xmlElement, 0, min(1024, 16+len(r.text)/256))
	}
	r.elementRoom = r.elementRoom[:len(r.elementRoom)+1]
	return &r.elementRoom[len(r.elementRoom)-1]
}

// keep copies the attributes of a tag to where they may stay.
func (r *xmlReader) keep(values []xmlAttr) []xmlAttr {
	if len(values) == 0 {
		return nil
	}
	if len(r.attrRoom)+len(values) > cap(r.attrRoom) {
		r.attrRoom = make([]xmlAttr, 0, max(len(values), min(2048, 32+len(r.text)/128)))
	}
	n := len(r.attrRoom)
	r.attrRoom = append(r.attrRoom, values...)
	return r.attrRoom[n:len(r.attrRoom):len(r.attrRoom)]
}

// space returns the namespace of a prefix at this place.
func (r *xmlReader) space(prefix string) string {
	for i := len(r.spaces) - 1; i >= 0; i-- {
		if r.spaces[i].prefix == prefix {
			return r.spaces[i].uri
		}
	}
	return ""
}

// endTag reads an end tag and closes its element.
func (r *xmlReader) endTag() {
	from := r.at
	r.at += 2
	name := r.name()
	r.blank()
	if name == "" || r.at >= len(r.text) || r.text[r.at] != '>' {
		r.fail(from, r.at, xmlExportAgain, "an end tag is broken here")
		return
	}
	r.at++
	if len(r.open) == 0 {
		r.fail(from, r.at, xmlExportAgain, "%s closes an element that is not open", finding.Quote("</"+name+">"))
		return
	}
	if o := r.open[len(r.open)-1]; o.name != name {
		at := source.Span{File: r.file, Start: from, End: r.at}
		r.failAt(at, "Each element is closed before the one around it. "+xmlExportAgain,
			finding.Quote("</"+name+">")+" stands where "+finding.Quote("</"+o.name+">")+" should", r.begins(o))
		return
	}
	r.leave()
}

// leave closes the innermost element.
func (r *xmlReader) leave() {
	last := len(r.open) - 1
	o := r.open[last]
	r.open, r.spaces = r.open[:last], r.spaces[:o.spaces]
	if r.skipping == len(r.open)+1 {
		r.skipping = 0
	}
	if o.element == nil {
		return
	}
	e := o.element
	e.span.End = r.at
	if o.text != nil {
		e.text.Value = string(o.text)
	}
	e.text.Value = strings.TrimSpace(e.text.Value)
	if len(r.siblings) > o.siblings {
		e.children = slices.Clone(r.siblings[o.siblings:])
	}
	r.siblings = append(r.siblings[:o.siblings], e)
	if len(r.open) == 0 {
		r.root = e
	}
}

// declaration reads what begins with `<!`.
func (r *xmlReader) declaration() {
	rest := r.text[r.at:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		r.comment()
	case strings.HasPrefix(rest, "<![CDATA[") && len(r.open) > 0:
		from := r.at + len("<![CDATA[")
		if raw, ok := r.upTo(from, "]]>", "a CDATA section"); ok {
			r.addText(xmlBreaks.Replace(raw), raw, from)
		}
	case strings.HasPrefix(rest, "<!DOCTYPE") && r.elements == 0:
		r.doctype()
	default:
		r.fail(r.at, r.at+2, xmlWriteLt, "a `<!` begins nothing that may stand here")
	}
}

func (r *xmlReader) comment() {
	from := r.at + len("<!--")
	if words, ok := r.upTo(from, "-->", "a comment"); ok && (strings.Contains(words, "--") || strings.HasSuffix(words, "-")) {
		r.fail(from-4, from, xmlExportAgain, "there is `--` inside a comment, which XML does not allow")
	}
}

// upTo reads from a place up to a mark, and past it.
func (r *xmlReader) upTo(from int, mark, what string) (string, bool) {
	n := strings.Index(r.text[from:], mark)
	if n < 0 {
		return "", r.fail(r.at, from, "The file seems to be cut off. "+xmlExportAgain, "the file ends inside %s that begins here", what)
	}
	r.at = from + n + len(mark)
	return r.text[from : from+n], true
}

// instruction reads what begins with `<?`: a processing instruction, or the
// declaration that it is XML.
func (r *xmlReader) instruction() {
	at := r.at
	if inside, ok := r.upTo(at+2, "?>", "a processing instruction"); ok && strings.HasPrefix(inside, "xml ") && at > 0 {
		r.fail(at, r.at, "Remove what stands before it.", "`<?xml` stands at the very beginning of a file only")
	}
}

// doctype reads a document type, which may not define anything.
func (r *xmlReader) doctype() {
	from, inside := r.at, false
	for r.at += len("<!DOCTYPE"); r.at < len(r.text); r.at++ {
		switch c := r.text[r.at]; {
		case c == '"' || c == '\'':
			n := strings.IndexByte(r.text[r.at+1:], c)
			r.at = min(len(r.text)-1, r.at+1+max(n, 0))
		case strings.HasPrefix(r.text[r.at:], "<!--"):
			r.comment()
			r.at--
		case strings.HasPrefix(r.text[r.at:], "<!ENTITY"):
			r.fail(r.at, r.at+len("<!ENTITY"), "Export the file without a document type, or replace the entities by what they stand for.",
				"the file defines entities of its own, which are not resolved: they can hide other files and endless texts")
			return
		case c == '[' || c == ']':
			inside = c == '['
		case c == '>' && !inside:
			r.at++
			return
		}
	}
	r.fail(from, len(r.text), xmlExportAgain, "the document type that begins here has no end")
}

// name reads the name of an element or attribute; "" where there is none.
func (r *xmlReader) name() string {
	from := r.at
	for r.at < len(r.text) && xmlInName[r.text[r.at]] {
		r.at++
	}
	name := r.text[from:r.at]
	if name == "" || name[0] == '-' || name[0] == '.' || name[0] >= '0' && name[0] <= '9' || strings.Count(name, ":") > 1 {
		r.at = from
		return ""
	}
	return name
}

// xmlInName says which bytes may stand in a name. Of letters beyond ASCII it
// takes all.
var xmlInName = func() (in [256]bool) {
	for c := range in {
		in[c] = c >= utf8.RuneSelf || strings.IndexByte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:-.", byte(c)) >= 0
	}
	return in
}()

// blank passes white space and reports whether there was any.
func (r *xmlReader) blank() bool {
	from := r.at
	for r.at < len(r.text) && (r.text[r.at] == ' ' || r.text[r.at] == '\n' || r.text[r.at] == '\t' || r.text[r.at] == '\r') {
		r.at++
	}
	return r.at > from
}
