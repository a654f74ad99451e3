// Package gen writes corridor files for tests and benchmarks: valid ones, as
// long as wanted, that look like those of a team.
package gen

import (
	"bytes"
	"fmt"
	"strings"
	"testing/fstest"
)

// File returns a corridor file of about that many lines, at least some
// seventy. The same seed and size give the same bytes.
func File(seed uint64, lines int) []byte {
	w := &writer{dice: seed}
	// What does not grow with the file takes some forty-eight lines, a touchpoint
	// with its place on the paths eight.
	w.touchpoints = max(4, (lines-48)/8)
	w.head()
	w.organisation()
	w.customers()
	w.line("touchpoints:")
	for i := range w.touchpoints {
		w.touchpoint(i)
	}
	w.paths()
	return w.text.Bytes()
}

// Folder returns a folder of files, each of another seed.
func Folder(files, lines int) fstest.MapFS {
	folder := fstest.MapFS{}
	for i := range files {
		folder[fmt.Sprintf("team-%02d/journey-%05d.corridor.yaml", i%20, i)] = &fstest.MapFile{Data: File(uint64(i), lines), Mode: 0o644}
	}
	return folder
}

// writer writes one file.
type writer struct {
	text        bytes.Buffer
	dice        uint64
	touchpoints int
}

// roll returns a number below n (SplitMix64; Steele, Lea and Flood, 2014). It
// is our own so that no release of Go changes the files.
func (w *writer) roll(n int) int {
	w.dice += 0x9E3779B97F4A7C15
	z := w.dice
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return int((z ^ z>>31) % uint64(n))
}

func (w *writer) pick(words []string) string { return words[w.roll(len(words))] }

func (w *writer) line(format string, args ...any) {
	fmt.Fprintf(&w.text, format+"\n", args...)
}

func (w *writer) head() {
	w.line("# yaml-language-server: $schema=corridor-1.json")
	w.line("corridor: 1")
	w.line("title: {en: %s, ar: %s}", w.pick(titles), w.pick(arabicTitles))
	w.line("description:")
	w.line("  en: >-")
	w.line("    How people reach us from the day they need it to the day it is done,")
	w.line("    as the teams told it in the workshop.")
	w.line("  ar: كيف يصل الناس إلينا من يوم الحاجة إلى يوم الإنجاز، كما روته الفرق في الورشة.")
	w.line("language: %s", w.pick([]string{"en", "ar"}))
	w.line("market: %s", w.pick([]string{"saturated", "flat"}))
	w.line("")
}

func (w *writer) organisation() {
	w.line("capabilities:")
	w.line("  signature: {name: {en: A signature that is on file, ar: توقيع محفوظ}}")
	w.line("channels:")
	w.line("  branch: {kind: physical, staffed: true, requires: [travel, hearing|reading]}")
	w.line("")
	w.line("departments:")
	for i, d := range departments {
		w.line("  %s:", d)
		w.line("    name: {en: %s, ar: %s}", spaced(d), arabicDepartments[i])
		w.line("    hours: %q", w.pick(hours))
		w.line("    goals: [%s, satisfaction]  # agreed with the board", measures[i])
		w.line("    promise: {en: We call back on the same day., ar: نعاود الاتصال في اليوم نفسه}")
		w.line("    authority: [call-back]")
	}
	w.line("")
}

func (w *writer) customers() {
	w.line("customers:")
	w.line("  adult:  {name: {en: An adult, ar: شخص بالغ}, level: person, share: 60%%, speaks: [ar, en]}")
	w.line("  deaf:   {name: {en: Deaf customer, ar: عميل أصم}, like: adult, lacks: [hearing, speech], share: 4%%}")
	w.line("  worker: {name: {en: Migrant worker, ar: عامل وافد}, like: adult, speaks: [ur, en], lacks: [internet], share: %d%%}", 10+w.roll(20))
	w.line("  firm:   {name: {en: Firm, ar: شركة}, level: company, serves: [adult], share: 5%%}")
	w.line("")
	w.line("needs:")
	w.line("  usual: {name: {en: The usual need, ar: الحاجة المعتادة}, urgency: basic, within: %dd}", 2+w.roll(12))
	w.line("  acute: {name: {en: Urgent need, ar: حاجة عاجلة}, urgency: urgent, within: %dh, customers: [adult, deaf]}", 4+w.roll(40))
	w.line("")
}

