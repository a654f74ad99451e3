package convert

import (
	"encoding/json"
	"io"
	"slices"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

var exportJSON = Export{
	Name: "json", Title: "the graph of places and steps, for programs", Endings: []string{".json"},
	Write: func(w io.Writer, g *corridor.Graph, o ExportOptions) error {
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(newExportGraph(g, o))
	},
}

// exportGraph is version 1 of the graph of a corridor, which docs/graph.md
// describes for those who write programs. Fields may be added to it; none
// changes its meaning or goes away. It is the resolved whole: imports are
// joined, what customers inherit is applied, and names are in one language.
type exportGraph struct {
	Version      int                `json:"version"`
	Title        string             `json:"title"`
	Description  string             `json:"description,omitempty"`
	Language     string             `json:"language"`
	Market       string             `json:"market,omitempty"`
	Stages       []exportNamed      `json:"stages"`
	Capabilities []exportNamed      `json:"capabilities"`
	Channels     []exportChannel    `json:"channels"`
	Departments  []exportDepartment `json:"departments"`
	Customers    []exportCustomer   `json:"customers"`
	Needs        []exportNeed       `json:"needs"`
	Touchpoints  []exportTouchpoint `json:"touchpoints"`
	Places       int                `json:"places"`
	Start        int                `json:"start"`
	Satisfied    int                `json:"satisfied"`
	Paths        []exportPath       `json:"paths"`
	Steps        []exportGraphStep  `json:"steps"`
}

type exportNamed struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
}

type exportChannel struct {
	exportNamed
	Kind     string     `json:"kind,omitempty"`
	Staffed  bool       `json:"staffed"`
	Requires [][]string `json:"requires,omitempty"`
}

type exportDepartment struct {
	exportNamed
	Hours     *[][2]int `json:"hours,omitempty"`
	Goals     []string  `json:"goals,omitempty"`
	Authority []string  `json:"authority,omitempty"`
	Skills    []string  `json:"skills,omitempty"`
	Serves    []string  `json:"serves,omitempty"`
	Promise   string    `json:"promise,omitempty"`
}

type exportCustomer struct {
	exportNamed
	Level  string   `json:"level,omitempty"`
	Like   string   `json:"like,omitempty"`
	Lacks  []string `json:"lacks,omitempty"`
	Has    []string `json:"has,omitempty"`
	Speaks []string `json:"speaks,omitempty"`
	Share  *float64 `json:"share,omitempty"`
	Serves []string `json:"serves,omitempty"`
}

type exportNeed struct {
	exportNamed
	Urgency   string   `json:"urgency,omitempty"`
	Within    *float64 `json:"within,omitempty"`
	Customers []string `json:"customers,omitempty"`
	Has       []string `json:"has,omitempty"`
	Lacks     []string `json:"lacks,omitempty"`
	From      string   `json:"from,omitempty"`
	To        string   `json:"to,omitempty"`
}

type exportTouchpoint struct {
	exportNamed
	Channel       string             `json:"channel,omitempty"`
	Kind          string             `json:"kind,omitempty"`
	Owner         string             `json:"owner,omitempty"`
	Hours         *[][2]int          `json:"hours,omitempty"`
	Languages     []string           `json:"languages,omitempty"`
	Requires      [][]string         `json:"requires,omitempty"`
	Waives        [][]string         `json:"waives,omitempty"`
	Asks          []string           `json:"asks,omitempty"`
	Confirms      []string           `json:"confirms,omitempty"`
	Uses          []string           `json:"uses,omitempty"`
	Gives         []string           `json:"gives,omitempty"`
	Delay         *float64           `json:"delay,omitempty"`
	Waits         *float64           `json:"waits,omitempty"`
	Takes         *float64           `json:"takes,omitempty"`
	Binding       bool               `json:"binding,omitempty"`
	Success       *float64           `json:"success,omitempty"`
	Effort        *float64           `json:"effort,omitempty"`
	Experience    map[string]float64 `json:"experience,omitempty"`
	Importance    map[string]float64 `json:"importance,omitempty"`
	Promise       string             `json:"promise,omitempty"`
	MomentOfTruth bool               `json:"momentOfTruth,omitempty"`
	Exceptions    []exportException  `json:"exceptions,omitempty"`
}

type exportException struct {
	exportNamed
	Chance   *float64        `json:"chance,omitempty"`
	Reaction *exportReaction `json:"reaction,omitempty"`
}

type exportReaction struct {
	By     string   `json:"by,omitempty"`
	Does   string   `json:"does,omitempty"`
	Within *float64 `json:"within,omitempty"`
	Steps  []string `json:"steps,omitempty"`
	Then   string   `json:"then,omitempty"`
}

