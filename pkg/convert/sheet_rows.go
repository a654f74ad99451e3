package convert

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// sheetRow is a row while it is read.
type sheetRow struct {
	node       int // the number that its step will have
	key        string
	span       source.Span
	touchpoint model.Touchpoint
	behind     source.Spanned[string] // what the owner does behind it
}

// readRows reads what stands below the header.
func (r *sheetReader) readRows() bool {
	s := newSheetScanner(r.file, r.layout.separator, r.layout.headerEnd)
	for n := 0; ; {
		cells, ok := s.next()
		switch {
		case s.unclosed >= 0:
			return r.unclosed(s.unclosed)
		case !ok && len(r.nodes) == 0:
			span := r.headerSpan()
			return r.invalid(span.Start, span.End, "there is no step below the header of the sheet", "Write a row for each step of the journey.")
		case !ok:
			return true
		case sheetEmpty(cells):
			continue
		case n == sheetRows:
			return r.invalid(cells[0].start, cells[len(cells)-1].end, fmt.Sprintf("the sheet has more than %d rows, which is more than is read", sheetRows), "Split it into journeys, a file each.")
		}
		n++
		r.readRow(s, cells)
	}
}

// readRow reads one row that has something in it.
func (r *sheetReader) readRow(s *sheetScanner, cells []sheetCell) {
	r.fill(s, cells)
	cell := func(name string) source.Spanned[string] {
		if i, ok := r.column[name]; ok && i < len(cells) {
			if v := s.value(cells[i]); !sheetNothing(v.Value) {
				return v
			}
		}
		return source.Spanned[string]{}
	}
	name := cell("touchpoint")
	name.Value = sheetLineOf(name.Value)
	row := &sheetRow{node: len(r.nodes), span: r.span(cells[0].start, cells[len(cells)-1].end)}
	way := sheetWay{path: cell("path"), after: cell("after"), before: cell("before"), instead: cell("instead-of"), share: cell("share")}
	if v := cell("optional"); v.Given() && way.path.Value == "" {
		way.optional = r.yes(row, &r.header[r.column["optional"]], v).Value
	}
	if name.Value == "" {
		r.nameless(row, way, cell("stage"), cells, s)
		return
	}
	row.key = r.key(name.Value)
	r.formula(row, name)
	for _, c := range r.columns {
		if c[0] >= len(cells) {
			continue
		}
		if v := s.value(cells[c[0]]); !sheetNothing(v.Value) {
			r.formula(row, v)
			SheetColumns[c[1]].read(r, row, &r.header[c[0]], v)
		}
	}
	r.addStep(row, name, cell("number"), way)
}

// addStep puts the step of a row into the flow.
func (r *sheetReader) addStep(row *sheetRow, name, number source.Spanned[string], way sheetWay) {
	t := &row.touchpoint
	t.Span = row.span
	if t.Stage.Value == "" {
		t.Stage = r.stages
	}
	if row.behind.Given() {
		r.behind(row)
	}
	if t.Kind.Given() && t.Channel.Given() {
		r.kindOfChannel(row)
	}
	r.node(node{kind: step, key: row.key, name: name, span: row.span, touchpoint: *t})
	r.named[sheetKey(name.Value)] = append(r.named[sheetKey(name.Value)], row.node)
	if _, taken := r.number[sheetKey(number.Value)]; number.Given() && !taken {
		r.number[sheetKey(number.Value)] = row.node
	}
	r.walk(row, way)
}

// nameless reads a row that names no step: one that opens a stage, as people
// write a heading between the rows; one that says that a run may be skipped;
// or one that says nothing that can be used.
func (r *sheetReader) nameless(row *sheetRow, way sheetWay, stage source.Spanned[string], cells []sheetCell, s *sheetScanner) {
	filled := sheetFilled(cells)
	switch {
	case stage.Given() && filled == 1:
		r.stages = r.stageID(stage)
	case way.instead.Given() || way.after.Given() && way.before.Given():
		row.node = -1
		r.walk(row, way)
	default:
		if stage.Given() {
			r.stages = r.stageID(stage)
		}
		words := ""
		for _, c := range cells {
			if v := s.value(c); v.Value != "" {
				words = v.Value
				break
			}
		}
		r.lose(row.span, "rows."+words, "the row that begins with "+finding.Quote(words)+" names no step, so it is left out",
			"Write what happens into the column "+r.columnName(r.column["touchpoint"])+"; of joined cells only the first row has the text.")
	}
}

