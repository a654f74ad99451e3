package convert

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// sheet is a table with a row for each touchpoint, in the order of the
// journey. [SheetColumns] are what its columns can mean. Rows of the basic path
// follow one another; rows of another path (a name in the column path) are a
// chain of their own, wherever they stand. Without an anchor (after, before,
// instead-of) an option hangs after the basic row above its first one, and an
// alternative stands in for that row.
var sheet = Format{
	Name: "csv", Title: "CSV or TSV sheet", Endings: []string{".csv", ".tsv"},
	detect: sheetDetect, read: sheetRead, decode: decodeText,
}

// Limits of what is read: far above what a journey has.
const (
	sheetRows   = 100_000 // rows below the header
	sheetHead   = 40      // rows with something in them among which the header is
	sheetSample = 256 << 10
)

// sheetSeparators are what stands between cells, in the order in which they
// are tried. Excel takes the list separator of the region, in Persian ؛.
var sheetSeparators = []string{",", ";", "\t", "|", "؛"}

// sheetDetect knows sheets by the ending of their names, and text in a
// file whose name says nothing by a header that names touchpoints and more.
func sheetDetect(name string, data []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".tsv":
		return true
	case "", ".txt", ".tab":
		text, _ := decodeText(data[:min(len(data), 16<<10)])
		if i := bytes.LastIndexByte(text, '\n'); i >= 0 && len(data) > 16<<10 {
			text = text[:i]
		}
		l := sheetLayoutOf(source.New(name, text), nil)
		return l.touchpoint && l.meanings > 1
	}
	return false
}

// sheetReader reads one sheet.
type sheetReader struct {
	*flow
	words     *sheetLookup
	layout    sheetLayout
	header    []sheetHeader
	columns   [][2]int // column of the sheet, column of SheetColumns: those that are read for each row
	column    map[string]int
	names     sheetNames
	paths     []*sheetPath
	places    []sheetPlace           // by node: where it stands
	named     map[string][]int       // by key of the name: the nodes
	number    map[string]int         // by number: the node
	pathNamed map[string]int         // by key of the name: the path
	onBasic   []sheetWay             // by step of the basic path: what its row says of its place
	keys      map[string]int         // by key of a node: how many share it
	stages    source.Spanned[string] // of the rows that say none
	looked    int                    // at steps, in search of one
}

// sheetHeader is a column as its header says it.
type sheetHeader struct {
	text   source.Spanned[string]
	column int           // of SheetColumns; -1: nothing
	unit   time.Duration // of numbers without one; 0: minutes, with a note
	given  bool          // by Options
	filled bool          // something stands below it
	scores []sheetScore
	noted  bool
}

// name is how findings call the column.
func (h *sheetHeader) name() string { return sheetLineOf(h.text.Value) }

// sheetRead reads a sheet into a flow.
func sheetRead(file *source.File, o Options) (*flow, []finding.Finding) {
	r := &sheetReader{
		flow: newFlow(file), words: sheetTables(), column: map[string]int{},
		names: newSheetNames(), named: map[string][]int{}, number: map[string]int{},
		pathNamed: map[string]int{}, keys: map[string]int{},
		paths: []*sheetPath{{}},
	}
	if !r.readable() {
		return nil, r.findings
	}
	r.layout = sheetLayoutOf(file, o.Columns)
	if !r.readHeader(o.Columns) || !r.readRows() {
		return nil, r.findings
	}
	r.finishColumns()
	r.connect()
	r.finishDocument()
	return r.flow, nil
}

// invalid reports that the file cannot be read as a sheet.
func (r *sheetReader) invalid(start, end int, message, help string) bool {
	r.report("invalid-file", r.span(start, end), "", message, help)
	r.findings[len(r.findings)-1].Unchecked = true
	return false
}

func (r *sheetReader) span(start, end int) source.Span {
	return source.Span{File: r.file, Start: start, End: end}
}

const sheetSave = "In Excel: \"Save as\", \"CSV UTF-8 (comma delimited)\"."

