package convert

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// ojf reads maps of the OpenJourney Format: a grid of stages and swimlanes with
// nodes in it. Swimlanes are layers: some hold what the customer does, which
// are the steps, others what is felt, hurts or is used there, which describes
// the steps of the same stage.
var ojf = Format{
	Name: "ojf", Title: "OpenJourney Format", Endings: []string{".ojf"},
	detect: ojfDetect, read: ojfRead, decode: decodeText,
}

func ojfDetect(name string, data []byte) bool {
	if strings.EqualFold(path.Ext(name), ".ojf") {
		return true
	}
	text := bytes.TrimLeft(linesDecoded(data[:min(len(data), syntax.MaxFileSize)]), " \t\r\n")
	has := func(key string) bool { return bytes.Contains(text, []byte(`"`+key+`"`)) }
	return bytes.HasPrefix(text, []byte("{")) && has("swimlanes") && has("stages") && has("nodes")
}

func ojfRead(file *source.File, _ Options) (*flow, []finding.Finding) {
	root, wrong := syntax.Values(file)
	if root == nil {
		return nil, wrong
	}
	r := &ojfReader{lines: newLines(file), stageAt: map[string]int{}, laneNames: map[string]source.Spanned[string]{}, number: map[string]int{}, known: map[string]bool{}}
	nodes := root.Get("nodes")
	r.about(root)
	r.grid(root)
	r.read(nodes)
	if r.count == 0 {
		return nil, append(wrong, ojfNothing(root, nodes)...)
	}
	r.ways(root, nodes.Span)
	r.tell()
	return r.done(wrong)
}

func ojfNothing(root, nodes *syntax.Value) []finding.Finding {
	at := root.Span
	if nodes != nil && !nodes.Span.IsZero() {
		at = nodes.Span
	}
	return linesInvalid(at, "this map has no nodes that are steps of a journey, so there is nothing to import", "Steps stand in the list `nodes`, each with a `title`, a `stageId` and a `swimlaneId`.")
}

// ojfReader reads one map.
type ojfReader struct {
	*lines
	stageAt   map[string]int // the position of a stage, by its id
	laneNames map[string]source.Spanned[string]
	cells     []ojfCell
	known     map[string]bool // the ids in the file
	number    map[string]int  // the node of the flow, by the id in the file, of steps
	left      linesLeft
	rated     source.Span // the first score; zero: none
	walked    []string    // the swimlanes with steps, in order
}

// ojfCell is one node of the map.
type ojfCell struct {
	*syntax.Value
	id, title, lane source.Spanned[string]
	stage           int // its position; that of none comes last
	order           float64
	step            bool
	remarks         []*ojfCell // what stands beside it in other layers
}

// ojfFirst returns the first of some keys that a map has, and its value.
func ojfFirst(v *syntax.Value, keys ...string) *syntax.Value {
	for _, key := range keys {
		if found := v.Get(key); found != nil && found.Kind != syntax.Null {
			return found
		}
	}
	return nil
}

// ojfWords returns the words of a text, or those of a map with a name.
func ojfWords(v *syntax.Value) source.Spanned[string] {
	words := v.Str()
	if v != nil && v.Kind == syntax.Map {
		words = ojfFirst(v, "name", "title", "label").Str()
	}
	words.Value = linesPlain(words.Value)
	return words
}

// about reads what the map says of itself and of the customer. The point of
// view is its title where it has no other.
func (r *ojfReader) about(root *syntax.Value) {
	meta := root.Get("metadata")
	find := func(keys ...string) *syntax.Value {
		return cmp.Or(ojfFirst(meta, keys...), ojfFirst(root, keys...))
	}
	title, view := ojfWords(find("title", "name")), ojfWords(find("pov", "pointOfView", "point_of_view"))
	if title.Value == "" {
		title, view = view, source.Spanned[string]{}
	}
	r.doc.Title = linesText(title)
	linesDescribe(&r.doc.Description, view)
	linesDescribe(&r.doc.Description, ojfWords(find("description", "summary")))
	r.doc.Language = find("language", "locale", "lang").Str()
	known := []string{"title", "name", "pov", "pointOfView", "point_of_view", "description", "summary", "language", "locale", "lang", "persona", "personas", "version"}
	r.rest("metadata.", meta, known...)
	r.rest("", root, append(known, "metadata", "stages", "swimlanes", "nodes", "edges", "connections", "links")...)
	for _, persona := range append([]*syntax.Value{find("persona")}, find("personas").Each()...) {
		r.persona(persona)
	}
}

