package diff

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/gaps"
)

// section is a part of what is told of a file, with a title.
type section struct {
	title    string
	color    string // of the title, as an ANSI attribute
	note     string // a sentence on all entries; "" for none
	entries  []entry
	findings bool
}

// entry is one thing that is told: a line, and what belongs to it.
type entry struct {
	head  string
	lines []string
}

// The colours of titles.
const (
	bold   = "1"
	red    = "1;31"
	green  = "1;32"
	yellow = "1;33"
)

// Verdict says in one line what matters of a report. It never says that nobody
// lost access where not everything was analysed.
func (r *Report) Verdict() string {
	if r.Unchanged == len(r.Files) {
		return "nothing changed"
	}
	parts := r.tally()
	if len(parts) == 0 && r.OldScore != nil {
		parts = append(parts, "nobody gains or loses access")
	}
	if r.OldScore != nil {
		score := "access score "
		if r.scored() > 1 {
			score = "mean access score "
		}
		parts = append(parts, score+scores(*r.OldScore, *r.NewScore))
	}
	for _, p := range r.fates() {
		if p.n > 0 {
			parts = append(parts, gaps.Counted(p.n, "file")+" "+p.what)
		}
	}
	if len(parts) == 0 {
		return "changed; a library has no access to compare"
	}
	return strings.Join(parts, "; ")
}

// told are the files of which there is something to tell, those first whose
// customers have most to lose.
func (r *Report) told() []*File {
	var all []*File
	for i := range r.Files {
		if r.Files[i].Changed() {
			all = append(all, &r.Files[i])
		}
	}
	slices.SortStableFunc(all, func(a, b *File) int { return a.weight() - b.weight() })
	return all
}

func (f *File) weight() int {
	switch {
	case len(f.Lost)+len(f.Broken) > 0:
		return 0
	case len(f.Worse)+len(f.Gone) > 0:
		return 1
	case len(f.Gained)+len(f.Better) > 0:
		return 2
	}
	return 3
}

// tally counts the customers whose access changed, and the files of which that
// is not known.
func (r *Report) tally() []string {
	var parts []string
	say := func(of func(*File) []Turn, one, many string) {
		switch n := r.count(func(f *File) int { return customers(of(f)) }); {
		case n == 1:
			parts = append(parts, "1 customer "+one)
		case n > 1:
			parts = append(parts, gaps.Counted(n, "customer")+" "+many)
		}
	}
	say(func(f *File) []Turn { return f.Lost }, "loses access", "lose access")
	if broken := r.count(func(f *File) int { return min(1, len(f.Broken)) }); broken > 0 {
		parts = append(parts, "access could not be compared in "+gaps.Counted(broken, "file"))
	}
	say(func(f *File) []Turn { return f.Worse }, "is in time less often", "are in time less often")
	say(func(f *File) []Turn { return f.Gained }, "gains access", "gain access")
	say(func(f *File) []Turn { return f.Better }, "is in time more often", "are in time more often")
	if n := r.count(func(f *File) int { return len(f.Gone) }); n > 0 {
		parts = append(parts, gaps.Counted(n, "pair")+" of customer and need no longer there")
	}
	return parts
}

type fate struct {
	n    int
	what string
}

// fates counts the files that came, went or were moved.
func (r *Report) fates() []fate {
	if len(r.Files) == 1 && !r.Files[0].Added && !r.Files[0].Removed {
		return nil
	}
	one := func(is bool) int {
		if is {
			return 1
		}
		return 0
	}
	return []fate{
		{r.count(func(f *File) int { return one(f.Added) }), "added"},
		{r.count(func(f *File) int { return one(f.Removed) }), "removed"},
		{r.count(func(f *File) int { return one(f.moved()) }), "moved"},
	}
}

func (r *Report) count(of func(*File) int) int {
	n := 0
	for i := range r.Files {
		n += of(&r.Files[i])
	}
	return n
}

// scored is how many journeys have a score on both sides.
func (r *Report) scored() int {
	return r.count(func(f *File) int {
		if f.OldScore != nil && f.NewScore != nil {
			return 1
		}
		return 0
	})
}

// customers counts those of whom turns tell, each once.
func customers(turns []Turn) int {
	seen := map[string]bool{}
	for _, t := range turns {
		seen[t.Customer.ID] = true
	}
	return len(seen)
}

// scores writes how a score changed.
func scores(before, after float64) string {
	from, to := finding.Percent(before), finding.Percent(after)
	switch {
	case math.Abs(before-after) <= slack:
		return "unchanged at " + to
	case from == to && after < before:
		return "a little below " + from
	case from == to:
		return "a little above " + from
	}
	return from + " → " + to
}

