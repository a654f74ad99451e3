package diff

import (
	"strings"

	"github.com/customer-corridor/corridor/pkg/access"
	"github.com/customer-corridor/corridor/pkg/gaps"
	"github.com/customer-corridor/corridor/pkg/model"
)

// Turn is what became of the access of one customer with one need.
type Turn struct {
	Customer, Need Who // as the new version calls them, if it has them
	// Open tells whether they get through, and the shares in how much of the
	// week the deadline is kept: 1 without a deadline, 0 where they do not
	// get through. The old values of what is new are zero, and so on.
	OldOpen, NewOpen   bool
	OldShare, NewShare float64
	// Doors are where they are stopped now; none where they get through.
	Doors []Door
	// Why says in a sentence where they are stopped now, or when the deadline
	// is missed. The marks of gaps.Foreign stand around text of the file.
	Why string
}

// Who is an id with the name that people read.
type Who struct{ ID, Name string }

// Door is a step that is barred, and what is missing there.
type Door struct {
	Step    string
	Missing []string
}

// slack is what two shares may differ by and still be the same: the order in
// which numbers are added.
const slack = 1e-9

// access compares who gets through.
func (f *File) access(before, after version, renamed renamings) {
	old := map[[2]string]*access.Cell{}
	was := cellsOf(before)
	for i := range was {
		c := &was[i]
		old[[2]string{renamed.now("customer", c.Customer.ID.Value), renamed.now("need", c.Need.ID.Value)}] = c
	}
	for _, is := range cellsOf(after) {
		key := [2]string{is.Customer.ID.Value, is.Need.ID.Value}
		c := old[key]
		delete(old, key)
		f.turn(newTurn(after, is), c, is)
	}
	for i := range was {
		c := &was[i]
		if old[[2]string{renamed.now("customer", c.Customer.ID.Value), renamed.now("need", c.Need.ID.Value)}] == c {
			t := newTurn(before, *c)
			t.OldOpen, t.OldShare, t.NewOpen, t.NewShare = t.NewOpen, t.NewShare, false, 0
			t.Doors, t.Why = nil, ""
			f.Gone = append(f.Gone, t)
		}
	}
}

// cellsOf returns the cells of a journey; a library has none.
func cellsOf(v version) []access.Cell {
	if v.Access == nil {
		return nil
	}
	return v.Access.Cells
}

// turn puts a cell where it belongs; was is nil for one that is new.
func (f *File) turn(t Turn, was *access.Cell, is access.Cell) {
	if was == nil {
		f.New = append(f.New, t)
		return
	}
	t.OldOpen, t.OldShare = was.Open, was.OpenShare
	switch {
	case was.Open && !is.Open:
		f.Lost = append(f.Lost, t)
	case !was.Open && is.Open:
		f.Gained = append(f.Gained, t)
	case is.OpenShare < was.OpenShare-slack:
		f.Worse = append(f.Worse, t)
	case is.OpenShare > was.OpenShare+slack:
		f.Better = append(f.Better, t)
	}
}

func newTurn(v version, c access.Cell) Turn {
	t := Turn{Customer: who(c.Customer.Definition, v), Need: who(c.Need.Definition, v), NewOpen: c.Open, NewShare: c.OpenShare}
	for _, d := range c.Doors {
		t.Doors = append(t.Doors, Door{v.Graph.StepName(d.Step), d.Missing})
	}
	var why []string
	if c.Open {
		why = append(why, gaps.Late(v.Access, c))
	} else {
		why = append(why, gaps.Stopped(v.Access, c))
		if c.Bound {
			why = append(why, "There were too many situations to follow them all, so there may be a way.")
		}
	}
	t.Why = strings.Join(why, " ")
	return t
}

func who(d model.Definition, v version) Who { return Who{d.ID.Value, label(d, v)} }
