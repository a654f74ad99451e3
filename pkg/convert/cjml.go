package convert

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
	"github.com/customer-corridor/corridor/pkg/syntax"
)

// cjml reads the Customer Journey Modelling Language as XML: touchpoints, which
// are communication from an initiator to a receiver through a channel, or
// actions of one actor. Programs write it in different ways, so elements and
// attributes go by their local names without case, and a fact may be an
// attribute, an element with text, or an element that refers to another.
var cjml = Format{
	Name: "cjml", Title: "CJML XML", Endings: []string{".cjml", ".xml"},
	detect: cjmlDetect, read: cjmlRead, decode: decodeXML,
}

var cjmlRoot = regexp.MustCompile(`^(?s:\s*(?:<\?.*?\?>|<!--.*?-->|<![A-Za-z][^>]*>))*\s*<([\w.-]+:)?([A-Za-z][\w.-]*)([^>]*)`)

func cjmlDetect(name string, data []byte) bool {
	text, _ := decodeXML(data[:min(len(data), 64<<10)])
	m := cjmlRoot.FindSubmatch(text)
	if m == nil {
		return strings.EqualFold(path.Ext(name), ".cjml")
	}
	if bytes.Contains(bytes.ToLower(bytes.Join(m[1:], []byte(" "))), []byte("cjml")) {
		return true
	}
	root := cjmlName(string(m[2]))
	return cjmlJourneys[root] || cjmlJourneys[strings.TrimSuffix(root, "s")] || strings.EqualFold(path.Ext(name), ".cjml")
}

// cjmlName makes names equal that programs write in different ways.
func cjmlName(name string) string { return strings.ToLower(cjmlJoined.Replace(name)) }

var cjmlJoined = strings.NewReplacer("-", "", "_", "", ".", "")

func cjmlNames(names string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}

var (
	cjmlJourneys = cjmlNames("journey customerjourney userjourney plannedjourney actualjourney expectedjourney servicejourney customerjourneymodel journeymodel")
	cjmlSteps    = cjmlNames("touchpoint communicationpoint noncommunicationpoint communication action activity event step interaction customeraction useraction systemaction communicationtouchpoint")
	cjmlPhases   = cjmlNames("phase stage journeyphase")
	cjmlActors   = cjmlNames("actor participant user enduser customer serviceprovider provider organisation organization organisationunit organizationunit swimlane lane role system stakeholder partner")
)

// What a step and an actor say of themselves, by the names that it may have.
var (
	cjmlID         = strings.Fields("id identifier uuid")
	cjmlTitle      = strings.Fields("name title label heading caption")
	cjmlText       = strings.Fields("description text message content details comment note")
	cjmlBy         = strings.Fields("initiator initiatorref initiatorid sender senderref senderid from source actor actorref actorid performer performerref performedby by originator owner swimlane swimlaneref lane laneref")
	cjmlTo         = strings.Fields("receiver receiverref receiverid recipient recipientref recipientid to target")
	cjmlChannel    = strings.Fields("channel channeltype communicationchannel medium media channelref")
	cjmlStatus     = strings.Fields("status state executionstatus deviation")
	cjmlExperience = strings.Fields("experience experienceddegree rating score satisfaction emotion sentiment smiley feeling")
	cjmlTime       = strings.Fields("timestamp time date datetime start starttime startdate begin")
	cjmlOrder      = strings.Fields("order sequence sequencenumber sequenceno index position number no")
	cjmlPhase      = strings.Fields("phase phaseref phaseid stage stageref stageid")
	cjmlLanguage   = strings.Fields("lang language locale")
	cjmlHero       = strings.Fields("customer customerref customerid user userref persona personaref") // of a journey
	cjmlKind       = strings.Fields("type role kind category actortype")
)

// cjmlKnown is what an element says of itself that is not a step.
var cjmlKnown = slices.Concat(cjmlID, cjmlTitle, cjmlText, cjmlKind, cjmlLanguage, cjmlHero)

