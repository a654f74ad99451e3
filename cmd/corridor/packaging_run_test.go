package main

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// mistaken is a corridor with a mistake in it.
const mistaken = "corridor: 1\ntitle: زيارة\ntouchpoints:\n  نداء: {stage: need, chanel: phone}\npaths: {basic: [نداء]}\n"

// runBash runs a command that must end well and returns what it wrote.
func runBash(t *testing.T, c *exec.Cmd) string {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no bash on this machine")
	}
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", c, err, out)
	}
	return string(out)
}

// action is what we hold of .github/action.yml.
type action struct {
	Inputs map[string]struct{ Default *string }
	Runs   struct {
		Steps []actionStep
	}
}

type actionStep struct {
	ID, Name, Run, Shell string
	Env                  map[string]string
	WorkingDirectory     string `yaml:"working-directory"`
}

func readAction(t *testing.T) (a action) {
	readYAML(t, ".github/action.yml", &a)
	return a
}

// step returns a step of that name.
func (a action) step(t *testing.T, name string) actionStep {
	i := slices.IndexFunc(a.Runs.Steps, func(s actionStep) bool { return s.Name == name })
	if i < 0 {
		t.Fatalf("the action has no step %q", name)
	}
	return a.Runs.Steps[i]
}

// TestPackagingActionTakesNoScript checks that what comes from a workflow, such
// as the name of a branch that a stranger chose, is never part of a script.
func TestPackagingActionTakesNoScript(t *testing.T) {
	for _, s := range readAction(t).Runs.Steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("the step %q has an expression in its script", s.Name)
		}
	}
}

// runner runs steps of the action as GitHub's runner does.
type runner struct {
	t                            *testing.T
	workspace                    string
	path, output, summary, inner string // what GITHUB_PATH and its like name, and the runner's folder
}

func newRunner(t *testing.T) *runner {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no bash on this machine")
	}
	inner := t.TempDir()
	r := &runner{t: t, workspace: t.TempDir(), inner: inner}
	r.path, r.output, r.summary = filepath.Join(inner, "path"), filepath.Join(inner, "output"), filepath.Join(inner, "summary")
	return r
}

// step runs one step with inputs and the expressions of the context github.
func (r *runner) step(name string, given map[string]string) (code int, stdout string) {
	r.t.Helper()
	a := readAction(r.t)
	values := map[string]string{}
	for input, i := range a.Inputs {
		if i.Default != nil {
			values["inputs."+input] = *i.Default
		}
	}
	maps.Copy(values, given)
	s := a.step(r.t, name)
	script := filepath.Join(r.inner, "script.sh")
	write(r.t, script, s.Run, 0o666)
	c := exec.Command("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script)
	c.Dir = filepath.Join(r.workspace, evaluate(r.t, s.WorkingDirectory, values))
	c.Env = append(os.Environ(), "GITHUB_ACTION_PATH="+absolute(r.t, filepath.Join(project, ".github")), "RUNNER_TEMP="+r.inner,
		"GITHUB_PATH="+r.path, "GITHUB_OUTPUT="+r.output, "GITHUB_STEP_SUMMARY="+r.summary,
		"PATH="+programs(r.t)+string(os.PathListSeparator)+os.Getenv("PATH"))
	for key, value := range s.Env {
		c.Env = append(c.Env, key+"="+evaluate(r.t, value, values))
	}
	var talk strings.Builder
	c.Stderr = &talk
	out, err := c.Output()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		r.t.Fatal(err)
	}
	r.t.Logf("%s%s", out, &talk)
	return c.ProcessState.ExitCode(), string(out)
}

var expression = regexp.MustCompile(`\$\{\{ (\S+) \}\}`)

// evaluate replaces the expressions in a value of the action.
func evaluate(t *testing.T, text string, values map[string]string) string {
	return expression.ReplaceAllStringFunc(text, func(e string) string {
		value, ok := values[expression.FindStringSubmatch(e)[1]]
		if !ok {
			t.Errorf("%s has no value", e)
		}
		return value
	})
}

