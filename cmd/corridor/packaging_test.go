package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/finding"
	"github.com/customer-corridor/corridor/pkg/report"
	"github.com/customer-corridor/corridor/pkg/rule"
	"github.com/customer-corridor/corridor/pkg/source"
)

// guide is the file that tells how to use corridor in CI.
const guide = ".github/CI.md"

// projectFile returns what a file of the project holds.
func projectFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(project, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// readYAML reads a file of the project. Keys that the type of the target lacks
// are passed over.
func readYAML(t *testing.T, name string, to any) {
	t.Helper()
	if err := yaml.Unmarshal([]byte(projectFile(t, name)), to); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

var (
	fence  = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")
	inline = regexp.MustCompile("`(corridor [^`]+)`")
	called = regexp.MustCompile(`(?m)\b(corridor [a-z]+(?: [^'"\n|;>]*)?)`)
)

func TestPackagingGuideIsYAML(t *testing.T) {
	blocks := 0
	for _, block := range fence.FindAllStringSubmatch(projectFile(t, guide), -1) {
		var value map[string]any
		if block[1] != "yaml" {
			continue
		}
		blocks++
		if err := yaml.Unmarshal([]byte(block[2]), &value); err != nil {
			t.Errorf("%v\n%s", err, block[2])
		}
	}
	if blocks == 0 {
		t.Errorf("%s has no block of YAML", guide)
	}
}

// TestPackagingCommands holds the commands that the guide tells people to run
// to those that there are.
func TestPackagingCommands(t *testing.T) {
	text := projectFile(t, guide)
	var lines []string
	for _, block := range fence.FindAllStringSubmatch(text, -1) {
		for _, m := range called.FindAllStringSubmatch(block[2], -1) {
			lines = append(lines, m[1])
		}
	}
	for _, m := range inline.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		lines = append(lines, m[1])
	}
	if len(lines) < 10 {
		t.Fatalf("%s has only the commands %q", guide, lines)
	}
	for _, line := range lines {
		if err := misread(strings.Fields(line)[1:]); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}

// misread says why there is no command with such flags, formats and levels.
func misread(words []string) error {
	c, rest, err := rootCommand().Find(words)
	if err != nil || !c.HasParent() {
		return fmt.Errorf("there is no such command (%v)", err)
	}
	if err := c.ParseFlags(rest); err != nil {
		return err
	}
	for _, name := range []string{"format", "fail-level"} {
		f := c.Flags().Lookup(name)
		if f == nil || !f.Changed {
			continue
		}
		completions, _ := c.GetFlagCompletionFunc(name)
		known, _ := completions(c, nil, "")
		for _, value := range strings.Split(strings.Trim(f.Value.String(), "[]"), ",") {
			if value, _, _ = strings.Cut(value, ":"); !slices.Contains(known, value) {
				return fmt.Errorf("--%s has no %q", name, value)
			}
		}
	}
	return nil
}

func TestMisread(t *testing.T) {
	for line, want := range map[string]bool{
		"check --format github --fail-level note": false,
		"check --format pretty -f junit:a.xml a":  false,
		"diff HEAD^1: . --format markdown":        false,
		"baseline write":                          false,
		"chek":                                    true,
		"check --formt json":                      true,
		"check --format pretty --format jsn":      true,
		"check --fail-level bad":                  true,
		"diff a b --format sarif":                 true,
	} {
		if err := misread(strings.Fields(line)); (err != nil) != want {
			t.Errorf("corridor %s: %v", line, err)
		}
	}
}

// matchers is what the runner of GitHub reads. It knows the severities error,
// warning and notice only and skips findings with another.
type matchers struct {
	All []struct {
		Owner    string
		Severity string
		Pattern  []struct {
			Regexp                                      string
			File, Line, Column, Severity, Code, Message int
		}
	} `json:"problemMatcher"`
}

// matched is what the runner makes of a line.
type matched struct{ owner, file, line, column, severity, code, message string }

func (m matchers) match(t *testing.T, line string) (all []matched) {
	for _, matcher := range m.All {
		p := matcher.Pattern[0]
		found := regexp.MustCompile(p.Regexp).FindStringSubmatch(line)
		if found == nil {
			continue
		}
		severity := matcher.Severity
		if p.Severity > 0 {
			severity = found[p.Severity]
		}
		if !slices.Contains([]string{"error", "warning", "notice"}, severity) {
			t.Errorf("%s: the runner does not know the severity %q", matcher.Owner, severity)
		}
		all = append(all, matched{matcher.Owner, found[p.File], found[p.Line], found[p.Column], severity, found[p.Code], found[p.Message]})
	}
	return all
}

func readMatchers(t *testing.T) (m matchers) {
	decoder := json.NewDecoder(strings.NewReader(projectFile(t, ".github/problem-matcher.json")))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestPackagingMatcher(t *testing.T) {
	m := readMatchers(t)
	for _, c := range []struct {
		file     string // "": the finding has no place
		severity finding.Severity
		message  string
		want     matched
	}{
		{"visit.corridor.yaml", finding.Error, "no `x`", matched{"corridor", "visit.corridor.yaml", "2", "3", "error", "single-way", "no `x`"}},
		{"a b/زيارة المستشفى.corridor.yaml", finding.Warning, "لا يوجد: `نهاية`", matched{"corridor", "a b/زيارة المستشفى.corridor.yaml", "2", "3", "warning", "single-way", "لا يوجد: `نهاية`"}},
		{`C:\work\visit.corridor.yaml`, finding.Note, "a note", matched{"corridor-note", `C:\work\visit.corridor.yaml`, "2", "3", "notice", "single-way", "a note"}},
		{"odd: name.yaml", finding.Error, "visit:1:2: error[other]: quoted", matched{"corridor", "odd: name.yaml", "2", "3", "error", "single-way", "visit:1:2: error[other]: quoted"}},
		{"", finding.Error, "no place", matched{"corridor", "", "", "", "error", "single-way", "no place"}},
		{"", finding.Note, "no place", matched{"corridor-note", "", "", "", "notice", "single-way", "no place"}},
		{"broken\nname.yaml", finding.Error, "a\nb", matched{"corridor", "broken␊name.yaml", "2", "3", "error", "single-way", "a␊b"}},
	} {
		f := finding.Finding{Rule: "single-way", Severity: c.severity, Message: c.message}
		if c.file != "" {
			f.Span = source.Span{File: source.New(c.file, []byte("one\ntwo three\n")), Start: 6, End: 8}
		}
		line := concise(t, f)
		if got := m.match(t, line); !slices.Equal(got, []matched{c.want}) {
			t.Errorf("%q\n got %+v\nwant %+v", line, got, c.want)
		}
	}
	for _, r := range rule.All {
		line := concise(t, finding.Finding{Rule: r.ID, Severity: r.Severity, Message: "m"})
		if got := m.match(t, line); len(got) != 1 || got[0].code != r.ID {
			t.Errorf("%q is taken for %+v", line, got)
		}
	}
	for _, line := range []string{"", "error: no rule", "error[E0425]: cannot find value", " --> visit.corridor.yaml:1:2", "1 error in 1 file.", "== error[rule]: m"} {
		if got := m.match(t, line); len(got) != 0 {
			t.Errorf("%q, which is none of ours, is taken for %+v", line, got)
		}
	}
}

// concise is a finding as the format concise has it.
func concise(t *testing.T, f finding.Finding) string {
	format, _ := report.FormatNamed("concise")
	var out bytes.Buffer
	if err := format.Write(&out, report.Report{Findings: []finding.Finding{f}}, report.Style{}); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// goreleaser is what we hold of its file.
type goreleaser struct {
	Version int
	Before  struct{ Hooks []string }
	Builds  []struct {
		ID, Binary, Main         string
		Env, Goos, Goarch, Flags []string
		Ldflags                  []string
	}
	Archives []struct {
		IDs   []string `yaml:"ids"`
		Files []struct{ Src, Dst string }
	}
	Checksum struct{ Algorithm string }
}

func TestPackagingRelease(t *testing.T) {
	var g goreleaser
	readYAML(t, ".goreleaser.yaml", &g)
	var ids []string
	for _, b := range g.Builds {
		ids = append(ids, b.ID)
		if b.Main != "./cmd/"+b.ID || b.Binary != b.ID {
			t.Errorf("%s is built from %s as %s", b.ID, b.Main, b.Binary)
		}
		for what, got := range map[string][]string{"linux darwin windows": b.Goos, "amd64 arm64": b.Goarch, "CGO_ENABLED=0": b.Env, "-trimpath": b.Flags} {
			if strings.Join(got, " ") != what {
				t.Errorf("%s has %q, want %s", b.ID, got, what)
			}
		}
	}
	if g.Version != 2 || !slices.Equal(ids, []string{"corridor", "corridor-studio"}) || len(g.Archives) != 1 || !slices.Equal(g.Archives[0].IDs, ids) {
		t.Fatalf("not both programs in each archive: %+v", g)
	}
	if g.Checksum.Algorithm != "sha256" {
		t.Errorf("the checksums are %s", g.Checksum.Algorithm)
	}
	made := strings.Fields(g.Before.Hooks[0])
	for _, f := range g.Archives[0].Files {
		if strings.HasPrefix(f.Src, made[len(made)-1]+"/") {
			continue // TestPackagingCompletions makes these
		}
		projectFile(t, f.Src)
	}
}

// TestPackagingStamp holds what sets the version to the variable that there is:
// the linker says nothing about a name that it does not find.
func TestPackagingStamp(t *testing.T) {
	const stamp = "-X github.com/customer-corridor/corridor/pkg/version.release="
	if !strings.Contains(projectFile(t, "pkg/version/version.go"), "\nvar release string\n") {
		t.Error("pkg/version has no variable release")
	}
	for _, name := range []string{".github/action.yml", ".github/Dockerfile", ".goreleaser.yaml"} {
		if !strings.Contains(projectFile(t, name), stamp) {
			t.Errorf("%s does not set the version by %s", name, stamp)
		}
	}
}

func TestPackagingCompletions(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "completions")
	runBash(t, exec.Command("bash", filepath.Join(project, ".ci", "completions"), folder))
	for name, start := range map[string]string{
		"corridor.bash": "# bash completion V2 for corridor ",
		"_corridor":     "#compdef corridor\n",
		"corridor.fish": "# fish completion for corridor ",
		"corridor.ps1":  "# powershell completion for corridor ",
	} {
		if text := readFile(t, filepath.Join(folder, name)); !strings.HasPrefix(text, start) || !strings.Contains(text, "__complete") {
			t.Errorf("%s begins with %.100q", name, text)
		}
	}
}

// copied is an instruction of a Dockerfile that takes files of the project.
var copied = regexp.MustCompile(`(?m)^COPY ([^-].*) \S+$`)

// TestPackagingDockerfile checks that what is copied is there, and let through
// to the builder.
func TestPackagingDockerfile(t *testing.T) {
	ignore := strings.Split(projectFile(t, ".github/Dockerfile.dockerignore"), "\n")
	all := copied.FindAllStringSubmatch(projectFile(t, ".github/Dockerfile"), -1)
	if len(all) == 0 {
		t.Fatal("the Dockerfile copies nothing")
	}
	for _, m := range all {
		for _, name := range strings.Fields(m[1]) {
			if _, err := os.Stat(filepath.Join(project, name)); err != nil {
				t.Error(err)
			}
			if top, _, _ := strings.Cut(name, "/"); !slices.Contains(ignore, "!"+top) {
				t.Errorf("%s is kept from the builder", name)
			}
		}
	}
}
