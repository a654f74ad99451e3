package gen

import (
	"fmt"
	"time"

	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// Shape says how large a corridor is to be, and what is in it.
type Shape struct {
	Steps     int // roughly
	Customers int
	Needs     int
	Items     int // that are given at one step and asked for at a later one
	Hours     int // distinct hours; 0: always open
	Barriers  int // of 100 customers, how many lack what no way goes without
}

// Corridor returns a journey without a file: blocks of a few steps, each with
// an option and an alternative to one of its steps. A fifth of the steps
// require something, and every customer lacks some of it. What the
// alternative to a step requires is always the same, so that those who lack
// one mostly have the other.
func Corridor(seed uint64, s Shape) *model.Journey {
	c := &corridor{writer: writer{dice: seed}, Shape: s, Journey: &model.Journey{
		Document: &model.Document{}, Language: "en", Paths: &model.Paths{},
	}}
	c.capabilitiesAndStages()
	c.organisation()
	c.people()
	for b := 0; b < max(1, s.Steps/6); b++ {
		c.block(b)
	}
	c.items()
	c.Index()
	return c.Journey
}

const capabilities = 40

// corridor is a journey as it grows.
type corridor struct {
	writer
	Shape
	*model.Journey
}

func name(format string, args ...any) model.Name {
	return model.Name{Value: fmt.Sprintf(format, args...)}
}

func define(format string, args ...any) model.Definition {
	return model.Definition{ID: name(format, args...)}
}

func (c *corridor) capabilitiesAndStages() {
	c.Stages = []*model.Stage{{Definition: define("need")}}
	for i := range capabilities {
		c.Capabilities = append(c.Capabilities, &model.Capability{Definition: define("c%d", i)})
	}
	c.Channels = []*model.Channel{{Definition: define("desk"), Staffed: source.Spanned[bool]{Value: true}}}
}

// organisation makes departments, each with hours of its own: on some days
// from some hour to another one.
func (c *corridor) organisation() {
	for i := range c.Hours {
		h := &model.Hours{}
		for day := range 7 {
			if day == i%7 || day == (i+3)%7 && i > 7 {
				continue
			}
			from := day*24*60 + 60*(6+i%5) + 30*(i%2)
			h.Spans = append(h.Spans, model.Opening{From: from, To: from + 60*(6+i%4)})
		}
		c.Departments = append(c.Departments, &model.Department{Definition: define("d%d", i), Hours: h})
	}
}

func (c *corridor) people() {
	for i := range c.Shape.Customers {
		who := &model.Customer{Definition: define("p%d", i)}
		k := c.roll(capabilities)
		who.Lacks = append(who.Lacks, name("c%d", k))
		if c.roll(100) < c.Barriers {
			who.Lacks = append(who.Lacks, name("c%d", (k+1)%capabilities))
		}
		c.Journey.Customers = append(c.Journey.Customers, who)
	}
	for i := range c.Shape.Needs {
		c.Journey.Needs = append(c.Journey.Needs, &model.Need{
			Definition: define("n%d", i),
			Within:     &model.Duration{Value: time.Duration(1+3*i) * 24 * time.Hour},
			Lacks:      []model.Name{name("c%d", (7*i)%capabilities)},
		})
	}
}

// block adds four basic steps, an option after the second and an alternative
// to the fourth. Every fourth alternative has a second step.
func (c *corridor) block(b int) {
	basic := make([]*model.Touchpoint, 4)
	for i := range basic {
		basic[i] = c.touchpoint("b%d-%d", b, i)
		c.Paths.Basic = append(c.Paths.Basic, basic[i].ID)
	}
	at := func(i int) *model.StepName { return &model.StepName{Touchpoint: basic[i].ID.Value} }
	k := c.roll(capabilities)
	basic[3].Requires = requires(k)
	option := c.touchpoint("o%d", b)
	if c.roll(3) == 0 {
		option.Requires = requires(c.roll(capabilities))
	}
	c.Paths.Optional = append(c.Paths.Optional, &model.Path{
		Definition: define("option-%d", b), Kind: model.Optional, After: at(1), Steps: []model.Name{option.ID},
	})
	other := &model.Path{Definition: define("other-%d", b), Kind: model.Alternative, InsteadOf: []model.StepName{*at(3)}}
	if b%4 == 0 {
		other.Steps = append(other.Steps, c.touchpoint("e%d", b).ID)
	}
	last := c.touchpoint("a%d", b)
	last.Requires = requires((k + 1) % capabilities)
	other.Steps = append(other.Steps, last.ID)
	c.Paths.Alternative = append(c.Paths.Alternative, other)
}

func requires(capability int) []model.Requirement {
	return []model.Requirement{{AnyOf: []string{fmt.Sprintf("c%d", capability)}}}
}

func (c *corridor) touchpoint(format string, args ...any) *model.Touchpoint {
	t := &model.Touchpoint{Definition: define(format, args...), Takes: &model.Duration{Value: time.Duration(1+c.roll(20)) * time.Minute}}
	if c.Hours > 0 && c.roll(3) > 0 {
		t.Channel, t.Owner = name("desk"), name("d%d", c.roll(c.Hours))
		t.Waits = &model.Duration{Value: time.Duration(c.roll(15)) * time.Minute}
	}
	c.Touchpoints = append(c.Touchpoints, t)
	return t
}

// items lets touchpoints give what later ones ask for, at even distances.
// Every third item is given on an option.
func (c *corridor) items() {
	blocks := len(c.Paths.Basic) / 4
	for i := range c.Items {
		b := i * blocks / (c.Items + 1)
		giver := fmt.Sprintf("b%d-0", b)
		if i%3 == 2 {
			giver = fmt.Sprintf("o%d", b)
		}
		taker := fmt.Sprintf("b%d-%d", min(blocks-1, b+1+blocks/(c.Items+1)), 1+i%2)
		for _, t := range c.Touchpoints {
			switch t.ID.Value {
			case giver:
				t.Gives = append(t.Gives, name("item-%d", i))
				t.Requires = nil
			case taker:
				t.Requires = append(t.Requires, model.Requirement{AnyOf: []string{fmt.Sprintf("item-%d", i)}})
			}
		}
	}
}