func absolute(t *testing.T, name string) string {
	path, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestPackagingActionBuilds(t *testing.T) {
	r := newRunner(t)
	if code, _ := r.step("Build corridor", map[string]string{"github.action_ref": "v9.8.7"}); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	folder := strings.TrimSpace(readFile(t, r.path))
	for _, program := range []string{"corridor", "corridor-studio"} {
		if out := runBash(t, exec.Command(filepath.Join(folder, program), "version")); !strings.HasPrefix(out, program+" v9.8.7") {
			t.Errorf("%s is of the version %s", program, out)
		}
	}
}

func TestPackagingActionAnnotates(t *testing.T) {
	r := newRunner(t)
	write(t, filepath.Join(r.workspace, "زيارة أولى.corridor.yaml"), mistaken, 0o666)
	code, out := r.step("Check", map[string]string{"inputs.sarif": "corridor.sarif", "inputs.reports": "junit:corridor.xml\ngitlab:quality.json\n"})
	if code != exitFindings || readFile(t, r.output) != "exit-code=1\n" {
		t.Errorf("exit code %d, output %q", code, readFile(t, r.output))
	}
	if !strings.HasPrefix(out, "::error file=زيارة أولى.corridor.yaml,line=4,col=23,") {
		t.Errorf("no annotation: %s", out)
	}
	if !strings.Contains(readFile(t, r.summary), "chanel") {
		t.Errorf("the summary does not tell of it: %s", readFile(t, r.summary))
	}
	for _, name := range []string{"corridor.sarif", "corridor.xml", "quality.json"} {
		if !strings.Contains(readFile(t, filepath.Join(r.workspace, name)), "unknown-key") {
			t.Errorf("%s does not tell of it", name)
		}
	}
}

func TestPackagingActionMatches(t *testing.T) {
	r := newRunner(t)
	write(t, filepath.Join(r.workspace, "visit.corridor.yaml"), mistaken, 0o666)
	_, out := r.step("Check", map[string]string{"inputs.format": "concise", "inputs.args": "--skip=single-way\n--only=unknown-key"})
	lines := strings.Split(strings.TrimSpace(out), "\n")
	token, stopped := strings.CutPrefix(lines[1], "::stop-commands::")
	m := readMatchers(t)
	if file, ok := strings.CutPrefix(lines[0], "::add-matcher::"); !ok || !exists(file) {
		t.Errorf("no matcher is added: %s", lines[0])
	}
	if len(lines) != 6 || !stopped || len(token) != 32 || lines[3] != "::"+token+"::" {
		t.Fatalf("foreign text is not kept from the runner: %q", lines)
	}
	if got := m.match(t, lines[2]); len(got) != 1 || got[0].file != "visit.corridor.yaml" {
		t.Errorf("%q is taken for %+v", lines[2], got)
	}
	for i, matcher := range m.All {
		if lines[4+i] != "::remove-matcher owner="+matcher.Owner+"::" {
			t.Errorf("%s is not removed: %q", matcher.Owner, lines)
		}
	}
}

// TestPackagingActionPaths has hostile names, which are names and nothing else.
func TestPackagingActionPaths(t *testing.T) {
	for _, c := range []struct {
		inputs map[string]string
		want   int
	}{
		{map[string]string{"inputs.paths": "good one\nother"}, exitClean},
		{map[string]string{"inputs.paths": "good one\nbad"}, exitFindings},
		{map[string]string{"inputs.paths": "bad", "inputs.fail-level": "never"}, exitClean},
		{map[string]string{"inputs.working-directory": "good one"}, exitClean},
		{map[string]string{"inputs.paths": "empty"}, exitNothing},
		{map[string]string{"inputs.paths": "$(touch hacked)"}, exitTrouble},
		{map[string]string{"inputs.paths": "; touch hacked"}, exitTrouble},
		{map[string]string{"inputs.paths": "--fix"}, exitTrouble},
		{map[string]string{"inputs.fail-level": "never; touch hacked"}, exitTrouble},
		{map[string]string{"inputs.fail-level": "\"$(touch hacked)\""}, exitTrouble},
		{map[string]string{"inputs.args": "`touch hacked`"}, exitTrouble},
		{map[string]string{"inputs.since": "--fix"}, exitTrouble},
	} {
		r := newRunner(t)
		for folder, text := range map[string]string{"good one": good, "other": good, "bad": mistaken, "empty": ""} {
			if err := os.Mkdir(filepath.Join(r.workspace, folder), 0o777); err != nil {
				t.Fatal(err)
			}
			if text != "" {
				write(t, filepath.Join(r.workspace, folder, "a.corridor.yaml"), text, 0o666)
			}
		}
		if code, _ := r.step("Check", c.inputs); code != c.want {
			t.Errorf("%v: exit code %d, want %d", c.inputs, code, c.want)
		}
		if exists(filepath.Join(r.workspace, "hacked")) {
			t.Errorf("%v: was run", c.inputs)
		}
	}
}

// good is a corridor without a mistake.
const good = "corridor: 1\ntitle: Visit\ntouchpoints:\n  call: {stage: need, channel: phone}\npaths: {basic: [call]}\n"

// TestPackagingActionSince checks what the guide says of two commits: they are
// enough to know what a pull request brings.
func TestPackagingActionSince(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git on this machine")
	}
	r := newRunner(t)
	from := t.TempDir()
	stopped := "corridor: 1\ntitle: Visit\ncustomers: {chanel: {lacks: [phone]}}\ntouchpoints: {call: phone}\npaths: {basic: [call]}\n"
	write(t, filepath.Join(from, "old.corridor.yaml"), stopped, 0o666)
	gitIn(t, from, "init", "-q", "-b", "main")
	gitIn(t, from, "add", ".")
	gitIn(t, from, "commit", "-q", "-m", "first")
	gitIn(t, from, "checkout", "-q", "-b", "work")
	write(t, filepath.Join(from, "new.corridor.yaml"), strings.ReplaceAll(stopped, "chanel", "kanal"), 0o666)
	gitIn(t, from, "add", ".")
	gitIn(t, from, "commit", "-q", "-m", "second")
	gitIn(t, from, "checkout", "-q", "main")
	gitIn(t, from, "merge", "-q", "--no-ff", "-m", "merge", "work")
	gitIn(t, r.workspace, "clone", "-q", "--depth", "2", "file://"+filepath.ToSlash(from), ".")
	code, out := r.step("Check", map[string]string{"inputs.since": "HEAD^1"})
	if code != exitFindings || !strings.Contains(out, "kanal") || strings.Contains(out, "chanel") {
		t.Errorf("exit code %d: %s", code, out)
	}
	c := exec.Command(filepath.Join(programs(t), "corridor"), "diff", "HEAD^1:", ".", "--exclude", "*.yaml")
	c.Dir = r.workspace
	out2, _ := c.CombinedOutput()
	if c.ProcessState.ExitCode() != exitNothing {
		t.Errorf("the commit cannot be compared: %s", out2)
	}
}