func (r *ojfReader) persona(v *syntax.Value) {
	words := ojfWords(v)
	if words.Value == "" {
		return
	}
	if _, known := r.customers.id(words.Value); known {
		return
	}
	r.customer(words)
	c := r.doc.Customers[len(r.doc.Customers)-1]
	if v.Kind == syntax.Map {
		linesDescribe(&c.Description, ojfFirst(v, "description", "bio", "summary", "role").Str())
		r.rest("persona.", v, "id", "name", "title", "label", "description", "bio", "summary", "role")
	}
}

// rest notes the keys of a map that are not known.
func (r *ojfReader) rest(prefix string, v *syntax.Value, known ...string) {
	for _, f := range linesOther(v, known...) {
		if f.Value.Kind != syntax.Null {
			r.left.add(prefix+f.Key.Value, f.Value.Span)
		}
	}
}

// grid reads stages and swimlanes.
func (r *ojfReader) grid(root *syntax.Value) {
	for i, s := range root.Get("stages").Each() {
		words := ojfWords(s)
		if words.Span.IsZero() {
			words.Span = s.Span
		}
		r.newStage(words)
		if id := ojfKey(s); id != "" {
			r.stageAt[id] = i
		}
		r.rest("stages.", s, "id", "name", "title", "label", "order")
	}
	for _, l := range root.Get("swimlanes").Each() {
		if id := ojfKey(l); id != "" {
			r.laneNames[id] = ojfWords(l)
		}
		r.rest("swimlanes.", l, "id", "name", "title", "label", "order")
	}
}

// ojfKey returns the id of a stage or swimlane: its name, where it has none.
func ojfKey(v *syntax.Value) string {
	if id := v.Get("id").Str().Value; id != "" {
		return id
	}
	return ojfWords(v).Value
}

// read reads the nodes, and puts the steps among them one after another: by
// stage, then as they stand in the file.
func (r *ojfReader) read(nodes *syntax.Value) {
	for _, v := range nodes.Each() {
		if v.Kind != syntax.Map {
			r.left.add("nodes without keys", v.Span)
			continue
		}
		r.cells = append(r.cells, r.cell(v))
		r.known[v.Get("id").Str().Value] = true
	}
	slices.SortStableFunc(r.cells, func(a, b ojfCell) int {
		return cmp.Or(cmp.Compare(a.stage, b.stage), cmp.Compare(a.order, b.order))
	})
	if !slices.ContainsFunc(r.cells, func(c ojfCell) bool { return c.step }) {
		for i := range r.cells { // all are remarks: then they are all that there is to walk
			r.cells[i].step = true
		}
	}
	if len(r.cells) == 0 {
		return
	}
	r.gather()
	for i := range r.cells {
		if r.cells[i].step {
			r.walk(&r.cells[i])
		}
	}
}

// cell reads where a node stands.
func (r *ojfReader) cell(v *syntax.Value) ojfCell {
	c := ojfCell{Value: v, id: v.Get("id").Str(), title: ojfWords(ojfFirst(v, "title", "name", "label")), stage: len(r.doc.Stages)}
	if at := ojfFirst(v, "stageId", "stage").Str(); at.Value != "" {
		position, known := r.stageAt[at.Value]
		if known {
			c.stage = position
		} else {
			r.report("undefined-name", at.Span, "nodes."+c.title.Value, fmt.Sprintf("there is no stage %s, where %s is to stand", finding.Quote(at.Value), finding.Quote(c.title.Value)), "Add the stage to `stages`, or write the id of one that is there.")
		}
	}
	lane := ojfFirst(v, "swimlaneId", "swimlane", "laneId").Str()
	c.lane = r.laneNames[lane.Value]
	if _, known := r.laneNames[lane.Value]; !known && lane.Value != "" {
		r.report("undefined-name", lane.Span, "nodes."+c.title.Value, fmt.Sprintf("there is no swimlane %s, where %s is to stand", finding.Quote(lane.Value), finding.Quote(c.title.Value)), "Add the swimlane to `swimlanes`, or write the id of one that is there.")
	}
	c.order, _ = linesNumber(ojfFirst(v, "order", "position", "index").Str().Value)
	c.step = ojfIsStep(c.lane.Value, v.Get("purpose").Str().Value, ojfTrue(v.Get("isMomentOfTruth")).Value)
	return c
}