// fill marks the columns that are used, and notes a row that has more or fewer
// cells than the header.
func (r *sheetReader) fill(s *sheetScanner, cells []sheetCell) {
	for i, c := range cells[:min(len(cells), len(r.header))] {
		if c.end > c.start {
			r.header[i].filled = true
		}
	}
	first := s.value(cells[0])
	if extra := cells[min(len(cells), len(r.header)):]; sheetFilled(extra) > 0 {
		i := slices.IndexFunc(extra, func(c sheetCell) bool { return c.end > c.start })
		v := s.value(extra[i])
		r.lose(v.Span, "rows."+first.Value+".cells", finding.Quote(v.Value)+" stands beyond the last column of the header, so it is left out",
			"Put a text in which "+sheetSeparatorName(r.layout.separator)+" stands between quotes, or give the column a header.")
	}
	if len(cells) < len(r.header) && len(cells) > 1 {
		r.lose(r.span(cells[0].start, cells[len(cells)-1].end), "rows."+first.Value+".cells",
			fmt.Sprintf("the row has %d of %d cells; the others are taken for empty", len(cells), len(r.header)),
			"See whether a line break split the row: such a text stands between quotes.")
	}
}

func sheetSeparatorName(separator string) string {
	if separator == "\t" {
		return "a tab"
	}
	return "`" + separator + "`"
}

// key returns a key for a node of that name, each once.
func (r *sheetReader) key(name string) string {
	key := name
	for r.keys[key] > 0 {
		r.keys[name]++
		key = name + "#" + strconv.Itoa(r.keys[name])
	}
	r.keys[key] = 1
	return key
}

// formula notes a cell that a spreadsheet program would work out.
func (r *sheetReader) formula(row *sheetRow, v source.Spanned[string]) {
	if strings.HasPrefix(v.Value, "=") {
		r.lose(v.Span, "nodes."+row.key+".formula", "the formula "+finding.Quote(v.Value)+" is not worked out; it is taken as text", "Write its value into the cell.")
	}
}

// unclear notes a cell whose value cannot be understood.
func (r *sheetReader) unclear(row *sheetRow, h *sheetHeader, v source.Spanned[string], what, help string) {
	if strings.HasPrefix(v.Value, "=") { // it is noted already
		return
	}
	r.lose(v.Span, "nodes."+row.key+"."+h.name(), finding.Quote(v.Value)+" is not understood as "+what+" of "+finding.Quote(row.key)+", so it is left out", help)
}

// sheetNames are the ids that a sheet defines, by the key of their words.
type sheetNames struct {
	stages, departments, channels, customers, things map[string]string
	taken                                            [5]ids
	people                                           []sheetPerson
	person                                           map[string]int // in people, by id
	firm                                             int            // steps that name customers
	needed                                           []sheetNeeded
	given                                            map[string]bool
	likened                                          map[string]bool // channels, by key
}

// sheetPerson is a customer, and how often rows name them.
type sheetPerson struct {
	name  source.Spanned[string]
	steps int
	last  int // the step that named them last
}

// sheetNeeded is a requirement whose things may be defined further down.
type sheetNeeded struct {
	id   string
	name source.Spanned[string]
}

func newSheetNames() sheetNames {
	n := sheetNames{
		stages: map[string]string{}, departments: map[string]string{}, channels: map[string]string{}, customers: map[string]string{},
		things: map[string]string{}, person: map[string]int{}, given: map[string]bool{}, likened: map[string]bool{}, taken: [5]ids{{}, {}, {}, {}, {}},
	}
	for _, c := range model.BuiltInChannels {
		n.taken[2][c.ID.Value] = true
	}
	for _, c := range model.BuiltInCapabilities {
		n.taken[4][c.ID.Value] = true
	}
	return n
}