// id returns the id of a touchpoint; some are Arabic.
func (w *writer) id(i int) string {
	words := actions
	if i%7 == 5 {
		words = arabicActions
	}
	return fmt.Sprintf("%s-%d", words[i%len(words)], i+1)
}

func (w *writer) touchpoint(i int) {
	w.line("  %s:", w.id(i))
	w.line("    name: {en: %s, ar: %s %d}", spaced(w.id(i)), w.pick(arabicTitles), i+1)
	stage := i * 4 / w.touchpoints
	w.line("    stage: %s", []string{"need", "evaluation", "access", "satisfaction"}[stage])
	channel := w.pick([]string{"phone", "web", "app", "branch", "counter", "post", "chat"})
	if i == 0 {
		channel = "branch"
	}
	w.line("    channel: %s", channel)
	d := w.roll(len(departments))
	if i < len(departments) {
		d = i
	}
	w.line("    owner: %s", departments[d])
	w.details(i, d)
}

// details writes the keys that only some touchpoints have. The first ones
// have those that something else names.
func (w *writer) details(i, department int) {
	if i == 0 {
		w.line("    requires: [signature]")
		w.line("    gives: [customer-number]")
		w.line("    differentiator: {en: Nobody else is so near., ar: لا أحد أقرب منا}")
	}
	if i < len(measures) {
		w.line("    measures:")
		w.line("      %s: {kind: efficiency, target: \">= %d%%\", actual: %d%%}", measures[i], 60+w.roll(29), 80+w.roll(20))
		w.line("      satisfaction: {kind: satisfaction, target: \">= 4\", actual: 4.%d}", w.roll(10))
	}
	switch w.roll(5) {
	case 0:
		w.line("    promise: {en: We answer at once., ar: نجيب فورا}")
		w.line("    asks: [birth-date, address-of-birth]")
	case 1:
		w.line("    # measured in spring; ask the front line before it is changed")
		w.line("    takes: %dm", 1+w.roll(40))
		w.line("    waits: %dm", 1+w.roll(20))
	case 2:
		w.line("    languages: [ar, en, ur]")
		customers := 2 + w.roll(4)
		w.line("    experience: {customer: %d, company: %d}", customers, min(5, customers+w.roll(3)))
	case 3:
		w.line("    exceptions:")
		w.line("      trouble-%d: {chance: %d%%, reaction: {by: %s, within: 30m, authority: call-back, then: retry}, preaction: {by: digital}}", i, 1+w.roll(30), departments[department])
	}
}

// paths puts two of three touchpoints on the basic path and hangs each of the
// others on the one before it, as an option or an alternative.
func (w *writer) paths() {
	var basic, optional, alternative []string
	for i := range w.touchpoints {
		switch id, before := w.id(i), w.id(max(0, i-1)); i % 6 {
		case 2:
			optional = append(optional, fmt.Sprintf("    extra-%d: {after: %s, steps: [%s], share: %d%%}", i+1, before, id, 5+w.roll(90)))
		case 5:
			alternative = append(alternative, fmt.Sprintf("    way-%d: {instead-of: %s, steps: [%s], share: %d%%}", i+1, before, id, 5+w.roll(90)))
		default:
			basic = append(basic, "    - "+id)
		}
	}
	w.line("\npaths:\n  basic:\n%s", strings.Join(basic, "\n"))
	w.section("optional", optional)
	w.section("alternative", alternative)
}

func (w *writer) section(key string, lines []string) {
	if len(lines) > 0 {
		w.line("  %s:\n%s", key, strings.Join(lines, "\n"))
	}
}

func spaced(id string) string { return strings.ReplaceAll(id, "-", " ") }