// readable reports what is no text of a sheet.
func (r *sheetReader) readable() bool {
	text := r.file.Text
	broken := 0
	for broken < len(text) && text[broken] != 0 {
		c, n := utf8.DecodeRune(text[broken:])
		if c == utf8.RuneError && n == 1 {
			break
		}
		broken += n
	}
	switch {
	case len(text) > syntax.MaxFileSize:
		return r.invalid(0, 0, fmt.Sprintf("the sheet is larger than %d MB, which is more than is read", syntax.MaxFileSize>>20), "Split it into journeys, a file each.")
	case bytes.HasPrefix(text, []byte("PK\x03\x04")), bytes.HasPrefix(text, []byte("\xd0\xcf\x11\xe0")):
		return r.invalid(0, 0, "this is a workbook of a spreadsheet program, not a text with a row on each line", sheetSave)
	case broken < len(text) && text[broken] == 0:
		return r.invalid(broken, broken+1, "the byte 0 here is no text; this is no sheet, or in an encoding that cannot be told", "Save the sheet as UTF-8. "+sheetSave)
	case broken < len(text):
		return r.invalid(broken, broken+1, fmt.Sprintf("the byte %#x here is not UTF-8 text, and the encoding cannot be told by the rest", text[broken]), "Save the sheet as UTF-8. "+sheetSave)
	case len(bytes.TrimSpace(text)) == 0:
		return r.invalid(0, 0, "the file is empty; a sheet has a header with a column such as `Touchpoint`, and a row for each step below", sheetHowTo)
	}
	return true
}

const sheetHowTo = "Write `Stage,Touchpoint,Channel,Owner` on the first line and a step on each line below."

// sheetLayout is where the header of a sheet stands and what separates cells.
type sheetLayout struct {
	separator  string
	start      int         // of the first row
	titles     []sheetLine // rows above the header in which something stands
	header     []sheetCell // nil: no row has anything in it
	headerEnd  int         // where the first row below begins
	unclosed   int         // place of a quote that nothing closes, in what was looked at; -1: none
	touchpoint bool        // the header names touchpoints
	meanings   int         // columns of the header that are known
	turned     bool        // the first column has more of headers than the header
	even       int         // rows that have as many cells as the header, and more than one
}

// sheetLine is a row above the header.
type sheetLine struct{ cells []sheetCell }

// sheetLayoutOf finds the separator and the header of a sheet: those that make
// the most sense together. Excel's own `sep=;` on the first line is believed.
func sheetLayoutOf(file *source.File, given map[string]string) sheetLayout {
	separators, start := sheetSeparators, 0
	if sep, end := sheetSaid(file.Text); sep != "" {
		separators, start = []string{sep}, end
	} else if strings.EqualFold(path.Ext(file.Name), ".tsv") {
		separators = []string{"\t", ",", ";", "|", "؛"}
	}
	texts := map[string]bool{}
	for text := range given {
		texts[sheetKey(text)] = true
	}
	var best sheetLayout
	for i, sep := range separators {
		if l := sheetTry(file, sep, start, texts); i == 0 || l.better(best) {
			best = l
		}
	}
	return best
}

// sheetSaid reads the line by which Excel is told the separator.
func sheetSaid(text []byte) (separator string, end int) {
	end = len(text)
	if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
		end = i
	}
	line := strings.Trim(string(text[:min(end, 20)]), `"`)
	if len(line) < 5 || !strings.EqualFold(line[:4], "sep=") {
		return "", 0
	}
	c, n := utf8.DecodeRuneInString(line[4:])
	if strings.TrimSpace(line[4+n:]) != "" || c == '"' || c == utf8.RuneError {
		return "", 0
	}
	return string(c), end
}

// better reports whether a layout makes more sense than another.
func (l sheetLayout) better(than sheetLayout) bool {
	if l.touchpoint != than.touchpoint {
		return l.touchpoint
	}
	if l.meanings != than.meanings {
		return l.meanings > than.meanings
	}
	if l.even != than.even {
		return l.even > than.even
	}
	return len(l.header) > len(than.header) && l.even > 0
}