func gitIn(t *testing.T, folder string, args ...string) {
	t.Helper()
	c := exec.Command("git", args...)
	c.Dir = folder
	c.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull,
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.org")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", c, err, out)
	}
}

const gitlabFile = ".gitlab/corridor.gitlab-ci.yml"

// gitlab is what we hold of the template.
type gitlab struct {
	Variables map[string]struct{ Value string }
	Corridor  struct {
		BeforeScript []string `yaml:"before_script"`
		Script       []string
		Artifacts    struct{ Reports map[string]string }
	}
}

func TestPackagingGitLab(t *testing.T) {
	var g gitlab
	readYAML(t, gitlabFile, &g)
	for _, c := range []struct {
		variables map[string]string
		want      int
	}{
		{nil, exitFindings},
		{map[string]string{"CORRIDOR_FAIL_LEVEL": "never"}, exitClean},
		{map[string]string{"CORRIDOR_PATHS": "good bad"}, exitFindings},
		{map[string]string{"CORRIDOR_PATHS": "good"}, exitClean},
		{map[string]string{"CORRIDOR_ARGS": "--exclude bad --exclude زيارة.corridor.yaml"}, exitClean},
		{map[string]string{"CORRIDOR_SINCE": "HEAD; touch hacked"}, exitTrouble},
	} {
		folder := t.TempDir()
		for name, text := range map[string]string{"good": good, "bad": mistaken} {
			if err := os.Mkdir(filepath.Join(folder, name), 0o777); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(folder, name, "a.corridor.yaml"), text, 0o666)
		}
		write(t, filepath.Join(folder, "زيارة.corridor.yaml"), mistaken, 0o666)
		if code := g.run(t, folder, c.variables); code != c.want {
			t.Errorf("%v: exit code %d, want %d", c.variables, code, c.want)
		}
		if exists(filepath.Join(folder, "hacked")) {
			t.Errorf("%v: was run", c.variables)
		}
		if c.want == exitTrouble {
			continue
		}
		var quality []any
		if err := json.Unmarshal([]byte(readFile(t, filepath.Join(folder, g.Corridor.Artifacts.Reports["codequality"]))), &quality); err != nil {
			t.Error(err)
		}
		if !strings.Contains(readFile(t, filepath.Join(folder, g.Corridor.Artifacts.Reports["junit"])), "<testsuites") {
			t.Error("there are no tests in the report of tests")
		}
	}
}

