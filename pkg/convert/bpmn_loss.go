package convert

import (
	"fmt"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// bpmnLoss is a kind of thing that a corridor cannot carry: the sentence about
// one of them, and about many.
type bpmnLoss struct {
	one  string // with a place for what it is about
	many string // with places for how many there are and for the first few
	help string
	// bound says that it may change who gets through.
	bound bool
}

var (
	bpmnLostCondition = &bpmnLoss{"the condition of %s is not evaluated; customers may walk either way", "the conditions of %d ways (%s) are not evaluated; customers may walk either way",
		"Where customers of one kind only may walk a way, name them at its path: `customers: [...]`.", true}
	bpmnLostWhen     = &bpmnLoss{"the condition of %s is not evaluated; it may happen or not", "the conditions of %d events (%s) are not evaluated; they may happen or not", "", true}
	bpmnLostStop     = &bpmnLoss{"%s ends all that goes on in its subprocess; here what else goes on is waited for", "%d events (%s) end all that goes on in their subprocesses; here what else goes on is waited for", "", true}
	bpmnLostWho      = &bpmnLoss{"who is named as doing %s is not carried", "who is named as doing %d steps (%s) is not carried", "Name the `owner` of the step, or the `skills` that it needs.", false}
	bpmnLostComplex  = &bpmnLoss{"the rule of %s is not evaluated; one or more of its ways are walked", "the rules of %d complex gateways (%s) are not evaluated; one or more of their ways are walked", "", true}
	bpmnLostEvents   = &bpmnLoss{"at %s all of the events are waited for, each of which begins a way", "at %d gateways (%s) all of the events are waited for, each of which begins a way", "", true}
	bpmnLostOrder    = &bpmnLoss{"what stands in %s may be done in any order, and left out; it is read as optional, in the order of the file", "what stands in %d ad-hoc subprocesses (%s) may be done in any order, and left out; it is read as optional, in the order of the file", "", true}
	bpmnLostMoment   = &bpmnLoss{"several things may go on at once when %s happens; it is read as breaking them off before the first", "several things may go on at once when %d events (%s) happen; they are read as breaking them off before the first", "", true}
	bpmnLostChoice   = &bpmnLoss{"customers walk one or more ways at %s", "customers walk one or more ways at %d inclusive gateways (%s)", "A corridor knows choices between ways, and steps that all must be done.", false}
	bpmnLostMultiple = &bpmnLoss{"%s stands for several events and is read as one", "%d items (%s) stand for several events each and are read as one", "", false}
	bpmnLostLoop     = &bpmnLoss{"%s is repeated as long as a condition holds; it is read as done once", "%d steps (%s) are repeated as long as a condition holds; they are read as done once", "Say with `takes` how long all rounds take together.", false}
	bpmnLostEach     = &bpmnLoss{"%s is done for each of several things; it is read as done once", "%d steps (%s) are done for each of several things; they are read as done once", "Say with `takes` how long all of them take together.", false}
	bpmnLostTime     = &bpmnLoss{"the time of %s is no fixed length and is not carried", "the times of %d events (%s) are no fixed lengths and are not carried", "Say with `delay` how long customers wait there.", false}
	bpmnLostMonth    = &bpmnLoss{"at %s a month is read as 30 days and a year as 365", "at %d events (%s) a month is read as 30 days and a year as 365", "", false}
	bpmnLostEvent    = &bpmnLoss{"%s is no touchpoint, and what it stands for is not carried", "%d events (%s) are no touchpoints, and what they stand for is not carried", "Where customers notice it, make it a step.", false}
	bpmnLostUndo     = &bpmnLoss{"%s undoes what was done before, which a corridor cannot say; it is left out", "%d items (%s) undo what was done before, which a corridor cannot say; they are left out", "Say with a reaction of an exception what is done then.", false}
	bpmnLostCall     = &bpmnLoss{"%s stands for a process of its own and is read as one step", "%d steps (%s) stand for processes of their own and are read as one step each", "Import that process by itself, with `--pool` where it is in this file.", false}
	bpmnLostFrame    = &bpmnLoss{"%s is a frame around steps; they are imported without it", "%d subprocesses (%s) are frames around steps, which are imported without them", "Where a frame is a part of the journey, make it a stage.", false}
	bpmnLostData     = &bpmnLoss{"%s is not carried", "%d data objects and stores (%s) are not carried", "Say with `asks`, `uses` and `gives` what a step needs and what customers hold after it.", false}
	bpmnLostWork     = &bpmnLoss{"what %s does inside is not carried", "what %d steps (%s) do inside is not carried", "", false}
	bpmnLostSetting  = &bpmnLoss{"the settings of another program at %s are not carried", "the settings of another program at %d elements (%s) are not carried", "", false}
	bpmnLostNote     = &bpmnLoss{"the note %s stands at no step and is not carried", "%d notes (%s) stand at no step and are not carried", "Put it into the description of a step.", false}
	bpmnLostGroup    = &bpmnLoss{"the group %s is not carried", "%d groups (%s) are not carried", "", false}
	bpmnLostOther    = &bpmnLoss{"%s is no part of a process and is not carried", "%d elements (%s) are no part of a process and are not carried", "", false}
)

// bpmnLosses are all things of a kind that a file has.
type bpmnLosses struct {
	kind  *bpmnLoss
	items []bpmnLost
}

type bpmnLost struct {
	at      source.Span
	subject string
	says    string
}

// bpmnFold is how many things of a kind get a note each. More share one.
const bpmnFold = 5

// lose notes a thing that a corridor cannot carry.
func (r *bpmnReader) lose(kind *bpmnLoss, at source.Span, subject, says string) {
	lost := bpmnLost{at, subject, says}
	for _, l := range r.losses {
		if l.kind == kind {
			l.items = append(l.items, lost)
			return
		}
	}
	r.losses = append(r.losses, &bpmnLosses{kind, []bpmnLost{lost}})
}

// loseItem is lose for an item of the journey; of other pools nothing is
// carried anyway.
func (r *bpmnReader) loseItem(kind *bpmnLoss, i *bpmnItem) {
	if i.scope.pool == r.journey {
		r.lose(kind, i.e.tag, "nodes."+i.key, i.says())
	}
}

// reportLosses makes findings of all that was lost.
func (r *bpmnReader) reportLosses() {
	for _, l := range r.losses {
		note := r.flow.lose
		if l.kind.bound {
			note = r.flow.bound
		}
		if len(l.items) > bpmnFold {
			names := make([]string, len(l.items))
			for n, i := range l.items {
				names[n] = i.says
			}
			note(l.items[0].at, l.items[0].subject, fmt.Sprintf(l.kind.many, len(l.items), bpmnFew(names)), l.kind.help)
			continue
		}
		for _, i := range l.items {
			note(i.at, i.subject, fmt.Sprintf(l.kind.one, i.says), l.kind.help)
		}
	}
}

// loseParts notes what stands in an item of the journey and is not carried.
func (r *bpmnReader) loseParts(i *bpmnItem) {
	if i.scope.pool != r.journey {
		return
	}
	work := false
	r.loseSettings(i)
	for _, c := range i.e.children {
		switch c.name {
		case "standardLoopCharacteristics":
			r.loseItem(bpmnLostLoop, i)
		case "multiInstanceLoopCharacteristics":
			r.loseItem(bpmnLostEach, i)
		case "dataObject", "dataObjectReference", "dataStoreReference":
			r.loseData(c)
		case "script", "ioSpecification", "dataInputAssociation", "dataOutputAssociation", "property", "resourceRole":
			work = true
		}
	}
	if work && (i.role == bpmnActivity || i.role == bpmnFrame) {
		r.loseItem(bpmnLostWork, i)
	}
}

// loseSettings notes that other programs have settings at an item, as elements
// or attributes of their own.
func (r *bpmnReader) loseSettings(i *bpmnItem) {
	foreign := i.e.child("extensionElements") != nil
	for _, a := range i.e.attrs {
		foreign = foreign || a.prefix != "" && a.prefix != "xmlns" && a.prefix != "xml" && a.prefix != "xsi"
	}
	if foreign {
		r.loseItem(bpmnLostSetting, i)
	}
}

// loseData notes a data object or store. An object without a name is known by
// the reference that has one.
func (r *bpmnReader) loseData(e *xmlElement) {
	name := bpmnWords(e.attr("name"))
	if e.name == "dataObject" && name.Value == "" {
		return
	}
	word := map[string]string{"dataObject": "data object", "dataObjectReference": "data object", "dataStoreReference": "data store"}[e.name]
	if name.Value == "" {
		name = e.attr("id")
	}
	says := "the " + word + " " + finding.Quote(name.Value)
	if !r.data[says] { // an object has a reference at each place where it is shown
		r.data[says] = true
		r.lose(bpmnLostData, e.tag, "data."+e.attr("id").Value, says)
	}
}

// describeNotes puts what annotations say into the descriptions of the steps
// that they stand at, and notes those that stand at none.
func (r *bpmnReader) describeNotes() {
	at := map[string]*bpmnItem{} // annotations by id
	for _, n := range r.notes {
		from, to := n.attr("sourceRef").Value, n.attr("targetRef").Value
		if i := r.item(from); n.name == "association" && i != nil {
			at[to] = i
		}
		if i := r.item(to); n.name == "association" && i != nil {
			at[from] = i
		}
	}
	for _, n := range r.notes {
		switch i := at[n.attr("id").Value]; {
		case n.name == "group":
			r.lose(bpmnLostGroup, n.tag, "notes."+n.attr("id").Value, r.groupName(n))
		case n.name != "textAnnotation":
		case i != nil && i.scope.pool != r.journey:
		case i == nil || !r.annotate(i, n):
			if words := n.words(); words.Value != "" {
				r.lose(bpmnLostNote, n.tag, "notes."+n.attr("id").Value, finding.Quote(words.Value))
			}
		}
	}
	for _, c := range r.journey.process.children {
		if c.name == "dataObject" || c.name == "dataObjectReference" || c.name == "dataStoreReference" {
			r.loseData(c)
		}
	}
}

// annotate adds an annotation to the description of a step. It reports whether
// there is a step.
func (r *bpmnReader) annotate(i *bpmnItem, note *xmlElement) bool {
	n, words := r.touchpoint(i), note.words()
	if n == nil || words.Value == "" {
		return false
	}
	d := &n.touchpoint.Description
	if len(d.Plain) > 4096 { // nobody would read more
		return false
	}
	if d.Plain == "" {
		*d = model.Text{Span: words.Span, Plain: words.Value}
	} else {
		d.Plain += " " + words.Value
	}
	return true
}

// groupName is what a group is called: its category's value.
func (r *bpmnReader) groupName(e *xmlElement) string {
	ref := e.attr("categoryValueRef").Value
	_, local := xmlName(ref)
	for _, c := range r.root.children {
		if c.name != "category" {
			continue
		}
		for _, v := range c.children {
			if id := v.attr("id").Value; id != "" && (id == ref || id == local) && v.attr("value").Value != "" {
				return finding.Quote(bpmnWords(v.attr("value")).Value)
			}
		}
	}
	return finding.Quote(e.attr("id").Value)
}