// sheetTry finds the header among the first rows, taking a separator for the
// right one: the row of which the most is known, else the first of those in
// which the most stands.
func sheetTry(file *source.File, separator string, start int, given map[string]bool) sheetLayout {
	l := sheetLayout{separator: separator, start: start, unclosed: -1}
	s := newSheetScanner(file, separator, start)
	var rows []sheetLine
	var ends []int
	header := -1
	for len(rows) < sheetHead && s.at < start+sheetSample {
		cells, ok := s.next()
		if !ok {
			break
		}
		if sheetEmpty(cells) {
			continue
		}
		rows, ends = append(rows, sheetLine{slices.Clone(cells)}), append(ends, s.at)
		touchpoint, meanings := s.knows(cells, given)
		row := sheetLayout{touchpoint: touchpoint, meanings: meanings, even: sheetFilled(cells)}
		if header < 0 || row.better(sheetLayout{touchpoint: l.touchpoint, meanings: l.meanings, even: sheetFilled(rows[header].cells)}) {
			header, l.touchpoint, l.meanings = len(rows)-1, touchpoint, meanings
		}
	}
	l.unclosed = s.unclosed
	if header >= 0 {
		l.turned = s.turned(rows, given, l.meanings)
		l.titles, l.header, l.headerEnd = rows[:header], rows[header].cells, ends[header]
		for _, row := range rows[header+1:] {
			if len(row.cells) == len(l.header) && len(row.cells) > 1 {
				l.even++
			}
		}
	}
	return l
}

// turned reports whether the steps stand side by side: the first cells of the
// rows are what headers are.
func (s *sheetScanner) turned(rows []sheetLine, given map[string]bool, meanings int) bool {
	var first []sheetCell
	for _, row := range rows {
		first = append(first, row.cells[0])
	}
	touchpoint, down := s.knows(first, given)
	return touchpoint && down > 1 && down > meanings
}

// knows reports how many meanings of columns a row names, and whether one is
// touchpoint.
func (s *sheetScanner) knows(cells []sheetCell, given map[string]bool) (touchpoint bool, meanings int) {
	var seen [64]bool
	for _, c := range cells[:min(len(cells), 1000)] {
		text := s.value(c).Value
		if given[sheetKey(text)] && text != "" {
			meanings++
			continue
		}
		m := sheetMatchHeader(text)
		if m.column >= 0 && !seen[m.column] {
			seen[m.column] = true
			meanings++
			touchpoint = touchpoint || m.column == 0
		}
	}
	return touchpoint, meanings
}

// readHeader finds what the columns mean.
func (r *sheetReader) readHeader(given map[string]string) bool {
	s := newSheetScanner(r.file, r.layout.separator, 0)
	if at := r.layout.unclosed; at >= 0 {
		return r.unclosed(at)
	}
	if r.layout.header == nil {
		return r.invalid(0, 0, "there is nothing in the sheet but separators", sheetHowTo)
	}
	for _, c := range r.layout.header {
		r.header = append(r.header, sheetHeader{text: s.value(c), column: -1})
	}
	if !r.giveColumns(given) {
		return false
	}
	r.matchColumns()
	if r.layout.turned && len(given) == 0 {
		span := r.headerSpan()
		return r.invalid(span.Start, span.End, "the steps of the sheet seem to stand side by side; each needs a row of its own",
			"Turn the sheet: in Excel copy it and \"Paste Special\", \"Transpose\".")
	}
	if _, ok := r.column["touchpoint"]; !ok {
		return r.noTouchpoint()
	}
	r.readTitles(s)
	return true
}

func (r *sheetReader) unclosed(at int) bool {
	return r.invalid(at, at+1, "the quote that opens here is never closed, so the cell would hold the rest of the file",
		"Close it with another `\"`, or write a quote that belongs to the text twice: `\"\"`.")
}

