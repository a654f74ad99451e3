package render

import "strconv"

// Role is what a colour is for: the scene knows roles, and its [Theme] says
// which colour each of them has. The empty role draws nothing.
type Role string

// The roles of what every map has. Text stands on paper, card, cardAlt, band,
// column and columnShade in ink, softInk or the ink of a kind of path; on
// the others in what [Theme] pairs them with.
const (
	paper       Role = "paper"       // the ground of the map
	card        Role = "card"        // the ground of a step
	cardAlt     Role = "card-alt"    // the ground of an alternative's step
	ink         Role = "ink"         // words, the basic path
	softInk     Role = "soft-ink"    // words of less weight
	inverse     Role = "inverse"     // words on ink
	bandFill    Role = "band"        // behind the basic path
	columnFill  Role = "column"      // under a stage
	columnShade Role = "column-2"    // under every other stage
	altInk      Role = "alternative" // lines and frames of alternatives
	optionInk   Role = "option"      // lines and frames of options
	bindingInk  Role = "binding"     // the lock
	momentFill  Role = "moment"      // the ground of the star
	momentInk   Role = "moment-ink"  // the star
	mishapInk   Role = "mishap"      // the cycle of reaction and pre-action
	alarmInk    Role = "alarm"       // a mishap without a reaction, a target that is missed
	customerInk Role = "customers"   // how customers see it
	companyInk  Role = "company"     // how the company sees it
	apartFill   Role = "apart"       // behind views that are far apart
	gridInk     Role = "grid"        // the lines of a scale, ornament
	chevronText Role = "chevron-text"
	ownerText   Role = "owner-text"
)

// The roles of the view that tells who gets through: the ground of a cell and
// what is drawn on it. The week is drawn in the same ones.
const (
	accessOpen      Role = "access-open"
	accessOpenInk   Role = "access-open-ink"
	accessDoor      Role = "access-door" // where satisfaction is stopped, an hour in which the deadline is missed
	accessDoorInk   Role = "access-door-ink"
	accessClosed    Role = "access-closed"
	accessClosedInk Role = "access-closed-ink"
	accessNone      Role = "access-none" // what cannot be reached
	accessNoneInk   Role = "access-none-ink"
	accessWarn      Role = "access-warn" // traps, wrong turns, an hour that is mostly kept
	accessPart      Role = "access-part" // an hour that is mostly missed
	accessWarnInk   Role = "access-warn-ink"
	gridRule        Role = "grid-rule" // between rows; ornament
)

// The roles of a map of one customer. On closedInk and wayInk text is inverse.
const (
	paleInk   Role = "pale"   // lines and frames of what is not come to
	closedInk Role = "closed" // frames and marks of what is closed, and why it is
	hatchInk  Role = "hatch"  // the hatching of what is closed, under plates with words
	wayInk    Role = "way"    // the way, and its numbers
	repairInk Role = "repair" // what the smallest repair opens
)

// chevron is the role of the i-th of n stages. Stages get lighter along the
// journey, so that their order is seen even where a reader cannot read.
func chevron(i, n int) Role {
	shade := 0
	if n > 1 {
		shade = i * (chevronShades - 1) / (n - 1)
	}
	return Role(chevronPrefix + strconv.Itoa(shade+1))
}

const (
	chevronPrefix = "chevron-"
	chevronShades = 5
	ownerColors   = 10
)

// ownerColor is the role of the i-th department. The name stands on each,
// for there may be more departments than colours.
func ownerColor(i int) Role { return Role("owner-" + strconv.Itoa(i%ownerColors+1)) }
