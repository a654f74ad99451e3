package render

import (
	"fmt"
	"math/rand/v2"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// sketch builds graphs by hand, so that these tests need no file to parse.
type sketch struct {
	*corridor.Graph
	touchpoints map[string]*model.Touchpoint
}

func newSketch(language, title string) *sketch {
	j := &model.Journey{Language: language, Document: &model.Document{Title: model.Text{Plain: title}}, Paths: &model.Paths{}}
	return &sketch{&corridor.Graph{Journey: j}, map[string]*model.Touchpoint{}}
}

func name(text string) model.Name { return model.Name{Value: text} }

func define(id, label string) model.Definition {
	return model.Definition{ID: name(id), Name: model.Text{Plain: label}}
}

// stage starts a stage: the touchpoints defined from now on are in it.
func (s *sketch) stage(label string) {
	stage := &model.Stage{Definition: define(label, label)}
	s.Journey.Stages = append(s.Journey.Stages, stage)
	s.Journey.Document.Stages = s.Journey.Stages
}

// touch defines a touchpoint once.
func (s *sketch) touch(label, channel, owner string) *model.Touchpoint {
	if t := s.touchpoints[label]; t != nil {
		return t
	}
	t := &model.Touchpoint{Definition: define(fmt.Sprintf("t%d", len(s.touchpoints)), label), Channel: name(channel), Owner: name(owner)}
	s.touchpoints[label] = t
	s.Journey.Touchpoints = append(s.Journey.Touchpoints, t)
	for _, d := range s.Journey.Departments {
		if d.ID.Value == owner {
			return t
		}
	}
	if owner != "" {
		s.Journey.Departments = append(s.Journey.Departments, &model.Department{Definition: define(owner, owner)})
	}
	return t
}

// path adds a path from one place to another; no touchpoint is the empty way.
func (s *sketch) path(kind model.Kind, id string, from, to int, touchpoints ...*model.Touchpoint) {
	first := len(s.Steps)
	if len(touchpoints) == 0 {
		touchpoints = []*model.Touchpoint{nil}
	}
	p := corridor.Path{Kind: kind, ID: id, Def: &model.Path{Kind: kind, Definition: define(id, "")}, From: from, To: to, First: first, Count: len(touchpoints)}
	at := from
	for i, t := range touchpoints {
		next := to
		if i+1 < len(touchpoints) {
			next = s.Places
			s.Places++
		}
		s.Steps = append(s.Steps, corridor.Step{Path: len(s.Paths), Touchpoint: t, From: at, To: next, Nth: 1, Stage: max(0, len(s.Journey.Stages)-1)})
		at = next
	}
	s.Paths = append(s.Paths, p)
}

// tag gives a path a share and a name.
func (s *sketch) tag(path int, share float64, label string) {
	def := s.Paths[path].Def
	def.Share, def.Name.Plain = &source.Spanned[float64]{Value: share}, label
}

// basic adds the basic path; its places are 0 to n.
func (s *sketch) basic(touchpoints ...*model.Touchpoint) {
	n := len(touchpoints)
	s.Start, s.Satisfied, s.Places = 0, n, n+1
	for i, t := range touchpoints {
		s.Steps = append(s.Steps, corridor.Step{Touchpoint: t, From: i, To: i + 1, Nth: 1})
	}
	s.Paths = append(s.Paths, corridor.Path{Kind: model.Basic, ID: "basic", From: 0, To: n, Count: n})
}

// staged says at which steps of the basic path each stage begins.
func (s *sketch) staged(begins ...int) {
	for i := range s.Paths[0].Count {
		for stage, begin := range begins {
			if i >= begin {
				s.Steps[i].Stage = stage
			}
		}
	}
}

func (s *sketch) done() *corridor.Graph {
	s.Journey.Index()
	return s.Graph
}

// coffee is the journey of the design's proof pictures.
func coffee() *corridor.Graph {
	s := newSketch("en", "Buying a coffee machine online")
	for _, label := range []string{"Discover", "Compare", "Buy", "Receive", "Use"} {
		s.stage(label)
	}
	s.basic(
		s.touch("Sees an advert on social media", "social", "Marketing"), s.touch("Opens the landing page", "web", "Marketing"),
		s.touch("Browses the catalogue", "web", "Sales"), s.touch("Compares two models", "web", "Sales"),
		s.touch("Puts the product in the basket", "web", "Sales"), s.touch("Creates an account", "web", "Sales"),
		s.touch("Pays by card", "web", "Sales"), s.touch("Receives the order confirmation by e-mail", "email", "Sales"),
		s.touch("Parcel is handed to the carrier", "", "Logistics"), s.touch("Parcel is delivered to the door", "home-visit", "Logistics"),
		s.touch("Unpacks and sets up the product", "", "Support"), s.touch("Answers the satisfaction survey", "email", "Marketing"))
	s.touch("Pays by card", "", "").Binding.Value = true
	s.touch("Parcel is delivered to the door", "", "").MomentOfTruth.Value = true
	s.staged(0, 2, 4, 8, 10)
	s.path(model.Optional, "newsletter", 2, 2, s.touch("Signs up for the newsletter", "email", "Marketing"))
	s.path(model.Optional, "reviews", 3, 3, s.touch("Reads reviews by other buyers", "web", "Customer"))
	s.path(model.Optional, "chat", 3, 3, s.touch("Asks a question in the chat", "chat", "Support"))
	s.path(model.Optional, "voucher", 6, 6, s.touch("Enters a voucher code", "web", "Marketing"))
	s.path(model.Optional, "track", 9, 9, s.touch("Follows the parcel online", "web", "Logistics"), s.touch("Changes the delivery day", "app", "Logistics"))
	s.path(model.Optional, "video", 11, 11, s.touch("Watches the set-up video", "web", "Support"))
	s.path(model.Optional, "help", 11, 11, s.touch("Calls the help line", "phone", "Support"))
	s.path(model.Alternative, "friend", 0, 1, s.touch("Hears about it from a friend", "word-of-mouth", "Customer"))
	s.path(model.Alternative, "showroom", 2, 4, s.touch("Visits a showroom and tries it out", "visit", "Sales"))
	s.path(model.Alternative, "guest", 5, 6, s.touch("Checks out as a guest", "web", "Sales"))
	s.path(model.Alternative, "invoice", 6, 7, s.touch("Pays on invoice after a credit check", "post", "Sales"))
	s.path(model.Alternative, "telephone", 4, 8, s.touch("Orders on the telephone", "phone", "Sales"), s.touch("Pays on delivery", "home-visit", "Logistics"))
	s.path(model.Alternative, "locker", 9, 10, s.touch("Collects the parcel from a locker", "kiosk", "Logistics"))
	s.path(model.Alternative, "no-survey", 11, 12)
	s.path(model.Alternative, "return", 10, 12, s.touch("Sends the product back", "post", "Logistics"))
	return s.done()
}

// random builds a corridor of n steps on its basic path and about as many
// paths, hung anywhere.
func random(seed uint64, n, paths int) *corridor.Graph {
	rng := rand.New(rand.NewPCG(seed, 7))
	s := newSketch([]string{"en", "ar", "fa"}[seed%3], "A corridor")
	labels := []string{"Call", "Opens the landing page", "دریافت ایمیل تأیید سفارش", "زيارة الموقع (Website v2.1)",
		"Pneumonoultramicroscopicsilicovolcanoconiosis", "Pays on invoice after a long and careful credit check by the bank", "訪問する", "Ελλάδα"}
	fresh := func() *model.Touchpoint {
		label := fmt.Sprintf("%s %d", labels[rng.IntN(len(labels))], len(s.touchpoints))
		return s.touch(label, []string{"", "web", "word-of-mouth"}[rng.IntN(3)], []string{"", "Sales", "Customer relations and complaints", "پشتیبانی"}[rng.IntN(4)])
	}
	var steps []*model.Touchpoint
	for range n {
		steps = append(steps, fresh())
	}
	s.basic(steps...)
	for i := range paths {
		var steps []*model.Touchpoint
		for range rng.IntN(4) {
			steps = append(steps, fresh())
		}
		from := rng.IntN(s.Places)
		if rng.IntN(3) > 0 {
			from = rng.IntN(n + 1)
		}
		if rng.IntN(2) == 0 {
			s.path(model.Optional, fmt.Sprint("o", i), from, from, append(steps, fresh())...)
			continue
		}
		to := rng.IntN(s.Places)
		if rng.IntN(3) > 0 && from <= n {
			to = min(n, from+1+rng.IntN(3))
		}
		s.path(model.Alternative, fmt.Sprint("a", i), from, to, steps...)
	}
	for i := range s.Paths[1:] {
		s.tag(1+i, float64(i%40)/40, []string{"", "", "A way", "طريق آخر", "A way with a name that is longer than its box"}[i%5])
	}
	return s.done()
}