func cjmlRead(file *source.File, o Options) (*flow, []finding.Finding) {
	if len(file.Text) > syntax.MaxFileSize {
		return nil, linesUnreadable(file)
	}
	root, wrong := readXML(file, nil)
	if root == nil {
		return nil, wrong
	}
	r := &cjmlReader{lines: newLines(file), actors: map[string]*cjmlActor{}, phases: map[string]model.Name{}}
	journey := r.choose(root, o.Pool)
	r.about(root, journey)
	r.cast(root)
	r.walk(journey, model.Name{}, nil)
	if len(r.all) == 0 {
		at := journey.tag
		return nil, append(linesInvalid(at, "this file has no touchpoints, so there is nothing to import", "Touchpoints stand in elements such as `communicationPoint` and `action`."), wrong...)
	}
	r.sort()
	r.begin(journey.tag)
	r.steps()
	for _, t := range r.frames {
		t.get(cjmlID)
		r.rest(t, cjmlHas)
	}
	if journey != root {
		r.strangers(root, journey)
	}
	r.finish(source.Span{File: file, Start: journey.span.End, End: journey.span.End})
	r.left.tell(r.flow, linesKeys)
	return r.done(wrong)
}

// cjmlReader reads one file.
type cjmlReader struct {
	*lines
	actors map[string]*cjmlActor // by id and by name
	named  bool                  // there is a customer among them
	phases map[string]model.Name // by id and by name
	all    []*cjmlStep
	frames []*cjmlThing         // steps that hold others
	other  map[*xmlElement]bool // journeys that are not read
	left   linesLeft

	behind []model.Backstage // what is done before the first step of the customer
}

// cjmlActor is somebody who takes part.
type cjmlActor struct {
	words    source.Spanned[string]
	customer bool
}

// cjmlStep is a touchpoint of the file.
type cjmlStep struct {
	*cjmlThing
	name, by, to source.Spanned[string]
	phase        model.Name
}

// cjmlThing is an element of which some parts were read.
type cjmlThing struct {
	*xmlElement
	attrNames, childNames []string // as cjmlName has them
	readAttrs, readChild  []bool
	frame                 *cjmlThing // says what the element does not say itself; may be nil
	depth                 int        // how many frames are around it
	said                  map[*string]source.Spanned[string]
}

// cjmlMostFrames is how many frames of a step are asked for what it does not
// say itself: real files have one.
const cjmlMostFrames = 3

func cjmlOf(e *xmlElement) *cjmlThing {
	t := &cjmlThing{xmlElement: e, readAttrs: make([]bool, len(e.attrs)), readChild: make([]bool, len(e.children))}
	for _, a := range e.attrs {
		name := cjmlName(a.name)
		if a.prefix == "xmlns" || name == "xmlns" {
			name = ""
		}
		t.attrNames = append(t.attrNames, name)
	}
	for _, c := range e.children {
		t.childNames = append(t.childNames, cjmlName(c.name))
	}
	return t
}

// within puts the element into a frame.
func (t *cjmlThing) within(frame *cjmlThing) {
	if frame != nil && frame.depth < cjmlMostFrames {
		t.frame, t.depth = frame, frame.depth+1
	}
}

// get returns what the element says under one of some names: an attribute, or
// a child with its words or what it refers to.
func (t *cjmlThing) get(names []string) source.Spanned[string] {
	for _, name := range names {
		for i := range t.attrs {
			if t.attrNames[i] == name && t.attrs[i].value.Value != "" {
				t.readAttrs[i] = true
				return cjmlWords(t.attrs[i].value)
			}
		}
		for i, c := range t.children {
			if t.childNames[i] != name {
				continue
			}
			if words := cjmlValue(c); words.Value != "" {
				t.readChild[i] = true
				return words
			}
		}
	}
	if t.frame != nil {
		return t.frame.again(names)
	}
	return source.Spanned[string]{}
}

// again is get for a frame, which many steps ask the same. Lists of names are
// told apart by where they begin, as none but those for steps come here.
func (t *cjmlThing) again(names []string) source.Spanned[string] {
	words, known := t.said[&names[0]]
	if !known {
		if t.said == nil {
			t.said = map[*string]source.Spanned[string]{}
		}
		words = t.get(names)
		t.said[&names[0]] = words
	}
	return words
}

// cjmlValue returns what an element says, or else what it refers to.
func cjmlValue(e *xmlElement) source.Spanned[string] {
	if words := e.text; words.Value != "" {
		return cjmlWords(words)
	}
	for _, name := range []string{"ref", "idref", "actorref", "refid", "href", "value", "name", "type", "id"} {
		for _, a := range e.attrs {
			if cjmlName(a.name) == name {
				words := cjmlWords(a.value)
				words.Value = strings.TrimPrefix(words.Value, "#")
				return words
			}
		}
	}
	if len(e.children) == 1 && len(e.children[0].children) == 0 {
		return cjmlWords(e.children[0].text)
	}
	return source.Spanned[string]{}
}