// define returns the id of a word, and what defines it where it is new.
func (n *sheetNames) define(known map[string]string, taken ids, v source.Spanned[string], fallback string) (model.Name, *model.Definition) {
	v.Value = sheetLineOf(v.Value)
	key := sheetKey(v.Value)
	if id, ok := known[key]; ok {
		return model.Name{Value: id, Span: v.Span}, nil
	}
	d := taken.define(v, fallback, v.Span)
	known[key] = d.ID.Value
	return d.ID, &d
}

func (r *sheetReader) stageID(v source.Spanned[string]) model.Name {
	id, d := r.names.define(r.names.stages, r.names.taken[0], v, "stage")
	if d != nil {
		r.doc.Stages = append(r.doc.Stages, &model.Stage{Definition: *d})
	}
	return id
}

// stage reads the stage of a row, which the rows below go on with.
func (r *sheetReader) stage(row *sheetRow, _ *sheetHeader, v source.Spanned[string]) {
	r.stages = r.stageID(v)
	row.touchpoint.Stage = r.stages
}

func (r *sheetReader) owner(row *sheetRow, _ *sheetHeader, v source.Spanned[string]) {
	id, d := r.names.define(r.names.departments, r.names.taken[1], v, "department")
	if d != nil {
		r.doc.Departments = append(r.doc.Departments, &model.Department{Definition: *d})
	}
	row.touchpoint.Owner = id
}

// channel reads by what a step happens: a built-in channel, under any of its
// names, else one of the sheet's own.
func (r *sheetReader) channel(row *sheetRow, h *sheetHeader, v source.Spanned[string]) {
	if id, ok := r.builtIn(v.Value); ok {
		row.touchpoint.Channel = model.Name{Value: id, Span: v.Span}
		return
	}
	list := sheetList(v)
	if id := ""; len(list) > 1 {
		ok := false
		if id, ok = r.builtIn(list[0].Value); ok {
			row.touchpoint.Channel = model.Name{Value: id, Span: list[0].Span}
			r.bound(v.Span, "nodes."+row.key+".channel", finding.Quote(row.key)+" happens by several channels; only "+finding.Quote(list[0].Value)+" is kept",
				"Give each of the others a row, with `alternative: NAME` in a column `path`.")
			return
		}
	}
	if id, ok := r.channelByHead(v.Value); ok {
		row.touchpoint.Channel = model.Name{Value: id, Span: v.Span}
		if !r.names.likened[sheetKey(v.Value)] {
			r.names.likened[sheetKey(v.Value)] = true
			r.lose(v.Span, "channels."+v.Value, finding.Quote(v.Value)+" is taken for the channel `"+id+"`", "Give it a channel of its own in the corridor file where customers need other things for it.")
		}
		return
	}
	id, d := r.names.define(r.names.channels, r.names.taken[2], v, "channel")
	row.touchpoint.Channel = id
	if d == nil {
		return
	}
	r.doc.Channels = append(r.doc.Channels, &model.Channel{Definition: *d})
	r.lose(v.Span, "channels."+id.Value, finding.Quote(v.Value)+" is no channel that is built in; it is kept as one of your own, which requires nothing",
		"Say under `channels` what it requires, or name one that is built in, such as `phone`, `web` or `counter`.")
}

// builtIn returns the built-in channel that words name, with or without a
// preposition before them.
func (r *sheetReader) builtIn(text string) (string, bool) {
	tokens := sheetTokens(text)
	for len(tokens) > 0 {
		if c, ok := r.words.channels[strings.Join(tokens, "")]; ok {
			return c.means, true
		}
		if !r.words.links[tokens[0]] {
			break
		}
		tokens = tokens[1:]
	}
	return "", false
}