// title is the first line of a file: its name, its title, what became of it,
// its score.
func (f *File) title() string {
	text := gaps.Code(f.Path)
	if f.Title != "" {
		text += " – " + gaps.Foreign(f.Title)
	}
	switch {
	case f.Added:
		text += " (new)"
	case f.Removed:
		text += " (removed)"
	case f.moved():
		text += " (was " + gaps.Code(f.OldPath) + ")"
	}
	switch {
	case f.OldScore != nil && f.NewScore != nil:
		text += ": access score " + scores(*f.OldScore, *f.NewScore)
	case f.NewScore != nil:
		text += ": access score " + finding.Percent(*f.NewScore)
	case f.OldScore != nil:
		text += ": access score " + finding.Percent(*f.OldScore) + " before"
	}
	return text
}

// sections tells of a file, what is lost first; none that is empty.
func (f *File) sections() []section {
	var all []section
	add := func(title, color string, entries []entry) {
		if len(entries) > 0 {
			all = append(all, section{title: title, color: color, entries: entries})
		}
	}
	add("Not analysed, so who lost access is not known", red, brokenEntries(f.Broken))
	add("Lose access", red, turnEntries(f.Lost, Turn.loss))
	if len(f.Lost) > 0 {
		all[len(all)-1].note = "`corridor gaps` tells what opens the way again."
	}
	add("In time less often", yellow, turnEntries(f.Worse, Turn.shift))
	add("Gain access", green, turnEntries(f.Gained, Turn.gain))
	add("In time more often", green, turnEntries(f.Better, Turn.shift))
	add("No longer there", yellow, turnEntries(f.Gone, Turn.before))
	add("New customers and needs", bold, turnEntries(f.New, Turn.now))
	add("Changes", bold, f.changeEntries())
	if entries := f.findingEntries(); len(entries) > 0 {
		all = append(all, section{title: "Findings: " + f.findingCount(), color: bold, entries: entries, findings: true})
	}
	return all
}

func brokenEntries(all []Broken) []entry {
	var entries []entry
	for i, b := range all {
		which := "the old version, "
		switch {
		case b.New && i > 0 && slices.Equal(b.Reasons, all[0].Reasons):
			entries[0].head = "both versions, " + gaps.Code(all[0].Name) + " and " + gaps.Code(b.Name)
			continue
		case b.New:
			which = "the new version, "
		}
		e := entry{head: which + gaps.Code(b.Name)}
		for _, r := range b.Reasons {
			e.lines = append(e.lines, message(r))
		}
		entries = append(entries, e)
	}
	return entries
}

// turnEntries tells of turns; those of which the same is to be said share an
// entry.
func turnEntries(turns []Turn, say func(Turn) string) []entry {
	var order []string
	of := map[string][]Turn{}
	for _, t := range turns {
		text := say(t)
		if of[text] == nil {
			order = append(order, text)
		}
		of[text] = append(of[text], t)
	}
	var all []entry
	for _, text := range order {
		e := entry{head: whom(of[text])}
		if text != "" {
			e.lines = []string{text}
		}
		all = append(all, e)
	}
	return all
}

// whom names customers with their needs.
func whom(turns []Turn) string {
	var all []string
	for i := 0; i < len(turns); {
		customer := turns[i].Customer
		var needs []string
		for ; i < len(turns) && turns[i].Customer == customer; i++ {
			needs = append(needs, gaps.Code(turns[i].Need.ID))
		}
		all = append(all, customer.String()+": "+gaps.List(needs))
	}
	return strings.Join(all, "; ")
}

func (w Who) String() string {
	if w.Name == "" || w.Name == w.ID {
		return gaps.Code(w.ID)
	}
	return gaps.Code(w.ID) + " (" + gaps.Foreign(w.Name) + ")"
}

func (t Turn) loss() string { return t.Why }

func (t Turn) gain() string {
	if t.NewShare < 1-slack {
		return "In time in " + finding.Percent(t.NewShare) + " of the week. " + t.Why
	}
	return ""
}

func (t Turn) shift() string {
	text := "In time " + finding.Percent(t.OldShare) + " → " + finding.Percent(t.NewShare) + " of the week."
	return strings.TrimSpace(text + " " + t.Why)
}

func (t Turn) before() string {
	switch {
	case !t.OldOpen:
		return "Was blocked."
	case t.OldShare < 1-slack:
		return "Was open, and in time in " + finding.Percent(t.OldShare) + " of the week."
	}
	return "Was open."
}

func (t Turn) now() string {
	switch {
	case !t.NewOpen:
		return "Blocked. " + t.Why
	case t.NewShare < 1-slack:
		return "Open, and in time in " + finding.Percent(t.NewShare) + " of the week. " + t.Why
	}
	return "Open."
}

