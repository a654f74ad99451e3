package diff

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/model"
)

// definition is a thing that a file defines: what it is called and what is
// said of it, as it is written, without what it inherits.
type definition struct {
	kind string // touchpoint, customer …
	def  model.Definition
	file string // the name of the file that it is written in
	all  []fact
}

func (d definition) id() string { return d.def.ID.Value }

// kinds are those of definitions, in the order in which they are told.
var kinds = []string{"stage", "capability", "channel", "department", "customer", "need", "touchpoint", "path"}

// definitionsIn lists all that one file defines.
func definitionsIn(doc *model.Document, language string) []definition {
	c := collector{file: doc.File.Name, language: language}
	for _, s := range doc.Stages {
		c.add("stage", s.Definition, nil)
	}
	for _, k := range doc.Capabilities {
		c.add("capability", k.Definition, nil)
	}
	for _, v := range doc.Channels {
		c.add("channel", v.Definition, func(f *facts) { channelFacts(f, v) })
	}
	for _, v := range doc.Departments {
		c.add("department", v.Definition, func(f *facts) { departmentFacts(f, v) })
	}
	for _, v := range doc.Customers {
		c.add("customer", v.Definition, func(f *facts) { customerFacts(f, v) })
	}
	for _, v := range doc.Needs {
		c.add("need", v.Definition, func(f *facts) { needFacts(f, v) })
	}
	for _, v := range doc.Touchpoints {
		c.add("touchpoint", v.Definition, func(f *facts) { touchpointFacts(f, v) })
	}
	if doc.Paths != nil {
		basic := model.Definition{ID: model.Name{Value: model.Basic.String()}}
		c.add("path", basic, func(f *facts) { f.values("steps", way, values(doc.Paths.Basic)) })
	}
	for _, v := range pathsOf(doc) {
		c.add("path", v.Definition, func(f *facts) { pathFacts(f, v) })
	}
	return c.all
}

type collector struct {
	file, language string
	all            []definition
}

func (c *collector) add(kind string, d model.Definition, more func(*facts)) {
	f := facts{language: c.language}
	f.text("name", d.Name)
	f.text("description", d.Description)
	if more != nil {
		more(&f)
	}
	c.all = append(c.all, definition{kind, d, c.file, f.all})
}

func pathsOf(doc *model.Document) []*model.Path {
	if doc.Paths == nil {
		return nil
	}
	return append(append([]*model.Path{}, doc.Paths.Optional...), doc.Paths.Alternative...)
}

// fileFacts are those that are about the file as a whole.
func fileFacts(doc *model.Document, language string) []fact {
	f := facts{language: language}
	f.text("title", doc.Title)
	f.text("description", doc.Description)
	f.word("language", doc.Language)
	f.word("market", doc.Market)
	f.names("imports", doc.Imports)
	if doc.Stages != nil {
		var ids []string
		for _, s := range doc.Stages {
			ids = append(ids, s.ID.Value)
		}
		f.values("stages", way, ids)
	}
	return f.all
}

func channelFacts(f *facts, c *model.Channel) {
	f.word("kind", c.Kind)
	f.given("staffed", c.Staffed)
	f.requirements("requires", c.Requires)
}

func departmentFacts(f *facts, d *model.Department) {
	f.hours("hours", d.Hours)
	f.names("goals", d.Goals)
	f.names("authority", d.Authority)
	f.names("skills", d.Skills)
	f.names("serves", d.Serves)
	f.text("promise", d.Promise)
}

func customerFacts(f *facts, c *model.Customer) {
	f.word("level", c.Level)
	f.word("like", c.Like)
	f.names("lacks", c.Lacks)
	f.names("has", c.Has)
	f.names("speaks", c.Speaks)
	f.share("share", c.Share)
	f.names("serves", c.Serves)
	if s := c.Segment; s != nil {
		f.word("segment.by", s.By)
		f.score("segment.value", s.Value)
		f.score("segment.fit", s.Fit)
		f.score("segment.strategy", s.Strategy)
	}
}