// channelByHead returns the built-in channel of the words that others only
// describe: `in person (clinic)`, `Bank website`, `موقع البلدية`.
func (r *sheetReader) channelByHead(text string) (string, bool) {
	text, _, cut := strings.Cut(text, "(")
	if id, ok := r.builtIn(text); ok && cut {
		return id, true
	}
	tokens := sheetTokens(text)
	if len(tokens) < 2 || len(tokens) > 5 {
		return "", false
	}
	head := tokens[len(tokens)-1]
	if unicode.Is(unicode.Arabic, []rune(tokens[0])[0]) {
		head = tokens[0]
	}
	c, ok := r.words.channels[head]
	return c.means, ok
}

// customers reads who takes part in a step.
func (r *sheetReader) customers(row *sheetRow, _ *sheetHeader, v source.Spanned[string]) {
	named := false
	for _, item := range sheetList(v) {
		if r.words.everyone[sheetKey(item.Value)] {
			continue
		}
		id, d := r.names.define(r.names.customers, r.names.taken[3], item, "customer")
		if d != nil {
			r.doc.Customers = append(r.doc.Customers, &model.Customer{Definition: *d})
			r.names.person[id.Value] = len(r.names.people)
			r.names.people = append(r.names.people, sheetPerson{name: item, last: -1})
		}
		named = true
		if p := &r.names.people[r.names.person[id.Value]]; p.last != row.node {
			p.last, p.steps = row.node, p.steps+1
		}
	}
	if named {
		r.names.firm++
	}
}

func (r *sheetReader) score(row *sheetRow, h *sheetHeader, v source.Spanned[string], levels map[string]sheetWords[float64]) {
	s, ok := sheetParseScore(v.Value, levels)
	if !ok {
		r.unclear(row, h, v, "a score", "Write a number from 1 to 5.")
		return
	}
	s.node, s.span = row.node, v.Span
	h.scores = append(h.scores, s)
}

func (r *sheetReader) experience(row *sheetRow, h *sheetHeader, v source.Spanned[string]) {
	r.score(row, h, v, r.words.scores)
}

func (r *sheetReader) companyExperience(row *sheetRow, h *sheetHeader, v source.Spanned[string]) {
	r.score(row, h, v, r.words.scores)
}

func (r *sheetReader) importance(row *sheetRow, h *sheetHeader, v source.Spanned[string]) {
	r.score(row, h, v, r.words.levels)
}

func (r *sheetReader) effort(row *sheetRow, h *sheetHeader, v source.Spanned[string]) {
	r.score(row, h, v, r.words.levels)
}

func (r *sheetReader) hours(row *sheetRow, h *sheetHeader, v source.Spanned[string]) {
	hours, ok := sheetHours(v)
	if !ok {
		r.unclear(row, h, v, "the opening hours", "Write them as `Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00`, `24/7` or `off`.")
		return
	}
	row.touchpoint.Hours = hours
}

// sheetTimes reads a length of time into a field of a row.
func sheetTimes(field func(*sheetRow) **model.Duration) func(*sheetReader, *sheetRow, *sheetHeader, source.Spanned[string]) {
	return func(r *sheetReader, row *sheetRow, h *sheetHeader, v source.Spanned[string]) {
		unit := h.unit
		if unit == 0 {
			unit = time.Minute
		}
		d := sheetParseDuration(v.Value, unit)
		if !d.ok {
			r.unclear(row, h, v, "a length of time", "Write it as `10 min`, `1h30`, `2 days` or `3 weeks`.")
			return
		}
		*field(row) = &model.Duration{Value: d.length, Span: v.Span}
		switch {
		case d.bare && h.unit == 0 && !h.noted:
			h.noted = true
			r.lose(v.Span, "columns."+h.name()+".unit", "numbers in the column "+finding.Quote(h.name())+" have no unit; they are read as minutes",
				"Name the unit in the header: `"+h.name()+" (hours)`.")
		case d.vague:
			r.lose(v.Span, "nodes."+row.key+"."+h.name(), finding.Quote(v.Value)+" is kept as "+sheetTime(d.length), "Change it in the corridor file where another length is meant.")
		}
	}
}

