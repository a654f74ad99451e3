package report

import (
	"cmp"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/source"
)

var sarifFormat = Format{
	Name:    "sarif",
	Summary: "SARIF 2.1.0, for code scanning and other tools",
	Write:   writeSARIF,
	Whole:   true,
	Lists:   true,
}

func writeSARIF(w io.Writer, r Report, _ Style) error {
	run := sarifRun{
		Tool:             sarifTool{newSARIFDriver(r)},
		Invocations:      []sarifInvocation{newSARIFInvocation(r)},
		ColumnKind:       "unicodeCodePoints",
		NewlineSequences: []string{"\r\n", "\n", "\r"},
		Results:          []sarifResult{},
	}
	index := map[string]int{}
	for i, rule := range r.Rules {
		index[rule.ID] = i
	}
	for _, f := range r.Findings {
		result := r.sarifResult(f)
		if i, ok := index[f.Rule]; ok {
			result.RuleIndex = &i
		}
		run.Results = append(run.Results, result)
	}
	return encode(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// semantic is a version as semver.org defines it, and its part without the v.
var semantic = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^v?((?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)$`)
})

func newSARIFDriver(r Report) sarifDriver {
	d := sarifDriver{Name: "corridor", InformationURI: home}
	if m := semantic().FindStringSubmatch(r.Version); m != nil { // a build from source has none to compare
		d.Version, d.SemanticVersion = m[1], m[1]
	}
	for _, rule := range r.Rules {
		d.Rules = append(d.Rules, newSARIFRule(rule))
	}
	return d
}

// newSARIFRule shows a document as it is: its braces stand in examples, and
// viewers fill nothing into a text that comes without arguments.
func newSARIFRule(r Rule) sarifRule {
	return sarifRule{
		ID:               r.ID,
		ShortDescription: sarifText{Text: stopped(r.Summary)},
		FullDescription:  sarifText{Text: cmp.Or(section(r.Document, "Why it matters"), stopped(r.Summary))},
		Help:             sarifText{cmp.Or(r.Document, stopped(r.Summary)), r.Document},
		HelpURI:          page(r.ID),
		Default:          sarifConfiguration{r.Severity.String()},
		Properties:       sarifProperties{[]string{r.Group}},
	}
}

// section returns the text of a section of a document as one line; "" when
// there is none.
func section(document, title string) string {
	_, text, _ := strings.Cut(document, "\n## "+title+"\n")
	text, _, _ = strings.Cut(text, "\n## ")
	return strings.Join(strings.Fields(text), " ")
}

func newSARIFInvocation(r Report) sarifInvocation {
	i := sarifInvocation{Successful: r.complete()}
	for _, p := range r.unchecked() {
		i.Notifications = append(i.Notifications, sarifNotification{"error", sarifMessage(p)})
	}
	return i
}

func (r Report) sarifResult(f finding.Finding) sarifResult {
	result := sarifResult{
		RuleID:    f.Rule,
		Level:     f.Severity.String(),
		Message:   sarifMessage(paragraphs(f)...),
		Locations: r.sarifPlaces(f),
	}
	if f.Fingerprint != "" {
		result.Fingerprints = map[string]string{"corridor/v1": f.Fingerprint}
	}
	for _, related := range f.Related {
		if p, ok := placeOf(related.Span); ok && related.Step == 0 {
			result.Related = append(result.Related, r.sarifAt(p, related.Message))
		}
	}
	if steps := r.sarifWay(f); steps != nil {
		result.CodeFlows = []sarifCodeFlow{{[]sarifThreadFlow{{steps}}}}
	}
	if fix, ok := r.sarifFix(f); ok {
		result.Fixes = []sarifFix{fix}
	}
	return result
}

// sarifPlaces is where a finding is. Code hosts refuse a whole report for one
// result without a location, so what has no place is shown at the start of a
// file.
func (r Report) sarifPlaces(f finding.Finding) []sarifLocation {
	l := sarifLocation{Physical: &sarifPhysical{sarifArtifact{fileURI(r.standIn())}, sarifRegion{1, 1, 1, 1}}}
	if p, ok := placeOf(f.Span); ok {
		l = r.sarifAt(p, "")
	}
	if f.Subject != "" {
		l.Logical = []sarifLogical{{Visible(f.Subject)}}
	}
	return []sarifLocation{l}
}

// sarifWay is the way that a customer goes to the place of a finding, with
// that place at its end; nil when there is none.
func (r Report) sarifWay(f finding.Finding) []sarifFlowLocation {
	steps := slices.DeleteFunc(slices.Clone(f.Related), func(s finding.Related) bool { return s.Step <= 0 || s.Span.IsZero() })
	slices.SortStableFunc(steps, func(a, b finding.Related) int { return cmp.Compare(a.Step, b.Step) })
	if len(steps) > 0 {
		steps = append(steps, finding.Related{Span: f.Span, Message: f.Message})
	}
	var way []sarifFlowLocation
	for _, s := range steps {
		if p, ok := placeOf(s.Span); ok {
			way = append(way, sarifFlowLocation{r.sarifAt(p, s.Message)})
		}
	}
	return way
}

// sarifFix groups the edits of a fix by their files, in the order in which
// the files come first.
func (r Report) sarifFix(f finding.Finding) (sarifFix, bool) {
	var changes []sarifChange
	at := map[*source.File]int{}
	for _, e := range editsOf(f) {
		i, ok := at[e.file]
		if !ok {
			i = len(changes)
			at[e.file] = i
			changes = append(changes, sarifChange{Artifact: sarifArtifact{fileURI(r.hosted(e.file.Name))}})
		}
		replacement := sarifReplacement{Deleted: regionOf(e.place)}
		if e.text != "" {
			replacement.Inserted = &sarifContent{e.text}
		}
		changes[i].Replacements = append(changes[i].Replacements, replacement)
	}
	if changes == nil {
		return sarifFix{}, false
	}
	return sarifFix{sarifMessage(f.Fix.Title), changes}, true
}

func (r Report) sarifAt(p place, message string) sarifLocation {
	l := sarifLocation{Physical: &sarifPhysical{sarifArtifact{fileURI(r.hosted(p.file.Name))}, regionOf(p)}}
	if message != "" {
		text := sarifMessage(message)
		l.Message = &text
	}
	return l
}

func regionOf(p place) sarifRegion {
	return sarifRegion{p.from.Line, p.from.Column, p.to.Line, p.to.Column}
}

// sarifMessage is a message in which nothing is a placeholder or a link.
//
// SARIF 3.11.5 writes each brace twice. Of links, 3.11.6 knows an escape
// inside their text only, and viewers differ in reading it; a space between
// the brackets makes none in any of them.
func sarifMessage(paragraphs ...string) sarifText {
	for i, p := range paragraphs {
		paragraphs[i] = noLink.Replace(Visible(p))
	}
	return sarifText{Text: strings.Join(paragraphs, "\n")}
}

var noLink = strings.NewReplacer("{", "{{", "}", "}}", "](", "] (")

var drive = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z]:/`) })

// fileURI is the name of a file as a URI: a path stays relative, so that the
// report is the same on every machine.
func fileURI(name string) string {
	switch {
	case strings.HasPrefix(name, "/"): // a server on Windows too: any text may be its name (RFC 8089, E.3.2)
		return "file://" + percent(name)
	case drive().MatchString(name):
		return "file:///" + name[:2] + percent(name[2:])
	}
	return percent(relative(name))
}

// percent encodes all bytes of a path but those that stand for themselves in
// every part of a URI.
func percent(path string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(path) {
		if c < 0x80 && (unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)) || strings.IndexByte("/-._~", c) >= 0) {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}
