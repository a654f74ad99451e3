package workspace

import (
	"fmt"
	"slices"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// join makes the journey of a document and what it imports.
func (l *loader) join(doc *model.Document) *model.Journey {
	j := &model.Journey{Document: doc, Imported: l.documents, Paths: doc.Paths, Language: doc.Language.Value, Market: doc.Market.Value}
	if j.Language == "" {
		j.Language = "en"
	}
	all := append(slices.Clone(l.documents), doc)
	j.Stages = joinStages(all)
	j.Capabilities = merge(l, "capabilities", all, func(d *model.Document) []*model.Capability { return d.Capabilities }, func(c *model.Capability) *model.Definition { return &c.Definition })
	j.Capabilities = over(model.BuiltInCapabilities, j.Capabilities, func(c *model.Capability) string { return c.ID.Value }, overCapability)
	j.Channels = merge(l, "channels", all, func(d *model.Document) []*model.Channel { return d.Channels }, func(c *model.Channel) *model.Definition { return &c.Definition })
	j.Channels = over(model.BuiltInChannels, j.Channels, func(c *model.Channel) string { return c.ID.Value }, overChannel)
	j.Departments = merge(l, "departments", all, func(d *model.Document) []*model.Department { return d.Departments }, func(d *model.Department) *model.Definition { return &d.Definition })
	j.Customers = merge(l, "customers", all, func(d *model.Document) []*model.Customer { return d.Customers }, func(c *model.Customer) *model.Definition { return &c.Definition })
	j.Needs = merge(l, "needs", all, func(d *model.Document) []*model.Need { return d.Needs }, func(n *model.Need) *model.Definition { return &n.Definition })
	j.Touchpoints = merge(l, "touchpoints", all, func(d *model.Document) []*model.Touchpoint { return d.Touchpoints }, func(t *model.Touchpoint) *model.Definition { return &t.Definition })
	written := j.Customers
	j.Customers = l.inherit(written)
	j.Index()
	l.checkNames(j, written)
	defaults(j)
	return j
}

// joinStages takes the stages of the file itself, else of the last import
// that orders stages, else the default ones: an order cannot be joined.
func joinStages(documents []*model.Document) []*model.Stage {
	for _, d := range slices.Backward(documents) {
		if len(d.Stages) > 0 {
			return d.Stages
		}
	}
	var stages []*model.Stage
	for _, id := range model.DefaultStages {
		stages = append(stages, &model.Stage{Definition: model.Definition{ID: model.Name{Value: id}}})
	}
	return stages
}

// merge joins the definitions of one kind from all documents. The same id
// with different content is a conflict; the first definition is kept.
func merge[T any](l *loader, kind string, documents []*model.Document, list func(*model.Document) []*T, def func(*T) *model.Definition) []*T {
	if len(documents) == 1 {
		return list(documents[0])
	}
	var all []*T
	first := map[string]*T{}
	for _, d := range documents {
		for _, t := range list(d) {
			id := def(t).ID
			other, defined := first[id.Value]
			switch {
			case !defined:
				first[id.Value] = t
				all = append(all, t)
			case !model.Same(other, t):
				l.conflict(kind, id, def(other).ID.Span)
			}
		}
	}
	return all
}

func (l *loader) conflict(kind string, id model.Name, first source.Span) {
	l.report("name-conflict", id.Span, kind+"."+id.Value,
		fmt.Sprintf("%s is defined here and, differently, in %s", finding.Quote(id.Value), first.File.Name),
		"Give one of the two another id, or make them say the same.",
		finding.Related{Span: first, Message: "first defined here"})
}

// over puts the author's definitions over the built-in ones.
func over[T any](builtIn, own []*T, id func(*T) string, join func(builtIn, own *T) *T) []*T {
	all := slices.Clone(builtIn)
	for _, t := range own {
		if i := slices.IndexFunc(builtIn, func(b *T) bool { return id(b) == id(t) }); i >= 0 {
			all[i] = join(all[i], t)
		} else {
			all = append(all, t)
		}
	}
	return all
}

func overCapability(builtIn, own *model.Capability) *model.Capability {
	c := *own
	if c.Name.Empty() {
		c.Name = builtIn.Name
	}
	return &c
}

// overChannel keeps of a built-in channel what the author's does not say.
func overChannel(builtIn, own *model.Channel) *model.Channel {
	c := *own
	if !c.Kind.Given() {
		c.Kind = builtIn.Kind
	}
	if !c.Staffed.Given() {
		c.Staffed = builtIn.Staffed
	}
	if c.Requires == nil {
		c.Requires = builtIn.Requires
	}
	return &c
}

// defaults adds the customer and the need of a file that names none.
func defaults(j *model.Journey) {
	if len(j.Customers) > 0 && len(j.Needs) > 0 {
		return
	}
	if len(j.Customers) == 0 {
		j.Customers = []*model.Customer{{Definition: model.Definition{ID: model.Name{Value: "anyone"}}}}
	}
	if len(j.Needs) == 0 {
		j.Needs = []*model.Need{{Definition: model.Definition{ID: model.Name{Value: "need"}}}}
	}
	j.Index()
}