func (r *sheetReader) description(row *sheetRow, _ *sheetHeader, v source.Spanned[string]) {
	row.touchpoint.Description = sheetTextOf(v)
}

func (r *sheetReader) promise(row *sheetRow, _ *sheetHeader, v source.Spanned[string]) {
	row.touchpoint.Promise = sheetTextOf(v)
}

func (r *sheetReader) differentiator(row *sheetRow, _ *sheetHeader, v source.Spanned[string]) {
	row.touchpoint.Differentiator = sheetTextOf(v)
}

func sheetTextOf(v source.Spanned[string]) model.Text {
	return model.Text{Span: v.Span, Plain: v.Value}
}

func (r *sheetReader) backstage(row *sheetRow, _ *sheetHeader, v source.Spanned[string]) {
	row.behind = v
}

// behind puts what happens unseen to the owner, who must be known.
func (r *sheetReader) behind(row *sheetRow) {
	if row.touchpoint.Owner.Value == "" {
		r.lose(row.behind.Span, "nodes."+row.key+".backstage", finding.Quote(row.behind.Value)+" happens behind "+finding.Quote(row.key)+", and no owner does it, so it is left out", "Name the department in a column `owner`.")
		return
	}
	row.touchpoint.Backstage = []model.Backstage{{Span: row.behind.Span, By: row.touchpoint.Owner, Does: sheetTextOf(row.behind)}}
}

// requires reads what a customer needs: capabilities that are built in, what
// other rows give, else something of the sheet's own.
func (r *sheetReader) requires(row *sheetRow, _ *sheetHeader, v source.Spanned[string]) {
	for _, item := range sheetList(v) {
		q := model.Requirement{Span: item.Span}
		for _, choice := range sheetChoices(item) {
			id := r.thing(choice).Value
			if !slices.Contains(q.AnyOf, id) {
				q.AnyOf = append(q.AnyOf, id)
			}
			r.names.needed = append(r.names.needed, sheetNeeded{id, choice})
		}
		row.touchpoint.Requires = append(row.touchpoint.Requires, q)
	}
}

// sheetChoices splits `a or b`.
func sheetChoices(v source.Spanned[string]) []source.Spanned[string] {
	for _, or := range []string{" or ", " OR ", " أو ", " او ", " یا "} {
		if a, b, ok := strings.Cut(v.Value, or); ok {
			first, second := v, v
			first.Value, second.Value = strings.TrimSpace(a), strings.TrimSpace(b)
			if first.Value != "" && second.Value != "" {
				return append([]source.Spanned[string]{first}, sheetChoices(second)...)
			}
		}
	}
	return []source.Spanned[string]{v}
}

// thing returns the name of what customers can do, have or know.
func (r *sheetReader) thing(v source.Spanned[string]) model.Name {
	for _, article := range []string{"a ", "an ", "the ", "your ", "their "} {
		if rest := v.Value[min(len(article), len(v.Value)):]; strings.EqualFold(v.Value[:len(v.Value)-len(rest)], article) && rest != "" {
			v = sheetPart(v, rest)
		}
	}
	if c, ok := r.words.capabilities[sheetKey(v.Value)]; ok {
		return model.Name{Value: c.means, Span: v.Span}
	}
	id, _ := r.names.define(r.names.things, r.names.taken[4], v, "thing")
	return id
}

func (r *sheetReader) asks(row *sheetRow, _ *sheetHeader, v source.Spanned[string]) {
	for _, item := range sheetList(v) {
		row.touchpoint.Asks = append(row.touchpoint.Asks, r.thing(item))
	}
}

func (r *sheetReader) gives(row *sheetRow, _ *sheetHeader, v source.Spanned[string]) {
	for _, item := range sheetList(v) {
		id := r.thing(item)
		r.names.given[id.Value] = true
		row.touchpoint.Gives = append(row.touchpoint.Gives, id)
	}
}

