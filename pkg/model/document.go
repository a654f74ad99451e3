// Package model defines what a journey says. A [Document] is one file, value
// by value, each with its place; a [Journey] is the whole after imports,
// inheritance and defaults. Both are plain data: reading them is pkg/syntax,
// joining them pkg/workspace.
package model

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/customer-corridor/corridor/pkg/source"
)

// Name is an id, or a reference to one, in Unicode form NFC.
type Name = source.Spanned[string]

// Definition is what every defined thing has: an id, the place of the whole
// definition, and the words that people read.
type Definition struct {
	ID          Name
	Span        source.Span // from the key to the end of its value
	Name        Text        // empty: see Label
	Description Text
}

// Hidden is a character that changes the direction of the text unseen, in the
// value or key that subject names.
type Hidden struct {
	source.Spanned[rune]
	Subject string
}

// Suppression is a comment that sets findings of some rules aside:
// `# corridor: ignore[single-way] the bridge opens in May until=2027-05-01`.
type Suppression struct {
	Span   source.Span // the comment
	Rules  []Name      // ids of rules or groups; at least one
	List   source.Span // what stands between the brackets
	Reason string
	Until  *source.Spanned[time.Time] // the last day on which it holds; nil: for ever
	// Scope is the element that it speaks of; zero for the whole file. Subject
	// is the path of that element in the file, such as touchpoints.call; of
	// several on one line it is that of the first and of the last one.
	Scope   source.Span
	Subject string
}

// Covers reports whether a place is in the suppression's scope.
func (s *Suppression) Covers(at source.Span) bool {
	if at.File != s.Span.File {
		return false
	}
	return s.Scope.IsZero() || at.Start >= s.Scope.Start && at.Start < s.Scope.End
}

// Document is what one file says. Lists are in the order of the file.
type Document struct {
	File         *source.File
	Version      source.Spanned[int]
	Title        Text
	Description  Text
	Language     source.Spanned[string] // BCP 47
	Market       source.Spanned[string] // saturated | flat
	Imports      []source.Spanned[string]
	Stages       []*Stage
	Capabilities []*Capability
	Channels     []*Channel
	Departments  []*Department
	Customers    []*Customer
	Needs        []*Need
	Touchpoints  []*Touchpoint
	Paths        *Paths // nil: the file is a library

	// Format is the foreign format that the file was imported from, such as
	// bpmn; "" for a corridor file.
	Format string
	// Basis says in a sentence how the basic path of an imported file was found.
	Basis string
	// Keys are by what things of an imported file are known again in another
	// version of it, or in one in another language: ids are made of words.
	Keys []Key
	// Bounds are the reasons why answers about who gets through may be off,
	// each with its place: what an import could not carry. None means that
	// the file says all that counts.
	Bounds []source.Spanned[string]

	// Hidden are the direction-changing characters that stand unseen in
	// values and keys.
	Hidden []Hidden
	// Suppressions are the comments that set findings aside.
	Suppressions []*Suppression
	// Unread are the top-level keys whose values could not be read. What they
	// would have defined is unknown, so that a name may well be defined.
	Unread []string
}

// Key is what a foreign file itself calls a touchpoint or a path.
type Key struct{ Kind, ID, Key string }

// Stage is a part of the journey, such as evaluation.
type Stage struct{ Definition }

// Capability is something that a customer can do or has.
type Capability struct{ Definition }

// Channel is a kind of touchpoint: by phone, on the web, at the counter.
type Channel struct {
	Definition
	Kind     source.Spanned[string] // physical | technological
	Staffed  source.Spanned[bool]
	Requires []Requirement
}

// Requirement is met by any one of its names: `smartphone|computer`.
type Requirement struct {
	Span  source.Span
	AnyOf []string // at least one; in the order of the file
}

// SpanOf returns the place of one of the names.
func (r Requirement) SpanOf(name string) source.Span {
	s := r.Span
	if i := strings.Index(s.Text(), name); i >= 0 {
		s.Start += i
		s.End = s.Start + len(name)
	}
	return s
}

// Same reports whether two requirements offer the same names, in any order.
func (r Requirement) Same(o Requirement) bool {
	in := func(list []string) func(string) bool {
		return func(s string) bool { return !slices.Contains(list, s) }
	}
	return !slices.ContainsFunc(r.AnyOf, in(o.AnyOf)) && !slices.ContainsFunc(o.AnyOf, in(r.AnyOf))
}

// Department is a part of the organisation that owns touchpoints.
type Department struct {
	Definition
	Hours     *Hours // nil: not said
	Goals     []Name // ids of measures
	Authority []Name
	Skills    []Name
	Serves    []Name // customers or departments
	Promise   Text
}

// Customer is a kind of customer, with what they lack.
type Customer struct {
	Definition
	Level   source.Spanned[string] // person | company | intermediary | department
	Like    Name                   // empty: like nobody
	Lacks   []Name
	Has     []Name
	Speaks  []source.Spanned[string] // BCP 47
	Share   *source.Spanned[float64] // 0 to 1; nil: not said
	Serves  []Name
	Segment *Segment
}

