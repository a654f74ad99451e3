// Package access tells who gets through: for every customer and need whether
// the corridor is open, where it is closed and for want of what, what the
// smallest change is that opens it, and how long it takes at which hour. The
// words mean what the language reference says ("What it means").
package access

import (
	"time"

	"github.com/customer-corridor/corridor/pkg/corridor"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Options say what is assumed and what is asked.
type Options struct {
	Without []Outage
	// Repairs asks for the smallest changes, which cost more than all else.
	Repairs bool
	// States is how many states (the place after a binding step, with what is
	// held there) are followed for one cell; 0 means DefaultStates.
	States int
}

// DefaultStates is far above what real corridors need: each binding step on
// a way makes a few.
const DefaultStates = 10_000

// Outage is something that is not there for a time. Nobody can take the steps
// of a touchpoint, a channel or a department; everyone lacks a capability.
type Outage struct {
	Kind string // touchpoint | channel | department | capability
	ID   string
}

// Result is the answer for a whole corridor.
type Result struct {
	Graph *corridor.Graph
	Cells []Cell // customer by customer, need by need, in the order of the file
	// Score is the mean over needs of Σ share × open share ÷ Σ share over the
	// customers who have the need, 0 to 1. It is 1 where no need counts.
	Score float64
	// Repair opens all cells at once; nil unless asked for.
	Repair *Repair
}

// Cell is the answer for one customer and one need that they have.
type Cell struct {
	Customer *model.Customer
	Need     *model.Need
	Share    float64 // of the customer, given or divided; 0 to 1
	Open     bool
	// Bound says that a limit was reached: an open cell is open, but a
	// blocked one may be open, and more may be found than is told.
	Bound bool

	// Way is, of an open cell, a fastest way (see Fastest) from the start to
	// satisfied: steps in the order in which they are taken, with those that
	// fetch something on the side. Of a blocked cell it leads to the first
	// door, empty where that is at the start.
	Way []int
	// Doors are, of a blocked cell, the barred steps behind which satisfaction
	// lies, in the order of the graph's steps.
	Doors []Door

	// Of an open cell, each in the order of the graph's steps:
	Traps      []int    // binding steps after which satisfaction is lost
	WrongTurns []int    // steps from which one has to turn back
	SingleWays []string // touchpoints whose outage blocks the cell

	// Fastest is what the way costs when everything is open (delays, waits
	// and times; then effort); of an open cell.
	Fastest Cost
	// Arrival tells the earliest satisfaction for every moment at which the
	// need may arise; nil for a blocked cell.
	Arrival *Arrival
	// Earliest is the shortest time to satisfaction over all minutes of the
	// week at which the need may arise.
	Earliest time.Duration
	// OpenShare is the part of the minutes of the week at which the deadline
	// is kept: 1 without a deadline, 0 when blocked.
	OpenShare float64
	// Late are the minutes at which the need arises and the deadline is missed.
	Late []model.Opening

	Repair *Repair // opens this cell; nil unless asked for, and for an open cell

	class *class // see Reach
}

// Cost is what a way costs a customer.
type Cost struct {
	Time   time.Duration
	Effort float64
}

// Door is a barred step.
type Door struct {
	Step int
	// Missing is what would open it, the smallest set, sorted: a name, a
	// choice `a|b` with its names sorted, language:ur|fa (what the customer
	// speaks), path:ID (what is not offered), `hours` where it never opens.
	Missing []string
}

// Repair is a set of changes to the file.
type Repair struct {
	Changes []Change
	// Possible says whether changes can open what is to be opened at all.
	Possible bool
	// Exact says that no smaller set does; otherwise none smaller than Bound.
	Exact bool
	Bound int
}

// ChangeKind is a kind of change. Their order decides between equally small
// repairs.
type ChangeKind int

// The kinds of change.
const (
	DropRequirement ChangeKind = iota // at a touchpoint, wherever it occurs
	AddLanguage                       // to a touchpoint
	OfferPath                         // to everyone, for every need
	GiveItem                          // from the start, to everyone
)

func (k ChangeKind) String() string {
	return [...]string{"drop-requirement", "add-language", "offer-path", "give-item"}[k]
}

// Change is one change to the file; it holds for all customers.
type Change struct {
	Kind       ChangeKind
	Touchpoint string // "" for OfferPath and GiveItem
	// Value is the requirement with the names of a choice sorted (`a|b`), the
	// language, the path's id or the item.
	Value string
}