// giveColumns takes in what the user says that columns mean.
func (r *sheetReader) giveColumns(given map[string]string) bool {
	ok := true
	for _, key := range slices.Sorted(maps.Keys(given)) {
		at := r.findColumn(key)
		meaning := slices.IndexFunc(SheetColumns, func(c SheetColumn) bool { return sheetKey(c.Name) == sheetKey(given[key]) })
		switch {
		case at < 0:
			ok = r.invalid(r.headerSpan().Start, r.headerSpan().End, "the sheet has no column "+finding.Quote(key)+"; its columns are "+r.headerList(), "Name a column by its header, its number or its letter: `--columns \"2=touchpoint\"`.")
		case meaning < 0:
			ok = r.invalid(r.header[at].text.Span.Start, r.header[at].text.Span.End, "a column cannot mean "+finding.Quote(given[key]), sheetSuggest(given[key]))
		default:
			h := &r.header[at]
			h.column, h.given, h.unit = meaning, true, sheetMatchHeader(h.text.Value).unit
			if first, taken := r.column[SheetColumns[meaning].Name]; taken && meaning != len(SheetColumns)-1 {
				r.secondColumn(first, at)
				continue
			}
			r.column[SheetColumns[meaning].Name] = at
		}
	}
	return ok
}

func sheetSuggest(word string) string {
	names := make([]string, len(SheetColumns))
	for i, c := range SheetColumns {
		names[i] = c.Name
	}
	help := "Columns can mean " + strings.Join(names, ", ") + "."
	if near := finding.DidYouMean(word, names); near != "" {
		return near + " " + help
	}
	return help
}

// findColumn returns the column of a header, a number from 1 or letters from A;
// -1 for none.
func (r *sheetReader) findColumn(key string) int {
	for _, same := range []func(string) bool{
		func(text string) bool { return strings.EqualFold(text, key) },
		func(text string) bool { return text != "" && sheetKey(text) == sheetKey(key) },
	} {
		if i := slices.IndexFunc(r.header, func(h sheetHeader) bool { return same(h.text.Value) }); i >= 0 && key != "" {
			return i
		}
	}
	n, err := strconv.Atoi(sheetPlain(key))
	if err != nil && len(key) <= 3 {
		n = 0
		for _, c := range strings.ToUpper(key) {
			if c < 'A' || c > 'Z' {
				return -1
			}
			n = 26*n + int(c-'A') + 1
		}
	}
	if n < 1 || n > len(r.header) {
		return -1
	}
	return n - 1
}

// matchColumns finds the meaning of headers that nobody gave one. Of two
// columns with one meaning that counts which says it in full, then the first.
func (r *sheetReader) matchColumns() {
	var doubles [][2]int
	for _, sure := range []bool{true, false} {
		for i := range r.header {
			h := &r.header[i]
			m := sheetMatchHeader(h.text.Value)
			if h.column >= 0 || m.column < 0 || m.sure != sure {
				continue
			}
			name := SheetColumns[m.column].Name
			if first, taken := r.column[name]; taken {
				doubles = append(doubles, [2]int{first, i})
				continue
			}
			h.column, h.unit = m.column, m.unit
			r.column[name] = i
		}
	}
	for _, d := range doubles {
		r.doubleColumn(d[0], d[1])
	}
	for i, h := range r.header {
		if h.column >= 0 && SheetColumns[h.column].read != nil && r.column[SheetColumns[h.column].Name] == i {
			r.columns = append(r.columns, [2]int{i, h.column})
		}
	}
}