// Segment is how a customer was grouped and weighed.
type Segment struct {
	Span     source.Span
	By       source.Spanned[string] // characteristics | use
	Value    *Score
	Fit      *Score
	Strategy *Score
}

// Score is a judgement from 1 to 5.
type Score = source.Spanned[float64]

// Need is what starts a journey.
type Need struct {
	Definition
	Urgency   source.Spanned[string] // basic | urgent
	Within    *Duration              // nil: no deadline
	Customers []Name                 // empty: those who serve nobody
	Has       []Name
	Lacks     []Name
	From      *StepName // nil: the first step of the basic path
	To        *StepName // nil: the last step of the basic path
}

// Duration is a length of time.
type Duration = source.Spanned[time.Duration]

// StepName names a step as the language does: `call`, `basic/call` or
// `basic/call#2`.
type StepName struct {
	Span       source.Span
	Path       string // "" where only the touchpoint is named
	Touchpoint string
	Nth        int // from 1; 0 where no number is given
}

// String returns the name as the language writes it.
func (n StepName) String() string {
	s := n.Touchpoint
	if n.Path != "" {
		s = n.Path + "/" + s
	}
	if n.Nth > 0 {
		s += "#" + strconv.Itoa(n.Nth)
	}
	return s
}

// Touchpoint is one specific interaction of a customer with the organisation.
type Touchpoint struct {
	Definition
	Stage          Name
	Channel        Name
	Kind           source.Spanned[string] // physical | technological
	Owner          Name
	Hours          *Hours // nil: not said
	Languages      []source.Spanned[string]
	Requires       []Requirement
	Waives         []Requirement
	Asks           []Name
	Confirms       []Name
	Uses           []Name
	Gives          []Name
	Delay          *Duration
	Waits          *Duration
	Takes          *Duration
	Binding        source.Spanned[bool]
	Success        *source.Spanned[float64] // 0 to 1
	Effort         *Score
	Experience     []Rating
	Importance     []Rating
	Promise        Text
	Skills         []Name
	MomentOfTruth  source.Spanned[bool]
	Differentiator Text
	Involves       source.Spanned[string] // none | informed | consulted | empowered
	Backstage      []Backstage
	HandsOver      *HandOver
	Measures       []Measure
	Exceptions     []Exception
}

// Rating is a score as someone gives it. Who is `company`, `customer` or a
// customer's id; a lone score is `customer`'s.
type Rating struct {
	Who   Name
	Score Score
}

// Backstage is an action behind a touchpoint that customers do not see.
type Backstage struct {
	Span  source.Span
	By    Name
	Does  Text
	Takes *Duration
}

// HandOver is what an owner passes on, and to whom.
type HandOver struct {
	Span source.Span
	To   Name
	What []Name
}

// Measure is a number that tells whether a touchpoint works.
type Measure struct {
	Definition
	Kind   source.Spanned[string] // satisfaction | efficiency
	Target *source.Spanned[Target]
	Actual *source.Spanned[Quantity]
}

// Target is a bound on a measure, such as `>= 90%`.
type Target struct {
	Op       string // one of < <= = >= >
	Quantity Quantity
}

// Quantity is a number with its unit. A share is a number of "%", a
// duration a number of seconds "s".
type Quantity struct {
	Number float64
	Unit   string // "", "%", "s" or a word of the file
}

// Exception is something that goes wrong at a touchpoint.
type Exception struct {
	Definition
	Chance    *source.Spanned[float64] // 0 to 1
	Reaction  *Reaction
	PreAction *PreAction
}

// Reaction is what the organisation does at an exception.
type Reaction struct {
	Span      source.Span
	By        Name
	Does      Text
	Within    *Duration
	Authority Name
	Steps     []Name    // touchpoints that it leads the customer through
	Then      *StepName // nil: not said. Touchpoint may be a word of Outcomes
}

// Outcomes are the words of a reaction's `then` that name no step.
var Outcomes = []string{"retry", "continue", "leave"}

// PreAction is what prevents an exception the next time.
type PreAction struct {
	Span source.Span
	By   Name
	Does Text
}

// Paths are the ways through the corridor.
type Paths struct {
	Span        source.Span
	Basic       []Name // touchpoints
	BasicSpan   source.Span
	Optional    []*Path
	Alternative []*Path
}

// Kind tells the three kinds of path apart.
type Kind int

// The kinds of path.
const (
	Basic Kind = iota
	Optional
	Alternative
)

func (k Kind) String() string { return [...]string{"basic", "optional", "alternative"}[k] }

// Path is an optional or alternative path.
type Path struct {
	Definition
	Kind      Kind
	After     *StepName
	Before    *StepName
	InsteadOf []StepName  // alternatives only; one step or a run
	RunSpan   source.Span // the place of instead-of
	Steps     []Name
	StepsSpan source.Span
	Share     *source.Spanned[float64] // 0 to 1
	Customers []Name                   // empty: everyone
	Needs     []Name                   // empty: every need
}
