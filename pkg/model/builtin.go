package model

import (
	"strings"

	"github.com/customer-corridor/corridor/pkg/source"
)

// Reserved are the words that are no id of anything.
var Reserved = []string{"basic", "retry", "continue", "leave", "customer", "company"}

// DefaultStages are the stages of a file that names none: from the moment a
// need arises to the moment it is satisfied.
var DefaultStages = []string{"need", "evaluation", "access", "satisfaction"}

// BuiltInCapabilities are what a customer can do, after the functional
// performance statements of EN 301 549 (clause 4.2), and the means they have.
var BuiltInCapabilities = []*Capability{
	capability("vision", "sight"), capability("colour", "telling colours apart"), capability("hearing", "hearing"),
	capability("speech", "speech"), capability("hands", "use of the hands"), capability("reach", "reach"),
	capability("cognition", "following complex steps"),
	capability("phone", "a phone"), capability("smartphone", "a smartphone"), capability("computer", "a computer"),
	capability("internet", "internet access"), capability("email", "e-mail"), capability("card", "a payment card"),
	capability("cash", "cash"), capability("account", "an account"), capability("id-document", "an identity document"),
	capability("address", "a postal address"), capability("travel", "being able to travel"),
	capability("reading", "reading, by whatever aid"),
}

// BuiltInChannels are the channels that every file may use and override.
var BuiltInChannels = []*Channel{
	channel("phone", technological, staffed, "phone", "hearing", "speech"),
	channel("ivr", technological, unstaffed, "phone", "hearing"),
	channel("sms", technological, unstaffed, "phone", "reading"),
	channel("email", technological, staffed, "internet", "email", "reading"),
	channel("chat", technological, staffed, "internet", "reading"),
	channel("web", technological, unstaffed, "internet", "reading"),
	channel("social", technological, unstaffed, "internet", "reading"),
	channel("app", technological, unstaffed, "smartphone", "internet", "reading"),
	channel("video", technological, staffed, "internet", "smartphone|computer", "hearing", "speech"),
	channel("kiosk", technological, staffed, "travel", "vision", "hands", "reading"),
	channel("visit", physical, staffed, "travel", "hearing|reading"),
	channel("counter", physical, staffed, "travel", "hearing|reading"),
	channel("event", physical, staffed, "travel", "hearing|reading"),
	channel("home-visit", physical, staffed, "address", "hearing|reading"),
	channel("post", physical, unstaffed, "address", "vision", "reading"),
	channel("sign", physical, unstaffed, "vision", "reading"),
	channel("print", physical, unstaffed, "vision", "reading"),
	channel("word-of-mouth", physical, unstaffed),
}

const (
	technological = "technological"
	physical      = "physical"
	staffed       = true
	unstaffed     = false
)

func capability(id, name string) *Capability {
	return &Capability{Definition{ID: Name{Value: id}, Name: Text{Plain: name}}}
}

func channel(id, kind string, staffed bool, requires ...string) *Channel {
	c := &Channel{
		Definition: Definition{ID: Name{Value: id}},
		Kind:       source.Spanned[string]{Value: kind},
		Staffed:    source.Spanned[bool]{Value: staffed},
	}
	for _, r := range requires {
		c.Requires = append(c.Requires, Requirement{AnyOf: strings.Split(r, "|")})
	}
	return c
}