type exportPath struct {
	exportNamed
	Kind      string   `json:"kind"`
	From      int      `json:"from"`
	To        int      `json:"to"`
	InsteadOf []string `json:"insteadOf,omitempty"`
	Share     *float64 `json:"share,omitempty"`
	Customers []string `json:"customers,omitempty"`
	Needs     []string `json:"needs,omitempty"`
}

// exportGraphStep has a touchpoint unless it is the empty way of its path.
type exportGraphStep struct {
	ID         string `json:"id"`
	Touchpoint string `json:"touchpoint,omitempty"`
	Path       string `json:"path"`
	From       int    `json:"from"`
	To         int    `json:"to"`
	Stage      string `json:"stage,omitempty"`
}

// exportGraphMaker makes the values of a graph.
type exportGraphMaker struct {
	exportNames
	graph *corridor.Graph
}

func newExportGraph(g *corridor.Graph, o ExportOptions) exportGraph {
	m := exportGraphMaker{newExportNames(g, o), g}
	j := g.Journey
	out := exportGraph{
		Version: 1, Title: m.line(j.Document.Title), Description: j.Document.Description.In(m.language),
		Language: m.language, Market: j.Market,
		Stages:       exportEach(j.Stages, func(s *model.Stage) exportNamed { return m.named(s.Definition) }),
		Capabilities: exportEach(m.capabilities(), func(c *model.Capability) exportNamed { return m.named(c.Definition) }),
		Channels:     exportEach(m.channels(), m.channel),
		Departments:  exportEach(j.Departments, m.departmentValue),
		Customers:    exportEach(j.Customers, m.customer),
		Needs:        exportEach(j.Needs, m.need),
		Touchpoints:  exportEach(j.Touchpoints, m.touchpoint),
		Places:       g.Places, Start: g.Start, Satisfied: g.Satisfied,
		Paths: exportEach(g.Paths, m.pathValue),
		Steps: []exportGraphStep{},
	}
	staged := m.staged(g)
	for i := range g.Steps {
		out.Steps = append(out.Steps, m.step(i, staged))
	}
	return out
}

// channels returns those of touchpoints: the others, which are built in, say
// nothing about this journey.
func (m exportGraphMaker) channels() []*model.Channel {
	return slices.DeleteFunc(slices.Clone(m.journey.Channels), func(c *model.Channel) bool {
		return !slices.ContainsFunc(m.journey.Touchpoints, func(t *model.Touchpoint) bool { return t.Channel.Value == c.ID.Value })
	})
}

// capabilities returns those that something in the journey needs, gives or
// takes.
func (m exportGraphMaker) capabilities() []*model.Capability {
	named := map[string]bool{}
	names := func(lists ...[]model.Name) {
		for _, n := range slices.Concat(lists...) {
			named[n.Value] = true
		}
	}
	choices := func(lists ...[]model.Requirement) {
		for _, r := range slices.Concat(lists...) {
			for _, name := range r.AnyOf {
				named[name] = true
			}
		}
	}
	for _, c := range m.channels() {
		choices(c.Requires)
	}
	for _, t := range m.journey.Touchpoints {
		choices(t.Requires, t.Waives)
		names(t.Asks, t.Gives)
	}
	for _, c := range m.journey.Customers {
		names(c.Lacks, c.Has)
	}
	for _, n := range m.journey.Needs {
		names(n.Lacks, n.Has)
	}
	return slices.DeleteFunc(slices.Clone(m.journey.Capabilities), func(c *model.Capability) bool { return !named[c.ID.Value] })
}

// exportEach makes a value of each. It is never nil: a program finds a list
// where the document says so.
func exportEach[T, V any](list []T, value func(T) V) []V {
	all := make([]V, len(list))
	for i, v := range list {
		all[i] = value(v)
	}
	return all
}

func (m exportGraphMaker) named(d model.Definition) exportNamed {
	return exportNamed{d.ID.Value, m.of(d), d.Description.In(m.language)}
}

func (m exportGraphMaker) channel(c *model.Channel) exportChannel {
	return exportChannel{m.named(c.Definition), c.Kind.Value, c.Staffed.Value, exportChoices(c.Requires)}
}

func (m exportGraphMaker) departmentValue(d *model.Department) exportDepartment {
	return exportDepartment{
		exportNamed: m.named(d.Definition), Hours: exportHours(d.Hours), Goals: exportStrings(d.Goals), Authority: exportStrings(d.Authority),
		Skills: exportStrings(d.Skills), Serves: exportStrings(d.Serves), Promise: d.Promise.In(m.language),
	}
}

func (m exportGraphMaker) customer(c *model.Customer) exportCustomer {
	return exportCustomer{
		exportNamed: m.named(c.Definition), Level: c.Level.Value, Like: c.Like.Value, Lacks: exportStrings(c.Lacks), Has: exportStrings(c.Has),
		Speaks: exportStrings(c.Speaks), Share: exportNumber(c.Share), Serves: exportStrings(c.Serves),
	}
}

