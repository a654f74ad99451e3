package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/spf13/cobra"
	"gopkg.in/yaml.v3"

	"github.com/customer-corridor/corridor/pkg/rule"
)

// ran runs a command in this process.
func ran(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, talk bytes.Buffer
	code = run(args, strings.NewReader(""), &out, &talk)
	return code, out.String(), talk.String()
}

func TestEveryCommandShowsAnExample(t *testing.T) {
	root := rootCommand()
	root.InitDefaultHelpCmd()
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		if c.Name() == "completion" { // cobra's own; it explains in prose
			return
		}
		path := strings.Fields(c.CommandPath())[1:]
		code, out, talk := ran(t, append(path, "--help")...)
		if code != exitClean || talk != "" {
			t.Errorf("%s --help ends with %d and says %q", c.CommandPath(), code, talk)
		}
		_, example, _ := strings.Cut(out, "Examples:\n")
		if !strings.HasPrefix(strings.TrimSpace(example), "corridor ") {
			t.Errorf("%s --help has no example:\n%s", c.CommandPath(), out)
		}
		for _, line := range strings.Split(out, "\n") {
			if strings.HasPrefix(line, "  -") || strings.HasPrefix(line, "      --") {
				continue // flags are laid out by cobra
			}
			if len([]rune(line)) > 80 {
				t.Errorf("%s --help has a line of %d columns: %s", c.CommandPath(), len([]rune(line)), line)
			}
		}
		for _, below := range c.Commands() {
			walk(below)
		}
	}
	walk(root)
}

func TestEveryRuleIsExplained(t *testing.T) {
	for _, r := range rule.All {
		code, out, talk := ran(t, "explain", r.ID)
		if code != exitClean || talk != "" || !strings.HasPrefix(out, "# "+r.ID+"\n") {
			t.Errorf("explain %s: exit code %d, %q, %.80q", r.ID, code, talk, out)
		}
		for _, part := range []string{"## Wrong", "## Right"} {
			if !strings.Contains(out, "\n"+part+"\n") {
				t.Errorf("explain %s has no part %q", r.ID, part)
			}
		}
		if _, listed, _ := ran(t, "rules"); !strings.Contains(listed, r.ID+" ") {
			t.Errorf("rules does not list %s", r.ID)
		}
	}
}

func TestStarterKeepsToTheSchema(t *testing.T) {
	_, text, _ := ran(t, "schema")
	read, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if draft := read.(map[string]any)["$schema"]; draft != "http://json-schema.org/draft-07/schema#" {
		t.Errorf("the schema is of %v", draft)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("corridor.schema.json", read); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("corridor.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	validate := func(text string) error {
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		return schema.Validate(value)
	}
	if err := validate(starter); err != nil {
		t.Error(err)
	}
	if err := validate(strings.Replace(starter, "title:", "tilte:", 1)); err == nil {
		t.Error("the schema accepts a key that does not exist")
	}
}
