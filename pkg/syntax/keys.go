package syntax

import (
	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// The tables below are the language: every key, the form of its value and
// one sentence on what it means.

var document = newObject("a corridor file",
	key("corridor", version, func(d *model.Document) *spanned[int] { return &d.Version }, "The version of the file format; write `corridor: 1`.").needed(),
	key("title", text, func(d *model.Document) *model.Text { return &d.Title }, "The name of the journey.").needed(),
	key("description", text, func(d *model.Document) *model.Text { return &d.Description }, "What the journey is about."),
	key("language", language, func(d *model.Document) *spanned[string] { return &d.Language }, "The language of the texts, as BCP 47; ar, fa, he, ur and others turn the map right to left."),
	key("market", oneOf("saturated", "flat"), func(d *model.Document) *spanned[string] { return &d.Market }, "saturated: many similar offers; flat: alike in price and features."),
	key("imports", list(fileName, "a list of files"), func(d *model.Document) *[]spanned[string] { return &d.Imports }, "Files whose definitions are used here, as paths relative to this file."),
	key("stages", stages, func(d *model.Document) *[]*model.Stage { return &d.Stages }, "The stages of the journey in their order; without it need, evaluation, access, satisfaction."),
	key("capabilities", capabilities, func(d *model.Document) *[]*model.Capability { return &d.Capabilities }, "What customers can do or have, beyond what is built in."),
	key("channels", channels, func(d *model.Document) *[]*model.Channel { return &d.Channels }, "Channels beyond the built-in ones, or in their place."),
	key("departments", departments, func(d *model.Document) *[]*model.Department { return &d.Departments }, "The parts of the organisation that own touchpoints."),
	key("customers", customers, func(d *model.Document) *[]*model.Customer { return &d.Customers }, "The customers, each with what they lack."),
	key("needs", needs, func(d *model.Document) *[]*model.Need { return &d.Needs }, "What starts a journey, and how long it may take."),
	key("touchpoints", touchpoints, func(d *model.Document) *[]*model.Touchpoint { return &d.Touchpoints }, "The interactions of customers with the organisation."),
	key("paths", optional(block(pathsValue)), func(d *model.Document) **model.Paths { return &d.Paths }, "The ways through the corridor; a file without them is a library for others to import."),
)

var version = scalar("!!int", "the number 1", "corridor: 1", schema{"const": 1}, func(string) (int, error) { return 1, nil }, func(int) string { return "1" })

// fileName is the path of a file.
var fileName = scalar(textTags, "the path of a file", "library.corridor.yaml", stringSchema, notBlank, words)

var (
	stages = value[[]*model.Stage]{list(stage, "").schema, func(r *reader, n *yaml.Node) ([]*model.Stage, bool) {
		all, ok := list(stage, "a list of stages in their order").read(r, n)
		r.stagesOnce(all)
		return all, ok
	}, func(all []*model.Stage) *yaml.Node {
		if len(all) == 0 {
			return nil
		}
		return list(stage, "").write(all)
	}}

	capabilityObject = newObject("a capability", named(func(c *model.Capability) *model.Definition { return &c.Definition })...)
	capabilities     = definitions("capabilities", capabilityObject, func(c *model.Capability) *model.Definition { return &c.Definition }, "name")

	channelObject = newObject("a channel", append(named(func(c *model.Channel) *model.Definition { return &c.Definition }),
		key("kind", kind, func(c *model.Channel) *spanned[string] { return &c.Kind }, "physical or technological."),
		key("staffed", staffed, func(c *model.Channel) *spanned[bool] { return &c.Staffed }, "Whether a person is there to help."),
		key("requires", requirements, func(c *model.Channel) *[]model.Requirement { return &c.Requires }, "What a customer needs for it; `a|b` is a choice."),
	)...)
	channels = definitions("channels", channelObject, func(c *model.Channel) *model.Definition { return &c.Definition }, "")

	departmentObject = newObject("a department", append(named(func(d *model.Department) *model.Definition { return &d.Definition }),
		key("hours", hours, func(d *model.Department) **model.Hours { return &d.Hours }, "When it is open, such as `Mo-Fr 08:00-17:00`."),
		key("goals", names, func(d *model.Department) *[]model.Name { return &d.Goals }, "The measures that it is rewarded on."),
		key("authority", names, func(d *model.Department) *[]model.Name { return &d.Authority }, "What its front line may decide alone."),
		key("skills", names, func(d *model.Department) *[]model.Name { return &d.Skills }, "What its people can do."),
		key("serves", names, func(d *model.Department) *[]model.Name { return &d.Serves }, "The customers or departments that it works for."),
		key("promise", text, func(d *model.Department) *model.Text { return &d.Promise }, "What it promises."),
	)...)
	departments = definitions("departments", departmentObject, func(d *model.Department) *model.Definition { return &d.Definition }, "")

	segmentObject = newObject("a segment",
		key("by", oneOf("characteristics", "use"), func(s *model.Segment) *spanned[string] { return &s.By }, "What the customers were grouped by."),
		key("value", optional(score), func(s *model.Segment) **model.Score { return &s.Value }, "Their value to us, 1 to 5."),
		key("fit", optional(score), func(s *model.Segment) **model.Score { return &s.Fit }, "How well they fit what we do, 1 to 5."),
		key("strategy", optional(score), func(s *model.Segment) **model.Score { return &s.Strategy }, "How much our strategy asks for them, 1 to 5."),
	)
	segment = plain(segmentObject, func(s *model.Segment) *source.Span { return &s.Span })

	customerObject = newObject("a customer", append(named(func(c *model.Customer) *model.Definition { return &c.Definition }),
		key("level", oneOf("person", "company", "intermediary", "department"), func(c *model.Customer) *spanned[string] { return &c.Level }, "What kind of customer this is."),
		key("like", name, func(c *model.Customer) *model.Name { return &c.Like }, "The customer whose keys this one inherits, but for name and share."),
		key("lacks", names, func(c *model.Customer) *[]model.Name { return &c.Lacks }, "The capabilities or the knowledge that this customer does not have."),
		key("has", names, func(c *model.Customer) *[]model.Name { return &c.Has }, "What `like` took and this customer has after all, or an item held from the start."),
		key("speaks", languages, func(c *model.Customer) *[]spanned[string] { return &c.Speaks }, "The languages of this customer."),
		key("share", optional(share), func(c *model.Customer) **spanned[float64] { return &c.Share }, "The part of all customers, such as `20%`."),
		key("serves", names, func(c *model.Customer) *[]model.Name { return &c.Serves }, "The customers that this one serves in turn."),
		key("segment", optional(segment), func(c *model.Customer) **model.Segment { return &c.Segment }, "How this customer was grouped and weighed."),
	)...)
	customers = definitions("customers", customerObject, func(c *model.Customer) *model.Definition { return &c.Definition }, "")

	needObject = newObject("a need", append(named(func(n *model.Need) *model.Definition { return &n.Definition }),
		key("urgency", oneOf("basic", "urgent"), func(n *model.Need) *spanned[string] { return &n.Urgency }, "basic or urgent."),
		key("within", optional(duration), func(n *model.Need) **model.Duration { return &n.Within }, "The deadline, from the moment the need arises."),
		key("customers", names, func(n *model.Need) *[]model.Name { return &n.Customers }, "Whose need this is; without it, of all who serve nobody further."),
		key("has", names, func(n *model.Need) *[]model.Name { return &n.Has }, "What this need gives for its time."),
		key("lacks", names, func(n *model.Need) *[]model.Name { return &n.Lacks }, "What this need takes away for its time."),
		key("from", optional(stepName), func(n *model.Need) **model.StepName { return &n.From }, "The step with which the way begins."),
		key("to", optional(stepName), func(n *model.Need) **model.StepName { return &n.To }, "The step after which the need is satisfied."),
	)...)
	needs = definitions("needs", needObject, func(n *model.Need) *model.Definition { return &n.Definition }, "")

	languages = list(language, "a list of languages")
	kind      = oneOf("physical", "technological")
)

// stagesOnce reports a stage that is in the order twice.
func (r *reader) stagesOnce(stages []*model.Stage) {
	first := map[string]source.Span{}
	for _, s := range stages {
		if before, twice := first[s.ID.Value]; twice {
			r.report("name-conflict", s.ID.Span, "the stage "+finding.Quote(s.ID.Value)+" is in the order twice",
				"Remove one of the two, or give it another id.", finding.Related{Span: before, Message: "first defined here"})
			continue
		}
		first[s.ID.Value] = s.ID.Span
	}
}

// named are the keys that every definition has.
func named[T any](def func(*T) *model.Definition) []field[T] {
	return []field[T]{
		key("name", text, func(t *T) *model.Text { return &def(t).Name }, "The words that people read; without it the id with hyphens as spaces."),
		key("description", text, func(t *T) *model.Text { return &def(t).Description }, "More on it, for those who ask."),
	}
}

// stage is an entry of the stages: an id, or one id with its name.
var stage = value[*model.Stage]{
	as(schema{"anyOf": []schema{idSchema, {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": textSchema, "propertyNames": idSchema}}}),
	func(r *reader, n *yaml.Node) (*model.Stage, bool) {
		s := new(model.Stage)
		if n.Kind == yaml.MappingNode && len(n.Content) == 2 {
			named := false
			for id, words := range readMap(r, n, (*reader).definedName, text.read) {
				s.ID, s.Name, named = id, words, true
			}
			s.Span = s.ID.Span
			return s, named
		}
		id, ok := name.read(r, n)
		if ok {
			r.reserved(id)
		}
		s.ID, s.Span = id, id.Span
		return s, ok
	},
	func(s *model.Stage) *yaml.Node {
		id, words := name.write(s.ID), text.write(s.Name)
		if words == nil {
			return id
		}
		m := mapNode()
		addPair(m, id, words)
		return onLines(m)
	},
}