var (
	// ojfBeside are swimlanes of what goes on around the steps.
	ojfBeside = regexp.MustCompile(`(?i)\b(?:emotion\w*|feel\w*|mood|sentiment\w*|thought\w*|thinking|mindset|health|pains?|pain[- ]points?|painpoints?|issues?|problems?|roadblocks?|blockers?|barriers?|frictions?|obstacles?|frustrations?|hurdles?|risks?|opportunit\w+|ideas?|insights?|improvements?|recommendations?|solutions?|notes?|comments?|observations?|quotes?|verbatims?|goals?|needs?|expectations?|questions?|metrics?|kpis?|measures?|tools?|channels?|technolog\w+|systems?|evidence|backstage|back[- ]stage|behind the scenes|support processes)\b`)
	// ojfAlong are swimlanes of what the customer does or meets.
	ojfAlong = regexp.MustCompile(`(?i)\b(?:actions?|activit\w+|doing|steps?|tasks?|touch[- ]?points?|interactions?|journey|onstage|front[- ]?stage)\b`)
)

// ojfPurposes tell the steps among nodes by their purpose: what is neither is
// told by its swimlane.
var ojfPurposes = map[string]bool{
	"action": true, "touchpoint": true, "milestone": true, "step": true, "task": true, "interaction": true, "decision": true,
	"pain-point": false, "painpoint": false, "pain": false, "observation": false, "personal-hurdle": false, "hurdle": false, "insight": false,
	"emotion": false, "feeling": false, "thought": false, "quote": false, "idea": false, "note": false,
}

// ojfIsStep reports whether a node is a step. Its swimlane has the first word
// where that is plain, since the program that writes the files lets people
// choose any purpose; but a pain is nowhere a step, and a moment of truth, at
// which somebody meets the organisation, is one everywhere else.
func ojfIsStep(lane, purpose string, truth bool) bool {
	walked, plain := ojfPurposes[slug(purpose)]
	beside, along := ojfBeside.MatchString(lane), ojfAlong.MatchString(lane)
	switch {
	case plain && !walked:
		return false
	case truth, along && !beside:
		return true
	case beside && !along:
		return false
	case plain:
		return walked
	}
	return true
}

// gather gives each remark to a step: the last one before it in its stage,
// else the first one there, else the nearest before, else the first of all.
func (r *ojfReader) gather() {
	first := map[int]int{} // step of each stage
	for i := len(r.cells) - 1; i >= 0; i-- {
		if r.cells[i].step {
			first[r.cells[i].stage] = i
		}
	}
	last := slices.IndexFunc(r.cells, func(c ojfCell) bool { return c.step })
	for i := range r.cells {
		c, at := &r.cells[i], last
		if c.step {
			last = i
			continue
		}
		if here, any := first[c.stage]; any && r.cells[at].stage != c.stage {
			at = here
		}
		r.cells[at].remarks = append(r.cells[at].remarks, c)
	}
}

// walk adds a step.
func (r *ojfReader) walk(c *ojfCell) {
	t := model.Touchpoint{MomentOfTruth: ojfTrue(c.Get("isMomentOfTruth"))}
	if c.stage < len(r.doc.Stages) {
		t.Stage = model.Name{Value: r.doc.Stages[c.stage].ID.Value, Span: c.Span}
		if at := ojfFirst(c.Value, "stageId", "stage"); at != nil {
			t.Stage.Span = at.Span
		}
	}
	linesDescribe(&t.Description, c.Get("description").Str())
	t.Experience = r.score(c)
	r.channel(c, &t)
	r.blueprint(c, &t)
	var beside []source.Spanned[string]
	for _, remark := range c.remarks {
		beside = append(beside, r.remark(c, remark, &t))
	}
	linesDescribe(&t.Description, beside...)
	r.rest("nodes.", c.Value, "id", "title", "name", "label", "stageId", "stage", "swimlaneId", "swimlane", "laneId", "order", "position", "index",
		"description", "score", "isMomentOfTruth", "blueprint", "purpose", "tags", "channel")
	if purpose := c.Get("purpose"); purpose != nil && purpose.Text != "" {
		r.left.add("nodes.purpose", purpose.Span)
	}
	if c.lane.Value != "" && !slices.Contains(r.walked, c.lane.Value) {
		r.walked = append(r.walked, c.lane.Value)
	}
	at := r.stand(c, t)
	if _, twice := r.number[c.id.Value]; c.id.Value != "" && !twice {
		r.number[c.id.Value] = at
	}
}

