package convert

import (
	"fmt"
	"slices"
	"time"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// sort puts the steps in their order: by number where each has one, else by
// time where each has one, else as they stand in the file.
func (r *cjmlReader) sort() {
	numbers, times := map[*cjmlStep]float64{}, map[*cjmlStep]time.Time{}
	for _, s := range r.all {
		order := s.get(cjmlOrder)
		if n, ok := linesNumber(order.Value); ok {
			numbers[s] = n
		} else if order.Value != "" {
			r.left.add(s.xmlElement.name+" order", order.Span)
		}
		at := s.get(cjmlTime)
		if t, ok := cjmlClock(at.Value); ok {
			times[s] = t
		}
		if at.Value != "" {
			r.left.add(s.xmlElement.name+" time", at.Span)
		}
	}
	switch len(r.all) {
	case len(numbers):
		slices.SortStableFunc(r.all, func(a, b *cjmlStep) int { return int(max(-1, min(1, numbers[a]-numbers[b]))) })
	case len(times):
		slices.SortStableFunc(r.all, func(a, b *cjmlStep) int { return times[a].Compare(times[b]) })
	}
}

// cjmlClock reads a time as programs write it.
func cjmlClock(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "15:04:05", "15:04"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// who returns the actor that a step names. One that is defined nowhere is told
// by the name.
func (r *cjmlReader) who(words source.Spanned[string]) *cjmlActor {
	if words.Value == "" {
		return nil
	}
	a, known := r.actors[words.Value]
	if !known {
		a = &cjmlActor{words: words, customer: cjmlCustomer.MatchString(words.Value) && !cjmlCompany.MatchString(words.Value)}
		r.actors[words.Value] = a
		r.named = r.named || a.customer
	}
	return a
}

// steps adds the steps. Those in which no customer takes part, where customers
// are known, are work behind the step before.
func (r *cjmlReader) steps() {
	for _, s := range r.all {
		r.who(s.by)
		r.who(s.to)
	}
	if !slices.ContainsFunc(r.all, r.seen) {
		r.named = false
	}
	last := -1 // the last step of the customer's
	for _, s := range r.all {
		if !r.seen(s) {
			r.hide(s, last)
			continue
		}
		last = r.touchpoint(s)
	}
}

// seen reports whether a customer takes part in a step.
func (r *cjmlReader) seen(s *cjmlStep) bool {
	by, to := r.who(s.by), r.who(s.to)
	return !r.named || by == nil && to == nil || by != nil && by.customer || to != nil && to.customer
}

// hide makes a backstage action of a step of the organisation's.
func (r *cjmlReader) hide(s *cjmlStep, last int) {
	by := r.who(s.by)
	if by == nil {
		by = r.who(s.to)
	}
	back := model.Backstage{Span: s.span, By: r.department(by.words), Does: linesText(r.words(s))}
	back.By.Span = s.span
	where := "the first step"
	if last < 0 {
		r.behind = append(r.behind, back)
	} else {
		n := &r.nodes[last]
		n.touchpoint.Backstage = append(n.touchpoint.Backstage, back)
		where = finding.Quote(n.name.Value)
	}
	r.lose(s.tag, "nodes."+back.Does.Plain, fmt.Sprintf("no customer takes part in %s; it is told as what happens behind %s", finding.Quote(back.Does.Plain), where), "Make it a touchpoint where customers notice it.")
	r.facts(s, &model.Touchpoint{})
}

// words returns what a step is called: its name, else its text, else what it
// is.
func (r *cjmlReader) words(s *cjmlStep) source.Spanned[string] {
	if s.name.Value == "" {
		s.name = s.get(cjmlText)
	}
	if s.name.Value == "" {
		s.name = source.Spanned[string]{Value: s.xmlElement.name, Span: s.tag}
	}
	return s.name
}

// touchpoint adds a step of the customer's. Who is no customer there owns it.
func (r *cjmlReader) touchpoint(s *cjmlStep) int {
	t := model.Touchpoint{Stage: s.phase, Backstage: r.behind}
	r.behind = nil
	for _, words := range []source.Spanned[string]{s.by, s.to} {
		switch a := r.who(words); {
		case a == nil:
		case a.customer:
			r.customer(a.words)
		case t.Owner.Value == "":
			t.Owner = model.Name{Value: r.department(a.words).Value, Span: words.Span}
		default:
			r.left.add("another actor of a touchpoint", words.Span)
		}
	}
	words := r.words(s)
	r.facts(s, &t)
	return r.step(words, s.span, t)
}

// facts reads what a step says beside its name and its actors.
func (r *cjmlReader) facts(s *cjmlStep, t *model.Touchpoint) {
	if text := s.get(cjmlText); text.Value != s.name.Value {
		linesDescribe(&t.Description, text)
	}
	t.Channel = r.channel(s.get(cjmlChannel), s.name)
	r.status(s)
	t.Experience = r.experience(s)
	s.get(cjmlID)
	s.get(cjmlKind)
	r.rest(s.cjmlThing, cjmlNone)
}

// status notes what became of a step in a journey that somebody had: a corridor
// says what can be, not what was.
func (r *cjmlReader) status(s *cjmlStep) {
	for i := range cjmlStatus {
		status := s.get(cjmlStatus[i : i+1])
		switch linesFold(status.Value) {
		case "", "completed", "complete", "done", "ok", "success", "successful", "planned", "none", "normal":
			continue
		}
		r.lose(status.Span, "nodes."+s.name.Value, fmt.Sprintf("%s was %s in this journey, which is not carried over", finding.Quote(s.name.Value), finding.Quote(status.Value)),
			"Where it happens to others too, add it to the touchpoint's `exceptions`.")
	}
}

// cjmlFeelings are the scores of experiences in words.
var cjmlFeelings = map[string]float64{
	"very-positive": 5, "verypositive": 5, "very-good": 5, "very-satisfied": 5, "very-happy": 5, "delighted": 5, "excellent": 5,
	"positive": 4, "good": 4, "satisfied": 4, "happy": 4, "neutral": 3, "ok": 3, "mixed": 3,
	"negative": 2, "bad": 2, "dissatisfied": 2, "unhappy": 2, "sad": 2, "poor": 2,
	"very-negative": 1, "verynegative": 1, "very-bad": 1, "very-dissatisfied": 1, "very-unhappy": 1, "angry": 1, "terrible": 1,
}

// experience returns the rating that an experience is.
func (r *cjmlReader) experience(s *cjmlStep) []model.Rating {
	said := s.get(cjmlExperience)
	if said.Value == "" {
		return nil
	}
	n, number := linesNumber(said.Value)
	if feeling, known := cjmlFeelings[slug(said.Value)]; known {
		r.lose(said.Span, "nodes."+s.name.Value, fmt.Sprintf("the experience %s of %s is read as the score %g", finding.Quote(said.Value), finding.Quote(s.name.Value), feeling), "")
		n, number = feeling, true
	}
	if !number || n < 1 || n > 5 {
		r.lose(said.Span, "nodes."+s.name.Value, fmt.Sprintf("the experience %s of %s is no score from 1 to 5, and is not carried over", finding.Quote(said.Value), finding.Quote(s.name.Value)), "")
		return nil
	}
	return linesRating(n, said.Span)
}