func (r *sheetReader) languages(row *sheetRow, h *sheetHeader, v source.Spanned[string]) {
	for _, item := range sheetList(v) {
		if l, ok := r.words.languages[sheetKey(item.Value)]; ok {
			row.touchpoint.Languages = append(row.touchpoint.Languages, source.Spanned[string]{Value: l.means, Span: item.Span})
		} else if sheetTag(item.Value) {
			row.touchpoint.Languages = append(row.touchpoint.Languages, item)
		} else {
			r.unclear(row, h, item, "a language", "Write a code such as `en`, `ar`, `fa` or `pt-BR`.")
		}
	}
}

// kind reads whether a step is physical or technological, which its channel
// says too.
func (r *sheetReader) kind(row *sheetRow, h *sheetHeader, v source.Spanned[string]) {
	kind, ok := r.words.kinds[sheetKey(v.Value)]
	if !ok {
		r.unclear(row, h, v, "the kind", "Write `physical` or `technological`.")
		return
	}
	row.touchpoint.Kind = source.Spanned[string]{Value: kind.means, Span: v.Span}
}

// kindOfChannel takes the kind of a step for that of its channel, which is where
// a corridor says it.
func (r *sheetReader) kindOfChannel(row *sheetRow) {
	t := &row.touchpoint
	said := t.Kind
	t.Kind = source.Spanned[string]{}
	is := func(c *model.Channel) bool { return c.ID.Value == t.Channel.Value }
	channels := r.doc.Channels
	i := slices.IndexFunc(channels, is)
	if i < 0 {
		channels = model.BuiltInChannels
		i = slices.IndexFunc(channels, is)
	} else if !channels[i].Kind.Given() {
		channels[i].Kind = said
	}
	if channels[i].Kind.Value != said.Value {
		r.lose(said.Span, "nodes."+row.key+".kind", finding.Quote(row.key)+" is said to be "+said.Value+", and its channel `"+t.Channel.Value+"` is "+channels[i].Kind.Value+"; the channel counts", "Name another channel, or none.")
	}
}

// yes reads a cell of yes or no; it is false for neither, which is noted.
func (r *sheetReader) yes(row *sheetRow, h *sheetHeader, v source.Spanned[string]) (yes source.Spanned[bool]) {
	answer, ok := sheetAnswer(v.Value)
	if !ok {
		r.unclear(row, h, v, "yes or no", "Write `yes` or `no`.")
		return yes
	}
	return source.Spanned[bool]{Value: answer, Span: v.Span}
}

func (r *sheetReader) momentOfTruth(row *sheetRow, h *sheetHeader, v source.Spanned[string]) {
	row.touchpoint.MomentOfTruth = r.yes(row, h, v)
}

func (r *sheetReader) binding(row *sheetRow, h *sheetHeader, v source.Spanned[string]) {
	row.touchpoint.Binding = r.yes(row, h, v)
}

func (r *sheetReader) success(row *sheetRow, h *sheetHeader, v source.Spanned[string]) {
	share, ok := sheetShare(v.Value)
	if !ok {
		r.unclear(row, h, v, "a part of the whole", "Write it as `90%`.")
		return
	}
	row.touchpoint.Success = &source.Spanned[float64]{Value: share, Span: v.Span}
}

// finishColumns makes scores of what stands in columns, now that their scales
// are known, and notes the columns that mean nothing.
func (r *sheetReader) finishColumns() {
	for i := range r.header {
		h := &r.header[i]
		switch {
		case h.column >= 0 && len(h.scores) > 0:
			r.rate(h)
		case h.column < 0 && h.filled && !h.noted:
			r.lose(r.columnSpan(i), "columns."+r.columnName(i), "nothing is known that the column "+r.columnName(i)+" could mean, so it is left out",
				"Say what it means with `--columns \""+strings.Trim(r.columnName(i), "`")+"=description\"`, or that it is to be left out with `=ignore`.")
		}
	}
}