// run runs the job as GitLab's runner does: one shell for all lines.
func (g gitlab) run(t *testing.T, folder string, variables map[string]string) int {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("there is no shell on this machine")
	}
	c := exec.Command("sh", "-e", "-c", strings.Join(slices.Concat(g.Corridor.BeforeScript, g.Corridor.Script), "\n"))
	c.Dir = folder
	c.Env = append(os.Environ(), "PATH="+programs(t)+string(os.PathListSeparator)+os.Getenv("PATH"))
	for name, v := range g.Variables {
		c.Env = append(c.Env, name+"="+v.Value)
	}
	for name, value := range variables {
		c.Env = append(c.Env, name+"="+value)
	}
	out, _ := c.CombinedOutput()
	t.Logf("%v: %s", variables, out)
	return c.ProcessState.ExitCode()
}

// hook is one that pre-commit is offered.
type hook struct {
	ID, Language, Entry, Files string
	PassFilenames              *bool `yaml:"pass_filenames"`
}

func readHooks(t *testing.T) (hooks []hook) {
	readYAML(t, ".pre-commit-hooks.yaml", &hooks)
	return hooks
}

func TestPackagingHooks(t *testing.T) {
	for _, h := range readHooks(t) {
		if err := misread(strings.Fields(h.Entry)[1:]); err != nil {
			t.Errorf("%s: %v", h.ID, err)
		}
		files := regexp.MustCompile(h.Files)
		lays := h.ID == "corridor-fmt"
		for name, want := range map[string]bool{
			"visit.corridor.yaml":              true,
			"رحلات/زيارة.corridor.yml":         true,
			"visit.corridor.json":              !lays, // fmt does not lay out JSON
			".corridor.yaml":                   !lays, // settings change what a check says
			"journeys/.corridor.yaml":          !lays,
			".corridor-baseline.json":          !lays,
			"visit.yaml":                       false,
			"visit.corridor.yaml.bak":          false,
			"corridor.yaml":                    false,
			"journeys/my.corridor-baseline.go": false,
		} {
			if files.MatchString(name) != want {
				t.Errorf("%s: files of the name %s are wanted: %v", h.ID, name, want)
			}
		}
		if passes := h.PassFilenames == nil || *h.PassFilenames; passes != lays {
			t.Errorf("%s passes names: %v", h.ID, passes)
		}
	}
}

// TestPackagingIsDescribed holds the guide to what can be set.
func TestPackagingIsDescribed(t *testing.T) {
	text := projectFile(t, guide)
	var names []string
	for name := range readAction(t).Inputs {
		names = append(names, name)
	}
	var g gitlab
	readYAML(t, gitlabFile, &g)
	for name := range g.Variables {
		names = append(names, name)
	}
	for _, h := range readHooks(t) {
		names = append(names, h.ID)
	}
	for _, name := range names {
		if !strings.Contains(text, "| `"+name+"` |") {
			t.Errorf("%s has no row for %s", guide, name)
		}
	}
	for _, name := range []string{".github/workflows/ci.yml", ".github/workflows/release.yml"} {
		var workflow map[string]any
		if err := yaml.Unmarshal([]byte(projectFile(t, name)), &workflow); err != nil || workflow["jobs"] == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