// stand adds the node of a step, without a way to it.
func (r *ojfReader) stand(c *ojfCell, t model.Touchpoint) int {
	r.last = -1
	return r.step(c.title, c.Span, t)
}

func ojfTrue(v *syntax.Value) source.Spanned[bool] {
	if v == nil {
		return source.Spanned[bool]{}
	}
	return source.Spanned[bool]{Value: v.Text == "true", Span: v.Span}
}

// ojfScore is the range of scores: from as bad to as good as can be.
const ojfScore = 5

// score returns the rating that a node's score is.
func (r *ojfReader) score(c *ojfCell) []model.Rating {
	words := c.Get("score").Str()
	n, ok := linesNumber(words.Value)
	switch {
	case words.Value == "":
		return nil
	case !ok || n < -ojfScore || n > ojfScore:
		r.lose(words.Span, "nodes."+c.title.Value, fmt.Sprintf("the score %s of %s is not from -5 to 5, and is not carried over", finding.Quote(words.Value), finding.Quote(c.title.Value)), "")
		return nil
	}
	if r.rated.IsZero() {
		r.rated = words.Span
	}
	score := 3 + n*2/ojfScore
	return linesRating(float64(int(score*10+0.5))/10, words.Span)
}

// channel takes the channel of a node: what it says, else the first of its tags
// that is a channel.
func (r *ojfReader) channel(c *ojfCell, t *model.Touchpoint) {
	t.Channel = r.lines.channel(c.Get("channel").Str(), c.title)
	for _, tag := range c.Get("tags").Each() {
		id := linesChannel(tag.Text)
		switch {
		case id == "" || t.Channel.Value != "" && t.Channel.Value != id:
			r.left.add("nodes.tags", tag.Span)
		case t.Channel.Value == "":
			t.Channel = model.Name{Value: id, Span: tag.Span}
		}
	}
}

// remark returns what stands in another layer, for the description of a step.
// The feeling there is the step's score where it has none.
func (r *ojfReader) remark(c, remark *ojfCell, t *model.Touchpoint) source.Spanned[string] {
	words := remark.title
	if more := linesPlain(remark.Get("description").Str().Value); more != "" {
		words.Value = strings.TrimPrefix(words.Value+": "+more, ": ")
	}
	where := "in no swimlane"
	if remark.lane.Value != "" {
		where = "of " + finding.Quote(remark.lane.Value)
	}
	if purpose := remark.Get("purpose").Str().Value; purpose != "" {
		where += ", " + purpose
	}
	r.lose(remark.Span, "nodes."+remark.title.Value, fmt.Sprintf("%s (%s) is no step of the customer's; it is told in the description of %s", finding.Quote(remark.title.Value), where, finding.Quote(c.title.Value)),
		"Make it an exception of the touchpoint where it is something that goes wrong.")
	if rating := r.score(remark); len(t.Experience) == 0 && remark.stage == c.stage {
		t.Experience = rating
	} else if rating != nil {
		r.left.add("score of what is no step", rating[0].Score.Span)
	}
	if truth := ojfTrue(remark.Get("isMomentOfTruth")); !t.MomentOfTruth.Value {
		t.MomentOfTruth = truth
	}
	r.tool(remark, t)
	r.rest("nodes.", remark.Value, "id", "title", "name", "label", "stageId", "stage", "swimlaneId", "swimlane", "laneId", "order", "position", "index", "description", "score", "purpose", "isMomentOfTruth")
	return words
}

var ojfTools = regexp.MustCompile(`(?i)\b(?:tools?|channels?)\b`)

// tool takes the channel of a step from what is used there: `Website`, or
// `Conference website`.
func (r *ojfReader) tool(remark *ojfCell, t *model.Touchpoint) {
	words := strings.Fields(remark.title.Value)
	if t.Channel.Value != "" || len(words) == 0 || !ojfTools.MatchString(remark.lane.Value) {
		return
	}
	if id := cmp.Or(linesChannel(remark.title.Value), linesChannel(words[len(words)-1])); id != "" {
		t.Channel, t.Kind = model.Name{Value: id, Span: remark.title.Span}, source.Spanned[string]{}
	}
}
