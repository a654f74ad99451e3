package convert

import (
	"math/bits"
	"slices"
	"strconv"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// xgovContent are the components that ask nothing.
var xgovContent = []string{"Para", "Html", "InsetText", "Details", "FlashCard", "List", "WarningText", "Image", "NotificationBanner", "SummaryList"}

// xgovAbilities are what fields can ask of a customer, each a bit of a set.
var xgovAbilities = []string{"phone", "email", "upload", "address"}

// xgovFields are the fields that take an ability, by its position.
var xgovFields = map[string]int{
	"TelephoneNumberField": 0, "EmailAddressField": 1, "FileUploadField": 2, "ClientSideFileUploadField": 2, "UkAddressField": 3,
}

// xgovNeed tells for each set of abilities whether it is enough: bit s for set
// s. Choices and lists of fields nest as they like, and stay one number.
type xgovNeed uint16

const xgovNothing xgovNeed = 0xFFFF

// xgovAbility is the need of one ability.
func xgovAbility(ability int) (need xgovNeed) {
	for set := range 16 {
		if set>>ability&1 == 1 {
			need |= 1 << set
		}
	}
	return need
}

// clauses returns the fewest sets of abilities of which a customer must have
// one each.
func (n xgovNeed) clauses() (sets []int) {
	for size := 1; size <= 4; size++ {
		for set := range 16 {
			without := 15 &^ set
			larger := slices.ContainsFunc(sets, func(smaller int) bool { return smaller&set == smaller })
			if bits.OnesCount(uint(set)) == size && !larger && n>>without&1 == 0 {
				sets = append(sets, set)
			}
		}
	}
	return sets
}

// xgovLists are the lists of answers. What the fields take that an answer
// opens is worked out once, also where a list hangs on itself.
type xgovLists struct {
	values map[string]*syntax.Value
	needs  map[string]xgovNeed
	places [4]source.Span // where each ability is asked for first on the page
}

func newXgovLists(v *syntax.Value) *xgovLists {
	l := &xgovLists{values: map[string]*syntax.Value{}, needs: map[string]xgovNeed{}}
	for _, list := range v.Each() {
		if name := list.Get("name").Str().Value; l.values[name] == nil {
			l.values[name] = list
		}
	}
	return l
}

// readFields reads what a page asks, and what a customer needs to answer.
func (x *xgovForm) readFields(p *xgovPage) (requires []model.Requirement) {
	x.lists.places = [4]source.Span{}
	need := xgovNothing
	for _, c := range p.value.Get("components").Each() {
		need &= x.lists.component(c)
		x.count(p, c)
	}
	for _, set := range need.clauses() {
		r := model.Requirement{}
		for i, name := range xgovAbilities {
			if set>>i&1 == 1 {
				r.AnyOf = append(r.AnyOf, name)
				if r.Span.IsZero() {
					r.Span = x.lists.places[i]
				}
			}
		}
		if r.Span.IsZero() {
			r.Span = p.path.Span
		}
		requires = append(requires, r)
	}
	return requires
}

// count counts the questions of a component and checks the list it names.
func (x *xgovForm) count(p *xgovPage, c *syntax.Value) {
	list := c.Get("list").Str()
	if list.Value != "" && x.lists.values[list.Value] == nil {
		x.lose(list.Span, p.subject(), "the list "+finding.Quote(list.Value)+" is defined nowhere, so there is nothing to choose from", "Define it below `lists`, or correct its name.")
	}
	if children := c.Get("children").Each(); len(children) > 0 {
		for _, child := range children {
			x.count(p, child)
		}
		p.asks = true
		return
	}
	if !slices.Contains(xgovContent, c.Get("type").Str().Value) {
		x.questions++
		p.asks = true
	}
}

// component returns what a component takes. What may stay empty takes nothing.
func (l *xgovLists) component(c *syntax.Value) xgovNeed {
	kind := c.Get("type").Str()
	ability, known := xgovFields[kind.Value]
	need := xgovNothing
	switch {
	case xgovOptional(c):
		return need
	case known:
		if l.places[ability].IsZero() {
			l.places[ability] = kind.Span
		}
		return xgovAbility(ability)
	}
	for _, group := range []string{"children", "components"} {
		for _, child := range c.Get(group).Each() {
			need &= l.component(child)
		}
	}
	if list := c.Get("list").Str().Value; list != "" && !slices.Contains(xgovContent, kind.Value) {
		need &= l.list(list)
	}
	return need & l.answers(c.Get("values").Get("items"))
}

// xgovOptional reports whether a field may stay empty, as the runner sees it.
func xgovOptional(c *syntax.Value) bool {
	options := c.Get("options")
	if fewest := options.Get("minimumRequiredFiles"); fewest != nil && c.Get("type").Str().Value == "ClientSideFileUploadField" {
		n, err := strconv.ParseFloat(fewest.Text, 64)
		return err == nil && n < 1
	}
	required := options.Get("required")
	return required != nil && required.Kind == syntax.Boolean && required.Text == "false"
}

func (l *xgovLists) list(name string) xgovNeed {
	if need, done := l.needs[name]; done {
		return need
	}
	l.needs[name] = xgovNothing
	l.needs[name] = l.answers(l.values[name].Get("items"))
	return l.needs[name]
}

// answers returns what it takes to choose one of some answers: each takes what
// the fields do that it opens.
func (l *xgovLists) answers(items *syntax.Value) xgovNeed {
	need := xgovNothing
	for i, item := range items.Each() {
		opened := xgovNothing
		for _, fields := range [][]*syntax.Value{item.Get("conditional").Get("components").Each(), item.Get("children").Each()} {
			for _, c := range fields {
				opened &= l.component(c)
			}
		}
		if i == 0 {
			need = 0
		}
		need |= opened
	}
	return need
}
