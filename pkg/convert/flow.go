package convert

import (
	"strings"
	"unicode"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/model"
	"github.com/customer-corridor/corridor/pkg/source"
)

// flow is a journey as other formats have it: a directed graph of nodes, in
// which several things may go on at once. Nodes and edges are in the order of
// the file and numbered from 0.
type flow struct {
	file *source.File
	// doc is what the file says beside touchpoints and paths: title, language,
	// stages, capabilities, channels, departments, customers and needs. Ids in
	// it are made with [ids].
	doc   *model.Document
	nodes []node
	edges []edge
	// messages join nodes of different pools: who sends, and who waits for it.
	messages []message
	// pools are the participants, each with a flow of its own; there is one at
	// least once there are nodes. The journey is that of pools[journey]; others
	// are looked at for what is wrong with them, and not imported.
	pools   []pool
	journey int

	findings []finding.Finding
}

// pool is a participant of a flow.
type pool struct {
	name source.Spanned[string] // may be empty
}

// node is one thing that happens in a flow, or a place where ways part or meet.
type node struct {
	kind nodeKind
	pool int
	// key is what the file itself calls the node; unique in the file. It
	// tells findings about it apart.
	key  string
	name source.Spanned[string] // what people call it; may be empty
	span source.Span            // its whole place in the file
	// join says how many of the ways that lead here must be walked before
	// it happens, split how many of those that lead away are walked after it.
	join, split many
	// touchpoint is what a step says of itself: all but its id, which is
	// made from its name.
	touchpoint model.Touchpoint
	// path is the one on which the file itself puts a step.
	path filePath
	// event says that what happens first decides which way is walked, not the
	// customer or the company: a way is taken only once what it leads to has
	// come. Of a gateway with split one.
	event bool
	// lost says that who ends here is not satisfied; of an end.
	lost bool
	// all says that an end ends everything that still goes on in its pool.
	all bool
	// cutIn and cutOut say that the reader has told of a way to it, or from
	// it, which is broken: that none leads here, or on, is the same defect.
	cutIn, cutOut bool
}

// filePath is a path as a file names it, where its format knows paths. The
// basic one has number 1; 0 says that the file has none.
type filePath struct {
	number int
	option bool // it may be passed over
}

// nodeKind is what a node is.
type nodeKind int

const (
	step    nodeKind = iota // a touchpoint
	gateway                 // ways part or meet here, and nothing else happens
	start                   // a journey begins here
	end                     // a journey ends here
)

// many is how many of several ways are walked.
type many int

const (
	one  many = iota // one of them: a choice
	all              // all of them, at once or in any order
	some             // one or more of them
)

// edge is a way from one node to another.
type edge struct {
	from, to int
	span     source.Span
	label    source.Spanned[string]   // when it is walked, in words; may be empty
	share    *source.Spanned[float64] // 0 to 1; nil: not said
	// instead says that it leads away before `from` is done: an event that
	// breaks a step off.
	instead bool
	// besides says that it is walked beside what goes on at `from`, which is
	// not broken off.
	besides bool
}

// message is sent at a node and waited for at another.
type message struct {
	from, to int // to waits for it before it happens; a start begins by it
	name     source.Spanned[string]
	span     source.Span
}

// newFlow returns an empty flow of a file.
func newFlow(file *source.File) *flow {
	return &flow{file: file, doc: &model.Document{File: file, Version: source.Spanned[int]{Value: 1}}}
}

// node adds a node and returns its number.
func (f *flow) node(n node) int {
	if len(f.pools) == 0 {
		f.pools = append(f.pools, pool{})
	}
	f.nodes = append(f.nodes, n)
	return len(f.nodes) - 1
}

// edge adds a way and returns its number.
func (f *flow) edge(e edge) int {
	f.edges = append(f.edges, e)
	return len(f.edges) - 1
}

// speak tells the language by the letters of what people read, where the file
// does not say it: it turns the picture round. Persian is told by letters that
// Arabic does not have, and scripts of many languages say nothing of theirs.
func (f *flow) speak() {
	if f.doc.Language.Value != "" {
		return
	}
	var said letters
	said.count(f.doc.Title.Plain)
	for _, n := range f.nodes {
		said.count(n.name.Value)
	}
	switch {
	case said.hebrew > said.others+said.arabic:
		f.doc.Language.Value = "he"
	case said.arabic <= said.others+said.hebrew:
	case said.persian > said.arabicOnly:
		f.doc.Language.Value = "fa"
	default:
		f.doc.Language.Value = "ar"
	}
}

// letters counts those of scripts.
type letters struct{ arabic, arabicOnly, persian, hebrew, others int }

func (l *letters) count(text string) {
	for _, c := range text {
		switch {
		case unicode.Is(unicode.Arabic, c):
			l.arabic++
			if strings.ContainsRune("پچژگیک", c) {
				l.persian++
			} else if strings.ContainsRune("ةىأإ", c) {
				l.arabicOnly++
			}
		case unicode.Is(unicode.Hebrew, c):
			l.hebrew++
		case unicode.IsLetter(c):
			l.others++
		}
	}
}

// report adds a finding about a place of the file. Subject is what tells it
// apart from others of its rule and does not change when lines move: with a
// node, `nodes.KEY`.
func (f *flow) report(rule string, at source.Span, subject, message, help string, related ...finding.Related) {
	f.findings = finding.Append(f.findings, finding.Finding{Rule: rule, Span: at, Subject: subject, Message: message, Help: help, Related: related})
}

// lose notes what the file says and a corridor cannot carry. Without a help of
// its own it is what may be written into the corridor by hand.
func (f *flow) lose(at source.Span, subject, message, help string) {
	if help == "" {
		help = "Nothing has to be done; `corridor import` writes a file that can be added to."
	}
	f.report(lossyImport, at, subject, message, help)
}

// bound is lose for what may change who gets through: the answers about that
// are then no better than the reason says.
func (f *flow) bound(at source.Span, subject, message, help string) {
	f.lose(at, subject, message, help)
	f.doc.Bounds = append(f.doc.Bounds, source.Spanned[string]{Value: message, Span: at})
}

// lossyImport is the rule for all that an import could not carry.
const lossyImport = "lossy-import"