// rate puts the scores of a column where they belong.
func (r *sheetReader) rate(h *sheetHeader) {
	scale, ok := sheetScaleOf(h.scores)
	if ok {
		r.rescaled(h, scale)
	}
	for _, s := range h.scores {
		switch {
		case s.final:
		case s.of > 0:
			own := sheetScale{1, s.of, fmt.Sprintf("1 to %v", s.of)}
			if s.of > 10 || s.of < 2 || s.value < 1 {
				own = sheetScale{0, s.of, fmt.Sprintf("0 to %v", s.of)}
			}
			r.rescaled(h, own)
			s.value = own.score(s.value)
		case ok:
			s.value = scale.score(s.value)
		default:
			r.unclear(&sheetRow{key: r.nodes[s.node].key}, h, source.Spanned[string]{Value: s.span.Text(), Span: s.span}, "a score", "Write a number from 1 to 5.")
			continue
		}
		r.give(&r.nodes[s.node].touchpoint, SheetColumns[h.column].Name, model.Score{Value: s.value, Span: s.span})
	}
}

// rescaled notes, once a column, that its scores are of another scale.
func (r *sheetReader) rescaled(h *sheetHeader, scale sheetScale) {
	if h.noted || scale.low == 1 && scale.high == 5 {
		return
	}
	h.noted = true
	r.lose(h.text.Span, "columns."+h.name()+".scale", "the scores in the column "+finding.Quote(h.name())+" go from "+scale.words+"; they are kept as scores from 1 to 5",
		"See whether they are what you mean; 3 is the middle.")
}

// give writes a score into the touchpoint that has it.
func (r *sheetReader) give(t *model.Touchpoint, column string, score model.Score) {
	switch column {
	case "experience":
		t.Experience = append(t.Experience, model.Rating{Who: model.Name{Value: "customer"}, Score: score})
	case "company-experience":
		t.Experience = append(t.Experience, model.Rating{Who: model.Name{Value: "company"}, Score: score})
	case "importance":
		t.Importance = append(t.Importance, model.Rating{Who: model.Name{Value: "customer"}, Score: score})
	case "effort":
		t.Effort = &score
	}
}

// finishDocument adds what only the whole sheet says.
func (r *sheetReader) finishDocument() {
	r.defineThings()
	for _, p := range r.names.people {
		if p.steps < r.names.firm {
			r.bound(p.name.Span, "customers."+p.name.Value, fmt.Sprintf("%s is named at %d of the %d steps that name customers; a corridor file says instead what customers lack", finding.Quote(p.name.Value), p.steps, r.names.firm),
				"Say under `customers` what keeps them from the other steps, with `lacks`, or offer a path with `customers`.")
		}
	}
	if r.doc.Title.Plain == "" {
		r.doc.Title.Plain = sheetTitle(r.file.Name)
	}
}

// defineThings declares what steps require and nothing gives, so that
// customers have it unless they lack it.
func (r *sheetReader) defineThings() {
	declared := map[string]bool{}
	for _, c := range model.BuiltInCapabilities {
		declared[c.ID.Value] = true
	}
	for _, n := range r.names.needed {
		if r.names.given[n.id] || declared[n.id] {
			continue
		}
		declared[n.id] = true
		d := model.Definition{ID: model.Name{Value: n.id, Span: n.name.Span}, Span: n.name.Span}
		if label := sheetLineOf(n.name.Value); strings.ReplaceAll(n.id, "-", " ") != label {
			d.Name = model.Text{Span: n.name.Span, Plain: label}
		}
		r.doc.Capabilities = append(r.doc.Capabilities, &model.Capability{Definition: d})
	}
}

// sheetTitle makes a title of the name of a file.
func sheetTitle(name string) string {
	base := path.Base(name)
	if strings.HasPrefix(base, "<") || base == "-" || base == "." {
		return ""
	}
	return sheetLineOf(strings.NewReplacer("-", " ", "_", " ").Replace(strings.TrimSuffix(base, path.Ext(base))))
}

// sheetTag reports whether a text is a language tag of two letters, with or
// without more: those of three look like any word.
func sheetTag(text string) bool {
	first, _, _ := strings.Cut(text, "-")
	return len(first) == 2 && syntax.IsLanguage(text)
}