func (f *File) changeEntries() []entry {
	var all []entry
	for _, c := range f.Changes {
		all = append(all, c.entry())
	}
	for _, name := range f.Through {
		all = append(all, entry{head: "what is imported from " + gaps.Code(name) + " changed, as is told there"})
	}
	return all
}

func (c Change) entry() entry {
	head := c.Kind + " " + Who{c.ID, c.Name}.String()
	if c.Kind == "file" {
		head = "the file itself"
	}
	switch c.What {
	case Removed:
		return entry{head: head + ": removed", lines: c.plain()}
	case Added:
		return entry{head: head + ": new", lines: c.plain()}
	case Renamed:
		head += ": was called " + gaps.Code(c.From)
	}
	return entry{head, keyLines(c.Keys, Key.String)}
}

func keyLines(keys []Key, say func(Key) string) []string {
	var all []string
	for _, k := range keys {
		all = append(all, say(k))
	}
	return all
}

// cut is a value of readable length.
func cut(value string) string {
	const most = 100
	if runes := []rune(value); len(runes) > most {
		return gaps.Code(string(runes[:most]) + "…")
	}
	return gaps.Code(value)
}

// plain tells what is said of a thing that only one version has, but its name,
// which stands above.
func (c Change) plain() []string {
	var parts []string
	for _, k := range c.Keys {
		if k.Key != "name" {
			parts = append(parts, gaps.Foreign(k.Key)+" "+cut(k.Old+k.New))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return []string{strings.Join(parts, ", ")}
}

// String tells what became of a key.
func (k Key) String() string {
	text := gaps.Foreign(k.Key) + ": "
	switch {
	case k.Old == "":
		return text + "now " + cut(k.New) + ", before not given"
	case k.New == "":
		return text + "no longer given, before " + cut(k.Old)
	case len(k.Steps) > 0:
		return text + stepText(k.Steps)
	case len(k.Added)+len(k.Removed) > 0:
		return text + listText(k)
	}
	return text + cut(k.Old) + " → " + cut(k.New)
}

// mostWords is how many words of a list are told.
const mostWords = 8

func listText(k Key) string {
	var parts []string
	if len(k.Added) > 0 {
		parts = append(parts, "adds "+some(k.Added))
	}
	if len(k.Removed) > 0 {
		parts = append(parts, "drops "+some(k.Removed))
	}
	return strings.Join(parts, ", ")
}

func some(words []string) string {
	var all []string
	for i, w := range words {
		if i == mostWords && len(words) > mostWords+1 {
			all = append(all, strconv.Itoa(len(words)-i)+" more")
			break
		}
		all = append(all, cut(w))
	}
	return gaps.List(all)
}

func stepText(steps []StepChange) string {
	var all []string
	for i, s := range steps {
		if i == mostWords && len(steps) > mostWords+1 {
			all = append(all, gaps.Counted(len(steps)-i, "more change"))
			break
		}
		where := " after " + cut(s.After)
		if s.After == "" {
			where = " at the start"
		}
		switch s.What {
		case Added:
			all = append(all, "adds "+cut(s.Step)+where)
		case Moved:
			all = append(all, "moves "+cut(s.Step)+", now"+where)
		default:
			all = append(all, "drops "+cut(s.Step))
		}
	}
	return strings.Join(all, "; ")
}

func (f *File) findingCount() string {
	var parts []string
	if n := len(f.Opened); n > 0 {
		parts = append(parts, strconv.Itoa(n)+" new")
	}
	if n := len(f.Closed); n > 0 {
		parts = append(parts, strconv.Itoa(n)+" gone")
	}
	return strings.Join(parts, ", ")
}

func (f *File) findingEntries() []entry {
	var all []entry
	for _, o := range f.Opened {
		all = append(all, entry{head: "new: " + findingText(o)})
	}
	for _, c := range f.Closed {
		all = append(all, entry{head: "gone: " + findingText(c)})
	}
	return all
}

func findingText(f Finding) string {
	text := f.Severity.String() + " " + gaps.Code(f.Rule) + ": " + message(f.Message)
	return text + " (" + gaps.Foreign(f.At) + ")"
}

// message is the sentence of a finding with the names that it quotes as such.
func message(text string) string {
	parts := strings.Split(text, "`")
	if len(parts)%2 == 0 { // a name with a backquote in it: no telling which is which
		return gaps.Foreign(text)
	}
	var b strings.Builder
	for i, p := range parts {
		switch {
		case i%2 == 1:
			b.WriteString(gaps.Code(p))
		case p != "":
			b.WriteString(gaps.Foreign(p))
		}
	}
	return b.String()
}