func (m exportGraphMaker) need(n *model.Need) exportNeed {
	return exportNeed{
		exportNamed: m.named(n.Definition), Urgency: n.Urgency.Value, Within: exportSeconds(n.Within), Customers: exportStrings(n.Customers),
		Has: exportStrings(n.Has), Lacks: exportStrings(n.Lacks), From: m.stepID(n.From), To: m.stepID(n.To),
	}
}

func (m exportGraphMaker) touchpoint(t *model.Touchpoint) exportTouchpoint {
	return exportTouchpoint{
		exportNamed: m.named(t.Definition), Channel: t.Channel.Value, Kind: m.kind(t), Owner: t.Owner.Value, Hours: exportHours(t.Hours),
		Languages: exportStrings(t.Languages), Requires: exportChoices(t.Requires), Waives: exportChoices(t.Waives),
		Asks: exportStrings(t.Asks), Confirms: exportStrings(t.Confirms), Uses: exportStrings(t.Uses), Gives: exportStrings(t.Gives),
		Delay: exportSeconds(t.Delay), Waits: exportSeconds(t.Waits), Takes: exportSeconds(t.Takes),
		Binding: t.Binding.Value, Success: exportNumber(t.Success), Effort: exportNumber(t.Effort),
		Experience: exportRatings(t.Experience), Importance: exportRatings(t.Importance),
		Promise: t.Promise.In(m.language), MomentOfTruth: t.MomentOfTruth.Value,
		Exceptions: exportEach(t.Exceptions, m.exception),
	}
}

func (m exportGraphMaker) exception(e model.Exception) exportException {
	out := exportException{exportNamed: m.named(e.Definition), Chance: exportNumber(e.Chance)}
	if r := e.Reaction; r != nil {
		out.Reaction = &exportReaction{r.By.Value, r.Does.In(m.language), exportSeconds(r.Within), exportStrings(r.Steps), m.stepID(r.Then)}
	}
	return out
}

func (m exportGraphMaker) pathValue(p corridor.Path) exportPath {
	out := exportPath{exportNamed: exportNamed{ID: p.ID, Name: m.path(p)}, Kind: p.Kind.String(), From: p.From, To: p.To}
	for s := p.Replaces[0]; s < p.Replaces[1]; s++ {
		out.InsteadOf = append(out.InsteadOf, m.graph.StepName(s))
	}
	if d := p.Def; d != nil {
		out.Description, out.Share = d.Description.In(m.language), exportNumber(d.Share)
		out.Customers, out.Needs = exportStrings(d.Customers), exportStrings(d.Needs)
	}
	return out
}

func (m exportGraphMaker) step(i int, staged bool) exportGraphStep {
	s := m.graph.Steps[i]
	out := exportGraphStep{ID: m.graph.StepName(i), Path: m.graph.Paths[s.Path].ID, From: s.From, To: s.To}
	if s.Touchpoint != nil {
		out.Touchpoint = s.Touchpoint.ID.Value
	}
	if staged && s.Stage < len(m.journey.Stages) {
		out.Stage = m.journey.Stages[s.Stage].ID.Value
	}
	return out
}

// stepID returns the id of a step that is named somewhere, such that a program
// finds it among the steps, or a word such as retry.
func (m exportGraphMaker) stepID(n *model.StepName) string {
	if n == nil {
		return ""
	}
	if i, ok := m.graph.Resolve(*n); ok {
		return m.graph.StepName(i)
	}
	return n.String()
}

func exportStrings(list []source.Spanned[string]) []string {
	if len(list) == 0 {
		return nil
	}
	return exportEach(list, func(n model.Name) string { return n.Value })
}

// exportChoices lists requirements, each of which any one of its names meets.
func exportChoices(list []model.Requirement) [][]string {
	if len(list) == 0 {
		return nil
	}
	return exportEach(list, func(r model.Requirement) []string { return r.AnyOf })
}

func exportNumber(n *source.Spanned[float64]) *float64 {
	if n == nil {
		return nil
	}
	return &n.Value
}

func exportSeconds(d *model.Duration) *float64 {
	if d == nil {
		return nil
	}
	s := d.Value.Seconds()
	return &s
}

// exportHours lists spans of minutes of the week; none for what never opens.
func exportHours(h *model.Hours) *[][2]int {
	if h == nil {
		return nil
	}
	all := exportEach(h.Spans, func(o model.Opening) [2]int { return [2]int{o.From, o.To} })
	return &all
}

func exportRatings(list []model.Rating) map[string]float64 {
	if len(list) == 0 {
		return nil
	}
	all := map[string]float64{}
	for _, r := range list {
		all[r.Who.Value] = r.Score.Value
	}
	return all
}