// doubleColumn finds what else a column means whose meaning another has: maps
// of journeys often have a column for what the customer does and one for the
// touchpoint, which then is the channel, where no other is.
func (r *sheetReader) doubleColumn(first, second int) {
	action, point := first, second
	if sheetIsPoint(r.header[first].text.Value) {
		action, point = second, first
	}
	if r.header[first].column != 0 || r.header[first].given || sheetIsPoint(r.header[action].text.Value) || !sheetIsPoint(r.header[point].text.Value) {
		r.secondColumn(first, second)
		return
	}
	names, other, meaning := action, point, "channel"
	if _, taken := r.column["channel"]; taken {
		names, other, meaning = point, action, "description"
	}
	r.column["touchpoint"], r.header[names].column = names, 0
	if _, taken := r.column[meaning]; taken {
		r.secondColumn(names, other)
		return
	}
	r.column[meaning] = other
	r.header[other].column = slices.IndexFunc(SheetColumns, func(c SheetColumn) bool { return c.Name == meaning })
	r.lose(r.columnSpan(other), "columns."+r.header[other].name(), "the column "+r.columnName(names)+" names the steps, so "+r.columnName(other)+" is taken for the "+meaning,
		"Say with `--columns` what they mean where that is wrong.")
}

// sheetIsPoint reports whether a header speaks of touchpoints rather than of
// what is done there.
func sheetIsPoint(header string) bool {
	plain := sheetPlain(header)
	return slices.ContainsFunc([]string{"touch", "contact point", "نقطه", "نقاط"}, func(word string) bool { return strings.Contains(plain, word) })
}

// secondColumn notes that a column says what another says already.
func (r *sheetReader) secondColumn(first, second int) {
	h := &r.header[second]
	h.column, h.noted = -1, true
	r.lose(r.columnSpan(second), "columns."+h.name(), "the column "+r.columnName(second)+" is left out: the column "+r.columnName(first)+" says the same already",
		"Say with `--columns` which of them counts, or join them in the sheet.")
}

// columnName is how a finding calls a column: by its header, else its number.
func (r *sheetReader) columnName(i int) string {
	if text := r.header[i].name(); text != "" {
		return finding.Quote(text)
	}
	return strconv.Itoa(i + 1)
}

// columnSpan is the place of a header: where there is none, that of the header
// row.
func (r *sheetReader) columnSpan(i int) source.Span { return r.header[i].text.Span }

func (r *sheetReader) headerSpan() source.Span {
	return r.span(r.header[0].text.Span.Start, r.header[len(r.header)-1].text.Span.End)
}

// headerList lists the headers that are there.
func (r *sheetReader) headerList() string {
	var list []string
	for i, h := range r.header {
		if len(list) == 12 {
			return strings.Join(list, ", ") + " and more"
		}
		if h.text.Value != "" {
			list = append(list, r.columnName(i))
		}
	}
	return strings.Join(list, ", ")
}

// noTouchpoint says which headers were seen, and how to say what they mean.
func (r *sheetReader) noTouchpoint() bool {
	example := "A"
	for _, h := range r.header {
		if h.text.Value != "" && h.column < 0 && !strings.ContainsAny(h.text.Value, "=,\"\n") {
			example = h.name()
			break
		}
	}
	span := r.headerSpan()
	return r.invalid(span.Start, span.End, "no column of the sheet is known to name the steps; its columns are "+r.headerList(),
		"Call one `Touchpoint`, or say what they mean: `corridor import FILE --columns \""+example+"=touchpoint\"`.")
}

// readTitles takes in the rows above the header: the first is the title, the
// others are its description.
func (r *sheetReader) readTitles(s *sheetScanner) {
	for i, line := range r.layout.titles {
		var words []string
		start, end := 0, 0
		for _, c := range line.cells {
			if v := s.value(c); v.Value != "" {
				if len(words) == 0 {
					start = v.Span.Start
				}
				words, end = append(words, v.Value), v.Span.End
			}
		}
		text, span := strings.Join(words, " "), r.span(start, end)
		d := &r.doc.Description
		switch {
		case i == 0:
			r.doc.Title.Plain, r.doc.Title.Span = sheetLineOf(text), span
		case d.Plain == "":
			d.Plain, d.Span = text, span
		default:
			d.Plain, d.Span.End = d.Plain+"\n"+text, end
		}
	}
}

// sheetLineOf writes a text on one line.
func sheetLineOf(text string) string { return strings.Join(strings.Fields(text), " ") }
