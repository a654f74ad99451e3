package render

// detailWords are the words for what goes wrong at a step, and for what tells
// whether it works.
type detailWords struct {
	Answered   string `json:"answered"`
	Unanswered string `json:"unanswered"`
	Mishap     string `json:"mishap"`
	Reaction   string `json:"reaction"`
	NoReaction string `json:"noReaction"`
	PreAction  string `json:"preAction"`

	Plain        string `json:"plain"` // a measure of which nobody knows whether its target is reached
	Reached      string `json:"reached"`
	MissedTarget string `json:"missedTarget"`
	Missed       string `json:"missed"` // after a number
	Now          string `json:"now"`    // %s is a number, as in all that follow
	AtLeast      string `json:"atLeast"`
	MoreThan     string `json:"moreThan"`
	AtMost       string `json:"atMost"`
	LessThan     string `json:"lessThan"`
	More         string `json:"more"` // things of a list that are left out
}