func needFacts(f *facts, n *model.Need) {
	f.word("urgency", n.Urgency)
	f.duration("within", n.Within)
	f.names("customers", n.Customers)
	f.names("has", n.Has)
	f.names("lacks", n.Lacks)
	f.step("from", n.From)
	f.step("to", n.To)
}

func pathFacts(f *facts, p *model.Path) {
	f.add("kind", p.Kind.String())
	f.step("after", p.After)
	f.step("before", p.Before)
	if p.InsteadOf != nil {
		f.values("instead-of", way, stepNames(p.InsteadOf))
	}
	f.values("steps", way, values(p.Steps))
	f.share("share", p.Share)
	f.names("customers", p.Customers)
	f.names("needs", p.Needs)
}

func touchpointFacts(f *facts, t *model.Touchpoint) {
	f.word("stage", t.Stage)
	f.word("channel", t.Channel)
	f.word("kind", t.Kind)
	f.word("owner", t.Owner)
	f.hours("hours", t.Hours)
	f.names("languages", t.Languages)
	f.requirements("requires", t.Requires)
	f.requirements("waives", t.Waives)
	f.names("asks", t.Asks)
	f.names("confirms", t.Confirms)
	f.names("uses", t.Uses)
	f.names("gives", t.Gives)
	f.duration("delay", t.Delay)
	f.duration("waits", t.Waits)
	f.duration("takes", t.Takes)
	f.flag("binding", t.Binding)
	f.share("success", t.Success)
	f.score("effort", t.Effort)
	ratingFacts(f, "experience", t.Experience)
	ratingFacts(f, "importance", t.Importance)
	f.text("promise", t.Promise)
	f.names("skills", t.Skills)
	f.flag("moment-of-truth", t.MomentOfTruth)
	f.text("differentiator", t.Differentiator)
	f.word("involves", t.Involves)
	behindFacts(f, t)
	exceptionFacts(f, t)
}

func ratingFacts(f *facts, key string, all []model.Rating) {
	for _, r := range all {
		f.score(key+"."+r.Who.Value, &r.Score)
	}
}

// behindFacts are those of what customers do not see.
func behindFacts(f *facts, t *model.Touchpoint) {
	for i, b := range t.Backstage {
		key := fmt.Sprintf("backstage[%d].", i+1)
		f.word(key+"by", b.By)
		f.text(key+"does", b.Does)
		f.duration(key+"takes", b.Takes)
	}
	if h := t.HandsOver; h != nil {
		f.word("hands-over.to", h.To)
		f.names("hands-over.what", h.What)
	}
	for _, m := range t.Measures {
		key := "measures." + m.ID.Value
		before := len(f.all)
		f.text(key+".name", m.Name)
		f.text(key+".description", m.Description)
		f.word(key+".kind", m.Kind)
		if m.Target != nil {
			f.add(key+".target", m.Target.Value.Op+" "+quantity(m.Target.Value.Quantity))
		}
		if m.Actual != nil {
			f.add(key+".actual", quantity(m.Actual.Value))
		}
		f.bare(key, before)
	}
}

func exceptionFacts(f *facts, t *model.Touchpoint) {
	for _, e := range t.Exceptions {
		key := "exceptions." + e.ID.Value
		before := len(f.all)
		f.text(key+".name", e.Name)
		f.text(key+".description", e.Description)
		f.share(key+".chance", e.Chance)
		if r := e.Reaction; r != nil {
			f.word(key+".reaction.by", r.By)
			f.text(key+".reaction.does", r.Does)
			f.duration(key+".reaction.within", r.Within)
			f.word(key+".reaction.authority", r.Authority)
			if r.Steps != nil {
				f.values(key+".reaction.steps", way, values(r.Steps))
			}
			f.step(key+".reaction.then", r.Then)
		}
		if p := e.PreAction; p != nil {
			f.word(key+".preaction.by", p.By)
			f.text(key+".preaction.does", p.Does)
		}
		f.bare(key, before)
	}
}
