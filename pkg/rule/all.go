package rule

import (
	"strings"

	"github.com/customer-corridor/corridor/pkg/finding"
)

// All are the rules, group by group.
var All = []*Rule{
	language("invalid-yaml", "the text is not YAML or JSON that can be read"),
	language("unsupported-version", "the file is of a format version that this program does not know"),
	language("missing-key", "a key that is needed is not there"),
	language("unknown-key", "a key is not part of the language"),
	language("wrong-type", "a value is of another type than its key takes"),
	language("duplicate-key", "a key stands twice in the same map"),
	language("invalid-value", "a value is of the right type, but says nothing that can be understood"),
	language("undefined-name", "a name is used that nothing defines"),
	language("name-conflict", "a name means two things, or is a word of the language"),
	language("import-cycle", "files import each other in a circle"),
	language("import-outside", "an import leads out of the workspace"),

	language("invalid-file", "the text of a file of another format cannot be read"),

	paths("split-run", "an alternative stands in for steps that are no run of one path"),
	paths("ambiguous-step", "a step is named that occurs more than once"),
	paths("path-cycle", "paths hang on each other in a circle"),
	foreign("dangling-target", finding.Error, "a way leads to a step that is not there"),
	foreign("unreachable-step", finding.Warning, "no way leads to a step"),
	foreign("dead-end", finding.Warning, "a way stops at a step that is no end"),
	foreign("endless-loop", finding.Error, "a way goes round in a circle that nothing leaves"),
	foreign("deadlock", finding.Error, "a step waits for what cannot come"),
	foreign("unclear-flow", finding.Warning, "a model leaves open how customers walk"),
	foreign("lossy-import", finding.Note, "a corridor cannot carry something that an imported file says"),
	repeatedStep,
	sameWay,
	stageBacktrack,
	emptyStage,
	unusedName,
	bidiControl,
	sharesOver100,

	suppressing("unused-suppression", "a comment suppresses findings that are not there"),
	suppressing("reason-required", "a comment suppresses findings and does not say why").optional(),

	lowScore,
	blockedCustomer,
	missingItem,
	trap,
	wrongTurn,
	missedDeadline,
	singleWay,
	longDetour,
	selfServiceOnly,
	skippableItem,
	unusedItem,
	askedTwice,
	neverTold,
	idleCustomer,

	silentHandOff,
	noSharedGoal,

	noReaction,
	openCycle,
	noAuthority,
	slowReaction,
	reactionTrap,

	unmeasuredTouchpoint,
	unmeasuredMoment,
	missedTarget,
	efficiencyOnly,

	noOwner,
	noPromise,
	noCustomerContact,
	idleDepartment,
	unservedEndCustomer,
	missingSkill,

	divergingView,
	weakMoment,

	noDifference,

	sharedName,
	missingTranslation,
}

// Groups lists the groups of rules in the order of All.
var Groups = []string{"language", "structure", "suppression", "access", "hand-over", "care", "measures", "roles", "view", "market", "words"}

// Title is the name of a group as a heading.
func Title(group string) string {
	return strings.ToUpper(group[:1]) + group[1:]
}

// language describes a rule that is reported while a file is read.
func language(id, summary string) *Rule {
	return &Rule{Descriptor: finding.Descriptor{ID: id, Group: "language", Severity: finding.Error, Summary: summary, Always: true}}
}

// paths describes a rule that is reported while the graph is built.
func paths(id, summary string) *Rule {
	return &Rule{Descriptor: finding.Descriptor{ID: id, Group: "structure", Severity: finding.Error, Summary: summary, Always: true}}
}

// foreign describes a rule on files of other formats, which is reported while
// they are read.
func foreign(id string, severity finding.Severity, summary string) *Rule {
	return &Rule{Descriptor: finding.Descriptor{ID: id, Group: "structure", Severity: severity, Summary: summary}}
}

// structure describes a rule that reads a journey.
func structure(id string, severity finding.Severity, summary string, check func(*Pass)) *Rule {
	return &Rule{Descriptor: finding.Descriptor{ID: id, Group: "structure", Severity: severity, Summary: summary}, Check: check}
}

// accessibility describes a rule that reads who gets through a journey.
func accessibility(id string, severity finding.Severity, summary string, check func(*Pass)) *Rule {
	return &Rule{Descriptor: finding.Descriptor{ID: id, Group: "access", Severity: severity, Summary: summary}, Check: check}
}

// suppressing describes a rule on comments that suppress findings, which is
// reported once all rules have spoken.
func suppressing(id, summary string) *Rule {
	return &Rule{Descriptor: finding.Descriptor{ID: id, Group: "suppression", Severity: finding.Warning, Summary: summary}}
}

// optional makes a rule silent until a team's settings switch it on.
func (r *Rule) optional() *Rule {
	r.Optional = true
	return r
}

// within gives a rule its thresholds.
func (r *Rule) within(thresholds ...finding.Threshold) *Rule {
	r.Thresholds = thresholds
	return r
}

// Descriptors are those of All.
func Descriptors() []finding.Descriptor {
	all := make([]finding.Descriptor, len(All))
	for i, r := range All {
		all[i] = r.Descriptor
	}
	return all
}