func cjmlWords(words source.Spanned[string]) source.Spanned[string] {
	words.Value = linesPlain(words.Value)
	return words
}

// rest notes what of an element was not read. Children for which deeper holds
// are read by others.
func (r *cjmlReader) rest(t *cjmlThing, deeper func(*xmlElement) bool) {
	for i, a := range t.attrs {
		if !t.readAttrs[i] && a.prefix == "" && t.attrNames[i] != "" {
			r.left.add(t.name+"."+a.name, a.value.Span)
		}
	}
	for i, c := range t.children {
		if !t.readChild[i] && !deeper(c) {
			r.left.add(t.name+"."+c.name, c.tag)
		}
	}
}

func cjmlNone(*xmlElement) bool { return false }

// strangers notes what stands around the journey and is not read.
func (r *cjmlReader) strangers(e, journey *xmlElement) {
	for _, c := range e.children {
		switch {
		case c == journey || r.other[c]:
		case cjmlHas(c) && !cjmlSteps[cjmlName(c.name)]:
			r.strangers(c, journey)
		case !cjmlTold(c):
			r.left.add(c.name, c.tag)
		}
	}
}

// cjmlTold reports whether an element says something of the one around it, or
// who takes part, or what the phases are.
func cjmlTold(e *xmlElement) bool {
	name := cjmlName(e.name)
	one := strings.TrimSuffix(name, "s")
	return slices.Contains(cjmlKnown, name) || cjmlActors[name] || cjmlActors[one] || cjmlPhases[one]
}

// cjmlHas reports whether an element is a step or has some in it.
func cjmlHas(e *xmlElement) bool {
	return cjmlSteps[cjmlName(e.name)] || slices.ContainsFunc(e.children, cjmlHas)
}

// choose returns the journey to read: the one that was asked for, else the
// first that was planned, else the first. The others are noted.
func (r *cjmlReader) choose(root *xmlElement, asked string) *xmlElement {
	var all []*xmlElement
	var find func(*xmlElement)
	find = func(e *xmlElement) {
		inner := len(all)
		for _, c := range e.children {
			find(c)
		}
		if inner == len(all) && cjmlJourneys[cjmlName(e.name)] && cjmlHas(e) {
			all = append(all, e)
		}
	}
	find(root)
	if len(all) == 0 {
		return root
	}
	chosen := max(0, slices.IndexFunc(all, cjmlPlanned))
	if asked != "" {
		if i := slices.IndexFunc(all, func(e *xmlElement) bool {
			t := cjmlOf(e)
			return linesFold(t.get(cjmlTitle).Value) == linesFold(asked) || t.get(cjmlID).Value == asked
		}); i >= 0 {
			chosen = i
		}
	}
	r.other = map[*xmlElement]bool{}
	for i, e := range all {
		if i != chosen {
			r.other[e] = true
			name := cjmlOf(e).get(cjmlTitle)
			r.lose(e.tag, "journeys."+name.Value, fmt.Sprintf("the journey %s is not imported: the file has several, and a corridor holds one", finding.Quote(cmp.Or(name.Value, e.name))), "Put each journey into a file of its own.")
		}
	}
	return all[chosen]
}

func cjmlPlanned(e *xmlElement) bool {
	kind := linesFold(e.name + " " + cjmlOf(e).get(cjmlKind).Value)
	return strings.Contains(kind, "planned") || strings.Contains(kind, "expected")
}

// about reads what the file and the journey say of themselves.
func (r *cjmlReader) about(root, journey *xmlElement) {
	for _, e := range slices.Compact([]*xmlElement{journey, root}) {
		t := cjmlOf(e)
		title, text := t.get(cjmlTitle), t.get(cjmlText)
		if r.doc.Title.Plain == "" {
			r.doc.Title = linesText(title)
		} else if title.Value != "" && title.Value != r.doc.Title.Plain {
			linesDescribe(&r.doc.Description, title)
		}
		linesDescribe(&r.doc.Description, text)
		if language := t.get(cjmlLanguage); r.doc.Language.Value == "" {
			r.doc.Language = language
		}
		t.get(cjmlID)
		t.get(cjmlKind)
		t.get(cjmlHero)
		r.rest(t, func(*xmlElement) bool { return true })
	}
}

