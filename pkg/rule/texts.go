package rule

import (
	"slices"
	"strconv"
	"strings"

	"github.com/customer-corridor/corridor/pkg/model"
)

// trail is where a text stands: touchpoints, call, promise.
type trail [5]string

func (t trail) String() string {
	end := slices.Index(t[:], "")
	if end < 0 {
		end = len(t)
	}
	return strings.Join(t[:end], ".")
}

// reading visits the texts of a file that people read, which are not empty.
type reading func(*model.Text, trail)

func (visit reading) document(d *model.Document) {
	visit.text(&d.Title, trail{"title"})
	visit.text(&d.Description, trail{"description"})
	for _, s := range d.Stages {
		visit.text(&s.Name, trail{"stages", s.ID.Value})
	}
	for _, c := range d.Capabilities {
		visit.definition(&c.Definition, 2, trail{"capabilities", c.ID.Value})
	}
	for _, c := range d.Channels {
		visit.definition(&c.Definition, 2, trail{"channels", c.ID.Value})
	}
	for _, e := range d.Departments {
		visit.definition(&e.Definition, 2, trail{"departments", e.ID.Value})
		visit.text(&e.Promise, trail{"departments", e.ID.Value, "promise"})
	}
	for _, c := range d.Customers {
		visit.definition(&c.Definition, 2, trail{"customers", c.ID.Value})
	}
	for _, n := range d.Needs {
		visit.definition(&n.Definition, 2, trail{"needs", n.ID.Value})
	}
	for _, t := range d.Touchpoints {
		visit.touchpoint(t)
	}
	if d.Paths != nil {
		visit.paths(d.Paths.Optional)
		visit.paths(d.Paths.Alternative)
	}
}

func (visit reading) paths(paths []*model.Path) {
	for _, p := range paths {
		visit.definition(&p.Definition, 3, trail{"paths", p.Kind.String(), p.ID.Value})
	}
}

func (visit reading) text(t *model.Text, at trail) {
	if !t.Empty() {
		visit(t, at)
	}
}

// definition visits the texts that every definition has; the trail leads to
// it in so many words.
func (visit reading) definition(d *model.Definition, words int, at trail) {
	if !d.Name.Empty() {
		at[words] = "name"
		visit(&d.Name, at)
	}
	if !d.Description.Empty() {
		at[words] = "description"
		visit(&d.Description, at)
	}
}

func (visit reading) touchpoint(t *model.Touchpoint) {
	id := t.ID.Value
	visit.definition(&t.Definition, 2, trail{"touchpoints", t.ID.Value})
	visit.text(&t.Promise, trail{"touchpoints", id, "promise"})
	visit.text(&t.Differentiator, trail{"touchpoints", id, "differentiator"})
	for i := range t.Backstage {
		visit.text(&t.Backstage[i].Does, trail{"touchpoints", id, "backstage[" + strconv.Itoa(i) + "]", "does"})
	}
	for i := range t.Measures {
		visit.definition(&t.Measures[i].Definition, 4, trail{"touchpoints", id, "measures", t.Measures[i].ID.Value})
	}
	for i := range t.Exceptions {
		e := &t.Exceptions[i]
		visit.definition(&e.Definition, 4, trail{"touchpoints", id, "exceptions", e.ID.Value})
		if e.Reaction != nil {
			visit.text(&e.Reaction.Does, trail{"touchpoints", id, "exceptions", e.ID.Value, "reaction.does"})
		}
		if e.PreAction != nil {
			visit.text(&e.PreAction.Does, trail{"touchpoints", id, "exceptions", e.ID.Value, "preaction.does"})
		}
	}
}
