package syntax

import (
	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

var touchpointObject = newObject("a touchpoint", append(named(func(t *model.Touchpoint) *model.Definition { return &t.Definition }),
	key("stage", name, func(t *model.Touchpoint) *model.Name { return &t.Stage }, "The stage that it belongs to; without it, that of the step before."),
	key("channel", channelName, func(t *model.Touchpoint) *model.Name { return &t.Channel }, "The channel, which brings its kind and its requirements."),
	key("kind", kind, func(t *model.Touchpoint) *spanned[string] { return &t.Kind }, "physical or technological, where there is no channel."),
	key("owner", name, func(t *model.Touchpoint) *model.Name { return &t.Owner }, "The department that answers for it."),
	key("hours", hours, func(t *model.Touchpoint) **model.Hours { return &t.Hours }, "When it is open; without it, the owner's hours where it is staffed, else always."),
	key("languages", languages, func(t *model.Touchpoint) *[]spanned[string] { return &t.Languages }, "The languages that it is offered in."),
	key("requires", requirements, func(t *model.Touchpoint) *[]model.Requirement { return &t.Requires }, "What a customer needs here; `a|b` is a choice."),
	key("waives", requirements, func(t *model.Touchpoint) *[]model.Requirement { return &t.Waives }, "Requirements of the channel that do not hold here."),
	key("asks", names, func(t *model.Touchpoint) *[]model.Name { return &t.Asks }, "What the customer must tell."),
	key("confirms", names, func(t *model.Touchpoint) *[]model.Name { return &t.Confirms }, "What is asked again on purpose."),
	key("uses", names, func(t *model.Touchpoint) *[]model.Name { return &t.Uses }, "What the staff must already know."),
	key("gives", names, func(t *model.Touchpoint) *[]model.Name { return &t.Gives }, "What the customer holds afterwards."),
	key("delay", optional(duration), func(t *model.Touchpoint) **model.Duration { return &t.Delay }, "The time that passes before it can begin: post, vetting, the lead of an appointment."),
	key("waits", optional(duration), func(t *model.Touchpoint) **model.Duration { return &t.Waits }, "The time in the queue."),
	key("takes", optional(duration), func(t *model.Touchpoint) **model.Duration { return &t.Takes }, "The time that it takes."),
	key("binding", boolean, func(t *model.Touchpoint) *spanned[bool] { return &t.Binding }, "true: no turning back after it."),
	key("success", optional(share), func(t *model.Touchpoint) **spanned[float64] { return &t.Success }, "The part of the visits that succeed."),
	key("effort", optional(score), func(t *model.Touchpoint) **model.Score { return &t.Effort }, "The customer's effort, 1 to 5."),
	key("experience", ratings, func(t *model.Touchpoint) *[]model.Rating { return &t.Experience }, "A score from 1 to 5, or one of the company, of the customer and of single customers."),
	key("importance", ratings, func(t *model.Touchpoint) *[]model.Rating { return &t.Importance }, "How much it matters, scored like experience."),
	key("promise", text, func(t *model.Touchpoint) *model.Text { return &t.Promise }, "What is promised to the customer here."),
	key("skills", names, func(t *model.Touchpoint) *[]model.Name { return &t.Skills }, "The skills that its staff needs."),
	key("moment-of-truth", boolean, func(t *model.Touchpoint) *spanned[bool] { return &t.MomentOfTruth }, "true: here the customer decides what they think of us."),
	key("differentiator", text, func(t *model.Touchpoint) *model.Text { return &t.Differentiator }, "How it beats the competition."),
	key("involves", oneOf("none", "informed", "consulted", "empowered"), func(t *model.Touchpoint) *spanned[string] { return &t.Involves }, "How far the customer takes part in the decision."),
	key("backstage", list(backstage, "a list of actions behind the touchpoint"), func(t *model.Touchpoint) *[]model.Backstage { return &t.Backstage }, "What happens behind it, unseen by the customer."),
	key("hands-over", optional(handOver), func(t *model.Touchpoint) **model.HandOver { return &t.HandsOver }, "What the owner passes on, and to whom."),
	key("measures", measures, func(t *model.Touchpoint) *[]model.Measure { return &t.Measures }, "The numbers that tell whether it works."),
	key("exceptions", exceptions, func(t *model.Touchpoint) *[]model.Exception { return &t.Exceptions }, "What goes wrong, and what is done about it."),
)...)

var touchpoints = definitions("touchpoints", touchpointObject, func(t *model.Touchpoint) *model.Definition { return &t.Definition }, "channel")

// channelName is the name of a channel.
var channelName = scalar(nameTags, "the name of a channel", "phone", nameSchema, parseName, asIs)

// ratings is a score, which is the customer's, or a map of who gives it.
var ratings = value[[]model.Rating]{
	as(schema{"anyOf": []schema{score.schema(), {"type": "object", "additionalProperties": score.schema(), "propertyNames": nameSchema}}}),
	func(r *reader, n *yaml.Node) ([]model.Rating, bool) {
		if n.Kind == yaml.MappingNode {
			var all []model.Rating
			for who, score := range readMap(r, n, name.read, score.read) {
				all = append(all, model.Rating{Who: who, Score: score})
			}
			return all, true
		}
		s, ok := score.read(r, n)
		return []model.Rating{{Who: model.Name{Value: "customer"}, Score: s}}, ok
	},
	func(all []model.Rating) *yaml.Node {
		if len(all) == 0 {
			return nil
		}
		if len(all) == 1 && all[0].Who.Value == "customer" {
			return score.write(all[0].Score)
		}
		m := mapNode()
		for _, one := range all {
			addPair(m, name.write(one.Who), score.write(one.Score))
		}
		return m
	},
}

var backstage = plain(newObject("a backstage action",
	key("by", name, func(b *model.Backstage) *model.Name { return &b.By }, "The department that acts.").needed(),
	key("does", text, func(b *model.Backstage) *model.Text { return &b.Does }, "What it does."),
	key("takes", optional(duration), func(b *model.Backstage) **model.Duration { return &b.Takes }, "How long that takes."),
), func(b *model.Backstage) *source.Span { return &b.Span })

var handOver = plain(newObject("a hand-over",
	key("to", name, func(h *model.HandOver) *model.Name { return &h.To }, "The department that receives it.").needed(),
	key("what", oneOrList(name, "a list of names"), func(h *model.HandOver) *[]model.Name { return &h.What }, "The information or items that are passed on."),
), func(h *model.HandOver) *source.Span { return &h.Span })

var measures = slice(definitions("measures", newObject("a measure", append(named(func(m *model.Measure) *model.Definition { return &m.Definition }),
	key("kind", oneOf("satisfaction", "efficiency"), func(m *model.Measure) *spanned[string] { return &m.Kind }, "satisfaction or efficiency."),
	key("target", optional(target), func(m *model.Measure) **spanned[model.Target] { return &m.Target }, "What is aimed at, such as `>= 90%`."),
	key("actual", optional(quantity), func(m *model.Measure) **spanned[model.Quantity] { return &m.Actual }, "What was measured."),
)...), func(m *model.Measure) *model.Definition { return &m.Definition }, ""))

var exceptions = slice(definitions("exceptions", newObject("an exception", append(named(func(e *model.Exception) *model.Definition { return &e.Definition }),
	key("chance", optional(share), func(e *model.Exception) **spanned[float64] { return &e.Chance }, "How often it happens, such as `12%`."),
	key("reaction", optional(reaction), func(e *model.Exception) **model.Reaction { return &e.Reaction }, "What is done when it happens."),
	key("preaction", optional(preaction), func(e *model.Exception) **model.PreAction { return &e.PreAction }, "What was learned: how it is prevented."),
)...), func(e *model.Exception) *model.Definition { return &e.Definition }, ""))

var reaction = plain(newObject("a reaction",
	key("by", name, func(a *model.Reaction) *model.Name { return &a.By }, "The department that reacts."),
	key("does", text, func(a *model.Reaction) *model.Text { return &a.Does }, "What it does."),
	key("within", optional(duration), func(a *model.Reaction) **model.Duration { return &a.Within }, "How soon."),
	key("authority", name, func(a *model.Reaction) *model.Name { return &a.Authority }, "What its front line must be allowed to decide."),
	key("steps", names, func(a *model.Reaction) *[]model.Name { return &a.Steps }, "The touchpoints that it leads the customer through."),
	key("then", optional(stepName), func(a *model.Reaction) **model.StepName { return &a.Then }, "retry, continue, leave, or the step to go on with."),
), func(a *model.Reaction) *source.Span { return &a.Span })

var preaction = plain(newObject("a pre-action",
	key("by", name, func(a *model.PreAction) *model.Name { return &a.By }, "The department that acts ahead."),
	key("does", text, func(a *model.PreAction) *model.Text { return &a.Does }, "What it does."),
), func(a *model.PreAction) *source.Span { return &a.Span })