var (
	cjmlCustomer = regexp.MustCompile(`(?i)\b(?:customer|user|end[- ]?user|citizen|patient|client|person|persona|passenger|guest|visitor|student|applicant|buyer|consumer|member|traveller|traveler)\b`)
	cjmlCompany  = regexp.MustCompile(`(?i)(?:provider|organi[sz]ation|company|department|employee|staff|internal|partner|system|service)`)
)

// cast reads the actors and phases, wherever they are defined.
func (r *cjmlReader) cast(root *xmlElement) {
	customer := map[string]bool{}
	var find func(e *xmlElement, cast bool)
	var found []*cjmlActor
	find = func(e *xmlElement, cast bool) {
		name := cjmlName(e.name)
		switch {
		case cjmlSteps[name]:
			return
		case cjmlJourneys[name] || e == root:
			customer[cjmlOf(e).get(cjmlHero).Value] = true
		case cjmlActors[name] && cast:
			if a := r.actor(e); a != nil {
				found = append(found, a)
			}
			return
		case cjmlPhases[name]:
			r.phase(e)
		}
		for _, c := range e.children {
			find(c, cast || strings.HasSuffix(name, "s") && cjmlActors[strings.TrimSuffix(name, "s")])
		}
	}
	find(root, false)
	for key, a := range r.actors {
		a.customer = a.customer || customer[key] && key != ""
		r.named = r.named || a.customer
	}
	for _, a := range found {
		if a.customer {
			r.customer(a.words)
		}
	}
}

// actor reads one who takes part.
func (r *cjmlReader) actor(e *xmlElement) *cjmlActor {
	t := cjmlOf(e)
	id, words, kind := t.get(cjmlID), t.get(cjmlTitle), t.get(cjmlKind)
	if words.Value == "" {
		if words = cjmlWords(e.text); words.Value == "" {
			words = id
		}
	}
	r.rest(t, cjmlNone)
	if words.Value == "" {
		return nil
	}
	a := &cjmlActor{words: words}
	says := kind.Value + " " + e.name
	a.customer = cjmlCustomer.MatchString(kind.Value) || cjmlCustomer.MatchString(e.name) ||
		!cjmlCompany.MatchString(says) && cjmlCustomer.MatchString(words.Value)
	for _, key := range []string{id.Value, words.Value} {
		if _, known := r.actors[key]; !known && key != "" {
			r.actors[key] = a
		}
	}
	return a
}

// phase defines the stage that an element is.
func (r *cjmlReader) phase(e *xmlElement) model.Name {
	t := cjmlOf(e)
	id, words := t.get(cjmlID), t.get(cjmlTitle)
	if words.Value == "" {
		words = cmp.Or(cjmlWords(e.text), id)
	}
	if words.Value == "" {
		return model.Name{}
	}
	name := r.stage(words)
	for _, key := range []string{id.Value, words.Value} {
		if _, known := r.phases[key]; !known && key != "" {
			r.phases[key] = name
		}
	}
	return name
}

// walk gathers the steps below an element. A step that holds others is only
// their frame: what it says holds for those that say nothing of it.
func (r *cjmlReader) walk(e *xmlElement, phase model.Name, frame *cjmlThing) {
	for _, c := range e.children {
		name := cjmlName(c.name)
		switch inner := slices.ContainsFunc(c.children, cjmlHas); {
		case r.other[c]:
		case cjmlSteps[name] && !inner:
			r.all = append(r.all, r.stepOf(c, phase, frame))
		case cjmlSteps[name]:
			t := cjmlOf(c)
			t.within(frame)
			r.frames = append(r.frames, t)
			r.walk(c, phase, t)
		case cjmlPhases[name]:
			r.walk(c, r.phase(c), frame)
		case inner:
			r.walk(c, phase, frame)
		case frame == nil && !cjmlTold(c):
			r.left.add(c.name, c.tag)
		}
	}
}

func (r *cjmlReader) stepOf(e *xmlElement, phase model.Name, frame *cjmlThing) *cjmlStep {
	s := &cjmlStep{cjmlThing: cjmlOf(e), phase: phase}
	s.within(frame)
	if said := s.get(cjmlPhase); said.Value != "" {
		name, known := r.phases[said.Value]
		if !known {
			name = r.stage(said)
			r.phases[said.Value] = name
		}
		s.phase = model.Name{Value: name.Value, Span: said.Span}
	}
	s.name, s.by, s.to = s.get(cjmlTitle), s.get(cjmlBy), s.get(cjmlTo)
	return s
}
